"""What is no archive, or none that these rules allow, is refused."""

import json

import pytest
from tests.core.builders import World
from tests.core.model.rules import NORTH, SOUTH, limited

from duolect_core.archive import Unfit, dump, load
from duolect_core.partitions import new_partition


@pytest.mark.parametrize("tree", [None, [], "x", 7, {}, {"version": "new"}, {"info": {"version": "1"}}])
def test_what_is_no_partition_at_all_is_refused(tree):
    with pytest.raises(Unfit):
        load(tree, NORTH)


def test_a_partition_of_another_region_is_refused(trees):
    with pytest.raises(Unfit):
        load(json.loads(trees["north"]), SOUTH)


def test_a_partition_that_breaks_the_quotas_of_today_is_refused(trees):
    with pytest.raises(Unfit, match="instances over 1"):
        load(json.loads(trees["north"]), limited(NORTH, instances=1))


def test_a_tree_without_an_end_is_refused():
    tree = dump(new_partition(NORTH, 1))
    deep = tree
    for _ in range(3_000):
        deep["x"] = deep = {}
    world = World(NORTH)
    network = world.network()
    tree = dump(world.partition)
    tree["networks"][network.id]["extras"] = deep = {}
    for _ in range(100):
        deep["x"] = deep = {}
    with pytest.raises(Unfit, match="lies too deep"):
        load(tree, NORTH)
    deep["x"] = tree
    with pytest.raises(Unfit, match="lies too deep"):
        load(tree, NORTH)


def test_a_tree_without_a_table_has_none_of_it():
    tree = dump(World(NORTH).partition)
    del tree["public_addresses"]
    assert load(tree, NORTH).graph.public_addresses == {}
