"""A whole module: a network with all that stands around instances, applied, changed, and destroyed."""

from typing import Any

import attrs
from tests.consumers.alibaba.terraform.addresses import EipAddress, EipAssociation
from tests.consumers.alibaba.terraform.computing import (
    Instance,
    NetworkInterface,
    NetworkInterfaceAttachment,
)
from tests.consumers.alibaba.terraform.lives.test_lives import IMAGE, ZONE, Workspace
from tests.consumers.alibaba.terraform.nat_gateways import NatGateway, SnatEntry
from tests.consumers.alibaba.terraform.network_acls import NetworkAcl
from tests.consumers.alibaba.terraform.networks import SecurityGroup, SecurityGroupRule, Vpc, VSwitch
from tests.consumers.alibaba.terraform.provider import Resource, State, changes
from tests.consumers.alibaba.terraform.route_tables import RouteEntry, RouteTable, RouteTableAttachment

OPEN = {
    "entry_type": "custom",
    "ip_version": "IPv4",
    "policy": "accept",
    "protocol": "all",
    "port": "-1/-1",
    "cidr_ip": "0.0.0.0/0",
}


@attrs.define
class Module:
    """What a module declares, by its names: each resource with its id and its configuration."""

    site: Workspace
    declared: dict[str, tuple[Resource, str, State]] = attrs.Factory(dict)

    def add(self, name: str, kind: Any, /, **config: Any) -> str:
        resource_id = self.site.apply(kind, **config)
        self.declared[name] = (kind(self.site.provider), resource_id, config)
        return resource_id

    def change(self, name: str, /, **changed: Any) -> None:
        resource, resource_id, config = self.declared[name]
        resource.update(resource_id, config, {**config, **changed})
        self.declared[name] = (resource, resource_id, {**config, **changed})

    def state(self, name: str) -> State:
        resource, resource_id, _ = self.declared[name]
        state = resource.read(resource_id)
        assert state is not None, f"{name} is gone"
        return state

    def assert_no_change(self) -> None:
        """Refresh everything twice: a plan is empty both times."""
        for _ in range(2):
            for name, (resource, _, config) in self.declared.items():
                assert changes(resource, config, self.state(name)) == {}, name
            self.site.provider.emulator.advance(60_000)


def apply(module: Module) -> None:
    vpc_id = module.add("vpc", Vpc, cidr_block="10.0.0.0/8", vpc_name="tf-module", tags={"of": "tf"})
    place = {"vpc_id": vpc_id, "zone_id": ZONE}
    front = module.add("front", VSwitch, cidr_block="10.1.0.0/24", vswitch_name="tf-front", **place)
    nodes = module.add("nodes", VSwitch, cidr_block="10.2.0.0/24", vswitch_name="tf-nodes", **place)
    gateway_id = module.add(
        "nat",
        NatGateway,
        vpc_id=vpc_id,
        vswitch_id=front,
        nat_gateway_name="tf-nat",
        nat_type="Enhanced",
        internet_charge_type="PayByLcu",
        payment_type="PayAsYouGo",
    )
    way_out = module.add("way out", EipAddress, address_name="tf-out", bandwidth="5")
    bound = {"allocation_id": way_out, "instance_id": gateway_id, "instance_type": "Nat"}
    module.add("way out of nat", EipAssociation, **bound)
    module.add(
        "snat",
        SnatEntry,
        snat_table_id=module.state("nat")["snat_table_ids"],
        source_vswitch_id=nodes,
        snat_ip=module.state("way out")["ip_address"],
        snat_entry_name="tf-snat",
    )
    table_id = module.add("table", RouteTable, vpc_id=vpc_id, route_table_name="tf-table")
    module.add("table of nodes", RouteTableAttachment, route_table_id=table_id, vswitch_id=nodes)
    module.add(
        "default route",
        RouteEntry,
        route_table_id=table_id,
        destination_cidrblock="0.0.0.0/0",
        nexthop_type="NatGateway",
        nexthop_id=gateway_id,
        name="tf-default",
    )
    module.add(
        "acl",
        NetworkAcl,
        vpc_id=vpc_id,
        network_acl_name="tf-acl",
        ingress_acl_entries=[OPEN],
        egress_acl_entries=[OPEN],
        resources=[nodes],
    )
    group_id = module.add("group", SecurityGroup, vpc_id=vpc_id, security_group_name="tf-group")
    rule = {"security_group_id": group_id, "nic_type": "intranet", "policy": "accept", "priority": 1}
    rule |= {"ip_protocol": "tcp", "cidr_ip": "0.0.0.0/0"}
    module.add("ssh", SecurityGroupRule, port_range="22/22", **rule)
    module.add("https", SecurityGroupRule, port_range="443/443", **rule)
    for name in ("first", "second"):
        node = module.add(
            name,
            Instance,
            image_id=IMAGE,
            instance_type="ecs.g7.xlarge",
            vswitch_id=nodes,
            security_groups=[group_id],
            instance_name=f"tf-{name}",
        )
        more = module.add(
            f"eni of {name}",
            NetworkInterface,
            vswitch_id=nodes,
            security_group_ids=[group_id],
            network_interface_name=f"tf-{name}",
        )
        both = {"instance_id": node, "network_interface_id": more}
        module.add(f"attachment of {name}", NetworkInterfaceAttachment, **both)
    public = module.add("public", EipAddress, address_name="tf-public", bandwidth="5")
    first = module.declared["first"][1]
    module.add(
        "public of first",
        EipAssociation,
        allocation_id=public,
        instance_id=first,
        instance_type="EcsInstance",
    )
    module.add(
        "route by first",
        RouteEntry,
        route_table_id=table_id,
        destination_cidrblock="192.168.0.0/16",
        nexthop_type="Instance",
        nexthop_id=first,
        name="tf-vpn",
    )


def test_a_module_lives_from_apply_to_destroy_and_leaves_nothing(site: Workspace) -> None:
    for _ in range(2):
        module = Module(site)
        apply(module)
        module.assert_no_change()
        module.change("vpc", vpc_name="tf-renamed")
        module.change("nodes", vswitch_name="tf-nodes-b", description="changed")
        module.change("nat", nat_gateway_name="tf-nat-b")
        module.change("table", route_table_name="tf-table-b")
        module.change("default route", name="tf-default-b")
        module.change("acl", ingress_acl_entries=[{**OPEN, "cidr_ip": "10.0.0.0/8"}, OPEN])
        module.change("https", description="changed")
        module.change("first", instance_name="tf-b", description="changed")
        module.change("eni of second", secondary_private_ip_address_count=2, network_interface_name="tf-b")
        module.assert_no_change()
        site.destroy()
