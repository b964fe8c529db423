"""Marks: points in time since which leaks are looked for and calls are verified.

A mark holds the number of the latest record of the journal, and for each partition how many resources it
had created.
"""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Final
from weakref import ref

from duolect.record.journal import Journal
from duolect.state.partitions import Key, Partitions
from duolect_core.engine.partition import Partition
from duolect_core.model.resources import Instant

_MAX_MARKS: Final = 10_000
START: Final = "start"
"""The mark that stands where the emulator became ready."""


class Mark:
    """A point in the journal, and how many resources each partition had created by then."""

    def __init__(
        self, mark_id: str, number: int, at: Instant, created: Mapping[Key, tuple["ref[Partition]", int]]
    ) -> None:
        """Take the number of the latest record in the journal, the time, and what was created by then."""
        self.id = mark_id
        self.number = number
        self.at = at
        self._created = created

    def baseline(self, key: Key, partition: Partition, seeded: int) -> int:
        """Return the order of the last resource that a partition had by then, or began with."""
        known, created = self._created.get(key, (None, 0))
        return created if known is not None and known() is partition else seeded


class Marks:
    """The marks that were set, the oldest forgotten first; ``START`` stays."""

    def __init__(self, partitions: Partitions, journal: Journal) -> None:
        """Begin with the mark ``START``, after everything that is there already."""
        self._partitions, self._journal = partitions, journal
        self._count = 0
        self._marks: OrderedDict[str, Mark] = OrderedDict()
        self.start = self._make(START, 0)

    def set(self, at: Instant) -> Mark:
        """Set a mark here and return it."""
        self._count += 1
        mark = self._make(f"mark-{self._count}", at)
        self._marks[mark.id] = mark
        if len(self._marks) > _MAX_MARKS:
            self._marks.popitem(last=False)
        return mark

    def get(self, mark_id: str) -> Mark | None:
        """Return a mark, or None where there is none."""
        return self.start if mark_id == START else self._marks.get(mark_id)

    def _make(self, mark_id: str, at: Instant) -> Mark:
        created = {key: (ref(partition), partition.created) for key, partition in self._partitions.items()}
        return Mark(mark_id, self._journal.last, at, created)
