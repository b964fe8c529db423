"""Any commands on route tables and routes."""

from ipaddress import ip_network

from hypothesis import strategies as st
from hypothesis.stateful import rule
from tests.core.machine.base import Machine
from tests.core.machine.strategies import HOW, OFTEN, PICK, PICKS, TAGS

from duolect_core.addressing.pools import format_ipv4
from duolect_core.model.routes import HopKind, NextHop
from duolect_core.routes.entries import (
    Course,
    CreateRoutes,
    DeleteRoutes,
    ModifyRoutes,
    NewRoute,
    ResetRoutes,
    RouteChange,
)
from duolect_core.routes.tables import (
    AssociateRouteTable,
    CreateRouteTable,
    DeleteRouteTable,
    DisassociateRouteTable,
    ModifyRouteTable,
)

BLOCKS = st.sampled_from(
    [
        "0.0.0.0/0",
        "172.16.0.0/12",
        "172.16.0.0/16",
        "10.0.9.0/28",
        "10.0.0.0/8",
        "100.64.1.0/24",
        "2001:db8:f::/64",
    ]
)
HOPS = st.tuples(st.sampled_from(HopKind), PICK)
PLACES = st.lists(st.tuples(BLOCKS, HOPS, OFTEN), min_size=1, max_size=2)


class RouteRules(Machine):
    """Creates, changes and deletes route tables and routes."""

    @rule(network=PICK, name=st.sampled_from(["", "n"]), tags=TAGS, how=HOW)
    def create_route_table(self, network, how, **more):
        self.do(CreateRouteTable(network_id=self.one(self.graph.networks, network), **more), how)

    @rule(
        table=PICK,
        name=st.sampled_from([None, "n"]),
        extras=st.sampled_from([{}, {"x": 1}]),
        how=HOW,
    )
    def modify_route_table(self, table, how, **more):
        self.do(ModifyRouteTable(table_id=self.one(self.graph.route_tables, table), **more), how)

    @rule(table=PICK, how=HOW)
    def delete_route_table(self, table, how):
        self.do(DeleteRouteTable(self.one(self.graph.route_tables, table)), how)

    @rule(table=PICK, subnet=PICK, how=HOW)
    def associate_route_table(self, table, subnet, how):
        table_id = self.one(self.graph.route_tables, table)
        found = self.graph.route_tables.get(table_id)
        near = self.fit(self.graph.subnets, lambda each: found and each.network_id == found.network_id)
        self.do(AssociateRouteTable(table_id=table_id, subnet_id=self.one(near, subnet)), how)

    @rule(subnet=PICK, table=PICK, right=OFTEN, how=HOW)
    def disassociate_route_table(self, subnet, table, right, how):
        mains = {network.route_table_id for network in self.graph.networks.values()}
        users = self.fit(self.graph.subnets, lambda each: each.route_table_id not in mains)
        subnet_id = self.one(users, subnet)
        found = self.graph.subnets.get(subnet_id)
        table_id = self.one(self.graph.route_tables, table)
        if right and found is not None:
            table_id = found.route_table_id
        self.do(DisassociateRouteTable(table_id=table_id, subnet_id=subnet_id), how)

    @rule(table=PICK, places=PLACES, how=HOW)
    def create_routes(self, table, places, how):
        table_id = self.one(self.graph.route_tables, table)
        self.do(CreateRoutes(routes=self.new_routes(table_id, places)), how)

    @rule(table=PICK, places=PLACES, how=HOW)
    def reset_routes(self, table, places, how):
        table_id = self.one(self.graph.route_tables, table)
        routes = self.new_routes(table_id, places)
        self.do(ResetRoutes(table_id=table_id, name="reset", routes=routes), how)

    @rule(
        picks=PICKS,
        name=st.sampled_from([None, "n"]),
        block=st.one_of(st.none(), BLOCKS),
        hop=st.one_of(st.none(), HOPS),
        enabled=st.sampled_from([None, True, False]),
        how=HOW,
    )
    def modify_routes(self, picks, block, hop, how, **more):
        changes = []
        for route_id in dict.fromkeys(self.some(self.graph.routes, picks)):
            found = self.graph.routes.get(route_id)
            changes.append(
                RouteChange(
                    route_id=route_id,
                    block=None if block is None else ip_network(block),
                    hops=None if hop is None else self.hops("" if found is None else found.table_id, hop),
                    **more,
                )
            )
        self.do(ModifyRoutes(tuple(changes)), how)

    @rule(picks=PICKS, how=HOW)
    def delete_routes(self, picks, how):
        self.do(DeleteRoutes(self.some(self.graph.routes, picks)), how)

    def new_routes(self, table_id, places):
        return tuple(
            NewRoute(
                course=Course(
                    table_id=table_id,
                    block=ip_network(block),
                    hops=self.hops(table_id, hop),
                    enabled=enabled,
                )
            )
            for block, hop, enabled in places
        )

    def hops(self, table_id, hop):
        """Return one next hop, most often of the table's network."""
        kind, pick = hop
        graph, table = self.graph, self.graph.route_tables.get(table_id)

        def near(each):
            return table is not None and each.network_id == table.network_id

        if kind is HopKind.INSTANCE:
            name = self.one(self.fit(graph.instances, near), pick)
        elif kind is HopKind.INTERFACE:
            name = self.one(self.fit(graph.interfaces, near), pick)
        elif kind is HopKind.ADDRESS:
            holder = graph.interfaces.get(self.one(self.fit(graph.interfaces, near), pick))
            name = "10.0.0.255" if holder is None else format_ipv4(holder.primary_ip)
        elif kind is HopKind.VIRTUAL_ADDRESS:
            name = self.one(self.fit(graph.virtual_addresses, near), pick)
        elif kind is HopKind.NAT_GATEWAY:
            name = self.one(self.fit(graph.nat_gateways, near), pick)
        elif kind is HopKind.ROUTE_TARGET_GROUP:
            name = self.one(self.fit(graph.route_target_groups, near), pick)
        else:
            name = "gateway"
        return (NextHop(kind=kind, id=name, label=kind.value),)
