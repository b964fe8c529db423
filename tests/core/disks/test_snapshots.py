"""Snapshots come, change and go."""

import pytest
from tests.core.builders import World
from tests.core.disks.build import disk, image, snapshot, with_disks
from tests.core.engine.commands import FAILS
from tests.core.model.rules import NORTH, SOUTH, STEPS, limited

from duolect_core import errors
from duolect_core.disks.lifecycle import DeleteDisks
from duolect_core.disks.snapshots import CreateSnapshot, DeleteSnapshots, ModifySnapshot
from duolect_core.images.lifecycle import CreateImage
from duolect_core.instances.lifecycle import DeleteInstances, StopInstances
from duolect_core.model.disk_lifecycles import CopyState, DiskKind
from duolect_core.model.resources import OperationState


@pytest.fixture
def world():
    return World(NORTH)


def test_a_snapshot_is_pending_until_it_is_complete(world):
    made = disk(world)
    copy = world.do(
        CreateSnapshot(disk_id=made.id, name="n", description="d", tags={"k": "v"}, extras={"x": 1})
    )
    assert (copy.disk_id, copy.size, copy.kind, copy.zone) == (made.id, 20, DiskKind.DATA, "n1")
    assert (copy.name, copy.description, copy.tags, copy.extras) == ("n", "d", {"k": "v"}, {"x": 1})
    assert world.graph.running_snapshot(made.id) is copy
    world.wait(STEPS.create_snapshot - 1)
    assert copy.state is CopyState.PENDING
    world.wait(1)
    assert (copy.state, copy.modified) == (CopyState.AVAILABLE, world.at)
    assert world.graph.running_snapshot(made.id) is None


def test_a_snapshot_that_fails_stays_until_it_is_deleted(world):
    copy = world.do(CreateSnapshot(disk_id=disk(world).id), command_fault=FAILS)
    world.wait()
    assert copy.state is CopyState.CREATE_FAILED
    world.do(DeleteSnapshots(snapshot_ids=(copy.id,)))
    assert copy.state is CopyState.GONE


def test_snapshots_of_a_disk_are_created_one_by_one():
    world = World(limited(NORTH, snapshots=3, snapshots_per_disk=2, tags_per_resource=1))
    one, other = disk(world), disk(world)
    running = world.do(CreateSnapshot(disk_id=one.id))
    command = CreateSnapshot(disk_id=one.id)
    world.refuses(command, errors.DiskSnapshotRunning, disk_id=one.id, snapshot_id=running.id)
    snapshot(world, other)
    world.do(command)
    world.wait()
    world.refuses(command, errors.SnapshotQuotaExceeded, resource_id=one.id, limit=2)
    world.refuses(CreateSnapshot(disk_id=other.id), errors.SnapshotQuotaExceeded, resource_id="north")
    world.do(DeleteSnapshots(snapshot_ids=(running.id,)))
    tags = {"k": "", "l": ""}
    world.refuses(CreateSnapshot(disk_id=other.id, tags=tags), errors.TagQuotaExceeded)
    world.refuses(CreateSnapshot(disk_id="absent"), errors.DiskNotFound)


def test_no_snapshot_is_begun_while_the_instance_changes(world):
    instance = with_disks(world)
    system = world.graph.system_disk(instance.id)
    world.do(StopInstances((instance.id,)))
    world.refuses(CreateSnapshot(disk_id=system.id), errors.InstanceWrongState)


def test_a_snapshot_outlives_its_disk(world):
    instance, made = with_disks(world), disk(world)
    copy, running = snapshot(world, made), None
    world.do(DeleteDisks((made.id,)))
    running = world.do(CreateSnapshot(disk_id=world.graph.system_disk(instance.id).id))
    world.do(DeleteInstances(instance_ids=(instance.id,), force=True))
    world.wait()
    assert copy.state is running.state is CopyState.AVAILABLE
    assert not world.graph.disks


def test_what_is_said_of_a_snapshot_changes_at_once(world):
    copy = snapshot(world, disk(world))
    world.wait()
    world.do(ModifySnapshot(snapshot_id=copy.id, name="n", description="d", extras={"x": 1}))
    assert (copy.name, copy.description, copy.extras) == ("n", "d", {"x": 1})
    assert copy.modified == world.at
    world.refuses(ModifySnapshot(snapshot_id="absent"), errors.SnapshotNotFound)


@pytest.mark.parametrize("rules", [NORTH, SOUTH], ids=["north", "south"])
def test_a_snapshot_from_which_disks_came_is_deleted_by_force_in_the_north(rules):
    world = World(rules)
    copy = snapshot(world, disk(world))
    made = disk(world, snapshot_id=copy.id)
    command = DeleteSnapshots(snapshot_ids=(copy.id,))
    if rules is NORTH:
        world.refuses(command, errors.SnapshotHoldsDisks, resource_id=copy.id, held_by=made.id)
        command = DeleteSnapshots(snapshot_ids=(copy.id,), force=True)
    world.do(command)
    assert made.snapshot_id == copy.id
    assert not world.graph.snapshots


@pytest.mark.parametrize("rules", [NORTH, SOUTH], ids=["north", "south"])
def test_a_snapshot_may_be_given_up_in_the_north(rules):
    world = World(rules)
    copy = world.do(CreateSnapshot(disk_id=disk(world).id), operation_id="create")
    command = DeleteSnapshots(snapshot_ids=(copy.id,))
    if rules is SOUTH:
        world.refuses(command, errors.SnapshotBusy, snapshot_id=copy.id)
    else:
        world.do(command)
        assert world.graph.operations["create"].state is OperationState.FAILED


def test_a_snapshot_of_an_image_goes_with_it_only(world):
    made = image(world)
    command = DeleteSnapshots(snapshot_ids=made.snapshot_ids)
    world.refuses(command, errors.SnapshotHoldsImages, held_by=made.id)
    coming = world.do(CreateImage(instance_id=made.instance_id))
    together = DeleteSnapshots(snapshot_ids=coming.snapshot_ids, with_images=True)
    world.refuses(together, errors.ImageBusy, image_id=coming.id)
    world.do(DeleteSnapshots(snapshot_ids=made.snapshot_ids, with_images=True))
    assert made.state is CopyState.GONE
    world.refuses(DeleteSnapshots(snapshot_ids=("absent",)), errors.SnapshotNotFound)
