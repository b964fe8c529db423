"""Groups of snapshots: those of several disks of one instance, made at one instant."""

from collections.abc import Mapping
from typing import Any

import attrs

from duolect_core import errors
from duolect_core.disks import making, snapshots
from duolect_core.disks.changes import check_restorable, restore
from duolect_core.engine.partition import Partition
from duolect_core.model.disk_lifecycles import CopyState
from duolect_core.model.disks import Disk, SnapshotGroup
from duolect_core.model.lifecycles import Trigger
from duolect_core.model.resources import OperationKind
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import lookup, waiting
from duolect_core.relations.descriptions import describe
from duolect_core.relations.named_copies import snapshot_group


@attrs.frozen(kw_only=True)
class CreateSnapshotGroup:
    """Create a snapshot of each of an instance's disks, at one instant, in a group.

    ``snapshot_names`` are what the snapshots are called, in the order of the disks, or none are called
    anything; they have the ``snapshot_extras``.

    Raises:
        InstanceNotFound, DiskNotFound, DiskNotAttached: what was named, and not on the instance.
        what ``making.check_snapshots`` raises: one of them is busy, or has too many.
        TagQuotaExceeded: a limit is reached.
    """

    instance_id: str
    disk_ids: tuple[str, ...]
    name: str = ""
    description: str = ""
    snapshot_names: tuple[str, ...] = ()
    tags: Mapping[str, str] = attrs.field(factory=dict)
    extras: Mapping[str, Any] = attrs.field(factory=dict)
    snapshot_extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> SnapshotGroup:
        """Return the group, whose snapshots are PENDING."""
        disks, graph = self.check(partition), partition.graph
        group_id = partition.new_id(ResourceKind.SNAPSHOT_GROUP, graph.snapshot_groups)
        order = partition.next_order()
        names = self.snapshot_names or ("",) * len(disks)
        made = [
            making.new_snapshot(
                partition, disk, name=name, tags={}, extras=self.snapshot_extras, group_id=group_id
            )
            for disk, name in zip(disks, names, strict=True)
        ]
        group = SnapshotGroup(
            id=group_id,
            order=order,
            created=partition.now,
            name=self.name,
            description=self.description,
            tags=self.tags,
            extras=self.extras,
            instance_id=self.instance_id,
            snapshot_ids=tuple(each.id for each in made),
            modified=partition.now,
        )
        graph.add_snapshot_group(group)
        duration = partition.rules.durations.create_snapshot
        waiting.begin(partition, OperationKind.CREATE_SNAPSHOTS, Trigger.PROVISIONED, duration, *made)
        return group

    def check(self, partition: Partition) -> tuple[Disk, ...]:
        """Return the disks, or raise what keeps the group from being created."""
        graph = partition.graph
        lookup.instance(graph, self.instance_id)
        disks = tuple([lookup.disk(graph, each) for each in dict.fromkeys(self.disk_ids)])
        for disk in disks:
            if disk.attachment is None or disk.attachment.instance_id != self.instance_id:
                raise errors.DiskNotAttached(disk.id, self.instance_id)
        making.check_snapshots(partition, disks)
        lookup.check_tags(partition.rules, self.tags)
        return disks


@attrs.frozen(kw_only=True)
class ModifySnapshotGroup:
    """Change what is said of a group, at once; None leaves a value as it is.

    Raises:
        SnapshotGroupNotFound: there is none of this id.
    """

    group_id: str
    name: str | None = None
    description: str | None = None
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> SnapshotGroup:
        """Return the group as it is now."""
        found = self.check(partition)
        describe(found, self.name, self.description, self.extras)
        found.modified = partition.now
        return found

    def check(self, partition: Partition) -> SnapshotGroup:
        """Return the group, or raise where there is none."""
        return snapshot_group(partition.graph, self.group_id)


@attrs.frozen(kw_only=True)
class DeleteSnapshotGroups:
    """Delete groups with their snapshots: all of them, or none.

    ``keep`` lets those snapshots stay, in no group, that cannot be deleted. ``with_images`` deletes the
    images that are made of them.

    Raises:
        SnapshotGroupNotFound: one of them is not there.
        what ``DeleteSnapshots`` raises: a snapshot cannot be deleted.
    """

    group_ids: tuple[str, ...]
    keep: bool = False
    with_images: bool = False

    def apply(self, partition: Partition) -> tuple[SnapshotGroup, ...]:
        """Return the groups as they were."""
        groups, graph = self.check(partition), partition.graph
        before = tuple(attrs.evolve(each) for each in groups)
        for group in groups:
            graph.remove_snapshot_group(group)
            for deletion in map(self._deletion, group.snapshot_ids):
                if not self.keep or _is_possible(deletion, partition):
                    deletion.apply(partition)
        return before

    def check(self, partition: Partition) -> tuple[SnapshotGroup, ...]:
        """Return the groups, or raise what keeps them."""
        graph = partition.graph
        groups = tuple([snapshot_group(graph, each) for each in dict.fromkeys(self.group_ids)])
        for group in groups:
            for snapshot_id in () if self.keep else group.snapshot_ids:
                self._deletion(snapshot_id).check(partition)
        return groups

    def _deletion(self, snapshot_id: str) -> snapshots.DeleteSnapshots:
        return snapshots.DeleteSnapshots(
            snapshot_ids=(snapshot_id,), force=True, with_images=self.with_images
        )


def _is_possible(deletion: snapshots.DeleteSnapshots, partition: Partition) -> bool:
    try:
        deletion.check(partition)
    except errors.CoreError:
        return False
    return True


@attrs.frozen(kw_only=True)
class RestoreSnapshotGroup:
    """Let disks hold what snapshots of a group hold, given as pairs of both: all of them, or none.

    What is attached has to be on one stopped instance.

    Raises:
        SnapshotGroupNotFound, DiskNotFound, SnapshotNotInGroup, SnapshotOfOtherDisk: what was named.
        SnapshotBusy: a snapshot is not complete.
        DisksOfSeveralInstances: they are attached to more than one instance.
        what ``check_restorable`` raises: something is under way with a disk.
    """

    group_id: str
    sources: tuple[tuple[str, str], ...]

    def apply(self, partition: Partition) -> tuple[Disk, ...]:
        """Return the disks, now RESTORING."""
        found = self.check(partition)
        restore(partition, found)
        partition.graph.snapshot_groups[self.group_id].modified = partition.now
        return tuple(disk for disk, _ in found)

    def check(self, partition: Partition) -> tuple[tuple[Disk, str], ...]:
        """Return the disks with the snapshots they are restored from, or raise what keeps one of them."""
        graph = partition.graph
        group = snapshot_group(graph, self.group_id)
        found: dict[str, tuple[Disk, str]] = {}
        for disk_id, snapshot_id in self.sources:
            disk = lookup.disk(graph, disk_id)
            if snapshot_id not in group.snapshot_ids:
                raise errors.SnapshotNotInGroup(snapshot_id, group.id)
            if graph.snapshots[snapshot_id].disk_id != disk.id:
                raise errors.SnapshotOfOtherDisk(snapshot_id, disk.id)
            if graph.snapshots[snapshot_id].state is not CopyState.AVAILABLE:
                raise errors.SnapshotBusy(snapshot_id)
            check_restorable(partition, disk, in_place=True)
            found[disk.id] = disk, snapshot_id
        attachments = [disk.attachment for disk, _ in found.values() if disk.attachment is not None]
        if len({each.instance_id for each in attachments}) > 1:
            raise errors.DisksOfSeveralInstances(group.id)
        return tuple(found.values())
