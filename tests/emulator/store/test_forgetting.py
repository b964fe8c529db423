"""Accounts that were not used for a time go to the store, and come back as they were."""

import asyncio
import gc
import os
import random
import threading
import time
import weakref
from contextlib import suppress
from itertools import count

import pytest
from tests.emulator.store.servers import Refused, alibaba, serving, tencent
from tests.emulator.store.stored import Stored
from tests.harness import ApiError, emulator

from duolect.calls.idle import IdleAccounts
from duolect.calls.pipeline import PutAway
from duolect.faults.responses import Postponed
from duolect.faults.rules import FaultRule
from duolect.record.leaks import leaks
from duolect.server.app import make_app
from duolect.snapshots import snapshots
from duolect.state.archives import archived
from duolect.store.housekeeping import Housekeeping
from duolect_core.engine.durations import SetDurations
from duolect_core.invariants import check
from duolect_core.model.rules import PRESETS

NETWORK = {"VpcName": "v", "CidrBlock": "10.0.0.0/16"}
HOUR = 3600.0


class Machine:
    """The machine's time, in seconds."""

    def __init__(self):
        self.seconds = 0.0

    def __call__(self):
        return self.seconds


class Sleepy:
    """An emulator whose accounts are put away after an hour."""

    def __init__(self, one):
        self.one = one
        self.pipeline = one.pipeline
        self.machine = Machine()
        keeper = self.pipeline.keeper
        self.idle = IdleAccounts(self.pipeline, HOUR, keeper and Housekeeping(keeper), self.machine)

    @property
    def partitions(self):
        return self.pipeline.partitions

    def sleep(self, hours=1.0):
        self.machine.seconds += hours * HOUR
        asyncio.run(self.idle.sweep())

    def there(self):
        return {placed.key[1] for placed in self.partitions.placed() if placed.partition is not None}


@pytest.fixture
def sleepy(stored):
    one = Sleepy(stored)
    one.emulator = stored.emulator
    return one


def texts(one):
    return {key: archived(partition) for key, partition in one.pipeline.partitions.items()}


def work(one, accounts=("AKA", "AKB"), *, clouds=True):
    for number, name in enumerate(accounts):
        one.emulator.tencent(name).call("CreateVpc", **NETWORK)
        if clouds:
            client = one.emulator.alibaba(name)
            vpc = client.call("CreateVpc", "2016-04-28", CidrBlock="10.0.0.0/8")["VpcId"]
            one.emulator.advance()
            for place in range(number + 1):
                client.call("CreateSecurityGroup", VpcId=vpc, SecurityGroupName=f"g-{place}")
            one.emulator.alibaba(name, "cn-beijing").call("DescribeVpcs", "2016-04-28")


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


# -- in use ----------------------------------------------------------------------------------------------


def test_an_account_in_use_is_not_put_away(sleepy):
    work(sleepy, ["AKA", "AKB", "AKC", "AKD"], clouds=False)
    sleepy.pipeline.journal.followed["AKB"] += 1
    sleepy.pipeline.faults.add(FaultRule(cloud="tencent", access_key="AKC", stale_ms=5))
    sleepy.emulator.tencent("AKC").call("DescribeVpcs")

    async def wait():
        async def never():
            await asyncio.Event().wait()

        postponed = Postponed(
            10**18, ("tencent", "AKA", "ap-guangzhou"), lambda: None, lambda ending: ending
        )
        waiting = asyncio.create_task(sleepy.pipeline.waiting.wait(postponed, never))
        await asyncio.sleep(0)
        sleepy.machine.seconds += 2 * HOUR
        await sleepy.idle.sweep()
        assert sleepy.there() == {"AKA", "AKB", "AKC"}
        sleepy.pipeline.waiting.forget("AKA", None, None)
        await waiting

    asyncio.run(wait())
    sleepy.pipeline.faults.clear()
    sleepy.pipeline.journal.followed.clear()
    sleepy.sleep(2)
    assert sleepy.there() == set()


def test_an_account_by_whose_own_clock_somebody_waits_is_not_put_away(tmp_path):
    one = Stored(tmp_path / "state.db", clocks="per-account")
    sleepy = Sleepy(one)
    one.emulator.tencent("AKA").call("CreateVpc", **NETWORK)
    clock = one.pipeline.state.separate("AKA")

    async def wait():
        waiting = asyncio.create_task(clock.wait_until(clock.now() + 1))
        await asyncio.sleep(0)
        sleepy.machine.seconds += 2 * HOUR
        await sleepy.idle.sweep()
        assert sleepy.there() == {"AKA"}
        clock.advance(1)
        await waiting

    asyncio.run(wait())
    sleepy.sleep(2)
    assert sleepy.there() == set()
    one.kill()


def test_one_that_is_used_while_it_is_being_put_away_stays(sleepy, monkeypatch):
    work(sleepy, ["AKA", "AKB"], clouds=False)
    down = sleepy.idle._housekeeping.put_down

    async def busy(keys):
        await down(keys)
        sleepy.emulator.tencent("AKA").call("CreateVpc", **NETWORK)
        monkeypatch.undo()

    monkeypatch.setattr(sleepy.idle._housekeeping, "put_down", busy)
    sleepy.sleep()
    assert sleepy.there() == {"AKA"}
    before = texts(sleepy)
    sleepy.sleep()
    assert texts(sleepy) == before


def test_a_control_call_keeps_everything_there_meanwhile(sleepy):
    work(sleepy, clouds=False)
    sleepy.sleep()

    async def look():
        async with sleepy.idle.held(None, lambda placed: placed.key[1] == "AKA"):
            assert sleepy.there() == {"AKA"}
            sleepy.machine.seconds += 2 * HOUR
            await sleepy.idle.sweep()
            assert sleepy.there() == {"AKA"}
        async with sleepy.idle.held("AKB", lambda _: False):
            assert sleepy.there() == {"AKA", "AKB"}
        await sleepy.idle.sweep()
        assert sleepy.there() == {"AKB"}, "what a control call names was used"

    asyncio.run(look())


# -- large ones, and what goes wrong ---------------------------------------------------------------------


def test_a_large_account_comes_back_beside_the_calls(sleepy, monkeypatch):
    work(sleepy)
    monkeypatch.setattr("duolect.calls.pipeline.LARGE", 1)
    sleepy.emulator.tencent("AKA").call("DescribeVpcs")
    before = texts(sleepy)
    sleepy.sleep()
    client = sleepy.emulator.tencent("AKA")
    request = client.request("DescribeVpcs")
    with pytest.raises(PutAway):
        sleepy.pipeline.answer(request)

    async def call():
        async def exchange():
            sent = []
            messages = iter([{"type": "http.request", "body": request.body}])

            async def receive():
                return next(messages)

            async def send(message):
                sent.append(message)

            headers = [(name.encode(), value.encode()) for name, value in request.headers.items()]
            scope = {"type": "http", "method": request.method, "path": "/", "query_string": request.query}
            await app({**scope, "headers": headers}, receive, send)
            return sent[0]["status"], sent[1]["body"]

        app = make_app(sleepy.pipeline, 10**6)
        return await asyncio.gather(*(exchange() for _ in range(3)))

    answers = asyncio.run(call())
    assert all(status == 200 and b'"TotalCount":1' in body for status, body in answers)
    assert sleepy.there() == {"AKA"}
    assert {key: text for key, text in texts(sleepy).items() if key[1] == "AKA"} == {
        key: text for key, text in before.items() if key[1] == "AKA"
    }


def test_one_that_came_back_and_went_again_while_it_was_fetched_is_the_latest(sleepy):
    work(sleepy, ["AKA"], clouds=False)
    sleepy.sleep()
    run = sleepy.pipeline.keeper.commits.run
    made = []

    async def slow(job):
        result = await run(job)
        made.append(sleepy.emulator.tencent("AKA").call("CreateVpc", **NETWORK)["Vpc"]["VpcId"])
        return result

    sleepy.pipeline.keeper.commits.run = slow
    asyncio.run(sleepy.idle.bring_back(("AKA",)))
    sleepy.pipeline.keeper.commits.run = run
    assert made[0] in sleepy.emulator.tencent("AKA").partition.graph.networks


def test_where_its_latest_snapshot_is_damaged_an_older_one_and_the_log_make_it(sleepy, caplog):
    work(sleepy, ["AKA"], clouds=False)
    before = texts(sleepy)
    sleepy.sleep()
    found = sleepy.pipeline.keeper.kept["tencent", "AKA", "ap-guangzhou"]
    assert found.snapshots[-1] == found.version > 0
    store = sleepy.pipeline.keeper.store
    key = found.number << 32 | found.version
    store._db.execute("UPDATE snapshots SET checksum = 1 WHERE id = ?", (key,))
    assert texts(sleepy) == before
    assert "an older snapshot is taken" in caplog.text
    sleepy.partitions.get(sleepy.pipeline.dialects[1], "AKA", "ap-guangzhou").execute(
        SetDurations(PRESETS["instant"]), 0
    )
    sleepy.sleep()
    store._db.execute("UPDATE snapshots SET checksum = 1")
    store._db.execute("DELETE FROM log")
    answer = sleepy.pipeline.answer(sleepy.emulator.tencent("AKA").request("DescribeVpcs"))
    assert b"InternalError" in answer.body
    assert sleepy.there() == set()


def test_a_store_that_cannot_be_written_leaves_accounts_there(sleepy, monkeypatch):
    work(sleepy, ["AKA"], clouds=False)

    async def fail(keys):
        raise OSError(28, f"no room for {len(list(keys))}")

    monkeypatch.setattr(sleepy.idle._housekeeping, "put_down", fail)
    with pytest.raises(OSError, match="no room"):
        sleepy.sleep()
    assert sleepy.there() == {"AKA"}
    monkeypatch.undo()
    sleepy.sleep()
    assert sleepy.there() == set()


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


# -- servers ---------------------------------------------------------------------------------------------


def wait_for(condition, seconds=20.0):
    until = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < until
        time.sleep(0.05)
    return found


def memory_of(pid):
    with open(f"/proc/{pid}/statm", encoding="ascii") as file:  # noqa: PTH123 - no path of ours
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def test_control_calls_over_all_accounts_are_right_for_those_that_are_away(tmp_path):
    file, flags = tmp_path / "state.db", ("--clock", "manual", "--timing", "realistic")
    with serving(file, *flags, "--forget-after", "1s") as process:
        control = tencent(process.port, "AKIDCONTROL")
        for number in range(5):
            tencent(process.port, f"AKID{number}").call("CreateVpc", **NETWORK)
            alibaba(process.port, f"AK{number}").call("CreateVpc", "2016-04-28", CidrBlock="10.0.0.0/8")
        mark = control.post("marks")[1]["id"]
        paths = ["snapshot", "state", "partitions", "clock", "operations", "leaks", f"leaks?mark={mark}"]
        paths += ["state?access_key=AKID1", "partitions?cloud=alibaba", "state?region=cn-hangzhou"]
        before = [control.get(path) for path in paths]
        for _ in range(2):
            time.sleep(2.5)
            assert [control.get(path) for path in paths] == before
        time.sleep(2.5)
        idle = control.post("clock/idle")[1]
        assert (idle["pending"], idle["next_due"]) == (0, None)
        time.sleep(2.5)
        states = {node["state"] for each in control.get("state")[1]["partitions"] for node in each["nodes"]}
        assert states == {"available"}
        time.sleep(2.5)
        whole = control.get("snapshot")[1]
        assert len(whole["partitions"]) == 10
        time.sleep(2.5)
        assert len(control.post("reset?cloud=alibaba")[1]["forgotten"]) == 5
        assert len(control.post("restore", whole)[1]["restored"]) == 10
        time.sleep(2.5)
        assert control.get("snapshot")[1] == whole


@pytest.mark.parametrize("sync", ["normal"])
def test_ten_thousand_accounts_go_and_come_back_and_memory_is_given_back(tmp_path, sync, thorough):
    accounts = 10_000 if thorough else 1_500
    file, flags = tmp_path / "state.db", ("--timing", "instant", "--store-sync", sync, "--journal", "100")
    with serving(file, *flags, "--forget-after", "1s") as process:
        ids, most, slowest, stop = {}, [0], [0.0], threading.Event()

        def watch():
            client = tencent(process.port, "AKIDALIVE")
            while not stop.wait(0.02):
                begun = time.monotonic()
                client.call("DescribeVpcs")
                slowest[0] = max(slowest[0], time.monotonic() - begun)
                most[0] = max(most[0], memory_of(process.pid))

        empty = memory_of(process.pid)
        watching = threading.Thread(target=watch, daemon=True)
        watching.start()
        for number in range(accounts):
            name = f"AKID{number}"
            ids[name] = tencent(process.port, name).call("CreateVpc", **NETWORK)["Vpc"]["VpcId"]
        time.sleep(3)
        control = tencent(process.port, "AKIDCONTROL")
        assert control.get("health")[0] == 200
        grown = (most[0] - empty) / accounts
        listed = control.get("partitions")[1]["partitions"]
        assert sum(each["resources"].get("network", 0) for each in listed) == accounts
        for name, vpc in ids.items():
            found = tencent(process.port, name).call("DescribeVpcs")["VpcSet"]
            assert [each["VpcId"] for each in found] == [vpc]
        stop.set()
        watching.join()
        assert slowest[0] < 1.0
        if thorough:
            assert grown < 12_000, "as much as is known of an account that is away"


def test_what_was_answered_outlives_kills_amid_the_putting_away(tmp_path, thorough):
    file, chance, told = tmp_path / "state.db", random.Random(11), {}  # noqa: S311 - when is no secret
    for kill in range(25 if thorough else 4):
        with serving(file, "--timing", "instant", "--forget-after", "1s", small=True) as process:
            for name, made in told.items():
                found = {
                    each["VpcId"] for each in tencent(process.port, name).call("DescribeVpcs")["VpcSet"]
                }
                assert made <= found
                assert len(found - made) <= 1
                told[name] = found

            def work(port, kill=kill):
                number = 0
                with suppress(OSError):
                    while True:
                        number += 1
                        name = f"AKID{kill}-{number % 40}"
                        told.setdefault(name, set())
                        with suppress(Refused):
                            made = tencent(port, name).call("CreateVpc", **NETWORK)
                            told[name].add(made["Vpc"]["VpcId"])
                        time.sleep(0.005)

            thread = threading.Thread(target=work, args=(process.port,), daemon=True)
            thread.start()
            time.sleep(chance.uniform(1.0, 2.5))
            process.kill()
            process.wait()
            thread.join(30)
    assert len(told) > 20


def test_a_snapshot_that_is_left_at_the_end_has_what_is_away(tmp_path):
    left = tmp_path / "left.json"
    with serving(tmp_path / "state.db", "--forget-after", "1s", "--snapshot-on-exit", str(left)) as process:
        vpc = tencent(process.port).call("CreateVpc", **NETWORK)["Vpc"]["VpcId"]
        time.sleep(2.5)
        process.terminate()
        process.wait(20)
    assert vpc in left.read_text("utf-8")
