"""Disks of their own: created, attached, detached and given back.

Source: the definitions of the actions of cbs in tccli.
"""

import pytest
from tests.dialects.tencent.disks.disk_calls import (
    ABSENT,
    NO_SNAPSHOT,
    SOLD,
    attach,
    create,
    shown,
    snapshot,
    state,
    system_disk,
)
from tests.dialects.tencent.furnished_account import OTHER_ZONE, ZONE

WRONG = "InvalidParameterValue"
NOT_SOLD = "InvalidParameter.DiskConfigNotSupported"


def test_a_disk_lives_by_itself(account):
    params = {
        "Placement": {"Zone": ZONE, "ProjectId": 7, "CdcId": ""},
        "DiskName": "data",
        "Tags": [{"Key": "team", "Value": "net"}],
        "Encrypt": "ENCRYPT",
        "KmsKeyId": "key",
    }
    reply = account.call("CreateDisks", **(SOLD | params))
    (disk_id,) = reply["DiskIdSet"]
    assert shown(account, disk_id) is None
    account.wait()
    disk = shown(account, disk_id)
    assert (disk["DiskState"], disk["Attached"], disk["InstanceIdList"]) == ("UNATTACHED", False, [])
    assert (disk["DiskName"], disk["DiskSize"], disk["Portable"]) == ("data", 20, True)
    assert (disk["Placement"]["ProjectId"], disk["Encrypt"], disk["KmsKeyId"]) == (7, True, "key")
    assert disk["Tags"] == [{"Key": "team", "Value": "net"}]
    assert (disk["DeleteWithInstance"], disk["LatestOperation"]) == (False, "CreateDisks")
    assert disk["LatestOperationRequestId"] == reply["RequestId"]
    account.call("TerminateDisks", DiskIds=[disk_id])
    assert shown(account, disk_id) is None
    assert account.refusal("TerminateDisks", DiskIds=[disk_id]) == "ResourceUnavailable.RepeatRefund"
    account.wait()
    assert account.refusal("TerminateDisks", DiskIds=[disk_id]) == WRONG


def test_several_disks_are_created_at_once_and_once_only(account):
    params = {"Placement": {"Zone": ZONE}, "DiskCount": 3, "ClientToken": "token", **SOLD}
    first = account.call("CreateDisks", **params)["DiskIdSet"]
    account.wait()
    assert account.call("CreateDisks", **params)["DiskIdSet"] == first
    assert account.call("DescribeDisks")["TotalCount"] == len(first) == 3


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"DiskChargeType": "PREPAID"}, NOT_SOLD),
        ({"DiskChargeType": "FREE"}, WRONG),
        ({"DiskType": "CLOUD_TAPE"}, NOT_SOLD),
        ({"DiskSize": 9}, WRONG),
        ({"DiskSize": 32001}, WRONG),
        ({"DiskSize": None}, "MissingParameter"),
        ({"DiskCount": 101}, "InvalidParameterValue.LimitExceeded"),
        ({"DiskName": "n" * 61}, WRONG),
        ({"Placement": {"Zone": "ap-moon-1"}}, WRONG),
        ({"Placement": {}}, "MissingParameter"),
        ({"Placement": {"Zone": ZONE, "CdcId": "cluster-1"}}, NOT_SOLD),
        ({"Shareable": True}, NOT_SOLD),
        ({"KmsKeyId": "key"}, "MissingParameter"),
        ({"SnapshotId": NO_SNAPSHOT}, "InvalidSnapshotId.NotFound"),
        ({"SnapshotId": "s-1"}, WRONG),
        (
            {"Tags": [{"Key": f"k{i}", "Value": ""} for i in range(51)]},
            "InvalidParameterValue.LimitExceeded",
        ),
        ({"Tags": [{"Key": "k", "Value": ""}] * 2}, WRONG),
    ],
)
def test_a_disk_is_not_created_for(account, params, code):
    params = {"Placement": {"Zone": ZONE}, **SOLD, **params}
    assert account.refusal("CreateDisks", **params) == code


# -- attaching ---------------------------------------------------------------------------------------------


def test_a_disk_is_attached_and_detached(account):
    disk_id, instance_id = create(account), account.instance_id
    reply = account.call("AttachDisks", DiskIds=[disk_id], InstanceId=instance_id)
    disk = shown(account, disk_id)
    assert (disk["DiskState"], disk["Attached"], disk["InstanceId"]) == ("ATTACHING", False, instance_id)
    account.wait()
    disk = shown(account, disk_id)
    assert (disk["DiskState"], disk["Attached"], disk["InstanceIdList"]) == (
        "ATTACHED",
        True,
        [instance_id],
    )
    assert (disk["LatestOperation"], disk["LatestOperationState"]) == ("AttachDisks", "SUCCESS")
    assert disk["LatestOperationRequestId"] == reply["RequestId"]
    assert [each["DiskId"] for each in account.describe_instance(instance_id)["DataDisks"]] == [disk_id]
    counted = {"InstanceId": instance_id, "AttachedDiskCount": 1, "MaxAttachCount": 20}
    assert account.call("DescribeInstancesDiskNum", InstanceIds=[instance_id])["AttachDetail"] == [counted]
    account.call("DetachDisks", DiskIds=[disk_id], InstanceId=instance_id)
    assert state(account, disk_id) == "DETACHING"
    account.wait()
    disk = shown(account, disk_id)
    assert (disk["DiskState"], disk["InstanceId"], disk["LastAttachInsId"]) == (
        "UNATTACHED",
        "",
        instance_id,
    )
    assert account.describe_instance(instance_id)["DataDisks"] == []


def test_a_disk_is_not_attached_twice(account):
    disk_id, instance_id = create(account), account.instance_id
    account.call("AttachDisks", DiskIds=[disk_id], InstanceId=instance_id)
    params = {"DiskIds": [disk_id], "InstanceId": instance_id}
    assert account.refusal("AttachDisks", **params) == "ResourceUnavailable.Attached"
    assert account.refusal("DetachDisks", **params) == "ResourceBusy"
    account.wait()
    assert account.refusal("AttachDisks", **params) == "ResourceUnavailable.Attached"
    (other,) = account.run_instances()
    assert account.refusal("DetachDisks", DiskIds=[disk_id], InstanceId=other) == "InvalidDisk.NotSupported"
    assert account.refusal("TerminateDisks", DiskIds=[disk_id]) == "ResourceUnavailable.NotSupported"


def test_a_disk_is_not_attached_where_it_does_not_fit(account):
    disk_id, instance_id = create(account), account.instance_id
    elsewhere = create(account, Placement={"Zone": OTHER_ZONE})
    for ids, holder, code in (
        ([elsewhere], instance_id, "ResourceUnavailable.ZoneNotMatch"),
        ([disk_id], "ins-absent00", "InvalidInstanceId.NotFound"),
        ([disk_id, ABSENT], instance_id, "InvalidDiskId.NotFound"),
        ([disk_id] * 11, instance_id, "InvalidParameterValue.LimitExceeded"),
        ([], instance_id, "MissingParameter"),
        (["d-1"], instance_id, WRONG),
    ):
        assert account.refusal("AttachDisks", DiskIds=ids, InstanceId=holder) == code, code
    assert account.refusal("DetachDisks", DiskIds=[disk_id]) == "InvalidDisk.NotSupported"
    account.call("StopInstances", InstanceIds=[instance_id])
    code = account.refusal("AttachDisks", DiskIds=[disk_id], InstanceId=instance_id)
    assert code == "ResourceBusy"


def test_an_instance_takes_twenty_data_disks(account):
    instance_id = account.instance_id
    params = {"Placement": {"Zone": ZONE}, "DiskCount": 21, **SOLD}
    ids = account.call("CreateDisks", **params)["DiskIdSet"]
    account.wait()
    for some in (ids[:10], ids[10:20]):
        account.call("AttachDisks", DiskIds=some, InstanceId=instance_id)
    code = account.refusal("AttachDisks", DiskIds=ids[20:], InstanceId=instance_id)
    assert code == "LimitExceeded.InstanceAttachedDisk"


def test_system_and_local_disks_stay_with_their_instance(account):
    (instance_id,) = account.run_instances(DataDisks=[{"DiskSize": 10}])
    instance = account.describe_instance(instance_id)
    system, local = instance["SystemDisk"]["DiskId"], instance["DataDisks"][0]["DiskId"]
    assert account.refusal("DetachDisks", DiskIds=[system]) == "InvalidDisk.NotPortable"
    assert account.refusal("DetachDisks", DiskIds=[local]) == "InvalidDiskId.NotFound"


# -- with the instance -------------------------------------------------------------------------------------


@pytest.mark.parametrize("stays", [True, False])
def test_disks_go_with_their_instance_as_it_was_said(account, stays):
    disk_id, (instance_id,) = create(account), account.run_instances()
    attach(account, disk_id, instance_id, DeleteWithInstance=not stays)
    account.call("TerminateInstances", InstanceIds=[instance_id])
    account.wait()
    left = shown(account, disk_id)
    assert (left is not None) is stays
    if left is not None:
        assert (left["DiskState"], left["LastAttachInsId"]) == ("UNATTACHED", instance_id)


def test_a_disk_that_is_being_attached_when_its_instance_goes_is_free_again(account):
    disk_id, (instance_id,) = create(account), account.run_instances()
    account.call("AttachDisks", DiskIds=[disk_id], InstanceId=instance_id)
    account.call("TerminateInstances", InstanceIds=[instance_id])
    account.wait()
    assert state(account, disk_id) == "UNATTACHED"


def test_a_disk_is_not_resized_while_it_is_attached_to_something(account):
    disk_id = create(account)
    account.call("AttachDisks", DiskIds=[disk_id], InstanceId=account.instance_id)
    assert account.refusal("ResizeDisk", DiskId=disk_id, DiskSize=40) == "InvalidDisk.Busy"
    assert account.refusal("CreateSnapshot", DiskId=disk_id) == "InvalidDisk.Busy"
    account.wait()
    account.call("ResizeDisk", DiskId=disk_id, DiskSize=40)
    assert account.refusal("DetachDisks", DiskIds=[disk_id]) == "ResourceBusy"
    assert account.refusal("ResizeDisk", DiskId=disk_id, DiskSize=50) == "InvalidDisk.Busy"


def test_disks_of_an_instance_may_come_from_snapshots(account):
    source = create(account, DiskSize=30)
    snapshot_id = snapshot(account, source)
    data = {"DiskType": "CLOUD_SSD", "DiskSize": 30, "SnapshotId": snapshot_id}
    (instance_id,) = account.run_instances(DataDisks=[data])
    assert [disk["DiskSize"] for disk in account.describe_instance(instance_id)["DataDisks"]] == [30]
    params = account.instance_params(DataDisks=[data | {"DiskSize": 20}])
    assert account.refusal("RunInstances", **params) == "FailedOperation.SnapshotSizeLargerThanDataSize"
    system = snapshot(account, system_disk(account, instance_id))
    params = account.instance_params(DataDisks=[data | {"SnapshotId": system, "DiskSize": 60}])
    assert account.refusal("RunInstances", **params) == "UnsupportedOperation.InvalidDisk"


def test_disks_are_counted_of_instances_that_are_there(account):
    assert account.refusal("DescribeInstancesDiskNum", InstanceIds=["ins-absent00"]) == WRONG
    assert account.refusal("DescribeInstancesDiskNum", InstanceIds=[]) == "MissingParameter"
