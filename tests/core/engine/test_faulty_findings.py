"""Commands that are made to find less than there is."""

import pytest
from tests.core.builders import World, ip
from tests.core.engine.commands import attach
from tests.core.engine.dump import dump
from tests.core.model.rules import NORTH, SOUTH

from duolect_core.engine.command_fault import CommandFault
from duolect_core.errors import (
    InterfacesPerInstanceExceeded,
    SubnetExhausted,
)
from duolect_core.instances.creation import RunInstances
from duolect_core.interfaces.lifecycle import (
    AttachInterface,
    CreateInterface,
)
from duolect_core.interfaces.private_ips import AssignAddresses
from duolect_core.relations.address_plans import ANY


def test_a_subnet_behaves_as_exhausted(world, resources):
    subnet, instance, interface = resources
    before, groups = dump(world.partition), world.default_groups(subnet)
    for command in (
        CreateInterface(subnet_id=subnet.id, group_ids=groups),
        AssignAddresses(interface_id=interface.id, secondaries=(ANY,)),
        RunInstances(type_name="large", subnet_id=subnet.id, names=("a",), group_ids=groups),
    ):
        with pytest.raises(SubnetExhausted) as refused:
            world.do(command, command_fault=CommandFault(exhausted=True))
        assert (refused.value.subnet_id, refused.value.free) == (subnet.id, 0)
        assert world.partition.fault_applied
    assert dump(world.partition) == before
    world.do(attach(interface, instance), command_fault=CommandFault(exhausted=True))
    assert not world.partition.fault_applied


def test_an_instance_has_fewer_slots(world, resources):
    subnet, instance, interface = resources
    other = world.interface(subnet)
    with pytest.raises(InterfacesPerInstanceExceeded) as refused:
        world.do(attach(interface, instance), command_fault=CommandFault(interface_limit=1))
    assert (refused.value.resource_id, refused.value.limit) == (instance.id, 1)
    assert world.partition.fault_applied
    world.do(attach(interface, instance), command_fault=CommandFault(interface_limit=2))
    assert not world.partition.fault_applied
    world.wait()
    world.attach(other, instance)


def test_members_of_a_trunk_need_no_slot():
    world = World(NORTH)
    subnet = world.subnet()
    instance = world.instance(subnet)
    trunk, member = world.trunk(instance), world.interface(subnet)
    command = AttachInterface(interface_id=member.id, instance_id=instance.id, trunk_id=trunk.id)
    world.do(command, command_fault=CommandFault(interface_limit=1))
    assert not world.partition.fault_applied


def test_addresses_are_the_same_with_and_without_a_fault():
    # A command_fault draws nothing: what comes after it is the same with it and without it.
    ips = []
    for command_fault in (CommandFault(), CommandFault(pace=2)):
        world = World(SOUTH)
        interface = world.interface(world.subnet())
        command = AssignAddresses(interface_id=interface.id, secondaries=(ANY,))
        world.do(command, command_fault=command_fault)
        ips.append([address.ip for address in interface.ipv4])
    assert ips[0] == ips[1] != [ip("10.0.0.0")]
