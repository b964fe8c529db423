"""What the machine does, in Alibaba Cloud's words."""

from typing import Any

from tests.parity.driver import Driver

_TYPE = "ecs.g7.large"
"""A type with the same limits as the other cloud\'s: 3 interfaces, 6 addresses each."""
_TAGGED = {
    "network": ("VPC", "2016-04-28"),
    "subnet": ("VSWITCH", "2016-04-28"),
    "group": ("securitygroup", "2014-05-26"),
    "instance": ("instance", "2014-05-26"),
    "interface": ("eni", "2014-05-26"),
}
"""What Alibaba Cloud calls each kind of resource, and which product has its tags."""


class AlibabaDriver(Driver):
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

    def create_acl(self, name: str, network: str) -> None:
        reply = self.client.call("CreateNetworkAcl", "2016-04-28", VpcId=self.names[network])
        self.names[name] = reply["NetworkAclId"]

    def set_entries(self, acl: str, ports: list[int]) -> None:
        sides = {"Ingress": "SourceCidrIp", "Egress": "DestinationCidrIp"}
        entries: dict[str, Any] = {}
        for side, block in sides.items():
            entries[f"Update{side}AclEntries"] = True
            entries[f"{side}AclEntries"] = [
                {
                    "Protocol": "tcp",
                    "Policy": "accept",
                    "Port": f"{port}/{port + 9}",
                    block: f"10.{port}.0.0/16",
                }
                for port in ports
            ]
        acl_id = self.names[acl]
        self.client.call("UpdateNetworkAclEntries", "2016-04-28", NetworkAclId=acl_id, **entries)

    def _move(self, action: str, acl: str, subnet: str) -> None:
        resource = [{"ResourceType": "VSwitch", "ResourceId": self.names[subnet]}]
        self.client.call(action, "2016-04-28", NetworkAclId=self.names[acl], Resource=resource)

    def join_acl(self, acl: str, subnet: str) -> None:
        self._move("AssociateNetworkAcl", acl, subnet)

    def leave_acl(self, acl: str, subnet: str) -> None:
        self._move("UnassociateNetworkAcl", acl, subnet)

    def watch(self, name: str, target: str, network: str) -> None:
        kind = "VPC" if target == network else "VSwitch"
        which = {"ResourceType": kind, "ResourceId": self.names[target], "TrafficType": "All"}
        self.names[name] = self.client.call("CreateFlowLog", "2016-04-28", **which)["FlowLogId"]

    def start_log(self, log: str) -> None:
        self.client.call("ActiveFlowLog", "2016-04-28", FlowLogId=self.names[log])

    def stop_log(self, log: str) -> None:
        self.client.call("DeactiveFlowLog", "2016-04-28", FlowLogId=self.names[log])

    def delete_log(self, log: str) -> None:
        self.client.call("DeleteFlowLog", "2016-04-28", FlowLogId=self.names[log])

    def delete_acl(self, acl: str) -> None:
        self.client.call("DeleteNetworkAcl", "2016-04-28", NetworkAclId=self.names[acl])

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

    def create_list(self, name: str, octets: list[int]) -> None:
        entries = [{"Cidr": f"10.9.{octet}.0/24"} for octet in octets]
        common = {"AddressFamily": "IPv4", "MaxEntries": 4, "PrefixListName": name}
        self.names[name] = self.client.call("CreatePrefixList", **common, Entry=entries)["PrefixListId"]

    def add_address(self, name: str, octet: int) -> None:
        added = [{"Cidr": f"10.9.{octet}.0/24"}]
        self.client.call("ModifyPrefixList", PrefixListId=self.names[name], AddEntry=added)

    def remove_address(self, name: str, octet: int) -> None:
        removed = [{"Cidr": f"10.9.{octet}.0/24"}]
        self.client.call("ModifyPrefixList", PrefixListId=self.names[name], RemoveEntry=removed)

    def delete_list(self, name: str) -> None:
        self.client.call("DeletePrefixList", PrefixListId=self.names[name])

    def _listed(self, action: str, group: str, port: int, named: str, *, outbound: bool) -> None:
        far = "Dest" if outbound else "Source"
        rule = {"IpProtocol": "TCP", "PortRange": f"{port}/{port}"}
        self.client.call(
            f"{action}SecurityGroup{'Egress' if outbound else ''}",
            SecurityGroupId=self.names[group],
            Permissions=[{**rule, f"{far}PrefixListId": self.names[named]}],
        )

    def add_list_rule(self, group: str, port: int, named: str, *, outbound: bool) -> None:
        self._listed("Authorize", group, port, named, outbound=outbound)

    def remove_list_rule(self, group: str, port: int, named: str, *, outbound: bool) -> None:
        self._listed("Revoke", group, port, named, outbound=outbound)

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
            InstanceType=_TYPE,
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
            InstanceType=_TYPE,
            VSwitchId=self.names[subnet],
            SecurityGroupId=self.names[group],
            NetworkInterface=[other],
        )
        (self.names[name],) = reply["InstanceIdSets"]["InstanceIdSet"]
        if interface is None:
            self.names[f"{name}'s other"] = self.other_interface_id(name)

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
            PrivateIpAddress=[self.address_at(interface, place)],
        )

    def start(self, instance: str) -> None:
        self.client.call("StartInstance", InstanceId=self.names[instance])

    def stop(self, instance: str) -> None:
        self.client.call("StopInstance", InstanceId=self.names[instance])

    def reboot(self, instance: str) -> None:
        self.client.call("RebootInstance", InstanceId=self.names[instance])

    def prepay(self, instance: str, months: int) -> None:
        self._change_payment(instance, "PrePaid", Period=months)

    def pay_by_use(self, instance: str) -> None:
        self._change_payment(instance, "PostPaid")

    def _change_payment(self, instance: str, wanted: str, **more: Any) -> None:
        ids = f'["{self.names[instance]}"]'
        self.client.call("ModifyInstanceChargeType", InstanceIds=ids, InstanceChargeType=wanted, **more)

    def renew(self, instance: str, months: int) -> None:
        self.client.call("RenewInstance", InstanceId=self.names[instance], Period=months)

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
            PrivateIpAddress=self.address_at(interface, place),
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
