"""Routes of NAT gateways: those that come with them, and those that hold them."""

from tests.core.builders import World
from tests.core.model.rules import BOTH, NORTH, SOUTH, limited
from tests.core.nat_gateways.build import (
    creating,
    nat_gateway,
)
from tests.core.routes.build import creation, main_table, route

from duolect_core import errors
from duolect_core.model.lifecycles import RouteState, ServiceState
from duolect_core.model.routes import HopKind, NextHop
from duolect_core.nat_gateways.lifecycle import (
    DeleteNatGateway,
)
from duolect_core.routes.entries import DeleteRoutes

AVAILABLE = ServiceState.AVAILABLE


@BOTH
def test_a_gateway_gets_a_route_when_it_is_up_and_takes_it_along(rules):
    world = World(rules)
    subnet = world.subnet()
    gateway = world.do(creating(subnet, routes_default=True))
    assert not world.graph.routes
    world.wait()
    (led,) = world.graph.routes.values()
    network = world.graph.networks[subnet.network_id]
    assert (led.table_id, str(led.block), led.id) == (network.route_table_id, "0.0.0.0/0", gateway.route_id)
    assert led.hops == (NextHop(kind=HopKind.NAT_GATEWAY, id=gateway.id, label=rules.nat_hop_label),)
    second = nat_gateway(world, subnet, routes_default=True, addresses=0)
    assert (second.route_id, len(world.graph.routes)) == (None, 1)
    world.do(DeleteNatGateway(gateway_id=gateway.id))
    assert led.state is RouteState.DELETING
    world.wait()
    assert not world.graph.routes


@BOTH
def test_the_route_of_a_gateway_may_be_deleted_before_it(rules):
    world = World(rules)
    gateway = nat_gateway(world, world.subnet(), routes_default=True, addresses=0)
    world.do(DeleteRoutes((gateway.route_id,)))
    if rules.provision_is_asynchronous:
        world.refuses(DeleteNatGateway(gateway_id=gateway.id), errors.RouteBusy)
    world.wait()
    world.do(DeleteNatGateway(gateway_id=gateway.id))
    world.wait()
    assert gateway.state is ServiceState.GONE


def test_a_table_must_have_a_place_for_the_route():
    world = World(limited(NORTH, routes_per_table=1))
    subnet = world.subnet()
    network = world.graph.networks[subnet.network_id]
    made = route(world, main_table(world, network))
    refused = creating(subnet, routes_default=True)
    world.refuses(refused, errors.RouteQuotaExceeded, resource_id=network.route_table_id, limit=1)
    world.do(DeleteRoutes((made.id,)))
    world.wait()
    gateway = world.do(refused)
    route(world, main_table(world, network))
    world.wait()
    assert (gateway.state, gateway.route_id) == (AVAILABLE, None)


@BOTH
def test_other_routes_hold_a_gateway_or_go_with_it(rules):
    world = World(rules)
    subnet = world.subnet()
    gateway = nat_gateway(world, subnet, addresses=0)
    hop = NextHop(kind=HopKind.NAT_GATEWAY, id=gateway.id)
    table = main_table(world, world.graph.networks[subnet.network_id])
    led = route(world, table, "172.16.0.0/16", hop)
    command = DeleteNatGateway(gateway_id=gateway.id, force=True)
    if rules.routes_hold:
        world.refuses(command, errors.NatGatewayHoldsRoutes, resource_id=gateway.id, held_by=led.id)
        world.do(DeleteRoutes((led.id,)))
        world.wait()
    world.do(command)
    going = creation(table, "172.17.0.0/16", hop)
    world.refuses(going, errors.NextHopNotFound, resource_id=gateway.id)
    world.wait()
    assert not world.graph.routes


def test_a_route_leads_to_a_gateway_of_its_network():
    world = World(SOUTH)
    gateway = nat_gateway(world, world.subnet(), addresses=0)
    other = main_table(world, world.network())
    hop = NextHop(kind=HopKind.NAT_GATEWAY, id=gateway.id)
    world.refuses(creation(other, "172.16.0.0/16", hop), errors.NextHopNetworkMismatch)
    absent = NextHop(kind=HopKind.NAT_GATEWAY, id="absent")
    world.refuses(creation(other, "172.16.0.0/16", absent), errors.NextHopNotFound)
