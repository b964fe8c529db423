"""Disks and what they are attached to, snapshots, and images."""

from collections.abc import Iterator

from duolect_core.engine.partition import Partition
from duolect_core.graph.graph import Graph
from duolect_core.model.disk_lifecycles import CopyState, DiskKind, DiskState
from duolect_core.model.disks import Disk

_ATTACHED = frozenset({DiskState.ATTACHING, DiskState.IN_USE, DiskState.DETACHING})
_EITHER = frozenset({DiskState.RESIZING, DiskState.RESTORING})


def check(partition: Partition) -> Iterator[str]:
    """Yield a sentence for each violated invariant."""
    graph = partition.graph
    yield from _check_disks(graph)
    yield from _check_instances(graph)
    yield from _check_snapshots(graph)
    for image in graph.images.values():
        if not image.snapshot_ids or not graph.snapshots.keys() >= set(image.snapshot_ids):
            yield f"{image.id}: made of snapshots that are not there"


def _check_disks(graph: Graph) -> Iterator[str]:
    for disk in graph.disks.values():
        if disk.state not in _EITHER and (disk.attachment is not None) is not (disk.state in _ATTACHED):
            yield f"{disk.id}: {disk.state} does not fit {disk.attachment}"
        if disk.kind is DiskKind.SYSTEM and disk.attachment is None:
            yield f"{disk.id}: a system disk of nothing"
        if (disk.new_size > disk.size) is not (disk.state is DiskState.RESIZING):
            yield f"{disk.id}: {disk.state} does not fit its new size {disk.new_size}"
        if disk.attachment is not None:
            instance = graph.instances.get(disk.attachment.instance_id)
            if instance is None:
                yield f"{disk.id}: attached to an instance that is not there"
            elif instance.zone != disk.zone:
                yield f"{disk.id}: attached to an instance in another zone"


def _check_instances(graph: Graph) -> Iterator[str]:
    system = [disk for disk in graph.disks.values() if disk.kind is DiskKind.SYSTEM]
    by_instance = {disk.attachment.instance_id: disk.id for disk in system if disk.attachment is not None}
    if by_instance != graph.system_disks:
        yield "the system disks of instances are not what a scan finds"
    for instance_id in graph.instances:
        disks: list[Disk] = graph.disks_of(instance_id)
        devices = {disk.attachment.device for disk in disks if disk.attachment is not None}
        if len(devices) < len(disks):
            yield f"{instance_id}: sees two disks under one name"
        if sum(disk.kind is DiskKind.SYSTEM for disk in disks) > 1:
            yield f"{instance_id}: has two system disks"


def _check_snapshots(graph: Graph) -> Iterator[str]:
    coming = [each.disk_id for each in graph.snapshots.values() if each.state is CopyState.PENDING]
    if len(set(coming)) < len(coming):
        yield "two snapshots of one disk are being created"
