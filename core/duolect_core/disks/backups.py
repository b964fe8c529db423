"""Backups of disks: copies that go along with their disk."""

import attrs

from duolect_core import errors
from duolect_core.disks import making
from duolect_core.disks.changes import check_restorable, restore
from duolect_core.engine.partition import Partition
from duolect_core.model.disks import Disk, DiskBackup
from duolect_core.model.lifecycles import Trigger
from duolect_core.model.resources import OperationKind
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import lookup, named_copies, waiting


@attrs.frozen(kw_only=True)
class CreateDiskBackup:
    """Create a backup of a disk, which may have so many.

    Raises:
        DiskNotFound: there is none of this id.
        what ``making.check_calm`` raises: something is under way with it.
        DiskBackupQuotaExceeded: it has as many as it may have.
    """

    disk_id: str
    limit: int
    name: str = ""

    def apply(self, partition: Partition) -> DiskBackup:
        """Return the backup, PENDING."""
        disk, graph = self.check(partition), partition.graph
        created = DiskBackup(
            id=partition.new_id(ResourceKind.DISK_BACKUP, graph.disk_backups),
            order=partition.next_order(),
            created=partition.now,
            name=self.name,
            extras=making.extras_of_copies(partition, disk),
            disk_id=disk.id,
            kind=disk.kind,
            size=disk.size,
            zone=disk.zone,
            modified=partition.now,
        )
        graph.add_backup(created)
        duration = partition.rules.durations.create_snapshot
        waiting.begin(partition, OperationKind.CREATE_SNAPSHOTS, Trigger.PROVISIONED, duration, created)
        return created

    def check(self, partition: Partition) -> Disk:
        """Return the disk, or raise what keeps the backup from being created."""
        disk = lookup.disk(partition.graph, self.disk_id)
        making.check_calm(partition.graph, disk)
        if len(partition.graph.backups_by_disk.ids(disk.id)) >= self.limit:
            raise errors.DiskBackupQuotaExceeded(disk.id, self.limit)
        return disk


@attrs.frozen(kw_only=True)
class RestoreDiskBackup:
    """Let a disk hold what a backup of it holds.

    Raises:
        DiskNotFound, DiskBackupNotFound, DiskBackupBusy, DiskBackupOfOtherDisk: what was named.
        what ``check_restorable`` raises: something is under way with the disk, or it is used.
    """

    disk_id: str
    backup_id: str

    def apply(self, partition: Partition) -> Disk:
        """Return the disk, now RESTORING."""
        disk = self.check(partition)
        restore(partition, ((disk, self.backup_id),))
        return disk

    def check(self, partition: Partition) -> Disk:
        """Return the disk, or raise what keeps it as it is."""
        disk = lookup.disk(partition.graph, self.disk_id)
        backup = named_copies.ready_disk_backup(partition.graph, self.backup_id)
        if backup.disk_id != disk.id:
            raise errors.DiskBackupOfOtherDisk(backup.id, disk.id)
        check_restorable(partition, disk)
        return disk


@attrs.frozen
class DeleteDiskBackups:
    """Delete backups: all of them, or none.

    Raises:
        DiskBackupNotFound, DiskBackupBusy: one is not there or not complete, or its disk is restored.
    """

    backup_ids: tuple[str, ...]

    def apply(self, partition: Partition) -> tuple[DiskBackup, ...]:
        """Return the backups, GONE."""
        found = self.check(partition)
        for each in found:
            partition.graph.remove_backup(each)
        return found

    def check(self, partition: Partition) -> tuple[DiskBackup, ...]:
        """Return the backups, or raise what keeps one of them."""
        graph = partition.graph
        found = tuple([named_copies.disk_backup(graph, each) for each in dict.fromkeys(self.backup_ids)])
        for each in found:
            if each.pending is not None or graph.disks[each.disk_id].restoring_id == each.id:
                raise errors.DiskBackupBusy(each.id)
        return found
