"""The default VPC of Alibaba Cloud and its default vSwitches."""

import pytest
from tests.dialects.alibaba.sdk_models import VPC

ZONE, OTHER_ZONE = "cn-hangzhou-b", "cn-hangzhou-g"


def default_vpc(account, **params):
    made = account.call("CreateDefaultVpc", **params)
    account.wait()
    return made


def default_vswitch(account, zone, **params):
    made = account.call("CreateDefaultVSwitch", ZoneId=zone, **params)
    account.wait()
    (shown,) = account.call("DescribeVSwitches", VSwitchId=made["VSwitchId"])["VSwitches"]["VSwitch"]
    return shown


def test_the_default_vpc_is_created_and_found_as_such(account):
    made = default_vpc(account, ResourceGroupId="rg-1")
    (shown,) = account.call("DescribeVpcs", IsDefault=True)["Vpcs"]["Vpc"]
    assert (shown["VpcId"], shown["IsDefault"]) == (made["VpcId"], True)
    assert (shown["CidrBlock"], shown["ResourceGroupId"]) == ("172.31.0.0/16", "rg-1")
    assert (shown["VRouterId"], shown["RouterTableIds"]["RouterTableIds"]) == (
        made["VRouterId"],
        [made["RouteTableId"]],
    )
    others = account.call("DescribeVpcs", IsDefault=False)["Vpcs"]["Vpc"]
    assert [each["VpcId"] for each in others] == [account.network.id]


def test_there_is_one_default_vpc(account):
    made = default_vpc(account, ClientToken="once")
    assert default_vpc(account, ClientToken="once")["VpcId"] == made["VpcId"]
    assert account.refusal("CreateDefaultVpc") == ("QuotaExceeded.Vpc", 400)


def test_each_zone_has_one_default_vswitch(account):
    default_vpc(account, EnableIpv6=True)
    first = default_vswitch(account, ZONE, Ipv6CidrBlock=3)
    second = default_vswitch(account, OTHER_ZONE)
    assert (first["CidrBlock"], second["CidrBlock"]) == ("172.31.0.0/20", "172.31.16.0/20")
    assert (first["EnabledIpv6"], second["EnabledIpv6"]) == (True, False)
    assert account.refusal("CreateDefaultVSwitch", ZoneId=ZONE) == ("QuotaExceeded.VSwitch", 400)
    found = account.call("DescribeVSwitches", IsDefault=True)["VSwitches"]["VSwitch"]
    assert [each["VSwitchId"] for each in found] == [second["VSwitchId"], first["VSwitchId"]]


def test_a_default_vswitch_needs_the_default_vpc_and_a_zone(account):
    assert account.refusal("CreateDefaultVSwitch", ZoneId=ZONE) == ("InvalidVpcId.NotFound", 404)
    account.call("CreateDefaultVpc")
    assert account.refusal("CreateDefaultVSwitch", ZoneId=ZONE) == ("IncorrectVpcStatus", 400)
    account.wait()
    assert account.refusal("CreateDefaultVSwitch", ZoneId="cn-none-a") == ("InvalidZoneId.NotFound", 404)


@pytest.mark.parametrize(
    ("action", "wrong", "code"),
    [
        ("CreateDefaultVpc", {"ResourceGroupId": "unknown"}, "InvalidResourceGroupId"),
        ("CreateDefaultVpc", {"Ipv6CidrBlock": "2408:4000::/56"}, "UnsupportedParameter"),
        ("CreateDefaultVSwitch", {"ZoneId": ZONE, "Ipv6CidrBlock": 256}, "InvalidParameter"),
        ("CreateDefaultVSwitch", {}, "MissingParameter"),
    ],
)
def test_wrong_defaults_are_refused(account, action, wrong, code):
    assert account.refusal(action, VPC, **wrong) == (code, 400)
