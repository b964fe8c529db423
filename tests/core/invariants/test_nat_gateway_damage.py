"""Damage to NAT gateways, their rules and bandwidth packages."""

from ipaddress import IPv4Network

import pytest
from tests.core.builders import World
from tests.core.invariants.damage import change, finds, index, limit, plan
from tests.core.model.rules import NORTH
from tests.core.nat_gateways.build import addresses_of, dnat, dnat_rule, nat_gateway, snat_rule
from tests.core.routes.build import creation

from duolect_core.invariants import check
from duolect_core.model.lifecycles import PublicAddressState, ServiceState, Trigger
from duolect_core.model.nat_gateways import NatProtocol
from duolect_core.model.public_addresses import Association
from duolect_core.public_addresses.bandwidth_packages import AddToBandwidthPackage, CreateBandwidthPackages
from duolect_core.public_addresses.lifecycle import AllocatePublicAddresses


class NatWorld:
    """A sound partition with two NAT gateways, rules of one, and bandwidth packages."""

    def __init__(self):
        self.world = world = World(NORTH)
        self.partition, self.graph = world.partition, world.graph
        self.subnet = world.subnet()
        self.network = self.graph.networks[self.subnet.network_id]
        self.elsewhere = world.subnet(self.network, "10.0.1.0/24", zone=1)
        self.instance = world.instance(self.subnet)
        self.gateway = nat_gateway(world, self.subnet, addresses=2, routes_default=True)
        self.other = nat_gateway(world, self.elsewhere)
        self.route = self.graph.routes[self.gateway.route_id]
        self.table = self.graph.route_tables[self.network.route_table_id]
        (led,) = world.do(creation(self.table, "172.16.0.0/16", self.route.hops[0]))
        world.wait()
        self.led = led
        self.bound, self.second = addresses_of(world, self.gateway)
        self.foreign = addresses_of(world, self.other)[0]
        ips = (self.bound.ip, self.second.ip)
        self.snat = snat_rule(world, self.gateway, source=None, source_id=self.subnet.id, public_ips=ips)
        self.snat_too = snat_rule(world, self.gateway, public_ips=(self.second.ip,))
        self.dnat = dnat_rule(world, self.gateway)
        self.package, self.empty = world.do(CreateBandwidthPackages(count=2))
        world.wait()
        (self.spare,) = world.do(AllocatePublicAddresses())
        inside = (self.spare.id, self.bound.id)
        world.do(AddToBandwidthPackage(package_id=self.package.id, address_ids=inside))
        (self.coming,) = world.do(dnat(world, self.gateway, ports=(81, 81), to=(81, 81)))
        self.interface = self.graph.interfaces[self.gateway.interface_id]
        self.primary = world.primary(self.instance)


@pytest.fixture
def world():
    return NatWorld()


CORRUPTIONS = [
    # gateways
    ("in a network that is not there", change("gateway", network_id="absent")),
    ("in a network that is not there", lambda s: s.graph.networks.pop(s.network.id)),
    ("has no managed interface", change("gateway", interface_id="absent")),
    ("has no managed interface", change("interface", managed=False)),
    ("its interface is not in its network and zone", change("gateway", zone="n2")),
    (
        "its interface is not in its network and zone",
        lambda s: setattr(s.gateway, "interface_id", s.other.interface_id),
    ),
    ("leads to a NAT gateway that is not there", lambda s: s.graph.nat_gateways.pop(s.gateway.id)),
    # rules
    ("of a NAT gateway that is not there", change("snat", gateway_id="absent")),
    ("of a NAT gateway that is not there", change("dnat", gateway_id="absent")),
    (
        "another SNAT rule serves the same block",
        lambda s: setattr(s.snat_too, "source", s.snat.source),
    ),
    ("without a public address", change("snat", public_ips=())),
    ("uses a public address that its gateway does not have", change("snat", public_ips=(1,))),
    ("uses a public address that its gateway does not have", change("dnat", public_ip=1)),
    (
        "uses a public address that its gateway does not have",
        lambda s: setattr(s.dnat, "public_ip", s.foreign.ip),
    ),
    (
        "uses a public address that its gateway does not have",
        change("bound", state=PublicAddressState.ASSOCIATING),
    ),
    ("any with the ports (80, 80)", change("dnat", protocol=NatProtocol.ANY)),
    ("tcp with the ports None", change("dnat", public_ports=None)),
    ("ports on one side only", change("dnat", private_ports=None)),
    # public addresses
    ("bound to a NAT gateway that is not there", change("bound", gateway_id="absent")),
    ("available does not fit", change("bound", state=PublicAddressState.AVAILABLE)),
    ("in-use does not fit None", change("bound", gateway_id=None)),
    (
        "associated twice",
        lambda s: setattr(s.bound, "association", Association(s.primary.id, s.primary.primary_ip)),
    ),
    ("in a bandwidth package that is not there", change("spare", package_id="absent")),
    ("in a bandwidth package that is not there", change("package", state=ServiceState.DELETING)),
    # indexes
    ("index NAT gateways by network is not", index("nat_gateways_by_network")),
    ("index NAT gateways by interface is not", index("nat_gateways_by_interface")),
    ("index SNAT rules by gateway is not", index("snat_rules_by_gateway")),
    ("index SNAT rules by source is not", index("snat_rules_by_source")),
    ("index SNAT rules by source is not", change("snat", source=IPv4Network("10.0.0.32/28"))),
    ("index SNAT rules by source id is not", index("snat_rules_by_source_id")),
    ("index SNAT rules by public ip is not", index("snat_rules_by_public_ip", 1)),
    ("index DNAT rules by gateway is not", index("dnat_rules_by_gateway")),
    ("index DNAT rules by public ip is not", index("dnat_rules_by_public_ip", 1)),
    ("index DNAT rules by private ip is not", index("dnat_rules_by_private_ip", 1)),
    ("index DNAT rules that are unsteady is not", index("dnat_rules_unsteady")),
    ("index DNAT rules that are unsteady is not", change("coming", state=ServiceState.AVAILABLE)),
    ("index public addresses by gateway is not", index("public_addresses_by_gateway")),
    ("index public addresses by package is not", index("public_addresses_by_package")),
    # quotas
    ("2 NAT gateways over 1", limit(nat_gateways=1)),
    ("2 NAT gateways of a network over 1", limit(nat_gateways_per_network=1)),
    ("2 public addresses of a NAT gateway over 1", limit(addresses_per_nat_gateway=1)),
    ("2 SNAT rules of a NAT gateway over 1", limit(snat_rules_per_gateway=1)),
    ("2 public addresses of an SNAT rule over 1", limit(addresses_per_snat_rule=1)),
    ("2 DNAT rules of a NAT gateway over 1", limit(dnat_rules_per_gateway=1)),
    ("2 bandwidth packages over 1", limit(bandwidth_packages=1)),
    ("2 public addresses of a package over 1", limit(addresses_per_package=1)),
    # time
    ("pending with 0 transitions to come", change("gateway", state=ServiceState.PENDING)),
    ("modifying with 0 transitions to come", change("snat", state=ServiceState.MODIFYING)),
    ("deleting with 0 transitions to come", change("dnat", state=ServiceState.DELETING)),
    ("modifying with 0 transitions to come", change("empty", state=ServiceState.MODIFYING)),
    ("available with 1 transitions to come", lambda s: plan(s, s.gateway.id)),
    ("available with 1 transitions to come", lambda s: plan(s, s.snat.id)),
    ("available with 1 transitions to come", lambda s: plan(s, s.empty.id)),
    ("available knows no attached", lambda s: plan(s, s.gateway.id, Trigger.ATTACHED)),
    ("waits for 98, which is not its transition", change("gateway", pending=98)),
    ("waits for None, which is not its transition", change("coming", pending=None)),
    ("which is in the future or before all time", change("gateway", modified=-1)),
]


@pytest.mark.parametrize(("sentence", "corrupt"), CORRUPTIONS)
def test_damage_is_put_into_words(world, sentence, corrupt):
    assert finds(world, sentence, corrupt)


def test_a_sound_partition_gives_no_sentence(world):
    assert check(world.partition) == []


@pytest.mark.parametrize(
    "table",
    [
        "networks",
        "interfaces",
        "nat_gateways",
        "snat_rules",
        "dnat_rules",
        "bandwidth_packages",
        "public_addresses",
    ],
)
def test_a_whole_table_may_be_gone_and_there_are_still_only_sentences(world, table):
    getattr(world.graph, table).clear()
    assert check(world.partition)
