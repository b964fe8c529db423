"""Route tables of Alibaba Cloud: one for each VPC, as the VPC product and ECS show it."""

import pytest
from tests.dialects.alibaba.town import ECS, VPC, Town

BOTH = pytest.mark.parametrize("version", [VPC, ECS])


@pytest.fixture
def town():
    return Town()


def listed(town, **criteria):
    reply = town.ask("DescribeRouteTableList", VPC, **criteria)
    return reply["RouterTableList"]["RouterTableListType"]


def tables(town, version=VPC, **criteria):
    return town.ask("DescribeRouteTables", version, **criteria)["RouteTables"]["RouteTable"]


def table_of(town, vpc_id=None):
    (shown,) = town.ask("DescribeVpcs", VpcId=vpc_id or town.network.id)["Vpcs"]["Vpc"]
    (table_id,) = shown["RouterTableIds"]["RouterTableIds"]
    return table_id


def test_a_new_vpc_names_its_route_table_and_router(town):
    made = town.ask("CreateVpc", ResourceGroupId="rg-1")
    (shown,) = listed(town, VpcId=made["VpcId"])
    assert shown["RouteTableId"] == made["RouteTableId"] == table_of(town, made["VpcId"])
    assert shown["RouterId"] == made["VRouterId"]
    assert (shown["RouteTableType"], shown["RouterType"], shown["Status"]) == (
        "System",
        "VRouter",
        "Pending",
    )
    assert (shown["ResourceGroupId"], shown["VpcId"]) == ("rg-1", made["VpcId"])
    town.wait()
    assert listed(town, VpcId=made["VpcId"])[0]["Status"] == "Available"


def test_a_route_table_lists_the_vswitches_that_use_it(town):
    (shown,) = listed(town)
    assert shown["VSwitchIds"] == {"VSwitchId": [town.subnet.id]}
    (vswitch,) = town.ask("DescribeVSwitches", RouteTableId=shown["RouteTableId"])["VSwitches"]["VSwitch"]
    assert vswitch["RouteTable"] == {"RouteTableId": shown["RouteTableId"], "RouteTableType": "System"}


def test_route_tables_are_found_by_each_criterion(town):
    made = town.ask("CreateVpc", ResourceGroupId="rg-1")
    new, old = made["RouteTableId"], table_of(town)
    for criteria, found in (
        ({}, [new, old]),
        ({"VpcId": town.network.id}, [old]),
        ({"VpcId": town.network.id, "RouterType": "VBR"}, [old]),
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
        assert [each["RouteTableId"] for each in listed(town, **criteria)] == found
    reply = town.ask("DescribeRouteTableList", VPC, PageNumber=2, PageSize=1)
    assert (reply["TotalCount"], reply["PageNumber"], reply["PageSize"]) == (2, 2, 1)


@BOTH
def test_a_route_table_has_a_route_to_each_vswitch_and_to_cloud_services(town, version):
    (shown,) = tables(town, version, RouteTableId=table_of(town))
    routes = shown["RouteEntrys"]["RouteEntry"]
    assert [(each["DestinationCidrBlock"], each["NextHopType"], each["Type"]) for each in routes] == [
        (str(town.subnet.block), "local", "System"),
        ("100.64.0.0/10", "service", "System"),
    ]
    assert {each["RouteTableId"] for each in routes} == {shown["RouteTableId"]}


@BOTH
def test_a_route_table_is_shown_by_each_criterion(town, version):
    table_id = table_of(town)
    (vpc,) = town.ask("DescribeVpcs")["Vpcs"]["Vpc"]
    for criteria, found in (
        ({"VRouterId": vpc["VRouterId"]}, [table_id]),
        ({"RouterId": vpc["VRouterId"]}, [table_id]),
        ({"RouterId": vpc["VRouterId"], "RouterType": "VBR"}, []),
        ({"RouterId": vpc["VRouterId"], "RouteTableId": "vtb-none"}, []),
        ({"RouteTableName": "none"}, []),
    ):
        assert [each["RouteTableId"] for each in tables(town, version, **criteria)] == found


def test_routes_of_another_type_than_those_of_the_system_do_not_exist(town):
    (shown,) = tables(town, RouteTableId=table_of(town), Type="Custom")
    assert shown["RouteEntrys"] == {"RouteEntry": []}
    (shown,) = tables(town, RouteTableId=table_of(town), Type="System", ResourceGroupId="")
    assert len(shown["RouteEntrys"]["RouteEntry"]) == 2
    assert tables(town, RouteTableId=table_of(town), ResourceGroupId="rg-1") == []


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
def test_routes_are_not_shown_to_a_wrong_question(town, version, wrong, code):
    assert town.refused("DescribeRouteTables", version, **wrong) == (code, 400)
