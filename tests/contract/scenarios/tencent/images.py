"""How users call the actions on images with Tencent Cloud's SDK."""

from tests.contract.scenarios.tencent.sdk_account import SdkAccount


def describe_images(account: SdkAccount) -> None:
    reply = account.cvm("DescribeImages", Filters=[{"Name": "platform", "Values": ["Ubuntu"]}], Limit=1)
    assert (reply.TotalCount, len(reply.ImageSet), reply.ImageSet[0].Platform) == (7, 1, "Ubuntu")
    (shown,) = account.cvm("DescribeImages", ImageIds=["img-487zeit5"]).ImageSet
    assert (shown.OsName, shown.ImageState) == ("Ubuntu Server 22.04 LTS 64位", "NORMAL")
