"""What becomes of instances when an operation on them ends, or the term that they are paid for."""

from types import MappingProxyType
from typing import Final

from duolect_core.engine.partition import Partition, Transitions
from duolect_core.engine.timeline import Transition, end_of
from duolect_core.instances import lapses
from duolect_core.model.instances import Instance
from duolect_core.model.lifecycles import (
    INSTANCE_LIFECYCLE,
    INTERFACE_LIFECYCLE,
    InstanceState,
    Trigger,
    ends_of,
)
from duolect_core.model.resources import OperationKind, OperationState
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import removal


def _move_instance(partition: Partition, transition: Transition) -> None:
    """Move an instance on; one that is gone takes its interfaces along, or lets them go."""
    instance, operation = partition.graph.instances[transition.resource_id], transition.operation
    instance.state = INSTANCE_LIFECYCLE[(instance.state, transition.trigger)]
    instance.pending = None
    if transition.trigger is Trigger.BOOT:
        operation.state = OperationState.RUNNING
        operation.due = end_of(transition.due, partition.rules.durations.start * operation.pace)
        instance.pending = partition.timeline.plan(operation.due, Trigger.STARTED, instance.id, operation)
    elif transition.trigger in {Trigger.STARTED, Trigger.REBOOTED}:
        instance.started = partition.now
    elif transition.trigger is Trigger.STOPPED:
        if instance.public_ip_returns:
            partition.graph.release_public_ip(instance)
    elif transition.trigger is Trigger.STOP_FAILED:
        instance.public_ip_returns = False
    elif instance.state is InstanceState.GONE:
        if transition.trigger is Trigger.DELETED and partition.rules.interface_outlives_instance:
            _keep_primary_interface(partition, instance)
        removal.remove_instance(partition, instance, keeps_disks=transition.trigger is Trigger.DELETED)
    lapses.follow(partition, instance, transition.trigger)


def _keep_primary_interface(partition: Partition, instance: Instance) -> None:
    """Let the primary interface of an instance that is gone be deleted after it, if that takes any time.

    Until then it is attached to nothing, and holds its addresses, its subnet and its groups.
    """
    graph, duration = partition.graph, partition.rules.durations.release_instance
    if not duration:
        return
    interface = graph.interfaces[graph.primary_interfaces[instance.id]]
    removal.dissociate(partition, interface, interface.ipv4_ips)
    for trigger in (Trigger.RELEASED, Trigger.DELETE):
        interface.state = INTERFACE_LIFECYCLE[(interface.state, trigger)]
    graph.detach(interface)
    graph.make_secondary(interface)
    _, (interface.pending,) = partition.begin(
        OperationKind.DELETE_INTERFACE, Trigger.DELETED, duration, interface.id, separate=True
    )


def _reclaim(partition: Partition, transition: Transition) -> None:
    """Take an instance back whatever its state; what is under way with it fails.

    Routes that lead there stay, and lead nowhere.
    """
    instance = partition.graph.instances[transition.resource_id]
    instance.reclaim = None
    if instance.pending is not None:
        partition.timeline.give_up(instance.pending, f"{instance.id} was reclaimed")
        instance.pending = None
    instance.state = InstanceState.GONE
    removal.remove_instance(partition, instance)


TRANSITIONS: Final[Transitions] = MappingProxyType(
    {
        ResourceKind.INSTANCE: {
            **dict.fromkeys(ends_of(INSTANCE_LIFECYCLE), _move_instance),
            Trigger.RECLAIMED: _reclaim,
        }
    }
)
"""The handlers of instances."""
