"""What becomes of interfaces and their private addresses when an operation on them ends."""

from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

import attrs

from duolect_core.engine.command_fault import FAILED
from duolect_core.engine.partition import Partition, Transitions
from duolect_core.engine.timeline import Transition, end_of
from duolect_core.errors import CoreError
from duolect_core.interfaces import ipv6_addresses
from duolect_core.model.addresses import PrivateAddress
from duolect_core.model.lifecycles import (
    ADDRESS_LIFECYCLE,
    INTERFACE_LIFECYCLE,
    SERVICE_LIFECYCLE,
    VIRTUAL_ADDRESS_LIFECYCLE,
    ServiceState,
    Trigger,
    ends_of,
)
from duolect_core.model.resources import Destination, Interface, InterfaceKind, OperationState
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import capacity, compatibility, ipv6, lookup, removal

_REMOVING: Final = frozenset({Trigger.DELETED, Trigger.ROLLED_BACK})
_FREEING: Final = frozenset({Trigger.DETACHED, Trigger.ATTACH_FAILED})


def _move_interface(partition: Partition, transition: Transition) -> None:
    """Move an interface on; where its operation has a second half, begin that."""
    graph, trigger = partition.graph, transition.trigger
    interface = graph.interfaces[transition.resource_id]
    destination = interface.destination
    if destination is not None:
        graph.set_destination(interface, None)
    interface.state = INTERFACE_LIFECYCLE[(interface.state, trigger)]
    interface.pending = None
    if trigger is Trigger.PROVISIONED:
        special = interface.special_addresses  # plain ones come up with their interface
        if special:
            interface.put_addresses(_moved_on(special, Trigger.ASSIGNED))
    elif trigger is Trigger.ATTACHED:
        if interface.attachment is not None and interface.attachment.trunk_id is not None:
            interface.kind = InterfaceKind.MEMBER
    elif trigger in _REMOVING:
        removal.remove_interface(partition, interface)
    elif trigger in _FREEING:
        removal.detach(graph, interface)
    if destination is not None and trigger not in FAILED:
        _begin_attachment(partition, interface, destination, transition)


def _begin_attachment(
    partition: Partition, interface: Interface, destination: Destination, transition: Transition
) -> None:
    """Attach an interface that has become free, as the second half of its operation.

    What was true when the operation began may no longer be: then it fails, and the interface stays free.
    """
    operation = transition.operation
    try:
        instance = lookup.instance(partition.graph, destination.instance_id)
        attachment = compatibility.attachment_to(partition, interface, instance, destination)
    except CoreError:
        operation.fail(f"instance {destination.instance_id} no longer takes {interface.id}")
        return
    partition.graph.attach(interface, attachment)
    interface.state = INTERFACE_LIFECYCLE[(interface.state, Trigger.ATTACH)]
    operation.state = OperationState.RUNNING
    operation.due = end_of(transition.due, partition.rules.durations.attach * operation.pace)
    interface.pending = partition.timeline.plan(operation.due, Trigger.ATTACHED, interface.id, operation)


def _moved_on(addresses: Iterable[PrivateAddress], trigger: Trigger) -> list[PrivateAddress]:
    """Return addresses as they are when what they waited for has happened."""
    return [
        attrs.evolve(each, state=ADDRESS_LIFECYCLE[(each.state, trigger)], pending=None)
        for each in addresses
    ]


def _move_addresses(partition: Partition, transition: Transition) -> None:
    """Move on the addresses of an interface that have waited for this transition."""
    trigger, operation, graph = transition.trigger, transition.operation, partition.graph
    interface = graph.interfaces[transition.resource_id]
    addresses = [each for each in interface.special_addresses if each.pending == transition.number]
    if trigger is Trigger.MOVED:
        try:
            destination = lookup.interface(graph, operation.destination_id)
            capacity.check_move(partition, interface, destination)
        except CoreError:
            trigger = Trigger.MOVE_FAILED
            operation.fail(f"interface {operation.destination_id} no longer takes the address")
        else:
            graph.move_address(interface, destination, *_moved_on(addresses, trigger), at=partition.now)
            return
    interface.put_addresses(_moved_on(addresses, trigger))
    if trigger in {Trigger.UNASSIGNED, Trigger.ASSIGN_FAILED}:
        ips = [address.ip for address in addresses]
        removal.dissociate(partition, interface, ips)
        ipv6.forget(partition, ips)
        graph.remove_addresses(
            interface,
            ipv4=[ip for ip in interface.ipv4_ips if ip in ips],
            ipv6=[ip for ip in interface.ipv6_ips if ip in ips],
        )


def _move_virtual_address(partition: Partition, transition: Transition) -> None:
    """Move a virtual address on; what it could not be associated with, or no longer is, is let go."""
    graph, trigger = partition.graph, transition.trigger
    address = graph.virtual_addresses[transition.resource_id]
    address.state = VIRTUAL_ADDRESS_LIFECYCLE[(address.state, trigger)]
    address.pending = None
    if trigger is Trigger.DELETED:
        graph.remove_virtual_address(address)
    elif trigger in {Trigger.DISASSOCIATED, Trigger.ASSOCIATE_FAILED}:
        for carrier_id in address.changing_ids:
            graph.remove_carrier(address, carrier_id)
    address.changing_ids = ()


def _move_ipv6_address(partition: Partition, transition: Transition) -> None:
    address = partition.graph.ipv6_addresses[transition.resource_id]
    address.state = SERVICE_LIFECYCLE[(address.state, transition.trigger)]
    address.pending = None
    if address.state is ServiceState.GONE:
        ipv6_addresses.remove(partition, address)


TRANSITIONS: Final[Transitions] = MappingProxyType(
    {
        ResourceKind.INTERFACE: {
            **dict.fromkeys(ends_of(INTERFACE_LIFECYCLE), _move_interface),
            **dict.fromkeys(ends_of(ADDRESS_LIFECYCLE), _move_addresses),
        },
        ResourceKind.VIRTUAL_ADDRESS: dict.fromkeys(
            ends_of(VIRTUAL_ADDRESS_LIFECYCLE), _move_virtual_address
        ),
        ResourceKind.IPV6_ADDRESS: dict.fromkeys(ends_of(SERVICE_LIFECYCLE), _move_ipv6_address),
    }
)
"""The handlers of interfaces, of the addresses on them, of free IPv6 addresses and of virtual ones."""
