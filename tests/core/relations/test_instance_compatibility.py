"""Which instances an interface fits: their place, type, groups, slots and addresses."""

import pytest
from tests.core.builders import World
from tests.core.engine.commands import attach
from tests.core.model.rules import BOTH

from duolect_core import errors
from duolect_core.instances.lifecycle import StopInstances
from duolect_core.interfaces.lifecycle import DetachInterface
from duolect_core.model.resources import GroupKind
from duolect_core.relations.address_plans import ANY, ANY_PREFIX, AddressPlan

# -- place and type ----------------------------------------------------------------------------------


@BOTH
def test_attach_in_another_network_is_refused(rules):
    world = World(rules)
    instance, interface = world.instance(world.subnet()), world.interface(world.subnet())
    world.refuses(
        attach(interface, instance),
        errors.NetworkMismatch,
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
        attach(interface, instance), errors.ZoneMismatch, interface_zone=there.zone, instance_zone=here.zone
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
        errors.InterfacesUnsupported,
        instance_type="bare",
    )


@pytest.mark.parametrize("card", [-1, 2])
def test_a_network_card_that_the_type_lacks_is_refused(north, card):
    subnet = north.subnet()
    north.refuses(
        attach(north.interface(subnet), north.instance(subnet), card=card),
        errors.NetworkCardInvalid,
        instance_type="large",
        index=card,
        cards=2,
    )


def test_a_running_instance_without_hot_plug_takes_no_interface_until_it_is_stopped(north):
    subnet = north.subnet()
    instance, interface = north.instance(subnet, "cold"), north.interface(subnet)
    north.refuses(attach(interface, instance), errors.HotPlugUnsupported, instance_id=instance.id)
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
        errors.GroupKindUnsupported,
        instance_type="plain",
        kind=GroupKind.ENTERPRISE,
    )


def test_an_interface_with_another_kind_of_group_than_the_primary_one_is_refused(north):
    subnet = north.subnet()
    group = north.group(subnet, kind=GroupKind.ENTERPRISE)
    instance = north.instance(subnet)
    interface = north.interface(subnet, group_ids=(group.id,))
    north.refuses(attach(interface, instance), errors.GroupKindsMixed, resource_id=instance.id)


# -- slots -------------------------------------------------------------------------------------------


@BOTH
def test_one_interface_more_than_the_type_carries_is_refused(rules):
    world = World(rules)
    subnet = world.subnet()
    instance, interfaces = world.instance(subnet, "small"), [world.interface(subnet) for _ in range(2)]
    world.do(attach(interfaces[0], instance))
    command = attach(interfaces[1], instance)
    world.refuses(command, errors.InterfacesPerInstanceExceeded, resource_id=instance.id, limit=2)
    world.wait()
    world.refuses(command, errors.InterfacesPerInstanceExceeded)
    world.do(DetachInterface(interface_id=interfaces[0].id, instance_id=instance.id))
    world.refuses(command, errors.InterfacesPerInstanceExceeded)
    world.wait()
    world.do(command)


def test_extension_slots_are_counted_on_their_own(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    extension = north.attach(north.interface(subnet), instance, extension=True)
    assert extension.attachment.extension
    north.refuses(
        attach(north.interface(subnet), instance, extension=True),
        errors.InterfacesPerInstanceExceeded,
        limit=1,
    )
    for _ in range(3):
        north.attach(north.interface(subnet), instance)
    north.refuses(attach(north.interface(subnet), instance), errors.InterfacesPerInstanceExceeded, limit=4)


# -- addresses ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("type_name", "plan", "error", "facts"),
    [
        ("small", AddressPlan(secondaries=(ANY,) * 4), errors.Ipv4PerInterfaceExceeded, {"limit": 4}),
        (
            "small",
            AddressPlan(secondaries=(ANY,) * 3, ipv4_prefixes=(ANY_PREFIX,)),
            errors.Ipv4PerInterfaceExceeded,
            {"limit": 4},
        ),
        ("small", AddressPlan(ipv6=(ANY,)), errors.Ipv6Unsupported, {"instance_type": "small"}),
        (
            "small",
            AddressPlan(ipv6_prefixes=(ANY_PREFIX,)),
            errors.Ipv6Unsupported,
            {"instance_type": "small"},
        ),
        ("large", AddressPlan(ipv6=(ANY,) * 5), errors.Ipv6PerInterfaceExceeded, {"limit": 4}),
        (
            "large",
            AddressPlan(ipv6=(ANY,) * 4, ipv6_prefixes=(ANY_PREFIX,)),
            errors.Ipv6PerInterfaceExceeded,
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
