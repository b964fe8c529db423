"""Creating interfaces."""

import pytest
from tests.core.builders import World, certain, ips
from tests.core.engine.commands import create
from tests.core.model.rules import BOTH, NORTH, SOUTH, limited

from duolect_core import errors
from duolect_core.interfaces.lifecycle import (
    CreateInterface,
    DeleteInterface,
)
from duolect_core.model.lifecycles import AddressState, InterfaceState
from duolect_core.model.resources import SECOND, GroupKind, InterfaceKind
from duolect_core.networks.lifecycle import CreateSubnet
from duolect_core.relations.address_plans import ANY, ANY_PREFIX, AddressPlan


@BOTH
def test_an_interface_carries_what_it_was_created_with(rules):
    world = World(rules)
    subnet = world.subnet(ipv6_index=0)
    group = world.group(subnet)
    interface = world.interface(
        subnet,
        AddressPlan(primary=certain("10.0.0.9")[0], secondaries=certain("10.0.0.7"), ipv6=(ANY, ANY)),
        network_id=subnet.network_id,
        group_ids=(group.id, group.id),
        name="n",
        description="d",
        tags={"k": "v"},
        extras={"x": 1},
        queues=3,
        queue_pairs=4,
        protected=True,
        managed=True,
    )
    assert ips(interface) == ["10.0.0.9", "10.0.0.7"]
    assert len(interface.ipv6) == 2
    assert (interface.network_id, interface.subnet_id, interface.zone) == (
        subnet.network_id,
        subnet.id,
        subnet.zone,
    )
    assert interface.group_ids == (group.id,)
    assert (interface.name, interface.description, interface.tags) == ("n", "d", {"k": "v"})
    assert (interface.extras, interface.queues, interface.queue_pairs) == ({"x": 1}, 3, 4)
    assert (interface.protected, interface.managed, interface.rdma) == (True, True, False)
    assert interface.kind is InterfaceKind.SECONDARY
    assert interface.attachment is None


@pytest.mark.parametrize(("rules", "prefix"), [(NORTH, "00:aa:3e:"), (SOUTH, "20:90:BB:")])
def test_macs_are_distinct_and_in_the_clouds_style(rules, prefix):
    world = World(rules)
    subnet = world.subnet()
    macs = [world.interface(subnet).mac for _ in range(30)]
    assert len(set(macs)) == 30
    assert all(mac.startswith(prefix) for mac in macs)
    assert all(mac == (mac.upper() if rules.mac_upper else mac.lower()) for mac in macs)


def test_creating_is_immediate_where_it_is_synchronous(north):
    subnet = north.subnet()
    before = len(north.graph.operations)
    interface = north.do(create(subnet, *north.default_groups(subnet)))
    assert interface.state is InterfaceState.AVAILABLE
    assert interface.ipv4[0].state is AddressState.AVAILABLE
    assert len(north.graph.operations) == before


def test_creating_takes_the_clouds_time_where_it_is_asynchronous():
    world = World(SOUTH)
    interface = world.do(create(world.subnet(ipv6_index=0), addresses=AddressPlan(ipv6=(ANY,))))
    addresses = (*interface.ipv4, *interface.ipv6)
    assert interface.state is InterfaceState.PENDING
    assert {address.state for address in addresses} == {AddressState.PENDING}
    world.wait(2 * SECOND - 1)
    assert interface.state is InterfaceState.PENDING
    world.wait(1)
    assert interface.state is InterfaceState.AVAILABLE
    assert {address.state for address in (*interface.ipv4, *interface.ipv6)} == {AddressState.AVAILABLE}


@pytest.mark.parametrize(
    ("requested", "released"), [(None, NORTH.delete_on_release), (True, True), (False, False)]
)
def test_an_interface_goes_with_its_instance_as_requested_or_else_as_the_cloud_does(
    north, requested, released
):
    interface = north.interface(north.subnet(), delete_on_release=requested)
    assert interface.delete_on_release is released


def test_an_interface_stays_by_default_where_the_cloud_keeps_it():
    world = World(SOUTH)
    assert world.interface(world.subnet()).delete_on_release is False


def test_an_interface_without_a_group_is_refused_where_one_is_needed(north):
    north.refuses(create(north.subnet()), errors.GroupRequired)


def test_an_interface_without_a_group_is_created_where_none_is_needed():
    world = World(SOUTH)
    assert world.interface(world.subnet(), group_ids=()).group_ids == ()


def test_a_subnet_that_does_not_exist_is_refused(north):
    north.refuses(CreateInterface(subnet_id="absent"), errors.SubnetNotFound, resource_id="absent")


def test_a_network_that_does_not_exist_is_refused(north):
    north.refuses(create(north.subnet(), network_id="absent"), errors.NetworkNotFound, resource_id="absent")


def test_a_subnet_that_is_still_being_created_is_refused(north):
    network = north.network()
    subnet = north.do(CreateSubnet(network_id=network.id, zone="n1", block=network.block))
    north.refuses(create(subnet), errors.SubnetBusy, subnet_id=subnet.id)


def test_a_subnet_of_another_network_than_the_one_named_is_refused(north):
    subnet, other = north.subnet(), north.network()
    north.refuses(
        create(subnet, network_id=other.id),
        errors.SubnetNetworkMismatch,
        resource_id=subnet.id,
        network_id=subnet.network_id,
        other_network_id=other.id,
    )


def test_a_group_that_does_not_exist_is_refused(north):
    north.refuses(create(north.subnet(), "absent"), errors.GroupNotFound, resource_id="absent")


@pytest.mark.parametrize("kind", [InterfaceKind.PRIMARY, InterfaceKind.MEMBER])
def test_primary_interfaces_and_members_are_not_created_on_their_own(north, kind):
    north.refuses(create(north.subnet(), kind=kind), errors.InterfaceKindUnsupported, kind=kind)


def test_an_address_that_is_in_use_is_refused(north):
    subnet = north.subnet()
    held = AddressPlan(primary=certain("10.0.0.9")[0])
    north.interface(subnet, held)
    north.refuses(
        create(subnet, *north.default_groups(subnet), addresses=held),
        errors.AddressInUse,
        address="10.0.0.9",
    )


def test_a_subnet_is_exhausted_by_its_last_address_and_not_before(north):
    subnet = north.subnet(block="10.0.0.0/28")
    for _ in range(12):
        last = north.interface(subnet)
    command = create(subnet, *north.default_groups(subnet))
    north.refuses(command, errors.SubnetExhausted, subnet_id=subnet.id, wanted=1, free=0)
    north.do(DeleteInterface(last.id))
    north.refuses(command, errors.SubnetExhausted)
    north.wait()
    assert ips(north.do(command)) == ips(last)


@pytest.mark.parametrize(
    ("quota", "changes", "error"),
    [
        ({"interfaces": 2}, {}, errors.InterfaceQuotaExceeded),
        ({"interfaces_per_network": 1}, {}, errors.NetworkInterfaceQuotaExceeded),
        ({"tags_per_resource": 1}, {"tags": {"a": "", "b": ""}}, errors.TagQuotaExceeded),
        (
            {"ipv4_per_detached_interface": 2},
            {"addresses": AddressPlan(secondaries=(ANY,), ipv4_prefixes=(ANY_PREFIX,))},
            errors.DetachedAddressesExceeded,
        ),
        (
            {"ipv6_per_detached_interface": 1},
            {"addresses": AddressPlan(ipv6=(ANY,), ipv6_prefixes=(ANY_PREFIX,))},
            errors.DetachedAddressesExceeded,
        ),
        (
            {"basic_group_members": 4},
            {"addresses": AddressPlan(secondaries=(ANY, ANY))},
            errors.GroupMembersExceeded,
        ),
    ],
    ids=["region", "network", "tags", "ipv4", "ipv6", "group"],
)
def test_one_more_than_the_quota_is_refused_and_without_the_quota_granted(quota, changes, error):
    for rules in (limited(NORTH, **quota), NORTH):
        world = World(rules)
        subnet = world.subnet(ipv6_index=0)
        world.instance(subnet)  # one interface and one member, but not a secondary one
        world.interface(subnet)
        command = create(subnet, *world.default_groups(subnet), **changes)
        if rules is NORTH:
            world.do(command)
        else:
            world.refuses(command, error, limit=next(iter(quota.values())))


def test_what_reaches_a_quota_exactly_is_granted():
    quotas = {"interfaces": 2, "interfaces_per_network": 1, "ipv4_per_detached_interface": 3}
    world = World(limited(NORTH, **quotas, basic_group_members=4))
    subnet = world.subnet()
    world.instance(subnet)
    world.interface(subnet, AddressPlan(secondaries=(ANY, ANY)))


def test_members_count_interfaces_where_the_cloud_counts_interfaces():
    world = World(limited(SOUTH, basic_group_members=2))
    subnet = world.subnet()
    for _ in range(2):
        world.interface(subnet, AddressPlan(secondaries=(ANY,) * 5))
    world.refuses(create(subnet, *world.default_groups(subnet)), errors.GroupMembersExceeded, limit=2)


def test_an_enterprise_group_limits_interfaces_as_well_as_members():
    world = World(limited(NORTH, enterprise_group_interfaces=1, basic_group_members=0))
    subnet = world.subnet()
    group = world.group(subnet, kind=GroupKind.ENTERPRISE)
    world.interface(subnet, group_ids=(group.id,))
    world.refuses(create(subnet, group.id), errors.GroupInterfacesExceeded, resource_id=group.id, limit=1)
