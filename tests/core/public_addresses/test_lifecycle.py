"""Elastic public addresses: allocated, associated, moved along, severed, disassociated, released."""

import attrs
import pytest
from tests.core.builders import BOTH, NORTH, SOUTH, World, certain, ip, limited, typed

from duolect_core.engine.command_fault import CommandFault
from duolect_core.errors import (
    AddressBusy,
    AddressHasPublicAddress,
    AddressNotAssigned,
    AddressRepeated,
    InstanceHasPublicAddress,
    InstanceNotFound,
    InstanceWrongState,
    InterfaceIsPrimary,
    InterfaceManaged,
    InterfaceNotFound,
    InterfaceWrongState,
    PublicAddressBusy,
    PublicAddressesExhausted,
    PublicAddressesPerInstanceExceeded,
    PublicAddressNotFound,
    PublicAddressQuotaExceeded,
    PublicAddressUnavailable,
    PublicAddressWrongState,
    TagQuotaExceeded,
)
from duolect_core.instances.lifecycle import DeleteInstances, StopInstances
from duolect_core.interfaces.lifecycle import AttachInterface, DeleteInterface, DetachInterface
from duolect_core.interfaces.private_ips import MoveAddress, UnassignAddresses
from duolect_core.model.lifecycles import PublicAddressState
from duolect_core.model.resources import Association, OperationState
from duolect_core.public_addresses.lifecycle import (
    AllocatePublicAddresses,
    AssociatePublicAddress,
    DisassociatePublicAddress,
    ModifyPublicAddresses,
    ReleasePublicAddresses,
)
from duolect_core.relations.address_plans import ANY, AddressPlan

AVAILABLE, IN_USE = PublicAddressState.AVAILABLE, PublicAddressState.IN_USE


class Street(World):
    """A world with a subnet, a running instance, and an interface with two addresses."""

    def __init__(self, rules):
        super().__init__(rules)
        self.place = self.subnet()
        self.vm = self.instance(self.place)
        self.card = self.interface(
            self.place,
            AddressPlan(primary=certain("10.0.0.9")[0], secondaries=(ANY,)),
            delete_on_release=False,
        )

    @property
    def second_ip(self):
        return self.card.ipv4[1].ip

    def public(self, **how):
        (address,) = self.do(AllocatePublicAddresses(**how))
        self.wait()
        assert address.state is AVAILABLE
        return address

    def start(self, address, **target):
        """Begin to associate a public address, with the second address of the interface by default."""
        target = target or {"interface_id": self.card.id, "ip": self.second_ip}
        return self.do(AssociatePublicAddress(address_id=address.id, **target))

    def bound(self, **target):
        address = self.public()
        self.start(address, **target)
        self.wait()
        assert address.state is IN_USE
        return address

    def operation(self, kind):
        """Return the latest operation of a kind."""
        return [each for each in self.graph.operations.values() if each.kind == kind][-1]


@pytest.fixture
def north():
    return Street(NORTH)


@pytest.fixture
def south():
    return Street(SOUTH)


@pytest.fixture(params=[NORTH, SOUTH], ids=["north", "south"])
def street(request):
    return Street(request.param)


def free(address):
    return (address.state, address.association, address.pending) == (AVAILABLE, None, None)


# -- allocating --------------------------------------------------------------------------------------


def test_addresses_come_out_of_the_regions_range_each_once(street):
    pool = street.graph.public_pool
    addresses = street.do(
        AllocatePublicAddresses(count=3, name="web", description="d", tags={"k": "v"}, extras={"x": 1})
    )
    assert len({address.ip for address in addresses}) == 3
    assert {pool.holders[address.ip] for address in addresses} == {address.id for address in addresses}
    for address in addresses:
        assert pool.is_usable(address.ip)
        assert (address.name, address.description) == ("web", "d")
        assert (address.tags, address.extras) == ({"k": "v"}, {"x": 1})
    assert list(street.graph.tagged.ids(("k", "v"))) == [address.id for address in addresses]


def test_a_new_address_is_there_at_once_where_creating_is_quick(north):
    (address,) = north.do(AllocatePublicAddresses())
    assert free(address)
    assert not [each for each in north.graph.operations.values() if each.kind.startswith("allocate")]


def test_a_new_address_comes_in_time_where_creating_takes_it(south):
    (address,) = south.do(AllocatePublicAddresses())
    assert address.state is PublicAddressState.PENDING
    operation = south.operation("allocate-public-addresses")
    assert operation.due == south.at + SOUTH.durations.change_public_address
    south.wait()
    assert free(address)
    assert operation.state is OperationState.SUCCEEDED


def test_allocating_none_changes_nothing(south):
    assert south.do(AllocatePublicAddresses(count=0)) == ()


def test_a_certain_address_can_be_had_if_it_is_free(street):
    wanted = street.graph.public_pool.first + 5
    assert street.public(ips=(wanted,)).ip == wanted
    outside = ip("8.8.8.8")
    street.refuses(AllocatePublicAddresses(ips=(wanted,)), PublicAddressUnavailable)
    street.refuses(AllocatePublicAddresses(ips=(outside,)), PublicAddressUnavailable, address="8.8.8.8")
    street.refuses(AllocatePublicAddresses(ips=(wanted + 1, wanted + 1)), AddressRepeated)


def test_there_are_no_more_than_the_quota_allows():
    world = World(limited(NORTH, public_addresses=2))
    world.do(AllocatePublicAddresses())
    command = AllocatePublicAddresses(count=2)
    world.refuses(command, PublicAddressQuotaExceeded, resource_id="north", limit=2)


def test_there_are_no_more_tags_than_the_quota_allows():
    tags = {"k": "v", "l": "v"}
    World(limited(NORTH, tags_per_resource=1)).refuses(AllocatePublicAddresses(tags=tags), TagQuotaExceeded)


def test_there_are_no_more_than_the_region_has(north):
    north.do(AllocatePublicAddresses(count=14))
    north.refuses(AllocatePublicAddresses(count=3), PublicAddressesExhausted, wanted=3, free=2)
    north.do(AllocatePublicAddresses(count=2))
    assert north.graph.public_pool.free == 0


# -- associating -------------------------------------------------------------------------------------


def test_an_address_is_associated_with_one_of_an_interface(street):
    address = street.public()
    street.start(address)
    assert address.state is PublicAddressState.ASSOCIATING
    assert address.association == Association(street.card.id, street.second_ip)
    assert street.graph.public_address_of(street.card, street.second_ip) is address
    assert list(street.graph.public_addresses_by_interface.ids(street.card.id)) == [address.id]
    operation = street.operation("associate-public-address")
    assert operation.due - operation.started == NORTH.durations.change_public_address
    street.wait()
    assert (address.state, address.pending) == (IN_USE, None)
    assert operation.state is OperationState.SUCCEEDED


def test_an_instance_stands_for_the_primary_address_of_its_primary_interface(street):
    address = street.bound(instance_id=street.vm.id)
    primary = street.primary(street.vm)
    assert address.association == Association(primary.id, primary.primary_ip)


def test_an_interface_stands_for_its_primary_address(street):
    assert street.bound(interface_id=street.card.id).association.ip == street.card.primary_ip


def test_what_is_said_of_an_association_is_stored_with_the_address(street):
    address = street.public(extras={"a": 1, "b": 1})
    street.do(AssociatePublicAddress(address_id=address.id, interface_id=street.card.id, extras={"b": 2}))
    assert address.extras == {"a": 1, "b": 2}


def test_a_primary_interface_is_named_by_its_instance_where_the_cloud_wants_it_so(north, south):
    for world, refused in ((north, True), (south, False)):
        address, primary = world.public(), world.primary(world.vm)
        command = AssociatePublicAddress(address_id=address.id, interface_id=primary.id)
        if refused:
            world.refuses(command, InterfaceIsPrimary, interface_id=primary.id, instance_id=world.vm.id)
        else:
            world.do(command)


def test_what_is_named_must_be_there(street):
    address = street.public()

    def associating(address_id, **target):
        return AssociatePublicAddress(address_id=address_id, **target)

    street.refuses(associating("absent", instance_id="absent"), PublicAddressNotFound)
    street.refuses(associating(address.id, instance_id="absent"), InstanceNotFound)
    street.refuses(associating(address.id, interface_id="absent"), InterfaceNotFound)
    not_held = associating(address.id, interface_id=street.card.id, ip=ip("10.0.0.77"))
    street.refuses(not_held, AddressNotAssigned, address="10.0.0.77")
    managed = street.interface(street.place, managed=True)
    street.refuses(associating(address.id, interface_id=managed.id), InterfaceManaged)


def test_only_a_free_address_is_associated(street):
    address = street.public()
    command = AssociatePublicAddress(address_id=address.id, instance_id=street.vm.id)
    street.start(address)
    street.refuses(command, PublicAddressBusy, state=PublicAddressState.ASSOCIATING, allowed=(AVAILABLE,))
    street.wait()
    street.refuses(command, PublicAddressWrongState, state=IN_USE)


def test_a_private_address_has_one_public_address(street):
    first, second = street.bound(), street.bound(instance_id=street.vm.id)
    address = street.public()
    again = AssociatePublicAddress(address_id=address.id, interface_id=street.card.id, ip=street.second_ip)
    street.refuses(again, AddressHasPublicAddress, address_id=first.id)
    again = AssociatePublicAddress(address_id=address.id, instance_id=street.vm.id)
    street.refuses(again, InstanceHasPublicAddress, instance_id=street.vm.id, address_id=second.id)


def test_an_interface_that_is_busy_takes_no_public_address(street):
    address = street.public()
    street.do(AttachInterface(interface_id=street.card.id, instance_id=street.vm.id))
    command = AssociatePublicAddress(address_id=address.id, interface_id=street.card.id)
    street.refuses(command, InterfaceWrongState)
    street.do(StopInstances((street.vm.id,)))
    command = AssociatePublicAddress(address_id=address.id, instance_id=street.vm.id)
    street.refuses(command, InstanceWrongState)


def test_a_private_address_on_its_way_takes_no_public_address(south):
    address, other = south.public(), south.interface(south.place)
    south.do(MoveAddress(source_id=south.card.id, destination_id=other.id, ip=south.second_ip))
    command = AssociatePublicAddress(address_id=address.id, interface_id=south.card.id, ip=south.second_ip)
    south.refuses(command, AddressBusy)


@BOTH
def test_an_instance_has_no_more_public_addresses_than_its_type_allows(rules):
    street = Street(typed(rules, "large", public_addresses=2))
    street.attach(street.card, street.vm)
    street.bound(instance_id=street.vm.id)
    street.bound()
    command = AssociatePublicAddress(address_id=street.public().id, interface_id=street.card.id)
    street.refuses(command, PublicAddressesPerInstanceExceeded, resource_id=street.vm.id, limit=2)


# -- what happens to what it is associated with --------------------------------------------------------


def test_it_stays_with_an_interface_that_is_attached_and_detached(street):
    address = street.bound()
    street.attach(street.card, street.vm)
    street.do(DetachInterface(interface_id=street.card.id, instance_id=street.vm.id))
    street.wait()
    assert (address.state, address.association.interface_id) == (IN_USE, street.card.id)


def test_it_stays_with_an_instance_that_is_stopped(street):
    address = street.bound(instance_id=street.vm.id)
    street.do(StopInstances((street.vm.id,)))
    street.wait()
    assert address.state is IN_USE


def test_it_goes_along_with_its_private_address(street):
    other, ip_ = street.interface(street.place), street.second_ip
    coming, bound = street.public(), street.bound(interface_id=street.card.id)
    street.start(coming)
    street.do(MoveAddress(source_id=street.card.id, destination_id=other.id, ip=ip_))
    street.wait()
    assert (coming.state, coming.association) == (IN_USE, Association(other.id, ip_))
    assert bound.association.interface_id == street.card.id


def test_it_is_severed_from_an_address_that_is_unassigned(street):
    address, other = street.bound(), street.bound(interface_id=street.card.id)
    street.do(UnassignAddresses(interface_id=street.card.id, ipv4=(street.second_ip,)))
    street.wait()
    assert free(address)
    assert other.state is IN_USE


def test_it_is_severed_from_an_interface_that_is_deleted(street):
    addresses = [street.bound(), street.bound(interface_id=street.card.id)]
    street.do(DeleteInterface(street.card.id))
    assert [address.state for address in addresses] == [IN_USE, IN_USE]
    street.wait()
    assert all(map(free, addresses))


def test_it_is_severed_from_an_instance_that_is_deleted(street):
    mine, other = street.bound(instance_id=street.vm.id), street.bound()
    street.attach(street.card, street.vm)
    street.do(DeleteInstances(instance_ids=(street.vm.id,), force=True))
    street.wait()
    assert free(mine)
    assert other.state is IN_USE


@pytest.mark.parametrize(
    ("bound", "kind", "state"),
    [
        (False, "associate-public-address", OperationState.FAILED),
        (True, "disassociate-public-address", OperationState.SUCCEEDED),
    ],
)
def test_what_is_under_way_ends_when_the_private_address_goes(street, bound, kind, state):
    if bound:
        address = street.bound()
        street.do(DisassociatePublicAddress(address.id))
    else:
        address = street.public()
        street.start(address)
    operation = street.operation(kind)
    street.do(DeleteInterface(street.card.id))
    street.wait(NORTH.durations.delete_interface)
    assert free(address)
    assert operation.state is state
    assert bool(operation.reason) is (not bound)


# -- disassociating and releasing ------------------------------------------------------------------------


def test_a_disassociated_address_is_free_again(street):
    address = street.bound()
    street.do(DisassociatePublicAddress(address.id))
    assert address.state is PublicAddressState.DISASSOCIATING
    assert address.association is not None
    street.wait()
    assert free(address)
    assert not street.graph.public_addresses_by_interface.ids(street.card.id)
    assert street.start(address).state is PublicAddressState.ASSOCIATING


def test_only_what_is_associated_can_be_disassociated(street):
    street.refuses(DisassociatePublicAddress("absent"), PublicAddressNotFound)
    address = street.public()
    command = DisassociatePublicAddress(address.id)
    street.refuses(command, PublicAddressWrongState, state=AVAILABLE, allowed=(IN_USE,))
    street.start(address)
    street.refuses(command, PublicAddressBusy)


def test_an_interface_that_is_busy_gives_no_public_address(street):
    address = street.bound()
    street.do(AttachInterface(interface_id=street.card.id, instance_id=street.vm.id))
    street.refuses(DisassociatePublicAddress(address.id), InterfaceWrongState)


def test_released_addresses_are_gone_and_can_be_had_by_others(street):
    addresses = [street.public(tags={"k": "v"}) for _ in range(2)]
    ips = tuple(address.ip for address in addresses)
    ids = tuple(address.id for address in addresses)
    street.do(ReleasePublicAddresses((*ids, ids[0])))
    assert {address.state for address in addresses} == {PublicAddressState.RELEASING}
    street.refuses(ReleasePublicAddresses(ids), PublicAddressBusy)
    street.refuses(AllocatePublicAddresses(ips=ips), PublicAddressUnavailable)
    street.wait()
    assert {address.state for address in addresses} == {PublicAddressState.GONE}
    assert not street.graph.public_addresses
    assert not street.graph.tagged.ids(("k", "v"))
    street.do(AllocatePublicAddresses(ips=ips))


def test_all_addresses_are_released_or_none(street):
    free_one, bound = street.public(), street.bound()
    command = ReleasePublicAddresses((free_one.id, bound.id))
    street.refuses(command, PublicAddressWrongState, address_id=bound.id, state=IN_USE)
    street.refuses(ReleasePublicAddresses((free_one.id, "absent")), PublicAddressNotFound)
    assert street.do(ReleasePublicAddresses(())) == ()


# -- modifying -------------------------------------------------------------------------------------------


def test_what_is_said_of_addresses_changes_at_once(street):
    first, second = street.public(name="a", extras={"x": 1, "y": 1}), street.bound()
    ids = (first.id, second.id)
    street.do(ModifyPublicAddresses(address_ids=ids, description="d", extras={"y": 2}))
    assert (first.name, first.description, first.extras) == ("a", "d", {"x": 1, "y": 2})
    assert (second.description, second.extras) == ("d", {"y": 2})
    assert street.operation("modify-public-addresses").state is OperationState.SUCCEEDED
    street.do(ModifyPublicAddresses(address_ids=ids, name="b"))
    assert (first.name, first.description) == ("b", "d")


def test_an_address_that_is_busy_is_not_modified(street):
    address = street.public()
    street.start(address)
    street.refuses(ModifyPublicAddresses(address_ids=(address.id,), name="b"), PublicAddressBusy)
    street.refuses(ModifyPublicAddresses(address_ids=("absent",), name="b"), PublicAddressNotFound)


# -- what goes wrong ---------------------------------------------------------------------------------------

FAILS = CommandFault(fails=True)


def test_an_association_can_fail(street):
    address = street.public()
    command = AssociatePublicAddress(address_id=address.id, interface_id=street.card.id)
    street.do(command, command_fault=FAILS)
    street.wait()
    assert free(address)
    assert street.operation("associate-public-address").state is OperationState.FAILED


def test_a_disassociation_can_fail(street):
    address = street.bound()
    street.do(DisassociatePublicAddress(address.id), command_fault=FAILS)
    street.wait()
    assert address.state is IN_USE
    assert address.association == Association(street.card.id, street.second_ip)


def test_a_release_can_fail(street):
    address = street.public()
    street.do(ReleasePublicAddresses((address.id,)), command_fault=FAILS)
    street.wait()
    assert free(address)


def test_a_quick_allocation_takes_time_where_it_is_delayed(north):
    (address,) = north.do(AllocatePublicAddresses(), command_fault=attrs.evolve(FAILS, pace=2))
    assert address.state is PublicAddressState.PENDING
    north.wait()
    assert free(address)
