"""The agenda: which partition has something due, soonest first.

Each partition stands on it once, at the instant at which its next transition falls due, or before it. What
has happened to it meanwhile is found out when its turn comes. So nobody looks at those in which nothing is
due.
"""

import heapq
from itertools import count
from typing import Any, Final, Protocol

from duolect_core.model.resources import Instant

_FEW: Final = 64
"""How many entries that count no more are left on the agenda without a thought."""
_AT_ONCE: Final = 100
"""How many transitions happen at most before others can be served."""


class Listed(Protocol):
    """What stands on the agenda: a partition, or what is known of one that was put away."""

    @property
    def timeline(self) -> Any:  # noqa: ANN401 - what has ``next_due``, and a ``watcher``
        """What is to come."""
        ...

    def settle(self, at: Instant, most: int = 0) -> None:
        """Let happen what is due: so many transitions at most."""
        ...


class Entry:
    """A partition's place on the agenda."""

    __slots__ = ("_agenda", "due", "partition")

    def __init__(self, agenda: "Agenda", partition: Listed) -> None:
        """Stand at no instant yet."""
        self._agenda = agenda
        self.partition: Listed | None = partition
        """None once it was taken off the agenda."""
        self.due: Instant | None = None

    def note(self, due: Instant) -> None:
        """Learn that a transition of the partition is due at an instant, and none before it."""
        if self.due is None or due < self.due:
            self.due = due
            self._agenda.put(due, self)


class Agenda:
    """The partitions by when something falls due in them."""

    def __init__(self) -> None:
        """Start empty."""
        self._heap: list[tuple[Instant, int, Entry]] = []
        self._serials = count()
        self._entries = 0

    def add(self, partition: Listed) -> Entry:
        """Watch over a partition, and return its entry."""
        entry = Entry(self, partition)
        self._entries += 1
        partition.timeline.watcher = entry
        self._renew(entry, partition)
        return entry

    def drop(self, entry: Entry) -> None:
        """Watch over a partition no longer."""
        if entry.partition is not None:
            entry.partition.timeline.watcher = None
        entry.partition = entry.due = None
        self._entries -= 1
        if len(self._heap) > 2 * self._entries + _FEW:
            self._heap = [each for each in self._heap if each[0] == each[2].due]
            heapq.heapify(self._heap)

    def put(self, due: Instant, entry: Entry) -> None:
        """Put an entry at an instant; where it stood before counts no more."""
        heapq.heappush(self._heap, (due, next(self._serials), entry))

    @property
    def next_due(self) -> Instant | None:
        """When the next transition of all falls due, or None when nothing will happen by itself."""
        while self._heap:
            due, _, entry = self._heap[0]
            if entry.due == due and entry.partition is not None:
                if entry.partition.timeline.next_due == due:
                    return due
                entry.due = None
                self._renew(entry, entry.partition)
            else:
                heapq.heappop(self._heap)
        return None

    def settle_next(self, at: Instant) -> bool:
        """Let some of what is due next happen in one partition; say whether anything was due at ``at``."""
        due = self.next_due
        if due is None or due > at:
            return False
        entry = heapq.heappop(self._heap)[2]
        entry.due = None
        if entry.partition is not None:
            entry.partition.settle(due, _AT_ONCE)
        if entry.partition is not None:  # it was not put back in another one's place
            self._renew(entry, entry.partition)
        return True

    @staticmethod
    def _renew(entry: Entry, partition: Listed) -> None:
        due: Instant | None = partition.timeline.next_due
        if due is not None:
            entry.note(due)
