"""What is known of a partition that was put away, and is not in memory: enough to say when it is needed.

It stands on the agenda in the partition's place. When its turn comes there, the partition comes back.
"""

from collections.abc import Callable, Mapping
from typing import Final

import attrs

from duolect.state.agenda import Entry
from duolect.state.kinds import kind_of
from duolect_core.by_fields import Shown
from duolect_core.engine.partition import Partition
from duolect_core.model.resources import Instant
from duolect_core.model.rules import Rules

LARGE: Final = 500
"""Of how many things a partition is so large that calls do not wait while it comes back."""


@attrs.define(eq=False, repr=False)
class Away(Shown):
    """A partition that is not there."""

    rules: Rules
    now: Instant
    """The partition's time, to which it comes back."""
    next_due: Instant | None
    """When the next transition falls due by itself, if one does."""
    pending: int
    """How many transitions are to come, those that are held included."""
    created: int
    """How many resources it has created."""
    size: int
    """How many things are in it, roughly."""
    resources: Mapping[str, int]
    """How many resources there are, by kind."""
    bring_back: Callable[[], object]
    """Lets the partition be there again."""
    watcher: Entry | None = None

    @property
    def timeline(self) -> "Away":
        """What is to come: as much as the agenda asks for."""
        return self

    def __len__(self) -> int:
        """Return how many transitions are to come."""
        return self.pending

    def settle(self, _: Instant, __: int = 0) -> None:
        """Let the partition come back, which then stands on the agenda itself."""
        self.bring_back()


def resources_in(partition: Partition) -> int:
    """Return how many resources there are in a partition."""
    return sum(map(len, partition.graph.tables()))


def weight(partition: Partition) -> int:
    """Return how many things are in a partition, roughly: resources, operations, tokens."""
    return resources_in(partition) + len(partition.graph.operations) + len(partition.idempotency.entries())


def away_of(partition: Partition, bring_back: Callable[[], object]) -> Away:
    """Return what is known of a partition that is put away now."""
    return Away(
        rules=partition.rules,
        now=partition.now,
        next_due=partition.timeline.next_due,
        pending=len(partition.timeline),
        created=partition.created,
        size=weight(partition),
        resources=resources_of(partition),
        bring_back=bring_back,
    )


def resources_of(partition: Partition) -> Mapping[str, int]:
    """Return how many resources there are in a partition, by kind."""
    return {kind_of(next(iter(table.values()))): len(table) for table in partition.graph.tables() if table}
