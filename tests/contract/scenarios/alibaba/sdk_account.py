"""An account of Alibaba Cloud on the server, furnished by the vendor's SDK as far as a call needs it."""

from functools import cached_property
from typing import Any

from tests.contract.polling import poll
from tests.contract.sdks.alibaba import IMAGE, REGION, ZONE, Sdk, ecs_models, vpc_models


class SdkAccount:
    """A network, a group, an instance and an interface, each made when first asked for.

    ``ipv6``, set before that, says whether the network and the vSwitch have IPv6 blocks.
    """

    def __init__(self, sdk: Sdk) -> None:
        self.sdk = sdk
        self.ecs = sdk.ecs
        self.vpc = sdk.vpc
        self.ipv6 = False

    # -- made when first asked for ----------------------------------------------------------------------

    @cached_property
    def vpc_id(self) -> str:
        request = vpc_models.CreateVpcRequest(
            region_id=REGION, cidr_block="10.0.0.0/16", enable_ipv_6=self.ipv6
        )
        vpc_id: str = self.vpc.create_vpc(request).vpc_id
        describe = vpc_models.DescribeVpcsRequest(region_id=REGION, vpc_id=vpc_id)
        poll(lambda: self.vpc.describe_vpcs(describe).vpcs.vpc[0].status, "Available")
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
        poll(lambda: self.vpc.describe_vswitches(describe).v_switches.v_switch[0].status, "Available")
        return vswitch_id

    @cached_property
    def group_id(self) -> str:
        return self._new_group()

    @cached_property
    def other_group_id(self) -> str:
        return self._new_group()

    def _new_group(self) -> str:
        request = ecs_models.CreateSecurityGroupRequest(region_id=REGION, vpc_id=self.vpc_id)
        group_id: str = self.ecs.create_security_group(request).security_group_id
        return group_id

    @cached_property
    def instance_id(self) -> str:
        request = ecs_models.RunInstancesRequest(
            region_id=REGION,
            image_id=IMAGE,
            instance_type="ecs.g7.large",
            v_switch_id=self.vswitch_id,
            security_group_id=self.group_id,
        )
        (instance_id,) = self.ecs.run_instances(request).instance_id_sets.instance_id_set
        poll(lambda: self.instance_status(instance_id), "Running")
        return str(instance_id)

    @cached_property
    def interface_id(self) -> str:
        request = ecs_models.CreateNetworkInterfaceRequest(
            region_id=REGION, v_switch_id=self.vswitch_id, security_group_id=self.group_id
        )
        interface_id: str = self.ecs.create_network_interface(request).network_interface_id
        return interface_id

    def attach_interface(self) -> None:
        """Begin to attach the interface to the instance."""
        self.ecs.attach_network_interface(
            ecs_models.AttachNetworkInterfaceRequest(
                region_id=REGION, network_interface_id=self.interface_id, instance_id=self.instance_id
            )
        )

    def allocate_eip(self) -> tuple[str, str]:
        """Allocate an EIP, and return its id and its address."""
        request = vpc_models.AllocateEipAddressRequest(region_id=REGION, name="web", bandwidth="10")
        made = self.vpc.allocate_eip_address(request)
        return made.allocation_id, made.eip_address

    def protect(self, kind: str, resource_id: str, *, on: bool) -> None:
        """Protect a resource of VPC against deletion, or end that."""
        self.vpc.deletion_protection(
            vpc_models.DeletionProtectionRequest(
                region_id=REGION, instance_id=resource_id, type=kind, protection_enable=on
            )
        )

    # -- as the vendor's Describe actions show it ---------------------------------------------------------

    def describe_vpc(self) -> Any:
        request = vpc_models.DescribeVpcAttributeRequest(region_id=REGION, vpc_id=self.vpc_id)
        return self.vpc.describe_vpc_attribute(request)

    def describe_vswitch(self) -> Any:
        request = vpc_models.DescribeVSwitchAttributesRequest(region_id=REGION, v_switch_id=self.vswitch_id)
        return self.vpc.describe_vswitch_attributes(request)

    def describe_group(self) -> Any:
        request = ecs_models.DescribeSecurityGroupAttributeRequest(
            region_id=REGION, security_group_id=self.group_id
        )
        return self.ecs.describe_security_group_attribute(request)

    def describe_eip(self, allocation_id: str) -> Any:
        """Return an EIP, or None where there is none."""
        request = vpc_models.DescribeEipAddressesRequest(region_id=REGION, allocation_id=allocation_id)
        found = self.vpc.describe_eip_addresses(request).eip_addresses.eip_address
        return found[0] if found else None

    def describe_interface(self) -> Any:
        request = ecs_models.DescribeNetworkInterfaceAttributeRequest(
            region_id=REGION, network_interface_id=self.interface_id
        )
        return self.ecs.describe_network_interface_attribute(request)

    def describe_interfaces(self) -> Any:
        """Return all interfaces of the account."""
        request = ecs_models.DescribeNetworkInterfacesRequest(region_id=REGION, max_results=100)
        return self.ecs.describe_network_interfaces(request).network_interface_sets.network_interface_set

    def describe_instance(self, instance_id: str) -> Any:
        request = ecs_models.DescribeInstancesRequest(region_id=REGION, instance_ids=f'["{instance_id}"]')
        (shown,) = self.ecs.describe_instances(request).instances.instance
        return shown

    def instance_status(self, instance_id: str) -> str | None:
        request = ecs_models.DescribeInstanceStatusRequest(region_id=REGION, instance_id=[instance_id])
        found = self.ecs.describe_instance_status(request).instance_statuses.instance_status
        return found[0].status if found else None
