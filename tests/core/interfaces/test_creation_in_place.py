"""Creating interfaces and attaching them in one operation."""

import attrs
import pytest
from tests.core.builders import World, certain, ip
from tests.core.engine.commands import create_and_attach
from tests.core.model.rules import BOTH, SOUTH

from duolect_core import errors
from duolect_core.instances.lifecycle import DeleteInstances, StopInstances
from duolect_core.interfaces.lifecycle import CreateInterface
from duolect_core.interfaces.modify import (
    CreateAndAttachInterface,
)
from duolect_core.model.lifecycles import AddressState, InterfaceState
from duolect_core.model.resources import SECOND, OperationState
from duolect_core.relations.address_plans import ANY, AddressPlan


def test_an_interface_is_created_and_attached_in_one_operation_where_creating_takes_time(south):
    subnet = south.subnet()
    instance = south.instance(subnet)
    command = create_and_attach(subnet, instance, *south.default_groups(subnet), extension=True)
    interface = south.do(command, operation_id="it")
    operation = south.partition.operation("it")
    assert (operation.kind, operation.resource_ids) == ("create-and-attach-interface", (interface.id,))
    assert (interface.state, interface.attachment) == (InterfaceState.PENDING, None)
    south.wait(2 * SECOND)
    assert interface.state is InterfaceState.ATTACHING
    assert interface.attachment.extension
    assert interface.ipv4[0].state is AddressState.AVAILABLE
    assert operation.state is OperationState.RUNNING
    south.wait(3 * SECOND)
    assert interface.state is InterfaceState.IN_USE
    assert operation.state is OperationState.SUCCEEDED


def test_an_interface_is_created_attaching_where_creating_is_synchronous(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    plan = AddressPlan(primary=certain("10.0.0.9")[0])
    command = create_and_attach(subnet, instance, *north.default_groups(subnet), addresses=plan, name="n")
    interface = north.do(command, operation_id="it")
    assert (interface.state, interface.name) == (InterfaceState.ATTACHING, "n")
    assert interface.primary_ip == ip("10.0.0.9")
    assert (interface.attachment.instance_id, interface.attachment.device_index) == (instance.id, 1)
    north.wait(3 * SECOND)
    assert interface.state is InterfaceState.IN_USE
    assert north.partition.operation("it").state is OperationState.SUCCEEDED


@BOTH
def test_nothing_is_created_that_could_not_be_attached(rules):
    world = World(rules)
    subnet = world.subnet()
    groups = world.default_groups(subnet)
    instance = world.instance(subnet)
    many = AddressPlan(secondaries=(ANY,) * 8)
    world.refuses(
        create_and_attach(subnet, instance, *groups, addresses=many),
        errors.Ipv4PerInterfaceExceeded,
        limit=8,
    )
    world.refuses(
        create_and_attach(subnet, instance, *groups, managed=True), errors.InterfaceManaged, resource_id=""
    )
    absent = attrs.evolve(create_and_attach(subnet, instance, *groups), instance_id="absent")
    world.refuses(absent, errors.InstanceNotFound, resource_id="absent")
    other = world.subnet(world.graph.networks[subnet.network_id], "10.0.1.0/24", zone=1)
    world.refuses(create_and_attach(other, instance, *groups), errors.ZoneMismatch)


def test_nothing_is_attached_that_could_not_be_created(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    north.refuses(create_and_attach(subnet, instance), errors.GroupRequired)
    absent = CreateAndAttachInterface(CreateInterface(subnet_id="absent"), instance_id=instance.id)
    north.refuses(absent, errors.SubnetNotFound, resource_id="absent")


def test_interfaces_that_are_created_in_place_together_keep_their_slots(south):
    subnet = south.subnet()
    instance = south.instance(subnet)
    command = create_and_attach(subnet, instance, *south.default_groups(subnet))
    interfaces = [south.do(command) for _ in range(3)]
    south.refuses(command, errors.InterfacesPerInstanceExceeded, resource_id=instance.id, limit=4)
    south.wait()
    assert {interface.state for interface in interfaces} == {InterfaceState.IN_USE}


@pytest.mark.parametrize("end", ["busy", "gone"])
def test_an_interface_that_can_no_longer_be_attached_is_created_all_the_same(end):
    durations = attrs.evolve(SOUTH.durations, provision_interface=20 * SECOND, stop=30 * SECOND)
    world = World(attrs.evolve(SOUTH, durations=durations))
    subnet = world.subnet()
    instance = world.instance(subnet)
    command = create_and_attach(subnet, instance, *world.default_groups(subnet))
    interface = world.do(command, operation_id="it")
    if end == "busy":
        world.do(StopInstances((instance.id,)))
    else:
        world.do(DeleteInstances(instance_ids=(instance.id,), force=True))
    world.wait()
    operation = world.partition.operation("it")
    assert (interface.state, interface.attachment) == (InterfaceState.AVAILABLE, None)
    assert operation.state is OperationState.FAILED
    assert operation.reason == f"instance {instance.id} no longer takes {interface.id}"
