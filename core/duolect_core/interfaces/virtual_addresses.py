"""Virtual addresses: creating and changing them, saying what may carry them, and deleting them.

A virtual address is taken out of a subnet like that of an interface, and belongs to none. Instances or
interfaces of the subnet may carry it; when one of those is gone, the virtual address stays.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

import attrs

from duolect_core import errors
from duolect_core.by_fields import Value
from duolect_core.engine.partition import Partition
from duolect_core.graph.graph import Graph
from duolect_core.model.lifecycles import (
    VIRTUAL_ADDRESS_LIFECYCLE,
    Trigger,
    VirtualAddressState,
)
from duolect_core.model.resources import OperationKind, Subnet
from duolect_core.model.rules import ResourceKind
from duolect_core.model.virtual_addresses import VirtualAddress
from duolect_core.relations import capacity, compatibility, lookup, waiting
from duolect_core.relations.address_plans import AddressPlan, AddressRequest
from duolect_core.relations.descriptions import describe


@attrs.frozen(eq=False, repr=False)
class Carrying(Value):
    """That an instance, or with ``as_interface`` an interface, may carry a virtual address."""

    address_id: str
    carrier_id: str
    as_interface: bool = False


@attrs.frozen(kw_only=True)
class CreateVirtualAddress:
    """Create a virtual address of a subnet: the one that is named, or any free one.

    ``interface_id`` is an interface that has it from now on, ``carriers`` what may carry it (their
    ``address_id`` says nothing, because it is this one's).

    Raises:
        NetworkNotFound, SubnetNotFound, SubnetBusy, SubnetNetworkMismatch: what was named.
        AddressOutsideSubnet, AddressReserved, AddressInUse, SubnetExhausted: it cannot be had.
        InterfaceNotFound, VirtualAddressElsewhere: the interface is not in the subnet.
        VirtualAddressQuotaExceeded, TagQuotaExceeded: a limit is reached.
        what ``AssociateVirtualAddresses`` raises of the carriers.
    """

    subnet_id: str
    network_id: str | None = None
    ip: int | None = None
    interface_id: str = ""
    carriers: tuple[Carrying, ...] = ()
    name: str = ""
    description: str = ""
    tags: Mapping[str, str] = attrs.field(factory=dict)
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> VirtualAddress:
        """Return the new virtual address, PENDING where that takes time."""
        subnet = self.check(partition)
        graph = partition.graph
        takes_time = _takes_time(partition)
        address_id = partition.new_id(ResourceKind.VIRTUAL_ADDRESS, graph.virtual_addresses)
        ip = self.ip
        if ip is None:
            ip = subnet.pool.take_any(partition.address_generator, address_id)
        else:
            subnet.pool.take(ip, address_id)
        address = VirtualAddress(
            id=address_id,
            order=partition.next_order(),
            created=partition.now,
            name=self.name,
            description=self.description,
            tags=self.tags,
            extras=self.extras,
            network_id=subnet.network_id,
            subnet_id=subnet.id,
            ip=ip,
            state=VirtualAddressState.PENDING if takes_time else VirtualAddressState.AVAILABLE,
            carrier_ids=tuple(each.carrier_id for each in self.carriers),
            interface_id=self.interface_id,
        )
        graph.add_virtual_address(address)
        if takes_time:
            _begin(partition, OperationKind.CREATE_VIRTUAL_ADDRESS, Trigger.PROVISIONED, address)
        return address

    def check(self, partition: Partition) -> Subnet:
        """Return the subnet, or raise what keeps the virtual address from being created."""
        graph, rules = partition.graph, partition.rules
        if self.network_id is not None:
            lookup.network(graph, self.network_id)
        subnet = lookup.ready_subnet(graph, self.subnet_id)
        if self.network_id not in {None, subnet.network_id}:
            named = str(self.network_id)
            raise errors.SubnetNetworkMismatch(subnet.id, subnet.network_id, named, named)
        capacity.check_subnet(partition, subnet, AddressPlan(primary=AddressRequest(self.ip)))
        if self.interface_id:
            interface = lookup.interface(graph, self.interface_id)
            if interface.subnet_id != subnet.id:
                raise errors.VirtualAddressElsewhere("", subnet.id, interface.id, interface.subnet_id)
        _check_carriers(partition, subnet.id, (), self.carriers)
        _check_carried(partition, self.carriers)
        limit = rules.quotas.virtual_addresses_per_network
        if limit is not None and len(graph.virtual_addresses_by_network.ids(subnet.network_id)) >= limit:
            raise errors.VirtualAddressQuotaExceeded(subnet.network_id, limit)
        lookup.check_tags(rules, self.tags)
        return subnet


@attrs.frozen(kw_only=True)
class ModifyVirtualAddress:
    """Change what is said of a virtual address, at once; None leaves a value as it is.

    Raises:
        VirtualAddressNotFound, VirtualAddressBusy: there is none that could be changed.
    """

    address_id: str
    name: str | None = None
    description: str | None = None
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> VirtualAddress:
        """Return the virtual address as it is now."""
        address = self.check(partition)
        describe(address, self.name, self.description, self.extras)
        return address

    def check(self, partition: Partition) -> VirtualAddress:
        """Return the virtual address, or raise what keeps it as it is."""
        return lookup.ready_virtual_address(partition.graph, self.address_id)


@attrs.frozen
class AssociateVirtualAddresses:
    """Let instances and interfaces carry virtual addresses: all that is named, or nothing.

    Raises:
        VirtualAddressNotFound, VirtualAddressBusy: a virtual address.
        InstanceNotFound, InterfaceNotFound: what should carry it.
        InstanceClassicNetwork, InstanceWrongState: an instance is busy.
        VirtualAddressElsewhere: it is in another subnet.
        VirtualAddressCarried: it may carry the virtual address already, or is named twice.
        CarrierQuotaExceeded, CarriedQuotaExceeded: a limit is reached.
    """

    carryings: tuple[Carrying, ...]

    def apply(self, partition: Partition) -> tuple[VirtualAddress, ...]:
        """Return the virtual addresses, each once, ASSOCIATING where that takes time."""
        addresses = self.check(partition)
        for each in self.carryings:
            partition.graph.add_carrier(addresses[each.address_id], each.carrier_id)
        if _takes_time(partition):
            kind = OperationKind.ASSOCIATE_VIRTUAL_ADDRESSES
            _begin_change(partition, kind, self.carryings, addresses)
        return tuple(addresses.values())

    def check(self, partition: Partition) -> dict[str, VirtualAddress]:
        """Return the virtual addresses by id, or raise what keeps one from being associated."""
        addresses = _named(partition.graph, self.carryings)
        for address in addresses.values():
            own = tuple(each for each in self.carryings if each.address_id == address.id)
            _check_carriers(partition, address.subnet_id, address.carrier_ids, own)
        _check_carried(partition, self.carryings)
        return addresses


@attrs.frozen
class DisassociateVirtualAddresses:
    """Let instances and interfaces no longer carry virtual addresses: all that is named, or nothing.

    Raises:
        VirtualAddressNotFound, VirtualAddressBusy: a virtual address.
        VirtualAddressNotCarried: it is not associated with what is named.
        InstanceWrongState: an instance is busy.
    """

    carryings: tuple[Carrying, ...]

    def apply(self, partition: Partition) -> tuple[VirtualAddress, ...]:
        """Return the virtual addresses, each once, DISASSOCIATING where that takes time."""
        addresses = self.check(partition)
        if _takes_time(partition):
            kind = OperationKind.DISASSOCIATE_VIRTUAL_ADDRESSES
            _begin_change(partition, kind, self.carryings, addresses)
        else:
            for each in self.carryings:
                partition.graph.remove_carrier(addresses[each.address_id], each.carrier_id)
        return tuple(addresses.values())

    def check(self, partition: Partition) -> dict[str, VirtualAddress]:
        """Return the virtual addresses by id, or raise what keeps one as it is."""
        graph = partition.graph
        addresses = _named(graph, self.carryings)
        gone: set[tuple[str, str]] = set()
        for each in self.carryings:
            pair = (each.address_id, each.carrier_id)
            if each.carrier_id not in addresses[each.address_id].carrier_ids or pair in gone:
                raise errors.VirtualAddressNotCarried(each.address_id, each.carrier_id)
            gone.add(pair)
            instance = graph.instances.get(each.carrier_id)
            if instance is not None:
                compatibility.check_instance(instance)
        return addresses


@attrs.frozen
class DeleteVirtualAddress:
    """Delete a virtual address.

    Raises:
        VirtualAddressNotFound, VirtualAddressBusy: there is none that could go.
        VirtualAddressHoldsCarriers: something may carry it, where ``Rules`` says that this keeps it.
        VirtualAddressHoldsPublicAddress: a public address is associated with it.
        VirtualAddressHoldsRoutes: routes lead to it, where routes hold.
    """

    address_id: str

    def apply(self, partition: Partition) -> VirtualAddress:
        """Return the virtual address, DELETING where that takes time, else GONE."""
        address = self.check(partition)
        if _takes_time(partition):
            address.state = VIRTUAL_ADDRESS_LIFECYCLE[address.state, Trigger.DELETE]
            _begin(partition, OperationKind.DELETE_VIRTUAL_ADDRESS, Trigger.DELETED, address)
        else:
            partition.graph.remove_virtual_address(address)
            address.state = VirtualAddressState.GONE
        return address

    def check(self, partition: Partition) -> VirtualAddress:
        """Return the virtual address, or raise what keeps it."""
        graph, rules = partition.graph, partition.rules
        address = lookup.ready_virtual_address(graph, self.address_id)
        if rules.virtual_addresses_keep_carriers:
            for carrier_id in address.carrier_ids:
                raise errors.VirtualAddressHoldsCarriers(address.id, carrier_id)
        public = graph.public_address_of(address, address.ip)
        if public is not None:
            raise errors.VirtualAddressHoldsPublicAddress(address.id, public.id)
        if rules.routes_hold:
            for route_id in graph.routes_by_hop.ids(address.id):
                raise errors.VirtualAddressHoldsRoutes(address.id, route_id)
        return address


def _named(graph: Graph, carryings: Iterable[Carrying]) -> dict[str, VirtualAddress]:
    """Return the virtual addresses that are named, by id, or raise where one is not there or busy."""
    ids = dict.fromkeys(each.address_id for each in carryings)
    return {each: lookup.ready_virtual_address(graph, each) for each in ids}


def _check_carriers(
    partition: Partition, subnet_id: str, before: tuple[str, ...], wanted: tuple[Carrying, ...]
) -> None:
    """Raise what keeps something from carrying a virtual address of a subnet, beside those before it."""
    graph, seen = partition.graph, set(before)
    for each in wanted:
        if each.as_interface:
            carrier_subnet = lookup.interface(graph, each.carrier_id).subnet_id
        else:
            instance = lookup.instance(graph, each.carrier_id)
            compatibility.check_instance(instance)
            carrier_subnet = instance.subnet_id
        if carrier_subnet != subnet_id:
            raise errors.VirtualAddressElsewhere(
                each.address_id, subnet_id, each.carrier_id, carrier_subnet
            )
        if each.carrier_id in seen:
            raise errors.VirtualAddressCarried(each.address_id, each.carrier_id)
        seen.add(each.carrier_id)
    limit = partition.rules.quotas.carriers_per_virtual_address
    if limit is not None and wanted and len(seen) > limit:
        raise errors.CarrierQuotaExceeded(wanted[0].address_id, limit)


def _check_carried(partition: Partition, wanted: tuple[Carrying, ...]) -> None:
    """Raise where an instance or interface would carry too many virtual addresses."""
    limit = partition.rules.quotas.virtual_addresses_per_carrier
    if limit is None:
        return
    carried = partition.graph.virtual_addresses_by_carrier
    for carrier_id, more in Counter(each.carrier_id for each in wanted).items():
        if len(carried.ids(carrier_id)) + more > limit:
            raise errors.CarriedQuotaExceeded(carrier_id, limit)


def _takes_time(partition: Partition) -> bool:
    return partition.takes_time(partition.rules.virtual_addresses_take_time)


_CHANGES: Final = MappingProxyType(
    {
        OperationKind.ASSOCIATE_VIRTUAL_ADDRESSES: (Trigger.ASSOCIATE, Trigger.ASSOCIATED),
        OperationKind.DISASSOCIATE_VIRTUAL_ADDRESSES: (Trigger.DISASSOCIATE, Trigger.DISASSOCIATED),
    }
)
"""By what a change of carriers begins and ends."""


def _begin_change(
    partition: Partition,
    kind: OperationKind,
    carryings: tuple[Carrying, ...],
    addresses: Mapping[str, VirtualAddress],
) -> None:
    """Begin a change of what may carry virtual addresses, and note which those are."""
    request, end = _CHANGES[kind]
    for address in addresses.values():
        address.state = VIRTUAL_ADDRESS_LIFECYCLE[address.state, request]
        own = (each.carrier_id for each in carryings if each.address_id == address.id)
        address.changing_ids = tuple(own)
    _begin(partition, kind, end, *addresses.values())


def _begin(partition: Partition, kind: OperationKind, end: Trigger, *addresses: VirtualAddress) -> None:
    """Begin the operation that ``end`` completes for each of the addresses."""
    if addresses:
        waiting.begin(partition, kind, end, partition.rules.durations.change_virtual_address, *addresses)
