"""Entries of route tables that are published to Express Connect Routers.

Sources: the vendor's pages of the actions, and terraform-provider-alicloud.
"""

import pytest
from tests.dialects.alibaba.sdk_models import VPC

BLOCK, OTHER = "172.16.0.0/16", "172.17.0.0/16"
TARGET = {"TargetType": "ECR", "TargetInstanceId": "ecr-1"}


@pytest.fixture
def table_id(account):
    (vpc,) = account.call("DescribeVpcs", VPC, VpcId=account.network.id)["Vpcs"]["Vpc"]
    (found,) = vpc["RouterTableIds"]["RouterTableIds"]
    for block in (BLOCK, OTHER):
        hop = {"NextHopType": "VpnGateway", "NextHopId": "vpn-1"}
        account.call("CreateRouteEntry", VPC, RouteTableId=found, DestinationCidrBlock=block, **hop)
        account.wait()
    return found


def asked(table_id, *blocks, **more):
    entries = [{"RouteTableId": table_id, "DestinationCidrBlock": block} for block in blocks or (BLOCK,)]
    return {"RouteEntries": entries, **TARGET, **more}


def listed(account, table_id, **more):
    request = {"RouteTableId": table_id, "TargetType": "ECR", **more}
    return [
        (each["DestinationCidrBlock"], target["PublishTargetInstanceId"], target["PublishStatus"])
        for each in account.call("ListVpcPublishedRouteEntries", VPC, **request)["RouteEntries"]
        for target in each["RoutePublishTargets"]
    ]


def test_entries_are_published_and_withdrawn(account, table_id):
    assert listed(account, table_id) == []
    account.call("PublishVpcRouteEntries", VPC, **asked(table_id))
    assert listed(account, table_id) == [(OTHER, "ecr-1", "NonPublished"), (BLOCK, "ecr-1", "Published")]
    assert listed(account, table_id, DestinationCidrBlock=BLOCK) == [(BLOCK, "ecr-1", "Published")]
    account.call("WithdrawVpcPublishedRouteEntries", VPC, **asked(table_id))
    assert listed(account, table_id) == []


def test_a_target_that_is_named_is_told_of_whatever_is_published_there(account, table_id):
    account.call("PublishVpcRouteEntries", VPC, **asked(table_id))
    named = {"TargetInstanceId": "ecr-2", "DestinationCidrBlock": BLOCK}
    assert listed(account, table_id, **named) == [(BLOCK, "ecr-2", "NonPublished")]
    account.call("PublishVpcRouteEntries", VPC, **asked(table_id, TargetInstanceId="ecr-2"))
    assert listed(account, table_id, **named) == [(BLOCK, "ecr-2", "Published")]
    assert [each[1] for each in listed(account, table_id, DestinationCidrBlock=BLOCK)] == ["ecr-1", "ecr-2"]


def test_an_entry_is_listed_with_its_ids(account, table_id):
    account.call("PublishVpcRouteEntries", VPC, **asked(table_id))
    request = {"RouteTableId": table_id, "TargetType": "ECR", "DestinationCidrBlock": BLOCK}
    (shown,) = account.call("ListVpcPublishedRouteEntries", VPC, **request)["RouteEntries"]
    assert shown.pop("RouteEntryId").startswith("rte-")
    assert shown == {
        "DestinationCidrBlock": BLOCK,
        "RouteTableId": table_id,
        "RoutePublishTargets": [
            {
                "PublishStatus": "Published",
                "PublishTargetInstanceId": "ecr-1",
                "PublishTargetType": "ECR",
            }
        ],
    }


def test_entries_are_listed_page_by_page(account, table_id):
    request = {"RouteTableId": table_id, **TARGET, "MaxResults": 1}
    first = account.call("ListVpcPublishedRouteEntries", VPC, **request)
    second = account.call("ListVpcPublishedRouteEntries", VPC, **request, NextToken=first["NextToken"])
    blocks = [each["RouteEntries"][0]["DestinationCidrBlock"] for each in (first, second)]
    assert (blocks, second["NextToken"]) == ([OTHER, BLOCK], "")


@pytest.mark.parametrize("action", ["PublishVpcRouteEntries", "WithdrawVpcPublishedRouteEntries"])
@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"RouteEntries": []}, ("MissingParameter", 400)),
        ({"TargetType": "VBR"}, ("InvalidParameter", 400)),
        ({"TargetInstanceId": "cen-1"}, ("ResourceNotAssociated.TargetInstance", 400)),
    ],
)
def test_what_is_published_and_where_to_is_named(account, table_id, action, more, refusal):
    assert account.refusal(action, VPC, **{**asked(table_id), **more}) == refusal


@pytest.mark.parametrize("action", ["PublishVpcRouteEntries", "WithdrawVpcPublishedRouteEntries"])
def test_all_entries_are_there_or_nothing_is_done(account, table_id, action):
    for request, refusal in (
        (asked(table_id, BLOCK, "172.30.0.0/16"), ("InvalidRouteEntry.NotFound", 400)),
        (asked(table_id, BLOCK, "100.64.0.0/10"), ("OperationDenied", 400)),
        (asked("vtb-none"), ("InvalidRouteTableId.NotFound", 404)),
        (asked(table_id, "nonsense"), ("InvalidCidrBlock.Malformed", 400)),
    ):
        assert account.refusal(action, VPC, **request) == refusal
    assert listed(account, table_id) == []


def test_what_is_not_published_cannot_be_withdrawn(account, table_id):
    refusal = account.refusal("WithdrawVpcPublishedRouteEntries", VPC, **asked(table_id))
    assert refusal == ("ResourceNotAssociated.TargetInstance", 400)


def test_a_dry_run_publishes_nothing(account, table_id):
    dry = asked(table_id, DryRun=True)
    assert account.refusal("PublishVpcRouteEntries", VPC, **dry) == ("DryRunOperation", 400)
    assert listed(account, table_id) == []


def test_an_entry_that_is_deleted_is_published_no_more(account, table_id):
    account.call("PublishVpcRouteEntries", VPC, **asked(table_id))
    account.call("DeleteRouteEntry", VPC, RouteTableId=table_id, DestinationCidrBlock=BLOCK)
    account.wait()
    assert listed(account, table_id) == []
