"""Snapshots of disks, and disks that come from them.

Source: the definitions of the actions of cbs in tccli.
"""

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
from tests.dialects.tencent.furnished_account import ZONE

WRONG = "InvalidParameterValue"
DEADLINE = "2030-01-31T12:00:00Z"


def listed(account, *filters, **params):
    named = [{"Name": name, "Values": values} for name, *values in filters]
    return account.call("DescribeSnapshots", Filters=named or None, **params)["SnapshotSet"]


def test_a_snapshot_is_created_and_outlives_its_disk(account):
    disk_id = create(account, DiskSize=30)
    tags = [{"Key": "team", "Value": "net"}]
    made = account.call("CreateSnapshot", DiskId=disk_id, SnapshotName="s", Tags=tags)
    (found,) = listed(account, SnapshotIds=[made["SnapshotId"]])
    assert (found["SnapshotState"], found["Percent"], found["SnapshotName"]) == ("CREATING", 0, "s")
    account.wait()
    (found,) = listed(account)
    assert (found["SnapshotState"], found["Percent"], found["DiskSize"]) == ("NORMAL", 100, 30)
    assert (found["DiskId"], found["DiskUsage"], found["IsPermanent"]) == (disk_id, "DATA_DISK", True)
    assert (found["Tags"], found["DeadlineTime"]) == (tags, "")
    disk = shown(account, disk_id)
    assert (disk["SnapshotCount"], disk["SnapshotSize"]) == (1, 30 * 1024)
    account.call("TerminateDisks", DiskIds=[disk_id])
    account.wait()
    assert [each["SnapshotId"] for each in listed(account)] == [made["SnapshotId"]]
    account.call("DeleteSnapshots", SnapshotIds=[made["SnapshotId"]])
    assert listed(account) == []


@pytest.mark.parametrize(
    ("deadline", "told"),
    [
        ("2042-01-08T09:47:55+00:00", "2042-01-08 17:47:55"),
        ("2032-02-29T12:00:00Z", "2032-02-29 20:00:00"),
        ("9999-12-31T12:00:00Z", "9999-12-31 20:00:00"),
    ],
)
def test_a_deadline_is_told_in_the_time_of_china(account, deadline, told):
    made = snapshot(account, create(account), Deadline=deadline)
    assert listed(account, SnapshotIds=[made])[0]["DeadlineTime"] == told


@pytest.mark.parametrize(
    "deadline", ["2031-02-29T12:00:00Z", "0000-01-01T00:00:00Z", "2030-01-31T12:00:00+08:00"]
)
def test_a_deadline_that_is_no_time_in_utc_is_refused(account, deadline):
    disk_id = create(account)
    assert (
        account.refusal("CreateSnapshot", DiskId=disk_id, Deadline=deadline) == "InvalidDisk.NotSupported"
    )
    assert listed(account) == []


def test_snapshots_that_expire_go_with_their_disk_where_it_is_wanted(account):
    disk_id = create(account)
    for_ever, passing = snapshot(account, disk_id), snapshot(account, disk_id, Deadline=DEADLINE)
    assert listed(account, SnapshotIds=[passing])[0]["DeadlineTime"] == "2030-01-31 20:00:00"
    account.call("TerminateDisks", DiskIds=[disk_id], DeleteSnapshot=1)
    account.wait()
    assert [each["SnapshotId"] for each in listed(account)] == [for_ever]


def test_a_disk_is_created_from_a_snapshot(account):
    snapshot_id = snapshot(account, create(account, DiskSize=30))
    copy = create(account, SnapshotId=snapshot_id, DiskSize=None)
    assert shown(account, copy)["DiskSize"] == 30
    larger = create(account, SnapshotId=snapshot_id, DiskSize=40)
    assert shown(account, larger)["DiskSize"] == 40
    params = {"Placement": {"Zone": ZONE}, "DiskType": "CLOUD_SSD", "DiskChargeType": "POSTPAID_BY_HOUR"}
    refused = account.refusal("CreateDisks", **params, DiskSize=20, SnapshotId=snapshot_id)
    assert refused == WRONG
    account.call("DeleteSnapshots", SnapshotIds=[snapshot_id])
    of_system = snapshot(account, system_disk(account, account.instance_id))
    assert account.refusal("CreateDisks", **params, SnapshotId=of_system) == WRONG


def test_while_a_snapshot_is_created_its_disk_is_left_alone(account):
    disk_id = create(account)
    snapshot_id = account.call("CreateSnapshot", DiskId=disk_id)["SnapshotId"]
    for action, params, code in (
        ("CreateSnapshot", {"DiskId": disk_id}, "ResourceUnavailable.SnapshotCreating"),
        ("ResizeDisk", {"DiskId": disk_id, "DiskSize": 50}, "ResourceUnavailable.SnapshotCreating"),
        ("TerminateDisks", {"DiskIds": [disk_id]}, "ResourceBusy"),
        ("DeleteSnapshots", {"SnapshotIds": [snapshot_id]}, "ResourceUnavailable.SnapshotCreating"),
        (
            "ApplySnapshot",
            {"SnapshotId": snapshot_id, "DiskId": disk_id},
            "ResourceUnavailable.SnapshotCreating",
        ),
        (
            "CreateDisks",
            {
                "Placement": {"Zone": ZONE},
                "DiskType": "CLOUD_SSD",
                "DiskChargeType": "POSTPAID_BY_HOUR",
                "SnapshotId": snapshot_id,
            },
            "ResourceBusy",
        ),
    ):
        assert account.refusal(action, **params) == code, action


def test_no_snapshot_is_made_of_a_disk_that_is_going(account):
    disk_id = create(account)
    account.call("TerminateDisks", DiskIds=[disk_id])
    assert account.refusal("CreateSnapshot", DiskId=disk_id) == "InvalidDisk.Busy"


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"DiskId": None}, "MissingParameter"),
        ({"DiskId": ABSENT}, "InvalidDiskId.NotFound"),
        ({"DiskBackupId": "dbp-1"}, "ResourceNotFound.NotFound"),
        ({"LocalSnap": True}, "InvalidDisk.NotSupportSnapshot"),
        ({"DiskUsage": "SYSTEM_DISK"}, "InvalidDisk.TypeError"),
        ({"Tags": [{"Key": f"k{i}", "Value": ""} for i in range(51)]}, "ResourceInsufficient.OverQuota"),
    ],
)
def test_a_snapshot_is_not_created_for(account, params, code):
    assert account.refusal("CreateSnapshot", **{"DiskId": create(account), **params}) == code


# -- what is said of them ----------------------------------------------------------------------------------


def test_a_snapshot_is_modified(account):
    snapshot_id = snapshot(account, create(account))
    account.call("ModifySnapshotAttribute", SnapshotId=snapshot_id, SnapshotName="renamed")
    account.call("ModifySnapshotAttribute", SnapshotId=snapshot_id, IsPermanent=False, Deadline=DEADLINE)
    (found,) = listed(account)
    assert (found["SnapshotName"], found["IsPermanent"]) == ("renamed", False)
    account.call("ModifySnapshotAttribute", SnapshotId=snapshot_id, IsPermanent=True)
    assert listed(account)[0]["IsPermanent"] is True
    for params, code in (
        ({}, "MissingParameter"),
        ({"IsPermanent": False}, "MissingParameter"),
        ({"Deadline": DEADLINE}, WRONG),
        ({"IsPermanent": False, "Deadline": "soon"}, WRONG),
        ({"SnapshotName": "n" * 61}, WRONG),
    ):
        assert account.refusal("ModifySnapshotAttribute", SnapshotId=snapshot_id, **params) == code
    refused = account.refusal("ModifySnapshotAttribute", SnapshotId=NO_SNAPSHOT, SnapshotName="n")
    assert refused == "InvalidSnapshotId.NotFound"


def test_snapshots_are_found_by_ids_and_by_each_filter(account):
    one = create(account, Encrypt="ENCRYPT", Placement={"Zone": ZONE, "ProjectId": 7})
    first = snapshot(account, one, SnapshotName="first", Tags=[{"Key": "a", "Value": "b"}])
    last = snapshot(account, system_disk(account, account.instance_id))

    def found(*filters, **params):
        return [each["SnapshotId"] for each in listed(account, *filters, **params)]

    for name, value, expected in (
        ("snapshot-id", first, [first]),
        ("snapshot-name", "first", [first]),
        ("snapshot-state", "NORMAL", [last, first]),
        ("snapshot-state", "CREATING", []),
        ("snapshot-type", "PRIVATE_SNAPSHOT", [last, first]),
        ("disk-usage", "SYSTEM_DISK", [last]),
        ("disk-id", one, [first]),
        ("encrypt", "TRUE", [first]),
        ("encrypt", "false", [last]),
        ("project-id", "7", [first]),
        ("zone", ZONE, [last, first]),
        ("tag-key", "a", [first]),
        ("tag-value", "b", [first]),
        ("tag:a", "b", [first]),
    ):
        assert found((name, value)) == expected, (name, value)
    assert found(SnapshotIds=[first, NO_SNAPSHOT]) == [first]
    assert found(Order="ASC", Limit=1) == [first]
    assert found(Offset=1) == [first]
    filters = [{"Name": "zone", "Values": [ZONE]}]
    assert account.refusal("DescribeSnapshots", Filters=filters, SnapshotIds=[first]) == WRONG
    filters = [{"Name": "colour", "Values": ["red"]}]
    assert account.refusal("DescribeSnapshots", Filters=filters) == "InvalidFilter"


def test_snapshots_are_not_deleted_for(account):
    for ids, code in (
        ([], "MissingParameter"),
        (["s-1"], WRONG),
        ([snapshot(account, create(account)), NO_SNAPSHOT], "InvalidSnapshotId.NotFound"),
    ):
        assert account.refusal("DeleteSnapshots", SnapshotIds=ids) == code


# -- putting them back -------------------------------------------------------------------------------------


def test_a_snapshot_is_put_back_onto_a_free_disk(account):
    disk_id = create(account)
    snapshot_id = snapshot(account, disk_id)
    account.call("ApplySnapshot", SnapshotId=snapshot_id, DiskId=disk_id)
    disk = shown(account, disk_id)
    assert (disk["DiskState"], disk["Rollbacking"]) == ("ROLLBACKING", True)
    params = {"DiskIds": [disk_id], "InstanceId": account.instance_id}
    account.emulator.advance(0)
    account.wait()
    assert (state(account, disk_id), shown(account, disk_id)["Rollbacking"]) == ("UNATTACHED", False)
    account.call("AttachDisks", **params)
    account.wait()
    refused = account.refusal("ApplySnapshot", SnapshotId=snapshot_id, DiskId=disk_id)
    assert refused == "InvalidDisk.NotSupported"


def test_a_snapshot_of_a_system_disk_needs_a_stopped_instance(account):
    disk_id = system_disk(account, account.instance_id)
    snapshot_id = snapshot(account, disk_id)
    params = {"SnapshotId": snapshot_id, "DiskId": disk_id}
    assert account.refusal("ApplySnapshot", **params) == "InvalidInstance.NotSupported"
    refused = account.refusal("ApplySnapshot", **params, AutoStopInstance=True)
    assert refused == "ResourceUnavailable.NotSupported"
    account.call("StopInstances", InstanceIds=[account.instance_id])
    account.wait()
    account.call("ApplySnapshot", **params)
    account.wait()
    assert state(account, disk_id) == "ATTACHED"


def test_a_snapshot_is_put_back_only_where_it_came_from(account):
    one, other = create(account), create(account)
    snapshot_id = snapshot(account, one)
    for disk_id, code in ((other, "InvalidSnapshot.NotSupported"), (ABSENT, "InvalidDiskId.NotFound")):
        assert account.refusal("ApplySnapshot", SnapshotId=snapshot_id, DiskId=disk_id) == code
    refused = account.refusal("ApplySnapshot", SnapshotId=NO_SNAPSHOT, DiskId=one)
    assert refused == "InvalidSnapshotId.NotFound"
    account.call("ResizeDisk", DiskId=one, DiskSize=40)
    account.wait()
    refused = account.refusal("ApplySnapshot", SnapshotId=snapshot_id, DiskId=one)
    assert refused == "InvalidParameter.DiskSizeNotMatch"


def test_snapshots_are_tagged_by_name(account):
    snapshot_id = snapshot(account, attach(account, create(account), account.instance_id))
    name = f"qcs::cvm:ap-guangzhou:uin/:snapshot/{snapshot_id}"
    account.call("TagResources", ResourceList=[name], Tags=[{"TagKey": "a", "TagValue": "b"}])
    assert listed(account)[0]["Tags"] == [{"Key": "a", "Value": "b"}]
