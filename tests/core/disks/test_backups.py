"""Backups of disks come, are put back, and go with their disks."""

import pytest
from tests.core.builders import World
from tests.core.disks.build import backup, disk, snapshot, with_disks
from tests.core.engine.commands import FAILS
from tests.core.model.rules import SOUTH

from duolect_core import errors
from duolect_core.disks.backups import CreateDiskBackup, DeleteDiskBackups, RestoreDiskBackup
from duolect_core.disks.lifecycle import DeleteDisks
from duolect_core.disks.snapshots import CreateSnapshot
from duolect_core.instances.lifecycle import DeleteInstances, StopInstances
from duolect_core.model.disk_lifecycles import CopyState, DiskState


@pytest.fixture
def world():
    return World(SOUTH)


def test_a_backup_is_pending_until_it_is_complete(world):
    made = disk(world)
    copy = world.do(CreateDiskBackup(disk_id=made.id, limit=1, name="n"))
    assert (copy.name, copy.disk_id, copy.size, copy.state) == ("n", made.id, 20, CopyState.PENDING)
    world.refuses(CreateSnapshot(disk_id=made.id), errors.DiskSnapshotRunning, snapshot_id=copy.id)
    world.refuses(DeleteDiskBackups((copy.id,)), errors.DiskBackupBusy)
    world.wait()
    assert copy.state is CopyState.AVAILABLE
    world.refuses(CreateDiskBackup(disk_id=made.id, limit=1), errors.DiskBackupQuotaExceeded, limit=1)
    world.refuses(CreateDiskBackup(disk_id="absent", limit=1), errors.DiskNotFound)
    snapshot(world, made)


def test_a_backup_that_fails_can_only_be_deleted(world):
    made = disk(world)
    copy = world.do(CreateDiskBackup(disk_id=made.id, limit=1), command_fault=FAILS)
    world.wait()
    assert copy.state is CopyState.CREATE_FAILED
    world.refuses(RestoreDiskBackup(disk_id=made.id, backup_id=copy.id), errors.DiskBackupBusy)
    world.do(DeleteDiskBackups((copy.id,)))
    assert copy.state is CopyState.GONE


def test_a_disk_holds_again_what_its_backup_holds(world):
    made, other = disk(world), disk(world)
    copy = backup(world, made)
    world.refuses(
        RestoreDiskBackup(disk_id=other.id, backup_id=copy.id),
        errors.DiskBackupOfOtherDisk,
        backup_id=copy.id,
        disk_id=other.id,
    )
    world.refuses(RestoreDiskBackup(disk_id=made.id, backup_id="absent"), errors.DiskBackupNotFound)
    world.do(RestoreDiskBackup(disk_id=made.id, backup_id=copy.id))
    assert (made.state, made.restoring_id) == (DiskState.RESTORING, copy.id)
    world.refuses(DeleteDiskBackups((copy.id,)), errors.DiskBackupBusy, backup_id=copy.id)
    world.wait()
    assert (made.state, made.restoring_id) == (DiskState.AVAILABLE, "")
    world.do(DeleteDiskBackups((copy.id, copy.id)))
    assert not world.graph.disk_backups
    world.refuses(DeleteDiskBackups((copy.id,)), errors.DiskBackupNotFound)


def test_the_backups_of_a_disk_go_with_it(world):
    made = disk(world)
    copy = backup(world, made)
    world.do(DeleteDisks((made.id,)))
    world.wait()
    assert copy.state is CopyState.GONE
    assert not world.graph.disk_backups


def test_a_backup_that_is_being_created_goes_once_it_is_complete(world):
    instance = with_disks(world)
    world.do(StopInstances((instance.id,)))
    world.wait()
    system = world.graph.system_disk(instance.id)
    copy = world.do(CreateDiskBackup(disk_id=system.id, limit=1))
    world.do(DeleteInstances(instance_ids=(instance.id,)))
    world.wait()
    assert copy.state is CopyState.GONE
    assert not world.graph.disk_backups
