"""Calls that wait, without a network: what ends a wait, and what has happened by then."""

import asyncio

import pytest
from tests.emulator.faults.cloud import CloudClient, error_code
from tests.harness import START, emulator

from duolect.calls.waiting import WaitingCalls
from duolect.clock import Clock, Clocks
from duolect.faults.engine import HEADER
from duolect.faults.responses import ConnectionClosed, Ending, Postponed
from duolect.record.journal import Outcome
from duolect_core.model.lifecycles import InterfaceState

HERE = ("alibaba", "me", "cn-hangzhou")


def never_called():
    raise AssertionError


def outcome(*events, partition=HERE, until=START + 10):
    """Return how the wait of one call ends where these happen in turn, and nothing after them."""

    async def run():
        clock, gone = Clock(0, START), asyncio.Event()
        waiting = WaitingCalls(Clocks(clock))
        happen = {
            "due": lambda: clock.move_to(until),
            "gone": gone.set,
            "stop": waiting.stop,
            "reset": lambda: waiting.forget(None, None, None),
        }

        async def client_gone():
            await gone.wait()

        postponed = Postponed(until, partition, never_called, never_called)
        wait = asyncio.create_task(waiting.wait(postponed, client_gone))
        await asyncio.sleep(0)
        for event in events:
            if isinstance(event, tuple):
                waiting.forget(*event)
            else:
                happen[event]()
        done, _ = await asyncio.wait([wait], timeout=0.05)
        if not done:
            wait.cancel()
            return "waits"
        return wait.result()

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("events", "ending"),
    [
        ((), "waits"),
        (("due",), None),
        (("gone",), Ending.CLIENT_GONE),
        (("reset",), Ending.FORGOTTEN),
        (("stop",), Ending.STOPPED),
        (("gone", "due"), Ending.CLIENT_GONE),
        (("reset", "due"), Ending.FORGOTTEN),
        (("due", "reset"), Ending.FORGOTTEN),
        (("reset", "gone", "due"), Ending.FORGOTTEN),
        (("reset", "stop"), Ending.FORGOTTEN),
    ],
)
def test_what_ends_a_wait_first_is_what_ended_it(events, ending):
    assert outcome(*events) == ending


@pytest.mark.parametrize(
    ("scope", "ending"),
    [
        ((None, None, None), Ending.FORGOTTEN),
        (("me", None, None), Ending.FORGOTTEN),
        (("me", "alibaba", "cn-hangzhou"), Ending.FORGOTTEN),
        (("you", None, None), "waits"),
        (("me", "tencent", None), "waits"),
        (("me", "alibaba", "cn-beijing"), "waits"),
    ],
)
def test_only_the_calls_of_what_is_forgotten_are_forgotten(scope, ending):
    assert outcome(scope) == ending


def test_a_stopped_emulator_lets_no_call_wait():
    async def run():
        waiting = WaitingCalls(Clocks(Clock(0, START)))
        waiting.stop()
        return await waiting.wait(Postponed(START + 1, HERE, never_called, never_called), never_called)

    assert asyncio.run(run()) is Ending.STOPPED


@pytest.mark.parametrize("ending", [Ending.FORGOTTEN, Ending.STOPPED])
def test_who_still_waits_gets_the_vendors_own_answer_and_nothing_is_done(cloud, ending):
    cloud.add_fault("AttachNetworkInterface", latency_ms=500)
    late = cloud.attach()
    assert late.partition == (cloud.name, cloud.client.key, cloud.client.region)
    answer = late.end(ending)
    assert (error_code(answer), answer.headers[HEADER]) == ("ServiceUnavailable", "f-1")
    assert answer.status == {"alibaba": 503, "tencent": 200}[cloud.name]
    assert "given up while it waited" in answer.body.decode()
    assert cloud.interface_state() is InterfaceState.AVAILABLE
    (record,) = cloud.emulator.pipeline.journal.records()
    assert (record.outcome, record.code, record.changed) == (Outcome.FAILED, "ServiceUnavailable", ())


def test_a_client_that_went_away_took_its_call_back(cloud):
    cloud.add_fault("AttachNetworkInterface", latency_ms=500)
    assert cloud.attach().end(Ending.CLIENT_GONE) == ConnectionClosed()
    assert cloud.interface_state() is InterfaceState.AVAILABLE
    (record,) = cloud.emulator.pipeline.journal.records()
    assert (record.outcome, record.status, record.changed) == (Outcome.FAILED, 0, ())


def test_what_was_done_before_its_answer_was_late_is_done_when_the_client_goes_away(cloud):
    cloud.add_fault("AttachNetworkInterface", latency_ms=500, after=True)
    assert cloud.attach().end(Ending.CLIENT_GONE) == ConnectionClosed()
    assert cloud.interface_state() is InterfaceState.ATTACHING
    (record,) = cloud.emulator.pipeline.journal.records()
    assert (record.outcome, record.status) == (Outcome.FAILED, 0)
    assert cloud.resources.interface in record.changed[0].resources


@pytest.fixture(params=["alibaba", "tencent"])
def cloud(request):
    return CloudClient(request.param)


# -- what else of an earlier test could reach into a later one -----------------------------------------


def test_calls_from_before_a_reset_do_not_count_against_a_rate():
    world = emulator(throttle="vendor")
    client = world.tencent()

    def is_throttled():
        answer = world.pipeline.answer(client.request("DescribeVpcTaskResult", TaskId="nothing"))
        return error_code(answer) == "RequestLimitExceeded"

    assert any(is_throttled() for _ in range(30))
    for scope, forgets in (
        (("other", None, None), False),
        ((None, "alibaba", None), False),
        ((None, None, "ap-beijing"), False),
        ((client.key, None, None), True),
    ):
        world.pipeline.partitions.forget(*scope)
        assert is_throttled() is not forgets


def test_a_call_is_no_retry_of_one_from_before_a_reset(cloud):
    def findings():
        cloud.create()
        return [*cloud.emulator.pipeline.journal.records()][-1].findings

    cloud.add_fault("CreateNetworkInterface", disconnect=True)
    findings()
    assert "retried-without-token" in findings()
    cloud.emulator.pipeline.partitions.forget("somebody else")
    assert "retried-without-token" in findings()
    cloud.emulator.pipeline.partitions.forget(cloud.client.key)
    assert "retried-without-token" not in findings()
