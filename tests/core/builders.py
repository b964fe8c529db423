"""Two made-up clouds that differ in every rule, and a small world to build in them.

``World`` keeps the instant, builds what a test needs in one line each, and ``refuses`` asserts of every
refusal that it left no trace.
"""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network
from typing import Any, TypeVar

import pytest
from tests.core.engine.dump import dump
from tests.core.model.rules import MINUTE

from duolect_core.engine.partition import Command, Entry
from duolect_core.errors import CoreError
from duolect_core.instances.creation import RunInstances
from duolect_core.interfaces.lifecycle import AttachInterface, CreateInterface
from duolect_core.invariants import check
from duolect_core.model.instances import Instance
from duolect_core.model.lifecycles import InstanceState, InterfaceState, ProvisionState
from duolect_core.model.resources import SECOND, Interface, InterfaceKind, Network, SecurityGroup, Subnet
from duolect_core.model.rules import Rules
from duolect_core.networks.lifecycle import CreateNetwork, CreateSubnet
from duolect_core.partitions import new_partition
from duolect_core.relations.address_plans import ANY_PRIMARY, AddressPlan, AddressRequest
from duolect_core.security_groups.lifecycle import CreateGroup

R = TypeVar("R")


def ip(text: str) -> int:
    return int(IPv4Address(text))


def certain(*texts: str) -> tuple[AddressRequest, ...]:
    """Return requests for certain IPv4 addresses."""
    return tuple(AddressRequest(ip(text)) for text in texts)


def ips(interface: Interface) -> list[str]:
    """Return the IPv4 addresses of an interface as text."""
    return [str(IPv4Address(address.ip)) for address in interface.ipv4]


class World:
    """A partition with an instant, and short ways to fill it."""

    def __init__(self, rules: Rules, seed: int = 1) -> None:
        self.entries: list[Entry] = []
        self.partition = new_partition(rules, seed, self.entries.append)
        self.graph = self.partition.graph
        self.at = 1_000 * SECOND

    def do(self, command: Command[R], **how: Any) -> R:
        """Carry the command out now, and check that all is sound after it."""
        result = self.partition.execute(command, self.at, **how)
        assert check(self.partition) == []
        return result

    def refuses(self, command: Command[Any], error: type[CoreError], **facts: Any) -> None:
        """Assert that the command is refused with exactly this error, and changes nothing."""
        self.partition.settle(self.at)
        before = dump(self.partition)
        with pytest.raises(CoreError) as caught:
            self.partition.execute(command, self.at)
        assert type(caught.value) is error
        assert {name: getattr(caught.value, name) for name in facts} == facts
        assert dump(self.partition) == before

    def wait(self, duration: int = MINUTE) -> None:
        """Let time pass, and check that all is sound after it."""
        self.at += duration
        self.partition.settle(self.at)
        assert check(self.partition) == []

    # -- ready-made resources, settled ------------------------------------------------------

    def network(self, block: str = "10.0.0.0/16", *, ipv6: bool = False, **more: Any) -> Network:
        network = self.do(CreateNetwork(block=IPv4Network(block), ipv6=ipv6, **more))
        self.wait()
        assert network.state is ProvisionState.AVAILABLE
        return network

    def subnet(
        self, network: Network | None = None, block: str = "10.0.0.0/24", zone: int = 0, **more: Any
    ) -> Subnet:
        network = network or self.network(ipv6="ipv6_index" in more)
        subnet = self.do(
            CreateSubnet(
                network_id=network.id,
                zone=self.partition.rules.zones[zone],
                block=IPv4Network(block),
                **more,
            )
        )
        self.wait()
        assert subnet.state is ProvisionState.AVAILABLE
        return subnet

    def group(self, subnet: Subnet | None = None, **more: Any) -> SecurityGroup:
        return self.do(CreateGroup(network_id=None if subnet is None else subnet.network_id, **more))

    def default_groups(self, subnet: Subnet) -> tuple[str, ...]:
        """Return the ids of one basic group for the subnet's network, made at first use."""
        for group in self.graph.groups.values():
            if group.name == f"default of {subnet.network_id}":
                return (group.id,)
        return (self.group(subnet, name=f"default of {subnet.network_id}").id,)

    def instances(
        self, subnet: Subnet, names: Iterable[str], type_name: str = "large", **more: Any
    ) -> tuple[Instance, ...]:
        more.setdefault("group_ids", self.default_groups(subnet))
        instances = self.do(
            RunInstances(type_name=type_name, subnet_id=subnet.id, names=tuple(names), **more)
        )
        self.wait()
        return instances

    def instance(self, subnet: Subnet, type_name: str = "large", **more: Any) -> Instance:
        (instance,) = self.instances(subnet, ("one",), type_name, **more)
        assert instance.state in {InstanceState.RUNNING, InstanceState.STOPPED}
        return instance

    def primary(self, instance: Instance) -> Interface:
        """Return the primary interface of an instance."""
        return self.graph.interfaces[self.graph.primary_interfaces[instance.id]]

    def interface(self, subnet: Subnet, addresses: AddressPlan = ANY_PRIMARY, **more: Any) -> Interface:
        more.setdefault("group_ids", self.default_groups(subnet))
        interface = self.do(CreateInterface(subnet_id=subnet.id, addresses=addresses, **more))
        self.wait()
        assert interface.state is InterfaceState.AVAILABLE
        return interface

    def trunk(self, instance: Instance, **more: Any) -> Interface:
        """Return a trunk that the instance carries."""
        near = self.graph.subnets[instance.subnet_id]
        return self.attach(self.interface(near, kind=InterfaceKind.TRUNK, **more), instance)

    def attach(self, interface: Interface, instance: Instance, **more: Any) -> Interface:
        self.do(AttachInterface(interface_id=interface.id, instance_id=instance.id, **more))
        self.wait()
        assert interface.state is InterfaceState.IN_USE
        return interface
