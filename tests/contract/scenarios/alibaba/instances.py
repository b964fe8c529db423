"""How users create, start, stop and delete instances with Alibaba Cloud's SDK."""

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
