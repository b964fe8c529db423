"""How users run, stop and delete instances, and use launch templates, with Alibaba Cloud's SDK."""

from typing import Any

from tests.contract.polling import poll
from tests.contract.scenarios.alibaba.sdk_account import SdkAccount
from tests.contract.sdks.alibaba import IMAGE, REGION, ZONE, ecs_models


def _status(account: SdkAccount, status: str, instance_id: str | None = None) -> None:
    poll(lambda: account.instance_status(instance_id or account.instance_id), status)


def _responses(reply: Any) -> list[tuple[str, str]]:
    return [(each.code, each.current_status) for each in reply.instance_responses.instance_response]


def run_instances(account: SdkAccount) -> None:
    assert account.instance_id.startswith("i-")


def describe_instances(account: SdkAccount) -> None:
    request = ecs_models.DescribeInstancesRequest(
        region_id=REGION, instance_ids=f'["{account.instance_id}"]', page_size=10
    )
    (shown,) = account.ecs.describe_instances(request).instances.instance
    assert (shown.status, shown.zone_id, shown.instance_type) == ("Running", ZONE, "ecs.g7.large")
    (primary,) = shown.network_interfaces.network_interface
    assert primary.type == "Primary"
    assert shown.vpc_attributes.private_ip_address.ip_address == [primary.primary_ip_address]


def describe_instance_status(account: SdkAccount) -> None:
    assert account.instance_status(account.instance_id) == "Running"


def stop_instance(account: SdkAccount) -> None:
    account.ecs.stop_instance(ecs_models.StopInstanceRequest(instance_id=account.instance_id))
    assert poll(lambda: account.instance_status(account.instance_id), "Stopped")[0] in {
        "Stopping",
        "Stopped",
    }


def start_instance(account: SdkAccount) -> None:
    stop_instance(account)
    account.ecs.start_instance(ecs_models.StartInstanceRequest(instance_id=account.instance_id))
    poll(lambda: account.instance_status(account.instance_id), "Running")


def delete_instance(account: SdkAccount) -> None:
    request = ecs_models.DeleteInstanceRequest(instance_id=account.instance_id, force=True)
    account.ecs.delete_instance(request)
    poll(lambda: account.instance_status(account.instance_id), None)


def create_instance(account: SdkAccount) -> None:
    request = ecs_models.CreateInstanceRequest(
        region_id=REGION,
        image_id=IMAGE,
        instance_type="ecs.g7.large",
        v_switch_id=account.vswitch_id,
        security_group_id=account.group_id,
        instance_name="made",
        user_data="ZWNobyBoaQ==",
        system_disk=ecs_models.CreateInstanceRequestSystemDisk(category="cloud_essd", size=60),
        data_disk=[ecs_models.CreateInstanceRequestDataDisk(category="cloud_auto", size=80)],
        tag=[ecs_models.CreateInstanceRequestTag(key="team", value="net")],
    )
    instance_id = account.ecs.create_instance(request).instance_id
    _status(account, "Stopped", instance_id)
    shown = account.describe_instance(instance_id)
    assert (shown.instance_name, shown.osname_en) == ("made", "Ubuntu  22.04 64 bit")


def reboot_instance(account: SdkAccount) -> None:
    request = ecs_models.RebootInstanceRequest(instance_id=account.instance_id)
    account.ecs.reboot_instance(request)
    _status(account, "Running")


def start_instances(account: SdkAccount) -> None:
    stop_instances(account)
    request = ecs_models.StartInstancesRequest(region_id=REGION, instance_id=[account.instance_id])
    assert _responses(account.ecs.start_instances(request)) == [("200", "Starting")]
    _status(account, "Running")


def stop_instances(account: SdkAccount) -> None:
    request = ecs_models.StopInstancesRequest(
        region_id=REGION, instance_id=[account.instance_id], stopped_mode="StopCharging"
    )
    assert _responses(account.ecs.stop_instances(request)) == [("200", "Stopping")]
    _status(account, "Stopped")


def reboot_instances(account: SdkAccount) -> None:
    request = ecs_models.RebootInstancesRequest(
        region_id=REGION,
        instance_id=[account.instance_id, "i-none"],
        batch_optimization="SuccessFirst",
    )
    assert _responses(account.ecs.reboot_instances(request)) == [
        ("200", "Starting"),
        ("InvalidInstanceId.NotFound", ""),
    ]
    _status(account, "Running")


def delete_instances(account: SdkAccount) -> None:
    request = ecs_models.DeleteInstancesRequest(
        region_id=REGION, instance_id=[account.instance_id], force=True
    )
    assert account.ecs.delete_instances(request).request_id
    poll(lambda: account.instance_status(account.instance_id), None)


# -- launch templates ----------------------------------------------------------------------------------


def _new_template(account: SdkAccount) -> str:
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


def _second_version(account: SdkAccount, template_id: str) -> None:
    request = ecs_models.CreateLaunchTemplateVersionRequest(
        region_id=REGION, launch_template_id=template_id, instance_type="ecs.g7.xlarge"
    )
    assert account.ecs.create_launch_template_version(request).launch_template_version_number == 2


def _versions_of(account: SdkAccount, template_id: str, **more: object) -> list[int]:
    request = ecs_models.DescribeLaunchTemplateVersionsRequest(
        region_id=REGION, launch_template_id=template_id, **more
    )
    sets = account.ecs.describe_launch_template_versions(request).launch_template_version_sets
    return [each.version_number for each in sets.launch_template_version_set]


def create_launch_template(account: SdkAccount) -> None:
    template_id = _new_template(account)
    assert template_id.startswith("lt-")
    request = ecs_models.RunInstancesRequest(region_id=REGION, launch_template_id=template_id)
    (instance_id,) = account.ecs.run_instances(request).instance_id_sets.instance_id_set
    describe = ecs_models.DescribeInstancesRequest(region_id=REGION, instance_ids=f'["{instance_id}"]')
    (shown,) = account.ecs.describe_instances(describe).instances.instance
    assert (shown.instance_type, shown.image_id) == ("ecs.g7.large", IMAGE)
    assert [(each.tag_key, each.tag_value) for each in shown.tags.tag] == [("k", "v")]


def create_launch_template_version(account: SdkAccount) -> None:
    template_id = _new_template(account)
    _second_version(account, template_id)
    assert _versions_of(account, template_id) == [2, 1]


def describe_launch_templates(account: SdkAccount) -> None:
    template_id = _new_template(account)
    request = ecs_models.DescribeLaunchTemplatesRequest(region_id=REGION, launch_template_name=["nodes"])
    found = account.ecs.describe_launch_templates(request)
    (shown,) = found.launch_template_sets.launch_template_set
    assert (shown.launch_template_id, shown.latest_version_number) == (template_id, 1)


def describe_launch_template_versions(account: SdkAccount) -> None:
    template_id = _new_template(account)
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
    template_id = _new_template(account)
    _second_version(account, template_id)
    request = ecs_models.ModifyLaunchTemplateDefaultVersionRequest(
        region_id=REGION, launch_template_id=template_id, default_version_number=2
    )
    assert account.ecs.modify_launch_template_default_version(request).launch_template_id == template_id
    assert _versions_of(account, template_id, default_version=True) == [2]


def delete_launch_template_version(account: SdkAccount) -> None:
    template_id = _new_template(account)
    _second_version(account, template_id)
    request = ecs_models.DeleteLaunchTemplateVersionRequest(
        region_id=REGION, launch_template_id=template_id, delete_version=[2]
    )
    (gone,) = account.ecs.delete_launch_template_version(
        request
    ).launch_template_versions.launch_template_version
    assert gone.launch_template_version_number == 2
    assert _versions_of(account, template_id) == [1]


def delete_launch_template(account: SdkAccount) -> None:
    template_id = _new_template(account)
    request = ecs_models.DeleteLaunchTemplateRequest(region_id=REGION, launch_template_name="nodes")
    answer = account.ecs.delete_launch_template(request)
    assert answer.launch_template_version_numbers.version_numbers == [1]
    describe = ecs_models.DescribeLaunchTemplatesRequest(region_id=REGION, launch_template_id=[template_id])
    assert account.ecs.describe_launch_templates(describe).total_count == 0


# -- deployment sets -----------------------------------------------------------------------------------


def _new_set(account: SdkAccount) -> str:
    request = ecs_models.CreateDeploymentSetRequest(region_id=REGION, deployment_set_name="spread")
    return str(account.ecs.create_deployment_set(request).deployment_set_id)


def _sets(account: SdkAccount) -> list[Any]:
    request = ecs_models.DescribeDeploymentSetsRequest(region_id=REGION)
    return list(account.ecs.describe_deployment_sets(request).deployment_sets.deployment_set)


def create_deployment_set(account: SdkAccount) -> None:
    assert _new_set(account).startswith("ds-")


def describe_deployment_sets(account: SdkAccount) -> None:
    set_id = _new_set(account)
    (shown,) = _sets(account)
    assert (shown.deployment_set_id, shown.instance_amount) == (set_id, 0)
    assert {each.available_amount for each in shown.capacities.capacity} == {20}


def describe_deployment_set_supported_instance_type_family(account: SdkAccount) -> None:
    request = ecs_models.DescribeDeploymentSetSupportedInstanceTypeFamilyRequest(region_id=REGION)
    told = account.ecs.describe_deployment_set_supported_instance_type_family(request)
    assert "ecs.g7" in told.instance_type_families.split(",")


def modify_deployment_set_attribute(account: SdkAccount) -> None:
    request = ecs_models.ModifyDeploymentSetAttributeRequest(
        region_id=REGION, deployment_set_id=_new_set(account), deployment_set_name="other"
    )
    account.ecs.modify_deployment_set_attribute(request)
    assert [each.deployment_set_name for each in _sets(account)] == ["other"]


def modify_instance_deployment(account: SdkAccount) -> None:
    request = ecs_models.ModifyInstanceDeploymentRequest(
        region_id=REGION, instance_id=account.instance_id, deployment_set_id=_new_set(account)
    )
    account.ecs.modify_instance_deployment(request)
    assert [each.instance_ids.instance_id for each in _sets(account)] == [[account.instance_id]]


def delete_deployment_set(account: SdkAccount) -> None:
    request = ecs_models.DeleteDeploymentSetRequest(region_id=REGION, deployment_set_id=_new_set(account))
    account.ecs.delete_deployment_set(request)
    assert _sets(account) == []
