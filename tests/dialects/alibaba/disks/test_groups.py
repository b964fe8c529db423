"""Snapshot-consistent groups, locks, chains and copies of Alibaba Cloud's snapshots."""

import json

import pytest
from tests.dialects.alibaba.disks.disk_calls import attach, create, later, snapshot, system_disk

DAY = 24 * 3600 * 1_000_000
HOUR = 3600 * 1_000_000
ESSD = {"DiskCategory": "cloud_essd", "Size": 20}


@pytest.fixture
def held(account):
    """A disk that is attached to an instance whose disks are ESSDs."""
    (account.instance_id,) = account.run_instances(**{"SystemDisk.Category": "cloud_essd"})
    return attach(account, create(account, **ESSD), account.instance_id)


def group(account, **params):
    params = params or {"InstanceId": account.instance_id}
    made = account.call("CreateSnapshotGroup", **params)["SnapshotGroupId"]
    account.wait()
    return made


def listed(account, **criteria):
    return account.call("DescribeSnapshotGroups", **criteria)["SnapshotGroups"]["SnapshotGroup"]


def snapshots(account, **criteria):
    return account.call("DescribeSnapshots", **criteria)["Snapshots"]["Snapshot"]


def test_a_group_has_a_snapshot_of_each_disk(account, held):
    made = account.call(
        "CreateSnapshotGroup",
        InstanceId=account.instance_id,
        Name="all",
        Description="mine",
        ResourceGroupId="rg-1",
        InstantAccess=True,
        InstantAccessRetentionDays=2,
        Tag=[{"Key": "a", "Value": "b"}],
    )["SnapshotGroupId"]
    (found,) = listed(account)
    assert (found["Status"], found["SnapshotGroupId"]) == ("progressing", made)
    account.wait()
    (found,) = listed(account)
    assert made.startswith("ssg-")
    assert (found["Status"], found["Name"], found["Description"]) == ("accomplished", "all", "mine")
    assert found["Tags"]["Tag"] == [{"Key": "a", "Value": "b"}]
    first, second = found["Snapshots"]["Snapshot"]
    assert (first["SourceDiskType"], second["SourceDiskId"]) == ("system", held)
    assert (first["Progress"], first["InstantAccess"], first["InstantAccessRetentionDays"]) == (
        "100%",
        True,
        2,
    )
    one = group(account, DiskId=[held])
    other = group(account, InstanceId=account.instance_id, ExcludeDiskId=[held])
    assert [len(each["Snapshots"]["Snapshot"]) for each in listed(account)] == [1, 1, 2]
    for criteria, expected in (
        ({"SnapshotGroupId": [one, made]}, [one, made]),
        ({"InstanceId": "i-x"}, []),
        ({"Name": "all"}, [made]),
        ({"ResourceGroupId": "rg-1"}, [made]),
        ({"Status": ["accomplished"]}, [other, one, made]),
        ({"Status": ["failed"]}, []),
        ({"Tag": [{"Key": "a", "Value": "b"}]}, [made]),
        ({"MaxResults": 1}, [other]),
    ):
        assert [each["SnapshotGroupId"] for each in listed(account, **criteria)] == expected
    account.call(
        "TagResources", ResourceType="snapshotgroup", ResourceId=[one], Tag=[{"Key": "k", "Value": "v"}]
    )
    assert len(listed(account, Tag=[{"Key": "k"}])) == 1


def test_a_group_that_cannot_be_is_refused(account, held):
    free, slow = create(account, **ESSD), create(account)
    attach(account, slow, account.instance_id)
    here = {"InstanceId": account.instance_id}
    for params, refusal in (
        ({}, ("MissingParameter", 400)),
        ({"InstanceId": "i-x"}, ("InvalidInstanceId.NotFound", 404)),
        ({"DiskId": ["d-x"]}, ("InvalidDiskId.NotFound", 404)),
        ({"DiskId": [free]}, ("IncorrectDiskStatus", 403)),
        ({**here, "DiskId": [free]}, ("IncorrectDiskStatus", 403)),
        ({**here}, ("DiskCategory.OperationNotSupported", 400)),
        ({**here, "DiskId": [held], "ExcludeDiskId": [slow]}, ("InvalidParameter.Conflict", 400)),
        ({**here, "Name": "1"}, ("InvalidParameter.Name", 400)),
        ({**here, "ExcludeDiskId": [held, slow, system_disk(account, account.instance_id)]},
         ("DiskId.ValueNotSupported", 403)),
    ):  # fmt: skip
        assert account.refusal("CreateSnapshotGroup", **params) == refusal
    account.call("CreateSnapshotGroup", DiskId=[held])
    refused = account.refusal("CreateSnapshotGroup", DiskId=[held])
    assert refused == ("IncorrectDiskStatus.CreatingSnapshot", 403)


def test_a_group_is_changed_and_deleted(account, held):
    made = group(account)
    account.call("ModifySnapshotGroup", SnapshotGroupId=made, Name="other", Description="new")
    (found,) = listed(account)
    assert (found["Name"], found["Description"]) == ("other", "new")
    account.call("CreateImage", SnapshotId=snapshots(account, SourceDiskType="System")[0]["SnapshotId"])
    account.wait()
    reply = account.call("DeleteSnapshotGroup", SnapshotGroupId=made)
    rows = reply["OperationProgressSet"]["OperationProgress"]
    assert [(each["OperationStatus"], each["ErrorCode"]) for each in rows] == [
        ("Failed", "SnapshotCreatedImage"),
        ("Success", ""),
    ]
    assert listed(account) == []
    assert len(snapshots(account)) == 1
    missing = ("InvalidSnapshotGroup.NotFound", 404)
    for action in ("ModifySnapshotGroup", "DeleteSnapshotGroup"):
        assert account.refusal(action, SnapshotGroupId=made) == missing
    locked = group(account, DiskId=[held])
    (snapshot_id,) = [each["SnapshotId"] for each in snapshots(account, DiskId=held)]
    lock(account, snapshot_id)
    reply = account.call("DeleteSnapshotGroup", SnapshotGroupId=locked)
    assert reply["OperationProgressSet"]["OperationProgress"][0]["ErrorCode"] == "Operation.Conflict"


# -- locks -------------------------------------------------------------------------------------------------


def lock(account, snapshot_id, **params):
    params = {"LockMode": "compliance", "LockDuration": 2, "CoolOffPeriod": 1, **params}
    return account.call("LockSnapshot", SnapshotId=snapshot_id, **params)["LockedSnapshotInfo"]


def locks(account, **criteria):
    return account.call("DescribeLockedSnapshots", **criteria)["LockedSnapshotsInfo"]


def test_a_snapshot_is_locked_until_its_days_are_over(account, held):
    made = snapshot(account, held)
    info = lock(account, made)
    assert (info["LockStatus"], info["LockDuration"], info["CoolOffPeriod"]) == ("compliance-cooloff", 2, 1)
    assert info["LockCreationTime"] == info["LockDurationStartTime"]
    conflict = ("Operation.Conflict", 403)
    assert account.refusal("DeleteSnapshot", SnapshotId=made, Force=True) == conflict
    account.call("UnlockSnapshot", SnapshotId=made)
    assert locks(account) == []
    assert account.refusal("UnlockSnapshot", SnapshotId=made) == ("InvalidSnapshotLock.NotFound", 404)
    lock(account, made)
    later(account, HOUR)
    assert locks(account, LockStatus="compliance", SnapshotIds=[made])[0]["SnapshotId"] == made
    firm = ("InvalidOperation.CoolOffPeriodExpired", 403)
    assert account.refusal("UnlockSnapshot", SnapshotId=made) == firm
    less = {"LockMode": "compliance", "LockDuration": 1, "CoolOffPeriod": 0}
    assert account.refusal("LockSnapshot", SnapshotId=made, **less) == firm
    later(account, 2 * DAY)
    assert locks(account)[0]["LockStatus"] == "expired"
    account.call("DeleteSnapshot", SnapshotId=made)


def test_a_lock_that_cannot_be_is_refused(account, held):
    passing = snapshot(account, held, RetentionDays=3)
    given = {"LockMode": "compliance", "LockDuration": 4, "CoolOffPeriod": 0}
    assert account.refusal("LockSnapshot", SnapshotId="s-x", **given) == ("InvalidSnapshotId.NotFound", 404)
    assert account.refusal("LockSnapshot", SnapshotId=passing, **given) == ("InvalidParameter", 400)
    given["LockDuration"] = 1
    dry = account.refusal("LockSnapshot", SnapshotId=passing, DryRun=True, **given)
    assert dry == ("DryRunOperation", 400)
    assert locks(account) == []
    assert account.refusal("DescribeLockedSnapshots", DryRun=True) == ("DryRunOperation", 400)


def test_the_days_of_a_lock_count_once_the_snapshot_is_complete(account, held):
    made = account.call("CreateSnapshot", DiskId=held)["SnapshotId"]
    info = lock(account, made)
    assert (info["LockDurationStartTime"], info["LockExpiredTime"]) == ("", "")
    account.wait()
    assert locks(account)[0]["LockExpiredTime"] != ""


# -- chains and copies -------------------------------------------------------------------------------------


def test_the_snapshots_of_a_disk_are_a_chain(account, held):
    other = system_disk(account, account.instance_id)
    for disk_id in (held, held, other):
        snapshot(account, disk_id)

    def chains(**criteria):
        rows = account.call("DescribeSnapshotLinks", **criteria)["SnapshotLinks"]["SnapshotLink"]
        return [(each["SourceDiskId"], each["TotalCount"]) for each in rows]

    assert chains() == [(other, 1), (held, 2)]
    (link,) = {each["SnapshotLinkId"] for each in snapshots(account, DiskId=held)}
    for criteria, expected in (
        ({"DiskIds": json.dumps([held])}, [(held, 2)]),
        ({"DiskIds": "[]"}, []),
        ({"SnapshotLinkIds": json.dumps([link])}, [(held, 2)]),
        ({"InstanceId": account.instance_id}, [(other, 1), (held, 2)]),
        ({"InstanceId": "i-x"}, []),
        ({"PageNumber": 2, "PageSize": 1}, [(held, 2)]),
        ({"MaxResults": 1}, [(other, 1)]),
    ):
        assert chains(**criteria) == expected
    assert account.refusal("DescribeSnapshotLinks", DiskIds="x") == ("InvalidDiskIds", 400)
    assert account.refusal("DescribeSnapshotLinks", SnapshotLinkIds="x") == ("InvalidSnapshotLinkIds", 400)
    usage = account.call("DescribeSnapshotsUsage")
    assert usage["SnapshotCount"] == 3
    account.call("DetachDisk", DiskId=held, InstanceId=account.instance_id)
    account.wait()
    account.call("DeleteDisk", DiskId=held)
    account.wait()
    assert chains() == [(other, 1), (held, 2)]


def test_a_snapshot_is_copied_to_another_region(account, held):
    source = snapshot(account, held)
    given = {
        "SnapshotId": source,
        "DestinationRegionId": "cn-shanghai",
        "DestinationSnapshotName": "copy",
        "DestinationSnapshotDescription": "of it",
        "RetentionDays": 3,
        "Tag": [{"Key": "a", "Value": "b"}],
    }
    made = account.call("CopySnapshot", **given)["SnapshotId"]
    (found,) = snapshots(account, RegionId="cn-shanghai")
    assert (found["SnapshotId"], found["Status"], found["RetentionDays"]) == (made, "progressing", 3)
    assert (found["SourceRegionId"], found["SourceSnapshotId"]) == ("cn-hangzhou", source)
    assert (found["SnapshotName"], found["Description"]) == ("copy", "of it")
    refused = account.refusal("CopySnapshot", **given)
    assert refused == ("InvalidOperation.DiskHasUnfinishedSnapshotCopy", 403)
    here = {**given, "DestinationRegionId": "cn-hangzhou"}
    assert account.refusal("CopySnapshot", **here) == ("InvalidOperation.NotSupportCopyInSameRegion", 403)
    absent = {**given, "SnapshotId": "s-x"}
    assert account.refusal("CopySnapshot", **absent) == ("InvalidSnapshotId.NotFound", 403)
    running = {**given, "SnapshotId": account.call("CreateSnapshot", DiskId=held)["SnapshotId"]}
    assert account.refusal("CopySnapshot", **running) == ("InvalidSnapshotId.NotReady", 403)
