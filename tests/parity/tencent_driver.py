"""What the machine does, in Tencent Cloud's words."""

from typing import Any

from tests.parity.driver import Driver

_TYPE = "PARITY.MEDIUM4"
"""A type with the same limits as the other cloud\'s: 3 interfaces, 6 addresses each."""
_SERVICES = {
    "network": ("vpc", "vpc"),
    "subnet": ("vpc", "subnet"),
    "group": ("cvm", "sg"),
    "instance": ("cvm", "instance"),
    "interface": ("vpc", "eni"),
}
"""Service and prefix of each kind of resource in Tencent Cloud's names."""


class TencentDriver(Driver):
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

    def create_acl(self, name: str, network: str) -> None:
        reply = self.client.call("CreateNetworkAcl", VpcId=self.names[network], NetworkAclName=name)
        self.names[name] = reply["NetworkAcl"]["NetworkAclId"]

    def set_entries(self, acl: str, ports: list[int]) -> None:
        entries = [
            {
                "Protocol": "TCP",
                "Action": "ACCEPT",
                "Port": f"{port}-{port + 9}",
                "CidrBlock": f"10.{port}.0.0/16",
            }
            for port in ports
        ]
        both = {"Ingress": entries, "Egress": entries}
        acl_id = self.names[acl]
        self.client.call("ModifyNetworkAclEntries", NetworkAclId=acl_id, NetworkAclEntrySet=both)

    def join_acl(self, acl: str, subnet: str) -> None:
        which = {"NetworkAclId": self.names[acl], "SubnetIds": [self.names[subnet]]}
        self.client.call("AssociateNetworkAclSubnets", **which)

    def leave_acl(self, acl: str, subnet: str) -> None:
        which = {"NetworkAclId": self.names[acl], "SubnetIds": [self.names[subnet]]}
        self.client.call("DisassociateNetworkAclSubnets", **which)

    def watch(self, name: str, target: str, network: str) -> None:
        kind = "VPC" if target == network else "SUBNET"
        which = {"ResourceType": kind, "ResourceId": self.names[target], "VpcId": self.names[network]}
        more = {"FlowLogName": name, "TrafficType": "ALL", "CloudLogId": name}
        self.names[name] = self.client.call("CreateFlowLog", **which, **more)["FlowLog"][0]["FlowLogId"]

    def start_log(self, log: str) -> None:
        self.client.call("EnableFlowLogs", FlowLogIds=[self.names[log]])

    def stop_log(self, log: str) -> None:
        self.client.call("DisableFlowLogs", FlowLogIds=[self.names[log]])

    def delete_log(self, log: str) -> None:
        self.client.call("DeleteFlowLog", FlowLogId=self.names[log])

    def delete_acl(self, acl: str) -> None:
        self.client.call("DeleteNetworkAcl", NetworkAclId=self.names[acl])

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

    def create_list(self, name: str, octets: list[int]) -> None:
        addresses = [f"10.9.{octet}.0/24" for octet in octets]
        made = self.client.call("CreateAddressTemplate", AddressTemplateName=name, Addresses=addresses)
        self.names[name] = made["AddressTemplate"]["AddressTemplateId"]

    def add_address(self, name: str, octet: int) -> None:
        members = [{"Member": f"10.9.{octet}.0/24"}]
        self.client.call("AddTemplateMember", TemplateId=self.names[name], TemplateMember=members)

    def remove_address(self, name: str, octet: int) -> None:
        members = [{"Member": f"10.9.{octet}.0/24"}]
        self.client.call("DeleteTemplateMember", TemplateId=self.names[name], TemplateMember=members)

    def delete_list(self, name: str) -> None:
        self.client.call("DeleteAddressTemplate", AddressTemplateId=self.names[name])

    def _listed(self, action: str, group: str, port: int, named: str, *, outbound: bool) -> None:
        policy = {"Protocol": "TCP", "Port": str(port), "Action": "ACCEPT"}
        policy |= {"AddressTemplate": {"AddressId": self.names[named]}}
        self.client.call(
            f"{action}SecurityGroupPolicies",
            SecurityGroupId=self.names[group],
            SecurityGroupPolicySet={"Egress" if outbound else "Ingress": [policy]},
        )

    def add_list_rule(self, group: str, port: int, named: str, *, outbound: bool) -> None:
        self._listed("Create", group, port, named, outbound=outbound)

    def remove_list_rule(self, group: str, port: int, named: str, *, outbound: bool) -> None:
        self._listed("Delete", group, port, named, outbound=outbound)

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
            InstanceType=_TYPE,
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
            InstanceType=_TYPE,
            Placement={"Zone": graph.subnets[self.names[subnet]].zone},
            NetworkInterfaces=[{**place, "InterfaceType": "PRIMARY"}, other],
        )
        (self.names[name],) = reply["InstanceIdSet"]
        if interface is None:
            self.names[f"{name}'s other"] = self.other_interface_id(name)

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
        address = self.address_at(interface, place)
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

    def prepay(self, instance: str, months: int) -> None:
        self._change_payment(instance, "PREPAID", InstanceChargePrepaid={"Period": months})

    def pay_by_use(self, instance: str) -> None:
        self._change_payment(instance, "POSTPAID_BY_HOUR")

    def _change_payment(self, instance: str, wanted: str, **more: Any) -> None:
        ids = [self.names[instance]]
        self.client.call("ModifyInstancesChargeType", InstanceIds=ids, InstanceChargeType=wanted, **more)

    def renew(self, instance: str, months: int) -> None:
        ids = [self.names[instance]]
        self.client.call("RenewInstances", InstanceIds=ids, InstanceChargePrepaid={"Period": months})

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
            PrivateIpAddress=self.address_at(interface, place),
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
