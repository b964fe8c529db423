"""Snapshot groups, backup points, copies and shares of Tencent Cloud's snapshots."""

import pytest
from tests.dialects.tencent.disks.disk_calls import (
    ABSENT,
    NO_SNAPSHOT,
    attach,
    create,
    shown,
    snapshot,
    state,
    system_disk,
)

NO_GROUP = "csnap-absent00"


@pytest.fixture
def disks(account):
    """The system disk of an instance, and a data disk that is attached to it."""
    (account.instance_id,) = account.run_instances()
    return [
        system_disk(account, account.instance_id),
        attach(account, create(account), account.instance_id),
    ]


def groups(account, **criteria):
    filters = [{"Name": name.replace("_", "-"), "Values": [value]} for name, value in criteria.items()]
    return account.call("DescribeSnapshotGroups", Filters=filters)["SnapshotGroupSet"]


def group(account, disks, **params):
    made = account.call("CreateSnapshotGroup", DiskIds=disks, **params)["SnapshotGroupId"]
    account.wait()
    return made


def stop(account):
    account.call("StopInstances", InstanceIds=[account.instance_id])
    account.wait()


def test_a_group_has_a_snapshot_of_each_disk(account, disks):
    tags = [{"Key": "a", "Value": "b"}]
    made = account.call("CreateSnapshotGroup", DiskIds=disks, SnapshotGroupName="all", Tags=tags)
    (found,) = groups(account)
    assert (found["SnapshotGroupId"], found["SnapshotGroupState"]) == (made["SnapshotGroupId"], "CREATING")
    account.wait()
    (found,) = groups(account)
    assert (found["SnapshotGroupState"], found["Percent"], found["SnapshotGroupName"]) == (
        "NORMAL",
        100,
        "all",
    )
    assert (found["ContainRootSnapshot"], found["ImageCount"]) == (True, 0)
    listed = account.call("DescribeSnapshots", SnapshotIds=found["SnapshotIdSet"], Order="ASC")[
        "SnapshotSet"
    ]
    assert [(each["DiskId"], each["SnapshotName"]) for each in listed] == [
        (disks[0], "all_0"),
        (disks[1], "all_1"),
    ]
    other = group(account, disks[1:])
    (second, _) = groups(account)
    assert (second["SnapshotGroupId"], second["SnapshotGroupName"]) == (other, "Unnamed")
    for criteria in (
        {"snapshot_group_id": other},
        {"snapshot_group_name": "Unnamed"},
        {"snapshot_id": second["SnapshotIdSet"][0]},
    ):
        assert [each["SnapshotGroupId"] for each in groups(account, **criteria)] == [other]
    assert groups(account, snapshot_group_state="ROLLBACKING") == []
    wrong = [{"Name": "x", "Values": ["y"]}]
    assert account.refusal("DescribeSnapshotGroups", Filters=wrong) == "InvalidFilter"


def test_a_group_that_cannot_be_is_refused(account, disks):
    free = create(account)
    for ids, code in (
        ([ABSENT], "InvalidDiskId.NotFound"),
        ([free], "InvalidParameter"),
        ([disks[0], free], "InvalidParameter"),
        ([], "MissingParameter"),
    ):
        assert account.refusal("CreateSnapshotGroup", DiskIds=ids) == code
    account.call("CreateSnapshotGroup", DiskIds=disks)
    refused = account.refusal("CreateSnapshotGroup", DiskIds=disks)
    assert refused == "ResourceUnavailable.SnapshotCreating"
    busy = groups(account)[0]["SnapshotGroupId"]
    state_error = "UnsupportedOperation.StateError"
    assert account.refusal("DeleteSnapshotGroup", SnapshotGroupId=busy) == state_error
    account.wait()
    account.call("StopInstances", InstanceIds=[account.instance_id])
    refused = account.refusal("CreateSnapshotGroup", DiskIds=disks)
    assert refused == "ResourceUnavailable.NotSupported"


def test_a_group_is_deleted_with_its_images(account, disks):
    made = group(account, disks)
    ids = groups(account)[0]["SnapshotIdSet"]
    account.call("CreateImage", ImageName="a", SnapshotIds=ids)
    account.wait()
    assert groups(account)[0]["ImageCount"] == 1
    call = "DeleteSnapshotGroup"
    used = "UnsupportedOperation.SnapshotHasBindedImage"
    assert account.refusal(call, SnapshotGroupId=made) == used
    account.call(call, SnapshotGroupIds=[made], DeleteBindImages=True)
    assert groups(account) == []
    assert account.call("DescribeSnapshots")["TotalCount"] == 0
    assert account.refusal(call, SnapshotGroupId=made) == "InvalidSnapshotId.NotFound"
    assert account.refusal(call) == "MissingParameter"


def test_disks_hold_again_what_they_held(account, disks):
    made = group(account, disks)
    first, second = groups(account)[0]["SnapshotIdSet"]
    pairs = [{"DiskId": disks[0], "SnapshotId": first}, {"DiskId": disks[1], "SnapshotId": second}]
    call, state_error = "ApplySnapshotGroup", "UnsupportedOperation.StateError"
    assert account.refusal(call, SnapshotGroupId=made, ApplyDisks=pairs) == state_error
    stop(account)
    for params, code in (
        ({"SnapshotGroupId": NO_GROUP}, "InvalidParameter"),
        ({"ApplyDisks": []}, "MissingParameter"),
        ({"ApplyDisks": [{"DiskId": ABSENT, "SnapshotId": first}]}, "InvalidParameter"),
        ({"ApplyDisks": [{"DiskId": disks[0], "SnapshotId": NO_SNAPSHOT}]}, "InvalidParameter"),
        ({"ApplyDisks": [{"DiskId": disks[0], "SnapshotId": second}]}, "InvalidParameter"),
        ({"AutoStopInstance": True}, state_error),
    ):
        assert account.refusal(call, **{"SnapshotGroupId": made, "ApplyDisks": pairs, **params}) == code
    account.call(call, SnapshotGroupId=made, ApplyDisks=pairs)
    assert groups(account)[0]["SnapshotGroupState"] == "ROLLBACKING"
    account.wait()
    assert groups(account)[0]["SnapshotGroupState"] == "NORMAL"
    assert state(account, disks[1]) == "ATTACHED"


# -- backup points -----------------------------------------------------------------------------------------


def backups(account, **criteria):
    return account.call("DescribeDiskBackups", **criteria)["DiskBackupSet"]


def backup(account, disk_id):
    made = account.call("CreateDiskBackup", DiskId=disk_id, DiskBackupName="before")["DiskBackupId"]
    account.wait()
    return made


def test_a_disk_has_as_many_backup_points_as_its_quota(account):
    disk_id = create(account)
    assert account.refusal("CreateDiskBackup", DiskId=disk_id) == "ResourceInsufficient.OverQuota"
    account.call("ModifyDiskBackupQuota", DiskId=disk_id, DiskBackupQuota=2)
    first = account.call("CreateDiskBackup", DiskId=disk_id, DiskBackupName="before")["DiskBackupId"]
    (found,) = backups(account)
    assert (found["DiskBackupId"], found["DiskBackupState"], found["Percent"]) == (first, "CREATING", 0)
    assert account.refusal("DeleteDiskBackups", DiskBackupIds=[first]) == "ResourceBusy"
    busy = account.refusal("CreateDiskBackup", DiskId=disk_id)
    assert busy == "ResourceUnavailable.SnapshotCreating"
    account.wait()
    (found,) = backups(account)
    assert (found["DiskBackupState"], found["DiskId"], found["DiskSize"]) == ("NORMAL", disk_id, 20)
    second = backup(account, disk_id)
    counts = shown(account, disk_id)
    assert (counts["DiskBackupCount"], counts["DiskBackupQuota"]) == (2, 2)
    for criteria, expected in (
        ({"DiskBackupIds": [second]}, [second]),
        ({"Filters": [{"Name": "disk-id", "Values": [disk_id]}]}, [first, second]),
        ({"Filters": [{"Name": "disk-usage", "Values": ["SYSTEM_DISK"]}]}, []),
        ({"Order": "DESC", "Limit": 1}, [second]),
    ):
        assert [each["DiskBackupId"] for each in backups(account, **criteria)] == expected
    both = {"DiskBackupIds": [first], "Filters": [{"Name": "disk-id", "Values": ["x"]}]}
    assert account.refusal("DescribeDiskBackups", **both) == "InvalidParameter"
    fewer = {"DiskId": disk_id, "DiskBackupQuota": 1}
    assert account.refusal("ModifyDiskBackupQuota", **fewer) == "InvalidParameter"
    absent = {"DiskId": ABSENT, "DiskBackupQuota": 1}
    assert account.refusal("ModifyDiskBackupQuota", **absent) == "ResourceNotFound.NotFound"
    account.call("DeleteDiskBackups", DiskBackupIds=[first])
    refused = account.refusal("DeleteDiskBackups", DiskBackupIds=[first])
    assert refused == "ResourceNotFound.NotFound"
    assert account.refusal("CreateDiskBackup", DiskId=ABSENT) == "InvalidDiskId.NotFound"


def test_a_backup_point_is_put_back_or_becomes_a_snapshot(account):
    disk_id, other = (create(account, DiskBackupQuota=1) for _ in "12")
    made = backup(account, disk_id)
    call = "ApplyDiskBackup"
    wrong = account.refusal(call, DiskBackupId=made, DiskId=other)
    assert wrong == "InvalidDisk.NotSupported"
    absent = account.refusal(call, DiskBackupId="dbp-absent00", DiskId=other)
    assert absent == "ResourceNotFound.NotFound"
    stopping = account.refusal(call, DiskBackupId=made, DiskId=disk_id, AutoStopInstance=True)
    assert stopping == "ResourceUnavailable.NotSupported"
    account.call(call, DiskBackupId=made, DiskId=disk_id)
    assert backups(account)[0]["DiskBackupState"] == "ROLLBACKING"
    assert shown(account, disk_id)["Rollbacking"]
    account.wait()
    assert backups(account)[0]["DiskBackupState"] == "NORMAL"
    copy = snapshot(account, disk_id, DiskBackupId=made)
    assert copy.startswith("snap-")
    refused = account.refusal("CreateSnapshot", DiskId=other, DiskBackupId=made)
    assert refused == "ResourceNotFound.NotFound"
    account.call("TerminateDisks", DiskIds=[disk_id])
    account.wait()
    assert backups(account) == []


# -- copies, shares, counts --------------------------------------------------------------------------------


def test_a_snapshot_is_copied_to_other_regions(account):
    source = snapshot(account, create(account))
    call, regions = "CopySnapshotCrossRegions", ["ap-beijing", "ap-shanghai"]
    reply = account.call(call, SnapshotId=source, DestinationRegions=regions)
    rows = reply["SnapshotCopyResultSet"]
    assert [(each["Code"], each["Message"], each["DestinationRegion"]) for each in rows] == [
        ("Success", "", each) for each in regions
    ]
    refused = account.refusal(call, SnapshotId=source, DestinationRegions=["ap-beijing"])
    assert refused == "ResourceInUse.CopySnapshotConflict"
    for params, code in (
        ({"SnapshotId": NO_SNAPSHOT}, "InvalidSnapshotId.NotFound"),
        ({"DestinationRegions": ["ap-guangzhou"]}, "InvalidParameterValue"),
        ({"DestinationRegions": ["nowhere"]}, "InvalidParameterValue"),
        ({"SnapshotId": snapshot(account, create(account, Encrypt="ENCRYPT"))},
         "UnsupportedOperation.SnapshotNotSupportCopy"),
        ({"SnapshotId": account.call("CreateSnapshot", DiskId=create(account))["SnapshotId"]},
         "ResourceBusy"),
    ):  # fmt: skip
        given = {"SnapshotId": source, "DestinationRegions": ["ap-chengdu"], **params}
        assert account.refusal(call, **given) == code


def test_a_snapshot_is_shared_with_accounts(account, disks):
    made = snapshot(account, disks[1])
    call, given = "ModifySnapshotsSharePermission", {"SnapshotIds": [made], "AccountIds": ["1044849112"]}
    account.call(call, Permission="SHARE", **given)
    rows = account.call("DescribeSnapshotSharePermission", SnapshotId=made)["SharePermissionSet"]
    assert [each["AccountId"] for each in rows] == ["1044849112"]
    many = {**given, "AccountIds": [str(1_000_000 + each) for each in range(50)]}
    assert account.refusal(call, Permission="SHARE", **many) == "ResourceInsufficient.OverQuota"
    account.call(call, Permission="CANCEL", **given)
    assert account.call("DescribeSnapshotSharePermission", SnapshotId=made)["SharePermissionSet"] == []
    of_system = {**given, "SnapshotIds": [snapshot(account, disks[0])]}
    assert account.refusal(call, Permission="SHARE", **of_system) == "InvalidSnapshot.NotSupported"
    absent = {**given, "SnapshotIds": [NO_SNAPSHOT]}
    assert account.refusal(call, Permission="SHARE", **absent) == "InvalidSnapshotId.NotFound"
    assert account.refusal(call, Permission="x", **given) == "InvalidParameter"
    refused = account.refusal("DescribeSnapshotSharePermission", SnapshotId=NO_SNAPSHOT)
    assert refused == "InvalidParameterValue"


def test_snapshots_are_counted(account):
    for size in (20, 40):
        snapshot(account, create(account, DiskSize=size))
    expected = {"TotalNums": 2, "TotalSize": 60.0, "FreeQuota": 50.0, "RealTradeSize": 10.0}
    for action in ("DescribeSnapshotOverview", "GetSnapOverview"):
        reply = account.call(action)
        assert {name: reply[name] for name in expected} == expected
