"""The same gateways, routes, HaVips and bandwidth packages come of the same words on both clouds."""

from typing import Any

import hypothesis.strategies as st
from hypothesis.stateful import precondition, rule
from tests.parity.gateways import AlibabaGateways, TencentGateways, gateway_shape
from tests.parity.machine import Clouds, thorough

from duolect_core.engine.partition import Partition
from duolect_core.model.lifecycles import PublicAddressState

_FREE = PublicAddressState.AVAILABLE
_PICK = st.integers(0, 5)
_ENOUGH = 3
"""This many of each are made at most: as many gateways as a network may have on one cloud."""


class GatewayMachine(Clouds):
    """Both clouds, each with two networks, two instances in one subnet, and one in another one."""

    drivers = (AlibabaGateways, TencentGateways)

    def __init__(self) -> None:
        super().__init__()
        self.networks = [self.made("network", "create_network") for _ in range(2)]
        self.home: dict[str, str] = {}
        self.instances: list[str] = []
        for network, zone, nodes in ((0, 0, 2), (0, 1, 0), (1, 0, 1)):
            home = self.networks[network]
            subnet = self.made("subnet", "create_subnet", home, zone, zone)
            group = self.made("group", "create_group", home)
            made = [self.made("instance", "run_instance", home, subnet, group) for _ in range(nodes)]
            self.instances += made
            self.home |= dict.fromkeys([subnet, *made], home)
        self.subnets = [each for each in self.home if each.startswith("subnet")]
        self.publics = [self.made("public", "allocate") for _ in range(4)]
        self.gateways: list[str] = []
        self.snats: dict[str, str] = {}
        """Each with its gateway, as of DNAT rules."""
        self.dnats: dict[str, str] = {}
        self.forwarded: dict[str, tuple[str, str, int]] = {}
        self.tables: list[str] = []
        self.routes: dict[str, str] = {}
        """Each with its table."""
        self.vips: list[str] = []
        self.packages: list[str] = []
        for subnet in (0, 2):
            self.create_gateway(subnet)
        self.create_table(0)
        self.create_vip(0)
        self.create_package()

    def shape(self, partition: Partition, names: dict[str, str]) -> dict[str, Any]:
        """Leave interfaces and addresses of subnets out: one cloud has gateways in its subnets."""
        return gateway_shape(partition, names)

    def _calmly(self, action: str, *arguments: Any, **named: Any) -> str:
        """Say it, and let it come to rest."""
        answer = self.both(action, *arguments, **named)
        self.world.advance(1_000)
        return answer

    def _one(self, names: list[str] | dict[str, Any], pick: int) -> str:
        return list(names)[pick % len(names)]

    # -- NAT gateways ---------------------------------------------------------------------------

    @precondition(lambda self: len(self.gateways) < _ENOUGH)
    @rule(subnet=_PICK)
    def create_gateway(self, subnet: int) -> None:
        """Create one with an address that is free, which one cloud demands."""
        name = self.subnets[subnet % 3]
        found = ((each, self.of_alibaba(each)) for each in self.publics)
        free = [each for each, address in found if address and address.state is _FREE]
        if free:
            self.gateways.append(self.made("gateway", "create_gateway", self.home[name], name, free[0]))

    @rule(gateway=_PICK, name=st.sampled_from(["one", "two"]))
    def rename_gateway(self, gateway: int, name: str) -> None:
        self.both("rename_gateway", self._one(self.gateways, gateway), name)

    @rule(gateway=_PICK, on=st.sampled_from([True, False, False]))
    def protect_gateway(self, gateway: int, *, on: bool) -> None:
        self.both("protect_gateway", self._one(self.gateways, gateway), on=on)

    @rule(gateway=_PICK, often=st.integers(0, 3))
    def delete_gateway(self, gateway: int, often: int) -> None:
        """Delete a gateway that no route leads to, but for the one that one cloud makes itself."""
        name = self._one(self.gateways, gateway)
        graph = self.alibaba.client.partition.graph
        known = {self.alibaba.names[each] for each in self.routes}
        if not often and known.isdisjoint(graph.routes_by_hop.ids(self.alibaba.names[name])):
            self._calmly("delete_gateway", name)

    @rule(public=_PICK, gateway=_PICK)
    def bind(self, public: int, gateway: int) -> None:
        name = self._one(self.publics, public)
        if self.of_alibaba(name) is not None:
            self.both("bind", name, self._one(self.gateways, gateway))
            self.world.advance(1_000)

    @rule(public=_PICK)
    def unbind(self, public: int) -> None:
        """Take an address off its gateway, which keeps one on one cloud."""
        name = self._one(self.publics, public)
        found, graph = self.of_alibaba(name), self.alibaba.client.partition.graph
        names = {resource_id: each for each, resource_id in self.alibaba.names.items()}
        if found is not None and len(graph.public_addresses_by_gateway.ids(found.gateway_id or "")) > 1:
            self._calmly("unbind", name, names[found.gateway_id])

    @precondition(lambda self: len(self.snats) < 2 * _ENOUGH)
    @rule(gateway=_PICK, subnet=_PICK, publics=st.lists(_PICK, min_size=1, max_size=2, unique=True))
    def create_snat(self, gateway: int, subnet: int, publics: list[int]) -> None:
        name = self._one(self.gateways, gateway)
        ips = list(dict.fromkeys(self._one(self.publics, each) for each in publics))
        self.snats[self.made("snat", "create_snat", name, self._one(self.subnets, subnet), ips)] = name

    @precondition(lambda self: self.snats)
    @rule(pick=_PICK, publics=st.lists(_PICK, min_size=1, max_size=2, unique=True))
    def change_snat(self, pick: int, publics: list[int]) -> None:
        name = self._one(self.snats, pick)
        ips = list(dict.fromkeys(self._one(self.publics, each) for each in publics))
        if self.of_alibaba(self.snats[name]) is not None:
            self._calmly("change_snat", name, self.snats[name], ips)

    @precondition(lambda self: self.snats)
    @rule(pick=_PICK)
    def delete_snat(self, pick: int) -> None:
        name = self._one(self.snats, pick)
        if self.of_alibaba(self.snats[name]) is not None:
            self._calmly("delete_snat", name, self.snats[name])

    @rule(gateway=_PICK, public=_PICK, instance=_PICK, port=st.integers(80, 82))
    def create_dnat(self, gateway: int, public: int, instance: int, port: int) -> None:
        name = self._one(self.gateways, gateway)
        rule = self._one(self.publics, public), self._one(self.instances, instance), port
        there = [each for each in self.forwarded if self.of_alibaba(each) is not None]
        at_home = self.home.get(name) == self.home[rule[1]]
        if at_home and rule[1:] not in {self.forwarded[each][1:] for each in there}:
            made = self.made("dnat", "create_dnat", name, *rule)
            self.dnats[made], self.forwarded[made] = name, rule

    @precondition(lambda self: self.dnats)
    @rule(pick=_PICK)
    def delete_dnat(self, pick: int) -> None:
        """Delete a rule that is there: one cloud names it by what it does, which another one may do now."""
        name = self._one(self.dnats, pick)
        if self.of_alibaba(name) is not None:
            self._calmly("delete_dnat", name, self.dnats[name], self.forwarded[name])

    @rule(public=_PICK)
    def release(self, public: int) -> None:
        name = self._one(self.publics, public)
        if public > 2:
            self._calmly("release", name)

    @precondition(lambda self: len(self.publics) < 2 * _ENOUGH)
    @rule()
    def allocate(self) -> None:
        self.publics.append(self.made("public", "allocate"))

    # -- routes ---------------------------------------------------------------------------------

    @precondition(lambda self: len(self.tables) < _ENOUGH)
    @rule(network=_PICK)
    def create_table(self, network: int) -> None:
        home = self.networks[network % 2]
        self.tables.append(self.made("table", "create_table", home))
        self.home[self.tables[-1]] = home

    @rule(table=_PICK, subnet=_PICK)
    def use_table(self, table: int, subnet: int) -> None:
        """Let a subnet use a table, from the main one on."""
        name = self._one(self.subnets, subnet)
        graph, found = self.alibaba.client.partition.graph, self.of_alibaba(name)
        if found.route_table_id == graph.networks[found.network_id].route_table_id:
            self._calmly("use_table", self._one(self.tables, table), name)

    @rule(subnet=_PICK)
    def leave_table(self, subnet: int) -> None:
        name = self._one(self.subnets, subnet)
        names = {resource_id: each for each, resource_id in self.alibaba.names.items()}
        table = names.get(self.of_alibaba(name).route_table_id)
        if table is not None:
            self._calmly("leave_table", table, name)

    @rule(table=_PICK, often=st.integers(0, 2))
    def delete_table(self, table: int, often: int) -> None:
        name = self._one(self.tables, table)
        graph = self.alibaba.client.partition.graph
        if not often and not graph.routes_by_table.ids(self.alibaba.names[name]):
            self._calmly("delete_table", name)

    def _hop(self, pick: int) -> str:
        hops = [*self.instances, *self.gateways, *self.vips]
        return hops[pick % len(hops)]

    @rule(table=_PICK, octet=st.integers(0, 2), hop=st.integers(0, 10))
    def create_route(self, table: int, octet: int, hop: int) -> None:
        name = self._one(self.tables, table)
        self.routes[self.made("route", "create_route", name, octet, self._hop(hop))] = name

    @precondition(lambda self: self.routes)
    @rule(pick=_PICK, hop=st.integers(0, 10))
    def lead_route(self, pick: int, hop: int) -> None:
        name = list(self.routes)[-1 - pick % len(self.routes)]
        self._calmly("lead_route", name, self.routes[name], self._hop(hop))

    @precondition(lambda self: self.routes)
    @rule(pick=_PICK)
    def delete_route(self, pick: int) -> None:
        name = list(self.routes)[-1 - pick % len(self.routes)]
        self._calmly("delete_route", name, self.routes[name])

    # -- HaVips and bandwidth packages ----------------------------------------------------------

    @precondition(lambda self: len(self.vips) < _ENOUGH)
    @rule(subnet=_PICK)
    def create_vip(self, subnet: int) -> None:
        name = self._one(self.subnets, subnet)
        self.vips.append(self.made("vip", "create_vip", self.home[name], name))

    @rule(vip=_PICK, instance=_PICK, action=st.sampled_from(["carry", "carry", "drop"]))
    def carry(self, vip: int, instance: int, action: str) -> None:
        self._calmly(action, self._one(self.vips, vip), self._one(self.instances, instance))

    @rule(vip=_PICK)
    def delete_vip(self, vip: int) -> None:
        """Delete one that nothing carries and no route leads to."""
        name, graph = self._one(self.vips, vip), self.alibaba.client.partition.graph
        found = self.of_alibaba(name)
        if found is None or not (found.carrier_ids or graph.routes_by_hop.ids(found.id)):
            self._calmly("delete_vip", name)

    @precondition(lambda self: len(self.packages) < _ENOUGH)
    @rule()
    def create_package(self) -> None:
        self.packages.append(self.made("package", "create_package"))

    @rule(package=_PICK, public=_PICK, action=st.sampled_from(["put_in", "put_in", "take_out"]))
    def change_package(self, package: int, public: int, action: str) -> None:
        self._calmly(action, self._one(self.packages, package), self._one(self.publics, public))

    @rule(package=_PICK)
    def delete_package(self, package: int) -> None:
        self._calmly("delete_package", self._one(self.packages, package))


GatewayMachine.TestCase.settings = thorough(50)
TestGateways = GatewayMachine.TestCase
