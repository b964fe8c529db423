"""Disks and what they are attached to, copies of them, images, and what happens to them by itself."""

from collections.abc import Iterator

from duolect_core.engine.partition import Partition
from duolect_core.graph.graph import Graph
from duolect_core.model.disk_lifecycles import CopyState, DiskKind, DiskState
from duolect_core.model.disks import Disk
from duolect_core.model.resources import Instant

_ATTACHED = frozenset({DiskState.ATTACHING, DiskState.IN_USE, DiskState.DETACHING})
_EITHER = frozenset({DiskState.RESIZING, DiskState.RESTORING})


def check(partition: Partition) -> Iterator[str]:
    """Yield a sentence for each violated invariant."""
    graph = partition.graph
    yield from _check_disks(graph)
    yield from _check_instances(graph)
    yield from _check_snapshots(graph)
    yield from _check_alarms(graph, partition.now)
    for image in graph.images.values():
        if not image.snapshot_ids or not graph.snapshots.keys() >= set(image.snapshot_ids):
            yield f"{image.id}: made of snapshots that are not there"


def _check_disks(graph: Graph) -> Iterator[str]:
    for disk in graph.disks.values():
        if disk.state not in _EITHER and (disk.attachment is not None) is not (disk.state in _ATTACHED):
            yield f"{disk.id}: {disk.state} does not fit {disk.attachment}"
        if disk.kind is DiskKind.SYSTEM and disk.attachment is None:
            yield f"{disk.id}: a system disk of nothing"
        if not graph.snapshot_policies.keys() >= {*disk.policy_ids}:
            yield f"{disk.id}: bound to a policy that is not there"
        if disk.restoring_id and disk.state is not DiskState.RESTORING:
            yield f"{disk.id}: {disk.state} although it is restored from {disk.restoring_id}"
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
    for name, copies in (("snapshots", graph.snapshots), ("backups", graph.disk_backups)):
        pending = [each for each in copies.values() if each.state is CopyState.PENDING]
        coming = [each.disk_id for each in pending if each.disk_id]
        if len(set(coming)) < len(coming):
            yield f"two {name} of one disk are being created"
    for backup in graph.disk_backups.values():
        if backup.disk_id not in graph.disks and backup.state is not CopyState.PENDING:
            yield f"{backup.id}: a backup of a disk that is not there"
    held = {each: group.id for group in graph.snapshot_groups.values() for each in group.snapshot_ids}
    if held != {each.id: each.group_id for each in graph.snapshots.values() if each.group_id}:
        yield "the groups of snapshots are not what the snapshots say"
    for group in graph.snapshot_groups.values():
        if not group.snapshot_ids:
            yield f"{group.id}: a group of nothing"


def _check_alarms(graph: Graph, now: Instant) -> Iterator[str]:
    rings = {(each.expires, each.order, each.id) for each in graph.snapshots.values() if each.expires > now}
    for each in graph.snapshots.values():
        opens = 0 if each.lock is None else each.lock.ends
        if 0 < each.expires <= now and graph.may_go(each) and max(each.expires, opens) != now:
            ends = {(at, each.order, each.id) for at in (each.expires, opens)}
            if ends.isdisjoint(graph.alarms):
                yield f"{each.id}: expired at {each.expires}, and nothing takes it out"
    for policy in graph.snapshot_policies.values():
        if policy.due is not None:
            rings.add((policy.due, policy.order, policy.id))
            if policy.due <= now:
                yield f"{policy.id}: overdue since {policy.due}"
        if policy.due is not None and not policy.active:
            yield f"{policy.id}: due although it is not active"
    if not rings <= {*graph.alarms}:
        yield "what is to happen by itself has no alarm"
