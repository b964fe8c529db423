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
