"""Damage to disks, snapshots and images."""

import attrs
import pytest
from tests.core.disks.build import attached, disk, image
from tests.core.invariants.damage import SoundWorld, change, finds, index, limit, plan

from duolect_core.disks.lifecycle import CreateDisks
from duolect_core.disks.snapshots import CreateSnapshot
from duolect_core.model.disk_lifecycles import CopyState, DiskKind, DiskState
from duolect_core.model.disks import NewDisk
from duolect_core.model.lifecycles import Trigger


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
    sound.copy = world.do(CreateSnapshot(disk_id=sound.system_disk.id))
    new = NewDisk(size=20, category="c")
    (sound.coming_disk,) = world.do(CreateDisks(new=new, zone=sound.subnet.zone))
    return sound


def reattach(world, name, **changes):
    """Change how a disk is attached, and nothing else."""
    disk = getattr(world, name)
    disk.attachment = attrs.evolve(disk.attachment, **changes)


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
