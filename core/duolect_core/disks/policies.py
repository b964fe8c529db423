"""Policies by which snapshots of disks are made, and the disks that are bound to them."""

from collections.abc import Mapping
from typing import Any

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.model.disks import Disk, Schedule, SnapshotPolicy
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import lookup
from duolect_core.relations.descriptions import describe
from duolect_core.relations.named_copies import snapshot_policy


@attrs.frozen(kw_only=True)
class CreateSnapshotPolicy:
    """Create a policy: when snapshots are made, and how many days each is kept, 0 for good.

    Raises:
        SnapshotPolicyQuotaExceeded, TagQuotaExceeded: a limit is reached.
    """

    schedules: tuple[Schedule, ...]
    name: str = ""
    retention: int = 0
    active: bool = True
    tags: Mapping[str, str] = attrs.field(factory=dict)
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> SnapshotPolicy:
        """Return the policy, which no disk is bound to."""
        self.check(partition)
        created = SnapshotPolicy(
            id=partition.new_id(ResourceKind.SNAPSHOT_POLICY, partition.graph.snapshot_policies),
            order=partition.next_order(),
            created=partition.now,
            name=self.name,
            tags=self.tags,
            extras=self.extras,
            schedules=self.schedules,
            retention=self.retention,
            active=self.active,
        )
        created.due = created.after(partition.now)
        partition.graph.add_snapshot_policy(created)
        return created

    def check(self, partition: Partition) -> None:
        """Raise what keeps the policy from being created."""
        rules = partition.rules
        limit = rules.quotas.snapshot_policies
        if limit is not None and len(partition.graph.snapshot_policies) >= limit:
            raise errors.SnapshotPolicyQuotaExceeded(rules.region, limit)
        lookup.check_tags(rules, self.tags)


@attrs.frozen(kw_only=True)
class ModifySnapshotPolicy:
    """Change a policy, at once; None leaves a value as it is. Snapshots that were made are kept as before.

    Raises:
        SnapshotPolicyNotFound: there is none of this id.
    """

    policy_id: str
    name: str | None = None
    schedules: tuple[Schedule, ...] | None = None
    retention: int | None = None
    active: bool | None = None
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> SnapshotPolicy:
        """Return the policy as it is now."""
        found = self.check(partition)
        describe(found, self.name, None, self.extras)
        if self.schedules is not None:
            found.schedules = self.schedules
        if self.retention is not None:
            found.retention = self.retention
        if self.active is not None:
            found.active = self.active
        due = found.after(partition.now)
        if due != found.due:
            partition.graph.let_be_due(found, due)
        return found

    def check(self, partition: Partition) -> SnapshotPolicy:
        """Return the policy, or raise where there is none."""
        return snapshot_policy(partition.graph, self.policy_id)


@attrs.frozen
class DeleteSnapshotPolicies:
    """Delete policies: all of them, or none. Disks are bound to them no more; the snapshots stay.

    Raises:
        SnapshotPolicyNotFound: one of them is not there.
    """

    policy_ids: tuple[str, ...]

    def apply(self, partition: Partition) -> None:
        """Take the policies out."""
        for found in self.check(partition):
            partition.graph.remove_snapshot_policy(found)

    def check(self, partition: Partition) -> tuple[SnapshotPolicy, ...]:
        """Return the policies, or raise what keeps them."""
        graph = partition.graph
        return tuple([snapshot_policy(graph, each) for each in dict.fromkeys(self.policy_ids)])


@attrs.frozen(kw_only=True)
class BindSnapshotPolicy:
    """Let snapshots of disks be made by a policy, beside those by which they are: of all disks, or of none.

    Raises:
        SnapshotPolicyNotFound, DiskNotFound: what was named.
        PoliciesPerDiskExceeded, DisksPerPolicyExceeded: there would be too many.
    """

    policy_id: str
    disk_ids: tuple[str, ...]

    def apply(self, partition: Partition) -> tuple[Disk, ...]:
        """Return the disks."""
        disks = self.check(partition)
        for disk in disks:
            if self.policy_id not in disk.policy_ids:
                partition.graph.bind_disk(disk, (*disk.policy_ids, self.policy_id))
        return disks

    def check(self, partition: Partition) -> tuple[Disk, ...]:
        """Return the disks, or raise what keeps one of them from being bound."""
        graph, quotas = partition.graph, partition.rules.quotas
        snapshot_policy(graph, self.policy_id)
        disks = tuple([lookup.disk(graph, each) for each in dict.fromkeys(self.disk_ids)])
        new = [disk for disk in disks if self.policy_id not in disk.policy_ids]
        limit = quotas.policies_per_disk
        for disk in new:
            if limit is not None and len(disk.policy_ids) >= limit:
                raise errors.PoliciesPerDiskExceeded(disk.id, limit)
        limit = quotas.disks_per_policy
        if limit is not None and len(graph.disks_by_policy.ids(self.policy_id)) + len(new) > limit:
            raise errors.DisksPerPolicyExceeded(self.policy_id, limit)
        return disks


@attrs.frozen(kw_only=True)
class UnbindSnapshotPolicy:
    """Let snapshots of disks be made by a policy no more, or by any where none is named.

    A disk that is not bound to it makes no difference.

    Raises:
        SnapshotPolicyNotFound, DiskNotFound: what was named.
    """

    disk_ids: tuple[str, ...]
    policy_id: str = ""

    def apply(self, partition: Partition) -> tuple[Disk, ...]:
        """Return the disks."""
        disks = self.check(partition)
        for disk in disks:
            kept = tuple(each for each in disk.policy_ids if self.policy_id and each != self.policy_id)
            partition.graph.bind_disk(disk, kept)
        return disks

    def check(self, partition: Partition) -> tuple[Disk, ...]:
        """Return the disks, or raise what keeps one of them bound."""
        graph = partition.graph
        if self.policy_id:
            snapshot_policy(graph, self.policy_id)
        return tuple([lookup.disk(graph, each) for each in dict.fromkeys(self.disk_ids)])
