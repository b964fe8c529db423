"""Whether an interface and an instance fit together: one reason at a time, and none when they do."""

import pytest
from tests.core.builders import BOTH, NORTH, World, typed

from duolect_core.errors import (
    CannotBecomeMember,
    GroupKindsMixed,
    GroupKindUnsupported,
    HotPlugUnsupported,
    InterfaceKindUnsupported,
    InterfacesPerInstanceExceeded,
    InterfacesUnsupported,
    Ipv4PerInterfaceExceeded,
    Ipv6PerInterfaceExceeded,
    Ipv6Unsupported,
    NetworkCardInvalid,
    NetworkMismatch,
    NotATrunk,
    NotOnTrunk,
    QueuePairsPerInstanceExceeded,
    QueuePairsPerInterfaceExceeded,
    QueuesPerInstanceExceeded,
    QueuesPerInterfaceExceeded,
    RdmaInterfacesExceeded,
    RdmaOnMember,
    RdmaOnTrunk,
    RdmaUnsupported,
    RdmaWithIpv6,
    TrunkElsewhere,
    TrunkFull,
    TrunkNetworkMismatch,
    TrunkNotInUse,
    TrunkUnsupported,
    ZoneMismatch,
)
from duolect_core.instances.lifecycle import StopInstances
from duolect_core.interfaces.lifecycle import AttachInterface, DetachInterface
from duolect_core.model.lifecycles import InterfaceState
from duolect_core.model.resources import GroupKind, InterfaceKind
from duolect_core.relations.address_plans import ANY, ANY_PREFIX, AddressPlan
from duolect_core.relations.compatibility import effective_queues


@pytest.fixture
def north():
    return World(NORTH)


def attach(interface, instance, **more):
    return AttachInterface(interface_id=interface.id, instance_id=instance.id, **more)


# -- place and type ----------------------------------------------------------------------------------


@BOTH
def test_attach_in_another_network_is_refused(rules):
    world = World(rules)
    instance, interface = world.instance(world.subnet()), world.interface(world.subnet())
    world.refuses(
        attach(interface, instance),
        NetworkMismatch,
        resource_id=interface.id,
        network_id=interface.network_id,
        other_id=instance.id,
        other_network_id=instance.network_id,
    )


@BOTH
def test_attach_in_another_zone_is_refused(rules):
    world = World(rules)
    network = world.network()
    here, there = world.subnet(network), world.subnet(network, "10.0.1.0/24", zone=1)
    instance, interface = world.instance(here), world.interface(there)
    world.refuses(
        attach(interface, instance), ZoneMismatch, interface_zone=there.zone, instance_zone=here.zone
    )


@BOTH
def test_attach_in_another_subnet_of_the_zone_is_granted(rules):
    world = World(rules)
    network = world.network()
    here, near = world.subnet(network), world.subnet(network, "10.0.1.0/24")
    world.attach(world.interface(near), world.instance(here))


def test_a_type_that_takes_no_interfaces_is_refused(north):
    subnet = north.subnet()
    north.refuses(
        attach(north.interface(subnet), north.instance(subnet, "bare")),
        InterfacesUnsupported,
        instance_type="bare",
    )


@pytest.mark.parametrize("card", [-1, 2])
def test_a_network_card_that_the_type_lacks_is_refused(north, card):
    subnet = north.subnet()
    north.refuses(
        attach(north.interface(subnet), north.instance(subnet), card=card),
        NetworkCardInvalid,
        instance_type="large",
        index=card,
        cards=2,
    )


def test_a_running_instance_without_hot_plug_takes_no_interface_until_it_is_stopped(north):
    subnet = north.subnet()
    instance, interface = north.instance(subnet, "cold"), north.interface(subnet)
    north.refuses(attach(interface, instance), HotPlugUnsupported, instance_id=instance.id)
    north.do(StopInstances((instance.id,)))
    north.wait()
    north.attach(interface, instance)


# -- security groups ---------------------------------------------------------------------------------


def test_an_enterprise_group_on_a_type_without_them_is_refused(north):
    subnet = north.subnet()
    group = north.group(subnet, kind=GroupKind.ENTERPRISE)
    interface = north.interface(subnet, group_ids=(group.id,))
    north.refuses(
        attach(interface, north.instance(subnet, "plain")),
        GroupKindUnsupported,
        instance_type="plain",
        kind=GroupKind.ENTERPRISE,
    )


def test_an_interface_with_another_kind_of_group_than_the_primary_one_is_refused(north):
    subnet = north.subnet()
    group = north.group(subnet, kind=GroupKind.ENTERPRISE)
    instance = north.instance(subnet)
    interface = north.interface(subnet, group_ids=(group.id,))
    north.refuses(attach(interface, instance), GroupKindsMixed, resource_id=instance.id)


# -- slots -------------------------------------------------------------------------------------------


@BOTH
def test_one_interface_more_than_the_type_carries_is_refused(rules):
    world = World(rules)
    subnet = world.subnet()
    instance, interfaces = world.instance(subnet, "small"), [world.interface(subnet) for _ in range(2)]
    world.do(attach(interfaces[0], instance))
    command = attach(interfaces[1], instance)
    world.refuses(command, InterfacesPerInstanceExceeded, resource_id=instance.id, limit=2)
    world.wait()
    world.refuses(command, InterfacesPerInstanceExceeded)
    world.do(DetachInterface(interface_id=interfaces[0].id, instance_id=instance.id))
    world.refuses(command, InterfacesPerInstanceExceeded)
    world.wait()
    world.do(command)


def test_extension_slots_are_counted_on_their_own(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    extension = north.attach(north.interface(subnet), instance, extension=True)
    assert extension.attachment.extension
    north.refuses(
        attach(north.interface(subnet), instance, extension=True), InterfacesPerInstanceExceeded, limit=1
    )
    for _ in range(3):
        north.attach(north.interface(subnet), instance)
    north.refuses(attach(north.interface(subnet), instance), InterfacesPerInstanceExceeded, limit=4)


# -- trunks ------------------------------------------------------------------------------------------


def test_a_type_without_extension_slots_takes_no_extension(north):
    subnet = north.subnet()
    command = attach(north.interface(subnet), north.instance(subnet, "small"), extension=True)
    north.refuses(command, InterfacesUnsupported, instance_type="small")


def test_members_take_no_slot_of_the_instance_even_as_extensions(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    trunk = north.trunk(instance)
    for _ in range(2):
        north.attach(north.interface(subnet), instance, trunk_id=trunk.id, extension=True)
    north.attach(north.interface(subnet), instance, extension=True)
    for _ in range(2):
        north.attach(north.interface(subnet), instance)
    north.refuses(attach(north.interface(subnet), instance), InterfacesPerInstanceExceeded, limit=4)


def test_one_member_more_than_the_trunk_carries_is_refused(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    trunk = north.trunk(instance)
    for _ in range(2):
        north.attach(north.interface(subnet), instance, trunk_id=trunk.id)
    command = attach(north.interface(subnet), instance, trunk_id=trunk.id)
    north.refuses(command, TrunkFull, resource_id=trunk.id, limit=2)


def test_an_interface_becomes_a_member_when_it_is_in_use_on_the_trunk(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    trunk, interface = north.trunk(instance), north.interface(subnet)
    north.do(attach(interface, instance, trunk_id=trunk.id))
    assert interface.kind is InterfaceKind.SECONDARY
    north.wait()
    assert interface.kind is InterfaceKind.MEMBER
    assert list(north.graph.interfaces_by_trunk.ids(trunk.id)) == [interface.id]
    north.refuses(attach(interface, instance), InterfaceKindUnsupported, kind=InterfaceKind.MEMBER)


def test_a_trunk_cannot_become_a_member(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    trunk, other = north.trunk(instance), north.interface(subnet, kind=InterfaceKind.TRUNK)
    north.refuses(attach(other, instance, trunk_id=trunk.id), CannotBecomeMember, kind=InterfaceKind.TRUNK)


def test_an_interface_that_is_no_trunk_takes_no_members(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    primary = north.primary(instance)
    north.refuses(
        attach(north.interface(subnet), instance, trunk_id=primary.id),
        NotATrunk,
        interface_id=primary.id,
        kind=InterfaceKind.PRIMARY,
    )


def test_a_type_without_members_takes_neither_trunks_nor_members(north):
    subnet = north.subnet()
    small = north.instance(subnet, "small")
    trunk = north.interface(subnet, kind=InterfaceKind.TRUNK)
    north.refuses(attach(trunk, small), TrunkUnsupported, instance_type="small")
    north.refuses(attach(north.interface(subnet), small, trunk_id=trunk.id), TrunkUnsupported)


@BOTH
def test_a_trunk_that_is_not_in_use_takes_no_members(rules):
    world = World(rules)
    subnet = world.subnet()
    instance = world.instance(subnet)
    trunk = world.interface(subnet, kind=InterfaceKind.TRUNK)
    command = attach(world.interface(subnet), instance, trunk_id=trunk.id)
    world.refuses(command, TrunkNotInUse, state=InterfaceState.AVAILABLE)
    world.do(attach(trunk, instance))
    world.refuses(command, TrunkNotInUse, state=InterfaceState.ATTACHING)
    world.wait()
    world.do(command)


def test_a_trunk_of_another_instance_is_refused(north):
    subnet = north.subnet()
    trunk, other = north.trunk(north.instance(subnet)), north.instance(subnet)
    north.refuses(
        attach(north.interface(subnet), other, trunk_id=trunk.id),
        TrunkElsewhere,
        interface_id=trunk.id,
        instance_id=other.id,
    )


def test_a_trunk_in_another_network_is_refused(north):
    subnet, other = north.subnet(), north.subnet()
    instance, interface = north.instance(subnet), north.interface(subnet)
    trunk = north.interface(other, kind=InterfaceKind.TRUNK)
    north.refuses(
        attach(interface, instance, trunk_id=trunk.id),
        TrunkNetworkMismatch,
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
            NotOnTrunk,
            interface_id=member.id,
            trunk_id=another.id,
        )
    north.refuses(attach(member, instance, trunk_id=own.id), InterfaceKindUnsupported)


# -- addresses ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("type_name", "plan", "error", "facts"),
    [
        ("small", AddressPlan(secondaries=(ANY,) * 4), Ipv4PerInterfaceExceeded, {"limit": 4}),
        (
            "small",
            AddressPlan(secondaries=(ANY,) * 3, ipv4_prefixes=(ANY_PREFIX,)),
            Ipv4PerInterfaceExceeded,
            {"limit": 4},
        ),
        ("small", AddressPlan(ipv6=(ANY,)), Ipv6Unsupported, {"instance_type": "small"}),
        ("small", AddressPlan(ipv6_prefixes=(ANY_PREFIX,)), Ipv6Unsupported, {"instance_type": "small"}),
        ("large", AddressPlan(ipv6=(ANY,) * 5), Ipv6PerInterfaceExceeded, {"limit": 4}),
        (
            "large",
            AddressPlan(ipv6=(ANY,) * 4, ipv6_prefixes=(ANY_PREFIX,)),
            Ipv6PerInterfaceExceeded,
            {"limit": 4},
        ),
    ],
)
def test_more_addresses_than_the_type_allows_are_refused(north, type_name, plan, error, facts):
    subnet = north.subnet(ipv6_index=0)
    command = attach(north.interface(subnet, plan), north.instance(subnet, type_name))
    north.refuses(command, error, **facts)


def test_as_many_addresses_as_the_type_allows_are_granted(north):
    subnet = north.subnet(ipv6_index=0)
    plan = AddressPlan(secondaries=(ANY,) * 6, ipv4_prefixes=(ANY_PREFIX,), ipv6=(ANY,) * 4)
    north.attach(north.interface(subnet, plan), north.instance(subnet))


# -- RDMA and queues ---------------------------------------------------------------------------------


def test_rdma_on_a_type_without_it_is_refused(north):
    subnet = north.subnet()
    command = attach(north.interface(subnet, rdma=True), north.instance(subnet, "small"))
    north.refuses(command, RdmaUnsupported, instance_type="small")


def test_a_member_in_rdma_mode_is_refused(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    trunk, interface = north.trunk(instance), north.interface(subnet, rdma=True)
    north.refuses(attach(interface, instance, trunk_id=trunk.id), RdmaOnMember, interface_id=interface.id)


def test_a_trunk_in_rdma_mode_is_refused(north):
    subnet = north.subnet()
    trunk = north.interface(subnet, rdma=True, kind=InterfaceKind.TRUNK)
    north.refuses(attach(trunk, north.instance(subnet)), RdmaOnTrunk, interface_id=trunk.id)


@pytest.mark.parametrize("plan", [AddressPlan(ipv6=(ANY,)), AddressPlan(ipv6_prefixes=(ANY_PREFIX,))])
def test_rdma_with_ipv6_is_refused(north, plan):
    subnet = north.subnet(ipv6_index=0)
    interface = north.interface(subnet, plan, rdma=True)
    north.refuses(attach(interface, north.instance(subnet)), RdmaWithIpv6, interface_id=interface.id)


def test_one_rdma_interface_more_than_the_type_carries_is_refused():
    world = World(typed(NORTH, "large", rdma_interfaces=1))
    subnet = world.subnet()
    instance = world.instance(subnet)
    world.attach(world.interface(subnet, rdma=True, queue_pairs=1), instance)
    world.refuses(attach(world.interface(subnet, rdma=True), instance), RdmaInterfacesExceeded, limit=1)
    world.attach(world.interface(subnet), instance)


def test_more_queue_pairs_than_one_interface_may_have_are_refused(north):
    subnet = north.subnet()
    interface = north.interface(subnet, rdma=True, queue_pairs=11)
    north.refuses(attach(interface, north.instance(subnet)), QueuePairsPerInterfaceExceeded, limit=10)


@pytest.mark.parametrize(("first", "second"), [(None, 6), (6, None), (8, 8)])
def test_queue_pairs_of_all_interfaces_together_are_limited_and_none_means_the_most(north, first, second):
    subnet = north.subnet()
    instance = north.instance(subnet)
    north.attach(north.interface(subnet, rdma=True, queue_pairs=first), instance)
    interface = north.interface(subnet, rdma=True, queue_pairs=second)
    north.refuses(attach(interface, instance), QueuePairsPerInstanceExceeded, limit=15)


def test_queue_pairs_that_fit_exactly_are_granted(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    for pairs in (None, 5):
        north.attach(north.interface(subnet, rdma=True, queue_pairs=pairs), instance)


def test_more_queues_than_one_interface_may_have_are_refused(north):
    subnet = north.subnet()
    interface = north.interface(subnet, queues=7)
    north.refuses(attach(interface, north.instance(subnet)), QueuesPerInterfaceExceeded, limit=6)


def test_queues_of_all_interfaces_together_are_limited(north):
    subnet = north.subnet()
    instance = north.instance(subnet)  # its primary interface uses four of the twelve
    north.attach(north.interface(subnet, queues=5), instance)
    north.refuses(attach(north.interface(subnet, queues=4), instance), QueuesPerInstanceExceeded, limit=12)
    north.attach(north.interface(subnet, queues=3), instance)


def test_an_interface_without_a_wish_for_queues_takes_what_is_left(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    north.attach(north.interface(subnet, queues=6), instance)
    for _ in range(2):
        north.attach(north.interface(subnet), instance)


def test_effective_queues_are_what_was_set_or_the_types_default(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    large = NORTH.instance_types["large"]
    assert effective_queues(north.primary(instance), large) == 4
    assert effective_queues(north.interface(subnet), large) == 2
    assert effective_queues(north.interface(subnet, queues=5), large) == 5
