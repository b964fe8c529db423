"""Any commands on disks, snapshots and images."""

from hypothesis import strategies as st
from hypothesis.stateful import rule
from tests.core.machine.base import Machine
from tests.core.machine.strategies import HOW, OFTEN, PICK, PICKS, RARELY, TAGS

from duolect_core.disks.attachment import AttachDisks, DetachDisks
from duolect_core.disks.changes import ModifyDisks, ReplaceSystemDisk, ResizeDisk, RestoreDisk
from duolect_core.disks.lifecycle import CreateDisks, DeleteDisks
from duolect_core.disks.snapshots import CreateSnapshot, DeleteSnapshots, ModifySnapshot
from duolect_core.images.lifecycle import CreateImage, DeleteImages, ModifyImage
from duolect_core.instances.lifecycle import StopInstances
from duolect_core.model.disk_lifecycles import STEADY_DISK, DiskKind, DiskState
from duolect_core.model.disks import NewDisk

NAMES = st.sampled_from([None, "", "a", "b", "c"])
TEXTS = st.sampled_from([None, "n"])
EXTRAS = st.sampled_from([{}, {"x": 1}])


class DiskRules(Machine):
    """Creates, attaches, changes and deletes disks, snapshots and images."""

    def new_disk(self, pick, device=""):
        """Return what a disk shall be: of a snapshot now and then."""
        snapshot_id = self.one(self.graph.snapshots, pick // 8) if pick % 4 == 1 else ""
        return NewDisk(
            size=10 if pick % 8 < 2 else 30,
            category="c",
            snapshot_id=snapshot_id,
            delete_with_instance=pick % 2 == 0,
            portable=pick % 16 != 3,
            device=device,
        )

    def of_instance(self, pick):
        """Return the id of an instance with that of one of its disks, or any others."""
        instance_id = self.one(self.graph.instances, pick)
        disks = [disk.id for disk in self.graph.disks_of(instance_id) if disk.kind is DiskKind.DATA]
        return instance_id, self.one(disks or self.graph.disks, pick // 8)

    @rule(
        pick=PICK, zone=st.sampled_from([0, 0, 1, 2]), count=st.sampled_from([1, 1, 2]), tags=TAGS, how=HOW
    )
    def create_disks(self, pick, zone, how, **more):
        zone = (*self.rules.zones[:2], "absent")[zone]
        self.do(CreateDisks(new=self.new_disk(pick), zone=zone, **more), how)

    @rule(
        disks=PICKS,
        instance=PICK,
        fitting=OFTEN,
        device=st.sampled_from(["", "", "", "/dev/vdx"]),
        delete_with_instance=st.sampled_from([None, True, False]),
        how=HOW,
    )
    def attach_disks(self, disks, instance, fitting, device, how, **more):
        table = self.graph.disks
        if fitting:
            table = self.fit(table, lambda disk: disk.state is DiskState.AVAILABLE)
        ids = self.some(table, disks)
        instance_id = self.one(self.graph.instances, instance)
        self.do(
            AttachDisks(
                disk_ids=ids[:1] if device else ids, instance_id=instance_id, device=device, **more
            ),
            how,
        )

    @rule(pick=PICK, more=PICKS, named=st.booleans(), how=HOW)
    def detach_disks(self, pick, more, named, how):
        instance_id, disk_id = self.of_instance(pick)
        ids = (disk_id, *self.some(self.graph.disks, more[:1] if pick % 8 == 0 else ()))
        self.do(DetachDisks(disk_ids=ids, instance_id=instance_id if named else ""), how)

    @rule(disks=PICKS, fitting=OFTEN, how=HOW)
    def delete_disks(self, disks, fitting, how):
        table = self.graph.disks
        if fitting:
            table = self.fit(table, lambda disk: disk.state is DiskState.AVAILABLE)
        self.do(DeleteDisks(self.some(table, disks[:2])), how)

    @rule(
        disks=PICKS,
        name=TEXTS,
        description=TEXTS,
        category=st.sampled_from([None, "d"]),
        portable=st.sampled_from([None, None, True]),
        delete_with_instance=st.sampled_from([None, True, False]),
        extras=EXTRAS,
        how=HOW,
    )
    def modify_disks(self, disks, how, **more):
        self.do(ModifyDisks(disk_ids=self.some(self.graph.disks, disks), **more), how)

    @rule(disk=PICK, size=st.sampled_from([20, 40, 60, 80]), at_once=RARELY, how=HOW)
    def resize_disk(self, disk, how, **more):
        self.do(ResizeDisk(disk_id=self.one(self.graph.disks, disk), **more), how)

    @rule(pick=PICK, of=OFTEN, stopped=st.booleans(), how=HOW)
    def restore_disk(self, pick, of, stopped, how):
        restorable = self.fit(self.graph.disks, self.may_be_restored)
        disk_id = self.one(restorable, pick)
        found = self.graph.disks.get(disk_id)
        if stopped and found is not None and found.attachment is not None:
            self.do(StopInstances((found.attachment.instance_id,)))
            self.wait_a_bit()
        snapshots = self.fit(self.graph.snapshots, lambda each: each.disk_id == disk_id)
        snapshot_id = self.one(snapshots, pick // 8) if of else ""
        self.do(RestoreDisk(disk_id=disk_id, snapshot_id=snapshot_id), how)

    def may_be_restored(self, disk):
        attached = disk.attachment is not None
        return disk.state in STEADY_DISK and attached is self.rules.disks_restore_attached

    def wait_a_bit(self):
        self.at += 30_000_000
        self.partition.settle(self.at)

    @rule(instance=PICK, stopped=OFTEN, extras=EXTRAS, how=HOW)
    def replace_system_disk(self, instance, stopped, how, **more):
        instance_id = self.one(self.graph.instances, instance)
        if stopped:
            self.do(StopInstances((instance_id,)))
            self.wait_a_bit()
        self.do(ReplaceSystemDisk(instance_id=instance_id, new=NewDisk(size=40, category="c"), **more), how)

    @rule(disk=PICK, name=st.sampled_from(["", "s"]), tags=TAGS, how=HOW)
    def create_snapshot(self, disk, how, **more):
        self.do(CreateSnapshot(disk_id=self.one(self.graph.disks, disk), **more), how)

    @rule(snapshot=PICK, name=TEXTS, description=TEXTS, extras=EXTRAS, how=HOW)
    def modify_snapshot(self, snapshot, how, **more):
        self.do(ModifySnapshot(snapshot_id=self.one(self.graph.snapshots, snapshot), **more), how)

    @rule(snapshots=PICKS, force=st.booleans(), with_images=st.booleans(), how=HOW)
    def delete_snapshots(self, snapshots, how, **more):
        self.do(DeleteSnapshots(snapshot_ids=self.some(self.graph.snapshots, snapshots), **more), how)

    @rule(pick=PICK, more=PICKS, name=st.sampled_from(["", "a", "b"]), tags=TAGS, how=HOW)
    def create_image_of_instance(self, pick, more, how, **said):
        instance_id, disk_id = self.of_instance(pick)
        disk_ids = (disk_id,) if more else ()
        self.do(CreateImage(instance_id=instance_id, disk_ids=disk_ids, **said), how)

    @rule(picks=PICKS, as_system=RARELY, name=st.sampled_from(["", "a", "b"]), tags=TAGS, how=HOW)
    def create_image_of_snapshots(self, picks, as_system, how, **said):
        ids = self.some(self.graph.snapshots, picks)
        chosen = ids[0] if ids and as_system else ""
        self.do(CreateImage(snapshot_ids=ids, data_as_system=chosen, **said), how)

    @rule(image=PICK, name=NAMES, description=TEXTS, extras=EXTRAS, how=HOW)
    def modify_image(self, image, how, **more):
        self.do(ModifyImage(image_id=self.one(self.graph.images, image), **more), how)

    @rule(images=PICKS, with_snapshots=st.booleans(), how=HOW)
    def delete_images(self, images, how, **more):
        self.do(DeleteImages(image_ids=self.some(self.graph.images, images[:2]), **more), how)
