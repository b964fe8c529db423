"""Snapshots of Alibaba Cloud's disks."""

import json

import pytest
from tests.dialects.alibaba.disks.disk_calls import attach, create, shown, snapshot, stop, system_disk


@pytest.fixture
def held(account):
    """A disk that is attached to an instance."""
    (account.instance_id,) = account.run_instances()
    return attach(account, create(account), account.instance_id)


def listed(account, **criteria):
    return account.call("DescribeSnapshots", **criteria)["Snapshots"]["Snapshot"]


def test_a_snapshot_makes_progress(account, held):
    snapshot_id = account.call(
        "CreateSnapshot",
        DiskId=held,
        SnapshotName="before",
        Description="mine",
        RetentionDays=7,
        ResourceGroupId="rg-1",
        Category="standard",
        Tag=[{"Key": "a", "Value": "b"}],
    )["SnapshotId"]
    (found,) = listed(account)
    assert (found["Status"], found["Progress"], found["Available"]) == ("progressing", "0%", False)
    assert found["RemainTime"] > 0
    account.wait()
    (found,) = listed(account)
    assert (found["Status"], found["Progress"], found["RemainTime"]) == ("accomplished", "100%", 0)
    assert (found["SnapshotId"], found["SnapshotName"]) == (snapshot_id, "before")
    assert (found["SourceDiskId"], found["SourceDiskSize"], found["SourceDiskType"]) == (held, "20", "data")
    assert (found["RetentionDays"], found["ResourceGroupId"], found["Usage"]) == (7, "rg-1", "none")
    assert found["Tags"]["Tag"] == [{"TagKey": "a", "TagValue": "b"}]


def test_snapshots_that_cannot_be_are_refused(account, held):
    free = create(account)
    never = ("IncorrectDiskStatus.NeverAttached", 403)
    wrong = [
        ({"DiskId": free}, never),
        ({"DiskId": "d-x"}, ("InvalidDiskId.NotFound", 404)),
        ({"SnapshotName": "automatic"}, ("InvalidSnapshotName.Malformed", 400)),
        ({"Description": "x"}, ("InvalidDescription.Malformed", 404)),
        ({"InstantAccess": True}, ("DiskCategory.OperationNotSupported", 400)),
        ({"StorageLocationArn": "x"}, ("UnsupportedParameter", 400)),
    ]
    for params, refusal in wrong:
        assert account.refusal("CreateSnapshot", **{"DiskId": held, **params}) == refusal
    account.call("CreateSnapshot", DiskId=held)
    refused = account.refusal("CreateSnapshot", DiskId=held)
    assert refused == ("IncorrectDiskStatus.CreatingSnapshot", 403)
    account.wait()
    account.call("StopInstance", InstanceId=account.instance_id)
    assert account.refusal("CreateSnapshot", DiskId=held) == ("IncorrectInstanceStatus", 400)


def test_a_snapshot_is_given_up_and_deleted(account, held):
    account.call("DeleteSnapshot", SnapshotId=account.call("CreateSnapshot", DiskId=held)["SnapshotId"])
    assert listed(account) == []
    source = snapshot(account, held)
    made = create(account, SnapshotId=source)
    assert listed(account)[0]["Usage"] == "disk"
    assert account.refusal("DeleteSnapshot", SnapshotId=source) == ("SnapshotCreatedDisk", 403)
    account.call("DeleteSnapshot", SnapshotId=source, Force=True)
    assert shown(account, made)["SourceSnapshotId"] == source
    assert account.refusal("DeleteSnapshot", SnapshotId=source) == ("InvalidSnapshotId.NotFound", 404)


@pytest.mark.usefixtures("held")
def test_a_snapshot_of_an_image_is_not_deleted(account):
    account.call("CreateImage", InstanceId=account.instance_id)
    account.wait()
    for found in listed(account):
        refused = account.refusal("DeleteSnapshot", SnapshotId=found["SnapshotId"], Force=True)
        assert refused == ("SnapshotCreatedImage", 403)
        assert found["Usage"] == "image"


def test_what_is_said_of_a_snapshot_changes(account):
    (instance_id,) = account.run_instances()
    disk_id = attach(account, create(account, DiskCategory="cloud_essd"), instance_id)
    made = snapshot(account, disk_id, InstantAccess=True)
    assert listed(account)[0]["InstantAccess"]
    account.call(
        "ModifySnapshotAttribute",
        SnapshotId=made,
        SnapshotName="named",
        Description="described",
        DisableInstantAccess=True,
        RetentionDays=3,
    )
    (found,) = listed(account)
    assert (found["SnapshotName"], found["Description"]) == ("named", "described")
    assert (found["InstantAccess"], found["RetentionDays"]) == (False, 3)
    account.call("ModifySnapshotAttribute", SnapshotId=made, SnapshotName="", Description="")
    (found,) = listed(account)
    assert (found["SnapshotName"], found["Description"]) == ("", "")
    assert account.refusal("ModifySnapshotAttribute", SnapshotId=made) == ("NoAttributeToModify", 400)
    refused = account.refusal("ModifySnapshotAttribute", SnapshotId="s-x", SnapshotName="nn")
    assert refused == ("InvalidSnapshotId.NotFound", 404)


def test_snapshots_are_chosen_by_their_criteria(account, held):
    system = system_disk(account, account.instance_id)
    first = snapshot(account, held, SnapshotName="first", Tag=[{"Key": "a", "Value": "b"}])
    second = snapshot(account, system)
    stop(account, account.instance_id)
    create(account, SnapshotId=first)
    running = account.call("CreateSnapshot", DiskId=held)["SnapshotId"]
    chosen = [
        ({"DiskId": held}, [running, first]),
        ({"InstanceId": account.instance_id}, [running, second, first]),
        ({"SnapshotIds": json.dumps([first, "s-x"])}, [first]),
        ({"SnapshotName": "first"}, [first]),
        ({"Status": "progressing"}, [running]),
        ({"Status": "all", "SnapshotType": "user", "Category": "Standard"}, [running, second, first]),
        ({"Category": "standard"}, [running, second, first]),
        ({"SnapshotType": "auto"}, []),
        ({"Category": "archive"}, []),
        ({"Category": "flash"}, []),
        ({"Usage": "disk"}, [first]),
        ({"SourceDiskType": "System"}, [second]),
        ({"Tag": [{"Key": "a", "Value": "b"}]}, [first]),
        ({"Encrypted": True}, []),
        ({"KMSKeyId": "k"}, []),
        ({"ResourceGroupId": "rg-1"}, []),
        ({"SnapshotLinkId": listed(account, DiskId=system)[0]["SnapshotLinkId"]}, [second]),
        ({"Filter": [{"Key": "CreationStartTime", "Value": "2999-01-01T00:00Z"}]}, []),
        (
            {"Filter": [{"Key": "CreationEndTime", "Value": "2999-01-01T00:00:00Z"}]},
            [running, second, first],
        ),
        ({"InstanceId": "i-x"}, []),
    ]
    for criteria, found in chosen:
        assert [each["SnapshotId"] for each in listed(account, **criteria)] == found, criteria
    wrong = [
        ({"SnapshotIds": "x"}, ("InvalidSnapshotIds.Malformed", 403)),
        ({"Status": "odd"}, ("InvalidStatus.NotFound", 404)),
        ({"Usage": "odd"}, ("InvalidUsage", 404)),
        ({"SnapshotType": "odd"}, ("InvalidSnapshotType.NotFound", 404)),
        ({"SourceDiskType": "odd"}, ("InvalidSourceDiskType", 404)),
        ({"Filter": [{"Key": "odd"}]}, ("InvalidFilterKey.NotFound", 404)),
        ({"Filter": [{"Key": "CreationEndTime", "Value": "now"}]}, ("InvalidFilterKey.NotFound", 404)),
        (
            {"Filter": [{"Key": "CreationEndTime", "Value": "2026-99-99T00:00Z"}]},
            ("InvalidFilterKey.NotFound", 404),
        ),
        ({"DryRun": True}, ("DryRunOperation", 400)),
    ]
    for criteria, refusal in wrong:
        assert account.refusal("DescribeSnapshots", **criteria) == refusal


def test_snapshots_are_listed_page_by_page(account, held):
    made = [snapshot(account, held) for _ in range(3)][::-1]
    page = account.call("DescribeSnapshots", PageNumber=2, PageSize=2)
    assert ([each["SnapshotId"] for each in page["Snapshots"]["Snapshot"]], page["TotalCount"]) == (
        made[2:],
        3,
    )
    seen, token = [], None
    while token != "":
        page = account.call("DescribeSnapshots", MaxResults=2, NextToken=token)
        seen += [each["SnapshotId"] for each in page["Snapshots"]["Snapshot"]]
        token = page["NextToken"]
    assert seen == made
