"""Moving private addresses between interfaces."""

import pytest
from tests.core.builders import World, certain, ip, ips
from tests.core.engine.commands import assign, move, unassign
from tests.core.interfaces.addresses import primary_at, states
from tests.core.model.rules import BOTH, NORTH, SOUTH, limited

from duolect_core import errors
from duolect_core.interfaces.lifecycle import DeleteInterface
from duolect_core.interfaces.private_ips import (
    MoveAddress,
)
from duolect_core.model.lifecycles import AddressState
from duolect_core.model.resources import SECOND, OperationState
from duolect_core.relations.address_plans import AddressPlan


def two_of_one_subnet(world, **more):
    """Return two interfaces in one subnet, the first with an address to give."""
    subnet = world.subnet()
    plan = AddressPlan(primary=certain("10.0.0.9")[0], secondaries=certain("10.0.0.5"))
    return world.interface(subnet, plan), world.interface(subnet, primary_at("10.0.0.19"), **more)


def test_an_address_is_moved_at_once_where_creating_is_synchronous(north):
    source, destination = two_of_one_subnet(north)
    assert north.do(move(source, destination, "10.0.0.5")) is source
    assert (ips(source), ips(destination)) == (["10.0.0.9"], ["10.0.0.19", "10.0.0.5"])
    assert list(north.graph.interfaces_by_ip.ids(ip("10.0.0.5"))) == [destination.id]


def test_an_address_is_migrating_at_its_source_until_the_operation_is_due_where_it_is_not(south):
    source, destination = two_of_one_subnet(south)
    south.do(move(source, destination, "10.0.0.5"), operation_id="it")
    operation = south.partition.operation("it")
    assert (operation.kind, operation.resource_ids) == ("move-address", (source.id, destination.id))
    assert operation.destination_id == destination.id
    south.wait(10 * SECOND)
    assert source.ipv4[1].state is AddressState.MIGRATING
    assert ips(destination) == ["10.0.0.19"]
    south.wait(1 * SECOND)
    assert (ips(source), ips(destination)) == (["10.0.0.9"], ["10.0.0.19", "10.0.0.5"])
    assert destination.ipv4[1].state is AddressState.AVAILABLE
    assert operation.state is OperationState.SUCCEEDED


def test_an_address_moves_between_two_interfaces_only(north):
    source, _ = two_of_one_subnet(north)
    north.refuses(move(source, source, "10.0.0.5"), errors.AddressInUse, address="10.0.0.5")
    absent = MoveAddress(source_id="absent", destination_id=source.id, ip=0)
    north.refuses(absent, errors.InterfaceNotFound, resource_id="absent")
    absent = MoveAddress(source_id=source.id, destination_id="absent", ip=0)
    north.refuses(absent, errors.InterfaceNotFound, resource_id="absent")


def test_an_address_does_not_move_to_a_managed_or_busy_interface(north):
    source, managed = two_of_one_subnet(north, managed=True)
    north.refuses(move(source, managed, "10.0.0.5"), errors.InterfaceManaged, resource_id=managed.id)
    busy = north.interface(north.graph.subnets[source.subnet_id])
    north.do(DeleteInterface(busy.id))
    north.refuses(move(source, busy, "10.0.0.5"), errors.InterfaceWrongState, interface_id=busy.id)


def test_an_address_that_the_source_does_not_hold_is_not_moved(north):
    source, destination = two_of_one_subnet(north)
    north.refuses(move(source, destination, "10.0.0.6"), errors.AddressNotAssigned, address="10.0.0.6")


def test_an_address_does_not_leave_its_subnet(north):
    source, _ = two_of_one_subnet(north)
    network = north.graph.networks[source.network_id]
    other = north.interface(north.subnet(network, "10.0.1.0/24"))
    north.refuses(
        move(source, other, "10.0.0.5"),
        errors.SubnetMismatch,
        interface_id=source.id,
        subnet_id=source.subnet_id,
        other_id=other.id,
        other_subnet_id=other.subnet_id,
    )


@BOTH
def test_an_address_moves_to_where_there_is_capacity(rules):
    world = World(limited(rules, ipv4_per_detached_interface=2))
    source, destination = two_of_one_subnet(world)
    world.do(assign(destination, "10.0.0.6"))
    world.refuses(
        move(source, destination, "10.0.0.5"), errors.DetachedAddressesExceeded, resource_id=destination.id
    )


def test_a_moved_address_joins_the_groups_of_its_destination():
    world = World(limited(NORTH, basic_group_members=3))
    source, destination = two_of_one_subnet(world)
    (shared,) = source.group_ids
    world.do(move(source, destination, "10.0.0.5"))
    assert world.graph.group_load[shared] == 3
    subnet = world.graph.subnets[source.subnet_id]
    full = world.group(subnet)
    plan = AddressPlan(primary=certain("10.0.0.29")[0], secondaries=certain("10.0.0.28", "10.0.0.27"))
    third = world.interface(subnet, plan, group_ids=(full.id,))
    world.refuses(move(destination, third, "10.0.0.5"), errors.GroupMembersExceeded, resource_id=full.id)


@pytest.mark.parametrize("end", ["filled up", "gone"])
def test_an_address_stays_where_it_is_when_its_destination_no_longer_takes_it(end):
    world = World(limited(SOUTH, ipv4_per_detached_interface=2))
    source, destination = two_of_one_subnet(world)
    world.do(move(source, destination, "10.0.0.5"), operation_id="it")
    world.do(assign(destination, "10.0.0.6") if end == "filled up" else DeleteInterface(destination.id))
    world.wait()
    assert ips(source) == ["10.0.0.9", "10.0.0.5"]
    assert set(states(source)) == {AddressState.AVAILABLE}
    operation = world.partition.operation("it")
    assert operation.state is OperationState.FAILED
    assert operation.reason == f"interface {destination.id} no longer takes the address"
    world.do(unassign(source, "10.0.0.5"))
