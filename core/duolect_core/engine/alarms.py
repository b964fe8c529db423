"""What happens by itself, and how it takes turns with what is planned on a timeline."""

import heapq
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from duolect_core.engine.timeline import Timeline, Transition
from duolect_core.graph.graph import Graph
from duolect_core.model.resources import Instant
from duolect_core.model.rules import ResourceKind

Alarms = Mapping[ResourceKind, Callable[[Any, str], None]]
"""What happens to a resource of a kind, in its partition, when an alarm of the graph rings for its id."""


class Settling(Protocol):
    """A partition, as far as time passes in it."""

    now: Instant
    graph: Graph
    timeline: Timeline
    alarms: Alarms


def settle(partition: Settling, at: Instant, most: int, end: Callable[[Transition], None]) -> None:
    """Let happen what is due at ``at``, not before now, in due order: all, or ``most`` where it is given.

    What an alarm rings for comes after the transitions that are due at the same instant, each of which is
    given to ``end``. Nobody waits for an alarm, so it does not stand on the timeline.
    """
    waiting = partition.graph.alarms
    while True:
        rings = bool(waiting) and waiting[0][0] <= at
        transition = partition.timeline.pop_due(waiting[0][0] if rings else at)
        if transition is not None:
            partition.now = transition.due
            end(transition)
        elif rings:
            due, _, resource_id = heapq.heappop(waiting)
            partition.now = max(partition.now, due)
            _ring(partition, resource_id)
        else:
            break
        if (most := most - 1) == 0:
            return
    partition.now = at


def _ring(partition: Settling, resource_id: str) -> None:
    """Let happen to a resource what was to happen by itself now, if it is still there."""
    for kind, alarm in partition.alarms.items():
        if resource_id in partition.graph.table(kind):
            alarm(partition, resource_id)
