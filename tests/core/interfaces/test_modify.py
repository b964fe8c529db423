"""Interfaces modified, put into groups and out of them, migrated, and created in place."""

import attrs
import pytest
from tests.core.builders import BOTH, NORTH, SOUTH, World, certain, ip, limited, typed

from duolect_core.errors import (
    GroupInterfacesExceeded,
    GroupKindsMixed,
    GroupKindUnsupported,
    GroupMembersExceeded,
    GroupNetworkMismatch,
    GroupNotFound,
    GroupRequired,
    GroupsPerInterfaceExceeded,
    HotPlugUnsupported,
    InstanceNotFound,
    InstanceWrongState,
    InterfaceAlreadyAttached,
    InterfaceKindUnsupported,
    InterfaceManaged,
    InterfaceNotAttached,
    InterfaceNotFound,
    InterfacesPerInstanceExceeded,
    InterfaceWrongState,
    Ipv4PerInterfaceExceeded,
    LastGroup,
    NotInGroup,
    PrimaryOnlyNamed,
    PrimaryQueuesFixed,
    QueuePairsPerInstanceExceeded,
    QueuesPerInstanceExceeded,
    QueuesPerInterfaceExceeded,
    RdmaOnMember,
    RdmaOnTrunk,
    RdmaUnsupported,
    RdmaWithIpv6,
    SubnetNotFound,
    TrunkHoldsMembers,
    ZoneMismatch,
)
from duolect_core.instances.lifecycle import DeleteInstances, StartInstances, StopInstances
from duolect_core.interfaces.lifecycle import AttachInterface, CreateInterface, DetachInterface
from duolect_core.interfaces.modify import (
    CreateAndAttachInterface,
    JoinGroups,
    LeaveGroups,
    MigrateInterface,
    ModifyInterface,
)
from duolect_core.model.lifecycles import AddressState, InstanceState, InterfaceState
from duolect_core.model.resources import SECOND, GroupKind, InterfaceKind, OperationState
from duolect_core.relations.address_plans import ANY, AddressPlan


@pytest.fixture
def north():
    return World(NORTH)


@pytest.fixture
def south():
    return World(SOUTH)


def modify(interface, **changes):
    return ModifyInterface(interface_id=interface.id, **changes)


def join(interfaces, *groups):
    return JoinGroups(interface_ids=tuple(i.id for i in interfaces), group_ids=tuple(g.id for g in groups))


def leave(interfaces, *groups):
    return LeaveGroups(interface_ids=tuple(i.id for i in interfaces), group_ids=tuple(g.id for g in groups))


def migrate(interface, source, destination, **more):
    return MigrateInterface(
        interface_id=interface.id,
        source_instance_id=source.id,
        destination_instance_id=destination.id,
        **more,
    )


def create_and_attach(subnet, instance, *group_ids, extension=False, **more):
    create = CreateInterface(subnet_id=subnet.id, group_ids=group_ids, **more)
    return CreateAndAttachInterface(create, instance_id=instance.id, extension=extension)


# -- modifying ---------------------------------------------------------------------------------------


@BOTH
def test_what_is_named_changes_and_all_else_stays(rules):
    world = World(rules)
    subnet = world.subnet()
    interface = world.interface(subnet, name="old", description="old", extras={"x": 1, "y": 1})
    changes = {
        "description": "",
        "delete_on_release": not interface.delete_on_release,
        "queues": 3,
        "queue_pairs": 4,
        "rdma": True,
        "protected": True,
    }
    before = attrs.evolve(interface)
    assert world.do(modify(interface, extras={"y": 2}, **changes)) is interface
    assert interface == attrs.evolve(before, extras={"x": 1, "y": 2}, **changes)
    world.do(modify(interface, name="new"))
    assert interface == attrs.evolve(before, extras={"x": 1, "y": 2}, name="new", **changes)


def test_extras_of_a_command_are_not_changed_by_later_ones(north):
    interface = north.interface(north.subnet())
    extras = {"x": 1}
    north.do(modify(interface, extras=extras))
    north.do(modify(interface, extras={"x": 2}))
    assert extras == {"x": 1}


def test_nothing_is_modified_that_is_not_there_or_not_the_callers(north):
    interface = north.interface(north.subnet(), managed=True)
    north.refuses(ModifyInterface(interface_id="absent"), InterfaceNotFound, resource_id="absent")
    north.refuses(modify(interface, group_ids=("absent",)), GroupNotFound, resource_id="absent")
    north.refuses(modify(interface, name="x"), InterfaceManaged, resource_id=interface.id)


@pytest.mark.parametrize(
    "changes",
    [
        {"group_ids": ()},
        {"delete_on_release": False},
        {"queue_pairs": 1},
        {"rdma": False},
        {"protected": True},
        {"extras": {"x": 1}},
    ],
)
def test_only_the_name_and_description_of_a_primary_interface_change_where_the_rest_is_fixed(
    north, changes
):
    primary = north.primary(north.instance(north.subnet()))
    north.refuses(modify(primary, name="x", **changes), PrimaryOnlyNamed, interface_id=primary.id)
    north.do(modify(primary, name="x", description="y"))
    assert (primary.name, primary.description) == ("x", "y")


def test_the_queues_of_a_primary_interface_are_fixed_where_it_cannot_be_modified(north):
    primary = north.primary(north.instance(north.subnet()))
    north.refuses(modify(primary, queues=1, rdma=True), PrimaryQueuesFixed, interface_id=primary.id)


def test_a_primary_interface_is_modified_like_others_where_the_cloud_allows_it(south):
    subnet = south.subnet()
    primary, group = south.primary(south.instance(subnet)), south.group(subnet)
    south.do(modify(primary, group_ids=(group.id,), queues=2))
    assert (primary.group_ids, primary.queues) == ((group.id,), 2)


@BOTH
def test_new_groups_replace_the_old_ones(rules):
    world = World(rules)
    subnet = world.subnet()
    interface = world.interface(subnet)
    (old,) = interface.group_ids
    new, newest = world.group(subnet), world.group(subnet)
    world.do(modify(interface, group_ids=(new.id, newest.id, new.id)))
    assert interface.group_ids == (new.id, newest.id)
    assert list(world.graph.interfaces_by_group.ids(new.id)) == [interface.id]
    assert world.graph.group_load[old] == 0
    world.do(modify(interface, group_ids=(newest.id, old)))
    assert interface.group_ids == (newest.id, old)


def test_new_groups_are_checked_as_at_creation(north):
    subnet = north.subnet()
    interface = north.interface(subnet)
    foreign = north.group(north.subnet(north.network()))
    north.refuses(modify(interface, group_ids=()), GroupRequired, interface_id=interface.id)
    north.refuses(
        modify(interface, group_ids=(foreign.id,)),
        GroupNetworkMismatch,
        resource_id=foreign.id,
        other_id=interface.id,
    )
    enterprise = north.group(subnet, kind=GroupKind.ENTERPRISE)
    north.refuses(
        modify(interface, group_ids=(*interface.group_ids, enterprise.id)),
        GroupKindsMixed,
        resource_id=interface.id,
    )
    north.partition.rules = limited(NORTH, groups_per_interface=1)
    two = modify(interface, group_ids=(*interface.group_ids, north.group(subnet).id))
    north.refuses(two, GroupsPerInterfaceExceeded, resource_id=interface.id, limit=1)


def test_all_groups_can_be_taken_off_where_none_is_needed(south):
    interface = south.interface(south.subnet())
    south.do(modify(interface, group_ids=()))
    assert interface.group_ids == ()


@BOTH
def test_only_groups_that_are_new_to_the_interface_need_room(rules):
    world = World(limited(rules, basic_group_members=2))
    subnet = world.subnet()
    addresses = AddressPlan(secondaries=(ANY,)) if rules.members_are_addresses else AddressPlan()
    first, second = world.group(subnet), world.group(subnet)
    interface = world.interface(subnet, addresses, group_ids=(first.id,))
    if not rules.members_are_addresses:
        world.interface(subnet, group_ids=(first.id,))
    world.do(modify(interface, group_ids=(first.id, second.id)))
    third = world.group(subnet)
    world.interface(subnet, group_ids=(third.id,))
    if not rules.members_are_addresses:
        world.interface(subnet, group_ids=(third.id,))
    full = modify(interface, group_ids=(first.id, third.id))
    world.refuses(full, GroupMembersExceeded, resource_id=third.id, limit=2)


def test_groups_of_an_attached_interface_fit_its_instance(north):
    subnet = north.subnet()
    enterprise = north.group(subnet, kind=GroupKind.ENTERPRISE)
    on_large = north.attach(north.interface(subnet), north.instance(subnet))
    north.refuses(modify(on_large, group_ids=(enterprise.id,)), GroupKindsMixed)
    on_plain = north.attach(north.interface(subnet), north.instance(subnet, "plain"))
    north.refuses(modify(on_plain, group_ids=(enterprise.id,)), GroupKindUnsupported, instance_type="plain")


def test_queues_of_an_attached_interface_fit_its_instance(north):
    subnet = north.subnet()
    instance, interface = north.instance(subnet), north.interface(subnet)
    north.do(modify(interface, queues=7))
    north.do(modify(interface, queues=2))
    north.attach(interface, instance)
    north.attach(north.interface(subnet, queues=5), instance)
    north.refuses(modify(interface, queues=7), QueuesPerInterfaceExceeded, resource_id=interface.id)
    north.refuses(modify(interface, queues=4), QueuesPerInstanceExceeded, limit=12)
    north.do(modify(interface, queues=3))


def test_an_attached_interface_enters_rdma_mode_where_its_instance_has_room(north):
    subnet = north.subnet()
    instance, interface = north.instance(subnet), north.interface(subnet)
    north.attach(interface, instance)
    north.attach(north.interface(subnet, rdma=True, queue_pairs=6), instance)
    north.refuses(modify(interface, rdma=True), QueuePairsPerInstanceExceeded, limit=15)
    north.do(modify(interface, rdma=True, queue_pairs=9))
    north.refuses(modify(interface, queue_pairs=10), QueuePairsPerInstanceExceeded)
    north.do(modify(interface, rdma=False, queue_pairs=10))
    small = north.attach(north.interface(subnet), north.instance(subnet, "small"))
    north.refuses(modify(small, rdma=True), RdmaUnsupported, instance_type="small")


def test_rdma_mode_excludes_ipv6_trunks_and_members(north):
    subnet = north.subnet(ipv6_index=0)
    six = north.interface(subnet, AddressPlan(ipv6=(ANY,)))
    north.refuses(modify(six, rdma=True), RdmaWithIpv6, interface_id=six.id)
    instance = north.instance(subnet)
    trunk = north.trunk(instance)
    member = north.attach(north.interface(subnet), instance, trunk_id=trunk.id)
    north.refuses(modify(trunk, rdma=True), RdmaOnTrunk, interface_id=trunk.id)
    north.refuses(modify(member, rdma=True), RdmaOnMember, interface_id=member.id)


def test_what_is_wrong_already_does_not_keep_other_values_from_changing(north):
    interface = north.interface(north.subnet(ipv6_index=0), AddressPlan(ipv6=(ANY,)), rdma=True)
    north.do(modify(interface, name="x", rdma=True))
    assert interface.name == "x"


# -- joining and leaving -----------------------------------------------------------------------------


@BOTH
def test_interfaces_join_groups_beside_those_they_are_in(rules):
    world = World(rules)
    subnet = world.subnet()
    one, other = world.interface(subnet), world.interface(subnet)
    (old,) = one.group_ids
    group, second = world.group(subnet), world.group(subnet)
    assert world.do(join([one, other, one], group, second)) == (one, other)
    assert one.group_ids == other.group_ids == (old, group.id, second.id)
    world.do(join([one], group))
    assert one.group_ids == (old, group.id, second.id)


@BOTH
def test_interfaces_leave_groups_and_stay_in_the_others(rules):
    world = World(rules)
    subnet = world.subnet()
    one, other = world.interface(subnet), world.interface(subnet)
    (old,) = one.group_ids
    group = world.group(subnet)
    world.do(join([one, other], group))
    assert world.do(leave([one, other], group)) == (one, other)
    assert one.group_ids == other.group_ids == (old,)
    assert not world.graph.interfaces_by_group.ids(group.id)


@pytest.mark.parametrize("command", [JoinGroups, LeaveGroups])
def test_what_is_not_there_or_not_the_callers_neither_joins_nor_leaves(north, command):
    subnet = north.subnet()
    interface, managed = north.interface(subnet), north.interface(subnet, managed=True)
    (group_id,) = interface.group_ids
    for interface_ids, group_ids, error in (
        (("absent",), (group_id,), InterfaceNotFound),
        ((interface.id,), ("absent",), GroupNotFound),
        ((managed.id,), (group_id,), InterfaceManaged),
    ):
        north.refuses(command(interface_ids=interface_ids, group_ids=group_ids), error)


@pytest.mark.parametrize("command", [join, leave])
def test_an_interface_at_rest_joins_and_leaves_where_that_matters(command):
    for rules in (NORTH, SOUTH):
        world = World(rules)
        subnet = world.subnet()
        instance, interface = world.instance(subnet), world.interface(subnet)
        group = world.group(subnet)
        world.do(join([interface], group))
        world.do(AttachInterface(interface_id=interface.id, instance_id=instance.id))
        if rules.groups_need_steady_state:
            world.refuses(command([interface], group), InterfaceWrongState, interface_id=interface.id)
        else:
            world.do(command([interface], group))


def test_a_primary_interface_joins_while_its_instance_is_at_rest(north):
    subnet = north.subnet()
    instance, group = north.instance(subnet), north.group(subnet)
    north.do(StopInstances((instance.id,)))
    command = join([north.primary(instance)], group)
    north.refuses(command, InstanceWrongState, state=InstanceState.STOPPING)
    north.wait()
    north.do(command)


def test_interfaces_that_join_are_checked_as_at_creation(north):
    subnet = north.subnet()
    interface = north.interface(subnet)
    enterprise = north.group(subnet, kind=GroupKind.ENTERPRISE)
    north.refuses(join([interface], enterprise), GroupKindsMixed, resource_id=interface.id)
    north.partition.rules = limited(NORTH, groups_per_interface=1)
    more = join([interface], north.group(subnet))
    north.refuses(more, GroupsPerInterfaceExceeded, resource_id=interface.id)


def test_interfaces_that_join_together_need_room_together(north):
    subnet = north.subnet()
    plan = AddressPlan(secondaries=(ANY,))
    interfaces = [north.interface(subnet, plan) for _ in range(2)]
    group = north.group(subnet)
    north.partition.rules = limited(NORTH, basic_group_members=3)
    north.refuses(join(interfaces, group), GroupMembersExceeded, resource_id=group.id)
    north.partition.rules = limited(NORTH, basic_group_members=4)
    north.do(join(interfaces, group))
    north.do(join(interfaces, group))


def test_interfaces_that_join_an_enterprise_group_together_are_counted_together(north):
    subnet = north.subnet()
    first, group = (north.group(subnet, kind=GroupKind.ENTERPRISE) for _ in range(2))
    interfaces = [north.interface(subnet, group_ids=(first.id,)) for _ in range(2)]
    north.partition.rules = limited(NORTH, enterprise_group_interfaces=1)
    north.refuses(join(interfaces, group), GroupInterfacesExceeded, resource_id=group.id)


def test_an_interface_stays_in_its_last_group_where_it_needs_one(north, south):
    subnet = north.subnet()
    interface, group = north.interface(subnet), north.group(subnet)
    north.do(join([interface], group))
    every = [north.graph.groups[group_id] for group_id in interface.group_ids]
    north.refuses(leave([interface], *every), LastGroup, interface_id=interface.id)
    subnet = south.subnet()
    interface = south.interface(subnet)
    south.do(leave([interface], *south.graph.groups.values()))
    assert interface.group_ids == ()


def test_leaving_a_group_that_the_interface_is_not_in_is_an_error_in_one_cloud_only(north, south):
    for world in (north, south):
        subnet = world.subnet()
        interface, group = world.interface(subnet), world.group(subnet)
        if world is north:
            facts = {"interface_id": interface.id, "group_id": group.id}
            world.refuses(leave([interface], group), NotInGroup, **facts)
        else:
            world.do(leave([interface], group))
            assert len(interface.group_ids) == 1


# -- migrating ---------------------------------------------------------------------------------------


def attached(world, **more):
    """Return a subnet, two instances in it, and an interface on the first one."""
    subnet = world.subnet()
    source, destination = world.instances(subnet, ("a", "b"))
    return subnet, source, destination, world.attach(world.interface(subnet, **more), source)


@BOTH
def test_a_migration_detaches_and_attaches_in_one_operation(rules):
    world = World(rules)
    _, source, destination, interface = attached(world)
    started = world.at
    world.do(migrate(interface, source, destination, extension=True), operation_id="it")
    operation = world.partition.operation("it")
    assert (operation.kind, operation.resource_ids) == ("migrate-interface", (interface.id,))
    world.wait(4 * SECOND - 1)
    assert (interface.state, interface.attachment.instance_id) == (InterfaceState.DETACHING, source.id)
    world.wait(1)
    assert (interface.state, interface.attachment.instance_id) == (
        InterfaceState.ATTACHING,
        destination.id,
    )
    assert (interface.attachment.since, interface.attachment.extension) == (world.at, True)
    assert (operation.state, operation.due) == (OperationState.RUNNING, started + 7 * SECOND)
    world.wait(3 * SECOND)
    assert interface.state is InterfaceState.IN_USE
    assert operation.state is OperationState.SUCCEEDED
    assert interface.destination is None


def test_a_migration_needs_what_it_names(north):
    _, source, destination, interface = attached(north)
    command = migrate(interface, source, destination)
    for name, error in (
        ("interface_id", InterfaceNotFound),
        ("source_instance_id", InstanceNotFound),
        ("destination_instance_id", InstanceNotFound),
    ):
        north.refuses(attrs.evolve(command, **{name: "absent"}), error, resource_id="absent")


def test_an_interface_is_migrated_from_where_it_is(north):
    subnet, source, destination, interface = attached(north)
    north.refuses(migrate(interface, destination, source), InterfaceNotAttached, attached_to=source.id)
    free = north.interface(subnet)
    north.refuses(migrate(free, source, destination), InterfaceNotAttached, attached_to=None)
    north.refuses(migrate(interface, source, source), InterfaceAlreadyAttached, instance_id=source.id)


def test_primary_managed_and_trunk_interfaces_stay_where_they_are(north):
    subnet, source, destination, interface = attached(north)
    primary = north.primary(source)
    facts = {"interface_id": primary.id, "kind": InterfaceKind.PRIMARY}
    north.refuses(migrate(primary, source, destination), InterfaceKindUnsupported, **facts)
    interface.managed = True
    north.refuses(migrate(interface, source, destination), InterfaceManaged)
    trunk = north.trunk(source)
    member = north.attach(north.interface(subnet), source, trunk_id=trunk.id)
    north.refuses(migrate(trunk, source, destination), TrunkHoldsMembers, interface_id=trunk.id)
    facts = {"interface_id": member.id, "kind": InterfaceKind.MEMBER}
    north.refuses(migrate(member, source, destination), InterfaceKindUnsupported, **facts)


@BOTH
def test_a_migration_starts_from_rest(rules):
    world = World(rules)
    _, source, destination, interface = attached(world)
    world.do(DetachInterface(interface_id=interface.id, instance_id=source.id))
    world.refuses(
        migrate(interface, source, destination),
        InterfaceWrongState,
        state=InterfaceState.DETACHING,
        allowed=(InterfaceState.IN_USE,),
    )


@pytest.mark.parametrize("which", ["source", "destination"])
def test_both_instances_of_a_migration_are_at_rest(north, which):
    _, source, destination, interface = attached(north)
    busy = source if which == "source" else destination
    north.do(StopInstances((busy.id,)))
    north.refuses(migrate(interface, source, destination), InstanceWrongState, instance_id=busy.id)
    north.wait()
    north.do(migrate(interface, source, destination))


def test_an_instance_that_must_be_stopped_neither_gives_nor_takes_while_it_runs(north):
    subnet, source, _, interface = attached(north)
    cold = north.instance(subnet, "cold")
    north.refuses(migrate(interface, source, cold), HotPlugUnsupported, instance_id=cold.id)
    north.do(StopInstances((cold.id,)))
    north.wait()
    north.do(migrate(interface, source, cold))
    north.wait()
    north.do(StartInstances((cold.id,)))
    north.wait()
    north.refuses(migrate(interface, cold, source), HotPlugUnsupported, instance_id=cold.id)


def test_the_destination_of_a_migration_must_fit(north):
    subnet, source, _, interface = attached(north)
    network = north.graph.networks[subnet.network_id]
    elsewhere = north.instance(north.subnet(network, "10.0.1.0/24", zone=1))
    north.refuses(migrate(interface, source, elsewhere), ZoneMismatch)
    full = north.instance(subnet, "small")
    north.attach(north.interface(subnet), full)
    north.refuses(migrate(interface, source, full), InterfacesPerInstanceExceeded, resource_id=full.id)


def test_an_interface_without_a_group_is_not_migrated_where_one_is_needed(south):
    _, source, destination, interface = attached(south)
    south.do(modify(interface, group_ids=()))
    south.refuses(migrate(interface, source, destination), GroupRequired, interface_id=interface.id)


@BOTH
def test_a_migration_keeps_its_slot_at_the_destination(rules):
    world = World(typed(rules, "large", interfaces=3))
    subnet, source, destination, interface = attached(world)
    free, other = world.interface(subnet), world.attach(world.interface(subnet), source)
    world.do(migrate(interface, source, destination))
    world.do(migrate(other, source, destination))
    attach = AttachInterface(interface_id=free.id, instance_id=destination.id)
    world.refuses(attach, InterfacesPerInstanceExceeded, resource_id=destination.id, limit=3)
    world.refuses(
        create_and_attach(subnet, destination, *world.default_groups(subnet)),
        InterfacesPerInstanceExceeded,
    )
    world.wait()
    assert interface.state is other.state is InterfaceState.IN_USE
    assert {interface.attachment.device_index, other.attachment.device_index} == {1, 2}


@BOTH
def test_a_migration_keeps_its_extension_slot_and_not_another_one(rules):
    world = World(typed(rules, "large", interfaces=2))
    subnet, source, destination, interface = attached(world)
    free = world.interface(subnet)
    world.do(migrate(interface, source, destination, extension=True))
    attach = AttachInterface(interface_id=free.id, instance_id=destination.id)
    world.refuses(attrs.evolve(attach, extension=True), InterfacesPerInstanceExceeded, limit=1)
    world.do(attach)


@BOTH
def test_a_migration_leaves_its_slot_at_the_source_when_it_is_detached(rules):
    world = World(typed(rules, "large", interfaces=2))
    subnet, source, destination, interface = attached(world)
    attach = AttachInterface(interface_id=world.interface(subnet).id, instance_id=source.id)
    world.do(migrate(interface, source, destination))
    world.refuses(attach, InterfacesPerInstanceExceeded, resource_id=source.id)
    world.wait(world.partition.rules.durations.detach)
    world.do(attach)


@BOTH
@pytest.mark.parametrize("end", ["busy", "gone"])
def test_a_migration_whose_destination_no_longer_fits_leaves_the_interface_free(rules, end):
    world = World(typed(rules, "large", interfaces=2))
    _, source, destination, interface = attached(world)
    world.do(migrate(interface, source, destination), operation_id="it")
    if end == "busy":
        world.do(StopInstances((destination.id,)))
    else:
        world.do(DeleteInstances(instance_ids=(destination.id,), force=True))
    world.wait()
    operation = world.partition.operation("it")
    assert interface.state is InterfaceState.AVAILABLE
    assert interface.attachment is interface.destination is None
    assert operation.state is OperationState.FAILED
    assert operation.reason == f"instance {destination.id} no longer takes {interface.id}"


@pytest.mark.parametrize("goes", [True, False])
def test_a_migration_fails_with_its_source(goes):
    durations = attrs.evolve(NORTH.durations, detach=20 * SECOND)
    world = World(attrs.evolve(NORTH, durations=durations))
    _, source, destination, interface = attached(world, delete_on_release=goes)
    world.do(migrate(interface, source, destination), operation_id="it")
    world.do(DeleteInstances(instance_ids=(source.id,), force=True))
    world.wait()
    assert interface.state is (InterfaceState.GONE if goes else InterfaceState.AVAILABLE)
    assert interface.destination is None
    assert world.partition.operation("it").reason == f"instance {source.id} was deleted"


# -- creating in place -------------------------------------------------------------------------------


def test_an_interface_is_created_and_attached_in_one_operation_where_creating_takes_time(south):
    subnet = south.subnet()
    instance = south.instance(subnet)
    command = create_and_attach(subnet, instance, *south.default_groups(subnet), extension=True)
    interface = south.do(command, operation_id="it")
    operation = south.partition.operation("it")
    assert (operation.kind, operation.resource_ids) == ("create-and-attach-interface", (interface.id,))
    assert (interface.state, interface.attachment) == (InterfaceState.PENDING, None)
    south.wait(2 * SECOND)
    assert interface.state is InterfaceState.ATTACHING
    assert interface.attachment.extension
    assert interface.ipv4[0].state is AddressState.AVAILABLE
    assert operation.state is OperationState.RUNNING
    south.wait(3 * SECOND)
    assert interface.state is InterfaceState.IN_USE
    assert operation.state is OperationState.SUCCEEDED


def test_an_interface_is_created_attaching_where_creating_is_synchronous(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    plan = AddressPlan(primary=certain("10.0.0.9")[0])
    command = create_and_attach(subnet, instance, *north.default_groups(subnet), addresses=plan, name="n")
    interface = north.do(command, operation_id="it")
    assert (interface.state, interface.name) == (InterfaceState.ATTACHING, "n")
    assert interface.primary_ip == ip("10.0.0.9")
    assert (interface.attachment.instance_id, interface.attachment.device_index) == (instance.id, 1)
    north.wait(3 * SECOND)
    assert interface.state is InterfaceState.IN_USE
    assert north.partition.operation("it").state is OperationState.SUCCEEDED


@BOTH
def test_nothing_is_created_that_could_not_be_attached(rules):
    world = World(rules)
    subnet = world.subnet()
    groups = world.default_groups(subnet)
    instance = world.instance(subnet)
    many = AddressPlan(secondaries=(ANY,) * 8)
    world.refuses(
        create_and_attach(subnet, instance, *groups, addresses=many), Ipv4PerInterfaceExceeded, limit=8
    )
    world.refuses(
        create_and_attach(subnet, instance, *groups, managed=True), InterfaceManaged, resource_id=""
    )
    absent = attrs.evolve(create_and_attach(subnet, instance, *groups), instance_id="absent")
    world.refuses(absent, InstanceNotFound, resource_id="absent")
    other = world.subnet(world.graph.networks[subnet.network_id], "10.0.1.0/24", zone=1)
    world.refuses(create_and_attach(other, instance, *groups), ZoneMismatch)


def test_nothing_is_attached_that_could_not_be_created(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    north.refuses(create_and_attach(subnet, instance), GroupRequired)
    absent = CreateAndAttachInterface(CreateInterface(subnet_id="absent"), instance_id=instance.id)
    north.refuses(absent, SubnetNotFound, resource_id="absent")


def test_interfaces_that_are_created_in_place_together_keep_their_slots(south):
    subnet = south.subnet()
    instance = south.instance(subnet)
    command = create_and_attach(subnet, instance, *south.default_groups(subnet))
    interfaces = [south.do(command) for _ in range(3)]
    south.refuses(command, InterfacesPerInstanceExceeded, resource_id=instance.id, limit=4)
    south.wait()
    assert {interface.state for interface in interfaces} == {InterfaceState.IN_USE}


@pytest.mark.parametrize("end", ["busy", "gone"])
def test_an_interface_that_can_no_longer_be_attached_is_created_all_the_same(end):
    durations = attrs.evolve(SOUTH.durations, provision_interface=20 * SECOND, stop=30 * SECOND)
    world = World(attrs.evolve(SOUTH, durations=durations))
    subnet = world.subnet()
    instance = world.instance(subnet)
    command = create_and_attach(subnet, instance, *world.default_groups(subnet))
    interface = world.do(command, operation_id="it")
    if end == "busy":
        world.do(StopInstances((instance.id,)))
    else:
        world.do(DeleteInstances(instance_ids=(instance.id,), force=True))
    world.wait()
    operation = world.partition.operation("it")
    assert (interface.state, interface.attachment) == (InterfaceState.AVAILABLE, None)
    assert operation.state is OperationState.FAILED
    assert operation.reason == f"instance {instance.id} no longer takes {interface.id}"
