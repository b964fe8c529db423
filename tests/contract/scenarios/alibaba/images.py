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


def _copy(account: SdkAccount, **more: Any) -> tuple[str, str]:
    """Begin to copy a new image of the account's own; return the ids of both."""
    image_id = _new_image(account)
    request = ecs_models.CopyImageRequest(
        region_id=REGION, image_id=image_id, destination_image_name="copied", **more
    )
    return image_id, account.ecs.copy_image(request).image_id


def copy_image(account: SdkAccount) -> None:
    _, copied = _copy(account, destination_region_id="cn-shanghai")
    request = ecs_models.DescribeImagesRequest(
        region_id="cn-shanghai", image_id=copied, status="Creating,Available"
    )

    def shown() -> Any:
        (found,) = account.ecs.describe_images(request).images.image
        return found

    poll(lambda: shown().status, "Available")
    assert (shown().image_name, shown().is_copied, shown().platform) == ("copied", True, "Ubuntu")


def cancel_copy_image(account: SdkAccount) -> None:
    image_id, copied = _copy(account)
    account.ecs.cancel_copy_image(ecs_models.CancelCopyImageRequest(region_id=REGION, image_id=copied))
    assert (_image(account, copied), _image(account, image_id).status) == (None, "Available")


def _shared_with(account: SdkAccount, image_id: str) -> Any:
    request = ecs_models.DescribeImageSharePermissionRequest(region_id=REGION, image_id=image_id)
    return account.ecs.describe_image_share_permission(request)


def modify_image_share_permission(account: SdkAccount) -> None:
    made = _new_image(account)
    account.ecs.modify_image_share_permission(
        ecs_models.ModifyImageSharePermissionRequest(
            region_id=REGION, image_id=made, add_account=["1234567890123456"]
        )
    )
    assert _image(account, made).is_self_shared == "true"


def describe_image_share_permission(account: SdkAccount) -> None:
    made = _new_image(account)
    account.ecs.modify_image_share_permission(
        ecs_models.ModifyImageSharePermissionRequest(
            region_id=REGION, image_id=made, add_account=["1234567890123456"]
        )
    )
    reply = _shared_with(account, made)
    assert (reply.total_count, reply.accounts.account[0].aliyun_id) == (1, "1234567890123456")


def modify_image_share_group_permission(account: SdkAccount) -> None:
    made = _new_image(account)
    account.ecs.modify_image_share_group_permission(
        ecs_models.ModifyImageShareGroupPermissionRequest(
            region_id=REGION, image_id=made, add_group=["all"]
        )
    )
    assert _shared_with(account, made).share_groups.share_group[0].group == "all"


def describe_image_from_family(account: SdkAccount) -> None:
    request = ecs_models.DescribeImageFromFamilyRequest(
        region_id=REGION, image_family="acs:ubuntu_22_04_x64"
    )
    found = account.ecs.describe_image_from_family(request).image
    assert (found.platform, found.image_owner_alias) == ("Ubuntu", "system")
