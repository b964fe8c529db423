"""Releasing an operation that is held."""

import attrs

from duolect_core.engine.command_fault import failure_of
from duolect_core.engine.partition import Partition
from duolect_core.errors import OperationNotFound
from duolect_core.model.resources import Operation


@attrs.frozen(kw_only=True)
class ReleaseOperation:
    """Let an operation that is held fall due now: to end as it would have, or in failure if it ``fails``.

    What creates or modifies a network or subnet cannot fail.

    Raises:
        OperationNotFound: no operation of this id is held.
    """

    operation_id: str
    fails: bool = False

    def apply(self, partition: Partition) -> Operation:
        """Return the operation, which ends at the next look."""
        operation = self.check(partition)
        operation.held, operation.due = False, partition.now
        for transition in [each for each in partition.timeline.pending() if each.operation is operation]:
            failure = failure_of(
                partition.graph, partition.rules, transition.trigger, transition.resource_id
            )
            trigger = failure if self.fails and failure is not None else transition.trigger
            partition.timeline.replan(transition.number, partition.now, trigger)
        return operation

    def check(self, partition: Partition) -> Operation:
        """Return the operation, also one whose record has expired, or raise that there is none."""
        held = [each.operation for each in partition.timeline.pending() if each.operation.held]
        named = partition.graph.operations.get(self.operation_id)
        for operation in held:
            if operation is named or operation.id == self.operation_id:
                return operation
        raise OperationNotFound(self.operation_id)
