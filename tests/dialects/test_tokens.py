"""A token by which a list goes on is good for the action that gave it, and for no other."""

from base64 import urlsafe_b64encode

import pytest
from tests.harness import ApiError, emulator

from duolect_dialects.alibaba.actions import ACTIONS as ALIBABA
from duolect_dialects.tencent.actions import ACTIONS as TENCENT

NAMES = ("NextToken", "PaginationToken")


def with_token(actions):
    """Return the version and name of each action that takes a token, with the token's name."""
    return [(*key, name) for key in actions for name in NAMES if name in actions[key].parameters]


def refusal(call, *arguments, **parameters):
    with pytest.raises(ApiError) as refused:
        call(*arguments, **parameters)
    return refused.value


@pytest.fixture(scope="module")
def alibaba():
    return emulator().alibaba()


@pytest.fixture(scope="module")
def tencent():
    client = emulator().tencent()
    client.call("CreateTags", Tags=[{"TagKey": "k", "TagValue": value} for value in "abc"])
    return client


def beside(alibaba, action):
    """Return what an action wants beside a token."""
    if action == "ListVpcPublishedRouteEntries":
        return {"TargetType": "VbrHa", "TargetInstanceId": "vbr-none"}
    if action == "GetVSwitchCidrReservationUsage":
        return {"VSwitchCidrReservationId": reservation(alibaba)}
    return {}


def reservation(alibaba):
    """Create a reservation in a new vSwitch and return its id."""
    vpc = alibaba.call("CreateVpc", "2016-04-28", CidrBlock="10.0.0.0/16")["VpcId"]
    alibaba.emulator.advance()
    place = {"VpcId": vpc, "ZoneId": "cn-hangzhou-h", "CidrBlock": "10.0.0.0/24"}
    vswitch = alibaba.call("CreateVSwitch", "2016-04-28", **place)["VSwitchId"]
    alibaba.emulator.advance()
    wanted = {"VSwitchId": vswitch, "VSwitchCidrReservationMask": 28}
    made = alibaba.call("CreateVSwitchCidrReservation", "2016-04-28", **wanted)
    return made["VSwitchCidrReservationId"]


@pytest.mark.parametrize(("version", "action", "name"), with_token(ALIBABA))
def test_alibaba_takes_no_token_of_another_action(alibaba, version, action, name):
    token = alibaba.call("DescribeInstanceTypes", MaxResults=10)["NextToken"]
    assert token
    own = {name: token}
    if action == "ListTagResources":
        own["ResourceType"] = "vpc" if version == "2016-04-28" else "instance"
    if action == "DescribeSecurityGroupAttribute":
        vpc = alibaba.call("CreateVpc", "2016-04-28")["VpcId"]
        alibaba.emulator.advance()
        own["SecurityGroupId"] = alibaba.call("CreateSecurityGroup", VpcId=vpc)["SecurityGroupId"]
    if "RouteTableId" in ALIBABA[version, action].parameters:
        alibaba.call("CreateVpc", "2016-04-28")
        alibaba.emulator.advance()
        tables = alibaba.call("DescribeRouteTableList", "2016-04-28")["RouterTableList"]
        own["RouteTableId"] = tables["RouterTableListType"][0]["RouteTableId"]
    if "PortRangeListId" in ALIBABA[version, action].parameters and action != "DescribePortRangeLists":
        made = alibaba.call("CreatePortRangeList", MaxEntries=1, PortRangeListName="list")
        own["PortRangeListId"] = made["PortRangeListId"]
    if action == "DescribePrefixListAssociations":
        wanted = {"MaxEntries": 1, "PrefixListName": "list", "AddressFamily": "IPv4"}
        own["PrefixListId"] = alibaba.call("CreatePrefixList", **wanted)["PrefixListId"]
    if action.startswith("GetVpcPrefixList"):
        own["PrefixListId"] = alibaba.call("CreateVpcPrefixList", "2016-04-28")["PrefixListId"]
    if action == "ListGatewayRouteTableEntries":
        vpc = alibaba.call("CreateVpc", "2016-04-28")["VpcId"]
        alibaba.emulator.advance()
        made = alibaba.call("CreateRouteTable", "2016-04-28", VpcId=vpc, AssociateType="Gateway")
        own["GatewayRouteTableId"] = made["RouteTableId"]
    own |= beside(alibaba, action)
    if action == "DescribeInstanceTypes":
        assert alibaba.call(action, version, **own)["InstanceTypes"]["InstanceType"]
        own[name] = urlsafe_b64encode(b"DescribeInstances:10").decode()
    foreign = refusal(alibaba.call, action, version, **own)
    garbage = refusal(alibaba.call, action, version, **{**own, name: "garbage"})
    assert (foreign.code, foreign.status) == (garbage.code, garbage.status)
    assert "NextToken" in foreign.message


@pytest.mark.parametrize(("version", "action", "name"), with_token(TENCENT))
def test_tencent_takes_no_token_of_another_action(tencent, version, action, name):
    del version
    own = {"TagKeys": ["k"]} if action == "GetTagValues" else {}
    token = tencent.call("GetTags", MaxResults=1)["PaginationToken"]
    assert token
    if action == "GetTags":
        assert tencent.call(action, **{name: token})["Tags"]
        token = urlsafe_b64encode(b"GetTagKeys 1").decode()
    foreign = refusal(tencent.call, action, **own, **{name: token})
    garbage = refusal(tencent.call, action, **own, **{name: "garbage"})
    assert foreign.code == garbage.code
    assert name in foreign.message
