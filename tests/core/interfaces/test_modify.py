"""Modifying what is said of interfaces, their groups and their settings."""

import attrs
import pytest
from tests.core.builders import World
from tests.core.engine.commands import modify
from tests.core.model.rules import BOTH, NORTH, limited

from duolect_core import errors
from duolect_core.interfaces.modify import (
    ModifyInterface,
)
from duolect_core.model.resources import GroupKind
from duolect_core.relations.address_plans import ANY, AddressPlan


@BOTH
def test_what_is_named_changes_and_all_else_stays(rules):
    world = World(rules)
    subnet = world.subnet()
    interface = world.interface(subnet, name="old", description="old", extras={"x": 1, "y": 1})
    changes = {
        "description": "",
        "delete_on_release": not interface.delete_on_release,
        "queues": 3,
        "queue_pairs": 4,
        "rdma": True,
        "protected": True,
    }
    before = attrs.evolve(interface)
    assert world.do(modify(interface, extras={"y": 2}, **changes)) is interface
    assert interface == attrs.evolve(before, extras={"x": 1, "y": 2}, **changes)
    world.do(modify(interface, name="new"))
    assert interface == attrs.evolve(before, extras={"x": 1, "y": 2}, name="new", **changes)


def test_extras_of_a_command_are_not_changed_by_later_ones(north):
    interface = north.interface(north.subnet())
    extras = {"x": 1}
    north.do(modify(interface, extras=extras))
    north.do(modify(interface, extras={"x": 2}))
    assert extras == {"x": 1}


def test_nothing_is_modified_that_is_not_there_or_not_the_callers(north):
    interface = north.interface(north.subnet(), managed=True)
    north.refuses(ModifyInterface(interface_id="absent"), errors.InterfaceNotFound, resource_id="absent")
    north.refuses(modify(interface, group_ids=("absent",)), errors.GroupNotFound, resource_id="absent")
    north.refuses(modify(interface, name="x"), errors.InterfaceManaged, resource_id=interface.id)


@pytest.mark.parametrize(
    "changes",
    [
        {"group_ids": ()},
        {"delete_on_release": False},
        {"group_ids": (), "queue_pairs": 1},
        {"delete_on_release": True, "rdma": False},
        {"protected": True},
        {"protected": False, "extras": {"x": 1}},
    ],
)
def test_groups_release_and_protection_of_a_primary_interface_do_not_change_where_they_are_fixed(
    north, changes
):
    primary = north.primary(north.instance(north.subnet()))
    north.refuses(modify(primary, name="x", **changes), errors.PrimaryOnlyNamed, interface_id=primary.id)
    north.do(modify(primary, name="x", description="y", extras={"x": 1}, rdma=False))
    assert (primary.name, primary.description, primary.extras["x"]) == ("x", "y", 1)


def test_the_queues_of_a_primary_interface_are_fixed_where_it_cannot_be_modified(north):
    primary = north.primary(north.instance(north.subnet()))
    north.refuses(modify(primary, queues=1, rdma=True), errors.PrimaryQueuesFixed, interface_id=primary.id)


def test_a_primary_interface_is_modified_like_others_where_the_cloud_allows_it(south):
    subnet = south.subnet()
    primary, group = south.primary(south.instance(subnet)), south.group(subnet)
    south.do(modify(primary, group_ids=(group.id,), queues=2))
    assert (primary.group_ids, primary.queues) == ((group.id,), 2)


@BOTH
def test_new_groups_replace_the_old_ones(rules):
    world = World(rules)
    subnet = world.subnet()
    interface = world.interface(subnet)
    (old,) = interface.group_ids
    new, newest = world.group(subnet), world.group(subnet)
    world.do(modify(interface, group_ids=(new.id, newest.id, new.id)))
    assert interface.group_ids == (new.id, newest.id)
    assert list(world.graph.interfaces_by_group.ids(new.id)) == [interface.id]
    assert world.graph.group_load[old] == 0
    world.do(modify(interface, group_ids=(newest.id, old)))
    assert interface.group_ids == (newest.id, old)


def test_new_groups_are_checked_as_at_creation(north):
    subnet = north.subnet()
    interface = north.interface(subnet)
    foreign = north.group(north.subnet(north.network()))
    north.refuses(modify(interface, group_ids=()), errors.GroupRequired, interface_id=interface.id)
    north.refuses(
        modify(interface, group_ids=(foreign.id,)),
        errors.GroupNetworkMismatch,
        resource_id=foreign.id,
        other_id=interface.id,
    )
    enterprise = north.group(subnet, kind=GroupKind.ENTERPRISE)
    north.refuses(
        modify(interface, group_ids=(*interface.group_ids, enterprise.id)),
        errors.GroupKindsMixed,
        resource_id=interface.id,
    )
    north.partition.rules = limited(NORTH, groups_per_interface=1)
    two = modify(interface, group_ids=(*interface.group_ids, north.group(subnet).id))
    north.refuses(two, errors.GroupsPerInterfaceExceeded, resource_id=interface.id, limit=1)


def test_all_groups_can_be_taken_off_where_none_is_needed(south):
    interface = south.interface(south.subnet())
    south.do(modify(interface, group_ids=()))
    assert interface.group_ids == ()


@BOTH
def test_only_groups_that_are_new_to_the_interface_need_capacity(rules):
    world = World(limited(rules, basic_group_members=2))
    subnet = world.subnet()
    addresses = AddressPlan(secondaries=(ANY,)) if rules.members_are_addresses else AddressPlan()
    first, second = world.group(subnet), world.group(subnet)
    interface = world.interface(subnet, addresses, group_ids=(first.id,))
    if not rules.members_are_addresses:
        world.interface(subnet, group_ids=(first.id,))
    world.do(modify(interface, group_ids=(first.id, second.id)))
    third = world.group(subnet)
    world.interface(subnet, group_ids=(third.id,))
    if not rules.members_are_addresses:
        world.interface(subnet, group_ids=(third.id,))
    full = modify(interface, group_ids=(first.id, third.id))
    world.refuses(full, errors.GroupMembersExceeded, resource_id=third.id, limit=2)


def test_groups_of_an_attached_interface_fit_its_instance(north):
    subnet = north.subnet()
    enterprise = north.group(subnet, kind=GroupKind.ENTERPRISE)
    on_large = north.attach(north.interface(subnet), north.instance(subnet))
    north.refuses(modify(on_large, group_ids=(enterprise.id,)), errors.GroupKindsMixed)
    on_plain = north.attach(north.interface(subnet), north.instance(subnet, "plain"))
    north.refuses(
        modify(on_plain, group_ids=(enterprise.id,)), errors.GroupKindUnsupported, instance_type="plain"
    )


def test_queues_of_an_attached_interface_fit_its_instance(north):
    subnet = north.subnet()
    instance, interface = north.instance(subnet), north.interface(subnet)
    north.do(modify(interface, queues=7))
    north.do(modify(interface, queues=2))
    north.attach(interface, instance)
    north.attach(north.interface(subnet, queues=5), instance)
    north.refuses(modify(interface, queues=7), errors.QueuesPerInterfaceExceeded, resource_id=interface.id)
    north.refuses(modify(interface, queues=4), errors.QueuesPerInstanceExceeded, limit=12)
    north.do(modify(interface, queues=3))


def test_an_attached_interface_enters_rdma_mode_where_its_instance_has_capacity(north):
    subnet = north.subnet()
    instance, interface = north.instance(subnet), north.interface(subnet)
    north.attach(interface, instance)
    north.attach(north.interface(subnet, rdma=True, queue_pairs=6), instance)
    north.refuses(modify(interface, rdma=True), errors.QueuePairsPerInstanceExceeded, limit=15)
    north.do(modify(interface, rdma=True, queue_pairs=9))
    north.refuses(modify(interface, queue_pairs=10), errors.QueuePairsPerInstanceExceeded)
    north.do(modify(interface, rdma=False, queue_pairs=10))
    small = north.attach(north.interface(subnet), north.instance(subnet, "small"))
    north.refuses(modify(small, rdma=True), errors.RdmaUnsupported, instance_type="small")


def test_rdma_mode_excludes_ipv6_trunks_and_members(north):
    subnet = north.subnet(ipv6_index=0)
    six = north.interface(subnet, AddressPlan(ipv6=(ANY,)))
    north.refuses(modify(six, rdma=True), errors.RdmaWithIpv6, interface_id=six.id)
    instance = north.instance(subnet)
    trunk = north.trunk(instance)
    member = north.attach(north.interface(subnet), instance, trunk_id=trunk.id)
    north.refuses(modify(trunk, rdma=True), errors.RdmaOnTrunk, interface_id=trunk.id)
    north.refuses(modify(member, rdma=True), errors.RdmaOnMember, interface_id=member.id)


def test_what_is_wrong_already_does_not_keep_other_values_from_changing(north):
    interface = north.interface(north.subnet(ipv6_index=0), AddressPlan(ipv6=(ANY,)), rdma=True)
    north.do(modify(interface, name="x", rdma=True))
    assert interface.name == "x"
