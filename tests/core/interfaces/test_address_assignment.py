"""Assigning private addresses and prefixes."""

import attrs
import pytest
from tests.core.builders import World, certain, ip
from tests.core.engine.commands import assign, unassign
from tests.core.interfaces.addresses import primary_at, states
from tests.core.model.rules import BOTH, NORTH, SOUTH, limited

from duolect_core import errors
from duolect_core.engine.idempotency import Token
from duolect_core.instances.lifecycle import StartInstances, StopInstances
from duolect_core.interfaces.lifecycle import AttachInterface, DeleteInterface, DetachInterface
from duolect_core.interfaces.private_ips import (
    AssignAddresses,
    SetAddressDescriptions,
)
from duolect_core.model.lifecycles import AddressState, InstanceState, InterfaceState
from duolect_core.model.resources import SECOND, OperationState
from duolect_core.relations.address_plans import ANY, ANY_PREFIX, AddressRequest, PrefixRequest


@BOTH
def test_what_is_assigned_is_granted_in_the_order_of_the_requests(rules):
    world = World(rules)
    interface = world.interface(world.subnet(ipv6_index=0), primary_at("10.0.0.9"))
    requests = (*certain("10.0.0.8"), ANY, AddressRequest(ip("10.0.0.5"), "mine"))
    command = AssignAddresses(
        interface_id=interface.id,
        secondaries=requests,
        ipv6=(ANY, ANY),
        ipv4_prefixes=(ANY_PREFIX, PrefixRequest(ip("10.0.0.32"), 28)),
        ipv6_prefixes=(ANY_PREFIX,),
    )
    granted = world.do(command)
    assert [address.ip for address in granted.ipv4][::2] == [ip("10.0.0.8"), ip("10.0.0.5")]
    assert [address.description for address in granted.ipv4] == ["", "", "mine"]
    assert interface.ipv4[1:] == granted.ipv4
    assert not any(address.primary for address in granted.ipv4)
    assert interface.ipv6 == granted.ipv6
    assert interface.ipv4_prefixes == granted.ipv4_prefixes
    assert granted.ipv4_prefixes[1] == ip("10.0.0.32")
    assert interface.ipv6_prefixes == granted.ipv6_prefixes
    assert interface.primary_ip == ip("10.0.0.9")
    world.wait()
    assert set(states(interface)) == {AddressState.AVAILABLE}


def test_assigned_addresses_are_available_at_once_where_creating_is_synchronous(north):
    interface = north.interface(north.subnet())
    known = len(north.graph.operations)
    granted = north.do(assign(interface, "10.0.0.5"))
    assert granted.ipv4[0].state is AddressState.AVAILABLE
    assert len(north.graph.operations) == known


def test_assigned_addresses_are_pending_until_their_operation_is_due_where_it_is_not(south):
    interface = south.interface(south.subnet(ipv6_index=0))
    granted = south.do(assign(interface, "10.0.0.5", ipv6=(ANY,)), operation_id="it")
    operation = south.partition.operation("it")
    assert (operation.kind, operation.resource_ids) == ("assign-addresses", (interface.id,))
    assert operation.due == south.at + SOUTH.durations.change_addresses
    south.wait(10 * SECOND)
    assert interface.state is InterfaceState.AVAILABLE
    assert states(interface) == [AddressState.AVAILABLE, AddressState.PENDING, AddressState.PENDING]
    south.wait(1 * SECOND)
    assert states(interface) == [AddressState.AVAILABLE] * 3
    assert {address.state for address in (*granted.ipv4, *granted.ipv6)} == {AddressState.PENDING}
    assert operation.state is OperationState.SUCCEEDED


def test_two_assignments_under_way_end_each_in_its_time(south):
    interface = south.interface(south.subnet())
    south.do(assign(interface, "10.0.0.5"))
    south.wait(5 * SECOND)
    south.do(assign(interface, "10.0.0.6"))
    south.wait(6 * SECOND)
    assert states(interface)[1:] == [AddressState.AVAILABLE, AddressState.PENDING]
    south.wait(5 * SECOND)
    assert states(interface)[1:] == [AddressState.AVAILABLE, AddressState.AVAILABLE]


def test_prefixes_alone_take_no_time_and_begin_no_operation(south):
    interface = south.interface(south.subnet())
    granted = south.do(assign(interface, ipv4_prefixes=(ANY_PREFIX,)), operation_id="it")
    assert interface.ipv4_prefixes == granted.ipv4_prefixes
    with pytest.raises(errors.OperationNotFound):
        south.partition.operation("it")


@BOTH
def test_an_attached_and_a_primary_interface_get_addresses_too(rules):
    world = World(rules)
    subnet = world.subnet()
    instance = world.instance(subnet)
    for interface in (world.primary(instance), world.attach(world.interface(subnet), instance)):
        world.do(assign(interface, ipv4_prefixes=(ANY_PREFIX,)))
        world.do(AssignAddresses(interface_id=interface.id, secondaries=(ANY,)))
        assert len(interface.ipv4) == 2


def test_a_repeated_token_gives_the_addresses_as_they_were_granted(north):
    interface = north.interface(north.subnet(ipv6_index=0))
    token = Token("assign", "t", "f")
    command = assign(interface, "10.0.0.5", ipv6=(ANY,))
    first = north.do(command, token=token)
    north.do(SetAddressDescriptions(interface_id=interface.id, descriptions={ip("10.0.0.5"): "new"}))
    again = north.do(command, token=token)
    assert again.ipv4[0].description == ""
    assert again.ipv6 == first.ipv6
    assert len(interface.ipv4) == 2


def test_nothing_is_assigned_to_what_is_not_there_or_not_the_callers(north):
    interface = north.interface(north.subnet(), managed=True)
    north.refuses(AssignAddresses(interface_id="absent"), errors.InterfaceNotFound, resource_id="absent")
    north.refuses(assign(interface, "10.0.0.5"), errors.InterfaceManaged, resource_id=interface.id)


@BOTH
def test_nothing_is_assigned_while_the_interface_is_on_its_way(rules):
    world = World(rules)
    subnet = world.subnet()
    instance, interface = world.instance(subnet), world.interface(subnet)
    ids = {"interface_id": interface.id, "instance_id": instance.id}
    for command, state in (
        (AttachInterface(**ids), InterfaceState.ATTACHING),
        (DetachInterface(**ids), InterfaceState.DETACHING),
        (DeleteInterface(interface.id), InterfaceState.DELETING),
    ):
        world.do(command)
        allowed = (InterfaceState.AVAILABLE, InterfaceState.IN_USE)
        world.refuses(
            assign(interface, "10.0.0.5"), errors.InterfaceWrongState, state=state, allowed=allowed
        )
        world.wait()


@BOTH
def test_a_primary_interface_gets_nothing_while_its_instance_is_on_its_way(rules):
    world = World(rules)
    subnet = world.subnet()
    instance = world.instance(subnet)
    primary, secondary = world.primary(instance), world.attach(world.interface(subnet), instance)
    world.do(StopInstances((instance.id,)))
    world.refuses(assign(primary, "10.0.0.5"), errors.InstanceWrongState, state=InstanceState.STOPPING)
    world.do(assign(secondary, "10.0.0.5"))
    world.wait()
    world.do(assign(primary, "10.0.0.6"))
    world.wait()
    world.do(StartInstances((instance.id,)))
    world.refuses(unassign(primary, "10.0.0.6"), errors.InstanceWrongState, state=InstanceState.STARTING)


@pytest.mark.parametrize(
    ("wanted", "error"),
    [
        ({"secondaries": certain("10.1.0.5")}, errors.AddressOutsideSubnet),
        ({"secondaries": certain("10.0.0.255")}, errors.AddressReserved),
        ({"secondaries": certain("10.0.0.17")}, errors.AddressInUse),
        ({"secondaries": certain("10.0.0.5", "10.0.0.5")}, errors.AddressRepeated),
        ({"secondaries": (ANY,) * 300}, errors.SubnetExhausted),
        ({"ipv4_prefixes": (PrefixRequest(ip("10.0.0.16"), 28),)}, errors.PrefixInUse),
        ({"ipv6": (ANY,)}, errors.Ipv6Disabled),
    ],
)
def test_assigning_checks_addresses_as_creating_does(north, wanted, error):
    interface = north.interface(north.subnet(), primary_at("10.0.0.17"))
    north.refuses(AssignAddresses(interface_id=interface.id, **wanted), error)


def test_an_interface_in_rdma_mode_gets_no_ipv6(north):
    interface = north.interface(north.subnet(ipv6_index=0), rdma=True)
    north.refuses(assign(interface, ipv6=(ANY,)), errors.RdmaWithIpv6, interface_id=interface.id)
    north.refuses(assign(interface, ipv6_prefixes=(ANY_PREFIX,)), errors.RdmaWithIpv6)
    north.do(assign(interface, "10.0.0.5"))


@BOTH
def test_an_attached_interface_holds_what_its_instance_type_allows(rules):
    world = World(rules)
    subnet = world.subnet(ipv6_index=0)
    interface = world.attach(world.interface(subnet), world.instance(subnet))
    refused = {"resource_id": interface.id, "limit": 8}
    command = AssignAddresses(
        interface_id=interface.id, secondaries=(ANY,) * 6, ipv4_prefixes=(ANY_PREFIX,) * 2
    )
    world.refuses(command, errors.Ipv4PerInterfaceExceeded, **refused)
    world.do(attrs.evolve(command, ipv4_prefixes=(ANY_PREFIX,), ipv6=(ANY,) * 3))
    world.refuses(assign(interface, "10.0.0.205"), errors.Ipv4PerInterfaceExceeded, **refused)
    many = assign(interface, ipv6=(ANY,), ipv6_prefixes=(ANY_PREFIX,))
    world.refuses(many, errors.Ipv6PerInterfaceExceeded, limit=4)
    small = world.attach(world.interface(subnet), world.instance(subnet, "small"))
    world.refuses(assign(small, ipv6=(ANY,)), errors.Ipv6Unsupported, instance_type="small")


@BOTH
def test_a_detached_interface_holds_what_the_quota_allows(rules):
    world = World(limited(rules, ipv4_per_detached_interface=3, ipv6_per_detached_interface=2))
    subnet = world.subnet(ipv6_index=0)
    interface = world.interface(subnet)
    four = AssignAddresses(interface_id=interface.id, secondaries=(ANY,) * 2, ipv4_prefixes=(ANY_PREFIX,))
    world.refuses(four, errors.DetachedAddressesExceeded, resource_id=interface.id, limit=3)
    world.do(assign(interface, ipv6=(ANY,), ipv6_prefixes=(ANY_PREFIX,)))
    world.refuses(assign(interface, ipv6=(ANY,)), errors.DetachedAddressesExceeded, limit=2)
    world.do(attrs.evolve(four, ipv4_prefixes=()))


def test_an_interface_that_came_back_with_more_still_gets_what_it_has_capacity_for():
    world = World(limited(NORTH, ipv4_per_detached_interface=2, ipv6_per_detached_interface=2))
    subnet = world.subnet(ipv6_index=0)
    instance, interface = world.instance(subnet), world.interface(subnet)
    world.attach(interface, instance)
    world.do(assign(interface, "10.0.0.5", "10.0.0.6"))
    world.do(DetachInterface(interface_id=interface.id, instance_id=instance.id))
    world.wait()
    world.refuses(assign(interface, "10.0.0.7"), errors.DetachedAddressesExceeded)
    world.do(assign(interface, ipv6=(ANY,)))


def test_assigned_addresses_are_members_of_the_groups_where_addresses_are_counted():
    world = World(limited(NORTH, basic_group_members=3))
    subnet = world.subnet()
    interface = world.interface(subnet)
    (group_id,) = interface.group_ids
    world.refuses(
        assign(interface, "10.0.0.5", "10.0.0.6", "10.0.0.7"),
        errors.GroupMembersExceeded,
        resource_id=group_id,
        limit=3,
    )
    world.do(assign(interface, "10.0.0.5", "10.0.0.6"))
    assert world.graph.group_load[group_id] == 3
    world.do(unassign(interface, "10.0.0.5"))
    assert world.graph.group_load[group_id] == 2


def test_assigned_addresses_weigh_nothing_where_interfaces_are_counted():
    world = World(limited(SOUTH, basic_group_members=1))
    interface = world.interface(world.subnet())
    world.do(assign(interface, "10.0.0.5"))
    assert world.graph.group_load[interface.group_ids[0]] == 1
