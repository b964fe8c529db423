"""How users call the actions on VPCs and vSwitches that ECS still has."""

from tests.contract.polling import poll
from tests.contract.scenarios.alibaba.sdk_account import SdkAccount
from tests.contract.sdks.alibaba import REGION, ZONE, ecs_models


def ecs_modify_vpc_attribute(account: SdkAccount) -> None:
    request = ecs_models.ModifyVpcAttributeRequest(vpc_id=account.vpc_id, user_cidr="8.8.0.0/16")
    assert account.ecs.modify_vpc_attribute(request).request_id
    assert account.describe_vpc().user_cidrs.user_cidr == ["8.8.0.0/16"]


def ecs_modify_vswitch_attribute(account: SdkAccount) -> None:
    request = ecs_models.ModifyVSwitchAttributeRequest(v_switch_id=account.vswitch_id, v_switch_name="new")
    assert account.ecs.modify_vswitch_attribute(request).request_id
    assert account.describe_vswitch().v_switch_name == "new"


def ecs_create_vpc(account: SdkAccount) -> None:
    request = ecs_models.CreateVpcRequest(region_id=REGION, cidr_block="10.0.0.0/8")
    assert account.ecs.create_vpc(request).vpc_id.startswith("vpc-")


def ecs_describe_vpcs(account: SdkAccount) -> None:
    request = ecs_models.DescribeVpcsRequest(region_id=REGION, vpc_id=account.vpc_id)
    (shown,) = account.ecs.describe_vpcs(request).vpcs.vpc
    assert shown.cidr_block == "10.0.0.0/16"


def ecs_delete_vpc(account: SdkAccount) -> None:
    account.ecs.delete_vpc(ecs_models.DeleteVpcRequest(region_id=REGION, vpc_id=account.vpc_id))
    listed = ecs_models.DescribeVpcsRequest(region_id=REGION)
    poll(lambda: account.ecs.describe_vpcs(listed).total_count, 0)


def ecs_create_vswitch(account: SdkAccount) -> None:
    request = ecs_models.CreateVSwitchRequest(
        region_id=REGION, vpc_id=account.vpc_id, zone_id=ZONE, cidr_block="10.0.7.0/24"
    )
    assert account.ecs.create_vswitch(request).v_switch_id.startswith("vsw-")


def ecs_describe_vswitches(account: SdkAccount) -> None:
    request = ecs_models.DescribeVSwitchesRequest(region_id=REGION, v_switch_id=account.vswitch_id)
    (shown,) = account.ecs.describe_vswitches(request).v_switches.v_switch
    assert shown.cidr_block == "10.0.0.0/24"


def ecs_delete_vswitch(account: SdkAccount) -> None:
    request = ecs_models.DeleteVSwitchRequest(region_id=REGION, v_switch_id=account.vswitch_id)
    account.ecs.delete_vswitch(request)
    listed = ecs_models.DescribeVSwitchesRequest(region_id=REGION, vpc_id=account.vpc_id)
    poll(lambda: account.ecs.describe_vswitches(listed).total_count, 0)
