"""Snapshots that cannot be restored: each is refused with a reason, and changes nothing."""

import asyncio
import json

import pytest
from tests.emulator.snapshots.states import change, dumps, reread

from duolect.snapshots import snapshots
from duolect_core.archive import Unfit
from duolect_core.model.resources import LATEST, SECOND


def put(*path, value):
    def damage(tree):
        *parts, last = path
        for part in parts:
            tree = tree[part]
        tree[last] = value

    return damage


DAMAGES = [
    (put("format", value="other"), "/format: is not 'duolect snapshot'"),
    (put("version", value=2), "/version: is not 1, the only one that this Duolect reads"),
    (put("colour", value="red"), "/colour: is not known here"),
    (put("made_by", value=1), "/made_by: must be text, not 1"),
    (put("scope", value=[]), "/scope: must be an object"),
    (put("scope", value={"cloud": 7}), "/scope/cloud: must be text, not 7"),
    (put("scope", value={"cloud": "tencent"}), "/partitions/0: is not in the snapshot's scope"),
    (put("clock", value={}), "/clock/mode: is missing"),
    (put("clock", "now", value=LATEST + 1), "/clock/now: is not in the years 1970 to 9999"),
    (put("partitions", value={}), "/partitions: must be a list"),
    (lambda tree: tree.pop("partitions"), "/partitions: must be a list"),
    (put("partitions", 1, value=7), "/partitions/1: must be an object"),
    (lambda tree: tree["partitions"][0].pop("cloud"), "/partitions/0/cloud: is missing"),
    (put("partitions", 0, "cloud", value="other"), "/partitions/0/cloud: there is no cloud other"),
    (put("partitions", 0, "region", value="mars"), "/partitions/0/region: alibaba has no region mars"),
    (lambda tree: tree["partitions"].append(tree["partitions"][0]), "/partitions/3: stands there twice"),
    (put("partitions", 2, "now", value=LATEST + 1), "/partitions/2/now: is not in the years 1970 to 9999"),
    (put("partitions", 2, "created", value="x"), "/partitions/2/created: must be a whole number, not 'x'"),
    (put("partitions", 2, "networks", value={}), "/partitions/2/"),
]


@pytest.mark.parametrize(("damage", "reason"), DAMAGES)
def test_what_cannot_be_restored_is_refused_and_changes_nothing(world, damage, reason):
    snapshot = reread(world)
    damage(snapshot)
    change(world)
    world.clock.advance(SECOND)
    asyncio.run(world.pipeline.state.settled())
    before, now = dumps(world), world.clock.now()
    with pytest.raises(Unfit) as refusal:
        snapshots.restore(world.pipeline.state, snapshot)
    assert str(refusal.value).startswith(reason)
    assert (dumps(world), world.clock.now()) == (before, now)


@pytest.mark.parametrize("text", [b"", b"{", b"\xff", b"[" * 100_000])
def test_a_text_that_is_no_json_is_refused(text):
    with pytest.raises(Unfit, match="is no JSON"):
        snapshots.parse(text)


@pytest.mark.parametrize("tree", [None, [], {}, {"format": "duolect snapshot"}])
def test_a_tree_that_is_no_snapshot_is_refused(world, tree):
    with pytest.raises(Unfit):
        snapshots.restore(world.pipeline.state, tree)


def test_a_text_is_readable_even_where_a_name_is_half_a_character(world):
    snapshot = snapshots.take(world.pipeline.state)
    snapshot["made_by"] = "中\ud800"
    text = snapshots.write(snapshot)
    assert "中\\ud800".encode() in text
    assert json.loads(text) == snapshot
