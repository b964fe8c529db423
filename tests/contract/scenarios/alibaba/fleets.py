"""How users call the actions on launch templates with Alibaba Cloud's SDK."""

from tests.contract.scenarios.alibaba.sdk_account import SdkAccount
from tests.contract.sdks.alibaba import IMAGE, REGION, ecs_models


def _create(account: SdkAccount) -> str:
    request = ecs_models.CreateLaunchTemplateRequest(
        region_id=REGION,
        launch_template_name="nodes",
        version_description="the first",
        image_id=IMAGE,
        instance_type="ecs.g7.large",
        security_group_id=account.group_id,
        v_switch_id=account.vswitch_id,
        system_disk=ecs_models.CreateLaunchTemplateRequestSystemDisk(category="cloud_essd", size=40),
        tag=[ecs_models.CreateLaunchTemplateRequestTag(key="k", value="v")],
    )
    made = account.ecs.create_launch_template(request)
    assert made.launch_template_version_number == 1
    return str(made.launch_template_id)


def _second(account: SdkAccount, template_id: str) -> None:
    request = ecs_models.CreateLaunchTemplateVersionRequest(
        region_id=REGION, launch_template_id=template_id, instance_type="ecs.g7.xlarge"
    )
    assert account.ecs.create_launch_template_version(request).launch_template_version_number == 2


def _numbers(account: SdkAccount, template_id: str, **more: object) -> list[int]:
    request = ecs_models.DescribeLaunchTemplateVersionsRequest(
        region_id=REGION, launch_template_id=template_id, **more
    )
    sets = account.ecs.describe_launch_template_versions(request).launch_template_version_sets
    return [each.version_number for each in sets.launch_template_version_set]


def create_launch_template(account: SdkAccount) -> None:
    template_id = _create(account)
    assert template_id.startswith("lt-")
    request = ecs_models.RunInstancesRequest(region_id=REGION, launch_template_id=template_id)
    (instance_id,) = account.ecs.run_instances(request).instance_id_sets.instance_id_set
    describe = ecs_models.DescribeInstancesRequest(region_id=REGION, instance_ids=f'["{instance_id}"]')
    (shown,) = account.ecs.describe_instances(describe).instances.instance
    assert (shown.instance_type, shown.image_id) == ("ecs.g7.large", IMAGE)
    assert [(each.tag_key, each.tag_value) for each in shown.tags.tag] == [("k", "v")]


def create_launch_template_version(account: SdkAccount) -> None:
    template_id = _create(account)
    _second(account, template_id)
    assert _numbers(account, template_id) == [2, 1]


def describe_launch_templates(account: SdkAccount) -> None:
    template_id = _create(account)
    request = ecs_models.DescribeLaunchTemplatesRequest(region_id=REGION, launch_template_name=["nodes"])
    found = account.ecs.describe_launch_templates(request)
    (shown,) = found.launch_template_sets.launch_template_set
    assert (shown.launch_template_id, shown.latest_version_number) == (template_id, 1)


def describe_launch_template_versions(account: SdkAccount) -> None:
    template_id = _create(account)
    request = ecs_models.DescribeLaunchTemplateVersionsRequest(
        region_id=REGION, launch_template_id=template_id
    )
    sets = account.ecs.describe_launch_template_versions(request).launch_template_version_sets
    (shown,) = sets.launch_template_version_set
    assert (shown.default_version, shown.version_description) == (True, "the first")
    data = shown.launch_template_data
    assert (data.instance_type, data.security_group_id) == ("ecs.g7.large", account.group_id)
    assert (data.system_disk.category, data.system_disk.size) == ("cloud_essd", 40)


def modify_launch_template_default_version(account: SdkAccount) -> None:
    template_id = _create(account)
    _second(account, template_id)
    request = ecs_models.ModifyLaunchTemplateDefaultVersionRequest(
        region_id=REGION, launch_template_id=template_id, default_version_number=2
    )
    assert account.ecs.modify_launch_template_default_version(request).launch_template_id == template_id
    assert _numbers(account, template_id, default_version=True) == [2]


def delete_launch_template_version(account: SdkAccount) -> None:
    template_id = _create(account)
    _second(account, template_id)
    request = ecs_models.DeleteLaunchTemplateVersionRequest(
        region_id=REGION, launch_template_id=template_id, delete_version=[2]
    )
    (gone,) = account.ecs.delete_launch_template_version(
        request
    ).launch_template_versions.launch_template_version
    assert gone.launch_template_version_number == 2
    assert _numbers(account, template_id) == [1]


def delete_launch_template(account: SdkAccount) -> None:
    template_id = _create(account)
    request = ecs_models.DeleteLaunchTemplateRequest(region_id=REGION, launch_template_name="nodes")
    answer = account.ecs.delete_launch_template(request)
    assert answer.launch_template_version_numbers.version_numbers == [1]
    describe = ecs_models.DescribeLaunchTemplatesRequest(region_id=REGION, launch_template_id=[template_id])
    assert account.ecs.describe_launch_templates(describe).total_count == 0
