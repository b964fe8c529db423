"""What becomes of interfaces when their instance goes."""

import attrs
import pytest
from tests.core.builders import World
from tests.core.engine.commands import attach, delete, detach
from tests.core.model.rules import BOTH, NORTH, SOUTH

from duolect_core.model.lifecycles import InterfaceState
from duolect_core.model.resources import SECOND, InterfaceKind, OperationState


@BOTH
@pytest.mark.parametrize(
    ("goes", "state", "left"),
    [(True, InterfaceState.GONE, 0), (False, InterfaceState.AVAILABLE, 1)],
    ids=["goes", "stays"],
)
def test_an_attached_interface_goes_with_its_instance_or_stays_as_it_says(rules, goes, state, left):
    world = World(rules)
    subnet = world.subnet()
    instance = world.instance(subnet)
    interface = world.attach(world.interface(subnet, delete_on_release=goes), instance)
    world.do(delete(instance))
    world.wait()
    assert interface.state is state
    assert interface.attachment is None
    assert len(world.graph.interfaces) == left


@BOTH
@pytest.mark.parametrize("goes", [True, False], ids=["goes", "stays"])
@pytest.mark.parametrize("way", ["attach", "detach"])
def test_an_attachment_or_detachment_under_way_fails_with_its_instance(rules, goes, way):
    slow = attrs.evolve(rules.durations, attach=20 * SECOND, detach=20 * SECOND)
    world = World(attrs.evolve(rules, durations=slow))
    subnet = world.subnet()
    instance, interface = world.instance(subnet), world.interface(subnet, delete_on_release=goes)
    if way == "detach":
        world.attach(interface, instance)
    world.do((attach if way == "attach" else detach)(interface, instance), operation_id="it")
    world.do(delete(instance))
    world.wait(9 * SECOND)
    operation = world.partition.operation("it")
    assert operation.state is OperationState.FAILED
    assert operation.reason == f"instance {instance.id} was deleted"
    assert interface.state is (InterfaceState.GONE if goes else InterfaceState.AVAILABLE)
    assert interface.pending is None
    world.wait()
    assert operation.state is OperationState.FAILED


def test_an_attachment_that_ends_before_its_instance_succeeds():
    world = World(SOUTH)
    subnet = world.subnet()
    instance, interface = world.instance(subnet), world.interface(subnet)
    world.do(attach(interface, instance), operation_id="it")
    world.do(delete(instance))
    world.wait(3 * SECOND)
    assert interface.state is InterfaceState.IN_USE
    assert world.partition.operation("it").state is OperationState.SUCCEEDED
    world.wait()
    assert interface.state is InterfaceState.AVAILABLE


@pytest.mark.parametrize("trunk_goes", [True, False])
@pytest.mark.parametrize("member_goes", [True, False])
def test_trunk_and_members_each_go_or_stay_when_their_instance_goes(trunk_goes, member_goes):
    world = World(NORTH)
    subnet = world.subnet()
    instance = world.instance(subnet)
    trunk = world.trunk(instance, delete_on_release=trunk_goes)
    member, late = (world.interface(subnet, delete_on_release=member_goes) for _ in range(2))
    world.attach(member, instance, trunk_id=trunk.id)
    world.do(delete(instance))
    world.wait(8 * SECOND)
    assert late.state is InterfaceState.AVAILABLE
    world.wait()
    expected = [trunk.id] * (not trunk_goes) + [member.id] * (not member_goes) + [late.id]
    assert list(world.graph.interfaces) == expected
    assert trunk.kind is InterfaceKind.TRUNK
    assert member_goes or member.kind is InterfaceKind.SECONDARY
    assert not world.graph.interfaces_by_trunk.ids(trunk.id)


def test_a_member_that_is_still_attaching_is_let_go_with_its_instance():
    durations = attrs.evolve(NORTH.durations, attach=20 * SECOND)
    world = World(attrs.evolve(NORTH, durations=durations))
    subnet = world.subnet()
    instance = world.instance(subnet)
    trunk, member = world.trunk(instance), world.interface(subnet, delete_on_release=False)
    world.do(attach(member, instance, trunk_id=trunk.id))
    world.do(delete(instance))
    world.wait()
    assert (member.state, member.kind) == (InterfaceState.AVAILABLE, InterfaceKind.SECONDARY)


def test_an_interface_that_is_let_go_can_be_attached_elsewhere():
    world = World(SOUTH)
    subnet = world.subnet()
    first, second = world.instance(subnet), world.instance(subnet)
    interface = world.attach(world.interface(subnet), first)
    world.do(delete(first))
    world.wait()
    assert world.attach(interface, second).attachment.device_index == 1
