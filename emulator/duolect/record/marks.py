"""Marks: points in time since which leaks are looked for and calls are verified.

A mark holds the number of the latest record of the journal, and a point in the time of the partitions,
which know what each of them had created by then.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Final

import attrs

from duolect.record.journal import Journal
from duolect.state.partitions import Partitions
from duolect_core.by_fields import Value
from duolect_core.model.resources import Instant

MAX_MARKS: Final = 10_000
"""How many marks are known at most; then the oldest is forgotten."""
_SWEPT_AT_ONCE: Final = 1_000
"""After how many forgotten marks the partitions forget what these alone needed to know."""
_PREFIX: Final = "mark-"
START: Final = "start"
"""The mark that stands where the emulator became ready."""


@attrs.frozen(eq=False, repr=False)
class Mark(Value):
    """A point in the journal, and in the partitions' time."""

    id: str
    number: int
    """The number of the latest record in the journal."""
    at: Instant
    point: int
    is_cut: bool = False
    """Whether calls since it may be in no journal: it comes from a store or a snapshot, which keep none."""


class Marks:
    """The marks that were set, the oldest forgotten first; ``START`` stays."""

    def __init__(self, partitions: Partitions, journal: Journal) -> None:
        """Begin with the mark ``START``, after everything that is there already."""
        self._partitions, self._journal = partitions, journal
        self._count = 0
        self._marks: OrderedDict[str, Mark] = OrderedDict()
        self.start = Mark(START, journal.last, 0, partitions.point)
        self.watcher: Callable[[int, Mark | None], None] | None = None
        """Who wants to know of a mark that is set, by its number, or that it is known no more."""

    @property
    def count(self) -> int:
        """How many were set: the number of the latest."""
        return self._count

    def numbered(self) -> Mapping[int, Mark]:
        """Return those that are known by their numbers, the oldest first."""
        return {_number_of(name): mark for name, mark in self._marks.items()}

    def put(self, count: int, marks: Mapping[int, tuple[Instant, int]]) -> None:
        """Know these marks instead, of which the instants and points are given, the latest of ``count``.

        ``START`` comes after them: what is there now counts as what there was then.
        """
        if self.watcher is not None:
            for number in self.numbered():
                self.watcher(number, None)
        self._count, last = count, self._journal.last
        self._marks = OrderedDict(
            (f"{_PREFIX}{number}", Mark(f"{_PREFIX}{number}", last, at, point, is_cut=True))
            for number, (at, point) in sorted(marks.items())
        )
        self.start = Mark(START, self.start.number, 0, self._partitions.mark())
        if self.watcher is not None:
            for number, mark in self.numbered().items():
                self.watcher(number, mark)

    def set(self, at: Instant) -> Mark:
        """Set a mark here and return it."""
        self._count += 1
        mark = Mark(f"{_PREFIX}{self._count}", self._journal.last, at, self._partitions.mark())
        self._marks[mark.id] = mark
        if self.watcher is not None:
            self.watcher(self._count, mark)
        if len(self._marks) > MAX_MARKS:
            name, forgotten = self._marks.popitem(last=False)
            if self.watcher is not None:
                self.watcher(_number_of(name), None)
            if forgotten.point % _SWEPT_AT_ONCE == 0:
                self._partitions.forget_points(forgotten.point + 1)
        return mark

    def get(self, mark_id: str) -> Mark | None:
        """Return a mark, or None where there is none."""
        return self.start if mark_id == START else self._marks.get(mark_id)

    def is_complete(self, mark: Mark, account: str | None = None) -> bool:
        """Say whether the journal has every call since a mark, of one account or of all."""
        return not mark.is_cut and self._journal.is_complete(mark.number, account)


def _number_of(name: str) -> int:
    return int(name.removeprefix(_PREFIX))
