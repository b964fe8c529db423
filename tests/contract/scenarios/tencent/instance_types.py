"""How users call the actions on instance types with Tencent Cloud's SDK."""

from tests.contract.scenarios.tencent.sdk_account import SdkAccount
from tests.contract.sdks.tencent import ZONE


def describe_instance_type_configs(account: SdkAccount) -> None:
    reply = account.cvm("DescribeInstanceTypeConfigs", Filters=[{"Name": "zone", "Values": [ZONE]}])
    (shown,) = [each for each in reply.InstanceTypeConfigSet if each.InstanceType == "S5.MEDIUM4"]
    assert (shown.Zone, shown.CPU, shown.Memory) == (ZONE, 2, 4)


def describe_zone_instance_config_infos(account: SdkAccount) -> None:
    wanted = {"zone": ZONE, "instance-type": "S5.MEDIUM4", "instance-charge-type": "POSTPAID_BY_HOUR"}
    reply = account.cvm(
        "DescribeZoneInstanceConfigInfos",
        Filters=[{"Name": name, "Values": [value]} for name, value in wanted.items()],
    )
    (shown,) = reply.InstanceTypeQuotaSet
    assert (shown.Cpu, shown.Memory, shown.Status, shown.StatusCategory) == (2, 4, "SELL", "EnoughStock")
    assert shown.Price.UnitPrice > 0


def describe_instance_family_configs(account: SdkAccount) -> None:
    reply = account.cvm("DescribeInstanceFamilyConfigs")
    names = {each.InstanceFamily: each.InstanceFamilyName for each in reply.InstanceFamilyConfigSet}
    assert names["S5"] == "标准型S5"
