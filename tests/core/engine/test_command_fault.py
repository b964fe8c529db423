"""Commands that are made to fail, hang or take longer: what becomes of what they began."""

import attrs
import pytest
from tests.core.builders import BOTH, DAY, NORTH, SOUTH, World, ip
from tests.core.dump import dump

from duolect_core.engine.command_fault import FAILED, CommandFault
from duolect_core.engine.idempotency import Token
from duolect_core.engine.operations import ReleaseOperation
from duolect_core.errors import (
    InterfacesPerInstanceExceeded,
    InterfaceWrongState,
    OperationNotFound,
    SubnetExhausted,
)
from duolect_core.instances.creation import RunInstances
from duolect_core.instances.lifecycle import DeleteInstances, RebootInstances, StartInstances, StopInstances
from duolect_core.interfaces.lifecycle import (
    AttachInterface,
    CreateInterface,
    DeleteInterface,
    DetachInterface,
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
from duolect_core.partitions import replay
from duolect_core.public_addresses.lifecycle import AllocatePublicAddresses, ModifyPublicAddresses
from duolect_core.relations.address_plans import ANY, ANY_PREFIX, AddressPlan

FAILS = CommandFault(fails=True)
HOLDS = CommandFault(holds=True)


@pytest.fixture(params=[NORTH, SOUTH], ids=["north", "south"])
def world(request):
    """Return a world whose record must rebuild it, disturbances and all."""
    made = World(request.param)
    yield made
    again = replay(made.partition.rules, 1, made.entries)
    again.settle(made.partition.now)
    assert dump(again) == dump(made.partition)


@pytest.fixture
def place(world):
    """Return a subnet with an instance and a free interface."""
    subnet = world.subnet()
    return (
        subnet,
        world.instance(subnet),
        world.interface(subnet, addresses=AddressPlan(secondaries=(ANY,))),
    )


def attach(interface, instance):
    return AttachInterface(interface_id=interface.id, instance_id=instance.id)


def detach(interface, instance):
    return DetachInterface(interface_id=interface.id, instance_id=instance.id)


def failed(world, name="it"):
    """Assert that an operation failed, and for the reason that the emulator gives."""
    operation = world.partition.operation(name)
    return (operation.state, operation.reason) == (OperationState.FAILED, "internal error")


# -- failing ------------------------------------------------------------------------------------------


def test_an_attachment_fails_when_it_is_due_and_leaves_the_interface_free(world, place):
    _, instance, interface = place
    world.do(attach(interface, instance), command_fault=FAILS, operation_id="it")
    assert world.partition.fault_applied
    assert interface.state is InterfaceState.ATTACHING
    world.wait(3 * SECOND)
    assert (interface.state, interface.attachment) == (InterfaceState.AVAILABLE, None)
    assert failed(world)
    world.attach(interface, instance)


def test_a_detachment_that_fails_leaves_the_interface_in_use(world, place):
    _, instance, interface = place
    world.attach(interface, instance)
    world.do(detach(interface, instance), command_fault=FAILS, operation_id="it")
    world.wait()
    assert (interface.state, interface.attachment.instance_id) == (InterfaceState.IN_USE, instance.id)
    assert failed(world)


def test_a_deletion_that_fails_leaves_the_interface_available(world, place):
    *_, interface = place
    world.do(DeleteInterface(interface.id), command_fault=FAILS, operation_id="it")
    world.wait()
    assert interface.state is InterfaceState.AVAILABLE
    assert failed(world)


def test_an_interface_that_cannot_be_created_stays_until_it_is_deleted_or_vanishes(world, place):
    subnet, *_ = place
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


def test_an_interface_that_cannot_be_created_is_attached_to_nothing(world, place):
    subnet, instance, _ = place
    create = CreateInterface(subnet_id=subnet.id, group_ids=world.default_groups(subnet))
    command = CreateAndAttachInterface(create, instance_id=instance.id)
    interface = world.do(command, command_fault=FAILS, operation_id="it")
    world.wait()
    assert failed(world)
    assert (interface.attachment, interface.destination) == (None, None)


def test_a_migration_that_fails_leaves_the_interface_where_it_was(world, place):
    subnet, source, interface = place
    world.attach(interface, source)
    there = world.instance(subnet)
    command = MigrateInterface(
        interface_id=interface.id, source_instance_id=source.id, destination_instance_id=there.id
    )
    world.do(command, command_fault=FAILS, operation_id="it")
    world.wait()
    assert failed(world)
    assert (interface.attachment.instance_id, interface.destination) == (source.id, None)


def test_addresses_that_cannot_be_assigned_vanish(world, place):
    subnet, _, interface = place
    free = subnet.pool.free
    command = AssignAddresses(interface_id=interface.id, secondaries=(ANY, ANY))
    world.do(command, command_fault=FAILS, operation_id="it")
    assert subnet.pool.free == free - 2
    assert [a.state for a in interface.ipv4[2:]] == [AddressState.PENDING] * 2
    world.wait()
    assert failed(world)
    assert (subnet.pool.free, len(interface.ipv4)) == (free, 2)


def test_addresses_that_cannot_be_taken_back_or_moved_stay(world, place):
    subnet, _, interface = place
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


def test_an_instance_that_cannot_be_deleted_is_stopped(world, place):
    _, instance, interface = place
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


def test_an_operation_that_moves_nothing_is_not_disturbed(world):
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
        (PROVISION_LIFECYCLE, set()),
    ],
    ids=["interface", "address", "instance", "public", "provision"],
)
def test_every_change_can_fail_but_for_those_that_cannot(table, moving):
    assert {state.value for state, trigger in table if trigger in FAILED} == moving


def test_a_command_that_begins_nothing_does_not_meet_its_disturbance(world, place):
    *_, interface = place
    world.do(
        ModifyInterface(interface_id=interface.id, name="n"), command_fault=attrs.evolve(FAILS, holds=True)
    )
    assert not world.partition.fault_applied


# -- hanging ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fails", [True, False])
def test_an_attachment_hangs_until_it_is_released_to_succeed_or_to_fail(world, place, fails):
    _, instance, interface = place
    world.do(attach(interface, instance), command_fault=HOLDS, operation_id="it")
    world.wait(DAY // 2)
    assert interface.state is InterfaceState.ATTACHING
    assert world.partition.timeline.next_due is None
    operation = world.do(ReleaseOperation(operation_id="it", fails=fails))
    assert (operation.held, operation.due) == (False, world.at)
    world.wait(0)
    assert interface.state is (InterfaceState.AVAILABLE if fails else InterfaceState.IN_USE)
    assert operation.state is (OperationState.FAILED if fails else OperationState.SUCCEEDED)


def test_what_hangs_can_be_released_when_its_record_has_expired(world, place):
    _, instance, interface = place
    world.do(attach(interface, instance), command_fault=HOLDS, operation_id="it")
    world.wait(2 * DAY)
    world.do(detach_and_forget := StopInstances((instance.id,)), operation_id="other")
    assert detach_and_forget is not None
    with pytest.raises(OperationNotFound):
        world.partition.operation("it")
    world.do(ReleaseOperation(operation_id="it"))
    world.wait()
    assert interface.state is InterfaceState.IN_USE


def test_what_does_not_hang_cannot_be_released(world, place):
    _, instance, interface = place
    world.do(attach(interface, instance), operation_id="it")
    world.refuses(ReleaseOperation(operation_id="it"), OperationNotFound, resource_id="it")
    world.refuses(ReleaseOperation(operation_id="absent"), OperationNotFound, resource_id="absent")


def test_one_of_two_that_hang_is_released(world, place):
    subnet, instance, first = place
    second = world.interface(subnet)
    for name, interface in (("one", first), ("two", second)):
        world.do(attach(interface, instance), command_fault=HOLDS, operation_id=name)
    world.do(ReleaseOperation(operation_id="two"))
    world.wait(0)
    assert (first.state, second.state) == (InterfaceState.ATTACHING, InterfaceState.IN_USE)


def test_what_is_made_to_fail_still_hangs_first(world, place):
    _, instance, interface = place
    command_fault = CommandFault(fails=True, holds=True)
    world.do(attach(interface, instance), command_fault=command_fault, operation_id="it")
    world.wait(DAY // 2)
    world.do(ReleaseOperation(operation_id="it"))
    world.wait(0)
    assert interface.state is InterfaceState.AVAILABLE


def test_a_network_that_hangs_comes_up_when_it_is_released_even_to_fail():
    world = World(NORTH)
    network = world.do(CreateNetwork(block=world.network().block), command_fault=HOLDS, operation_id="it")
    world.wait()
    assert network.state is ProvisionState.PENDING
    world.do(ReleaseOperation(operation_id="it", fails=True))
    world.wait(0)
    assert network.state is ProvisionState.AVAILABLE


def test_an_attachment_that_hangs_fails_when_its_instance_goes(world, place):
    _, instance, interface = place
    world.do(attach(interface, instance), command_fault=HOLDS, operation_id="it")
    world.do(DeleteInstances(instance_ids=(instance.id,), force=True))
    world.wait()
    operation = world.partition.operation("it")
    assert operation.reason == f"instance {instance.id} was deleted"
    world.refuses(ReleaseOperation(operation_id="it"), OperationNotFound)
    assert interface.state in {InterfaceState.AVAILABLE, InterfaceState.GONE}


@pytest.mark.parametrize("way", ["detach", "delete"])
def test_what_hangs_is_begun_anew_where_it_may_be_asked_for_again(way):
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


def test_a_migration_that_hangs_is_not_begun_anew_by_a_detachment():
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
def test_a_repeated_token_sees_the_operation_of_the_first_request_undisturbed(rules):
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


# -- taking longer ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command_fault", "seconds"),
    [(CommandFault(pace=10), 30), (CommandFault(duration=50 * SECOND), 50), (CommandFault(duration=0), 0)],
)
def test_an_attachment_takes_as_long_as_it_is_told_to(world, place, command_fault, seconds):
    _, instance, interface = place
    world.do(attach(interface, instance), command_fault=command_fault)
    assert world.partition.fault_applied
    world.wait(max(0, seconds * SECOND - 1))
    assert seconds == 0 or interface.state is InterfaceState.ATTACHING
    world.wait(1)
    assert interface.state is InterfaceState.IN_USE


def test_both_halves_of_an_operation_are_slow(world, place):
    subnet, source, interface = place
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


# -- what a command finds -----------------------------------------------------------------------------


def test_a_subnet_behaves_as_exhausted(world, place):
    subnet, instance, interface = place
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


def test_an_instance_has_fewer_slots(world, place):
    subnet, instance, interface = place
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


def test_addresses_of_the_disturbed_are_those_of_the_undisturbed():
    # A command_fault draws nothing: what comes after it is the same with it and without it.
    ips = []
    for command_fault in (CommandFault(), CommandFault(pace=2)):
        world = World(SOUTH)
        interface = world.interface(world.subnet())
        command = AssignAddresses(interface_id=interface.id, secondaries=(ANY,))
        world.do(command, command_fault=command_fault)
        ips.append([address.ip for address in interface.ipv4])
    assert ips[0] == ips[1] != [ip("10.0.0.0")]


# -- followers and copies, which stale reads are made of ----------------------------------------------


def test_a_copy_is_equal_and_goes_its_own_way(world, place):
    _, instance, interface = place
    copy = world.partition.copy()
    assert dump(copy) == dump(world.partition)
    recorded = len(world.entries)
    copy.execute(attach(interface, instance), world.at)
    assert len(world.entries) == recorded
    assert interface.state is InterfaceState.AVAILABLE
    assert copy.rules is world.partition.rules


def test_a_follower_is_told_of_every_command_until_it_leaves(world, place):
    _, instance, interface = place
    copy, told = world.partition.copy(), []
    world.partition.subscribe(told.append)
    world.do(attach(interface, instance), command_fault=CommandFault(pace=2))
    world.partition.unsubscribe(told.append)
    world.do(ModifyInterface(interface_id=interface.id, name="n"))
    (entry,) = told
    assert entry.command_fault.pace == 2
    copy.repeat(entry)
    assert dump(copy)["timeline"] == dump(world.partition)["timeline"]
