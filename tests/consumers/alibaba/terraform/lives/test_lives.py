"""What Terraform does to a resource of Alibaba Cloud: create, plan, update, plan, import, destroy, twice.

A plan reads again; it is empty where what is shown is what is configured, and nothing has moved meanwhile.
"""

from collections.abc import Callable
from typing import Any

import attrs
import pytest
from tests.consumers.alibaba.terraform.addresses import EipAddress, EipAssociation
from tests.consumers.alibaba.terraform.computing import (
    Instance,
    NetworkInterface,
    NetworkInterfaceAttachment,
)
from tests.consumers.alibaba.terraform.key_pairs import KeyPair, KeyPairAttachment
from tests.consumers.alibaba.terraform.network_acls import NetworkAcl
from tests.consumers.alibaba.terraform.networks import SecurityGroup, SecurityGroupRule, Vpc, VSwitch
from tests.consumers.alibaba.terraform.provider import Provider, Resource, State, changes
from tests.harness import emulator

from duolect_core.addressing.generator import Generator
from duolect_core.key_pairs.rsa import draw_key

IMAGE = "aliyun_3_x64_20G_alibase_20240528.vhd"
ZONE = "cn-hangzhou-h"
TAGS = {"Created": "TF"}


@attrs.define
class Workspace:
    """What stands under the resource of a test, made and destroyed as Terraform does."""

    provider: Provider
    under: list[tuple[Resource, str]] = attrs.Factory(list)
    network: tuple[str, str] | None = None
    """The group and the vSwitch that all resources share."""

    def apply(self, kind: Callable[[Provider], Resource], **config: Any) -> str:
        resource = kind(self.provider)
        resource_id = resource.create(config)
        self.under.append((resource, resource_id))
        return resource_id

    def vpc(self) -> str:
        return self.apply(Vpc, cidr_block="10.0.0.0/8", vpc_name="tf-vpc")

    def group_and_vswitch(self) -> tuple[str, str]:
        if self.network:
            return self.network
        vpc_id = self.vpc()
        group_id = self.apply(SecurityGroup, vpc_id=vpc_id, security_group_name="tf-group")
        vswitch = {"vpc_id": vpc_id, "cidr_block": "10.1.0.0/24", "zone_id": ZONE, "vswitch_name": "tf"}
        self.network = group_id, self.apply(VSwitch, **vswitch)
        return self.network

    def node_config(self) -> State:
        group_id, vswitch_id = self.group_and_vswitch()
        return {
            "image_id": IMAGE,
            "instance_type": "ecs.g7.large",
            "vswitch_id": vswitch_id,
            "security_groups": [group_id],
            "instance_name": "tf-node",
        }

    def interface(self) -> str:
        group_id, vswitch_id = self.group_and_vswitch()
        return self.apply(NetworkInterface, vswitch_id=vswitch_id, security_group_ids=[group_id])

    def node(self) -> str:
        return self.apply(Instance, **self.node_config())

    def eip(self) -> str:
        return self.apply(EipAddress, address_name="tf-eip", bandwidth="5")

    def destroy(self) -> None:
        while self.under:
            resource, resource_id = self.under.pop()
            resource.delete(resource_id)
            assert resource.read(resource_id) is None
        self.network = None


@pytest.fixture
def workspace() -> Workspace:
    system = emulator()
    return Workspace(Provider(system, system.alibaba()))


def live(resource: Resource, config: State, **changed: Any) -> None:
    """Lead a resource through its life, and look twice after each step."""
    resource_id = resource.create(config)
    state = assert_no_change(resource, resource_id, config)
    if changed:
        wanted = {**config, **changed}
        assert changes(resource, wanted, state).keys() == changed.keys()
        resource.update(resource_id, config, wanted)
        state = assert_no_change(resource, resource_id, wanted)
        cleared = {name: config.get(name, type(value)()) for name, value in changed.items()}
        resource.update(resource_id, wanted, {**config, **cleared})
        state = assert_no_change(resource, resource_id, {**config, **cleared})
    assert resource.read(resource_id) == state, "an import shows what was applied"
    resource.delete(resource_id)
    assert resource.read(resource_id) is None


def assert_no_change(resource: Resource, resource_id: str, config: State) -> State:
    """Check that two plans in a row are empty, also when time has passed between them."""
    states = []
    for _ in range(2):
        state = resource.read(resource_id)
        assert state is not None
        assert changes(resource, config, state) == {}
        states.append(state)
        resource.provider.emulator.advance(60_000)
    assert states[0] == states[1]
    return states[0]


def test_vpc(workspace: Workspace) -> None:
    config = {"cidr_block": "172.16.0.0/12", "vpc_name": "tf-a", "tags": TAGS}
    for _ in range(2):
        live(
            Vpc(workspace.provider),
            config,
            vpc_name="tf-b",
            description="changed",
            system_route_table_name="tf-table",
        )


def test_vswitch(workspace: Workspace) -> None:
    config = {"vpc_id": workspace.vpc(), "cidr_block": "10.2.0.0/16", "zone_id": ZONE, "tags": TAGS}
    for _ in range(2):
        live(
            VSwitch(workspace.provider),
            {**config, "vswitch_name": "tf-a"},
            vswitch_name="tf-b",
            description="changed",
        )
    workspace.destroy()


def test_network_acl(workspace: Workspace) -> None:
    vpc_id = workspace.vpc()
    vswitch = {"vpc_id": vpc_id, "zone_id": ZONE}
    first = workspace.apply(VSwitch, cidr_block="10.1.0.0/24", vswitch_name="tf-1", **vswitch)
    second = workspace.apply(VSwitch, cidr_block="10.2.0.0/24", vswitch_name="tf-2", **vswitch)
    web = {
        "entry_type": "custom",
        "ip_version": "IPv4",
        "policy": "accept",
        "protocol": "tcp",
        "port": "22/80",
        "cidr_ip": "196.168.0.0/21",
    }
    config = {"vpc_id": vpc_id, "network_acl_name": "tf-a", "ingress_acl_entries": [web], "tags": TAGS}
    config["egress_acl_entries"] = [{**web, "network_acl_entry_name": "out", "description": "d"}]
    for _ in range(2):
        live(
            NetworkAcl(workspace.provider),
            {**config, "resources": [first]},
            network_acl_name="tf-b",
            description="changed",
            ingress_acl_entries=[{**web, "policy": "drop"}, web],
            resources=[second],
            tags={"Created": "TF-again"},
        )
    live(NetworkAcl(workspace.provider), {"vpc_id": vpc_id})
    workspace.destroy()


def test_security_group(workspace: Workspace) -> None:
    config = {"vpc_id": workspace.vpc(), "security_group_name": "tf-a", "tags": TAGS}
    for _ in range(2):
        live(SecurityGroup(workspace.provider), config, security_group_name="tf-b", description="changed")
    workspace.destroy()


@pytest.mark.parametrize("block", ["10.159.63.0/18", "0.0.0.0/0"])
def test_security_group_rule(workspace: Workspace, block: str) -> None:
    group_id, _ = workspace.group_and_vswitch()
    config = {
        "security_group_id": group_id,
        "ip_protocol": "tcp",
        "port_range": "1/65535",
        "nic_type": "intranet",
        "cidr_ip": block,
        "policy": "accept",
        "priority": 1,
    }
    for _ in range(2):
        live(SecurityGroupRule(workspace.provider), config, description="changed")
    workspace.destroy()


def test_network_interface(workspace: Workspace) -> None:
    group_id, vswitch_id = workspace.group_and_vswitch()
    config = {
        "vswitch_id": vswitch_id,
        "security_group_ids": [group_id],
        "network_interface_name": "tf-a",
        "secondary_private_ip_address_count": 1,
        "tags": TAGS,
    }
    for _ in range(2):
        live(
            NetworkInterface(workspace.provider),
            config,
            network_interface_name="tf-b",
            description="changed",
            secondary_private_ip_address_count=3,
        )
    workspace.destroy()


def test_network_interface_attachment(workspace: Workspace) -> None:
    interface_id = workspace.interface()
    config = {"instance_id": workspace.node(), "network_interface_id": interface_id}
    for _ in range(2):
        live(NetworkInterfaceAttachment(workspace.provider), config)
    workspace.destroy()


def test_instance(workspace: Workspace) -> None:
    config = {**workspace.node_config(), "tags": TAGS, "user_data": "ZWNobyBoZWxsbw=="}
    for _ in range(2):
        live(Instance(workspace.provider), config, instance_name="tf-b", description="changed")
    workspace.destroy()


def test_instance_that_gets_a_public_address(workspace: Workspace) -> None:
    node = Instance(workspace.provider)
    config = workspace.node_config()
    node_id = node.create(config)
    assert assert_no_change(node, node_id, config)["public_ip"] == ""
    public = {**config, "internet_max_bandwidth_out": 10}
    node.update(node_id, config, public)
    address = assert_no_change(node, node_id, public)["public_ip"]
    assert address.count(".") == 3
    node.delete(node_id)
    workspace.destroy()


def test_instance_with_a_public_address_from_the_beginning(workspace: Workspace) -> None:
    config = {**workspace.node_config(), "internet_max_bandwidth_out": 10}
    node = Instance(workspace.provider)
    node_id = node.create(config)
    assert assert_no_change(node, node_id, config)["public_ip"]
    node.delete(node_id)
    workspace.destroy()


def test_eip_address(workspace: Workspace) -> None:
    config = {
        "address_name": "tf-a",
        "bandwidth": "5",
        "internet_charge_type": "PayByTraffic",
        "tags": TAGS,
    }
    for _ in range(2):
        live(
            EipAddress(workspace.provider),
            config,
            address_name="tf-b",
            bandwidth="10",
            description="changed",
        )


def test_eip_address_that_is_protected(workspace: Workspace) -> None:
    config = {"address_name": "tf-a", "bandwidth": "5"}
    live(EipAddress(workspace.provider), config, deletion_protection=True)


def test_eip_association_with_an_instance(workspace: Workspace) -> None:
    config = {"allocation_id": workspace.eip(), "instance_id": workspace.node()}
    for _ in range(2):
        live(EipAssociation(workspace.provider), {**config, "instance_type": "EcsInstance"})
    workspace.destroy()


def test_eip_association_with_an_interface(workspace: Workspace) -> None:
    config = {"allocation_id": workspace.eip(), "instance_id": workspace.interface()}
    for _ in range(2):
        live(EipAssociation(workspace.provider), {**config, "instance_type": "NetworkInterface"})
    workspace.destroy()


def test_eip_association_with_a_secondary_address(workspace: Workspace) -> None:
    group_id, vswitch_id = workspace.group_and_vswitch()
    interfaces = NetworkInterface(workspace.provider)
    wanted = {
        "vswitch_id": vswitch_id,
        "security_group_ids": [group_id],
        "secondary_private_ip_address_count": 1,
    }
    interface_id = workspace.apply(NetworkInterface, **wanted)
    shown = interfaces.read(interface_id)
    assert shown is not None
    config = {
        "allocation_id": workspace.eip(),
        "instance_id": interface_id,
        "instance_type": "NetworkInterface",
        "private_ip_address": shown["private_ip_addresses"][0],
    }
    live(EipAssociation(workspace.provider), config)
    workspace.destroy()


def test_key_pair(workspace: Workspace) -> None:
    config = {"key_pair_name": "tf-pair", "tags": TAGS}
    imported = {"public_key": draw_key(Generator(1), 1024).public}
    for more in ({}, imported):
        pair = KeyPair(workspace.provider)
        live(pair, {**config, **more}, tags={"Created": "TF-again", "For": "nodes"})


def test_key_pair_attachment(workspace: Workspace) -> None:
    name = workspace.apply(KeyPair, key_pair_name="tf-pair")
    config = {"key_pair_name": name, "instance_ids": [workspace.node()]}
    for _ in range(2):
        live(KeyPairAttachment(workspace.provider), config)
    workspace.destroy()


def test_an_instance_with_a_key_pair(workspace: Workspace) -> None:
    name = workspace.apply(KeyPair, key_pair_name="tf-pair")
    config = {**workspace.node_config(), "key_name": name}
    for _ in range(2):
        live(Instance(workspace.provider), config)
    workspace.destroy()
