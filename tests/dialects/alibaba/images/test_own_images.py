"""Images of the account's own on Alibaba Cloud: created, used, modified and deleted."""

from tests.dialects.alibaba.disks.disk_calls import attach, create, snapshot, system_disk

UBUNTU = "ubuntu_22_04_x64_20G_alibase_20240530.vhd"


def own(account, **criteria):
    answer = account.call("DescribeImages", ImageOwnerAlias="self", **criteria)
    return answer["Images"]["Image"]


def ready(account, **params):
    image_id = account.call("CreateImage", **params)["ImageId"]
    account.wait()
    return image_id


def test_an_image_is_created_from_an_instance(account):
    (instance_id,) = account.run_instances(ImageId=UBUNTU, DataDisk=[{"Size": 30}], SystemDisk={"Size": 50})
    image_id = account.call(
        "CreateImage",
        InstanceId=instance_id,
        ImageName="golden",
        Description="mine",
        ImageFamily="family",
        ImageVersion="1",
        ResourceGroupId="rg-1",
        Features={"ImdsSupport": "v2"},
        Tag=[{"Key": "a", "Value": "b"}],
    )["ImageId"]
    assert own(account) == []
    (image,) = own(account, Status="Creating,Available")
    assert (image["Status"], image["Progress"]) == ("Creating", "0%")
    account.wait()
    (image,) = own(account)
    assert (image["ImageId"], image["ImageName"], image["Description"]) == (image_id, "golden", "mine")
    assert (image["Status"], image["Progress"], image["Size"]) == ("Available", "100%", 50)
    assert (image["Platform"], image["ImageOwnerAlias"], image["Usage"]) == ("Ubuntu", "self", "none")
    assert (image["ImageFamily"], image["ImageVersion"], image["ResourceGroupId"]) == (
        "family",
        "1",
        "rg-1",
    )
    assert image["Features"]["ImdsSupport"] == "v2"
    system, data = image["DiskDeviceMappings"]["DiskDeviceMapping"]
    assert (system["Type"], system["Size"], system["Device"]) == ("system", "50", "/dev/xvda")
    assert (data["Type"], data["Size"], data["Device"]) == ("data", "30", "/dev/xvdb")
    assert own(account, SnapshotId=data["SnapshotId"]) == own(account, Tag=[{"Key": "a"}]) == [image]
    assert own(account, Usable=False) == []
    (other,) = account.run_instances(ImageId=image_id)
    disk = account.call("DescribeDisks", InstanceId=other)["Disks"]["Disk"][0]
    assert (disk["Size"], disk["ImageId"]) == (50, image_id)
    assert own(account)[0]["Usage"] == "instance"
    assert account.refusal("DeleteImage", ImageId=image_id) == ("ImageUsingByInstance", 403)
    account.call("DeleteImage", ImageId=image_id, Force=True)
    account.call("DeleteImage", ImageId=image_id)
    assert account.call("DescribeSnapshots")["TotalCount"] == 2


def test_an_image_is_created_from_snapshots(account):
    (instance_id,) = account.run_instances(ImageId=UBUNTU)
    system = snapshot(account, system_disk(account, instance_id))
    data = snapshot(account, attach(account, create(account), instance_id))
    one = ready(account, SnapshotId=system)
    parts = [{"SnapshotId": data}, {"SnapshotId": system}]
    other = ready(account, DiskDeviceMapping=parts, ImageName="parts")
    swapped = ready(
        account, DiskDeviceMapping=[{"SnapshotId": data, "DiskType": "system"}], Platform="SUSE"
    )
    shown = {each["ImageId"]: each for each in own(account)}
    assert [shown[each]["Platform"] for each in (one, other, swapped)] == ["Ubuntu", "Ubuntu", "SUSE"]
    assert [len(shown[each]["DiskDeviceMappings"]["DiskDeviceMapping"]) for each in (one, other)] == [1, 2]
    wrong = [
        ({}, ("MissingParameter", 400)),
        ({"SnapshotId": data}, ("OperationDenied", 400)),
        ({"SnapshotId": "s-x"}, ("InvalidSnapshotId.NotFound", 404)),
        ({"DiskDeviceMapping": [{"SnapshotId": "s-x"}]}, ("InvalidSnapshotId.NotFound", 404)),
        ({"DiskDeviceMapping": [{"Size": 20}]}, ("InvalidSize.ValueNotSupported", 400)),
        ({"InstanceId": "i-x"}, ("InvalidInstanceId.NotFound", 404)),
        ({"SnapshotId": system, "ImageName": "parts"}, ("InvalidImageName.Duplicated", 400)),
        ({"SnapshotId": system, "ImageName": "x"}, ("InvalidImageName.Malformed", 400)),
        ({"SnapshotId": system, "DryRun": True}, ("DryRunOperation", 400)),
    ]
    for params, refusal in wrong:
        assert account.refusal("CreateImage", **params) == refusal


def test_an_image_of_an_instance_that_came_from_one_is_of_the_same_system(account):
    (instance_id,) = account.run_instances(ImageId=UBUNTU)
    first = ready(account, InstanceId=instance_id)
    (other,) = account.run_instances(ImageId=first)
    second = ready(account, InstanceId=other)
    account.call("DeleteImage", ImageId=first, Force=True)
    (image,) = own(account, ImageId=second)
    assert image["Platform"] == "Ubuntu"


def test_an_image_cannot_be_used_or_deleted_while_it_is_created(account):
    (instance_id,) = account.run_instances()
    image_id = account.call("CreateImage", InstanceId=instance_id)["ImageId"]
    params = account.instance_params(ImageId=image_id)
    assert account.refusal("RunInstances", **params) == ("InvalidImageId.NotFound", 404)
    assert account.refusal("DeleteImage", ImageId=image_id) == ("ImageIsCreating", 403)
    refused = account.refusal("CreateImage", InstanceId=instance_id)
    assert refused == ("IncorrectDiskStatus.CreatingSnapshot", 403)
    account.wait()
    account.call("StopInstance", InstanceId=instance_id)
    assert account.refusal("CreateImage", InstanceId=instance_id) == ("IncorrectInstanceStatus", 400)


def test_what_is_said_of_an_image_changes(account):
    (instance_id,) = account.run_instances(ImageId=UBUNTU)
    image_id = ready(account, InstanceId=instance_id, ImageName="first")
    ready(account, InstanceId=instance_id, ImageName="second")
    account.call(
        "ModifyImageAttribute",
        ImageId=image_id,
        ImageName="named",
        Description="described",
        ImageFamily="family",
        BootMode="UEFI",
        Status="Deprecated",
        Features={"ImdsSupport": "v2"},
    )
    (image,) = own(account, ImageId=image_id, Status="Deprecated")
    assert (image["ImageName"], image["Description"]) == ("named", "described")
    assert (image["ImageFamily"], image["BootMode"]) == ("family", "UEFI")
    account.call("ModifyImageAttribute", ImageId=image_id, Status="Available", ImageName="", Description="")
    (image,) = own(account, ImageId=image_id)
    assert (image["ImageName"], image["Description"]) == ("named", "")
    wrong = [
        ({"ImageName": "second"}, ("InvalidImageName.Duplicated", 400)),
        ({"ImageId": "m-x"}, ("InvalidImageId.NotFound", 404)),
        ({"DryRun": True}, ("DryRunOperation", 400)),
    ]
    for params, refusal in wrong:
        assert account.refusal("ModifyImageAttribute", **{"ImageId": image_id, **params}) == refusal
