"""Archives of partitions as texts: for machines to read again, in small steps and little time."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

import orjson

from duolect_core import archive
from duolect_core.engine.partition import Partition

_AT_ONCE: Final = 500
"""How many members of an object are written in one step, in which nobody else is served."""


def json_text(tree: Any) -> bytes:  # noqa: ANN401 - a JSON tree
    """Return the text of a tree."""
    try:
        return orjson.dumps(tree)
    except TypeError:  # what orjson does not take: half a surrogate pair
        return json.dumps(tree).encode()


def archived(partition: Partition) -> bytes:
    """Return the archive of a partition as text."""
    members = (
        b'"%b":%b' % (name.encode(), b"".join(_pieces(tree)))
        for name, tree in archive.dump_members(partition)
    )
    return b"{%b}" % b",".join(members)


def _pieces(tree: Any) -> Iterator[bytes]:  # noqa: ANN401 - a JSON tree
    if not isinstance(tree, dict) or len(tree) <= _AT_ONCE:
        yield json_text(tree)
        return
    members, before = iter(tree.items()), b"{"
    while some := dict(islice(members, _AT_ONCE)):
        yield before + json_text(some)[1:-1]
        before = b","
    yield b"}"
