"""VPCs and vSwitches of Alibaba Cloud, in the versions of the VPC product and of ECS."""

import pytest
from tests.dialects.alibaba.furnished_account import AlibabaAccount
from tests.dialects.alibaba.sdk_models import ECS, VPC

ZONE = "cn-hangzhou-b"
BOTH = pytest.mark.parametrize("version", [VPC, ECS])


def vpcs(account, version=VPC, **criteria):
    return account.call("DescribeVpcs", version, **criteria)["Vpcs"]["Vpc"]


def vswitches(account, version=VPC, **criteria):
    return account.call("DescribeVSwitches", version, **criteria)["VSwitches"]["VSwitch"]


def placed(account, **params):
    return {"VpcId": account.network.id, "ZoneId": ZONE, "CidrBlock": "10.0.8.0/24", **params}


# -- VPCs ------------------------------------------------------------------------------------------------


@BOTH
def test_a_vpc_is_pending_first_and_then_available(account, version):
    made = account.call("CreateVpc", version, VpcName="main")
    assert made["VRouterId"].startswith("vrt-bp1")
    assert made["RouteTableId"].startswith("vtb-bp1")
    (shown,) = vpcs(account, version, VpcId=made["VpcId"])
    assert (shown["Status"], shown["VpcName"], shown["CidrBlock"]) == ("Pending", "main", "172.16.0.0/12")
    assert shown["VRouterId"] == made["VRouterId"]
    account.wait()
    assert vpcs(account, version, VpcId=made["VpcId"])[0]["Status"] == "Available"


def test_a_vpc_shows_what_it_was_created_with(account):
    vpc_id = account.create_vpc(
        Description="all of it",
        EnableIpv6=True,
        EnableDnsHostname=True,
        Ipv6Isp="BGP",
        ResourceGroupId="rg-1",
        UserCidr="10.1.0.0/16,10.2.0.0/16",
        Tag=[{"Key": "team", "Value": "net"}, {"Key": "bare"}],
    )
    (shown,) = vpcs(account, VpcId=vpc_id)
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


def test_a_vpc_lists_its_vswitches(account):
    (shown,) = vpcs(account)
    assert shown["VSwitchIds"] == {"VSwitchId": [account.subnet.id]}


def test_the_older_version_shows_the_older_fields(account):
    assert "Tags" not in vpcs(account, ECS)[0]
    assert "RouteTable" not in vswitches(account, ECS)[0]
    assert "ResourceGroupId" not in account.call("CreateVpc", ECS)


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
        ({"CidrBlock": "100.64.0.0/16"}, "InvalidParameter"),
        ({"CidrBlock": "224.0.0.0/8"}, "InvalidParameter"),
        ({"CidrBlock": "127.0.0.0/8"}, "InvalidParameter"),
        ({"CidrBlock": "169.254.0.0/16"}, "InvalidParameter"),
        ({"CidrBlock": "64.0.0.0/7"}, "IllegalParam.CidrBlockMask"),
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
def test_a_vpc_is_refused_for_what_is_wrong_with_it(account, wrong, code):
    assert account.refusal("CreateVpc", **wrong) == (code, 400)


@pytest.mark.parametrize("block", ["192.164.0.0/16", "11.0.0.0/8", "192.168.0.0/16", "8.8.0.0/28"])
def test_a_vpc_may_have_any_block_that_the_cloud_does_not_keep_for_itself(account, block):
    """The page CreateVpc: custom blocks other than 100.64/10, 224/4, 127/8 and 169.254/16; /8 to /28."""
    assert account.call("CreateVpc", CidrBlock=block)


def test_ids_of_vpc_have_one_character_more_than_those_of_ecs(account):
    """As recorded in a dozen projects: vpc-[a-z0-9]{21}, and eni-[a-z0-9]{20}."""
    made = account.call("CreateVpc")
    eip = account.client.call("AllocateEipAddress", VPC)["AllocationId"]
    for made_id in (made["VpcId"], made["VRouterId"], made["RouteTableId"], eip, account.subnet.id):
        assert len(made_id.partition("-")[2]) == 21
    for made_id in (account.create_interface(), account.group.id, account.add_instance().id):
        assert len(made_id.partition("-")[2]) == 20


@pytest.mark.parametrize("version", [VPC, ECS])
def test_a_list_of_vswitches_needs_a_region_or_a_vpc(account, version):
    """Recorded: https://github.com/cloudpilot-ai/karpenter-provider-alibabacloud pull/123."""
    refused = account.refusal("DescribeVSwitches", version, RegionId=None, VSwitchId=account.subnet.id)
    assert refused == ("MissingParameter", 400)
    assert account.call("DescribeVSwitches", version, RegionId=None, VpcId=account.network.id)


def test_too_many_tags_are_a_quota(account):
    many = [{"Key": f"k{number}"} for number in range(21)]
    assert account.refusal("CreateVpc", Tag=many) == ("QuotaExceed.Tags", 403)
    assert account.call("CreateVpc", Tag=many[:20])


def test_vpcs_are_a_quota_where_the_vendors_quotas_hold():
    account = AlibabaAccount.furnished(quotas={"networks": 1})
    assert account.refusal("CreateVpc") == ("QuotaExceeded.Vpc", 400)


def test_vpcs_are_found_by_each_criterion(account):
    other = account.create_vpc(
        VpcName="other", EnableIpv6=True, ResourceGroupId="rg-2", Tag=[{"Key": "a", "Value": "b"}]
    )
    owner = vpcs(account)[0]["OwnerId"]
    both = {other, account.network.id}
    for criteria, found in (
        ({}, both),
        ({"VpcId": f"{other},vpc-none"}, {other}),
        ({"VpcName": "other"}, {other}),
        ({"VpcName": "oth"}, set()),
        ({"EnableIpv6": True}, {other}),
        ({"EnableIpv6": False}, {account.network.id}),
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
        assert {shown["VpcId"] for shown in vpcs(account, **criteria)} == found, criteria


def test_a_page_past_the_end_is_empty_and_echoes_its_number(account):
    answer = account.call("DescribeVpcs", PageNumber=3, PageSize=50)
    assert answer["Vpcs"] == {"Vpc": []}
    assert (answer["TotalCount"], answer["PageNumber"], answer["PageSize"]) == (1, 3, 50)
    assert account.refusal("DescribeVpcs", PageSize=51) == ("InvalidParameter", 400)
    assert account.refusal("DescribeVpcs", VpcId=",".join("v" * 21)) == ("InvalidParameter", 400)


@BOTH
def test_a_vpc_is_deleted_once_nothing_stands_on_it(account, version):
    target = {"VpcId": account.network.id}
    assert account.refusal("DeleteVpc", version, **target) == ("DependencyViolation.VSwitch", 400)
    account.call("DeleteVSwitch", VSwitchId=account.subnet.id)
    account.wait()
    assert account.refusal("DeleteVpc", version, **target) == ("DependencyViolation.SecurityGroup", 400)
    account.call("DeleteSecurityGroup", SecurityGroupId=account.group.id)
    account.call("DeleteVpc", version, **target)
    account.wait()
    assert vpcs(account, version) == []
    assert account.refusal("DeleteVpc", version, **target) == ("InvalidVpcId.NotFound", 404)


def test_a_vpc_under_creation_serves_nothing_yet(account):
    made = account.call("CreateVpc")
    status = ("IncorrectVpcStatus", 400)
    assert account.refusal("DeleteVpc", VpcId=made["VpcId"]) == status
    wanted = placed(account, VpcId=made["VpcId"], CidrBlock="172.16.0.0/24")
    assert account.refusal("CreateVSwitch", **wanted) == status
    assert account.refusal("CreateSecurityGroup", VpcId=made["VpcId"]) == status


def test_a_repeated_token_creates_and_deletes_once(account):
    first = account.call("CreateVpc", ClientToken="one")
    account.wait()
    assert account.call("CreateVpc", ClientToken="one")["VpcId"] == first["VpcId"]
    assert account.refusal("CreateVpc", ClientToken="one", VpcName="other") == (
        "IdempotentParameterMismatch",
        400,
    )
    for _ in range(2):
        account.call("DeleteVpc", VpcId=first["VpcId"], ClientToken="two")
    account.wait()
    assert len(vpcs(account)) == 1


# -- vSwitches -------------------------------------------------------------------------------------------


@BOTH
def test_a_vswitch_is_pending_first_and_then_available(account, version):
    made = account.call("CreateVSwitch", version, **placed(account, VSwitchName="a", Description="of b"))
    (shown,) = vswitches(account, version, VSwitchId=made["VSwitchId"])
    assert shown["Status"] == "Pending"
    assert shown["AvailableIpAddressCount"] == 252
    assert (shown["VSwitchName"], shown["Description"], shown["ZoneId"]) == ("a", "of b", ZONE)
    account.wait()
    assert vswitches(account, version, VSwitchId=made["VSwitchId"])[0]["Status"] == "Available"


def test_a_vswitch_takes_one_of_the_ipv6_blocks_of_its_vpc(account):
    vpc_id = account.create_vpc(EnableIpv6=True)
    whole = vpcs(account, VpcId=vpc_id)[0]["Ipv6CidrBlock"]
    wanted = placed(account, VpcId=vpc_id, CidrBlock="192.168.1.0/24", Ipv6CidrBlock=255)
    assert account.refusal("CreateVSwitch", **wanted, VpcIpv6CidrBlock="2001:db8::/56") == (
        "InvalidParameter",
        400,
    )
    made = account.call("CreateVSwitch", **wanted, VpcIpv6CidrBlock=whole, Tag=[{"Key": "a", "Value": "b"}])
    (shown,) = vswitches(account, VSwitchId=made["VSwitchId"])
    assert shown["Ipv6CidrBlock"] == whole.replace("00::/56", "ff::/64")
    assert shown["EnabledIpv6"] is True
    assert shown["Tags"] == {"Tag": [{"Key": "a", "Value": "b"}]}
    assert account.refusal("CreateVSwitch", **{**wanted, "CidrBlock": "192.168.2.0/24"}) == (
        "IncorrectVSwitchStatus",
        400,
    )
    account.wait()
    assert account.refusal("CreateVSwitch", **{**wanted, "CidrBlock": "192.168.2.0/24"}) == (
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
def test_a_vswitch_is_refused_for_what_is_wrong_with_it(account, wrong, refusal):
    assert account.refusal("CreateVSwitch", **placed(account, **wrong)) == refusal


def test_vswitches_of_a_vpc_are_a_quota():
    account = AlibabaAccount.furnished(quotas={"subnets_per_network": 1})
    assert account.refusal("CreateVSwitch", **placed(account)) == ("QuotaExceeded.VSwitch", 400)


def test_vswitches_are_found_by_each_criterion(account):
    vpc_id = account.create_vpc(EnableIpv6=True, ResourceGroupId="rg-2")
    table = vpcs(account, VpcId=vpc_id)[0]["RouterTableIds"]["RouterTableIds"][0]
    other = account.call(
        "CreateVSwitch",
        VpcId=vpc_id,
        ZoneId="cn-hangzhou-k",
        CidrBlock="192.168.1.0/24",
        Ipv6CidrBlock=1,
        VSwitchName="other",
        Tag=[{"Key": "a", "Value": "b"}],
    )["VSwitchId"]
    owner = vswitches(account)[0]["OwnerId"]
    both = {other, account.subnet.id}
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
        ({"EnableIpv6": False}, {account.subnet.id}),
        ({"IsDefault": True}, set()),
        ({"IsDefault": False}, both),
        ({"VSwitchOwnerId": owner}, both),
        ({"VSwitchOwnerId": 1}, set()),
        ({"Tag": [{"Key": "a", "Value": "b"}]}, {other}),
    ):
        assert {shown["VSwitchId"] for shown in vswitches(account, **criteria)} == found, criteria


@BOTH
def test_a_vswitch_is_deleted_once_no_interface_is_in_it(account, version):
    interface_id = account.create_interface()
    target = {"VSwitchId": account.subnet.id}
    assert account.refusal("DeleteVSwitch", version, **target) == ("DependencyViolation", 400)
    account.call("DeleteNetworkInterface", NetworkInterfaceId=interface_id)
    account.wait()
    account.call("DeleteVSwitch", version, **target)
    account.wait()
    assert account.refusal("DeleteVSwitch", version, **target) == ("InvalidVSwitchId.NotFound", 404)


def test_a_vswitch_under_creation_serves_nothing_yet(account):
    made = account.call("CreateVSwitch", **placed(account))
    status = ("IncorrectVSwitchStatus", 400)
    assert account.refusal("DeleteVSwitch", VSwitchId=made["VSwitchId"]) == status
    assert (
        account.refusal("CreateNetworkInterface", **account.interface_params(VSwitchId=made["VSwitchId"]))
        == status
    )


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
def test_a_dry_run_that_finds_nothing_wrong_says_so_and_does_nothing(account, action, params):
    places = {"subnet": account.subnet.id, "empty": account.create_vpc()}
    params = {name: value.format(**places) for name, value in params.items()}
    assert account.refusal(action, **params, DryRun=True) == ("DryRunOperation", 400)
    account.call(action, **params, DryRun=False)


def test_a_dry_run_is_refused_for_what_the_deed_would_be(account):
    assert (
        account.refusal("CreateVpc", CidrBlock="10.0.0.0/29", DryRun=True)[0]
        == "IllegalParam.CidrBlockMask"
    )
    assert (
        account.refusal("DeleteVpc", VpcId=account.network.id, DryRun=True)[0]
        == "DependencyViolation.VSwitch"
    )
    assert (
        account.refusal("DeleteVSwitch", VSwitchId="vsw-none", DryRun=True)[0]
        == "InvalidVSwitchId.NotFound"
    )
