"""Accounts that were not used for a time go to the store, and come back as they were."""

import asyncio
import gc
import random
import weakref
from contextlib import suppress
from itertools import count

from tests.emulator.store.sleepy import NETWORK, Sleepy, texts, work
from tests.emulator.store.stored import Stored
from tests.harness import ApiError, emulator

from duolect.record.leaks import leaks
from duolect.snapshots import snapshots
from duolect_core.invariants import check
from duolect_core.model.rules import PRESETS

# -- away and back ---------------------------------------------------------------------------------------


def test_an_account_that_is_not_used_is_put_away_and_comes_back_to_the_bit(sleepy):
    work(sleepy)
    sleepy.emulator.tencent("AKB").call("DescribeVpcs")
    before = texts(sleepy)
    gone = [weakref.ref(partition) for _, partition in sleepy.partitions.items()]
    sleepy.sleep(0.9)
    assert sleepy.there() == {"AKA", "AKB"}
    sleepy.emulator.tencent("AKB").call("DescribeVpcs")
    sleepy.sleep(0.2)
    assert sleepy.there() == {"AKB"}
    assert set(sleepy.partitions.away) == {"AKA"}
    sleepy.sleep()
    assert sleepy.there() == set()
    gc.collect()
    assert [each() for each in gone] == [None] * len(gone)
    assert len(sleepy.partitions.uses) == 0
    assert texts(sleepy) == before
    assert [check(each.partition) for each in sleepy.partitions.placed()] == [[]] * len(before)
    sleepy.sleep()  # it was looked at, and not used
    assert sleepy.there() == set()


def test_a_call_brings_all_of_its_account_back_and_nobody_else(sleepy):
    work(sleepy)
    sleepy.sleep()
    client = sleepy.emulator.tencent("AKA")
    assert client.call("DescribeVpcs")["TotalCount"] == 1
    assert sleepy.there() == {"AKA"}
    made = client.call("CreateVpc", **NETWORK)["Vpc"]["VpcId"]
    sleepy.one.restart()
    assert made in sleepy.one.emulator.tencent("AKA").partition.graph.networks
    assert {key[1] for key, _ in sleepy.one.pipeline.partitions.items()} == {"AKA", "AKB"}


def do(one, name, deed):
    client = one.emulator.alibaba(name)
    if deed == 0:
        client.call("CreateVpc", "2016-04-28", CidrBlock="10.0.0.0/8", ClientToken="t")
    elif deed == 1:
        one.emulator.tencent(name).call("CreateVpc", **NETWORK)
    elif deed == 2:
        for vpc in list(client.partition.graph.networks):
            with suppress(ApiError):
                client.call("CreateSecurityGroup", VpcId=vpc)
    elif deed == 3:
        client.call("DescribeVpcs", "2016-04-28")


def test_it_goes_on_as_one_that_was_never_put_away(tmp_path, monkeypatch):
    """One story twice, once with nights between: the same ids, states and instants come of both."""
    chance, ids = random.Random(5), count()  # noqa: S311 - which story is no secret
    monkeypatch.setattr("duolect.calls.pipeline.new_request_id", lambda: f"request-{next(ids)}")
    one, other = (Stored(tmp_path / f"{name}.db", timing="realistic") for name in "ab")
    sleepy, nights = Sleepy(one), 0
    for step in range(60):
        name, deed = chance.choice(["AKA", "AKB", "AKC"]), chance.randrange(5)
        milliseconds = chance.choice([1, 700, 3000])
        for each in (one, other):
            ids = count(100 * step)
            do(each, name, deed)
            each.emulator.advance(milliseconds)
        if chance.random() < 0.5:
            sleepy.sleep()
            nights += sum(map(len, sleepy.partitions.away.values()))
        mine, others = one.pipeline.partitions, other.pipeline.partitions
        assert mine.pending == others.pending
        assert mine.resource_counts() == others.resource_counts()
        assert mine.used == others.used
    assert nights > 50
    assert snapshots.take(one.pipeline.state) == snapshots.take(other.pipeline.state)
    for each in (one, other):
        each.kill()


def test_what_fell_due_meanwhile_has_happened_when_it_comes_back(sleepy):
    client = sleepy.emulator.alibaba("AKA")
    vpc = client.call("CreateVpc", "2016-04-28", CidrBlock="10.0.0.0/8")["VpcId"]
    due = sleepy.partitions.agenda.next_due
    assert client.partition.graph.networks[vpc].state == "pending"
    sleepy.sleep()
    assert sleepy.there() == set()
    assert sleepy.partitions.agenda.next_due == due
    assert sleepy.partitions.pending == 1
    assert [len(each) for each in sleepy.partitions.timelines("AKA")] == [1]
    assert sleepy.there() == set()
    sleepy.emulator.advance()
    asyncio.run(sleepy.pipeline.state.settled())
    assert sleepy.partitions.agenda.next_due is None
    assert sleepy.partitions.pending == 0
    assert client.partition.graph.networks[vpc].state == "available"


def test_durations_that_are_set_meanwhile_count_when_it_comes_back(sleepy):
    work(sleepy, ["AKA"], clouds=False)
    sleepy.emulator.advance()
    sleepy.sleep()
    sleepy.partitions.set_durations("tencent", PRESETS["instant"], sleepy.pipeline.state.now)
    assert sleepy.there() == set()
    client = sleepy.emulator.tencent("AKA")
    client.call("CreateVpc", **NETWORK)
    assert client.partition.rules.durations == PRESETS["instant"]


def test_an_account_with_its_own_clock_and_durations_keeps_them(tmp_path):
    one = Stored(tmp_path / "state.db", clocks="per-account")
    sleepy = Sleepy(one)
    client = one.emulator.tencent("AKA")
    client.call("CreateVpc", **NETWORK)
    clock = one.pipeline.state.separate("AKA")
    clock.advance(10**9)
    one.pipeline.partitions.set_durations("tencent", PRESETS["realistic"], one.pipeline.state.now, "AKA")
    now = clock.now()
    sleepy.sleep()
    assert sleepy.there() == set()
    assert one.pipeline.state.now("AKA") == now
    one.pipeline.state.separate("AKB")
    assert client.partition.rules.durations == PRESETS["realistic"]
    sleepy.sleep()
    one.pipeline.partitions.separate("AKA")
    one.restart()
    assert one.pipeline.state.now("AKA") == now
    one.kill()


def test_an_account_can_get_its_own_clock_while_it_is_away(tmp_path):
    one = Stored(tmp_path / "state.db", clocks="per-account")
    sleepy = Sleepy(one)
    one.emulator.tencent("AKA").call("CreateVpc", **NETWORK)
    vpc = one.emulator.alibaba("AKA").call("CreateVpc", "2016-04-28", CidrBlock="10.0.0.0/8")["VpcId"]
    sleepy.sleep()
    clock = one.pipeline.state.separate("AKA")
    assert one.pipeline.partitions.agenda.next_due is None
    assert one.pipeline.partitions.agenda_of("AKA").next_due is not None
    clock.advance(10**6)
    asyncio.run(one.pipeline.state.settled())
    assert one.emulator.alibaba("AKA").partition.graph.networks[vpc].state == "available"
    one.kill()


# -- forgetting, restoring, marks ------------------------------------------------------------------------


def test_what_is_away_is_forgotten_without_coming_back(sleepy):
    work(sleepy)
    sleepy.sleep()
    forgotten = sleepy.partitions.forget("AKA", "tencent")
    assert forgotten == {("tencent", "AKA", "ap-guangzhou"): None}
    assert {key[0] for key in sleepy.partitions.away["AKA"]} == {"alibaba"}
    assert len(sleepy.partitions.forget("AKA")) == 2
    assert set(sleepy.partitions.away) == {"AKB"}
    assert len(sleepy.partitions.forget(region="cn-beijing")) == 1
    sleepy.one.restart()
    keys = {placed.key for placed in sleepy.one.pipeline.partitions.placed()}
    assert keys == {("tencent", "AKB", "ap-guangzhou"), ("alibaba", "AKB", "cn-hangzhou")}


def test_a_snapshot_is_the_same_whether_accounts_are_away_and_is_restored_over_them(sleepy):
    work(sleepy)
    whole = snapshots.take(sleepy.pipeline.state)
    sleepy.sleep()
    assert snapshots.take(sleepy.pipeline.state) == whole
    sleepy.sleep()
    done = snapshots.restore(sleepy.pipeline.state, whole)
    assert len(done.forgotten) == len(done.restored) == 6
    assert set(done.forgotten.values()) == {None}
    assert snapshots.take(sleepy.pipeline.state) == whole
    assert sleepy.one.restart().tree() == whole


def test_leaks_since_a_mark_need_only_those_that_created_something(sleepy):
    work(sleepy)
    first = sleepy.pipeline.marks.set(0)
    sleepy.sleep()
    made = sleepy.emulator.tencent("AKB").call("CreateVpc", **NETWORK)["Vpc"]["VpcId"]
    sleepy.sleep()
    assert sleepy.there() == set()
    second = sleepy.pipeline.marks.set(0)
    found = [
        {
            each.resource.id
            for each in leaks(
                sleepy.partitions.created_since(mark.point),
                sleepy.partitions,
                mark,
                sleepy.pipeline.journal,
            )
        }
        for mark in (second, first)
    ]
    assert found[0] == set()
    assert made in found[1]
    assert sleepy.there() == {"AKB"}


# -- without a store -------------------------------------------------------------------------------------


def test_with_memory_an_account_is_forgotten_as_by_a_reset():
    one = emulator()
    sleepy = Sleepy(one)
    sleepy.emulator = one
    work(sleepy, ["AKA", "AKB"])
    first = one.tencent("AKA").call("DescribeVpcs")["VpcSet"]
    one.pipeline.partitions.set_durations("tencent", PRESETS["instant"], one.pipeline.state.now, "AKA")
    sleepy.sleep(0.5)
    one.tencent("AKB").call("DescribeVpcs")
    sleepy.sleep(0.6)
    assert {placed.key[1] for placed in one.pipeline.partitions.placed()} == {"AKB"}
    assert one.tencent("AKA").call("DescribeVpcs")["TotalCount"] == 0
    assert one.tencent("AKA").partition.rules.durations != PRESETS["instant"]
    again = one.tencent("AKA").call("CreateVpc", **NETWORK)["Vpc"]["VpcId"]
    assert again == first[0]["VpcId"], "it begins anew"


def test_what_is_restored_counts_as_used(sleepy):
    work(sleepy, ["AKA"], clouds=False)
    tree = snapshots.take(sleepy.pipeline.state, snapshots.Scope(access_key="AKA"))
    sleepy.sleep()
    snapshots.restore(sleepy.pipeline.state, tree, into="AKB")
    sleepy.sleep(0.5)
    assert sleepy.there() == {"AKB"}
    sleepy.sleep(0.6)
    assert sleepy.there() == set()
    assert len(texts(sleepy)) == 2
