"""Images of the account's own on Alibaba Cloud: copied, shared, and found by their family."""

import pytest
from tests.dialects.alibaba.disks.disk_calls import attach, create, snapshot, system_disk
from tests.dialects.alibaba.furnished_account import AlibabaAccount

UBUNTU = "ubuntu_22_04_x64_20G_alibase_20240530.vhd"
SHANGHAI = {"RegionId": "cn-shanghai"}
OTHER = "1234567890123456"


@pytest.fixture
def image_id(account):
    (instance_id,) = account.run_instances(ImageId=UBUNTU, DataDisk=[{"Size": 30}], SystemDisk={"Size": 50})
    return made(account, InstanceId=instance_id, ImageName="golden", ImageFamily="family", Platform="SUSE")


def made(account, **params):
    image_id = account.call("CreateImage", **params)["ImageId"]
    account.wait()
    return image_id


def copy(account, image_id, **params):
    return account.call("CopyImage", ImageId=image_id, **params)["ImageId"]


def shown(account, image_id, **where):
    answer = account.call(
        "DescribeImages", ImageId=image_id, Status="Creating,Available,Deprecated", **where
    )
    images = answer["Images"]["Image"]
    return images[0] if images else None


def test_an_image_is_copied_to_another_region(account, image_id):
    copied = copy(
        account,
        image_id,
        DestinationRegionId="cn-shanghai",
        DestinationImageName="copied",
        DestinationDescription="from afar",
        ResourceGroupId="rg-1",
        Tag=[{"Key": "a", "Value": "b"}],
    )
    image = shown(account, copied, **SHANGHAI)
    assert (image["Status"], image["IsCopied"]) == ("Creating", True)
    refused = account.refusal("DeleteImage", ImageId=copied, **SHANGHAI)
    assert refused == ("OperationDenied.ImageCopying", 403)
    params = {"ImageId": image_id, "DestinationRegionId": "cn-shanghai"}
    assert account.refusal("CopyImage", **params) == ("OperationDenied.ImageCopyConflict", 400)
    account.wait()
    image = shown(account, copied, **SHANGHAI)
    assert (image["Status"], image["ImageName"], image["Description"]) == (
        "Available",
        "copied",
        "from afar",
    )
    assert (image["Platform"], image["Size"], image["ImageFamily"]) == ("SUSE", 50, "")
    assert (image["OSName"], image["ResourceGroupId"]) == (shown(account, image_id)["OSName"], "rg-1")
    assert image["Tags"]["Tag"] == [{"TagKey": "a", "TagValue": "b"}]
    parts = image["DiskDeviceMappings"]["DiskDeviceMapping"]
    assert [(each["Type"], each["Size"]) for each in parts] == [("system", "50"), ("data", "30")]
    found = account.call("DescribeSnapshots", **SHANGHAI)["Snapshots"]["Snapshot"]
    assert {each["SnapshotId"] for each in found} == {each["SnapshotId"] for each in parts}
    assert {(each["SourceDiskId"], each["SnapshotLinkId"]) for each in found} == {("", "")}
    original = shown(account, image_id)
    assert (original["IsCopied"], original["IsSelfShared"]) == (False, "")
    account.call("DeleteImage", ImageId=copied, **SHANGHAI)
    assert shown(account, copied, **SHANGHAI) is None


def test_an_image_is_copied_within_its_region_and_may_become_encrypted(account, image_id):
    token = {"ClientToken": "t", "Encrypted": True, "KMSKeyId": "key"}
    encrypted = copy(account, image_id, **token)
    assert copy(account, image_id, **token) == encrypted
    account.wait()
    part = shown(account, encrypted)["DiskDeviceMappings"]["DiskDeviceMapping"][0]
    assert part["Encrypted"]
    plain = {"ImageId": encrypted, "Encrypted": False}
    assert account.refusal("CopyImage", **plain) == ("OperationDeined.EncryptedSnapshot", 403)
    again = copy(account, encrypted, DestinationRegionId="cn-shanghai")
    (kept, _) = account.call("DescribeSnapshots", **SHANGHAI)["Snapshots"]["Snapshot"]
    assert (kept["Encrypted"], kept["KMSKeyId"]) == (True, "key")
    account.wait()
    assert shown(account, again, **SHANGHAI)["Status"] == "Available"


def test_what_keeps_an_image_from_being_copied(account, image_id):
    coming = account.call("CreateImage", InstanceId=account.run_instances()[0])["ImageId"]
    wrong = [
        ({"ImageId": "m-x"}, ("InvalidImageId.NotFound", 404)),
        ({"ImageId": coming}, ("IncorrectImageStatus", 400)),
        ({"DestinationRegionId": "nowhere"}, ("DestinationRegion.NotFound", 400)),
        ({"DestinationImageName": "golden"}, ("InvalidImageName.Duplicated", 400)),
        ({"DestinationImageName": "x"}, ("InvalidImageName.Malformed", 400)),
        ({"DestinationDescription": "https://x"}, ("InvalidDescription.Malformed", 400)),
        ({"KMSKeyId": "key"}, ("InvalidParameter.EncryptedIllegal", 400)),
        ({"ResourceGroupId": "none"}, ("InvalidResourceGroup.NotFound", 404)),
        ({"Tag": [{"Key": str(each)} for each in range(21)]}, ("QuotaExceed.Tags", 403)),
        ({"DryRun": True}, ("DryRunOperation", 400)),
    ]
    for params, refusal in wrong:
        assert account.refusal("CopyImage", **{"ImageId": image_id, **params}) == refusal
    account.call("ModifyImageSharePermission", ImageId=image_id, IsPublic=True)
    assert account.refusal("CopyImage", ImageId=image_id) == ("OperationDenied.CommunityImage", 400)


def test_a_copy_is_cancelled_while_it_is_made(account, image_id):
    copied = copy(account, image_id, DestinationRegionId="cn-shanghai")
    account.call("CancelCopyImage", ImageId=copied, **SHANGHAI)
    assert shown(account, copied, **SHANGHAI) is None
    assert account.call("DescribeSnapshots", **SHANGHAI)["TotalCount"] == 0
    copied = copy(account, image_id, DestinationRegionId="cn-shanghai")
    account.wait()
    for which, where, refusal in (
        (copied, SHANGHAI, ("IncorrectImageStatus", 400)),
        (image_id, {}, ("ImageCreatedNotFromCopy", 400)),
        (copied, {}, ("InvalidImageId.NotFound", 404)),
    ):
        assert account.refusal("CancelCopyImage", ImageId=which, **where) == refusal


def test_an_image_is_shared_with_accounts(account, image_id):
    accounts = [f"10{each:02}" for each in range(12)]
    account.call("ModifyImageSharePermission", ImageId=image_id, AddAccount=accounts)
    answer = account.call("DescribeImageSharePermission", ImageId=image_id, PageSize=4, PageNumber=3)
    assert (answer["TotalCount"], answer["RegionId"]) == (10, "cn-hangzhou")
    found = answer["Accounts"]["Account"]
    assert [each["AliyunId"] for each in found] == ["1008", "1009"]
    assert found[0]["SharedTime"].endswith("Z")
    assert answer["ShareGroups"]["ShareGroup"] == []
    assert shown(account, image_id)["IsSelfShared"] == "true"
    refused = account.refusal("DeleteImage", ImageId=image_id, Force=True)
    assert refused == ("ImageUseShared", 403)
    change = {"ImageId": image_id, "AddAccount": [OTHER], "RemoveAccount": accounts[:10]}
    account.call("ModifyImageSharePermission", **change)
    answer = account.call("DescribeImageSharePermission", ImageId=image_id)
    assert [each["AliyunId"] for each in answer["Accounts"]["Account"]] == [OTHER]
    account.call("ModifyImageSharePermission", ImageId=image_id, RemoveAccount=[OTHER])
    account.call("DeleteImage", ImageId=image_id)
    refused = account.refusal("DescribeImageSharePermission", ImageId=image_id)
    assert refused == ("InvalidImageId.NotFound", 404)


def test_an_image_is_published(account, image_id):
    account.call("ModifyImageSharePermission", ImageId=image_id, IsPublic=False)
    account.call("ModifyImageSharePermission", ImageId=image_id, IsPublic=True)
    assert shown(account, image_id, IsPublic=True)["ImageId"] == image_id
    answer = account.call("DescribeImageSharePermission", ImageId=image_id)
    assert answer["ShareGroups"]["ShareGroup"] == [{"Group": "all"}]
    for params in ({"IsPublic": True}, {"AddAccount": [OTHER]}):
        refused = account.refusal("ModifyImageSharePermission", ImageId=image_id, **params)
        assert refused == ("Image.Public", 403)
    account.call("ModifyImageSharePermission", ImageId=image_id, IsPublic=False)
    assert not shown(account, image_id)["IsPublic"]
    account.call("ModifyImageShareGroupPermission", ImageId=image_id, AddGroup=["all"])
    assert shown(account, image_id)["IsPublic"]
    account.call("ModifyImageShareGroupPermission", ImageId=image_id)
    assert shown(account, image_id)["IsPublic"]
    account.call("ModifyImageShareGroupPermission", ImageId=image_id, RemoveGroup=["all"])
    assert not shown(account, image_id)["IsPublic"]
    group = {"ImageId": image_id, "AddGroup": ["some"]}
    assert account.refusal("ModifyImageShareGroupPermission", **group) == ("InvalidGroup.Malformed", 404)


def test_what_keeps_an_image_from_being_shared(image_id, account):
    own = account.call("GetCallerIdentity", "2015-04-01")["AccountId"]
    coming = account.call("CreateImage", InstanceId=account.run_instances()[0])["ImageId"]
    wrong = [
        ({"AddAccount": [own]}, ("InvalidAccount.Forbbiden", 404)),
        ({"AddAccount": ["somebody"]}, ("InvalidAccount.NotFound", 404)),
        ({"IsPublic": True, "AddAccount": [OTHER]}, ("InvalidParameter.IsPublic", 403)),
        ({"LaunchPermission": "HIDDEN"}, ("UnsupportedParameter", 400)),
        ({"ImageId": "m-x"}, ("InvalidImageId.NotFound", 404)),
        ({"ImageId": coming, "AddAccount": [OTHER]}, ("IncorrectImageStatus", 400)),
        ({"AddAccount": [OTHER], "DryRun": True}, ("DryRunOperation", 400)),
    ]
    for params, refusal in wrong:
        assert account.refusal("ModifyImageSharePermission", **{"ImageId": image_id, **params}) == refusal
    account.call("ModifyImageAttribute", ImageId=image_id, Status="Deprecated")
    refused = account.refusal("ModifyImageSharePermission", ImageId=image_id, AddAccount=[OTHER])
    assert refused == ("OperationDenied.InvalidImageStatus", 403)


def test_an_image_is_shared_with_so_many_accounts():
    account = AlibabaAccount.furnished(quotas={"accounts_per_image": 1})
    image_id = made(account, InstanceId=account.run_instances()[0])
    refused = account.refusal("ModifyImageSharePermission", ImageId=image_id, AddAccount=["1", "2"])
    assert refused == ("QuotaExceed.ShareImageUser", 403)


def test_an_encrypted_image_is_shared_where_its_key_is_of_the_account(account):
    (instance_id,) = account.run_instances()
    system = snapshot(account, system_disk(account, instance_id))
    data = snapshot(account, attach(account, create(account), instance_id))
    small = made(account, SnapshotId=system)
    large = made(account, DiskDeviceMapping=[{"SnapshotId": system}, {"SnapshotId": data}])
    for source, key, public, refusal in (
        (small, {"KMSKeyId": "key"}, False, None),
        (small, {"KMSKeyId": "key"}, True, ("OperationDeined.EncryptedSnapshot", 403)),
        (small, {}, False, ("InvalidOperation.ServiceKeyEncryptedImageUnsupported", 403)),
        (large, {"KMSKeyId": "key"}, False, ("OperationDeined.FullImage", 403)),
    ):
        params = {"ImageId": copy(account, source, Encrypted=True, **key)}
        params |= {"IsPublic": True} if public else {"AddAccount": [OTHER]}
        account.wait()
        if refusal is None:
            account.call("ModifyImageSharePermission", **params)
        else:
            assert account.refusal("ModifyImageSharePermission", **params) == refusal


def test_the_newest_image_of_a_family_is_found_and_used(account, image_id):
    (instance_id,) = account.run_instances(ImageId=UBUNTU)
    newer = made(account, InstanceId=instance_id, ImageFamily="family")
    account.call("CreateImage", InstanceId=instance_id, ImageFamily="family")
    image = account.call("DescribeImageFromFamily", ImageFamily="family")["Image"]
    assert (image["ImageId"], image["Usage"], image["Platform"]) == (newer, "none", "Ubuntu")
    assert image["DiskDeviceMappings"]["DiskDeviceMapping"][0]["Type"] == "system"
    params = account.instance_params(ImageFamily="family")
    del params["ImageId"]
    (used_by,) = account.call("RunInstances", **params)["InstanceIdSets"]["InstanceIdSet"]
    shown_as = account.call("DescribeInstances", InstanceIds=f'["{used_by}"]')["Instances"]["Instance"][0]
    assert shown_as["ImageId"] == newer
    assert account.call("DescribeImageFromFamily", ImageFamily="family")["Image"]["Usage"] == "instance"
    account.call("ModifyImageAttribute", ImageId=newer, Status="Deprecated")
    image = account.call("DescribeImageFromFamily", ImageFamily="family")["Image"]
    assert image["ImageId"] == image_id
    public = account.call("DescribeImageFromFamily", ImageFamily="acs:ubuntu_22_04_x64")["Image"]
    assert public["ImageOwnerAlias"] == "system"


def test_a_family_without_images_has_none(account):
    assert account.client.call("DescribeImageFromFamily", ImageFamily="none")["Image"] == {}
