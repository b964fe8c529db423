"""Snapshots beside the calls: few commands to repeat, a past that reaches back, and no more than that."""

import asyncio
import sys

import pytest
from tests.emulator.store.stored import Stored, furnish

from duolect.store import housekeeping
from duolect.store.housekeeping import Housekeeping, needed
from duolect_core import archive

VPC = {"version": "2016-04-28", "CidrBlock": "10.0.0.0/8"}


@pytest.mark.parametrize(
    ("versions", "kept"),
    [
        ([0], [0]),
        ([0, 10], [0, 10]),
        ([0, 10, 20], [0, 10, 20]),
        ([0, 10, 20, 35], [0, 20, 35]),
        ([0, 10, 20, 35, 60], [10, 35, 60]),
        ([0, 40, 99], [40, 99]),
    ],
)
def test_two_snapshots_are_kept_and_one_that_lies_far_enough_back(versions, kept):
    assert needed(versions, 50) == kept


def tidy(stored, **limits):
    async def run():
        stored.pipeline.keeper.commits.start()
        house = Housekeeping(stored.pipeline.keeper, **{"enough": 20, "least": 5, "reach": 30, **limits})
        stored.pipeline.keeper.enough = 20
        await stored.pipeline.keeper.commits.wait()
        await house.tidy_up()
        await stored.pipeline.keeper.commits.wait()

    asyncio.run(run())
    stored.pipeline.keeper.commits.stop()


def found(stored):
    return stored.pipeline.keeper.kept["alibaba", "AKTEST", "cn-hangzhou"]


def test_a_long_log_becomes_a_snapshot_and_a_restart_repeats_little(stored):
    one = stored.emulator.alibaba()
    for _ in range(25):
        one.call("CreateVpc", **VPC)
    assert stored.pipeline.keeper.work == 25
    tidy(stored)
    assert (stored.pipeline.keeper.work, found(stored).snapshots) == (0, [0, 25])
    one.call("CreateVpc", **VPC)
    before = stored.tree()
    stored.restart()
    assert stored.tree() == before
    assert (stored.pipeline.keeper.work, found(stored).version) == (1, 26)


def test_several_long_logs_become_snapshots_at_once(stored):
    for number in range(60):
        stored.emulator.alibaba().call("CreateVpc", **VPC)
        stored.emulator.tencent().call("CreateVpc", VpcName=f"v{number % 15}", CidrBlock="10.0.0.0/16")
        stored.emulator.alibaba("OTHER").call("CreateVpc", **VPC)
    tidy(stored)
    assert stored.pipeline.keeper.work == 0
    assert [each.snapshots for each in stored.pipeline.keeper.kept.values()] == [[0, 60]] * 3
    before = stored.tree()
    assert stored.restart().tree() == before
    assert stored.pipeline.keeper.work == 0


def test_a_short_log_is_left_alone(stored):
    furnish(stored)
    tidy(stored)
    assert found(stored).snapshots == [0]


def test_what_is_needed_no_more_is_let_go_of(stored, monkeypatch):
    monkeypatch.setattr(housekeeping, "_SHARE", 1_000)
    one = stored.emulator.alibaba()
    for _ in range(4):
        for _ in range(25):
            one.call("CreateVpc", **VPC)
        tidy(stored)
    assert found(stored).snapshots == [50, 75, 100]
    assert stored.rows("snapshots") == 3
    assert stored.rows("log") == 50
    assert stored.rows("parts") == 3


def test_what_was_reset_is_let_go_of(stored):
    furnish(stored)
    tidy(stored)
    stored.pipeline.partitions.forget("AKTEST")
    tidy(stored)
    assert (stored.rows("partitions"), stored.rows("snapshots"), stored.rows("dropped")) == (1, 1, 0)
    assert stored.rows("log") == 1
    before = stored.tree()
    assert stored.restart().tree() == before


def test_what_a_kill_left_of_a_reset_is_let_go_of_later(stored):
    furnish(stored)
    stored.restart()
    stored.pipeline.partitions.forget()
    stored.restart()
    assert stored.rows("dropped") == 2
    stored.emulator.alibaba().call("CreateVpc", **VPC)
    tidy(stored)
    assert stored.rows("dropped") == 0
    assert stored.rows("log") == 1
    before = stored.tree()
    assert stored.restart().tree() == before


def test_a_snapshot_that_is_damaged_costs_nothing(stored, caplog):
    one = stored.emulator.alibaba()
    for _ in range(25):
        one.call("CreateVpc", **VPC)
    tidy(stored)
    one.call("CreateVpc", **VPC)
    stored.pipeline.keeper.commits.flush()
    tree = archive.dump(one.partition)
    key = found(stored).number << 32 | 25
    spoil = (
        "UPDATE parts SET text = x'00' WHERE snapshot = ?"
        if stored.url.startswith("sqlite")
        else "UPDATE duolect_parts SET text = '\\x00' WHERE snapshot = %s"
    )
    stored.pipeline.keeper.store._db.execute(spoil, (key,))
    stored.restart()
    assert archive.dump(stored.emulator.alibaba().partition) == tree
    assert "an older snapshot is taken" in caplog.text
    assert (
        "the damaged file is " in caplog.text
        or "the damaged tables are duolect_damaged_1_* now" in caplog.text
    )
    before = stored.tree()
    assert stored.restart().tree() == before


def test_drawing_a_key_counts_for_many_commands(stored):
    stored.emulator.alibaba().call("CreateKeyPair", KeyPairName="mine")
    assert stored.pipeline.keeper.work >= 1_000


def test_a_large_snapshot_is_kept_in_parts(place, monkeypatch):
    stored = Stored(place())
    monkeypatch.setattr(sys.modules[type(stored.pipeline.keeper.store).__module__], "_PART", 512)
    for _ in range(25):
        stored.emulator.alibaba().call("CreateVpc", **VPC)
    tidy(stored)
    assert stored.rows("parts") > 10
    before = stored.tree()
    assert stored.restart().tree() == before
    assert stored.pipeline.keeper.work == 0
    stored.kill()
