"""What a describe action's parameters narrow its result to."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.builders import World
from tests.core.model.rules import NORTH

from duolect_core.graph.queries import select
from duolect_core.interfaces.lifecycle import DeleteInterface
from duolect_core.interfaces.modify import ModifyInterface
from duolect_core.model.resources import InterfaceKind
from duolect_dialects import selecting
from duolect_dialects.selecting import Criteria

NAMES = ("", "web", "web-1", "Web-1", "db-web")


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


@pytest.mark.parametrize("few", [-1, 0, 3, 100])
def test_by_name_is_found_what_a_scan_finds(few, monkeypatch):
    monkeypatch.setattr(selecting, "_FEW", few)

    @settings(deadline=None, max_examples=25)
    @given(
        steps=st.lists(st.tuples(st.sampled_from("ccrda"), st.integers(0, 99), st.sampled_from(NAMES))),
        parts=st.lists(st.sampled_from(["", "w", "web", "b-w", "web-1", "absent"]), min_size=1, max_size=2),
        limit=st.sampled_from([1, 3, None]),
    )
    def check(steps, parts, limit):
        world = World(NORTH)
        subnets = world.subnet(), world.subnet(block="10.0.7.0/24")
        table = world.graph.interfaces
        for step, pick, name in [*steps, ("a", 0, "web")]:
            chosen = [*table][pick % len(table)] if table else ""
            if step == "c":
                world.interface(subnets[pick % 2], name=name)
            elif step == "r" and chosen:
                world.do(ModifyInterface(interface_id=chosen, name=name))
            elif step == "d" and chosen:
                world.do(DeleteInterface(chosen))
                world.wait()
            for subnet_id in (None, subnets[pick % 2].id):
                assert_found(world.graph, subnet_id, limit, parts)
                assert_found(world.graph, subnet_id, limit, parts)

    check()


def assert_found(graph, subnet_id, limit, sought):
    criteria = Criteria(graph)
    if isinstance(sought, str):
        criteria.named(graph.interface_names, sought)
        fits = sought.__eq__
    else:
        criteria.named_with(graph.interface_names, sought)
        fits = lambda name: any(part in name for part in sought)  # noqa: E731
    criteria.by(graph.interfaces_by_subnet, subnet_id)
    found = select(graph.interfaces, criteria.selection, limit=limit)
    scanned = [
        each
        for each in reversed(graph.interfaces.values())
        if subnet_id in {None, each.subnet_id} and fits(each.name)
    ]
    assert (list(found.items), found.total) == (scanned[:limit], len(scanned))


def test_a_name_that_was_not_given_narrows_nothing():
    world = World(NORTH)
    world.interface(world.subnet(), name="n")
    criteria = Criteria(world.graph)
    criteria.named(world.graph.interface_names, None)
    assert select(world.graph.interfaces, criteria.selection).total == 1
    assert world.graph.interface_names.index is None
