"""How users ask with Tencent Cloud's SDK for regions, zones, limits, tasks and who they are."""

from tests.contract.scenarios.tencent.sdk_account import SdkAccount
from tests.contract.sdks.tencent import REGION, ZONE


def describe_vpc_task_result(account: SdkAccount) -> None:
    reply = account.vpc("DescribeVpcTaskResult", TaskId=account.attach_interface())
    assert (reply.Status, reply.Result) == ("RUNNING", [])


def describe_vpc_limits(account: SdkAccount) -> None:
    (shown,) = account.vpc("DescribeVpcLimits", LimitTypes=["eni-max-private-ips"]).VpcLimitSet
    assert (shown.LimitType, shown.LimitValue) == ("eni-max-private-ips", 50)


def describe_regions(account: SdkAccount) -> None:
    assert REGION in {region.Region for region in account.cvm("DescribeRegions").RegionSet}


def cvm_describe_zones(account: SdkAccount) -> None:
    zones = {zone.Zone: zone.ZoneState for zone in account.cvm("DescribeZones").ZoneSet}
    assert zones[ZONE] == "AVAILABLE"


def describe_task_result(account: SdkAccount) -> None:
    reply = account.vpc("AllocateAddresses")
    assert account.vpc("DescribeTaskResult", TaskId=int(reply.TaskId)).Result == "RUNNING"


def get_caller_identity(account: SdkAccount) -> None:
    shown = account.sts("GetCallerIdentity")
    assert (shown.Type, shown.Arn) == ("Root", f"qcs::cam::uin/{shown.AccountId}:root")


def api_describe_zones(account: SdkAccount) -> None:
    zones = {zone.Zone: zone.ZoneState for zone in account.api("DescribeZones", Product="vpc").ZoneSet}
    assert zones[ZONE] == "AVAILABLE"


def describe_products(account: SdkAccount) -> None:
    reply = account.api("DescribeProducts", Limit=100, Offset=0)
    assert {"vpc", "cvm"} <= {product.Name for product in reply.Products}


def get_user_app_id(account: SdkAccount) -> None:
    shown = account.cam("GetUserAppId")
    assert shown.Uin == shown.OwnerUin == account.sts("GetCallerIdentity").AccountId


def describe_sub_accounts(account: SdkAccount) -> None:
    uin = int(account.cam("GetUserAppId").Uin)
    assert account.cam("DescribeSubAccounts", FilterSubAccountUin=[uin]).SubAccounts == []
