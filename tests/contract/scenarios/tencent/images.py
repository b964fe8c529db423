"""How users call the actions on images with Tencent Cloud's SDK."""

from typing import Any

from tests.contract.polling import poll
from tests.contract.scenarios.tencent.sdk_account import SdkAccount


def _new_image(account: SdkAccount) -> str:
    """Create an image of the instance and wait until it is complete."""
    made: str = account.cvm("CreateImage", ImageName="base", InstanceId=account.instance_id).ImageId
    poll(lambda: _image(account, made).ImageState, "NORMAL")
    return made


def _image(account: SdkAccount, image_id: str) -> Any:
    (shown,) = account.cvm("DescribeImages", ImageIds=[image_id]).ImageSet
    return shown


def describe_images(account: SdkAccount) -> None:
    reply = account.cvm("DescribeImages", Filters=[{"Name": "platform", "Values": ["Ubuntu"]}], Limit=1)
    assert (reply.TotalCount, len(reply.ImageSet), reply.ImageSet[0].Platform) == (7, 1, "Ubuntu")
    (shown,) = account.cvm("DescribeImages", ImageIds=["img-487zeit5"]).ImageSet
    assert (shown.OsName, shown.ImageState) == ("Ubuntu Server 22.04 LTS 64位", "NORMAL")


def create_image(account: SdkAccount) -> None:
    shown = _image(account, _new_image(account))
    assert (shown.ImageName, shown.ImageType) == ("base", "PRIVATE_IMAGE")
    assert (shown.OsName, shown.SnapshotSet[0].DiskUsage) == ("Ubuntu Server 22.04 LTS 64位", "SYSTEM_DISK")


def modify_image_attribute(account: SdkAccount) -> None:
    made = _new_image(account)
    account.cvm("ModifyImageAttribute", ImageId=made, ImageName="renamed", ImageDescription="mine")
    shown = _image(account, made)
    assert (shown.ImageName, shown.ImageDescription) == ("renamed", "mine")


def delete_images(account: SdkAccount) -> None:
    account.cvm("DeleteImages", ImageIds=[_new_image(account)], DeleteBindedSnap=True)
    assert account.cbs("DescribeSnapshots").TotalCount == 0


def sync_images(account: SdkAccount) -> None:
    reply = account.cvm(
        "SyncImages",
        ImageIds=[_new_image(account)],
        DestinationRegions=["ap-beijing"],
        ImageSetRequired=True,
    )
    (made,) = reply.ImageSet
    assert (made.Region, made.ImageId[:4]) == ("ap-beijing", "img-")


def _share(account: SdkAccount) -> str:
    made = _new_image(account)
    account.cvm("ModifyImageSharePermission", ImageId=made, AccountIds=["1038493875"], Permission="SHARE")
    return made


def modify_image_share_permission(account: SdkAccount) -> None:
    made = _share(account)
    account.cvm("ModifyImageSharePermission", ImageId=made, AccountIds=["1038493875"], Permission="CANCEL")
    assert account.cvm("DescribeImageSharePermission", ImageId=made).SharePermissionSet == []


def describe_image_share_permission(account: SdkAccount) -> None:
    (found,) = account.cvm("DescribeImageSharePermission", ImageId=_share(account)).SharePermissionSet
    assert found.AccountId == "1038493875"


def describe_image_quota(account: SdkAccount) -> None:
    assert account.cvm("DescribeImageQuota").ImageNumQuota == 500


def describe_image_from_family(account: SdkAccount) -> None:
    tags = [{"ResourceType": "image", "Tags": [{"Key": "city", "Value": "shanghai"}]}]
    params = {"ImageName": "base", "InstanceId": account.instance_id, "TagSpecification": tags}
    made = account.cvm("CreateImage", ImageFamily="shop", **params).ImageId
    poll(lambda: _image(account, made).ImageState, "NORMAL")
    assert account.cvm("DescribeImageFromFamily", ImageFamily="shop").Image.ImageId == made


def describe_import_image_os(account: SdkAccount) -> None:
    reply = account.cvm("DescribeImportImageOs")
    assert "Ubuntu" in reply.ImportImageOsListSupported.Linux
    assert "7" in next(each for each in reply.ImportImageOsVersionSet if each.OsName == "CentOS").OsVersions
