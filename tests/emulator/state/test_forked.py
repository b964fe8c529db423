"""Work on the state as it is at one instant: done by a copy of the process, while calls go on."""

import asyncio
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from duolect.state import forked
from duolect.state.forked import LITTLE, MOST_COPIES, CopyFailed, TooManyCopies, on_the_state

MUCH = LITTLE + 1
only_with_copies = pytest.mark.skipif(sys.platform != "linux", reason="no process is copied here")


def descriptors():
    return sorted(Path("/proc/self/fd").iterdir())


def children():
    """Return the processes that this one has started, whoever did so."""
    while True:
        with suppress(FileNotFoundError):  # a thread that ends meanwhile leaves its own to another one
            return {
                pid
                for each in Path("/proc/self/task").iterdir()
                for pid in (each / "children").read_text().split()
            }


async def parts_of(work, size=MUCH):
    return [part async for part in on_the_state(work, size)]


@pytest.mark.parametrize("size", [LITTLE, MUCH])
def test_what_the_work_makes_comes_in_its_order(size):
    made = asyncio.run(parts_of(lambda: (b"a" * 70_000, b"", b"b" * 70_000), size))
    assert b"".join(made) == b"a" * 70_000 + b"b" * 70_000


@only_with_copies
def test_what_changes_after_the_first_part_was_asked_for_is_not_seen():
    state = {"value": 1}

    async def scenario():
        parts = on_the_state(lambda: (b"%d" % state["value"] for _ in range(3)), MUCH)
        asked = asyncio.create_task(anext(parts))
        await asyncio.sleep(0)
        state["value"] = 2
        return await asked + b"".join([part async for part in parts])

    assert asyncio.run(scenario()) == b"111"


@only_with_copies
def test_who_hears_twice_that_there_is_something_to_read_reads_it_once():
    async def scenario():
        news = asyncio.get_running_loop().create_future()
        forked._tell(news)
        forked._tell(news)
        await news

    asyncio.run(scenario())


@only_with_copies
def test_a_copy_stands_back_behind_the_calls():
    (made,) = asyncio.run(parts_of(lambda: (b"%d" % os.nice(0),)))
    assert int(made) > os.nice(0) or os.nice(0) == 19


@only_with_copies
def test_others_take_turns_while_the_copy_works():
    ours, its = os.pipe()

    def wait_until_told():
        os.read(0, 1)
        yield b"done"

    async def scenario():
        task = asyncio.create_task(parts_of(wait_until_told))
        turns = 0
        while not task.done() and turns < 100:
            turns += 1
            await asyncio.sleep(0)
        return turns, task

    before = os.dup(0)
    os.dup2(ours, 0)  # of all descriptors the copy keeps only the standard ones
    os.close(ours)

    async def told():
        turns, task = await scenario()
        os.write(its, b"x")
        return turns, await task

    try:
        assert asyncio.run(told()) == (100, [b"done"])
    finally:
        os.dup2(before, 0)
        os.close(before)
        os.close(its)


@only_with_copies
@pytest.mark.parametrize("how", ["an error", "a signal"])
def test_work_that_is_not_done_is_never_taken_for_done(how):
    def work():
        yield b"half"
        if how == "an error":
            raise LookupError
        os.kill(os.getpid(), 9)

    async def scenario():
        parts = on_the_state(work, MUCH)
        assert await anext(parts) == b"half"
        with pytest.raises(CopyFailed):
            await anext(parts)

    asyncio.run(scenario())


@only_with_copies
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_that_asks_the_server_to_end_leaves_the_copy_its_work(number):
    def work():
        os.kill(os.getpid(), number)
        yield b"done"

    assert asyncio.run(parts_of(work)) == [b"done"]


@only_with_copies
def test_who_wants_no_more_leaves_no_process_and_no_descriptor():
    def endless():
        while True:
            yield b"x" * 100_000

    processes = children()

    async def scenario():
        before = descriptors()
        parts = on_the_state(endless, MUCH)
        await anext(parts)
        assert len(descriptors()) == len(before) + 1
        await parts.aclose()
        assert descriptors() == before

    asyncio.run(scenario())
    assert children() == processes


@only_with_copies
def test_there_are_only_so_many_copies_at_once():
    def endless():
        while True:
            yield b"x" * 100_000

    processes = children()

    async def scenario():
        under_way = [on_the_state(endless, MUCH) for _ in range(MOST_COPIES)]
        for each in under_way:
            await anext(each)
        with pytest.raises(TooManyCopies):
            await anext(on_the_state(endless, MUCH))
        assert await parts_of(lambda: (b"little",), LITTLE) == [b"little"]
        await under_way.pop().aclose()
        assert await parts_of(lambda: (b"done",)) == [b"done"]
        for each in under_way:
            await each.aclose()

    asyncio.run(scenario())
    assert children() == processes


@only_with_copies
def test_the_copy_holds_no_connection_of_the_process_that_serves():
    ours, its = os.pipe()

    def work():
        with suppress(OSError):
            os.fstat(its)
            yield b"held"

    assert asyncio.run(parts_of(work)) == []
    os.close(ours)
    os.close(its)


@pytest.mark.parametrize("fails", ["pipe", "fork"])
def test_where_there_is_no_room_for_a_copy_the_work_is_done_at_once(fails, monkeypatch):
    def no_room():
        raise OSError(12, "Cannot allocate memory")

    monkeypatch.setattr(os, fails, no_room)
    assert asyncio.run(parts_of(lambda: (b"a", b"b"))) == [b"a", b"b"]


def test_where_no_process_can_be_copied_the_work_is_done_at_once(monkeypatch):
    monkeypatch.setattr(forked, "_CAN_COPY", False)
    pid = b"%d" % os.getpid()
    assert asyncio.run(parts_of(lambda: (b"%d" % os.getpid(),))) == [pid]
