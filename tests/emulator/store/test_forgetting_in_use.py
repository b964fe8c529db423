"""Accounts that are in use stay; what is large, and what goes wrong, when others come back."""

import asyncio

import pytest
from tests.emulator.store.sleepy import HOUR, NETWORK, Sleepy, texts, work
from tests.emulator.store.stored import Stored

from duolect.calls.recalling import PutAway
from duolect.faults.responses import Postponed
from duolect.faults.rules import FaultRule
from duolect.server.app import make_app
from duolect_core.engine.durations import SetDurations
from duolect_core.model.rules import PRESETS

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
    key = found.number << 32 | found.version
    sleepy.one.damage("UPDATE snapshots SET checksum = 1 WHERE id = ?", key)
    assert texts(sleepy) == before
    assert "an older snapshot is taken" in caplog.text
    sleepy.partitions.get(sleepy.pipeline.dialects[1], "AKA", "ap-guangzhou").execute(
        SetDurations(PRESETS["instant"]), 0
    )
    sleepy.sleep()
    sleepy.one.damage("UPDATE snapshots SET checksum = 1")
    sleepy.one.damage("DELETE FROM log")
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
