"""How users call the actions on disks with Tencent Cloud's SDK."""

from tests.contract.polling import poll
from tests.contract.scenarios.tencent.sdk_account import SdkAccount
from tests.contract.sdks.tencent import ZONE


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


def resize_instance_disks(account: SdkAccount) -> None:
    larger = {"DiskSize": 80, "DiskType": "CLOUD_PREMIUM"}
    account.cvm("ResizeInstanceDisks", InstanceId=account.instance_id, SystemDisk=larger, ForceStop=True)
    poll(lambda: account.instance_state(account.instance_id), "RUNNING")
    (shown,) = account.cvm("DescribeInstances").InstanceSet
    assert (shown.SystemDisk.DiskSize, shown.LatestOperation) == (80, "ResizeInstanceDisks")


def resize_disk(account: SdkAccount) -> None:
    account.new_instance(DataDisks=[{"DiskType": "CLOUD_SSD", "DiskSize": 20}])
    data = [{"Name": "disk-usage", "Values": ["DATA_DISK"]}]
    (disk,) = account.cbs("DescribeDisks", Filters=data).DiskSet
    account.cbs("ResizeDisk", DiskId=disk.DiskId, DiskSize=40)
    assert account.cbs("DescribeDisks", DiskIds=[disk.DiskId]).DiskSet[0].DiskSize == 40


def modify_disk_attributes(account: SdkAccount) -> None:
    account.new_instance()
    (disk,) = account.cbs("DescribeDisks").DiskSet
    account.cbs("ModifyDiskAttributes", DiskIds=[disk.DiskId], DiskName="renamed")
    assert account.cbs("DescribeDisks").DiskSet[0].DiskName == "renamed"
