"""Assigning, unassigning, moving and describing the private addresses of an interface.

Where creating takes time, so does every change of addresses: the interface stays as it is, and each address
shows what is under way with it. Delegated prefixes have no state; they come and go at once everywhere.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

import attrs

from duolect_core import errors
from duolect_core.addressing.pools import IPV4_PREFIX_BITS, IPV6_PREFIX_BITS, format_ipv4, format_ipv6
from duolect_core.engine.partition import Partition
from duolect_core.model.addresses import Granted, KeptAddress, PrivateAddress
from duolect_core.model.lifecycles import ADDRESS_LIFECYCLE, AddressState, Trigger
from duolect_core.model.resources import Interface, OperationKind
from duolect_core.relations import capacity, compatibility, ipv6, lookup, removal
from duolect_core.relations.address_plans import AddressPlan, AddressRequest, PrefixRequest, check_repeated


def _changeable(partition: Partition, interface_id: str) -> Interface:
    """Return an interface whose addresses may be changed now."""
    interface = lookup.interface(partition.graph, interface_id)
    if interface.managed:
        raise errors.InterfaceManaged(interface.id)
    compatibility.check_steady(partition.graph, interface)
    return interface


_ENDS: Final = MappingProxyType(
    {
        OperationKind.ASSIGN_ADDRESSES: Trigger.ASSIGNED,
        OperationKind.UNASSIGN_ADDRESSES: Trigger.UNASSIGNED,
        OperationKind.MOVE_ADDRESS: Trigger.MOVED,
    }
)
"""What ends each operation on addresses."""


def _begin(
    partition: Partition, kind: OperationKind, interface: Interface, destination_id: str = ""
) -> int:
    """Begin an operation on addresses of an interface; return the number of what they wait for."""
    duration = partition.rules.durations.change_addresses
    _, (number,) = partition.begin(kind, _ENDS[kind], duration, interface.id, destination_id=destination_id)
    return number


def _waiting(
    addresses: Sequence[PrivateAddress], trigger: Trigger, number: int
) -> tuple[PrivateAddress, ...]:
    """Return addresses as they are once a request has begun to change them."""
    return tuple(
        attrs.evolve(each, state=ADDRESS_LIFECYCLE[(each.state, trigger)], pending=number)
        for each in addresses
    )


def _format(ip: int) -> str:
    return format_ipv6(ip) if ip >> 32 else format_ipv4(ip)


def _format_prefix(ip: int) -> str:
    return f"{_format(ip)}/{128 - IPV6_PREFIX_BITS if ip >> 32 else 32 - IPV4_PREFIX_BITS}"


@attrs.frozen(kw_only=True)
class AssignAddresses:
    """Assign secondary IPv4 addresses, IPv6 addresses and prefixes to an interface: all, or none.

    Raises:
        InterfaceNotFound, InterfaceManaged: there is none to assign to.
        InterfaceWrongState, InstanceWrongState: the interface, or the instance of a primary one, is busy.
        RdmaWithIpv6 and what ``AddressPlan.check`` raises: the addresses.
        Ipv4PerInterfaceExceeded, Ipv6PerInterfaceExceeded, Ipv6Unsupported, DetachedAddressesExceeded,
        GroupMembersExceeded: a limit is reached.
    """

    interface_id: str
    secondaries: tuple[AddressRequest, ...] = ()
    ipv6: tuple[AddressRequest, ...] = ()
    ipv4_prefixes: tuple[PrefixRequest, ...] = ()
    ipv6_prefixes: tuple[PrefixRequest, ...] = ()

    def apply(self, partition: Partition) -> Granted:
        """Return what was granted, in the order in which it was requested."""
        interface, plan = self.check(partition)
        graph = partition.graph
        asynchronous = partition.takes_time(partition.rules.create_is_asynchronous)
        state = AddressState.PENDING if asynchronous else AddressState.AVAILABLE
        subnet = graph.subnets[interface.subnet_id]
        taken = plan.take(graph, subnet, interface.id, partition.address_generator, state)
        number = None
        if asynchronous and (taken.ipv4 or taken.ipv6):
            number = _begin(partition, OperationKind.ASSIGN_ADDRESSES, interface)

        def assigned(addresses: tuple[KeptAddress, ...]) -> tuple[PrivateAddress, ...]:
            return tuple(
                attrs.evolve(
                    each if isinstance(each, PrivateAddress) else PrivateAddress(each, state=state),
                    since=partition.now,
                    pending=number,
                )
                for each in addresses
            )

        granted = Granted(
            ipv4=assigned(taken.ipv4),
            ipv4_prefixes=taken.ipv4_prefixes,
            ipv6=assigned(taken.ipv6),
            ipv6_prefixes=taken.ipv6_prefixes,
        )
        graph.add_addresses(interface, granted)
        return granted

    def check(self, partition: Partition) -> tuple[Interface, AddressPlan]:
        """Return the interface and what it shall get, or raise what keeps it from getting it."""
        interface = _changeable(partition, self.interface_id)
        plan = AddressPlan(
            primary=None,
            secondaries=self.secondaries,
            ipv6=self.ipv6,
            ipv4_prefixes=self.ipv4_prefixes,
            ipv6_prefixes=self.ipv6_prefixes,
        )
        if interface.rdma and plan.ipv6_count:
            raise errors.RdmaWithIpv6(interface.id)
        capacity.check_subnet(partition, partition.graph.subnets[interface.subnet_id], plan)
        capacity.check_more(partition, interface, ipv4=plan.ipv4_count, ipv6=plan.ipv6_count)
        groups = [partition.graph.groups[group_id] for group_id in interface.group_ids]
        capacity.check_groups(partition, groups, len(self.secondaries), 0)
        return interface, plan


@attrs.frozen(kw_only=True)
class UnassignAddresses:
    """Take addresses and prefixes away from an interface: all, or none.

    Raises:
        InterfaceNotFound, InterfaceManaged: there is none to take from.
        InterfaceWrongState, InstanceWrongState: the interface, or the instance of a primary one, is busy.
        AddressRepeated, AddressNotAssigned, PrimaryAddressFixed, AddressBusy: one of the addresses.
    """

    interface_id: str
    ipv4: tuple[int, ...] = ()
    ipv6: tuple[int, ...] = ()
    ipv4_prefixes: tuple[int, ...] = ()
    ipv6_prefixes: tuple[int, ...] = ()

    def apply(self, partition: Partition) -> Interface:
        """Return the interface; where that takes time its addresses are DELETING."""
        interface, addresses = self.check(partition)
        graph = partition.graph
        graph.remove_addresses(
            interface, ipv4_prefixes=self.ipv4_prefixes, ipv6_prefixes=self.ipv6_prefixes
        )
        if not partition.takes_time(partition.rules.create_is_asynchronous):
            removal.dissociate(partition, interface, self.ipv4)
            ipv6.forget(partition, self.ipv6)
            graph.remove_addresses(interface, ipv4=self.ipv4, ipv6=self.ipv6)
            return interface
        if addresses:
            number = _begin(partition, OperationKind.UNASSIGN_ADDRESSES, interface)
            interface.put_addresses(_waiting(addresses, Trigger.UNASSIGN, number))
        return interface

    def check(self, partition: Partition) -> tuple[Interface, list[PrivateAddress]]:
        """Return the interface and the addresses that shall go, or raise what keeps them."""
        interface = _changeable(partition, self.interface_id)
        for ips, write in (
            ((*self.ipv4, *self.ipv6), _format),
            ((*self.ipv4_prefixes, *self.ipv6_prefixes), _format_prefix),
        ):
            check_repeated(ips, write)
        addresses = [
            *(_removable(interface.ipv4, ip) for ip in self.ipv4),
            *(_removable(interface.ipv6, ip) for ip in self.ipv6),
        ]
        for wanted, held in (
            (self.ipv4_prefixes, interface.ipv4_prefixes),
            (self.ipv6_prefixes, interface.ipv6_prefixes),
        ):
            for ip in wanted:
                if ip not in held:
                    raise errors.AddressNotAssigned(_format_prefix(ip))
        return interface, addresses


def _held(addresses: Sequence[PrivateAddress], ip: int) -> PrivateAddress:
    for address in addresses:
        if address.ip == ip:
            return address
    raise errors.AddressNotAssigned(_format(ip))


def _removable(addresses: Sequence[PrivateAddress], ip: int) -> PrivateAddress:
    """Return the address, or raise why it cannot leave its interface."""
    address = _held(addresses, ip)
    if address.primary:
        raise errors.PrimaryAddressFixed(_format(ip))
    if address.state is not AddressState.AVAILABLE:
        raise errors.AddressBusy(_format(ip), address.state)
    return address


@attrs.frozen(kw_only=True)
class MoveAddress:
    """Move a secondary IPv4 address to another interface in the same subnet.

    What the destination can take is looked at now and, where moving takes time, once more at the end: if
    it has filled up or gone by then, the operation fails and the address stays.

    Raises:
        InterfaceNotFound, InterfaceManaged: one of the interfaces.
        InterfaceWrongState, InstanceWrongState: one of them, or the instance of a primary one, is busy.
        AddressNotAssigned, PrimaryAddressFixed, AddressBusy: the source cannot give the address.
        AddressInUse: the destination is the source.
        SubnetMismatch: they are in different subnets.
        what ``capacity.check_move`` raises: the destination has no capacity.
    """

    source_id: str
    destination_id: str
    ip: int

    def apply(self, partition: Partition) -> Interface:
        """Return the interface that gives the address; where that takes time it is MIGRATING there."""
        source, destination, address = self.check(partition)
        if not partition.takes_time(partition.rules.create_is_asynchronous):
            partition.graph.move_address(source, destination, address, at=partition.now)
            return source
        number = _begin(partition, OperationKind.MOVE_ADDRESS, source, destination.id)
        source.put_addresses(_waiting([address], Trigger.MOVE, number))
        return source

    def check(self, partition: Partition) -> tuple[Interface, Interface, PrivateAddress]:
        """Return both interfaces and the address, or raise what keeps it from moving."""
        lookup.interface(partition.graph, self.source_id)
        lookup.interface(partition.graph, self.destination_id)
        source = _changeable(partition, self.source_id)
        destination = _changeable(partition, self.destination_id)
        address = _removable(source.ipv4, self.ip)
        if destination is source:
            raise errors.AddressInUse(format_ipv4(self.ip))
        if destination.subnet_id != source.subnet_id:
            raise errors.SubnetMismatch(source.id, source.subnet_id, destination.id, destination.subnet_id)
        capacity.check_move(partition, source, destination)
        return source, destination, address


@attrs.frozen(kw_only=True)
class SetAddressDescriptions:
    """Change the descriptions of IPv4 and IPv6 addresses that an interface holds: all, or none.

    Raises:
        InterfaceNotFound, InterfaceManaged: there is none to change.
        AddressNotAssigned: it does not hold one of the addresses.
    """

    interface_id: str
    descriptions: Mapping[int, str]

    def apply(self, partition: Partition) -> Interface:
        """Return the interface."""
        interface, addresses = self.check(partition)
        interface.put_addresses(
            attrs.evolve(each, description=self.descriptions[each.ip]) for each in addresses
        )
        return interface

    def check(self, partition: Partition) -> tuple[Interface, list[PrivateAddress]]:
        """Return the interface and the addresses, or raise what keeps them as they are."""
        interface = lookup.interface(partition.graph, self.interface_id)
        if interface.managed:
            raise errors.InterfaceManaged(interface.id)
        held = (*interface.ipv4, *interface.ipv6)
        return interface, [_held(held, ip) for ip in self.descriptions]
