"""Images of the account's own come, change and go."""

import pytest
from tests.core.builders import World
from tests.core.disks.build import attached, disk, image, snapshot, with_disks
from tests.core.engine.commands import FAILS
from tests.core.model.rules import NORTH, STEPS, limited

from duolect_core import errors
from duolect_core.disks.snapshots import CreateSnapshot
from duolect_core.images.lifecycle import CreateImage, DeleteImages, ModifyImage
from duolect_core.instances.lifecycle import StopInstances
from duolect_core.model.disk_lifecycles import CopyState, DiskKind


@pytest.fixture
def world():
    return World(NORTH)


def test_an_image_of_an_instance_is_made_of_snapshots_of_its_disks(world):
    instance = with_disks(world)
    system, data = world.graph.disks_of(instance.id)
    made = world.do(
        CreateImage(
            instance_id=instance.id,
            disk_ids=(data.id,),
            source_id="source",
            name="n",
            description="d",
            tags={"k": "v"},
            extras={"x": 1},
            snapshot_extras={"y": 2},
        )
    )
    assert (made.name, made.description, made.tags, made.extras) == ("n", "d", {"k": "v"}, {"x": 1})
    assert (made.size, made.source_id, made.instance_id) == (40, "source", instance.id)
    copies = [world.graph.snapshots[each] for each in made.snapshot_ids]
    assert [each.disk_id for each in copies] == [system.id, data.id]
    assert {each.state for each in (made, *copies)} == {CopyState.PENDING}
    assert copies[0].extras == {"y": 2}
    world.refuses(CreateSnapshot(disk_id=data.id), errors.DiskSnapshotRunning)
    world.wait(STEPS.create_snapshot)
    assert {each.state for each in (made, *copies)} == {CopyState.AVAILABLE}


def test_an_image_that_fails_stays_until_it_is_deleted(world):
    made = world.do(CreateImage(instance_id=with_disks(world).id), command_fault=FAILS)
    world.wait()
    assert made.state is CopyState.CREATE_FAILED
    world.do(DeleteImages(image_ids=(made.id,), with_snapshots=True))
    assert not world.graph.images
    assert not world.graph.snapshots


def test_an_image_is_made_of_snapshots_with_one_of_a_system_disk(world):
    instance = with_disks(world)
    system, data = (snapshot(world, each) for each in world.graph.disks_of(instance.id))
    again = snapshot(world, world.graph.system_disk(instance.id))
    world.refuses(CreateImage(snapshot_ids=(data.id,)), errors.ImageNeedsSystemDisk)
    world.refuses(CreateImage(snapshot_ids=(system.id, again.id)), errors.ImageSystemDisksMany)
    world.refuses(CreateImage(snapshot_ids=("absent",)), errors.SnapshotNotFound)
    made = world.do(CreateImage(snapshot_ids=(data.id, system.id)))
    assert (made.snapshot_ids, made.size) == ((system.id, data.id), 40)
    made = world.do(CreateImage(snapshot_ids=(data.id,), data_as_system=data.id))
    assert made.size == 100
    unfinished = world.do(CreateSnapshot(disk_id=world.graph.system_disk(instance.id).id))
    world.refuses(CreateImage(snapshot_ids=(unfinished.id,)), errors.SnapshotBusy)


def test_what_does_not_fit_makes_no_image():
    world = World(limited(NORTH, images=2, snapshots_per_disk=1, tags_per_resource=1))
    instance = with_disks(world)
    other = with_disks(world, world.graph.subnets[instance.subnet_id])
    free = disk(world)
    foreign = attached(world, other)
    for each in (free, foreign):
        command = CreateImage(instance_id=instance.id, disk_ids=(each.id,))
        world.refuses(command, errors.DiskNotAttached, disk_id=each.id, instance_id=instance.id)
    bare = world.instance(world.graph.subnets[instance.subnet_id])
    world.refuses(CreateImage(instance_id=bare.id), errors.SystemDiskMissing)
    world.refuses(CreateImage(instance_id="absent"), errors.InstanceNotFound)
    world.refuses(CreateImage(instance_id=instance.id, tags={"k": "", "l": ""}), errors.TagQuotaExceeded)
    made = world.do(CreateImage(instance_id=instance.id, name="n"))
    command = CreateImage(instance_id=other.id, name="n")
    world.refuses(command, errors.ImageNameTaken, name="n", taken_by=made.id)
    world.wait()
    world.refuses(CreateImage(instance_id=instance.id), errors.SnapshotQuotaExceeded)
    world.do(CreateImage(instance_id=other.id))
    world.refuses(CreateImage(instance_id=other.id), errors.ImageQuotaExceeded, limit=2)
    world = World(NORTH)
    instance = with_disks(world)
    world.do(StopInstances((instance.id,)))
    world.refuses(CreateImage(instance_id=instance.id), errors.InstanceWrongState)


def test_an_image_is_renamed_unless_the_name_is_taken(world):
    one = image(world, name="a")
    other = world.do(CreateImage(instance_id=one.instance_id))
    world.refuses(ModifyImage(image_id=other.id, name="a"), errors.ImageNameTaken, taken_by=one.id)
    world.do(ModifyImage(image_id=one.id, name="a", description="d", extras={"x": 1}))
    world.do(ModifyImage(image_id=one.id, name="b"))
    assert (one.name, one.description, one.extras) == ("b", "d", {"x": 1})
    world.do(ModifyImage(image_id=other.id, name="a"))
    world.refuses(ModifyImage(image_id="absent"), errors.ImageNotFound)


def test_an_image_is_not_deleted_while_it_is_created(world):
    made = world.do(CreateImage(instance_id=with_disks(world).id))
    world.refuses(DeleteImages(image_ids=(made.id,)), errors.ImageBusy, image_id=made.id)


def test_snapshots_stay_as_long_as_an_image_is_made_of_them(world):
    instance = with_disks(world)
    copy = snapshot(world, world.graph.system_disk(instance.id))
    assert copy.kind is DiskKind.SYSTEM
    one, other = (world.do(CreateImage(snapshot_ids=(copy.id,))) for _ in range(2))
    world.wait()
    world.do(DeleteImages(image_ids=(one.id,), with_snapshots=True))
    assert copy.id in world.graph.snapshots
    world.do(DeleteImages(image_ids=(other.id,), with_snapshots=True))
    assert copy.state is CopyState.GONE
    world.refuses(DeleteImages(image_ids=("absent",)), errors.ImageNotFound)
