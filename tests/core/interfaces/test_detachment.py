"""Detaching interfaces from instances."""

import attrs
from tests.core.builders import World
from tests.core.engine.commands import attach, detach
from tests.core.model.rules import BOTH, NORTH, SOUTH

from duolect_core import errors
from duolect_core.instances.lifecycle import DeleteInstances, StartInstances
from duolect_core.model.lifecycles import InterfaceState
from duolect_core.model.resources import SECOND, InterfaceKind


@BOTH
def test_detaching_takes_its_time_and_ends_available(rules):
    world = World(rules)
    subnet = world.subnet()
    instance = world.instance(subnet)
    interface = world.attach(world.interface(subnet), instance)
    assert world.do(detach(interface, instance)) is interface
    assert interface.state is InterfaceState.DETACHING
    assert interface.attachment is not None
    world.wait(4 * SECOND - 1)
    assert interface.state is InterfaceState.DETACHING
    world.wait(1)
    assert interface.state is InterfaceState.AVAILABLE
    assert interface.attachment is None
    assert list(world.graph.interfaces_by_instance.ids(instance.id)) == [world.primary(instance).id]


def test_what_does_not_exist_cannot_be_detached_or_detached_from(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    interface = north.attach(north.interface(subnet), instance)
    absent = attrs.evolve(detach(interface, instance), interface_id="absent")
    north.refuses(absent, errors.InterfaceNotFound, resource_id="absent")
    absent = attrs.evolve(detach(interface, instance), instance_id="absent")
    north.refuses(absent, errors.InstanceNotFound, resource_id="absent")
    north.refuses(
        detach(interface, instance, trunk_id="absent"), errors.TrunkNotFound, resource_id="absent"
    )


def test_a_managed_interface_is_not_the_callers_to_detach(north):
    subnet = north.subnet()
    instance, interface = north.instance(subnet), north.interface(subnet, managed=True)
    north.refuses(detach(interface, instance), errors.InterfaceManaged, resource_id=interface.id)


def test_a_primary_interface_cannot_be_detached(north):
    instance = north.instance(north.subnet())
    primary = north.primary(instance)
    north.refuses(detach(primary, instance), errors.InterfaceIsPrimary, instance_id=instance.id)


def test_an_interface_that_is_attached_to_nothing_cannot_be_detached_where_that_is_a_mistake(south):
    subnet = south.subnet()
    instance, interface = south.instance(subnet), south.interface(subnet)
    south.refuses(detach(interface, instance), errors.InterfaceNotAttached, attached_to=None)


def test_detaching_what_is_available_already_changes_nothing_where_that_is_no_mistake(north):
    subnet = north.subnet()
    instance, interface = north.instance(subnet), north.interface(subnet)
    assert north.do(detach(interface, instance)) is interface
    assert (interface.state, interface.pending) == (InterfaceState.AVAILABLE, None)


def test_an_interface_cannot_be_detached_from_another_instance_than_its_own(north):
    subnet = north.subnet()
    mine, other = north.instance(subnet), north.instance(subnet)
    interface = north.attach(north.interface(subnet), mine)
    north.refuses(
        detach(interface, other), errors.InterfaceNotAttached, instance_id=other.id, attached_to=mine.id
    )


def test_detaching_again_while_under_way_is_tolerated_in_one_cloud():
    world = World(NORTH)
    subnet = world.subnet()
    instance = world.instance(subnet)
    interface = world.attach(world.interface(subnet), instance)
    world.do(detach(interface, instance))
    started = world.at
    world.wait(2 * SECOND)
    operations = len(world.graph.operations)
    assert world.do(detach(interface, instance)) is interface
    assert len(world.graph.operations) == operations
    world.wait(started + 4 * SECOND - world.at)
    assert interface.state is InterfaceState.AVAILABLE


def test_detaching_again_while_under_way_is_refused_in_the_other_cloud():
    world = World(SOUTH)
    subnet = world.subnet()
    instance = world.instance(subnet)
    interface = world.attach(world.interface(subnet), instance)
    world.do(detach(interface, instance))
    world.refuses(
        detach(interface, instance),
        errors.InterfaceWrongState,
        state=InterfaceState.DETACHING,
        allowed=(InterfaceState.IN_USE,),
    )


@BOTH
def test_an_interface_that_is_still_attaching_cannot_be_detached(rules):
    world = World(rules)
    subnet = world.subnet()
    instance, interface = world.instance(subnet), world.interface(subnet)
    world.do(attach(interface, instance))
    world.refuses(detach(interface, instance), errors.InterfaceWrongState, state=InterfaceState.ATTACHING)


def test_an_instance_that_is_going_gives_no_interface_back(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    interface = north.attach(north.interface(subnet), instance)
    north.do(DeleteInstances(instance_ids=(instance.id,), force=True))
    north.refuses(detach(interface, instance), errors.InstanceWrongState, instance_id=instance.id)


def test_a_running_instance_without_hot_plug_gives_no_interface_back():
    world = World(SOUTH)
    subnet = world.subnet()
    instance = world.instance(subnet, "cold", boot=False)
    interface = world.attach(world.interface(subnet), instance)
    world.do(StartInstances((instance.id,)))
    world.wait()
    world.refuses(detach(interface, instance), errors.HotPlugUnsupported, instance_type="cold")


def test_a_member_is_detached_with_or_without_its_trunk_named(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    trunk = north.trunk(instance)
    for named in (trunk.id, None):
        member = north.attach(north.interface(subnet), instance, trunk_id=trunk.id)
        assert member.kind is InterfaceKind.MEMBER
        north.do(detach(member, instance, trunk_id=named))
        north.wait()
        assert member.kind is InterfaceKind.SECONDARY
        assert member.attachment is None
        assert not north.graph.interfaces_by_trunk.ids(trunk.id)


def test_an_interface_cannot_be_detached_from_a_trunk_that_it_is_not_on(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    trunk = north.trunk(instance)
    interface = north.attach(north.interface(subnet), instance)
    north.refuses(
        detach(interface, instance, trunk_id=trunk.id),
        errors.NotOnTrunk,
        interface_id=interface.id,
        trunk_id=trunk.id,
    )


def test_a_trunk_with_members_cannot_be_detached_even_while_they_attach(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    trunk, member = north.trunk(instance), north.interface(subnet)
    north.do(attach(member, instance, trunk_id=trunk.id))
    north.refuses(detach(trunk, instance), errors.TrunkHoldsMembers, interface_id=trunk.id)
    north.wait()
    north.refuses(detach(trunk, instance), errors.TrunkHoldsMembers, interface_id=trunk.id)
    north.do(detach(member, instance))
    north.wait()
    north.do(detach(trunk, instance))
