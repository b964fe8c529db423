"""What partitions had created by points in time, which marks refer to, kept beside the partitions.

A partition that is placed after a mark was set has a row with what it began with, and each point after
which it was used a row with what it had created by then. Without marks there are none.
"""

import json
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from duolect.state.placed import Key, Past
from duolect.store.interface import Damaged

_BEGAN: Final = "began."
_CREATED: Final = "created."


class Points:
    """Keeps them."""

    def __init__(self, set_row: Callable[[str, object], None]) -> None:
        """Take what keeps a JSON tree under a name, or nothing any more."""
        self._set = set_row
        self._rows: dict[int, dict[int, None]] = {}
        """The points that are kept of each partition, by its number."""
        self._began: set[int] = set()
        """The partitions of which it is kept what they began with."""

    def adopt(self, rows: Mapping[str, str]) -> None:
        """Know which rows there are."""
        for name in rows:
            if name.startswith(_BEGAN):
                self._began.add(int(name.removeprefix(_BEGAN)))
            elif name.startswith(_CREATED):
                number, _, point = name.removeprefix(_CREATED).partition(".")
                self._rows.setdefault(int(number), {})[int(point)] = None

    def placed(self, number: int, past: Past) -> None:
        """Keep what a partition had created by all points that are known."""
        self.dropped(number)
        if past.since or past.created:
            self._began.add(number)
            self._set(f"{_BEGAN}{number}", [past.since, past.seeded])
        for point, created in past.created:
            self.noted(number, point, created)

    def noted(self, number: int, point: int, created: int) -> None:
        """Keep what a partition had created by a point."""
        self._rows.setdefault(number, {})[point] = None
        self._set(f"{_CREATED}{number}.{point}", created)

    def dropped(self, number: int) -> None:
        """Keep nothing of a partition any more."""
        for point in self._rows.pop(number, ()):
            self._set(f"{_CREATED}{number}.{point}", None)
        if number in self._began:
            self._began.remove(number)
            self._set(f"{_BEGAN}{number}", None)

    def forget(self, before: int) -> None:
        """Keep nothing of points before one, for which nobody asks any more."""
        for number, points in self._rows.items():
            for point in [each for each in points if each < before]:
                del points[point]
                self._set(f"{_CREATED}{number}.{point}", None)


def pasts_of(rows: Mapping[str, str], numbers: Mapping[int, Key]) -> Mapping[Key, Past]:
    """Return what is kept of partitions, by their names.

    Raises:
        Damaged: it cannot be read.
    """
    began: dict[int, tuple[int, int]] = {}
    created: dict[int, list[tuple[int, int]]] = {}
    try:
        for name, value in rows.items():
            if name.startswith(_BEGAN):
                since, seeded = json.loads(value)
                began[int(name.removeprefix(_BEGAN))] = since, seeded
            elif name.startswith(_CREATED):
                number, _, point = name.removeprefix(_CREATED).partition(".")
                created.setdefault(int(number), []).append((int(point), int(value)))
    except (ValueError, TypeError):
        raise Damaged("what is kept of marks cannot be read") from None
    return {
        key: Past(*began.get(number, (0, 0)), tuple(sorted(created.get(number, ()))))
        for number, key in numbers.items()
        if number in began or number in created
    }


def needed(past: Past, points: Sequence[int]) -> Past:
    """Return what is asked for of a past, where these are the points of all marks, in their order."""
    created, before = [], past.since
    for point, count in past.created:
        place = bisect_left(points, before + 1)
        if place < len(points) and points[place] <= point:
            created.append((point, count))
            before = point
    return Past(past.since, past.seeded, tuple(created)) if points else Past(0, past.seeded, ())


def renumbered(rows: Mapping[str, str], numbers: Mapping[int, int]) -> Mapping[str, str]:
    """Return rows, those that are of partitions under the numbers that these have now."""
    found: dict[str, str] = {}
    for name, value in rows.items():
        prefix = next((each for each in (_BEGAN, _CREATED) if name.startswith(each)), None)
        if prefix is None:
            found[name] = value
            continue
        number, dot, point = name.removeprefix(prefix).partition(".")
        if int(number) in numbers:
            found[f"{prefix}{numbers[int(number)]}{dot}{point}"] = value
    return found
