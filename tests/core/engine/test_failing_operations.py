"""Operations that are made to fail."""

import attrs
import pytest
from tests.core.builders import World
from tests.core.engine.commands import FAILS, HOLDS, attach, detach
from tests.core.model.rules import NORTH

from duolect_core.engine.command_fault import FAILED
from duolect_core.errors import (
    InterfaceWrongState,
)
from duolect_core.instances.creation import RunInstances
from duolect_core.instances.lifecycle import DeleteInstances, RebootInstances, StartInstances, StopInstances
from duolect_core.interfaces.lifecycle import (
    CreateInterface,
    DeleteInterface,
)
from duolect_core.interfaces.modify import CreateAndAttachInterface, MigrateInterface, ModifyInterface
from duolect_core.interfaces.private_ips import AssignAddresses, MoveAddress, UnassignAddresses
from duolect_core.model.lifecycles import (
    ADDRESS_LIFECYCLE,
    INSTANCE_LIFECYCLE,
    INTERFACE_LIFECYCLE,
    PROVISION_LIFECYCLE,
    PUBLIC_ADDRESS_LIFECYCLE,
    AddressState,
    InstanceState,
    InterfaceState,
    ProvisionState,
)
from duolect_core.model.resources import SECOND, OperationState
from duolect_core.networks.lifecycle import CreateNetwork
from duolect_core.public_addresses.lifecycle import AllocatePublicAddresses, ModifyPublicAddresses
from duolect_core.relations.address_plans import ANY, ANY_PREFIX


def failed(world, name="it"):
    """Assert that an operation failed, and for the reason that the emulator gives."""
    operation = world.partition.operation(name)
    return (operation.state, operation.reason) == (OperationState.FAILED, "internal error")


def test_an_attachment_fails_when_it_is_due_and_leaves_the_interface_free(world, resources):
    _, instance, interface = resources
    world.do(attach(interface, instance), command_fault=FAILS, operation_id="it")
    assert world.partition.fault_applied
    assert interface.state is InterfaceState.ATTACHING
    world.wait(3 * SECOND)
    assert (interface.state, interface.attachment) == (InterfaceState.AVAILABLE, None)
    assert failed(world)
    world.attach(interface, instance)


def test_a_detachment_that_fails_leaves_the_interface_in_use(world, resources):
    _, instance, interface = resources
    world.attach(interface, instance)
    world.do(detach(interface, instance), command_fault=FAILS, operation_id="it")
    world.wait()
    assert (interface.state, interface.attachment.instance_id) == (InterfaceState.IN_USE, instance.id)
    assert failed(world)


def test_a_deletion_that_fails_leaves_the_interface_available(world, resources):
    *_, interface = resources
    world.do(DeleteInterface(interface.id), command_fault=FAILS, operation_id="it")
    world.wait()
    assert interface.state is InterfaceState.AVAILABLE
    assert failed(world)


def test_an_interface_that_cannot_be_created_stays_until_it_is_deleted_or_vanishes(world, resources):
    subnet, *_ = resources
    free = subnet.pool.free
    command = CreateInterface(subnet_id=subnet.id, group_ids=world.default_groups(subnet))
    interface = world.do(command, command_fault=FAILS, operation_id="it")
    assert interface.state is InterfaceState.PENDING
    world.wait()
    assert failed(world)
    if world.partition.rules.failed_interfaces_stay:
        assert interface.state is InterfaceState.CREATE_FAILED
        assert [address.state for address in interface.ipv4] == [AddressState.PENDING]
        world.refuses(AssignAddresses(interface_id=interface.id, secondaries=(ANY,)), InterfaceWrongState)
        world.do(DeleteInterface(interface.id))
    assert interface.state is InterfaceState.GONE
    assert interface.id not in world.graph.interfaces
    assert subnet.pool.free == free


def test_an_interface_that_cannot_be_created_is_attached_to_nothing(world, resources):
    subnet, instance, _ = resources
    create = CreateInterface(subnet_id=subnet.id, group_ids=world.default_groups(subnet))
    command = CreateAndAttachInterface(create, instance_id=instance.id)
    interface = world.do(command, command_fault=FAILS, operation_id="it")
    world.wait()
    assert failed(world)
    assert (interface.attachment, interface.destination) == (None, None)


def test_a_migration_that_fails_leaves_the_interface_where_it_was(world, resources):
    subnet, source, interface = resources
    world.attach(interface, source)
    there = world.instance(subnet)
    command = MigrateInterface(
        interface_id=interface.id, source_instance_id=source.id, destination_instance_id=there.id
    )
    world.do(command, command_fault=FAILS, operation_id="it")
    world.wait()
    assert failed(world)
    assert (interface.attachment.instance_id, interface.destination) == (source.id, None)


def test_addresses_that_cannot_be_assigned_vanish(world, resources):
    subnet, _, interface = resources
    free = subnet.pool.free
    command = AssignAddresses(interface_id=interface.id, secondaries=(ANY, ANY))
    world.do(command, command_fault=FAILS, operation_id="it")
    assert subnet.pool.free == free - 2
    assert [a.state for a in interface.ipv4[2:]] == [AddressState.PENDING] * 2
    world.wait()
    assert failed(world)
    assert (subnet.pool.free, len(interface.ipv4)) == (free, 2)


def test_addresses_that_cannot_be_taken_back_or_moved_stay(world, resources):
    subnet, _, interface = resources
    other, spare = world.interface(subnet), interface.ipv4[1]
    command = UnassignAddresses(interface_id=interface.id, ipv4=(spare.ip,))
    world.do(command, command_fault=FAILS, operation_id="one")
    world.wait()
    move = MoveAddress(source_id=interface.id, destination_id=other.id, ip=spare.ip)
    world.do(move, command_fault=FAILS, operation_id="two")
    world.wait()
    assert failed(world, "one")
    assert failed(world, "two")
    assert interface.ipv4[1].ip == spare.ip
    assert interface.ipv4[1].state is AddressState.AVAILABLE


def test_prefixes_have_no_operation_that_could_fail(world):
    interface = world.interface(world.subnet())
    command = AssignAddresses(interface_id=interface.id, ipv4_prefixes=(ANY_PREFIX,))
    world.do(command, command_fault=FAILS)
    assert not world.partition.fault_applied
    world.wait()
    assert len(interface.ipv4_prefixes) == 1


@pytest.mark.parametrize("boot", [True, False])
def test_instances_that_cannot_be_launched_stay_until_they_are_deleted_or_vanish(world, boot):
    subnet = world.subnet()
    groups = world.default_groups(subnet)
    command = RunInstances(
        type_name="large", subnet_id=subnet.id, names=("a", "b"), group_ids=groups, boot=boot
    )
    instances = world.do(command, command_fault=FAILS, operation_id="it")
    assert {instance.state for instance in instances} == {InstanceState.PENDING}
    world.wait()
    assert failed(world)
    if world.partition.rules.failed_instances_stay:
        assert {instance.state for instance in instances} == {InstanceState.LAUNCH_FAILED}
        fine = world.instance(subnet, boot=False)
        ids = (*(instance.id for instance in instances), fine.id)
        world.do(DeleteInstances(instance_ids=ids))
        assert list(world.graph.instances) == [fine.id]
        world.wait()
    assert {instance.state for instance in instances} == {InstanceState.GONE}
    assert not world.graph.instances
    assert not world.graph.interfaces


@pytest.mark.parametrize(
    ("command", "boot", "state"),
    [
        (StartInstances, False, InstanceState.STOPPED),
        (StopInstances, True, InstanceState.RUNNING),
        (RebootInstances, True, InstanceState.STOPPED),
    ],
    ids=["start", "stop", "reboot"],
)
def test_instances_stay_as_they_were_where_a_change_fails(world, command, boot, state):
    instance = world.instance(world.subnet(), boot=boot)
    world.do(command((instance.id,)), command_fault=FAILS, operation_id="it")
    world.wait()
    assert failed(world)
    assert instance.state is state


def test_an_instance_that_cannot_be_deleted_is_stopped(world, resources):
    _, instance, interface = resources
    world.attach(interface, instance)
    command = DeleteInstances(instance_ids=(instance.id,), force=True)
    world.do(command, command_fault=FAILS, operation_id="it")
    world.wait()
    assert failed(world)
    assert (instance.state, interface.state) == (InstanceState.STOPPED, InterfaceState.IN_USE)


def test_networks_come_up_always():
    world = World(NORTH)
    network = world.do(CreateNetwork(block=world.network().block), command_fault=FAILS, operation_id="it")
    assert not world.partition.fault_applied
    world.wait()
    assert network.state is ProvisionState.AVAILABLE


def test_an_operation_that_moves_nothing_has_no_fault(world):
    (address,) = world.do(AllocatePublicAddresses())
    world.wait()
    world.do(
        ModifyPublicAddresses(address_ids=(address.id,), name="n"), command_fault=HOLDS, operation_id="it"
    )
    operation = world.partition.operation("it")
    assert (operation.state, operation.held) == (OperationState.SUCCEEDED, False)
    assert not world.partition.fault_applied


@pytest.mark.parametrize(
    ("table", "moving"),
    [
        (INTERFACE_LIFECYCLE, {"pending", "attaching", "detaching", "deleting"}),
        (ADDRESS_LIFECYCLE, {"pending", "migrating", "deleting"}),
        (INSTANCE_LIFECYCLE, {"pending", "starting", "stopping", "rebooting", "deleting"}),
        (PUBLIC_ADDRESS_LIFECYCLE, {"associating", "disassociating", "releasing"}),
        (PROVISION_LIFECYCLE, {"deleting"}),
    ],
    ids=["interface", "address", "instance", "public", "provision"],
)
def test_every_change_can_fail_but_for_those_that_cannot(table, moving):
    assert {state.value for state, trigger in table if trigger in FAILED} == moving


def test_a_command_that_begins_nothing_is_not_reached_by_its_fault(world, resources):
    *_, interface = resources
    world.do(
        ModifyInterface(interface_id=interface.id, name="n"), command_fault=attrs.evolve(FAILS, holds=True)
    )
    assert not world.partition.fault_applied
