"""How users call the actions on disks with Tencent Cloud's SDK."""

from tests.contract.scenarios.tencent.sdk_account import SdkAccount


def describe_disks(account: SdkAccount) -> None:
    filters = [{"Name": "instance-id", "Values": [account.instance_id]}]
    reply = account.cbs("DescribeDisks", Filters=filters)
    (shown,) = reply.DiskSet
    assert (reply.TotalCount, shown.DiskUsage, shown.DiskState) == (1, "SYSTEM_DISK", "ATTACHED")
    (instance,) = account.cvm("DescribeInstances").InstanceSet
    assert shown.DiskId == instance.SystemDisk.DiskId
