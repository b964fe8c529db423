"""How a user calls the actions on instances by Alibaba Cloud's SDK, and what is seen in its replies.

The functions take the scene of ``test_alibaba_actions``.
"""

from collections.abc import Callable
from typing import Any

from tests.contract.scenarios.alibaba import REGION, ZONE, ecs_models
from tests.contract.watching import watch

ECS = "2014-05-26"
IMAGE = "ubuntu_22_04_x64_20G_alibase_20240530.vhd"


def _status(scene: Any, status: str, instance_id: str | None = None) -> None:
    watch(lambda: scene.instance_status(instance_id or scene.instance_id), status)


def _described(scene: Any, instance_id: str) -> Any:
    request = ecs_models.DescribeInstancesRequest(region_id=REGION, instance_ids=f'["{instance_id}"]')
    (shown,) = scene.ecs.describe_instances(request).instances.instance
    return shown


def _told(reply: Any) -> list[tuple[str, str]]:
    return [(each.code, each.current_status) for each in reply.instance_responses.instance_response]


def create_instance(scene: Any) -> None:
    request = ecs_models.CreateInstanceRequest(
        region_id=REGION,
        image_id=IMAGE,
        instance_type="ecs.g7.large",
        v_switch_id=scene.vswitch_id,
        security_group_id=scene.group_id,
        instance_name="made",
        user_data="ZWNobyBoaQ==",
        system_disk=ecs_models.CreateInstanceRequestSystemDisk(category="cloud_essd", size=60),
        data_disk=[ecs_models.CreateInstanceRequestDataDisk(category="cloud_auto", size=80)],
        tag=[ecs_models.CreateInstanceRequestTag(key="team", value="net")],
    )
    instance_id = scene.ecs.create_instance(request).instance_id
    _status(scene, "Stopped", instance_id)
    shown = _described(scene, instance_id)
    assert (shown.instance_name, shown.osname_en) == ("made", "Ubuntu 22.04 64-bit")


def reboot_instance(scene: Any) -> None:
    request = ecs_models.RebootInstanceRequest(instance_id=scene.instance_id)
    scene.ecs.reboot_instance(request)
    _status(scene, "Running")


def start_instances(scene: Any) -> None:
    stop_instances(scene)
    request = ecs_models.StartInstancesRequest(region_id=REGION, instance_id=[scene.instance_id])
    assert _told(scene.ecs.start_instances(request)) == [("200", "Starting")]
    _status(scene, "Running")


def stop_instances(scene: Any) -> None:
    request = ecs_models.StopInstancesRequest(
        region_id=REGION, instance_id=[scene.instance_id], stopped_mode="StopCharging"
    )
    assert _told(scene.ecs.stop_instances(request)) == [("200", "Stopping")]
    _status(scene, "Stopped")


def reboot_instances(scene: Any) -> None:
    request = ecs_models.RebootInstancesRequest(
        region_id=REGION,
        instance_id=[scene.instance_id, "i-none"],
        batch_optimization="SuccessFirst",
    )
    assert _told(scene.ecs.reboot_instances(request)) == [
        ("200", "Starting"),
        ("InvalidInstanceId.NotFound", ""),
    ]
    _status(scene, "Running")


def delete_instances(scene: Any) -> None:
    request = ecs_models.DeleteInstancesRequest(
        region_id=REGION, instance_id=[scene.instance_id], force=True
    )
    assert scene.ecs.delete_instances(request).request_id
    watch(lambda: scene.instance_status(scene.instance_id), None)


def modify_instance_attribute(scene: Any) -> None:
    request = ecs_models.ModifyInstanceAttributeRequest(
        instance_id=scene.instance_id,
        instance_name="renamed",
        description="changed",
        security_group_ids=[scene.group_id, scene.other_group_id],
        deletion_protection=True,
    )
    scene.ecs.modify_instance_attribute(request)
    shown = _described(scene, scene.instance_id)
    assert (shown.instance_name, shown.deletion_protection) == ("renamed", True)
    assert shown.security_group_ids.security_group_id == [scene.group_id, scene.other_group_id]


def modify_instance_spec(scene: Any) -> None:
    stop_instances(scene)
    request = ecs_models.ModifyInstanceSpecRequest(
        instance_id=scene.instance_id, instance_type="ecs.g7.xlarge"
    )
    scene.ecs.modify_instance_spec(request)
    shown = _described(scene, scene.instance_id)
    assert (shown.instance_type, shown.cpu) == ("ecs.g7.xlarge", 4)


def modify_instance_maintenance_attributes(scene: Any) -> None:
    request = ecs_models.ModifyInstanceMaintenanceAttributesRequest(
        region_id=REGION,
        instance_id=[scene.instance_id],
        action_on_maintenance="Stop",
        maintenance_window=[
            ecs_models.ModifyInstanceMaintenanceAttributesRequestMaintenanceWindow(
                start_time="02:00:00", end_time="06:00:00"
            )
        ],
    )
    assert scene.ecs.modify_instance_maintenance_attributes(request).request_id


def describe_instance_maintenance_attributes(scene: Any) -> None:
    modify_instance_maintenance_attributes(scene)
    request = ecs_models.DescribeInstanceMaintenanceAttributesRequest(
        region_id=REGION, instance_id=[scene.instance_id]
    )
    reply = scene.ecs.describe_instance_maintenance_attributes(request)
    (shown,) = reply.maintenance_attributes.maintenance_attribute
    assert shown.action_on_maintenance.value == "Stop"
    assert shown.maintenance_windows.maintenance_window[0].start_time == "02:00:00"


def describe_instance_attribute(scene: Any) -> None:
    request = ecs_models.DescribeInstanceAttributeRequest(instance_id=scene.instance_id)
    shown = scene.ecs.describe_instance_attribute(request)
    assert (shown.status, shown.zone_id, shown.io_optimized) == ("Running", ZONE, "optimized")


def describe_user_data(scene: Any) -> None:
    request = ecs_models.DescribeUserDataRequest(region_id=REGION, instance_id=scene.instance_id)
    assert scene.ecs.describe_user_data(request).user_data == ""


def describe_instance_ram_role(scene: Any) -> None:
    request = ecs_models.DescribeInstanceRamRoleRequest(
        region_id=REGION, instance_ids=f'["{scene.instance_id}"]'
    )
    reply = scene.ecs.describe_instance_ram_role(request)
    (shown,) = reply.instance_ram_role_sets.instance_ram_role_set
    assert (shown.instance_id, shown.ram_role_name) == (scene.instance_id, "")


def describe_instance_auto_renew_attribute(scene: Any) -> None:
    request = ecs_models.RunInstancesRequest(
        region_id=REGION,
        image_id=IMAGE,
        instance_type="ecs.g7.large",
        v_switch_id=scene.vswitch_id,
        security_group_id=scene.group_id,
        instance_charge_type="PrePaid",
        period=1,
        auto_renew=True,
        auto_renew_period=1,
    )
    (instance_id,) = scene.ecs.run_instances(request).instance_id_sets.instance_id_set
    request = ecs_models.DescribeInstanceAutoRenewAttributeRequest(
        region_id=REGION, instance_id=instance_id, page_number="1", page_size="10"
    )
    reply = scene.ecs.describe_instance_auto_renew_attribute(request)
    (shown,) = reply.instance_renew_attributes.instance_renew_attribute
    assert (shown.renewal_status, shown.duration) == ("AutoRenewal", 1)


def describe_disks(scene: Any) -> None:
    request = ecs_models.DescribeDisksRequest(region_id=REGION, instance_id=scene.instance_id)
    (disk,) = scene.ecs.describe_disks(request).disks.disk
    assert (disk.type, disk.device, disk.size) == ("system", "/dev/xvda", 40)


def describe_images(scene: Any) -> None:
    request = ecs_models.DescribeImagesRequest(
        region_id=REGION, image_name="ubuntu_22_04*", architecture="x86_64"
    )
    (image,) = scene.ecs.describe_images(request).images.image
    assert (image.image_id, image.platform) == (IMAGE, "Ubuntu")


def describe_instance_type_families(scene: Any) -> None:
    request = ecs_models.DescribeInstanceTypeFamiliesRequest(region_id=REGION)
    found = scene.ecs.describe_instance_type_families(request).instance_type_families
    assert "ecs.g7" in {each.instance_type_family_id for each in found.instance_type_family}


def describe_available_resource(scene: Any) -> None:
    request = ecs_models.DescribeAvailableResourceRequest(
        region_id=REGION, destination_resource="InstanceType", instance_type="ecs.g7.large", zone_id=ZONE
    )
    (zone,) = scene.ecs.describe_available_resource(request).available_zones.available_zone
    (resource,) = zone.available_resources.available_resource
    assert [each.value for each in resource.supported_resources.supported_resource] == ["ecs.g7.large"]


CALLS: dict[tuple[str, str], Callable[[Any], None]] = {
    (ECS, "CreateInstance"): create_instance,
    (ECS, "RebootInstance"): reboot_instance,
    (ECS, "StartInstances"): start_instances,
    (ECS, "StopInstances"): stop_instances,
    (ECS, "RebootInstances"): reboot_instances,
    (ECS, "DeleteInstances"): delete_instances,
    (ECS, "ModifyInstanceAttribute"): modify_instance_attribute,
    (ECS, "ModifyInstanceSpec"): modify_instance_spec,
    (ECS, "ModifyInstanceMaintenanceAttributes"): modify_instance_maintenance_attributes,
    (ECS, "DescribeInstanceAttribute"): describe_instance_attribute,
    (ECS, "DescribeUserData"): describe_user_data,
    (ECS, "DescribeInstanceRamRole"): describe_instance_ram_role,
    (ECS, "DescribeInstanceMaintenanceAttributes"): describe_instance_maintenance_attributes,
    (ECS, "DescribeInstanceAutoRenewAttribute"): describe_instance_auto_renew_attribute,
    (ECS, "DescribeDisks"): describe_disks,
    (ECS, "DescribeImages"): describe_images,
    (ECS, "DescribeInstanceTypeFamilies"): describe_instance_type_families,
    (ECS, "DescribeAvailableResource"): describe_available_resource,
}
"""The call of each action, by version and name."""
