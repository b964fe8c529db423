"""How users call the actions on launch templates with Tencent Cloud's SDK."""

from tests.contract.scenarios.tencent.sdk_account import SdkAccount
from tests.contract.sdks.tencent import ZONE

IMAGE = "img-487zeit5"


def _create(account: SdkAccount) -> str:
    template_id: str = account.cvm(
        "CreateLaunchTemplate",
        LaunchTemplateName="nodes",
        Placement={"Zone": ZONE},
        ImageId=IMAGE,
        InstanceName="node",
        VirtualPrivateCloud={"VpcId": account.vpc_id, "SubnetId": account.subnet_id},
    ).LaunchTemplateId
    return template_id


def _second(account: SdkAccount, template_id: str) -> None:
    made = account.cvm(
        "CreateLaunchTemplateVersion",
        LaunchTemplateId=template_id,
        Placement={"Zone": ZONE},
        InstanceName="other",
    )
    assert made.LaunchTemplateVersionNumber == 2


def _versions(account: SdkAccount, template_id: str) -> dict[int, str]:
    reply = account.cvm("DescribeLaunchTemplateVersions", LaunchTemplateId=template_id)
    return {
        each.LaunchTemplateVersion: each.LaunchTemplateVersionData.InstanceName
        for each in reply.LaunchTemplateVersionSet
    }


def create_launch_template(account: SdkAccount) -> None:
    named = {"LaunchTemplateId": _create(account)}
    (instance_id,) = account.cvm("RunInstances", LaunchTemplate=named).InstanceIdSet
    (shown,) = account.cvm("DescribeInstances", InstanceIds=[instance_id]).InstanceSet
    assert (shown.InstanceName, shown.ImageId) == ("node", IMAGE)


def create_launch_template_version(account: SdkAccount) -> None:
    template_id = _create(account)
    _second(account, template_id)
    assert _versions(account, template_id) == {2: "other", 1: "node"}


def describe_launch_templates(account: SdkAccount) -> None:
    template_id = _create(account)
    filters = [{"Name": "LaunchTemplateName", "Values": ["nodes"]}]
    (shown,) = account.cvm("DescribeLaunchTemplates", Filters=filters).LaunchTemplateSet
    assert (shown.LaunchTemplateId, shown.LaunchTemplateVersionCount) == (template_id, 1)


def describe_launch_template_versions(account: SdkAccount) -> None:
    assert _versions(account, _create(account)) == {1: "node"}


def modify_launch_template_default_version(account: SdkAccount) -> None:
    template_id = _create(account)
    _second(account, template_id)
    account.cvm("ModifyLaunchTemplateDefaultVersion", LaunchTemplateId=template_id, DefaultVersion=2)
    (shown,) = account.cvm("DescribeLaunchTemplates", LaunchTemplateIds=[template_id]).LaunchTemplateSet
    assert (shown.DefaultVersionNumber, shown.LatestVersionNumber) == (2, 2)


def delete_launch_template_versions(account: SdkAccount) -> None:
    template_id = _create(account)
    _second(account, template_id)
    account.cvm("DeleteLaunchTemplateVersions", LaunchTemplateId=template_id, LaunchTemplateVersions=[2])
    assert _versions(account, template_id) == {1: "node"}


def delete_launch_template(account: SdkAccount) -> None:
    account.cvm("DeleteLaunchTemplate", LaunchTemplateId=_create(account))
    assert account.cvm("DescribeLaunchTemplates").TotalCount == 0
