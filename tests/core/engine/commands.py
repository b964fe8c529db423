"""Short ways to write the commands that many tests give."""

from ipaddress import IPv4Network

from tests.core.builders import certain, ip

from duolect_core.engine.command_fault import CommandFault
from duolect_core.instances.creation import RunInstances
from duolect_core.instances.lifecycle import DeleteInstances
from duolect_core.interfaces.lifecycle import (
    AttachInterface,
    CreateInterface,
    DetachInterface,
)
from duolect_core.interfaces.modify import (
    CreateAndAttachInterface,
    JoinGroups,
    LeaveGroups,
    MigrateInterface,
    ModifyInterface,
)
from duolect_core.interfaces.private_ips import AssignAddresses, MoveAddress, UnassignAddresses
from duolect_core.networks.lifecycle import (
    CreateNetwork,
    CreateSubnet,
)

FAILS = CommandFault(fails=True)
HOLDS = CommandFault(holds=True)


def create(subnet, *group_ids, **more):
    return CreateInterface(subnet_id=subnet.id, group_ids=group_ids, **more)


def create_and_attach(subnet, instance, *group_ids, extension=False, **more):
    return CreateAndAttachInterface(
        create(subnet, *group_ids, **more), instance_id=instance.id, extension=extension
    )


def attach(interface, instance, **more):
    return AttachInterface(interface_id=interface.id, instance_id=instance.id, **more)


def detach(interface, instance, **more):
    return DetachInterface(interface_id=interface.id, instance_id=instance.id, **more)


def migrate(interface, source, destination, **more):
    return MigrateInterface(
        interface_id=interface.id,
        source_instance_id=source.id,
        destination_instance_id=destination.id,
        **more,
    )


def modify(interface, **changes):
    return ModifyInterface(interface_id=interface.id, **changes)


def join(interfaces, *groups):
    return JoinGroups(interface_ids=tuple(i.id for i in interfaces), group_ids=tuple(g.id for g in groups))


def leave(interfaces, *groups):
    return LeaveGroups(interface_ids=tuple(i.id for i in interfaces), group_ids=tuple(g.id for g in groups))


def assign(interface, *texts, **more):
    return AssignAddresses(interface_id=interface.id, secondaries=certain(*texts), **more)


def unassign(interface, *texts, **more):
    return UnassignAddresses(interface_id=interface.id, ipv4=tuple(map(ip, texts)), **more)


def move(source, destination, text):
    return MoveAddress(source_id=source.id, destination_id=destination.id, ip=ip(text))


def delete(instance):
    """Return the command that deletes an instance, even a running one."""
    return DeleteInstances(instance_ids=(instance.id,), force=True)


def create_network(block="10.0.0.0/16", **more):
    return CreateNetwork(block=IPv4Network(block), **more)


def create_subnet(network, block="10.0.0.0/24", zone="n1", **more):
    return CreateSubnet(network_id=network.id, zone=zone, block=IPv4Network(block), **more)


def run(world, subnet, *names, **more):
    more.setdefault("group_ids", world.default_groups(subnet))
    more.setdefault("type_name", "large")
    return RunInstances(subnet_id=subnet.id, names=names or ("one",), **more)
