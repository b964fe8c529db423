"""Control of a clock that runs: between two looks at it time passes, and others call."""

import asyncio

import httpx
import pytest
from tests.emulator.asgi import BASE, send
from tests.harness import START

from duolect.bootstrap import bootstrap
from duolect.clock import Clock
from duolect.server.app import make_app
from duolect.settings.settings import Settings

CLOCK = "/_duolect/clock"
CREATE = (
    "/?Action=CreateVpc&Version=2016-04-28&Format=JSON&RegionId=cn-hangzhou"
    "&CidrBlock=10.0.0.0/8&AccessKeyId="
)


class Hurrying:
    """A machine's clock that goes on by so many microseconds at each look."""

    def __init__(self, step: int) -> None:
        self.at, self.step = START, step

    def __call__(self) -> int:
        self.at += self.step
        return self.at


def running(step, rate=1.0):
    clock = Clock(rate, machine=Hurrying(step))
    return make_app(bootstrap(Settings(), clock), 1000)


@pytest.mark.parametrize("way", ["next", "idle"])
@pytest.mark.parametrize("rate", [1.0, 60.0])
@pytest.mark.parametrize("step", [1, 3_000, 70_000, 150_000, 199_999])
def test_what_fell_due_while_the_clock_was_looked_at_has_been_moved_by_nothing(way, rate, step):
    app = running(step, rate)
    for number in range(5):
        send(app, "POST", f"{CREATE}key-{number}")
        answer = send(app, "POST", f"{CLOCK}/{way}")
        assert answer.status_code == 200, answer.text
        if way == "idle":
            assert (answer.json()["pending"], answer.json()["next_due"]) == (0, None)


@pytest.mark.parametrize("step", [1, 70_000])
def test_a_running_clock_that_is_stopped_at_a_time_stands_there(step):
    app = running(step)
    shown = send(app, "PUT", CLOCK, json={"mode": "manual", "now": "2030-01-01T00:00:00Z"}).json()
    assert shown["now"] == "2030-01-01T00:00:00.000000Z"


def test_a_time_that_passes_while_the_clock_is_set_is_past():
    app = running(1_000_000)
    answer = send(app, "PUT", CLOCK, json={"mode": "real", "now": "2026-09-21T14:13:21Z"})
    assert (answer.status_code, answer.json()["detail"]) == (409, "Time does not run backwards.")


def test_others_are_served_while_the_clock_is_moved_until_nothing_is_under_way(monkeypatch):
    monkeypatch.setattr("duolect.state.turns._SLICE", 0.0)
    app = running(0)
    for number in range(50):
        send(app, "POST", f"{CREATE}key-{number}")
    served = []

    async def scenario():
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url=BASE, trust_env=False) as client:

            async def idle():
                served.append((await client.post(f"{CLOCK}/idle")).json()["pending"])

            async def call():
                await client.post(f"{CREATE}another")
                served.append("call")

            await asyncio.gather(idle(), call())

    asyncio.run(scenario())
    assert served == ["call", 0]


def test_moving_the_clock_ends_although_others_go_on_adding_to_it(monkeypatch):
    """After a while nobody else is served: then nothing new can come."""
    monkeypatch.setattr("duolect.state.turns._SLICE", 0.0)
    monkeypatch.setattr("duolect.state.turns._PATIENCE", 0.05)
    app = running(0)

    async def scenario():
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url=BASE, trust_env=False) as client:

            async def call_on_and_on(key):
                while not ended:
                    await client.post(f"{CREATE}{key}")
                    await asyncio.sleep(0)

            ended = False
            await client.post(f"{CREATE}first")
            others = [asyncio.create_task(call_on_and_on(f"key-{number}")) for number in range(20)]
            shown = (await client.post(f"{CLOCK}/idle")).json()
            ended = True
            await asyncio.gather(*others)
            return shown["pending"]

    assert asyncio.run(scenario()) == 0
