import asyncio
import time

import pytest
from tests.harness import START

from duolect.clock import FASTEST, Clock, ClockError, ClockMode
from duolect_core.model.resources import LATEST, SECOND


class Machine:
    """A machine's clock that a test sets."""

    def __init__(self) -> None:
        self.at = 1_000_000

    def __call__(self) -> int:
        return self.at


def test_the_real_clock_counts_microseconds_since_1970():
    clock = Clock()
    assert abs(clock.now() - time.time() * 1_000_000) < 1_000_000
    assert (clock.mode, clock.rate) == (ClockMode.REAL, 1)


def test_a_manual_clock_stands_still_until_it_is_moved():
    machine = Machine()
    clock = Clock(0, 5, machine)
    machine.at += 100
    assert (clock.now(), clock.mode) == (5, ClockMode.MANUAL)
    clock.advance(3)
    clock.move_to(10)
    assert clock.now() == 10


def test_a_scaled_clock_runs_at_its_rate_and_goes_on_from_where_it_is():
    machine = Machine()
    clock = Clock(60, 0, machine)
    machine.at += 100
    assert (clock.now(), clock.mode) == (6_000, ClockMode.SCALED)
    clock.run(1)
    machine.at += 7
    assert clock.now() == 6_007
    clock.advance(1_000)
    clock.run(0.5, at=10_000)
    machine.at += 10
    assert clock.now() == 10_005


@pytest.mark.parametrize("rate", [-1, float("nan"), float("inf"), FASTEST + 1])
def test_an_invalid_rate_changes_nothing(rate):
    clock = Clock(0, 5)
    with pytest.raises(ClockError, match="rate of a clock"):
        clock.run(rate, at=9)
    assert (clock.now(), clock.rate) == (5, 0)


def test_time_neither_runs_backwards_nor_past_the_year_9999():
    clock = Clock(0, 5)
    with pytest.raises(ClockError, match="backwards"):
        clock.move_to(4)
    with pytest.raises(ClockError, match="9999"):
        clock.advance(LATEST)
    assert clock.now() == 5
    clock.move_to(LATEST)
    clock.run(FASTEST)
    assert clock.now() == LATEST


def test_waiters_are_woken_when_the_clock_reaches_their_instant_however_it_moves():
    async def wait_for_both() -> list[str]:
        clock, woken = Clock(0, 0), []

        async def wait(instant: int, name: str) -> None:
            await clock.wait_until(instant)
            woken.append(name)

        waiting = [asyncio.create_task(wait(at, name)) for at, name in ((20, "late"), (10, "early"))]
        await asyncio.sleep(0)
        clock.advance(5)
        await asyncio.sleep(0.01)
        assert woken == []
        clock.advance(5)
        await asyncio.sleep(0.01)
        assert woken == ["early"]
        clock.run(1000)
        await asyncio.wait_for(asyncio.gather(*waiting), 5)
        await clock.wait_until(0)
        return woken

    assert asyncio.run(wait_for_both()) == ["early", "late"]


def test_a_clock_can_be_stopped_at_a_past_instant():
    clock = Clock(1.0, START + SECOND, machine=lambda: START)
    clock.stop_at(START)
    assert (clock.mode, clock.now()) == (ClockMode.MANUAL, START)


@pytest.mark.parametrize("back", [3_600 * SECOND, 1_000])
def test_a_machine_whose_clock_is_set_back_does_not_set_this_one_back(monkeypatch, back):
    wall, steady = START * 1_000, 5_000
    monkeypatch.setattr("time.time_ns", lambda: wall)
    monkeypatch.setattr("time.monotonic_ns", lambda: steady)
    clock = Clock()
    assert clock.now() == START
    wall -= back * 1_000
    steady += 7_000
    assert clock.now() == START + 7
    wall, steady = wall + 3_000, steady + 3_000
    assert clock.now() == START + 10


def test_a_machine_whose_clock_is_set_forward_sets_this_one_forward(monkeypatch):
    wall = START * 1_000
    monkeypatch.setattr("time.time_ns", lambda: wall)
    clock = Clock()
    wall += 3_600 * SECOND * 1_000
    assert clock.now() == START + 3_600 * SECOND


def test_a_clock_is_moved_by_what_it_had_to_be_moved_and_stands_where_it_was_sent():
    machine = Machine()
    clock = Clock(1, START, lambda: machine() + START)
    machine.at += 100
    assert clock.reach(START + 60) == 0
    assert clock.reach(START + 250) == 150
    machine.at += 10
    assert clock.reach(LATEST + 1) == LATEST - START - 260
    clock = Clock(1, START, Hurrying())
    clock.move_to(START + SECOND)
    assert clock.run(0, START + 2 * SECOND) < SECOND
    assert clock.now() == START + 2 * SECOND


class Hurrying(Machine):
    """A machine's clock that goes on at each look."""

    def __call__(self) -> int:
        self.at += 10
        return self.at
