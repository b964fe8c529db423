"""Describing private addresses."""

from tests.core.builders import World, ip, ips
from tests.core.engine.commands import assign
from tests.core.interfaces.addresses import interface_with_everything
from tests.core.model.rules import BOTH

from duolect_core.errors import (
    AddressNotAssigned,
    InterfaceManaged,
    InterfaceNotFound,
)
from duolect_core.interfaces.private_ips import (
    SetAddressDescriptions,
)
from duolect_core.model.resources import InterfaceKind


@BOTH
def test_addresses_of_both_families_are_described(rules):
    world = World(rules)
    interface = interface_with_everything(world)
    descriptions = {interface.primary_ip: "first", interface.ipv6[1].ip: "sixth"}
    command = SetAddressDescriptions(interface_id=interface.id, descriptions=descriptions)
    assert world.do(command) is interface
    assert [address.description for address in interface.ipv4] == ["first", "", ""]
    assert [address.description for address in interface.ipv6] == ["", "sixth"]


def test_all_addresses_are_described_or_none(north):
    interface = interface_with_everything(north)
    descriptions = {interface.primary_ip: "first", ip("10.0.0.66"): "stray"}
    command = SetAddressDescriptions(interface_id=interface.id, descriptions=descriptions)
    north.refuses(command, AddressNotAssigned, address="10.0.0.66")


def test_nothing_is_described_on_what_is_not_there_or_not_the_callers(north):
    interface = north.interface(north.subnet(), managed=True)
    absent = SetAddressDescriptions(interface_id="absent", descriptions={})
    north.refuses(absent, InterfaceNotFound, resource_id="absent")
    north.refuses(SetAddressDescriptions(interface_id=interface.id, descriptions={}), InterfaceManaged)


def test_a_trunk_gets_addresses_like_any_other_interface(north):
    subnet = north.subnet()
    trunk = north.trunk(north.instance(subnet))
    north.do(assign(trunk, "10.0.0.5"))
    assert trunk.kind is InterfaceKind.TRUNK
    assert ips(trunk)[1:] == ["10.0.0.5"]
