"""Elastic public addresses: associated with private ones, and disassociated."""

from tests.core.builders import ip
from tests.core.model.rules import BOTH, NORTH, typed
from tests.core.public_addresses.worlds import AVAILABLE, IN_USE, AddressWorld, is_free

from duolect_core import errors
from duolect_core.instances.lifecycle import StopInstances
from duolect_core.interfaces.lifecycle import AttachInterface
from duolect_core.interfaces.private_ips import MoveAddress
from duolect_core.model.lifecycles import PublicAddressState
from duolect_core.model.public_addresses import Association
from duolect_core.model.resources import OperationState
from duolect_core.public_addresses.lifecycle import (
    AllocatePublicAddresses,
    AssociatePublicAddress,
    DisassociatePublicAddress,
    ReleasePublicAddresses,
)

# -- associating -------------------------------------------------------------------------------------


def test_an_address_is_associated_with_one_of_an_interface(world):
    address = world.public_address()
    world.associate(address)
    assert address.state is PublicAddressState.ASSOCIATING
    assert address.association == Association(world.only_interface.id, world.second_ip)
    assert world.graph.public_address_of(world.only_interface, world.second_ip) is address
    assert list(world.graph.public_addresses_by_interface.ids(world.only_interface.id)) == [address.id]
    operation = world.latest_operation("associate-public-address")
    assert operation.due - operation.started == NORTH.durations.change_public_address
    world.wait()
    assert (address.state, address.pending) == (IN_USE, None)
    assert operation.state is OperationState.SUCCEEDED


def test_an_instance_stands_for_the_primary_address_of_its_primary_interface(world):
    address = world.associated(instance_id=world.only_instance.id)
    primary = world.primary(world.only_instance)
    assert address.association == Association(primary.id, primary.primary_ip)


def test_an_interface_stands_for_its_primary_address(world):
    assert (
        world.associated(interface_id=world.only_interface.id).association.ip
        == world.only_interface.primary_ip
    )


def test_what_is_said_of_an_association_is_stored_with_the_address(world):
    address = world.public_address(extras={"a": 1, "b": 1})
    world.do(
        AssociatePublicAddress(address_id=address.id, interface_id=world.only_interface.id, extras={"b": 2})
    )
    assert address.extras == {"a": 1, "b": 2}


def test_a_primary_interface_is_named_by_its_instance_where_the_cloud_wants_it_so(north, south):
    for world, refused in ((north, True), (south, False)):
        address, primary = world.public_address(), world.primary(world.only_instance)
        command = AssociatePublicAddress(address_id=address.id, interface_id=primary.id)
        if refused:
            world.refuses(
                command,
                errors.InterfaceIsPrimary,
                interface_id=primary.id,
                instance_id=world.only_instance.id,
            )
        else:
            world.do(command)


def test_what_is_named_must_be_there(world):
    address = world.public_address()

    def associating(address_id, **target):
        return AssociatePublicAddress(address_id=address_id, **target)

    world.refuses(associating("absent", instance_id="absent"), errors.PublicAddressNotFound)
    world.refuses(associating(address.id, instance_id="absent"), errors.InstanceNotFound)
    world.refuses(associating(address.id, interface_id="absent"), errors.InterfaceNotFound)
    not_held = associating(address.id, interface_id=world.only_interface.id, ip=ip("10.0.0.77"))
    world.refuses(not_held, errors.AddressNotAssigned, address="10.0.0.77")
    managed = world.interface(world.only_subnet, managed=True)
    world.refuses(associating(address.id, interface_id=managed.id), errors.InterfaceManaged)


def test_only_a_free_address_is_associated(world):
    address = world.public_address()
    command = AssociatePublicAddress(address_id=address.id, instance_id=world.only_instance.id)
    world.associate(address)
    world.refuses(
        command, errors.PublicAddressBusy, state=PublicAddressState.ASSOCIATING, allowed=(AVAILABLE,)
    )
    world.wait()
    world.refuses(command, errors.PublicAddressWrongState, state=IN_USE)


def test_a_private_address_has_one_public_address(world):
    first, second = world.associated(), world.associated(instance_id=world.only_instance.id)
    address = world.public_address()
    again = AssociatePublicAddress(
        address_id=address.id, interface_id=world.only_interface.id, ip=world.second_ip
    )
    world.refuses(again, errors.AddressHasPublicAddress, address_id=first.id)
    again = AssociatePublicAddress(address_id=address.id, instance_id=world.only_instance.id)
    world.refuses(
        again, errors.InstanceHasPublicAddress, instance_id=world.only_instance.id, address_id=second.id
    )


def test_an_interface_that_is_busy_takes_no_public_address(world):
    address = world.public_address()
    world.do(AttachInterface(interface_id=world.only_interface.id, instance_id=world.only_instance.id))
    command = AssociatePublicAddress(address_id=address.id, interface_id=world.only_interface.id)
    world.refuses(command, errors.InterfaceWrongState)
    world.do(StopInstances((world.only_instance.id,)))
    command = AssociatePublicAddress(address_id=address.id, instance_id=world.only_instance.id)
    world.refuses(command, errors.InstanceWrongState)


def test_a_private_address_on_its_way_takes_no_public_address(south):
    address, other = south.public_address(), south.interface(south.only_subnet)
    south.do(MoveAddress(source_id=south.only_interface.id, destination_id=other.id, ip=south.second_ip))
    command = AssociatePublicAddress(
        address_id=address.id, interface_id=south.only_interface.id, ip=south.second_ip
    )
    south.refuses(command, errors.AddressBusy)


@BOTH
def test_an_instance_has_no_more_public_addresses_than_its_type_allows(rules):
    world = AddressWorld(typed(rules, "large", public_addresses=2))
    world.attach(world.only_interface, world.only_instance)
    world.associated(instance_id=world.only_instance.id)
    world.associated()
    command = AssociatePublicAddress(
        address_id=world.public_address().id, interface_id=world.only_interface.id
    )
    world.refuses(
        command, errors.PublicAddressesPerInstanceExceeded, resource_id=world.only_instance.id, limit=2
    )


# -- disassociating and releasing --------------------------------------------------------------------


def test_a_disassociated_address_is_free_again(world):
    address = world.associated()
    world.do(DisassociatePublicAddress(address.id))
    assert address.state is PublicAddressState.DISASSOCIATING
    assert address.association is not None
    world.wait()
    assert is_free(address)
    assert not world.graph.public_addresses_by_interface.ids(world.only_interface.id)
    assert world.associate(address).state is PublicAddressState.ASSOCIATING


def test_only_what_is_associated_can_be_disassociated(world):
    world.refuses(DisassociatePublicAddress("absent"), errors.PublicAddressNotFound)
    address = world.public_address()
    command = DisassociatePublicAddress(address.id)
    world.refuses(command, errors.PublicAddressWrongState, state=AVAILABLE, allowed=(IN_USE,))
    world.associate(address)
    world.refuses(command, errors.PublicAddressBusy)


def test_an_interface_that_is_busy_gives_no_public_address(world):
    address = world.associated()
    world.do(AttachInterface(interface_id=world.only_interface.id, instance_id=world.only_instance.id))
    world.refuses(DisassociatePublicAddress(address.id), errors.InterfaceWrongState)


def test_released_addresses_are_gone_and_can_be_had_by_others(world):
    addresses = [world.public_address(tags={"k": "v"}) for _ in range(2)]
    ips = tuple(address.ip for address in addresses)
    ids = tuple(address.id for address in addresses)
    world.do(ReleasePublicAddresses((*ids, ids[0])))
    assert {address.state for address in addresses} == {PublicAddressState.RELEASING}
    world.refuses(ReleasePublicAddresses(ids), errors.PublicAddressBusy)
    world.refuses(AllocatePublicAddresses(ips=ips), errors.PublicAddressUnavailable)
    world.wait()
    assert {address.state for address in addresses} == {PublicAddressState.GONE}
    assert not world.graph.public_addresses
    assert not world.graph.is_carried(("k", "v"))
    world.do(AllocatePublicAddresses(ips=ips))


def test_all_addresses_are_released_or_none(world):
    free_one, bound = world.public_address(), world.associated()
    command = ReleasePublicAddresses((free_one.id, bound.id))
    world.refuses(command, errors.PublicAddressWrongState, address_id=bound.id, state=IN_USE)
    world.refuses(ReleasePublicAddresses((free_one.id, "absent")), errors.PublicAddressNotFound)
    assert world.do(ReleasePublicAddresses(())) == ()
