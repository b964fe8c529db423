"""What is missing: which code says so, and which parameters another one makes needed.

Sources: the lists of codes of the actions, where they have one of a parameter's own; what was recorded
of the gateway (MissingParameter for a RegionId: karpenter-provider-alibabacloud pull request 123 of
2024, alibaba-cloud-csi-driver pull request 1741 of 2026); the pages AllocateEipAddress, RunInstances
and CreateInstance on Period.
"""

import pytest
from tests.dialects.alibaba.furnished_account import AlibabaAccount
from tests.dialects.alibaba.sdk_models import ECS, VPC


@pytest.fixture(scope="module")
def account():
    return AlibabaAccount.furnished()


@pytest.mark.parametrize(
    ("action", "version", "params", "refusal"),
    [
        ("AssociateVpcCidrBlock", VPC, {"VpcId": None}, ("MissingParam.VpcId", 400)),
        (
            "AssociateVpcCidrBlock",
            VPC,
            {"VpcId": "vpc-1"},
            ("MissingParam.SecondaryCidrBlockOrIpv6CidrBlock", 400),
        ),
        ("UnassociateVpcCidrBlock", VPC, {"VpcId": "vpc-1"}, ("MissingParameter", 400)),
        (
            "ModifyVSwitchAttribute",
            VPC,
            {"VSwitchId": "vsw-1", "EnableIPv6": True},
            ("MissingParam.Ipv6CidrBlock", 400),
        ),
        ("DescribeVSwitches", VPC, {"RegionId": ""}, ("MissingParameter", 400)),
        ("DescribeVSwitches", ECS, {"RegionId": ""}, ("MissingParameter", 400)),
        ("DescribeRouteTables", VPC, {}, ("MissingParameter", 400)),
        ("TagResources", ECS, {"ResourceId": None}, ("MissingParameter.ResourceIds", 404)),
        ("TagResources", ECS, {"ResourceId": ["i-1"], "RegionId": ""}, ("MissingParameter", 400)),
        ("ListTagResources", ECS, {"ResourceType": None}, ("MissingParameter.ResourceType", 404)),
        ("DescribeSecurityGroups", ECS, {"RegionId": ""}, ("MissingParameter", 400)),
        ("AllocateEipAddress", VPC, {"InstanceChargeType": "PrePaid"}, ("MissingParameter", 400)),
        ("DescribeNetworkInterfacePermissions", ECS, {}, ("MissingParameter", 400)),
    ],
)
def test_what_is_missing_has_the_code_of_its_list(account, action, version, params, refusal):
    if action == "TagResources":
        params = {"ResourceType": "instance", "Tag": [{"Key": "a"}], **params}
    assert account.refusal(action, version, **params) == refusal


@pytest.mark.parametrize("action", ["RunInstances", "CreateInstance"])
def test_a_subscription_needs_a_period(account, action):
    params = account.instance_params(InstanceChargeType="PrePaid")
    assert account.refusal(action, **params) == ("MissingParameter", 400)
    account.call(action, **params, Period=1)
