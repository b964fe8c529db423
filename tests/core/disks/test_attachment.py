"""Disks are attached to instances, and detached."""

import pytest
from tests.core.builders import World
from tests.core.disks.build import attached, creation, disk, with_disks
from tests.core.engine.commands import FAILS
from tests.core.model.rules import NORTH, STEPS, limited

from duolect_core import errors
from duolect_core.disks.attachment import AttachDisks, DetachDisks
from duolect_core.disks.changes import ModifyDisks, ResizeDisk
from duolect_core.disks.making import devices
from duolect_core.instances.lifecycle import StopInstances
from duolect_core.model.disk_lifecycles import DiskState
from duolect_core.model.lifecycles import InstanceState


@pytest.fixture
def world():
    return World(NORTH)


def attach(to, *disks, **more):
    return AttachDisks(disk_ids=tuple(each.id for each in disks), instance_id=to.id, **more)


def test_disks_are_attached_under_the_first_free_names(world):
    instance = with_disks(world)
    one, other = disk(world), disk(world)
    world.do(attach(instance, one, other, delete_with_instance=True))
    assert one.state is DiskState.ATTACHING
    assert [each.attachment.device for each in (one, other)] == ["/dev/xvdc", "/dev/xvdd"]
    began = world.at
    world.wait(STEPS.attach_disk)
    assert one.state is other.state is DiskState.IN_USE
    assert one.attachment.since == began + STEPS.attach_disk
    assert (one.delete_with_instance, one.last_instance_id) == (True, instance.id)
    assert [each.id for each in world.graph.disks_of(instance.id)][2:] == [one.id, other.id]


def test_a_disk_may_be_attached_under_a_certain_name(world):
    instance, made, other = with_disks(world), disk(world), disk(world)
    world.do(attach(instance, made, device="/dev/xvdz"))
    assert made.attachment.device == "/dev/xvdz"
    command = attach(instance, other, device="/dev/xvdz")
    world.refuses(command, errors.DeviceInUse, instance_id=instance.id, device="/dev/xvdz")


def test_names_of_devices_go_on_after_the_last_letter():
    names = devices(NORTH, {"/dev/xvdb"})
    found = [next(names) for _ in range(27)]
    assert (found[0], found[1], found[24:]) == (
        "/dev/xvda",
        "/dev/xvdc",
        ["/dev/xvdz", "/dev/xvdaa", "/dev/xvdab"],
    )


def test_a_disk_is_attached_once(world):
    instance = with_disks(world)
    other = world.instance(world.graph.subnets[instance.subnet_id])
    made = disk(world)
    world.do(attach(instance, made))
    for to in (instance, other):
        world.refuses(attach(to, made), errors.DiskAttached, disk_id=made.id, instance_id=instance.id)
    resize = ResizeDisk(disk_id=made.id, size=100)
    world.refuses(resize, errors.DiskWrongState, state=DiskState.ATTACHING)
    world.refuses(DetachDisks(disk_ids=(made.id,)), errors.DiskWrongState, state=DiskState.ATTACHING)


def test_an_attachment_that_fails_leaves_the_disk_free(world):
    instance, made = with_disks(world), disk(world)
    world.do(attach(instance, made), command_fault=FAILS)
    world.wait()
    assert (made.state, made.attachment) == (DiskState.AVAILABLE, None)


def test_what_does_not_fit_is_not_attached():
    world = World(limited(NORTH, disks_per_instance=2))
    instance = with_disks(world)
    far, near, late = disk(world, zone=1), disk(world), disk(world)
    world.refuses(attach(instance, far), errors.DiskZoneMismatch, disk_zone="n2", instance_zone="n1")
    world.refuses(attach(instance, near, late), errors.DisksPerInstanceExceeded, limit=2)
    (coming,) = world.do(creation(world))
    world.refuses(attach(instance, coming), errors.DiskWrongState, state=DiskState.PENDING)
    world.refuses(AttachDisks(disk_ids=(near.id,), instance_id="absent"), errors.InstanceNotFound)
    world.refuses(AttachDisks(disk_ids=("absent",), instance_id=instance.id), errors.DiskNotFound)
    world.do(StopInstances((instance.id,)))
    world.refuses(attach(instance, near), errors.InstanceWrongState, state=InstanceState.STOPPING)
    world.wait()
    world.do(attach(instance, near))


def test_a_disk_is_detached_from_its_instance_only(world):
    instance = with_disks(world)
    other = world.instance(world.graph.subnets[instance.subnet_id])
    made = attached(world, instance)
    wrong = DetachDisks(disk_ids=(made.id,), instance_id=other.id)
    world.refuses(wrong, errors.DiskNotAttached, disk_id=made.id, instance_id=other.id)
    absent = DetachDisks(disk_ids=(made.id,), instance_id="absent")
    world.refuses(absent, errors.InstanceNotFound)
    world.do(DetachDisks(disk_ids=(made.id,), instance_id=instance.id))
    assert made.state is DiskState.DETACHING
    world.refuses(DetachDisks(disk_ids=(made.id,)), errors.DiskWrongState)
    began = world.at
    world.wait(STEPS.detach_disk)
    assert (made.state, made.attachment) == (DiskState.AVAILABLE, None)
    assert (made.detached, made.last_instance_id) == (began + STEPS.detach_disk, instance.id)
    world.refuses(DetachDisks(disk_ids=(made.id,)), errors.DiskNotAttached)


def test_disks_of_two_instances_are_not_detached_together(world):
    one = with_disks(world)
    other = world.instance(world.graph.subnets[one.subnet_id])
    here, there = attached(world, one), attached(world, other)
    together = DetachDisks(disk_ids=(here.id, there.id))
    world.refuses(together, errors.DiskNotAttached, disk_id=there.id, instance_id=one.id)


def test_a_detachment_that_fails_leaves_the_disk_attached(world):
    made = attached(world, with_disks(world))
    world.do(DetachDisks(disk_ids=(made.id,)), command_fault=FAILS)
    world.wait()
    assert made.state is DiskState.IN_USE


def test_what_belongs_to_its_instance_stays(world):
    system, data = world.graph.disks_of(with_disks(world).id)
    world.refuses(DetachDisks(disk_ids=(system.id,)), errors.DiskIsSystem, disk_id=system.id)
    world.do(ModifyDisks(disk_ids=(data.id,), portable=False))
    world.refuses(DetachDisks(disk_ids=(data.id,)), errors.DiskNotPortable, disk_id=data.id)
