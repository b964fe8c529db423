"""A snapshot is as of one instant, whatever is called while it is written, and whoever does not want it."""

import asyncio
import json

import hypothesis.strategies as st
from hypothesis import given, settings
from tests.emulator.asgi import send
from tests.emulator.resources import create_resources
from tests.emulator.snapshots.states import dumps, vpcs
from tests.harness import emulator

from duolect.server.app import make_app
from duolect.snapshots import snapshots
from duolect.state import forked
from duolect.state.forked import on_the_state

CALLS = st.lists(
    st.sampled_from(["create network", "create interface", "delete interface", "advance", "reset"]),
    max_size=6,
)


def do(world, made, call):
    client = world.alibaba("one")
    if call == "create network":
        client.call("CreateVpc", "2016-04-28")
    elif call == "create interface" and made:
        client.call("CreateNetworkInterface", VSwitchId=made[0].subnet, SecurityGroupId=made[0].group)
    elif call == "delete interface" and made:
        client.call("DeleteNetworkInterface", NetworkInterfaceId=made.pop().interface)
    elif call == "advance":
        world.advance()
    else:
        made.clear()
        world.pipeline.partitions.forget("one")


@settings(deadline=None, max_examples=25)
@given(before=CALLS, meanwhile=CALLS)
def test_a_snapshot_is_as_of_the_instant_at_which_it_was_taken(before, meanwhile):
    world = emulator()
    made = [create_resources(world.alibaba("one"))]
    for call in before:
        do(world, made, call)
    cut = snapshots.cut(world.pipeline.state)
    expected = cut.tree()

    async def scenario():
        parts = on_the_state(cut.text, forked.LITTLE + 1)
        asked = asyncio.create_task(anext(parts))
        await asyncio.sleep(0)
        for call in meanwhile:
            do(world, made, call)
        return await asked + b"".join([part async for part in parts])

    assert json.loads(asyncio.run(scenario())) == expected


def test_the_text_is_that_of_the_tree_however_it_is_made(world):
    state = world.pipeline.state
    for scope in (
        snapshots.EVERYTHING,
        snapshots.Scope(access_key="one"),
        snapshots.Scope(access_key="none"),
    ):
        cut = snapshots.cut(state, scope)
        assert b"".join(cut.text()) == snapshots.write(cut.tree())
    client = world.alibaba("one")
    for _ in range(100):
        client.call("CreateVpc", "2016-04-28")
    cut = snapshots.cut(state)
    assert b"".join(cut.text()) == snapshots.write(cut.tree())


def test_a_large_state_is_sent_as_it_is_written(world, monkeypatch):
    app = make_app(world.pipeline, 1000)
    vpcs(world.alibaba("one"))
    small = {path: send(app, "GET", path) for path in PATHS}
    monkeypatch.setattr(forked, "LITTLE", 0)
    monkeypatch.setattr("duolect.control.answers.LITTLE", 0)
    for path, answer in small.items():
        large = send(app, "GET", path)
        assert large.headers.get("content-length") is None
        assert large.headers["content-type"] == answer.headers["content-type"]
        assert large.content == answer.content


PATHS = [
    "/_duolect/snapshot",
    "/_duolect/state",
    "/_duolect/leaks",
    "/_duolect/partitions",
    "/_duolect/journal",
    "/_duolect/journal/export",
    "/_duolect/metrics",
]


def test_a_snapshot_that_fails_on_its_way_is_a_problem_and_changes_nothing(world, monkeypatch):
    app, before = make_app(world.pipeline, 1000), dumps(world)
    monkeypatch.setattr("duolect.control.answers.LITTLE", 0)
    monkeypatch.setattr(forked, "LITTLE", 0)
    monkeypatch.setattr("duolect_core.archive.dump_members", lambda _: 1 / 0)
    assert send(app, "GET", "/_duolect/snapshot").status_code == 500
    monkeypatch.undo()
    assert dumps(world) == before
