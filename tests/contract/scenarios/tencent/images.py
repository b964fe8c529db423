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
