"""What is sound gives no sentence, and whatever is broken gives sentences only."""

import pytest

from duolect_core.invariants import check


def test_a_sound_partition_gives_no_sentence(world):
    assert check(world.partition) == []


@pytest.mark.parametrize(
    "table",
    [
        "networks",
        "subnets",
        "groups",
        "key_pairs",
        "launch_templates",
        "placement_groups",
        "instances",
        "interfaces",
        "permissions",
        "virtual_addresses",
        "public_addresses",
    ],
)
def test_a_whole_table_may_be_gone_and_there_are_still_only_sentences(world, table):
    getattr(world.graph, table).clear()
    assert check(world.partition)
