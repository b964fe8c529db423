"""Reading TOML, and the lines of its values, so that an error can name the line.

The parser of the standard library keeps no positions. This finds them again by the headers of tables and
the keys at the beginning of lines; what is inside an inline table is found where that begins.
"""

import re
import tomllib
from collections.abc import Sequence
from typing import Any

KeyPath = Sequence[str | int]
"""The way to a value: keys, and indexes of lists from 0."""
_HEADER = re.compile(r"^\s*(\[\[?)\s*(.+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([^=\[#]+?)\s*=")
_MOST_PARTS = 32
"""Parts that a dotted key may have: the parser's time grows with their square."""
_LONG_KEY = re.compile(
    rf"""(?<![\w-])(?:(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){{{_MOST_PARTS}}}""", re.ASCII
)


def parse(text: str) -> dict[str, Any]:
    """Return what a TOML text holds.

    Raises:
        ValueError: it is no TOML, or nested so deeply that nothing could walk through it.
    """
    if _LONG_KEY.search(text):
        raise ValueError(f"a key has more than {_MOST_PARTS} parts")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


class Lines:
    """The lines of a TOML text by the paths of the values there."""

    def __init__(self, text: str) -> None:
        """Read a text that is TOML."""
        self._lines: dict[tuple[str | int, ...], int] = {(): 1}
        counts: dict[tuple[str | int, ...], int] = {}
        table: tuple[str | int, ...] = ()
        for number, line in enumerate(text.splitlines(), 1):
            if (header := _HEADER.match(line)) and (keys := _keys(header.group(2))):
                table = self._path(keys, counts)
                if header.group(1) == "[[":
                    counts[table] = counts.get(table, -1) + 1
                    table = (*table, counts[table])
                for depth in range(1, len(table) + 1):
                    self._lines.setdefault(table[:depth], number)
            elif (key := _KEY.match(line)) and (keys := _keys(key.group(1))):
                for depth in range(1, len(keys) + 1):
                    self._lines.setdefault((*table, *keys[:depth]), number)

    def of(self, path: KeyPath) -> int:
        """Return the line of a path, or of the nearest thing around it."""
        enclosing = (tuple(path[:length]) for length in range(len(path), -1, -1))
        return next(self._lines[each] for each in enclosing if each in self._lines)

    def _path(self, keys: Sequence[str], counts: dict[tuple[str | int, ...], int]) -> tuple[str | int, ...]:
        """Return the path of a header's keys: in a list of tables, its last one is meant."""
        path: tuple[str | int, ...] = ()
        for depth, key in enumerate(keys):
            path = (*path, key)
            if depth < len(keys) - 1 and path in counts:
                path = (*path, counts[path])
        return path


def _keys(text: str) -> list[str]:
    """Return the parts of a key as TOML writes it, dotted and quoted; none where it is no key."""
    try:
        tree: Any = parse(f"{text} = 0")
    except ValueError:  # a line within a text of several lines may look like anything
        return []
    keys = []
    while isinstance(tree, dict) and len(tree) == 1:
        ((key, tree),) = tree.items()
        keys.append(key)
    return keys if tree == 0 else []
