"""Group commit: what changes in one turn is kept together, and who waits hears of it in order."""

import asyncio
import threading
from itertools import chain

import pytest

from duolect.store import commits
from duolect.store.commits import Commits
from duolect.store.interface import Record, WriteFailed


class Disk:
    """A store that notes what it is given, and is slow, or full, where it is told to be."""

    def __init__(self, *, slow=True):
        self.slow, self.full, self.broken = slow, False, False
        self.groups, self.threads = [], set()
        self.is_overdue, self.settled = False, 0
        self.is_current = True
        self.gate = threading.Event()
        self.gate.set()

    def is_slow(self, _):
        return self.slow

    def commit(self, changes):
        self.threads.add(threading.current_thread())
        assert self.gate.wait(10)
        if self.full:
            raise WriteFailed("there is no room")
        if self.broken:
            raise ZeroDivisionError
        self.groups.append([record.version for _, record in changes.records])

    def settle(self):
        assert threading.current_thread() is not threading.main_thread()
        self.settled, self.is_overdue = self.settled + 1, False


@pytest.fixture(params=[True, False], ids=["in a thread", "at once"])
def disk(request):
    return Disk(slow=request.param)


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    monkeypatch.setattr(commits, "RETRY", 0.02)


def change(kept, *versions):
    for version in versions:
        kept.changes.records.append((1, Record(version, 0, "C", b"{}", 0)))
        kept.changed()


def begun(disk):
    kept = Commits(disk)
    kept.start()
    return kept


def test_what_changes_in_one_turn_is_one_group(disk):
    async def run():
        kept = begun(disk)
        assert kept.durable
        change(kept, 1, 2, 3)
        assert not kept.durable
        assert await kept.wait()
        assert kept.durable
        assert disk.groups == [[1, 2, 3]]
        kept.stop()

    asyncio.run(run())


def test_what_comes_while_a_group_is_written_is_the_next_one():
    disk = Disk()

    async def run():
        kept = begun(disk)
        disk.gate.clear()
        change(kept, 1)
        await asyncio.sleep(0.01)
        for version in (2, 3, 4):
            change(kept, version)
            await asyncio.sleep(0)
        assert disk.groups == []
        disk.gate.set()
        assert await kept.wait()
        assert disk.groups == [[1], [2, 3, 4]]
        assert threading.main_thread() not in disk.threads
        kept.stop()

    asyncio.run(run())


def test_who_waits_hears_when_its_own_is_kept_and_in_order(disk):
    async def run():
        kept, heard = begun(disk), []
        kept.when_durable(lambda ok: heard.append(("nothing", ok)))
        assert heard == [("nothing", True)]
        disk.gate.clear() if disk.slow else None
        change(kept, 1)
        kept.when_durable(lambda ok: heard.append((1, ok)))
        await asyncio.sleep(0)
        kept.when_durable(lambda ok: heard.append(("who reads", ok)))
        change(kept, 2)
        kept.when_durable(lambda ok: heard.append((2, ok)))
        disk.gate.set()
        await kept.wait()
        assert heard[1:] == [(1, True), ("who reads", True), (2, True)]
        kept.stop()

    asyncio.run(run())


@pytest.mark.parametrize("what", ["full", "broken"])
def test_where_a_group_cannot_be_written_all_wait_in_vain_until_it_can(disk, what):
    async def run():
        kept, heard = begun(disk), []
        setattr(disk, what, True)
        change(kept, 1)
        kept.when_durable(heard.append)
        assert not await kept.wait()
        assert heard == [False]
        assert kept.failure
        assert not kept.durable
        assert not await kept.wait()
        change(kept, 2)
        await asyncio.sleep(0.05)
        assert disk.groups == []
        setattr(disk, what, False)
        await kept.wait_long()
        assert [*chain(*disk.groups)] == [1, 2]
        assert (kept.durable, kept.failure) == (True, "")
        kept.stop()

    asyncio.run(run())


def test_a_stop_ends_what_is_under_way_and_writes_nothing_twice(disk):
    async def run():
        kept = begun(disk)
        change(kept, 1)
        await asyncio.sleep(0)
        change(kept, 2)
        return kept

    loop = asyncio.new_event_loop()
    kept = loop.run_until_complete(run())
    loop.close()
    kept.stop()
    kept.flush()
    assert [*chain(*disk.groups)] == [1, 2]
    assert kept.durable


def test_a_stop_on_a_full_disk_loses_what_nobody_was_told(disk):
    async def run():
        kept = begun(disk)
        disk.full = True
        change(kept, 1)
        assert not await kept.wait()
        return kept

    kept = asyncio.run(run())
    kept.stop()
    with pytest.raises(WriteFailed):
        kept.flush()
    disk.full = False
    kept.flush()
    assert disk.groups == [[1]]


def test_jobs_are_done_between_groups_and_say_what_came_of_them():
    disk = Disk(slow=False)

    async def run():
        kept = begun(disk)
        assert await kept.run(lambda: 7) == 7
        with pytest.raises(ZeroDivisionError):
            await kept.run(lambda: 1 / 0)
        steps = []
        await kept.run_in_steps(iter(steps.append(each) for each in range(3)))
        assert steps == [0, 1, 2]
        busy = asyncio.ensure_future(kept.run(lambda: disk.gate.wait(5)))
        disk.gate.clear()
        await asyncio.sleep(0)
        change(kept, 1)
        await asyncio.sleep(0.01)
        assert disk.groups == []
        disk.gate.set()
        assert await kept.wait()
        assert await busy
        assert threading.main_thread() not in disk.threads, "nobody else uses the store beside a job"
        kept.stop()

    asyncio.run(run())


def test_a_store_is_settled_by_the_thread_amid_groups(disk):
    async def run():
        kept = begun(disk)
        for version in range(1, 9):
            disk.is_overdue = version in {2, 6}
            change(kept, version)
            await kept.wait()
            await kept.run(lambda: None)
        assert disk.settled == 2
        assert [*chain(*disk.groups)] == [*range(1, 9)]
        kept.stop()

    asyncio.run(run())


def test_what_is_placed_and_dropped_at_once_keeps_nobody_waiting():
    disk = Disk(slow=False)

    async def run():
        kept = begun(disk)
        kept.changes.placed[1] = ("alibaba", "me", "cn-hangzhou"), None
        kept.changed()
        kept.changes.drop(1)
        kept.changed()
        async with asyncio.timeout(5):
            assert await kept.wait()
        assert (disk.groups, kept.durable) == ([], True)
        kept.stop()

    asyncio.run(run())


def test_what_is_dropped_before_it_was_written_is_not_written():
    disk = Disk(slow=False)

    async def run():
        kept = begun(disk)
        change(kept, 1)
        kept.changes.drop(1)
        kept.changed()
        assert await kept.wait()
        assert disk.groups == [[]]
        kept.stop()

    asyncio.run(run())
