"""Disks of Alibaba Cloud are created, attached, detached and deleted."""

import pytest
from tests.dialects.alibaba.disks.disk_calls import attach, create, shown, snapshot, system_disk


def test_a_disk_lives_by_itself(account):
    disk_id = account.call(
        "CreateDisk",
        ZoneId=account.subnet.zone,
        DiskName="data",
        Description="mine",
        DiskCategory="cloud_essd",
        PerformanceLevel="PL0",
        Size=40,
        Encrypted=True,
        KMSKeyId="k-1",
        ResourceGroupId="rg-1",
        Tag=[{"Key": "a", "Value": "b"}],
    )["DiskId"]
    assert shown(account, disk_id)["Status"] == "Creating"
    account.wait()
    disk = shown(account, disk_id)
    assert (disk["Status"], disk["Type"], disk["Portable"]) == ("Available", "data", True)
    assert (disk["DiskName"], disk["Description"], disk["Size"]) == ("data", "mine", 40)
    assert (disk["Category"], disk["PerformanceLevel"], disk["Encrypted"]) == ("cloud_essd", "PL0", True)
    assert (disk["KMSKeyId"], disk["ResourceGroupId"], disk["DiskChargeType"]) == (
        "k-1",
        "rg-1",
        "PostPaid",
    )
    assert (disk["InstanceId"], disk["Device"], disk["AttachedTime"]) == ("", "", "")
    assert (disk["DeleteWithInstance"], disk["MountInstanceNum"]) == (False, 0)
    assert disk["DeleteAutoSnapshot"] is False
    assert disk["Attachments"] == {"Attachment": []}
    assert disk["Tags"]["Tag"] == [{"TagKey": "a", "TagValue": "b"}]
    assert account.call("DeleteDisk", DiskId=disk_id).keys() == {"RequestId"}
    account.wait()
    assert shown(account, disk_id) is None
    account.call("DeleteDisk", DiskId=disk_id)


def test_a_disk_is_attached_and_detached(account):
    (instance_id,) = account.run_instances()
    disk_id = create(account)
    account.call("AttachDisk", DiskId=disk_id, InstanceId=instance_id, DeleteWithInstance=True)
    disk = shown(account, disk_id)
    assert (disk["Status"], disk["InstanceId"], disk["Device"]) == ("Attaching", instance_id, "/dev/xvdb")
    account.wait()
    disk = shown(account, disk_id)
    assert (disk["Status"], disk["DeleteWithInstance"], disk["MountInstanceNum"]) == ("In_use", True, 1)
    assert disk["Attachments"]["Attachment"][0]["AttachedTime"] == disk["AttachedTime"] != ""
    account.call("DetachDisk", DiskId=disk_id, InstanceId=instance_id)
    assert shown(account, disk_id)["Status"] == "Detaching"
    account.wait()
    disk = shown(account, disk_id)
    assert (disk["Status"], disk["InstanceId"], disk["DeleteWithInstance"]) == ("Available", "", False)
    assert disk["DetachedTime"] != ""


def test_disks_stay_when_their_instance_goes_unless_they_are_said_to_go(account):
    (instance_id,) = account.run_instances(
        DataDisk=[{"Size": 20, "DeleteWithInstance": False}, {"Size": 20}]
    )
    kept = attach(account, create(account), instance_id)
    goes = attach(account, create(account), instance_id, DeleteWithInstance=True)
    system = system_disk(account, instance_id)
    account.call("ModifyDiskAttribute", DiskId=system, DeleteWithInstance=False)
    account.call("DeleteInstance", InstanceId=instance_id, Force=True)
    account.wait()
    left = account.call("DescribeDisks")["Disks"]["Disk"]
    assert {each["Status"] for each in left} == {"Available"}
    assert {each["Type"] for each in left} == {"data"}
    assert len(left) == 3
    assert {kept, system} <= {each["DiskId"] for each in left}
    assert shown(account, goes) is None


def test_a_disk_is_as_large_as_its_snapshot(account):
    (instance_id,) = account.run_instances()
    source = snapshot(account, attach(account, create(account, Size=30), instance_id))
    zone = account.subnet.zone
    made = account.call("CreateDisk", ZoneId=zone, DiskCategory="cloud_efficiency", SnapshotId=source)[
        "DiskId"
    ]
    assert (shown(account, made)["Size"], shown(account, made)["SourceSnapshotId"]) == (30, source)
    wanted = {"ZoneId": zone, "DiskCategory": "cloud_efficiency", "SnapshotId": source}
    assert account.refusal("CreateDisk", Size=20, **wanted) == ("InvalidDiskSize.TooSmall", 403)
    of_system = snapshot(account, system_disk(account, instance_id))
    wanted = {"ZoneId": zone, "DiskCategory": "cloud_efficiency", "SnapshotId": of_system}
    assert account.refusal("CreateDisk", **wanted) == ("InvalidSnapshotId.NotDataDiskSnapshot", 403)
    params = account.instance_params(DataDisk=[{"SnapshotId": "s-none"}])
    assert account.refusal("RunInstances", **params) == ("InvalidSnapshotId.NotFound", 404)
    (other,) = account.run_instances(DataDisk=[{"SnapshotId": source}])
    (_, data) = account.call("DescribeDisks", InstanceId=other)["Disks"]["Disk"]
    assert (data["Size"], data["SourceSnapshotId"]) == (30, source)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"ZoneId": None}, ("MissingParameter", 400)),
        ({"ZoneId": "cn-hangzhou-zz"}, ("InvalidZoneId.NotFound", 404)),
        ({"Size": None}, ("MissingParameter", 400)),
        ({"Size": 10}, ("InvalidSize.ValueNotSupported", 400)),
        ({"Size": 99999}, ("InvalidSize.ValueNotSupported", 400)),
        ({"DiskCategory": "floppy"}, ("InvalidDiskCategory.ValueNotSupported", 400)),
        ({"DiskName": "1"}, ("InvalidDiskName.Malformed", 400)),
        ({"Description": "x"}, ("InvalidDescription.Malformed", 400)),
        ({"PerformanceLevel": "PL9"}, ("InvalidPerformanceLevel.Malformed", 400)),
        ({"SnapshotId": "s-none"}, ("InvalidSnapshotId.NotFound", 404)),
        ({"KMSKeyId": "k"}, ("InvalidParameter.EncryptedIllegal", 400)),
        ({"MultiAttach": "Enabled"}, ("InvalidParameter", 400)),
        ({"AdvancedFeatures": "x"}, ("UnsupportedParameter", 400)),
        ({"ResourceGroupId": "x"}, ("InvalidResourceGroup.NotFound", 404)),
        ({"Tag": [{"Key": "a"}, {"Key": "a"}]}, ("Duplicate.TagKey", 400)),
        ({"InstanceId": "i-none"}, ("InvalidParameter.Conflict", 400)),
        ({"InstanceId": "i-none", "ZoneId": None}, ("InvalidInstanceId.NotFound", 404)),
    ],
)
def test_what_cannot_be_is_not_created(account, wrong, refusal):
    wanted = {"ZoneId": account.subnet.zone, "DiskCategory": "cloud_efficiency", "Size": 20, **wrong}
    assert account.refusal("CreateDisk", **wanted) == refusal


def test_a_disk_for_a_subscription_comes_with_it_only(account):
    (instance_id,) = account.run_instances()
    wanted = {"InstanceId": instance_id, "Size": 20, "DiskCategory": "cloud_efficiency"}
    assert account.refusal("CreateDisk", **wanted) == ("InvalidPayMethod", 403)


def test_a_token_creates_one_disk(account):
    wanted = {"ZoneId": account.subnet.zone, "Size": 20, "DiskCategory": "cloud_ssd", "ClientToken": "t"}
    first = account.call("CreateDisk", **wanted)["DiskId"]
    assert account.call("CreateDisk", **wanted)["DiskId"] == first
    assert account.refusal("CreateDisk", **{**wanted, "Size": 30}) == ("IdempotentParameterMismatch", 400)


def test_a_disk_is_attached_once_and_where_it_fits(account):
    one, other = account.run_instances(Amount=2)
    disk_id, second = create(account), create(account)
    far = create(account, ZoneId="cn-hangzhou-i")
    wrong = {"DiskId": disk_id, "InstanceId": one}
    account.call("AttachDisk", Device="/dev/xvdz", **wrong)
    for instance_id in (one, other):
        again = account.refusal("AttachDisk", DiskId=disk_id, InstanceId=instance_id)
        assert again == ("IncorrectDiskStatus", 403)
    for action in ("DetachDisk", "ResizeDisk"):
        more = {"NewSize": 50} if action == "ResizeDisk" else {"InstanceId": one}
        assert account.refusal(action, DiskId=disk_id, **more) == ("IncorrectDiskStatus", 403)
    account.wait()
    here = {"DiskId": second, "InstanceId": one}
    assert account.refusal("AttachDisk", **here, Device="/dev/xvdz") == ("InvalidDevice.InUse", 403)
    assert account.refusal("AttachDisk", **here, Device="tape") == ("InvalidDevice.Malformed", 400)
    assert account.refusal("AttachDisk", **here, Bootable=True) == ("InvalidDisk.DiskNotBootable", 400)
    forced = account.refusal("AttachDisk", **here, Force=True)
    assert forced == ("InvalidParameterForce.DiskCategoryNotSupported", 400)
    assert account.refusal("AttachDisk", DiskId=far, InstanceId=one) == ("ResourcesNotInSameZone", 403)
    assert account.refusal("AttachDisk", DiskId="d-x", InstanceId=one) == ("InvalidDiskId.NotFound", 404)
    gone = account.refusal("AttachDisk", DiskId=second, InstanceId="i-x")
    assert gone == ("InvalidInstanceId.NotFound", 404)
    account.call("StopInstance", InstanceId=one)
    assert account.refusal("AttachDisk", **here) == ("IncorrectInstanceStatus", 400)


def test_an_instance_takes_sixteen_data_disks(account):
    (instance_id,) = account.run_instances(DataDisk=[{"Size": 20}] * 16)
    assert account.refusal("AttachDisk", DiskId=create(account), InstanceId=instance_id) == (
        "InstanceDiskLimitExceeded",
        403,
    )


def test_a_disk_that_is_being_attached_is_free_again_when_the_instance_goes(account):
    (instance_id,) = account.run_instances()
    account.call("StopInstance", InstanceId=instance_id)
    account.wait()
    late, disk_id = create(account), create(account)
    account.call("AttachDisk", DiskId=disk_id, InstanceId=instance_id)
    account.call("DeleteInstance", InstanceId=instance_id)
    refused = account.refusal("AttachDisk", DiskId=late, InstanceId=instance_id)
    assert refused == ("IncorrectInstanceStatus", 400)
    account.wait()
    disk = shown(account, disk_id)
    assert (disk["Status"], disk["InstanceId"]) == ("Available", "")


def test_what_is_not_attached_there_is_not_detached(account):
    one, other = account.run_instances(Amount=2)
    free, held = create(account), attach(account, create(account), one)
    wrong = [
        ({"DiskId": free, "InstanceId": one}, ("InvalidDisk.AlreadyDetached", 404)),
        ({"DiskId": held, "InstanceId": other}, ("DependencyViolation", 403)),
        ({"DiskId": held, "InstanceId": "i-x"}, ("InvalidInstanceId.NotFound", 404)),
        ({"DiskId": "d-x", "InstanceId": one}, ("InvalidDiskId.NotFound", 404)),
        ({"DiskId": system_disk(account, one), "InstanceId": one}, ("DiskTypeViolation", 403)),
    ]
    for params, refusal in wrong:
        assert account.refusal("DetachDisk", **params) == refusal
    (bought,) = account.run_instances(InstanceChargeType="PrePaid", Period=1, DataDisk=[{"Size": 20}])
    data = account.call("DescribeDisks", InstanceId=bought)["Disks"]["Disk"][1]
    assert (data["Portable"], data["DiskChargeType"]) == (False, "PrePaid")
    refused = account.refusal("DetachDisk", DiskId=data["DiskId"], InstanceId=bought)
    assert refused == ("DiskNotPortable", 403)


def test_a_disk_in_use_is_not_deleted(account):
    (instance_id,) = account.run_instances()
    held = attach(account, create(account), instance_id)
    assert account.refusal("DeleteDisk", DiskId=held) == ("DiskStillAttached", 403)
    account.call("DetachDisk", DiskId=held, InstanceId=instance_id)
    assert account.refusal("DeleteDisk", DiskId=held) == ("DiskStillAttached", 403)
    account.wait()
    account.call("CreateSnapshot", DiskId=held)
    assert account.refusal("DeleteDisk", DiskId=held) == ("DiskCreatingSnapshot", 403)
    coming = account.call("CreateDisk", ZoneId=account.subnet.zone, Size=20)["DiskId"]
    assert account.refusal("DeleteDisk", DiskId=coming) == ("IncorrectDiskStatus.Initializing", 403)
    account.wait()
    account.call("DeleteDisk", DiskId=held)
    account.call("DeleteDisk", DiskId=held)
    assert account.refusal("CreateSnapshot", DiskId=held) == ("IncorrectDiskStatus", 403)
