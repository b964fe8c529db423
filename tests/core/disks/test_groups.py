"""Snapshots of several disks of an instance are made at one instant, and put back together."""

import pytest
from tests.core.builders import World
from tests.core.disks.build import disk, group, with_disks
from tests.core.engine.commands import FAILS
from tests.core.model.rules import NORTH, SOUTH, limited

from duolect_core import errors
from duolect_core.disks.attachment import AttachDisks, DetachDisks
from duolect_core.disks.groups import (
    CreateSnapshotGroup,
    DeleteSnapshotGroups,
    ModifySnapshotGroup,
    RestoreSnapshotGroup,
)
from duolect_core.disks.locks import LockSnapshot
from duolect_core.disks.snapshots import DeleteSnapshots
from duolect_core.images.lifecycle import CreateImage
from duolect_core.instances.lifecycle import StopInstances
from duolect_core.model.disk_lifecycles import CopyState, DiskState


@pytest.fixture
def world():
    return World(NORTH)


def members(world, made):
    return [world.graph.snapshots[each] for each in made.snapshot_ids]


def sources(world, made):
    return tuple((each.disk_id, each.id) for each in members(world, made))


def test_a_group_has_a_snapshot_of_each_disk(world):
    instance = with_disks(world)
    disks = world.graph.disks_of(instance.id)
    made = world.do(
        CreateSnapshotGroup(
            instance_id=instance.id,
            disk_ids=tuple(each.id for each in disks),
            name="n",
            description="d",
            snapshot_names=("n_0", "n_1"),
            tags={"k": "v"},
            extras={"x": 1},
            snapshot_extras={"y": 2},
        )
    )
    one, other = members(world, made)
    assert (made.name, made.description, made.tags, made.extras) == ("n", "d", {"k": "v"}, {"x": 1})
    assert [each.disk_id for each in (one, other)] == [each.id for each in disks]
    assert (one.name, other.name, one.extras, one.group_id) == ("n_0", "n_1", {"y": 2}, made.id)
    assert one.created == other.created == made.created
    assert {each.state for each in (one, other)} == {CopyState.PENDING}
    world.wait()
    assert {each.state for each in (one, other)} == {CopyState.AVAILABLE}


def test_all_snapshots_of_a_group_fail_together(world):
    instance = with_disks(world)
    ids = tuple(each.id for each in world.graph.disks_of(instance.id))
    made = world.do(CreateSnapshotGroup(instance_id=instance.id, disk_ids=ids), command_fault=FAILS)
    world.wait()
    assert {each.state for each in members(world, made)} == {CopyState.CREATE_FAILED}


def test_the_disks_have_to_be_on_the_instance_and_calm():
    world = World(limited(NORTH, snapshots_per_disk=1, tags_per_resource=1))
    instance = with_disks(world)
    ids = tuple(each.id for each in world.graph.disks_of(instance.id))
    loose = disk(world)

    def refused(error, **more):
        world.refuses(CreateSnapshotGroup(**{"instance_id": instance.id, "disk_ids": ids, **more}), error)

    refused(errors.InstanceNotFound, instance_id="absent")
    refused(errors.DiskNotFound, disk_ids=("absent",))
    refused(errors.DiskNotAttached, disk_ids=(loose.id,))
    refused(errors.TagQuotaExceeded, tags={"a": "", "b": ""})
    group(world, instance)
    refused(errors.SnapshotQuotaExceeded)


def test_a_group_is_called_something_else(world):
    made = group(world, with_disks(world))
    world.do(ModifySnapshotGroup(group_id=made.id, name="m", description="e", extras={"x": 1}))
    assert (made.name, made.description, made.extras, made.modified) == ("m", "e", {"x": 1}, world.at)
    world.refuses(ModifySnapshotGroup(group_id="absent"), errors.SnapshotGroupNotFound)


def test_a_group_goes_with_its_snapshots_and_with_the_last_of_them(world):
    instance = with_disks(world)
    made, other = group(world, instance), group(world, instance)
    (gone,) = world.do(DeleteSnapshotGroups(group_ids=(made.id,)))
    assert len(gone.snapshot_ids) == 2
    assert made.id not in world.graph.snapshot_groups
    assert {each.group_id for each in world.graph.snapshots.values()} == {other.id}
    first, second = other.snapshot_ids
    world.do(DeleteSnapshots(snapshot_ids=(first,)))
    assert other.snapshot_ids == (second,)
    world.do(DeleteSnapshots(snapshot_ids=(second,)))
    assert not world.graph.snapshot_groups
    world.refuses(DeleteSnapshotGroups(group_ids=(made.id,)), errors.SnapshotGroupNotFound)


def test_what_holds_a_snapshot_holds_its_group_or_stays_alone(world):
    made = group(world, with_disks(world))
    system, data = made.snapshot_ids
    used = world.do(CreateImage(snapshot_ids=(system,)))
    world.wait()
    world.refuses(DeleteSnapshotGroups(group_ids=(made.id,)), errors.SnapshotHoldsImages)
    world.do(LockSnapshot(snapshot_id=data, days=1))
    command = DeleteSnapshotGroups(group_ids=(made.id,), with_images=True)
    world.refuses(command, errors.SnapshotLocked, snapshot_id=data)
    world.do(DeleteSnapshotGroups(group_ids=(made.id,), keep=True))
    assert [each.group_id for each in world.graph.snapshots.values()] == ["", ""]
    assert used.id in world.graph.images


def test_a_group_goes_with_the_images_that_are_made_of_it(world):
    made = group(world, with_disks(world))
    world.do(CreateImage(snapshot_ids=made.snapshot_ids))
    world.wait()
    world.do(DeleteSnapshotGroups(group_ids=(made.id,), with_images=True))
    assert not world.graph.images
    assert not world.graph.snapshots


@pytest.mark.parametrize("rules", [NORTH, SOUTH])
def test_disks_hold_again_what_they_held(rules):
    world = World(rules)
    instance = with_disks(world)
    made = group(world, instance)
    command = RestoreSnapshotGroup(group_id=made.id, sources=sources(world, made))
    world.refuses(command, errors.InstanceWrongState)
    world.do(StopInstances((instance.id,)))
    world.wait()
    disks = world.do(command)
    assert [(each.state, each.restoring_id) for each in disks] == [
        (DiskState.RESTORING, each) for each in made.snapshot_ids
    ]
    world.wait()
    assert [(each.state, each.restoring_id) for each in disks] == [(DiskState.IN_USE, "")] * 2


def test_each_disk_has_its_own_snapshot_and_one_instance_all():
    world = World(SOUTH)
    instance = with_disks(world)
    made = group(world, instance)
    (system, first), (data, second) = sources(world, made)
    world.do(StopInstances((instance.id,)))
    world.wait()

    def refused(error, *pairs, group_id=made.id):
        world.refuses(RestoreSnapshotGroup(group_id=group_id, sources=pairs), error)

    refused(errors.SnapshotGroupNotFound, (system, first), group_id="absent")
    refused(errors.DiskNotFound, ("absent", first))
    refused(errors.SnapshotNotInGroup, (system, "absent"))
    refused(errors.SnapshotOfOtherDisk, (system, second))
    ids = (system, data)
    unfinished = world.do(CreateSnapshotGroup(instance_id=instance.id, disk_ids=ids))
    refused(errors.SnapshotBusy, (data, unfinished.snapshot_ids[1]), group_id=unfinished.id)
    world.wait()
    world.do(DetachDisks(disk_ids=(data,)))
    world.wait()
    other = with_disks(world)
    world.do(StopInstances((other.id,)))
    world.wait()
    world.do(AttachDisks(disk_ids=(data,), instance_id=other.id))
    world.wait()
    refused(errors.DisksOfSeveralInstances, (system, first), (data, second))
