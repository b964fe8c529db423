"""Operations that are held until they are released."""

import pytest
from tests.core.builders import World
from tests.core.engine.commands import FAILS, HOLDS, attach, detach
from tests.core.model.rules import BOTH, DAY, NORTH

from duolect_core.engine.command_fault import CommandFault
from duolect_core.engine.idempotency import Token
from duolect_core.engine.operations import ReleaseOperation
from duolect_core.errors import (
    OperationNotFound,
)
from duolect_core.instances.lifecycle import DeleteInstances, StopInstances
from duolect_core.interfaces.lifecycle import (
    DeleteInterface,
)
from duolect_core.interfaces.modify import MigrateInterface
from duolect_core.model.lifecycles import (
    InterfaceState,
    ProvisionState,
)
from duolect_core.model.resources import OperationState
from duolect_core.networks.lifecycle import CreateNetwork


@pytest.mark.parametrize("fails", [True, False])
def test_an_attachment_is_held_until_it_is_released_to_succeed_or_to_fail(world, resources, fails):
    _, instance, interface = resources
    world.do(attach(interface, instance), command_fault=HOLDS, operation_id="it")
    world.wait(DAY // 2)
    assert interface.state is InterfaceState.ATTACHING
    assert world.partition.timeline.next_due is None
    operation = world.do(ReleaseOperation(operation_id="it", fails=fails))
    assert (operation.held, operation.due) == (False, world.at)
    world.wait(0)
    assert interface.state is (InterfaceState.AVAILABLE if fails else InterfaceState.IN_USE)
    assert operation.state is (OperationState.FAILED if fails else OperationState.SUCCEEDED)


def test_what_is_held_can_be_released_when_its_record_has_expired(world, resources):
    _, instance, interface = resources
    world.do(attach(interface, instance), command_fault=HOLDS, operation_id="it")
    world.wait(2 * DAY)
    world.do(detach_and_forget := StopInstances((instance.id,)), operation_id="other")
    assert detach_and_forget is not None
    with pytest.raises(OperationNotFound):
        world.partition.operation("it")
    world.do(ReleaseOperation(operation_id="it"))
    world.wait()
    assert interface.state is InterfaceState.IN_USE


def test_what_is_not_held_cannot_be_released(world, resources):
    _, instance, interface = resources
    world.do(attach(interface, instance), operation_id="it")
    world.refuses(ReleaseOperation(operation_id="it"), OperationNotFound, resource_id="it")
    world.refuses(ReleaseOperation(operation_id="absent"), OperationNotFound, resource_id="absent")


def test_one_of_two_that_are_held_is_released(world, resources):
    subnet, instance, first = resources
    second = world.interface(subnet)
    for name, interface in (("one", first), ("two", second)):
        world.do(attach(interface, instance), command_fault=HOLDS, operation_id=name)
    world.do(ReleaseOperation(operation_id="two"))
    world.wait(0)
    assert (first.state, second.state) == (InterfaceState.ATTACHING, InterfaceState.IN_USE)


def test_what_is_made_to_fail_is_still_held_first(world, resources):
    _, instance, interface = resources
    command_fault = CommandFault(fails=True, holds=True)
    world.do(attach(interface, instance), command_fault=command_fault, operation_id="it")
    world.wait(DAY // 2)
    world.do(ReleaseOperation(operation_id="it"))
    world.wait(0)
    assert interface.state is InterfaceState.AVAILABLE


def test_a_network_that_is_held_comes_up_when_it_is_released_even_to_fail():
    world = World(NORTH)
    network = world.do(CreateNetwork(block=world.network().block), command_fault=HOLDS, operation_id="it")
    world.wait()
    assert network.state is ProvisionState.PENDING
    world.do(ReleaseOperation(operation_id="it", fails=True))
    world.wait(0)
    assert network.state is ProvisionState.AVAILABLE


def test_an_attachment_that_is_held_fails_when_its_instance_goes(world, resources):
    _, instance, interface = resources
    world.do(attach(interface, instance), command_fault=HOLDS, operation_id="it")
    world.do(DeleteInstances(instance_ids=(instance.id,), force=True))
    world.wait()
    operation = world.partition.operation("it")
    assert operation.reason == f"instance {instance.id} was deleted"
    world.refuses(ReleaseOperation(operation_id="it"), OperationNotFound)
    assert interface.state in {InterfaceState.AVAILABLE, InterfaceState.GONE}


@pytest.mark.parametrize("way", ["detach", "delete"])
def test_what_is_held_is_begun_anew_where_it_may_be_asked_for_again(way):
    world = World(NORTH)
    subnet = world.subnet()
    instance, interface = world.instance(subnet), world.interface(subnet)
    command = DeleteInterface(interface.id)
    if way == "detach":
        world.attach(interface, instance)
        command = detach(interface, instance)
    world.do(command, command_fault=HOLDS, operation_id="one")
    world.wait(DAY // 2)
    moving = interface.state
    world.do(command, operation_id="two")
    assert interface.state is moving
    first, second = (world.partition.operation(name) for name in ("one", "two"))
    assert (first.state, first.held) == (OperationState.FAILED, False)
    world.do(command, operation_id="three")
    world.wait()
    assert interface.state is (InterfaceState.AVAILABLE if way == "detach" else InterfaceState.GONE)
    assert second.state is OperationState.SUCCEEDED
    with pytest.raises(OperationNotFound):
        world.partition.operation("three")


def test_a_migration_that_is_held_is_not_begun_anew_by_a_detachment():
    world = World(NORTH)
    subnet = world.subnet()
    here, there = world.instance(subnet), world.instance(subnet)
    interface = world.attach(world.interface(subnet), here)
    command = MigrateInterface(
        interface_id=interface.id, source_instance_id=here.id, destination_instance_id=there.id
    )
    world.do(command, command_fault=HOLDS, operation_id="it")
    world.do(detach(interface, here))
    world.do(ReleaseOperation(operation_id="it"))
    world.wait()
    assert interface.attachment.instance_id == there.id


@BOTH
def test_a_repeated_token_sees_the_operation_of_the_first_request_without_a_fault(rules):
    world = World(rules)
    subnet = world.subnet()
    instance, interface = world.instance(subnet), world.interface(subnet)
    token = Token("attach", "t", "f", waits=False)
    command = attach(interface, instance)
    world.do(command, token=token, command_fault=HOLDS, operation_id="one")
    assert world.partition.fault_applied
    world.do(command, token=token, command_fault=FAILS, operation_id="two")
    assert not world.partition.fault_applied
    assert world.partition.operation("two") is world.partition.operation("one")
    world.do(ReleaseOperation(operation_id="two"))
    world.wait(0)
    assert interface.state is InterfaceState.IN_USE
