"""Route target groups: created, updated, switched, shown, tagged and deleted.

Sources: the vendor's pages of the actions on them, and terraform-provider-alicloud.
"""

import pytest
from tests.dialects.alibaba.sdk_models import VPC

KIND = "GatewayLoadBalancerEndpoint"


def member(name, weight, **more):
    return {"MemberId": name, "MemberType": KIND, "Weight": weight, **more}


MEMBERS = [member("ep-1", 100), member("ep-2", 0)]


def asked(account, **more):
    return {
        "VpcId": account.network.id,
        "ConfigMode": "Active-Standby",
        "RouteTargetMemberList": MEMBERS,
        **more,
    }


@pytest.fixture
def group_id(account):
    made = account.call("CreateRouteTargetGroup", VPC, **asked(account, RouteTargetGroupName="a"))
    account.wait()
    return made["RouteTargetGroupId"]


def shown(account, group_id):
    return account.call("GetRouteTargetGroup", VPC, RouteTargetGroupId=group_id)


def status(account, group_id):
    return shown(account, group_id)["Status"]


def enabled(account, group_id):
    found = shown(account, group_id)["RouteTargetMemberList"]
    return [each["MemberId"] for each in found if each["EnableStatus"] == "Enable"]


def test_a_group_is_pending_then_available_and_shows_what_it_is(account):
    more = {
        "RouteTargetGroupName": "a",
        "RouteTargetGroupDescription": "d",
        "ResourceGroupId": "rg-1",
        "Tag": [{"Key": "k", "Value": "v"}],
    }
    made = account.call("CreateRouteTargetGroup", VPC, **asked(account, **more))
    group_id = made["RouteTargetGroupId"]
    assert group_id.startswith("rtg-")
    assert status(account, group_id) == "Pending"
    account.wait()
    found = shown(account, group_id)
    assert found.pop("CreateTime").endswith("Z")
    found.pop("RequestId")
    shows = {"HealthCheckStatus": "Normal"}
    assert found == {
        "ConfigMode": "Active-Standby",
        "RegionId": "cn-hangzhou",
        "ResourceGroupId": "rg-1",
        "RouteTargetGroupDescription": "d",
        "RouteTargetGroupId": group_id,
        "RouteTargetGroupName": "a",
        "RouteTargetMemberList": [
            member("ep-1", 100, EnableStatus="Enable", **shows),
            member("ep-2", 0, EnableStatus="Disable", **shows),
        ],
        "Status": "Available",
        "Tags": [{"Key": "k", "Value": "v"}],
        "VpcId": account.network.id,
    }


@pytest.mark.parametrize(
    ("members", "refusal"),
    [
        (MEMBERS[:1], ("InvalidParameter", 400)),
        ([*MEMBERS, member("ep-3", 0)], ("InvalidParameter", 400)),
        ([member("ep-1", 100), member("ep-1", 0)], ("InvalidParameter", 400)),
        ([member("ep-1", 100), member("ep-2", 50)], ("InvalidParameter", 400)),
        ([member("ep-1", 0), member("ep-2", 0)], ("InvalidParameter", 400)),
        ([member("ep-1", 100), member("eni-2", 0)], ("ResourceNotFound.GatewayLoadBalancerEndpoint", 404)),
        ([member("ep-1", 100), member("ep-2", 0, MemberType="Instance")], ("InvalidParameter", 400)),
        ([member("ep-1", 100), {"MemberId": "ep-2", "MemberType": KIND}], ("MissingParameter", 400)),
    ],
)
def test_a_group_has_an_active_and_a_standby_member(account, members, refusal):
    request = asked(account, RouteTargetMemberList=members)
    assert account.refusal("CreateRouteTargetGroup", VPC, **request) == refusal
    assert account.call("ListRouteTargetGroups", VPC)["TotalCount"] == 0


def test_a_group_is_created_in_a_vpc_that_is_there(account):
    absent = account.refusal("CreateRouteTargetGroup", VPC, **asked(account, VpcId="vpc-none"))
    assert absent == ("InvalidVpcId.NotFound", 404)
    vpc_id = account.call("CreateVpc", VPC)["VpcId"]
    early = account.refusal("CreateRouteTargetGroup", VPC, **asked(account, VpcId=vpc_id))
    assert early == ("IncorrectStatus.Vpc", 400)


def test_the_standby_member_takes_over_and_gives_back(account, group_id):
    for under_way, then, active in (
        ("Switching", "Switched", "ep-2"),
        ("Recovering", "Available", "ep-1"),
    ):
        account.call("SwitchActiveRouteTarget", VPC, RouteTargetGroupId=group_id)
        assert status(account, group_id) == under_way
        again = account.refusal("SwitchActiveRouteTarget", VPC, RouteTargetGroupId=group_id)
        assert again == ("TaskConflict", 400)
        account.wait()
        assert (status(account, group_id), enabled(account, group_id)) == (then, [active])


def test_a_group_is_updating_while_it_is_renamed(account, group_id):
    changes = {"RouteTargetGroupName": "b", "RouteTargetGroupDescription": "d"}
    account.call("UpdateRouteTargetGroup", VPC, RouteTargetGroupId=group_id, **changes)
    assert status(account, group_id) == "Updating"
    account.wait()
    found = shown(account, group_id)
    assert {name: found[name] for name in changes} == changes
    assert found["Status"] == "Available"


def test_only_a_member_that_is_disabled_becomes_another_one(account, group_id):
    named = {"RouteTargetGroupId": group_id}
    account.call(
        "UpdateRouteTargetGroup", VPC, **named, RouteTargetMemberList=[MEMBERS[0], member("ep-3", 0)]
    )
    account.wait()
    found = shown(account, group_id)["RouteTargetMemberList"]
    assert [each["MemberId"] for each in found] == ["ep-1", "ep-3"]
    for members, refusal in (
        ([member("ep-4", 100), member("ep-3", 0)], "OperationDenied"),
        ([member("ep-1", 0), member("ep-3", 100)], "OperationDenied"),
        ([member("ep-1", 100), {"MemberId": "ep-3", "Weight": 0}], "MissingParameter"),
    ):
        request = {**named, "RouteTargetMemberList": members}
        assert account.refusal("UpdateRouteTargetGroup", VPC, **request) == (refusal, 400)
    assert [each["MemberId"] for each in shown(account, group_id)["RouteTargetMemberList"]] == [
        "ep-1",
        "ep-3",
    ]


def test_a_route_leads_to_a_group_and_keeps_it(account, group_id):
    (vpc,) = account.call("DescribeVpcs", VPC, VpcId=account.network.id)["Vpcs"]["Vpc"]
    (table_id,) = vpc["RouterTableIds"]["RouterTableIds"]
    entry = {"RouteTableId": table_id, "DestinationCidrBlock": "172.16.0.0/16"}
    hop = {"NextHopType": "RouteTargetGroup", "NextHopId": group_id}
    account.call("CreateRouteEntry", VPC, **entry, **hop)
    account.wait()
    listed = account.call("DescribeRouteEntryList", VPC, RouteTableId=table_id, NextHopId=group_id)
    (route,) = listed["RouteEntrys"]["RouteEntry"]
    assert route["NextHops"]["NextHop"][0]["NextHopType"] == "RouteTargetGroup"
    held = account.refusal("DeleteRouteTargetGroup", VPC, RouteTargetGroupId=group_id)
    assert held == ("DependencyViolation.RouteEntry", 400)
    account.call("DeleteRouteEntry", VPC, **entry)
    account.wait()
    absent = {**hop, "NextHopId": "rtg-none"}
    assert account.refusal("CreateRouteEntry", VPC, **entry, **absent) == ("InvalidNextHopId.NotFound", 404)
    account.call("DeleteRouteTargetGroup", VPC, RouteTargetGroupId=group_id)
    assert status(account, group_id) == "Deleting"
    account.wait()
    gone = account.refusal("GetRouteTargetGroup", VPC, RouteTargetGroupId=group_id)
    assert gone == ("ResourceNotFound.RouteTargetGroup", 404)


def test_what_delete_would_force_is_not_known(account, group_id):
    forced = account.refusal("DeleteRouteTargetGroup", VPC, RouteTargetGroupId=group_id, ForceDelete=True)
    assert forced == ("UnsupportedParameter", 400)


def test_a_group_keeps_its_vpc(account):
    vpc_id = account.call("CreateVpc", VPC)["VpcId"]
    account.wait()
    account.call("CreateRouteTargetGroup", VPC, **asked(account, VpcId=vpc_id))
    account.wait()
    assert account.refusal("DeleteVpc", VPC, VpcId=vpc_id)[0] == "OperationDenied"


def test_groups_are_listed_by_what_they_are(account, group_id):
    vpc_id = account.call("CreateVpc", VPC)["VpcId"]
    account.wait()
    more = {
        "VpcId": vpc_id,
        "ResourceGroupId": "rg-1",
        "Tag": [{"Key": "k", "Value": "v"}],
        "RouteTargetMemberList": [member("ep-8", 100), member("ep-9", 0)],
    }
    other = account.call("CreateRouteTargetGroup", VPC, **asked(account, **more))["RouteTargetGroupId"]

    def listed(**criteria):
        reply = account.call("ListRouteTargetGroups", VPC, **criteria)
        return [each["RouteTargetGroupId"] for each in reply["RouteTargetGroups"]]

    assert listed() == [other, group_id]
    assert listed(RouteTargetGroupIds=[group_id]) == [group_id]
    assert listed(VpcId=vpc_id) == [other]
    assert listed(MemberId="ep-9") == [other]
    assert listed(ResourceGroupId="rg-1") == [other]
    assert listed(Tag=[{"Key": "k"}]) == [other]
    assert listed(MemberId="ep-none") == []
    first = account.call("ListRouteTargetGroups", VPC, MaxResults=1)
    assert (first["TotalCount"], first["MaxResults"]) == (2, 1)
    assert listed(MaxResults=1, NextToken=first["NextToken"]) == [group_id]


def test_a_group_is_tagged_and_moved_by_its_type(account, group_id):
    named = {"ResourceType": "ROUTETARGETGROUP", "ResourceId": [group_id]}
    account.call("TagResources", VPC, **named, Tag=[{"Key": "k", "Value": "v"}])
    move = {"ResourceType": "ROUTETARGETGROUP", "ResourceId": group_id, "NewResourceGroupId": "rg-2"}
    account.call("MoveResourceGroup", VPC, **move)
    found = shown(account, group_id)
    assert (found["Tags"], found["ResourceGroupId"]) == ([{"Key": "k", "Value": "v"}], "rg-2")
    assert found["Status"] == "Available"
