"""Security groups."""

import pytest
from tests.dialects.tencent.rooms import ABSENT, FurnishedRoom, Room

from duolect.settings.settings import CloudSettings

TAGS = [{"Key": "city", "Value": "shanghai"}]


@pytest.fixture
def room():
    return Room()


def listed(room, **params):
    reply = room.call("DescribeSecurityGroups", **params)
    return [shown["SecurityGroupId"] for shown in reply["SecurityGroupSet"]]


def test_a_group_is_described_as_it_was_created(room):
    created = room.call(
        "CreateSecurityGroup", GroupName="g" * 60, GroupDescription="d" * 100, ProjectId="7", Tags=TAGS
    )["SecurityGroup"]
    reply = room.call("DescribeSecurityGroups", SecurityGroupIds=[created["SecurityGroupId"]])
    assert reply["SecurityGroupSet"] == [created]
    assert reply["TotalCount"] == 1
    assert created["SecurityGroupName"] == "g" * 60
    assert created["SecurityGroupDesc"] == "d" * 100
    assert created["ProjectId"] == "7"
    assert created["TagSet"] == TAGS
    assert created["IsDefault"] is False
    assert created["CreatedTime"] == created["UpdateTime"] == "2026-09-21 22:13:20"


def test_a_group_belongs_to_project_0_unless_told_otherwise(room):
    created = room.call("CreateSecurityGroup", style="get", GroupName="g", GroupDescription="")
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
def test_a_group_is_refused_for(room, changes, code):
    params = {"GroupName": "g", "GroupDescription": "d", **changes}
    assert room.refused("CreateSecurityGroup", **params) == code


def test_the_vendors_quota_of_groups_is_kept():
    room = Room(tencent=CloudSettings(vendor_quotas=True))
    for _ in range(50):
        room.group()
    assert room.refused("CreateSecurityGroup", GroupName="g", GroupDescription="") == "LimitExceeded"


def test_an_unknown_group_is_missed_when_described(room):
    group_id = room.group()
    code = room.refused("DescribeSecurityGroups", SecurityGroupIds=[group_id, ABSENT["sg"]])
    assert code == "ResourceNotFound"
    assert listed(room, Filters=[{"Name": "security-group-id", "Values": [ABSENT["sg"]]}]) == []


@pytest.mark.parametrize("action", ["DescribeSecurityGroups", "DeleteSecurityGroup"])
def test_a_malformed_id_is_refused(room, action):
    params = {"SecurityGroupIds": ["sg"]} if action.startswith("Describe") else {"SecurityGroupId": "sg"}
    assert room.refused(action, **params) == "InvalidParameterValue.Malformed"


def test_groups_are_found_by_each_filter(room):
    first = room.group(GroupName="web", Tags=TAGS)
    second = room.group(GroupName="data", ProjectId="7")
    for name, value, expected in (
        ("security-group-id", first, [first]),
        ("project-id", "7", [second]),
        ("security-group-name", "at", [second]),
        ("tag-key", "city", [first]),
        ("tag:city", "shanghai", [first]),
        ("tag:city", "beijing", []),
    ):
        assert listed(room, Filters=[{"Name": name, "Values": [value]}]) == expected, name


def test_groups_are_listed_newest_first_unless_an_order_is_wanted(room):
    ids = []
    for _ in range(4):
        ids.append(room.group())
        room.wait()
    assert listed(room) == ids[::-1]
    assert listed(room, OrderField="CreatedTime") == ids
    assert listed(room, OrderField="UpdateTime", OrderDirection="ASC", Offset="1", Limit="2") == ids[1:3]
    assert listed(room, OrderField="CreatedTime", OrderDirection="DESC", Limit="1") == ids[3:]
    assert listed(room, OrderDirection="ASC") == ids[::-1]
    assert room.refused("DescribeSecurityGroups", OrderField="Name") == "InvalidParameterValue"


def test_a_free_group_can_be_deleted(room):
    group_id = room.group()
    room.call("DeleteSecurityGroup", style="form", SecurityGroupId=group_id)
    assert listed(room) == []
    assert room.refused("DeleteSecurityGroup", SecurityGroupId=group_id) == "ResourceNotFound"


def test_a_group_with_members_stays():
    room = FurnishedRoom()
    room.run()
    assert room.refused("DeleteSecurityGroup", SecurityGroupId=room.group_id) == "ResourceInUse"


def test_nothing_exists_until_it_is_created(room):
    for action in ("DescribeVpcs", "DescribeSubnets", "DescribeSecurityGroups", "DescribeInstances"):
        assert room.call(action)["TotalCount"] == 0
