"""Resources in a partition, created without any action of a cloud."""

from ipaddress import IPv4Network

import attrs
from tests.harness import START, AlibabaClient, TencentClient

from duolect_core.engine.partition import Partition
from duolect_core.instances.creation import RunInstances
from duolect_core.interfaces.lifecycle import CreateInterface
from duolect_core.model.resources import SECOND
from duolect_core.networks.lifecycle import CreateNetwork, CreateSubnet
from duolect_core.security_groups.lifecycle import CreateGroup


@attrs.frozen
class Resources:
    """The ids of one resource of each kind."""

    network: str
    subnet: str
    group: str
    instance: str
    interface: str


def create_resources(client: AlibabaClient | TencentClient) -> Resources:
    """Create a network, a subnet, a group, a running instance and a free interface for a client."""
    partition: Partition = client.partition
    zone = partition.rules.zones[0]
    block = IPv4Network("10.0.0.0/16")
    network = partition.execute(CreateNetwork(block=block), START - 10 * SECOND)
    subnet = partition.execute(
        CreateSubnet(network_id=network.id, zone=zone, block=block), START - 8 * SECOND
    )
    group = partition.execute(CreateGroup(network_id=network.id), START - 6 * SECOND)
    (instance,) = partition.execute(
        RunInstances(
            type_name=next(iter(partition.rules.instance_types)),
            subnet_id=subnet.id,
            names=("one",),
            group_ids=(group.id,),
        ),
        START - 5 * SECOND,
    )
    interface = partition.execute(
        CreateInterface(subnet_id=subnet.id, group_ids=(group.id,)), START - 2 * SECOND
    )
    partition.settle(START)
    return Resources(network.id, subnet.id, group.id, instance.id, interface.id)
