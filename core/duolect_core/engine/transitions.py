"""What happens when an asynchronous change falls due.

Each kind of resource has one function here; all read the next state from the lifecycle tables.
"""

from typing import TYPE_CHECKING, Final

from duolect_core.engine.command_fault import FAILED
from duolect_core.errors import CoreError
from duolect_core.model.lifecycles import (
    ADDRESS_LIFECYCLE,
    INSTANCE_LIFECYCLE,
    INTERFACE_LIFECYCLE,
    PROVISION_LIFECYCLE,
    PUBLIC_ADDRESS_LIFECYCLE,
    InstanceState,
    PublicAddressState,
    Trigger,
)
from duolect_core.model.resources import (
    Destination,
    Instance,
    Interface,
    InterfaceKind,
    Network,
    Operation,
    OperationState,
    PrivateAddress,
    PublicAddress,
    Subnet,
)
from duolect_core.public_addresses.lifecycle import dissociate
from duolect_core.relations import capacity, compatibility, lookup

if TYPE_CHECKING:
    from duolect_core.engine.partition import Partition
    from duolect_core.engine.timeline import Transition

ADDRESS_TRIGGERS: Final = frozenset(trigger for _, trigger in ADDRESS_LIFECYCLE)
"""The triggers that move addresses of an interface rather than the interface itself."""
_FREEING: Final = frozenset({Trigger.DETACHED, Trigger.ATTACH_FAILED})


def apply(partition: "Partition", transition: "Transition") -> None:
    """Move the resource of ``transition`` on, and close its operation unless more is to come."""
    graph, resource_id = partition.graph, transition.resource_id
    transition.operation.state = OperationState.SUCCEEDED
    failed = transition.trigger in FAILED
    if failed:
        _fail(transition.operation, "internal error")
    if transition.trigger in ADDRESS_TRIGGERS:
        _move_addresses(partition, graph.interfaces[resource_id], transition)
    elif resource_id in graph.interfaces:
        interface = graph.interfaces[resource_id]
        destination = interface.destination
        graph.set_destination(interface, None)
        _move_interface(partition, interface, transition.trigger)
        if destination is not None and not failed:
            _go_on(partition, interface, destination, transition)
    elif resource_id in graph.instances:
        _move_instance(partition, graph.instances[resource_id], transition)
    elif resource_id in graph.public_addresses:
        _move_public_address(partition, graph.public_addresses[resource_id], transition.trigger)
    else:
        _provision(partition, graph.subnets.get(resource_id) or graph.networks[resource_id])


def _provision(partition: "Partition", resource: Network | Subnet) -> None:
    state = PROVISION_LIFECYCLE[(resource.state, Trigger.PROVISIONED)]
    if isinstance(resource, Subnet):
        partition.graph.set_subnet_state(resource, state)
    else:
        resource.state = state


def _move_interface(partition: "Partition", interface: Interface, trigger: Trigger) -> None:
    interface.state = INTERFACE_LIFECYCLE[(interface.state, trigger)]
    interface.pending = None
    if trigger is Trigger.PROVISIONED:
        for address in (*interface.ipv4, *interface.ipv6):
            address.state = ADDRESS_LIFECYCLE[(address.state, Trigger.ASSIGNED)]
    elif trigger is Trigger.ATTACHED:
        if interface.attachment is not None and interface.attachment.trunk_id is not None:
            interface.kind = InterfaceKind.MEMBER
    elif trigger in {Trigger.DELETED, Trigger.ROLLED_BACK}:
        _remove_interface(partition, interface)
    elif trigger in _FREEING:
        _let_go(partition, interface)


def _let_go(partition: "Partition", interface: Interface) -> None:
    """Detach an interface; a member becomes an ordinary secondary interface again."""
    partition.graph.detach(interface)
    if interface.kind is InterfaceKind.MEMBER:
        interface.kind = InterfaceKind.SECONDARY


def _go_on(
    partition: "Partition", interface: Interface, destination: Destination, transition: "Transition"
) -> None:
    """Attach an interface that has become free, as the second half of its operation.

    What was true when the operation began may no longer be: then it fails, and the interface stays free.
    """
    operation = transition.operation
    try:
        attachment = compatibility.bond(partition, interface, destination)
    except CoreError:
        _fail(operation, f"instance {destination.instance_id} no longer takes {interface.id}")
        return
    partition.graph.attach(interface, attachment)
    interface.state = INTERFACE_LIFECYCLE[(interface.state, Trigger.ATTACH)]
    operation.state = OperationState.RUNNING
    operation.due = transition.due + partition.rules.durations.attach * operation.pace
    interface.pending = partition.timeline.plan(operation.due, Trigger.ATTACHED, interface.id, operation)


def _move_addresses(partition: "Partition", interface: Interface, transition: "Transition") -> None:
    """Move on the addresses of an interface that have waited for this transition."""
    trigger, graph = transition.trigger, partition.graph
    addresses = _waiting(interface, transition.number)
    if trigger is Trigger.MOVED:
        _, destination_id = transition.operation.resource_ids
        try:
            destination = lookup.interface(graph, destination_id)
            capacity.check_landing(partition, interface, destination)
        except CoreError:
            trigger = Trigger.MOVE_FAILED
            _fail(transition.operation, f"interface {destination_id} no longer takes the address")
        else:
            graph.move_address(interface, destination, *addresses)
    for address in addresses:
        address.state = ADDRESS_LIFECYCLE[(address.state, trigger)]
        address.pending = None
    if trigger in {Trigger.UNASSIGNED, Trigger.ASSIGN_FAILED}:
        ips = [address.ip for address in addresses]
        dissociate(partition, interface, ips)
        graph.remove_addresses(
            interface,
            ipv4=[address.ip for address in interface.ipv4 if address.ip in ips],
            ipv6=[address.ip for address in interface.ipv6 if address.ip in ips],
        )


def _waiting(interface: Interface, number: int) -> list[PrivateAddress]:
    return [address for address in (*interface.ipv4, *interface.ipv6) if address.pending == number]


def _remove_interface(partition: "Partition", interface: Interface) -> None:
    """Take an interface out; what is under way with its addresses fails. Public ones stay behind."""
    numbers = (address.pending for address in (*interface.ipv4, *interface.ipv6))
    for number in dict.fromkeys(numbers):
        if number is not None:
            operation = partition.timeline.cancel(number).operation
            _fail(operation, f"interface {interface.id} was deleted")
    dissociate(partition, interface, [address.ip for address in interface.ipv4])
    partition.graph.remove_interface(interface)


def _move_public_address(partition: "Partition", address: PublicAddress, trigger: Trigger) -> None:
    address.state = PUBLIC_ADDRESS_LIFECYCLE[(address.state, trigger)]
    address.pending = None
    if address.state is PublicAddressState.AVAILABLE:
        partition.graph.associate(address, None)
    elif trigger is Trigger.DELETED:
        partition.graph.remove_public_address(address)


def _fail(operation: Operation, reason: str) -> None:
    operation.state = OperationState.FAILED
    operation.reason = reason


def _move_instance(partition: "Partition", instance: Instance, transition: "Transition") -> None:
    instance.state = INSTANCE_LIFECYCLE[(instance.state, transition.trigger)]
    instance.pending = None
    if transition.trigger is Trigger.BOOT:
        due = transition.due + partition.rules.durations.start * transition.operation.pace
        transition.operation.state = OperationState.RUNNING
        transition.operation.due = due
        instance.pending = partition.timeline.plan(due, Trigger.STARTED, instance.id, transition.operation)
    elif transition.trigger in {Trigger.STARTED, Trigger.REBOOTED}:
        instance.started = partition.now
    elif instance.state is InstanceState.GONE:
        remove_instance(partition, instance)


def remove_instance(partition: "Partition", instance: Instance) -> None:
    """Take an instance out that is gone, and do with its interfaces what each of them says."""
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
            _fail(operation, f"instance {instance.id} was deleted")
            interface.pending = None
            graph.set_destination(interface, None)
        goes = interface.delete_on_release or interface.kind is InterfaceKind.PRIMARY
        trigger = Trigger.DELETED if goes else Trigger.RELEASED
        interface.state = INTERFACE_LIFECYCLE[(interface.state, trigger)]
        if goes:
            _remove_interface(partition, interface)
        else:
            _let_go(partition, interface)
