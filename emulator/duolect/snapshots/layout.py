"""JSON made to be read and compared: what is short is on one line, the rest one member a line."""

import json
from itertools import chain
from typing import Any, Final

_WIDTH: Final = 100
"""What is no longer than this is short."""


def pretty_json(tree: Any) -> str:  # noqa: ANN401 - any JSON
    """Return the text of a tree, ended by a newline. Equal trees have equal texts."""
    return f"{_part(tree, '')}\n"


def _part(tree: Any, indent: str) -> str:  # noqa: ANN401
    if not isinstance(tree, (dict, list)) or _least(tree, _WIDTH) <= _WIDTH:
        line = json.dumps(tree, ensure_ascii=False)
        if len(line) <= _WIDTH or not isinstance(tree, (dict, list)):
            return line
    deeper = f"{indent} "
    if isinstance(tree, list):
        parts, ends = [_part(each, deeper) for each in tree], "[]"
    else:
        pairs = ((json.dumps(name, ensure_ascii=False), each) for name, each in tree.items())
        parts, ends = [f"{name}: {_part(each, deeper)}" for name, each in pairs], "{}"
    return f"{ends[0]}\n{deeper}" + f",\n{deeper}".join(parts) + f"\n{indent}{ends[1]}"


def _least(tree: Any, enough: int) -> int:  # noqa: ANN401
    """Return a length that the text of a tree has at least; no more is counted than ``enough``."""
    if isinstance(tree, str):
        return len(tree) + 2
    if not isinstance(tree, (dict, list)):
        return 1
    length = 0
    for each in chain.from_iterable(tree.items()) if isinstance(tree, dict) else tree:
        length += 2 + _least(each, enough - length)
        if length > enough:
            break
    return length
