"""What becomes of a public address when something happens to its private one."""

import pytest
from tests.core.model.rules import NORTH
from tests.core.public_addresses.worlds import IN_USE, is_free

from duolect_core.instances.lifecycle import DeleteInstances, StopInstances
from duolect_core.interfaces.lifecycle import DeleteInterface, DetachInterface
from duolect_core.interfaces.private_ips import MoveAddress, UnassignAddresses
from duolect_core.model.public_addresses import Association
from duolect_core.model.resources import OperationState
from duolect_core.public_addresses.lifecycle import (
    DisassociatePublicAddress,
)


def test_it_stays_with_an_interface_that_is_attached_and_detached(world):
    address = world.associated()
    world.attach(world.only_interface, world.only_instance)
    world.do(DetachInterface(interface_id=world.only_interface.id, instance_id=world.only_instance.id))
    world.wait()
    assert (address.state, address.association.interface_id) == (IN_USE, world.only_interface.id)


def test_it_stays_with_an_instance_that_is_stopped(world):
    address = world.associated(instance_id=world.only_instance.id)
    world.do(StopInstances((world.only_instance.id,)))
    world.wait()
    assert address.state is IN_USE


def test_it_goes_along_with_its_private_address(world):
    other, ip_ = world.interface(world.only_subnet), world.second_ip
    coming, associated = world.public_address(), world.associated(interface_id=world.only_interface.id)
    world.associate(coming)
    world.do(MoveAddress(source_id=world.only_interface.id, destination_id=other.id, ip=ip_))
    world.wait()
    assert (coming.state, coming.association) == (IN_USE, Association(other.id, ip_))
    assert associated.association.interface_id == world.only_interface.id


def test_it_is_dissociated_from_an_address_that_is_unassigned(world):
    address, other = world.associated(), world.associated(interface_id=world.only_interface.id)
    world.do(UnassignAddresses(interface_id=world.only_interface.id, ipv4=(world.second_ip,)))
    world.wait()
    assert is_free(address)
    assert other.state is IN_USE


def test_it_is_dissociated_from_an_interface_that_is_deleted(world):
    addresses = [world.associated(), world.associated(interface_id=world.only_interface.id)]
    world.do(DeleteInterface(world.only_interface.id))
    assert [address.state for address in addresses] == [IN_USE, IN_USE]
    world.wait()
    assert all(map(is_free, addresses))


def test_it_is_dissociated_from_an_instance_that_is_deleted(world):
    first, other = world.associated(instance_id=world.only_instance.id), world.associated()
    world.attach(world.only_interface, world.only_instance)
    world.do(DeleteInstances(instance_ids=(world.only_instance.id,), force=True))
    world.wait()
    assert is_free(first)
    assert other.state is IN_USE


@pytest.mark.parametrize(
    ("associated", "kind", "state"),
    [
        (False, "associate-public-address", OperationState.FAILED),
        (True, "disassociate-public-address", OperationState.SUCCEEDED),
    ],
)
def test_what_is_under_way_ends_when_the_private_address_goes(world, associated, kind, state):
    if associated:
        address = world.associated()
        world.do(DisassociatePublicAddress(address.id))
    else:
        address = world.public_address()
        world.associate(address)
    operation = world.latest_operation(kind)
    world.do(DeleteInterface(world.only_interface.id))
    world.wait(NORTH.durations.delete_interface)
    assert is_free(address)
    assert operation.state is state
    assert bool(operation.reason) is (not associated)
