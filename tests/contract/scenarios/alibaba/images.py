"""How users ask for images, and make their own, with Alibaba Cloud's SDK."""

from typing import Any

from tests.contract.polling import poll
from tests.contract.scenarios.alibaba.sdk_account import SdkAccount
from tests.contract.sdks.alibaba import IMAGE, REGION, ecs_models


def _new_image(account: SdkAccount) -> str:
    """Create an image of the instance and wait until it is Available."""
    request = ecs_models.CreateImageRequest(
        region_id=REGION, image_name="base", instance_id=account.instance_id
    )
    made: str = account.ecs.create_image(request).image_id
    poll(lambda: _image(account, made).status, "Available")
    return made


def _image(account: SdkAccount, image_id: str) -> Any:
    """Return an image of the account's own, or None."""
    request = ecs_models.DescribeImagesRequest(
        region_id=REGION, image_id=image_id, image_owner_alias="self", status="Creating,Available"
    )
    found = account.ecs.describe_images(request).images.image
    return found[0] if found else None


def describe_images(account: SdkAccount) -> None:
    request = ecs_models.DescribeImagesRequest(
        region_id=REGION, image_name="ubuntu_22_04*", architecture="x86_64"
    )
    (found,) = account.ecs.describe_images(request).images.image
    assert (found.image_id, found.platform) == (IMAGE, "Ubuntu")


def create_image(account: SdkAccount) -> None:
    shown = _image(account, _new_image(account))
    assert (shown.image_name, shown.image_owner_alias, shown.platform) == ("base", "self", "Ubuntu")


def modify_image_attribute(account: SdkAccount) -> None:
    made = _new_image(account)
    account.ecs.modify_image_attribute(
        ecs_models.ModifyImageAttributeRequest(
            region_id=REGION, image_id=made, image_name="renamed", description="my own"
        )
    )
    shown = _image(account, made)
    assert (shown.image_name, shown.description) == ("renamed", "my own")


def delete_image(account: SdkAccount) -> None:
    made = _new_image(account)
    account.ecs.delete_image(ecs_models.DeleteImageRequest(region_id=REGION, image_id=made, force=True))
    assert _image(account, made) is None
