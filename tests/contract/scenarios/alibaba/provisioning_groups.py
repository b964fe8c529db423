"""How users get instances by auto provisioning groups, with Alibaba Cloud's SDK."""

from typing import Any

from tests.contract.polling import poll
from tests.contract.scenarios.alibaba.sdk_account import SdkAccount
from tests.contract.sdks.alibaba import IMAGE, REGION, ZONE, ecs_models


def _new_group(account: SdkAccount, **more: object) -> Any:
    request = ecs_models.CreateAutoProvisioningGroupRequest(
        region_id=REGION,
        auto_provisioning_group_name="nodes",
        auto_provisioning_group_type="instant",
        total_target_capacity="2",
        pay_as_you_go_target_capacity="1",
        spot_target_capacity="1",
        launch_configuration=ecs_models.CreateAutoProvisioningGroupRequestLaunchConfiguration(
            image_id=IMAGE,
            security_group_id=account.group_id,
            system_disk_category="cloud_essd",
            system_disk_size=40,
        ),
        launch_template_config=[
            ecs_models.CreateAutoProvisioningGroupRequestLaunchTemplateConfig(
                instance_type="ecs.g7.large",
                v_switch_id=account.vswitch_id,
                weighted_capacity=1.0,
                max_price=2.0,
                priority=1,
            )
        ],
        **more,
    )
    return account.ecs.create_auto_provisioning_group(request)


def _ids(made: Any) -> list[str]:
    return [
        each for result in made.launch_results.launch_result for each in result.instance_ids.instance_id
    ]


def _new_running_group(account: SdkAccount) -> str:
    made = _new_group(account)
    for instance_id in _ids(made):
        poll(lambda each=instance_id: account.instance_status(each), "Running")
    return str(made.auto_provisioning_group_id)


def create_auto_provisioning_group(account: SdkAccount) -> None:
    made = _new_group(account)
    assert made.auto_provisioning_group_id.startswith("apg-")
    on_demand, spot = made.launch_results.launch_result
    assert (on_demand.spot_strategy, spot.spot_strategy) == ("NoSpot", "SpotWithPriceLimit")
    assert (on_demand.amount, on_demand.zone_id, on_demand.error_code) == (1, ZONE, "")


def describe_auto_provisioning_groups(account: SdkAccount) -> None:
    group_id = _new_running_group(account)
    request = ecs_models.DescribeAutoProvisioningGroupsRequest(
        region_id=REGION, auto_provisioning_group_id=[group_id]
    )
    found = account.ecs.describe_auto_provisioning_groups(request)
    (shown,) = found.auto_provisioning_groups.auto_provisioning_group
    assert (shown.auto_provisioning_group_name, shown.status, shown.state) == (
        "nodes",
        "active",
        "fulfilled",
    )
    assert shown.target_capacity_specification.total_target_capacity == 2


def describe_auto_provisioning_group_instances(account: SdkAccount) -> None:
    made = _new_group(account)
    request = ecs_models.DescribeAutoProvisioningGroupInstancesRequest(
        region_id=REGION, auto_provisioning_group_id=made.auto_provisioning_group_id
    )
    found = account.ecs.describe_auto_provisioning_group_instances(request)
    assert {each.instance_id for each in found.instances.instance} == {*_ids(made)}
    assert {each.is_spot for each in found.instances.instance} == {True, False}


def describe_auto_provisioning_group_history(account: SdkAccount) -> None:
    made = _new_group(account)
    request = ecs_models.DescribeAutoProvisioningGroupHistoryRequest(
        region_id=REGION, auto_provisioning_group_id=made.auto_provisioning_group_id
    )
    found = account.ecs.describe_auto_provisioning_group_history(request)
    (task,) = found.auto_provisioning_group_histories.auto_provisioning_group_history
    assert task.status == "success"
    assert [each.status for each in task.activity_details.activity_detail] == ["Successful"] * 2


def modify_auto_provisioning_group(account: SdkAccount) -> None:
    group_id = _new_running_group(account)
    request = ecs_models.ModifyAutoProvisioningGroupRequest(
        region_id=REGION, auto_provisioning_group_id=group_id, total_target_capacity="3"
    )
    account.ecs.modify_auto_provisioning_group(request)
    listing = ecs_models.DescribeAutoProvisioningGroupInstancesRequest(
        region_id=REGION, auto_provisioning_group_id=group_id
    )
    assert account.ecs.describe_auto_provisioning_group_instances(listing).total_count == 3


def delete_auto_provisioning_group(account: SdkAccount) -> None:
    made = _new_group(account)
    ids = _ids(made)
    for instance_id in ids:
        poll(lambda each=instance_id: account.instance_status(each), "Running")
    request = ecs_models.DeleteAutoProvisioningGroupRequest(
        region_id=REGION,
        auto_provisioning_group_id=made.auto_provisioning_group_id,
        terminate_instances=True,
    )
    account.ecs.delete_auto_provisioning_group(request)
    for instance_id in ids:
        poll(lambda each=instance_id: account.instance_status(each), None)
