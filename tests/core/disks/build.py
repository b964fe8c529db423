"""Disks, snapshots and images, built in one line each."""

from duolect_core.disks.attachment import AttachDisks
from duolect_core.disks.backups import CreateDiskBackup
from duolect_core.disks.groups import CreateSnapshotGroup
from duolect_core.disks.lifecycle import CreateDisks
from duolect_core.disks.policies import CreateSnapshotPolicy
from duolect_core.disks.snapshots import CreateSnapshot
from duolect_core.images.lifecycle import CreateImage
from duolect_core.model.disks import NewDisk, Schedule

SYSTEM = NewDisk(size=40, category="fast")
DATA = NewDisk(size=100, category="slow", name="data")


def creation(world, zone=0, **more):
    """Return the command that creates one disk."""
    count, tags = more.pop("count", 1), more.pop("tags", {})
    new = NewDisk(**{"size": 20, "category": "fast", **more})
    return CreateDisks(new=new, zone=world.partition.rules.zones[zone], count=count, tags=tags)


def disk(world, zone=0, **more):
    """Return a new disk that is ready."""
    (made,) = world.do(creation(world, zone, **more))
    world.wait()
    return made


def attached(world, instance, **more):
    """Return a new disk that is attached to an instance."""
    made = disk(world, **more)
    world.do(AttachDisks(disk_ids=(made.id,), instance_id=instance.id))
    world.wait()
    return made


def snapshot(world, of, **more):
    """Return a new snapshot of a disk that is ready."""
    made = world.do(CreateSnapshot(disk_id=of.id, **more))
    world.wait()
    return made


def with_disks(world, subnet=None, **more):
    """Return an instance with a system disk and one data disk."""
    return world.instance(subnet or world.subnet(), disks=(SYSTEM, DATA), **more)


def image(world, subnet=None, **more):
    """Return a new image of a new instance that is ready."""
    made = world.do(CreateImage(instance_id=with_disks(world, subnet).id, **more))
    world.wait()
    return made


def policy(world, *hours, **more):
    """Return a new policy: of every day, at noon or at some hours, unless it is said otherwise."""
    schedules = more.pop("schedules", (Schedule(hours=hours or (12,)),))
    return world.do(CreateSnapshotPolicy(schedules=schedules, **more))


def group(world, instance, *disks, **more):
    """Return a new group of snapshots that are ready: of some disks of an instance, or of all."""
    ids = tuple(each.id for each in disks or world.graph.disks_of(instance.id))
    made = world.do(CreateSnapshotGroup(instance_id=instance.id, disk_ids=ids, **more))
    world.wait()
    return made


def backup(world, of, **more):
    """Return a new backup of a disk that is ready."""
    made = world.do(CreateDiskBackup(**{"disk_id": of.id, "limit": 9, **more}))
    world.wait()
    return made
