"""Which trunks an interface can be a member of."""

from tests.core.builders import World
from tests.core.engine.commands import attach
from tests.core.model.rules import BOTH

from duolect_core import errors
from duolect_core.model.lifecycles import InterfaceState
from duolect_core.model.resources import InterfaceKind


def test_a_type_without_extension_slots_takes_no_extension(north):
    subnet = north.subnet()
    command = attach(north.interface(subnet), north.instance(subnet, "small"), extension=True)
    north.refuses(command, errors.InterfacesUnsupported, instance_type="small")


def test_members_take_no_slot_of_the_instance_even_as_extensions(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    trunk = north.trunk(instance)
    for _ in range(2):
        north.attach(north.interface(subnet), instance, trunk_id=trunk.id, extension=True)
    north.attach(north.interface(subnet), instance, extension=True)
    for _ in range(2):
        north.attach(north.interface(subnet), instance)
    north.refuses(attach(north.interface(subnet), instance), errors.InterfacesPerInstanceExceeded, limit=4)


def test_one_member_more_than_the_trunk_carries_is_refused(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    trunk = north.trunk(instance)
    for _ in range(2):
        north.attach(north.interface(subnet), instance, trunk_id=trunk.id)
    command = attach(north.interface(subnet), instance, trunk_id=trunk.id)
    north.refuses(command, errors.TrunkFull, resource_id=trunk.id, limit=2)


def test_an_interface_becomes_a_member_when_it_is_in_use_on_the_trunk(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    trunk, interface = north.trunk(instance), north.interface(subnet)
    north.do(attach(interface, instance, trunk_id=trunk.id))
    assert interface.kind is InterfaceKind.SECONDARY
    north.wait()
    assert interface.kind is InterfaceKind.MEMBER
    assert list(north.graph.interfaces_by_trunk.ids(trunk.id)) == [interface.id]
    north.refuses(attach(interface, instance), errors.InterfaceKindUnsupported, kind=InterfaceKind.MEMBER)


def test_a_trunk_cannot_become_a_member(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    trunk, other = north.trunk(instance), north.interface(subnet, kind=InterfaceKind.TRUNK)
    north.refuses(
        attach(other, instance, trunk_id=trunk.id), errors.CannotBecomeMember, kind=InterfaceKind.TRUNK
    )


def test_an_interface_that_is_no_trunk_takes_no_members(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    primary = north.primary(instance)
    north.refuses(
        attach(north.interface(subnet), instance, trunk_id=primary.id),
        errors.NotATrunk,
        interface_id=primary.id,
        kind=InterfaceKind.PRIMARY,
    )


def test_a_type_without_members_takes_neither_trunks_nor_members(north):
    subnet = north.subnet()
    small = north.instance(subnet, "small")
    trunk = north.interface(subnet, kind=InterfaceKind.TRUNK)
    north.refuses(attach(trunk, small), errors.TrunkUnsupported, instance_type="small")
    north.refuses(attach(north.interface(subnet), small, trunk_id=trunk.id), errors.TrunkUnsupported)


@BOTH
def test_a_trunk_that_is_not_in_use_takes_no_members(rules):
    world = World(rules)
    subnet = world.subnet()
    instance = world.instance(subnet)
    trunk = world.interface(subnet, kind=InterfaceKind.TRUNK)
    command = attach(world.interface(subnet), instance, trunk_id=trunk.id)
    world.refuses(command, errors.TrunkNotInUse, state=InterfaceState.AVAILABLE)
    world.do(attach(trunk, instance))
    world.refuses(command, errors.TrunkNotInUse, state=InterfaceState.ATTACHING)
    world.wait()
    world.do(command)


def test_a_trunk_of_another_instance_is_refused(north):
    subnet = north.subnet()
    trunk, other = north.trunk(north.instance(subnet)), north.instance(subnet)
    north.refuses(
        attach(north.interface(subnet), other, trunk_id=trunk.id),
        errors.TrunkElsewhere,
        interface_id=trunk.id,
        instance_id=other.id,
    )


def test_a_trunk_in_another_network_is_refused(north):
    subnet, other = north.subnet(), north.subnet()
    instance, interface = north.instance(subnet), north.interface(subnet)
    trunk = north.interface(other, kind=InterfaceKind.TRUNK)
    north.refuses(
        attach(interface, instance, trunk_id=trunk.id),
        errors.TrunkNetworkMismatch,
        resource_id=trunk.id,
        other_id=interface.id,
    )


def test_a_member_is_not_on_any_trunk_but_its_own(north):
    subnet = north.subnet()
    instance, other = north.instance(subnet), north.instance(subnet)
    own, another = north.trunk(instance), north.trunk(other)
    member = north.attach(north.interface(subnet), instance, trunk_id=own.id)
    for there in (instance, other):
        north.refuses(
            attach(member, there, trunk_id=another.id),
            errors.NotOnTrunk,
            interface_id=member.id,
            trunk_id=another.id,
        )
    north.do(attach(member, instance, trunk_id=own.id))  # a repeat is tolerated here, and changes nothing
    assert member.attachment is not None
    assert member.attachment.trunk_id == own.id
