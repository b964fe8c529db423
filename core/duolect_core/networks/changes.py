"""Changing networks and subnets: what is said of them, and their blocks.

An IPv6 block goes only when nothing of it is in use: a subnet's when no interface has an address of it, a
network's when no subnet has a part of it.
"""

from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network
from typing import Any

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.graph.graph import Graph
from duolect_core.model.lifecycles import PROVISION_LIFECYCLE, Trigger
from duolect_core.model.resources import Network, OperationKind, Subnet
from duolect_core.networks import blocks
from duolect_core.relations import lookup
from duolect_core.relations.descriptions import describe

# -- networks ---------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class ModifyNetwork:
    """Change what is said of a network, its primary block, or whether it has IPv6; None changes nothing.

    ``ipv6`` set to what already is changes nothing either.

    Raises:
        NetworkNotFound, NetworkBusy: there is none, or it is still being created.
        BlockInvalid, BlockMaskInvalid, NetworkBlockOverlap: it cannot have such a block.
        BlockHoldsSubnets: a subnet would lie outside.
        Ipv6BlocksExhausted, NetworkHoldsIpv6Subnets, NetworkHoldsGateways: IPv6 cannot be switched on, or
            off.
    """

    network_id: str
    name: str | None = None
    description: str | None = None
    block: IPv4Network | None = None
    ipv6: bool | None = None
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> Network:
        """Return the network as it is now."""
        network = self.check(partition)
        describe(network, self.name, self.description, self.extras)
        if self.block is not None:
            network.block = self.block
        if self.ipv6 is False:
            blocks.release_ipv6(partition, network)
        elif self.ipv6 and network.ipv6_block is None:
            network.ipv6_block = blocks.take_ipv6(partition)
        return network

    def check(self, partition: Partition) -> Network:
        """Return the network, or raise what keeps it as it is."""
        network = lookup.ready_network(partition.graph, self.network_id)
        if self.block is not None:
            blocks.check_allowed(partition.rules, self.block)
            if any(self.block.overlaps(other) for other in network.secondary_blocks):
                raise errors.NetworkBlockOverlap(str(self.block))
            whole = (self.block, *network.secondary_blocks)
            _check_covered(partition.graph, network, whole, network.block)
        if self.ipv6 is False:
            _check_no_ipv6_subnets(partition.graph, network)
        elif self.ipv6 and network.ipv6_block is None:
            blocks.check_ipv6_left(partition)
        return network


def _check_covered(
    graph: Graph, network: Network, whole: tuple[IPv4Network, ...], removed: IPv4Network
) -> None:
    """Raise ``BlockHoldsSubnets`` where a subnet of the network would lie in none of its blocks."""
    for subnet_id in graph.subnets_by_network.ids(network.id):
        if not any(graph.subnets[subnet_id].block.subnet_of(block) for block in whole):
            raise errors.BlockHoldsSubnets(str(removed), subnet_id)


def _check_no_ipv6_subnets(graph: Graph, network: Network) -> None:
    for subnet_id in graph.subnets_by_network.ids(network.id):
        if graph.subnets[subnet_id].ipv6_block is not None:
            raise errors.NetworkHoldsIpv6Subnets(network.id, subnet_id)
    if network.id in graph.ipv6_gateway_by_network:
        raise errors.NetworkHoldsGateways(network.id, graph.ipv6_gateway_by_network[network.id])


@attrs.frozen(kw_only=True)
class ChangeBlocks:
    """Give a network secondary IPv4 blocks and take others away: all of that, or nothing.

    Raises:
        NetworkNotFound, NetworkBusy: there is none, or it is still being created.
        SecondaryBlockNotFound: it has no such secondary block to take away.
        BlockInvalid, BlockMaskInvalid, NetworkBlockOverlap: it cannot have such a block.
        BlockOverlapsRoute: a route of the network leads into the block, where its blocks are not routed.
        SecondaryBlockQuotaExceeded: it would have too many.
        BlockHoldsSubnets: a subnet lies in a block that should go.
    """

    network_id: str
    add: tuple[IPv4Network, ...] = ()
    remove: tuple[IPv4Network, ...] = ()

    def apply(self, partition: Partition) -> Network:
        """Return the network as it is now."""
        network, secondary = self.check(partition)
        network.secondary_blocks = secondary
        return network

    def check(self, partition: Partition) -> tuple[Network, tuple[IPv4Network, ...]]:
        """Return the network and its new secondary blocks, or raise what keeps those that it has."""
        network = lookup.ready_network(partition.graph, self.network_id)
        for block in self.remove:
            if block not in network.secondary_blocks:
                raise errors.SecondaryBlockNotFound(str(block))
        whole = [block for block in blocks.of_network(network) if block not in self.remove]
        for block in self.add:
            blocks.check_allowed(partition.rules, block)
            if any(block.overlaps(other) for other in whole):
                raise errors.NetworkBlockOverlap(str(block))
            if not partition.rules.routes_pass_network:
                blocks.check_not_routed(partition.graph, network, block)
            whole.append(block)
        limit = partition.rules.quotas.secondary_blocks_per_network
        if limit is not None and len(whole) - 1 > limit:
            raise errors.SecondaryBlockQuotaExceeded(network.id, limit)
        for block in self.remove:
            _check_covered(partition.graph, network, tuple(whole), block)
        return network, tuple(whole[1:])


@attrs.frozen
class GiveNetworkIpv6:
    """Give a network an IPv6 block that it does not have yet.

    Raises:
        NetworkNotFound, NetworkBusy: there is none, or it is still being created.
        Ipv6AlreadyEnabled: it has one.
        Ipv6BlocksExhausted: the region has no more.
    """

    network_id: str

    def apply(self, partition: Partition) -> Network:
        """Return the network as it is now."""
        network = self.check(partition)
        network.ipv6_block = blocks.take_ipv6(partition)
        return network

    def check(self, partition: Partition) -> Network:
        """Return the network, or raise what keeps it from getting a block."""
        network = lookup.ready_network(partition.graph, self.network_id)
        if network.ipv6_block is not None:
            raise errors.Ipv6AlreadyEnabled(network.id)
        blocks.check_ipv6_left(partition)
        return network


@attrs.frozen
class TakeNetworkIpv6:
    """Take the IPv6 block of a network away.

    Raises:
        NetworkNotFound, NetworkBusy: there is none, or it is still being created.
        Ipv6Disabled: it has none, or another one than ``block``, where that is named.
        NetworkHoldsIpv6Subnets: a subnet has a part of it.
    """

    network_id: str
    block: IPv6Network | None = None

    def apply(self, partition: Partition) -> Network:
        """Return the network as it is now."""
        network = self.check(partition)
        blocks.release_ipv6(partition, network)
        return network

    def check(self, partition: Partition) -> Network:
        """Return the network, or raise what keeps the block."""
        network = lookup.ready_network(partition.graph, self.network_id)
        if network.ipv6_block is None or self.block not in {None, network.ipv6_block}:
            raise errors.Ipv6Disabled(network.id)
        _check_no_ipv6_subnets(partition.graph, network)
        return network


# -- subnets ----------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class ModifySubnet:
    """Change what is said of a subnet, or its IPv6 block; None changes nothing.

    ``ipv6_index`` (0 to 255) gives it that /64 of its network's IPv6 block, if it has none yet;
    ``without_ipv6`` takes away what it has. Where the cloud takes its time over subnets, the subnet is
    PENDING for as long.

    Raises:
        SubnetNotFound, SubnetBusy: there is none, or it is still being created or modified.
        Ipv6AlreadyEnabled: it has another /64.
        Ipv6Disabled, BlockOutsideNetwork, BlockOverlap: the /64 cannot be had.
        SubnetHoldsIpv6Addresses: IPv6 cannot be switched off.
    """

    subnet_id: str
    name: str | None = None
    description: str | None = None
    ipv6_index: int | None = None
    without_ipv6: bool = False
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> Subnet:
        """Return the subnet as it is now."""
        graph, rules = partition.graph, partition.rules
        subnet, block = self.check(partition)
        describe(subnet, self.name, self.description, self.extras)
        if self.without_ipv6:
            graph.take_ipv6_block(subnet)
        if block is not None:
            graph.give_ipv6_block(subnet, block, blocks.ipv6_pool(rules, block))
        if rules.provision_is_asynchronous:
            graph.set_subnet_state(subnet, PROVISION_LIFECYCLE[subnet.state, Trigger.MODIFY])
            duration = rules.durations.provision_network
            partition.begin(OperationKind.MODIFY_SUBNET, Trigger.PROVISIONED, duration, subnet.id)
        return subnet

    def check(self, partition: Partition) -> tuple[Subnet, IPv6Network | None]:
        """Return the subnet and the /64 that it gets, or raise what keeps it as it is."""
        graph = partition.graph
        subnet = lookup.ready_subnet(graph, self.subnet_id)
        if self.without_ipv6:
            blocks.check_ipv6_idle(subnet)
        if self.ipv6_index is None:
            return subnet, None
        network = graph.networks[subnet.network_id]
        if subnet.ipv6_block is None:
            return subnet, blocks.ipv6_of_subnet(graph, network, self.ipv6_index)
        if self.ipv6_index != blocks.ipv6_index(network, subnet.ipv6_block):
            raise errors.Ipv6AlreadyEnabled(subnet.id)
        return subnet, None


@attrs.frozen
class GiveSubnetsIpv6:
    """Give subnets of a network each a /64 of its IPv6 block: all of them, or none.

    ``indexes`` says of each subnet which (0 to 255).

    Raises:
        NetworkNotFound, NetworkBusy, SubnetNotFound, SubnetBusy: what was named is not there (yet).
        SubnetNetworkMismatch: a subnet is in another network.
        Ipv6AlreadyEnabled: a subnet has one.
        Ipv6Disabled, BlockOutsideNetwork, BlockOverlap: a /64 cannot be had.
    """

    network_id: str
    indexes: Mapping[str, int]

    def apply(self, partition: Partition) -> tuple[Subnet, ...]:
        """Return the subnets as they are now."""
        given = self.check(partition)
        for subnet, block in given:
            partition.graph.give_ipv6_block(subnet, block, blocks.ipv6_pool(partition.rules, block))
        return tuple(subnet for subnet, _ in given)

    def check(self, partition: Partition) -> list[tuple[Subnet, IPv6Network]]:
        """Return each subnet with its /64, or raise what keeps one from getting it."""
        graph = partition.graph
        network = lookup.ready_network(graph, self.network_id)
        given: list[tuple[Subnet, IPv6Network]] = []
        for subnet_id, index in self.indexes.items():
            subnet = _subnet_of(graph, network, subnet_id)
            if subnet.ipv6_block is not None:
                raise errors.Ipv6AlreadyEnabled(subnet.id)
            coming = [block for _, block in given]
            given.append((subnet, blocks.ipv6_of_subnet(graph, network, index, coming)))
        return given


def _subnet_of(graph: Graph, network: Network, subnet_id: str) -> Subnet:
    subnet = lookup.ready_subnet(graph, subnet_id)
    if subnet.network_id != network.id:
        raise errors.SubnetNetworkMismatch(subnet.id, subnet.network_id, network.id, network.id)
    return subnet


@attrs.frozen
class TakeSubnetsIpv6:
    """Take the IPv6 blocks of subnets of a network away: all of them, or none.

    ``blocks`` says of each subnet which it must be, or None for whatever it is.

    Raises:
        NetworkNotFound, NetworkBusy, SubnetNotFound, SubnetBusy: what was named is not there (yet).
        SubnetNetworkMismatch: a subnet is in another network.
        Ipv6Disabled: a subnet has no IPv6 block, or another one.
        SubnetHoldsIpv6Addresses: an interface has an address of it.
    """

    network_id: str
    blocks: Mapping[str, IPv6Network | None]

    def apply(self, partition: Partition) -> tuple[Subnet, ...]:
        """Return the subnets as they are now."""
        subnets = self.check(partition)
        for subnet in subnets:
            partition.graph.take_ipv6_block(subnet)
        return subnets

    def check(self, partition: Partition) -> tuple[Subnet, ...]:
        """Return the subnets, or raise what keeps one of the blocks."""
        graph = partition.graph
        network = lookup.ready_network(graph, self.network_id)
        subnets = []
        for subnet_id, block in self.blocks.items():
            subnet = _subnet_of(graph, network, subnet_id)
            if subnet.ipv6_block is None or block not in {None, subnet.ipv6_block}:
                raise errors.Ipv6Disabled(subnet.id)
            blocks.check_ipv6_idle(subnet)
            subnets.append(subnet)
        return tuple(subnets)
