"""Checking a command without carrying it out."""

import pytest
from tests.core.builders import World
from tests.core.engine.commands import attach, create, detach
from tests.core.engine.dump import dump
from tests.core.engine.requests import CREATE, NOWHERE
from tests.core.model.rules import BOTH

from duolect.record.commands import commands
from duolect_core import errors
from duolect_core.engine.command_fault import CommandFault
from duolect_core.model.lifecycles import InterfaceState
from duolect_core.model.resources import SECOND
from duolect_core.networks.deletion import DeleteSubnet


@pytest.mark.parametrize("name", commands())
def test_every_command_can_be_checked(name):
    assert {"apply", "check"} <= vars(commands()[name]).keys()


@BOTH
def test_a_check_returns_what_was_found_and_changes_nothing(rules):
    world = World(rules)
    subnet, other = world.subnet(), world.network()
    command = create(subnet, *world.default_groups(subnet), network_id=subnet.network_id)
    before = dump(world.partition)
    assert world.partition.check(command, world.at) is subnet
    assert world.partition.check(DeleteSubnet(subnet.id), world.at) is subnet
    with pytest.raises(errors.SubnetNetworkMismatch):
        world.partition.check(create(subnet, network_id=other.id), world.at)
    assert dump(world.partition) == before


def test_a_check_records_nothing_and_needs_no_token(north):
    north.partition.check(CREATE, north.at)
    with pytest.raises(errors.BlockInvalid):
        north.partition.check(NOWHERE, north.at)
    assert north.entries == []
    assert not north.partition.idempotency.entries()


def test_a_check_settles_what_is_due(north):
    subnet = north.subnet()
    instance, interface = north.instance(subnet), north.interface(subnet)
    north.do(attach(interface, instance))
    north.at += 3 * SECOND
    assert interface.state is InterfaceState.ATTACHING
    assert north.partition.check(detach(interface, instance), north.at) is interface
    assert (interface.state, north.partition.now) == (InterfaceState.IN_USE, north.at)


def test_a_check_is_not_reached_by_the_fault_of_an_earlier_command(north):
    subnet = north.subnet()
    command = create(subnet, *north.default_groups(subnet))
    with pytest.raises(errors.SubnetExhausted):
        north.partition.execute(command, north.at, command_fault=CommandFault(exhausted=True))
    assert north.partition.fault_applied
    assert north.partition.check(command, north.at) is subnet
