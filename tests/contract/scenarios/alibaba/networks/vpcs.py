"""How users call the actions on VPCs and vSwitches with Alibaba Cloud's SDK of VPC."""

from collections.abc import Callable
from typing import Any

from tests.contract.polling import poll
from tests.contract.scenarios.alibaba.sdk_account import SdkAccount
from tests.contract.sdks.alibaba import REGION, ZONE, vpc_models


def vpc_create_vpc(account: SdkAccount) -> None:
    request = vpc_models.CreateVpcRequest(region_id=REGION, cidr_block="172.16.0.0/12", vpc_name="shop")
    assert account.vpc.create_vpc(request).vpc_id.startswith("vpc-")


def vpc_describe_vpcs(account: SdkAccount) -> None:
    request = vpc_models.DescribeVpcsRequest(region_id=REGION, vpc_id=account.vpc_id)
    (shown,) = account.vpc.describe_vpcs(request).vpcs.vpc
    assert (shown.cidr_block, shown.is_default, shown.status) == ("10.0.0.0/16", False, "Available")


def vpc_delete_vpc(account: SdkAccount) -> None:
    account.vpc.delete_vpc(vpc_models.DeleteVpcRequest(region_id=REGION, vpc_id=account.vpc_id))
    listed = vpc_models.DescribeVpcsRequest(region_id=REGION)
    poll(lambda: account.vpc.describe_vpcs(listed).total_count, 0)


def vpc_create_vswitch(account: SdkAccount) -> None:
    assert account.vswitch_id.startswith("vsw-")


def vpc_describe_vswitches(account: SdkAccount) -> None:
    assert account.vswitch_id
    request = vpc_models.DescribeVSwitchesRequest(region_id=REGION, vpc_id=account.vpc_id)
    (shown,) = account.vpc.describe_vswitches(request).v_switches.v_switch
    assert (shown.zone_id, shown.available_ip_address_count) == (ZONE, 252)


def vpc_delete_vswitch(account: SdkAccount) -> None:
    request = vpc_models.DeleteVSwitchRequest(region_id=REGION, v_switch_id=account.vswitch_id)
    account.vpc.delete_vswitch(request)
    listed = vpc_models.DescribeVSwitchesRequest(region_id=REGION)
    poll(lambda: account.vpc.describe_vswitches(listed).total_count, 0)


def describe_vpc_attribute(account: SdkAccount) -> None:
    shown = account.describe_vpc()
    assert (shown.vpc_id, shown.status, shown.classic_link_enabled) == (account.vpc_id, "Available", False)


def describe_vswitch_attributes(account: SdkAccount) -> None:
    shown = account.describe_vswitch()
    assert (shown.v_switch_id, shown.route_table.route_table_type) == (account.vswitch_id, "System")


def vpc_modify_vpc_attribute(account: SdkAccount) -> None:
    request = vpc_models.ModifyVpcAttributeRequest(
        region_id=REGION, vpc_id=account.vpc_id, vpc_name="new", enable_ipv_6=True, cidr_block="10.0.0.0/9"
    )
    assert account.vpc.modify_vpc_attribute(request).request_id
    shown = account.describe_vpc()
    assert (shown.vpc_name, shown.enabled_ipv_6, shown.cidr_block) == ("new", True, "10.0.0.0/9")


def vpc_modify_vswitch_attribute(account: SdkAccount) -> None:
    account.ipv6 = True
    block = account.describe_vpc().ipv_6cidr_block
    request = vpc_models.ModifyVSwitchAttributeRequest(
        region_id=REGION,
        v_switch_id=account.vswitch_id,
        v_switch_name="new",
        enable_ipv_6=True,
        ipv_6cidr_block=7,
        vpc_ipv_6cidr_block=block,
    )
    assert account.vpc.modify_vswitch_attribute(request).request_id
    poll(lambda: account.describe_vswitch().status, "Available")
    shown = account.describe_vswitch()
    assert (shown.v_switch_name, shown.ipv_6cidr_block) == ("new", block.replace("00::/56", "07::/64"))


def associate_vpc_cidr_block(account: SdkAccount) -> None:
    request = vpc_models.AssociateVpcCidrBlockRequest(
        region_id=REGION, vpc_id=account.vpc_id, secondary_cidr_block="192.168.0.0/16", ip_version="IPV4"
    )
    assert account.vpc.associate_vpc_cidr_block(request).cidr_block == "192.168.0.0/16"
    blocks = account.describe_vpc().secondary_cidr_blocks
    assert blocks.secondary_cidr_block == ["192.168.0.0/16"]


def unassociate_vpc_cidr_block(account: SdkAccount) -> None:
    associate_vpc_cidr_block(account)
    request = vpc_models.UnassociateVpcCidrBlockRequest(
        region_id=REGION, vpc_id=account.vpc_id, secondary_cidr_block="192.168.0.0/16"
    )
    assert account.vpc.unassociate_vpc_cidr_block(request).request_id
    assert account.describe_vpc().secondary_cidr_blocks.secondary_cidr_block == []


def create_default_vpc(account: SdkAccount) -> None:
    made = account.vpc.create_default_vpc(vpc_models.CreateDefaultVpcRequest(region_id=REGION))
    listed = vpc_models.DescribeVpcsRequest(region_id=REGION, is_default=True)
    (shown,) = _poll_one(lambda: account.vpc.describe_vpcs(listed).vpcs.vpc)
    assert (shown.vpc_id, shown.vrouter_id) == (made.vpc_id, made.vrouter_id)


def _poll_one(look: Callable[[], Any]) -> Any:
    """Return what is listed, as soon as the one thing in it is Available."""
    poll(lambda: look()[0].status, "Available")
    return look()


def create_default_vswitch(account: SdkAccount) -> None:
    create_default_vpc(account)
    request = vpc_models.CreateDefaultVSwitchRequest(region_id=REGION, zone_id=ZONE)
    made = account.vpc.create_default_vswitch(request)
    listed = vpc_models.DescribeVSwitchesRequest(region_id=REGION, is_default=True)
    (shown,) = account.vpc.describe_vswitches(listed).v_switches.v_switch
    assert (shown.v_switch_id, shown.cidr_block) == (made.v_switch_id, "172.31.0.0/20")


def check_can_allocate_vpc_private_ip_address(account: SdkAccount) -> None:
    def can(address: str) -> bool:
        request = vpc_models.CheckCanAllocateVpcPrivateIpAddressRequest(
            region_id=REGION, v_switch_id=account.vswitch_id, private_ip_address=address
        )
        answer: bool = account.vpc.check_can_allocate_vpc_private_ip_address(request).can_allocate
        return answer

    assert not can("192.168.250.1")


def move_resource_group(account: SdkAccount) -> None:
    account.vpc.move_resource_group(
        vpc_models.MoveResourceGroupRequest(
            region_id=REGION,
            resource_id=account.vpc_id,
            resource_type="vpc",
            new_resource_group_id="rg-other",
        )
    )
    assert account.describe_vpc().resource_group_id == "rg-other"
