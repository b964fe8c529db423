from itertools import pairwise

import pytest
from tests.emulator.resources import create_resources
from tests.harness import emulator

from duolect.clock import Clock, Clocks
from duolect.state.partitions import Partitions
from duolect.state.worlds import Worlds
from duolect_core.archive import dump
from duolect_dialects.alibaba.dialect import AlibabaDialect
from duolect_dialects.call import Refusal
from duolect_dialects.dialect import Settings
from duolect_dialects.tencent.dialect import TencentDialect

ALIBABA, TENCENT = AlibabaDialect(), TencentDialect()


def partitions(seed: int = 1) -> Partitions:
    return Partitions(seed, {"alibaba": Settings(), "tencent": Settings()}, Worlds(Clocks(Clock())))


def test_each_cloud_account_and_region_is_a_partition_of_its_own():
    these = partitions()
    found = [
        these.get(dialect, key, region)
        for dialect, regions in (
            (ALIBABA, ("cn-hangzhou", "cn-beijing")),
            (TENCENT, ("ap-guangzhou", "ap-beijing")),
        )
        for key in ("one", "two")
        for region in regions
    ]
    assert len(set(map(id, found))) == 8
    assert len({partition.seed for partition in found}) == 8


def test_the_same_names_give_the_same_partition():
    these = partitions()
    assert these.get(ALIBABA, "me", "cn-hangzhou") is these.get(ALIBABA, "me", "cn-hangzhou")


def test_seeds_depend_on_the_names_and_on_the_emulators_seed_only():
    first, again, other = (partitions(seed).get(ALIBABA, "me", "cn-hangzhou").seed for seed in (1, 1, 2))
    assert first == again != other


@pytest.mark.parametrize("key", ["", "\0", "\udc80", "a\0b", "x" * 10_000])
def test_any_text_is_an_access_key(key):
    assert partitions().get(TENCENT, key, "ap-guangzhou")


def test_a_region_that_the_cloud_does_not_have_gets_no_partition():
    these = partitions()
    for dialect in (ALIBABA, TENCENT):
        with pytest.raises(Refusal):
            these.get(dialect, "me", "mars-1")
        assert these.of_account(dialect, "me") == {}


def test_an_account_has_the_regions_that_it_used():
    these = partitions()
    for region in ("cn-hangzhou", "cn-beijing"):
        these.get(ALIBABA, "me", region)
    these.get(ALIBABA, "you", "cn-shanghai")
    assert set(these.of_account(ALIBABA, "me")) == {"cn-hangzhou", "cn-beijing"}


def test_a_resource_is_located_in_the_region_that_holds_it():
    world = emulator()
    create_resources(world.alibaba(region="cn-beijing"))
    resources = create_resources(world.alibaba(region="cn-shanghai"))
    these = world.pipeline.partitions
    dialect = world.pipeline.dialects[0]
    assert these.locate(dialect, "AKTEST", ["nothing", resources.interface]) == "cn-shanghai"
    assert these.locate(dialect, "AKTEST", ["nothing"]) is None


def test_an_account_with_one_region_is_there():
    these = partitions()
    these.get(ALIBABA, "me", "cn-beijing")
    assert these.locate(ALIBABA, "me", []) == "cn-beijing"
    assert these.locate(ALIBABA, "you", []) is None


def test_a_partition_holds_what_was_made_in_it():
    world = emulator()
    client = world.tencent()
    made = create_resources(client)
    for name in (made.network, made.subnet, made.group, made.instance, made.interface):
        assert client.partition.graph.holds(name)
    assert not client.partition.graph.holds("eni-nothing")


def test_forgetting_an_account_leaves_the_others():
    these = partitions()
    these.get(ALIBABA, "me", "cn-beijing")
    these.get(TENCENT, "me", "ap-guangzhou")
    kept = these.get(ALIBABA, "you", "cn-beijing")
    assert [*these.forget("me")] == [("alibaba", "me", "cn-beijing"), ("tencent", "me", "ap-guangzhou")]
    assert these.get(ALIBABA, "you", "cn-beijing") is kept
    assert these.of_account(ALIBABA, "me") == {}
    assert not these.forget("me")


def test_what_was_forgotten_starts_again_as_it_did_first():
    world = emulator()
    client = world.alibaba()
    first = create_resources(client)
    world.pipeline.partitions.forget()
    assert not client.partition.graph.holds(first.interface)
    assert create_resources(client) == first


def test_of_many_transitions_that_are_due_at_once_some_happen_at_a_time():
    world = emulator()
    client = world.alibaba()
    for _ in range(250):
        client.call("CreateVpc", "2016-04-28")
    world.advance()
    agenda, now = world.pipeline.partitions.agenda, world.clock.now()
    left = [world.pipeline.partitions.pending]
    while agenda.settle_next(now):
        left.append(world.pipeline.partitions.pending)
    assert left[0] - left[-1] >= 250
    assert all(before - after <= 100 for before, after in pairwise(left))
    assert left[-1] == 0
    twin = emulator().alibaba()
    for _ in range(250):
        twin.call("CreateVpc", "2016-04-28")
    for each in (twin, client):
        each.partition.settle(now)
    assert dump(twin.partition)["networks"] == dump(client.partition)["networks"]
