"""Secondary interfaces that come with an instance: made for it, or free until then."""

import pytest
from tests.core.builders import World, certain, ip, ips
from tests.core.model.rules import BOTH, NORTH, SOUTH, limited

from duolect_core import errors
from duolect_core.instances.creation import RunInstances
from duolect_core.instances.lifecycle import DeleteInstances
from duolect_core.interfaces.lifecycle import CreateInterface
from duolect_core.interfaces.secondaries import Secondary
from duolect_core.model.lifecycles import InstanceState, InterfaceState
from duolect_core.model.resources import SECOND, GroupKind, InterfaceKind
from duolect_core.relations.address_plans import ANY, AddressPlan, AddressRequest


def new_secondary(world, subnet, **more):
    """Return a new secondary interface."""
    more.setdefault("group_ids", world.default_groups(subnet))
    return Secondary(CreateInterface(subnet_id=subnet.id, **more))


def run(world, subnet, *secondaries, names=("one",), **more):
    more.setdefault("group_ids", world.default_groups(subnet))
    more.setdefault("type_name", "large")
    return RunInstances(subnet_id=subnet.id, names=names, secondaries=secondaries, **more)


def secondaries_of(world, instance):
    found = [world.graph.interfaces[each] for each in world.graph.interfaces_by_instance.ids(instance.id)]
    return [interface for interface in found if interface.kind is not InterfaceKind.PRIMARY]


@BOTH
def test_new_secondaries_are_attached_one_by_one_while_the_instance_boots(rules):
    world = World(rules)
    subnet = world.subnet()
    (instance,) = world.do(
        run(
            world,
            subnet,
            new_secondary(world, subnet, name="a", extras={"x": 1}),
            new_secondary(world, subnet, name="b"),
        ),
        operation_id="it",
    )
    born, found = world.at, secondaries_of(world, instance)
    assert [interface.name for interface in found] == ["a", "b"]
    assert [interface.extras for interface in found] == [{"x": 1}, {}]
    assert [interface.attachment.device_index for interface in found] == [1, 2]
    assert {interface.state for interface in found} == {InterfaceState.ATTACHING}
    assert all(address.state.value == "available" for address in found[0].ipv4)
    assert len({interface.mac for interface in found}) == 2
    assert {interface.delete_on_release for interface in found} == {rules.delete_on_release}
    operation = world.partition.operation("it")
    assert (operation.kind, operation.resource_ids) == ("run-instances", (instance.id,))
    world.wait(3 * SECOND)
    assert {interface.state for interface in found} == {InterfaceState.IN_USE}
    assert instance.state is InstanceState.PENDING
    assert {interface.attachment.since for interface in found} == {born}


def test_each_of_several_instances_gets_its_own(north):
    subnet, group = north.subnet(), None
    other = north.subnet(north.graph.networks[subnet.network_id], "10.0.1.0/24")
    group = north.default_groups(subnet)
    secondary = new_secondary(north, other, group_ids=group, addresses=AddressPlan(secondaries=(ANY,)))
    instances = north.do(run(north, subnet, secondary, names=("a", "b", "c")))
    found = [secondaries_of(north, instance) for instance in instances]
    assert [len(mine) for mine in found] == [1, 1, 1]
    assert {len(interface.ipv4) for (interface,) in found} == {2}
    assert len({address for (interface,) in found for address in ips(interface)}) == 6
    assert {interface.subnet_id for (interface,) in found} == {other.id}


@BOTH
def test_a_free_interface_comes_along(rules):
    world = World(rules)
    subnet = world.subnet()
    interface = world.interface(subnet)
    (instance,) = world.do(run(world, subnet, Secondary(interface.id, card=1)))
    assert interface.state is InterfaceState.ATTACHING
    assert (interface.attachment.instance_id, interface.attachment.card) == (instance.id, 1)
    world.wait()
    assert interface.state is InterfaceState.IN_USE


@pytest.mark.parametrize(("goes", "left"), [(True, 0), (False, 1)])
def test_a_secondary_goes_with_its_instance_or_stays(north, goes, left):
    subnet = north.subnet()
    (instance,) = north.do(
        run(north, subnet, new_secondary(north, subnet, delete_on_release=goes), boot=False)
    )
    north.wait()
    north.do(DeleteInstances(instance_ids=(instance.id,)))
    north.wait()
    assert len(north.graph.interfaces) == left


def test_named_addresses_of_all_interfaces_are_checked_together(north):
    subnet = north.subnet()
    fixed = new_secondary(north, subnet, addresses=AddressPlan(primary=AddressRequest(ip("10.0.0.9"))))
    north.refuses(run(north, subnet, fixed, names=("a", "b")), errors.AddressRepeated, address="10.0.0.9")
    primary = AddressPlan(primary=certain("10.0.0.9")[0])
    north.refuses(run(north, subnet, fixed, addresses=primary), errors.AddressRepeated, address="10.0.0.9")
    north.do(run(north, subnet, fixed))
    north.refuses(run(north, subnet, fixed), errors.AddressInUse, address="10.0.0.9")


def test_addresses_that_suffice_for_the_primary_interfaces_only_are_refused(north):
    subnet = north.subnet(block="10.0.0.0/28")
    secondary = new_secondary(north, subnet, addresses=AddressPlan(secondaries=(ANY,)))
    north.refuses(
        run(north, subnet, secondary, names=tuple("abcde")), errors.SubnetExhausted, wanted=15, free=12
    )
    north.do(run(north, subnet, secondary, names=tuple("abcd")))
    assert subnet.pool.free == 0


def test_an_interface_that_is_named_twice_or_for_several_instances_is_refused(north):
    subnet = north.subnet()
    free = Secondary(north.interface(subnet).id)
    north.refuses(run(north, subnet, free, free), errors.InterfaceRepeated, interface_id=free.interface)
    north.refuses(run(north, subnet, free, names=("a", "b")), errors.InterfaceRepeated)


def test_an_interface_that_cannot_be_attached_is_refused(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    attached = north.attach(north.interface(subnet), instance)
    managed = north.interface(subnet, managed=True)
    primary = north.primary(instance)
    for interface_id, error in (
        ("absent", errors.InterfaceNotFound),
        (attached.id, errors.InterfaceAlreadyAttached),
        (managed.id, errors.InterfaceManaged),
        (primary.id, errors.InterfaceKindUnsupported),
    ):
        north.refuses(run(north, subnet, Secondary(interface_id)), error)
    world = World(SOUTH)
    subnet = world.subnet()
    coming = world.do(CreateInterface(subnet_id=subnet.id, group_ids=world.default_groups(subnet)))
    world.refuses(
        run(world, subnet, Secondary(coming.id)), errors.InterfaceWrongState, state=InterfaceState.PENDING
    )


def test_a_secondary_from_elsewhere_is_refused(north):
    subnet = north.subnet()
    network = north.graph.networks[subnet.network_id]
    far = north.subnet(network, "10.0.1.0/24", zone=1)
    foreign = north.subnet()
    groups = north.default_groups(subnet)
    north.refuses(
        run(north, subnet, new_secondary(north, far, group_ids=groups)),
        errors.SubnetZoneMismatch,
        subnet_id=far.id,
        subnet_zone="n2",
        zone="n1",
    )
    north.refuses(
        run(north, subnet, new_secondary(north, foreign)),
        errors.SubnetNetworkMismatch,
        resource_id=foreign.id,
        other_network_id=subnet.network_id,
    )
    interface = north.interface(far, group_ids=groups)
    north.refuses(
        run(north, subnet, Secondary(interface.id)),
        errors.ZoneMismatch,
        interface_zone="n2",
        instance_zone="n1",
    )
    interface = north.interface(foreign)
    north.refuses(
        run(north, subnet, Secondary(interface.id)),
        errors.NetworkMismatch,
        resource_id=interface.id,
        network_id=foreign.network_id,
        other_network_id=subnet.network_id,
    )


@pytest.mark.parametrize(
    ("count", "wanted", "type_name", "error"),
    [
        (1, {"subnet_id": "absent"}, "large", errors.SubnetNotFound),
        (1, {"managed": True}, "large", errors.InterfaceManaged),
        (1, {"group_ids": ()}, "large", errors.GroupRequired),
        (1, {"kind": InterfaceKind.TRUNK}, "small", errors.TrunkUnsupported),
        (1, {}, "bare", errors.InterfacesUnsupported),
        (4, {}, "large", errors.InterfacesPerInstanceExceeded),
    ],
    ids=["subnet", "managed", "no group", "trunk", "none", "too many"],
)
def test_a_secondary_that_the_instance_cannot_have_is_refused(north, count, wanted, type_name, error):
    subnet = north.subnet()
    more = {"subnet_id": subnet.id, "group_ids": north.default_groups(subnet), **wanted}
    secondaries = [Secondary(CreateInterface(**more))] * count
    north.refuses(run(north, subnet, *secondaries, type_name=type_name), error)


def test_a_network_card_that_the_type_lacks_is_refused(north):
    subnet = north.subnet()
    interface = north.interface(subnet)
    command = run(north, subnet, Secondary(interface.id, card=2))
    north.refuses(command, errors.NetworkCardInvalid, index=2, cards=2)


def test_groups_of_another_kind_than_those_of_the_primary_interface_are_refused(north):
    subnet = north.subnet()
    group = north.group(subnet, kind=GroupKind.ENTERPRISE)
    north.refuses(
        run(north, subnet, new_secondary(north, subnet, group_ids=(group.id,))), errors.GroupKindsMixed
    )


def test_a_secondary_without_a_group_is_refused_where_attaching_needs_one():
    world = World(SOUTH)
    subnet = world.subnet()
    world.refuses(run(world, subnet, new_secondary(world, subnet, group_ids=())), errors.GroupRequired)


@pytest.mark.parametrize(("rules", "limit"), [(NORTH, 6), (SOUTH, 4)], ids=["addresses", "interfaces"])
def test_members_of_a_group_are_counted_for_all_interfaces_together(rules, limit):
    world = World(limited(rules, basic_group_members=limit))
    subnet = world.subnet()
    secondary = new_secondary(world, subnet, addresses=AddressPlan(secondaries=(ANY,)))
    command = run(world, subnet, secondary, names=("a", "b", "c"))
    world.refuses(command, errors.GroupMembersExceeded, limit=limit)
    world.do(run(world, subnet, secondary, names=("a", "b")))


def test_interfaces_of_an_enterprise_group_are_counted_for_all_together():
    world = World(limited(NORTH, enterprise_group_interfaces=3))
    subnet = world.subnet()
    groups = (world.group(subnet, kind=GroupKind.ENTERPRISE).id,)
    secondary = new_secondary(world, subnet, group_ids=groups)
    command = run(world, subnet, secondary, names=("a", "b"), group_ids=groups)
    world.refuses(command, errors.GroupInterfacesExceeded, limit=3)
    world.do(run(world, subnet, secondary, group_ids=groups))


def test_secondaries_beyond_the_quotas_of_interfaces_are_refused_together():
    world = World(limited(NORTH, interfaces=5))
    subnet = world.subnet()
    command = run(
        world, subnet, new_secondary(world, subnet), new_secondary(world, subnet), names=("a", "b")
    )
    world.refuses(command, errors.InterfaceQuotaExceeded, limit=5)
    world.do(run(world, subnet, new_secondary(world, subnet), names=("a", "b")))
    world = World(limited(NORTH, interfaces_per_network=3))
    subnet = world.subnet()
    command = run(
        world, subnet, new_secondary(world, subnet), new_secondary(world, subnet), names=("a", "b")
    )
    world.refuses(command, errors.NetworkInterfaceQuotaExceeded, resource_id=subnet.network_id, limit=3)
    world.do(run(world, subnet, new_secondary(world, subnet), names=("a", "b")))


def test_an_attachment_that_comes_with_the_instance_has_an_operation_of_its_own(north):
    subnet = north.subnet()
    (instance,) = north.do(run(north, subnet, new_secondary(north, subnet)), operation_id="it")
    kinds = {each.kind: each for each in north.graph.operations.values()}
    (interface,) = secondaries_of(north, instance)
    assert kinds["attach-interface"].resource_ids == (interface.id,)
    assert kinds["attach-interface"].id != "it"
    assert kinds["run-instances"] is instance.operation
