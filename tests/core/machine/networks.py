"""Any commands on networks and subnets."""

from ipaddress import IPv4Network

from hypothesis import strategies as st
from hypothesis.stateful import rule
from tests.core.machine.base import Machine
from tests.core.machine.strategies import (
    HOW,
    INDEXES,
    NETWORK_BLOCKS,
    OFTEN,
    PICK,
    PICKS,
    RARELY,
    SUBNET_BLOCKS,
    TAGS,
)

from duolect_core.networks.changes import (
    ChangeBlocks,
    GiveNetworkIpv6,
    GiveSubnetsIpv6,
    ModifyNetwork,
    ModifySubnet,
    TakeNetworkIpv6,
    TakeSubnetsIpv6,
)
from duolect_core.networks.deletion import DeleteNetwork, DeleteSubnet
from duolect_core.networks.lifecycle import CreateDefaultSubnet, CreateNetwork, CreateSubnet, CreateSubnets
from duolect_core.networks.transit import AttachTransit, GrantTransit, RevokeTransit


class NetworkRules(Machine):
    """Creates, changes and deletes networks and subnets."""

    @rule(
        block=st.sampled_from(["10.0.0.0/16", "10.0.0.0/30", "11.0.0.0/16"]),
        ipv6=RARELY,
        default=RARELY,
        tags=TAGS,
        how=HOW,
    )
    def create_network(self, block, how, **more):
        self.do(CreateNetwork(block=IPv4Network(block), **more), how)

    @rule(zone=st.integers(0, 2), mask=st.sampled_from([26, 28, 30]), with_ipv6=RARELY, how=HOW)
    def create_default_subnet(self, zone, mask, how, *, with_ipv6):
        command = CreateDefaultSubnet(
            zone=(*self.rules.zones, "absent")[zone], mask=mask, ipv6_index=7 if with_ipv6 else None
        )
        self.do(command, how)

    @rule(
        network=PICK,
        zone=st.integers(0, 2),
        block=SUBNET_BLOCKS,
        ipv6_index=st.sampled_from([None, 0, 0, 7, 300]),
        tags=TAGS,
        how=HOW,
    )
    def create_subnet(self, network, zone, block, how, **more):
        command = CreateSubnet(
            network_id=self.one(self.graph.networks, network),
            zone=(*self.rules.zones, "absent")[zone],
            block=IPv4Network(block),
            **more,
        )
        self.do(command, how)

    @rule(
        network=PICK,
        zone=st.integers(0, 2),
        places=st.lists(SUBNET_BLOCKS, max_size=2),
        any_ipv6=RARELY,
        how=HOW,
    )
    def create_subnets(self, network, zone, places, how, *, any_ipv6):
        command = CreateSubnets(
            tuple(
                CreateSubnet(
                    network_id=self.one(self.graph.networks, network),
                    zone=(*self.rules.zones, "absent")[zone],
                    block=IPv4Network(block),
                    any_ipv6=any_ipv6,
                )
                for block in places
            )
        )
        self.do(command, how)

    @rule(
        network=PICK,
        name=st.sampled_from([None, "n"]),
        block=st.sampled_from([None, None, *NETWORK_BLOCKS]),
        ipv6=st.sampled_from([None, None, True, False]),
        extras=st.sampled_from([{}, {"x": 1}]),
        how=HOW,
    )
    def modify_network(self, network, block, how, **more):
        wanted = None if block is None else IPv4Network(block)
        self.do(ModifyNetwork(network_id=self.one(self.graph.networks, network), block=wanted, **more), how)

    @rule(network=PICK, add=st.booleans(), block=st.sampled_from(NETWORK_BLOCKS), stray=RARELY, how=HOW)
    def change_blocks(self, network, block, how, *, add, stray):
        """Give a network a secondary block, or take those that it has away, or both."""
        network_id = self.one(self.graph.networks, network)
        found = self.graph.networks.get(network_id)
        secondary = () if found is None else found.secondary_blocks
        wanted = (IPv4Network(block),)
        command = ChangeBlocks(
            network_id=network_id,
            add=wanted if add else (),
            remove=wanted if stray and not add else secondary,
        )
        self.do(command, how)

    @rule(network=PICK, bare=st.booleans(), stray=RARELY, how=HOW)
    def change_ipv6_of_network(self, network, how, *, bare, stray):
        """Take the IPv6 block of a network if it has one, else give it one; now and then not.

        Often it is one of those whose subnets have no part of it.
        """
        graph, table = self.graph, self.graph.networks
        if bare:
            having = {s.network_id for s in graph.subnets.values() if s.ipv6_block is not None}
            table = [network_id for network_id in table if network_id not in having]
        network_id = self.one(table, network)
        found = graph.networks.get(network_id)
        has_one = found is not None and found.ipv6_block is not None
        self.do((TakeNetworkIpv6 if has_one is not stray else GiveNetworkIpv6)(network_id), how)

    @rule(subnet=PICK, without_ipv6=RARELY, ipv6_index=st.one_of(st.none(), INDEXES), how=HOW)
    def modify_subnet(self, subnet, how, **more):
        self.do(ModifySubnet(subnet_id=self.one(self.graph.subnets, subnet), name="n", **more), how)

    @rule(give=st.booleans(), network=PICK, picks=PICKS, index=INDEXES, how=HOW)
    def change_ipv6_of_subnets(self, network, picks, index, how, *, give):
        network_id = self.one(self.graph.networks, network)
        table = self.graph.subnets_by_network.ids(network_id) if sum(picks) % 8 else self.graph.subnets
        named = self.some(table, picks)
        if give:
            command = GiveSubnetsIpv6(network_id, dict.fromkeys(named, index))
        else:
            command = TakeSubnetsIpv6(network_id, dict.fromkeys(named))
        self.do(command, how)

    @rule(
        network=PICK,
        kind=st.sampled_from([GrantTransit, GrantTransit, RevokeTransit, AttachTransit]),
        owner=st.integers(1, 2),
        how=HOW,
    )
    def change_transits(self, network, kind, owner, how):
        """Grant networks and take it back; those that have subnets are attached, so that others can go."""
        table = self.graph.networks
        if kind is AttachTransit:
            having = {each.network_id for each in self.graph.subnets.values()}
            table = self.fit(table, lambda each: each.id in having)
        self.do(kind(self.one(table, network), "hub", owner), how)

    @rule(network=PICK, empty=OFTEN, force=RARELY, how=HOW)
    def delete_network(self, network, empty, force, how):
        table = self.graph.networks
        if empty:
            graph = self.graph
            taken = {each.network_id for each in (*graph.subnets.values(), *graph.groups.values())}
            table = self.fit(table, lambda each: each.id not in taken)
        self.do(DeleteNetwork(self.one(table, network), force=force), how)

    @rule(subnet=PICK, how=HOW)
    def delete_subnet(self, subnet, how):
        self.do(DeleteSubnet(self.one(self.graph.subnets, subnet)), how)
