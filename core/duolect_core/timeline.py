"""What is due when.

A transition is a record: which resource, which trigger, at which instant, on behalf of which operation.
Equal instants settle in the order in which they were planned.
"""

import heapq
from collections.abc import Iterator

import attrs

from duolect_core.lifecycle import Trigger
from duolect_core.model import Instant, Operation


@attrs.frozen
class Transition:
    """The future end of an asynchronous change."""

    due: Instant
    number: int
    trigger: Trigger
    resource_id: str
    operation: Operation


class Timeline:
    """The pending transitions of a partition, soonest first."""

    __slots__ = ("_heap", "_next", "_pending")

    def __init__(self) -> None:
        """Start with nothing due."""
        self._heap: list[tuple[Instant, int]] = []
        self._pending: dict[int, Transition] = {}
        self._next = 0

    def plan(self, due: Instant, trigger: Trigger, resource_id: str, operation: Operation) -> int:
        """Plan a transition and return its number, by which it can be cancelled."""
        self._next += 1
        self._pending[self._next] = Transition(due, self._next, trigger, resource_id, operation)
        heapq.heappush(self._heap, (due, self._next))
        return self._next

    def cancel(self, number: int) -> Transition:
        """Take a planned transition off the timeline and return it."""
        return self._pending.pop(number)

    @property
    def next_due(self) -> Instant | None:
        """When the next transition falls due, or None when nothing is pending."""
        while self._heap and self._heap[0][1] not in self._pending:
            heapq.heappop(self._heap)
        return self._heap[0][0] if self._heap else None

    def pop_due(self, at: Instant) -> Transition | None:
        """Take the soonest transition that is due at ``at``, if there is one."""
        due = self.next_due
        if due is None or due > at:
            return None
        return self._pending.pop(heapq.heappop(self._heap)[1])

    def pending(self) -> Iterator[Transition]:
        """Iterate over what is planned, in no particular order."""
        return iter(self._pending.values())
