"""Allocating, associating, modifying and releasing elastic public addresses.

A public address belongs to the account. It is associated with one private address of an interface, wherever
that interface is attached, and goes with the private address to another interface. When the private address
goes, the public one is dissociated from it and stays.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

import attrs

from duolect_core import errors
from duolect_core.addressing.pools import format_ipv4
from duolect_core.engine.partition import Partition
from duolect_core.graph.graph import Graph
from duolect_core.model.instances import Instance
from duolect_core.model.lifecycles import (
    PUBLIC_ADDRESS_LIFECYCLE,
    STEADY_PUBLIC_ADDRESS,
    AddressState,
    PublicAddressState,
    Trigger,
    allowed_from,
)
from duolect_core.model.public_addresses import Association, PublicAddress
from duolect_core.model.resources import Instant, Interface, InterfaceKind, OperationKind
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import compatibility, lookup, waiting
from duolect_core.relations.address_plans import check_repeated
from duolect_core.relations.packages import check_room

A = TypeVar("A", bound=PublicAddress)


def in_state_for(trigger: Trigger, address: A) -> A:
    """Return the public address, or raise that ``trigger`` cannot move it now."""
    allowed = allowed_from(PUBLIC_ADDRESS_LIFECYCLE, trigger)
    if address.state not in allowed:
        error = errors.PublicAddressWrongState if address.pending is None else errors.PublicAddressBusy
        raise error(address.id, address.state, allowed)
    return address


def begin(
    partition: Partition,
    kind: OperationKind,
    end: Trigger,
    *addresses: PublicAddress,
    separate: bool = False,
    longest: Instant | None = None,
) -> None:
    """Begin the operation that ``end`` completes for each of the addresses, ``longest`` at the latest."""
    duration = partition.rules.durations.change_public_address
    if longest is not None:
        duration = min(duration, longest)
    waiting.begin(partition, kind, end, duration, *addresses, separate=separate)
    for address in addresses:
        address.modified = partition.now


@attrs.frozen(kw_only=True)
class AllocatePublicAddresses:
    """Allocate ``count`` public addresses out of the region's range, or exactly the ``ips`` where given.

    Raises:
        AddressRepeated, PublicAddressUnavailable: one of the ``ips`` cannot be had.
        PublicAddressQuotaExceeded, TagQuotaExceeded: a limit is reached.
        PublicAddressesExhausted: the region has too few left.
        BandwidthPackageNotFound, BandwidthPackageBusy, AddressesPerPackageExceeded: the package that is
            named cannot take them.
    """

    count: int = 1
    ips: tuple[int, ...] = ()
    package_id: str | None = None
    name: str = ""
    description: str = ""
    tags: Mapping[str, str] = attrs.field(factory=dict)
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> tuple[PublicAddress, ...]:
        """Return the new addresses; where that takes time they are PENDING."""
        self.check(partition)
        asynchronous = partition.takes_time(partition.rules.create_is_asynchronous)
        addresses = self.add(
            partition, PublicAddressState.PENDING if asynchronous else PublicAddressState.AVAILABLE
        )
        if asynchronous and addresses:
            begin(partition, OperationKind.ALLOCATE_PUBLIC_ADDRESSES, Trigger.PROVISIONED, *addresses)
        return addresses

    def add(
        self, partition: Partition, state: PublicAddressState, segment_id: str | None = None
    ) -> tuple[PublicAddress, ...]:
        """Put in the addresses that ``check`` admitted, in this state, perhaps those of a segment."""
        requested: tuple[int | None, ...] = self.ips or (None,) * self.count
        return tuple(self._allocate(partition, ip, state, segment_id) for ip in requested)

    def check(self, partition: Partition) -> int:
        """Return how many addresses there will be, or raise what keeps them from being allocated."""
        graph, rules = partition.graph, partition.rules
        pool = graph.public_pool
        check_repeated(self.ips, format_ipv4)
        for ip in self.ips:
            if not pool.is_usable(ip) or not pool.is_free(ip):
                raise errors.PublicAddressUnavailable(format_ipv4(ip))
        count, limit = len(self.ips) or self.count, rules.quotas.public_addresses
        if limit is not None and len(graph.public_addresses) + count > limit:
            raise errors.PublicAddressQuotaExceeded(rules.region, limit)
        lookup.check_tags(rules, self.tags)
        if count > pool.free:
            raise errors.PublicAddressesExhausted(count, pool.free)
        if self.package_id is not None:
            check_room(partition, lookup.ready_bandwidth_package(graph, self.package_id).id, count)
        return count

    def _allocate(
        self,
        partition: Partition,
        requested: int | None,
        state: PublicAddressState,
        segment_id: str | None,
    ) -> PublicAddress:
        graph = partition.graph
        address_id = partition.new_id(ResourceKind.PUBLIC_ADDRESS, graph.public_addresses)
        if requested is None:
            ip = graph.public_pool.take_any(partition.generator, address_id)
        else:
            ip = requested
            graph.public_pool.take(ip, address_id)
        address = PublicAddress(
            id=address_id,
            order=partition.next_order(),
            created=partition.now,
            modified=partition.now,
            name=self.name,
            description=self.description,
            tags=self.tags,
            extras=self.extras,
            ip=ip,
            state=state,
            segment_id=segment_id,
        )
        graph.add_public_address(address)
        graph.join_package(address, self.package_id)
        return address


@attrs.frozen(kw_only=True)
class AssociatePublicAddress:
    """Associate a public address with a private one.

    That is an address of the interface that is named, or of the primary interface of the instance that is
    named, or the virtual address that is named; ``ip`` None is the interface's primary address. ``extras``
    is stored over what the public address has.

    Raises:
        PublicAddressNotFound, InterfaceNotFound, InstanceNotFound, VirtualAddressNotFound: what was named.
        InterfaceManaged: not the caller's to use.
        PublicAddressWrongState, PublicAddressBusy: the public address is not free.
        InterfaceIsPrimary: a primary interface is named itself, where only its instance may be.
        InterfaceWrongState, InstanceWrongState, InstanceClassicNetwork: the interface, or the instance of
        a primary one, is busy.
        AddressNotAssigned, AddressBusy: the private address is not there, or on its way.
        VirtualAddressBusy: the virtual address is.
        InstanceHasPublicAddress, AddressHasPublicAddress: the private address has a public one.
        InstanceHasOwnPublicAddress: so has the instance, and it is not replaced.
        AddressHasDnatRule: a DNAT rule leads to the private address, which excludes that.
        PublicAddressesPerInstanceExceeded: the instance type allows no more of them.
    """

    address_id: str
    instance_id: str | None = None
    interface_id: str | None = None
    virtual_id: str | None = None
    ip: int | None = None
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> PublicAddress:
        """Start the association and return the public address, now ASSOCIATING."""
        address, association = self.check(partition)
        graph = partition.graph
        if (instance := _owner(graph, association)) is not None:
            graph.release_public_ip(instance)
            instance.public_ip_returns = False
        graph.associate(address, association)
        address.extras = {**address.extras, **self.extras}
        address.state = PUBLIC_ADDRESS_LIFECYCLE[(address.state, Trigger.ASSOCIATE)]
        begin(partition, OperationKind.ASSOCIATE_PUBLIC_ADDRESS, Trigger.ASSOCIATED, address)
        return address

    def check(self, partition: Partition) -> tuple[PublicAddress, Association]:
        """Return the public address and what it shall be associated with, or raise what stands between."""
        graph = partition.graph
        address = lookup.public_address(graph, self.address_id)
        if self.virtual_id is not None:
            return address, self._with_virtual(graph, address, self.virtual_id)
        interface = self._interface(partition)
        if interface.managed:
            raise errors.InterfaceManaged(interface.id)
        in_state_for(Trigger.ASSOCIATE, address)
        attachment = interface.attachment
        by_name = self.interface_id is not None and not partition.rules.public_address_on_primary
        if by_name and interface.kind is InterfaceKind.PRIMARY and attachment is not None:
            raise errors.InterfaceIsPrimary(interface.id, attachment.instance_id)
        compatibility.check_steady(graph, interface)
        association = self._association(interface)
        holder = graph.public_address_of(interface, association.ip)
        if holder is not None:
            if self.instance_id is not None:
                raise errors.InstanceHasPublicAddress(self.instance_id, holder.id)
            raise errors.AddressHasPublicAddress(format_ipv4(association.ip), holder.id)
        owner = _owner(graph, association)
        if owner is not None and owner.public_ip is not None:
            if not partition.rules.elastic_address_replaces_own:
                raise errors.InstanceHasOwnPublicAddress(owner.id, format_ipv4(owner.public_ip))
        elif attachment is not None:
            _check_limit(partition, attachment.instance_id)
        if partition.rules.dnat_excludes_public_address:
            _check_not_forwarded(graph, interface, association.ip)
        return address, association

    def _with_virtual(self, graph: Graph, address: PublicAddress, virtual_id: str) -> Association:
        """Return the association with a virtual address, or raise what stands between."""
        virtual = lookup.virtual_address(graph, virtual_id)
        in_state_for(Trigger.ASSOCIATE, address)
        lookup.ready_virtual_address(graph, virtual_id)
        holder = graph.public_address_of(virtual, virtual.ip)
        if holder is not None:
            raise errors.AddressHasPublicAddress(format_ipv4(virtual.ip), holder.id)
        return Association(virtual.id, virtual.ip)

    def _interface(self, partition: Partition) -> Interface:
        graph = partition.graph
        if self.instance_id is None:
            return lookup.interface(graph, str(self.interface_id))
        instance = lookup.instance(graph, self.instance_id)
        return graph.interfaces[graph.primary_interfaces[instance.id]]

    def _association(self, interface: Interface) -> Association:
        ip = interface.primary_ip if self.ip is None else self.ip
        for private in interface.ipv4:
            if private.ip == ip:
                if private.state is not AddressState.AVAILABLE:
                    raise errors.AddressBusy(format_ipv4(ip), private.state)
                return Association(interface.id, ip)
        raise errors.AddressNotAssigned(format_ipv4(ip))


def _owner(graph: Graph, association: Association) -> Instance | None:
    """Return the instance whose own public address stands where the association would."""
    interface = graph.interfaces.get(association.interface_id)
    attachment = None if interface is None else interface.attachment
    if interface is None or interface.kind is not InterfaceKind.PRIMARY or attachment is None:
        return None
    return graph.instances[attachment.instance_id] if association.ip == interface.primary_ip else None


def _check_not_forwarded(graph: Graph, interface: Interface, ip: int) -> None:
    """Raise ``AddressHasDnatRule`` where a rule of the network leads to a private address."""
    for rule_id in graph.dnat_rules_by_private_ip.ids(ip):
        gateway = graph.nat_gateways[graph.dnat_rules[rule_id].gateway_id]
        if gateway.network_id == interface.network_id:
            raise errors.AddressHasDnatRule(format_ipv4(ip), rule_id)


def _check_limit(partition: Partition, instance_id: str) -> None:
    """Raise where the instance's type allows no more public addresses."""
    graph = partition.graph
    limit = partition.rules.instance_types[graph.instances[instance_id].type_name].public_addresses
    own = graph.instances[instance_id].public_ip is not None
    used = own + sum(
        len(graph.public_addresses_by_interface.ids(interface_id))
        for interface_id in graph.interfaces_by_instance.ids(instance_id)
    )
    if limit is not None and used >= limit:
        raise errors.PublicAddressesPerInstanceExceeded(instance_id, limit)


@attrs.frozen
class DisassociatePublicAddress:
    """Take a public address from the private one that it is associated with.

    Raises:
        PublicAddressNotFound: there is none of this id.
        PublicAddressWrongState, PublicAddressBusy: it is associated with nothing, or on its way.
        PublicAddressOfNatGateway: it is bound to a NAT gateway, from which it is taken otherwise.
        InterfaceWrongState, InstanceWrongState: the interface, or the instance of a primary one, is busy.
    """

    address_id: str

    def apply(self, partition: Partition) -> PublicAddress:
        """Start the disassociation and return the public address, now DISASSOCIATING."""
        address = self.check(partition)
        address.state = PUBLIC_ADDRESS_LIFECYCLE[(address.state, Trigger.DISASSOCIATE)]
        begin(partition, OperationKind.DISASSOCIATE_PUBLIC_ADDRESS, Trigger.DISASSOCIATED, address)
        return address

    def check(self, partition: Partition) -> PublicAddress:
        """Return the public address, or raise what keeps it where it is."""
        graph = partition.graph
        address = in_state_for(Trigger.DISASSOCIATE, lookup.public_address(graph, self.address_id))
        association = address.association
        if association is None:
            raise errors.PublicAddressOfNatGateway(address.id, str(address.gateway_id))
        interface = graph.interfaces.get(association.interface_id)
        if interface is not None:
            compatibility.check_steady(graph, interface)
        return address


@attrs.frozen
class ReleasePublicAddresses:
    """Give public addresses back that are associated with nothing: all of them, or none.

    Raises:
        PublicAddressNotFound: there is none of an id.
        PublicAddressWrongState, PublicAddressBusy: one is associated, or on its way.
    """

    address_ids: tuple[str, ...]

    def apply(self, partition: Partition) -> tuple[PublicAddress, ...]:
        """Start the release and return the addresses, now RELEASING."""
        addresses = self.check(partition)
        for address in addresses:
            address.state = PUBLIC_ADDRESS_LIFECYCLE[(address.state, Trigger.DELETE)]
        if addresses:
            begin(partition, OperationKind.RELEASE_PUBLIC_ADDRESSES, Trigger.DELETED, *addresses)
        return addresses

    def check(self, partition: Partition) -> tuple[PublicAddress, ...]:
        """Return the addresses, each once, or raise what keeps one of them."""
        found = [
            lookup.public_address(partition.graph, address_id)
            for address_id in dict.fromkeys(self.address_ids)
        ]
        return tuple(in_state_for(Trigger.DELETE, address) for address in found)


@attrs.frozen(kw_only=True)
class ModifyPublicAddresses:
    """Change what is said of public addresses, all or none; None leaves a value as it is.

    ``extras`` is stored over what each has. The change is made at once, and its operation has succeeded.

    Raises:
        PublicAddressNotFound: there is none of an id.
        PublicAddressBusy: another change of one is under way.
    """

    address_ids: tuple[str, ...]
    name: str | None = None
    description: str | None = None
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> tuple[PublicAddress, ...]:
        """Return the addresses as they are now."""
        addresses = self.check(partition)
        for address in addresses:
            address.name = address.name if self.name is None else self.name
            address.description = address.description if self.description is None else self.description
            address.extras = {**address.extras, **self.extras}
            address.modified = partition.now
        partition.complete(OperationKind.MODIFY_PUBLIC_ADDRESSES, *(address.id for address in addresses))
        return addresses

    def check(self, partition: Partition) -> tuple[PublicAddress, ...]:
        """Return the addresses, each once, or raise what keeps one of them as it is."""
        found = [
            lookup.public_address(partition.graph, address_id)
            for address_id in dict.fromkeys(self.address_ids)
        ]
        for address in found:
            if address.pending is not None:
                raise errors.PublicAddressBusy(address.id, address.state, STEADY_PUBLIC_ADDRESS)
        return tuple(found)
