"""How users change and read the attributes of instances with Alibaba Cloud's SDK."""

from datetime import UTC, datetime, timedelta

from tests.contract.polling import poll
from tests.contract.scenarios.alibaba.instances.instances import stop_instances
from tests.contract.scenarios.alibaba.sdk_account import SdkAccount
from tests.contract.sdks.alibaba import IMAGE, REGION, ZONE, ecs_models


def modify_instance_attribute(account: SdkAccount) -> None:
    request = ecs_models.ModifyInstanceAttributeRequest(
        instance_id=account.instance_id,
        instance_name="renamed",
        description="changed",
        security_group_ids=[account.group_id, account.other_group_id],
        deletion_protection=True,
    )
    account.ecs.modify_instance_attribute(request)
    shown = account.describe_instance(account.instance_id)
    assert (shown.instance_name, shown.deletion_protection) == ("renamed", True)
    assert shown.security_group_ids.security_group_id == [account.group_id, account.other_group_id]


def modify_instance_spec(account: SdkAccount) -> None:
    stop_instances(account)
    request = ecs_models.ModifyInstanceSpecRequest(
        instance_id=account.instance_id, instance_type="ecs.g7.xlarge"
    )
    account.ecs.modify_instance_spec(request)
    shown = account.describe_instance(account.instance_id)
    assert (shown.instance_type, shown.cpu) == ("ecs.g7.xlarge", 4)


def modify_instance_vpc_attribute(account: SdkAccount) -> None:
    stop_instances(account)
    request = ecs_models.ModifyInstanceVpcAttributeRequest(
        instance_id=account.instance_id,
        v_switch_id=account.vswitch_id,
        private_ip_address="10.0.0.99",
    )
    account.ecs.modify_instance_vpc_attribute(request)
    shown = account.describe_instance(account.instance_id)
    assert shown.vpc_attributes.private_ip_address.ip_address == ["10.0.0.99"]


def modify_instance_auto_release_time(account: SdkAccount) -> None:
    when = (datetime.now(tz=UTC) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:00Z")
    request = ecs_models.ModifyInstanceAutoReleaseTimeRequest(
        instance_id=account.instance_id, auto_release_time=when
    )
    account.ecs.modify_instance_auto_release_time(request)
    assert account.describe_instance(account.instance_id).auto_release_time == when


def modify_instance_maintenance_attributes(account: SdkAccount) -> None:
    request = ecs_models.ModifyInstanceMaintenanceAttributesRequest(
        region_id=REGION,
        instance_id=[account.instance_id],
        action_on_maintenance="Stop",
        maintenance_window=[
            ecs_models.ModifyInstanceMaintenanceAttributesRequestMaintenanceWindow(
                start_time="02:00:00", end_time="06:00:00"
            )
        ],
    )
    assert account.ecs.modify_instance_maintenance_attributes(request).request_id


def describe_instance_maintenance_attributes(account: SdkAccount) -> None:
    modify_instance_maintenance_attributes(account)
    request = ecs_models.DescribeInstanceMaintenanceAttributesRequest(
        region_id=REGION, instance_id=[account.instance_id]
    )
    reply = account.ecs.describe_instance_maintenance_attributes(request)
    (shown,) = reply.maintenance_attributes.maintenance_attribute
    assert shown.action_on_maintenance.value == "Stop"
    assert shown.maintenance_windows.maintenance_window[0].start_time == "02:00:00"


def describe_instance_attribute(account: SdkAccount) -> None:
    request = ecs_models.DescribeInstanceAttributeRequest(instance_id=account.instance_id)
    shown = account.ecs.describe_instance_attribute(request)
    assert (shown.status, shown.zone_id, shown.io_optimized) == ("Running", ZONE, "optimized")


def describe_user_data(account: SdkAccount) -> None:
    request = ecs_models.DescribeUserDataRequest(region_id=REGION, instance_id=account.instance_id)
    assert account.ecs.describe_user_data(request).user_data == ""


def describe_instance_ram_role(account: SdkAccount) -> None:
    request = ecs_models.DescribeInstanceRamRoleRequest(
        region_id=REGION, instance_ids=f'["{account.instance_id}"]'
    )
    reply = account.ecs.describe_instance_ram_role(request)
    (shown,) = reply.instance_ram_role_sets.instance_ram_role_set
    assert (shown.instance_id, shown.ram_role_name) == (account.instance_id, "")


def attach_instance_ram_role(account: SdkAccount) -> None:
    request = ecs_models.AttachInstanceRamRoleRequest(
        region_id=REGION, ram_role_name="reader", instance_ids=f'["{account.instance_id}"]'
    )
    reply = account.ecs.attach_instance_ram_role(request)
    (result,) = reply.attach_instance_ram_role_results.attach_instance_ram_role_result
    assert (result.code, result.success, reply.fail_count) == ("200", True, 0)
    assert _played_role(account) == "reader"


def detach_instance_ram_role(account: SdkAccount) -> None:
    attach_instance_ram_role(account)
    request = ecs_models.DetachInstanceRamRoleRequest(
        region_id=REGION, instance_ids=f'["{account.instance_id}"]'
    )
    reply = account.ecs.detach_instance_ram_role(request)
    (result,) = reply.detach_instance_ram_role_results.detach_instance_ram_role_result
    assert result.instance_ram_role_sets.instance_ram_role_set[0].ram_role_name == "reader"
    assert _played_role(account) == ""


def _played_role(account: SdkAccount) -> str:
    request = ecs_models.DescribeInstanceRamRoleRequest(
        region_id=REGION, instance_ids=f'["{account.instance_id}"]'
    )
    reply = account.ecs.describe_instance_ram_role(request)
    (shown,) = reply.instance_ram_role_sets.instance_ram_role_set
    return str(shown.ram_role_name)


def modify_instance_metadata_options(account: SdkAccount) -> None:
    request = ecs_models.ModifyInstanceMetadataOptionsRequest(
        region_id=REGION,
        instance_id=account.instance_id,
        http_endpoint="enabled",
        http_tokens="required",
    )
    account.ecs.modify_instance_metadata_options(request)
    shown = account.describe_instance(account.instance_id)
    assert (shown.metadata_options.http_endpoint, shown.metadata_options.http_tokens) == (
        "enabled",
        "required",
    )


def describe_instance_auto_renew_attribute(account: SdkAccount) -> None:
    instance_id = _run_renewed_instance(account)
    assert _shown_renewal(account, instance_id) == ("AutoRenewal", 1)


def modify_instance_auto_renew_attribute(account: SdkAccount) -> None:
    instance_id = _run_renewed_instance(account)
    request = ecs_models.ModifyInstanceAutoRenewAttributeRequest(
        region_id=REGION, instance_id=instance_id, renewal_status="AutoRenewal", duration=6
    )
    account.ecs.modify_instance_auto_renew_attribute(request)
    assert _shown_renewal(account, instance_id) == ("AutoRenewal", 6)


def renew_instance(account: SdkAccount) -> None:
    instance_id = _run_renewed_instance(account)
    poll(lambda: account.describe_instance(instance_id).status, "Running")
    before = account.describe_instance(instance_id).expired_time
    request = ecs_models.RenewInstanceRequest(instance_id=instance_id, period=1, period_unit="Week")
    account.ecs.renew_instance(request)
    assert account.describe_instance(instance_id).expired_time > before


def modify_instance_charge_type(account: SdkAccount) -> None:
    change = {"region_id": REGION, "instance_ids": f'["{account.instance_id}"]'}
    request = ecs_models.ModifyInstanceChargeTypeRequest(**change, period=1, include_data_disks=True)
    account.ecs.modify_instance_charge_type(request)
    shown = account.describe_instance(account.instance_id)
    assert (shown.instance_charge_type, shown.expired_time < "2099") == ("PrePaid", True)
    request = ecs_models.ModifyInstanceChargeTypeRequest(
        **change, instance_charge_type="PostPaid", is_detail_fee=True
    )
    (fee,) = account.ecs.modify_instance_charge_type(request).fee_of_instances.fee_of_instance
    assert (fee.instance_id, fee.fee) == (account.instance_id, "0")
    assert account.describe_instance(account.instance_id).instance_charge_type == "PostPaid"


def modify_prepay_instance_spec(account: SdkAccount) -> None:
    instance_id = _run_renewed_instance(account)
    poll(lambda: account.describe_instance(instance_id).status, "Running")
    request = ecs_models.ModifyPrepayInstanceSpecRequest(
        region_id=REGION, instance_id=instance_id, instance_type="ecs.g7.xlarge", reboot_when_finished=True
    )
    account.ecs.modify_prepay_instance_spec(request)
    assert account.describe_instance(instance_id).instance_type == "ecs.g7.xlarge"


def _run_renewed_instance(account: SdkAccount) -> str:
    request = ecs_models.RunInstancesRequest(
        region_id=REGION,
        image_id=IMAGE,
        instance_type="ecs.g7.large",
        v_switch_id=account.vswitch_id,
        security_group_id=account.group_id,
        instance_charge_type="PrePaid",
        period=1,
        auto_renew=True,
        auto_renew_period=1,
    )
    (instance_id,) = account.ecs.run_instances(request).instance_id_sets.instance_id_set
    return str(instance_id)


def _shown_renewal(account: SdkAccount, instance_id: str) -> tuple[str, int]:
    request = ecs_models.DescribeInstanceAutoRenewAttributeRequest(
        region_id=REGION, instance_id=instance_id, page_number="1", page_size="10"
    )
    reply = account.ecs.describe_instance_auto_renew_attribute(request)
    (shown,) = reply.instance_renew_attributes.instance_renew_attribute
    return shown.renewal_status, shown.duration


def describe_instance_attachment_attributes(account: SdkAccount) -> None:
    request = ecs_models.DescribeInstanceAttachmentAttributesRequest(
        region_id=REGION, instance_ids=f'["{account.instance_id}"]'
    )
    (shown,) = account.ecs.describe_instance_attachment_attributes(request).instances.instance
    assert (shown.instance_id, shown.private_pool_options_match_criteria) == (account.instance_id, "Open")


def describe_instance_history_events(account: SdkAccount) -> None:
    request = ecs_models.DescribeInstanceHistoryEventsRequest(
        region_id=REGION,
        instance_id=account.instance_id,
        instance_event_cycle_status=["Scheduled", "Executing"],
    )
    reply = account.ecs.describe_instance_history_events(request)
    assert (reply.total_count, reply.instance_system_event_set.instance_system_event_type) == (0, [])


def describe_instances_full_status(account: SdkAccount) -> None:
    request = ecs_models.DescribeInstancesFullStatusRequest(
        region_id=REGION, instance_id=[account.instance_id]
    )
    reply = account.ecs.describe_instances_full_status(request)
    (shown,) = reply.instance_full_status_set.instance_full_status_type
    assert (shown.status.name, shown.health_status.name) == ("Running", "Ok")


def describe_cloud_assistant_status(account: SdkAccount) -> None:
    request = ecs_models.DescribeCloudAssistantStatusRequest(
        region_id=REGION, instance_id=[account.instance_id]
    )
    reply = account.ecs.describe_cloud_assistant_status(request)
    (shown,) = reply.instance_cloud_assistant_status_set.instance_cloud_assistant_status
    assert shown.cloud_assistant_status == "true"
