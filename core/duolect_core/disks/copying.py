"""Snapshots that come from another region."""

from collections.abc import Mapping
from typing import Any

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.model.disk_lifecycles import DiskKind
from duolect_core.model.disks import Snapshot
from duolect_core.model.lifecycles import Trigger
from duolect_core.model.resources import Instant, OperationKind
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import lookup, waiting


@attrs.frozen(kw_only=True)
class CopySnapshot:
    """Create in this region a copy of a snapshot of a disk in another one, one of a disk at a time.

    Raises:
        SnapshotCopyRunning: another one of the disk is being copied here.
        SnapshotQuotaExceeded, TagQuotaExceeded: a limit is reached.
    """

    disk_id: str
    kind: DiskKind
    size: int
    name: str = ""
    description: str = ""
    tags: Mapping[str, str] = attrs.field(factory=dict)
    extras: Mapping[str, Any] = attrs.field(factory=dict)
    expires: Instant = 0

    def apply(self, partition: Partition) -> Snapshot:
        """Return the copy, PENDING."""
        self.check(partition)
        created = Snapshot(
            id=partition.new_id(ResourceKind.SNAPSHOT, partition.graph.snapshots),
            order=partition.next_order(),
            created=partition.now,
            name=self.name,
            description=self.description,
            tags=self.tags,
            extras=self.extras,
            disk_id=self.disk_id,
            kind=self.kind,
            size=self.size,
            zone=partition.rules.zones[0],
            modified=partition.now,
            expires=self.expires,
        )
        partition.graph.add_snapshot(created)
        duration = partition.rules.durations.create_snapshot
        waiting.begin(partition, OperationKind.CREATE_SNAPSHOTS, Trigger.PROVISIONED, duration, created)
        return created

    def check(self, partition: Partition) -> None:
        """Raise what keeps the copy from being created."""
        graph, rules = partition.graph, partition.rules
        running = graph.running_snapshot(self.disk_id)
        if running is not None:
            raise errors.SnapshotCopyRunning(self.disk_id, running.id)
        limits = (
            (self.disk_id, len(graph.snapshots_by_disk.ids(self.disk_id)), rules.quotas.snapshots_per_disk),
            (rules.region, len(graph.snapshots), rules.quotas.snapshots),
        )
        for name, count, limit in limits:
            if limit is not None and count >= limit:
                raise errors.SnapshotQuotaExceeded(name, limit)
        lookup.check_tags(rules, self.tags)
