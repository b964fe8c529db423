"""The fingerprint that the other tests rely on sees every kind of change."""

import attrs
import pytest
from tests.core.builders import World
from tests.core.engine.dump import dump
from tests.core.model.rules import NORTH

from duolect_core.engine.idempotency import Remembered, Token
from duolect_core.model.lifecycles import InterfaceState, Trigger
from duolect_core.model.resources import Operation, OperationKind

OPERATION = Operation("o", OperationKind.CREATE_NETWORK, (), 0, 0)


def describe(interface):
    interface.put_addresses([attrs.evolve(interface.ipv4[0], description="x")])


@pytest.fixture
def world():
    world = World(NORTH)
    world.interface(world.subnet(ipv6_index=0))
    return world


@pytest.mark.parametrize(
    "change",
    [
        lambda p: p.generator.bits(),
        lambda p: p.next_order(),
        lambda p: p.ipv6_blocks.take(3),
        lambda p: p.idempotency.remember(Token("a", "b", "c"), Remembered("c", 0)),
        lambda p: p.timeline.plan(1, Trigger.STARTED, "x", OPERATION),
        lambda p: setattr(p, "now", p.now + 1),
        lambda p: next(iter(p.graph.subnets.values())).pool.take(167772170, "x"),
        lambda p: next(iter(p.graph.subnets.values())).ipv6_pool.take_any_prefix(p.generator, "x"),
        lambda p: setattr(next(iter(p.graph.interfaces.values())), "state", InterfaceState.GONE),
        lambda p: describe(next(iter(p.graph.interfaces.values()))),
        lambda p: p.graph.tag_values.add(("Network", "k", "v"), "x", 1),
        lambda p: p.graph.macs.add("x"),
        lambda p: p.graph.groups.clear(),
        lambda p: p.graph.operations.update(again=next(iter(p.graph.operations.values()))),
        lambda p: p.graph.operations.popitem(),
    ],
)
def test_any_change_shows_in_the_dump(world, change):
    before = dump(world.partition)
    assert dump(world.partition) == before
    change(world.partition)
    assert dump(world.partition) != before


def test_equal_operations_under_two_names_are_not_one_operation_under_two_names(world):
    operations = world.graph.operations
    first = next(iter(operations.values()))
    operations["again"] = first
    shared = dump(world.partition)
    operations["again"] = Operation(
        first.id, first.kind, first.resource_ids, first.started, first.due, first.state
    )
    assert dump(world.partition) != shared
