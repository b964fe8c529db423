"""Routes: where they may lead, and what is done to them."""

from ipaddress import ip_network

import pytest
from tests.core.builders import World
from tests.core.model.rules import BOTH, NORTH, SOUTH, STEPS, limited
from tests.core.routes.build import GATEWAY, creation, main_table, route, table, wanted

from duolect_core import errors
from duolect_core.addressing.pools import format_ipv4
from duolect_core.engine.command_fault import CommandFault
from duolect_core.instances.creation import RunInstances
from duolect_core.instances.lifecycle import DeleteInstances
from duolect_core.model.lifecycles import InstanceState, RouteState
from duolect_core.model.routes import HopKind, NextHop
from duolect_core.networks.lifecycle import CreateSubnet
from duolect_core.routes.entries import (
    CreateRoutes,
    DeleteRoutes,
    ModifyRoutes,
    ResetRoutes,
    RouteChange,
)

OTHER = NextHop(kind=HopKind.ELSEWHERE, id="other", label="vpn")


def to(kind, name):
    return NextHop(kind=kind, id=name)


@BOTH
def test_routes_are_created_in_one_operation(rules):
    world = World(rules)
    own = table(world)
    command = CreateRoutes(routes=(wanted(own, name="a", description="d"), wanted(own, "2001:db8:f::/64")))
    one, other = world.do(command, operation_id="o")
    late = rules.provision_is_asynchronous
    assert one.state is other.state is (RouteState.PENDING if late else RouteState.AVAILABLE)
    assert (one.name, one.description, one.hops, str(one.block)) == ("a", "d", (GATEWAY,), "172.16.0.0/16")
    assert list(world.graph.routes_by_table.ids(own.id)) == [one.id, other.id]
    assert list(world.graph.routes_by_hop.ids("gateway")) == [one.id, other.id]
    if late:
        assert world.graph.operations["o"].resource_ids == (one.id, other.id)
        world.wait(STEPS.change_routes)
    assert one.state is other.state is RouteState.AVAILABLE


def test_a_route_needs_a_table_that_is_there():
    world = World(NORTH)
    world.refuses(creation("absent"), errors.RouteTableNotFound, resource_id="absent")


@pytest.mark.parametrize("block", ["100.64.0.0/10", "100.100.0.0/24"])
def test_no_route_leads_to_where_the_services_of_the_cloud_are(block):
    world = World(NORTH)
    world.refuses(creation(table(world), block), errors.RouteBlockInvalid, address=block)


def test_a_route_may_hold_the_range_of_the_services():
    world = World(NORTH)
    assert route(world, table(world), "100.0.0.0/8").state is RouteState.AVAILABLE


@BOTH
@pytest.mark.parametrize("block", ["10.0.0.0/24", "10.0.0.128/25", "2001:db8::/64"])
def test_no_route_leads_into_a_subnet(rules, block):
    world = World(rules)
    subnet = world.subnet(ipv6_index=0)
    block = str(subnet.ipv6_block) if ":" in block else block
    own = table(world, world.graph.networks[subnet.network_id])
    world.refuses(creation(own, block), errors.RouteBlockInNetwork, address=block)


def test_a_route_leads_into_the_network_beside_its_subnets_or_not():
    for rules in (NORTH, SOUTH):
        world = World(rules)
        subnet = world.subnet()
        own = table(world, world.graph.networks[subnet.network_id])
        if rules.routes_pass_network:
            assert route(world, own, "10.0.0.0/16")
            assert route(world, own, "10.0.7.0/24")
        else:
            world.refuses(creation(own, "10.0.7.0/24"), errors.RouteBlockInNetwork)
            ipv6 = world.network(ipv6=True)
            inside = creation(main_table(world, ipv6), str(ipv6.ipv6_block))
            world.refuses(inside, errors.RouteBlockInNetwork)


def test_a_subnet_gets_no_block_into_which_a_route_leads():
    world = World(NORTH)
    network = world.network()
    route(world, main_table(world, network), "10.0.7.0/24")
    place = {"network_id": network.id, "zone": "n1"}
    for block, refused in (("10.0.6.0/23", True), ("10.0.7.0/24", True), ("10.0.7.0/25", False)):
        command = CreateSubnet(block=ip_network(block), **place)
        if refused:
            world.refuses(command, errors.BlockOverlapsRoute, address=block)
        else:
            world.do(command)


@BOTH
def test_a_table_has_one_route_to_a_block(rules):
    world = World(rules)
    network = world.network()
    own = table(world, network)
    route(world, own)
    world.refuses(creation(own), errors.RouteBlockTaken, address="172.16.0.0/16")
    world.refuses(creation(own, "172.16.0.0/16", OTHER), errors.RouteHopsDiffer, address="172.16.0.0/16")
    twice = CreateRoutes(routes=(wanted(own, "172.17.0.0/16"), wanted(own, "172.17.0.0/16")))
    world.refuses(twice, errors.RouteBlockTaken, address="172.17.0.0/16")
    assert route(world, own, "172.16.0.0/16", OTHER, enabled=False).enabled is False
    assert route(world, main_table(world, network))


def test_a_table_has_so_many_routes():
    world = World(limited(SOUTH, routes_per_table=1))
    own = table(world)
    two = CreateRoutes(routes=(wanted(own), wanted(own, "172.17.0.0/16")))
    world.refuses(two, errors.RouteQuotaExceeded, resource_id=own.id, limit=1)
    route(world, own)
    world.refuses(creation(own, "172.17.0.0/16"), errors.RouteQuotaExceeded)
    reset = ResetRoutes(table_id=own.id, name="", routes=(wanted(own, "172.17.0.0/16"),))
    world.do(reset)
    both = ResetRoutes(table_id=own.id, name="", routes=two.routes)
    world.refuses(both, errors.RouteQuotaExceeded)


# -- next hops -----------------------------------------------------------------------------------------


@BOTH
def test_a_next_hop_is_in_the_network_of_the_table(rules):
    world = World(rules)
    subnet, far = world.subnet(), world.subnet()
    own = table(world, world.graph.networks[subnet.network_id])
    instance = world.instance(subnet)
    interface = world.interface(subnet)
    for place, hop in enumerate(
        (
            to(HopKind.INSTANCE, instance.id),
            to(HopKind.INTERFACE, interface.id),
            to(HopKind.ADDRESS, format_ipv4(interface.primary_ip)),
        )
    ):
        route(world, own, f"172.{16 + place}.0.0/16", hop)
    there = table(world, world.graph.networks[far.network_id])
    for hop in (to(HopKind.INSTANCE, instance.id), to(HopKind.INTERFACE, interface.id)):
        command = creation(there, "172.16.0.0/16", hop)
        world.refuses(command, errors.NextHopNetworkMismatch, resource_id=hop.id, other_id=there.id)
    for kind in (HopKind.INSTANCE, HopKind.INTERFACE, HopKind.ADDRESS):
        for name in ("absent", "10.0.0.200"):
            hop = to(kind, name)
            world.refuses(creation(there, "172.16.0.0/16", hop), errors.NextHopNotFound, resource_id=name)


def test_an_address_may_be_in_two_networks():
    world = World(SOUTH)
    here, there = world.subnet(), world.subnet()
    for subnet in (here, there):
        held = format_ipv4(world.interface(subnet).primary_ip)
        network = world.graph.networks[subnet.network_id]
        assert route(world, main_table(world, network), "172.16.0.0/16", to(HopKind.ADDRESS, held))


def test_a_route_holds_the_instance_that_it_leads_to_or_not():
    for rules in (NORTH, SOUTH):
        world = World(rules)
        subnet = world.subnet()
        instance = world.instance(subnet)
        own = table(world, world.graph.networks[subnet.network_id])
        led = route(world, own, "172.16.0.0/16", to(HopKind.INSTANCE, instance.id))
        command = DeleteInstances(instance_ids=(instance.id,), force=True)
        if rules.routes_hold:
            world.refuses(command, errors.InstanceHoldsRoutes, resource_id=instance.id, held_by=led.id)
            world.do(DeleteRoutes((led.id,)))
            world.wait()
        world.do(command)
        world.wait()
        assert (led.id in world.graph.routes) is not rules.routes_hold


def test_no_route_leads_to_an_instance_that_is_about_to_go_and_would_be_held():
    for rules in (NORTH, SOUTH):
        world = World(rules)
        subnet = world.subnet()
        instance = world.instance(subnet)
        own = table(world, world.graph.networks[subnet.network_id])
        world.do(DeleteInstances(instance_ids=(instance.id,), force=True))
        assert instance.state is InstanceState.DELETING
        command = creation(own, "172.16.0.0/16", to(HopKind.INSTANCE, instance.id))
        if rules.routes_hold:
            world.refuses(command, errors.NextHopNotFound, resource_id=instance.id)
        else:
            assert world.do(command)
        world.wait()
        assert instance.id not in world.graph.instances


def test_no_route_leads_to_an_instance_that_may_never_come_and_would_be_held():
    for rules in (NORTH, SOUTH):
        world = World(rules)
        subnet = world.subnet()
        own = table(world, world.graph.networks[subnet.network_id])
        groups = world.default_groups(subnet)
        run = RunInstances(type_name="large", subnet_id=subnet.id, names=("one",), group_ids=groups)
        (instance,) = world.do(run)
        assert instance.state is InstanceState.PENDING
        command = creation(own, "172.16.0.0/16", to(HopKind.INSTANCE, instance.id))
        if rules.routes_hold:
            world.refuses(command, errors.NextHopNotFound, resource_id=instance.id)
        else:
            assert world.do(command)
        world.wait()
        assert instance.state is InstanceState.RUNNING


# -- one after another ---------------------------------------------------------------------------------


def test_routes_of_a_network_come_one_after_another_or_not():
    for rules in (NORTH, SOUTH):
        world = World(rules)
        subnet = world.subnet()
        network = world.graph.networks[subnet.network_id]
        own = table(world, network)
        ready = route(world, own, "172.20.0.0/16")
        (first,) = world.do(creation(own))
        others = (
            creation(main_table(world, network)),
            DeleteRoutes((ready.id,)),
            ModifyRoutes((RouteChange(route_id=ready.id, hops=(OTHER,)),)),
        )
        for command in others:
            if rules.routes_one_by_one:
                world.refuses(command, errors.RouteBusy, route_id=first.id)
            else:
                world.partition.check(command, world.at)
        if rules.routes_one_by_one:
            world.do(ModifyRoutes((RouteChange(route_id=ready.id, name="n"),)))
            assert (ready.name, ready.state) == ("n", RouteState.AVAILABLE)
            world.wait()
            coming = world.do(
                CreateSubnet(network_id=network.id, zone="n1", block=ip_network("10.0.1.0/24"))
            )
            for command in others:
                world.refuses(command, errors.SubnetBusy, subnet_id=coming.id)


# -- changing, resetting, deleting ---------------------------------------------------------------------


@BOTH
def test_a_route_leads_elsewhere(rules):
    world = World(rules)
    own = table(world)
    led = route(world, own)
    change = RouteChange(route_id=led.id, hops=(OTHER,), block=ip_network("172.17.0.0/16"), description="d")
    assert world.do(ModifyRoutes((change,))) == (led,)
    late = rules.provision_is_asynchronous
    assert led.state is (RouteState.MODIFYING if late else RouteState.AVAILABLE)
    assert (led.hops, str(led.block), led.description) == ((OTHER,), "172.17.0.0/16", "d")
    assert list(world.graph.routes_to(own.id, ip_network("172.16.0.0/16"))) == []
    assert list(world.graph.routes_to(own.id, led.block)) == [led]
    if late:
        again = ModifyRoutes((RouteChange(route_id=led.id, name="n"),))
        world.refuses(again, errors.RouteBusy, route_id=led.id)
        world.wait(STEPS.change_routes)
    assert led.state is RouteState.AVAILABLE
    world.refuses(ModifyRoutes((RouteChange(route_id="absent"),)), errors.RouteNotFound)


def test_two_routes_exchange_their_blocks():
    world = World(SOUTH)
    own = table(world)
    one, other = route(world, own), route(world, own, "172.17.0.0/16")
    world.refuses(ModifyRoutes((RouteChange(route_id=one.id, block=other.block),)), errors.RouteBlockTaken)
    exchange = ModifyRoutes(
        (
            RouteChange(route_id=one.id, block=other.block),
            RouteChange(route_id=other.id, block=one.block),
        )
    )
    world.do(exchange)
    assert (str(one.block), str(other.block)) == ("172.17.0.0/16", "172.16.0.0/16")


def test_a_disabled_route_makes_room_and_comes_back_only_where_there_is_room():
    world = World(SOUTH)
    own = table(world)
    one = route(world, own)
    world.do(ModifyRoutes((RouteChange(route_id=one.id, enabled=False),)))
    route(world, own, "172.16.0.0/16", OTHER)
    back = ModifyRoutes((RouteChange(route_id=one.id, enabled=True),))
    world.refuses(back, errors.RouteHopsDiffer, address="172.16.0.0/16")


@BOTH
def test_the_routes_of_a_table_are_reset(rules):
    world = World(rules)
    own = table(world, name="before")
    old = route(world, own)
    command = ResetRoutes(table_id=own.id, name="after", routes=(wanted(own), wanted(own, "0.0.0.0/0")))
    new = world.do(command)
    assert (old.state, own.name) == (RouteState.GONE, "after")
    assert list(world.graph.routes) == [each.id for each in new]
    world.wait()
    inside = ResetRoutes(table_id=own.id, name="", routes=(wanted(own), wanted(own)))
    world.refuses(inside, errors.RouteBlockTaken)
    absent = ResetRoutes(table_id="absent", name="", routes=())
    world.refuses(absent, errors.RouteTableNotFound)


def test_routes_under_way_are_not_reset():
    world = World(NORTH)
    own = table(world)
    (coming,) = world.do(creation(own))
    world.refuses(ResetRoutes(table_id=own.id, name="", routes=()), errors.RouteBusy, route_id=coming.id)


@BOTH
def test_routes_are_deleted_all_or_none(rules):
    world = World(rules)
    own = table(world)
    one, other = route(world, own), route(world, own, "172.17.0.0/16")
    world.refuses(DeleteRoutes((one.id, "absent")), errors.RouteNotFound, resource_id="absent")
    assert world.do(DeleteRoutes((one.id, other.id, one.id))) == (one, other)
    if rules.provision_is_asynchronous:
        assert one.state is other.state is RouteState.DELETING
        world.refuses(DeleteRoutes((one.id,)), errors.RouteBusy, route_id=one.id)
        world.wait(STEPS.change_routes)
    assert one.state is other.state is RouteState.GONE
    assert world.graph.routes == {}


def test_a_deletion_that_fails_leaves_the_route():
    world = World(NORTH)
    led = route(world, table(world))
    world.do(DeleteRoutes((led.id,)), command_fault=CommandFault(fails=True))
    world.wait()
    assert led.state is RouteState.AVAILABLE
