"""Changing how long asynchronous changes take."""

import attrs

from duolect_core.by_fields import Value
from duolect_core.engine.partition import Partition
from duolect_core.model.durations import Durations


@attrs.frozen(eq=False, repr=False)
class SetDurations(Value):
    """Let what begins from now on take other times; what is under way ends when it was said to."""

    durations: Durations

    def apply(self, partition: Partition) -> None:
        """Change the partition's rules."""
        partition.rules = attrs.evolve(partition.rules, durations=self.durations)

    def check(self, partition: Partition) -> None:
        """Find nothing that could keep the times from being changed."""
