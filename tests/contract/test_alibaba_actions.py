"""Every action that is served for Alibaba Cloud, called once by the vendor's own SDK.

``CALLS`` says for each action how a user calls it and what is seen in the SDK's typed reply. Whatever the
reply, it must be exactly what the SDK's model of it describes: see ``alibaba.check``.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

import pytest
from tests.contract.scenarios import (
    alibaba_group_rules,
    alibaba_instances,
    alibaba_public_addresses,
    alibaba_tags,
)
from tests.contract.scenarios.alibaba import REGION, ZONE, Sdk, ecs_models, vpc_models
from tests.contract.server import Server
from tests.contract.watching import watch

from duolect_dialects.alibaba.dialect import AlibabaDialect

ECS, VPC = "2014-05-26", "2016-04-28"


class Scene:
    """An account with a network, a group, an instance and an interface, each made when first asked for."""

    def __init__(self, sdk: Sdk) -> None:
        self.sdk = sdk
        self.ecs = sdk.ecs
        self.vpc = sdk.vpc
        self.ipv6 = False

    @cached_property
    def vpc_id(self) -> str:
        request = vpc_models.CreateVpcRequest(
            region_id=REGION, cidr_block="10.0.0.0/16", enable_ipv_6=self.ipv6
        )
        vpc_id: str = self.vpc.create_vpc(request).vpc_id
        describe = vpc_models.DescribeVpcsRequest(region_id=REGION, vpc_id=vpc_id)
        watch(lambda: self.vpc.describe_vpcs(describe).vpcs.vpc[0].status, "Available")
        return vpc_id

    @cached_property
    def vswitch_id(self) -> str:
        request = vpc_models.CreateVSwitchRequest(
            region_id=REGION,
            vpc_id=self.vpc_id,
            zone_id=ZONE,
            cidr_block="10.0.0.0/24",
            ipv_6cidr_block=7 if self.ipv6 else None,
        )
        vswitch_id: str = self.vpc.create_vswitch(request).v_switch_id
        describe = vpc_models.DescribeVSwitchesRequest(region_id=REGION, v_switch_id=vswitch_id)
        watch(lambda: self.vpc.describe_vswitches(describe).v_switches.v_switch[0].status, "Available")
        return vswitch_id

    @cached_property
    def group_id(self) -> str:
        return self.new_group()

    @cached_property
    def other_group_id(self) -> str:
        return self.new_group()

    def new_group(self) -> str:
        request = ecs_models.CreateSecurityGroupRequest(region_id=REGION, vpc_id=self.vpc_id)
        group_id: str = self.ecs.create_security_group(request).security_group_id
        return group_id

    @cached_property
    def instance_id(self) -> str:
        request = ecs_models.RunInstancesRequest(
            region_id=REGION,
            image_id="aliyun_3_x64_20G_alibase_20240528.vhd",
            instance_type="ecs.g7.large",
            v_switch_id=self.vswitch_id,
            security_group_id=self.group_id,
        )
        (instance_id,) = self.ecs.run_instances(request).instance_id_sets.instance_id_set
        watch(lambda: self.instance_status(instance_id), "Running")
        return instance_id

    def instance_status(self, instance_id: str) -> str | None:
        request = ecs_models.DescribeInstanceStatusRequest(region_id=REGION, instance_id=[instance_id])
        found = self.ecs.describe_instance_status(request).instance_statuses.instance_status
        return found[0].status if found else None

    @cached_property
    def interface_id(self) -> str:
        request = ecs_models.CreateNetworkInterfaceRequest(
            region_id=REGION, v_switch_id=self.vswitch_id, security_group_id=self.group_id
        )
        interface_id: str = self.ecs.create_network_interface(request).network_interface_id
        return interface_id

    def attach(self) -> None:
        self.ecs.attach_network_interface(
            ecs_models.AttachNetworkInterfaceRequest(
                region_id=REGION, network_interface_id=self.interface_id, instance_id=self.instance_id
            )
        )

    def interfaces(self) -> Any:
        request = ecs_models.DescribeNetworkInterfacesRequest(region_id=REGION, max_results=100)
        return self.ecs.describe_network_interfaces(request)


# -- interfaces -----------------------------------------------------------------------------------------


def create_network_interface(scene: Scene) -> None:
    reply = scene.ecs.create_network_interface(
        ecs_models.CreateNetworkInterfaceRequest(
            region_id=REGION,
            v_switch_id=scene.vswitch_id,
            security_group_ids=[scene.group_id],
            network_interface_name="named",
            description="described",
            primary_ip_address="10.0.0.9",
            private_ip_address=["10.0.0.10"],
            tag=[ecs_models.CreateNetworkInterfaceRequestTag(key="team", value="net")],
            connection_tracking_configuration=(
                ecs_models.CreateNetworkInterfaceRequestConnectionTrackingConfiguration(udp_timeout=60)
            ),
        )
    )
    assert (reply.network_interface_name, reply.description) == ("named", "described")
    assert [each.private_ip_address for each in reply.private_ip_sets.private_ip_set] == [
        "10.0.0.9",
        "10.0.0.10",
    ]


def attach_network_interface(scene: Scene) -> None:
    scene.attach()
    (shown,) = [
        each
        for each in scene.interfaces().network_interface_sets.network_interface_set
        if each.network_interface_id == scene.interface_id
    ]
    assert shown.status == "Attaching"


def detach_network_interface(scene: Scene) -> None:
    scene.attach()

    def status() -> str:
        request = ecs_models.DescribeNetworkInterfaceAttributeRequest(
            region_id=REGION, network_interface_id=scene.interface_id
        )
        found: str = scene.ecs.describe_network_interface_attribute(request).status
        return found

    watch(status, "InUse")
    request = ecs_models.DetachNetworkInterfaceRequest(
        region_id=REGION, network_interface_id=scene.interface_id, instance_id=scene.instance_id
    )
    assert scene.ecs.detach_network_interface(request).request_id
    watch(status, "Available")


def delete_network_interface(scene: Scene) -> None:
    request = ecs_models.DeleteNetworkInterfaceRequest(
        region_id=REGION, network_interface_id=scene.interface_id
    )
    assert scene.ecs.delete_network_interface(request).request_id
    watch(lambda: len(scene.interfaces().network_interface_sets.network_interface_set), 0)


def describe_network_interfaces(scene: Scene) -> None:
    assert scene.interface_id
    assert scene.instance_id
    shown = scene.interfaces().network_interface_sets.network_interface_set
    assert [each.type for each in shown] == ["Primary", "Secondary"]
    assert shown[0].attachment.device_index == 0
    request = ecs_models.DescribeNetworkInterfacesRequest(region_id=REGION, page_number=2, page_size=1)
    page = scene.ecs.describe_network_interfaces(request)
    assert (page.page_number, page.page_size, page.total_count) == (2, 1, 2)


def describe_network_interface_attribute(scene: Scene) -> None:
    request = ecs_models.DescribeNetworkInterfaceAttributeRequest(
        region_id=REGION, network_interface_id=scene.interface_id
    )
    shown = scene.ecs.describe_network_interface_attribute(request)
    assert shown.network_interface_id == scene.interface_id
    assert shown.connection_tracking_configuration.tcp_established_timeout == 910


# -- changes of interfaces --------------------------------------------------------------------------------


def attribute(scene: Scene) -> Any:
    request = ecs_models.DescribeNetworkInterfaceAttributeRequest(
        region_id=REGION, network_interface_id=scene.interface_id
    )
    return scene.ecs.describe_network_interface_attribute(request)


def modify_network_interface_attribute(scene: Scene) -> None:
    request = ecs_models.ModifyNetworkInterfaceAttributeRequest(
        region_id=REGION,
        network_interface_id=scene.interface_id,
        network_interface_name="renamed",
        delete_on_release=False,
        security_group_id=[scene.other_group_id],
        connection_tracking_configuration=(
            ecs_models.ModifyNetworkInterfaceAttributeRequestConnectionTrackingConfiguration(udp_timeout=60)
        ),
        network_interface_traffic_config=(
            ecs_models.ModifyNetworkInterfaceAttributeRequestNetworkInterfaceTrafficConfig(queue_number=2)
        ),
    )
    assert scene.ecs.modify_network_interface_attribute(request).request_id
    shown = attribute(scene)
    assert (shown.network_interface_name, shown.delete_on_release) == ("renamed", False)
    assert shown.security_group_ids.security_group_id == [scene.other_group_id]
    assert (shown.connection_tracking_configuration.udp_timeout, shown.queue_number) == (60, 2)


def enable_network_interface_qos(scene: Scene) -> None:
    request = ecs_models.EnableNetworkInterfaceQoSRequest(
        region_id=REGION,
        network_interface_id=scene.interface_id,
        qo_s=ecs_models.EnableNetworkInterfaceQoSRequestQoS(bandwidth_tx=50_000, pps_rx=10_000),
    )
    assert scene.ecs.enable_network_interface_qo_s(request).request_id
    config = attribute(scene).qo_sconfig
    assert config.enable_qo_s
    assert (config.qo_s.bandwidth_tx, config.qo_s.pps_rx) == (50_000, 10_000)


def disable_network_interface_qos(scene: Scene) -> None:
    enable_network_interface_qos(scene)
    request = ecs_models.DisableNetworkInterfaceQoSRequest(
        region_id=REGION, network_interface_id=scene.interface_id
    )
    assert scene.ecs.disable_network_interface_qo_s(request).request_id
    assert not attribute(scene).qo_sconfig.enable_qo_s


def assign_private_ip_addresses(scene: Scene) -> None:
    request = ecs_models.AssignPrivateIpAddressesRequest(
        region_id=REGION,
        network_interface_id=scene.interface_id,
        private_ip_address=["10.0.0.30", "10.0.0.20"],
        client_token="once",
    )
    replies = [scene.ecs.assign_private_ip_addresses(request) for _ in range(2)]
    for reply in replies:
        assigned = reply.assigned_private_ip_addresses_set
        assert assigned.network_interface_id == scene.interface_id
        assert assigned.private_ip_set.private_ip_address == ["10.0.0.30", "10.0.0.20"]
    request = ecs_models.AssignPrivateIpAddressesRequest(
        region_id=REGION, network_interface_id=scene.interface_id, ipv_4prefix_count=1
    )
    assigned = scene.ecs.assign_private_ip_addresses(request).assigned_private_ip_addresses_set
    assert [prefix[-3:] for prefix in assigned.ipv_4prefix_set.ipv_4prefixes] == ["/28"]


def unassign_private_ip_addresses(scene: Scene) -> None:
    assign_private_ip_addresses(scene)
    request = ecs_models.UnassignPrivateIpAddressesRequest(
        region_id=REGION, network_interface_id=scene.interface_id, private_ip_address=["10.0.0.30"]
    )
    assert scene.ecs.unassign_private_ip_addresses(request).request_id
    shown = attribute(scene).private_ip_sets.private_ip_set
    assert [each.private_ip_address for each in shown if not each.primary] == ["10.0.0.20"]


def assign_ipv6_addresses(scene: Scene) -> None:
    scene.ipv6 = True
    request = ecs_models.AssignIpv6AddressesRequest(
        region_id=REGION, network_interface_id=scene.interface_id, ipv_6address_count=2
    )
    reply = scene.ecs.assign_ipv_6addresses(request)
    shown = attribute(scene).ipv_6sets.ipv_6set
    assert reply.network_interface_id == scene.interface_id
    assert reply.ipv_6sets.ipv_6address == [each.ipv_6address for each in shown] != []


def unassign_ipv6_addresses(scene: Scene) -> None:
    assign_ipv6_addresses(scene)
    held = [each.ipv_6address for each in attribute(scene).ipv_6sets.ipv_6set]
    request = ecs_models.UnassignIpv6AddressesRequest(
        region_id=REGION, network_interface_id=scene.interface_id, ipv_6address=held[:1]
    )
    assert scene.ecs.unassign_ipv_6addresses(request).request_id
    assert [each.ipv_6address for each in attribute(scene).ipv_6sets.ipv_6set] == held[1:]


def join_security_group(scene: Scene) -> None:
    request = ecs_models.JoinSecurityGroupRequest(
        region_id=REGION,
        security_group_id=scene.other_group_id,
        network_interface_id=scene.interface_id,
    )
    assert scene.ecs.join_security_group(request).request_id
    groups = attribute(scene).security_group_ids.security_group_id
    assert groups == [scene.group_id, scene.other_group_id]


def leave_security_group(scene: Scene) -> None:
    join = ecs_models.JoinSecurityGroupRequest(
        security_group_id=scene.other_group_id, instance_id=scene.instance_id
    )
    scene.ecs.join_security_group(join)
    leave = ecs_models.LeaveSecurityGroupRequest(
        security_group_id=scene.group_id, instance_id=scene.instance_id
    )
    assert scene.ecs.leave_security_group(leave).request_id
    (primary,) = scene.interfaces().network_interface_sets.network_interface_set
    assert primary.security_group_ids.security_group_id == [scene.other_group_id]


# -- permissions and monitoring -------------------------------------------------------------------------


def granted(scene: Scene) -> Any:
    request = ecs_models.CreateNetworkInterfacePermissionRequest(
        region_id=REGION,
        network_interface_id=scene.interface_id,
        permission="InstanceAttach",
        account_id=1234567890123456,
    )
    return scene.ecs.create_network_interface_permission(request).network_interface_permission


def create_network_interface_permission(scene: Scene) -> None:
    permission = granted(scene)
    assert (permission.account_id, permission.permission_state) == (1234567890123456, "Granted")


def permissions(scene: Scene) -> Any:
    request = ecs_models.DescribeNetworkInterfacePermissionsRequest(
        region_id=REGION, network_interface_id=scene.interface_id
    )
    reply = scene.ecs.describe_network_interface_permissions(request)
    assert (reply.page_number, reply.page_size) == (1, 10)
    return reply.network_interface_permissions.network_interface_permission


def describe_network_interface_permissions(scene: Scene) -> None:
    permission = granted(scene)
    (shown,) = permissions(scene)
    assert shown.to_map() == permission.to_map()


def delete_network_interface_permission(scene: Scene) -> None:
    request = ecs_models.DeleteNetworkInterfacePermissionRequest(
        region_id=REGION, network_interface_permission_id=granted(scene).network_interface_permission_id
    )
    assert scene.ecs.delete_network_interface_permission(request).request_id
    assert permissions(scene) == []


def describe_eni_monitor_data(scene: Scene) -> None:
    scene.attach()
    now = datetime.now(UTC)
    request = ecs_models.DescribeEniMonitorDataRequest(
        region_id=REGION,
        instance_id=scene.instance_id,
        eni_id=scene.interface_id,
        start_time=(now - timedelta(minutes=9)).strftime("%Y-%m-%dT%H:%M:%SZ"),
        end_time=now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        period=60,
    )
    reply = scene.ecs.describe_eni_monitor_data(request)
    assert (reply.total_count, reply.monitor_data.eni_monitor_data) == (0, [])


# -- networks -------------------------------------------------------------------------------------------


def create_vpc(scene: Scene) -> None:
    request = vpc_models.CreateVpcRequest(region_id=REGION, cidr_block="172.16.0.0/12", vpc_name="shop")
    assert scene.vpc.create_vpc(request).vpc_id.startswith("vpc-")


def describe_vpcs(scene: Scene) -> None:
    request = vpc_models.DescribeVpcsRequest(region_id=REGION, vpc_id=scene.vpc_id)
    (shown,) = scene.vpc.describe_vpcs(request).vpcs.vpc
    assert (shown.cidr_block, shown.is_default, shown.status) == ("10.0.0.0/16", False, "Available")


def delete_vpc(scene: Scene) -> None:
    scene.vpc.delete_vpc(vpc_models.DeleteVpcRequest(region_id=REGION, vpc_id=scene.vpc_id))
    assert scene.vpc.describe_vpcs(vpc_models.DescribeVpcsRequest(region_id=REGION)).total_count == 0


def create_vswitch(scene: Scene) -> None:
    assert scene.vswitch_id.startswith("vsw-")


def describe_vswitches(scene: Scene) -> None:
    assert scene.vswitch_id
    request = vpc_models.DescribeVSwitchesRequest(region_id=REGION, vpc_id=scene.vpc_id)
    (shown,) = scene.vpc.describe_vswitches(request).v_switches.v_switch
    assert (shown.zone_id, shown.available_ip_address_count) == (ZONE, 252)


def delete_vswitch(scene: Scene) -> None:
    request = vpc_models.DeleteVSwitchRequest(region_id=REGION, v_switch_id=scene.vswitch_id)
    scene.vpc.delete_vswitch(request)
    assert (
        scene.vpc.describe_vswitches(vpc_models.DescribeVSwitchesRequest(region_id=REGION)).total_count == 0
    )


def attribute_of_vpc(scene: Scene) -> Any:
    request = vpc_models.DescribeVpcAttributeRequest(region_id=REGION, vpc_id=scene.vpc_id)
    return scene.vpc.describe_vpc_attribute(request)


def attributes_of_vswitch(scene: Scene) -> Any:
    request = vpc_models.DescribeVSwitchAttributesRequest(region_id=REGION, v_switch_id=scene.vswitch_id)
    return scene.vpc.describe_vswitch_attributes(request)


def describe_vpc_attribute(scene: Scene) -> None:
    shown = attribute_of_vpc(scene)
    assert (shown.vpc_id, shown.status, shown.classic_link_enabled) == (scene.vpc_id, "Available", False)


def describe_vswitch_attributes(scene: Scene) -> None:
    shown = attributes_of_vswitch(scene)
    assert (shown.v_switch_id, shown.route_table.route_table_type) == (scene.vswitch_id, "System")


def modify_vpc_attribute(scene: Scene) -> None:
    request = vpc_models.ModifyVpcAttributeRequest(
        region_id=REGION, vpc_id=scene.vpc_id, vpc_name="new", enable_ipv_6=True, cidr_block="10.0.0.0/9"
    )
    assert scene.vpc.modify_vpc_attribute(request).request_id
    shown = attribute_of_vpc(scene)
    assert (shown.vpc_name, shown.enabled_ipv_6, shown.cidr_block) == ("new", True, "10.0.0.0/9")


def modify_vswitch_attribute(scene: Scene) -> None:
    scene.ipv6 = True
    block = attribute_of_vpc(scene).ipv_6cidr_block
    request = vpc_models.ModifyVSwitchAttributeRequest(
        region_id=REGION,
        v_switch_id=scene.vswitch_id,
        v_switch_name="new",
        enable_ipv_6=True,
        ipv_6cidr_block=7,
        vpc_ipv_6cidr_block=block,
    )
    assert scene.vpc.modify_vswitch_attribute(request).request_id
    watch(lambda: attributes_of_vswitch(scene).status, "Available")
    shown = attributes_of_vswitch(scene)
    assert (shown.v_switch_name, shown.ipv_6cidr_block) == ("new", block.replace("00::/56", "07::/64"))


def associate_vpc_cidr_block(scene: Scene) -> None:
    request = vpc_models.AssociateVpcCidrBlockRequest(
        region_id=REGION, vpc_id=scene.vpc_id, secondary_cidr_block="192.168.0.0/16", ip_version="IPV4"
    )
    assert scene.vpc.associate_vpc_cidr_block(request).cidr_block == "192.168.0.0/16"
    blocks = attribute_of_vpc(scene).secondary_cidr_blocks
    assert blocks.secondary_cidr_block == ["192.168.0.0/16"]


def unassociate_vpc_cidr_block(scene: Scene) -> None:
    associate_vpc_cidr_block(scene)
    request = vpc_models.UnassociateVpcCidrBlockRequest(
        region_id=REGION, vpc_id=scene.vpc_id, secondary_cidr_block="192.168.0.0/16"
    )
    assert scene.vpc.unassociate_vpc_cidr_block(request).request_id
    assert attribute_of_vpc(scene).secondary_cidr_blocks.secondary_cidr_block == []


def describe_route_table_list(scene: Scene) -> None:
    assert scene.vswitch_id
    request = vpc_models.DescribeRouteTableListRequest(region_id=REGION, vpc_id=scene.vpc_id)
    (shown,) = scene.vpc.describe_route_table_list(request).router_table_list.router_table_list_type
    assert (shown.route_table_type, shown.router_type) == ("System", "VRouter")
    assert shown.v_switch_ids.v_switch_id == [scene.vswitch_id]


def describe_route_tables(scene: Scene) -> None:
    table_id = attributes_of_vswitch(scene).route_table.route_table_id
    request = vpc_models.DescribeRouteTablesRequest(region_id=REGION, route_table_id=table_id)
    (shown,) = scene.vpc.describe_route_tables(request).route_tables.route_table
    blocks = [each.destination_cidr_block for each in shown.route_entrys.route_entry]
    assert blocks == ["10.0.0.0/24", "100.64.0.0/10"]


def create_default_vpc(scene: Scene) -> None:
    made = scene.vpc.create_default_vpc(vpc_models.CreateDefaultVpcRequest(region_id=REGION))
    listed = vpc_models.DescribeVpcsRequest(region_id=REGION, is_default=True)
    (shown,) = watch_one(lambda: scene.vpc.describe_vpcs(listed).vpcs.vpc)
    assert (shown.vpc_id, shown.vrouter_id) == (made.vpc_id, made.vrouter_id)


def watch_one(look: Callable[[], Any]) -> Any:
    """Return what is listed, as soon as the one thing in it is Available."""
    watch(lambda: look()[0].status, "Available")
    return look()


def create_default_vswitch(scene: Scene) -> None:
    create_default_vpc(scene)
    request = vpc_models.CreateDefaultVSwitchRequest(region_id=REGION, zone_id=ZONE)
    made = scene.vpc.create_default_vswitch(request)
    listed = vpc_models.DescribeVSwitchesRequest(region_id=REGION, is_default=True)
    (shown,) = scene.vpc.describe_vswitches(listed).v_switches.v_switch
    assert (shown.v_switch_id, shown.cidr_block) == (made.v_switch_id, "172.31.0.0/20")


def ecs_modify_vpc_attribute(scene: Scene) -> None:
    request = ecs_models.ModifyVpcAttributeRequest(vpc_id=scene.vpc_id, user_cidr="8.8.0.0/16")
    assert scene.ecs.modify_vpc_attribute(request).request_id
    assert attribute_of_vpc(scene).user_cidrs.user_cidr == ["8.8.0.0/16"]


def ecs_modify_vswitch_attribute(scene: Scene) -> None:
    request = ecs_models.ModifyVSwitchAttributeRequest(v_switch_id=scene.vswitch_id, v_switch_name="new")
    assert scene.ecs.modify_vswitch_attribute(request).request_id
    assert attributes_of_vswitch(scene).v_switch_name == "new"


def ecs_describe_route_tables(scene: Scene) -> None:
    router_id = attribute_of_vpc(scene).vrouter_id
    request = ecs_models.DescribeRouteTablesRequest(region_id=REGION, vrouter_id=router_id)
    (shown,) = scene.ecs.describe_route_tables(request).route_tables.route_table
    assert (shown.vrouter_id, shown.route_table_type) == (router_id, "System")


def ecs_create_vpc(scene: Scene) -> None:
    request = ecs_models.CreateVpcRequest(region_id=REGION, cidr_block="10.0.0.0/8")
    assert scene.ecs.create_vpc(request).vpc_id.startswith("vpc-")


def ecs_describe_vpcs(scene: Scene) -> None:
    request = ecs_models.DescribeVpcsRequest(region_id=REGION, vpc_id=scene.vpc_id)
    (shown,) = scene.ecs.describe_vpcs(request).vpcs.vpc
    assert shown.cidr_block == "10.0.0.0/16"


def ecs_delete_vpc(scene: Scene) -> None:
    scene.ecs.delete_vpc(ecs_models.DeleteVpcRequest(region_id=REGION, vpc_id=scene.vpc_id))
    assert scene.ecs.describe_vpcs(ecs_models.DescribeVpcsRequest(region_id=REGION)).total_count == 0


def ecs_create_vswitch(scene: Scene) -> None:
    request = ecs_models.CreateVSwitchRequest(
        region_id=REGION, vpc_id=scene.vpc_id, zone_id=ZONE, cidr_block="10.0.7.0/24"
    )
    assert scene.ecs.create_vswitch(request).v_switch_id.startswith("vsw-")


def ecs_describe_vswitches(scene: Scene) -> None:
    request = ecs_models.DescribeVSwitchesRequest(region_id=REGION, v_switch_id=scene.vswitch_id)
    (shown,) = scene.ecs.describe_vswitches(request).v_switches.v_switch
    assert shown.cidr_block == "10.0.0.0/24"


def ecs_delete_vswitch(scene: Scene) -> None:
    request = ecs_models.DeleteVSwitchRequest(region_id=REGION, v_switch_id=scene.vswitch_id)
    scene.ecs.delete_vswitch(request)
    listed = ecs_models.DescribeVSwitchesRequest(region_id=REGION, vpc_id=scene.vpc_id)
    assert scene.ecs.describe_vswitches(listed).total_count == 0


# -- groups and instances ---------------------------------------------------------------------------------


def create_security_group(scene: Scene) -> None:
    assert scene.group_id.startswith("sg-")


def describe_security_groups(scene: Scene) -> None:
    request = ecs_models.DescribeSecurityGroupsRequest(region_id=REGION, security_group_id=scene.group_id)
    (shown,) = scene.ecs.describe_security_groups(request).security_groups.security_group
    assert (shown.vpc_id, shown.security_group_type) == (scene.vpc_id, "normal")


def delete_security_group(scene: Scene) -> None:
    request = ecs_models.DeleteSecurityGroupRequest(region_id=REGION, security_group_id=scene.group_id)
    scene.ecs.delete_security_group(request)
    listed = ecs_models.DescribeSecurityGroupsRequest(region_id=REGION)
    assert scene.ecs.describe_security_groups(listed).total_count == 0


def run_instances(scene: Scene) -> None:
    assert scene.instance_id.startswith("i-")


def describe_instances(scene: Scene) -> None:
    request = ecs_models.DescribeInstancesRequest(
        region_id=REGION, instance_ids=f'["{scene.instance_id}"]', page_size=10
    )
    (shown,) = scene.ecs.describe_instances(request).instances.instance
    assert (shown.status, shown.zone_id, shown.instance_type) == ("Running", ZONE, "ecs.g7.large")
    (primary,) = shown.network_interfaces.network_interface
    assert primary.type == "Primary"
    assert shown.vpc_attributes.private_ip_address.ip_address == [primary.primary_ip_address]


def describe_instance_status(scene: Scene) -> None:
    assert scene.instance_status(scene.instance_id) == "Running"


def stop_instance(scene: Scene) -> None:
    scene.ecs.stop_instance(ecs_models.StopInstanceRequest(instance_id=scene.instance_id))
    assert watch(lambda: scene.instance_status(scene.instance_id), "Stopped")[0] in {"Stopping", "Stopped"}


def start_instance(scene: Scene) -> None:
    stop_instance(scene)
    scene.ecs.start_instance(ecs_models.StartInstanceRequest(instance_id=scene.instance_id))
    watch(lambda: scene.instance_status(scene.instance_id), "Running")


def delete_instance(scene: Scene) -> None:
    request = ecs_models.DeleteInstanceRequest(instance_id=scene.instance_id, force=True)
    scene.ecs.delete_instance(request)
    watch(lambda: scene.instance_status(scene.instance_id), None)


# -- the catalog ------------------------------------------------------------------------------------------


def describe_regions(scene: Scene) -> None:
    reply = scene.ecs.describe_regions(ecs_models.DescribeRegionsRequest(accept_language="en-US"))
    assert REGION in {region.region_id for region in reply.regions.region}


def describe_zones(scene: Scene) -> None:
    reply = scene.ecs.describe_zones(ecs_models.DescribeZonesRequest(region_id=REGION))
    assert ZONE in {zone.zone_id for zone in reply.zones.zone}


def describe_instance_types(scene: Scene) -> None:
    request = ecs_models.DescribeInstanceTypesRequest(instance_types=["ecs.g7.large"])
    (shown,) = scene.ecs.describe_instance_types(request).instance_types.instance_type
    assert (shown.eni_quantity, shown.eni_private_ip_address_quantity) == (3, 6)
    page = ecs_models.DescribeInstanceTypesRequest(max_results=10)
    assert len(scene.ecs.describe_instance_types(page).instance_types.instance_type) == 10


CALLS: dict[tuple[str, str], Callable[[Scene], object]] = {
    **alibaba_group_rules.CALLS,
    **alibaba_instances.CALLS,
    **alibaba_public_addresses.CALLS,
    **alibaba_tags.CALLS,
    (ECS, "CreateNetworkInterface"): create_network_interface,
    (ECS, "AttachNetworkInterface"): attach_network_interface,
    (ECS, "DetachNetworkInterface"): detach_network_interface,
    (ECS, "DeleteNetworkInterface"): delete_network_interface,
    (ECS, "DescribeNetworkInterfaces"): describe_network_interfaces,
    (ECS, "DescribeNetworkInterfaceAttribute"): describe_network_interface_attribute,
    (ECS, "ModifyNetworkInterfaceAttribute"): modify_network_interface_attribute,
    (ECS, "EnableNetworkInterfaceQoS"): enable_network_interface_qos,
    (ECS, "DisableNetworkInterfaceQoS"): disable_network_interface_qos,
    (ECS, "AssignPrivateIpAddresses"): assign_private_ip_addresses,
    (ECS, "UnassignPrivateIpAddresses"): unassign_private_ip_addresses,
    (ECS, "AssignIpv6Addresses"): assign_ipv6_addresses,
    (ECS, "UnassignIpv6Addresses"): unassign_ipv6_addresses,
    (ECS, "JoinSecurityGroup"): join_security_group,
    (ECS, "LeaveSecurityGroup"): leave_security_group,
    (ECS, "CreateNetworkInterfacePermission"): create_network_interface_permission,
    (ECS, "DeleteNetworkInterfacePermission"): delete_network_interface_permission,
    (ECS, "DescribeNetworkInterfacePermissions"): describe_network_interface_permissions,
    (ECS, "DescribeEniMonitorData"): describe_eni_monitor_data,
    (VPC, "CreateVpc"): create_vpc,
    (VPC, "DescribeVpcs"): describe_vpcs,
    (VPC, "DeleteVpc"): delete_vpc,
    (VPC, "CreateVSwitch"): create_vswitch,
    (VPC, "DescribeVSwitches"): describe_vswitches,
    (VPC, "DeleteVSwitch"): delete_vswitch,
    (VPC, "DescribeVpcAttribute"): describe_vpc_attribute,
    (VPC, "DescribeVSwitchAttributes"): describe_vswitch_attributes,
    (VPC, "ModifyVpcAttribute"): modify_vpc_attribute,
    (VPC, "ModifyVSwitchAttribute"): modify_vswitch_attribute,
    (VPC, "AssociateVpcCidrBlock"): associate_vpc_cidr_block,
    (VPC, "UnassociateVpcCidrBlock"): unassociate_vpc_cidr_block,
    (VPC, "DescribeRouteTableList"): describe_route_table_list,
    (VPC, "DescribeRouteTables"): describe_route_tables,
    (VPC, "CreateDefaultVpc"): create_default_vpc,
    (VPC, "CreateDefaultVSwitch"): create_default_vswitch,
    (ECS, "ModifyVpcAttribute"): ecs_modify_vpc_attribute,
    (ECS, "ModifyVSwitchAttribute"): ecs_modify_vswitch_attribute,
    (ECS, "DescribeRouteTables"): ecs_describe_route_tables,
    (ECS, "CreateVpc"): ecs_create_vpc,
    (ECS, "DescribeVpcs"): ecs_describe_vpcs,
    (ECS, "DeleteVpc"): ecs_delete_vpc,
    (ECS, "CreateVSwitch"): ecs_create_vswitch,
    (ECS, "DescribeVSwitches"): ecs_describe_vswitches,
    (ECS, "DeleteVSwitch"): ecs_delete_vswitch,
    (ECS, "CreateSecurityGroup"): create_security_group,
    (ECS, "DescribeSecurityGroups"): describe_security_groups,
    (ECS, "DeleteSecurityGroup"): delete_security_group,
    (ECS, "RunInstances"): run_instances,
    (ECS, "DescribeInstances"): describe_instances,
    (ECS, "DescribeInstanceStatus"): describe_instance_status,
    (ECS, "StartInstance"): start_instance,
    (ECS, "StopInstance"): stop_instance,
    (ECS, "DeleteInstance"): delete_instance,
    (ECS, "DescribeRegions"): describe_regions,
    (ECS, "DescribeZones"): describe_zones,
    (ECS, "DescribeInstanceTypes"): describe_instance_types,
}


@pytest.mark.parametrize("action", sorted(AlibabaDialect().actions), ids=" ".join)
def test_each_action_answers_the_sdk(server: Server, access_key: str, action: tuple[str, str]) -> None:
    assert action in CALLS, "it is served, but no contract test calls it"
    sdk = Sdk(server.address, access_key)
    CALLS[action](Scene(sdk))
    assert action in sdk.called


def test_no_call_is_of_an_action_that_is_not_served() -> None:
    assert set(CALLS) <= set(AlibabaDialect().actions)
