"""Networks, subnets, their blocks and defaults."""

from collections.abc import Iterator
from itertools import combinations, pairwise

from duolect_core.engine.partition import Partition
from duolect_core.graph.graph import Graph
from duolect_core.graph.networks import subnet_bounds
from duolect_core.model.lifecycles import ProvisionState
from duolect_core.model.resources import Network, Subnet
from duolect_core.model.rules import NETWORK_IPV6_MASK


def check(partition: Partition) -> Iterator[str]:
    """Yield a sentence for each violated invariant."""
    yield from _check_subnets(partition)
    yield from _check_ipv6_blocks(partition)
    yield from _check_own_blocks(partition.graph)
    yield from _check_defaults(partition.graph)
    yield from _check_deletions(partition.graph)
    yield from _check_transits(partition.graph)


def _check_subnets(partition: Partition) -> Iterator[str]:
    graph = partition.graph
    if graph.blocks.keys() != graph.networks.keys():
        yield "the networks are not those whose blocks are known"
    blocks: dict[str, list[tuple[int, int]]] = {network_id: [] for network_id in graph.networks}
    for subnet in graph.subnets.values():
        network = graph.networks.get(subnet.network_id)
        if network is None:
            yield f"{subnet.id}: in a network that is not there"
            continue
        blocks[network.id] += subnet_bounds(subnet)
        if not _lies_in(subnet, network):
            yield f"{subnet.id}: a block outside those of {network.id}"
        if subnet.zone not in partition.rules.zones:
            yield f"{subnet.id}: in no zone of the region"
        if network.state is ProvisionState.DELETING and subnet.state is not ProvisionState.DELETING:
            yield f"{subnet.id}: stays in a network that is being deleted"
    for network_id, found in blocks.items():
        found.sort()
        if found != graph.blocks.get(network_id):
            yield f"{network_id}: blocks are not those of its subnets"
        if any(low[1] >= high[0] for low, high in pairwise(found)):
            yield f"{network_id}: subnets overlap"


def _lies_in(subnet: Subnet, network: Network) -> bool:
    if not any(subnet.block.subnet_of(block) for block in (network.block, *network.secondary_blocks)):
        return False
    if subnet.ipv6_block is None:
        return True
    return network.ipv6_block is not None and subnet.ipv6_block.subnet_of(network.ipv6_block)


def _check_ipv6_blocks(partition: Partition) -> Iterator[str]:
    base = int(partition.rules.ipv6_range.network_address)
    numbers = [
        (int(network.ipv6_block.network_address) - base) >> (128 - NETWORK_IPV6_MASK)
        for network in partition.graph.networks.values()
        if network.ipv6_block is not None
    ]
    pool = partition.ipv6_blocks
    if len(set(numbers)) < len(numbers):
        yield "two networks have one IPv6 block"
    if any(map(pool.is_free, numbers)) or pool.free + len(numbers) != pool.size:
        yield "the IPv6 blocks in use are not those of the networks"


def _check_own_blocks(graph: Graph) -> Iterator[str]:
    for network in graph.networks.values():
        own = [network.block, *network.secondary_blocks]
        if any(one.overlaps(other) for one, other in combinations(own, 2)):
            yield f"{network.id}: its blocks overlap"


def _check_defaults(graph: Graph) -> Iterator[str]:
    networks = [network.id for network in graph.networks.values() if network.default]
    if networks != ([] if graph.default_network is None else [graph.default_network]):
        yield f"default networks {networks}"
    subnets = [(subnet.zone, subnet.id) for subnet in graph.subnets.values() if subnet.default]
    if sorted(subnets) != sorted(graph.default_subnets.items()):
        yield f"default subnets {subnets}"
    if any(graph.subnets[subnet_id].network_id != graph.default_network for _, subnet_id in subnets):
        yield "a default subnet outside the default network"


def _check_deletions(graph: Graph) -> Iterator[str]:
    """Check that nothing stands on what is being deleted, and that nothing is there that is gone."""
    places: tuple[Network | Subnet, ...] = (*graph.networks.values(), *graph.subnets.values())
    for place in places:
        if place.state is ProvisionState.GONE:
            yield f"{place.id}: is there and gone"
        elif place.state is ProvisionState.DELETING:
            standing = (
                *graph.interfaces_by_network.ids(place.id),
                *graph.groups_by_network.ids(place.id),
                *graph.interfaces_by_subnet.ids(place.id),
            )
            yield from (f"{place.id}: being deleted under {each}" for each in standing)


def _check_transits(graph: Graph) -> Iterator[str]:
    for network in graph.networks.values():
        granted = [each[:2] for each in network.transit_grants]
        if len(set(granted)) < len(granted):
            yield f"{network.id}: granted twice to one transit network"
        attached = {each[0]: each[1] for each in network.transit_attachments}
        if len(attached) < len(network.transit_attachments):
            yield f"{network.id}: attached twice to one transit network"
        if any(owner and (transit_id, owner) not in granted for transit_id, owner in attached.items()):
            yield f"{network.id}: attached to another account's transit network without a grant"
