"""Creating networks and subnets."""

from collections.abc import Mapping, Sequence
from ipaddress import IPv4Network, IPv6Network
from typing import Any

import attrs

from duolect_core import errors
from duolect_core.addressing.pools import IPV4_PREFIX_BITS, AddressPool
from duolect_core.engine.partition import Partition
from duolect_core.graph.graph import Graph
from duolect_core.model.lifecycles import ProvisionState, Trigger
from duolect_core.model.resources import Network, OperationKind, Subnet
from duolect_core.model.routes import RouteTable
from duolect_core.model.rules import ResourceKind, Rules
from duolect_core.networks import blocks, turns
from duolect_core.relations import lookup


@attrs.frozen(kw_only=True)
class CreateNetwork:
    """Create a network with its main route table; ``default`` makes it the region's default one.

    Raises:
        DefaultNetworkExists: the region has a default network already.
        BlockInvalid, BlockMaskInvalid: the cloud has no networks with such a block.
        NetworkQuotaExceeded, Ipv6BlocksExhausted: the region holds as many networks, or IPv6 blocks, as
            it may.
        TagQuotaExceeded: there are too many tags.
    """

    block: IPv4Network
    ipv6: bool = False
    default: bool = False
    name: str = ""
    description: str = ""
    tags: Mapping[str, str] = attrs.field(factory=dict)
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> Network:
        """Return the new network."""
        self.check(partition)
        graph = partition.graph
        network = Network(
            id=partition.new_id(ResourceKind.NETWORK, graph.networks),
            order=partition.next_order(),
            created=partition.now,
            name=self.name,
            description=self.description,
            tags=self.tags,
            extras=self.extras,
            block=self.block,
            ipv6_block=blocks.take_ipv6(partition) if self.ipv6 else None,
            route_table_id=partition.new_id(ResourceKind.ROUTE_TABLE, graph.route_tables),
            default=self.default,
            state=_first_state(partition.rules),
        )
        graph.add_network(network)
        graph.add_route_table(
            RouteTable(
                id=network.route_table_id,
                order=partition.next_order(),
                created=partition.now,
                name=partition.rules.main_route_table_name,
                network_id=network.id,
            )
        )
        _provision(partition, OperationKind.CREATE_NETWORK, network)
        return network

    def check(self, partition: Partition) -> None:
        """Raise what keeps the network from being created."""
        graph, rules = partition.graph, partition.rules
        blocks.check_allowed(rules, self.block)
        if self.default and graph.default_network is not None:
            raise errors.DefaultNetworkExists(graph.default_network, 1)
        limit = rules.quotas.networks
        if limit is not None and len(graph.networks) >= limit:
            raise errors.NetworkQuotaExceeded(rules.region, limit)
        if self.ipv6:
            blocks.check_ipv6_left(partition)
        lookup.check_tags(rules, self.tags)


def _first_state(rules: Rules) -> ProvisionState:
    return ProvisionState.PENDING if rules.provision_is_asynchronous else ProvisionState.AVAILABLE


def _provision(partition: Partition, kind: OperationKind, *resources: Network | Subnet) -> None:
    """Make new networks or subnets available after the cloud's time, where it takes some."""
    if resources and partition.rules.provision_is_asynchronous:
        duration = partition.rules.durations.provision_network
        partition.begin(kind, Trigger.PROVISIONED, duration, *(resource.id for resource in resources))


@attrs.frozen(kw_only=True)
class CreateSubnet:
    """Create a subnet of a network in a zone; it uses the network's main route table.

    ``ipv6_index`` (0 to 255) picks the /64 of the network's IPv6 block; with ``any_ipv6`` it is the first
    free one where none is picked. Otherwise IPv6 stays off. ``default`` makes it the zone's default subnet,
    in the default network.

    Raises:
        DefaultSubnetExists: the zone has a default subnet already.
        NetworkNotFound, NetworkBusy, ZoneNotFound: what was named is not there (yet).
        SubnetBusy: something is under way with another subnet, on a cloud that creates them one by one.
        BlockMaskInvalid, BlockOutsideNetwork, BlockOverlap: the block, or the IPv6 block, cannot be had.
        BlockOverlapsRoute: a route of the network leads into the block.
        Ipv6Disabled: the network has no IPv6 block.
        SubnetQuotaExceeded, TagQuotaExceeded: a limit is reached.
    """

    network_id: str
    zone: str
    block: IPv4Network
    ipv6_index: int | None = None
    any_ipv6: bool = False
    default: bool = False
    name: str = ""
    description: str = ""
    tags: Mapping[str, str] = attrs.field(factory=dict)
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> Subnet:
        """Return the new subnet."""
        (subnet,) = CreateSubnets((self,)).apply(partition)
        return subnet

    def check(
        self, partition: Partition, others: Sequence[blocks.Block] = ()
    ) -> tuple[Network, IPv6Network | None]:
        """Return the network and the IPv6 block, or raise what keeps the subnet from being created.

        ``others`` are the blocks of the subnets that the network gets in the same moment.
        """
        graph, rules = partition.graph, partition.rules
        network = lookup.network(graph, self.network_id)
        if self.zone not in rules.zones:
            raise errors.ZoneNotFound(self.zone)
        if network.state is not ProvisionState.AVAILABLE:
            raise errors.NetworkBusy(network.id)
        if self.default:
            _check_default(graph, network, self.zone)
        turns.check_others_idle(partition, network.id)
        self._check_block(partition, network, others)
        ipv6_block = None
        if self.ipv6_index is not None or self.any_ipv6:
            ipv6_block = blocks.ipv6_of_subnet(graph, network, self.ipv6_index, others)
        limit = rules.quotas.subnets_per_network
        coming = sum(isinstance(block, IPv4Network) for block in others)
        if limit is not None and len(graph.subnets_by_network.ids(network.id)) + coming >= limit:
            raise errors.SubnetQuotaExceeded(network.id, limit)
        lookup.check_tags(rules, self.tags)
        return network, ipv6_block

    def _check_block(self, partition: Partition, network: Network, others: Sequence[blocks.Block]) -> None:
        shortest, longest = partition.rules.subnet_masks
        if not shortest <= self.block.prefixlen <= longest:
            raise errors.BlockMaskInvalid(str(self.block), shortest, longest)
        if not any(self.block.subnet_of(whole) for whole in blocks.of_network(network)):
            raise errors.BlockOutsideNetwork(str(self.block))
        if blocks.is_taken(partition.graph, network, self.block, others):
            raise errors.BlockOverlap(str(self.block))
        blocks.check_not_routed(partition.graph, network, self.block)

    def create(self, partition: Partition, network: Network, ipv6_block: IPv6Network | None) -> Subnet:
        """Put the subnet into the graph, without any check, and return it."""
        rules = partition.rules
        subnet = Subnet(
            id=partition.new_id(ResourceKind.SUBNET, partition.graph.subnets),
            order=partition.next_order(),
            created=partition.now,
            name=self.name,
            description=self.description,
            tags=self.tags,
            extras=self.extras,
            network_id=network.id,
            route_table_id=network.route_table_id,
            zone=self.zone,
            block=self.block,
            pool=AddressPool(
                self.block,
                head=rules.reserved_head,
                tail=rules.reserved_tail,
                block_bits=IPV4_PREFIX_BITS,
            ),
            ipv6_block=ipv6_block,
            ipv6_pool=None if ipv6_block is None else blocks.ipv6_pool(rules, ipv6_block),
            default=self.default,
            state=_first_state(rules),
        )
        partition.graph.add_subnet(subnet)
        return subnet


def _check_default(graph: Graph, network: Network, zone: str) -> None:
    if not network.default:
        raise errors.NetworkNotFound(network.id)
    if zone in graph.default_subnets:
        raise errors.DefaultSubnetExists(graph.default_subnets[zone], 1)


@attrs.frozen(kw_only=True)
class CreateDefaultSubnet:
    """Create the default subnet of a zone, in the first free block of this length in the default network.

    Raises:
        NetworkNotFound: there is no default network.
        BlockOverlap: all blocks of this length are taken.
        what ``CreateSubnet`` raises.
    """

    zone: str
    mask: int
    ipv6_index: int | None = None
    name: str = ""

    def apply(self, partition: Partition) -> Subnet:
        """Return the new subnet."""
        return self._creation(partition).apply(partition)

    def check(self, partition: Partition) -> None:
        """Raise what keeps the subnet from being created."""
        self._creation(partition).check(partition)

    def _creation(self, partition: Partition) -> CreateSubnet:
        graph = partition.graph
        network = lookup.network(graph, graph.default_network or "")
        for block in network.block.subnets(new_prefix=max(self.mask, network.block.prefixlen)):
            if not graph.overlaps(network.id, block):
                break
        else:
            raise errors.BlockOverlap(str(network.block))
        return CreateSubnet(
            network_id=network.id,
            zone=self.zone,
            block=block,
            ipv6_index=self.ipv6_index,
            default=True,
            name=self.name,
        )


@attrs.frozen
class CreateSubnets:
    """Create several subnets in one operation: all of them, or none.

    Raises:
        what ``CreateSubnet`` raises of any of them, the others counted as if they were there.
    """

    subnets: tuple[CreateSubnet, ...]

    def apply(self, partition: Partition) -> tuple[Subnet, ...]:
        """Return the new subnets."""
        places = self.check(partition)
        created = tuple(
            each.create(partition, *place) for each, place in zip(self.subnets, places, strict=True)
        )
        _provision(partition, OperationKind.CREATE_SUBNET, *created)
        return created

    def check(self, partition: Partition) -> list[tuple[Network, IPv6Network | None]]:
        """Return network and IPv6 block of each subnet, or raise what keeps one from being created."""
        others: dict[str, list[blocks.Block]] = {}
        places = []
        for each in self.subnets:
            coming = others.setdefault(each.network_id, [])
            network, ipv6_block = each.check(partition, coming)
            coming += [each.block] if ipv6_block is None else [each.block, ipv6_block]
            places.append((network, ipv6_block))
        return places
