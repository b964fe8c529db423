"""Allocating, associating, modifying and releasing elastic public IPv6 addresses.

Each stands for one private IPv6 address of an interface, for as long as that is the interface's. A private
address that has Internet bandwidth of its own takes none.
"""

from collections.abc import Mapping
from typing import Any

import attrs

from duolect_core import errors
from duolect_core.addressing.pools import format_ipv6
from duolect_core.engine.partition import Partition
from duolect_core.model.lifecycles import (
    PUBLIC_ADDRESS_LIFECYCLE,
    STEADY_PUBLIC_ADDRESS,
    AddressState,
    PublicAddressState,
    Trigger,
)
from duolect_core.model.public_addresses import Association, PublicIpv6Address
from duolect_core.model.resources import Interface, OperationKind
from duolect_core.model.rules import ResourceKind
from duolect_core.public_addresses.lifecycle import begin, in_state_for
from duolect_core.relations import compatibility, lookup, named_gateways
from duolect_core.relations.descriptions import describe
from duolect_core.relations.packages import check_room


@attrs.frozen(kw_only=True)
class AllocatePublicIpv6Addresses:
    """Allocate ``count`` elastic public IPv6 addresses.

    Raises:
        PublicAddressesExhausted: the region has none.
        PublicAddressQuotaExceeded, TagQuotaExceeded: a limit is reached.
        BandwidthPackageNotFound, BandwidthPackageBusy, AddressesPerPackageExceeded: the package that is
            named cannot take them.
    """

    count: int = 1
    package_id: str | None = None
    name: str = ""
    tags: Mapping[str, str] = attrs.field(factory=dict)
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> tuple[PublicIpv6Address, ...]:
        """Return the new addresses; where that takes time they are PENDING."""
        self.check(partition)
        takes_time = partition.takes_time(partition.rules.create_is_asynchronous)
        state = PublicAddressState.PENDING if takes_time else PublicAddressState.AVAILABLE
        addresses = tuple(self._allocate(partition, state) for _ in range(self.count))
        if takes_time:
            begin(partition, OperationKind.ALLOCATE_PUBLIC_ADDRESSES, Trigger.PROVISIONED, *addresses)
        return addresses

    def check(self, partition: Partition) -> None:
        """Raise what keeps the addresses from being allocated."""
        graph, rules = partition.graph, partition.rules
        if rules.public_ipv6_range is None:
            raise errors.PublicAddressesExhausted(self.count, 0)
        limit = rules.quotas.public_ipv6_addresses
        if limit is not None and len(graph.public_ipv6_addresses) + self.count > limit:
            raise errors.PublicAddressQuotaExceeded(rules.region, limit)
        lookup.check_tags(rules, self.tags)
        if self.package_id is not None:
            package = lookup.ready_bandwidth_package(graph, self.package_id)
            check_room(partition, package.id, self.count)

    def _allocate(self, partition: Partition, state: PublicAddressState) -> PublicIpv6Address:
        graph, block = partition.graph, partition.rules.public_ipv6_range
        assert block is not None  # noqa: S101 - else the check has raised
        first = int(block.network_address)
        while (ip := first + partition.generator.below(block.num_addresses)) in graph.public_ipv6_by_ip:
            pass
        address = PublicIpv6Address(
            id=partition.new_id(ResourceKind.PUBLIC_IPV6_ADDRESS, graph.public_ipv6_addresses),
            order=partition.next_order(),
            created=partition.now,
            modified=partition.now,
            name=self.name,
            tags=self.tags,
            extras=self.extras,
            ip=ip,
            state=state,
            package_id=self.package_id,
        )
        graph.add_public_ipv6(address)
        return address


@attrs.frozen(kw_only=True)
class AssociatePublicIpv6Address:
    """Associate an elastic public IPv6 address with a private one.

    That is the ``ip`` of the interface that is named, or of the primary interface of the instance that is
    named; ``ip`` None is its first one that has none yet.

    Raises:
        PublicAddressNotFound, InterfaceNotFound, InstanceNotFound: what was named.
        InterfaceManaged: not the caller's to use.
        PublicAddressWrongState, PublicAddressBusy: the public address is not free.
        InterfaceWrongState, InstanceWrongState, InstanceClassicNetwork: the interface, or the instance of
            a primary one, is busy.
        AddressNotAssigned, AddressBusy: the private address is not there, or on its way.
        AddressHasPublicAddress: the private address has a public one, or Internet bandwidth of its own.
    """

    address_id: str
    instance_id: str | None = None
    interface_id: str | None = None
    ip: int | None = None

    def apply(self, partition: Partition) -> PublicIpv6Address:
        """Start the association and return the public address, now ASSOCIATING."""
        address, association = self.check(partition)
        partition.graph.associate_ipv6(address, association)
        address.state = PUBLIC_ADDRESS_LIFECYCLE[(address.state, Trigger.ASSOCIATE)]
        begin(partition, OperationKind.ASSOCIATE_PUBLIC_ADDRESS, Trigger.ASSOCIATED, address)
        return address

    def check(self, partition: Partition) -> tuple[PublicIpv6Address, Association]:
        """Return the public address and what it shall be associated with, or raise what stands between."""
        graph = partition.graph
        address = named_gateways.public_ipv6_address(graph, self.address_id)
        if self.instance_id is None:
            interface = lookup.interface(graph, str(self.interface_id))
        else:
            instance = lookup.instance(graph, self.instance_id)
            interface = graph.interfaces[graph.primary_interfaces[instance.id]]
        if interface.managed:
            raise errors.InterfaceManaged(interface.id)
        in_state_for(Trigger.ASSOCIATE, address)
        compatibility.check_steady(graph, interface)
        return address, Association(interface.id, self._private(partition, interface))

    def _private(self, partition: Partition, interface: Interface) -> int:
        """Return the private address, or raise what keeps it from having a public one."""
        graph = partition.graph
        taken = {
            ip: graph.public_ipv6_by_private.get(ip) or graph.ipv6_bandwidth_by_ip.get(ip)
            for ip in interface.ipv6_ips
        }
        ip = self.ip
        if ip is None:
            ip = next((each for each, by in taken.items() if by is None), next(iter(taken), None))
        if ip is None or ip not in taken:
            raise errors.AddressNotAssigned("" if ip is None else format_ipv6(ip))
        state = next(each.state for each in interface.ipv6 if each.ip == ip)
        if state is not AddressState.AVAILABLE:
            raise errors.AddressBusy(format_ipv6(ip), state)
        holder = taken[ip]
        if holder is not None:
            raise errors.AddressHasPublicAddress(format_ipv6(ip), holder)
        return ip


@attrs.frozen
class DisassociatePublicIpv6Address:
    """Take an elastic public IPv6 address from the private one that it is associated with.

    Raises:
        PublicAddressNotFound: there is none of this id.
        PublicAddressWrongState, PublicAddressBusy: it is associated with nothing, or on its way.
        InterfaceWrongState, InstanceWrongState: the interface, or the instance of a primary one, is busy.
    """

    address_id: str

    def apply(self, partition: Partition) -> PublicIpv6Address:
        """Start the disassociation and return the public address, now DISASSOCIATING."""
        address = self.check(partition)
        address.state = PUBLIC_ADDRESS_LIFECYCLE[(address.state, Trigger.DISASSOCIATE)]
        begin(partition, OperationKind.DISASSOCIATE_PUBLIC_ADDRESS, Trigger.DISASSOCIATED, address)
        return address

    def check(self, partition: Partition) -> PublicIpv6Address:
        """Return the public address, or raise what keeps it where it is."""
        graph = partition.graph
        address = in_state_for(
            Trigger.DISASSOCIATE, named_gateways.public_ipv6_address(graph, self.address_id)
        )
        if address.association is not None:
            compatibility.check_steady(graph, graph.interfaces[address.association.interface_id])
        return address


@attrs.frozen
class ReleasePublicIpv6Addresses:
    """Give elastic public IPv6 addresses back that are associated with nothing: all of them, or none.

    Raises:
        PublicAddressNotFound: there is none of an id.
        PublicAddressWrongState, PublicAddressBusy: one is associated, or on its way.
    """

    address_ids: tuple[str, ...]

    def apply(self, partition: Partition) -> tuple[PublicIpv6Address, ...]:
        """Start the release and return the addresses, now RELEASING."""
        addresses = self.check(partition)
        for address in addresses:
            address.state = PUBLIC_ADDRESS_LIFECYCLE[(address.state, Trigger.DELETE)]
        if addresses:
            begin(partition, OperationKind.RELEASE_PUBLIC_ADDRESSES, Trigger.DELETED, *addresses)
        return addresses

    def check(self, partition: Partition) -> tuple[PublicIpv6Address, ...]:
        """Return the addresses, each once, or raise what keeps one of them."""
        found = _named(partition, self.address_ids)
        return tuple(in_state_for(Trigger.DELETE, address) for address in found)


@attrs.frozen(kw_only=True)
class ModifyPublicIpv6Addresses:
    """Change what is said of elastic public IPv6 addresses, at once: of all, or none.

    None leaves a value as it is; ``extras`` is stored over what each has.

    Raises:
        PublicAddressNotFound: there is none of an id.
        PublicAddressBusy: another change of one is under way.
    """

    address_ids: tuple[str, ...]
    name: str | None = None
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> tuple[PublicIpv6Address, ...]:
        """Return the addresses as they are now."""
        addresses = self.check(partition)
        for address in addresses:
            describe(address, self.name, None, self.extras)
            address.modified = partition.now
        partition.complete(OperationKind.MODIFY_PUBLIC_ADDRESSES, *(address.id for address in addresses))
        return addresses

    def check(self, partition: Partition) -> tuple[PublicIpv6Address, ...]:
        """Return the addresses, each once, or raise what keeps one of them as it is."""
        found = _named(partition, self.address_ids)
        for address in found:
            if address.pending is not None:
                raise errors.PublicAddressBusy(address.id, address.state, STEADY_PUBLIC_ADDRESS)
        return found


def _named(partition: Partition, address_ids: tuple[str, ...]) -> tuple[PublicIpv6Address, ...]:
    graph = partition.graph
    return tuple(named_gateways.public_ipv6_address(graph, each) for each in dict.fromkeys(address_ids))
