"""What counts as leaked of NAT gateways, their rules and bandwidth packages."""

from ipaddress import IPv4Network

import pytest
from tests.emulator.record.test_leaks import leaked
from tests.emulator.resources import create_resources
from tests.harness import emulator

from duolect_core.model.lifecycles import ServiceState
from duolect_core.model.nat_gateways import NatProtocol
from duolect_core.model.routes import HopKind, NextHop
from duolect_core.nat_gateways.addresses import BindToNatGateway, UnbindFromNatGateway
from duolect_core.nat_gateways.dnat import CreateDnatRules, DeleteDnatRules, Forwarding, NewDnatRule
from duolect_core.nat_gateways.lifecycle import CreateNatGateway, DeleteNatGateway
from duolect_core.nat_gateways.snat import CreateSnatRules, DeleteSnatRules, NewSnatRule
from duolect_core.public_addresses.bandwidth_packages import (
    CreateBandwidthPackages,
    DeleteBandwidthPackage,
)
from duolect_core.public_addresses.lifecycle import AllocatePublicAddresses
from duolect_core.routes.entries import Course, CreateRoutes, NewRoute


class Site:
    """An account with a NAT gateway that serves and forwards, and a bandwidth package."""

    def __init__(self, cloud):
        self.world = world = emulator()
        self.client = getattr(world, cloud)()
        made = create_resources(self.client)
        self.partition = self.client.partition
        self.network = self.partition.graph.networks[made.network]
        self.before = leaked(world)
        self.gateway = self.do(
            CreateNatGateway(network_id=made.network, subnet_id=made.subnet, routes_default=True)
        )
        new = AllocatePublicAddresses()
        (self.address,) = self.do(BindToNatGateway(gateway_id=self.gateway.id, new_addresses=new))
        block = IPv4Network("10.0.0.0/28")
        served = NewSnatRule(public_ips=(self.address.ip,), source=block)
        (self.snat,) = self.do(CreateSnatRules(gateway_id=self.gateway.id, rules=(served,)))
        graph = self.partition.graph
        target = graph.interfaces[graph.primary_interfaces[made.instance]].primary_ip
        wanted = Forwarding(
            protocol=NatProtocol.TCP,
            public_ip=self.address.ip,
            public_ports=(80, 80),
            private_ip=target,
            private_ports=(80, 80),
        )
        forwarded = NewDnatRule(forwarding=wanted)
        (self.dnat,) = self.do(CreateDnatRules(gateway_id=self.gateway.id, rules=(forwarded,)))
        (self.package,) = self.do(CreateBandwidthPackages())

    def do(self, command, **how):
        """Carry out a command and wait."""
        made = self.partition.execute(command, self.world.clock.now(), **how)
        self.world.advance()
        self.partition.settle(self.world.clock.now())
        return made

    def begin(self, command):
        """Carry out a command without waiting."""
        return self.partition.execute(command, self.world.clock.now())

    def leaked(self):
        """Return the ids of what leaked of what was made here."""
        return leaked(self.world) - self.before


@pytest.fixture(params=["alibaba", "tencent"])
def site(request):
    return Site(request.param)


def test_gateways_rules_and_packages_leak_and_what_comes_with_a_gateway_does_not(site):
    graph = site.partition.graph
    assert site.gateway.route_id in graph.routes
    assert site.gateway.interface_id in graph.interfaces
    assert site.leaked() == {
        site.gateway.id,
        site.address.id,
        site.snat.id,
        site.dnat.id,
        site.package.id,
    }


def test_rules_go_with_their_gateway_and_its_addresses_stay(site):
    site.begin(DeleteNatGateway(gateway_id=site.gateway.id, force=True))
    assert site.gateway.state is ServiceState.DELETING
    assert {site.snat.id, site.dnat.id} == {
        *site.partition.graph.snat_rules,
        *site.partition.graph.dnat_rules,
    }
    assert site.leaked() == {site.address.id, site.package.id}


def test_what_is_deleted_by_itself_has_not_leaked(site):
    site.begin(DeleteSnatRules((site.snat.id,)))
    site.begin(DeleteDnatRules((site.dnat.id,)))
    site.begin(DeleteBandwidthPackage(package_id=site.package.id))
    assert site.leaked() == {site.gateway.id, site.address.id}


def test_another_route_to_a_gateway_leaks_unless_it_goes_with_it(site):
    course = Course(
        table_id=site.network.route_table_id,
        block=IPv4Network("172.31.0.0/16"),
        hops=(NextHop(kind=HopKind.NAT_GATEWAY, id=site.gateway.id, label="NAT"),),
    )
    (route,) = site.do(CreateRoutes(routes=(NewRoute(course=course),)))
    assert route.id in site.leaked()
    if not site.partition.rules.routes_hold:
        site.begin(DeleteNatGateway(gateway_id=site.gateway.id, force=True))
        assert route.id not in site.leaked()


def test_an_unbound_address_still_leaks(site):
    site.do(BindToNatGateway(gateway_id=site.gateway.id, new_addresses=AllocatePublicAddresses()))
    unbind = UnbindFromNatGateway(gateway_id=site.gateway.id, address_ids=(site.address.id,), force=True)
    site.begin(unbind)
    assert site.address.id in site.leaked()
