"""Marks: points in time since which leaks are looked for and calls are verified.

A mark holds the number of the latest record of the journal, and a point in the time of the partitions,
which know what each of them had created by then.
"""

from collections import OrderedDict
from typing import Final

import attrs

from duolect.record.journal import Journal
from duolect.state.partitions import Partitions
from duolect_core.by_fields import Value
from duolect_core.model.resources import Instant

_MAX_MARKS: Final = 10_000
"""How many marks are known at most; then the oldest is forgotten."""
_SWEPT_AT_ONCE: Final = 1_000
"""After how many forgotten marks the partitions forget what these alone needed to know."""
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


class Marks:
    """The marks that were set, the oldest forgotten first; ``START`` stays."""

    def __init__(self, partitions: Partitions, journal: Journal) -> None:
        """Begin with the mark ``START``, after everything that is there already."""
        self._partitions, self._journal = partitions, journal
        self._count = 0
        self._marks: OrderedDict[str, Mark] = OrderedDict()
        self.start = Mark(START, journal.last, 0, partitions.point)

    def set(self, at: Instant) -> Mark:
        """Set a mark here and return it."""
        self._count += 1
        mark = Mark(f"mark-{self._count}", self._journal.last, at, self._partitions.mark())
        self._marks[mark.id] = mark
        if len(self._marks) > _MAX_MARKS:
            _, forgotten = self._marks.popitem(last=False)
            if forgotten.point % _SWEPT_AT_ONCE == 0:
                self._partitions.forget_points(forgotten.point + 1)
        return mark

    def get(self, mark_id: str) -> Mark | None:
        """Return a mark, or None where there is none."""
        return self.start if mark_id == START else self._marks.get(mark_id)
