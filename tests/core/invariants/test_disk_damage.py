"""Damage to disks, snapshots and images."""

import attrs
import pytest
from tests.core.disks.build import attached, backup, disk, group, image, policy, snapshot
from tests.core.invariants.damage import SoundWorld, change, finds, index, limit, plan
from tests.core.model.rules import DAY

from duolect_core.disks.lifecycle import CreateDisks
from duolect_core.disks.policies import BindSnapshotPolicy
from duolect_core.disks.snapshots import CreateSnapshot
from duolect_core.model.disk_lifecycles import CopyState, DiskKind, DiskState
from duolect_core.model.disks import NewDisk
from duolect_core.model.lifecycles import Trigger
from duolect_core.model.resources import LATEST


@pytest.fixture
def world():
    """Return a sound world with disks, snapshots and an image."""
    sound = SoundWorld()
    world = sound.world
    world.wait()
    sound.disk, sound.free_disk = attached(world, sound.instance), disk(world)
    sound.image = image(world, sound.subnet, name="a")
    sound.snapshot = sound.graph.snapshots[sound.image.snapshot_ids[0]]
    sound.system_disk, sound.data_disk = sound.graph.disks_of(sound.image.instance_id)
    new = NewDisk(size=20, category="c")
    world.wait()
    sound.group = group(world, world.graph.instances[sound.image.instance_id])
    sound.backup, sound.policy = backup(world, sound.free_disk), policy(world)
    world.do(BindSnapshotPolicy(policy_id=sound.policy.id, disk_ids=(sound.free_disk.id,)))
    sound.passing = snapshot(world, sound.free_disk, expires=world.at + 2 * DAY)
    sound.copy = world.do(CreateSnapshot(disk_id=sound.system_disk.id))
    (sound.coming_disk,) = world.do(CreateDisks(new=new, zone=sound.subnet.zone))
    return sound


def reattach(world, name, **changes):
    """Change how a disk is attached, and nothing else."""
    disk = getattr(world, name)
    disk.attachment = attrs.evolve(disk.attachment, **changes)


def two_backups(world):
    """Let a disk have two backups that are being created."""
    other = attrs.evolve(world.backup, id="other", order=world.backup.order, state=CopyState.PENDING)
    world.graph.add_backup(other)
    world.backup.state = CopyState.PENDING


CORRUPTIONS = [
    ("in-use does not fit None", lambda s: s.graph.attach_disk(s.disk, None)),
    ("available does not fit DiskAttachment", change("disk", state=DiskState.AVAILABLE)),
    ("a system disk of nothing", change("free_disk", kind=DiskKind.SYSTEM)),
    ("does not fit its new size 30", change("disk", new_size=30)),
    ("attached to an instance that is not there", lambda s: reattach(s, "disk", instance_id="absent")),
    ("attached to an instance in another zone", change("disk", zone="n2")),
    (
        "sees two disks under one name",
        lambda s: reattach(s, "data_disk", device=s.system_disk.attachment.device),
    ),
    ("has two system disks", change("data_disk", kind=DiskKind.SYSTEM)),
    ("the system disks of instances are not what a scan finds", lambda s: s.graph.system_disks.clear()),
    ("two snapshots of one disk are being created", change("snapshot", state=CopyState.PENDING)),
    ("two backups of one disk are being created", two_backups),
    ("a backup of a disk that is not there", change("backup", disk_id="absent")),
    ("bound to a policy that is not there", change("free_disk", policy_ids=("absent",))),
    ("although it is restored from x", change("free_disk", restoring_id="x")),
    ("the groups of snapshots are not what the snapshots say", change("snapshot", group_id="absent")),
    ("a group of nothing", change("group", snapshot_ids=())),
    ("overdue since 0", change("policy", due=0)),
    ("due although it is not active", change("policy", active=False)),
    ("what is to happen by itself has no alarm", lambda s: s.graph.alarms.clear()),
    ("what is to happen by itself has no alarm", lambda s: setattr(s.passing, "expires", LATEST)),
    ("policies for snapshots over 0", limit(snapshot_policies=0)),
    ("policies of a disk over 0", limit(policies_per_disk=0)),
    ("disks of a policy over 0", limit(disks_per_policy=0)),
    ("index disks by policy is not", index("disks_by_policy")),
    ("index backups by disk is not", index("backups_by_disk")),
    ("in the future or before all time", change("backup", modified=-1)),
    ("in the future or before all time", change("group", modified=-1)),
    ("made of snapshots that are not there", change("image", snapshot_ids=("absent",))),
    ("made of snapshots that are not there", change("image", snapshot_ids=())),
    ("the names of images are not unique, or not indexed", lambda s: setattr(s.image, "name", "b")),
    ("data disks of an instance over 0", limit(disks_per_instance=0)),
    ("snapshots over 1", limit(snapshots=1)),
    ("snapshots of a disk over 1", limit(snapshots_per_disk=1)),
    ("images over 0", limit(images=0)),
    ("index disks by instance is not", index("disks_by_instance")),
    ("index disks by snapshot is not", change("disk", snapshot_id="s")),
    ("index snapshots by disk is not", index("snapshots_by_disk")),
    ("index images by snapshot is not", index("images_by_snapshot")),
    ("pending with 0 transitions to come", change("free_disk", state=DiskState.PENDING)),
    ("available with 1 transitions to come", lambda s: plan(s, s.snapshot.id)),
    ("available knows no attached", lambda s: plan(s, s.image.id, Trigger.ATTACHED)),
    ("which is not its transition", change("coming_disk", pending=None)),
    ("which is not its transition", change("copy", pending=None)),
    ("in the future or before all time", change("snapshot", modified=-1)),
    ("in the future or before all time", change("free_disk", detached=-1)),
    ("in the future or before all time", lambda s: reattach(s, "disk", since=-1)),
]


@pytest.mark.parametrize(("sentence", "corrupt"), CORRUPTIONS)
def test_damage_is_put_into_words(world, sentence, corrupt):
    assert finds(world, sentence, corrupt)
