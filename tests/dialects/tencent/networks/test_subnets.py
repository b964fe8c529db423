"""Subnets are created, described and deleted."""

import pytest
from tests.dialects.tencent.furnished_account import ABSENT, ZONE
from tests.dialects.tencent.networks.described import described
from tests.harness import START, ApiError

from duolect_core.model.resources import SECOND

TAGS = [{"Key": "city", "Value": "shanghai"}, {"Key": "empty", "Value": ""}]
TOO_LONG = "x" * 61


def test_a_subnet_is_described_as_it_was_created(account):
    vpc_id = account.create_vpc()
    created = account.call(
        "CreateSubnet",
        VpcId=vpc_id,
        SubnetName="subnet",
        Zone=ZONE,
        CidrBlock="10.0.4.0/22",
        Tags=TAGS,
    )["Subnet"]
    reply = account.call("DescribeSubnets", SubnetIds=[created["SubnetId"]])
    # What is beyond the definition was recorded by cloud-custodian (2025-01).
    assert reply["SubnetSet"] == [
        {
            **created,
            "Region": "ap-guangzhou",
            "GatewaySet": [{"Address": "10.0.4.1"}],
            "HighPriorityRouteTableId": "",
            "ISPType": "",
            "AddressType": "",
            "IsShare": False,
            "LocalZone": False,
        }
    ]
    assert reply["RegionStatistics"] == [{"Region": "ap-guangzhou", "TotalCount": 1}]
    assert created["VpcId"] == vpc_id
    assert created["SubnetName"] == "subnet"
    assert created["CidrBlock"] == "10.0.4.0/22"
    assert created["Zone"] == ZONE
    assert created["CreatedTime"] == "2026-09-21 22:13:20"
    assert created["TotalIpAddressCount"] == created["AvailableIpAddressCount"] == 1021
    assert created["IsDefault"] is False
    assert created["TagSet"] == TAGS


def test_subnets_of_a_vpc_share_its_route_table(account):
    vpc_id, other_id = account.create_vpc(), account.create_vpc()
    account.create_subnet(vpc_id)
    account.create_subnet(vpc_id, CidrBlock="10.0.1.0/24")
    account.create_subnet(other_id)
    tables = [shown["RouteTableId"] for shown in account.call("DescribeSubnets")["SubnetSet"]]
    assert tables[0] != tables[1] == tables[2]
    assert tables[0].startswith("rtb-")


def test_an_interface_takes_an_address_of_its_subnet(account):
    vpc_id = account.create_vpc()
    subnet_id = account.create_subnet(vpc_id)
    account.create_interface(VpcId=vpc_id, SubnetId=subnet_id, SecondaryPrivateIpAddressCount=2)
    assert described(account, "DescribeSubnets")["AvailableIpAddressCount"] == 250


def test_a_subnet_may_fill_its_vpc(account):
    account.create_subnet(account.create_vpc(), CidrBlock="10.0.0.0/16")


def test_dual_stack_subnets_get_blocks_of_their_own(account):
    vpc_id = account.create_vpc(StackType="DualStack")
    whole = described(account, "DescribeVpcs")["Ipv6CidrBlock"].removesuffix("00::/56")
    named = f"{whole}01::/64"
    subnets = [
        account.create_subnet(vpc_id, CidrBlock="10.0.0.0/24", Ipv6CidrBlock=named),
        account.create_subnet(vpc_id, CidrBlock="10.0.1.0/24", StackType="DualStack"),
        account.create_subnet(vpc_id, CidrBlock="10.0.2.0/24", StackType="DualStack"),
        account.create_subnet(vpc_id, CidrBlock="10.0.3.0/24"),
    ]
    blocks = [
        described(account, "DescribeSubnets", SubnetIds=[subnet_id])["Ipv6CidrBlock"]
        for subnet_id in subnets
    ]
    assert blocks == [named, f"{whole}00::/64", f"{whole}02::/64", ""]
    params = {"VpcId": vpc_id, "SubnetName": "s", "Zone": ZONE, "CidrBlock": "10.0.4.0/24"}
    for block, code in (
        (named, "InvalidParameterValue.SubnetConflict"),
        (f"{whole}00::/63", "InvalidParameterValue.SubnetRange"),
        ("2001:db8::/64", "InvalidParameterValue.SubnetRange"),
        ("2001:db8::1/64", "InvalidParameterValue.Malformed"),
    ):
        assert account.refusal("CreateSubnet", Ipv6CidrBlock=block, **params) == code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"VpcId": ABSENT["vpc"]}, "ResourceNotFound"),
        ({"VpcId": ABSENT["vpc"], "StackType": "DualStack"}, "ResourceNotFound"),
        ({"VpcId": "v-1"}, "InvalidParameterValue.Malformed"),
        ({"SubnetName": ""}, "InvalidParameterValue.Empty"),
        ({"SubnetName": TOO_LONG}, "InvalidParameterValue.TooLong"),
        ({"Zone": "ap-shanghai-2"}, "InvalidParameterValue.ZoneConflict"),
        ({"CidrBlock": None}, "MissingParameter"),
        ({"CidrBlock": "10.0.1.0/33"}, "InvalidParameterValue.Malformed"),
        ({"CidrBlock": "10.0.1.0/29"}, "InvalidParameterValue.SubnetRange"),
        ({"CidrBlock": "10.0.0.0/15"}, "InvalidParameterValue.SubnetRange"),
        ({"CidrBlock": "10.1.0.0/24"}, "InvalidParameterValue.SubnetRange"),
        ({"CidrBlock": "10.0.0.128/25"}, "InvalidParameterValue.SubnetConflict"),
        ({"StackType": "DualStack"}, "UnsupportedOperation"),
        ({"StackType": "IPv6Only"}, "UnsupportedOperation"),
        ({"CdcId": "cluster-gbo27yc4"}, "ResourceNotFound"),
        ({"Tags": [{"Key": ""}]}, "InvalidParameterValue.TagInvalidKey"),
    ],
)
def test_a_subnet_is_refused_for(account, changes, code):
    vpc_id = account.create_vpc()
    account.create_subnet(vpc_id)
    params = {"VpcId": vpc_id, "SubnetName": "s", "Zone": ZONE, "CidrBlock": "10.0.1.0/24", **changes}
    assert account.refusal("CreateSubnet", **params) == code


@pytest.mark.parametrize("block", ["10.0.1.0/29", "10.0.0.0/15"])
def test_which_masks_a_subnet_may_have_is_told(account, block):
    params = {"VpcId": account.create_vpc(), "SubnetName": "s", "Zone": ZONE, "CidrBlock": block}
    with pytest.raises(ApiError) as refused:
        account.call("CreateSubnet", **params)
    assert refused.value.message == f"The mask of the CIDR block `{block}` is not from /16 to /28."


def test_a_vpc_holds_100_subnets(account):
    vpc_id = account.create_vpc()
    for number in range(100):
        account.create_subnet(vpc_id, CidrBlock=f"10.0.{number}.0/24")
    params = {"VpcId": vpc_id, "SubnetName": "s", "Zone": ZONE, "CidrBlock": "10.0.100.0/24"}
    assert account.refusal("CreateSubnet", **params) == "LimitExceeded"


def test_an_empty_subnet_can_be_deleted(account):
    subnet_id = account.create_subnet(account.create_vpc())
    account.call("DeleteSubnet", SubnetId=subnet_id)
    assert account.call("DescribeSubnets")["TotalCount"] == 0
    assert account.refusal("DeleteSubnet", SubnetId=subnet_id) == "ResourceNotFound"


def test_a_subnet_in_use_stays(account):
    vpc_id = account.create_vpc()
    subnet_id = account.create_subnet(vpc_id)
    account.create_interface(VpcId=vpc_id, SubnetId=subnet_id)
    assert account.refusal("DeleteSubnet", SubnetId=subnet_id) == "ResourceInUse"


def test_subnets_are_found_by_each_filter(account):
    vpc_id = account.create_vpc(StackType="DualStack")
    plain = account.create_subnet(vpc_id, SubnetName="plain", Tags=[{"Key": "a", "Value": "1"}])
    dual = account.create_subnet(
        vpc_id, SubnetName="dual", CidrBlock="10.0.1.0/24", Zone="ap-guangzhou-4", StackType="DualStack"
    )
    block = described(account, "DescribeSubnets", SubnetIds=[dual])["Ipv6CidrBlock"]
    both = [dual, plain]
    for name, value, expected in (
        ("subnet-id", plain, [plain]),
        ("vpc-id", vpc_id, both),
        ("vpc-id", ABSENT["vpc"], []),
        ("cidr-block", "10.0.0.0", [plain]),
        ("is-default", "false", both),
        ("is-remote-vpc-snat", "true", []),
        ("subnet-name", "ual", [dual]),
        ("zone", ZONE, [plain]),
        ("tag-key", "a", [plain]),
        ("tag:a", "1", [plain]),
        ("cdc-id", "cluster-gbo27yc4", []),
        ("is-cdc-subnet", "0", both),
        ("ipv6-cidr-block", block, [dual]),
        ("isp-type", "BGP", [dual]),
        ("address-type", "GUA", [dual]),
    ):
        reply = account.call("DescribeSubnets", Filters=[{"Name": name, "Values": [value]}])
        assert [shown["SubnetId"] for shown in reply["SubnetSet"]] == expected, name


def test_subnets_are_listed_by_token(account):
    vpc_id = account.create_vpc()
    ids = [account.create_subnet(vpc_id, CidrBlock=f"10.0.{number}.0/24") for number in range(5)]
    seen, token = [], None
    while token != "":
        page = account.call("DescribeSubnets", MaxResults=2, NextToken=token)
        seen.append([shown["SubnetId"] for shown in page["SubnetSet"]])
        assert page["TotalCount"] == 5
        token = page["NextToken"]
    assert seen == [ids[:2:-1], ids[2:0:-1], ids[:1]]
    assert account.call("DescribeSubnets")["NextToken"] == ""


def test_a_token_outlives_the_subnet_it_follows_but_not_a_day(account):
    vpc_id = account.create_vpc()
    ids = [account.create_subnet(vpc_id, CidrBlock=f"10.0.{number}.0/24") for number in range(3)]
    token = account.call("DescribeSubnets", MaxResults=1)["NextToken"]
    account.call("DeleteSubnet", SubnetId=ids[2])
    page = account.call("DescribeSubnets", NextToken=token)
    assert [shown["SubnetId"] for shown in page["SubnetSet"]] == [ids[1], ids[0]]
    account.emulator.clock.advance(24 * 3600 * SECOND)
    assert account.refusal("DescribeSubnets", NextToken=token) == "InvalidParameterValue.Malformed"


@pytest.mark.parametrize("token", ["x", "é", "MTIz", "YSBhZnRlciBi"])
def test_a_token_that_was_not_given_out_is_refused(account, token):
    assert account.refusal("DescribeSubnets", NextToken=token) == "InvalidParameterValue.Malformed"


def test_times_are_local_times_of_china(account):
    account.create_vpc()
    assert described(account, "DescribeVpcs")["CreatedTime"].startswith("2026-09-21 22:13")
    assert START == 1_790_000_000 * SECOND


def test_what_is_in_a_subnet_is_counted(account):
    account.run_instances()
    account.create_interface(SecondaryPrivateIpAddressCount=2)
    other = account.create_subnet(account.vpc_id, CidrBlock="10.0.9.0/24")
    ids = [account.subnet_id, other]
    reply = account.call("DescribeSubnetResourceDashboard", SubnetIds=ids)
    first, second = reply["ResourceStatisticsSet"]
    assert (first["SubnetId"], first["VpcId"], first["Ip"]) == (account.subnet_id, account.vpc_id, 4)
    assert [
        (each["ResourceType"], each["ResourceCount"]) for each in first["ResourceStatisticsItemSet"]
    ] == [("CVM", 1), ("ENI", 1)]
    assert (second["SubnetId"], second["Ip"], second["ResourceStatisticsItemSet"]) == (other, 0, [])
    code = account.refusal("DescribeSubnetResourceDashboard", SubnetIds=[ABSENT["subnet"]])
    assert code == "ResourceNotFound"
