"""What the commands that create disks and snapshots share."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from string import ascii_lowercase
from typing import Any

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.graph.graph import Graph
from duolect_core.model.disk_lifecycles import STEADY_DISK, CopyState, DiskKind, DiskState
from duolect_core.model.disks import Disk, DiskAttachment, NewDisk, Snapshot
from duolect_core.model.lifecycles import STEADY_INSTANCE
from duolect_core.model.resources import Instance
from duolect_core.model.rules import ResourceKind, Rules
from duolect_core.relations import lookup

# -- disks -------------------------------------------------------------------------------------------


def check_new(partition: Partition, new: NewDisk) -> None:
    """Raise what keeps a disk from being created from its snapshot, where it has one.

    Raises:
        SnapshotNotFound, SnapshotBusy, SnapshotOfSystemDisk: there is none that it could come from.
        DiskTooSmall: it has no room for what the snapshot holds.
    """
    if not new.snapshot_id:
        return
    snapshot = lookup.ready_snapshot(partition.graph, new.snapshot_id)
    if snapshot.kind is DiskKind.SYSTEM:
        raise errors.SnapshotOfSystemDisk(snapshot.id)
    if new.size < snapshot.size:
        raise errors.DiskTooSmall(snapshot.id, snapshot.size, new.size)


def check_disks(partition: Partition, disks: tuple[NewDisk, ...], instances: int) -> None:
    """Raise what keeps disks from coming along with each of so many instances, the system disk first.

    Raises:
        what ``check_new`` raises.
        DisksPerInstanceExceeded, DiskQuotaExceeded: a limit would be passed.
        DeviceInUse: two of them shall be seen under one name.
    """
    data = disks[1:]
    limit = partition.rules.quotas.disks_per_instance
    if limit is not None and len(data) > limit:
        raise errors.DisksPerInstanceExceeded("", limit)
    check_quota(partition, len(data) * instances)
    named = [disk.device for disk in disks if disk.device]
    for device in named:
        if named.count(device) > 1:
            raise errors.DeviceInUse("", device)
    for disk in data:
        check_new(partition, disk)


def check_quota(partition: Partition, wanted: int) -> None:
    """Raise ``DiskQuotaExceeded`` where there would be too many data disks."""
    limit = partition.rules.quotas.disks
    if limit is None or not wanted:
        return
    graph = partition.graph
    if len(graph.disks) - len(graph.system_disks) + wanted > limit:
        raise errors.DiskQuotaExceeded(partition.rules.region, limit)


def new_disk(  # noqa: PLR0913 - all that a disk begins with
    partition: Partition,
    new: NewDisk,
    *,
    kind: DiskKind,
    zone: str,
    state: DiskState,
    tags: Mapping[str, str],
    attachment: DiskAttachment | None = None,
) -> Disk:
    """Put a new disk in and return it."""
    disk = Disk(
        id=partition.new_id(ResourceKind.DISK, partition.graph.disks),
        order=partition.next_order(),
        created=partition.now,
        name=new.name,
        description=new.description,
        tags=tags,
        extras=new.extras,
        kind=kind,
        state=state,
        category=new.category,
        size=new.size,
        zone=zone,
        attachment=attachment,
        delete_with_instance=new.delete_with_instance,
        portable=new.portable,
        snapshot_id=new.snapshot_id,
        last_instance_id="" if attachment is None else attachment.instance_id,
    )
    partition.graph.add_disk(disk)
    return disk


def add_disks(
    partition: Partition, instance: Instance, disks: tuple[NewDisk, ...], tags: Mapping[str, str]
) -> None:
    """Put in the disks that a new instance comes with, IN_USE, the first one as its system disk.

    ``Rules.system_disk_newest`` creates them from the last to the first.
    """
    free = devices(partition.rules, [disk.device for disk in disks])
    names = [disk.device or next(free) for disk in disks]
    order = [*enumerate(disks)]
    for place, new in reversed(order) if partition.rules.system_disk_newest else order:
        new_disk(
            partition,
            new,
            kind=DiskKind.DATA if place else DiskKind.SYSTEM,
            zone=instance.zone,
            state=DiskState.IN_USE,
            tags=tags,
            attachment=DiskAttachment(instance.id, names[place], partition.now),
        )


def devices(rules: Rules, taken: Iterable[str]) -> Iterator[str]:
    """Yield the names of devices under which an instance sees no disk yet: those of a letter first."""
    used = set(taken)
    for round_ in count():
        tail = "" if round_ == 0 else ascii_lowercase[round_ - 1]
        for letter in ascii_lowercase:
            name = f"{rules.device_prefix}{tail}{letter}"
            if name not in used:
                yield name


def check_calm(graph: Graph, disk: Disk) -> None:
    """Raise where anything is under way with a disk, its snapshots or its instance.

    Raises:
        DiskWrongState, InstanceWrongState, DiskSnapshotRunning: it is busy.
    """
    if disk.state not in STEADY_DISK:
        raise errors.DiskWrongState(disk.id, disk.state, STEADY_DISK)
    if disk.attachment is not None:
        instance = lookup.instance(graph, disk.attachment.instance_id)
        if instance.state not in STEADY_INSTANCE:
            raise errors.InstanceWrongState(instance.id, instance.state, STEADY_INSTANCE)
    running = graph.running_snapshot(disk.id)
    if running is not None:
        raise errors.DiskSnapshotRunning(disk.id, running.id)


# -- snapshots ---------------------------------------------------------------------------------------


def check_snapshots(partition: Partition, disks: tuple[Disk, ...]) -> None:
    """Raise what keeps a snapshot of each of these disks from being created.

    Raises:
        what ``check_calm`` raises.
        SnapshotQuotaExceeded: there would be too many, of a disk or at all.
    """
    graph, quotas = partition.graph, partition.rules.quotas
    for disk in disks:
        check_calm(graph, disk)
        limit = quotas.snapshots_per_disk
        if limit is not None and len(graph.snapshots_by_disk.ids(disk.id)) >= limit:
            raise errors.SnapshotQuotaExceeded(disk.id, limit)
    limit = quotas.snapshots
    if limit is not None and len(graph.snapshots) + len(disks) > limit:
        raise errors.SnapshotQuotaExceeded(partition.rules.region, limit)


def new_snapshot(  # noqa: PLR0913 - all that a snapshot begins with
    partition: Partition,
    disk: Disk,
    *,
    name: str = "",
    description: str = "",
    tags: Mapping[str, str],
    extras: Mapping[str, Any],
) -> Snapshot:
    """Put a new snapshot of a disk in, which is PENDING, and return it."""
    snapshot = Snapshot(
        id=partition.new_id(ResourceKind.SNAPSHOT, partition.graph.snapshots),
        order=partition.next_order(),
        created=partition.now,
        name=name,
        description=description,
        tags=tags,
        extras=extras,
        disk_id=disk.id,
        kind=disk.kind,
        size=disk.size,
        zone=disk.zone,
        state=CopyState.PENDING,
        modified=partition.now,
    )
    partition.graph.add_snapshot(snapshot)
    return snapshot
