"""Routes that are published beyond their network."""

import attrs
import pytest
from tests.core.builders import World
from tests.core.model.rules import NORTH, SOUTH
from tests.core.routes.build import CLOUD, creation, route, table

from duolect_core import errors
from duolect_core.routes.entries import DeleteRoutes, ModifyRoutes, ResetRoutes, RouteChange
from duolect_core.routes.publication import PublishRoutes, WithdrawRoutes
from duolect_core.routes.tables import DeleteRouteTable


def published(world, own, *targets):
    made = route(world, own)
    for target in targets or (CLOUD,):
        world.do(PublishRoutes(route_ids=(made.id,), target=target))
    return made


def test_a_route_is_published_once_to_each_target_and_withdrawn_from_it():
    world = World(NORTH)
    other = attrs.evolve(CLOUD, id="ecr-2")
    made = published(world, table(world), CLOUD, CLOUD, other)
    assert made.published_to == (CLOUD, other)
    withdraw = WithdrawRoutes(route_ids=(made.id,), target=CLOUD)
    world.do(withdraw)
    assert made.published_to == (other,)
    world.refuses(withdraw, errors.RouteNotPublished, route_id=made.id)


@pytest.mark.parametrize("command", [PublishRoutes, WithdrawRoutes])
def test_routes_that_are_published_are_there_and_at_rest(command):
    world = World(NORTH)
    own = table(world)
    world.refuses(command(route_ids=("absent",), target=CLOUD), errors.RouteNotFound)
    (made,) = world.do(creation(own))
    world.refuses(command(route_ids=(made.id,), target=CLOUD), errors.RouteBusy)


def test_a_route_without_effect_is_not_published():
    world = World(NORTH)
    made = route(world, table(world), enabled=False)
    world.refuses(PublishRoutes(route_ids=(made.id,), target=CLOUD), errors.RouteHasNoEffect)


def test_all_are_published_or_none():
    world = World(NORTH)
    made = route(world, table(world))
    world.refuses(PublishRoutes(route_ids=(made.id, "absent"), target=CLOUD), errors.RouteNotFound)
    assert made.published_to == ()


def test_a_published_route_stays_where_the_cloud_wants_it_withdrawn_first():
    world = World(SOUTH)
    own = table(world)
    made = published(world, own)
    disable = ModifyRoutes((RouteChange(route_id=made.id, enabled=False),))
    for command in (
        DeleteRoutes((made.id,)),
        disable,
        ResetRoutes(table_id=own.id, name="n", routes=()),
    ):
        world.refuses(command, errors.RoutePublished, route_id=made.id)
    world.do(ModifyRoutes((RouteChange(route_id=made.id, description="d"),)))
    world.do(WithdrawRoutes(route_ids=(made.id,), target=CLOUD))
    world.do(disable)
    world.do(published(world, own) and DeleteRouteTable(own.id))


def test_a_published_route_goes_where_the_cloud_does_not_care():
    world = World(NORTH)
    made = published(world, table(world))
    world.do(DeleteRoutes((made.id,)))
    world.wait()
    assert not world.graph.routes
