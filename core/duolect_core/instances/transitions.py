"""What becomes of instances when an operation on them ends."""

from types import MappingProxyType
from typing import Final

from duolect_core.engine.partition import Partition, Transitions
from duolect_core.engine.timeline import Transition
from duolect_core.model.lifecycles import INSTANCE_LIFECYCLE, InstanceState, Trigger, ends_of
from duolect_core.model.resources import OperationState
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import removal


def _move_instance(partition: Partition, transition: Transition) -> None:
    """Move an instance on; one that is gone takes its interfaces along, or lets them go."""
    instance, operation = partition.graph.instances[transition.resource_id], transition.operation
    instance.state = INSTANCE_LIFECYCLE[(instance.state, transition.trigger)]
    instance.pending = None
    if transition.trigger is Trigger.BOOT:
        operation.state = OperationState.RUNNING
        operation.due = transition.due + partition.rules.durations.start * operation.pace
        instance.pending = partition.timeline.plan(operation.due, Trigger.STARTED, instance.id, operation)
    elif transition.trigger in {Trigger.STARTED, Trigger.REBOOTED}:
        instance.started = partition.now
    elif instance.state is InstanceState.GONE:
        removal.remove_instance(partition.graph, partition.timeline, instance)


TRANSITIONS: Final[Transitions] = MappingProxyType(
    {ResourceKind.INSTANCE: dict.fromkeys(ends_of(INSTANCE_LIFECYCLE), _move_instance)}
)
"""The handler of instances."""
