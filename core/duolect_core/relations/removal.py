"""Taking interfaces and instances out, with what depends on them.

What is under way with it ends early, and fails. What stays behind is let go: a public address belongs to
the account unless it is the instance's own, and an interface may outlive its instance.
"""

from collections.abc import Iterable

from duolect_core.addressing.pools import format_ipv4
from duolect_core.engine.partition import Partition
from duolect_core.graph.graph import Graph
from duolect_core.model.disks import Disk, DiskKind
from duolect_core.model.lifecycles import (
    DISK_LIFECYCLE,
    INTERFACE_LIFECYCLE,
    PUBLIC_ADDRESS_LIFECYCLE,
    PublicAddressState,
    Trigger,
)
from duolect_core.model.resources import Instance, Interface, InterfaceKind, OperationState


def dissociate(partition: Partition, interface: Interface, ips: Iterable[int]) -> None:
    """Let go the public addresses of private ones that are about to leave an interface for good.

    An association that is under way fails; a disassociation has reached its end.
    """
    for ip in ips:
        address = partition.graph.public_address_of(interface, ip)
        if address is None:
            continue
        if address.pending is not None:
            operation = partition.timeline.cancel(address.pending).operation
            address.pending = None
            operation.state = OperationState.SUCCEEDED
            if address.state is PublicAddressState.ASSOCIATING:
                operation.fail(f"the address {format_ipv4(ip)} of {interface.id} is gone")
        address.state = PUBLIC_ADDRESS_LIFECYCLE[(address.state, Trigger.DISSOCIATED)]
        address.modified = partition.now
        partition.graph.associate(address, None)


def detach(graph: Graph, interface: Interface) -> None:
    """Detach an interface; a member becomes an ordinary secondary interface again."""
    graph.detach(interface)
    if interface.kind is InterfaceKind.MEMBER:
        interface.kind = InterfaceKind.SECONDARY


def remove_interface(partition: Partition, interface: Interface) -> None:
    """Take an interface out; what is under way with its addresses fails. Public ones stay behind."""
    numbers = (address.pending for address in interface.special_addresses)
    for number in dict.fromkeys(numbers):
        if number is not None:
            partition.timeline.cancel(number).operation.fail(f"interface {interface.id} was deleted")
    dissociate(partition, interface, interface.ipv4_ips)
    partition.graph.remove_interface(interface)


def remove_instance(partition: Partition, instance: Instance, *, keeps_disks: bool = True) -> None:
    """Take an instance out that is gone, and delete or keep each of its interfaces and disks, as they say.

    An attachment or detachment that is under way ends with the instance, and fails. Of an instance that
    never was no disk is kept.
    """
    graph, timeline = partition.graph, partition.timeline
    for disk_id in tuple(graph.disks_by_instance.ids(instance.id)):
        _leave_disk(partition, graph.disks[disk_id], instance, keeps_disks=keeps_disks)
    for interface_id in tuple(graph.interfaces_by_instance.ids(instance.id)):
        interface = graph.interfaces[interface_id]
        if interface.pending is not None:
            timeline.cancel(interface.pending).operation.fail(f"instance {instance.id} was deleted")
            interface.pending = None
            graph.set_destination(interface, None)
        goes = interface.delete_on_release or interface.kind is InterfaceKind.PRIMARY
        trigger = Trigger.DELETED if goes else Trigger.RELEASED
        interface.state = INTERFACE_LIFECYCLE[(interface.state, trigger)]
        if goes:
            remove_interface(partition, interface)
        else:
            detach(graph, interface)
    graph.release_public_ip(instance)
    graph.remove_instance(instance)


def _leave_disk(partition: Partition, disk: Disk, instance: Instance, *, keeps_disks: bool) -> None:
    """Delete a disk with its instance, or keep it, as a data disk whatever it was."""
    if disk.pending is not None:
        partition.timeline.cancel(disk.pending).operation.fail(f"instance {instance.id} was deleted")
        disk.pending, disk.new_size = None, 0
    goes = disk.delete_with_instance or not keeps_disks
    disk.state = DISK_LIFECYCLE[(disk.state, Trigger.DELETED if goes else Trigger.RELEASED)]
    if goes:
        partition.graph.remove_disk(disk)
    else:
        partition.graph.attach_disk(disk, None)
        disk.detached = partition.now
        disk.kind, disk.portable = DiskKind.DATA, True
