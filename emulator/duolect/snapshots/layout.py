"""JSON made to be read and compared: what is short is on one line, the rest one member a line."""

import json
from collections.abc import Iterator
from json.encoder import encode_basestring
from typing import Any, Final

_WIDTH: Final = 100
"""What is no longer than this is short."""
_MANY: Final = _WIDTH // 3
"""So many members are never short."""


def pretty_json(tree: Any) -> str:  # noqa: ANN401 - any JSON
    """Return the text of a tree, ended by a newline. Equal trees have equal texts."""
    return f"{_part(tree, '')}\n"


def pretty_parts(tree: Any, indent: str) -> Iterator[str]:  # noqa: ANN401 - any JSON
    """Yield the text of a tree at a place that is so deep, in parts where it has many members."""
    if not isinstance(tree, dict) or len(tree) < _MANY:
        yield _part(tree, indent)
        return
    before = "{"
    for name, each in tree.items():
        yield f"{before}\n{indent} {encode_basestring(name)}: {_part(each, f'{indent} ')}"
        before = ","
    yield f"\n{indent}}}"


def _part(tree: Any, indent: str) -> str:  # noqa: ANN401
    kind = type(tree)
    if kind is str:
        return encode_basestring(tree)
    if kind is int:
        return str(tree)
    if kind is bool:
        return "true" if tree else "false"
    deeper = f"{indent} "
    if kind is dict:
        pairs = [
            f"{encode_basestring(name)}: "
            f"{encode_basestring(each) if type(each) is str else _part(each, deeper)}"
            for name, each in tree.items()
        ]
        return _laid_out(pairs, "{}", indent)
    if kind is list:
        return _laid_out([_part(each, deeper) for each in tree], "[]", indent)
    return json.dumps(tree, ensure_ascii=False)


def _laid_out(parts: list[str], ends: str, indent: str) -> str:
    """Return a container with these parts, none of which is on several lines where all are short."""
    if sum(map(len, parts)) + 2 * max(1, len(parts)) <= _WIDTH:
        return f"{ends[0]}{', '.join(parts)}{ends[1]}"
    between = f",\n{indent} "
    return f"{ends[0]}\n{indent} {between.join(parts)}\n{indent}{ends[1]}"
