"""Disks come and go: by themselves, and with instances."""

import attrs
import pytest
from tests.core.builders import World
from tests.core.disks.build import DATA, SYSTEM, attached, creation, disk, snapshot, with_disks
from tests.core.engine.commands import FAILS
from tests.core.model.rules import BOTH, NORTH, SOUTH, STEPS, limited

from duolect_core import errors
from duolect_core.disks.attachment import AttachDisks, DetachDisks
from duolect_core.disks.changes import ModifyDisks
from duolect_core.disks.lifecycle import DeleteDisks
from duolect_core.disks.snapshots import CreateSnapshot
from duolect_core.instances.creation import RunInstances
from duolect_core.instances.lifecycle import DeleteInstances, StopInstances
from duolect_core.model.disk_lifecycles import DiskKind, DiskState
from duolect_core.model.lifecycles import InstanceState
from duolect_core.model.resources import OperationState


@pytest.fixture
def world():
    return World(NORTH)


def test_a_disk_is_pending_until_it_is_there(world):
    (made,) = world.do(creation(world, name="n", description="d", tags={"k": "v"}, extras={"x": 1}))
    assert (made.state, made.size, made.category) == (DiskState.PENDING, 20, "fast")
    assert (made.name, made.description, made.tags, made.extras) == ("n", "d", {"k": "v"}, {"x": 1})
    assert (made.kind, made.zone, made.attachment) == (DiskKind.DATA, "n1", None)
    world.wait(STEPS.create_disk - 1)
    assert made.state is DiskState.PENDING
    world.wait(1)
    assert made.state is DiskState.AVAILABLE
    assert list(world.graph.tag_values.ids(("Disk", "k", "v"))) == [made.id]


def test_a_disk_that_cannot_be_created_leaves_nothing(world):
    (made,) = world.do(creation(world), command_fault=FAILS)
    world.wait()
    assert (made.state, world.graph.disks) == (DiskState.GONE, {})


def test_disks_are_created_together_or_not_at_all():
    world = World(limited(NORTH, disks=2, tags_per_resource=1))
    world.refuses(creation(world, count=3), errors.DiskQuotaExceeded, resource_id="north", limit=2)
    world.refuses(creation(world, tags={"k": "", "l": ""}), errors.TagQuotaExceeded)
    assert len(world.do(creation(world, count=2))) == 2
    world.refuses(creation(world), errors.DiskQuotaExceeded)
    command = attrs.evolve(creation(world), zone="absent")
    world.refuses(command, errors.ZoneNotFound, resource_id="absent")


def test_a_disk_comes_from_a_snapshot_that_is_complete_and_has_room_for_it(world):
    source = attached(world, with_disks(world), size=30)
    made = world.do(CreateSnapshot(disk_id=source.id))
    command = creation(world, size=30, snapshot_id=made.id)
    world.refuses(command, errors.SnapshotBusy, snapshot_id=made.id)
    world.wait()
    too_small = creation(world, size=29, snapshot_id=made.id)
    world.refuses(too_small, errors.DiskTooSmall, resource_id=made.id, size=30, wanted=29)
    world.refuses(creation(world, snapshot_id="absent"), errors.SnapshotNotFound, resource_id="absent")
    (copy,) = world.do(command)
    assert list(world.graph.disks_by_snapshot.ids(made.id)) == [copy.id]
    system = world.graph.disks_of(source.attachment.instance_id)[0]
    of_system = snapshot(world, system)
    command = creation(world, size=80, snapshot_id=of_system.id)
    world.refuses(command, errors.SnapshotOfSystemDisk, snapshot_id=of_system.id)


@BOTH
def test_an_instance_comes_with_its_disks(rules):
    world = World(rules)
    one, other = world.instances(world.subnet(), "ab", disks=(SYSTEM, DATA, DATA), disk_tags={"k": "v"})
    for instance in (one, other):
        system, first, second = world.graph.disks_of(instance.id)
        assert [each.kind for each in (system, first, second)] == [DiskKind.SYSTEM] + [DiskKind.DATA] * 2
        letters = [each.attachment.device[-1] for each in (system, first, second)]
        assert letters == ["a", "b", "c"]
        assert {each.state for each in (system, first, second)} == {DiskState.IN_USE}
        assert (first.name, first.size, first.tags, first.zone) == ("data", 100, {"k": "v"}, instance.zone)
        assert world.graph.system_disk(instance.id) is system
        assert system.last_instance_id == instance.id


def test_disks_that_come_with_an_instance_keep_to_its_limits():
    world = World(limited(NORTH, disks_per_instance=1, disks=3))
    subnet = world.subnet()
    wanted = {"type_name": "large", "subnet_id": subnet.id, "group_ids": world.default_groups(subnet)}
    command = RunInstances(names=("a",), disks=(SYSTEM, DATA, DATA), **wanted)
    world.refuses(command, errors.DisksPerInstanceExceeded, limit=1)
    command = RunInstances(names=tuple("abcd"), disks=(SYSTEM, DATA), **wanted)
    world.refuses(command, errors.DiskQuotaExceeded)
    named = attrs.evolve(DATA, device="/dev/xvdf")
    world = World(NORTH)
    subnet = world.subnet()
    wanted |= {"subnet_id": subnet.id, "group_ids": world.default_groups(subnet)}
    command = RunInstances(names=("a",), disks=(SYSTEM, named, named), **wanted)
    world.refuses(command, errors.DeviceInUse, device="/dev/xvdf")
    lost = attrs.evolve(DATA, snapshot_id="absent")
    world.refuses(RunInstances(names=("a",), disks=(SYSTEM, lost), **wanted), errors.SnapshotNotFound)
    (instance,) = world.do(RunInstances(names=("a",), disks=(SYSTEM, named), **wanted))
    assert [each.attachment.device for each in world.graph.disks_of(instance.id)] == [
        "/dev/xvda",
        "/dev/xvdf",
    ]


def test_a_disk_goes_with_its_instance_or_stays_as_it_says(world):
    kept = attrs.evolve(DATA, delete_with_instance=False)
    instance = world.instance(world.subnet(), disks=(SYSTEM, DATA, kept))
    system, goes, stays = world.graph.disks_of(instance.id)
    world.do(ModifyDisks(disk_ids=(system.id,), delete_with_instance=False))
    world.do(DeleteInstances(instance_ids=(instance.id,), force=True))
    assert goes.state is DiskState.IN_USE
    world.wait()
    assert goes.state is DiskState.GONE
    assert stays.state is system.state is DiskState.AVAILABLE
    assert (system.kind, system.portable, system.attachment) == (DiskKind.DATA, True, None)
    assert stays.last_instance_id == instance.id
    assert stays.detached == system.detached
    assert 0 < stays.detached <= world.partition.now
    assert set(world.graph.disks) == {system.id, stays.id}


@pytest.mark.parametrize("rules", [NORTH, SOUTH], ids=["north", "south"])
def test_of_an_instance_that_never_was_no_disk_is_kept(rules):
    world = World(rules)
    subnet = world.subnet()
    (instance,) = world.do(
        RunInstances(
            type_name="large",
            subnet_id=subnet.id,
            names=("a",),
            group_ids=world.default_groups(subnet),
            disks=(SYSTEM, attrs.evolve(DATA, delete_with_instance=False)),
        ),
        command_fault=FAILS,
    )
    world.wait()
    if instance.state is InstanceState.LAUNCH_FAILED:
        assert len(world.graph.disks) == 2
        world.do(DeleteInstances(instance_ids=(instance.id,)))
    assert world.graph.disks == {}


@pytest.mark.parametrize("goes", [True, False])
def test_what_is_under_way_with_a_disk_ends_with_its_instance(world, goes):
    instance = with_disks(world)
    world.do(StopInstances((instance.id,)))
    world.wait()
    coming, going = disk(world), attached(world, instance)
    world.do(DeleteInstances(instance_ids=(instance.id,)), operation_id="delete")
    late = AttachDisks(disk_ids=(coming.id,), instance_id=instance.id)
    world.refuses(late, errors.InstanceWrongState, state=InstanceState.DELETING)
    world.refuses(DetachDisks(disk_ids=(going.id,)), errors.InstanceWrongState)
    world.wait()
    other = with_disks(world, world.graph.subnets[instance.subnet_id])
    world.do(StopInstances((other.id,)))
    world.wait(STEPS.stop)
    command = AttachDisks(disk_ids=(coming.id,), instance_id=other.id, delete_with_instance=goes)
    world.do(command, operation_id="attach")
    assert coming.state is DiskState.ATTACHING
    world.do(DeleteInstances(instance_ids=(other.id,)))
    world.wait(STEPS.delete_instance)
    assert coming.state is (DiskState.GONE if goes else DiskState.AVAILABLE)
    attach = world.graph.operations["attach"]
    assert (attach.state, attach.reason) == (OperationState.FAILED, f"instance {other.id} was deleted")


def test_a_disk_is_deleted_when_it_is_attached_to_nothing(world):
    instance = with_disks(world)
    made, held = disk(world), attached(world, instance)
    command = DeleteDisks((made.id, held.id))
    world.refuses(command, errors.DiskAttached, disk_id=held.id, instance_id=instance.id)
    world.refuses(DeleteDisks(("absent",)), errors.DiskNotFound)
    world.do(DeleteDisks((made.id,)))
    assert made.state is DiskState.DELETING
    for busy in (
        DeleteDisks((made.id,)),
        CreateSnapshot(disk_id=made.id),
        AttachDisks(disk_ids=(made.id,), instance_id=instance.id),
        ModifyDisks(disk_ids=(made.id,), name="n"),
    ):
        world.refuses(busy, errors.DiskWrongState, disk_id=made.id, state=DiskState.DELETING)
    world.wait()
    assert made.state is DiskState.GONE
    assert made.id not in world.graph.disks


def test_a_deletion_that_fails_leaves_the_disk(world):
    made = disk(world)
    world.do(DeleteDisks((made.id,)), command_fault=FAILS)
    world.wait()
    assert made.state is DiskState.AVAILABLE


def test_a_disk_is_not_deleted_while_a_snapshot_of_it_is_created(world):
    made = disk(world)
    running = world.do(CreateSnapshot(disk_id=made.id))
    command = DeleteDisks((made.id,))
    world.refuses(command, errors.DiskSnapshotRunning, disk_id=made.id, snapshot_id=running.id)
    world.wait()
    world.do(command)
    world.wait()
    assert list(world.graph.snapshots_by_disk.ids(made.id)) == [running.id]
