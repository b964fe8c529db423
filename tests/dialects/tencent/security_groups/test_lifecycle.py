"""Security groups."""

import pytest
from tests.dialects.tencent.furnished_account import ABSENT, TencentAccount

TAGS = [{"Key": "city", "Value": "shanghai"}]


def listed(account, **params):
    reply = account.call("DescribeSecurityGroups", **params)
    return [shown["SecurityGroupId"] for shown in reply["SecurityGroupSet"]]


def test_a_group_is_described_as_it_was_created(account):
    created = account.call(
        "CreateSecurityGroup", GroupName="g" * 60, GroupDescription="d" * 100, ProjectId="7", Tags=TAGS
    )["SecurityGroup"]
    reply = account.call("DescribeSecurityGroups", SecurityGroupIds=[created["SecurityGroupId"]])
    # Region and RegionStatistics stand on no page; cloud-custodian recorded them (2023-03, 2025-12).
    assert reply["SecurityGroupSet"] == [{**created, "Region": "ap-guangzhou"}]
    assert reply["RegionStatistics"] == [{"Region": "ap-guangzhou", "TotalCount": 1}]
    assert reply["TotalCount"] == 1
    assert created["SecurityGroupName"] == "g" * 60
    assert created["SecurityGroupDesc"] == "d" * 100
    assert created["ProjectId"] == "7"
    assert created["TagSet"] == TAGS
    assert created["IsDefault"] is False
    assert created["CreatedTime"] == created["UpdateTime"] == "2026-09-21 22:13:20"


def test_a_group_belongs_to_project_0_unless_told_otherwise(account):
    created = account.call("CreateSecurityGroup", style="get", GroupName="g", GroupDescription="")
    assert created["SecurityGroup"]["ProjectId"] == "0"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"GroupName": "g" * 61}, "InvalidParameterValue.TooLong"),
        ({"GroupDescription": "d" * 101}, "InvalidParameterValue.TooLong"),
        ({"ProjectId": "first"}, "InvalidParameterValue.Malformed"),
        ({"Tags": [{"Key": "project-a"}]}, "UnsupportedOperation.TagSystemReservedTagKey"),
        ({"Tags": TAGS * 2}, "InvalidParameterValue.TagDuplicateKey"),
        ({"Tags": {"Key": "a"}}, "InvalidParameter"),
    ],
)
def test_a_group_is_refused_for(account, changes, code):
    params = {"GroupName": "g", "GroupDescription": "d", **changes}
    assert account.refusal("CreateSecurityGroup", **params) == code


def test_the_vendors_quota_of_groups_is_kept():
    account = TencentAccount(vendor_quotas=True)
    for _ in range(50):
        account.create_group()
    assert account.refusal("CreateSecurityGroup", GroupName="g", GroupDescription="") == "LimitExceeded"


def test_an_unknown_group_is_missed_when_described(account):
    group_id = account.create_group()
    code = account.refusal("DescribeSecurityGroups", SecurityGroupIds=[group_id, ABSENT["sg"]])
    assert code == "ResourceNotFound"
    assert listed(account, Filters=[{"Name": "security-group-id", "Values": [ABSENT["sg"]]}]) == []


@pytest.mark.parametrize("action", ["DescribeSecurityGroups", "DeleteSecurityGroup"])
def test_a_malformed_id_is_refused(account, action):
    params = {"SecurityGroupIds": ["sg"]} if action.startswith("Describe") else {"SecurityGroupId": "sg"}
    assert account.refusal(action, **params) == "InvalidParameterValue.Malformed"


def test_groups_are_found_by_each_filter(account):
    first = account.create_group(GroupName="web", Tags=TAGS)
    second = account.create_group(GroupName="data", ProjectId="7")
    for name, value, expected in (
        ("security-group-id", first, [first]),
        ("project-id", "7", [second]),
        ("security-group-name", "at", [second]),
        ("tag-key", "city", [first]),
        ("tag:city", "shanghai", [first]),
        ("tag:city", "beijing", []),
    ):
        assert listed(account, Filters=[{"Name": name, "Values": [value]}]) == expected, name


def test_groups_are_listed_newest_first_unless_an_order_is_wanted(account):
    ids = []
    for _ in range(4):
        ids.append(account.create_group())
        account.wait()
    assert listed(account) == ids[::-1]
    assert listed(account, OrderField="CreatedTime") == ids
    assert listed(account, OrderField="UpdateTime", OrderDirection="ASC", Offset="1", Limit="2") == ids[1:3]
    assert listed(account, OrderField="CreatedTime", OrderDirection="DESC", Limit="1") == ids[3:]
    assert listed(account, OrderDirection="ASC") == ids[::-1]
    assert account.refusal("DescribeSecurityGroups", OrderField="Name") == "InvalidParameterValue"


def test_a_free_group_can_be_deleted(account):
    group_id = account.create_group()
    account.call("DeleteSecurityGroup", style="form", SecurityGroupId=group_id)
    assert listed(account) == []
    assert account.refusal("DeleteSecurityGroup", SecurityGroupId=group_id) == "ResourceNotFound"


def test_a_group_with_members_stays():
    account = TencentAccount.furnished()
    account.run_instances()
    assert account.refusal("DeleteSecurityGroup", SecurityGroupId=account.group_id) == "ResourceInUse"


def test_nothing_exists_until_it_is_created(account):
    for action in ("DescribeVpcs", "DescribeSubnets", "DescribeSecurityGroups", "DescribeInstances"):
        assert account.call(action)["TotalCount"] == 0
