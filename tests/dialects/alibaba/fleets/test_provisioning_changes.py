"""Auto provisioning groups: listed, modified and deleted, and what becomes of their instances."""

import pytest
from tests.dialects.alibaba.fleets.test_provisioning_groups import (
    XLARGE,
    create,
    history,
    members,
    option,
    shown,
)

ABSENT = ("InvalidAutoProvisioningGroupId.NotFound", 404)


def test_groups_are_listed_by_what_is_asked_for(account):
    first, _ = create(account, AutoProvisioningGroupName="first", Tag=[{"Key": "k", "Value": "v"}])
    second, _ = create(
        account,
        AutoProvisioningGroupName="second",
        AutoProvisioningGroupType="request",
        ResourceGroupId="rg-1",
    )

    def listed(**asked):
        found = account.call("DescribeAutoProvisioningGroups", **asked)
        ids = [
            each["AutoProvisioningGroupId"]
            for each in found["AutoProvisioningGroups"]["AutoProvisioningGroup"]
        ]
        assert len(ids) == min(found["TotalCount"], found["PageSize"])
        return ids

    assert listed() == [second, first]
    assert listed(PageSize=1) == [second]
    assert listed(AutoProvisioningGroupName="first") == [first]
    assert listed(AutoProvisioningGroupTypes=["request"]) == [second]
    assert listed(AutoProvisioningGroupStatus=["active", "submitted"]) == [second, first]
    assert listed(AutoProvisioningGroupStatus=["deleted"]) == []
    assert listed(ResourceGroupId="rg-1") == [second]
    assert listed(Tag=[{"Key": "k"}]) == [first]
    assert listed(AutoProvisioningGroupId=[first, "apg-none"]) == [first]


def test_members_are_shown_with_what_they_are(account):
    group_id, _ = create(account)
    account.wait()
    (member,) = members(account, group_id)
    assert (member["CPU"], member["Memory"], member["IsSpot"]) == (2, 8192, True)
    assert (member["NetworkType"], member["OsType"], member["Status"]) == ("vpc", "linux", "Running")
    assert (member["ZoneId"], member["RegionId"]) == (account.subnet.zone, "cn-hangzhou")
    account.call("DeleteInstance", InstanceId=member["InstanceId"], Force="true")
    account.wait()
    assert members(account, group_id) == []


def modify(account, group_id, **more):
    account.call("ModifyAutoProvisioningGroup", AutoProvisioningGroupId=group_id, **more)
    account.wait()


def test_a_group_that_shall_be_larger_launches_more(account):
    group_id, _ = create(account, AutoProvisioningGroupType="maintain")
    account.wait()
    modify(
        account,
        group_id,
        TotalTargetCapacity=3,
        PayAsYouGoTargetCapacity=1,
        AutoProvisioningGroupName="new",
    )
    assert sorted(each["IsSpot"] for each in members(account, group_id)) == [False, True, True]
    group = shown(account, group_id)
    assert (group["AutoProvisioningGroupName"], group["State"]) == ("new", "fulfilled")
    assert len(history(account, group_id)) == 2


@pytest.mark.parametrize(("policy", "left"), [("termination", 1), ("no-termination", 3)])
def test_a_group_that_shall_be_smaller_lets_the_newest_go(account, policy, left):
    group_id, _ = create(account, TotalTargetCapacity=3)
    account.wait()
    oldest = members(account, group_id)[-1]["InstanceId"]
    modify(account, group_id, TotalTargetCapacity=1, ExcessCapacityTerminationPolicy=policy)
    assert [each["InstanceId"] for each in members(account, group_id)] == [oldest]
    assert len(account.describe_instances()) == left
    (detail,) = history(account, group_id)[0]["ActivityDetails"]["ActivityDetail"]
    assert len(detail["DestroyedInstanceIds"]["DestroyedInstanceId"]) == 2


def test_a_group_replaces_what_is_gone_when_it_is_modified(account):
    group_id, (result,) = create(account)
    account.wait()
    account.call("DeleteInstance", InstanceId=result["InstanceIds"]["InstanceId"][0], Force="true")
    account.wait()
    modify(account, group_id, LaunchTemplateConfig=[option(account, XLARGE)])
    assert [each["InstanceType"] for each in members(account, group_id)] == [XLARGE]


def test_a_group_cannot_be_modified_in_every_way(account):
    group_id, _ = create(account)
    action, named = "ModifyAutoProvisioningGroup", {"AutoProvisioningGroupId": group_id}
    busy = ("AutoProvisioningGroup.IncorrectStatus", 403)
    assert account.refusal(action, **named, TotalTargetCapacity=2) == busy
    account.wait()
    assert account.refusal(action, AutoProvisioningGroupId="apg-none") == ABSENT
    too_much = {"PayAsYouGoTargetCapacity": 2}
    assert account.refusal(action, **named, **too_much) == ("InvalidParameter.TargetCapacity", 403)
    assert account.refusal(action, **named, MaxSpotPrice=0) == ("InvalidParameter.MaxPrice", 404)
    assert account.refusal(action, **named, AutoProvisioningGroupName="1") == ("InvalidName.Malformed", 403)


@pytest.mark.parametrize(
    ("told", "asked", "left"),
    [("false", {}, 2), ("true", {}, 1), ("false", {"TerminateInstances": "true"}, 1)],
)
def test_a_deleted_group_releases_its_instances_or_keeps_them(account, told, asked, left):
    group_id, (result,) = create(account, TotalTargetCapacity=2, TerminateInstances=told)
    account.wait()
    protected = result["InstanceIds"]["InstanceId"][0]
    account.call("ModifyInstanceAttribute", InstanceId=protected, DeletionProtection="true")
    account.call("DeleteAutoProvisioningGroup", AutoProvisioningGroupId=group_id, **asked)
    account.wait()
    assert len(account.describe_instances()) == left
    named = {"AutoProvisioningGroupId": group_id}
    assert account.refusal("DeleteAutoProvisioningGroup", **named) == ABSENT
    assert account.refusal("DescribeAutoProvisioningGroupInstances", **named) == ABSENT
    assert account.refusal("DescribeAutoProvisioningGroupHistory", **named) == ABSENT


def test_a_group_whose_instances_start_is_busy(account):
    group_id, _ = create(account)
    busy = ("AutoProvisioningGroup.IncorrectStatus", 403)
    named = {"AutoProvisioningGroupId": group_id}
    assert account.refusal("DeleteAutoProvisioningGroup", **named, TerminateInstances="true") == busy
    account.call("DeleteAutoProvisioningGroup", **named)
    assert len(account.describe_instances()) == 1


def test_the_history_is_that_of_a_time(account):
    group_id, _ = create(account)
    assert len(history(account, group_id, StartTime="2026-01-01T00:00:00Z")) == 1
    assert history(account, group_id, StartTime="2099-01-01T00:00:00Z") == []
    assert history(account, group_id, EndTime="2001-01-01T00:00:00Z") == []
