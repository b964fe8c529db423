"""Any commands on policies, groups, locks and copies of snapshots, and on backups of disks."""

from hypothesis import strategies as st
from hypothesis.stateful import rule
from tests.core.machine.base import Machine
from tests.core.machine.strategies import HOW, OFTEN, PICK, PICKS, TAGS
from tests.core.model.rules import DAY

from duolect_core.disks.backups import CreateDiskBackup, DeleteDiskBackups, RestoreDiskBackup
from duolect_core.disks.copying import CopySnapshot
from duolect_core.disks.groups import (
    CreateSnapshotGroup,
    DeleteSnapshotGroups,
    ModifySnapshotGroup,
    RestoreSnapshotGroup,
)
from duolect_core.disks.locks import LockSnapshot, UnlockSnapshot
from duolect_core.disks.policies import (
    BindSnapshotPolicy,
    CreateSnapshotPolicy,
    DeleteSnapshotPolicies,
    ModifySnapshotPolicy,
    UnbindSnapshotPolicy,
)
from duolect_core.disks.snapshots import CreateSnapshot, DeleteSnapshots
from duolect_core.instances.lifecycle import StartInstances, StopInstances
from duolect_core.model.disk_lifecycles import DiskKind
from duolect_core.model.disks import Schedule

SCHEDULES = st.sampled_from(
    [
        (),
        (Schedule(hours=(0, 6, 12, 18)),),
        (Schedule(hours=(3,), weekdays=(4, 5)), Schedule(hours=(9,), every_days=2)),
        (Schedule(hours=(1, 13), month_days=(1, 2, 31)),),
    ]
)
KEPT = st.sampled_from([0, 1, 2])


class CopyRules(Machine):
    """Makes policies, groups, locks, copies and backups, and ends them."""

    def set_up_copies(self, disk, instance_id):
        """Start with disks that are bound to a policy, a group, and what is done with them."""
        policy, spare = (self.grant(CreateSnapshotPolicy(schedules=(Schedule(hours=(6,)),))) for _ in "12")
        self.grant(ModifySnapshotPolicy(policy_id=policy.id, retention=1))
        for command in (BindSnapshotPolicy, UnbindSnapshotPolicy, BindSnapshotPolicy):
            self.grant(command(policy_id=policy.id, disk_ids=(disk.id,)))
        self.grant(DeleteSnapshotPolicies((spare.id,)))
        group = self.grant(CreateSnapshotGroup(instance_id=instance_id, disk_ids=(disk.id,)))
        self.grant(ModifySnapshotGroup(group_id=group.id, name="n"))
        self.grant(CopySnapshot(disk_id="elsewhere", kind=DiskKind.DATA, size=10, expires=self.at + DAY))
        self.wait(DAY // 4)
        self.grant(StopInstances((instance_id,)))
        self.wait(DAY // 4)
        sources = ((disk.id, group.snapshot_ids[0]),)
        self.grant(RestoreSnapshotGroup(group_id=group.id, sources=sources))
        self.wait(1_000_000_000)
        snapshot_id = group.snapshot_ids[0]
        self.grant(LockSnapshot(snapshot_id=snapshot_id, days=1, cool_off=1))
        self.grant(UnlockSnapshot(snapshot_id))
        self.grant(DeleteSnapshotGroups(group_ids=(group.id,)))
        backup = self.grant(CreateDiskBackup(disk_id=disk.id, limit=1))
        self.wait(1_000_000_000)
        if self.rules.disks_restore_attached:
            self.grant(RestoreDiskBackup(disk_id=disk.id, backup_id=backup.id))
            self.wait(1_000_000_000)
        self.grant(DeleteDiskBackups((backup.id,)))
        self.grant(StartInstances((instance_id,)))
        self.wait(1_000_000_000)
        self.grant(CreateSnapshot(disk_id=disk.id, expires=self.at + DAY // 2))
        self.wait(DAY)
        self.grant(DeleteSnapshots(snapshot_ids=tuple(self.graph.snapshots)[1:], force=True))

    @rule(schedules=SCHEDULES, retention=KEPT, active=OFTEN, tags=TAGS, how=HOW)
    def create_snapshot_policy(self, how, **more):
        self.do(CreateSnapshotPolicy(**more), how)

    @rule(
        pick=PICK,
        schedules=st.one_of(st.none(), SCHEDULES),
        retention=st.one_of(st.none(), KEPT),
        active=st.sampled_from([None, True, False]),
        name=st.sampled_from([None, "n"]),
        how=HOW,
    )
    def modify_snapshot_policy(self, pick, how, **more):
        self.do(ModifySnapshotPolicy(policy_id=self.one(self.graph.snapshot_policies, pick), **more), how)

    @rule(picks=PICKS, how=HOW)
    def delete_snapshot_policies(self, picks, how):
        self.do(DeleteSnapshotPolicies(self.some(self.graph.snapshot_policies, picks[:1])), how)

    @rule(
        command=st.sampled_from([BindSnapshotPolicy, UnbindSnapshotPolicy]), pick=PICK, disks=PICKS, how=HOW
    )
    def bind_snapshot_policy(self, command, pick, disks, how):
        policy_id = self.one(self.graph.snapshot_policies, pick)
        self.do(command(policy_id=policy_id, disk_ids=self.some(self.graph.disks, disks)), how)

    @rule(instance=PICK, whole=OFTEN, disks=PICKS, tags=TAGS, how=HOW)
    def create_snapshot_group(self, instance, whole, disks, how, **more):
        instance_id = self.one(self.graph.instances, instance)
        own = tuple(disk.id for disk in self.graph.disks_of(instance_id))
        ids = own if whole and own else self.some(self.graph.disks, disks) or ("absent",)
        self.do(CreateSnapshotGroup(instance_id=instance_id, disk_ids=ids, **more), how)

    @rule(pick=PICK, name=st.sampled_from([None, "n"]), how=HOW)
    def modify_snapshot_group(self, pick, how, **more):
        self.do(ModifySnapshotGroup(group_id=self.one(self.graph.snapshot_groups, pick), **more), how)

    @rule(pick=PICK, keep=st.booleans(), with_images=st.booleans(), how=HOW)
    def delete_snapshot_groups(self, pick, how, **more):
        ids = (self.one(self.graph.snapshot_groups, pick),)
        self.do(DeleteSnapshotGroups(group_ids=ids, **more), how)

    @rule(pick=PICK, stop=st.booleans(), disk=PICK, own=OFTEN, how=HOW)
    def restore_snapshot_group(self, pick, stop, disk, own, how):
        group_id = self.one(self.graph.snapshot_groups, pick)
        group = self.graph.snapshot_groups.get(group_id)
        if group is not None and stop:
            self.do(StopInstances((group.instance_id,)))
            self.wait(30_000_000)
        held = () if group is None else group.snapshot_ids
        sources = [
            (self.graph.snapshots[each].disk_id if own else self.one(self.graph.disks, disk), each)
            for each in held
            if each in self.graph.snapshots
        ]
        self.do(RestoreSnapshotGroup(group_id=group_id, sources=tuple(sources)), how)

    @rule(pick=PICK, days=st.sampled_from([1, 2]), cool_off=st.sampled_from([0, 1, 5]), how=HOW)
    def lock_snapshot(self, pick, how, **more):
        self.do(LockSnapshot(snapshot_id=self.one(self.graph.snapshots, pick), **more), how)

    @rule(pick=PICK, how=HOW)
    def unlock_snapshot(self, pick, how):
        locked = self.fit(self.graph.snapshots, lambda each: each.lock is not None)
        self.do(UnlockSnapshot(self.one(locked, pick)), how)

    @rule(disk=st.sampled_from(["x", "y"]), kept=KEPT, tags=TAGS, how=HOW)
    def copy_snapshot(self, disk, kept, tags, how):
        expires = self.at + kept * DAY if kept else 0
        self.do(CopySnapshot(disk_id=disk, kind=DiskKind.DATA, size=10, tags=tags, expires=expires), how)

    @rule(disk=PICK, kept=KEPT, how=HOW)
    def create_snapshot_for_a_time(self, disk, kept, how):
        self.do(CreateSnapshot(disk_id=self.one(self.graph.disks, disk), expires=self.at + kept * DAY), how)

    @rule(disk=PICK, how=HOW)
    def create_disk_backup(self, disk, how):
        self.do(CreateDiskBackup(disk_id=self.one(self.graph.disks, disk), limit=2), how)

    @rule(pick=PICK, how=HOW)
    def restore_disk_backup(self, pick, how):
        backup_id = self.one(self.graph.disk_backups, pick)
        backup = self.graph.disk_backups.get(backup_id)
        disk_id = (
            self.one(self.graph.disks, pick // 8) if backup is None or pick % 8 == 7 else backup.disk_id
        )
        self.do(RestoreDiskBackup(disk_id=disk_id, backup_id=backup_id), how)

    @rule(picks=PICKS, how=HOW)
    def delete_disk_backups(self, picks, how):
        self.do(DeleteDiskBackups(self.some(self.graph.disk_backups, picks[:2])), how)
