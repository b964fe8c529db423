"""What the commands that create disks and snapshots share."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from string import ascii_lowercase
from typing import Any

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.graph.graph import Graph
from duolect_core.model.disk_lifecycles import STEADY_DISK, CopyState, DiskKind, DiskState
from duolect_core.model.disks import Disk, DiskAttachment, Image, NewDisk, Snapshot
from duolect_core.model.instances import Instance
from duolect_core.model.lifecycles import STEADY_INSTANCE, InstanceState
from duolect_core.model.resources import Instant
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
    policy_ids = tuple(each for each in new.policy_ids if each in partition.graph.snapshot_policies)
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
        policy_ids=policy_ids,
        delete_auto_snapshots=new.delete_auto_snapshots,
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
    running = graph.running_snapshot(disk.id) or graph.running_backup(disk.id)
    if running is not None:
        raise errors.DiskSnapshotRunning(disk.id, running.id)


def extras_of_copies(partition: Partition, disk: Disk) -> dict[str, Any]:
    """Return of a disk's extras what copies of it have too."""
    return {name: disk.extras[name] for name in partition.rules.snapshot_extras if disk.extras.get(name)}


def is_used(graph: Graph, disk: Disk) -> bool:
    """Say whether an instance uses a disk; one that stays with it is used while it is running."""
    if disk.attachment is None:
        return False
    return disk.portable or graph.instances[disk.attachment.instance_id].state is InstanceState.RUNNING


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
    group_id: str = "",
    policy_id: str = "",
    expires: Instant = 0,
) -> Snapshot:
    """Put a new snapshot of a disk in, which is PENDING, and return it.

    It has of the disk's extras what ``Rules.snapshot_extras`` names.
    """
    snapshot = Snapshot(
        id=partition.new_id(ResourceKind.SNAPSHOT, partition.graph.snapshots),
        order=partition.next_order(),
        created=partition.now,
        name=name,
        description=description,
        tags=tags,
        extras={**extras_of_copies(partition, disk), **extras},
        disk_id=disk.id,
        kind=disk.kind,
        size=disk.size,
        zone=disk.zone,
        state=CopyState.PENDING,
        modified=partition.now,
        group_id=group_id,
        policy_id=policy_id,
        expires=expires,
    )
    partition.graph.add_snapshot(snapshot)
    return snapshot


# -- images -------------------------------------------------------------------------------------------


def check_image_goes(image: Image) -> None:
    """Raise what keeps an image from being deleted.

    Raises:
        ImageBusy, ImageCopying, ImageShared: it is needed still.
    """
    if image.state is CopyState.PENDING:
        raise (errors.ImageCopying if image.copied_from else errors.ImageBusy)(image.id)
    if image.is_shared:
        raise errors.ImageShared(image.id)
