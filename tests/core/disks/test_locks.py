"""Snapshots are locked, and come from other regions."""

import pytest
from tests.core.builders import World
from tests.core.disks.build import disk, snapshot
from tests.core.model.rules import DAY, NORTH, limited

from duolect_core import errors
from duolect_core.disks.copying import CopySnapshot
from duolect_core.disks.locks import LockSnapshot, UnlockSnapshot
from duolect_core.disks.snapshots import CreateSnapshot, DeleteSnapshots
from duolect_core.model.disk_lifecycles import CopyState, DiskKind
from duolect_core.model.disks import HOUR
from duolect_core.model.resources import LATEST


@pytest.fixture
def world():
    return World(NORTH)


def test_a_locked_snapshot_stays_until_its_days_are_over(world):
    made = snapshot(world, disk(world))
    start = world.at
    world.do(LockSnapshot(snapshot_id=made.id, days=2))
    assert (made.lock.firm_from, made.lock.ends) == (start, start + 2 * DAY)
    world.wait(2 * DAY - 1)
    world.refuses(DeleteSnapshots(snapshot_ids=(made.id,)), errors.SnapshotLocked, snapshot_id=made.id)
    world.wait(1)
    world.refuses(UnlockSnapshot(made.id), errors.SnapshotNotLocked, snapshot_id=made.id)
    world.do(DeleteSnapshots(snapshot_ids=(made.id,)))
    assert made.state is CopyState.GONE


def test_a_lock_cools_off_before_it_is_firm(world):
    made = snapshot(world, disk(world))
    world.refuses(UnlockSnapshot(made.id), errors.SnapshotNotLocked)
    world.refuses(UnlockSnapshot("absent"), errors.SnapshotNotFound)
    world.do(LockSnapshot(snapshot_id=made.id, days=9, cool_off=2))
    world.wait(HOUR)
    world.do(LockSnapshot(snapshot_id=made.id, days=3, cool_off=1))
    world.do(UnlockSnapshot(made.id))
    assert made.lock is None
    world.do(LockSnapshot(snapshot_id=made.id, days=3, cool_off=1))
    start = world.at
    world.wait(HOUR)
    world.refuses(UnlockSnapshot(made.id), errors.SnapshotLockFirm)
    for less in ({"days": 2}, {"days": 4, "cool_off": 1}):
        world.refuses(LockSnapshot(snapshot_id=made.id, **less), errors.SnapshotLockFirm)
    world.do(LockSnapshot(snapshot_id=made.id, days=4))
    assert made.lock.ends == start + 4 * DAY


def test_the_days_of_a_lock_count_from_when_the_snapshot_is_complete(world):
    made = world.do(CreateSnapshot(disk_id=disk(world).id))
    world.do(LockSnapshot(snapshot_id=made.id, days=1))
    assert (made.lock.start, made.lock.ends) == (0, LATEST)
    world.wait()
    assert made.lock.start == made.modified


def test_a_snapshot_does_not_expire_before_its_lock_opens(world):
    made = snapshot(world, disk(world), expires=world.at + 2 * DAY)
    world.refuses(LockSnapshot(snapshot_id=made.id, days=3), errors.SnapshotLockTooLong)
    world.do(LockSnapshot(snapshot_id=made.id, days=1))
    world.wait(2 * DAY)
    world.partition.settle(world.at)
    assert made.state is CopyState.GONE


def test_a_copy_comes_from_another_region():
    world = World(limited(NORTH, snapshots_per_disk=1, snapshots=2, tags_per_resource=1))
    made = world.do(
        CopySnapshot(
            disk_id="d",
            kind=DiskKind.SYSTEM,
            size=40,
            name="n",
            description="t",
            tags={"k": "v"},
            extras={"x": 1},
            expires=world.at + DAY,
        )
    )
    assert (made.disk_id, made.kind, made.size, made.zone) == ("d", DiskKind.SYSTEM, 40, "n1")
    assert (made.name, made.description, made.tags, made.extras) == ("n", "t", {"k": "v"}, {"x": 1})
    again = CopySnapshot(disk_id="d", kind=DiskKind.SYSTEM, size=40)
    world.refuses(again, errors.SnapshotCopyRunning, disk_id="d", snapshot_id=made.id)
    world.wait()
    assert made.state is CopyState.AVAILABLE
    world.refuses(again, errors.SnapshotQuotaExceeded, resource_id="d", limit=1)
    tags = {"a": "", "b": ""}
    other = CopySnapshot(disk_id="e", kind=DiskKind.DATA, size=20, tags=tags)
    world.refuses(other, errors.TagQuotaExceeded)
    snapshot(world, disk(world))
    world.refuses(other, errors.SnapshotQuotaExceeded, resource_id="north", limit=2)
