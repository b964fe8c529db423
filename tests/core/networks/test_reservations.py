"""Reservations in subnets: created, described and deleted, and what comes of them for addresses."""

from ipaddress import IPv4Network, IPv6Network

import pytest
from tests.core.builders import World
from tests.core.model.rules import BOTH, NORTH, SOUTH, STEPS, limited
from tests.core.networks.gateways import reservation

from duolect_core import errors
from duolect_core.addressing.pools import parse_ipv4
from duolect_core.engine.command_fault import CommandFault
from duolect_core.interfaces.lifecycle import DeleteInterface
from duolect_core.interfaces.private_ips import AssignAddresses, UnassignAddresses
from duolect_core.model.lifecycles import ServiceState
from duolect_core.networks.changes import TakeSubnetsIpv6
from duolect_core.networks.deletion import DeleteNetwork, DeleteSubnet
from duolect_core.networks.reservations import (
    CreateCidrReservation,
    DeleteCidrReservation,
    ModifyCidrReservation,
    used_prefixes,
)
from duolect_core.relations.address_plans import (
    ANY_PREFIX,
    AddressPlan,
    AddressRequest,
    PrefixRequest,
)


def certain(text):
    ip, _, length = text.partition("/")
    return PrefixRequest(parse_ipv4(ip), int(length))


def create(subnet, block):
    kind = IPv6Network if ":" in block else IPv4Network
    return CreateCidrReservation(subnet_id=subnet.id, block=kind(block))


@BOTH
def test_a_reservation_lives_and_goes(rules):
    world = World(rules)
    subnet = world.subnet()
    free = subnet.pool.free
    more = {"name": "n", "description": "d", "tags": {"k": "v"}, "extras": {"x": 1}}
    block = IPv4Network("10.0.0.64/26")
    made = world.do(CreateCidrReservation(subnet_id=subnet.id, block=block, **more))
    late = rules.provision_is_asynchronous
    assert made.state is (ServiceState.PENDING if late else ServiceState.AVAILABLE)
    assert (made.name, made.description, made.tags, made.extras) == ("n", "d", {"k": "v"}, {"x": 1})
    assert subnet.pool.free == free - 64
    if late:
        world.refuses(
            DeleteCidrReservation(made.id),
            errors.CidrReservationBusy,
            reservation_id=made.id,
            state="pending",
        )
        world.wait(STEPS.change_reservation)
    world.do(ModifyCidrReservation(reservation_id=made.id, name="m"))
    assert (made.name, made.description, made.extras) == ("m", "d", {"x": 1})
    world.do(DeleteCidrReservation(made.id))
    if late:
        assert made.state is ServiceState.DELETING
        assert subnet.pool.free == free - 64
        world.wait(STEPS.change_reservation)
    assert made.state is ServiceState.GONE
    assert subnet.pool.free == free
    assert world.graph.cidr_reservations == {}
    gone = errors.CidrReservationNotFound
    world.refuses(ModifyCidrReservation(reservation_id=made.id), gone, resource_id=made.id)


def test_a_reservation_that_cannot_go_stays():
    world = World(NORTH)
    made = reservation(world, world.subnet())
    world.do(DeleteCidrReservation(made.id), command_fault=CommandFault(fails=True))
    world.wait()
    assert made.state is ServiceState.AVAILABLE


@pytest.mark.parametrize(
    ("block", "error"),
    [
        ("10.0.0.0/24", errors.ReservationMaskInvalid),
        ("10.0.0.64/29", errors.ReservationMaskInvalid),
        ("10.0.0.0/26", errors.ReservationOutsideSubnet),
        ("10.0.0.192/26", errors.ReservationOutsideSubnet),
        ("10.0.1.0/26", errors.ReservationOutsideSubnet),
        ("10.0.0.128/26", errors.ReservationTaken),
        ("10.0.0.64/26", errors.ReservationTaken),
        ("2001:db8::/66", errors.Ipv6Disabled),
    ],
)
def test_what_cannot_be_reserved(block, error):
    world = World(NORTH)
    subnet = world.subnet()
    world.interface(subnet, AddressPlan(primary=AddressRequest(parse_ipv4("10.0.0.70"))))
    world.do(create(subnet, "10.0.0.144/28"))
    with pytest.raises(error):
        world.do(create(subnet, block))


def test_by_a_mask_the_lowest_free_block_is_reserved():
    world = World(NORTH)
    subnet = world.subnet(ipv6_index=0)
    world.interface(subnet, AddressPlan(primary=AddressRequest(parse_ipv4("10.0.0.70"))))
    assert reservation(world, subnet, 26).block == IPv4Network("10.0.0.128/26")
    assert reservation(world, subnet, 28).block == IPv4Network("10.0.0.16/28")
    taken = errors.ReservationTaken
    world.refuses(CreateCidrReservation(subnet_id=subnet.id, mask=26), taken, block="/26")
    wide = reservation(world, subnet, 66, ipv6=True)
    assert (wide.block.prefixlen, wide.free.size) == (66, 1 << 14)
    assert wide.block.subnet_of(subnet.ipv6_block)


@BOTH
def test_addresses_are_never_drawn_from_it(rules):
    world = World(rules)
    subnet = world.subnet(block="10.0.0.0/26")
    made = reservation(world, subnet, 28)
    plan = AddressPlan(secondaries=(AddressRequest(),) * 4)
    while subnet.pool.free >= plan.ipv4_count:
        world.interface(subnet, plan)
    assert not any(ip in made for ip in subnet.pool.holders)
    inside = AddressPlan(primary=AddressRequest(made.prefixes[0]))
    with pytest.raises(errors.AddressInUse):
        world.interface(subnet, inside)


@BOTH
def test_prefixes_come_from_it_alone_where_none_is_named(rules):
    world = World(rules)
    subnet = world.subnet()
    first, second = reservation(world, subnet, 28), reservation(world, subnet, 28)
    interface = world.interface(subnet, AddressPlan(ipv4_prefixes=(ANY_PREFIX,)))
    assert interface.ipv4_prefixes[0] in first
    assert used_prefixes(world.graph, first) == [(interface.ipv4_prefixes[0], interface.id)]
    more = AssignAddresses(interface_id=interface.id, ipv4_prefixes=(ANY_PREFIX, ANY_PREFIX))
    world.refuses(more, errors.SubnetExhausted, wanted=2, free=1)
    world.do(AssignAddresses(interface_id=interface.id, ipv4_prefixes=(ANY_PREFIX,)))
    world.wait()
    assert interface.ipv4_prefixes[1] in second
    assert second.free.free == 0
    holds = errors.ReservationHoldsPrefixes
    world.refuses(DeleteCidrReservation(first.id), holds, held_by=interface.id)
    world.do(UnassignAddresses(interface_id=interface.id, ipv4_prefixes=interface.ipv4_prefixes[:1]))
    world.wait()
    assert (first.free.free, second.free.free) == (1, 0)
    world.do(DeleteInterface(interface.id))
    world.wait()
    assert second.free.free == 1


def test_prefixes_that_are_named_may_be_anywhere():
    world = World(NORTH)
    subnet = world.subnet()
    world.do(create(subnet, "10.0.0.64/27"))
    inside, outside = certain("10.0.0.80/28"), certain("10.0.0.128/28")
    with pytest.raises(errors.PrefixInUse):  # it is on its way yet
        world.interface(subnet, AddressPlan(ipv4_prefixes=(inside,)))
    world.wait()
    plan = AddressPlan(ipv4_prefixes=(inside, outside, ANY_PREFIX))
    interface = world.interface(subnet, plan)
    assert interface.ipv4_prefixes == (inside.ip, outside.ip, parse_ipv4("10.0.0.64"))
    with pytest.raises(errors.PrefixInUse):
        world.interface(subnet, AddressPlan(ipv4_prefixes=(inside,)))


def test_reservations_of_one_version_of_ip_say_nothing_of_the_other():
    world = World(SOUTH)
    subnet = world.subnet(ipv6_index=0)
    made = reservation(world, subnet, 66, ipv6=True)
    one = (ANY_PREFIX,)
    interface = world.interface(subnet, AddressPlan(ipv4_prefixes=one, ipv6_prefixes=one))
    assert interface.ipv6_prefixes[0] in made
    world.do(DeleteInterface(interface.id))
    world.wait()
    take = TakeSubnetsIpv6(network_id=subnet.network_id, blocks={subnet.id: None})
    holds = errors.SubnetHoldsIpv6Addresses
    world.refuses(take, holds)
    world.do(DeleteCidrReservation(made.id))
    world.wait()
    world.do(take)


@BOTH
def test_it_keeps_its_subnet(rules):
    world = World(rules)
    subnet = world.subnet()
    made = reservation(world, subnet)
    world.refuses(DeleteSubnet(subnet.id), errors.SubnetHoldsReservations, held_by=made.id)
    if rules.empty_subnets_go_with_network:
        world.refuses(DeleteNetwork(subnet.network_id), errors.SubnetHoldsReservations)
    world.do(DeleteCidrReservation(made.id))
    world.wait()
    world.do(DeleteSubnet(subnet.id))


def test_a_network_has_so_many_of_each_version_of_ip():
    world = World(limited(NORTH, reservations_per_network=1))
    subnet = world.subnet(ipv6_index=0)
    reservation(world, subnet)
    reservation(world, subnet, 80, ipv6=True)
    more = CreateCidrReservation(subnet_id=subnet.id, mask=28)
    world.refuses(more, errors.ReservationQuotaExceeded, limit=1)
    absent = CreateCidrReservation(subnet_id="absent", mask=28)
    world.refuses(absent, errors.SubnetNotFound)
