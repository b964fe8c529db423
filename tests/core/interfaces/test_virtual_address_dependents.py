"""Virtual addresses: what keeps them, what they keep, and public addresses on them."""

import pytest
from tests.core.builders import ip
from tests.core.engine.commands import FAILS
from tests.core.interfaces.virtual_world import VirtualWorld
from tests.core.model.rules import NORTH, SOUTH
from tests.core.routes.build import creation

from duolect_core import errors
from duolect_core.interfaces.virtual_addresses import (
    CreateVirtualAddress,
    DeleteVirtualAddress,
)
from duolect_core.model.lifecycles import PublicAddressState, VirtualAddressState
from duolect_core.model.routes import HopKind, NextHop
from duolect_core.networks.deletion import DeleteNetwork, DeleteSubnet
from duolect_core.public_addresses.lifecycle import (
    AllocatePublicAddresses,
    AssociatePublicAddress,
    DisassociatePublicAddress,
)
from duolect_core.routes.entries import DeleteRoutes

AVAILABLE = VirtualAddressState.AVAILABLE


@pytest.fixture(params=[NORTH, SOUTH], ids=["north", "south"])
def world(request):
    return VirtualWorld(request.param)


@pytest.fixture
def north():
    return VirtualWorld(NORTH)


@pytest.fixture
def south():
    return VirtualWorld(SOUTH)


# -- deleting ----------------------------------------------------------------------------------------


def test_it_is_given_back_to_its_subnet(world):
    address = world.virtual(tags={"k": "v"})
    world.do(DeleteVirtualAddress(address.id))
    world.wait()
    assert address.state is VirtualAddressState.GONE
    assert address.ip not in world.only_subnet.pool.holders
    assert not world.graph.is_carried(("k", "v"))
    world.refuses(DeleteVirtualAddress(address.id), errors.VirtualAddressNotFound)


def test_a_deletion_can_fail(north):
    address = north.virtual()
    north.do(DeleteVirtualAddress(address.id), command_fault=FAILS)
    assert address.state is VirtualAddressState.DELETING
    north.wait()
    assert address.state is AVAILABLE


def test_what_carries_it_keeps_it_where_the_cloud_says_so(north, south):
    for world in (north, south):
        address = world.virtual()
        world.associate(address, world.first)
        command = DeleteVirtualAddress(address.id)
        if world is north:
            world.refuses(command, errors.VirtualAddressHoldsCarriers, held_by=world.first.id)
        else:
            world.do(command)
            assert not world.graph.virtual_addresses_by_carrier.ids(world.first.id)


def test_routes_keep_it_where_they_hold(north, south):
    for world in (north, south):
        address = world.virtual()
        main = world.graph.route_tables[world.network_of.route_table_id]
        hop = NextHop(kind=HopKind.VIRTUAL_ADDRESS, id=address.id)
        (route,) = world.do(creation(main, "172.16.0.0/16", hop))
        world.wait()
        command = DeleteVirtualAddress(address.id)
        if world is north:
            world.refuses(command, errors.VirtualAddressHoldsRoutes, held_by=route.id)
            world.do(DeleteRoutes((route.id,)))
            world.wait()
        world.do(command)


def test_a_route_leads_to_a_virtual_address_that_is_there(world):
    address = world.virtual()
    main = world.graph.route_tables[world.network_of.route_table_id]
    for hop in (
        NextHop(kind=HopKind.VIRTUAL_ADDRESS, id="absent"),
        NextHop(kind=HopKind.ADDRESS, id="10.0.0.99"),
        NextHop(kind=HopKind.ADDRESS, id="none"),
    ):
        world.refuses(creation(main, "172.16.0.0/16", hop), errors.NextHopNotFound)
    other = world.graph.route_tables[world.network().route_table_id]
    hop = NextHop(kind=HopKind.VIRTUAL_ADDRESS, id=address.id)
    world.wait()
    world.refuses(creation(other, "172.16.0.0/16", hop), errors.NextHopNetworkMismatch)
    by_address = NextHop(kind=HopKind.ADDRESS, id="10.0.0.77")
    world.virtual(ip=ip("10.0.0.77"))
    world.do(creation(main, "172.16.0.0/16", by_address))


def test_it_keeps_its_subnet(world):
    empty = world.subnet(world.network_of, "10.0.2.0/24")
    address = world.do(CreateVirtualAddress(subnet_id=empty.id))
    world.wait()
    world.refuses(DeleteSubnet(empty.id), errors.SubnetHoldsVirtualAddresses, held_by=address.id)


def test_it_keeps_a_network_with_which_subnets_go(south):
    network = south.network()
    subnet = south.subnet(network)
    address = south.do(CreateVirtualAddress(subnet_id=subnet.id))
    south.refuses(DeleteNetwork(network.id), errors.NetworkHoldsVirtualAddresses, held_by=address.id)
    south.do(DeleteVirtualAddress(address.id))
    south.do(DeleteNetwork(network.id))


# -- public addresses --------------------------------------------------------------------------------


def test_a_public_address_is_associated_with_it(world):
    address = world.virtual()
    public, spare = world.do(AllocatePublicAddresses(count=2))
    world.wait()
    world.do(AssociatePublicAddress(address_id=public.id, virtual_id=address.id))
    world.wait()
    assert world.graph.public_address_of(address, address.ip) is public
    again = AssociatePublicAddress(address_id=spare.id, virtual_id=address.id)
    world.refuses(again, errors.AddressHasPublicAddress, address_id=public.id)
    command = DeleteVirtualAddress(address.id)
    world.refuses(command, errors.VirtualAddressHoldsPublicAddress, held_by=public.id)
    world.do(DisassociatePublicAddress(public.id))
    world.wait()
    assert (public.state, public.association) == (PublicAddressState.AVAILABLE, None)
    world.do(command)


def test_a_virtual_address_that_is_not_there_or_busy_takes_no_public_one(north):
    address = north.virtual()
    (public,) = north.do(AllocatePublicAddresses())
    absent = AssociatePublicAddress(address_id=public.id, virtual_id="absent")
    north.refuses(absent, errors.VirtualAddressNotFound)
    north.do(north.carrying(address, north.first))
    busy = AssociatePublicAddress(address_id=public.id, virtual_id=address.id)
    north.refuses(busy, errors.VirtualAddressBusy)
    north.wait()
    north.do(busy)
    north.refuses(busy, errors.PublicAddressBusy)
