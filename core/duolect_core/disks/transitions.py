"""What becomes of disks and copies of them when an operation on them ends, and by itself."""

from types import MappingProxyType
from typing import Final

import attrs

from duolect_core.disks import making
from duolect_core.engine.partition import Partition, Transitions
from duolect_core.engine.timeline import Transition, end_of
from duolect_core.errors import CoreError
from duolect_core.model.disk_lifecycles import COPY_LIFECYCLE, DISK_LIFECYCLE, DiskState
from duolect_core.model.disks import DAY, day_of
from duolect_core.model.lifecycles import Trigger, ends_of
from duolect_core.model.resources import OperationKind
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import waiting

_CHANGED: Final = frozenset(
    {Trigger.RESIZED, Trigger.RESIZE_FAILED, Trigger.RESTORED, Trigger.RESTORE_FAILED}
)


def _move_disk(partition: Partition, transition: Transition) -> None:
    """Move a disk on: what is attached goes on being in use."""
    graph, trigger = partition.graph, transition.trigger
    disk = graph.disks[transition.resource_id]
    disk.state = DISK_LIFECYCLE[(disk.state, trigger)]
    disk.pending = None
    if disk.state is DiskState.GONE:
        graph.remove_disk(disk)
    elif trigger in _CHANGED:
        disk.size, disk.new_size = (disk.new_size if trigger is Trigger.RESIZED else disk.size), 0
        disk.restoring_id = ""
        if disk.attachment is not None:
            disk.state = DiskState.IN_USE
    elif trigger is Trigger.ATTACHED and disk.attachment is not None:
        graph.attach_disk(disk, attrs.evolve(disk.attachment, since=partition.now))
    elif trigger in {Trigger.DETACHED, Trigger.ATTACH_FAILED}:
        graph.attach_disk(disk, None)
        disk.detached = partition.now


def _move_snapshot(partition: Partition, transition: Transition) -> None:
    """Move a snapshot on; the days of a lock count from now on."""
    snapshot = partition.graph.snapshots[transition.resource_id]
    snapshot.state = COPY_LIFECYCLE[(snapshot.state, transition.trigger)]
    snapshot.pending, snapshot.modified = None, partition.now
    if snapshot.lock is not None:
        snapshot.lock = attrs.evolve(snapshot.lock, start=partition.now)
    if snapshot.expires and snapshot.expires <= partition.now:
        expire(partition, snapshot.id)


def _move_backup(partition: Partition, transition: Transition) -> None:
    """Move a backup on; it goes where its disk has gone meanwhile."""
    graph = partition.graph
    backup = graph.disk_backups[transition.resource_id]
    backup.state = COPY_LIFECYCLE[(backup.state, transition.trigger)]
    backup.pending, backup.modified = None, partition.now
    if backup.disk_id not in graph.disks:
        graph.remove_backup(backup)


TRANSITIONS: Final[Transitions] = MappingProxyType(
    {
        ResourceKind.DISK: dict.fromkeys(ends_of(DISK_LIFECYCLE), _move_disk),
        ResourceKind.SNAPSHOT: dict.fromkeys(ends_of(COPY_LIFECYCLE), _move_snapshot),
        ResourceKind.DISK_BACKUP: dict.fromkeys(ends_of(COPY_LIFECYCLE), _move_backup),
    }
)
"""The handlers of disks and copies of them."""


# -- by itself ---------------------------------------------------------------------------------------


def expire(partition: Partition, snapshot_id: str) -> None:
    """Take a snapshot out whose time is over; one that is locked, or that an image is made of, later."""
    graph, now = partition.graph, partition.now
    snapshot = graph.snapshots[snapshot_id]
    if not 0 < snapshot.expires <= now:
        return
    if snapshot.lock is not None and snapshot.lock.ends > now:
        graph.set_alarm(snapshot, snapshot.lock.ends)
    elif graph.may_go(snapshot):
        graph.remove_snapshot(snapshot)


def copy_disks(partition: Partition, policy_id: str) -> None:
    """Make the snapshots of a policy that is due now, of all disks of which there can be one."""
    graph, rules, now = partition.graph, partition.rules, partition.now
    policy = graph.snapshot_policies[policy_id]
    if policy.due is None or policy.due > now:
        return
    graph.let_be_due(policy, policy.after(now))
    for disk in [graph.disks[each] for each in graph.disks_by_policy.ids(policy_id)]:
        if not (
            disk.auto_snapshots
            and disk.last_instance_id
            and (rules.idle_disks_copied or making.is_used(graph, disk))
        ):
            continue
        try:
            making.check_snapshots(partition, (disk,))
        except CoreError:
            continue
        made = making.new_snapshot(
            partition,
            disk,
            name=rules.auto_snapshot_name.format(day=day_of(now), policy_id=policy_id),
            tags={},
            extras={},
            policy_id=policy_id,
            expires=end_of(now, policy.retention * DAY) if policy.retention else 0,
        )
        kind, duration = OperationKind.CREATE_SNAPSHOTS, rules.durations.create_snapshot
        waiting.begin(partition, kind, Trigger.PROVISIONED, duration, made, separate=True)
