"""Creating and deleting networks and subnets."""

from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network
from typing import TYPE_CHECKING, Any, Final

import attrs

from duolect_core.addressing import IPV4_PREFIX_BITS, IPV6_PREFIX_BITS, AddressPool
from duolect_core.commands import lookup
from duolect_core.errors import (
    BlockInvalid,
    BlockMaskInvalid,
    BlockOutsideNetwork,
    BlockOverlap,
    Ipv6Disabled,
    NetworkBusy,
    NetworkHoldsGroups,
    NetworkHoldsInterfaces,
    NetworkHoldsSubnets,
    NetworkQuotaExceeded,
    SubnetHoldsInterfaces,
    SubnetQuotaExceeded,
    ZoneNotFound,
)
from duolect_core.lifecycle import ProvisionState, Trigger
from duolect_core.model import Network, Subnet
from duolect_core.rules import NETWORK_IPV6_MASK, ResourceKind, Rules

if TYPE_CHECKING:
    from duolect_core.partition import Partition

_SUBNET_IPV6_MASK: Final = 64
_SUBNET_IPV6_BLOCKS: Final = 1 << (_SUBNET_IPV6_MASK - NETWORK_IPV6_MASK)


def _check_network_block(rules: Rules, block: IPv4Network) -> None:
    for allowed in rules.network_blocks:
        if block.subnet_of(allowed.block):
            if not allowed.shortest <= block.prefixlen <= allowed.longest:
                raise BlockMaskInvalid(str(block))
            return
    raise BlockInvalid(str(block))


@attrs.frozen(kw_only=True)
class CreateNetwork:
    """Create a network.

    Raises:
        BlockInvalid, BlockMaskInvalid: the cloud has no networks with such a block.
        NetworkQuotaExceeded: the region holds as many networks, or IPv6 blocks, as it may.
        TagQuotaExceeded: there are too many tags.
    """

    block: IPv4Network
    ipv6: bool = False
    name: str = ""
    description: str = ""
    tags: Mapping[str, str] = attrs.field(factory=dict)
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: "Partition") -> Network:
        """Return the new network."""
        self.check(partition)
        graph = partition.graph
        network = Network(
            id=partition.new_id(ResourceKind.NETWORK, graph.networks),
            order=partition.next_order(),
            created=partition.now,
            name=self.name,
            description=self.description,
            tags=dict(self.tags),
            extras=self.extras,
            block=self.block,
            ipv6_block=self._draw_ipv6_block(partition) if self.ipv6 else None,
        )
        graph.add_network(network)
        _provision(partition, "create-network", network)
        return network

    def check(self, partition: "Partition") -> None:
        """Raise what keeps the network from being created."""
        graph, rules = partition.graph, partition.rules
        _check_network_block(rules, self.block)
        limit = rules.quotas.networks
        if limit is not None and len(graph.networks) >= limit:
            raise NetworkQuotaExceeded(rules.region, limit)
        if self.ipv6 and not partition.ipv6_blocks.free:
            raise NetworkQuotaExceeded(rules.region, partition.ipv6_blocks.size)
        lookup.check_tags(rules, self.tags)

    def _draw_ipv6_block(self, partition: "Partition") -> IPv6Network:
        number = partition.ipv6_blocks.draw(partition.generator)
        base = int(partition.rules.ipv6_range.network_address) + (number << (128 - NETWORK_IPV6_MASK))
        return IPv6Network((base, NETWORK_IPV6_MASK))


def _provision(partition: "Partition", kind: str, resource: Network | Subnet) -> None:
    """Make a new network or subnet available, now or after the cloud's time."""
    if not partition.rules.provision_is_asynchronous:
        resource.state = ProvisionState.AVAILABLE
        return
    partition.begin(kind, Trigger.PROVISIONED, partition.rules.durations.provision_network, resource.id)


@attrs.frozen
class DeleteNetwork:
    """Delete a network, and its empty subnets where the cloud does so.

    Raises:
        NetworkNotFound, NetworkBusy: there is none, or it is still being created.
        SubnetBusy: a subnet that would go with it is still being created.
        NetworkHoldsSubnets, NetworkHoldsGroups, NetworkHoldsInterfaces: something stands on it.
    """

    network_id: str

    def apply(self, partition: "Partition") -> None:
        """Take the network out."""
        graph, rules = partition.graph, partition.rules
        network, subnets = self.check(partition)
        for subnet in subnets:
            graph.remove_subnet(subnet)
        if network.ipv6_block is not None:
            offset = int(network.ipv6_block.network_address) - int(rules.ipv6_range.network_address)
            partition.ipv6_blocks.give_back(offset >> (128 - NETWORK_IPV6_MASK))
        graph.remove_network(network)

    def check(self, partition: "Partition") -> tuple[Network, list[Subnet]]:
        """Return the network and the subnets that go with it, or raise what keeps it from going."""
        graph, rules = partition.graph, partition.rules
        network = lookup.network(graph, self.network_id)
        if network.state is ProvisionState.PENDING:
            raise NetworkBusy(network.id)
        subnet_ids = tuple(graph.subnets_by_network.ids(network.id))
        if subnet_ids and not rules.empty_subnets_go_with_network:
            raise NetworkHoldsSubnets(network.id, subnet_ids[0])
        for interface_id in graph.interfaces_by_network.ids(network.id):
            raise NetworkHoldsInterfaces(network.id, interface_id)
        for group_id in graph.groups_by_network.ids(network.id):
            raise NetworkHoldsGroups(network.id, group_id)
        return network, [lookup.ready_subnet(graph, subnet_id) for subnet_id in subnet_ids]


@attrs.frozen(kw_only=True)
class CreateSubnet:
    """Create a subnet of a network in a zone.

    ``ipv6_index`` (0 to 255) picks the /64 of the network's IPv6 block; None leaves IPv6 off.

    Raises:
        NetworkNotFound, NetworkBusy, ZoneNotFound: what was named is not there (yet).
        BlockMaskInvalid, BlockOutsideNetwork, BlockOverlap: the block, or the IPv6 block, cannot be had.
        Ipv6Disabled: the network has no IPv6 block.
        SubnetQuotaExceeded, TagQuotaExceeded: a limit is reached.
    """

    network_id: str
    zone: str
    block: IPv4Network
    ipv6_index: int | None = None
    name: str = ""
    description: str = ""
    tags: Mapping[str, str] = attrs.field(factory=dict)
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: "Partition") -> Subnet:
        """Return the new subnet."""
        graph, rules = partition.graph, partition.rules
        network = lookup.network(graph, self.network_id)
        if self.zone not in rules.zones:
            raise ZoneNotFound(self.zone)
        if network.state is ProvisionState.PENDING:
            raise NetworkBusy(network.id)
        self._check_block(partition, network)
        ipv6_block = self._ipv6_block(partition, network)
        limit = rules.quotas.subnets_per_network
        if limit is not None and len(graph.subnets_by_network.ids(network.id)) >= limit:
            raise SubnetQuotaExceeded(network.id, limit)
        lookup.check_tags(rules, self.tags)
        subnet = Subnet(
            id=partition.new_id(ResourceKind.SUBNET, graph.subnets),
            order=partition.next_order(),
            created=partition.now,
            name=self.name,
            description=self.description,
            tags=dict(self.tags),
            extras=self.extras,
            network_id=network.id,
            zone=self.zone,
            block=self.block,
            pool=AddressPool(
                self.block,
                head=rules.reserved_head,
                tail=rules.reserved_tail,
                block_bits=IPV4_PREFIX_BITS,
            ),
            ipv6_block=ipv6_block,
            ipv6_pool=None
            if ipv6_block is None
            else AddressPool(
                ipv6_block,
                head=rules.ipv6_reserved_head,
                tail=rules.ipv6_reserved_tail,
                block_bits=IPV6_PREFIX_BITS,
            ),
        )
        graph.add_subnet(subnet)
        _provision(partition, "create-subnet", subnet)
        return subnet

    def _check_block(self, partition: "Partition", network: Network) -> None:
        shortest, longest = partition.rules.subnet_masks
        if not shortest <= self.block.prefixlen <= longest:
            raise BlockMaskInvalid(str(self.block))
        if not self.block.subnet_of(network.block):
            raise BlockOutsideNetwork(str(self.block))
        if partition.graph.overlaps(network.id, self.block):
            raise BlockOverlap(str(self.block))

    def _ipv6_block(self, partition: "Partition", network: Network) -> IPv6Network | None:
        if self.ipv6_index is None:
            return None
        if network.ipv6_block is None:
            raise Ipv6Disabled(network.id)
        if not 0 <= self.ipv6_index < _SUBNET_IPV6_BLOCKS:
            raise BlockOutsideNetwork(f"/{_SUBNET_IPV6_MASK} number {self.ipv6_index}")
        base = int(network.ipv6_block.network_address) + (self.ipv6_index << (128 - _SUBNET_IPV6_MASK))
        block = IPv6Network((base, _SUBNET_IPV6_MASK))
        if partition.graph.overlaps(network.id, block):
            raise BlockOverlap(str(block))
        return block


@attrs.frozen
class DeleteSubnet:
    """Delete a subnet.

    Raises:
        SubnetNotFound, SubnetBusy: there is none, or it is still being created.
        SubnetHoldsInterfaces: interfaces stand on it.
    """

    subnet_id: str

    def apply(self, partition: "Partition") -> None:
        """Take the subnet out."""
        partition.graph.remove_subnet(self.check(partition))

    def check(self, partition: "Partition") -> Subnet:
        """Return the subnet, or raise what keeps it from going."""
        graph = partition.graph
        subnet = lookup.ready_subnet(graph, self.subnet_id)
        for interface_id in graph.interfaces_by_subnet.ids(subnet.id):
            raise SubnetHoldsInterfaces(subnet.id, interface_id)
        return subnet
