"""Interfaces that instances get from the start, in addition to their primary ones."""

from collections.abc import Iterable

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.interfaces.lifecycle import CreateInterface
from duolect_core.model.instances import Instance
from duolect_core.model.lifecycles import INTERFACE_LIFECYCLE, Trigger
from duolect_core.model.resources import Attachment, Interface, OperationKind
from duolect_core.model.rules import InstanceType
from duolect_core.relations import capacity, compatibility, lookup, waiting
from duolect_core.relations.address_plans import AddressPlan, Taken


@attrs.frozen
class Secondary:
    """An interface that comes with an instance.

    ``interface`` is one to be created, for each of several instances, or the id of a free one, which only
    a single instance can have. ``card`` is the network card of the instance to use.
    """

    interface: CreateInterface | str
    card: int | None = attrs.field(default=None, kw_only=True)


def plans(secondaries: Iterable[Secondary]) -> list[tuple[str, AddressPlan]]:
    """Return the subnet and the addresses of each interface that is to be created."""
    return [
        (secondary.interface.subnet_id, secondary.interface.addresses)
        for secondary in secondaries
        if isinstance(secondary.interface, CreateInterface)
    ]


def check(
    partition: Partition,
    secondaries: tuple[Secondary, ...],
    primary: Interface,
    instance_type: InstanceType,
    copies: int,
) -> None:
    """Raise what keeps ``copies`` new instances from having the secondaries, and a primary one like this.

    That there are addresses for all of them together is not checked here.

    Raises:
        InterfaceNotFound, InterfaceRepeated: an interface that was named.
        what ``CreateInterface.check`` and ``compatibility.check_free`` raise: it cannot be had.
        GroupRequired: it is in no group, where the cloud wants it to be.
        SubnetNetworkMismatch, SubnetZoneMismatch, NetworkMismatch, ZoneMismatch and what
        ``compatibility.check_carried`` raises: it does not fit the instances.
        InterfaceQuotaExceeded, NetworkInterfaceQuotaExceeded, GroupMembersExceeded,
        GroupInterfacesExceeded: a limit is reached.
    """
    graph = partition.graph
    created, carried, seen = [primary], [primary], set()
    for place, secondary in enumerate(secondaries, start=1):
        requested = secondary.interface
        if isinstance(requested, CreateInterface):
            interface = _draft(partition, requested, primary)
            created.append(interface)
        else:
            interface = lookup.interface(graph, requested)
            if requested in seen or copies > 1:
                raise errors.InterfaceRepeated(requested)
            seen.add(requested)
            _check_free(interface, primary)
        if partition.rules.attach_needs_group and not interface.group_ids:
            raise errors.GroupRequired(interface.id)
        attachment = Attachment("", place, partition.now, secondary.card)
        compatibility.check_carried(graph, interface, attachment, instance_type, carried)
        carried.append(attrs.evolve(interface, attachment=attachment))
    _check_quotas(partition, primary.network_id, len(created) - 1, copies)
    _check_groups(partition, created, copies)


def _draft(partition: Partition, create: CreateInterface, primary: Interface) -> Interface:
    subnet = create.check(partition)
    if create.managed:
        raise errors.InterfaceManaged("")
    if subnet.network_id != primary.network_id:
        network_id = primary.network_id
        raise errors.SubnetNetworkMismatch(subnet.id, subnet.network_id, network_id, network_id)
    if subnet.zone != primary.zone:
        raise errors.SubnetZoneMismatch(subnet.id, subnet.zone, primary.zone)
    return create.draft(partition, subnet, create.addresses.placeholders())


def _check_free(interface: Interface, primary: Interface) -> None:
    compatibility.check_free(interface)
    if interface.network_id != primary.network_id:
        raise errors.NetworkMismatch(
            interface.id, interface.network_id, primary.subnet_id, primary.network_id
        )
    if interface.zone != primary.zone:
        raise errors.ZoneMismatch(interface.zone, primary.zone)


def _check_quotas(partition: Partition, network_id: str, each: int, copies: int) -> None:
    """Raise where so many new interfaces, the primary ones not counted, pass a limit."""
    if not each:
        return
    graph, quotas = partition.graph, partition.rules.quotas
    limit = quotas.interfaces
    if limit is not None and len(graph.interfaces) + (1 + each) * copies > limit:
        raise errors.InterfaceQuotaExceeded(partition.rules.region, limit)
    limit = quotas.interfaces_per_network
    secondary = capacity.secondary_interfaces(graph, network_id)
    if limit is not None and secondary + each * copies > limit:
        raise errors.NetworkInterfaceQuotaExceeded(network_id, limit)


def _check_groups(partition: Partition, created: list[Interface], copies: int) -> None:
    """Raise where a group cannot take all its new members together."""
    for group_id in dict.fromkeys(each for interface in created for each in interface.group_ids):
        members = [interface for interface in created if group_id in interface.group_ids]
        addresses = sum(interface.ipv4_singles for interface in members)
        group = partition.graph.groups[group_id]
        capacity.check_groups(partition, [group], addresses * copies, len(members) * copies)


def add(
    partition: Partition,
    secondaries: tuple[Secondary, ...],
    instance: Instance,
    granted: Iterable[tuple[str, Taken]],
) -> list[Interface]:
    """Put in the secondaries of a new instance and begin to attach them; return them, ATTACHING.

    ``granted`` holds the id and the addresses of each of those to be created, in their order.
    """
    graph, new = partition.graph, iter(granted)
    interfaces = []
    for place, secondary in enumerate(secondaries, start=1):
        requested = secondary.interface
        if isinstance(requested, CreateInterface):
            interface_id, addresses = next(new)
            interface = requested.draft(partition, graph.subnets[requested.subnet_id], addresses)
            interface.id = interface_id
            interface.order = partition.next_order()
            interface.mac = partition.new_mac()
            graph.add_interface(interface)
        else:
            interface = graph.interfaces[requested]
        graph.attach(interface, Attachment(instance.id, place, partition.now, secondary.card))
        interface.state = INTERFACE_LIFECYCLE[(interface.state, Trigger.ATTACH)]
        interfaces.append(interface)
    return interfaces


def begin(partition: Partition, interfaces: list[Interface]) -> None:
    """Begin the attachment of all interfaces that come with the instances of one command."""
    if not interfaces:
        return
    kind, duration = OperationKind.ATTACH_INTERFACE, partition.rules.durations.attach
    waiting.begin(partition, kind, Trigger.ATTACHED, duration, *interfaces, separate=True)
