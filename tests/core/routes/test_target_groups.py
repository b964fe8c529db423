"""Groups of route targets: their life, which member takes the packets, and what they hold."""

import pytest
from tests.core.builders import World
from tests.core.model.rules import NORTH, SOUTH, STEPS
from tests.core.routes.build import MEMBERS, creation, member, route, table, target_group

from duolect_core import errors
from duolect_core.model.lifecycles import ServiceState
from duolect_core.model.routes import HopKind, NextHop
from duolect_core.networks.deletion import DeleteNetwork
from duolect_core.routes.entries import DeleteRoutes
from duolect_core.routes.target_groups import (
    CreateRouteTargetGroup,
    DeleteRouteTargetGroup,
    ModifyRouteTargetGroup,
    SwitchRouteTarget,
)


def leading_to(group):
    return NextHop(kind=HopKind.ROUTE_TARGET_GROUP, id=group.id)


def test_a_group_comes_and_goes_in_its_time():
    world = World(NORTH)
    network = world.network()
    group = world.do(CreateRouteTargetGroup(network_id=network.id, members=MEMBERS))
    assert group.state is ServiceState.PENDING
    world.wait(STEPS.change_target_group - 1)
    world.refuses(DeleteRouteTargetGroup(group.id), errors.RouteTargetGroupBusy, group_id=group.id)
    world.wait(1)
    assert (group.state, group.active()) == (ServiceState.AVAILABLE, MEMBERS[0])
    world.do(DeleteRouteTargetGroup(group.id))
    assert group.state is ServiceState.DELETING
    world.wait(STEPS.change_target_group)
    assert group.state is ServiceState.GONE
    assert not world.graph.route_target_groups


def test_a_group_is_there_at_once_where_the_cloud_takes_no_time():
    world = World(SOUTH)
    group = world.do(CreateRouteTargetGroup(network_id=world.network().id, members=MEMBERS))
    assert group.state is ServiceState.AVAILABLE
    world.do(SwitchRouteTarget(group.id))
    assert group.active() == MEMBERS[1]
    world.do(ModifyRouteTargetGroup(group_id=group.id, name="n"))
    assert (group.name, group.state) == ("n", ServiceState.AVAILABLE)
    world.do(DeleteRouteTargetGroup(group.id))
    assert group.state is ServiceState.GONE


def test_the_other_member_takes_the_packets_once_the_group_is_switched_and_back():
    world = World(NORTH)
    group = target_group(world)
    for switched in (True, False):
        world.do(SwitchRouteTarget(group.id))
        assert (group.state, group.switching, group.switched) == (
            ServiceState.MODIFYING,
            True,
            not switched,
        )
        world.wait(STEPS.change_target_group)
        assert (group.state, group.switching) == (ServiceState.AVAILABLE, False)
        assert group.switched is switched
        assert group.active() == MEMBERS[switched]


def test_only_the_member_that_stands_by_gives_its_place_to_another():
    world = World(NORTH)
    group = target_group(world)
    other = (MEMBERS[0], member("ep-3", 0))
    world.do(ModifyRouteTargetGroup(group_id=group.id, members=other))
    world.wait(STEPS.change_target_group)
    assert group.members == other
    assert list(world.graph.route_target_groups_by_member.ids("ep-3")) == [group.id]
    assert not world.graph.route_target_groups_by_member.ids("ep-2")
    taking = (member("ep-4", 100), other[1])
    command = ModifyRouteTargetGroup(group_id=group.id, members=taking)
    world.refuses(command, errors.RouteTargetActive, member_id="ep-1")
    world.do(SwitchRouteTarget(group.id))
    world.wait(STEPS.change_target_group)
    world.do(command)
    assert group.members == taking


@pytest.mark.parametrize("weights", [(0, 0), (50, 0), (100,)])
def test_members_keep_their_weights(weights):
    world = World(NORTH)
    group = target_group(world)
    members = tuple(member(f"ep-{place}", weight) for place, weight in enumerate(weights))
    command = ModifyRouteTargetGroup(group_id=group.id, members=members)
    world.refuses(command, errors.RouteTargetWeightFixed, group_id=group.id)


def test_a_group_is_created_in_a_network_that_is_there():
    world = World(NORTH)
    create = CreateRouteTargetGroup(network_id="absent", members=MEMBERS)
    world.refuses(create, errors.NetworkNotFound)
    alike = (member("a", 1), member("b", 1))
    create = CreateRouteTargetGroup(network_id=world.network().id, members=alike)
    world.refuses(create, errors.RouteTargetWeightFixed)


def test_what_is_said_in_extras_alone_changes_at_once():
    world = World(NORTH)
    group = target_group(world)
    world.do(ModifyRouteTargetGroup(group_id=group.id, extras={"x": 1}))
    assert (group.extras, group.state) == ({"x": 1}, ServiceState.AVAILABLE)
    world.do(ModifyRouteTargetGroup(group_id=group.id, description="d"))
    assert (group.description, group.state) == ("d", ServiceState.MODIFYING)


def test_a_route_keeps_its_group():
    world = World(NORTH)
    network = world.network()
    own, group = table(world, network), target_group(world, network)
    made = route(world, own, "172.16.0.0/16", leading_to(group))
    delete = DeleteRouteTargetGroup(group.id)
    world.refuses(delete, errors.RouteTargetGroupHoldsRoutes, held_by=made.id)
    world.do(DeleteRoutes((made.id,)))
    world.wait()
    world.do(delete)
    world.refuses(creation(own, "172.16.0.0/16", leading_to(group)), errors.NextHopNotFound)


def test_a_route_leads_to_a_group_of_its_own_network():
    world = World(NORTH)
    own, group = table(world), target_group(world)
    world.refuses(creation(own, "172.16.0.0/16", leading_to(group)), errors.NextHopNetworkMismatch)
    late = world.do(CreateRouteTargetGroup(network_id=own.network_id, members=MEMBERS))
    world.refuses(creation(own, "172.16.0.0/16", leading_to(late)), errors.NextHopNotFound)


def test_a_group_keeps_its_network():
    world = World(NORTH)
    network = world.network()
    group = target_group(world, network)
    world.refuses(DeleteNetwork(network.id), errors.NetworkHoldsRouteTargetGroups, held_by=group.id)
