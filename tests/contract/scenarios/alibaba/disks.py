"""How users ask for disks with Alibaba Cloud's SDK."""

from tests.contract.scenarios.alibaba.sdk_account import SdkAccount
from tests.contract.sdks.alibaba import REGION, ecs_models


def describe_disks(account: SdkAccount) -> None:
    request = ecs_models.DescribeDisksRequest(region_id=REGION, instance_id=account.instance_id)
    (disk,) = account.ecs.describe_disks(request).disks.disk
    assert (disk.type, disk.device, disk.size) == ("system", "/dev/xvda", 40)
