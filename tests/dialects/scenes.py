"""One account of a cloud with a network, a subnet and a group, and short ways to add what a test needs.

What the API of a cloud creates is created through its client; what stands around it, and what no request
can make (managed and classic resources), by commands on the client's partition.
"""

from ipaddress import IPv4Network
from typing import Any

from tests.core.dump import dump
from tests.harness import AlibabaClient, TencentClient, emulator

from duolect.settings.settings import CloudSettings, ConditionSettings
from duolect_core.engine.partition import Partition
from duolect_core.instances.creation import RunInstances
from duolect_core.instances.lifecycle import DeleteInstances, StopInstances
from duolect_core.interfaces.lifecycle import AttachInterface, CreateInterface
from duolect_core.model.resources import Instance, Interface, Network, SecurityGroup, Subnet
from duolect_core.networks.lifecycle import CreateNetwork, CreateSubnet
from duolect_core.security_groups.lifecycle import CreateGroup


class Scene:
    """A cloud with one of everything; ``settings`` are those of its ``CloudSettings``."""

    cloud: str
    type_name: str

    def __init__(self, conditions: tuple[ConditionSettings, ...] = (), **settings: Any) -> None:
        self.emulator = emulator(**{self.cloud: CloudSettings(**settings)}, conditions=list(conditions))
        self.client = self.new_client()
        self.network = self.new_network()
        self.subnet = self.new_subnet()
        self.group = self.new_group()

    def new_client(self, **who: str) -> Any:
        """Return another client; without arguments of the same account and region."""
        raise NotImplementedError

    @property
    def partition(self) -> Partition:
        partition: Partition = self.client.partition
        return partition

    def do(self, command: Any) -> Any:
        """Carry out a command now."""
        return self.partition.execute(command, self.emulator.clock.now())

    def settled(self, command: Any) -> Any:
        """Carry out a command and wait for its end."""
        result = self.do(command)
        self.wait()
        return result

    def wait(self) -> None:
        """Let everything end that is under way."""
        self.emulator.advance()
        self.partition.settle(self.emulator.clock.now())

    def dump(self) -> dict[str, Any]:
        """Return all that the partition holds now."""
        self.partition.settle(self.emulator.clock.now())
        return dump(self.partition)

    # -- what stands around -------------------------------------------------------------------

    def new_network(self, **more: Any) -> Network:
        return self.settled(CreateNetwork(**{"block": IPv4Network("10.0.0.0/16"), **more}))

    def new_subnet(
        self, network: Network | None = None, block: str = "10.0.0.0/24", zone: int = 0, **more: Any
    ) -> Subnet:
        return self.settled(self.a_subnet(network, block, zone, **more))

    def a_subnet(
        self, network: Network | None = None, block: str = "10.0.0.0/24", zone: int = 0, **more: Any
    ) -> CreateSubnet:
        return CreateSubnet(
            network_id=(network or self.network).id,
            zone=self.partition.rules.zones[zone],
            block=IPv4Network(block),
            **more,
        )

    def ipv6_subnet(self) -> Subnet:
        """Return a subnet with IPv6, in a network of its own."""
        return self.new_subnet(self.new_network(ipv6=True), ipv6_index=0)

    def new_group(self, subnet: Subnet | None = None, **more: Any) -> SecurityGroup:
        return self.settled(CreateGroup(network_id=(subnet or self.subnet).network_id, **more))

    def an_instance(
        self, subnet: Subnet | None = None, type_name: str = "", *group_ids: str, **more: Any
    ) -> RunInstances:
        subnet = subnet or self.subnet
        groups = [group.id for group in self.partition.graph.groups.values() if _open(group, subnet)]
        return RunInstances(
            type_name=type_name or self.type_name,
            subnet_id=subnet.id,
            names=("host",),
            group_ids=group_ids or tuple(groups[:1]) or (self.new_group(subnet).id,),
            **more,
        )

    def instance(self, *place: Any, **more: Any) -> Instance:
        """Return a running instance."""
        (instance,) = self.settled(self.an_instance(*place, **more))
        return instance

    def booting(self) -> Instance:
        """Return an instance that is not running yet."""
        (instance,) = self.do(self.an_instance())
        return instance

    def stopped(self, *place: Any, **more: Any) -> Instance:
        instance = self.instance(*place, **more)
        self.settled(StopInstances((instance.id,)))
        return instance

    def going(self) -> Instance:
        """Return an instance that is being deleted."""
        instance = self.instance()
        self.do(DeleteInstances(instance_ids=(instance.id,), force=True))
        return instance

    def delete(self, instance: Instance) -> None:
        self.settled(DeleteInstances(instance_ids=(instance.id,), force=True))

    def primary(self, instance: Instance) -> str:
        """Return the id of an instance's primary interface."""
        return self.partition.graph.primary_interfaces[instance.id]

    def managed_interface(self) -> str:
        """Return the id of an interface that belongs to a managed service."""
        command = CreateInterface(subnet_id=self.subnet.id, group_ids=(self.group.id,), managed=True)
        created: Interface = self.settled(command)
        return created.id

    def attached(self, interface_id: str, instance: Instance, trunk_id: str | None = None) -> str:
        """Attach an interface and wait; return its id."""
        self.settled(AttachInterface(interface_id=interface_id, instance_id=instance.id, trunk_id=trunk_id))
        return interface_id


def _open(group: SecurityGroup, subnet: Subnet) -> bool:
    """Say whether an ordinary instance of the subnet can join the group."""
    plain = not (group.managed or group.classic) and group.kind.value == "basic"
    return plain and group.network_id in {None, subnet.network_id}


class AlibabaScene(Scene):
    cloud = "alibaba"
    type_name = "ecs.g7.large"

    def new_client(self, **who: str) -> AlibabaClient:
        return self.emulator.alibaba(**who)

    def creating(self, **changes: Any) -> dict[str, Any]:
        """Return the parameters of a good CreateNetworkInterface, with changes; None leaves one out."""
        return {"VSwitchId": self.subnet.id, "SecurityGroupId": self.group.id, **changes}

    def creating_ipv6(self, **changes: Any) -> dict[str, Any]:
        """Return the same in a vSwitch with IPv6."""
        subnet = self.ipv6_subnet()
        return {"VSwitchId": subnet.id, "SecurityGroupId": self.new_group(subnet).id, **changes}

    def interface(self, **changes: Any) -> str:
        """Create an interface and return its id."""
        answer = self.client.call("CreateNetworkInterface", **self.creating(**changes))
        return str(answer["NetworkInterfaceId"])

    def attaching(self, interface_id: str, instance: Instance, **changes: Any) -> dict[str, Any]:
        return {"NetworkInterfaceId": interface_id, "InstanceId": instance.id, **changes}

    def show(self, interface_id: str) -> dict[str, Any]:
        """Return the interface as a second client of the account sees it, or nothing."""
        answer = self.new_client().call("DescribeNetworkInterfaces", NetworkInterfaceId=[interface_id])
        found = answer["NetworkInterfaceSets"]["NetworkInterfaceSet"]
        return found[0] if found else {}


class TencentScene(Scene):
    cloud = "tencent"
    type_name = "S5.MEDIUM4"

    def new_client(self, **who: str) -> TencentClient:
        return self.emulator.tencent(**who)

    def creating(self, **changes: Any) -> dict[str, Any]:
        """Return the parameters of a good CreateNetworkInterface, with changes; None leaves one out."""
        return {
            "VpcId": self.network.id,
            "SubnetId": self.subnet.id,
            "NetworkInterfaceName": "eni",
            "SecurityGroupIds": [self.group.id],
            **changes,
        }

    def creating_ipv6(self, **changes: Any) -> dict[str, Any]:
        """Return the same in a subnet with IPv6."""
        subnet = self.ipv6_subnet()
        return self.creating(VpcId=subnet.network_id, SubnetId=subnet.id, **changes)

    def pending(self, **changes: Any) -> str:
        """Begin to create an interface and return its id."""
        answer = self.client.call("CreateNetworkInterface", **self.creating(**changes))
        return str(answer["NetworkInterface"]["NetworkInterfaceId"])

    def interface(self, **changes: Any) -> str:
        """Create an interface and return its id."""
        interface_id = self.pending(**changes)
        self.wait()
        return interface_id

    def attaching(self, interface_id: str, instance: Instance, **changes: Any) -> dict[str, Any]:
        return {"NetworkInterfaceId": interface_id, "InstanceId": instance.id, **changes}

    def show(self, interface_id: str) -> dict[str, Any]:
        """Return the interface as a second client of the account sees it, or nothing."""
        answer = self.new_client().call("DescribeNetworkInterfaces", NetworkInterfaceIds=[interface_id])
        found = answer["NetworkInterfaceSet"]
        return found[0] if found else {}
