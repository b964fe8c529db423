"""Scheduled policies, groups and copies of snapshots, and backup points, for the plausible requests."""

from collections.abc import Callable
from typing import Any

Call = Callable[..., dict[str, Any]]


def copy_requests(call: Call, values: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Make one of each beside the disks that are there; return what their actions take besides."""
    free = values["DiskId"]
    days = [{"DayOfWeek": [1], "Hour": [3]}]
    policy_id, spare = (
        call("CreateAutoSnapshotPolicy", Policy=days)["AutoSnapshotPolicyId"] for _ in range(2)
    )
    bound = {"AutoSnapshotPolicyId": policy_id, "DiskIds": [free]}
    call("BindAutoSnapshotPolicy", **bound)
    call("ModifyDiskBackupQuota", DiskId=free, DiskBackupQuota=3)
    backup_id, other = (call("CreateDiskBackup", DiskId=free)["DiskBackupId"] for _ in range(2))
    # Of a stopped instance, so that its group can be applied.
    (stopped,) = call(
        "RunInstances",
        Placement=values["Placement"],
        ImageId="img-pmqg1cw7",
        VirtualPrivateCloud=values["VirtualPrivateCloud"],
    )["InstanceIdSet"]
    call("StopInstances", InstanceIds=[stopped])
    (shown,) = call("DescribeInstances", InstanceIds=[stopped])["InstanceSet"]
    system = shown["SystemDisk"]["DiskId"]
    group_id = call("CreateSnapshotGroup", DiskIds=[system])["SnapshotGroupId"]
    (group,) = call("DescribeSnapshotGroups")["SnapshotGroupSet"]
    (snapshot_id,) = group["SnapshotIdSet"]
    values |= {"AutoSnapshotPolicyId": policy_id, "SnapshotGroupId": group_id, "DiskBackupId": backup_id}
    return {
        "CreateAutoSnapshotPolicy": {"Policy": days},
        "BindAutoSnapshotPolicy": {"AutoSnapshotPolicyId": spare, "DiskIds": [free]},
        "UnbindAutoSnapshotPolicy": bound,
        "CreateSnapshotGroup": {"DiskIds": [system]},
        "DeleteSnapshotGroup": {"SnapshotGroupId": group_id},
        "ModifyAutoSnapshotPolicyAttribute": {"AutoSnapshotPolicyName": "name"},
        "ApplySnapshotGroup": {"ApplyDisks": [{"DiskId": system, "SnapshotId": snapshot_id}]},
        "CopySnapshotCrossRegions": {
            "SnapshotId": values["SnapshotId"],
            "DestinationRegions": ["ap-beijing"],
        },
        "ModifySnapshotsSharePermission": {"AccountIds": ["1044849112"], "Permission": "SHARE"},
        "ModifyDiskBackupQuota": {"DiskId": free, "DiskBackupQuota": 4},
        "DeleteDiskBackups": {"DiskBackupIds": [other]},
        "ApplyDiskBackup": {"DiskId": free},
    }
