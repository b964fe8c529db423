"""Routes that lead to lists: what they lead to, and what becomes of them as the lists change."""

import pytest
from tests.core.builders import World
from tests.core.model.rules import NORTH, STEPS, limited
from tests.core.nat_gateways.build import creating
from tests.core.routes.build import creation, table
from tests.core.security_groups.listed import block, created

from duolect_core import errors
from duolect_core.model.lifecycles import ServiceState
from duolect_core.model.routes import HopKind, ListedBlocks, NextHop, blocks_of
from duolect_core.model.rules import ResourceKind
from duolect_core.networks.gateways.lifecycle import (
    CreateIpv4Gateway,
    CreateIpv6Gateway,
    EnableIpv4Gateway,
)
from duolect_core.routes.entries import Course, CreateRoutes, DeleteRoutes, DeployRouteList, NewRoute
from duolect_core.security_groups.lists.lifecycle import DeleteList, ModifyList

KIND = ResourceKind.ROUTE_LIST
HOP = NextHop(kind=HopKind.ELSEWHERE, id="gateway")


def leading(own, listed, *hops):
    course = Course(table_id=own.id, block=ListedBlocks(listed.id, 4), hops=hops or (HOP,))
    return CreateRoutes(routes=(NewRoute(course=course),))


def listed_route(world, *texts, **more):
    """Return a table, a list, and the route of the table to it."""
    own = table(world)
    listed = created(world, KIND, *map(block, texts), version=4, **more)
    (route,) = world.do(leading(own, listed))
    world.wait()
    return own, listed, route


def effective(route):
    return list(map(str, blocks_of(route.block)))


def test_a_route_to_a_list_leads_to_its_blocks():
    world = World(NORTH)
    own, listed, route = listed_route(world, "172.16.0.0/16", "172.17.0.0/16")
    assert (str(route.block), route.block.version) == (listed.id, 4)
    assert effective(route) == ["172.16.0.0/16", "172.17.0.0/16"]
    assert list(world.graph.routes_to(own.id, route.block)) == [route]
    assert list(world.graph.routes_to(own.id, blocks_of(route.block)[0])) == []
    assert list(world.graph.routes_by_list.ids(listed.id)) == [route.id]


def test_a_list_stays_as_long_as_a_route_leads_to_it():
    world = World(NORTH)
    _, listed, route = listed_route(world)
    deletion = DeleteList(kind=KIND, list_id=listed.id)
    world.refuses(deletion, errors.ListNamedByRoute, held_by=route.id)
    world.do(DeleteRoutes((route.id,)))
    world.wait()
    world.do(deletion)
    world.wait(STEPS.change_list)
    assert listed.state is ServiceState.GONE


def test_two_routes_do_not_lead_the_same_packets():
    world = World(NORTH)
    own, listed, _ = listed_route(world, "172.16.0.0/16")
    world.refuses(leading(own, listed), errors.RouteListTaken, list_id=listed.id)
    world.refuses(creation(own, "172.16.0.0/16"), errors.RouteBlockListed, address="172.16.0.0/16")
    other = created(world, KIND, block("172.16.0.0/16"), version=4)
    world.refuses(leading(own, other), errors.RouteBlockListed)
    world.do(creation(own, "172.18.0.0/16", HOP))
    world.wait()
    taken = created(world, KIND, block("172.18.0.0/16"), version=4)
    world.refuses(leading(own, taken), errors.RouteBlockTaken)
    world.refuses(leading(own, taken, NextHop(kind=HopKind.ELSEWHERE, id="b")), errors.RouteHopsDiffer)
    own_block = created(world, KIND, block("100.64.0.0/16"), version=4)
    world.refuses(leading(own, own_block), errors.RouteBlockInvalid)


def test_a_route_leads_to_a_list_that_is_there_and_at_rest():
    world = World(NORTH)
    own, listed = table(world), created(world, KIND)
    world.do(ModifyList(kind=KIND, list_id=listed.id, add=(block("172.16.0.0/16"),)))
    world.refuses(leading(own, listed), errors.ListBusy)
    world.wait(STEPS.change_list)
    world.do(DeleteList(kind=KIND, list_id=listed.id))
    world.wait(STEPS.change_list)
    world.refuses(leading(own, listed), errors.RouteListNotFound)


def test_a_route_counts_as_its_list_has_room():
    world = World(limited(NORTH, routes_per_table=3))
    own, listed, _ = listed_route(world, capacity=2)
    world.do(creation(own, "172.16.0.0/16"))
    world.wait()
    world.refuses(creation(own, "172.17.0.0/16"), errors.RouteQuotaExceeded, limit=3)
    larger = ModifyList(kind=KIND, list_id=listed.id, capacity=3)
    world.refuses(larger, errors.RouteQuotaExceeded, resource_id=own.id)


def test_a_change_is_deployed_at_its_end():
    world = World(NORTH)
    _, listed, route = listed_route(world, "172.16.0.0/16")
    world.do(ModifyList(kind=KIND, list_id=listed.id, add=(block("172.17.0.0/16"),)))
    assert effective(route) == ["172.16.0.0/16"]
    world.wait(STEPS.change_list)
    assert effective(route) == ["172.16.0.0/16", "172.17.0.0/16"]


@pytest.mark.parametrize("by_list", [True, False])
def test_a_change_that_does_not_fit_has_no_effect_until_it_does(by_list):
    world = World(NORTH)
    own, listed, route = listed_route(world, "172.16.0.0/16")
    (other,) = world.do(creation(own, "172.17.0.0/16"))
    world.wait()
    world.do(ModifyList(kind=KIND, list_id=listed.id, add=(block("172.17.0.0/16"), block("172.18.0.0/16"))))
    world.wait(STEPS.change_list)
    deployment = DeployRouteList(list_id=listed.id, table_id=own.id)
    world.do(deployment)
    assert effective(route) == ["172.16.0.0/16"]
    if by_list:
        world.do(ModifyList(kind=KIND, list_id=listed.id, remove=(block("172.17.0.0/16"),)))
        world.wait(STEPS.change_list)
        assert effective(route) == ["172.16.0.0/16", "172.18.0.0/16"]
    else:
        world.do(DeleteRoutes((other.id,)))
        world.wait()
        assert world.do(deployment) is route
        assert effective(route) == ["172.16.0.0/16", "172.17.0.0/16", "172.18.0.0/16"]


def test_a_list_is_deployed_where_a_route_leads_to_it():
    world = World(NORTH)
    own, listed = table(world), created(world, KIND)
    absent = DeployRouteList(list_id=listed.id, table_id=own.id)
    world.refuses(absent, errors.RouteListNotAssociated)
    world.refuses(DeployRouteList(list_id=listed.id, table_id="absent"), errors.RouteTableNotFound)
    world.refuses(DeployRouteList(list_id="absent", table_id=own.id), errors.RouteListNotFound)


def test_no_gateway_brings_a_route_to_a_table_that_a_list_fills():
    world = World(limited(NORTH, routes_per_table=2))
    network = world.network(ipv6=True)
    main = world.graph.route_tables[network.route_table_id]
    first = world.do(CreateIpv4Gateway(network_id=network.id))
    world.do(leading(main, created(world, KIND, version=4, capacity=2)))
    world.wait()
    for command in (
        CreateIpv6Gateway(network_id=network.id),
        EnableIpv4Gateway(gateway_id=first.id, table_ids=(main.id,)),
        creating(world.subnet(network=network), routes_default=True),
    ):
        world.refuses(command, errors.RouteQuotaExceeded, resource_id=main.id, limit=2)
