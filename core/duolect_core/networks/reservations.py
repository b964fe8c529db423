"""Reservations in subnets, blocks that are kept for delegated prefixes: created, described and deleted."""

from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network
from typing import Any, Final

import attrs

from duolect_core import errors
from duolect_core.addressing.free_pools import FreePool
from duolect_core.addressing.pools import AddressPool, bounds
from duolect_core.engine.partition import Partition
from duolect_core.graph.graph import Graph
from duolect_core.model.lifecycles import SERVICE_LIFECYCLE, ServiceState, Trigger
from duolect_core.model.resources import OperationKind, Subnet
from duolect_core.model.rules import ResourceKind
from duolect_core.model.security_rules import Block
from duolect_core.model.virtual_addresses import CidrReservation, prefixes_of
from duolect_core.relations import lookup, waiting
from duolect_core.relations.descriptions import describe

_LONGER: Final = 2
"""By how many bits the mask is longer than the subnet's: each half of that has addresses of the cloud's."""


def pool_of(graph: Graph, reservation: CidrReservation) -> AddressPool:
    """Return the pool that a reservation is in."""
    subnet = graph.subnets[reservation.subnet_id]
    pool = subnet.pool if isinstance(reservation.block, IPv4Network) else subnet.ipv6_pool
    if pool is None:
        raise AssertionError("a subnet keeps its IPv6 block as long as anything is reserved in it")
    return pool


def used_prefixes(graph: Graph, reservation: CidrReservation) -> list[tuple[int, str]]:
    """Return the prefixes of a reservation that interfaces hold, with those, in order of address."""
    pool, prefixes = pool_of(graph, reservation), reservation.prefixes
    used = sorted(prefixes[number] for number in reservation.free.taken())
    return [(prefix, pool.prefix_holder(prefix)) for prefix in used]


@attrs.frozen(kw_only=True)
class CreateCidrReservation:
    """Keep a block of a subnet for prefixes: ``block``, or the lowest one of a ``mask`` that is free.

    Which of the two it is and, where it goes by the mask, whether it is one of IPv6 (``ipv6``) is for the
    caller to say. A block is free where nobody holds an address of it and nothing of it is reserved.

    Raises:
        SubnetNotFound, SubnetBusy: there is no subnet that could have it.
        Ipv6Disabled: the subnet has no IPv6 block.
        ReservationMaskInvalid: the mask is longer than that of a prefix, or too short for the subnet.
        ReservationOutsideSubnet: some of the block is outside, or for the cloud alone.
        ReservationTaken: the block is not free, or there is none.
        ReservationQuotaExceeded, TagQuotaExceeded: a limit is reached.
    """

    subnet_id: str
    block: Block | None = None
    mask: int = 0
    ipv6: bool = False
    name: str = ""
    description: str = ""
    tags: Mapping[str, str] = attrs.field(factory=dict)
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> CidrReservation:
        """Return the new reservation, PENDING where the cloud takes its time over it."""
        subnet, pool, block = self.check(partition)
        graph, rules = partition.graph, partition.rules
        prefixes = prefixes_of(*bounds(block), is_ipv4=isinstance(block, IPv4Network))
        reservation = CidrReservation(
            id=partition.new_id(ResourceKind.CIDR_RESERVATION, graph.cidr_reservations),
            order=partition.next_order(),
            created=partition.now,
            name=self.name,
            description=self.description,
            tags=self.tags,
            extras=self.extras,
            subnet_id=subnet.id,
            block=block,
            free=FreePool(len(prefixes)),
        )
        for prefix in prefixes:
            pool.take_prefix(prefix, reservation.id)
        graph.add_cidr_reservation(reservation)
        if rules.provision_is_asynchronous:
            reservation.state = ServiceState.PENDING
            duration = rules.durations.change_reservation
            kind = OperationKind.CREATE_CIDR_RESERVATION
            waiting.begin(partition, kind, Trigger.PROVISIONED, duration, reservation)
        return reservation

    def check(self, partition: Partition) -> tuple[Subnet, AddressPool, Block]:
        """Return the subnet, the pool and the block, or raise what keeps it from being reserved."""
        graph, rules = partition.graph, partition.rules
        subnet = lookup.ready_subnet(graph, self.subnet_id)
        pool = subnet.ipv6_pool if self._is_ipv6 else subnet.pool
        if pool is None:
            raise errors.Ipv6Disabled(subnet.id)
        mask = self.mask if self.block is None else self.block.prefixlen
        shortest, longest = pool.block.prefixlen + _LONGER, pool.width - pool.block_bits
        if not shortest <= mask <= longest:
            raise errors.ReservationMaskInvalid(subnet.id, mask, shortest, longest)
        block = _lowest(pool, mask) if self.block is None else _checked(pool, self.block, subnet.id)
        if block is None:
            raise errors.ReservationTaken(subnet.id, f"/{mask}")
        limit = rules.quotas.reservations_per_network
        if limit is not None and self._count(graph, subnet.network_id) >= limit:
            raise errors.ReservationQuotaExceeded(subnet.network_id, limit)
        lookup.check_tags(rules, self.tags)
        return subnet, pool, block

    @property
    def _is_ipv6(self) -> bool:
        return self.ipv6 if self.block is None else isinstance(self.block, IPv6Network)

    def _count(self, graph: Graph, network_id: str) -> int:
        """Return how many reservations of the same version of IP a network has."""
        return sum(
            isinstance(graph.cidr_reservations[each].block, IPv6Network) is self._is_ipv6
            for subnet_id in graph.subnets_by_network.ids(network_id)
            for each in graph.reservations_by_subnet.ids(subnet_id)
        )


def _checked(pool: AddressPool, block: Block, subnet_id: str) -> Block:
    """Return a block that is free, or raise why it is not."""
    first, last = bounds(block)
    if not (pool.is_usable(first) and pool.is_usable(last)):
        raise errors.ReservationOutsideSubnet(subnet_id, str(block))
    if not all(map(pool.is_prefix_free, range(first, last, 1 << pool.block_bits))):
        raise errors.ReservationTaken(subnet_id, str(block))
    return block


def _lowest(pool: AddressPool, mask: int) -> Block | None:
    """Return the lowest block with a mask that is free, if there is one."""
    bits = pool.width - mask
    touched = {ip >> bits for held in (pool.holders, pool.prefixes) for ip in held}
    candidates = range(-(-pool.first >> bits), (pool.last + 1) >> bits)
    number = next((each for each in candidates if each not in touched), None)
    return None if number is None else type(pool.block)((number << bits, mask))


@attrs.frozen(kw_only=True)
class ModifyCidrReservation:
    """Change what is said of a reservation, at once; None leaves a value as it is.

    Raises:
        CidrReservationNotFound, CidrReservationBusy: there is none to change.
    """

    reservation_id: str
    name: str | None = None
    description: str | None = None

    def apply(self, partition: Partition) -> CidrReservation:
        """Return the reservation as it is now."""
        reservation = self.check(partition)
        describe(reservation, self.name, self.description, {})
        return reservation

    def check(self, partition: Partition) -> CidrReservation:
        """Return the reservation, or raise what keeps it as it is."""
        return lookup.ready_cidr_reservation(partition.graph, self.reservation_id)


@attrs.frozen
class DeleteCidrReservation:
    """Let the block of a reservation be used for anything again.

    Raises:
        CidrReservationNotFound, CidrReservationBusy: there is none to delete.
        ReservationHoldsPrefixes: an interface still has a prefix of it.
    """

    reservation_id: str

    def apply(self, partition: Partition) -> CidrReservation:
        """Return the reservation, DELETING where the cloud takes its time over it, else GONE."""
        reservation = self.check(partition)
        rules = partition.rules
        if rules.provision_is_asynchronous:
            reservation.state = SERVICE_LIFECYCLE[reservation.state, Trigger.DELETE]
            duration = rules.durations.change_reservation
            kind = OperationKind.DELETE_CIDR_RESERVATION
            waiting.begin(partition, kind, Trigger.DELETED, duration, reservation)
        else:
            partition.graph.remove_cidr_reservation(reservation, pool_of(partition.graph, reservation))
        return reservation

    def check(self, partition: Partition) -> CidrReservation:
        """Return the reservation, or raise what keeps it from going."""
        graph = partition.graph
        reservation = lookup.ready_cidr_reservation(graph, self.reservation_id)
        for _, holder in used_prefixes(graph, reservation):
            raise errors.ReservationHoldsPrefixes(reservation.id, holder)
        return reservation
