"""Creating and deleting disks that stand by themselves."""

from collections.abc import Mapping

import attrs

from duolect_core import errors
from duolect_core.disks import making
from duolect_core.engine.partition import Partition
from duolect_core.model.disk_lifecycles import DISK_LIFECYCLE, DiskKind, DiskState
from duolect_core.model.disks import Disk, NewDisk
from duolect_core.model.lifecycles import Trigger
from duolect_core.model.resources import OperationKind
from duolect_core.relations import lookup, waiting


@attrs.frozen(kw_only=True)
class CreateDisks:
    """Create ``count`` data disks that are alike, attached to nothing.

    Raises:
        ZoneNotFound: the region has no such zone.
        what ``making.check_new`` raises: the snapshot.
        DiskQuotaExceeded, TagQuotaExceeded: a limit is reached.
    """

    new: NewDisk
    zone: str
    count: int = 1
    tags: Mapping[str, str] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> tuple[Disk, ...]:
        """Return the disks, PENDING."""
        self.check(partition)
        disks = tuple(
            making.new_disk(
                partition,
                self.new,
                kind=DiskKind.DATA,
                zone=self.zone,
                state=DiskState.PENDING,
                tags=self.tags,
            )
            for _ in range(self.count)
        )
        begin(partition, OperationKind.CREATE_DISKS, Trigger.PROVISIONED, disks)
        return disks

    def check(self, partition: Partition) -> None:
        """Raise what keeps the disks from being created."""
        if self.zone not in partition.rules.zones:
            raise errors.ZoneNotFound(self.zone)
        making.check_new(partition, self.new)
        making.check_quota(partition, self.count)
        lookup.check_tags(partition.rules, self.tags)


@attrs.frozen
class DeleteDisks:
    """Delete disks that are attached to nothing: all of them, or none. Their snapshots stay.

    Raises:
        DiskNotFound, DiskAttached, DiskWrongState, DiskSnapshotRunning: one of them cannot be deleted.
    """

    disk_ids: tuple[str, ...]

    def apply(self, partition: Partition) -> tuple[Disk, ...]:
        """Return the disks, now DELETING."""
        disks = self.check(partition)
        for disk in disks:
            disk.state = DISK_LIFECYCLE[(disk.state, Trigger.DELETE)]
        begin(partition, OperationKind.DELETE_DISKS, Trigger.DELETED, disks)
        return disks

    def check(self, partition: Partition) -> tuple[Disk, ...]:
        """Return the disks, or raise what keeps one of them."""
        graph = partition.graph
        disks = tuple([lookup.disk(graph, disk_id) for disk_id in dict.fromkeys(self.disk_ids)])
        for disk in disks:
            if disk.attachment is not None:
                raise errors.DiskAttached(disk.id, disk.attachment.instance_id)
            making.check_calm(graph, disk)
        return disks


def begin(partition: Partition, kind: OperationKind, trigger: Trigger, disks: tuple[Disk, ...]) -> None:
    """Begin the operation of a command on disks; a command that names none begins nothing."""
    if not disks:
        return
    times = partition.rules.durations
    duration = {
        OperationKind.CREATE_DISKS: times.create_disk,
        OperationKind.ATTACH_DISKS: times.attach_disk,
        OperationKind.DETACH_DISKS: times.detach_disk,
    }.get(kind, times.change_disk)
    operation = waiting.begin(partition, kind, trigger, duration, *disks)
    for disk in disks:
        disk.operation = operation
