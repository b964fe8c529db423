"""Interfaces that join security groups and leave them."""

import pytest
from tests.core.builders import World
from tests.core.engine.commands import join, leave
from tests.core.model.rules import BOTH, NORTH, SOUTH, limited

from duolect_core import errors
from duolect_core.instances.lifecycle import StopInstances
from duolect_core.interfaces.lifecycle import AttachInterface
from duolect_core.interfaces.modify import (
    JoinGroups,
    LeaveGroups,
)
from duolect_core.model.lifecycles import InstanceState
from duolect_core.model.resources import GroupKind
from duolect_core.relations.address_plans import ANY, AddressPlan


@BOTH
def test_interfaces_join_groups_in_addition_to_those_they_are_in(rules):
    world = World(rules)
    subnet = world.subnet()
    one, other = world.interface(subnet), world.interface(subnet)
    (old,) = one.group_ids
    group, second = world.group(subnet), world.group(subnet)
    assert world.do(join([one, other, one], group, second)) == (one, other)
    assert one.group_ids == other.group_ids == (old, group.id, second.id)
    world.do(join([one], group))
    assert one.group_ids == (old, group.id, second.id)


@BOTH
def test_interfaces_leave_groups_and_stay_in_the_others(rules):
    world = World(rules)
    subnet = world.subnet()
    one, other = world.interface(subnet), world.interface(subnet)
    (old,) = one.group_ids
    group = world.group(subnet)
    world.do(join([one, other], group))
    assert world.do(leave([one, other], group)) == (one, other)
    assert one.group_ids == other.group_ids == (old,)
    assert not world.graph.interfaces_by_group.ids(group.id)


@pytest.mark.parametrize("command", [JoinGroups, LeaveGroups])
def test_what_is_not_there_or_not_the_callers_neither_joins_nor_leaves(north, command):
    subnet = north.subnet()
    interface, managed = north.interface(subnet), north.interface(subnet, managed=True)
    (group_id,) = interface.group_ids
    for interface_ids, group_ids, error in (
        (("absent",), (group_id,), errors.InterfaceNotFound),
        ((interface.id,), ("absent",), errors.GroupNotFound),
        ((managed.id,), (group_id,), errors.InterfaceManaged),
    ):
        north.refuses(command(interface_ids=interface_ids, group_ids=group_ids), error)


@pytest.mark.parametrize("command", [join, leave])
def test_a_steady_interface_joins_and_leaves_where_that_matters(command):
    for rules in (NORTH, SOUTH):
        world = World(rules)
        subnet = world.subnet()
        instance, interface = world.instance(subnet), world.interface(subnet)
        group = world.group(subnet)
        world.do(join([interface], group))
        world.do(AttachInterface(interface_id=interface.id, instance_id=instance.id))
        if rules.groups_need_steady_state:
            world.refuses(
                command([interface], group), errors.InterfaceWrongState, interface_id=interface.id
            )
        else:
            world.do(command([interface], group))


def test_a_primary_interface_joins_while_its_instance_is_steady(north):
    subnet = north.subnet()
    instance, group = north.instance(subnet), north.group(subnet)
    north.do(StopInstances((instance.id,)))
    command = join([north.primary(instance)], group)
    north.refuses(command, errors.InstanceWrongState, state=InstanceState.STOPPING)
    north.wait()
    north.do(command)


def test_interfaces_that_join_are_checked_as_at_creation(north):
    subnet = north.subnet()
    interface = north.interface(subnet)
    enterprise = north.group(subnet, kind=GroupKind.ENTERPRISE)
    north.refuses(join([interface], enterprise), errors.GroupKindsMixed, resource_id=interface.id)
    north.partition.rules = limited(NORTH, groups_per_interface=1)
    more = join([interface], north.group(subnet))
    north.refuses(more, errors.GroupsPerInterfaceExceeded, resource_id=interface.id)


def test_interfaces_that_join_together_need_capacity_together(north):
    subnet = north.subnet()
    plan = AddressPlan(secondaries=(ANY,))
    interfaces = [north.interface(subnet, plan) for _ in range(2)]
    group = north.group(subnet)
    north.partition.rules = limited(NORTH, basic_group_members=3)
    north.refuses(join(interfaces, group), errors.GroupMembersExceeded, resource_id=group.id)
    north.partition.rules = limited(NORTH, basic_group_members=4)
    north.do(join(interfaces, group))
    north.do(join(interfaces, group))


def test_interfaces_that_join_an_enterprise_group_together_are_counted_together(north):
    subnet = north.subnet()
    first, group = (north.group(subnet, kind=GroupKind.ENTERPRISE) for _ in range(2))
    interfaces = [north.interface(subnet, group_ids=(first.id,)) for _ in range(2)]
    north.partition.rules = limited(NORTH, enterprise_group_interfaces=1)
    north.refuses(join(interfaces, group), errors.GroupInterfacesExceeded, resource_id=group.id)


def test_an_interface_stays_in_its_last_group_where_it_needs_one(north, south):
    subnet = north.subnet()
    interface, group = north.interface(subnet), north.group(subnet)
    north.do(join([interface], group))
    every = [north.graph.groups[group_id] for group_id in interface.group_ids]
    north.refuses(leave([interface], *every), errors.LastGroup, interface_id=interface.id)
    subnet = south.subnet()
    interface = south.interface(subnet)
    south.do(leave([interface], *south.graph.groups.values()))
    assert interface.group_ids == ()


def test_leaving_a_group_that_the_interface_is_not_in_is_an_error_in_one_cloud_only(north, south):
    for world in (north, south):
        subnet = world.subnet()
        interface, group = world.interface(subnet), world.group(subnet)
        if world is north:
            facts = {"interface_id": interface.id, "group_id": group.id}
            world.refuses(leave([interface], group), errors.NotInGroup, **facts)
        else:
            world.do(leave([interface], group))
            assert len(interface.group_ids) == 1
