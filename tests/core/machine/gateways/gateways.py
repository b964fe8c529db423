"""Any commands on gateways, route tables for them, sets of DHCP options and flow logs."""

from hypothesis import strategies as st
from hypothesis.stateful import rule
from tests.core.machine.base import Machine
from tests.core.machine.strategies import HOW, OFTEN, PICK, PICKS, TAGS
from tests.core.model.rules import DAY

from duolect_core.model.rules import ResourceKind
from duolect_core.networks.dhcp_options import (
    AttachDhcpOptionsSet,
    CreateDhcpOptionsSet,
    DeleteDhcpOptionsSet,
    DetachDhcpOptionsSet,
    ModifyDhcpOptionsSet,
    ReplaceDhcpOptionsSet,
)
from duolect_core.networks.flow_logs import KINDS as LOGGED
from duolect_core.networks.flow_logs import (
    CreateFlowLog,
    DeleteFlowLog,
    ModifyFlowLog,
    OpenService,
    SwitchFlowLogs,
)
from duolect_core.networks.gateways.lifecycle import (
    CreateIpv4Gateway,
    CreateIpv6Gateway,
    DeleteGateway,
    EnableIpv4Gateway,
    ModifyGateway,
)
from duolect_core.networks.gateways.route_tables import AssociateGatewayTable, DisassociateGatewayTable
from duolect_core.routes.tables import CreateRouteTable

IPV4, IPV6 = ResourceKind.IPV4_GATEWAY, ResourceKind.IPV6_GATEWAY
KINDS = st.sampled_from([IPV4, IPV6])
WORDS = st.sampled_from([None, "n"])
ATTACHING = st.sampled_from(
    [AttachDhcpOptionsSet, AttachDhcpOptionsSet, DetachDhcpOptionsSet, ReplaceDhcpOptionsSet]
)


class GatewayRules(Machine):
    """Creates, enables, associates and deletes gateways, attaches DHCP options, and logs what flows."""

    def set_up_gateways(self, network):
        """Start with gateways, one of which has a route table, and sets of DHCP options."""
        table = self.grant(CreateRouteTable(network_id=network.id, for_gateways=True))
        second = self.grant(CreateIpv6Gateway(network_id=network.id))
        first = self.grant(CreateIpv4Gateway(network_id=network.id))
        self.wait(DAY)
        self.grant(EnableIpv4Gateway(gateway_id=first.id))
        self.wait(DAY)
        names = {"kind": IPV4, "gateway_id": first.id}
        for command in (AssociateGatewayTable, DisassociateGatewayTable):
            self.grant(command(**names, table_id=table.id))
            self.wait(DAY)
        self.grant(DeleteGateway(**names))
        self.grant(ModifyGateway(kind=IPV6, gateway_id=second.id, name="n"))
        options, other = (self.grant(CreateDhcpOptionsSet()) for _ in range(2))
        self.wait(DAY)
        for command, each in (
            (AttachDhcpOptionsSet, options),
            (ReplaceDhcpOptionsSet, other),
            (DetachDhcpOptionsSet, other),
        ):
            self.grant(command(set_id=each.id, network_id=network.id))
            self.wait(DAY)
        self.grant(ModifyDhcpOptionsSet(set_id=options.id, name="n"))
        self.grant(DeleteDhcpOptionsSet(other.id))
        self.wait(DAY)
        log, spare = (
            self.grant(CreateFlowLog(kind=ResourceKind.NETWORK, watched_id=network.id, traffic=each))
            for each in "ab"
        )
        self.wait(DAY)
        self.grant(SwitchFlowLogs(log_ids=(log.id,), active=False))
        self.wait(DAY)
        self.grant(ModifyFlowLog(log_id=log.id, name="n"))
        self.grant(DeleteFlowLog(spare.id))
        self.grant(OpenService("a"))
        self.wait(DAY)

    def gateway_of(self, kind, pick):
        return self.one(self.graph.table(kind), pick)

    @rule(kind=KINDS, network=PICK, near=OFTEN, tags=TAGS, how=HOW)
    def create_gateway(self, kind, network, near, tags, how):
        graph = self.graph
        has = graph.ipv4_gateway_by_network if kind is IPV4 else graph.ipv6_gateway_by_network
        table = self.fit(graph.networks, lambda each: each.id not in has) if near else graph.networks
        create = CreateIpv4Gateway if kind is IPV4 else CreateIpv6Gateway
        self.do(create(network_id=self.one(table, network), tags=tags), how)

    @rule(gateway=PICK, picks=PICKS, near=OFTEN, how=HOW)
    def enable_ipv4_gateway(self, gateway, picks, near, how):
        gateway_id = self.gateway_of(IPV4, gateway)
        found = self.graph.ipv4_gateways.get(gateway_id)
        table = self.graph.route_tables
        if near:
            table = self.fit(table, lambda each: found and each.network_id == found.network_id)
        self.do(EnableIpv4Gateway(gateway_id=gateway_id, table_ids=self.some(table, picks[:2])), how)

    @rule(kind=KINDS, gateway=PICK, name=WORDS, description=WORDS, how=HOW)
    def modify_gateway(self, kind, gateway, how, **more):
        self.do(ModifyGateway(kind=kind, gateway_id=self.gateway_of(kind, gateway), **more), how)

    @rule(kind=KINDS, gateway=PICK, how=HOW)
    def delete_gateway(self, kind, gateway, how):
        self.do(DeleteGateway(kind=kind, gateway_id=self.gateway_of(kind, gateway)), how)

    @rule(network=PICK, how=HOW)
    def create_gateway_table(self, network, how):
        network_id = self.one(self.graph.networks, network)
        self.do(CreateRouteTable(network_id=network_id, for_gateways=True), how)

    @rule(
        command=st.sampled_from([AssociateGatewayTable, AssociateGatewayTable, DisassociateGatewayTable]),
        kind=KINDS,
        gateway=PICK,
        table=PICK,
        near=OFTEN,
        how=HOW,
    )
    def associate_gateway_table(self, command, kind, gateway, table, *, near, how):
        tables = self.graph.route_tables
        if near:
            tables = self.fit(tables, lambda each: each.for_gateways)
        gateway_id = self.gateway_of(kind, gateway)
        self.do(command(kind=kind, gateway_id=gateway_id, table_id=self.one(tables, table)), how)

    # -- DHCP options --------------------------------------------------------------------------------

    @rule(tags=TAGS, extras=st.sampled_from([{}, {"x": 1}]), how=HOW)
    def create_dhcp_options_set(self, how, **more):
        self.do(CreateDhcpOptionsSet(**more), how)

    @rule(pick=PICK, name=WORDS, extras=st.sampled_from([{}, {"x": 2}]), how=HOW)
    def modify_dhcp_options_set(self, pick, how, **more):
        self.do(ModifyDhcpOptionsSet(set_id=self.one(self.graph.dhcp_options_sets, pick), **more), how)

    @rule(pick=PICK, how=HOW)
    def delete_dhcp_options_set(self, pick, how):
        self.do(DeleteDhcpOptionsSet(self.one(self.graph.dhcp_options_sets, pick)), how)

    @rule(command=ATTACHING, pick=PICK, network=PICK, how=HOW)
    def attach_dhcp_options_set(self, command, pick, network, how):
        set_id = self.one(self.graph.dhcp_options_sets, pick)
        self.do(command(set_id=set_id, network_id=self.one(self.graph.networks, network)), how)

    # -- flow logs -----------------------------------------------------------------------------------

    def log_of(self, pick):
        return self.one(self.graph.flow_logs, pick)

    @rule(kind=st.sampled_from(LOGGED), watched=PICK, traffic=st.sampled_from("ab"), tags=TAGS, how=HOW)
    def create_flow_log(self, kind, watched, how, **more):
        self.do(CreateFlowLog(kind=kind, watched_id=self.one(self.graph.table(kind), watched), **more), how)

    @rule(pick=PICK, name=WORDS, extras=st.sampled_from([{}, {"x": 2}]), how=HOW)
    def modify_flow_log(self, pick, how, **more):
        self.do(ModifyFlowLog(log_id=self.log_of(pick), **more), how)

    @rule(picks=PICKS, active=st.booleans(), how=HOW)
    def switch_flow_logs(self, picks, active, how):
        self.do(SwitchFlowLogs(log_ids=self.some(self.graph.flow_logs, picks[:2]), active=active), how)

    @rule(pick=PICK, how=HOW)
    def delete_flow_log(self, pick, how):
        self.do(DeleteFlowLog(self.log_of(pick)), how)

    @rule(name=st.sampled_from("ab"), how=HOW)
    def open_service(self, name, how):
        self.do(OpenService(name), how)
