"""Interfaces: created, attached, detached and deleted, or refused for exactly one reason."""

import attrs
import pytest
from tests.core.builders import BOTH, NORTH, SOUTH, World, certain, ips, limited

from duolect_core.errors import (
    AddressInUse,
    DetachedAddressesExceeded,
    GroupInterfacesExceeded,
    GroupMembersExceeded,
    GroupNotFound,
    GroupRequired,
    HotPlugUnsupported,
    InstanceClassicNetwork,
    InstanceNotFound,
    InstanceWrongState,
    InterfaceAlreadyAttached,
    InterfaceIsPrimary,
    InterfaceKindUnsupported,
    InterfaceManaged,
    InterfaceNotAttached,
    InterfaceNotFound,
    InterfaceProtected,
    InterfaceQuotaExceeded,
    InterfaceWrongState,
    NetworkInterfaceQuotaExceeded,
    NetworkNotFound,
    NotOnTrunk,
    SubnetBusy,
    SubnetExhausted,
    SubnetNetworkMismatch,
    SubnetNotFound,
    TagQuotaExceeded,
    TrunkHoldsMembers,
    TrunkNotFound,
)
from duolect_core.instances.lifecycle import DeleteInstances, StartInstances
from duolect_core.interfaces.lifecycle import (
    AttachInterface,
    CreateInterface,
    DeleteInterface,
    DetachInterface,
)
from duolect_core.model.lifecycles import InterfaceState
from duolect_core.model.resources import SECOND, AddressState, GroupKind, InterfaceKind
from duolect_core.networks.lifecycle import CreateSubnet
from duolect_core.relations.address_plans import ANY, ANY_PREFIX, AddressPlan


@pytest.fixture
def north():
    return World(NORTH)


def create(subnet, *group_ids, **more):
    return CreateInterface(subnet_id=subnet.id, group_ids=group_ids, **more)


def attach(interface, instance, **more):
    return AttachInterface(interface_id=interface.id, instance_id=instance.id, **more)


def detach(interface, instance, **more):
    return DetachInterface(interface_id=interface.id, instance_id=instance.id, **more)


# -- creating ----------------------------------------------------------------------------------------


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
    assert {address.state for address in addresses} == {AddressState.AVAILABLE}


@pytest.mark.parametrize(
    ("wish", "released"), [(None, NORTH.delete_on_release), (True, True), (False, False)]
)
def test_an_interface_goes_with_its_instance_as_wished_or_else_as_the_cloud_does(north, wish, released):
    interface = north.interface(north.subnet(), delete_on_release=wish)
    assert interface.delete_on_release is released


def test_an_interface_stays_by_default_where_the_cloud_keeps_it():
    world = World(SOUTH)
    assert world.interface(world.subnet()).delete_on_release is False


def test_an_interface_without_a_group_is_refused_where_one_is_needed(north):
    north.refuses(create(north.subnet()), GroupRequired)


def test_an_interface_without_a_group_is_created_where_none_is_needed():
    world = World(SOUTH)
    assert world.interface(world.subnet(), group_ids=()).group_ids == ()


def test_a_subnet_that_does_not_exist_is_refused(north):
    north.refuses(CreateInterface(subnet_id="absent"), SubnetNotFound, resource_id="absent")


def test_a_network_that_does_not_exist_is_refused(north):
    north.refuses(create(north.subnet(), network_id="absent"), NetworkNotFound, resource_id="absent")


def test_a_subnet_that_is_still_being_created_is_refused(north):
    network = north.network()
    subnet = north.do(CreateSubnet(network_id=network.id, zone="n1", block=network.block))
    north.refuses(create(subnet), SubnetBusy, subnet_id=subnet.id)


def test_a_subnet_of_another_network_than_the_one_named_is_refused(north):
    subnet, other = north.subnet(), north.network()
    north.refuses(
        create(subnet, network_id=other.id),
        SubnetNetworkMismatch,
        resource_id=subnet.id,
        network_id=subnet.network_id,
        other_network_id=other.id,
    )


def test_a_group_that_does_not_exist_is_refused(north):
    north.refuses(create(north.subnet(), "absent"), GroupNotFound, resource_id="absent")


@pytest.mark.parametrize("kind", [InterfaceKind.PRIMARY, InterfaceKind.MEMBER])
def test_primary_interfaces_and_members_are_not_created_on_their_own(north, kind):
    north.refuses(create(north.subnet(), kind=kind), InterfaceKindUnsupported, kind=kind)


def test_an_address_that_is_in_use_is_refused(north):
    subnet = north.subnet()
    held = AddressPlan(primary=certain("10.0.0.9")[0])
    north.interface(subnet, held)
    north.refuses(
        create(subnet, *north.default_groups(subnet), addresses=held), AddressInUse, address="10.0.0.9"
    )


def test_a_subnet_is_exhausted_by_its_last_address_and_not_before(north):
    subnet = north.subnet(block="10.0.0.0/28")
    for _ in range(12):
        last = north.interface(subnet)
    command = create(subnet, *north.default_groups(subnet))
    north.refuses(command, SubnetExhausted, subnet_id=subnet.id, wanted=1, free=0)
    north.do(DeleteInterface(last.id))
    north.refuses(command, SubnetExhausted)
    north.wait()
    assert ips(north.do(command)) == ips(last)


@pytest.mark.parametrize(
    ("quota", "changes", "error"),
    [
        ({"interfaces": 2}, {}, InterfaceQuotaExceeded),
        ({"interfaces_per_network": 1}, {}, NetworkInterfaceQuotaExceeded),
        ({"tags_per_resource": 1}, {"tags": {"a": "", "b": ""}}, TagQuotaExceeded),
        (
            {"ipv4_per_detached_interface": 2},
            {"addresses": AddressPlan(secondaries=(ANY,), ipv4_prefixes=(ANY_PREFIX,))},
            DetachedAddressesExceeded,
        ),
        (
            {"ipv6_per_detached_interface": 1},
            {"addresses": AddressPlan(ipv6=(ANY,), ipv6_prefixes=(ANY_PREFIX,))},
            DetachedAddressesExceeded,
        ),
        (
            {"basic_group_members": 4},
            {"addresses": AddressPlan(secondaries=(ANY, ANY))},
            GroupMembersExceeded,
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
    world.refuses(create(subnet, *world.default_groups(subnet)), GroupMembersExceeded, limit=2)


def test_an_enterprise_group_limits_interfaces_beside_members():
    world = World(limited(NORTH, enterprise_group_interfaces=1, basic_group_members=0))
    subnet = world.subnet()
    group = world.group(subnet, kind=GroupKind.ENTERPRISE)
    world.interface(subnet, group_ids=(group.id,))
    world.refuses(create(subnet, group.id), GroupInterfacesExceeded, resource_id=group.id, limit=1)


# -- attaching ---------------------------------------------------------------------------------------


@BOTH
def test_attaching_takes_its_time_and_ends_in_use(rules):
    world = World(rules)
    subnet = world.subnet()
    instance, interface = world.instance(subnet), world.interface(subnet)
    assert world.do(attach(interface, instance, card=1)) is interface
    assert interface.state is InterfaceState.ATTACHING
    assert interface.attachment.instance_id == instance.id
    assert interface.attachment.device_index == 1
    assert interface.attachment.since == world.at
    assert interface.attachment.card == 1
    world.wait(3 * SECOND - 1)
    assert interface.state is InterfaceState.ATTACHING
    world.wait(1)
    assert interface.state is InterfaceState.IN_USE
    assert list(world.graph.interfaces_by_instance.ids(instance.id)) == [
        world.primary(instance).id,
        interface.id,
    ]


def test_the_lowest_free_device_index_is_used(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    first, second, third = (north.attach(north.interface(subnet), instance) for _ in range(3))
    assert [each.attachment.device_index for each in (first, second, third)] == [1, 2, 3]
    north.do(detach(second, instance))
    north.wait()
    north.attach(second, instance)
    assert second.attachment.device_index == 2


def test_what_does_not_exist_cannot_be_attached_or_attached_to(north):
    subnet = north.subnet()
    instance, interface = north.instance(subnet), north.interface(subnet)
    absent = attrs.evolve(attach(interface, instance), interface_id="absent")
    north.refuses(absent, InterfaceNotFound, resource_id="absent")
    absent = attrs.evolve(attach(interface, instance), instance_id="absent")
    north.refuses(absent, InstanceNotFound, resource_id="absent")
    north.refuses(attach(interface, instance, trunk_id="absent"), TrunkNotFound, resource_id="absent")


def test_a_managed_interface_is_not_the_callers_to_attach(north):
    subnet = north.subnet()
    instance, interface = north.instance(subnet), north.interface(subnet, managed=True)
    north.refuses(attach(interface, instance), InterfaceManaged, resource_id=interface.id)


def test_a_primary_interface_cannot_be_attached(north):
    instance = north.instance(north.subnet())
    primary = north.primary(instance)
    north.refuses(attach(primary, instance), InterfaceKindUnsupported, kind=InterfaceKind.PRIMARY)


def test_an_interface_in_use_cannot_be_attached_again(north):
    subnet = north.subnet()
    first, second = north.instance(subnet), north.instance(subnet)
    interface = north.attach(north.interface(subnet), first)
    for instance in (first, second):
        north.refuses(attach(interface, instance), InterfaceAlreadyAttached, instance_id=first.id)


@BOTH
def test_an_interface_on_its_way_cannot_be_attached(rules):
    world = World(rules)
    subnet = world.subnet()
    instance, interface = world.instance(subnet), world.interface(subnet)
    for command, state in (
        (attach(interface, instance), InterfaceState.ATTACHING),
        (detach(interface, instance), InterfaceState.DETACHING),
        (DeleteInterface(interface.id), InterfaceState.DELETING),
    ):
        world.do(command)
        world.refuses(
            attach(interface, instance),
            InterfaceWrongState,
            state=state,
            allowed=(InterfaceState.AVAILABLE,),
        )
        world.wait()


def test_an_interface_without_a_group_is_not_attached_where_one_is_needed():
    world = World(SOUTH)
    subnet = world.subnet()
    instance, interface = world.instance(subnet), world.interface(subnet, group_ids=())
    world.refuses(attach(interface, instance), GroupRequired, interface_id=interface.id)


def test_an_interface_without_a_group_is_attached_where_none_is_needed():
    world = World(attrs.evolve(NORTH, interface_needs_group=False))
    subnet = world.subnet()
    world.attach(world.interface(subnet, group_ids=()), world.instance(subnet))


def test_an_instance_of_the_classic_network_takes_no_interface(north):
    subnet = north.subnet()
    instance, interface = north.instance(subnet, classic=True), north.interface(subnet)
    north.refuses(attach(interface, instance), InstanceClassicNetwork, resource_id=instance.id)


def test_an_instance_that_is_going_takes_no_interface(north):
    subnet = north.subnet()
    instance, interface = north.instance(subnet), north.interface(subnet)
    north.do(DeleteInstances(instance_ids=(instance.id,), force=True))
    north.refuses(attach(interface, instance), InstanceWrongState, instance_id=instance.id)


# -- detaching ---------------------------------------------------------------------------------------


@BOTH
def test_detaching_takes_its_time_and_ends_available(rules):
    world = World(rules)
    subnet = world.subnet()
    instance = world.instance(subnet)
    interface = world.attach(world.interface(subnet), instance)
    assert world.do(detach(interface, instance)) is interface
    assert interface.state is InterfaceState.DETACHING
    assert interface.attachment is not None
    world.wait(4 * SECOND - 1)
    assert interface.state is InterfaceState.DETACHING
    world.wait(1)
    assert interface.state is InterfaceState.AVAILABLE
    assert interface.attachment is None
    assert list(world.graph.interfaces_by_instance.ids(instance.id)) == [world.primary(instance).id]


def test_what_does_not_exist_cannot_be_detached_or_detached_from(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    interface = north.attach(north.interface(subnet), instance)
    absent = attrs.evolve(detach(interface, instance), interface_id="absent")
    north.refuses(absent, InterfaceNotFound, resource_id="absent")
    absent = attrs.evolve(detach(interface, instance), instance_id="absent")
    north.refuses(absent, InstanceNotFound, resource_id="absent")
    north.refuses(detach(interface, instance, trunk_id="absent"), TrunkNotFound, resource_id="absent")


def test_a_managed_interface_is_not_the_callers_to_detach(north):
    subnet = north.subnet()
    instance, interface = north.instance(subnet), north.interface(subnet, managed=True)
    north.refuses(detach(interface, instance), InterfaceManaged, resource_id=interface.id)


def test_a_primary_interface_cannot_be_detached(north):
    instance = north.instance(north.subnet())
    primary = north.primary(instance)
    north.refuses(detach(primary, instance), InterfaceIsPrimary, instance_id=instance.id)


def test_an_interface_that_is_attached_to_nothing_cannot_be_detached(north):
    subnet = north.subnet()
    instance, interface = north.instance(subnet), north.interface(subnet)
    north.refuses(detach(interface, instance), InterfaceNotAttached, attached_to=None)


def test_an_interface_cannot_be_detached_from_another_instance_than_its_own(north):
    subnet = north.subnet()
    mine, other = north.instance(subnet), north.instance(subnet)
    interface = north.attach(north.interface(subnet), mine)
    north.refuses(detach(interface, other), InterfaceNotAttached, instance_id=other.id, attached_to=mine.id)


def test_detaching_again_while_under_way_is_tolerated_in_one_cloud():
    world = World(NORTH)
    subnet = world.subnet()
    instance = world.instance(subnet)
    interface = world.attach(world.interface(subnet), instance)
    world.do(detach(interface, instance))
    started = world.at
    world.wait(2 * SECOND)
    operations = len(world.graph.operations)
    assert world.do(detach(interface, instance)) is interface
    assert len(world.graph.operations) == operations
    world.wait(started + 4 * SECOND - world.at)
    assert interface.state is InterfaceState.AVAILABLE


def test_detaching_again_while_under_way_is_refused_in_the_other_cloud():
    world = World(SOUTH)
    subnet = world.subnet()
    instance = world.instance(subnet)
    interface = world.attach(world.interface(subnet), instance)
    world.do(detach(interface, instance))
    world.refuses(
        detach(interface, instance),
        InterfaceWrongState,
        state=InterfaceState.DETACHING,
        allowed=(InterfaceState.IN_USE,),
    )


@BOTH
def test_an_interface_that_is_still_attaching_cannot_be_detached(rules):
    world = World(rules)
    subnet = world.subnet()
    instance, interface = world.instance(subnet), world.interface(subnet)
    world.do(attach(interface, instance))
    world.refuses(detach(interface, instance), InterfaceWrongState, state=InterfaceState.ATTACHING)


def test_an_instance_that_is_going_gives_no_interface_back(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    interface = north.attach(north.interface(subnet), instance)
    north.do(DeleteInstances(instance_ids=(instance.id,), force=True))
    north.refuses(detach(interface, instance), InstanceWrongState, instance_id=instance.id)


def test_a_running_instance_without_hot_plug_gives_no_interface_back():
    world = World(SOUTH)
    subnet = world.subnet()
    instance = world.instance(subnet, "cold", boot=False)
    interface = world.attach(world.interface(subnet), instance)
    world.do(StartInstances((instance.id,)))
    world.wait()
    world.refuses(detach(interface, instance), HotPlugUnsupported, instance_type="cold")


def test_a_member_is_detached_with_or_without_its_trunk_named(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    trunk = north.trunk(instance)
    for named in (trunk.id, None):
        member = north.attach(north.interface(subnet), instance, trunk_id=trunk.id)
        assert member.kind is InterfaceKind.MEMBER
        north.do(detach(member, instance, trunk_id=named))
        north.wait()
        assert member.kind is InterfaceKind.SECONDARY
        assert member.attachment is None
        assert not north.graph.interfaces_by_trunk.ids(trunk.id)


def test_an_interface_cannot_be_detached_from_a_trunk_that_it_is_not_on(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    trunk = north.trunk(instance)
    interface = north.attach(north.interface(subnet), instance)
    north.refuses(
        detach(interface, instance, trunk_id=trunk.id),
        NotOnTrunk,
        interface_id=interface.id,
        trunk_id=trunk.id,
    )


def test_a_trunk_with_members_cannot_be_detached_even_while_they_attach(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    trunk, member = north.trunk(instance), north.interface(subnet)
    north.do(attach(member, instance, trunk_id=trunk.id))
    north.refuses(detach(trunk, instance), TrunkHoldsMembers, interface_id=trunk.id)
    north.wait()
    north.refuses(detach(trunk, instance), TrunkHoldsMembers, interface_id=trunk.id)
    north.do(detach(member, instance))
    north.wait()
    north.do(detach(trunk, instance))


# -- deleting ----------------------------------------------------------------------------------------


@BOTH
def test_deleting_takes_its_time_and_gives_everything_back(rules):
    world = World(rules)
    subnet = world.subnet(ipv6_index=0)
    free = (subnet.pool.free, subnet.ipv6_pool.free)
    plan = AddressPlan(
        secondaries=(ANY,), ipv6=(ANY,), ipv4_prefixes=(ANY_PREFIX,), ipv6_prefixes=(ANY_PREFIX,)
    )
    interface = world.interface(subnet, plan, tags={"k": "v"})
    assert world.do(DeleteInterface(interface.id)) is interface
    assert interface.state is InterfaceState.DELETING
    world.wait(5 * SECOND - 1)
    assert interface.id in world.graph.interfaces
    world.wait(1)
    assert interface.state is InterfaceState.GONE
    assert world.graph.interfaces == {}
    assert (subnet.pool.free, subnet.ipv6_pool.free) == free
    assert not world.graph.tagged.ids(("k", "v"))


def test_what_does_not_exist_cannot_be_deleted(north):
    north.refuses(DeleteInterface("absent"), InterfaceNotFound, resource_id="absent")


@pytest.mark.parametrize(
    ("flag", "error"), [({"managed": True}, InterfaceManaged), ({"protected": True}, InterfaceProtected)]
)
def test_a_managed_or_protected_interface_cannot_be_deleted(north, flag, error):
    interface = north.interface(north.subnet(), **flag)
    north.refuses(DeleteInterface(interface.id), error)


def test_a_primary_interface_cannot_be_deleted(north):
    instance = north.instance(north.subnet())
    primary = north.primary(instance)
    north.refuses(DeleteInterface(primary.id), InterfaceIsPrimary, instance_id=instance.id)


def test_an_interface_in_use_cannot_be_deleted(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    interface = north.attach(north.interface(subnet), instance)
    north.refuses(DeleteInterface(interface.id), InterfaceAlreadyAttached, instance_id=instance.id)


@BOTH
def test_an_interface_on_its_way_cannot_be_deleted(rules):
    world = World(rules)
    subnet = world.subnet()
    instance, interface = world.instance(subnet), world.interface(subnet)
    for command, state in (
        (attach(interface, instance), InterfaceState.ATTACHING),
        (detach(interface, instance), InterfaceState.DETACHING),
    ):
        world.do(command)
        world.refuses(DeleteInterface(interface.id), InterfaceWrongState, state=state)
        world.wait()


def test_deleting_again_while_under_way_is_tolerated_in_one_cloud(north):
    interface = north.interface(north.subnet())
    north.do(DeleteInterface(interface.id))
    north.wait(3 * SECOND)
    assert north.do(DeleteInterface(interface.id)) is interface
    north.wait(2 * SECOND)
    assert interface.state is InterfaceState.GONE


def test_deleting_again_while_under_way_is_refused_in_the_other_cloud():
    world = World(SOUTH)
    interface = world.interface(world.subnet())
    world.do(DeleteInterface(interface.id))
    world.refuses(
        DeleteInterface(interface.id),
        InterfaceWrongState,
        state=InterfaceState.DELETING,
        allowed=(InterfaceState.AVAILABLE,),
    )
