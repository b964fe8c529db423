"""What happens when an asynchronous change falls due.

Each kind of resource has one function here; all read the next state from the lifecycle tables.
"""

from typing import TYPE_CHECKING

from duolect_core.lifecycle import (
    INSTANCE_LIFECYCLE,
    INTERFACE_LIFECYCLE,
    PROVISION_LIFECYCLE,
    Trigger,
)
from duolect_core.model import (
    AddressState,
    Instance,
    Interface,
    InterfaceKind,
    Network,
    OperationState,
    Subnet,
)

if TYPE_CHECKING:
    from duolect_core.partition import Partition
    from duolect_core.timeline import Transition


def apply(partition: "Partition", transition: "Transition") -> None:
    """Move the resource of ``transition`` on, and close its operation unless more is to come."""
    graph, resource_id = partition.graph, transition.resource_id
    transition.operation.state = OperationState.SUCCEEDED
    if resource_id in graph.interfaces:
        _move_interface(partition, graph.interfaces[resource_id], transition.trigger)
    elif resource_id in graph.instances:
        _move_instance(partition, graph.instances[resource_id], transition)
    else:
        _provision(graph.subnets.get(resource_id) or graph.networks[resource_id])


def _provision(resource: Network | Subnet) -> None:
    resource.state = PROVISION_LIFECYCLE[(resource.state, Trigger.PROVISIONED)]


def _move_interface(partition: "Partition", interface: Interface, trigger: Trigger) -> None:
    interface.state = INTERFACE_LIFECYCLE[(interface.state, trigger)]
    interface.pending = None
    if trigger is Trigger.PROVISIONED:
        for address in (*interface.ipv4, *interface.ipv6):
            address.state = AddressState.AVAILABLE
    elif trigger is Trigger.ATTACHED:
        if interface.attachment is not None and interface.attachment.trunk_id is not None:
            interface.kind = InterfaceKind.MEMBER
    elif trigger is Trigger.DELETED:
        partition.graph.remove_interface(interface)
    else:
        _let_go(partition, interface)


def _let_go(partition: "Partition", interface: Interface) -> None:
    """Detach an interface; a member becomes an ordinary secondary interface again."""
    partition.graph.detach(interface)
    if interface.kind is InterfaceKind.MEMBER:
        interface.kind = InterfaceKind.SECONDARY


def _move_instance(partition: "Partition", instance: Instance, transition: "Transition") -> None:
    instance.state = INSTANCE_LIFECYCLE[(instance.state, transition.trigger)]
    instance.pending = None
    if transition.trigger is Trigger.BOOT:
        due = transition.due + partition.rules.durations.start
        transition.operation.state = OperationState.RUNNING
        transition.operation.due = due
        instance.pending = partition.timeline.plan(due, Trigger.STARTED, instance.id, transition.operation)
    elif transition.trigger is Trigger.STARTED:
        instance.started = partition.now
    elif transition.trigger is Trigger.DELETED:
        _release_interfaces(partition, instance)
        partition.graph.remove_instance(instance)


def _release_interfaces(partition: "Partition", instance: Instance) -> None:
    """Delete or keep the interfaces of an instance that is gone, as each of them says.

    An attachment or detachment that is under way ends with the instance, and fails.
    """
    graph = partition.graph
    for interface_id in tuple(graph.interfaces_by_instance.ids(instance.id)):
        interface = graph.interfaces[interface_id]
        if interface.pending is not None:
            operation = partition.timeline.cancel(interface.pending).operation
            operation.state = OperationState.FAILED
            operation.reason = f"instance {instance.id} was deleted"
            interface.pending = None
        goes = interface.delete_on_release or interface.kind is InterfaceKind.PRIMARY
        trigger = Trigger.DELETED if goes else Trigger.RELEASED
        interface.state = INTERFACE_LIFECYCLE[(interface.state, trigger)]
        if goes:
            graph.remove_interface(interface)
        else:
            _let_go(partition, interface)
