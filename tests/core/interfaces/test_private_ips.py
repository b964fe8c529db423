"""Addresses: assigned, taken away, moved and described, at once in one cloud and in time in the other."""

import attrs
import pytest
from tests.core.builders import BOTH, NORTH, SOUTH, World, certain, ip, ips, limited

from duolect_core.addressing.pools import format_ipv6
from duolect_core.engine.idempotency import Token
from duolect_core.errors import (
    AddressBusy,
    AddressInUse,
    AddressNotAssigned,
    AddressOutsideSubnet,
    AddressRepeated,
    AddressReserved,
    DetachedAddressesExceeded,
    GroupMembersExceeded,
    InstanceWrongState,
    InterfaceManaged,
    InterfaceNotFound,
    InterfaceWrongState,
    Ipv4PerInterfaceExceeded,
    Ipv6Disabled,
    Ipv6PerInterfaceExceeded,
    Ipv6Unsupported,
    OperationNotFound,
    PrefixInUse,
    PrimaryAddressFixed,
    RdmaWithIpv6,
    SubnetExhausted,
    SubnetMismatch,
)
from duolect_core.instances.lifecycle import DeleteInstances, StartInstances, StopInstances
from duolect_core.interfaces.lifecycle import AttachInterface, DeleteInterface, DetachInterface
from duolect_core.interfaces.private_ips import (
    AssignAddresses,
    DescribeAddresses,
    MoveAddress,
    UnassignAddresses,
)
from duolect_core.model.lifecycles import AddressState, InstanceState, InterfaceState
from duolect_core.model.resources import SECOND, InterfaceKind, OperationState
from duolect_core.relations.address_plans import ANY, ANY_PREFIX, AddressPlan, AddressRequest, PrefixRequest


@pytest.fixture
def north():
    return World(NORTH)


@pytest.fixture
def south():
    return World(SOUTH)


def assign(interface, *texts, **more):
    return AssignAddresses(interface_id=interface.id, secondaries=certain(*texts), **more)


def unassign(interface, *texts, **more):
    return UnassignAddresses(interface_id=interface.id, ipv4=tuple(map(ip, texts)), **more)


def move(source, destination, text):
    return MoveAddress(source_id=source.id, destination_id=destination.id, ip=ip(text))


def states(interface):
    return [address.state for address in (*interface.ipv4, *interface.ipv6)]


def at(text):
    """Return the plan of an interface with this primary address."""
    return AddressPlan(primary=certain(text)[0])


# -- assigning ---------------------------------------------------------------------------------------


@BOTH
def test_what_is_assigned_is_granted_in_the_order_of_the_wishes(rules):
    world = World(rules)
    interface = world.interface(world.subnet(ipv6_index=0), at("10.0.0.9"))
    wishes = (*certain("10.0.0.8"), ANY, AddressRequest(ip("10.0.0.5"), "mine"))
    command = AssignAddresses(
        interface_id=interface.id,
        secondaries=wishes,
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
    assert {address.state for address in (*granted.ipv4, *granted.ipv6)} == {AddressState.AVAILABLE}
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
    with pytest.raises(OperationNotFound):
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
    north.do(DescribeAddresses(interface_id=interface.id, descriptions={ip("10.0.0.5"): "new"}))
    again = north.do(command, token=token)
    assert again.ipv4[0].description == ""
    assert again.ipv6 == first.ipv6
    assert len(interface.ipv4) == 2


def test_nothing_is_assigned_to_what_is_not_there_or_not_the_callers(north):
    interface = north.interface(north.subnet(), managed=True)
    north.refuses(AssignAddresses(interface_id="absent"), InterfaceNotFound, resource_id="absent")
    north.refuses(assign(interface, "10.0.0.5"), InterfaceManaged, resource_id=interface.id)


@BOTH
def test_nothing_is_assigned_while_the_interface_is_on_its_way(rules):
    world = World(rules)
    subnet = world.subnet()
    instance, interface = world.instance(subnet), world.interface(subnet)
    bond = {"interface_id": interface.id, "instance_id": instance.id}
    for command, state in (
        (AttachInterface(**bond), InterfaceState.ATTACHING),
        (DetachInterface(**bond), InterfaceState.DETACHING),
        (DeleteInterface(interface.id), InterfaceState.DELETING),
    ):
        world.do(command)
        allowed = (InterfaceState.AVAILABLE, InterfaceState.IN_USE)
        world.refuses(assign(interface, "10.0.0.5"), InterfaceWrongState, state=state, allowed=allowed)
        world.wait()


@BOTH
def test_a_primary_interface_gets_nothing_while_its_instance_is_on_its_way(rules):
    world = World(rules)
    subnet = world.subnet()
    instance = world.instance(subnet)
    primary, secondary = world.primary(instance), world.attach(world.interface(subnet), instance)
    world.do(StopInstances((instance.id,)))
    world.refuses(assign(primary, "10.0.0.5"), InstanceWrongState, state=InstanceState.STOPPING)
    world.do(assign(secondary, "10.0.0.5"))
    world.wait()
    world.do(assign(primary, "10.0.0.6"))
    world.wait()
    world.do(StartInstances((instance.id,)))
    world.refuses(unassign(primary, "10.0.0.6"), InstanceWrongState, state=InstanceState.STARTING)


@pytest.mark.parametrize(
    ("wanted", "error"),
    [
        ({"secondaries": certain("10.1.0.5")}, AddressOutsideSubnet),
        ({"secondaries": certain("10.0.0.255")}, AddressReserved),
        ({"secondaries": certain("10.0.0.17")}, AddressInUse),
        ({"secondaries": certain("10.0.0.5", "10.0.0.5")}, AddressRepeated),
        ({"secondaries": (ANY,) * 300}, SubnetExhausted),
        ({"ipv4_prefixes": (PrefixRequest(ip("10.0.0.16"), 28),)}, PrefixInUse),
        ({"ipv6": (ANY,)}, Ipv6Disabled),
    ],
)
def test_assigning_checks_addresses_as_creating_does(north, wanted, error):
    interface = north.interface(north.subnet(), at("10.0.0.17"))
    north.refuses(AssignAddresses(interface_id=interface.id, **wanted), error)


def test_an_interface_in_rdma_mode_gets_no_ipv6(north):
    interface = north.interface(north.subnet(ipv6_index=0), rdma=True)
    north.refuses(assign(interface, ipv6=(ANY,)), RdmaWithIpv6, interface_id=interface.id)
    north.refuses(assign(interface, ipv6_prefixes=(ANY_PREFIX,)), RdmaWithIpv6)
    north.do(assign(interface, "10.0.0.5"))


@BOTH
def test_an_attached_interface_holds_what_its_instance_type_allows(rules):
    world = World(rules)
    subnet = world.subnet(ipv6_index=0)
    interface = world.attach(world.interface(subnet), world.instance(subnet))
    refused = {"resource_id": interface.id, "limit": 8}
    wish = AssignAddresses(
        interface_id=interface.id, secondaries=(ANY,) * 6, ipv4_prefixes=(ANY_PREFIX,) * 2
    )
    world.refuses(wish, Ipv4PerInterfaceExceeded, **refused)
    world.do(attrs.evolve(wish, ipv4_prefixes=(ANY_PREFIX,), ipv6=(ANY,) * 3))
    world.refuses(assign(interface, "10.0.0.5"), Ipv4PerInterfaceExceeded, **refused)
    many = assign(interface, ipv6=(ANY,), ipv6_prefixes=(ANY_PREFIX,))
    world.refuses(many, Ipv6PerInterfaceExceeded, limit=4)
    small = world.attach(world.interface(subnet), world.instance(subnet, "small"))
    world.refuses(assign(small, ipv6=(ANY,)), Ipv6Unsupported, instance_type="small")


@BOTH
def test_a_detached_interface_holds_what_the_quota_allows(rules):
    world = World(limited(rules, ipv4_per_detached_interface=3, ipv6_per_detached_interface=2))
    subnet = world.subnet(ipv6_index=0)
    interface = world.interface(subnet)
    four = AssignAddresses(interface_id=interface.id, secondaries=(ANY,) * 2, ipv4_prefixes=(ANY_PREFIX,))
    world.refuses(four, DetachedAddressesExceeded, resource_id=interface.id, limit=3)
    world.do(assign(interface, ipv6=(ANY,), ipv6_prefixes=(ANY_PREFIX,)))
    world.refuses(assign(interface, ipv6=(ANY,)), DetachedAddressesExceeded, limit=2)
    world.do(attrs.evolve(four, ipv4_prefixes=()))


def test_an_interface_that_came_back_with_more_still_gets_what_it_has_room_for():
    world = World(limited(NORTH, ipv4_per_detached_interface=2, ipv6_per_detached_interface=2))
    subnet = world.subnet(ipv6_index=0)
    instance, interface = world.instance(subnet), world.interface(subnet)
    world.attach(interface, instance)
    world.do(assign(interface, "10.0.0.5", "10.0.0.6"))
    world.do(DetachInterface(interface_id=interface.id, instance_id=instance.id))
    world.wait()
    world.refuses(assign(interface, "10.0.0.7"), DetachedAddressesExceeded)
    world.do(assign(interface, ipv6=(ANY,)))


def test_assigned_addresses_are_members_of_the_groups_where_addresses_are_counted():
    world = World(limited(NORTH, basic_group_members=3))
    subnet = world.subnet()
    interface = world.interface(subnet)
    (group_id,) = interface.group_ids
    world.refuses(
        assign(interface, "10.0.0.5", "10.0.0.6", "10.0.0.7"),
        GroupMembersExceeded,
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


# -- taking away -------------------------------------------------------------------------------------


def furnished(world):
    """Return an interface that holds some of everything."""
    plan = AddressPlan(
        primary=certain("10.0.0.9")[0],
        secondaries=certain("10.0.0.5", "10.0.0.6"),
        ipv6=(ANY, ANY),
        ipv4_prefixes=(ANY_PREFIX, ANY_PREFIX),
        ipv6_prefixes=(ANY_PREFIX,),
    )
    return world.interface(world.subnet(ipv6_index=0), plan)


def test_addresses_are_free_again_at_once_where_creating_is_synchronous(north):
    interface = furnished(north)
    pool = north.graph.subnets[interface.subnet_id].pool
    kept = interface.ipv6[1], interface.ipv4_prefixes[0]
    command = unassign(
        interface,
        "10.0.0.6",
        ipv6=(interface.ipv6[0].ip,),
        ipv4_prefixes=interface.ipv4_prefixes[1:],
        ipv6_prefixes=interface.ipv6_prefixes,
    )
    assert north.do(command) is interface
    assert ips(interface) == ["10.0.0.9", "10.0.0.5"]
    assert (interface.ipv6, interface.ipv4_prefixes) == ([kept[0]], (kept[1],))
    assert interface.ipv6_prefixes == ()
    assert pool.is_free(ip("10.0.0.6"))
    assert not north.graph.interfaces_by_ip.ids(ip("10.0.0.6"))
    assert north.partition.timeline.next_due is None


def test_addresses_are_deleting_until_their_operation_is_due_where_it_is_not(south):
    interface = furnished(south)
    pool = south.graph.subnets[interface.subnet_id].pool
    command = unassign(
        interface, "10.0.0.6", ipv6=(interface.ipv6[0].ip,), ipv4_prefixes=interface.ipv4_prefixes
    )
    south.do(command, operation_id="it")
    operation = south.partition.operation("it")
    assert operation.kind == "unassign-addresses"
    assert interface.ipv4_prefixes == ()
    south.wait(10 * SECOND)
    assert ips(interface) == ["10.0.0.9", "10.0.0.5", "10.0.0.6"]
    assert states(interface) == [AddressState.AVAILABLE] * 2 + [AddressState.DELETING] * 2 + [
        AddressState.AVAILABLE
    ]
    assert not pool.is_free(ip("10.0.0.6"))
    south.wait(1 * SECOND)
    assert ips(interface) == ["10.0.0.9", "10.0.0.5"]
    assert len(interface.ipv6) == 1
    assert pool.is_free(ip("10.0.0.6"))
    assert operation.state is OperationState.SUCCEEDED


@BOTH
def test_all_addresses_go_or_none(rules):
    world = World(rules)
    interface = furnished(world)
    world.refuses(unassign(interface, "10.0.0.5", "10.0.0.66"), AddressNotAssigned, address="10.0.0.66")
    stray = int(world.graph.subnets[interface.subnet_id].ipv6_block.network_address)
    world.refuses(
        unassign(interface, "10.0.0.5", ipv6=(stray,)), AddressNotAssigned, address=format_ipv6(stray)
    )
    world.refuses(
        unassign(interface, "10.0.0.5", ipv4_prefixes=(ip("10.0.0.224"),)),
        AddressNotAssigned,
        address="10.0.0.224/28",
    )
    world.refuses(
        unassign(interface, "10.0.0.5", ipv6_prefixes=(stray,)),
        AddressNotAssigned,
        address=f"{format_ipv6(stray)}/80",
    )


@BOTH
def test_the_primary_address_stays(rules):
    world = World(rules)
    interface = furnished(world)
    world.refuses(unassign(interface, "10.0.0.9"), PrimaryAddressFixed, address="10.0.0.9")
    other = world.interface(world.graph.subnets[interface.subnet_id])
    world.refuses(move(interface, other, "10.0.0.9"), PrimaryAddressFixed, address="10.0.0.9")


def test_an_address_or_prefix_that_is_named_twice_is_refused(north):
    interface = furnished(north)
    north.refuses(unassign(interface, "10.0.0.5", "10.0.0.5"), AddressRepeated, address="10.0.0.5")
    (prefix,) = interface.ipv6_prefixes
    north.refuses(
        unassign(interface, ipv6_prefixes=(prefix, prefix)),
        AddressRepeated,
        address=f"{format_ipv6(prefix)}/80",
    )


def test_an_address_on_its_way_cannot_be_taken_away_or_moved(south):
    interface = furnished(south)
    other = south.interface(south.graph.subnets[interface.subnet_id])
    south.do(assign(interface, "10.0.0.7"))
    south.do(unassign(interface, "10.0.0.5"))
    south.do(move(interface, other, "10.0.0.6"))
    for text, state in (
        ("10.0.0.7", AddressState.PENDING),
        ("10.0.0.5", AddressState.DELETING),
        ("10.0.0.6", AddressState.MIGRATING),
    ):
        south.refuses(unassign(interface, text), AddressBusy, address=text, state=state)
        south.refuses(move(interface, other, text), AddressBusy, address=text, state=state)


def test_nothing_is_taken_from_what_is_not_there_or_not_the_callers(north):
    interface = north.interface(north.subnet(), managed=True)
    north.refuses(UnassignAddresses(interface_id="absent"), InterfaceNotFound, resource_id="absent")
    north.refuses(unassign(interface, "10.0.0.5"), InterfaceManaged)


@pytest.mark.parametrize("way", ["assign", "unassign", "move"])
def test_what_is_under_way_with_addresses_fails_when_their_interface_goes(way):
    world = World(
        attrs.evolve(SOUTH, durations=attrs.evolve(SOUTH.durations, change_addresses=90 * SECOND))
    )
    interface = furnished(world)
    other = world.interface(world.graph.subnets[interface.subnet_id])
    command = {
        "assign": assign(interface, "10.0.0.7", "10.0.0.8"),
        "unassign": unassign(interface, "10.0.0.5", "10.0.0.6"),
        "move": move(interface, other, "10.0.0.5"),
    }[way]
    world.do(command, operation_id="it")
    world.do(DeleteInterface(interface.id))
    world.wait()
    operation = world.partition.operation("it")
    assert interface.state is InterfaceState.GONE
    assert operation.state is OperationState.FAILED
    assert operation.reason == f"interface {interface.id} was deleted"
    assert world.partition.timeline.next_due is None


def test_addresses_of_a_primary_interface_go_with_its_instance_whatever_is_under_way(south):
    subnet = south.subnet()
    instance = south.instance(subnet)
    south.do(assign(south.primary(instance), "10.0.0.7"), operation_id="it")
    south.do(DeleteInstances(instance_ids=(instance.id,), force=True))
    south.wait(9 * SECOND)
    assert south.partition.operation("it").state is OperationState.FAILED
    assert subnet.pool.is_free(ip("10.0.0.7"))


# -- moving ------------------------------------------------------------------------------------------


def neighbours(world, **more):
    """Return two interfaces in one subnet, the first with an address to give."""
    subnet = world.subnet()
    plan = AddressPlan(primary=certain("10.0.0.9")[0], secondaries=certain("10.0.0.5"))
    return world.interface(subnet, plan), world.interface(subnet, at("10.0.0.19"), **more)


def test_an_address_is_moved_at_once_where_creating_is_synchronous(north):
    source, destination = neighbours(north)
    assert north.do(move(source, destination, "10.0.0.5")) is source
    assert (ips(source), ips(destination)) == (["10.0.0.9"], ["10.0.0.19", "10.0.0.5"])
    assert list(north.graph.interfaces_by_ip.ids(ip("10.0.0.5"))) == [destination.id]


def test_an_address_is_migrating_at_its_source_until_the_operation_is_due_where_it_is_not(south):
    source, destination = neighbours(south)
    south.do(move(source, destination, "10.0.0.5"), operation_id="it")
    operation = south.partition.operation("it")
    assert (operation.kind, operation.resource_ids) == ("move-address", (source.id, destination.id))
    south.wait(10 * SECOND)
    assert source.ipv4[1].state is AddressState.MIGRATING
    assert ips(destination) == ["10.0.0.19"]
    south.wait(1 * SECOND)
    assert (ips(source), ips(destination)) == (["10.0.0.9"], ["10.0.0.19", "10.0.0.5"])
    assert destination.ipv4[1].state is AddressState.AVAILABLE
    assert operation.state is OperationState.SUCCEEDED


def test_an_address_moves_between_two_interfaces_only(north):
    source, _ = neighbours(north)
    north.refuses(move(source, source, "10.0.0.5"), AddressInUse, address="10.0.0.5")
    absent = MoveAddress(source_id="absent", destination_id=source.id, ip=0)
    north.refuses(absent, InterfaceNotFound, resource_id="absent")
    absent = MoveAddress(source_id=source.id, destination_id="absent", ip=0)
    north.refuses(absent, InterfaceNotFound, resource_id="absent")


def test_an_address_does_not_move_to_a_managed_or_busy_interface(north):
    source, managed = neighbours(north, managed=True)
    north.refuses(move(source, managed, "10.0.0.5"), InterfaceManaged, resource_id=managed.id)
    busy = north.interface(north.graph.subnets[source.subnet_id])
    north.do(DeleteInterface(busy.id))
    north.refuses(move(source, busy, "10.0.0.5"), InterfaceWrongState, interface_id=busy.id)


def test_an_address_that_the_source_does_not_hold_is_not_moved(north):
    source, destination = neighbours(north)
    north.refuses(move(source, destination, "10.0.0.6"), AddressNotAssigned, address="10.0.0.6")


def test_an_address_does_not_leave_its_subnet(north):
    source, _ = neighbours(north)
    network = north.graph.networks[source.network_id]
    other = north.interface(north.subnet(network, "10.0.1.0/24"))
    north.refuses(
        move(source, other, "10.0.0.5"),
        SubnetMismatch,
        interface_id=source.id,
        subnet_id=source.subnet_id,
        other_id=other.id,
        other_subnet_id=other.subnet_id,
    )


@BOTH
def test_an_address_moves_to_where_there_is_room(rules):
    world = World(limited(rules, ipv4_per_detached_interface=2))
    source, destination = neighbours(world)
    world.do(assign(destination, "10.0.0.6"))
    world.refuses(
        move(source, destination, "10.0.0.5"), DetachedAddressesExceeded, resource_id=destination.id
    )


def test_a_moved_address_joins_the_groups_of_its_destination():
    world = World(limited(NORTH, basic_group_members=3))
    source, destination = neighbours(world)
    (shared,) = source.group_ids
    world.do(move(source, destination, "10.0.0.5"))
    assert world.graph.group_load[shared] == 3
    subnet = world.graph.subnets[source.subnet_id]
    full = world.group(subnet)
    plan = AddressPlan(primary=certain("10.0.0.29")[0], secondaries=certain("10.0.0.28", "10.0.0.27"))
    third = world.interface(subnet, plan, group_ids=(full.id,))
    world.refuses(move(destination, third, "10.0.0.5"), GroupMembersExceeded, resource_id=full.id)


@pytest.mark.parametrize("end", ["filled up", "gone"])
def test_an_address_stays_where_it_is_when_its_destination_no_longer_takes_it(end):
    world = World(limited(SOUTH, ipv4_per_detached_interface=2))
    source, destination = neighbours(world)
    world.do(move(source, destination, "10.0.0.5"), operation_id="it")
    world.do(assign(destination, "10.0.0.6") if end == "filled up" else DeleteInterface(destination.id))
    world.wait()
    assert ips(source) == ["10.0.0.9", "10.0.0.5"]
    assert set(states(source)) == {AddressState.AVAILABLE}
    operation = world.partition.operation("it")
    assert operation.state is OperationState.FAILED
    assert operation.reason == f"interface {destination.id} no longer takes the address"
    world.do(unassign(source, "10.0.0.5"))


# -- describing --------------------------------------------------------------------------------------


@BOTH
def test_addresses_of_both_families_are_described(rules):
    world = World(rules)
    interface = furnished(world)
    descriptions = {interface.primary_ip: "first", interface.ipv6[1].ip: "sixth"}
    command = DescribeAddresses(interface_id=interface.id, descriptions=descriptions)
    assert world.do(command) is interface
    assert [address.description for address in interface.ipv4] == ["first", "", ""]
    assert [address.description for address in interface.ipv6] == ["", "sixth"]


def test_all_addresses_are_described_or_none(north):
    interface = furnished(north)
    descriptions = {interface.primary_ip: "first", ip("10.0.0.66"): "stray"}
    command = DescribeAddresses(interface_id=interface.id, descriptions=descriptions)
    north.refuses(command, AddressNotAssigned, address="10.0.0.66")


def test_nothing_is_described_on_what_is_not_there_or_not_the_callers(north):
    interface = north.interface(north.subnet(), managed=True)
    absent = DescribeAddresses(interface_id="absent", descriptions={})
    north.refuses(absent, InterfaceNotFound, resource_id="absent")
    north.refuses(DescribeAddresses(interface_id=interface.id, descriptions={}), InterfaceManaged)


def test_a_trunk_gets_addresses_like_any_other_interface(north):
    subnet = north.subnet()
    trunk = north.trunk(north.instance(subnet))
    north.do(assign(trunk, "10.0.0.5"))
    assert trunk.kind is InterfaceKind.TRUNK
    assert ips(trunk)[1:] == ["10.0.0.5"]
