"""A whole module of terraform-provider-tencentcloud: a network with all that stands around instances.

It is applied, refreshed without a change, changed, and destroyed, and nothing is left. Source: in
tencentcloud/services of the provider resource_tc_vpc.go, resource_tc_subnet.go, resource_tc_route_table.go,
resource_tc_route_table_entry.go, resource_tc_security_group.go, resource_tc_security_group_rule_set.go,
resource_tc_instance.go, resource_tc_eni.go, resource_tc_eni_attachment.go, resource_tc_eip_association.go.
"""

from collections.abc import Callable
from typing import Any

import attrs
from tests.consumers.tencent.nat_resources import Eip, NatGateway, Snat
from tests.consumers.tencent.test_terraform_nat_gateway import leaked
from tests.consumers.tencent.test_terraform_network_acl import NetworkAcl
from tests.dialects.tencent.furnished_account import IMAGE, ZONE, TencentAccount

NAT: dict[str, Any] = {
    "name": "tf-nat",
    "max_concurrent": 1_000_000,
    "bandwidth": 100,
    "tags": {"team": "net"},
}
ACL: dict[str, Any] = {
    "name": "tf-acl",
    "ingress": ["ACCEPT#10.0.0.0/8#ALL#ALL"],
    "egress": ["ACCEPT#0.0.0.0/0#ALL#ALL"],
    "tags": {"team": "net"},
}
SSH = {"Protocol": "TCP", "Port": "22", "CidrBlock": "0.0.0.0/0", "Action": "ACCEPT"}
OUT = {"Protocol": "ALL", "Port": "ALL", "CidrBlock": "0.0.0.0/0", "Action": "ACCEPT"}


@attrs.define
class Module:
    """What a module has made: its ids by the names of its resources, and what undoes them, oldest first."""

    account: TencentAccount
    ids: dict[str, str] = attrs.Factory(dict)
    undo: list[Callable[[], None]] = attrs.Factory(list)

    def call(self, action: str, **params: Any) -> dict[str, Any]:
        return self.account.call(action, **params)

    def finish(self, action: str, **params: Any) -> None:
        """Carry out what is a task, and wait for it by the id of its request."""
        reply = self.call(action, **params)
        self.account.wait()
        assert self.account.task_status(reply) == "SUCCESS"

    def made(self, name: str, resource_id: str, undo: Callable[[], Any]) -> str:
        self.ids[name] = resource_id
        self.undo.append(undo)
        return resource_id

    # -- networks --

    def network(self) -> None:
        vpc = self.call("CreateVpc", VpcName="tf-vpc", CidrBlock="10.0.0.0/16", EnableMulticast="true")
        vpc_id = self.made("vpc", vpc["Vpc"]["VpcId"], lambda: self.call("DeleteVpc", VpcId=vpc_id))
        table = self.call("CreateRouteTable", VpcId=vpc_id, RouteTableName="tf-table")["RouteTable"]
        table_id = table["RouteTableId"]
        self.made("table", table_id, lambda: self.call("DeleteRouteTable", RouteTableId=table_id))
        for name, block in (("front", "10.0.1.0/24"), ("nodes", "10.0.2.0/24")):
            self.subnet(name, block)
        move = {"SubnetId": self.ids["nodes"], "RouteTableId": table_id}
        self.call("ReplaceRouteTableAssociation", **move)

    def subnet(self, name: str, block: str) -> None:
        place = {"VpcId": self.ids["vpc"], "Zone": ZONE, "CidrBlock": block}
        subnet_id = self.call("CreateSubnet", SubnetName=f"tf-{name}", **place)["Subnet"]["SubnetId"]
        self.made(name, subnet_id, lambda: self.call("DeleteSubnet", SubnetId=subnet_id))

    def gateway(self) -> None:
        eips, gateways, snats = Eip(self.account), NatGateway(self.account), Snat(self.account)
        eip_id = eips.create("tf-out")
        self.made("way out", eip_id, lambda: eips.delete(eip_id))
        gateway_id = gateways.create(self.ids["vpc"], self.nat_config())
        self.made("nat", gateway_id, lambda: gateways.delete(gateway_id))
        snats.create(gateway_id, self.served())
        self.undo.append(lambda: snats.delete(gateway_id, self.ids["nodes"]))
        route = {
            "DestinationCidrBlock": "0.0.0.0/0",
            "GatewayType": "NAT",
            "GatewayId": gateway_id,
            "RouteDescription": "tf",
        }
        self.call("CreateRoutes", RouteTableId=self.ids["table"], Routes=[route])
        self.undo.append(self.delete_route)

    def delete_route(self) -> None:
        """Look for the number of the route to the gateway, and delete it."""
        table = self.ids["table"]
        (shown,) = self.call("DescribeRouteTables", RouteTableIds=[table])["RouteTableSet"]
        numbers = [each["RouteId"] for each in shown["RouteSet"] if each["GatewayType"] == "NAT"]
        self.call("DeleteRoutes", RouteTableId=table, Routes=[{"RouteId": each} for each in numbers])

    def nat_config(self, **changed: Any) -> dict[str, Any]:
        return {**NAT, "assigned_eip_set": [Eip(self.account).ip(self.ids["way out"])], **changed}

    def served(self) -> dict[str, Any]:
        return {
            "ResourceId": self.ids["nodes"],
            "ResourceType": "SUBNET",
            "PrivateIpAddress": "10.0.2.0/24",
            "PublicIpAddresses": [Eip(self.account).ip(self.ids["way out"])],
            "Description": "",
        }

    def acl(self) -> None:
        acl_id = NetworkAcl(self.account).create(self.ids["vpc"], ACL)
        self.made("acl", acl_id, lambda: self.call("DeleteNetworkAcl", NetworkAclId=acl_id))
        both = {"NetworkAclId": acl_id, "SubnetIds": [self.ids["nodes"]]}
        self.call("AssociateNetworkAclSubnets", **both)
        self.undo.append(lambda: self.leave_acl(both))

    def leave_acl(self, both: dict[str, Any]) -> None:
        self.call("DisassociateNetworkAclSubnets", **both)

    def group(self) -> None:
        made = self.call("CreateSecurityGroup", GroupName="tf-group", GroupDescription="", ProjectId="0")
        group_id = made["SecurityGroup"]["SecurityGroupId"]
        self.made("group", group_id, lambda: self.call("DeleteSecurityGroup", SecurityGroupId=group_id))
        self.set_rules(SSH)

    def set_rules(self, *ingress: dict[str, str]) -> None:
        rules = {"Ingress": list(ingress), "Egress": [OUT]}
        group = {"SecurityGroupId": self.ids["group"]}
        self.call("ModifySecurityGroupPolicies", **group, SecurityGroupPolicySet=rules)

    # -- what stands in them --

    def node(self, name: str) -> None:
        place = {"VpcId": self.ids["vpc"], "SubnetId": self.ids["nodes"]}
        (node_id,) = self.call(
            "RunInstances",
            ImageId=IMAGE,
            Placement={"Zone": ZONE, "ProjectId": 0},
            InstanceName=f"tf-{name}",
            InstanceType="S5.LARGE8",
            VirtualPrivateCloud=place,
            SecurityGroupIds=[self.ids["group"]],
            SystemDisk={"DiskType": "CLOUD_PREMIUM", "DiskSize": 50},
            ClientToken=f"terraform-{name}-{self.ids['vpc']}",
        )["InstanceIdSet"]
        self.made(name, node_id, lambda: self.terminate(node_id))
        self.account.wait()
        eni = self.call(
            "CreateNetworkInterface",
            NetworkInterfaceName=f"tf-{name}",
            NetworkInterfaceDescription="",
            SecurityGroupIds=[self.ids["group"]],
            **place,
        )["NetworkInterface"]["NetworkInterfaceId"]
        self.account.wait()
        interface = {"NetworkInterfaceId": eni}
        self.made(f"eni of {name}", eni, lambda: self.finish("DeleteNetworkInterface", **interface))
        both = {**interface, "InstanceId": node_id}
        self.finish("AttachNetworkInterface", **both)
        self.undo.append(lambda: self.finish("DetachNetworkInterface", **both))

    def terminate(self, node_id: str) -> None:
        self.call("TerminateInstances", InstanceIds=[node_id], ReleaseAddress=False)
        for _ in range(5):
            self.account.wait()
        assert self.call("DescribeInstances", InstanceIds=[node_id])["TotalCount"] == 0

    def public(self) -> None:
        eips = Eip(self.account)
        eip_id = eips.create("tf-public")
        self.made("public", eip_id, lambda: eips.delete(eip_id))
        self.call("AssociateAddress", AddressId=eip_id, InstanceId=self.ids["first"])
        self.account.wait()
        self.undo.append(lambda: self.let_go(eip_id))

    def let_go(self, eip_id: str) -> None:
        self.call("DisassociateAddress", AddressId=eip_id)
        self.account.wait()

    # -- as Terraform does --

    def apply(self) -> None:
        for make in (self.network, self.gateway, self.acl, self.group):
            make()
        for name in ("first", "second"):
            self.node(name)
        self.public()

    def refresh(self) -> dict[str, Any]:
        """Return all that a refresh reads."""
        ids, call = self.ids, self.call
        subnets = [ids["front"], ids["nodes"]]
        nodes = call("DescribeInstances", InstanceIds=[ids["first"], ids["second"]])["InstanceSet"]
        assert all(each["LatestOperationState"] != "OPERATING" for each in nodes)
        enis = [ids["eni of first"], ids["eni of second"]]
        return {
            "vpc": call("DescribeVpcs", VpcIds=[ids["vpc"]])["VpcSet"],
            "subnets": call("DescribeSubnets", SubnetIds=subnets)["SubnetSet"],
            "table": call("DescribeRouteTables", RouteTableIds=[ids["table"]])["RouteTableSet"],
            "nat": NatGateway(self.account).read(ids["nat"]),
            "snat": Snat(self.account).read(ids["nat"], ids["nodes"]),
            "acl": NetworkAcl(self.account).read(ids["acl"]),
            "rules": call("DescribeSecurityGroupPolicies", SecurityGroupId=ids["group"])[
                "SecurityGroupPolicySet"
            ],
            "nodes": nodes,
            "enis": call("DescribeNetworkInterfaces", NetworkInterfaceIds=enis)["NetworkInterfaceSet"],
            "public": Eip(self.account).read(ids["public"]),
        }

    def assert_no_change(self) -> dict[str, Any]:
        first = self.refresh()
        self.account.wait()
        assert self.refresh() == first
        return first

    def change(self) -> None:
        ids, call = self.ids, self.call
        call("ModifyVpcAttribute", VpcId=ids["vpc"], VpcName="tf-renamed")
        call("ModifySubnetAttribute", SubnetId=ids["nodes"], SubnetName="tf-renamed")
        call("ModifyRouteTableAttribute", RouteTableId=ids["table"], RouteTableName="tf-renamed")
        changed = self.nat_config(name="renamed", bandwidth=200)
        NatGateway(self.account).update(ids["nat"], self.nat_config(), changed)
        NetworkAcl(self.account).set_rules(ids["acl"], {**ACL, "ingress": []})
        self.set_rules({**SSH, "Port": "443"}, SSH)
        call("ModifyInstancesAttribute", InstanceIds=[ids["first"]], InstanceName="tf-renamed")
        eni = {"NetworkInterfaceId": ids["eni of second"], "NetworkInterfaceName": "tf-renamed"}
        call("ModifyNetworkInterfaceAttribute", **eni)
        call("ModifyAddressAttribute", AddressId=ids["public"], AddressName="tf-renamed")

    def destroy(self) -> None:
        while self.undo:
            self.undo.pop()()


def test_a_module_lives_from_apply_to_destroy_and_leaves_nothing(account: TencentAccount) -> None:
    before = leaked(account)
    for _ in range(2):
        module = Module(account)
        module.apply()
        applied = module.assert_no_change()
        (shown,) = applied["table"]
        assert [each["SubnetId"] for each in shown["AssociationSet"]] == [module.ids["nodes"]]
        module.change()
        changed = module.assert_no_change()
        assert {name for name in applied if applied[name] != changed[name]} == applied.keys() - {
            "snat",
            "public",
        }
        module.destroy()
        assert leaked(account) == before
