"""Changing disks: what is said of them, their size, what they hold, and which one a system is on."""

from collections.abc import Mapping
from typing import Any

import attrs

from duolect_core import errors
from duolect_core.disks import making
from duolect_core.disks.lifecycle import begin
from duolect_core.engine.partition import Partition
from duolect_core.model.disk_lifecycles import DISK_LIFECYCLE, DiskKind, DiskState
from duolect_core.model.disks import Disk, NewDisk
from duolect_core.model.instances import Instance
from duolect_core.model.lifecycles import InstanceState, Trigger
from duolect_core.model.resources import OperationKind
from duolect_core.relations import lookup
from duolect_core.relations.descriptions import describe


@attrs.frozen(kw_only=True)
class ModifyDisks:
    """Change what is said of disks, at once: of all of them, or of none. None leaves a value as it is.

    Raises:
        DiskNotFound, DiskWrongState: there is none of an id, or it is being created or deleted.
    """

    disk_ids: tuple[str, ...]
    name: str | None = None
    description: str | None = None
    category: str | None = None
    portable: bool | None = None
    delete_with_instance: bool | None = None
    delete_auto_snapshots: bool | None = None
    auto_snapshots: bool | None = None
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> tuple[Disk, ...]:
        """Return the disks as they are now."""
        disks = self.check(partition)
        for disk in disks:
            describe(disk, self.name, self.description, self.extras)
            if self.category is not None:
                disk.category = self.category
            if self.portable is not None:
                disk.portable = self.portable
            if self.delete_with_instance is not None:
                disk.delete_with_instance = self.delete_with_instance
            if self.delete_auto_snapshots is not None:
                disk.delete_auto_snapshots = self.delete_auto_snapshots
            if self.auto_snapshots is not None:
                disk.auto_snapshots = self.auto_snapshots
        return disks

    def check(self, partition: Partition) -> tuple[Disk, ...]:
        """Return the disks, or raise what keeps one of them as it is."""
        graph = partition.graph
        disks = tuple([lookup.disk(graph, disk_id) for disk_id in dict.fromkeys(self.disk_ids)])
        allowed = tuple(each for each in DiskState if each not in {*_UNREADY, DiskState.GONE})
        for disk in disks:
            if disk.state in _UNREADY:
                raise errors.DiskWrongState(disk.id, disk.state, allowed)
        return disks


_UNREADY = (DiskState.PENDING, DiskState.DELETING)


@attrs.frozen(kw_only=True)
class ResizeDisk:
    """Make a disk larger. ``at_once`` does so even where it takes the cloud its time.

    Raises:
        DiskNotFound: there is none of this id.
        what ``making.check_calm`` raises: something is under way with it.
        DiskTooSmall: it would not be larger.
    """

    disk_id: str
    size: int
    at_once: bool = False

    def apply(self, partition: Partition) -> Disk:
        """Return the disk, RESIZING where that takes any time."""
        disk = self.check(partition)
        if self.at_once or not partition.takes_time(not partition.rules.disks_resize_at_once):
            disk.size = self.size
            return disk
        disk.new_size = self.size
        disk.state = DISK_LIFECYCLE[(disk.state, Trigger.RESIZE)]
        begin(partition, OperationKind.RESIZE_DISK, Trigger.RESIZED, (disk,))
        return disk

    def check(self, partition: Partition) -> Disk:
        """Return the disk, or raise what keeps it as small as it is."""
        disk = lookup.disk(partition.graph, self.disk_id)
        making.check_calm(partition.graph, disk)
        if self.size <= disk.size:
            raise errors.DiskTooSmall(disk.id, disk.size, self.size)
        return disk


@attrs.frozen(kw_only=True)
class RestoreDisk:
    """Let a disk hold what a snapshot of it holds, or again what it held when it was created.

    Raises:
        DiskNotFound, SnapshotNotFound: what was named.
        what ``making.check_calm`` raises: something is under way with the disk.
        SnapshotOfOtherDisk, SnapshotBusy: the snapshot is not one of the disk, or not complete.
        SourceSnapshotGone: what the disk was created from is gone.
        DiskNotAttached, DiskAttached, InstanceWrongState: it is, or is not, on a stopped instance, as
            ``Rules.disks_restore_attached`` says.
    """

    disk_id: str
    snapshot_id: str = ""

    def apply(self, partition: Partition) -> Disk:
        """Return the disk, now RESTORING."""
        disk = self.check(partition)
        restore(partition, ((disk, self.snapshot_id),))
        return disk

    def check(self, partition: Partition) -> Disk:
        """Return the disk, or raise what keeps it as it is."""
        graph = partition.graph
        disk = lookup.disk(graph, self.disk_id)
        if self.snapshot_id:
            snapshot = lookup.snapshot(graph, self.snapshot_id)
            if snapshot.disk_id != disk.id:
                raise errors.SnapshotOfOtherDisk(snapshot.id, disk.id)
            lookup.ready_snapshot(graph, snapshot.id)
        elif disk.snapshot_id and disk.snapshot_id not in graph.snapshots:
            raise errors.SourceSnapshotGone(disk.id, disk.snapshot_id)
        check_restorable(partition, disk)
        return disk


def restore(partition: Partition, sources: tuple[tuple[Disk, str], ...]) -> None:
    """Begin to restore disks, each from the copy of an id, or from what it was created from."""
    for disk, copy_id in sources:
        disk.state = DISK_LIFECYCLE[(disk.state, Trigger.RESTORE)]
        disk.restoring_id = copy_id
    disks = tuple(disk for disk, _ in sources)
    begin(partition, OperationKind.RESTORE_DISK, Trigger.RESTORED, disks)


def check_restorable(partition: Partition, disk: Disk, *, in_place: bool = False) -> None:
    """Raise what keeps a disk from being restored; ``in_place`` does so although it is attached."""
    graph, rules = partition.graph, partition.rules
    making.check_calm(graph, disk)
    if disk.attachment is None:
        if rules.disks_restore_attached:
            raise errors.DiskNotAttached(disk.id, "")
        return
    if disk.portable and not (in_place or rules.disks_restore_attached):
        raise errors.DiskAttached(disk.id, disk.attachment.instance_id)
    _check_stopped(lookup.instance(graph, disk.attachment.instance_id))


@attrs.frozen(kw_only=True)
class ReplaceSystemDisk:
    """Put a new system disk in the place of that of a stopped instance, which is gone.

    ``extras`` is stored on the instance, over what it has.

    Raises:
        InstanceNotFound, InstanceWrongState, SystemDiskMissing: there is none whose disk could be replaced.
        what ``making.check_calm`` raises: something is under way with the disk.
    """

    instance_id: str
    new: NewDisk
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> Disk:
        """Return the new disk, RESTORING."""
        graph = partition.graph
        old, instance = self.check(partition)
        attachment, tags = old.attachment, old.tags
        graph.remove_disk(old)
        disk = making.new_disk(
            partition,
            self.new,
            kind=DiskKind.SYSTEM,
            zone=instance.zone,
            state=DiskState.RESTORING,
            tags=tags,
            attachment=attachment and attrs.evolve(attachment, since=partition.now),
        )
        instance.extras = {**instance.extras, **self.extras}
        begin(partition, OperationKind.RESTORE_DISK, Trigger.RESTORED, (disk,))
        return disk

    def check(self, partition: Partition) -> tuple[Disk, Instance]:
        """Return the system disk that goes and its instance, or raise what keeps it."""
        graph = partition.graph
        instance = lookup.instance(graph, self.instance_id)
        _check_stopped(instance)
        disk = graph.system_disk(instance.id)
        if disk is None:
            raise errors.SystemDiskMissing(instance.id)
        making.check_calm(graph, disk)
        return disk, instance


def _check_stopped(instance: Instance) -> None:
    if instance.state is not InstanceState.STOPPED:
        raise errors.InstanceWrongState(instance.id, instance.state, (InstanceState.STOPPED,))
