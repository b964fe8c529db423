"""The default VPC of Alibaba Cloud and its default vSwitches."""

import pytest
from tests.dialects.alibaba.town import VPC, Town

ZONE, OTHER_ZONE = "cn-hangzhou-b", "cn-hangzhou-g"


@pytest.fixture
def town():
    return Town()


def default_vpc(town, **params):
    made = town.ask("CreateDefaultVpc", **params)
    town.wait()
    return made


def default_vswitch(town, zone, **params):
    made = town.ask("CreateDefaultVSwitch", ZoneId=zone, **params)
    town.wait()
    (shown,) = town.ask("DescribeVSwitches", VSwitchId=made["VSwitchId"])["VSwitches"]["VSwitch"]
    return shown


def test_the_default_vpc_is_created_and_found_as_such(town):
    made = default_vpc(town, ResourceGroupId="rg-1")
    (shown,) = town.ask("DescribeVpcs", IsDefault=True)["Vpcs"]["Vpc"]
    assert (shown["VpcId"], shown["IsDefault"]) == (made["VpcId"], True)
    assert (shown["CidrBlock"], shown["ResourceGroupId"]) == ("172.31.0.0/16", "rg-1")
    assert (shown["VRouterId"], shown["RouterTableIds"]["RouterTableIds"]) == (
        made["VRouterId"],
        [made["RouteTableId"]],
    )
    others = town.ask("DescribeVpcs", IsDefault=False)["Vpcs"]["Vpc"]
    assert [each["VpcId"] for each in others] == [town.network.id]


def test_there_is_one_default_vpc(town):
    made = default_vpc(town, ClientToken="once")
    assert default_vpc(town, ClientToken="once")["VpcId"] == made["VpcId"]
    assert town.refused("CreateDefaultVpc") == ("QuotaExceeded.Vpc", 400)


def test_each_zone_has_one_default_vswitch(town):
    default_vpc(town, EnableIpv6=True)
    first = default_vswitch(town, ZONE, Ipv6CidrBlock=3)
    second = default_vswitch(town, OTHER_ZONE)
    assert (first["CidrBlock"], second["CidrBlock"]) == ("172.31.0.0/20", "172.31.16.0/20")
    assert (first["EnabledIpv6"], second["EnabledIpv6"]) == (True, False)
    assert town.refused("CreateDefaultVSwitch", ZoneId=ZONE) == ("QuotaExceeded.VSwitch", 400)
    found = town.ask("DescribeVSwitches", IsDefault=True)["VSwitches"]["VSwitch"]
    assert [each["VSwitchId"] for each in found] == [second["VSwitchId"], first["VSwitchId"]]


def test_a_default_vswitch_needs_the_default_vpc_and_a_zone(town):
    assert town.refused("CreateDefaultVSwitch", ZoneId=ZONE) == ("InvalidVpcId.NotFound", 404)
    town.ask("CreateDefaultVpc")
    assert town.refused("CreateDefaultVSwitch", ZoneId=ZONE) == ("IncorrectVpcStatus", 400)
    town.wait()
    assert town.refused("CreateDefaultVSwitch", ZoneId="cn-none-a") == ("InvalidZoneId.NotFound", 404)


@pytest.mark.parametrize(
    ("action", "wrong", "code"),
    [
        ("CreateDefaultVpc", {"ResourceGroupId": "unknown"}, "InvalidResourceGroupId"),
        ("CreateDefaultVpc", {"Ipv6CidrBlock": "2408:4000::/56"}, "UnsupportedParameter"),
        ("CreateDefaultVSwitch", {"ZoneId": ZONE, "Ipv6CidrBlock": 256}, "InvalidParameter"),
        ("CreateDefaultVSwitch", {}, "MissingParameter"),
    ],
)
def test_a_wrong_wish_is_refused(town, action, wrong, code):
    assert town.refused(action, VPC, **wrong) == (code, 400)
