"""Security groups of Alibaba Cloud."""

import json

import pytest
from tests.dialects.alibaba.furnished_account import AlibabaAccount

from duolect_core.model.resources import GroupKind


def groups(account, **criteria):
    answer = account.call("DescribeSecurityGroups", **criteria)
    return answer["SecurityGroups"]["SecurityGroup"]


def ids(account, **criteria):
    return {shown["SecurityGroupId"] for shown in groups(account, **criteria)}


def test_a_group_shows_what_it_was_created_with(account):
    group_id = account.create_group(
        SecurityGroupName="web.front-1",
        Description="all of it",
        SecurityGroupType="enterprise",
        ResourceGroupId="rg-1",
        Tag=[{"Key": "a", "Value": "b"}],
    )
    (shown,) = groups(account, SecurityGroupId=group_id)
    assert shown == {
        "SecurityGroupId": group_id,
        "SecurityGroupName": "web.front-1",
        "SecurityGroupType": "enterprise",
        "Description": "all of it",
        "VpcId": account.network.id,
        "CreationTime": "2026-09-21T14:13:23Z",
        "EcsCount": 0,
        "AvailableInstanceAmount": 0,
        "RuleCount": 0,
        "GroupToGroupRuleCount": 0,
        "ResourceGroupId": "rg-1",
        "ServiceID": 0,
        "ServiceManaged": False,
        "Tags": {"Tag": [{"TagKey": "a", "TagValue": "b"}]},
    }


def test_a_group_without_a_vpc_is_in_the_classic_network(account):
    group_id = account.create_group(VpcId=None)
    assert groups(account, SecurityGroupId=group_id)[0]["VpcId"] == ""
    assert account.refusal(
        "CreateNetworkInterface", **account.interface_params(SecurityGroupId=group_id)
    ) == (
        "InvalidSecurityGroupId.NotVpc",
        403,
    )
    account.call("DeleteSecurityGroup", SecurityGroupId=group_id)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"SecurityGroupName": "1st"}, ("InvalidSecurityGroupName.Malformed", 400)),
        ({"SecurityGroupName": "x"}, ("InvalidSecurityGroupName.Malformed", 400)),
        ({"SecurityGroupName": "https://x"}, ("InvalidSecurityGroupName.Malformed", 400)),
        ({"Description": "x"}, ("InvalidDescription.Malformed", 400)),
        ({"Description": "http://x"}, ("InvalidDescription.Malformed", 400)),
        ({"SecurityGroupType": "basic"}, ("InvalidParams.GroupType", 400)),
        ({"SecurityGroupType": "enterprise", "VpcId": None}, ("InvalidParams.VpcIdGroupType", 400)),
        ({"VpcId": "vpc-none"}, ("InvalidVpcId.NotFound", 404)),
        ({"ResourceGroupId": "none"}, ("InvalidResourceGroup.NotFound", 404)),
        ({"Tag": [{"Key": "a"}, {"Key": "a"}]}, ("Duplicate.TagKey", 400)),
        ({"Tag": [{"Key": "k", "Value": "https://x"}]}, ("InvalidTagValue.Malformed", 400)),
    ],
)
def test_a_group_is_refused_for_what_is_wrong_with_it(account, wrong, refusal):
    assert account.refusal("CreateSecurityGroup", **{"VpcId": account.network.id, **wrong}) == refusal


def test_groups_are_a_quota():
    account = AlibabaAccount.furnished(quotas={"groups": 1})
    assert account.refusal("CreateSecurityGroup") == ("QuotaExceed.SecurityGroup", 403)


def test_a_repeated_token_creates_one_group(account):
    assert account.create_group(ClientToken="t") == account.create_group(ClientToken="t")


def test_groups_are_found_by_each_criterion(account):
    other = account.create_group(
        VpcId=account.add_network().id,
        SecurityGroupName="other",
        SecurityGroupType="enterprise",
        ResourceGroupId="rg-2",
        Tag=[{"Key": "a", "Value": "b"}],
    )
    classic = account.create_group(VpcId=None)
    managed = account.create_group(ServiceManaged=True)
    everything = {account.group.id, other, classic, managed}
    for criteria, found in (
        ({}, everything),
        ({"SecurityGroupId": other}, {other}),
        ({"SecurityGroupId": "sg-none"}, set()),
        ({"SecurityGroupIds": json.dumps([other, classic, "sg-none"])}, {other, classic}),
        ({"SecurityGroupIds": "[]"}, everything),
        ({"VpcId": account.network.id}, {account.group.id, managed}),
        ({"SecurityGroupName": "other"}, {other}),
        ({"SecurityGroupName": "oth"}, set()),
        ({"SecurityGroupName": "oth", "FuzzyQuery": True}, {other}),
        ({"SecurityGroupType": "enterprise"}, {other}),
        ({"NetworkType": "classic"}, {classic}),
        ({"NetworkType": "vpc"}, everything - {classic}),
        ({"ServiceManaged": True}, {managed}),
        ({"ResourceGroupId": "rg-2"}, {other}),
        ({"Tag": [{"Key": "a"}]}, {other}),
    ):
        assert ids(account, **criteria) == found, criteria


def test_members_are_counted_where_that_is_asked_for(account):
    instance = account.add_instance()
    interface_id = account.create_interface()
    (shown,) = groups(account, IsQueryEcsCount=True)
    assert (shown["EcsCount"], shown["AvailableInstanceAmount"]) == (1, 1998)
    account.attach(interface_id, instance)
    assert groups(account, IsQueryEcsCount=True)[0]["EcsCount"] == 1
    assert groups(account)[0]["EcsCount"] == 0


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"SecurityGroupId": "group"}, "InvalidSecurityGroupId.Malformed"),
        ({"SecurityGroupIds": "sg-1"}, "InvalidSecurityGroupId.Malformed"),
        ({"SecurityGroupIds": '{"a": 1}'}, "InvalidSecurityGroupId.Malformed"),
        ({"SecurityGroupIds": "[1]"}, "InvalidSecurityGroupId.Malformed"),
        ({"SecurityGroupIds": '["group"]'}, "InvalidSecurityGroupId.Malformed"),
        ({"SecurityGroupIds": "[" * 5000}, "InvalidSecurityGroupId.Malformed"),
        ({"SecurityGroupIds": json.dumps(["sg-1"] * 101)}, "InvalidSecurityGroupId.Malformed"),
        ({"SecurityGroupName": "1"}, "InvalidSecurityGroupName.Malformed"),
        ({"SecurityGroupType": "basic"}, "InvalidParameter.SecurityGroupType"),
        ({"NextToken": "hello"}, "InValidParameter.NextToken"),
        ({"MaxResults": 10, "PageNumber": 1}, "NotSupported.PageNumberAndPageSize"),
        ({"MaxResults": 10, "PageSize": 10}, "NotSupported.PageNumberAndPageSize"),
        ({"MaxResults": 101}, "InvalidParameter"),
        ({"PageSize": 51}, "InvalidParameter"),
        ({"DryRun": True}, "DryRunOperation"),
    ],
)
def test_a_question_that_cannot_be_read_is_refused(account, wrong, code):
    assert account.refusal("DescribeSecurityGroups", **wrong) == (code, 400)


def test_pages_by_number_and_by_token_hold_every_group_once(account):
    for _ in range(6):
        account.create_group()
    everything = [shown["SecurityGroupId"] for shown in groups(account)]
    pages = [groups(account, PageNumber=number, PageSize=3) for number in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [3, 3, 1, 0]
    seen, token = [], None
    while token != "":
        answer = account.call("DescribeSecurityGroups", MaxResults=3, NextToken=token)
        assert (answer["TotalCount"], answer["PageSize"]) == (7, 3)
        seen += [shown["SecurityGroupId"] for shown in answer["SecurityGroups"]["SecurityGroup"]]
        token = answer["NextToken"]
    assert seen == everything


def test_a_group_is_deleted_once_it_has_no_members(account):
    interface_id = account.create_interface()
    target = {"SecurityGroupId": account.group.id}
    assert account.refusal("DeleteSecurityGroup", **target) == ("DependencyViolation", 403)
    account.call("DeleteNetworkInterface", NetworkInterfaceId=interface_id)
    account.wait()
    account.call("DeleteSecurityGroup", **target)
    assert account.refusal("DeleteSecurityGroup", **target) == ("InvalidSecurityGroup.NotFound", 404)


def test_a_group_of_a_managed_service_is_not_the_callers_to_use(account):
    managed = account.create_group(ServiceManaged=True)
    refusal = ("InvalidOperation.ResourceManagedByCloudProduct", 403)
    assert account.refusal("DeleteSecurityGroup", SecurityGroupId=managed) == refusal
    assert (
        account.refusal("CreateNetworkInterface", **account.interface_params(SecurityGroupId=managed))
        == refusal
    )


def test_basic_and_enterprise_groups_are_not_joined_together(account):
    other = account.add_group(kind=GroupKind.ENTERPRISE)
    wanted = account.interface_params(SecurityGroupId=None, SecurityGroupIds=[account.group.id, other.id])
    assert account.refusal("CreateNetworkInterface", **wanted) == ("InvalidOperation.MultiGroupType", 403)
