"""How users ask with Tencent Cloud's SDK for regions, zones, limits, tasks and who they are."""

from tests.contract.scenarios.tencent.sdk_account import SdkAccount
from tests.contract.sdks.tencent import REGION, ZONE


def describe_vpc_task_result(account: SdkAccount) -> None:
    reply = account.vpc("DescribeVpcTaskResult", TaskId=account.attach_interface())
    assert (reply.Status, reply.Result) == ("RUNNING", [])


def describe_vpc_limits(account: SdkAccount) -> None:
    (shown,) = account.vpc("DescribeVpcLimits", LimitTypes=["eni-max-private-ips"]).VpcLimitSet
    assert (shown.LimitType, shown.LimitValue) == ("eni-max-private-ips", 10)


def describe_regions(account: SdkAccount) -> None:
    assert REGION in {region.Region for region in account.cvm("DescribeRegions").RegionSet}


def describe_zones(account: SdkAccount) -> None:
    zones = {zone.Zone: zone.ZoneState for zone in account.cvm("DescribeZones").ZoneSet}
    assert zones[ZONE] == "AVAILABLE"


def describe_task_result(account: SdkAccount) -> None:
    reply = account.vpc("AllocateAddresses")
    assert account.vpc("DescribeTaskResult", TaskId=int(reply.TaskId)).Result == "RUNNING"


def get_caller_identity(account: SdkAccount) -> None:
    shown = account.sts("GetCallerIdentity")
    assert (shown.Type, shown.Arn) == ("Root", f"qcs::cam::uin/{shown.AccountId}:root")
