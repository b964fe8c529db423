"""Any commands on NAT gateways, their rules and bandwidth packages."""

from ipaddress import IPv4Network

from hypothesis import strategies as st
from hypothesis.stateful import rule
from tests.core.machine.base import Machine
from tests.core.machine.strategies import HOW, OFTEN, PICK, PICKS, RARELY, TAGS

from duolect_core.model.lifecycles import ServiceState
from duolect_core.model.nat_gateways import NatProtocol
from duolect_core.nat_gateways.addresses import BindToNatGateway, UnbindFromNatGateway
from duolect_core.nat_gateways.dnat import (
    CreateDnatRules,
    DeleteDnatRules,
    Forwarding,
    ModifyDnatRule,
    NewDnatRule,
)
from duolect_core.nat_gateways.lifecycle import (
    CreateNatGateway,
    DeleteNatGateway,
    ModifyNatGateway,
    ResizeNatGateway,
)
from duolect_core.nat_gateways.snat import CreateSnatRules, DeleteSnatRules, ModifySnatRule, NewSnatRule
from duolect_core.public_addresses.bandwidth_packages import (
    AddToBandwidthPackage,
    CreateBandwidthPackages,
    DeleteBandwidthPackage,
    ModifyBandwidthPackage,
    RemoveFromBandwidthPackage,
    ResizeBandwidthPackage,
)
from duolect_core.public_addresses.lifecycle import AllocatePublicAddresses

BLOCKS = st.sampled_from([None, "10.0.0.0/28", "10.0.0.0/16", "10.0.0.5/32"])
PORTS = st.sampled_from([(1, 1), (80, 80), (80, 90), (1, 65535)])
PROTOCOLS = st.sampled_from([NatProtocol.TCP, NatProtocol.TCP, NatProtocol.UDP, NatProtocol.ANY])
NEW = st.sampled_from([None, None, AllocatePublicAddresses(), AllocatePublicAddresses(count=2)])
EXTRAS = st.sampled_from([{}, {"x": 1}])
WORDS = st.sampled_from([None, "n"])
FORWARDINGS = st.tuples(PICK, PICK, PROTOCOLS, PORTS, PORTS)


class NatRules(Machine):
    """Creates, changes and deletes NAT gateways, their rules and bandwidth packages."""

    @rule(
        subnet=PICK,
        by_zone=RARELY,
        routes_default=st.booleans(),
        protected=RARELY,
        picks=PICKS,
        new_addresses=NEW,
        tags=TAGS,
        how=HOW,
    )
    def create_nat_gateway(self, subnet, by_zone, picks, how, **more):
        graph = self.graph
        subnet_id = self.one(graph.subnets, subnet)
        found = graph.subnets.get(subnet_id)
        network_id = self.one(graph.networks, subnet) if found is None else found.network_id
        zone = self.rules.zones[0] if by_zone else ""
        self.do(
            CreateNatGateway(
                network_id=network_id,
                subnet_id=None if by_zone else subnet_id,
                zone=zone,
                address_ids=self.some(self.free_addresses(), picks[:1]),
                **more,
            ),
            how,
        )

    @rule(gateway=PICK, name=WORDS, protected=st.sampled_from([None, False]), extras=EXTRAS, how=HOW)
    def modify_nat_gateway(self, gateway, how, **more):
        self.do(ModifyNatGateway(gateway_id=self.one(self.graph.nat_gateways, gateway), **more), how)

    @rule(gateway=PICK, extras=EXTRAS, how=HOW)
    def resize_nat_gateway(self, gateway, how, **more):
        self.do(ResizeNatGateway(gateway_id=self.one(self.graph.nat_gateways, gateway), **more), how)

    @rule(gateway=PICK, force=OFTEN, how=HOW)
    def delete_nat_gateway(self, gateway, how, **more):
        self.do(DeleteNatGateway(gateway_id=self.one(self.graph.nat_gateways, gateway), **more), how)

    @rule(gateway=PICK, picks=PICKS, new_addresses=NEW, extras=EXTRAS, how=HOW)
    def bind_to_nat_gateway(self, gateway, picks, how, **more):
        self.do(
            BindToNatGateway(
                gateway_id=self.gateway(gateway),
                address_ids=self.some(self.free_addresses(), picks[:2]),
                **more,
            ),
            how,
        )

    @rule(gateway=PICK, picks=PICKS, right=OFTEN, force=st.booleans(), how=HOW)
    def unbind_from_nat_gateway(self, gateway, picks, right, how, **more):
        gateway_id = self.gateway(gateway)
        table = self.bound(gateway_id) if right else self.graph.public_addresses
        command = UnbindFromNatGateway(gateway_id=gateway_id, address_ids=self.some(table, picks), **more)
        self.do(command, how)

    @rule(gateway=PICK, block=BLOCKS, source=st.one_of(st.none(), PICK), picks=PICKS, how=HOW)
    def create_snat_rule(self, gateway, block, source, picks, how):
        gateway_id = self.gateway(gateway)
        source_id = "" if source is None else self.source(gateway_id, source)
        wanted = NewSnatRule(
            source=None if block is None else IPv4Network(block),
            source_id=source_id,
            public_ips=self.ips(gateway_id, picks),
        )
        rules = (wanted,) if gateway % 8 else (wanted, wanted)
        self.do(CreateSnatRules(gateway_id=gateway_id, rules=rules), how)

    @rule(pick=PICK, picks=st.one_of(st.none(), PICKS), name=WORDS, description=WORDS, how=HOW)
    def modify_snat_rule(self, pick, picks, how, **more):
        rule_id = self.one(self.graph.snat_rules, pick)
        found = self.graph.snat_rules.get(rule_id)
        gateway_id = "" if found is None else found.gateway_id
        ips = None if picks is None else self.ips(gateway_id, picks)
        self.do(ModifySnatRule(rule_id=rule_id, public_ips=ips, **more), how)

    @rule(picks=PICKS, how=HOW)
    def delete_snat_rules(self, picks, how):
        self.do(DeleteSnatRules(self.some(self.graph.snat_rules, picks)), how)

    @rule(gateway=PICK, wanted=st.lists(FORWARDINGS, min_size=1, max_size=2), how=HOW)
    def create_dnat_rules(self, gateway, wanted, how):
        gateway_id = self.gateway(gateway)
        rules = tuple(NewDnatRule(forwarding=self.forwarding(gateway_id, each)) for each in wanted)
        self.do(CreateDnatRules(gateway_id=gateway_id, rules=rules), how)

    @rule(pick=PICK, wanted=st.one_of(st.none(), FORWARDINGS), name=WORDS, description=WORDS, how=HOW)
    def modify_dnat_rule(self, pick, wanted, how, **more):
        rule_id = self.one(self.graph.dnat_rules, pick)
        found = self.graph.dnat_rules.get(rule_id)
        gateway_id = "" if found is None else found.gateway_id
        forwarding = None if wanted is None else self.forwarding(gateway_id, wanted)
        self.do(ModifyDnatRule(rule_id=rule_id, forwarding=forwarding, **more), how)

    @rule(picks=PICKS, how=HOW)
    def delete_dnat_rules(self, picks, how):
        self.do(DeleteDnatRules(self.some(self.graph.dnat_rules, picks)), how)

    # -- bandwidth packages ------------------------------------------------------------------------

    @rule(count=st.sampled_from([1, 1, 2]), tags=TAGS, how=HOW)
    def create_bandwidth_packages(self, how, **more):
        self.do(CreateBandwidthPackages(**more), how)

    @rule(pick=PICK, name=WORDS, protected=st.sampled_from([None, None, True, False]), how=HOW)
    def modify_bandwidth_package(self, pick, how, **more):
        package_id = self.one(self.graph.bandwidth_packages, pick)
        self.do(ModifyBandwidthPackage(package_id=package_id, **more), how)

    @rule(pick=PICK, extras=EXTRAS, how=HOW)
    def resize_bandwidth_package(self, pick, how, **more):
        package_id = self.one(self.graph.bandwidth_packages, pick)
        self.do(ResizeBandwidthPackage(package_id=package_id, **more), how)

    @rule(pick=PICK, force=st.booleans(), how=HOW)
    def delete_bandwidth_package(self, pick, how, **more):
        package_id = self.one(self.graph.bandwidth_packages, pick)
        self.do(DeleteBandwidthPackage(package_id=package_id, **more), how)

    @rule(
        command=st.sampled_from([AddToBandwidthPackage, AddToBandwidthPackage, RemoveFromBandwidthPackage]),
        pick=PICK,
        picks=PICKS,
        extras=EXTRAS,
        how=HOW,
    )
    def change_bandwidth_package(self, command, pick, picks, how, **more):
        package_id = self.one(self.graph.bandwidth_packages, pick)
        table = self.graph.public_addresses
        if command is RemoveFromBandwidthPackage:
            table = self.fit(table, lambda each: each.package_id == package_id)
        self.do(command(package_id=package_id, address_ids=self.some(table, picks), **more), how)

    @rule(pick=PICK, count=st.sampled_from([1, 1, 2]), how=HOW)
    def allocate_into_package(self, pick, how, **more):
        package_id = self.one(self.graph.bandwidth_packages, pick)
        self.do(AllocatePublicAddresses(package_id=package_id, **more), how)

    # -- choosing ----------------------------------------------------------------------------------

    def gateway(self, pick):
        """Return the id of a NAT gateway, most often one that is up."""
        up = self.fit(self.graph.nat_gateways, lambda each: each.state is ServiceState.AVAILABLE)
        return self.one(up, pick)

    def free_addresses(self):
        graph = self.graph
        return self.fit(graph.public_addresses, lambda each: not (each.association or each.gateway_id))

    def bound(self, gateway_id):
        return self.fit(self.graph.public_addresses, lambda each: each.gateway_id == gateway_id)

    def ips(self, gateway_id, picks):
        """Return public addresses as numbers, most often of a gateway, each once."""
        table = self.graph.public_addresses
        found = (table.get(each) for each in self.some(self.bound(gateway_id), picks))
        return tuple(dict.fromkeys(1 if each is None else each.ip for each in found))

    def source(self, gateway_id, pick):
        """Return the id of a subnet, an interface or an instance, most often of a gateway's network."""
        graph, gateway = self.graph, self.graph.nat_gateways.get(gateway_id)
        table = (graph.subnets, graph.subnets, graph.interfaces, graph.instances)[pick % 4]
        near = self.fit(table, lambda each: gateway and each.network_id == gateway.network_id)
        return self.one(near, pick // 4)

    def forwarding(self, gateway_id, wanted):
        public, private, protocol, ports, to = wanted
        graph, gateway = self.graph, self.graph.nat_gateways.get(gateway_id)
        near = self.fit(graph.interfaces, lambda each: gateway and each.network_id == gateway.network_id)
        interface = graph.interfaces.get(self.one(near, private))
        has_ports = protocol is not NatProtocol.ANY
        return Forwarding(
            protocol=protocol,
            public_ip=(*self.ips(gateway_id, [public]), 1)[0],
            public_ports=ports if has_ports else None,
            private_ip=1 if interface is None else interface.primary_ip,
            private_ports=to if has_ports else None,
        )
