"""An account of the in-process emulator with what a test needs: a network, a subnet, a group and more.

``create_...`` make things through the cloud's API, as its clients do, and return their ids. ``add_...``
put them there by commands on the account's partition, and return the resources: so things come that no
request can make (managed and classic ones), or that are not what the test is about.
"""

from functools import cached_property
from ipaddress import IPv4Network
from typing import Any, Self

import attrs
from tests.core.engine.dump import dump
from tests.harness import emulator

from duolect.settings.settings import CloudSettings
from duolect_core.engine.partition import Partition
from duolect_core.instances.creation import RunInstances
from duolect_core.instances.lifecycle import DeleteInstances, StopInstances
from duolect_core.interfaces.lifecycle import AttachInterface, CreateInterface
from duolect_core.key_pairs.lifecycle import CreateKeyPair
from duolect_core.model.instances import Instance
from duolect_core.model.key_pairs import KeyPair
from duolect_core.model.resources import Interface, Network, SecurityGroup, Subnet
from duolect_core.networks.lifecycle import CreateNetwork, CreateSubnet
from duolect_core.security_groups.lifecycle import CreateGroup

_OF_CLOUD = {field.name for field in attrs.fields(CloudSettings)}


class FurnishedAccount:
    """One account in one region of a cloud, whose network, subnet and group are made when first asked for.

    ``settings`` are those of the cloud (``quotas``, ``instance_types``, ...) and of the emulator
    (``conditions``, ``throttle``, ...). Parameters that an action does not have are refused, so that no
    test sends one by mistake.
    """

    cloud: str
    type_name: str

    def __init__(self, **settings: Any) -> None:
        of_cloud = {name: value for name, value in settings.items() if name in _OF_CLOUD}
        of_emulator = {name: value for name, value in settings.items() if name not in _OF_CLOUD}
        of_emulator.setdefault("unknown_parameters", "refuse")
        self.emulator = emulator(**{self.cloud: CloudSettings(**of_cloud)}, **of_emulator)
        self.client = self.new_client()

    @classmethod
    def furnished(cls, **settings: Any) -> Self:
        """Return an account that has its network, subnet and group from the start."""
        account = cls(**settings)
        assert account.network
        assert account.subnet
        assert account.group
        return account

    def new_client(self, **who: str) -> Any:
        """Return another client; without arguments of the same account and region."""
        raise NotImplementedError

    # -- time and state --------------------------------------------------------------------------

    @property
    def partition(self) -> Partition:
        partition: Partition = self.client.partition
        return partition

    def execute(self, command: Any) -> Any:
        """Carry out a command now."""
        return self.partition.execute(command, self.emulator.clock.now())

    def complete(self, command: Any) -> Any:
        """Carry out a command and wait for its end."""
        result = self.execute(command)
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

    # -- made when first asked for ---------------------------------------------------------------

    @cached_property
    def network(self) -> Network:
        return self.add_network()

    @cached_property
    def subnet(self) -> Subnet:
        return self.add_subnet()

    @cached_property
    def group(self) -> SecurityGroup:
        return self.add_group()

    # -- put there by commands -------------------------------------------------------------------

    def add_network(self, **more: Any) -> Network:
        return self.complete(CreateNetwork(**{"block": IPv4Network("10.0.0.0/16"), **more}))

    def add_subnet(
        self, network: Network | None = None, block: str = "10.0.0.0/24", zone: int = 0, **more: Any
    ) -> Subnet:
        return self.complete(self.subnet_command(network, block, zone, **more))

    def subnet_command(
        self, network: Network | None = None, block: str = "10.0.0.0/24", zone: int = 0, **more: Any
    ) -> CreateSubnet:
        return CreateSubnet(
            network_id=(network or self.network).id,
            zone=self.partition.rules.zones[zone],
            block=IPv4Network(block),
            **more,
        )

    def add_ipv6_subnet(self) -> Subnet:
        """Return a subnet with IPv6, in a network of its own."""
        return self.add_subnet(self.add_network(ipv6=True), ipv6_index=0)

    def add_group(self, subnet: Subnet | None = None, **more: Any) -> SecurityGroup:
        return self.complete(CreateGroup(network_id=(subnet or self.subnet).network_id, **more))

    def add_key_pair(self, name: str = "pair") -> KeyPair:
        """Return a key pair, whose keys are short because it is quicker."""
        created, _ = self.execute(CreateKeyPair(name=name, bits=512))
        return created

    def instance_command(
        self, subnet: Subnet | None = None, type_name: str = "", *group_ids: str, **more: Any
    ) -> RunInstances:
        subnet = subnet or self.subnet
        groups = [group.id for group in self.partition.graph.groups.values() if _open(group, subnet)]
        return RunInstances(
            type_name=type_name or self.type_name,
            subnet_id=subnet.id,
            names=("host",),
            group_ids=group_ids or tuple(groups[:1]) or (self.add_group(subnet).id,),
            **more,
        )

    def add_instance(self, *place: Any, **more: Any) -> Instance:
        """Return a running instance."""
        (instance,) = self.complete(self.instance_command(*place, **more))
        return instance

    def add_starting_instance(self) -> Instance:
        """Return an instance that is not running yet."""
        (instance,) = self.execute(self.instance_command())
        return instance

    def add_stopped_instance(self, *place: Any, **more: Any) -> Instance:
        instance = self.add_instance(*place, **more)
        self.complete(StopInstances((instance.id,)))
        return instance

    def add_instance_being_deleted(self) -> Instance:
        instance = self.add_instance()
        self.execute(DeleteInstances(instance_ids=(instance.id,), force=True))
        return instance

    def delete_instance(self, instance: Instance) -> None:
        self.complete(DeleteInstances(instance_ids=(instance.id,), force=True))

    def primary_interface_id(self, instance: Instance) -> str:
        return self.partition.graph.primary_interfaces[instance.id]

    def add_managed_interface(self) -> str:
        """Return the id of an interface that belongs to a managed service."""
        command = CreateInterface(subnet_id=self.subnet.id, group_ids=(self.group.id,), managed=True)
        created: Interface = self.complete(command)
        return created.id

    def attach(self, interface_id: str, instance: Instance, trunk_id: str | None = None) -> str:
        """Attach an interface and wait; return its id."""
        self.complete(
            AttachInterface(interface_id=interface_id, instance_id=instance.id, trunk_id=trunk_id)
        )
        return interface_id


def _open(group: SecurityGroup, subnet: Subnet) -> bool:
    """Say whether an ordinary instance of the subnet can join the group."""
    plain = not (group.managed or group.classic) and group.kind.value == "basic"
    return plain and group.network_id in {None, subnet.network_id}
