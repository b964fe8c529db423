"""Images of the account's own on Tencent Cloud: copied to other regions, shared, found by their family."""

import pytest
from tests.dialects.tencent.furnished_account import IMAGE, TencentAccount

PUBLIC = "img-487zeit5"
BEIJING, SHANGHAI = "ap-beijing", "ap-shanghai"
HERE = "ap-guangzhou"


def make(account, name="own", **params):
    params = {"ImageName": name, "InstanceId": account.instance_id, **params}
    image_id = account.call("CreateImage", **params)["ImageId"]
    account.wait()
    return image_id


def sync(account, image_id, *regions, **params):
    answer = account.call(
        "SyncImages",
        ImageIds=[image_id],
        DestinationRegions=list(regions),
        ImageSetRequired=True,
        **params,
    )
    return {each["Region"]: each["ImageId"] for each in answer["ImageSet"]}


def shown(client, image_id):
    found = client.call("DescribeImages", ImageIds=[image_id])["ImageSet"]
    return found[0] if found else None


@pytest.fixture
def image_id(account):
    return make(account, ImageDescription="mine")


def test_an_image_is_copied_to_other_regions(account, image_id):
    params = {"ImageIds": [image_id], "DestinationRegions": [BEIJING]}
    assert account.call("SyncImages", DryRun=True, **params)["ImageSet"] == []
    copies = sync(account, image_id, BEIJING, SHANGHAI, BEIJING)
    assert list(copies) == [BEIJING, SHANGHAI]
    north = account.new_client(region=BEIJING)
    copy_id = copies[BEIJING]
    image = shown(north, copy_id)
    assert (image["ImageState"], image["SyncPercent"]) == ("SYNCING", 0)
    refused = account.refusal("SyncImages", ImageName="another", **params)
    assert refused == "FailedOperation.InvalidImageState"
    account.wait()
    image, original = shown(north, copy_id), shown(account, image_id)
    assert (image["ImageState"], image["ImageName"], image["ImageDescription"]) == ("NORMAL", "own", "mine")
    assert (image["OsName"], image["ImageSize"]) == (original["OsName"], original["ImageSize"])
    assert image["ImageType"] == "PRIVATE_IMAGE"
    (part,) = image["SnapshotSet"]
    (found,) = north.call("DescribeSnapshots")["SnapshotSet"]
    assert (found["SnapshotId"], found["DiskId"]) == (part["SnapshotId"], "")
    assert account.refusal("SyncImages", **params) == "InvalidImageName.Duplicate"
    assert account.call("SyncImages", ImageName="other", **params)["ImageSet"] == []
    account.wait()
    names = [each["ImageName"] for each in north.call("DescribeImages", Limit=2)["ImageSet"]]
    assert sorted(names) == ["other", "own"]


def test_all_regions_get_the_image_or_none(account, image_id):
    sync(account, image_id, SHANGHAI)
    account.wait()
    params = {"ImageIds": [image_id], "DestinationRegions": [BEIJING, SHANGHAI]}
    assert account.refusal("SyncImages", **params) == "InvalidImageName.Duplicate"
    listed = account.new_client(region=BEIJING).call(
        "DescribeImages", Filters=[{"Name": "image-type", "Values": ["PRIVATE_IMAGE"]}]
    )
    assert listed["TotalCount"] == 0


def test_a_copy_in_the_same_region_is_encrypted(account, image_id):
    params = {"Encrypt": True, "KmsKeyId": "key", "ImageName": "safe"}
    encrypted = sync(account, image_id, HERE, **params)[HERE]
    account.wait()
    part = shown(account, encrypted)["SnapshotSet"][0]["SnapshotId"]
    (found,) = account.call("DescribeSnapshots", SnapshotIds=[part])["SnapshotSet"]
    assert found["Encrypt"]
    for region, encrypt, code in (
        (BEIJING, False, "UnsupportedOperation.EncryptedImagesNotSupported"),
        (HERE, True, "UnsupportedOperation.SyncEncryptImageNotSupport"),
    ):
        again = {"ImageIds": [encrypted], "DestinationRegions": [region], "Encrypt": encrypt}
        assert account.refusal("SyncImages", **again) == code
    share = {"ImageId": encrypted, "AccountIds": ["1"], "Permission": "SHARE"}
    refused = account.refusal("ModifyImageSharePermission", **share)
    assert refused == "UnsupportedOperation.EncryptedImagesNotSupported"


def test_a_copy_of_an_image_of_an_instance_of_an_image_is_of_the_same_system(account, image_id):
    (instance_id,) = account.run_instances(ImageId=image_id)
    second = make(account, "second", InstanceId=instance_id)
    copies = sync(account, second, BEIJING)
    image = shown(account.new_client(region=BEIJING), copies[BEIJING])
    assert image["OsName"] == shown(account, IMAGE)["OsName"]


def test_what_keeps_an_image_from_being_copied(account, image_id):
    coming = account.call("CreateImage", ImageName="new", InstanceId=account.instance_id)["ImageId"]
    wrong = [
        ({"ImageIds": ["img-absent00"]}, "InvalidImageId.NotFound"),
        ({"ImageIds": [coming]}, "InvalidImageId.IncorrectState"),
        ({"ImageIds": ["absent"]}, "InvalidImageId.Malformed"),
        ({"ImageIds": [image_id, coming]}, "InvalidParameterValue.LimitExceeded"),
        ({"DestinationRegions": ["nowhere"]}, "InvalidRegion.NotFound"),
        ({"DestinationRegions": [HERE]}, "InvalidParameterValue.InvalidRegion"),
        ({"Encrypt": True}, "InvalidParameterValue.InvalidRegion"),
    ]
    for params, code in wrong:
        given = {"ImageIds": [image_id], "DestinationRegions": [BEIJING], **params}
        assert account.refusal("SyncImages", **given) == code


def test_an_image_is_shared_with_accounts(account, image_id):
    account.call(
        "ModifyImageSharePermission", ImageId=image_id, AccountIds=["1001", "1002"], Permission="SHARE"
    )
    answer = account.call("DescribeImageSharePermission", ImageId=image_id)["SharePermissionSet"]
    assert [each["AccountId"] for each in answer] == ["1001", "1002"]
    assert answer[0]["CreatedTime"].endswith("Z")
    assert account.refusal("DeleteImages", ImageIds=[image_id]) == "InvalidImageId.InShared"
    snapshots = [each["SnapshotId"] for each in shown(account, image_id)["SnapshotSet"]]
    refused = account.refusal("DeleteSnapshots", SnapshotIds=snapshots, DeleteBindImages=True)
    assert refused == "UnsupportedOperation"
    account.call(
        "ModifyImageSharePermission", ImageId=image_id, AccountIds=["1001", "1003"], Permission="CANCEL"
    )
    answer = account.call("DescribeImageSharePermission", ImageId=image_id)["SharePermissionSet"]
    assert [each["AccountId"] for each in answer] == ["1002"]


def test_what_keeps_an_image_from_being_shared(image_id, account):
    account.call("ModifyImageSharePermission", ImageId=image_id, AccountIds=["1001"], Permission="SHARE")
    own = account.call("GetCallerIdentity")["AccountId"]
    coming = account.call("CreateImage", ImageName="new", InstanceId=account.instance_id)["ImageId"]
    wrong = [
        ({"AccountIds": ["1001"]}, "FailedOperation.AccountAlreadyExists"),
        ({"AccountIds": [own]}, "FailedOperation.AccountIsYourSelf"),
        ({"AccountIds": ["somebody"]}, "InvalidAccountId.NotFound"),
        ({"ImageId": PUBLIC}, "UnauthorizedOperation.ImageNotBelongToAccount"),
        ({"ImageId": "img-absent00"}, "InvalidImageId.NotFound"),
        ({"ImageId": coming}, "InvalidParameterValue.InvalidImageState"),
    ]
    for params, code in wrong:
        given = {"ImageId": image_id, "AccountIds": ["1002"], "Permission": "SHARE", **params}
        assert account.refusal("ModifyImageSharePermission", **given) == code
    for which, code in (
        (PUBLIC, "UnauthorizedOperation.ImageNotBelongToAccount"),
        ("img-absent00", "InvalidImageId.NotFound"),
    ):
        assert account.refusal("DescribeImageSharePermission", ImageId=which) == code


def test_an_image_is_shared_with_so_many_accounts():
    account = TencentAccount.furnished(quotas={"accounts_per_image": 1, "images": 3})
    share = {"ImageId": make(account), "AccountIds": ["1", "2"], "Permission": "SHARE"}
    assert account.refusal("ModifyImageSharePermission", **share) == "OverQuota"
    assert account.call("DescribeImageQuota")["ImageNumQuota"] == 3


def test_the_quota_of_images_is_that_of_the_cloud_where_nothing_is_said(account):
    assert account.call("DescribeImageQuota")["ImageNumQuota"] == 500


def test_the_newest_image_of_a_family_is_found(account):
    first = make(account, "first", ImageFamily="family")
    second = make(account, "second", ImageFamily="family")
    account.call("CreateImage", ImageName="third", InstanceId=account.instance_id, ImageFamily="family")
    image = account.call("DescribeImageFromFamily", ImageFamily="family")["Image"]
    assert (image["ImageId"], image["ImageFamily"]) == (second, "family")
    account.call("ModifyImageAttribute", ImageId=second, ImageDeprecated=True)
    assert account.call("DescribeImageFromFamily", ImageFamily="family")["Image"]["ImageId"] == first
    for params in ({"ImageFamily": "none"}, {}):
        assert account.call("DescribeImageFromFamily", **params)["Image"] is None


def test_the_systems_that_can_be_imported_are_told(account):
    answer = account.call("DescribeImportImageOs")
    listed = answer["ImportImageOsListSupported"]
    assert listed["Windows"][0] == "Windows Server 2008"
    assert "Ubuntu" in listed["Linux"]
    names = [each["OsName"] for each in answer["ImportImageOsVersionSet"]]
    assert sorted(names) == sorted([*listed["Windows"], *listed["Linux"]])
