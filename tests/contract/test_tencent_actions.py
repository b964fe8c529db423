"""Every action that is served for Tencent Cloud, called once by the vendor's own SDK.

``CALLS`` says for each action how a user calls it and what is seen in the SDK's typed reply. Whatever the
reply, it must be exactly what the vendor's definitions describe: see ``tencent.check``.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

import pytest
from tests.contract.scenarios import tencent_group_policies, tencent_public_addresses, tencent_tags
from tests.contract.scenarios.tencent import REGION, ZONE, Sdk
from tests.contract.server import Server
from tests.contract.watching import watch

from duolect_dialects.tencent.dialect import TencentDialect


class Scene:
    """An account with a network, a group, an instance and an interface, each made when first asked for."""

    def __init__(self, sdk: Sdk) -> None:
        self.vpc = sdk.vpc
        self.cvm = sdk.cvm
        self.cbs = sdk.cbs
        self.tag = sdk.tag
        self.sts = sdk.sts
        self.stack: str | None = None

    @cached_property
    def vpc_id(self) -> str:
        shop = {"VpcName": "shop", "CidrBlock": "10.0.0.0/16", "StackType": self.stack}
        made: str = self.vpc("CreateVpc", **shop).Vpc.VpcId
        return made

    @cached_property
    def subnet_id(self) -> str:
        made: str = self.vpc(
            "CreateSubnet",
            VpcId=self.vpc_id,
            SubnetName="web",
            Zone=ZONE,
            CidrBlock="10.0.0.0/24",
            StackType=self.stack,
        ).Subnet.SubnetId
        return made

    @cached_property
    def group_id(self) -> str:
        made = self.vpc("CreateSecurityGroup", GroupName="web", GroupDescription="web servers")
        group_id: str = made.SecurityGroup.SecurityGroupId
        return group_id

    @cached_property
    def instance_id(self) -> str:
        return self.new_instance()

    def new_instance(self) -> str:
        (instance_id,) = self.cvm(
            "RunInstances",
            ImageId="img-487zeit5",
            InstanceType="S5.MEDIUM4",
            Placement={"Zone": ZONE},
            VirtualPrivateCloud={"VpcId": self.vpc_id, "SubnetId": self.subnet_id},
            SecurityGroupIds=[self.group_id],
        ).InstanceIdSet
        watch(lambda: self.instance_state(instance_id), "RUNNING")
        return str(instance_id)

    def instance_state(self, instance_id: str) -> str | None:
        found = self.cvm("DescribeInstances", InstanceIds=[instance_id]).InstanceSet
        return found[0].InstanceState if found else None

    @cached_property
    def interface_id(self) -> str:
        return self.new_interface()

    def new_interface(self) -> str:
        made = self.vpc(
            "CreateNetworkInterface",
            VpcId=self.vpc_id,
            SubnetId=self.subnet_id,
            NetworkInterfaceName="second",
            SecurityGroupIds=[self.group_id],
        )
        self.finish(made.RequestId)
        interface_id: str = made.NetworkInterface.NetworkInterfaceId
        return interface_id

    def finish(self, request_id: str) -> None:
        """Wait for the task that a request began."""
        watch(lambda: self.vpc("DescribeVpcTaskResult", TaskId=request_id).Status, "SUCCESS")

    def attach(self) -> str:
        reply = self.vpc(
            "AttachNetworkInterface", NetworkInterfaceId=self.interface_id, InstanceId=self.instance_id
        )
        request_id: str = reply.RequestId
        return request_id

    def interfaces(self, **filters: str) -> Any:
        """List interfaces by filters whose names are written with underscores."""
        chosen = [{"Name": name.replace("_", "-"), "Values": [value]} for name, value in filters.items()]
        return self.vpc("DescribeNetworkInterfaces", Filters=chosen).NetworkInterfaceSet


# -- interfaces -----------------------------------------------------------------------------------------


def create_network_interface(scene: Scene) -> None:
    shown = scene.vpc(
        "CreateNetworkInterface",
        VpcId=scene.vpc_id,
        SubnetId=scene.subnet_id,
        NetworkInterfaceName="named",
        NetworkInterfaceDescription="described",
        PrivateIpAddresses=[{"PrivateIpAddress": "10.0.0.9"}],
        SecondaryPrivateIpAddressCount=1,
        Tags=[{"Key": "team", "Value": "net"}],
    ).NetworkInterface
    assert (shown.NetworkInterfaceName, shown.NetworkInterfaceDescription) == ("named", "described")
    assert (shown.State, shown.EniType, shown.Primary) == ("PENDING", 0, False)
    assert shown.PrivateIpAddressSet[0].PrivateIpAddress == "10.0.0.9"


def attach_network_interface(scene: Scene) -> None:
    task = scene.attach()
    (shown,) = scene.interfaces(network_interface_id=scene.interface_id)
    assert (shown.State, shown.Attachment) == ("ATTACHING", None)
    scene.finish(task)
    (shown,) = scene.interfaces(is_primary="false")
    assert (shown.State, shown.Attachment.InstanceId) == ("AVAILABLE", scene.instance_id)


def detach_network_interface(scene: Scene) -> None:
    scene.finish(scene.attach())
    reply = scene.vpc(
        "DetachNetworkInterface", NetworkInterfaceId=scene.interface_id, InstanceId=scene.instance_id
    )
    scene.finish(reply.RequestId)
    (shown,) = scene.interfaces(network_interface_id=scene.interface_id)
    assert shown.Attachment is None


def delete_network_interface(scene: Scene) -> None:
    scene.finish(scene.vpc("DeleteNetworkInterface", NetworkInterfaceId=scene.interface_id).RequestId)
    assert scene.interfaces() == []


def describe_network_interfaces(scene: Scene) -> None:
    assert scene.instance_id
    assert scene.interface_id
    assert [each.EniType for each in scene.interfaces(vpc_id=scene.vpc_id)] == [0, 1]
    page = scene.vpc("DescribeNetworkInterfaces", Offset=1, Limit=1)
    assert (page.TotalCount, [each.Primary for each in page.NetworkInterfaceSet]) == (2, [True])


def describe_vpc_task_result(scene: Scene) -> None:
    reply = scene.vpc("DescribeVpcTaskResult", TaskId=scene.attach())
    assert (reply.Status, reply.Result) == ("RUNNING", [])


def create_and_attach_network_interface(scene: Scene) -> None:
    reply = scene.vpc(
        "CreateAndAttachNetworkInterface",
        VpcId=scene.vpc_id,
        SubnetId=scene.subnet_id,
        InstanceId=scene.instance_id,
        NetworkInterfaceName="both",
        SecurityGroupIds=[scene.group_id],
    )
    shown = reply.NetworkInterface
    assert (shown.State, shown.Attachment.InstanceId) == ("PENDING", scene.instance_id)
    scene.finish(reply.RequestId)
    (shown,) = scene.interfaces(is_primary="false")
    assert shown.Attachment.InstanceId == scene.instance_id


def migrate_network_interface(scene: Scene) -> None:
    scene.finish(scene.attach())
    other = scene.new_instance()
    reply = scene.vpc(
        "MigrateNetworkInterface",
        NetworkInterfaceId=scene.interface_id,
        SourceInstanceId=scene.instance_id,
        DestinationInstanceId=other,
    )
    scene.finish(reply.RequestId)
    (shown,) = scene.interfaces(network_interface_id=scene.interface_id)
    assert shown.Attachment.InstanceId == other


def modify_network_interface_attribute(scene: Scene) -> None:
    scene.vpc(
        "ModifyNetworkInterfaceAttribute",
        NetworkInterfaceId=scene.interface_id,
        NetworkInterfaceName="renamed",
        NetworkInterfaceDescription="described",
    )
    (shown,) = scene.interfaces()
    assert (shown.NetworkInterfaceName, shown.NetworkInterfaceDescription) == ("renamed", "described")


def modify_network_interface_qos(scene: Scene) -> None:
    scene.vpc("ModifyNetworkInterfaceQos", NetworkInterfaceIds=[scene.interface_id], QosLevel="AU")
    assert scene.interfaces()[0].QosLevel == "AU"


def describe_network_interface_limit(scene: Scene) -> None:
    limit = scene.vpc("DescribeNetworkInterfaceLimit", InstanceId=scene.instance_id)
    assert (limit.EniQuantity, limit.EniPrivateIpAddressQuantity) == (4, 10)
    limit = scene.vpc("DescribeNetworkInterfaceLimit", InstanceId=scene.interface_id)
    assert (limit.EniQuantity, limit.EniPrivateIpAddressQuantity) == (0, 10)


# -- addresses and groups of an interface ------------------------------------------------------------------


def assign_private_ip_addresses(scene: Scene) -> list[str]:
    reply = scene.vpc(
        "AssignPrivateIpAddresses",
        NetworkInterfaceId=scene.interface_id,
        PrivateIpAddresses=[{"PrivateIpAddress": "10.0.0.77", "Primary": False}],
        SecondaryPrivateIpAddressCount=1,
    )
    given = reply.PrivateIpAddressSet
    assert [each.State for each in given] == ["PENDING", "PENDING"]
    scene.finish(reply.RequestId)
    return [each.PrivateIpAddress for each in given]


def unassign_private_ip_addresses(scene: Scene) -> None:
    named = [{"PrivateIpAddress": ip} for ip in assign_private_ip_addresses(scene)]
    reply = scene.vpc(
        "UnassignPrivateIpAddresses", NetworkInterfaceId=scene.interface_id, PrivateIpAddresses=named
    )
    scene.finish(reply.RequestId)
    assert len(scene.interfaces()[0].PrivateIpAddressSet) == 1


def modify_private_ip_addresses_attribute(scene: Scene) -> None:
    ip = assign_private_ip_addresses(scene)[0]
    named = [{"PrivateIpAddress": ip, "Description": "said"}]
    scene.vpc(
        "ModifyPrivateIpAddressesAttribute", NetworkInterfaceId=scene.interface_id, PrivateIpAddresses=named
    )
    assert [each.Description for each in scene.interfaces()[0].PrivateIpAddressSet] == ["", "said", ""]


def migrate_private_ip_address(scene: Scene) -> None:
    ip = assign_private_ip_addresses(scene)[0]
    other = scene.new_interface()
    reply = scene.vpc(
        "MigratePrivateIpAddress",
        SourceNetworkInterfaceId=scene.interface_id,
        DestinationNetworkInterfaceId=other,
        PrivateIpAddress=ip,
    )
    scene.finish(reply.RequestId)
    (shown,) = scene.interfaces(address_ip=ip)
    assert shown.NetworkInterfaceId == other


def assign_ipv6_addresses(scene: Scene) -> str:
    scene.stack = "DualStack"
    reply = scene.vpc("AssignIpv6Addresses", NetworkInterfaceId=scene.interface_id, Ipv6AddressCount=1)
    (given,) = reply.Ipv6AddressSet
    assert given.State == "PENDING"
    scene.finish(reply.RequestId)
    address: str = given.Address
    return address


def modify_ipv6_addresses_attribute(scene: Scene) -> None:
    named = [{"Address": assign_ipv6_addresses(scene), "Description": "said"}]
    scene.vpc("ModifyIpv6AddressesAttribute", NetworkInterfaceId=scene.interface_id, Ipv6Addresses=named)
    assert [each.Description for each in scene.interfaces()[0].Ipv6AddressSet] == ["said"]


def unassign_ipv6_addresses(scene: Scene) -> None:
    named = [{"Address": assign_ipv6_addresses(scene)}]
    reply = scene.vpc("UnassignIpv6Addresses", NetworkInterfaceId=scene.interface_id, Ipv6Addresses=named)
    scene.finish(reply.RequestId)
    assert scene.interfaces()[0].Ipv6AddressSet == []


def associate_network_interface_security_groups(scene: Scene) -> dict[str, list[str]]:
    more = scene.vpc("CreateSecurityGroup", GroupName="more", GroupDescription="more").SecurityGroup
    members = {"NetworkInterfaceIds": [scene.interface_id], "SecurityGroupIds": [more.SecurityGroupId]}
    scene.vpc("AssociateNetworkInterfaceSecurityGroups", **members)
    assert scene.interfaces()[0].GroupSet == [scene.group_id, more.SecurityGroupId]
    return members


def disassociate_network_interface_security_groups(scene: Scene) -> None:
    members = associate_network_interface_security_groups(scene)
    scene.vpc("DisassociateNetworkInterfaceSecurityGroups", **members)
    assert scene.interfaces()[0].GroupSet == [scene.group_id]


def describe_vpc_private_ip_addresses(scene: Scene) -> None:
    ip = assign_private_ip_addresses(scene)[0]
    reply = scene.vpc(
        "DescribeVpcPrivateIpAddresses", VpcId=scene.vpc_id, PrivateIpAddresses=[ip, "10.0.0.250"]
    )
    (shown,) = reply.VpcPrivateIpAddressSet
    assert (shown.PrivateIpAddress, shown.CidrBlock) == (ip, "10.0.0.0/24")


def describe_vpc_ipv6_addresses(scene: Scene) -> None:
    address = assign_ipv6_addresses(scene)
    reply = scene.vpc("DescribeVpcIpv6Addresses", VpcId=scene.vpc_id)
    assert (reply.TotalCount, reply.Ipv6AddressSet[0].Ipv6Address) == (1, address)


def describe_used_ip_address(scene: Scene) -> None:
    assert scene.interface_id
    reply = scene.vpc("DescribeUsedIpAddress", VpcId=scene.vpc_id, SubnetId=scene.subnet_id)
    (shown,) = reply.IpAddressStates
    assert (shown.ResourceType, shown.ResourceId) == ("ENI", scene.interface_id)


def describe_vpc_limits(scene: Scene) -> None:
    (shown,) = scene.vpc("DescribeVpcLimits", LimitTypes=["eni-max-private-ips"]).VpcLimitSet
    assert (shown.LimitType, shown.LimitValue) == ("eni-max-private-ips", 10)


# -- networks and groups ----------------------------------------------------------------------------------


def create_vpc(scene: Scene) -> None:
    shown = scene.vpc("CreateVpc", VpcName="shop", CidrBlock="172.16.0.0/12").Vpc
    assert (shown.VpcName, shown.CidrBlock, shown.IsDefault) == ("shop", "172.16.0.0/12", False)


def describe_vpcs(scene: Scene) -> None:
    reply = scene.vpc("DescribeVpcs", VpcIds=[scene.vpc_id])
    assert (reply.TotalCount, reply.VpcSet[0].CidrBlock) == (1, "10.0.0.0/16")
    assert scene.vpc("DescribeVpcs", Limit="10", Offset="1").VpcSet == []


def delete_vpc(scene: Scene) -> None:
    assert scene.vpc("DeleteVpc", VpcId=scene.vpc_id).RequestId
    assert scene.vpc("DescribeVpcs").TotalCount == 0


def create_subnet(scene: Scene) -> None:
    shown = scene.vpc(
        "CreateSubnet", VpcId=scene.vpc_id, SubnetName="web", Zone=ZONE, CidrBlock="10.0.7.0/24"
    ).Subnet
    assert (shown.Zone, shown.CidrBlock, shown.AvailableIpAddressCount) == (ZONE, "10.0.7.0/24", 253)


def describe_subnets(scene: Scene) -> None:
    reply = scene.vpc("DescribeSubnets", SubnetIds=[scene.subnet_id])
    assert (reply.TotalCount, reply.SubnetSet[0].VpcId) == (1, scene.vpc_id)


def delete_subnet(scene: Scene) -> None:
    assert scene.vpc("DeleteSubnet", SubnetId=scene.subnet_id).RequestId
    assert scene.vpc("DescribeSubnets").TotalCount == 0


def create_subnets(scene: Scene) -> None:
    places = [{"SubnetName": "web", "Zone": ZONE, "CidrBlock": f"10.0.{octet}.0/24"} for octet in range(2)]
    made = scene.vpc("CreateSubnets", VpcId=scene.vpc_id, Subnets=places).SubnetSet
    assert [each.CidrBlock for each in made] == ["10.0.0.0/24", "10.0.1.0/24"]


def modify_vpc_attribute(scene: Scene) -> None:
    scene.vpc("ModifyVpcAttribute", VpcId=scene.vpc_id, VpcName="new", EnableMulticast="true")
    (shown,) = scene.vpc("DescribeVpcs", VpcIds=[scene.vpc_id]).VpcSet
    assert (shown.VpcName, shown.EnableMulticast) == ("new", True)


def modify_subnet_attribute(scene: Scene) -> None:
    scene.vpc("ModifySubnetAttribute", SubnetId=scene.subnet_id, SubnetName="new", EnableBroadcast="true")
    (shown,) = scene.vpc("DescribeSubnets", SubnetIds=[scene.subnet_id]).SubnetSet
    assert (shown.SubnetName, shown.EnableBroadcast) == ("new", True)


def assign_ipv6_cidr_block(scene: Scene) -> str:
    given = scene.vpc("AssignIpv6CidrBlock", VpcId=scene.vpc_id)
    (shown,) = scene.vpc("DescribeVpcs", VpcIds=[scene.vpc_id]).VpcSet
    assert (shown.Ipv6CidrBlock, given.AddressType) == (given.Ipv6CidrBlock, "GUA")
    return str(given.Ipv6CidrBlock)


def unassign_ipv6_cidr_block(scene: Scene) -> None:
    block = assign_ipv6_cidr_block(scene)
    scene.vpc("UnassignIpv6CidrBlock", VpcId=scene.vpc_id, Ipv6CidrBlock=block)
    (shown,) = scene.vpc("DescribeVpcs", VpcIds=[scene.vpc_id]).VpcSet
    assert shown.Ipv6CidrBlockSet == []


def assign_ipv6_subnet_cidr_block(scene: Scene) -> None:
    block = assign_ipv6_cidr_block(scene).replace("/56", "/64")
    wanted = {"SubnetId": scene.subnet_id, "Ipv6CidrBlock": block}
    reply = scene.vpc("AssignIpv6SubnetCidrBlock", VpcId=scene.vpc_id, Ipv6SubnetCidrBlocks=[wanted])
    (given,) = reply.Ipv6SubnetCidrBlockSet
    assert (given.SubnetId, given.Ipv6CidrBlock) == (scene.subnet_id, block)


def unassign_ipv6_subnet_cidr_block(scene: Scene) -> None:
    assign_ipv6_subnet_cidr_block(scene)
    named = [{"SubnetId": scene.subnet_id}]
    scene.vpc("UnassignIpv6SubnetCidrBlock", VpcId=scene.vpc_id, Ipv6SubnetCidrBlocks=named)
    (shown,) = scene.vpc("DescribeSubnets", SubnetIds=[scene.subnet_id]).SubnetSet
    assert shown.Ipv6CidrBlock == ""


def describe_route_tables(scene: Scene) -> None:
    assert scene.subnet_id
    by_vpc = {"Name": "vpc-id", "Values": [scene.vpc_id]}
    reply = scene.vpc("DescribeRouteTables", Filters=[by_vpc], Limit="10", Offset="0")
    (shown,) = reply.RouteTableSet
    assert (reply.TotalCount, shown.Main, shown.RouteTableName) == (1, True, "default")
    assert [each.SubnetId for each in shown.AssociationSet] == [scene.subnet_id]


def create_assistant_cidr(scene: Scene) -> None:
    made = scene.vpc("CreateAssistantCidr", VpcId=scene.vpc_id, CidrBlocks=["172.16.0.0/16"])
    assert [each.CidrBlock for each in made.AssistantCidrSet] == ["172.16.0.0/16"]


def describe_assistant_cidr(scene: Scene) -> None:
    create_assistant_cidr(scene)
    scene.vpc("CreateSubnet", VpcId=scene.vpc_id, SubnetName="s", Zone=ZONE, CidrBlock="172.16.0.0/24")
    reply = scene.vpc("DescribeAssistantCidr", VpcIds=[scene.vpc_id], Offset=0, Limit=10)
    (shown,) = reply.AssistantCidrSet
    assert (reply.TotalCount, [each.CidrBlock for each in shown.SubnetSet]) == (1, ["172.16.0.0/24"])


def modify_assistant_cidr(scene: Scene) -> None:
    create_assistant_cidr(scene)
    changed = scene.vpc(
        "ModifyAssistantCidr",
        VpcId=scene.vpc_id,
        NewCidrBlocks=["10.8.0.0/16"],
        OldCidrBlocks=["172.16.0.0/16"],
    )
    assert [each.CidrBlock for each in changed.AssistantCidrSet] == ["10.8.0.0/16"]


def delete_assistant_cidr(scene: Scene) -> None:
    create_assistant_cidr(scene)
    scene.vpc("DeleteAssistantCidr", VpcId=scene.vpc_id, CidrBlocks=["172.16.0.0/16"])
    assert scene.vpc("DescribeAssistantCidr").AssistantCidrSet == []


def create_default_vpc(scene: Scene) -> None:
    made = scene.vpc("CreateDefaultVpc", Zone=ZONE, Force=True).Vpc
    (shown,) = scene.vpc("DescribeSubnets", SubnetIds=[made.SubnetId]).SubnetSet
    assert (shown.VpcId, shown.IsDefault, shown.CidrBlock) == (made.VpcId, True, made.CidrBlock)


def describe_vpc_instances(scene: Scene) -> None:
    by_id = {"Name": "instance-id", "Values": [scene.instance_id]}
    (shown,) = scene.vpc("DescribeVpcInstances", Filters=[by_id]).InstanceSet
    assert (shown.VpcId, shown.InstanceState, shown.InstanceEniCount) == (scene.vpc_id, "RUNNING", 1)


def describe_vpc_resource_dashboard(scene: Scene) -> None:
    assert scene.instance_id
    (shown,) = scene.vpc("DescribeVpcResourceDashboard", VpcIds=[scene.vpc_id]).ResourceDashboardSet
    assert (shown.VpcId, shown.CVM, shown.Subnet, shown.RouteTable) == (scene.vpc_id, 1, 1, 1)


def create_security_group(scene: Scene) -> None:
    shown = scene.vpc("CreateSecurityGroup", GroupName="web", GroupDescription="web").SecurityGroup
    assert (shown.SecurityGroupName, shown.IsDefault) == ("web", False)


def describe_security_groups(scene: Scene) -> None:
    reply = scene.vpc("DescribeSecurityGroups", SecurityGroupIds=[scene.group_id])
    assert [each.SecurityGroupName for each in reply.SecurityGroupSet] == ["web"]


def delete_security_group(scene: Scene) -> None:
    assert scene.vpc("DeleteSecurityGroup", SecurityGroupId=scene.group_id).RequestId
    assert scene.vpc("DescribeSecurityGroups").TotalCount == 0


# -- instances and the catalog ----------------------------------------------------------------------------


def run_instances(scene: Scene) -> None:
    assert scene.instance_id.startswith("ins-")


def describe_instances(scene: Scene) -> None:
    (shown,) = scene.cvm("DescribeInstances", InstanceIds=[scene.instance_id]).InstanceSet
    assert (shown.InstanceState, shown.Placement.Zone) == ("RUNNING", ZONE)
    (primary,) = scene.interfaces(is_primary="true")
    assert shown.PrivateIpAddresses == [primary.PrivateIpAddressSet[0].PrivateIpAddress]
    assert primary.Attachment.InstanceId == scene.instance_id


def describe_instances_status(scene: Scene) -> None:
    reply = scene.cvm("DescribeInstancesStatus", InstanceIds=[scene.instance_id])
    (shown,) = reply.InstanceStatusSet
    assert (reply.TotalCount, shown.InstanceId, shown.InstanceState) == (1, scene.instance_id, "RUNNING")


def describe_instances_operation_limit(scene: Scene) -> None:
    reply = scene.cvm(
        "DescribeInstancesOperationLimit", InstanceIds=[scene.instance_id], Operation="INSTANCE_DEGRADE"
    )
    (shown,) = reply.InstanceOperationLimitSet
    assert (shown.InstanceId, shown.CurrentCount, shown.LimitCount) == (scene.instance_id, -1, -1)


def stop_instances(scene: Scene) -> None:
    scene.cvm("StopInstances", InstanceIds=[scene.instance_id])
    watch(lambda: scene.instance_state(scene.instance_id), "STOPPED")


def start_instances(scene: Scene) -> None:
    stop_instances(scene)
    scene.cvm("StartInstances", InstanceIds=[scene.instance_id])
    watch(lambda: scene.instance_state(scene.instance_id), "RUNNING")


def reboot_instances(scene: Scene) -> None:
    scene.cvm("RebootInstances", InstanceIds=[scene.instance_id], StopType="SOFT")
    assert scene.instance_state(scene.instance_id) == "REBOOTING"
    watch(lambda: scene.instance_state(scene.instance_id), "RUNNING")


def modify_instances_attribute(scene: Scene) -> None:
    scene.cvm("ModifyInstancesAttribute", InstanceIds=[scene.instance_id], InstanceName="renamed")
    assert scene.cvm("DescribeInstances").InstanceSet[0].InstanceName == "renamed"


def reset_instances_type(scene: Scene) -> None:
    scene.cvm("ResetInstancesType", InstanceIds=[scene.instance_id], InstanceType="S5.LARGE8")
    watch(lambda: scene.instance_state(scene.instance_id), "RUNNING")
    (shown,) = scene.cvm("DescribeInstances").InstanceSet
    assert (shown.InstanceType, shown.LatestOperation, shown.LatestOperationState) == (
        "S5.LARGE8",
        "ResetInstancesType",
        "SUCCESS",
    )


def associate_security_groups(scene: Scene) -> dict[str, list[str]]:
    more = scene.vpc("CreateSecurityGroup", GroupName="more", GroupDescription="more").SecurityGroup
    members = {"InstanceIds": [scene.instance_id], "SecurityGroupIds": [more.SecurityGroupId]}
    scene.cvm("AssociateSecurityGroups", **members)
    (shown,) = scene.cvm("DescribeInstances").InstanceSet
    assert shown.SecurityGroupIds == [scene.group_id, more.SecurityGroupId]
    return members


def disassociate_security_groups(scene: Scene) -> None:
    members = associate_security_groups(scene)
    scene.cvm("DisassociateSecurityGroups", **members)
    assert scene.cvm("DescribeInstances").InstanceSet[0].SecurityGroupIds == [scene.group_id]


def terminate_instances(scene: Scene) -> None:
    scene.cvm("TerminateInstances", InstanceIds=[scene.instance_id])
    watch(lambda: scene.instance_state(scene.instance_id), None)


def describe_regions(scene: Scene) -> None:
    assert REGION in {region.Region for region in scene.cvm("DescribeRegions").RegionSet}


def describe_zones(scene: Scene) -> None:
    zones = {zone.Zone: zone.ZoneState for zone in scene.cvm("DescribeZones").ZoneSet}
    assert zones[ZONE] == "AVAILABLE"


def describe_instance_type_configs(scene: Scene) -> None:
    reply = scene.cvm("DescribeInstanceTypeConfigs", Filters=[{"Name": "zone", "Values": [ZONE]}])
    (shown,) = [each for each in reply.InstanceTypeConfigSet if each.InstanceType == "S5.MEDIUM4"]
    assert (shown.Zone, shown.CPU, shown.Memory) == (ZONE, 2, 4)


def describe_zone_instance_config_infos(scene: Scene) -> None:
    wanted = {"zone": ZONE, "instance-type": "S5.MEDIUM4", "instance-charge-type": "POSTPAID_BY_HOUR"}
    reply = scene.cvm(
        "DescribeZoneInstanceConfigInfos",
        Filters=[{"Name": name, "Values": [value]} for name, value in wanted.items()],
    )
    (shown,) = reply.InstanceTypeQuotaSet
    assert (shown.Cpu, shown.Memory, shown.Status, shown.StatusCategory) == (2, 4, "SELL", "EnoughStock")
    assert shown.Price.UnitPrice > 0


def describe_instance_family_configs(scene: Scene) -> None:
    reply = scene.cvm("DescribeInstanceFamilyConfigs")
    names = {each.InstanceFamily: each.InstanceFamilyName for each in reply.InstanceFamilyConfigSet}
    assert names["S5"] == "标准型S5"


def describe_images(scene: Scene) -> None:
    reply = scene.cvm("DescribeImages", Filters=[{"Name": "platform", "Values": ["Ubuntu"]}], Limit=1)
    assert (reply.TotalCount, len(reply.ImageSet), reply.ImageSet[0].Platform) == (7, 1, "Ubuntu")
    (shown,) = scene.cvm("DescribeImages", ImageIds=["img-487zeit5"]).ImageSet
    assert (shown.OsName, shown.ImageState) == ("Ubuntu Server 22.04 LTS 64位", "NORMAL")


def describe_disks(scene: Scene) -> None:
    filters = [{"Name": "instance-id", "Values": [scene.instance_id]}]
    reply = scene.cbs("DescribeDisks", Filters=filters)
    (shown,) = reply.DiskSet
    assert (reply.TotalCount, shown.DiskUsage, shown.DiskState) == (1, "SYSTEM_DISK", "ATTACHED")
    (instance,) = scene.cvm("DescribeInstances").InstanceSet
    assert shown.DiskId == instance.SystemDisk.DiskId


CALLS: dict[str, Callable[[Scene], object]] = {
    **tencent_group_policies.CALLS,
    **tencent_public_addresses.CALLS,
    **tencent_tags.CALLS,
    "CreateNetworkInterface": create_network_interface,
    "AttachNetworkInterface": attach_network_interface,
    "DetachNetworkInterface": detach_network_interface,
    "DeleteNetworkInterface": delete_network_interface,
    "DescribeNetworkInterfaces": describe_network_interfaces,
    "DescribeVpcTaskResult": describe_vpc_task_result,
    "CreateAndAttachNetworkInterface": create_and_attach_network_interface,
    "MigrateNetworkInterface": migrate_network_interface,
    "ModifyNetworkInterfaceAttribute": modify_network_interface_attribute,
    "ModifyNetworkInterfaceQos": modify_network_interface_qos,
    "DescribeNetworkInterfaceLimit": describe_network_interface_limit,
    "AssignPrivateIpAddresses": assign_private_ip_addresses,
    "UnassignPrivateIpAddresses": unassign_private_ip_addresses,
    "ModifyPrivateIpAddressesAttribute": modify_private_ip_addresses_attribute,
    "MigratePrivateIpAddress": migrate_private_ip_address,
    "AssignIpv6Addresses": assign_ipv6_addresses,
    "ModifyIpv6AddressesAttribute": modify_ipv6_addresses_attribute,
    "UnassignIpv6Addresses": unassign_ipv6_addresses,
    "AssociateNetworkInterfaceSecurityGroups": associate_network_interface_security_groups,
    "DisassociateNetworkInterfaceSecurityGroups": disassociate_network_interface_security_groups,
    "DescribeVpcPrivateIpAddresses": describe_vpc_private_ip_addresses,
    "DescribeVpcIpv6Addresses": describe_vpc_ipv6_addresses,
    "DescribeUsedIpAddress": describe_used_ip_address,
    "DescribeVpcLimits": describe_vpc_limits,
    "CreateVpc": create_vpc,
    "DescribeVpcs": describe_vpcs,
    "DeleteVpc": delete_vpc,
    "CreateSubnet": create_subnet,
    "DescribeSubnets": describe_subnets,
    "DeleteSubnet": delete_subnet,
    "CreateSubnets": create_subnets,
    "ModifyVpcAttribute": modify_vpc_attribute,
    "ModifySubnetAttribute": modify_subnet_attribute,
    "AssignIpv6CidrBlock": assign_ipv6_cidr_block,
    "UnassignIpv6CidrBlock": unassign_ipv6_cidr_block,
    "AssignIpv6SubnetCidrBlock": assign_ipv6_subnet_cidr_block,
    "UnassignIpv6SubnetCidrBlock": unassign_ipv6_subnet_cidr_block,
    "DescribeRouteTables": describe_route_tables,
    "CreateAssistantCidr": create_assistant_cidr,
    "DescribeAssistantCidr": describe_assistant_cidr,
    "ModifyAssistantCidr": modify_assistant_cidr,
    "DeleteAssistantCidr": delete_assistant_cidr,
    "CreateDefaultVpc": create_default_vpc,
    "DescribeVpcInstances": describe_vpc_instances,
    "DescribeVpcResourceDashboard": describe_vpc_resource_dashboard,
    "CreateSecurityGroup": create_security_group,
    "DescribeSecurityGroups": describe_security_groups,
    "DeleteSecurityGroup": delete_security_group,
    "RunInstances": run_instances,
    "DescribeInstances": describe_instances,
    "DescribeInstancesStatus": describe_instances_status,
    "DescribeInstancesOperationLimit": describe_instances_operation_limit,
    "StartInstances": start_instances,
    "StopInstances": stop_instances,
    "RebootInstances": reboot_instances,
    "ModifyInstancesAttribute": modify_instances_attribute,
    "ResetInstancesType": reset_instances_type,
    "AssociateSecurityGroups": associate_security_groups,
    "DisassociateSecurityGroups": disassociate_security_groups,
    "TerminateInstances": terminate_instances,
    "DescribeRegions": describe_regions,
    "DescribeZones": describe_zones,
    "DescribeInstanceTypeConfigs": describe_instance_type_configs,
    "DescribeZoneInstanceConfigInfos": describe_zone_instance_config_infos,
    "DescribeInstanceFamilyConfigs": describe_instance_family_configs,
    "DescribeImages": describe_images,
    "DescribeDisks": describe_disks,
}


@pytest.mark.parametrize("action", sorted(name for _, name in TencentDialect().actions))
def test_each_action_answers_the_sdk(server: Server, access_key: str, action: str) -> None:
    assert action in CALLS, "it is served, but no contract test calls it"
    sdk = Sdk(server.address, access_key)
    CALLS[action](Scene(sdk))
    assert action in sdk.called


def test_no_call_is_of_an_action_that_is_not_served() -> None:
    assert set(CALLS) <= {name for _, name in TencentDialect().actions}
