"""IPv4 and IPv6 gateways: created, enabled, given route tables, deleted."""

from ipaddress import IPv4Network, IPv6Network

import pytest
from tests.core.builders import World
from tests.core.model.rules import BOTH, NORTH, SOUTH, STEPS, limited
from tests.core.networks.gateways import (
    IPV4,
    IPV6,
    associated,
    gateway_table,
    ipv4_gateway,
    ipv6_gateway,
    kind_of,
)
from tests.core.routes.build import creation, table

from duolect_core import errors
from duolect_core.engine.command_fault import CommandFault
from duolect_core.model.lifecycles import RouteState, ServiceState
from duolect_core.model.resources import OperationKind
from duolect_core.model.routes import HopKind, NextHop
from duolect_core.networks.changes import ModifyNetwork, TakeNetworkIpv6
from duolect_core.networks.deletion import DeleteNetwork
from duolect_core.networks.gateways.lifecycle import (
    CreateIpv4Gateway,
    CreateIpv6Gateway,
    DeleteGateway,
    EnableIpv4Gateway,
    ModifyGateway,
)
from duolect_core.networks.gateways.route_tables import AssociateGatewayTable, DisassociateGatewayTable
from duolect_core.routes.entries import DeleteRoutes
from duolect_core.routes.tables import AssociateRouteTable, DeleteRouteTable

EVERYWHERE = IPv4Network("0.0.0.0/0")
EACH = pytest.mark.parametrize("make", [ipv4_gateway, ipv6_gateway])
CREATE = {ipv4_gateway: CreateIpv4Gateway, ipv6_gateway: CreateIpv6Gateway}


def route_to(world, gateway, block="172.16.0.0/16"):
    kind = HopKind.IPV4_GATEWAY if kind_of(gateway) is IPV4 else HopKind.IPV6_GATEWAY
    main = world.graph.route_tables[world.graph.networks[gateway.network_id].route_table_id]
    (route,) = world.do(creation(main, block, NextHop(kind=kind, id=gateway.id)))
    world.wait()
    return route


def delete(gateway):
    return DeleteGateway(kind=kind_of(gateway), gateway_id=gateway.id)


@BOTH
@EACH
def test_a_network_has_one_gateway_of_a_kind(rules, make):
    world = World(rules)
    network = world.network(ipv6=True)
    command = CREATE[make](network_id=network.id, name="n", tags={"k": "v"}, extras={"x": 1})
    gateway = world.do(command)
    late = rules.provision_is_asynchronous
    assert gateway.state is (ServiceState.PENDING if late else ServiceState.AVAILABLE)
    assert (gateway.name, gateway.tags, gateway.extras) == ("n", {"k": "v"}, {"x": 1})
    assert world.graph.gateways_of_network(network.id) == [gateway]
    if late:
        assert next(reversed(world.graph.operations.values())).kind is OperationKind.CREATE_GATEWAY
        busy = errors.Ipv4GatewayBusy if kind_of(gateway) is IPV4 else errors.Ipv6GatewayBusy
        world.refuses(delete(gateway), busy, gateway_id=gateway.id, state="pending")
        world.wait(STEPS.change_gateway)
        assert gateway.state is ServiceState.AVAILABLE
    world.refuses(command, errors.NetworkHasGateway, network_id=network.id, gateway_id=gateway.id)


@EACH
def test_a_gateway_needs_a_network_that_is_there(make):
    world = World(limited(NORTH, tags_per_resource=0))
    network = world.network(ipv6=True)
    tagged = CREATE[make](network_id=network.id, tags={"k": "v"})
    world.refuses(tagged, errors.TagQuotaExceeded)
    world.do(DeleteNetwork(network.id))
    world.refuses(CREATE[make](network_id=network.id), errors.NetworkBusy)
    world.refuses(CREATE[make](network_id="absent"), errors.NetworkNotFound, resource_id="absent")


def test_an_ipv6_gateway_needs_ipv6_and_keeps_it():
    world = World(SOUTH)
    plain = world.network()
    world.refuses(CreateIpv6Gateway(network_id=plain.id), errors.NetworkIpv6Disabled, network_id=plain.id)
    gateway = ipv6_gateway(world)
    for command in (
        ModifyNetwork(network_id=gateway.network_id, ipv6=False),
        TakeNetworkIpv6(gateway.network_id),
    ):
        world.refuses(command, errors.NetworkHoldsGateways, held_by=gateway.id)


@BOTH
def test_an_ipv6_gateway_brings_a_route_and_takes_it_along(rules):
    world = World(rules)
    gateway = ipv6_gateway(world)
    route = world.graph.routes[gateway.route_id]
    assert (route.block, route.hops[0].id) == (IPv6Network("::/0"), gateway.id)
    assert route.hops[0].label == rules.ipv6_gateway_label
    other = route_to(world, gateway, "2001:db8:f::/64")
    world.do(delete(gateway))
    if rules.provision_is_asynchronous:
        assert {route.state, other.state} == {RouteState.DELETING}
        world.wait(STEPS.change_gateway)
    assert gateway.state is ServiceState.GONE
    assert world.graph.routes == {}


def test_an_ipv6_gateway_does_not_compete_with_a_route_that_is_there():
    world = World(SOUTH)
    network = world.network(ipv6=True)
    main = world.graph.route_tables[network.route_table_id]
    (there,) = world.do(creation(main, "::/0"))
    gateway = ipv6_gateway(world, network)
    assert gateway.route_id is None
    assert list(world.graph.routes) == [there.id]


def test_an_ipv6_gateway_needs_room_for_its_route():
    world = World(limited(NORTH, routes_per_table=0))
    network = world.network(ipv6=True)
    world.refuses(
        CreateIpv6Gateway(network_id=network.id),
        errors.RouteQuotaExceeded,
        resource_id=network.route_table_id,
    )


def test_a_route_under_way_keeps_an_ipv6_gateway():
    world = World(NORTH)
    gateway = ipv6_gateway(world)
    world.do(DeleteRoutes((gateway.route_id,)))
    world.refuses(delete(gateway), errors.RouteBusy, route_id=gateway.route_id)


@BOTH
def test_an_ipv4_gateway_is_enabled_once_and_routes_what_was_named(rules):
    world = World(rules)
    gateway = ipv4_gateway(world)
    network = world.graph.networks[gateway.network_id]
    own, gone = table(world, network), table(world, network)
    command = EnableIpv4Gateway(gateway_id=gateway.id, table_ids=(own.id, gone.id, own.id))
    assert world.do(command) is gateway
    if rules.provision_is_asynchronous:
        assert (gateway.state, gateway.enabling, gateway.enabled) == (ServiceState.MODIFYING, True, False)
        world.do(DeleteRouteTable(gone.id))
        world.wait()
    assert (gateway.enabled, gateway.enabling, gateway.routed_table_ids) == (True, False, ())
    (route,) = world.graph.routes_to(own.id, EVERYWHERE)
    assert (route.hops[0].id, route.hops[0].label) == (gateway.id, rules.ipv4_gateway_label)
    world.refuses(command, errors.GatewayEnabled, gateway_id=gateway.id)


def test_what_is_routed_by_a_gateway_must_be_there_and_free():
    world = World(limited(SOUTH, routes_per_table=1))
    gateway = ipv4_gateway(world)
    network = world.graph.networks[gateway.network_id]
    own, full = table(world, network), table(world, network)
    world.do(creation(own, "0.0.0.0/0"))
    world.do(creation(full, "172.16.0.0/16"))
    enable = lambda each: EnableIpv4Gateway(gateway_id=gateway.id, table_ids=(each,))  # noqa: E731
    world.refuses(enable("absent"), errors.RouteTableNotFound)
    world.refuses(enable(own.id), errors.TableLeadsEverywhere, table_id=own.id)
    world.refuses(enable(full.id), errors.RouteQuotaExceeded, resource_id=full.id)
    world.refuses(enable(gateway_table(world, network).id), errors.RouteTableForGateways)
    world.refuses(enable(table(world).id), errors.GatewayTableMismatch, resource_id=gateway.id)
    world.refuses(EnableIpv4Gateway(gateway_id="absent"), errors.Ipv4GatewayNotFound)


@EACH
def test_a_gateway_is_renamed_and_described_anew(make):
    world = World(NORTH)
    gateway = make(world)
    world.do(ModifyGateway(kind=kind_of(gateway), gateway_id=gateway.id, name="n"))
    world.do(ModifyGateway(kind=kind_of(gateway), gateway_id=gateway.id, description="d"))
    assert (gateway.name, gateway.description) == ("n", "d")
    for kind, error in ((IPV4, errors.Ipv4GatewayNotFound), (IPV6, errors.Ipv6GatewayNotFound)):
        world.refuses(ModifyGateway(kind=kind, gateway_id="absent"), error, resource_id="absent")


@BOTH
def test_routes_hold_an_ipv4_gateway_where_the_cloud_has_it_so(rules):
    world = World(rules)
    gateway = ipv4_gateway(world)
    route = route_to(world, gateway)
    if rules.routes_hold:
        world.refuses(delete(gateway), errors.GatewayHoldsRoutes, resource_id=gateway.id, held_by=route.id)
        world.do(DeleteRoutes((route.id,)))
        world.wait()
    world.do(delete(gateway))
    world.wait()
    assert world.graph.ipv4_gateways == {}
    assert world.graph.routes == {}


def test_a_gateway_that_could_not_be_deleted_stays():
    world = World(NORTH)
    gateway = ipv4_gateway(world)
    world.do(delete(gateway), command_fault=CommandFault(fails=True))
    assert gateway.state is ServiceState.DELETING
    world.wait()
    assert gateway.state is ServiceState.AVAILABLE


def test_a_next_hop_that_is_a_gateway_must_be_there_in_the_network_of_the_table():
    world = World(NORTH)
    gateway = ipv4_gateway(world)
    own = table(world)
    hop = lambda kind, name: creation(own, "172.16.0.0/16", NextHop(kind=kind, id=name))  # noqa: E731
    world.refuses(hop(HopKind.IPV4_GATEWAY, "absent"), errors.Ipv4GatewayNotFound)
    world.refuses(hop(HopKind.IPV6_GATEWAY, "absent"), errors.Ipv6GatewayNotFound)
    world.refuses(hop(HopKind.IPV4_GATEWAY, gateway.id), errors.GatewayTableMismatch, other_id=own.id)
    world.do(delete(gateway))
    world.refuses(hop(HopKind.IPV4_GATEWAY, gateway.id), errors.Ipv4GatewayBusy, state="deleting")


# -- route tables for gateways ---------------------------------------------------------------------------


@BOTH
@EACH
def test_a_route_table_for_gateways_is_associated_with_one(rules, make):
    world = World(rules)
    network = world.network(ipv6=True)
    gateway = make(world, network) if make is ipv6_gateway else make(world, network, enabled=True)
    own, other = gateway_table(world, network), gateway_table(world, network)
    names = {"kind": kind_of(gateway), "gateway_id": gateway.id}
    assert world.do(AssociateGatewayTable(**names, table_id=own.id)) is gateway
    assert gateway.route_table_id == own.id
    if rules.provision_is_asynchronous:
        assert gateway.state is ServiceState.MODIFYING
        world.wait(STEPS.change_gateway)
    assert gateway.state is ServiceState.AVAILABLE
    again = AssociateGatewayTable(**names, table_id=other.id)
    world.refuses(again, errors.GatewayHasTable, gateway_id=gateway.id, table_id=own.id)
    world.refuses(delete(gateway), errors.GatewayHoldsTable, held_by=own.id)
    world.refuses(DeleteRouteTable(own.id), errors.RouteTableHoldsGateway, held_by=gateway.id)
    wrong = DisassociateGatewayTable(**names, table_id=other.id)
    world.refuses(wrong, errors.GatewayTableNotAssociated, table_id=other.id)
    world.do(DisassociateGatewayTable(**names, table_id=own.id))
    assert gateway.route_table_id == ""
    world.wait()
    world.do(DeleteRouteTable(own.id))


def test_a_gateway_and_its_route_table_fit():
    world = World(NORTH)
    network = world.network(ipv6=True)
    first, second = ipv4_gateway(world, network), ipv6_gateway(world, network)
    own, plain = gateway_table(world, network), table(world, network)
    join = lambda gateway, each: AssociateGatewayTable(  # noqa: E731
        kind=kind_of(gateway), gateway_id=gateway.id, table_id=each.id
    )
    world.refuses(join(first, own), errors.GatewayNotEnabled, gateway_id=first.id)
    world.refuses(join(second, plain), errors.RouteTableForSubnets, table_id=plain.id)
    leave = DisassociateGatewayTable(kind=IPV6, gateway_id=second.id, table_id=plain.id)
    world.refuses(leave, errors.RouteTableForSubnets, table_id=plain.id)
    world.refuses(
        join(second, gateway_table(world, world.network())),
        errors.GatewayTableMismatch,
        resource_id=second.id,
    )
    associated(world, second, own)
    world.do(EnableIpv4Gateway(gateway_id=first.id))
    world.wait()
    world.refuses(join(first, own), errors.RouteTableHasGateway, gateway_id=second.id)


def test_nobody_else_uses_a_route_table_for_gateways():
    world = World(NORTH)
    subnet = world.subnet()
    own = gateway_table(world, world.graph.networks[subnet.network_id])
    use = AssociateRouteTable(table_id=own.id, subnet_id=subnet.id)
    world.refuses(use, errors.RouteTableForGateways, table_id=own.id)
    world.refuses(creation(own, "172.16.0.0/16"), errors.RouteTableForGateways, table_id=own.id)


# -- the network -----------------------------------------------------------------------------------------


@BOTH
def test_gateways_hold_their_network_or_are_made_to_go_along(rules):
    world = World(rules)
    network = world.network(ipv6=True)
    first, second = ipv4_gateway(world, network), ipv6_gateway(world, network)
    world.refuses(DeleteNetwork(network.id), errors.NetworkHoldsGateways, held_by=first.id)
    route_to(world, first)
    world.do(DeleteNetwork(network.id, force=True))
    if rules.network_deletion_is_asynchronous:
        assert {first.state, second.state} == {ServiceState.DELETING}
        world.wait(STEPS.delete_network)
    assert {first.state, second.state} == {ServiceState.GONE}
    assert network.id not in world.graph.networks
    assert world.graph.routes == {}


def test_what_else_holds_a_network_holds_it_all_the_same():
    world = World(NORTH)
    network = world.network()
    gateway = ipv4_gateway(world, network)
    main = world.graph.route_tables[network.route_table_id]
    (route,) = world.do(creation(main, "172.16.0.0/16"))
    world.refuses(DeleteNetwork(network.id, force=True), errors.NetworkHoldsRoutes, held_by=route.id)
    world.wait()
    world.do(EnableIpv4Gateway(gateway_id=gateway.id))
    world.refuses(DeleteNetwork(network.id, force=True), errors.Ipv4GatewayBusy, gateway_id=gateway.id)
