"""Route tables of Alibaba Cloud: one for each VPC, as the VPC product and ECS show it."""

import pytest
from tests.dialects.alibaba.sdk_models import ECS, VPC

BOTH = pytest.mark.parametrize("version", [VPC, ECS])


def listed(account, **criteria):
    reply = account.call("DescribeRouteTableList", VPC, **criteria)
    return reply["RouterTableList"]["RouterTableListType"]


def tables(account, version=VPC, **criteria):
    return account.call("DescribeRouteTables", version, **criteria)["RouteTables"]["RouteTable"]


def table_of(account, vpc_id=None):
    (shown,) = account.call("DescribeVpcs", VpcId=vpc_id or account.network.id)["Vpcs"]["Vpc"]
    (table_id,) = shown["RouterTableIds"]["RouterTableIds"]
    return table_id


def test_a_new_vpc_names_its_route_table_and_router(account):
    made = account.call("CreateVpc", ResourceGroupId="rg-1")
    (shown,) = listed(account, VpcId=made["VpcId"])
    assert shown["RouteTableId"] == made["RouteTableId"] == table_of(account, made["VpcId"])
    assert shown["RouterId"] == made["VRouterId"]
    assert (shown["RouteTableType"], shown["RouterType"], shown["Status"]) == (
        "System",
        "VRouter",
        "Pending",
    )
    assert (shown["ResourceGroupId"], shown["VpcId"]) == ("rg-1", made["VpcId"])
    account.wait()
    assert listed(account, VpcId=made["VpcId"])[0]["Status"] == "Available"


def test_a_route_table_lists_the_vswitches_that_use_it(account):
    (shown,) = listed(account)
    assert shown["VSwitchIds"] == {"VSwitchId": [account.subnet.id]}
    (vswitch,) = account.call("DescribeVSwitches", RouteTableId=shown["RouteTableId"])["VSwitches"][
        "VSwitch"
    ]
    assert vswitch["RouteTable"] == {"RouteTableId": shown["RouteTableId"], "RouteTableType": "System"}


def test_route_tables_are_found_by_each_criterion(account):
    made = account.call("CreateVpc", ResourceGroupId="rg-1")
    new, old = made["RouteTableId"], table_of(account)
    for criteria, found in (
        ({}, [new, old]),
        ({"VpcId": account.network.id}, [old]),
        ({"VpcId": account.network.id, "RouterType": "VBR"}, [old]),
        ({"RouteTableId": new}, [new]),
        ({"RouteTableId": "vtb-none"}, []),
        ({"RouterId": made["VRouterId"]}, [new]),
        ({"RouterId": "vrt-none"}, []),
        ({"RouterType": "VRouter"}, [new, old]),
        ({"RouterType": "VBR"}, []),
        ({"RouteTableType": "System"}, [new, old]),
        ({"RouteTableType": "Custom"}, []),
        ({"RouteTableName": "none"}, []),
        ({"ResourceGroupId": "rg-1"}, [new]),
        ({"Tag": [{"Key": "none"}]}, []),
        ({"PageNumber": 2, "PageSize": 1}, [old]),
        ({"PageNumber": 3, "PageSize": 1}, []),
    ):
        assert [each["RouteTableId"] for each in listed(account, **criteria)] == found
    reply = account.call("DescribeRouteTableList", VPC, PageNumber=2, PageSize=1)
    assert (reply["TotalCount"], reply["PageNumber"], reply["PageSize"]) == (2, 2, 1)


@BOTH
def test_a_route_table_has_a_route_to_each_vswitch_and_to_cloud_services(account, version):
    (shown,) = tables(account, version, RouteTableId=table_of(account))
    routes = shown["RouteEntrys"]["RouteEntry"]
    assert [(each["DestinationCidrBlock"], each["NextHopType"], each["Type"]) for each in routes] == [
        (str(account.subnet.block), "local", "System"),
        ("100.64.0.0/10", "service", "System"),
    ]
    assert {each["RouteTableId"] for each in routes} == {shown["RouteTableId"]}


@BOTH
def test_a_route_table_is_shown_by_each_criterion(account, version):
    table_id = table_of(account)
    (vpc,) = account.call("DescribeVpcs")["Vpcs"]["Vpc"]
    for criteria, found in (
        ({"VRouterId": vpc["VRouterId"]}, [table_id]),
        ({"RouterId": vpc["VRouterId"]}, [table_id]),
        ({"RouterId": vpc["VRouterId"], "RouterType": "VBR"}, []),
        ({"RouterId": vpc["VRouterId"], "RouteTableId": "vtb-none"}, []),
        ({"RouteTableName": "none"}, []),
    ):
        assert [each["RouteTableId"] for each in tables(account, version, **criteria)] == found


def test_routes_of_another_type_than_those_of_the_system_do_not_exist(account):
    (shown,) = tables(account, RouteTableId=table_of(account), Type="Custom")
    assert shown["RouteEntrys"] == {"RouteEntry": []}
    (shown,) = tables(account, RouteTableId=table_of(account), Type="System", ResourceGroupId="")
    assert len(shown["RouteEntrys"]["RouteEntry"]) == 2
    assert tables(account, RouteTableId=table_of(account), ResourceGroupId="rg-1") == []


@BOTH
@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({}, "MissingParameter"),
        ({"VRouterId": "vrt-1", "RouterId": "vrt-1"}, "InvalidParameter"),
        ({"RouteTableId": "vtb-1", "PageSize": 51}, "InvalidParameter"),
        ({"RouteTableId": "vtb-1", "RouterType": "Other"}, "InvalidParameter"),
    ],
)
def test_routes_are_not_shown_to_a_wrong_question(account, version, wrong, code):
    assert account.refusal("DescribeRouteTables", version, **wrong) == (code, 400)


def test_a_route_table_is_renamed_and_described_anew_and_cleared(account):
    table = account.network.route_table_id
    modify = "ModifyRouteTableAttributes"

    def shown():
        (listed,) = account.call("DescribeRouteTableList", VPC)["RouterTableList"]["RouterTableListType"]
        return listed["RouteTableName"], listed["Description"], listed["RoutePropagationEnable"]

    new = {"RouteTableName": "n", "Description": "d", "RoutePropagationEnable": False}
    account.call(modify, VPC, RouteTableId=table, **new)
    assert shown() == ("n", "d", False)
    account.call(modify, VPC, RouteTableId=table, RouteTableName="", Description="")
    assert shown() == ("", "", False)
    refused = account.refusal(modify, VPC, RouteTableId="vtb-absent", RouteTableName="n")
    assert refused == ("InvalidRouteTableId.NotFound", 404)
    assert account.refusal(modify, VPC, RouteTableId=table, Description="http://x")[1] == 400


def test_there_are_no_nat_gateways(account):
    found = account.call("DescribeNatGateways", VPC, VpcId=account.network.id, PageSize=50)
    assert (found["NatGateways"], found["TotalCount"], found["PageSize"]) == ({"NatGateway": []}, 0, 50)
    assert account.refusal("DescribeNatGateways", VPC, DryRun=True) == ("DryRunOperation", 400)


def test_it_can_be_asked_whether_an_address_is_free(account):
    subnet = account.add_ipv6_subnet()
    held = account.describe_interface(account.create_interface())["PrivateIpAddress"]

    def can(vswitch, address, **more):
        wanted = {"VSwitchId": vswitch.id, "PrivateIpAddress": address, **more}
        return account.call("CheckCanAllocateVpcPrivateIpAddress", VPC, **wanted)["CanAllocate"]

    free = str(account.subnet.block[200])
    assert can(account.subnet, free)
    for taken in (held, str(account.subnet.block[0]), "9.9.9.9"):
        assert not can(account.subnet, taken)
    assert can(subnet, str(subnet.ipv6_block[0x99]), IpVersion="ipv6")
    assert not can(account.subnet, str(subnet.ipv6_block[0x99]), IpVersion="IPv6")
    for changes, refusal in (
        ({"VSwitchId": "vsw-absent"}, ("InvalidVSwitchId.NotFound", 404)),
        ({"PrivateIpAddress": "10.0.0"}, ("InvalidParameter", 400)),
        ({"IpVersion": "ipv5"}, ("InvalidParameter", 400)),
    ):
        wanted = {"VSwitchId": account.subnet.id, "PrivateIpAddress": free, **changes}
        assert account.refusal("CheckCanAllocateVpcPrivateIpAddress", VPC, **wanted) == refusal
