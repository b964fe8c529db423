"""Virtual addresses: taken out of a subnet, carried by instances and interfaces, and given back."""

import pytest
from tests.core.builders import ip
from tests.core.engine.commands import FAILS
from tests.core.interfaces.virtual_world import VirtualWorld, carrying_of
from tests.core.model.rules import BOTH, NORTH, SOUTH, limited

from duolect_core import errors
from duolect_core.engine.command_fault import CommandFault
from duolect_core.instances.lifecycle import DeleteInstances, StopInstances
from duolect_core.interfaces.lifecycle import CreateInterface, DeleteInterface
from duolect_core.interfaces.virtual_addresses import (
    AssociateVirtualAddresses,
    Carrying,
    CreateVirtualAddress,
    DisassociateVirtualAddresses,
    ModifyVirtualAddress,
)
from duolect_core.model.lifecycles import VirtualAddressState
from duolect_core.model.resources import OperationState

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


# -- creating ----------------------------------------------------------------------------------------


def test_it_is_taken_out_of_its_subnet(world):
    free = world.only_subnet.pool.free
    address = world.virtual(ip=ip("10.0.0.77"), name="n", tags={"k": "v"})
    assert (address.ip, address.state, address.network_id) == (
        ip("10.0.0.77"),
        AVAILABLE,
        world.network_of.id,
    )
    assert world.only_subnet.pool.holders[address.ip] == address.id
    assert world.only_subnet.pool.free == free - 1
    assert list(world.graph.tag_values.ids(("VirtualAddress", "k", "v"))) == [address.id]
    again = CreateVirtualAddress(subnet_id=world.only_subnet.id, ip=address.ip)
    world.refuses(again, errors.AddressInUse, address="10.0.0.77")
    assert world.virtual().ip != address.ip


def test_it_comes_in_time_where_creating_takes_it(north):
    address = north.do(CreateVirtualAddress(subnet_id=north.only_subnet.id))
    assert address.state is VirtualAddressState.PENDING
    operation = north.latest_operation("create-virtual-address")
    assert operation.due == north.at + NORTH.durations.change_virtual_address
    north.refuses(ModifyVirtualAddress(address_id=address.id), errors.VirtualAddressBusy)
    north.wait()
    assert (address.state, address.pending) == (AVAILABLE, None)


def test_a_quick_creation_takes_time_where_it_is_delayed(south):
    command = CreateVirtualAddress(subnet_id=south.only_subnet.id)
    address = south.do(command, command_fault=CommandFault(pace=2))
    assert address.state is VirtualAddressState.PENDING
    south.wait()
    assert address.state is AVAILABLE


def test_where_it_should_be_must_be_there(world):
    def creating(**where):
        return CreateVirtualAddress(**{"subnet_id": world.only_subnet.id, **where})

    world.refuses(creating(subnet_id="absent"), errors.SubnetNotFound)
    world.refuses(creating(network_id="absent"), errors.NetworkNotFound)
    other = world.network()
    world.refuses(creating(network_id=other.id), errors.SubnetNetworkMismatch)
    world.refuses(creating(ip=ip("10.0.1.9")), errors.AddressOutsideSubnet)
    world.refuses(creating(ip=ip("10.0.0.0")), errors.AddressReserved)
    world.refuses(creating(ip=world.first and world.primary(world.first).primary_ip), errors.AddressInUse)
    world.refuses(creating(interface_id="absent"), errors.InterfaceNotFound)
    elsewhere = world.primary(world.stranger)
    world.refuses(
        creating(interface_id=elsewhere.id),
        errors.VirtualAddressElsewhere,
        subnet_id=world.only_subnet.id,
        carrier_subnet_id=world.other_subnet.id,
    )


def test_a_command_may_find_the_subnet_full(world):
    command = CreateVirtualAddress(subnet_id=world.only_subnet.id)
    with pytest.raises(errors.SubnetExhausted):
        world.partition.execute(command, world.at, command_fault=CommandFault(exhausted=True))


def test_it_may_be_put_on_an_interface_and_be_carried_from_the_beginning(world):
    carriers = (carrying_of(world.free, world.first), carrying_of(world.free, world.free))
    address = world.virtual(interface_id=world.free.id, carriers=carriers)
    assert (address.interface_id, address.carrier_ids) == (world.free.id, (world.first.id, world.free.id))
    world.do(DeleteInterface(world.free.id))
    world.wait()
    assert (address.interface_id, address.carrier_ids) == ("", (world.first.id,))


@BOTH
def test_there_are_no_more_than_the_quotas_allow(rules):
    world = VirtualWorld(limited(rules, virtual_addresses_per_network=1, tags_per_resource=1))
    creating = CreateVirtualAddress(subnet_id=world.only_subnet.id, tags={"k": "v", "l": "v"})
    world.refuses(creating, errors.TagQuotaExceeded)
    world.virtual()
    again = CreateVirtualAddress(subnet_id=world.other_subnet.id)
    world.refuses(again, errors.VirtualAddressQuotaExceeded, resource_id=world.network_of.id, limit=1)


def test_what_is_said_of_it_changes_at_once(world):
    address = world.virtual(name="a", extras={"x": 1})
    world.do(ModifyVirtualAddress(address_id=address.id, description="d", extras={"y": 2}))
    assert (address.name, address.description, address.extras) == ("a", "d", {"x": 1, "y": 2})
    world.refuses(ModifyVirtualAddress(address_id="absent"), errors.VirtualAddressNotFound)


# -- carrying ----------------------------------------------------------------------------------------


def test_instances_and_interfaces_carry_it(world):
    address = world.virtual()
    world.associate(address, world.first)
    world.associate(address, world.free)
    assert address.carrier_ids == (world.first.id, world.free.id)
    assert list(world.graph.virtual_addresses_by_carrier.ids(world.first.id)) == [address.id]
    world.associate(address, world.first, command=DisassociateVirtualAddresses)
    assert address.carrier_ids == (world.free.id,)
    assert not world.graph.virtual_addresses_by_carrier.ids(world.first.id)


def test_an_association_takes_its_time_where_the_cloud_does(north):
    address = north.virtual()
    north.do(north.carrying(address, north.first))
    assert address.state is VirtualAddressState.ASSOCIATING
    assert address.changing_ids == address.carrier_ids == (north.first.id,)
    north.refuses(north.carrying(address, north.second), errors.VirtualAddressBusy, address_id=address.id)
    north.wait()
    assert (address.state, address.changing_ids) == (AVAILABLE, ())
    north.do(north.carrying(address, north.first, command=DisassociateVirtualAddresses))
    assert address.state is VirtualAddressState.DISASSOCIATING
    assert address.carrier_ids == (north.first.id,)
    north.wait()
    assert (address.state, address.carrier_ids) == (AVAILABLE, ())


def test_associations_fail_and_leave_what_was(north):
    address = north.virtual()
    north.associate(address, north.second)
    north.associate(address, north.first, command_fault=FAILS)
    assert (address.state, address.carrier_ids) == (AVAILABLE, (north.second.id,))
    assert north.latest_operation("associate-virtual-addresses").state is OperationState.FAILED
    north.associate(address, north.second, command=DisassociateVirtualAddresses, command_fault=FAILS)
    assert (address.state, address.carrier_ids) == (AVAILABLE, (north.second.id,))


def test_several_are_associated_together_or_none(world):
    address, other = world.virtual(), world.virtual()
    pairs = (
        carrying_of(address, world.first),
        carrying_of(other, world.first),
        carrying_of(other, world.second),
    )
    lost = Carrying(address.id, "absent")
    world.refuses(AssociateVirtualAddresses((*pairs, lost)), errors.InstanceNotFound)
    assert world.do(AssociateVirtualAddresses(pairs)) == (address, other)
    world.wait()
    assert other.carrier_ids == (world.first.id, world.second.id)
    world.refuses(DisassociateVirtualAddresses((*pairs, lost)), errors.VirtualAddressNotCarried)
    world.do(DisassociateVirtualAddresses(pairs))
    world.wait()
    assert (address.carrier_ids, other.carrier_ids) == ((), ())
    assert world.do(AssociateVirtualAddresses(())) == ()


def test_what_is_named_must_fit(world):
    address = world.virtual()
    absent = Carrying("absent", world.first.id)
    world.refuses(AssociateVirtualAddresses((absent,)), errors.VirtualAddressNotFound)
    world.refuses(DisassociateVirtualAddresses((absent,)), errors.VirtualAddressNotFound)
    lost = Carrying(address.id, "absent", as_interface=True)
    world.refuses(AssociateVirtualAddresses((lost,)), errors.InterfaceNotFound)
    world.refuses(
        world.carrying(address, world.stranger),
        errors.VirtualAddressElsewhere,
        carrier_id=world.stranger.id,
        carrier_subnet_id=world.other_subnet.id,
    )
    twice = world.carrying(address, world.first, world.first)
    world.refuses(twice, errors.VirtualAddressCarried)
    never = world.carrying(address, world.first, command=DisassociateVirtualAddresses)
    world.refuses(never, errors.VirtualAddressNotCarried, carrier_id=world.first.id)
    world.associate(address, world.first)
    world.refuses(world.carrying(address, world.first), errors.VirtualAddressCarried)
    gone_twice = world.carrying(address, world.first, world.first, command=DisassociateVirtualAddresses)
    world.refuses(gone_twice, errors.VirtualAddressNotCarried)
    world.do(StopInstances((world.first.id,)))
    gone = world.carrying(address, world.first, command=DisassociateVirtualAddresses)
    world.refuses(gone, errors.InstanceWrongState)
    world.do(StopInstances((world.second.id,)))
    world.refuses(world.carrying(address, world.second), errors.InstanceWrongState)


@BOTH
def test_nobody_carries_more_than_the_quotas_allow(rules):
    world = VirtualWorld(limited(rules, carriers_per_virtual_address=1, virtual_addresses_per_carrier=1))
    address, other = world.virtual(), world.virtual()
    both = world.carrying(address, world.first, world.second)
    world.refuses(both, errors.CarrierQuotaExceeded, resource_id=address.id, limit=1)
    world.associate(address, world.first)
    world.refuses(world.carrying(address, world.second), errors.CarrierQuotaExceeded)
    world.refuses(
        world.carrying(other, world.first), errors.CarriedQuotaExceeded, resource_id=world.first.id, limit=1
    )


def test_it_outlives_what_carries_it(world):
    address = world.virtual()
    world.associate(address, world.first)
    world.do(DeleteInstances(instance_ids=(world.first.id,), force=True))
    world.wait()
    assert (address.state, address.carrier_ids) == (AVAILABLE, ())


@pytest.mark.parametrize("command", [AssociateVirtualAddresses, DisassociateVirtualAddresses])
def test_a_change_ends_with_what_comes_or_goes(north, command):
    address = north.virtual()
    if command is DisassociateVirtualAddresses:
        north.associate(address, north.free)
    north.do(DeleteInterface(north.free.id), command_fault=CommandFault(duration=1))
    north.do(north.carrying(address, north.free, command=command))
    failed = command is AssociateVirtualAddresses
    kind = "associate" if failed else "disassociate"
    operation = north.latest_operation(f"{kind}-virtual-addresses")
    north.wait(2)
    assert (address.state, address.carrier_ids, address.pending) == (AVAILABLE, (), None)
    assert operation.state is (OperationState.FAILED if failed else OperationState.SUCCEEDED)


def test_a_change_of_several_goes_on_without_the_one_that_is_gone(north):
    address = north.virtual()
    north.do(DeleteInterface(north.free.id), command_fault=CommandFault(duration=1))
    north.do(north.carrying(address, north.first, north.free))
    north.wait(2)
    assert address.changing_ids == (north.first.id,)
    north.wait()
    assert (address.state, address.carrier_ids) == (AVAILABLE, (north.first.id,))


def test_an_interface_that_could_not_be_created_lets_it_go(world):
    address = world.virtual()
    groups = world.default_groups(world.only_subnet)
    command = CreateInterface(subnet_id=world.only_subnet.id, group_ids=groups)
    interface = world.do(command, command_fault=CommandFault(fails=True))
    world.do(world.carrying(address, interface))
    world.wait()
    if world.partition.rules.failed_interfaces_stay:
        assert address.carrier_ids == (interface.id,)
        world.do(DeleteInterface(interface.id))
    assert (address.state, address.carrier_ids, address.pending) == (AVAILABLE, (), None)
