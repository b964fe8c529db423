"""One abstract cloud, two drivers: each says the same thing in its vendor's words.

A driver keeps the names that the machine uses beside the ids that its cloud gave, calls real actions
through real HTTP bodies, and shows its core graph by those names.
"""

from typing import Any

import attrs
from tests.harness import AlibabaClient, ApiError, TencentClient

from duolect_core.addressing.pools import format_ipv4
from duolect_core.engine.partition import Partition
from duolect_core.graph.graph import Graph
from duolect_core.model.lifecycles import InterfaceState
from duolect_core.model.resources import Association, InterfaceKind
from duolect_core.networks.blocks import ipv6_index

_SIZES = {"alibaba": "ecs.g7.large", "tencent": "PARITY.MEDIUM4"}
"""Types with the same limits: 3 interfaces, 6 addresses each."""

KINDS = {
    "InvalidResourceId.NotFound": "gone",
    "InvalidParameterValue.ResourceDescriptionError": "gone",
    "InvalidEniId.NotFound": "gone",
    "InvalidEcsId.NotFound": "gone",
    "InvalidInstanceId.NotFound": "gone",
    "InvalidVSwitchId.NotFound": "gone",
    "InvalidVpcId.NotFound": "gone",
    "InvalidSecurityGroupId.NotFound": "gone",
    "InvalidSecurityGroup.NotFound": "gone",
    "InvalidSecurityGroupRule.RuleNotExist": "gone",
    "InvalidSourceGroupId.NotFound": "gone",
    "InvalidDestGroupId.NotFound": "gone",
    "ResourceNotFound": "gone",
    "InvalidParameterValue.SubnetNotExist": "gone",
    "InvalidParameterValue.VpcIdNotExist": "gone",
    "InvalidOperation.InvalidEniState": "state",
    "InvalidOperation.InvalidEcsState": "state",
    "InvalidOperation.DetachPrimaryEniNotAllowed": "state",
    "InvalidParameter.EniNotBelongEcs": "state",
    "IncorrectInstanceStatus": "state",
    "IncorrectInstanceStatus.Initializing": "state",
    "UnsupportedOperation.InvalidState": "state",
    "UnsupportedOperation.ResourceIsInvalidState": "state",
    "UnsupportedOperation.AttachmentAlreadyExists": "state",
    "UnsupportedOperation.InstanceStatePending": "state",
    "UnsupportedOperation.InstanceStateStarting": "state",
    "UnsupportedOperation.InstanceStateStopping": "state",
    "UnsupportedOperation.InstanceStateStopped": "state",
    "UnsupportedOperation.InstanceStateRunning": "state",
    "UnsupportedOperation.InstanceStateRebooting": "state",
    "UnsupportedOperation.InstanceStateTerminating": "state",
    "InvalidInstanceState.Terminating": "state",
    "InvalidParameterValue.ElasticNetworkVpcSubnetMismatch": "network",
    "InvalidParameter.EniNumExceededWithLaunchEcs": "limit",
    "LimitExceeded.InstanceEniNumLimit": "limit",
    "LimitExceeded.EniLimitInstanceType": "limit",
    "InvalidParam.IpCount": "limit",
    "InvalidOperation.InvalidEniType": "kind",
    "UnsupportedOperation": "kind",
    "InvalidOperation.AvailabilityZoneMismatch": "zone",
    "UnsupportedOperation.ZoneMismatch": "zone",
    "InvalidOperation.VpcMismatch": "network",
    "UnsupportedOperation.VpcMismatch": "network",
    "EniPerInstanceLimitExceeded": "limit",
    "LimitExceeded": "limit",
    "InvalidOperation.Ipv4CountExceeded": "limit",
    "MaxEniPrivateIpsCountExceeded": "limit",
    "InvalidVSwitchId.IpNotEnough": "exhausted",
    "QuotaExceeded.PrivateIpAddress": "exhausted",
    "ResourceInsufficient.Subnet": "exhausted",
    "FailedOperation.NoAvailableIpAddressCountInSubnet": "exhausted",
    "DependencyViolation": "held",
    "DependencyViolation.VSwitch": "held",
    "DependencyViolation.SecurityGroup": "held",
    "ResourceInUse": "held",
    "InvalidAllocationId.NotFound": "gone",
    "InvalidInstanId.NotFound": "gone",
    "InvalidAddressId.NotFound": "gone",
    "InvalidNetworkInterfaceId.NotFound": "gone",
    "IncorrectEipStatus": "state",
    "InvalidStatus.EniStatusNotSupport": "state",
    "InvalidAddressState": "state",
    "InvalidAddressIdStatus.NotPermit": "state",
    "OperationDenied.MutexTaskRunning": "state",
    "UnsupportedOperation.AddressStatusNotPermit": "state",
    "UnsupportedOperation.InstanceStateNotSupported": "state",
    "InvalidAssociation.Duplicated": "taken",
    "ResourceAlreadyAssociated.IpAddress": "taken",
    "InvalidInstanceId.AlreadyBindEip": "taken",
    "InvalidPrivateIpAddress.AlreadyBindEip": "taken",
    "InvalidCidrBlock.Overlapped": "overlap",
    "InvalidParameterValue.SubnetConflict": "overlap",
    "InvalidParameterValue.VpcCidrConflict": "overlap",
    "QuotaExceeded.Vpc": "limit",
}
"""What each vendor's code means in common. A code that is missing here fails the machine."""

BY_CALL = {
    ("delete_group", "UnsupportedOperation"): "held",
    ("run_instance_with", "InvalidEniId.NotFound"): "not free",
    ("run_instance_with", "InvalidOperation.InvalidEniState"): "not free",
    ("run_instance_with", "InvalidParameterValue.InvalidNetworkInterfaceId"): "not free",
}
"""What a code means in common where a certain method of a driver gets it."""


_TAGGED = {
    "network": ("VPC", "2016-04-28"),
    "subnet": ("VSWITCH", "2016-04-28"),
    "group": ("securitygroup", "2014-05-26"),
    "instance": ("instance", "2014-05-26"),
    "interface": ("eni", "2014-05-26"),
}
"""What Alibaba Cloud calls each kind of resource, and which product has its tags."""
_SERVICES = {
    "network": ("vpc", "vpc"),
    "subnet": ("vpc", "subnet"),
    "group": ("cvm", "sg"),
    "instance": ("cvm", "instance"),
    "interface": ("vpc", "eni"),
}
"""Service and prefix of each kind of resource in Tencent Cloud's names."""


def shape(partition: Partition, names: dict[str, str]) -> dict[str, Any]:
    """Return a partition's graph by the machine's names, without what the clouds choose themselves."""
    graph = partition.graph
    named = {resource_id: name for name, resource_id in names.items()}
    for instance_id, interface_id in graph.primary_interfaces.items():
        named[interface_id] = f"primary of {named[instance_id]}"
    return {
        "networks": {
            named[n.id]: (str(n.block), list(map(str, n.secondary_blocks)), n.ipv6_block is not None)
            for n in graph.networks.values()
        },
        "subnets": {
            named[s.id]: (
                named[s.network_id],
                partition.rules.zones.index(s.zone),
                str(s.block),
                None if s.ipv6_block is None else ipv6_index(graph.networks[s.network_id], s.ipv6_block),
                len(s.pool.holders),
            )
            for s in graph.subnets.values()
        },
        "groups": {
            named[g.id]: [
                (
                    rule.direction,
                    rule.protocol,
                    rule.verdict,
                    rule.ports,
                    rule.peer,
                    named[rule.peer_group_id] if rule.peer_group_id else None,
                    rule.description,
                )
                for rule in g.all_rules
            ]
            for g in graph.groups.values()
        },
        "instances": {named[i.id]: (named[i.subnet_id], i.state) for i in graph.instances.values()},
        "interfaces": {
            named[i.id]: (
                i.kind is InterfaceKind.PRIMARY,
                i.state,
                named[i.subnet_id],
                len(i.ipv4),
                tuple(named[g] for g in i.group_ids),
                None
                if i.attachment is None
                else (named[i.attachment.instance_id], i.attachment.device_index),
            )
            for i in graph.interfaces.values()
        },
        "tags": {
            named[each.id]: each.tags
            for table in graph.tables()
            for each in table.values()
            if each.tags and each.id in named
        },
        "public addresses": {
            named[each.id]: (
                each.state,
                each.association
                and (named[each.association.interface_id], _place_of(graph, each.association)),
            )
            for each in graph.public_addresses.values()
        },
    }


def _place_of(graph: Graph, association: Association) -> int:
    """Return the place of the private address that a public one is associated with."""
    held = graph.interfaces[association.interface_id].ipv4
    return [address.ip for address in held].index(association.ip)


@attrs.define
class _Driver:
    """What is said in the same words on both clouds."""

    client: AlibabaClient | TencentClient
    names: dict[str, str] = attrs.field(factory=dict)

    def attach(self, interface: str, instance: str) -> None:
        self.client.call(
            "AttachNetworkInterface",
            NetworkInterfaceId=self.names[interface],
            InstanceId=self.names[instance],
        )

    def detach(self, interface: str, instance: str) -> None:
        self.client.call(
            "DetachNetworkInterface",
            NetworkInterfaceId=self.names[interface],
            InstanceId=self.names[instance],
        )

    def delete_interface(self, interface: str) -> None:
        self.client.call("DeleteNetworkInterface", NetworkInterfaceId=self.names[interface])

    def assign(self, interface: str, count: int) -> None:
        self.client.call(
            "AssignPrivateIpAddresses",
            NetworkInterfaceId=self.names[interface],
            SecondaryPrivateIpAddressCount=count,
        )


class AlibabaDriver(_Driver):
    """Alibaba Cloud's words."""

    def create_network(self, name: str) -> None:
        reply = self.client.call("CreateVpc", "2016-04-28", CidrBlock="10.0.0.0/16")
        self.names[name] = reply["VpcId"]

    def create_subnet(self, name: str, network: str, zone: int, octet: int) -> None:
        reply = self.client.call(
            "CreateVSwitch",
            "2016-04-28",
            VpcId=self.names[network],
            ZoneId=self.client.partition.rules.zones[zone],
            CidrBlock=f"10.0.{octet}.0/24",
        )
        self.names[name] = reply["VSwitchId"]

    def add_block(self, network: str, block: str) -> None:
        self.client.call(
            "AssociateVpcCidrBlock", "2016-04-28", VpcId=self.names[network], SecondaryCidrBlock=block
        )

    def remove_block(self, network: str, block: str) -> None:
        self.client.call(
            "UnassociateVpcCidrBlock", "2016-04-28", VpcId=self.names[network], SecondaryCidrBlock=block
        )

    def switch_network_ipv6(self, network: str, *, on: bool) -> None:
        self.client.call("ModifyVpcAttribute", "2016-04-28", VpcId=self.names[network], EnableIPv6=on)

    def give_subnet_ipv6(self, network: str, subnet: str, index: int) -> None:
        del network
        self.client.call(
            "ModifyVSwitchAttribute", "2016-04-28", VSwitchId=self.names[subnet], Ipv6CidrBlock=index
        )

    def take_subnet_ipv6(self, network: str, subnet: str) -> None:
        del network
        self.client.call(
            "ModifyVSwitchAttribute", "2016-04-28", VSwitchId=self.names[subnet], EnableIPv6=False
        )

    def create_group(self, name: str, network: str) -> None:
        reply = self.client.call("CreateSecurityGroup", VpcId=self.names[network])
        self.names[name] = reply["SecurityGroupId"]

    def _permission(self, port: int, peer: str | None, *, outbound: bool) -> dict[str, Any]:
        far = "Dest" if outbound else "Source"
        named = {"CidrIp": f"10.0.{port}.0/24"} if peer is None else {"GroupId": self.names[peer]}
        return {
            "IpProtocol": "TCP",
            "PortRange": f"{port}/{port}",
            **{f"{far}{name}": value for name, value in named.items()},
        }

    def add_rule(self, group: str, port: int, peer: str | None, *, outbound: bool) -> None:
        self.client.call(
            f"AuthorizeSecurityGroup{'Egress' if outbound else ''}",
            SecurityGroupId=self.names[group],
            Permissions=[{**self._permission(port, peer, outbound=outbound), "Description": f"{port}"}],
        )

    def remove_rule(self, group: str, port: int, peer: str | None, *, outbound: bool) -> None:
        self.client.call(
            f"RevokeSecurityGroup{'Egress' if outbound else ''}",
            SecurityGroupId=self.names[group],
            Permissions=[self._permission(port, peer, outbound=outbound)],
        )

    def naming(self, group: str) -> list[str]:
        reply = self.client.call("DescribeSecurityGroupReferences", SecurityGroupId=[self.names[group]])
        return [
            naming["SecurityGroupId"]
            for reference in reply["SecurityGroupReferences"]["SecurityGroupReference"]
            for naming in reference["ReferencingSecurityGroups"]["ReferencingSecurityGroup"]
        ]

    def run_instance(self, name: str, network: str, subnet: str, group: str) -> None:
        del network
        reply = self.client.call(
            "RunInstances",
            ImageId="m-parity",
            InstanceType=_SIZES["alibaba"],
            VSwitchId=self.names[subnet],
            SecurityGroupId=self.names[group],
        )
        (self.names[name],) = reply["InstanceIdSets"]["InstanceIdSet"]

    def run_instance_with(
        self, name: str, network: str, subnet: str, group: str, interface: str | None
    ) -> None:
        del network
        other: dict[str, Any] = {"InstanceType": "Secondary", "DeleteOnRelease": False}
        if interface is not None:
            other = {"NetworkInterfaceId": self.names[interface]}
        reply = self.client.call(
            "RunInstances",
            ImageId="m-parity",
            InstanceType=_SIZES["alibaba"],
            VSwitchId=self.names[subnet],
            SecurityGroupId=self.names[group],
            NetworkInterface=[other],
        )
        (self.names[name],) = reply["InstanceIdSets"]["InstanceIdSet"]
        if interface is None:
            self.names[f"{name}'s other"] = other_interface(self, name)

    def create_interface(self, name: str, network: str, subnet: str, group: str, count: int) -> None:
        del network
        reply = self.client.call(
            "CreateNetworkInterface",
            VSwitchId=self.names[subnet],
            SecurityGroupIds=[self.names[group]],
            SecondaryPrivateIpAddressCount=count or None,
            DeleteOnRelease=False,
        )
        self.names[name] = reply["NetworkInterfaceId"]

    def tag(self, name: str, key: str, value: str) -> None:
        self._tags("TagResources", "TagResources", name, Tag=[{"Key": key, "Value": value}])

    def untag(self, name: str, key: str) -> None:
        self._tags("UntagResources", "UnTagResources", name, TagKey=[key])

    def _tags(self, ecs: str, vpc: str, name: str, **params: Any) -> None:
        """Change tags by the product that has the kind of resource, which the name begins with."""
        resource_type, version = _TAGGED[name.partition("-")[0]]
        action = ecs if version == "2014-05-26" else vpc
        named = {"ResourceType": resource_type, "ResourceId": [self.names[name]]}
        self.client.call(action, version, **named, **params)

    def unassign(self, interface: str, place: int) -> None:
        self.client.call(
            "UnassignPrivateIpAddresses",
            NetworkInterfaceId=self.names[interface],
            PrivateIpAddress=[address_at(self, interface, place)],
        )

    def start(self, instance: str) -> None:
        self.client.call("StartInstance", InstanceId=self.names[instance])

    def stop(self, instance: str) -> None:
        self.client.call("StopInstance", InstanceId=self.names[instance])

    def reboot(self, instance: str) -> None:
        self.client.call("RebootInstance", InstanceId=self.names[instance])

    def regroup(self, instance: str, group: str) -> None:
        self.client.call(
            "ModifyInstanceAttribute",
            InstanceId=self.names[instance],
            SecurityGroupIds=[self.names[group]],
        )

    def delete_instance(self, instance: str) -> None:
        self.client.call("DeleteInstance", InstanceId=self.names[instance], Force=True)

    def delete_subnet(self, subnet: str) -> None:
        self.client.call("DeleteVSwitch", "2016-04-28", VSwitchId=self.names[subnet])

    def delete_group(self, group: str) -> None:
        self.client.call("DeleteSecurityGroup", SecurityGroupId=self.names[group])

    def allocate(self, name: str) -> None:
        self.names[name] = self.client.call("AllocateEipAddress", "2016-04-28")["AllocationId"]

    def associate(self, public: str, interface: str, place: int) -> None:
        self.client.call(
            "AssociateEipAddress",
            "2016-04-28",
            AllocationId=self.names[public],
            InstanceId=self.names[interface],
            InstanceType="NetworkInterface",
            PrivateIpAddress=address_at(self, interface, place),
        )

    def associate_instance(self, public: str, instance: str) -> None:
        self.client.call(
            "AssociateEipAddress",
            "2016-04-28",
            AllocationId=self.names[public],
            InstanceId=self.names[instance],
        )

    def disassociate(self, public: str) -> None:
        self.client.call("UnassociateEipAddress", "2016-04-28", AllocationId=self.names[public])

    def release(self, public: str) -> None:
        self.client.call("ReleaseEipAddress", "2016-04-28", AllocationId=self.names[public])

    def status(self, interface: str) -> str | None:
        reply = self.client.call("DescribeNetworkInterfaces", NetworkInterfaceId=[self.names[interface]])
        found = reply["NetworkInterfaceSets"]["NetworkInterfaceSet"]
        return found[0]["Status"] if found else None


class TencentDriver(_Driver):
    """Tencent Cloud's words."""

    def create_network(self, name: str) -> None:
        reply = self.client.call("CreateVpc", VpcName=name, CidrBlock="10.0.0.0/16")
        self.names[name] = reply["Vpc"]["VpcId"]

    def create_subnet(self, name: str, network: str, zone: int, octet: int) -> None:
        reply = self.client.call(
            "CreateSubnet",
            VpcId=self.names[network],
            SubnetName=name,
            Zone=self.client.partition.rules.zones[zone],
            CidrBlock=f"10.0.{octet}.0/24",
        )
        self.names[name] = reply["Subnet"]["SubnetId"]

    def add_block(self, network: str, block: str) -> None:
        self.client.call("CreateAssistantCidr", VpcId=self.names[network], CidrBlocks=[block])

    def remove_block(self, network: str, block: str) -> None:
        self.client.call("DeleteAssistantCidr", VpcId=self.names[network], CidrBlocks=[block])

    def switch_network_ipv6(self, network: str, *, on: bool) -> None:
        self.client.call(
            "AssignIpv6CidrBlock" if on else "UnassignIpv6CidrBlock", VpcId=self.names[network]
        )

    def give_subnet_ipv6(self, network: str, subnet: str, index: int) -> None:
        whole = self.client.partition.graph.networks[self.names[network]].ipv6_block
        assert whole is not None
        part = list(whole.subnets(new_prefix=64))[index]
        self.client.call(
            "AssignIpv6SubnetCidrBlock",
            VpcId=self.names[network],
            Ipv6SubnetCidrBlocks=[{"SubnetId": self.names[subnet], "Ipv6CidrBlock": str(part)}],
        )

    def take_subnet_ipv6(self, network: str, subnet: str) -> None:
        self.client.call(
            "UnassignIpv6SubnetCidrBlock",
            VpcId=self.names[network],
            Ipv6SubnetCidrBlocks=[{"SubnetId": self.names[subnet]}],
        )

    def create_group(self, name: str, network: str) -> None:
        del network
        reply = self.client.call("CreateSecurityGroup", GroupName=name, GroupDescription=name)
        self.names[name] = reply["SecurityGroup"]["SecurityGroupId"]

    def _policies(self, port: int, peer: str | None, *, outbound: bool, **more: Any) -> dict[str, Any]:
        named = (
            {"CidrBlock": f"10.0.{port}.0/24"} if peer is None else {"SecurityGroupId": self.names[peer]}
        )
        policy = {"Protocol": "TCP", "Port": str(port), "Action": "ACCEPT", **named, **more}
        return {"Egress" if outbound else "Ingress": [policy]}

    def add_rule(self, group: str, port: int, peer: str | None, *, outbound: bool) -> None:
        policies = self._policies(port, peer, outbound=outbound, PolicyDescription=f"{port}")
        self.client.call(
            "CreateSecurityGroupPolicies",
            SecurityGroupId=self.names[group],
            SecurityGroupPolicySet=policies,
        )

    def remove_rule(self, group: str, port: int, peer: str | None, *, outbound: bool) -> None:
        self.client.call(
            "DeleteSecurityGroupPolicies",
            SecurityGroupId=self.names[group],
            SecurityGroupPolicySet=self._policies(port, peer, outbound=outbound),
        )

    def naming(self, group: str) -> list[str]:
        reply = self.client.call("DescribeSecurityGroupReferences", SecurityGroupIds=[self.names[group]])
        return [
            naming
            for reference in reply["ReferredSecurityGroupSet"]
            for naming in reference["ReferredSecurityGroupIds"]
        ]

    def run_instance(self, name: str, network: str, subnet: str, group: str) -> None:
        graph = self.client.partition.graph
        zone = self.client.partition.rules.zones[0]
        if self.names[subnet] in graph.subnets:
            zone = graph.subnets[self.names[subnet]].zone
        reply = self.client.call(
            "RunInstances",
            ImageId="img-12345678",
            InstanceType=_SIZES["tencent"],
            Placement={"Zone": zone},
            VirtualPrivateCloud={"VpcId": self.names[network], "SubnetId": self.names[subnet]},
            SecurityGroupIds=[self.names[group]],
        )
        (self.names[name],) = reply["InstanceIdSet"]

    def run_instance_with(
        self, name: str, network: str, subnet: str, group: str, interface: str | None
    ) -> None:
        graph = self.client.partition.graph
        place = {
            "VpcId": self.names[network],
            "SubnetId": self.names[subnet],
            "PrivateIpv4AddressCount": 1,
            "SecurityGroupIds": [self.names[group]],
        }
        other: dict[str, Any] = {**place, "InterfaceType": "SECONDARY"}
        if interface is not None:
            other["NetworkInterfaceId"] = self.names[interface]
            found = graph.interfaces.get(self.names[interface])
            if found is not None:
                other |= {"VpcId": found.network_id, "SubnetId": found.subnet_id}
                del other["SecurityGroupIds"]
        reply = self.client.call(
            "RunInstances",
            ImageId="img-12345678",
            InstanceType=_SIZES["tencent"],
            Placement={"Zone": graph.subnets[self.names[subnet]].zone},
            NetworkInterfaces=[{**place, "InterfaceType": "PRIMARY"}, other],
        )
        (self.names[name],) = reply["InstanceIdSet"]
        if interface is None:
            self.names[f"{name}'s other"] = other_interface(self, name)

    def create_interface(self, name: str, network: str, subnet: str, group: str, count: int) -> None:
        reply = self.client.call(
            "CreateNetworkInterface",
            VpcId=self.names[network],
            SubnetId=self.names[subnet],
            NetworkInterfaceName=name,
            SecurityGroupIds=[self.names[group]],
            SecondaryPrivateIpAddressCount=count,
        )
        self.names[name] = reply["NetworkInterface"]["NetworkInterfaceId"]

    def tag(self, name: str, key: str, value: str) -> None:
        tags = [{"TagKey": key, "TagValue": value}]
        self.client.call("ModifyResourceTags", Resource=self._called(name), ReplaceTags=tags)

    def untag(self, name: str, key: str) -> None:
        tags = [{"TagKey": key}]
        self.client.call("ModifyResourceTags", Resource=self._called(name), DeleteTags=tags)

    def _called(self, name: str) -> str:
        service, prefix = _SERVICES[name.partition("-")[0]]
        return f"qcs::{service}:{self.client.region}:uin/:{prefix}/{self.names[name]}"

    def unassign(self, interface: str, place: int) -> None:
        address = address_at(self, interface, place)
        self.client.call(
            "UnassignPrivateIpAddresses",
            NetworkInterfaceId=self.names[interface],
            PrivateIpAddresses=[{"PrivateIpAddress": address}],
        )

    def start(self, instance: str) -> None:
        self.client.call("StartInstances", InstanceIds=[self.names[instance]])

    def stop(self, instance: str) -> None:
        self.client.call("StopInstances", InstanceIds=[self.names[instance]])

    def reboot(self, instance: str) -> None:
        self.client.call("RebootInstances", InstanceIds=[self.names[instance]])

    def regroup(self, instance: str, group: str) -> None:
        self.client.call(
            "ModifyInstancesAttribute",
            InstanceIds=[self.names[instance]],
            SecurityGroups=[self.names[group]],
        )

    def delete_instance(self, instance: str) -> None:
        self.client.call("TerminateInstances", InstanceIds=[self.names[instance]])

    def delete_subnet(self, subnet: str) -> None:
        self.client.call("DeleteSubnet", SubnetId=self.names[subnet])

    def delete_group(self, group: str) -> None:
        self.client.call("DeleteSecurityGroup", SecurityGroupId=self.names[group])

    def allocate(self, name: str) -> None:
        (self.names[name],) = self.client.call("AllocateAddresses")["AddressSet"]

    def associate(self, public: str, interface: str, place: int) -> None:
        self.client.call(
            "AssociateAddress",
            AddressId=self.names[public],
            NetworkInterfaceId=self.names[interface],
            PrivateIpAddress=address_at(self, interface, place),
        )

    def associate_instance(self, public: str, instance: str) -> None:
        self.client.call("AssociateAddress", AddressId=self.names[public], InstanceId=self.names[instance])

    def disassociate(self, public: str) -> None:
        self.client.call("DisassociateAddress", AddressId=self.names[public])

    def release(self, public: str) -> None:
        self.client.call("ReleaseAddresses", AddressIds=[self.names[public]])

    def status(self, interface: str) -> str | None:
        reply = self.client.call("DescribeNetworkInterfaces", NetworkInterfaceIds=[self.names[interface]])
        found = reply["NetworkInterfaceSet"]
        if not found:
            return None
        state: str = found[0]["State"]
        return "INUSE" if state == "AVAILABLE" and found[0]["Attachment"] else state


Driver = AlibabaDriver | TencentDriver


def other_interface(driver: "Driver", instance: str) -> str:
    """Return the id of the one interface of an instance beside its primary one."""
    graph, instance_id = driver.client.partition.graph, driver.names[instance]
    (found,) = set(graph.interfaces_by_instance.ids(instance_id)) - {graph.primary_interfaces[instance_id]}
    return found


def address_at(driver: Driver, interface: str, place: int) -> str:
    """Return an address of an interface by its place; of an interface that is gone, any address."""
    found = driver.client.partition.graph.interfaces.get(driver.names[interface])
    if found is None:
        return "10.0.0.10"
    return format_ipv4(found.ipv4[place % len(found.ipv4)].ip)


STATUS = {
    InterfaceState.AVAILABLE: ("Available", "AVAILABLE"),
    InterfaceState.ATTACHING: ("Attaching", "ATTACHING"),
    InterfaceState.IN_USE: ("InUse", "INUSE"),
    InterfaceState.DETACHING: ("Detaching", "DETACHING"),
    InterfaceState.DELETING: ("Deleting", "DELETING"),
}


def outcome(driver: Driver, action: str, *arguments: Any, **named: Any) -> str:
    """Call a driver's method and return ``ok`` or what its refusal means in common."""
    try:
        getattr(driver, action)(*arguments, **named)
    except ApiError as error:
        return BY_CALL.get((action, error.code)) or KINDS[error.code]
    return "ok"
