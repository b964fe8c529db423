"""VPCs and vSwitches of Alibaba Cloud, in the versions of the VPC product and of ECS."""

import pytest
from tests.dialects.alibaba.town import ECS, VPC, Town

ZONE = "cn-hangzhou-b"
BOTH = pytest.mark.parametrize("version", [VPC, ECS])


@pytest.fixture
def town():
    return Town()


def vpcs(town, version=VPC, **criteria):
    return town.ask("DescribeVpcs", version, **criteria)["Vpcs"]["Vpc"]


def vswitches(town, version=VPC, **criteria):
    return town.ask("DescribeVSwitches", version, **criteria)["VSwitches"]["VSwitch"]


def new_vpc(town, **params):
    made = town.ask("CreateVpc", **{"CidrBlock": "192.168.0.0/16", **params})
    town.wait()
    return made["VpcId"]


def placed(town, **params):
    return {"VpcId": town.network.id, "ZoneId": ZONE, "CidrBlock": "10.0.8.0/24", **params}


# -- VPCs ------------------------------------------------------------------------------------------------


@BOTH
def test_a_vpc_is_pending_first_and_then_available(town, version):
    made = town.ask("CreateVpc", version, VpcName="main")
    assert made["VRouterId"].startswith("vrt-bp1")
    assert made["RouteTableId"].startswith("vtb-bp1")
    (shown,) = vpcs(town, version, VpcId=made["VpcId"])
    assert (shown["Status"], shown["VpcName"], shown["CidrBlock"]) == ("Pending", "main", "172.16.0.0/12")
    assert shown["VRouterId"] == made["VRouterId"]
    town.wait()
    assert vpcs(town, version, VpcId=made["VpcId"])[0]["Status"] == "Available"


def test_a_vpc_shows_what_it_was_created_with(town):
    vpc_id = new_vpc(
        town,
        Description="all of it",
        EnableIpv6=True,
        EnableDnsHostname=True,
        Ipv6Isp="BGP",
        ResourceGroupId="rg-1",
        UserCidr="10.1.0.0/16,10.2.0.0/16",
        Tag=[{"Key": "team", "Value": "net"}, {"Key": "bare"}],
    )
    (shown,) = vpcs(town, VpcId=vpc_id)
    assert shown["Description"] == "all of it"
    assert shown["EnabledIpv6"] is True
    assert shown["Ipv6CidrBlock"].endswith("::/56")
    assert shown["Ipv6CidrBlocks"]["Ipv6CidrBlock"] == [
        {"Ipv6CidrBlock": shown["Ipv6CidrBlock"], "Ipv6Isp": "BGP"}
    ]
    assert shown["DnsHostnameStatus"] == "ENABLED"
    assert shown["ResourceGroupId"] == "rg-1"
    assert shown["UserCidrs"] == {"UserCidr": ["10.1.0.0/16", "10.2.0.0/16"]}
    assert shown["Tags"] == {"Tag": [{"Key": "team", "Value": "net"}, {"Key": "bare", "Value": ""}]}
    assert shown["CreationTime"] == "2026-09-21T14:13:23Z"


def test_a_vpc_lists_its_vswitches(town):
    (shown,) = vpcs(town)
    assert shown["VSwitchIds"] == {"VSwitchId": [town.subnet.id]}


def test_the_older_version_shows_the_older_fields(town):
    assert "Tags" not in vpcs(town, ECS)[0]
    assert "RouteTable" not in vswitches(town, ECS)[0]
    assert "ResourceGroupId" not in town.ask("CreateVpc", ECS)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"VpcName": "https://x"}, "InvalidVpcName.Malformed"),
        ({"VpcName": "x" * 129}, "InvalidVpcName.Malformed"),
        ({"Description": "http://x"}, "InvalidVpcDiscription.Malformed"),
        ({"Description": "x" * 257}, "InvalidVpcDiscription.Malformed"),
        ({"CidrBlock": "10.0.0.0"}, "InvalidParameter"),
        ({"CidrBlock": "10.0.0.1/8"}, "InvalidParameter"),
        ({"CidrBlock": "10.0.0.0/x"}, "InvalidParameter"),
        ({"CidrBlock": "10.0.0.0/255"}, "InvalidParameter"),
        ({"CidrBlock": "256.0.0.0/8"}, "InvalidParameter"),
        ({"CidrBlock": "8.8.0.0/16"}, "InvalidParameter"),
        ({"CidrBlock": "10.0.0.0/29"}, "IllegalParam.CidrBlockMask"),
        ({"UserCidr": "10.1.0.0/16,10.2.0.0/16,10.3.0.0/16,10.4.0.0/16"}, "InvalidUserCidr.Quota"),
        ({"UserCidr": "100.64.1.0/24"}, "InvalidUserCidr.Malformed"),
        ({"UserCidr": "none"}, "InvalidUserCidr.Malformed"),
        ({"ResourceGroupId": "unknown"}, "InvalidResourceGroupId"),
        ({"EnableIpv6": "perhaps"}, "InvalidParameter"),
        ({"Ipv6Isp": "Else"}, "InvalidParameter"),
        ({"ClientToken": "x" * 65}, "InvalidParameter"),
        ({"Tag": [{"Key": "aliyun"}]}, "InvalidTagKey.Malformed"),
        ({"Tag": [{"Key": "a"}, {"Key": "a"}]}, "Duplicate.TagKey"),
        ({"Ipv4IpamPoolId": "ipam-1"}, "UnsupportedParameter"),
        ({"Tagged": "x"}, "UnsupportedParameter"),
    ],
)
def test_a_vpc_is_refused_for_what_is_wrong_with_it(town, wrong, code):
    assert town.refused("CreateVpc", **wrong) == (code, 400)


def test_too_many_tags_are_a_quota(town):
    many = [{"Key": f"k{number}"} for number in range(21)]
    assert town.refused("CreateVpc", Tag=many) == ("QuotaExceed.Tags", 403)
    assert town.ask("CreateVpc", Tag=many[:20])


def test_vpcs_are_a_quota_where_the_vendors_quotas_hold():
    town = Town(quotas={"networks": 1})
    assert town.refused("CreateVpc") == ("QuotaExceeded.Vpc", 400)


def test_vpcs_are_found_by_each_criterion(town):
    other = new_vpc(
        town, VpcName="other", EnableIpv6=True, ResourceGroupId="rg-2", Tag=[{"Key": "a", "Value": "b"}]
    )
    owner = vpcs(town)[0]["OwnerId"]
    both = {other, town.network.id}
    for criteria, found in (
        ({}, both),
        ({"VpcId": f"{other},vpc-none"}, {other}),
        ({"VpcName": "other"}, {other}),
        ({"VpcName": "oth"}, set()),
        ({"EnableIpv6": True}, {other}),
        ({"EnableIpv6": False}, {town.network.id}),
        ({"IsDefault": True}, set()),
        ({"IsDefault": False}, both),
        ({"ResourceGroupId": "rg-2"}, {other}),
        ({"VpcOwnerId": owner}, both),
        ({"VpcOwnerId": 1}, set()),
        ({"DhcpOptionsSetId": "dopt-1"}, set()),
        ({"Tag": [{"Key": "a"}]}, {other}),
        ({"Tag": [{"Key": "a", "Value": "c"}]}, set()),
        ({"VpcName": "other", "EnableIpv6": False}, set()),
    ):
        assert {shown["VpcId"] for shown in vpcs(town, **criteria)} == found, criteria


def test_a_page_past_the_end_is_empty_and_echoes_its_number(town):
    answer = town.ask("DescribeVpcs", PageNumber=3, PageSize=50)
    assert answer["Vpcs"] == {"Vpc": []}
    assert (answer["TotalCount"], answer["PageNumber"], answer["PageSize"]) == (1, 3, 50)
    assert town.refused("DescribeVpcs", PageSize=51) == ("InvalidParameter", 400)
    assert town.refused("DescribeVpcs", VpcId=",".join("v" * 21)) == ("InvalidParameter", 400)


@BOTH
def test_a_vpc_is_deleted_once_nothing_stands_on_it(town, version):
    target = {"VpcId": town.network.id}
    assert town.refused("DeleteVpc", version, **target) == ("DependencyViolation.VSwitch", 400)
    town.ask("DeleteVSwitch", VSwitchId=town.subnet.id)
    assert town.refused("DeleteVpc", version, **target) == ("DependencyViolation.SecurityGroup", 400)
    town.ask("DeleteSecurityGroup", SecurityGroupId=town.group.id)
    town.ask("DeleteVpc", version, **target)
    assert vpcs(town, version) == []
    assert town.refused("DeleteVpc", version, **target) == ("InvalidVpcId.NotFound", 404)


def test_a_vpc_under_creation_serves_nothing_yet(town):
    made = town.ask("CreateVpc")
    status = ("IncorrectVpcStatus", 400)
    assert town.refused("DeleteVpc", VpcId=made["VpcId"]) == status
    wanted = placed(town, VpcId=made["VpcId"], CidrBlock="172.16.0.0/24")
    assert town.refused("CreateVSwitch", **wanted) == status
    assert town.refused("CreateSecurityGroup", VpcId=made["VpcId"]) == status


def test_a_repeated_token_creates_and_deletes_once(town):
    first = town.ask("CreateVpc", ClientToken="one")
    town.wait()
    assert town.ask("CreateVpc", ClientToken="one")["VpcId"] == first["VpcId"]
    assert town.refused("CreateVpc", ClientToken="one", VpcName="other") == (
        "IdempotentParameterMismatch",
        400,
    )
    for _ in range(2):
        town.ask("DeleteVpc", VpcId=first["VpcId"], ClientToken="two")
    assert len(vpcs(town)) == 1


# -- vSwitches -------------------------------------------------------------------------------------------


@BOTH
def test_a_vswitch_is_pending_first_and_then_available(town, version):
    made = town.ask("CreateVSwitch", version, **placed(town, VSwitchName="a", Description="of b"))
    (shown,) = vswitches(town, version, VSwitchId=made["VSwitchId"])
    assert shown["Status"] == "Pending"
    assert shown["AvailableIpAddressCount"] == 252
    assert (shown["VSwitchName"], shown["Description"], shown["ZoneId"]) == ("a", "of b", ZONE)
    town.wait()
    assert vswitches(town, version, VSwitchId=made["VSwitchId"])[0]["Status"] == "Available"


def test_a_vswitch_takes_one_of_the_ipv6_blocks_of_its_vpc(town):
    vpc_id = new_vpc(town, EnableIpv6=True)
    whole = vpcs(town, VpcId=vpc_id)[0]["Ipv6CidrBlock"]
    wanted = placed(town, VpcId=vpc_id, CidrBlock="192.168.1.0/24", Ipv6CidrBlock=255)
    assert town.refused("CreateVSwitch", **wanted, VpcIpv6CidrBlock="2001:db8::/56") == (
        "InvalidParameter",
        400,
    )
    made = town.ask("CreateVSwitch", **wanted, VpcIpv6CidrBlock=whole, Tag=[{"Key": "a", "Value": "b"}])
    (shown,) = vswitches(town, VSwitchId=made["VSwitchId"])
    assert shown["Ipv6CidrBlock"] == whole.replace("00::/56", "ff::/64")
    assert shown["EnabledIpv6"] is True
    assert shown["Tags"] == {"Tag": [{"Key": "a", "Value": "b"}]}
    assert town.refused("CreateVSwitch", **{**wanted, "CidrBlock": "192.168.2.0/24"}) == (
        "IncorrectVSwitchStatus",
        400,
    )
    town.wait()
    assert town.refused("CreateVSwitch", **{**wanted, "CidrBlock": "192.168.2.0/24"}) == (
        "InvalidCidrBlock.Overlapped",
        400,
    )


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"VpcId": "vpc-none"}, ("InvalidVpcId.NotFound", 404)),
        ({"ZoneId": "cn-hangzhou-x"}, ("InvalidZoneId.NotFound", 404)),
        ({"CidrBlock": "10.0.8.0"}, ("InvalidCidrBlock.Malformed", 400)),
        ({"CidrBlock": "10.0.8.1/24"}, ("InvalidCidrBlock.Malformed", 400)),
        ({"CidrBlock": "10.0.8.0/30"}, ("InvalidCirdrBlock.MaskLength", 400)),
        ({"CidrBlock": "10.1.0.0/24"}, ("InvalidParameter", 400)),
        ({"CidrBlock": "10.0.0.0/24"}, ("InvalidCidrBlock.Overlapped", 400)),
        ({"VSwitchName": "http://x"}, ("InvalidVSwitchName.Malformed", 400)),
        ({"Description": "http://x"}, ("InvalidVSwitchDiscription.Malformed", 400)),
        ({"Ipv6CidrBlock": 256}, ("InvalidParameter", 400)),
        ({"Ipv6CidrBlock": 0}, ("InvalidVSwitch.Ipv6NotTurnOn", 403)),
        ({"VpcId": "vpc-none", "VpcIpv6CidrBlock": "::/56"}, ("InvalidVpcId.NotFound", 404)),
        ({"CidrMask": 24}, ("UnsupportedParameter", 400)),
    ],
)
def test_a_vswitch_is_refused_for_what_is_wrong_with_it(town, wrong, refusal):
    assert town.refused("CreateVSwitch", **placed(town, **wrong)) == refusal


def test_vswitches_of_a_vpc_are_a_quota():
    town = Town(quotas={"subnets_per_network": 1})
    assert town.refused("CreateVSwitch", **placed(town)) == ("QuotaExceeded.VSwitch", 400)


def test_vswitches_are_found_by_each_criterion(town):
    vpc_id = new_vpc(town, EnableIpv6=True, ResourceGroupId="rg-2")
    table = vpcs(town, VpcId=vpc_id)[0]["RouterTableIds"]["RouterTableIds"][0]
    other = town.ask(
        "CreateVSwitch",
        VpcId=vpc_id,
        ZoneId="cn-hangzhou-k",
        CidrBlock="192.168.1.0/24",
        Ipv6CidrBlock=1,
        VSwitchName="other",
        Tag=[{"Key": "a", "Value": "b"}],
    )["VSwitchId"]
    owner = vswitches(town)[0]["OwnerId"]
    both = {other, town.subnet.id}
    for criteria, found in (
        ({}, both),
        ({"VSwitchId": other}, {other}),
        ({"VSwitchId": "vsw-none"}, set()),
        ({"VpcId": vpc_id}, {other}),
        ({"VpcId": "vpc-none"}, set()),
        ({"ZoneId": "cn-hangzhou-k"}, {other}),
        ({"VSwitchName": "other"}, {other}),
        ({"RouteTableId": table}, {other}),
        ({"ResourceGroupId": "rg-2"}, {other}),
        ({"EnableIpv6": True}, {other}),
        ({"EnableIpv6": False}, {town.subnet.id}),
        ({"IsDefault": True}, set()),
        ({"IsDefault": False}, both),
        ({"VSwitchOwnerId": owner}, both),
        ({"VSwitchOwnerId": 1}, set()),
        ({"Tag": [{"Key": "a", "Value": "b"}]}, {other}),
    ):
        assert {shown["VSwitchId"] for shown in vswitches(town, **criteria)} == found, criteria


@BOTH
def test_a_vswitch_is_deleted_once_no_interface_is_in_it(town, version):
    interface_id = town.interface()
    target = {"VSwitchId": town.subnet.id}
    assert town.refused("DeleteVSwitch", version, **target) == ("DependencyViolation", 400)
    town.ask("DeleteNetworkInterface", NetworkInterfaceId=interface_id)
    town.wait()
    town.ask("DeleteVSwitch", version, **target)
    assert town.refused("DeleteVSwitch", version, **target) == ("InvalidVSwitchId.NotFound", 404)


def test_a_vswitch_under_creation_serves_nothing_yet(town):
    made = town.ask("CreateVSwitch", **placed(town))
    status = ("IncorrectVSwitchStatus", 400)
    assert town.refused("DeleteVSwitch", VSwitchId=made["VSwitchId"]) == status
    assert town.refused("CreateNetworkInterface", **town.creating(VSwitchId=made["VSwitchId"])) == status


# -- dry runs --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "params"),
    [
        ("CreateVpc", {}),
        ("DescribeVpcs", {}),
        ("DescribeVSwitches", {}),
        ("DeleteVSwitch", {"VSwitchId": "{subnet}"}),
        ("DeleteVpc", {"VpcId": "{empty}"}),
    ],
)
def test_a_dry_run_that_finds_nothing_wrong_says_so_and_does_nothing(town, action, params):
    places = {"subnet": town.subnet.id, "empty": new_vpc(town)}
    params = {name: value.format(**places) for name, value in params.items()}
    assert town.refused(action, **params, DryRun=True) == ("DryRunOperation", 400)
    town.ask(action, **params, DryRun=False)


def test_a_dry_run_is_refused_for_what_the_deed_would_be(town):
    assert (
        town.refused("CreateVpc", CidrBlock="10.0.0.0/29", DryRun=True)[0] == "IllegalParam.CidrBlockMask"
    )
    assert town.refused("DeleteVpc", VpcId=town.network.id, DryRun=True)[0] == "DependencyViolation.VSwitch"
    assert (
        town.refused("DeleteVSwitch", VSwitchId="vsw-none", DryRun=True)[0] == "InvalidVSwitchId.NotFound"
    )
