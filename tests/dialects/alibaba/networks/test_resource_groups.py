"""The resource group in which resources of VPC are, and how they are moved to another."""

import re

import pytest
from tests.dialects.alibaba.sdk_models import ECS, VPC

MOVE = "MoveResourceGroup"


def group_of(account):
    (shown,) = account.call("DescribeVpcs", VpcId=account.network.id)["Vpcs"]["Vpc"]
    return shown["ResourceGroupId"]


def test_resources_of_vpc_show_the_default_group_and_those_of_ecs_nothing(account):
    """As recorded: https://github.com/sbopsv/cloud-tech has rg-[a-z0-9]{15} of CreateVpc."""
    made = account.call("CreateVpc")
    default = made["ResourceGroupId"]
    assert re.fullmatch("rg-[a-z0-9]{15}", default)
    eip = account.client.call("AllocateEipAddress", VPC)
    assert eip["ResourceGroupId"] == default == group_of(account)
    (vswitch,) = account.call("DescribeVSwitches", ResourceGroupId=default)["VSwitches"]["VSwitch"]
    assert vswitch["ResourceGroupId"] == default
    found = account.call("DescribeEipAddresses", VPC, ResourceGroupId=default)
    assert found["TotalCount"] == 1
    assert account.describe_interface(account.create_interface())["ResourceGroupId"] == ""
    (group,) = account.call("DescribeSecurityGroups")["SecurityGroups"]["SecurityGroup"]
    assert group["ResourceGroupId"] == ""
    assert account.call("DescribeVpcs", ECS)["TotalCount"] == 2


@pytest.mark.parametrize("kind", ["vpc", "VPC"])
def test_a_vpc_is_moved_with_its_vswitches(account, kind):
    assert account.subnet
    named = {"ResourceType": kind, "ResourceId": account.network.id}
    account.call(MOVE, VPC, NewResourceGroupId="rg-other", **named)
    assert group_of(account) == "rg-other"
    shown = account.call("DescribeVSwitches", VpcId=account.network.id)["VSwitches"]["VSwitch"]
    assert [each["ResourceGroupId"] for each in shown] == ["rg-other"]


def test_an_eip_is_moved(account):
    eip = account.client.call("AllocateEipAddress", VPC)["AllocationId"]
    account.call(MOVE, VPC, ResourceType="eip", ResourceId=eip, NewResourceGroupId="rg-other")
    (shown,) = account.call("DescribeEipAddresses", VPC)["EipAddresses"]["EipAddress"]
    assert shown["ResourceGroupId"] == "rg-other"


@pytest.mark.parametrize(
    ("changes", "code", "status"),
    [
        ({"ResourceId": "vpc-absent"}, "InvalidVpcId.NotFound", 404),
        ({"ResourceType": "eip", "ResourceId": "eip-absent"}, "InvalidAllocationId.NotFound", 404),
        ({"ResourceType": "HaVip", "ResourceId": "havip-1"}, "InvalidHaVipId.NotFound", 404),
        ({"ResourceType": "FlowLog", "ResourceId": "fl-1"}, "InvalidResourceId.NotFound", 404),
        ({"ResourceType": "toaster"}, "InvalidParameter", 400),
        ({"NewResourceGroupId": "other"}, "InvalidResourceGroup.NotFound", 404),
    ],
)
def test_a_wrong_move_is_refused(account, changes, code, status):
    good = {"ResourceType": "vpc", "ResourceId": account.network.id, "NewResourceGroupId": "rg-1"}
    assert account.refusal(MOVE, VPC, **{**good, **changes}) == (code, status)
