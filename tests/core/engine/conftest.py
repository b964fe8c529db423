"""A world whose record rebuilds it, faults and all, and something to change in it."""

import pytest
from tests.core.builders import World
from tests.core.engine.dump import dump
from tests.core.model.rules import NORTH, SOUTH

from duolect_core.partitions import replay
from duolect_core.relations.address_plans import ANY, AddressPlan


@pytest.fixture(params=[NORTH, SOUTH], ids=["north", "south"])
def world(request):
    """Return a world whose record must rebuild it, faults and all."""
    made = World(request.param)
    yield made
    again = replay(made.partition.rules, 1, made.entries)
    again.settle(made.partition.now)
    assert dump(again) == dump(made.partition)


@pytest.fixture
def resources(world):
    """Return a subnet with an instance and a free interface."""
    subnet = world.subnet()
    return (
        subnet,
        world.instance(subnet),
        world.interface(subnet, addresses=AddressPlan(secondaries=(ANY,))),
    )
