"""Operations that are made to take longer."""

import pytest
from tests.core.builders import World
from tests.core.engine.commands import attach
from tests.core.model.rules import NORTH

from duolect_core.engine.command_fault import CommandFault
from duolect_core.instances.creation import RunInstances
from duolect_core.interfaces.modify import MigrateInterface
from duolect_core.interfaces.private_ips import AssignAddresses
from duolect_core.model.lifecycles import (
    AddressState,
    InstanceState,
    InterfaceState,
)
from duolect_core.model.resources import SECOND
from duolect_core.relations.address_plans import ANY


@pytest.mark.parametrize(
    ("command_fault", "seconds"),
    [(CommandFault(pace=10), 30), (CommandFault(duration=50 * SECOND), 50), (CommandFault(duration=0), 0)],
)
def test_an_attachment_takes_as_long_as_it_is_told_to(world, resources, command_fault, seconds):
    _, instance, interface = resources
    world.do(attach(interface, instance), command_fault=command_fault)
    assert world.partition.fault_applied
    world.wait(max(0, seconds * SECOND - 1))
    assert seconds == 0 or interface.state is InterfaceState.ATTACHING
    world.wait(1)
    assert interface.state is InterfaceState.IN_USE


def test_both_halves_of_an_operation_are_slow(world, resources):
    subnet, source, interface = resources
    world.attach(interface, source)
    there = world.instance(subnet)
    command = MigrateInterface(
        interface_id=interface.id, source_instance_id=source.id, destination_instance_id=there.id
    )
    world.do(command, command_fault=CommandFault(pace=2))
    world.wait(8 * SECOND)
    assert interface.state is InterfaceState.ATTACHING
    world.wait(6 * SECOND - 1)
    assert interface.state is InterfaceState.ATTACHING
    world.wait(1)
    assert interface.state is InterfaceState.IN_USE


def test_a_slow_instance_is_slow_to_boot_and_to_start():
    world = World(NORTH)
    subnet = world.subnet()
    command = RunInstances(
        type_name="large", subnet_id=subnet.id, names=("a",), group_ids=world.default_groups(subnet)
    )
    (instance,) = world.do(command, command_fault=CommandFault(pace=3))
    world.wait(18 * SECOND)
    assert instance.state is InstanceState.STARTING
    world.wait(21 * SECOND - 1)
    assert instance.state is InstanceState.STARTING
    world.wait(1)
    assert instance.state is InstanceState.RUNNING


def test_what_is_done_at_once_takes_time_where_it_is_slowed():
    world = World(NORTH)
    interface = world.interface(world.subnet())
    world.do(
        AssignAddresses(interface_id=interface.id, secondaries=(ANY,)),
        command_fault=CommandFault(duration=5 * SECOND),
    )
    assert interface.ipv4[1].state is AddressState.PENDING
    world.wait(5 * SECOND)
    assert interface.ipv4[1].state is AddressState.AVAILABLE
