"""Disks, who uses them, copies of them, what is made of these, and when they come and go by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duolect_core.graph.alarms import AlarmTables
from duolect_core.graph.index import Index
from duolect_core.model.disk_lifecycles import CopyState, DiskKind, DiskState

if TYPE_CHECKING:
    from duolect_core.model.disks import (
        Disk,
        DiskAttachment,
        DiskBackup,
        Image,
        Snapshot,
        SnapshotGroup,
        SnapshotPolicy,
    )
    from duolect_core.model.resources import Instant


class DiskTables(AlarmTables):
    """The disks, snapshots and images of a partition."""

    def __init__(self) -> None:
        """Start empty."""
        self.disks: dict[str, Disk] = {}
        self.snapshots: dict[str, Snapshot] = {}
        self.snapshot_groups: dict[str, SnapshotGroup] = {}
        self.snapshot_policies: dict[str, SnapshotPolicy] = {}
        self.disk_backups: dict[str, DiskBackup] = {}
        self.images: dict[str, Image] = {}
        self.system_disks: dict[str, str] = {}
        """The system disk of each instance that has one."""
        self.disks_by_instance: Index[str] = Index()
        self.disks_by_snapshot: Index[str] = Index()
        self.disks_by_policy: Index[str] = Index()
        self.snapshots_by_disk: Index[str] = Index()
        self.backups_by_disk: Index[str] = Index()
        self.images_by_snapshot: Index[str] = Index()
        self.images_by_name: dict[str, str] = {}
        """The image of each name: no two have the same, but many may have none."""
        self.disk_encryption = (False, "")
        """Whether new disks are encrypted by themselves, and the key; an empty one is the cloud's."""
        self.former_images: dict[str, None] = {}
        """The images that were deleted: of any other id nobody can say that there is no image."""

    # -- disks ---------------------------------------------------------------------------------

    def add_disk(self, disk: Disk) -> None:
        """Put a new disk in."""
        self.disks[disk.id] = disk
        if disk.snapshot_id:
            self.disks_by_snapshot.add(disk.snapshot_id, disk.id, disk.order)
        if disk.attachment is not None:
            self._index_attachment_of_disk(disk, disk.attachment)
        for policy_id in disk.policy_ids:
            self.disks_by_policy.add(policy_id, disk.id, disk.order)
        self._tag(disk)

    def bind_disk(self, disk: Disk, policy_ids: tuple[str, ...]) -> None:
        """Say by which policies snapshots of a disk are made from now on."""
        before, disk.policy_ids = disk.policy_ids, policy_ids
        for policy_id in before:
            if policy_id not in policy_ids:
                self.disks_by_policy.discard(policy_id, disk.id)
        for policy_id in policy_ids:
            if policy_id not in before:
                self.disks_by_policy.add(policy_id, disk.id, disk.order)

    def attach_disk(self, disk: Disk, attachment: DiskAttachment | None) -> None:
        """Say how a disk is attached from now on, or that it is not."""
        before, disk.attachment = disk.attachment, attachment
        if before is not None:
            self.disks_by_instance.discard(before.instance_id, disk.id)
            if self.system_disks.get(before.instance_id) == disk.id:
                del self.system_disks[before.instance_id]
        if attachment is not None:
            disk.last_instance_id = attachment.instance_id
            self._index_attachment_of_disk(disk, attachment)

    def _index_attachment_of_disk(self, disk: Disk, attachment: DiskAttachment) -> None:
        self.disks_by_instance.add(attachment.instance_id, disk.id, disk.order)
        if disk.kind is DiskKind.SYSTEM:
            self.system_disks[attachment.instance_id] = disk.id

    def remove_disk(self, disk: Disk) -> None:
        """Take a disk out; it is GONE then. Its snapshots stay, but for those that shall go along with it.

        Its backups go, when they are complete: until then they wait.
        """
        self._untag(disk)
        self.attach_disk(disk, None)
        self.bind_disk(disk, ())
        for backup in [self.disk_backups[each] for each in self.backups_by_disk.ids(disk.id)]:
            if backup.pending is None:
                self.remove_backup(backup)
        for snapshot in [self.snapshots[each] for each in self.snapshots_by_disk.ids(disk.id)]:
            goes = disk.delete_auto_snapshots and snapshot.policy_id and snapshot.lock is None
            if goes and self.may_go(snapshot):
                self.remove_snapshot(snapshot)
        if disk.snapshot_id:
            self.disks_by_snapshot.discard(disk.snapshot_id, disk.id)
        del self.disks[disk.id]
        disk.state = DiskState.GONE

    def disks_of(self, instance_id: str) -> list[Disk]:
        """Return the disks of an instance, the system disk first, then by their devices."""
        found = [self.disks[disk_id] for disk_id in self.disks_by_instance.ids(instance_id)]
        return sorted(found, key=_place_of)

    def system_disk(self, instance_id: str) -> Disk | None:
        """Return the system disk of an instance, or None where it has none."""
        disk_id = self.system_disks.get(instance_id)
        return None if disk_id is None else self.disks[disk_id]

    # -- snapshots -----------------------------------------------------------------------------

    def add_snapshot(self, snapshot: Snapshot) -> None:
        """Put a new snapshot in, whose disk may be gone."""
        self.snapshots[snapshot.id] = snapshot
        if snapshot.disk_id:
            self.snapshots_by_disk.add(snapshot.disk_id, snapshot.id, snapshot.order)
        self.let_expire(snapshot, snapshot.expires)
        self._tag(snapshot)

    def let_expire(self, snapshot: Snapshot, at: Instant) -> None:
        """Say when a snapshot goes by itself; it stays where that is 0."""
        snapshot.expires = at
        if at:
            self.set_alarm(snapshot, at)

    def may_go(self, snapshot: Snapshot) -> bool:
        """Say whether a snapshot can go by itself: it is made, and no image is made of it."""
        return snapshot.pending is None and not self.images_by_snapshot.ids(snapshot.id)

    def remove_snapshot(self, snapshot: Snapshot) -> None:
        """Take a snapshot out, of which no image is made: GONE then. A group that is empty goes too."""
        self._untag(snapshot)
        group = self.snapshot_groups.get(snapshot.group_id)
        if group is not None:
            group.snapshot_ids = tuple(each for each in group.snapshot_ids if each != snapshot.id)
            if not group.snapshot_ids:
                self.remove_snapshot_group(group)
        if snapshot.disk_id:
            self.snapshots_by_disk.discard(snapshot.disk_id, snapshot.id)
        del self.snapshots[snapshot.id]
        snapshot.state = CopyState.GONE

    def running_snapshot(self, disk_id: str) -> Snapshot | None:
        """Return the snapshot of a disk that is being created: there is one at a time, the newest."""
        newest = self.snapshots_by_disk.newest(disk_id)
        found = None if newest is None else self.snapshots[newest]
        return found if found is not None and found.state is CopyState.PENDING else None

    def running_backup(self, disk_id: str) -> DiskBackup | None:
        """Return the backup of a disk that is being created: there is one at a time, the newest."""
        newest = self.backups_by_disk.newest(disk_id)
        found = None if newest is None else self.disk_backups[newest]
        return found if found is not None and found.state is CopyState.PENDING else None

    # -- groups, policies, backups -------------------------------------------------------------

    def add_snapshot_group(self, group: SnapshotGroup) -> None:
        """Put a new group of snapshots in."""
        self.snapshot_groups[group.id] = group
        self._tag(group)

    def remove_snapshot_group(self, group: SnapshotGroup) -> None:
        """Take a group out; its snapshots stay, in no group any more."""
        self._untag(group)
        for snapshot_id in group.snapshot_ids:
            self.snapshots[snapshot_id].group_id = ""
        del self.snapshot_groups[group.id]

    def add_snapshot_policy(self, policy: SnapshotPolicy) -> None:
        """Put a new policy in, which no disk is bound to."""
        self.snapshot_policies[policy.id] = policy
        self.let_be_due(policy, policy.due)
        self._tag(policy)

    def let_be_due(self, policy: SnapshotPolicy, at: Instant | None) -> None:
        """Say when snapshots are made next by a policy."""
        policy.due = at
        if at is not None:
            self.set_alarm(policy, at)

    def remove_snapshot_policy(self, policy: SnapshotPolicy) -> None:
        """Take a policy out; no disk is bound to it any more."""
        self._untag(policy)
        for disk in [self.disks[each] for each in self.disks_by_policy.ids(policy.id)]:
            self.bind_disk(disk, tuple(each for each in disk.policy_ids if each != policy.id))
        del self.snapshot_policies[policy.id]

    def add_backup(self, backup: DiskBackup) -> None:
        """Put a new backup of a disk in."""
        self.disk_backups[backup.id] = backup
        self.backups_by_disk.add(backup.disk_id, backup.id, backup.order)
        self._tag(backup)

    def remove_backup(self, backup: DiskBackup) -> None:
        """Take a backup out; it is GONE then."""
        self._untag(backup)
        self.backups_by_disk.discard(backup.disk_id, backup.id)
        del self.disk_backups[backup.id]
        backup.state = CopyState.GONE

    # -- images --------------------------------------------------------------------------------

    def add_image(self, image: Image) -> None:
        """Put a new image in."""
        self.images[image.id] = image
        for snapshot_id in image.snapshot_ids:
            self.images_by_snapshot.add(snapshot_id, image.id, image.order)
        if image.name:
            self.images_by_name[image.name] = image.id
        self._tag(image)

    def rename_image(self, image: Image, name: str) -> None:
        """Give an image another name, which no other one has."""
        if image.name:
            del self.images_by_name[image.name]
        image.name = name
        if name:
            self.images_by_name[name] = image.id

    def remove_image(self, image: Image) -> None:
        """Take an image out; it is GONE then. Its snapshots stay."""
        self._untag(image)
        self.rename_image(image, "")
        for snapshot_id in image.snapshot_ids:
            self.images_by_snapshot.discard(snapshot_id, image.id)
        del self.images[image.id]
        self.former_images[image.id] = None
        image.state = CopyState.GONE


def _place_of(disk: Disk) -> tuple[bool, int, str, int]:
    device = "" if disk.attachment is None else disk.attachment.device
    return disk.kind is not DiskKind.SYSTEM, len(device), device, disk.order
