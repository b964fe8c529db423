"""Disks of Alibaba Cloud are made larger, made another, made anew, and called something else."""

import json

import pytest
from tests.dialects.alibaba.disks.disk_calls import attach, create, shown, snapshot, stop, system_disk


def test_a_disk_is_made_larger_at_once(account):
    (instance_id,) = account.run_instances()
    disk_id = attach(account, create(account), instance_id)
    account.call("ResizeDisk", DiskId=disk_id, NewSize=50, Type="online")
    assert (shown(account, disk_id)["Size"], shown(account, disk_id)["Status"]) == (50, "In_use")
    account.call("ResizeDisk", DiskId=system_disk(account, instance_id), NewSize=60)
    wrong = [
        ({"NewSize": 50}, ("InvalidDiskSize.TooSmall", 403)),
        ({"NewSize": 99999}, ("InvalidDiskSize.TooLarge", 403)),
        ({"NewSize": 60, "Type": "by hand"}, ("InvalidParam.Type", 400)),
        ({"NewSize": 60, "DiskId": "d-x"}, ("InvalidDiskId.NotFound", 404)),
    ]
    for params, refusal in wrong:
        assert account.refusal("ResizeDisk", **{"DiskId": disk_id, **params}) == refusal
    account.call("CreateSnapshot", DiskId=disk_id)
    refused = account.refusal("ResizeDisk", DiskId=disk_id, NewSize=60)
    assert refused == ("DiskCreatingSnapshot", 403)
    account.wait()
    old = create(account, DiskCategory="cloud")
    refused = account.refusal("ResizeDisk", DiskId=old, NewSize=60, Type="online")
    assert refused == ("InvalidDiskCategory.NotSupported", 403)
    account.call("ResizeDisk", DiskId=create(account), NewSize=60, Type="online")
    account.call("StopInstance", InstanceId=instance_id)
    refused = account.refusal("ResizeDisk", DiskId=disk_id, NewSize=60)
    assert refused == ("IncorrectInstanceStatus", 403)
    account.wait()
    refused = account.refusal("ResizeDisk", DiskId=disk_id, NewSize=60, Type="online")
    assert refused == ("InvalidInstanceStatus.NotRunning", 403)


def test_what_is_said_of_disks_changes(account):
    one, other = create(account), create(account)
    account.call(
        "ModifyDiskAttribute",
        DiskIds=[one, other],
        DiskName="named",
        Description="described",
        DeleteAutoSnapshot=False,
        EnableAutoSnapshot=False,
        BurstingEnabled=True,
    )
    for disk_id in (one, other):
        disk = shown(account, disk_id)
        assert (disk["DiskName"], disk["Description"]) == ("named", "described")
        assert (disk["DeleteAutoSnapshot"], disk["EnableAutoSnapshot"]) == (False, False)
        assert disk["BurstingEnabled"]
    account.call("ModifyDiskAttribute", DiskId=one, DiskName="", Description="")
    assert (shown(account, one)["DiskName"], shown(account, one)["Description"]) == ("", "")
    assert account.refusal("ModifyDiskAttribute", DiskName="nn") == ("IncompleteParamter", 400)
    assert account.refusal("ModifyDiskAttribute", DiskId=one) == ("NoAttributeToModify", 400)
    refused = account.refusal("ModifyDiskAttribute", DiskIds=[one, "d-x"], DiskName="nn")
    assert refused == ("InvalidDiskId.NotFound", 404)
    coming = account.call("CreateDisk", ZoneId=account.subnet.zone, Size=20)["DiskId"]
    refused = account.refusal("ModifyDiskAttribute", DiskId=coming, DiskName="nn")
    assert refused == ("IncorrectDiskStatus", 403)


def test_a_disk_gets_another_category_or_level(account):
    disk_id = create(account, Size=40)
    answer = account.client.call("ModifyDiskSpec", DiskId=disk_id, DiskCategory="cloud_essd")
    assert answer["TaskId"].startswith("t-")
    disk = shown(account, disk_id)
    assert (disk["Category"], disk["PerformanceLevel"]) == ("cloud_essd", "PL1")
    assert "TaskId" not in account.client.call("ModifyDiskSpec", DiskId=disk_id, PerformanceLevel="PL0")
    assert shown(account, disk_id)["PerformanceLevel"] == "PL0"
    wrong = [
        ({"PerformanceLevel": "PL3"}, ("OperationDenied.PerformanceLevelNotMatch", 403)),
        ({"PerformanceLevel": "PL9"}, ("InvalidPerformanceLevel.Malformed", 400)),
        ({"DiskCategory": "floppy"}, ("InvalidDiskCategory.ValueNotSupported", 400)),
        ({"DiskCategory": "cloud_ssd", "PerformanceLevel": "PL1"}, ("OperationDenied", 403)),
        ({"PerformanceLevel": "PL1", "DryRun": True}, ("DryRunOperation", 400)),
        ({"DiskId": "d-x"}, ("InvalidDiskId.NotFound", 404)),
    ]
    for params, refusal in wrong:
        assert account.refusal("ModifyDiskSpec", **{"DiskId": disk_id, **params}) == refusal


def test_disks_are_paid_for_in_another_way(account):
    (instance_id,) = account.run_instances()
    disk_id = attach(account, create(account), instance_id)
    named = {"InstanceId": instance_id, "DiskIds": json.dumps([disk_id])}
    account.call("ModifyDiskChargeType", **named)
    disk = shown(account, disk_id)
    assert (disk["DiskChargeType"], disk["Portable"]) == ("PrePaid", False)
    back = {**named, "DiskChargeType": "PostPaid"}
    assert account.refusal("ModifyDiskChargeType", **back) == ("ChargeTypeViolation", 400)
    for ids in ([], ["d-x"], [create(account)]):
        wrong = {**named, "DiskIds": json.dumps(ids)}
        assert account.refusal("ModifyDiskChargeType", **wrong) == ("InvalidDiskIds.NotFound", 404)
    wrong = {**named, "DiskIds": json.dumps([system_disk(account, instance_id)])}
    assert account.refusal("ModifyDiskChargeType", **wrong) == ("InvalidDiskIds.NotPortable", 404)
    account.call("StopInstance", InstanceId=instance_id)
    assert account.refusal("ModifyDiskChargeType", **named) == (
        "InvalidInstanceStatus.NotSupported",
        404,
    )
    (bought,) = account.run_instances(InstanceChargeType="PrePaid", Period=1, DataDisk=[{"Size": 20}])
    data = account.call("DescribeDisks", InstanceId=bought)["Disks"]["Disk"][1]["DiskId"]
    back = {"InstanceId": bought, "DiskIds": json.dumps([data]), "DiskChargeType": "PostPaid"}
    account.call("ModifyDiskChargeType", **back)
    assert shown(account, data)["Portable"]


# -- anew --------------------------------------------------------------------------------------------------


def test_a_disk_is_made_anew(account):
    (instance_id,) = account.run_instances()
    account.add_key_pair("mine")
    system = system_disk(account, instance_id)
    refused = account.refusal("ReInitDisk", DiskId=system)
    assert refused == ("IncorrectInstanceStatus", 403)
    stop(account, instance_id)
    account.call("ReInitDisk", DiskId=system, KeyPairName="mine", AutoStartInstance=True)
    assert shown(account, system)["Status"] == "ReIniting"
    assert account.refusal("ReInitDisk", DiskId=system) == ("IncorrectDiskStatus", 403)
    account.wait()
    assert shown(account, system)["Status"] == "In_use"
    (instance,) = account.call("DescribeInstances")["Instances"]["Instance"]
    assert (instance["Status"], instance["KeyPairName"]) == ("Running", "mine")
    stop(account, instance_id)
    assert account.refusal("ReInitDisk", DiskId=create(account)) == ("IncorrectDiskStatus", 403)
    refused = account.refusal("ReInitDisk", DiskId=system, Password="short")
    assert refused == ("InvalidPassword.Malformed", 400)
    source = snapshot(account, attach(account, create(account), instance_id))
    copy = attach(account, create(account, SnapshotId=source), instance_id)
    account.call("DeleteSnapshot", SnapshotId=source, Force=True)
    assert account.refusal("ReInitDisk", DiskId=copy) == ("InvalidSourceSnapshot", 403)


def test_a_disk_is_reset_to_a_snapshot_of_it(account):
    (instance_id,) = account.run_instances()
    disk_id, other = (attach(account, create(account), instance_id) for _ in "12")
    source = snapshot(account, disk_id)
    stop(account, instance_id)
    refused = account.refusal("ResetDisk", DiskId=other, SnapshotId=source)
    assert refused == ("InvalidParameter.Mismatch", 403)
    refused = account.refusal("ResetDisk", DiskId=disk_id, SnapshotId=source, DryRun=True)
    assert refused == ("DryRunOperation", 400)
    account.call("ResetDisk", DiskId=disk_id, SnapshotId=source)
    assert shown(account, disk_id)["Status"] == "ReIniting"
    account.wait()
    unfinished = account.call("CreateSnapshot", DiskId=disk_id)["SnapshotId"]
    refused = account.refusal("ResetDisk", DiskId=disk_id, SnapshotId=unfinished)
    assert refused == ("InvalidSnapshotId.NotReady", 403)


def test_a_system_disk_is_replaced(account):
    (instance_id,) = account.run_instances(SystemDisk={"Category": "cloud_essd", "DiskName": "root"})
    account.add_key_pair("mine")
    old = system_disk(account, instance_id)
    named = {"InstanceId": instance_id, "ImageId": "m-other"}
    assert account.refusal("ReplaceSystemDisk", **named) == ("IncorrectInstanceStatus", 403)
    stop(account, instance_id)
    wrong = [
        ({"ImageId": None}, ("MissingParameter", 400)),
        ({"InstanceId": "i-x"}, ("InvalidInstanceId.NotFound", 404)),
        ({"KeyPairName": "none"}, ("InvalidKeyPairName.NotFound", 400)),
        ({"SystemDisk": {"Size": 5}}, ("InvalidSystemDiskSize.LessThanImageSize", 404)),
        ({"DiskId": old}, ("UnsupportedParameter", 400)),
    ]
    for params, refusal in wrong:
        assert account.refusal("ReplaceSystemDisk", **{**named, **params}) == refusal
    new = account.call("ReplaceSystemDisk", **named, SystemDisk={"Size": 80}, KeyPairName="mine")["DiskId"]
    assert shown(account, old) is None
    disk = shown(account, new)
    assert (disk["Status"], disk["Type"], disk["Size"]) == ("ReIniting", "system", 80)
    assert (disk["Category"], disk["DiskName"], disk["ImageId"]) == ("cloud_essd", "root", "m-other")
    account.wait()
    assert (shown(account, new)["Status"], shown(account, new)["Device"]) == ("In_use", "/dev/xvda")
    (instance,) = account.call("DescribeInstances")["Instances"]["Instance"]
    assert (instance["ImageId"], instance["KeyPairName"]) == ("m-other", "mine")


@pytest.mark.parametrize(("kind", "resource"), [("disk", 0), ("snapshot", 1), ("image", 2)])
def test_disks_snapshots_and_images_are_tagged_and_grouped(account, kind, resource):
    (instance_id,) = account.run_instances()
    disk_id = attach(account, create(account), instance_id)
    image_id = account.call("CreateImage", InstanceId=instance_id)["ImageId"]
    account.wait()
    resource_id = (disk_id, snapshot(account, disk_id), image_id)[resource]
    named = {"ResourceType": kind, "ResourceId": [resource_id]}
    account.call("TagResources", Tag=[{"Key": "a", "Value": "b"}], **named)
    (listed,) = account.call("ListTagResources", **named)["TagResources"]["TagResource"]
    assert (listed["TagKey"], listed["ResourceId"]) == ("a", resource_id)
    name = {"disk": "DescribeDisks", "snapshot": "DescribeSnapshots", "image": "DescribeImages"}[kind]
    group = {"ResourceType": kind, "ResourceId": resource_id, "ResourceGroupId": "rg-1"}
    account.call("JoinResourceGroup", **group)
    answer = account.call(name, Tag=[{"Key": "a"}], ResourceGroupId="rg-1")
    assert answer["TotalCount"] == 1
    account.call("UntagResources", All=True, **named)
    assert account.call(name, Tag=[{"Key": "a"}])["TotalCount"] == 0
