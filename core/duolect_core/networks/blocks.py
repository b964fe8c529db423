"""The address blocks of networks and subnets: which are allowed, which are taken, where IPv6 comes from.

A network's IPv6 block is a /56 of the region's range, its subnets' blocks are the /64 of that.
"""

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Network, IPv6Network
from itertools import chain
from typing import Final

from duolect_core import errors
from duolect_core.addressing.pools import IPV6_PREFIX_BITS, AddressPool
from duolect_core.engine.partition import Partition
from duolect_core.graph.graph import Graph
from duolect_core.model.resources import Network, Subnet
from duolect_core.model.rules import NETWORK_IPV6_MASK, Rules

Block = IPv4Network | IPv6Network
_SUBNET_IPV6_MASK: Final = 64
_SUBNET_IPV6_BLOCKS: Final = 1 << (_SUBNET_IPV6_MASK - NETWORK_IPV6_MASK)


def check_allowed(rules: Rules, block: IPv4Network) -> None:
    """Raise ``BlockInvalid`` or ``BlockMaskInvalid`` where the cloud has no networks with such a block."""
    if any(block.overlaps(excluded) for excluded in rules.excluded_blocks):
        raise errors.BlockInvalid(str(block))
    for allowed in rules.network_blocks:
        if block.subnet_of(allowed.block):
            if not allowed.shortest <= block.prefixlen <= allowed.longest:
                raise errors.BlockMaskInvalid(str(block), allowed.shortest, allowed.longest)
            return
    raise errors.BlockInvalid(str(block))


def of_network(network: Network) -> tuple[IPv4Network, ...]:
    """Return the IPv4 blocks of a network, the primary one first."""
    return network.block, *network.secondary_blocks


def is_taken(graph: Graph, network: Network, block: Block, others: Iterable[Block]) -> bool:
    """Say whether a block overlaps that of a subnet of the network, or one of the ``others``."""
    return graph.overlaps(network.id, block) or any(block.overlaps(other) for other in others)


def check_not_routed(graph: Graph, network: Network, block: IPv4Network) -> None:
    """Raise ``BlockOverlapsRoute`` where a route of the network leads into a block that it should have."""
    for route in graph.routes_of_network(network.id):
        if isinstance(route.block, IPv4Network) and route.block.subnet_of(block):
            raise errors.BlockOverlapsRoute(str(block))


# -- IPv6 -------------------------------------------------------------------------------------------


def check_ipv6_left(partition: Partition) -> None:
    """Raise ``Ipv6BlocksExhausted`` where networks have all IPv6 blocks of the region."""
    if not partition.ipv6_blocks.free:
        raise errors.Ipv6BlocksExhausted(partition.rules.region, partition.ipv6_blocks.size)


def take_ipv6(partition: Partition) -> IPv6Network:
    """Take an IPv6 block for a network; there must be one."""
    number = partition.ipv6_blocks.take_any(partition.generator)
    base = int(partition.rules.ipv6_range.network_address) + (number << (128 - NETWORK_IPV6_MASK))
    return IPv6Network((base, NETWORK_IPV6_MASK))


def release_ipv6(partition: Partition, network: Network) -> None:
    """Make the IPv6 block of a network free again, if it has one."""
    if network.ipv6_block is not None:
        offset = int(network.ipv6_block.network_address) - int(partition.rules.ipv6_range.network_address)
        partition.ipv6_blocks.release(offset >> (128 - NETWORK_IPV6_MASK))
        network.ipv6_block = None


def ipv6_of_subnet(
    graph: Graph, network: Network, index: int | None, others: Sequence[Block] = ()
) -> IPv6Network:
    """Return the /64 with this index of a network's IPv6 block, or the first free one.

    ``others`` are the blocks of the subnets that the network gets in the same moment.

    Raises:
        Ipv6Disabled: the network has no IPv6 block.
        BlockOutsideNetwork, BlockOverlap: there is no such /64 in it, or another subnet has it.
    """
    whole = network.ipv6_block
    if whole is None:
        raise errors.Ipv6Disabled(network.id)
    if index is None:
        parts = (_part(whole, each) for each in range(_SUBNET_IPV6_BLOCKS))
        for part in parts:
            if not is_taken(graph, network, part, others):
                return part
        raise errors.BlockOverlap(str(whole))
    if not 0 <= index < _SUBNET_IPV6_BLOCKS:
        raise errors.BlockOutsideNetwork(f"/{_SUBNET_IPV6_MASK} number {index}")
    part = _part(whole, index)
    if is_taken(graph, network, part, others):
        raise errors.BlockOverlap(str(part))
    return part


def _part(whole: IPv6Network, index: int) -> IPv6Network:
    base = int(whole.network_address) + (index << (128 - _SUBNET_IPV6_MASK))
    return IPv6Network((base, _SUBNET_IPV6_MASK))


def ipv6_index(network: Network, part: IPv6Network) -> int | None:
    """Return which /64 of a network's IPv6 block ``part`` is, or None where it is none."""
    whole = network.ipv6_block
    if whole is None or part.prefixlen != _SUBNET_IPV6_MASK or not part.subnet_of(whole):
        return None
    return int(part.network_address) - int(whole.network_address) >> (128 - _SUBNET_IPV6_MASK)


def ipv6_pool(rules: Rules, block: IPv6Network) -> AddressPool:
    """Return the pool of a subnet's IPv6 addresses, all free."""
    return AddressPool(
        block,
        head=rules.ipv6_reserved_head,
        tail=rules.ipv6_reserved_tail,
        block_bits=IPV6_PREFIX_BITS,
    )


def check_unreserved(graph: Graph, *subnet_ids: str) -> None:
    """Raise ``SubnetHoldsReservations`` where something is reserved in one of the subnets."""
    for subnet_id in subnet_ids:
        for reservation_id in graph.reservations_by_subnet.ids(subnet_id):
            raise errors.SubnetHoldsReservations(subnet_id, reservation_id)


def check_ipv6_idle(subnet: Subnet) -> None:
    """Raise ``SubnetHoldsIpv6Addresses`` where addresses of a subnet's IPv6 block are in use."""
    pool = subnet.ipv6_pool
    if pool is not None:
        for interface_id in chain(pool.holders.values(), pool.prefixes.values()):
            raise errors.SubnetHoldsIpv6Addresses(subnet.id, interface_id)
