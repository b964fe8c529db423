"""Migrating interfaces from one instance to another."""

import attrs
import pytest
from tests.core.builders import World
from tests.core.engine.commands import create_and_attach, migrate, modify
from tests.core.model.rules import BOTH, NORTH, typed

from duolect_core import errors
from duolect_core.instances.lifecycle import DeleteInstances, StartInstances, StopInstances
from duolect_core.interfaces.lifecycle import AttachInterface, DetachInterface
from duolect_core.model.lifecycles import InterfaceState
from duolect_core.model.resources import SECOND, InterfaceKind, OperationState


def attached(world, **more):
    """Return a subnet, two instances in it, and an interface on the first one."""
    subnet = world.subnet()
    source, destination = world.instances(subnet, ("a", "b"))
    return subnet, source, destination, world.attach(world.interface(subnet, **more), source)


@BOTH
def test_a_migration_detaches_and_attaches_in_one_operation(rules):
    world = World(rules)
    _, source, destination, interface = attached(world)
    started = world.at
    world.do(migrate(interface, source, destination, extension=True), operation_id="it")
    operation = world.partition.operation("it")
    assert (operation.kind, operation.resource_ids) == ("migrate-interface", (interface.id,))
    world.wait(4 * SECOND - 1)
    assert (interface.state, interface.attachment.instance_id) == (InterfaceState.DETACHING, source.id)
    world.wait(1)
    assert (interface.state, interface.attachment.instance_id) == (
        InterfaceState.ATTACHING,
        destination.id,
    )
    assert (interface.attachment.since, interface.attachment.extension) == (world.at, True)
    assert (operation.state, operation.due) == (OperationState.RUNNING, started + 7 * SECOND)
    world.wait(3 * SECOND)
    assert interface.state is InterfaceState.IN_USE
    assert operation.state is OperationState.SUCCEEDED
    assert interface.destination is None


def test_a_migration_needs_what_it_names(north):
    _, source, destination, interface = attached(north)
    command = migrate(interface, source, destination)
    for name, error in (
        ("interface_id", errors.InterfaceNotFound),
        ("source_instance_id", errors.InstanceNotFound),
        ("destination_instance_id", errors.InstanceNotFound),
    ):
        north.refuses(attrs.evolve(command, **{name: "absent"}), error, resource_id="absent")


def test_an_interface_is_migrated_from_where_it_is(north):
    subnet, source, destination, interface = attached(north)
    north.refuses(
        migrate(interface, destination, source), errors.InterfaceNotAttached, attached_to=source.id
    )
    free = north.interface(subnet)
    north.refuses(migrate(free, source, destination), errors.InterfaceNotAttached, attached_to=None)
    north.refuses(
        migrate(interface, source, source), errors.InterfaceAlreadyAttached, instance_id=source.id
    )


def test_primary_managed_and_trunk_interfaces_stay_where_they_are(north):
    subnet, source, destination, interface = attached(north)
    primary = north.primary(source)
    facts = {"interface_id": primary.id, "kind": InterfaceKind.PRIMARY}
    north.refuses(migrate(primary, source, destination), errors.InterfaceKindUnsupported, **facts)
    interface.managed = True
    north.refuses(migrate(interface, source, destination), errors.InterfaceManaged)
    trunk = north.trunk(source)
    member = north.attach(north.interface(subnet), source, trunk_id=trunk.id)
    north.refuses(migrate(trunk, source, destination), errors.TrunkHoldsMembers, interface_id=trunk.id)
    facts = {"interface_id": member.id, "kind": InterfaceKind.MEMBER}
    north.refuses(migrate(member, source, destination), errors.InterfaceKindUnsupported, **facts)


@BOTH
def test_a_migration_starts_from_a_steady_state(rules):
    world = World(rules)
    _, source, destination, interface = attached(world)
    world.do(DetachInterface(interface_id=interface.id, instance_id=source.id))
    world.refuses(
        migrate(interface, source, destination),
        errors.InterfaceWrongState,
        state=InterfaceState.DETACHING,
        allowed=(InterfaceState.IN_USE,),
    )


@pytest.mark.parametrize("which", ["source", "destination"])
def test_both_instances_of_a_migration_are_steady(north, which):
    _, source, destination, interface = attached(north)
    busy = source if which == "source" else destination
    north.do(StopInstances((busy.id,)))
    north.refuses(migrate(interface, source, destination), errors.InstanceWrongState, instance_id=busy.id)
    north.wait()
    north.do(migrate(interface, source, destination))


def test_an_instance_that_must_be_stopped_neither_gives_nor_takes_while_it_runs(north):
    subnet, source, _, interface = attached(north)
    cold = north.instance(subnet, "cold")
    north.refuses(migrate(interface, source, cold), errors.HotPlugUnsupported, instance_id=cold.id)
    north.do(StopInstances((cold.id,)))
    north.wait()
    north.do(migrate(interface, source, cold))
    north.wait()
    north.do(StartInstances((cold.id,)))
    north.wait()
    north.refuses(migrate(interface, cold, source), errors.HotPlugUnsupported, instance_id=cold.id)


def test_the_destination_of_a_migration_must_fit(north):
    subnet, source, _, interface = attached(north)
    network = north.graph.networks[subnet.network_id]
    elsewhere = north.instance(north.subnet(network, "10.0.1.0/24", zone=1))
    north.refuses(migrate(interface, source, elsewhere), errors.ZoneMismatch)
    full = north.instance(subnet, "small")
    north.attach(north.interface(subnet), full)
    north.refuses(
        migrate(interface, source, full), errors.InterfacesPerInstanceExceeded, resource_id=full.id
    )


def test_an_interface_without_a_group_is_not_migrated_where_one_is_needed(south):
    _, source, destination, interface = attached(south)
    south.do(modify(interface, group_ids=()))
    south.refuses(migrate(interface, source, destination), errors.GroupRequired, interface_id=interface.id)


@BOTH
def test_a_migration_keeps_its_slot_at_the_destination(rules):
    world = World(typed(rules, "large", interfaces=3))
    subnet, source, destination, interface = attached(world)
    free, other = world.interface(subnet), world.attach(world.interface(subnet), source)
    world.do(migrate(interface, source, destination))
    world.do(migrate(other, source, destination))
    attach = AttachInterface(interface_id=free.id, instance_id=destination.id)
    world.refuses(attach, errors.InterfacesPerInstanceExceeded, resource_id=destination.id, limit=3)
    world.refuses(
        create_and_attach(subnet, destination, *world.default_groups(subnet)),
        errors.InterfacesPerInstanceExceeded,
    )
    world.wait()
    assert interface.state is other.state is InterfaceState.IN_USE
    assert {interface.attachment.device_index, other.attachment.device_index} == {1, 2}


@BOTH
def test_a_migration_keeps_its_extension_slot_and_not_another_one(rules):
    world = World(typed(rules, "large", interfaces=2))
    subnet, source, destination, interface = attached(world)
    free = world.interface(subnet)
    world.do(migrate(interface, source, destination, extension=True))
    attach = AttachInterface(interface_id=free.id, instance_id=destination.id)
    world.refuses(attrs.evolve(attach, extension=True), errors.InterfacesPerInstanceExceeded, limit=1)
    world.do(attach)


@BOTH
def test_a_migration_leaves_its_slot_at_the_source_when_it_is_detached(rules):
    world = World(typed(rules, "large", interfaces=2))
    subnet, source, destination, interface = attached(world)
    attach = AttachInterface(interface_id=world.interface(subnet).id, instance_id=source.id)
    world.do(migrate(interface, source, destination))
    world.refuses(attach, errors.InterfacesPerInstanceExceeded, resource_id=source.id)
    world.wait(world.partition.rules.durations.detach)
    world.do(attach)


@BOTH
@pytest.mark.parametrize("end", ["busy", "gone"])
def test_a_migration_whose_destination_no_longer_fits_leaves_the_interface_free(rules, end):
    world = World(typed(rules, "large", interfaces=2))
    _, source, destination, interface = attached(world)
    world.do(migrate(interface, source, destination), operation_id="it")
    if end == "busy":
        world.do(StopInstances((destination.id,)))
    else:
        world.do(DeleteInstances(instance_ids=(destination.id,), force=True))
    world.wait()
    operation = world.partition.operation("it")
    assert interface.state is InterfaceState.AVAILABLE
    assert interface.attachment is interface.destination is None
    assert operation.state is OperationState.FAILED
    assert operation.reason == f"instance {destination.id} no longer takes {interface.id}"


@pytest.mark.parametrize("goes", [True, False])
def test_a_migration_fails_with_its_source(goes):
    durations = attrs.evolve(NORTH.durations, detach=20 * SECOND)
    world = World(attrs.evolve(NORTH, durations=durations))
    _, source, destination, interface = attached(world, delete_on_release=goes)
    world.do(migrate(interface, source, destination), operation_id="it")
    world.do(DeleteInstances(instance_ids=(source.id,), force=True))
    world.wait()
    assert interface.state is (InterfaceState.GONE if goes else InterfaceState.AVAILABLE)
    assert interface.destination is None
    assert world.partition.operation("it").reason == f"instance {source.id} was deleted"
