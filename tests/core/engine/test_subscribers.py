"""Subscribers and copies, which stale reads are made of."""

from tests.core.engine.commands import attach
from tests.core.engine.dump import dump

from duolect_core.engine.command_fault import CommandFault
from duolect_core.interfaces.modify import ModifyInterface
from duolect_core.model.lifecycles import (
    InterfaceState,
)


def test_a_copy_is_equal_and_goes_its_own_way(world, resources):
    _, instance, interface = resources
    copy = world.partition.copy()
    assert dump(copy) == dump(world.partition)
    recorded = len(world.entries)
    copy.execute(attach(interface, instance), world.at)
    assert len(world.entries) == recorded
    assert interface.state is InterfaceState.AVAILABLE
    assert copy.rules is world.partition.rules


def test_a_subscriber_is_told_of_every_command_until_it_unsubscribes(world, resources):
    _, instance, interface = resources
    copy, told = world.partition.copy(), []
    world.partition.subscribe(told.append)
    world.do(attach(interface, instance), command_fault=CommandFault(pace=2))
    world.partition.unsubscribe(told.append)
    world.do(ModifyInterface(interface_id=interface.id, name="n"))
    (entry,) = told
    assert entry.command_fault.pace == 2
    copy.repeat(entry)
    assert dump(copy)["timeline"] == dump(world.partition)["timeline"]
