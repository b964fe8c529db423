"""Of a plain address an interface keeps the number, and shows of it what it shows of any other."""

import attrs
from tests.core.builders import World, certain
from tests.core.engine.commands import create
from tests.core.model.rules import NORTH, SOUTH

from duolect_core.engine.command_fault import CommandFault
from duolect_core.engine.idempotency import Token
from duolect_core.interfaces.lifecycle import DeleteInterface
from duolect_core.model.addresses import PrivateAddress
from duolect_core.model.lifecycles import AddressState, InterfaceState
from duolect_core.relations.address_plans import ANY, AddressPlan, AddressRequest


def test_plain_addresses_are_shown_as_what_they_are():
    world = World(NORTH)
    plan = AddressPlan(primary=certain("10.0.0.7")[0], secondaries=certain("10.0.0.9"), ipv6=(ANY,))
    interface = world.interface(world.subnet(ipv6_index=0), plan)
    first, second = interface.ipv4_ips
    (ipv6,) = interface.ipv6_ips
    assert interface.ipv4 == (PrivateAddress(first, primary=True), PrivateAddress(second))
    assert interface.ipv6 == (PrivateAddress(ipv6),)
    assert interface.special_addresses == ()
    assert interface.primary_ip == first


def test_what_is_said_of_an_address_is_kept_as_long_as_it_is_said():
    world = World(NORTH)
    plan = AddressPlan(secondaries=(AddressRequest(description="x"), ANY))
    interface = world.interface(world.subnet(), plan)
    plain = interface.ipv4[2]
    assert [each.description for each in interface.ipv4] == ["", "x", ""]
    assert interface.special_addresses == interface.ipv4[1:2]
    interface.put_addresses([attrs.evolve(interface.ipv4[1], description=""), attrs.evolve(plain, since=7)])
    assert [each.since for each in interface.ipv4] == [None, None, 7]
    assert interface.special_addresses == interface.ipv4[2:]
    interface.put_addresses([plain])
    assert interface.special_addresses == ()


def test_plain_addresses_come_up_with_their_interface():
    world = World(SOUTH)
    plan = AddressPlan(secondaries=(AddressRequest(description="x"), ANY))
    interface = world.do(create(world.subnet(), addresses=plan))
    assert {each.state for each in interface.ipv4} == {AddressState.PENDING}
    world.wait()
    assert interface.state is InterfaceState.AVAILABLE
    assert {each.state for each in interface.ipv4} == {AddressState.AVAILABLE}


def test_the_addresses_of_an_interface_that_never_came_up_are_pending_to_the_end():
    world = World(attrs.evolve(NORTH, create_is_asynchronous=True))
    subnet = world.subnet()
    command = create(subnet, *world.default_groups(subnet))
    interface = world.do(command, command_fault=CommandFault(fails=True))
    world.wait()
    assert interface.state is InterfaceState.CREATE_FAILED
    gone = world.do(DeleteInterface(interface.id), token=Token("s", "t", "f"))
    assert gone.state is InterfaceState.GONE
    (remembered,) = world.partition.idempotency.entries().values()
    assert [each.state for each in remembered.result.ipv4] == [AddressState.PENDING]
