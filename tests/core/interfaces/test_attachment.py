"""Attaching interfaces to instances."""

import attrs
from tests.core.builders import World
from tests.core.engine.commands import attach, detach
from tests.core.model.rules import BOTH, NORTH, SOUTH

from duolect_core import errors
from duolect_core.instances.lifecycle import DeleteInstances
from duolect_core.interfaces.lifecycle import (
    DeleteInterface,
)
from duolect_core.model.lifecycles import InterfaceState
from duolect_core.model.resources import SECOND, InterfaceKind


@BOTH
def test_attaching_takes_its_time_and_ends_in_use(rules):
    world = World(rules)
    subnet = world.subnet()
    instance, interface = world.instance(subnet), world.interface(subnet)
    assert world.do(attach(interface, instance, card=1)) is interface
    assert interface.state is InterfaceState.ATTACHING
    assert interface.attachment.instance_id == instance.id
    assert interface.attachment.device_index == 1
    assert interface.attachment.since == world.at
    assert interface.attachment.card == 1
    world.wait(3 * SECOND - 1)
    assert interface.state is InterfaceState.ATTACHING
    world.wait(1)
    assert interface.state is InterfaceState.IN_USE
    assert list(world.graph.interfaces_by_instance.ids(instance.id)) == [
        world.primary(instance).id,
        interface.id,
    ]


def test_the_lowest_free_device_index_is_used(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    first, second, third = (north.attach(north.interface(subnet), instance) for _ in range(3))
    assert [each.attachment.device_index for each in (first, second, third)] == [1, 2, 3]
    north.do(detach(second, instance))
    north.wait()
    north.attach(second, instance)
    assert second.attachment.device_index == 2


def test_what_does_not_exist_cannot_be_attached_or_attached_to(north):
    subnet = north.subnet()
    instance, interface = north.instance(subnet), north.interface(subnet)
    absent = attrs.evolve(attach(interface, instance), interface_id="absent")
    north.refuses(absent, errors.InterfaceNotFound, resource_id="absent")
    absent = attrs.evolve(attach(interface, instance), instance_id="absent")
    north.refuses(absent, errors.InstanceNotFound, resource_id="absent")
    north.refuses(
        attach(interface, instance, trunk_id="absent"), errors.TrunkNotFound, resource_id="absent"
    )


def test_a_managed_interface_is_not_the_callers_to_attach(north):
    subnet = north.subnet()
    instance, interface = north.instance(subnet), north.interface(subnet, managed=True)
    north.refuses(attach(interface, instance), errors.InterfaceManaged, resource_id=interface.id)


def test_a_primary_interface_cannot_be_attached(north):
    instance = north.instance(north.subnet())
    primary = north.primary(instance)
    north.refuses(attach(primary, instance), errors.InterfaceKindUnsupported, kind=InterfaceKind.PRIMARY)


def test_an_interface_in_use_cannot_be_attached_again(north):
    subnet = north.subnet()
    first, second = north.instance(subnet), north.instance(subnet)
    interface = north.attach(north.interface(subnet), first)
    north.refuses(attach(interface, second), errors.InterfaceAlreadyAttached, instance_id=first.id)
    strict = World(attrs.evolve(NORTH, strict_repeats=True))
    subnet = strict.subnet()
    only = strict.instance(subnet)
    interface = strict.attach(strict.interface(subnet), only)
    strict.refuses(attach(interface, only), errors.InterfaceAlreadyAttached, instance_id=only.id)


def test_a_repeated_attachment_changes_nothing_and_delays_nothing(north):
    subnet = north.subnet()
    instance, interface = north.instance(subnet), north.interface(subnet)
    north.do(attach(interface, instance))
    present = interface.attachment
    north.wait(2 * SECOND)
    assert north.do(attach(interface, instance)) is interface
    north.wait(SECOND)
    assert interface.state is InterfaceState.IN_USE
    assert north.do(attach(interface, instance)) is interface
    assert interface.attachment is present


def test_a_repeated_attachment_must_name_the_same_trunk_and_be_the_callers(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    trunk = north.attach(north.interface(subnet, kind=InterfaceKind.TRUNK), instance)
    interface = north.attach(north.interface(subnet), instance)
    north.refuses(attach(interface, instance, trunk_id=trunk.id), errors.InterfaceAlreadyAttached)


@BOTH
def test_an_interface_on_its_way_cannot_be_attached(rules):
    world = World(attrs.evolve(rules, strict_repeats=True))
    subnet = world.subnet()
    instance, interface = world.instance(subnet), world.interface(subnet)
    for command, state in (
        (attach(interface, instance), InterfaceState.ATTACHING),
        (detach(interface, instance), InterfaceState.DETACHING),
        (DeleteInterface(interface.id), InterfaceState.DELETING),
    ):
        world.do(command)
        world.refuses(
            attach(interface, instance),
            errors.InterfaceWrongState,
            state=state,
            allowed=(InterfaceState.AVAILABLE,),
        )
        world.wait()


def test_an_interface_without_a_group_is_not_attached_where_one_is_needed():
    world = World(SOUTH)
    subnet = world.subnet()
    instance, interface = world.instance(subnet), world.interface(subnet, group_ids=())
    world.refuses(attach(interface, instance), errors.GroupRequired, interface_id=interface.id)


def test_an_interface_without_a_group_is_attached_where_none_is_needed():
    world = World(attrs.evolve(NORTH, interface_needs_group=False))
    subnet = world.subnet()
    world.attach(world.interface(subnet, group_ids=()), world.instance(subnet))


def test_an_instance_of_the_classic_network_takes_no_interface(north):
    subnet = north.subnet()
    instance, interface = north.instance(subnet, classic=True), north.interface(subnet)
    north.refuses(attach(interface, instance), errors.InstanceClassicNetwork, resource_id=instance.id)


def test_an_instance_that_is_going_takes_no_interface(north):
    subnet = north.subnet()
    instance, interface = north.instance(subnet), north.interface(subnet)
    north.do(DeleteInstances(instance_ids=(instance.id,), force=True))
    north.refuses(attach(interface, instance), errors.InstanceWrongState, instance_id=instance.id)
