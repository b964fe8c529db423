"""How users call the actions on disks with Tencent Cloud's SDK."""

from typing import Any

from tests.contract.polling import poll
from tests.contract.scenarios.tencent.sdk_account import SdkAccount
from tests.contract.sdks.tencent import ZONE


def _new_disk(account: SdkAccount) -> str:
    """Create a disk and wait until it is listed."""
    (disk_id,) = account.cbs(
        "CreateDisks",
        Placement={"Zone": ZONE, "ProjectId": 0},
        DiskChargeType="POSTPAID_BY_HOUR",
        DiskType="CLOUD_PREMIUM",
        DiskSize=20,
        DiskName="data",
        Tags=[{"Key": "city", "Value": "shanghai"}],
    ).DiskIdSet
    poll(lambda: _disk_state(account, disk_id), "UNATTACHED")
    return str(disk_id)


def _disk(account: SdkAccount, disk_id: str) -> Any:
    """Return a disk as it is listed, or None."""
    found = account.cbs("DescribeDisks", DiskIds=[disk_id]).DiskSet
    return found[0] if found else None


def _disk_state(account: SdkAccount, disk_id: str) -> str | None:
    shown = _disk(account, disk_id)
    return None if shown is None else str(shown.DiskState)


def describe_disks(account: SdkAccount) -> None:
    filters = [{"Name": "instance-id", "Values": [account.instance_id]}]
    reply = account.cbs("DescribeDisks", Filters=filters)
    (shown,) = reply.DiskSet
    assert (reply.TotalCount, shown.DiskUsage, shown.DiskState) == (1, "SYSTEM_DISK", "ATTACHED")
    (instance,) = account.cvm("DescribeInstances").InstanceSet
    assert shown.DiskId == instance.SystemDisk.DiskId


def describe_disk_config_quota(account: SdkAccount) -> None:
    asked = {"Zones": [ZONE], "InstanceFamilies": ["S5"], "CPU": 2, "Memory": 4, "DiskUsage": "DATA_DISK"}
    reply = account.cbs("DescribeDiskConfigQuota", InquiryType="INQUIRY_CVM_CONFIG", **asked)
    assert {(each.InstanceFamily, each.Available) for each in reply.DiskConfigSet} == {("S5", True)}


def describe_instances_disk_num(account: SdkAccount) -> None:
    (shown,) = account.cbs("DescribeInstancesDiskNum", InstanceIds=[account.instance_id]).AttachDetail
    assert (shown.InstanceId, shown.AttachedDiskCount) == (account.instance_id, 0)


def create_disks(account: SdkAccount) -> None:
    shown = _disk(account, _new_disk(account))
    assert (shown.DiskName, shown.DiskSize, shown.Tags[0].Value) == ("data", 20, "shanghai")


def attach_disks(account: SdkAccount) -> None:
    disk_id = _new_disk(account)
    account.cbs("AttachDisks", DiskIds=[disk_id], InstanceId=account.instance_id, DeleteWithInstance=True)
    poll(lambda: _disk_state(account, disk_id), "ATTACHED")
    shown = _disk(account, disk_id)
    assert (shown.InstanceId, shown.DeleteWithInstance) == (account.instance_id, True)


def detach_disks(account: SdkAccount) -> None:
    account.new_instance(DataDisks=[{"DiskType": "CLOUD_SSD", "DiskSize": 20}])
    data = [{"Name": "disk-usage", "Values": ["DATA_DISK"]}]
    (shown,) = account.cbs("DescribeDisks", Filters=data).DiskSet
    account.cbs("DetachDisks", DiskIds=[shown.DiskId])
    poll(lambda: _disk_state(account, shown.DiskId), "UNATTACHED")


def terminate_disks(account: SdkAccount) -> None:
    disk_id = _new_disk(account)
    account.cbs("TerminateDisks", DiskIds=[disk_id])
    assert _disk(account, disk_id) is None


def resize_instance_disks(account: SdkAccount) -> None:
    larger = {"DiskSize": 80, "DiskType": "CLOUD_PREMIUM"}
    account.cvm("ResizeInstanceDisks", InstanceId=account.instance_id, SystemDisk=larger, ForceStop=True)
    poll(lambda: account.instance_state(account.instance_id), "RUNNING")
    (shown,) = account.cvm("DescribeInstances").InstanceSet
    assert (shown.SystemDisk.DiskSize, shown.LatestOperation) == (80, "ResizeInstanceDisks")


def resize_disk(account: SdkAccount) -> None:
    account.new_instance(DataDisks=[{"DiskType": "CLOUD_SSD", "DiskSize": 20}])
    data = [{"Name": "disk-usage", "Values": ["DATA_DISK"]}]
    (shown,) = account.cbs("DescribeDisks", Filters=data).DiskSet
    account.cbs("ResizeDisk", DiskId=shown.DiskId, DiskSize=40)
    poll(lambda: _disk(account, shown.DiskId).DiskSize, 40)


def modify_disk_attributes(account: SdkAccount) -> None:
    account.new_instance()
    (shown,) = account.cbs("DescribeDisks").DiskSet
    account.cbs("ModifyDiskAttributes", DiskIds=[shown.DiskId], DiskName="renamed")
    assert account.cbs("DescribeDisks").DiskSet[0].DiskName == "renamed"


# -- snapshots ---------------------------------------------------------------------------------------------


def _new_snapshot(account: SdkAccount, disk_id: str) -> str:
    """Create a snapshot and wait until it is complete."""
    made: str = account.cbs("CreateSnapshot", DiskId=disk_id, SnapshotName="daily").SnapshotId
    poll(lambda: _snapshot(account, made).SnapshotState, "NORMAL")
    return made


def _snapshot(account: SdkAccount, snapshot_id: str) -> Any:
    (shown,) = account.cbs("DescribeSnapshots", SnapshotIds=[snapshot_id]).SnapshotSet
    return shown


def create_snapshot(account: SdkAccount) -> None:
    shown = _snapshot(account, _new_snapshot(account, _new_disk(account)))
    assert (shown.SnapshotName, shown.Percent, shown.DiskSize) == ("daily", 100, 20)


def describe_snapshots(account: SdkAccount) -> None:
    disk_id = _new_disk(account)
    made = _new_snapshot(account, disk_id)
    reply = account.cbs("DescribeSnapshots", Filters=[{"Name": "disk-id", "Values": [disk_id]}])
    assert (reply.TotalCount, reply.SnapshotSet[0].SnapshotId) == (1, made)


def modify_snapshot_attribute(account: SdkAccount) -> None:
    made = _new_snapshot(account, _new_disk(account))
    account.cbs("ModifySnapshotAttribute", SnapshotId=made, SnapshotName="weekly")
    assert _snapshot(account, made).SnapshotName == "weekly"


def delete_snapshots(account: SdkAccount) -> None:
    made = _new_snapshot(account, _new_disk(account))
    account.cbs("DeleteSnapshots", SnapshotIds=[made])
    assert account.cbs("DescribeSnapshots").TotalCount == 0


def apply_snapshot(account: SdkAccount) -> None:
    disk_id = _new_disk(account)
    made = _new_snapshot(account, disk_id)
    account.cbs("ApplySnapshot", SnapshotId=made, DiskId=disk_id)
    poll(lambda: _disk_state(account, disk_id), "UNATTACHED")


# -- policies ----------------------------------------------------------------------------------------------


def _policy(account: SdkAccount) -> str:
    days = [{"DayOfWeek": [0, 3], "Hour": [1, 13]}]
    made = account.cbs("CreateAutoSnapshotPolicy", Policy=days, AutoSnapshotPolicyName="nightly")
    assert made.NextTriggerTime
    return str(made.AutoSnapshotPolicyId)


def _described(account: SdkAccount, policy_id: str) -> Any:
    reply = account.cbs("DescribeAutoSnapshotPolicies", AutoSnapshotPolicyIds=[policy_id])
    return reply.AutoSnapshotPolicySet[0] if reply.AutoSnapshotPolicySet else None


def create_auto_snapshot_policy(account: SdkAccount) -> None:
    shown = _described(account, _policy(account))
    assert (shown.Policy[0].DayOfWeek, shown.Policy[0].Hour, shown.RetentionDays) == ([0, 3], [1, 13], 7)


def describe_auto_snapshot_policies(account: SdkAccount) -> None:
    shown = _described(account, _policy(account))
    assert (shown.AutoSnapshotPolicyName, shown.AutoSnapshotPolicyState) == ("nightly", "NORMAL")


def modify_auto_snapshot_policy_attribute(account: SdkAccount) -> None:
    policy_id = _policy(account)
    account.cbs("ModifyAutoSnapshotPolicyAttribute", AutoSnapshotPolicyId=policy_id, IsPermanent=True)
    assert _described(account, policy_id).IsPermanent


def delete_auto_snapshot_policies(account: SdkAccount) -> None:
    policy_id = _policy(account)
    account.cbs("DeleteAutoSnapshotPolicies", AutoSnapshotPolicyIds=[policy_id])
    assert _described(account, policy_id) is None


def _bound(account: SdkAccount) -> tuple[str, str]:
    policy_id, disk_id = _policy(account), _new_disk(account)
    account.cbs("BindAutoSnapshotPolicy", AutoSnapshotPolicyId=policy_id, DiskIds=[disk_id])
    return policy_id, disk_id


def bind_auto_snapshot_policy(account: SdkAccount) -> None:
    policy_id, disk_id = _bound(account)
    assert _described(account, policy_id).DiskIdSet == [disk_id]


def unbind_auto_snapshot_policy(account: SdkAccount) -> None:
    policy_id, disk_id = _bound(account)
    account.cbs("UnbindAutoSnapshotPolicy", AutoSnapshotPolicyId=policy_id, DiskIds=[disk_id])
    assert _described(account, policy_id).DiskIdSet == []


def describe_disk_associated_auto_snapshot_policy(account: SdkAccount) -> None:
    policy_id, disk_id = _bound(account)
    reply = account.cbs("DescribeDiskAssociatedAutoSnapshotPolicy", DiskId=disk_id)
    assert [each.AutoSnapshotPolicyId for each in reply.AutoSnapshotPolicySet] == [policy_id]


# -- groups ------------------------------------------------------------------------------------------------


def _group(account: SdkAccount) -> tuple[str, str]:
    """Create a group of the system disk and wait until it is complete; return it and the disk."""
    filters = [{"Name": "instance-id", "Values": [account.instance_id]}]
    disk_id = account.cbs("DescribeDisks", Filters=filters).DiskSet[0].DiskId
    made = account.cbs("CreateSnapshotGroup", DiskIds=[disk_id], SnapshotGroupName="all").SnapshotGroupId
    poll(lambda: _group_shown(account, made).SnapshotGroupState, "NORMAL")
    return str(made), str(disk_id)


def _group_shown(account: SdkAccount, group_id: str) -> Any:
    filters = [{"Name": "snapshot-group-id", "Values": [group_id]}]
    found = account.cbs("DescribeSnapshotGroups", Filters=filters).SnapshotGroupSet
    return found[0] if found else None


def create_snapshot_group(account: SdkAccount) -> None:
    group_id, _ = _group(account)
    (snapshot_id,) = _group_shown(account, group_id).SnapshotIdSet
    assert _snapshot(account, snapshot_id).SnapshotName == "all_0"


def describe_snapshot_groups(account: SdkAccount) -> None:
    group_id, _ = _group(account)
    assert _group_shown(account, group_id).ContainRootSnapshot


def delete_snapshot_group(account: SdkAccount) -> None:
    group_id, _ = _group(account)
    account.cbs("DeleteSnapshotGroup", SnapshotGroupId=group_id)
    assert _group_shown(account, group_id) is None


def apply_snapshot_group(account: SdkAccount) -> None:
    group_id, disk_id = _group(account)
    account.cvm("StopInstances", InstanceIds=[account.instance_id])
    states = lambda: account.cvm("DescribeInstances", InstanceIds=[account.instance_id])  # noqa: E731
    poll(lambda: states().InstanceSet[0].InstanceState, "STOPPED")
    (snapshot_id,) = _group_shown(account, group_id).SnapshotIdSet
    sources = [{"SnapshotId": snapshot_id, "DiskId": disk_id}]
    account.cbs("ApplySnapshotGroup", SnapshotGroupId=group_id, ApplyDisks=sources)
    poll(lambda: _group_shown(account, group_id).SnapshotGroupState, "NORMAL")


# -- copies, shares, counts --------------------------------------------------------------------------------


def describe_snapshot_overview(account: SdkAccount) -> None:
    _new_snapshot(account, _new_disk(account))
    reply = account.cbs("DescribeSnapshotOverview")
    assert (reply.TotalNums, reply.TotalSize) == (1, 20)


def get_snap_overview(account: SdkAccount) -> None:
    assert account.cbs("GetSnapOverview").TotalNums == 0


def copy_snapshot_cross_regions(account: SdkAccount) -> None:
    made = _new_snapshot(account, _new_disk(account))
    reply = account.cbs("CopySnapshotCrossRegions", SnapshotId=made, DestinationRegions=["ap-beijing"])
    (result,) = reply.SnapshotCopyResultSet
    assert (result.Code, result.DestinationRegion) == ("Success", "ap-beijing")


def modify_snapshots_share_permission(account: SdkAccount) -> None:
    made = _new_snapshot(account, _new_disk(account))
    account.cbs(
        "ModifySnapshotsSharePermission", SnapshotIds=[made], AccountIds=["1044849112"], Permission="SHARE"
    )
    assert _snapshot(account, made).ShareReference == 1


def describe_snapshot_share_permission(account: SdkAccount) -> None:
    made = _new_snapshot(account, _new_disk(account))
    assert account.cbs("DescribeSnapshotSharePermission", SnapshotId=made).SharePermissionSet == []


# -- backup points -----------------------------------------------------------------------------------------


def _backup(account: SdkAccount) -> tuple[str, str]:
    """Create a backup point and wait until it is complete; return it and its disk."""
    disk_id = _new_disk(account)
    account.cbs("ModifyDiskBackupQuota", DiskId=disk_id, DiskBackupQuota=1)
    made = account.cbs("CreateDiskBackup", DiskId=disk_id, DiskBackupName="before").DiskBackupId
    poll(lambda: _backup_shown(account, made).DiskBackupState, "NORMAL")
    return str(made), disk_id


def _backup_shown(account: SdkAccount, backup_id: str) -> Any:
    found = account.cbs("DescribeDiskBackups", DiskBackupIds=[backup_id]).DiskBackupSet
    return found[0] if found else None


def create_disk_backup(account: SdkAccount) -> None:
    backup_id, _ = _backup(account)
    assert _backup_shown(account, backup_id).DiskBackupName == "before"


def describe_disk_backups(account: SdkAccount) -> None:
    backup_id, disk_id = _backup(account)
    assert _backup_shown(account, backup_id).DiskId == disk_id


def delete_disk_backups(account: SdkAccount) -> None:
    backup_id, _ = _backup(account)
    account.cbs("DeleteDiskBackups", DiskBackupIds=[backup_id])
    assert _backup_shown(account, backup_id) is None


def apply_disk_backup(account: SdkAccount) -> None:
    backup_id, disk_id = _backup(account)
    account.cbs("ApplyDiskBackup", DiskBackupId=backup_id, DiskId=disk_id)
    poll(lambda: _backup_shown(account, backup_id).DiskBackupState, "NORMAL")


def modify_disk_backup_quota(account: SdkAccount) -> None:
    disk_id = _new_disk(account)
    account.cbs("ModifyDiskBackupQuota", DiskId=disk_id, DiskBackupQuota=3)
    assert _disk(account, disk_id).DiskBackupQuota == 3


def initialize_disks(account: SdkAccount) -> None:
    disk_id = _new_disk(account)
    account.cbs("InitializeDisks", DiskIds=[disk_id])
    poll(lambda: _disk_state(account, disk_id), "UNATTACHED")


def modify_disk_extra_performance(account: SdkAccount) -> None:
    (disk_id,) = account.cbs(
        "CreateDisks",
        Placement={"Zone": ZONE},
        DiskChargeType="POSTPAID_BY_HOUR",
        DiskType="CLOUD_HSSD",
        DiskSize=500,
    ).DiskIdSet
    poll(lambda: _disk_state(account, disk_id), "UNATTACHED")
    account.cbs("ModifyDiskExtraPerformance", DiskId=disk_id, ThroughputPerformance=300)
    assert _disk(account, disk_id).ThroughputPerformance == 300


def modify_instance_disk_type(account: SdkAccount) -> None:
    instance_id = account.new_instance(SystemDisk={"DiskType": "LOCAL_BASIC", "DiskSize": 50})
    account.cvm("StopInstances", InstanceIds=[instance_id])

    def shown() -> Any:
        (found,) = account.cvm("DescribeInstances", InstanceIds=[instance_id]).InstanceSet
        return found

    poll(lambda: shown().InstanceState, "STOPPED")
    account.cvm("ModifyInstanceDiskType", InstanceId=instance_id, SystemDisk={"DiskType": "CLOUD_PREMIUM"})
    assert shown().SystemDisk.DiskType == "CLOUD_PREMIUM"
