"""Automatic snapshot policies of Alibaba Cloud."""

import json

import pytest
from tests.dialects.alibaba.disks.disk_calls import attach, create, later, shown, snapshot

DAY = 24 * 3600 * 1_000_000


def policy(account, **params):
    params = {
        "timePoints": '["0","6","12","18"]',
        "repeatWeekdays": '["1","2","3","4","5","6","7"]',
        "retentionDays": 1,
        **params,
    }
    return account.call("CreateAutoSnapshotPolicy", **params)["AutoSnapshotPolicyId"]


def listed(account, **criteria):
    return account.call("DescribeAutoSnapshotPolicyEx", **criteria)["AutoSnapshotPolicies"][
        "AutoSnapshotPolicy"
    ]


def apply(account, policy_id, *disk_ids):
    account.call("ApplyAutoSnapshotPolicy", autoSnapshotPolicyId=policy_id, diskIds=json.dumps(disk_ids))


@pytest.fixture
def held(account):
    """A disk that is attached to an instance."""
    (account.instance_id,) = account.run_instances()
    return attach(account, create(account), account.instance_id)


def automatic(account):
    return account.call("DescribeSnapshots", SnapshotType="auto")["Snapshots"]["Snapshot"]


def test_a_policy_is_described_as_it_was_created(account):
    made = policy(
        account,
        autoSnapshotPolicyName="nightly",
        timePoints='["19", "0", "0"]',
        repeatWeekdays='["7"]',
        retentionDays=-1,
        Tag=[{"Key": "a", "Value": "b"}],
        ResourceGroupId="rg-1",
        EnableCrossRegionCopy=True,
        TargetCopyRegions='["cn-beijing"]',
        CopiedSnapshotsRetentionDays=3,
        CopyEncryptionConfiguration={"Encrypted": True, "KMSKeyId": "k"},
    )
    (found,) = listed(account)
    assert made.startswith("sp-")
    assert (found["AutoSnapshotPolicyId"], found["AutoSnapshotPolicyName"]) == (made, "nightly")
    assert (found["TimePoints"], found["RepeatWeekdays"]) == ('["0", "19"]', '["7"]')
    assert (found["RetentionDays"], found["DiskNums"], found["Status"]) == (-1, 0, "Normal")
    assert found["Tags"]["Tag"] == [{"TagKey": "a", "TagValue": "b"}]
    assert (found["EnableCrossRegionCopy"], found["TargetCopyRegions"]) == (True, '["cn-beijing"]')
    assert found["CopyEncryptionConfiguration"] == {"Encrypted": True, "KMSKeyId": "k"}
    other = policy(account)
    assert [each["AutoSnapshotPolicyId"] for each in listed(account)] == [other, made]
    for criteria in (
        {"AutoSnapshotPolicyId": made},
        {"AutoSnapshotPolicyName": "nightly"},
        {"ResourceGroupId": "rg-1"},
        {"Tag": [{"Key": "a"}]},
        {"PageNumber": 2, "PageSize": 1},
    ):
        assert [each["AutoSnapshotPolicyId"] for each in listed(account, **criteria)] == [made]


@pytest.mark.parametrize(
    "params",
    [
        {"timePoints": "[]"},
        {"timePoints": "x"},
        {"timePoints": '["24"]'},
        {"timePoints": '["01"]'},
        {"repeatWeekdays": '["0"]'},
        {"retentionDays": 0},
        {"retentionDays": 65537},
        {"autoSnapshotPolicyName": "1"},
    ],
)
def test_a_policy_that_cannot_be_is_refused(account, params):
    given = {"timePoints": '["1"]', "repeatWeekdays": '["1"]', "retentionDays": 1, **params}
    assert account.refusal("CreateAutoSnapshotPolicy", **given) == ("ParameterInvalid", 403)
    assert listed(account) == []


def test_a_policy_is_changed_and_deleted(account, held):
    made = policy(account)
    apply(account, made, held)
    account.call(
        "ModifyAutoSnapshotPolicyEx",
        autoSnapshotPolicyId=made,
        autoSnapshotPolicyName="other",
        timePoints='["3"]',
        retentionDays=9,
        EnableCrossRegionCopy=False,
    )
    (found,) = listed(account)
    assert (found["AutoSnapshotPolicyName"], found["TimePoints"]) == ("other", '["3"]')
    assert (found["RetentionDays"], found["DiskNums"]) == (9, 1)
    account.call("ModifyAutoSnapshotPolicyEx", autoSnapshotPolicyId=made, repeatWeekdays='["1"]')
    assert listed(account)[0]["RepeatWeekdays"] == '["1"]'
    account.call("DeleteAutoSnapshotPolicy", autoSnapshotPolicyId=made)
    assert listed(account) == []
    assert not shown(account, held)["EnableAutomatedSnapshotPolicy"]
    for action in ("ModifyAutoSnapshotPolicyEx", "DeleteAutoSnapshotPolicy"):
        assert account.refusal(action, autoSnapshotPolicyId=made) == ("ParameterInvalid", 404)


def test_disks_have_policies(account, held):
    one, other = policy(account), policy(account)
    apply(account, one, held)
    apply(account, other, held)
    found = shown(account, held)
    assert (found["AutoSnapshotPolicyId"], found["EnableAutomatedSnapshotPolicy"]) == (one, True)
    call = "DescribeAutoSnapshotPolicyAssociations"
    for criteria, expected in (
        ({}, [one, other]),
        ({"DiskId": held}, [one, other]),
        ({"AutoSnapshotPolicyId": other}, [other]),
        ({"DiskId": "d-x"}, []),
        ({"MaxResults": 1}, [one, other]),
    ):
        reply = account.call(call, **criteria)
        rows = reply["AutoSnapshotPolicyAssociations"]["AutoSnapshotPolicyAssociation"]
        assert [each["AutoSnapshotPolicyId"] for each in rows] == expected
        assert reply["NextToken"] == ""
    both = {"DiskId": held, "AutoSnapshotPolicyId": one}
    assert account.refusal(call, **both) == ("InvalidParameter.Conflict", 400)
    ids = json.dumps([held])
    cancel = "CancelAutoSnapshotPolicy"
    several = ("OperationDenied.TooManyAutoSnapshotPolicies", 403)
    assert account.refusal(cancel, diskIds=ids) == several
    account.call(cancel, diskIds=ids, autoSnapshotPolicyId=one)
    account.call(cancel, diskIds=ids)
    assert shown(account, held)["AutoSnapshotPolicyId"] == ""
    missing = ("InvalidDiskId.NotFound", 404)
    assert account.refusal(cancel, diskIds='["d-x"]') == missing
    assert account.refusal(cancel, diskIds="x") == ("ParameterInvalid", 403)
    no_policy = ("InvalidAutoSnapshotPolicyId.NotFound", 400)
    assert account.refusal(cancel, diskIds=ids, autoSnapshotPolicyId="sp-x") == no_policy
    call = "ApplyAutoSnapshotPolicy"
    assert account.refusal(call, diskIds=ids, autoSnapshotPolicyId="sp-x") == no_policy
    assert account.refusal(call, diskIds='["d-x"]', autoSnapshotPolicyId=one) == missing


def test_associations_come_in_pages(account, held):
    others = [create(account) for _ in range(11)]
    made = policy(account)
    apply(account, made, held, *others)
    call = "DescribeAutoSnapshotPolicyAssociations"
    first = account.call(call)
    second = account.call(call, NextToken=first["NextToken"])
    sizes = [
        len(each["AutoSnapshotPolicyAssociations"]["AutoSnapshotPolicyAssociation"])
        for each in (first, second)
    ]
    assert (sizes, second["NextToken"]) == ([10, 2], "")


def test_a_policy_makes_snapshots_and_keeps_them_for_a_time(account, held):
    made = policy(account)
    apply(account, made, held)
    later(account, 3 * DAY)
    found = automatic(account)
    assert len(found) == 4
    assert {each["SourceDiskId"] for each in found} == {held}
    assert {each["RetentionDays"] for each in found} == {1}
    assert all(each["SnapshotName"].endswith(f"_{made}") for each in found)
    assert found[0]["SnapshotName"].startswith("auto2.0_2")
    account.call("ModifyDiskAttribute", DiskId=held, EnableAutoSnapshot=False)
    later(account, 3 * DAY)
    assert automatic(account) == []


def test_automatic_snapshots_go_with_their_disk_where_it_says_so(account, held):
    own = snapshot(account, held)
    account.call("ModifyDiskAttribute", DiskId=held, DeleteAutoSnapshot=True)
    made = policy(account, retentionDays=-1)
    apply(account, made, held)
    later(account, DAY)
    assert len(automatic(account)) == 4
    account.call("DetachDisk", DiskId=held, InstanceId=account.instance_id)
    account.wait()
    account.call("DeleteDisk", DiskId=held)
    account.wait()
    left = account.call("DescribeSnapshots")["Snapshots"]["Snapshot"]
    assert [each["SnapshotId"] for each in left] == [own]


def test_the_disks_of_an_instance_come_with_a_policy(account):
    made = policy(account)
    (instance_id,) = account.run_instances(
        **{"SystemDisk.AutoSnapshotPolicyId": made}, DataDisk=[{"Size": 20, "AutoSnapshotPolicyId": "sp-x"}]
    )
    disks = account.call("DescribeDisks", InstanceId=instance_id)["Disks"]["Disk"]
    assert {each["AutoSnapshotPolicyId"] for each in disks} == {made, "sp-x"}
    assert listed(account)[0]["DiskNums"] == 1


def test_a_snapshot_goes_when_its_retention_is_over(account, held):
    passing = snapshot(account, held, RetentionDays=2)
    account.call("ModifySnapshotAttribute", SnapshotId=passing, RetentionDays=3)
    later(account, 2 * DAY)
    (found,) = account.call("DescribeSnapshots", SnapshotType="user")["Snapshots"]["Snapshot"]
    assert (found["SnapshotId"], found["RetentionDays"]) == (passing, 3)
    later(account, DAY)
    assert account.call("DescribeSnapshots")["Snapshots"]["Snapshot"] == []


def test_policies_are_tagged(account):
    made = policy(account)
    account.call(
        "TagResources", ResourceType="snapshotpolicy", ResourceId=[made], Tag=[{"Key": "k", "Value": "v"}]
    )
    assert listed(account, Tag=[{"Key": "k", "Value": "v"}])[0]["AutoSnapshotPolicyId"] == made
