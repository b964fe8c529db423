"""Finding groups of snapshots, policies and backups of disks, or raising that there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duolect_core import errors
from duolect_core.model.disk_lifecycles import CopyState
from duolect_core.relations.existing import named

if TYPE_CHECKING:
    from duolect_core.graph.graph import Graph
    from duolect_core.model.disks import DiskBackup, SnapshotGroup, SnapshotPolicy


def snapshot_group(graph: Graph, group_id: str) -> SnapshotGroup:
    """Return the group of snapshots, or raise ``SnapshotGroupNotFound``."""
    return named(graph.snapshot_groups, group_id, errors.SnapshotGroupNotFound)


def snapshot_policy(graph: Graph, policy_id: str) -> SnapshotPolicy:
    """Return the policy, or raise ``SnapshotPolicyNotFound``."""
    return named(graph.snapshot_policies, policy_id, errors.SnapshotPolicyNotFound)


def disk_backup(graph: Graph, backup_id: str) -> DiskBackup:
    """Return the backup, or raise ``DiskBackupNotFound``."""
    return named(graph.disk_backups, backup_id, errors.DiskBackupNotFound)


def ready_disk_backup(graph: Graph, backup_id: str) -> DiskBackup:
    """Return the backup, or raise ``DiskBackupNotFound``, or ``DiskBackupBusy`` unless it is complete."""
    found = disk_backup(graph, backup_id)
    if found.state is not CopyState.AVAILABLE:
        raise errors.DiskBackupBusy(backup_id)
    return found
