"""Disks of Alibaba Cloud that are encrypted by default, and several that are restored at once."""

from tests.dialects.alibaba.disks.disk_calls import (
    SOLD,
    attach,
    create,
    shown,
    snapshot,
    stop,
    system_disk,
)

NOT_FOUND = ("InvalidDefaultEncryption.NotFound", 403)


def said(account, disk_id):
    disk = shown(account, disk_id)
    return disk["Encrypted"], disk["KMSKeyId"]


def test_new_disks_are_encrypted_by_default(account):
    before = create(account)
    account.call("EnableDiskEncryptionByDefault")
    assert account.call("DescribeDiskEncryptionByDefaultStatus")["Encrypted"]
    refused = account.refusal("EnableDiskEncryptionByDefault")
    assert refused == ("InvalidOperation.DefaultEncryptionAlreadyEnabled", 403)
    assert account.call("DescribeDiskDefaultKMSKeyId")["KMSKeyId"] == ""
    assert said(account, create(account)) == (True, "")
    account.call("ModifyDiskDefaultKMSKeyId", KMSKeyId="key")
    assert account.call("DescribeDiskDefaultKMSKeyId")["KMSKeyId"] == "key"
    assert said(account, create(account)) == (True, "key")
    assert said(account, create(account, Encrypted=True, KMSKeyId="other")) == (True, "other")
    assert said(account, before) == (False, "")
    params = {"ZoneId": account.subnet.zone, **SOLD, "Encrypted": False}
    mismatch = ("InvalidEncrypted.NotMatchDiskDefaultEncryption", 403)
    assert account.refusal("CreateDisk", **params) == mismatch
    (instance_id,) = account.run_instances(DataDisk=[{"Size": 30}])
    disks = account.call("DescribeDisks", InstanceId=instance_id)["Disks"]["Disk"]
    assert {(each["Encrypted"], each["KMSKeyId"]) for each in disks} == {(True, "key")}
    wanted = account.instance_params(DataDisk=[{"Size": 30, "Encrypted": False}])
    assert account.refusal("RunInstances", **wanted) == mismatch
    account.call("ResetDiskDefaultKMSKeyId")
    assert account.call("DescribeDiskDefaultKMSKeyId")["KMSKeyId"] == ""
    account.call("DisableDiskEncryptionByDefault")
    assert not account.call("DescribeDiskEncryptionByDefaultStatus")["Encrypted"]
    assert said(account, create(account)) == (False, "")


def test_images_are_copied_encrypted_by_default(account):
    image_id = account.call("CreateImage", InstanceId=account.run_instances()[0])["ImageId"]
    account.wait()
    account.call("EnableDiskEncryptionByDefault")
    refused = account.refusal("CopyImage", ImageId=image_id, Encrypted=False)
    assert refused == ("InvalidEncrypted.NotMatchDiskDefaultEncryption", 403)
    copied = account.call("CopyImage", ImageId=image_id)["ImageId"]
    account.wait()
    (image,) = account.call("DescribeImages", ImageId=copied)["Images"]["Image"]
    assert image["DiskDeviceMappings"]["DiskDeviceMapping"][0]["Encrypted"]


def test_what_is_not_enabled_is_not_changed(account):
    for action, params in (
        ("DisableDiskEncryptionByDefault", {}),
        ("DescribeDiskDefaultKMSKeyId", {}),
        ("ModifyDiskDefaultKMSKeyId", {"KMSKeyId": "key"}),
        ("ResetDiskDefaultKMSKeyId", {}),
    ):
        assert account.refusal(action, **params) == NOT_FOUND


def test_several_disks_are_restored_at_once(account):
    (instance_id,) = account.run_instances()
    system = system_disk(account, instance_id)
    data = attach(account, create(account), instance_id)
    pairs = [{"DiskId": each, "SnapshotId": snapshot(account, each)} for each in (system, data)]
    assert account.refusal("ResetDisks", Disk=pairs) == ("IncorrectInstanceStatus", 403)
    stop(account, instance_id)
    assert account.refusal("ResetDisks", Disk=pairs, DryRun=True) == ("DryRunOperation", 400)
    answer = account.call("ResetDisks", Disk=pairs)["OperationProgressSet"]["OperationProgress"]
    assert [each["OperationStatus"] for each in answer] == ["Success", "Success"]
    assert answer[1]["RelatedItemSet"]["RelatedItem"] == [
        {"Name": "SnapshotId", "Value": pairs[1]["SnapshotId"]},
        {"Name": "DiskId", "Value": data},
    ]
    assert {shown(account, each)["Status"] for each in (system, data)} == {"ReIniting"}
    account.wait()
    assert {shown(account, each)["Status"] for each in (system, data)} == {"In_use"}


def test_all_of_the_disks_are_restored_or_none(account):
    (instance_id,) = account.run_instances()
    system = system_disk(account, instance_id)
    good = {"DiskId": system, "SnapshotId": snapshot(account, system)}
    free = create(account)
    stop(account, instance_id)
    wrong = [
        ([good, good], ("Operation.Conflict", 403)),
        ([good, {"DiskId": "d-x", "SnapshotId": "s-x"}], ("InvalidDiskId.NotFound", 404)),
        ([{"DiskId": system, "SnapshotId": "s-x"}], ("InvalidSnapshotId.NotFound", 404)),
        ([good, {**good, "DiskId": free}], ("IncorrectDiskStatus", 403)),
        ([{"DiskId": system}], ("InvalidSnapshotId.NotFound", 404)),
        ([{"SnapshotId": good["SnapshotId"]}], ("InvalidDiskId.NotFound", 404)),
    ]
    for pairs, refusal in wrong:
        assert account.refusal("ResetDisks", Disk=pairs) == refusal
