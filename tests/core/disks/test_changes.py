"""Disks change: what is said of them, their size, what they hold, and which one a system is on."""

import pytest
from tests.core.builders import World
from tests.core.disks.build import attached, creation, disk, snapshot, with_disks
from tests.core.engine.commands import FAILS, HOLDS
from tests.core.model.rules import NORTH, SOUTH, STEPS

from duolect_core import errors
from duolect_core.disks.attachment import DetachDisks
from duolect_core.disks.changes import ModifyDisks, ReplaceSystemDisk, ResizeDisk, RestoreDisk
from duolect_core.disks.snapshots import CreateSnapshot, DeleteSnapshots
from duolect_core.instances.lifecycle import DeleteInstances, StopInstances
from duolect_core.model.disk_lifecycles import DiskKind, DiskState
from duolect_core.model.disks import NewDisk
from duolect_core.model.lifecycles import InstanceState


def stopped(world, instance):
    world.do(StopInstances((instance.id,)))
    world.wait()
    return instance


def test_what_is_said_of_a_disk_changes_at_once():
    world = World(NORTH)
    made = disk(world, extras={"x": 1})
    said = {"name": "n", "description": "d", "category": "c", "portable": False}
    world.do(ModifyDisks(disk_ids=(made.id,), delete_with_instance=True, extras={"y": 2}, **said))
    assert {name: getattr(made, name) for name in said} == said
    assert (made.delete_with_instance, made.extras) == (True, {"x": 1, "y": 2})
    world.do(ModifyDisks(disk_ids=(made.id,)))
    assert made.name == "n"
    (coming,) = world.do(creation(world))
    world.refuses(ModifyDisks(disk_ids=(coming.id,), name="x"), errors.DiskWrongState)
    world.refuses(ModifyDisks(disk_ids=(made.id, "absent"), name="x"), errors.DiskNotFound)


@pytest.mark.parametrize("at_once", [False, True])
@pytest.mark.parametrize("is_attached", [False, True])
def test_a_disk_becomes_larger(is_attached, at_once):
    world = World(SOUTH)
    made = attached(world, with_disks(world)) if is_attached else disk(world)
    world.refuses(ResizeDisk(disk_id=made.id, size=20), errors.DiskTooSmall, size=20, wanted=20)
    world.do(ResizeDisk(disk_id=made.id, size=30, at_once=at_once))
    if not at_once:
        assert (made.state, made.size) == (DiskState.RESIZING, 20)
        world.refuses(ResizeDisk(disk_id=made.id, size=40), errors.DiskWrongState)
        world.wait(STEPS.change_disk)
    assert made.size == 30
    assert made.state is (DiskState.IN_USE if is_attached else DiskState.AVAILABLE)


def test_a_disk_becomes_larger_at_once_in_the_north_unless_it_is_made_to_take_time():
    world = World(NORTH)
    made = disk(world)
    world.do(ResizeDisk(disk_id=made.id, size=30))
    assert (made.size, made.state) == (30, DiskState.AVAILABLE)
    world.do(ResizeDisk(disk_id=made.id, size=40), command_fault=FAILS)
    assert made.state is DiskState.RESIZING
    world.wait()
    assert (made.size, made.new_size, made.state) == (30, 0, DiskState.AVAILABLE)


def test_a_disk_keeps_its_size_while_anything_else_is_under_way():
    world = World(NORTH)
    instance = with_disks(world)
    made = attached(world, instance)
    world.do(CreateSnapshot(disk_id=made.id))
    world.refuses(ResizeDisk(disk_id=made.id, size=30), errors.DiskSnapshotRunning)
    world.wait()
    world.do(StopInstances((instance.id,)))
    world.refuses(ResizeDisk(disk_id=made.id, size=30), errors.InstanceWrongState)
    world.refuses(ResizeDisk(disk_id="absent", size=30), errors.DiskNotFound)


def test_a_resize_ends_with_the_instance():
    world = World(SOUTH)
    instance = with_disks(world)
    made = attached(world, instance)
    world.do(ResizeDisk(disk_id=made.id, size=30), command_fault=HOLDS)
    world.do(ModifyDisks(disk_ids=(made.id,), delete_with_instance=False))
    world.do(DeleteInstances(instance_ids=(instance.id,), force=True))
    world.wait()
    assert (made.state, made.size, made.new_size) == (DiskState.AVAILABLE, 20, 0)


def test_a_disk_is_restored_from_a_snapshot_of_it():
    world = World(NORTH)
    instance = with_disks(world)
    made = attached(world, instance)
    other = attached(world, instance)
    copy, foreign = snapshot(world, made), snapshot(world, other)
    restore = RestoreDisk(disk_id=made.id, snapshot_id=copy.id)
    world.refuses(restore, errors.InstanceWrongState, state=InstanceState.RUNNING)
    stopped(world, instance)
    wrong = RestoreDisk(disk_id=made.id, snapshot_id=foreign.id)
    world.refuses(wrong, errors.SnapshotOfOtherDisk, snapshot_id=foreign.id, disk_id=made.id)
    world.refuses(RestoreDisk(disk_id=made.id, snapshot_id="absent"), errors.SnapshotNotFound)
    world.do(restore)
    assert made.state is DiskState.RESTORING
    world.refuses(DetachDisks(disk_ids=(made.id,)), errors.DiskWrongState)
    world.wait(STEPS.change_disk)
    assert made.state is DiskState.IN_USE
    world.do(RestoreDisk(disk_id=made.id), command_fault=FAILS)
    world.wait()
    assert made.state is DiskState.IN_USE
    unfinished = world.do(CreateSnapshot(disk_id=made.id))
    command = RestoreDisk(disk_id=made.id, snapshot_id=unfinished.id)
    world.refuses(command, errors.SnapshotBusy)
    world.refuses(RestoreDisk(disk_id=made.id), errors.DiskSnapshotRunning)
    world.refuses(RestoreDisk(disk_id=disk(world).id), errors.DiskNotAttached)


def test_a_portable_disk_is_restored_while_it_is_free_in_the_south():
    world = World(SOUTH)
    instance = with_disks(world)
    made = attached(world, instance)
    copy = snapshot(world, made)
    restore = RestoreDisk(disk_id=made.id, snapshot_id=copy.id)
    world.refuses(restore, errors.DiskAttached, disk_id=made.id)
    world.do(DetachDisks(disk_ids=(made.id,)))
    world.wait()
    world.do(restore)
    world.wait()
    assert made.state is DiskState.AVAILABLE
    system = world.graph.system_disk(instance.id)
    world.do(ModifyDisks(disk_ids=(system.id,), portable=False))
    world.refuses(RestoreDisk(disk_id=system.id), errors.InstanceWrongState)
    stopped(world, instance)
    world.do(RestoreDisk(disk_id=system.id))
    assert system.state is DiskState.RESTORING


def test_a_disk_is_not_made_anew_when_its_snapshot_is_gone():
    world = World(NORTH)
    instance = stopped(world, with_disks(world))
    copy = snapshot(world, attached(world, instance))
    made = attached(world, instance, snapshot_id=copy.id)
    world.do(DeleteSnapshots(snapshot_ids=(copy.id,), force=True))
    world.refuses(RestoreDisk(disk_id=made.id), errors.SourceSnapshotGone, snapshot_id=copy.id)


def test_a_stopped_instance_gets_another_system_disk():
    world = World(NORTH)
    instance = with_disks(world, tags={"k": "v"}, extras={"image": "a"})
    old = world.graph.system_disk(instance.id)
    new = NewDisk(size=50, category="c")
    command = ReplaceSystemDisk(instance_id=instance.id, new=new, extras={"image": "b"})
    world.refuses(command, errors.InstanceWrongState, state=InstanceState.RUNNING)
    stopped(world, instance)
    made = world.do(command)
    assert old.state is DiskState.GONE
    assert (made.state, made.kind, made.size) == (DiskState.RESTORING, DiskKind.SYSTEM, 50)
    assert (made.attachment.device, instance.extras) == ("/dev/xvda", {"image": "b"})
    assert world.graph.disks_of(instance.id)[0] is made
    world.refuses(command, errors.DiskWrongState, state=DiskState.RESTORING)
    world.wait()
    assert made.state is DiskState.IN_USE
    bare = stopped(world, world.instance(world.graph.subnets[instance.subnet_id]))
    command = ReplaceSystemDisk(instance_id=bare.id, new=new)
    world.refuses(command, errors.SystemDiskMissing, instance_id=bare.id)
    world.refuses(ReplaceSystemDisk(instance_id="absent", new=new), errors.InstanceNotFound)
