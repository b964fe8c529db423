"""What a describe action's parameters narrow its result to."""

from tests.core.builders import World
from tests.core.model.rules import NORTH

from duolect_core.graph.queries import select
from duolect_core.model.resources import InterfaceKind
from duolect_dialects.selecting import Criteria


def without_primaries(world, group_id):
    criteria = Criteria(world.graph)
    criteria.by_tested(
        world.graph.interfaces_by_group,
        group_id,
        lambda found: found.kind is not InterfaceKind.PRIMARY,
        world.graph.group_primaries,
    )
    return criteria


def test_what_an_index_has_is_counted_without_a_look_at_what_does_not_pass():
    world = World(NORTH)
    subnet = world.subnet()
    (group_id,) = world.default_groups(subnet)
    world.instances(subnet, ("a", "b"))
    first, second = world.interface(subnet), world.interface(subnet)
    criteria = without_primaries(world, group_id)
    page = select(world.graph.interfaces, criteria.selection, limit=1)
    assert (page.items, page.total) == ([second], 2)
    assert criteria.selection.total == 2
    criteria.ids([first.id])
    assert criteria.selection.total is None
    assert select(world.graph.interfaces, criteria.selection).items == [first]


def test_a_parameter_that_was_not_given_narrows_nothing():
    world = World(NORTH)
    world.interface(world.subnet())
    assert select(world.graph.interfaces, without_primaries(world, None).selection).total == 1
