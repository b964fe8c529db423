"""Others are served while a snapshot is read, and while what was forgotten is freed."""

import asyncio
import gc
import sys
import threading
import weakref
from contextlib import asynccontextmanager

import httpx
import pytest
from tests.emulator.asgi import BASE, send
from tests.emulator.snapshots.states import change, dumps
from tests.harness import emulator

from duolect.calls import background
from duolect.server.app import make_app
from duolect.snapshots import snapshots
from duolect_core.engine.dismantling import dismantle

CREATE = "/?Action=CreateVpc&Version=2016-04-28&Format=JSON&RegionId=cn-hangzhou&AccessKeyId=one"
DURATIONS = "/_duolect/durations"


@asynccontextmanager
async def client_of(app):
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url=BASE, trust_env=False) as client:
        yield client


class Gate:
    """Holds the thread that reads a snapshot until the test lets it go on."""

    def __init__(self, monkeypatch):
        self.reached, self.opened = threading.Event(), threading.Event()
        prepare = snapshots.prepare

        def hold(*arguments, **more):
            prepared = prepare(*arguments, **more)
            self.reached.set()
            assert self.opened.wait(30)
            return prepared

        monkeypatch.setattr(snapshots, "prepare", hold)


def restored_with(app, monkeypatch, content, meanwhile):
    """Restore a snapshot, and make requests while it is read; return all the answers."""
    gate = Gate(monkeypatch)

    async def scenario():
        async with client_of(app) as client:
            restoring = asyncio.create_task(client.post("/_duolect/restore", content=content))
            await asyncio.to_thread(gate.reached.wait, 30)
            answers = [await client.request(*request, **more) for request, more in meanwhile]
            gate.opened.set()
            return await restoring, answers

    return asyncio.run(scenario())


def test_calls_are_served_while_a_snapshot_is_read_and_all_changes_at_one_instant(world, monkeypatch):
    app, before = make_app(world.pipeline, 1000), dumps(world)
    taken = send(app, "GET", "/_duolect/snapshot").content
    change(world)
    calls = [(("POST", CREATE), {})] * 3
    done, answers = restored_with(app, monkeypatch, taken, calls)
    assert [each.status_code for each in answers] == [200, 200, 200]
    assert len({each.json()["VpcId"] for each in answers}) == 3
    assert done.status_code == 200
    assert dumps(world) == before


def test_how_long_changes_take_is_as_it_was_said_while_a_snapshot_was_read(world, monkeypatch):
    app = make_app(world.pipeline, 1000)
    taken = send(app, "GET", "/_duolect/snapshot").content
    wanted = {"json": {"cloud": "alibaba", "operations": {"attach": "42s"}}}
    done, _ = restored_with(app, monkeypatch, taken, [(("PUT", DURATIONS), wanted)])
    assert done.status_code == 200
    for (cloud, _, _), partition in world.pipeline.partitions.items():
        assert (partition.rules.durations.attach == 42_000_000) is (cloud == "alibaba")


def test_threads_are_brief_until_the_last_of_those_in_the_background_has_ended():
    usual, seen = sys.getswitchinterval(), []

    async def scenario():
        first, second = threading.Event(), threading.Event()
        one = asyncio.create_task(background.in_background(first.wait))
        two = asyncio.create_task(background.in_background(second.wait))
        await asyncio.sleep(0)
        seen.append(sys.getswitchinterval())
        first.set()
        await one
        seen.append(sys.getswitchinterval())
        second.set()
        await two
        seen.append(sys.getswitchinterval())

    asyncio.run(scenario())
    assert seen[0] == seen[1] < usual == seen[2]


def test_what_is_dismantled_holds_nothing_any_more(world):
    partition = world.alibaba("one").partition
    kept = [weakref.ref(each) for each in partition.graph.resources() if hasattr(each, "__weakref__")]
    sizes = [len(table) for table in partition.graph.tables()]
    assert any(sizes)
    dismantle(partition)
    assert not any(len(table) for table in partition.graph.tables())
    assert not len(partition.timeline)
    assert not partition.idempotency.entries()
    gc.collect()
    assert not [each for each in kept if each() is not None]


@pytest.mark.parametrize("path", ["/_duolect/reset", "/_duolect/reset?access_key=one"])
def test_a_large_world_is_taken_apart_after_it_was_forgotten(world, monkeypatch, path):
    monkeypatch.setattr(background, "_LITTLE", 0)
    app, partition = make_app(world.pipeline, 1000), world.alibaba("one").partition
    assert send(app, "POST", path).status_code == 200
    assert not list(partition.graph.resources())
    fresh = emulator().alibaba("one")
    ids = {client.call("CreateVpc", "2016-04-28")["VpcId"] for client in (world.alibaba("one"), fresh)}
    assert len(ids) == 1
