"""Images of the account's own: created from instances and snapshots, used, changed and deleted.

Source: the definitions of CreateImage, DeleteImages and ModifyImageAttribute in tccli.
"""

import pytest
from tests.dialects.tencent.disks.disk_calls import create, snapshot, system_disk
from tests.dialects.tencent.furnished_account import IMAGE

DATA = {"DiskType": "CLOUD_SSD", "DiskSize": 100}
NOT_THERE = "img-absent00"


def shown(account, image_id):
    (found,) = account.call("DescribeImages", ImageIds=[image_id])["ImageSet"]
    return found


def make(account, **params):
    params = {"ImageName": "own", **params}
    if "SnapshotIds" not in params:
        params = {"InstanceId": account.instance_id, **params}
    image_id = account.call("CreateImage", **params)["ImageId"]
    account.wait()
    return image_id


def test_an_image_is_created_from_an_instance(account):
    (instance_id,) = account.run_instances(DataDisks=[DATA])
    instance = account.describe_instance(instance_id)
    data = instance["DataDisks"][0]["DiskId"]
    tags = [{"Key": "team", "Value": "net"}]
    params = {
        "ImageName": "own",
        "ImageDescription": "mine",
        "InstanceId": instance_id,
        "DataDiskIds": [data],
        "TagSpecification": [{"ResourceType": "image", "Tags": tags}],
        "ForcePoweroff": "true",
        "Sysprep": "false",
    }
    assert account.call("CreateImage", **params, DryRun=True)["ImageId"] == ""
    image_id = account.call("CreateImage", **params)["ImageId"]
    image = shown(account, image_id)
    assert (image["ImageState"], image["SyncPercent"]) == ("CREATING", 0)
    refused = account.refusal("RunInstances", **account.instance_params(ImageId=image_id))
    assert refused == "InvalidParameterValue.InvalidImageState"
    assert account.refusal("DeleteImages", ImageIds=[image_id]) == "InvalidImageId.IncorrectState"
    account.wait()
    image = shown(account, image_id)
    assert (image["ImageState"], image["ImageType"], image["ImageSource"]) == (
        "NORMAL",
        "PRIVATE_IMAGE",
        "CREATE_IMAGE",
    )
    assert (image["ImageName"], image["ImageDescription"], image["ImageSize"]) == ("own", "mine", 50)
    assert image["OsName"] == shown(account, IMAGE)["OsName"]
    assert [(each["DiskUsage"], each["DiskSize"]) for each in image["SnapshotSet"]] == [
        ("SYSTEM_DISK", 50),
        ("DATA_DISK", 100),
    ]
    assert image["Tags"] == tags
    listed = account.call("DescribeImages", Filters=[{"Name": "image-type", "Values": ["PRIVATE_IMAGE"]}])
    assert [each["ImageId"] for each in listed["ImageSet"]] == [image_id]
    for name, value in (("tag:team", "net"), ("tag-key", "team"), ("tag-value", "net")):
        reply = account.call("DescribeImages", Filters=[{"Name": name, "Values": [value]}])
        assert [each["ImageId"] for each in reply["ImageSet"]] == [image_id]
    (other,) = account.run_instances(ImageId=image_id)
    assert account.describe_instance(other)["ImageId"] == image_id
    snapshots = account.call("DescribeSnapshots")["SnapshotSet"]
    assert {tuple(each["ImageId"] for each in found["Images"]) for found in snapshots} == {(image_id,)}


def test_an_image_is_created_from_snapshots(account):
    system = snapshot(account, system_disk(account, account.instance_id))
    again = snapshot(account, system_disk(account, account.instance_id))
    data = snapshot(account, create(account))
    image_id = make(account, SnapshotIds=[data, system])
    assert [each["SnapshotId"] for each in shown(account, image_id)["SnapshotSet"]] == [system, data]
    for ids, code in (
        ([data], "InvalidParameter.SystemSnapshotNotFound"),
        ([system, again], "InvalidParameter.DuplicateSystemSnapshots"),
        ([system, "snap-absent00"], "InvalidParameter.SnapshotNotFound"),
    ):
        assert account.refusal("CreateImage", ImageName="other", SnapshotIds=ids) == code
    assert account.refusal("DeleteSnapshots", SnapshotIds=[system]) == (
        "UnsupportedOperation.SnapshotHasBindedImage"
    )
    account.call("DeleteSnapshots", SnapshotIds=[system], DeleteBindImages=True)
    assert account.refusal("DeleteImages", ImageIds=[image_id]) == "InvalidImageId.NotFound"


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"InstanceId": None}, "InvalidParameter.SpecifyOneParameter"),
        ({"SnapshotIds": ["snap-absent00"]}, "InvalidParameter.SpecifyOneParameter"),
        ({"InstanceId": "ins-absent00"}, "InvalidInstanceId.NotFound"),
        (
            {"InstanceId": None, "SnapshotIds": ["snap-absent00"], "DataDiskIds": ["disk-absent00"]},
            "InvalidParameter.InvalidDependence",
        ),
        ({"DataDiskIds": ["disk-absent00"]}, "InvalidParameter.DataDiskNotBelongSpecifiedInstance"),
        ({"ImageName": "n" * 61}, "InvalidParameterValue.TooLarge"),
        ({"ImageDescription": "n" * 257}, "InvalidParameterValue.TooLarge"),
        ({"ImageName": "taken"}, "InvalidImageName.Duplicate"),
    ],
)
def test_an_image_is_not_created_for(account, params, code):
    make(account, ImageName="taken")
    params = {"ImageName": "own", "InstanceId": account.instance_id, **params}
    assert account.refusal("CreateImage", **params) == code


def test_an_image_is_not_created_from_an_instance_or_disk_that_is_not_fit(account):
    (instance_id,) = account.run_instances(DataDisks=[{"DiskSize": 10}])
    held = account.describe_instance(instance_id)
    params = {"ImageName": "own", "InstanceId": instance_id}
    for disk_id, code in (
        (held["SystemDisk"]["DiskId"], "InvalidParameter.DataDiskIdContainsRootDisk"),
        (held["DataDisks"][0]["DiskId"], "InvalidParameter.LocalDataDiskNotSupport"),
    ):
        assert account.refusal("CreateImage", **params, DataDiskIds=[disk_id]) == code
    account.call("CreateSnapshot", DiskId=held["SystemDisk"]["DiskId"])
    assert account.refusal("CreateImage", **params) == "ResourceUnavailable.SnapshotCreating"
    account.wait()
    account.call("StopInstances", InstanceIds=[instance_id], StoppedMode="STOP_CHARGING")
    assert account.refusal("CreateImage", **params) == "UnsupportedOperation.InstanceStateStopping"
    account.wait()
    assert account.refusal("CreateImage", **params) == "UnsupportedOperation.StoppedModeStopCharging"


def test_an_image_is_modified_and_deleted_with_its_snapshots(account):
    image_id, other = make(account), make(account, ImageName="other")
    params = {
        "ImageName": "renamed",
        "ImageDescription": "new",
        "ImageFamily": "f",
        "ImageDeprecated": True,
    }
    account.call("ModifyImageAttribute", ImageId=image_id, **params)
    image = shown(account, image_id)
    assert {name: image[name] for name in params} == params
    taken = account.refusal("ModifyImageAttribute", ImageId=other, ImageName="renamed")
    assert taken == "InvalidImageName.Duplicate"
    for public in (NOT_THERE, IMAGE):
        assert account.refusal("ModifyImageAttribute", ImageId=public) == "InvalidImageId.NotFound"
        assert account.refusal("DeleteImages", ImageIds=[public]) == "InvalidImageId.NotFound"
    account.call("DeleteImages", ImageIds=[image_id], DryRun=True)
    account.call("DeleteImages", ImageIds=[image_id], DeleteBindedSnap=True)
    account.call("DeleteImages", ImageIds=[other])
    assert account.call("DescribeImages", ImageIds=[image_id, other])["ImageSet"] == []
    refused = account.refusal("RunInstances", **account.instance_params(ImageId=image_id))
    assert refused == "InvalidImageId.NotFound"
    assert account.call("DescribeSnapshots")["TotalCount"] == 1
    assert (
        account.call("DescribeImages", Filters=[{"Name": "image-type", "Values": ["PRIVATE_IMAGE"]}])[
            "ImageSet"
        ]
        == []
    )
