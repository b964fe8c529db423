"""How users ask for images with Alibaba Cloud's SDK."""

from tests.contract.scenarios.alibaba.sdk_account import SdkAccount
from tests.contract.sdks.alibaba import IMAGE, REGION, ecs_models


def describe_images(account: SdkAccount) -> None:
    request = ecs_models.DescribeImagesRequest(
        region_id=REGION, image_name="ubuntu_22_04*", architecture="x86_64"
    )
    (image,) = account.ecs.describe_images(request).images.image
    assert (image.image_id, image.platform) == (IMAGE, "Ubuntu")
