"""Snapshots: what is restored is what was, for all clients of the emulator."""

import attrs
import pytest
from tests.emulator.snapshots.states import change, dumps, reread, vpcs
from tests.harness import START, emulator

from duolect.clock import ClockMode
from duolect.snapshots import snapshots
from duolect.snapshots.snapshots import Scope
from duolect_core.archive import Unfit
from duolect_core.model.resources import SECOND


def test_what_was_restored_goes_on_as_it_would_have(world):
    client = world.alibaba("one")
    snapshot, before = reread(world), dumps(world)
    first = client.call("CreateVpc", "2016-04-28")["VpcId"]
    change(world)
    done = snapshots.restore(world.pipeline.state, snapshot)
    assert dumps(world) == before
    assert client.call("CreateVpc", "2016-04-28")["VpcId"] == first
    assert [*done.restored] == [*before]
    assert [*done.forgotten] == [*before, ("alibaba", "three", "cn-hangzhou")]


def test_an_emulator_that_never_saw_it_takes_a_snapshot(world):
    other = emulator(seed=7)
    snapshots.restore(other.pipeline.state, reread(world))
    assert dumps(other) == dumps(world)
    assert other.alibaba("two").call("CreateVpc", "2016-04-28").keys()
    assert snapshots.take(world.pipeline.state) == reread(world)


@pytest.mark.parametrize(
    ("taken", "wanted", "covered"),
    [
        (Scope(access_key="one"), Scope(), Scope(access_key="one")),
        (Scope(), Scope(cloud="tencent"), Scope(cloud="tencent")),
        (Scope(access_key="one"), Scope(cloud="alibaba"), Scope("alibaba", "one")),
        (Scope("alibaba", "three", "cn-hangzhou"), Scope(), Scope("alibaba", "three")),
        (Scope(region="cn-hangzhou"), Scope(access_key="two"), Scope("alibaba", "two")),
    ],
)
def test_only_what_is_covered_and_wanted_changes(world, taken, wanted, covered):
    snapshot, before = reread(world, taken), dumps(world)
    change(world)
    changed = dumps(world)
    snapshots.restore(world.pipeline.state, snapshot, wanted)
    expected = {key: tree for key, tree in changed.items() if not covered.covers(key)}
    expected |= {key: tree for key, tree in before.items() if covered.covers(key)}
    assert dumps(world) == expected


def test_a_snapshot_of_one_account_cannot_restore_another(world):
    snapshot = reread(world, Scope(access_key="one"))
    with pytest.raises(Unfit, match="/scope/access_key: is one, and not two"):
        snapshots.restore(world.pipeline.state, snapshot, Scope(access_key="two"))


def test_another_account_gets_what_one_account_had(world):
    snapshot, before = reread(world, Scope(access_key="one")), dumps(world)
    world.alibaba("three").call("CreateVpc", "2016-04-28")
    done = snapshots.restore(world.pipeline.state, snapshot, into="three")
    assert sorted(done.restored) == [
        ("alibaba", "three", "cn-hangzhou"),
        ("tencent", "three", "ap-guangzhou"),
    ]
    assert list(done.forgotten) == [("alibaba", "three", "cn-hangzhou")]
    after = dumps(world)
    for cloud, _, region in done.restored:
        assert after.pop((cloud, "three", region)) == before[(cloud, "one", region)]
    assert after == before
    first, second = (
        world.alibaba(key).call("CreateVpc", "2016-04-28")["VpcId"] for key in ("one", "three")
    )
    assert first == second


def test_only_one_account_can_be_given_to_another(world):
    before = dumps(world)
    with pytest.raises(Unfit, match="is not one account, which another one could get"):
        snapshots.restore(world.pipeline.state, reread(world), into="three")
    assert dumps(world) == before


def test_a_clock_that_stood_still_stands_there_again(world):
    snapshot = reread(world)
    world.clock.advance(3600 * SECOND)
    world.clock.run(1.0)
    snapshots.restore(world.pipeline.state, snapshot)
    assert (world.clock.mode, world.clock.now()) == (ClockMode.MANUAL, START)


def test_a_clock_that_ran_or_that_others_need_goes_on(world):
    part = reread(world, Scope(cloud="alibaba"))
    world.clock.run(60.0)
    running = reread(world)
    world.clock.run(0)
    world.clock.advance(3600 * SECOND)
    now = world.clock.now()
    for snapshot in (part, running):
        snapshots.restore(world.pipeline.state, snapshot)
        assert world.clock.now() == now


def test_a_partition_that_is_ahead_of_the_clock_waits_for_it(world):
    client = world.alibaba("one")
    world.clock.advance(3600 * SECOND)
    client.call("CreateVpc", "2016-04-28")
    snapshot = reread(world, Scope(access_key="one"))
    earlier = emulator()
    snapshots.restore(earlier.pipeline.state, snapshot)
    later = earlier.alibaba("one")
    (status, *_) = [each["Status"] for each in vpcs(later)]
    assert status == "Pending"
    earlier.clock.advance(3599 * SECOND)
    assert vpcs(later)[0]["Status"] == "Pending"
    earlier.clock.advance(2 * SECOND)
    assert vpcs(later)[0]["Status"] == "Available"


def test_calls_are_throttled_as_ever_after_an_earlier_time_is_back():
    world = emulator(throttle="vendor")
    client = world.alibaba()
    snapshot = reread(world)
    world.clock.advance(3600 * SECOND)
    vpcs(client)
    snapshots.restore(world.pipeline.state, snapshot)
    assert vpcs(client) == []


def test_what_was_restored_has_not_leaked(world):
    snapshots.restore(world.pipeline.state, reread(world))
    key = ("alibaba", "one", "cn-hangzhou")
    (partition,) = [partition for name, partition in world.pipeline.partitions.items() if name == key]
    assert world.pipeline.partitions.created_by(key, 0) == partition.created > 0


def test_a_scope_without_names_covers_everything():
    assert Scope().covers(("a", "b", "c"))
    assert attrs.astuple(Scope()) == (None, None, None)
