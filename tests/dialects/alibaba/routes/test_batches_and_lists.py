"""Many entries at once, and entries listed and counted.

Sources: the vendor's pages CreateRouteEntries, DeleteRouteEntries and DescribeRouteEntryList, and the model
of its Python SDK.
"""

import pytest
from tests.dialects.alibaba.sdk_models import VPC


@pytest.fixture
def table_id(account):
    (vpc,) = account.call("DescribeVpcs", VPC, VpcId=account.network.id)["Vpcs"]["Vpc"]
    (found,) = vpc["RouterTableIds"]["RouterTableIds"]
    return found


def new(table_id, block, **more):
    hop = {"NextHopType": "VpnGateway", "NextHop": "vpn-1"}
    return {"RouteTableId": table_id, "DstCidrBlock": block, **hop, **more}


def fill(account, table_id, *blocks):
    entries = [new(table_id, block) for block in blocks]
    made = account.call("CreateRouteEntries", VPC, RouteEntries=entries)
    account.wait()
    return made["RouteEntryIds"]


def listed(account, table_id, **criteria):
    reply = account.call("DescribeRouteEntryList", VPC, RouteTableId=table_id, **criteria)
    return [each["DestinationCidrBlock"] for each in reply["RouteEntrys"]["RouteEntry"]]


def test_the_entries_that_can_be_are_created_in_one_operation(account, table_id):
    made = account.call(
        "CreateRouteEntries",
        VPC,
        RouteEntries=[
            new(table_id, "172.16.0.0/16", Name="a", Description="d"),
            new(table_id, "172.16.0.0/16"),
            new(table_id, "100.64.0.0/10"),
            new(table_id, "172.17.0.0/16", NextHopType="Instance", NextHop="i-none"),
            new("vtb-none", "172.18.0.0/16"),
            new(table_id, "172.19.0.0/16"),
        ],
    )
    assert (made["SuccessCount"], made["FailedCount"], len(made["RouteEntryIds"])) == (2, 4, 2)
    failed = [(each["DstCidrBlock"], each["FailedCode"]) for each in made["FailedRouteEntries"]]
    assert failed == [
        ("172.16.0.0/16", "VPC_ROUTE_ENTRY_CIDR_BLOCK_DUPLICATE"),
        ("100.64.0.0/10", "InvalidCidrBlock"),
        ("172.17.0.0/16", "InvalidNextHopId.NotFound"),
        ("172.18.0.0/16", "InvalidRouteTableId.NotFound"),
    ]
    assert listed(account, table_id, RouteEntryName="a") == ["172.16.0.0/16"]
    account.wait()
    assert set(listed(account, table_id, RouteEntryType="Custom")) == {"172.16.0.0/16", "172.19.0.0/16"}


def test_the_entries_that_can_be_are_deleted_in_one_operation(account, table_id):
    one, other, third = fill(account, table_id, "172.16.0.0/16", "172.17.0.0/16", "172.18.0.0/16")
    gone = account.call(
        "DeleteRouteEntries",
        VPC,
        RouteEntries=[
            {"RouteTableId": table_id, "RouteEntryId": one},
            {"RouteTableId": table_id, "DstCidrBlock": "172.17.0.0/16", "NextHop": "vpn-1"},
            {"RouteTableId": table_id, "DstCidrBlock": "172.18.0.0/16", "NextHop": "vpn-2"},
            {"RouteTableId": "vtb-none", "RouteEntryId": third},
        ],
    )
    assert (gone["SuccessCount"], gone["FailedCount"]) == (2, 2)
    assert [each["FailedCode"] for each in gone["FailedRouteEntries"]] == [
        "VPC_ROUTER_ENTRY_NOT_EXIST",
        "InvalidRouteTableId.NotFound",
    ]
    account.wait()
    assert listed(account, table_id, RouteEntryType="Custom") == ["172.18.0.0/16"]
    assert other


def test_an_address_names_the_block_that_it_made(account, table_id):
    fill(account, table_id, "172.16.0.1")
    named = {"RouteTableId": table_id, "DstCidrBlock": "172.16.0.1", "NextHop": "vpn-1"}
    gone = account.call("DeleteRouteEntries", VPC, RouteEntries=[named])
    assert (gone["SuccessCount"], gone["FailedCount"]) == (1, 0)


@pytest.mark.parametrize("action", ["CreateRouteEntries", "DeleteRouteEntries"])
def test_a_batch_in_which_nothing_can_be_done_is_granted_and_says_so(account, action):
    assert account.network
    before = account.dump()
    entry = new("vtb-none", "172.16.0.0/16")
    if action == "DeleteRouteEntries":
        del entry["NextHopType"]
    reply = account.call(action, VPC, RouteEntries=[entry])
    assert (reply["SuccessCount"], reply["FailedCount"]) == (0, 1)
    assert account.dump() == before
    dry = account.refusal(action, VPC, RouteEntries=[entry], DryRun=True)
    assert dry == ("DryRunOperation", 400)


def test_entries_are_named(account, table_id):
    assert account.refusal("DeleteRouteEntries", VPC) == ("MissingParameter", 400)
    unnamed = [{"RouteTableId": table_id, "DstCidrBlock": "172.16.0.0/16"}]
    refused = account.refusal("DeleteRouteEntries", VPC, RouteEntries=unnamed)
    assert refused == ("MissingParameter", 400)
    assert account.refusal("CreateRouteEntries", VPC, RouteEntries=[]) == ("MissingParameter", 400)


def test_entries_are_found_by_each_criterion(account, table_id):
    old, new_one = fill(account, table_id, "172.16.0.0/16", "172.17.0.0/16")
    system = [str(account.subnet.block), "100.64.0.0/10"]
    both = ["172.17.0.0/16", "172.16.0.0/16"]
    for criteria, found in (
        ({}, [*both, *system]),
        ({"RouteEntryType": "Custom"}, both),
        ({"RouteEntryType": "System"}, system),
        ({"RouteEntryType": "CEN"}, []),
        ({"RouteEntryId": old}, both[1:]),
        ({"RouteEntryId": new_one, "RouteEntryType": "Custom"}, both[:1]),
        ({"RouteEntryName": "none"}, []),
        ({"DestinationCidrBlock": both[0]}, both[:1]),
        ({"DestCidrBlockList": [both[1], "100.64.0.0/10"]}, [both[1], "100.64.0.0/10"]),
        ({"IpVersion": "ipv4"}, [*both, *system]),
        ({"IpVersion": "ipv6"}, []),
        ({"NextHopId": "vpn-1"}, both),
        ({"NextHopType": "local"}, system[:1]),
        ({"ServiceType": "TR"}, []),
    ):
        assert listed(account, table_id, **criteria) == found


def test_entries_come_in_pages(account, table_id):
    fill(account, table_id, *(f"172.{number}.0.0/16" for number in range(16, 20)))
    found, token = [], None
    while token != "":
        more = {"NextToken": token} if token else {}
        reply = account.call("DescribeRouteEntryList", VPC, RouteTableId=table_id, MaxResult=4, **more)
        found += reply["RouteEntrys"]["RouteEntry"]
        token = reply["NextToken"]
    assert len(found) == reply["TotalCount"] == 6
    for wrong, code in (
        ({"NextToken": "x"}, "IllegalParam.NextToken"),
        ({"RouteTableId": "vtb-none"}, "InvalidRouteTable.NotFound"),
        ({"RouteEntryType": "Own"}, "IllegalParam.RouteEntryType"),
        ({"IpVersion": "5"}, "IllegalParam.IpVersion"),
        (
            {"RouteEntryId": "rte-1", "RouteEntryType": "System"},
            "OperationFailed.FilterParamUnderWrongRouteType",
        ),
    ):
        asked = {"RouteTableId": table_id, **wrong}
        assert account.refusal("DescribeRouteEntryList", VPC, **asked) == (code, 400)


def test_entries_are_counted_by_table_and_type(account, table_id):
    fill(account, table_id, "172.16.0.0/16")
    asked = {"VpcId": account.network.id, "RouteTableId": table_id}
    reply = account.call("GetVpcRouteEntrySummary", VPC, RouteEntryType="all", **asked)
    (summary,) = reply["RouteEntrySummarys"]
    counts = {each["RouteEntryType"]: each["Count"] for each in summary["EntrySummarys"]}
    assert (counts["custom"], counts["system"], counts["bgp"]) == (1, 2, 0)
    reply = account.call("GetVpcRouteEntrySummary", VPC, RouteEntryType="custom", **asked)
    assert reply["RouteEntrySummarys"][0]["EntrySummarys"] == [{"RouteEntryType": "custom", "Count": 1}]
    other = {**asked, "RouteTableId": "vtb-none", "RouteEntryType": "all"}
    assert account.call("GetVpcRouteEntrySummary", VPC, **other)["RouteEntrySummarys"] == []
    absent = account.refusal("GetVpcRouteEntrySummary", VPC, VpcId="vpc-none", RouteEntryType="all")
    assert absent == ("InvalidVpcId.NotFound", 404)


def test_what_is_published_is_asked_of_a_table_that_is_there(account, table_id):
    asked = {"RouteTableId": "vtb-none", "TargetType": "CEN"}
    assert account.refusal("ListVpcPublishedRouteEntries", VPC, **asked) == (
        "InvalidRouteTableId.NotFound",
        404,
    )
    asked["RouteTableId"] = table_id
    assert account.call("ListVpcPublishedRouteEntries", VPC, **asked)["RouteEntries"] == []
