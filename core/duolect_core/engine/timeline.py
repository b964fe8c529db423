"""What is due when.

A transition is a record: which resource, which trigger, at which instant, on behalf of which operation.
Equal instants settle in the order in which they were planned. Those of an operation that is held are
planned too, but do not fall due until it is released.
"""

import heapq
from collections.abc import Iterable, Iterator
from typing import Protocol

import attrs

from duolect_core.by_fields import Value, statically_frozen
from duolect_core.model.lifecycles import Trigger
from duolect_core.model.resources import LATEST, Instant, Operation


def end_of(start: Instant, duration: Instant) -> Instant:
    """Return when what begins at an instant is over: not after the end of time, however long it takes."""
    return min(start + duration, LATEST)


@statically_frozen(eq=False, repr=False)
class Transition(Value):
    """The future end of an asynchronous change."""

    due: Instant
    number: int
    trigger: Trigger
    resource_id: str
    operation: Operation


class Watcher(Protocol):
    """Who wants to know when something falls due sooner than all else on a timeline."""

    def note(self, due: Instant) -> None:
        """Learn that a transition is due at an instant, and none before it."""
        ...


class Timeline:
    """The pending transitions of a partition, soonest first."""

    __slots__ = ("_heap", "_next", "_pending", "watcher")

    def __init__(self) -> None:
        """Start with nothing due."""
        self.watcher: Watcher | None = None
        self._heap: list[tuple[Instant, int]] = []
        self._pending: dict[int, Transition] = {}
        self._next = 0

    def plan(self, due: Instant, trigger: Trigger, resource_id: str, operation: Operation) -> int:
        """Plan a transition and return its number, by which it can be cancelled."""
        self._next = number = self._next + 1
        self._pending[number] = Transition(due, number, trigger, resource_id, operation)
        if not operation.held:
            self._push(due, number)
        return number

    def replan(self, number: int, due: Instant, trigger: Trigger) -> None:
        """Let a transition of an operation that was held fall due, perhaps with another trigger."""
        self._pending[number] = attrs.evolve(self._pending[number], due=due, trigger=trigger)
        self._push(due, number)

    def _push(self, due: Instant, number: int) -> None:
        heapq.heappush(self._heap, (due, number))
        if self.watcher is not None and self._heap[0][1] == number:
            self.watcher.note(due)

    def planned_as(self, number: int) -> Transition:
        """Return the planned transition of a number."""
        return self._pending[number]

    def cancel(self, number: int) -> Transition:
        """Take a planned transition off the timeline and return it."""
        return self._pending.pop(number)

    def give_up(self, number: int, reason: str) -> None:
        """Cancel a planned transition: its operation fails for a reason, unless it goes on with others."""
        operation = self.cancel(number).operation
        alone = len(operation.resource_ids) == 1
        if alone or all(each.operation is not operation for each in self._pending.values()):
            operation.fail(reason)

    @property
    def planned(self) -> int:
        """How many transitions were ever planned: the number of the latest."""
        return self._next

    def restore(self, planned: int, transitions: Iterable[Transition]) -> None:
        """Bring a new timeline into the state that one was in: what is pending, in order of number.

        Raises:
            ValueError: the numbers do not rise from 1 to ``planned``.
        """
        for transition in transitions:
            if not self._next < transition.number <= planned:
                raise ValueError(f"number {transition.number} does not rise up to {planned}")
            self._next = transition.number
            self._pending[transition.number] = transition
            if not transition.operation.held:
                heapq.heappush(self._heap, (transition.due, transition.number))
        self._next = planned

    @property
    def next_due(self) -> Instant | None:
        """When the next transition falls due, or None when nothing is pending."""
        while self._heap and self._heap[0][1] not in self._pending:
            heapq.heappop(self._heap)
        return self._heap[0][0] if self._heap else None

    def is_due(self, at: Instant) -> bool:
        """Say whether something may be due at ``at``: what was cancelled counts until it is looked at."""
        heap = self._heap
        return bool(heap) and heap[0][0] <= at

    def pop_due(self, at: Instant) -> Transition | None:
        """Take the soonest transition that is due at ``at``, if there is one."""
        heap, pending = self._heap, self._pending
        while heap and heap[0][0] <= at:
            transition = pending.pop(heapq.heappop(heap)[1], None)
            if transition is not None:
                return transition
        return None

    def __len__(self) -> int:
        """Return how many transitions are planned."""
        return len(self._pending)

    def pending(self) -> Iterator[Transition]:
        """Iterate over what is planned, in no particular order."""
        return iter(self._pending.values())
