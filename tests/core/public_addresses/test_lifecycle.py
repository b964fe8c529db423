"""Elastic public addresses: allocated, released, modified."""

import attrs
from tests.core.builders import World, ip
from tests.core.engine.commands import FAILS
from tests.core.model.rules import NORTH, SOUTH, limited
from tests.core.public_addresses.worlds import IN_USE, is_free

from duolect_core import errors
from duolect_core.model.lifecycles import PublicAddressState
from duolect_core.model.public_addresses import Association
from duolect_core.model.resources import OperationState
from duolect_core.public_addresses.lifecycle import (
    AllocatePublicAddresses,
    AssociatePublicAddress,
    DisassociatePublicAddress,
    ModifyPublicAddresses,
    ReleasePublicAddresses,
)

# -- allocating --------------------------------------------------------------------------------------


def test_addresses_come_out_of_the_regions_range_each_once(world):
    pool = world.graph.public_pool
    addresses = world.do(
        AllocatePublicAddresses(count=3, name="web", description="d", tags={"k": "v"}, extras={"x": 1})
    )
    assert len({address.ip for address in addresses}) == 3
    assert {pool.holders[address.ip] for address in addresses} == {address.id for address in addresses}
    for address in addresses:
        assert pool.is_usable(address.ip)
        assert (address.name, address.description) == ("web", "d")
        assert (address.tags, address.extras) == ({"k": "v"}, {"x": 1})
    assert list(world.graph.tag_values.ids(("PublicAddress", "k", "v"))) == [
        address.id for address in addresses
    ]


def test_a_new_address_is_there_at_once_where_creating_is_quick(north):
    (address,) = north.do(AllocatePublicAddresses())
    assert is_free(address)
    assert not [each for each in north.graph.operations.values() if each.kind.startswith("allocate")]


def test_a_new_address_comes_in_time_where_creating_takes_it(south):
    (address,) = south.do(AllocatePublicAddresses())
    assert address.state is PublicAddressState.PENDING
    operation = south.latest_operation("allocate-public-addresses")
    assert operation.due == south.at + SOUTH.durations.change_public_address
    south.wait()
    assert is_free(address)
    assert operation.state is OperationState.SUCCEEDED


def test_allocating_none_changes_nothing(south):
    assert south.do(AllocatePublicAddresses(count=0)) == ()


def test_a_certain_address_can_be_had_if_it_is_free(world):
    wanted = world.graph.public_pool.first + 5
    assert world.public_address(ips=(wanted,)).ip == wanted
    outside = ip("8.8.8.8")
    world.refuses(AllocatePublicAddresses(ips=(wanted,)), errors.PublicAddressUnavailable)
    world.refuses(
        AllocatePublicAddresses(ips=(outside,)), errors.PublicAddressUnavailable, address="8.8.8.8"
    )
    world.refuses(AllocatePublicAddresses(ips=(wanted + 1, wanted + 1)), errors.AddressRepeated)


def test_there_are_no_more_than_the_quota_allows():
    world = World(limited(NORTH, public_addresses=2))
    world.do(AllocatePublicAddresses())
    command = AllocatePublicAddresses(count=2)
    world.refuses(command, errors.PublicAddressQuotaExceeded, resource_id="north", limit=2)


def test_there_are_no_more_tags_than_the_quota_allows():
    tags = {"k": "v", "l": "v"}
    World(limited(NORTH, tags_per_resource=1)).refuses(
        AllocatePublicAddresses(tags=tags), errors.TagQuotaExceeded
    )


def test_there_are_no_more_than_the_region_has(north):
    north.do(AllocatePublicAddresses(count=14))
    north.refuses(AllocatePublicAddresses(count=3), errors.PublicAddressesExhausted, wanted=3, free=2)
    north.do(AllocatePublicAddresses(count=2))
    assert north.graph.public_pool.free == 0


# -- modifying ---------------------------------------------------------------------------------------


def test_what_is_said_of_addresses_changes_at_once(world):
    first, second = world.public_address(name="a", extras={"x": 1, "y": 1}), world.associated()
    ids = (first.id, second.id)
    world.do(ModifyPublicAddresses(address_ids=ids, description="d", extras={"y": 2}))
    assert (first.name, first.description, first.extras) == ("a", "d", {"x": 1, "y": 2})
    assert (second.description, second.extras) == ("d", {"y": 2})
    assert world.latest_operation("modify-public-addresses").state is OperationState.SUCCEEDED
    world.do(ModifyPublicAddresses(address_ids=ids, name="b"))
    assert (first.name, first.description) == ("b", "d")


def test_an_address_that_is_busy_is_not_modified(world):
    address = world.public_address()
    world.associate(address)
    world.refuses(ModifyPublicAddresses(address_ids=(address.id,), name="b"), errors.PublicAddressBusy)
    world.refuses(ModifyPublicAddresses(address_ids=("absent",), name="b"), errors.PublicAddressNotFound)


# -- what goes wrong ---------------------------------------------------------------------------------


def test_an_association_can_fail(world):
    address = world.public_address()
    command = AssociatePublicAddress(address_id=address.id, interface_id=world.only_interface.id)
    world.do(command, command_fault=FAILS)
    world.wait()
    assert is_free(address)
    assert world.latest_operation("associate-public-address").state is OperationState.FAILED


def test_a_disassociation_can_fail(world):
    address = world.associated()
    world.do(DisassociatePublicAddress(address.id), command_fault=FAILS)
    world.wait()
    assert address.state is IN_USE
    assert address.association == Association(world.only_interface.id, world.second_ip)


def test_a_release_can_fail(world):
    address = world.public_address()
    world.do(ReleasePublicAddresses((address.id,)), command_fault=FAILS)
    world.wait()
    assert is_free(address)


def test_a_quick_allocation_takes_time_where_it_is_delayed(north):
    (address,) = north.do(AllocatePublicAddresses(), command_fault=attrs.evolve(FAILS, pace=2))
    assert address.state is PublicAddressState.PENDING
    north.wait()
    assert is_free(address)
