"""Programs that wait by the emulator's clock in place of the machine's."""

import asyncio
import threading
import time
from datetime import timedelta

import pytest
from tests.contract.server import environment

from duolect.account import Account
from duolect.client import Duolect, Unreachable
from duolect.testing.process import running

MINUTE = 60


@pytest.fixture
def clock(duolect):
    duolect.clock.set("manual")
    return duolect.clock


def test_a_number_is_seconds_and_a_timedelta_is_itself(clock):
    assert clock.advance(5)["moved"] == "5s"
    assert clock.advance(0.25)["moved"] == "250ms"
    assert clock.advance("90s")["moved"] == "1m30s"
    assert clock.advance(timedelta(minutes=1, microseconds=7))["moved"] == "1m7us"


def test_durations_are_set_with_numbers_texts_and_timedeltas(duolect):
    shown = duolect.set_durations(cloud="tencent", attach=5, detach="1m", start=timedelta(hours=2))
    of_tencent = shown["clouds"]["tencent"]
    assert [of_tencent[each] for each in ("attach", "detach", "start")] == ["5s", "1m", "2h"]


def test_a_program_sleeps_without_waiting(clock):
    began, before = clock.time(), time.monotonic()
    clock.sleep(MINUTE)
    clock.sleep(0)
    assert clock.time() == began + MINUTE
    assert time.monotonic() - before < MINUTE / 2


def test_a_program_that_calls_time_sleep_sleeps_by_the_clock_too(clock, monkeypatch):
    monkeypatch.setattr(time, "sleep", clock.sleep)
    monkeypatch.setattr(time, "time", clock.time)
    late = time.time() + MINUTE
    polls = 0
    while time.time() < late:
        time.sleep(7)
        polls += 1
    assert polls == 9
    clock.set("scaled", rate=1000)
    time.sleep(MINUTE)  # on a running clock too, and not by itself for ever
    assert time.time() >= late + MINUTE


def test_a_running_clock_is_waited_for(clock):
    clock.set("scaled", rate=100)
    began = clock.time()
    clock.sleep(20)
    assert clock.time() >= began + 20


def test_whoever_sleeps_wakes_when_another_has_moved_a_running_clock(clock):
    clock.set("real")
    sleeper = threading.Thread(target=clock.sleep, args=(3600,))
    sleeper.start()
    for _ in range(60):  # it may begin to sleep after the clock was moved
        clock.advance("1h")
        sleeper.join(0.5)
        if not sleeper.is_alive():
            return
    raise AssertionError("it slept on")


def test_threads_that_sleep_at_once_do_not_add_up(clock):
    began, all_due = clock.time(), threading.Barrier(4)

    def sleep():
        all_due.wait()
        clock.sleep(MINUTE)

    threads = [threading.Thread(target=sleep) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert began + MINUTE <= clock.time() < began + 4 * MINUTE


def test_tasks_wake_in_the_order_in_which_they_are_due(clock):
    woken = []
    began = clock.time()

    async def sleep(seconds):
        assert await clock.sleep_async(seconds, result=seconds) == seconds
        woken.append((seconds, clock.time() - began))

    async def program():
        await asyncio.gather(*map(sleep, (30, 10, 20, 10)))
        await clock.sleep_async(5)

    asyncio.run(program())
    assert woken == [(10, 10), (10, 10), (20, 20), (30, 30)]
    assert clock.time() == began + 35
    asyncio.run(program())  # another loop, the same clock
    assert clock.time() == began + 70


def test_a_task_that_is_cancelled_moves_nothing(clock):
    began = clock.time()

    async def program():
        sleeper = asyncio.ensure_future(clock.sleep_async(MINUTE))
        await asyncio.sleep(0)
        sleeper.cancel()
        await clock.sleep_async(1)

    asyncio.run(program())
    assert clock.time() == began + 1


def test_tasks_wait_for_a_running_clock(clock):
    clock.set("scaled", rate=100)
    began = clock.time()
    asyncio.run(clock.sleep_async(20))
    assert clock.time() >= began + 20


def test_nobody_sleeps_backwards(clock):
    with pytest.raises(ValueError, match="non-negative"):
        clock.sleep(-1)
    with pytest.raises(ValueError, match="non-negative"):
        asyncio.run(clock.sleep_async(-1))


def test_whoever_sleeps_learns_that_the_emulator_is_gone():
    with running(timing="manual") as gone:
        clock = gone.clock

        async def program():
            sleepers = [asyncio.ensure_future(clock.sleep_async(each)) for each in (1, 2)]
            await asyncio.sleep(0)
            gone.port = 1
            return await asyncio.gather(*sleepers, return_exceptions=True)

        assert [type(each) for each in asyncio.run(program())] == [Unreachable, Unreachable]
    with pytest.raises(Unreachable):
        Duolect("127.0.0.1:1").clock.sleep(1)


def test_accounts_of_a_shared_emulator_sleep_each_by_their_own_clock():
    with running(environment=environment(), timing="manual", clocks="per-account") as duolect:
        one, two = Account(duolect, "one"), Account(duolect, "two")
        before = duolect.clock.time()
        one.clock.sleep(MINUTE)
        asyncio.run(two.clock.sleep_async(7))
        assert [each.clock.time() - before for each in (one, two, duolect)] == [MINUTE, 7, 0]
        one.reset()
        assert one.clock.time() == before


def test_durations_of_an_account_are_those_of_no_other(account, duolect):
    before = duolect.durations()["clouds"]
    shown = account.set_durations(cloud="tencent", attach=5)
    assert (shown["account"], shown["clouds"]["tencent"]["attach"]) == (account.access_key, "5s")
    assert duolect.durations()["clouds"] == before
    assert duolect.durations(access_key=account.access_key) == shown
    account.reset()
    assert duolect.durations(access_key=account.access_key)["clouds"] == before
