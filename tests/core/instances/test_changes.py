"""Instances that change: rebooted, renamed, put into other groups, made larger and smaller."""

import pytest
from tests.core.builders import World, ip
from tests.core.model.rules import BOTH, NORTH, SOUTH, limited, typed

from duolect_core import errors
from duolect_core.instances.changes import ModifyInstances, RecordChange, ResizeInstances
from duolect_core.instances.creation import RunInstances
from duolect_core.instances.lifecycle import DeleteInstances, RebootInstances, StopInstances
from duolect_core.interfaces.lifecycle import AttachInterface
from duolect_core.interfaces.modify import MigrateInterface
from duolect_core.model.lifecycles import InstanceState, InterfaceState
from duolect_core.model.resources import SECOND, GroupKind, InterfaceKind
from duolect_core.relations.address_plans import ANY, AddressPlan, AddressRequest


def stopped(world, subnet, type_name="large", **more):
    return world.instance(subnet, type_name, boot=False, **more)


def resize(instance, type_name, **more):
    return ResizeInstances(instance_ids=(instance.id,), type_name=type_name, **more)


def modify(instance, **more):
    return ModifyInstances(instance_ids=(instance.id,), **more)


# -- rebooting ---------------------------------------------------------------------------------------


@BOTH
def test_rebooting_takes_its_time_and_keeps_interfaces_attached(rules):
    world = World(rules)
    subnet = world.subnet()
    instances = world.instances(subnet, ("a", "b"))
    interface = world.attach(world.interface(subnet), instances[0])
    ids = tuple(instance.id for instance in instances)
    assert world.do(RebootInstances(ids)) == instances
    assert {instance.state for instance in instances} == {InstanceState.REBOOTING}
    world.wait(12 * SECOND - 1)
    assert {instance.state for instance in instances} == {InstanceState.REBOOTING}
    world.wait(1)
    assert {(instance.state, instance.started) for instance in instances} == {
        (InstanceState.RUNNING, world.at)
    }
    assert interface.state is InterfaceState.IN_USE
    assert instances[0].operation.kind == "reboot-instances"


def test_only_running_instances_are_rebooted(north):
    subnet = north.subnet()
    running, idle = north.instance(subnet), stopped(north, subnet)
    facts = {"instance_id": idle.id, "allowed": (InstanceState.RUNNING,)}
    north.refuses(RebootInstances((running.id, idle.id)), errors.InstanceWrongState, **facts)
    north.refuses(RebootInstances((running.id, "absent")), errors.InstanceNotFound, resource_id="absent")
    assert north.do(RebootInstances(())) == ()


@pytest.mark.parametrize("command", [RebootInstances, StopInstances, DeleteInstances])
def test_an_instance_that_reboots_is_left_alone(north, command):
    instance = north.instance(north.subnet())
    north.do(RebootInstances((instance.id,)))
    north.refuses(
        command(instance_ids=(instance.id,)), errors.InstanceWrongState, state=InstanceState.REBOOTING
    )


def test_an_instance_that_reboots_takes_no_interface(north):
    subnet = north.subnet()
    instance, interface = north.instance(subnet), north.interface(subnet)
    north.do(RebootInstances((instance.id,)))
    north.refuses(
        AttachInterface(interface_id=interface.id, instance_id=instance.id),
        errors.InstanceWrongState,
        state=InstanceState.REBOOTING,
    )


# -- modifying ---------------------------------------------------------------------------------------


@BOTH
def test_instances_are_modified_together_in_what_is_named_only(rules):
    world = World(rules)
    instances = world.instances(world.subnet(), ("a", "b"), extras={"x": 1, "y": 1})
    ids = tuple(instance.id for instance in instances)
    assert world.do(ModifyInstances(instance_ids=ids, name="n", extras={"y": 2})) == instances
    world.do(ModifyInstances(instance_ids=ids, description="d", protected=True))
    for instance in instances:
        assert (instance.name, instance.description, instance.protected) == ("n", "d", True)
        assert instance.extras == {"x": 1, "y": 2}


def test_an_instance_that_is_not_there_or_going_stops_the_whole_modification(north):
    subnet = north.subnet()
    instance, going = north.instance(subnet), stopped(north, subnet)
    north.do(DeleteInstances(instance_ids=(going.id,)))
    command = ModifyInstances(instance_ids=(instance.id, going.id), name="n")
    north.refuses(command, errors.InstanceWrongState, instance_id=going.id, state=InstanceState.DELETING)
    command = ModifyInstances(instance_ids=(instance.id, "absent"), name="n")
    north.refuses(command, errors.InstanceNotFound, resource_id="absent")


def test_a_modification_can_want_certain_states(north):
    instance = north.instance(north.subnet())
    command = modify(instance, name="n", allowed=(InstanceState.STOPPED,))
    north.refuses(command, errors.InstanceWrongState, allowed=(InstanceState.STOPPED,))


@BOTH
def test_new_groups_replace_those_of_the_primary_interface_and_of_it_alone(rules):
    world = World(rules)
    subnet = world.subnet()
    instance = world.instance(subnet)
    interface = world.attach(world.interface(subnet), instance)
    new = world.group(subnet)
    world.do(modify(instance, group_ids=(new.id, new.id)))
    assert world.primary(instance).group_ids == (new.id,)
    assert interface.group_ids == world.default_groups(subnet)


def test_groups_that_cannot_be_joined_are_refused(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    north.attach(north.interface(subnet), instance)
    enterprise = north.group(subnet, kind=GroupKind.ENTERPRISE)
    north.refuses(
        modify(instance, group_ids=()), errors.GroupRequired, interface_id=north.primary(instance).id
    )
    north.refuses(modify(instance, group_ids=("absent",)), errors.GroupNotFound, resource_id="absent")
    north.refuses(
        modify(instance, group_ids=(enterprise.id,)), errors.GroupKindsMixed, resource_id=instance.id
    )
    plain = north.instance(subnet, "plain")
    north.refuses(modify(plain, group_ids=(enterprise.id,)), errors.GroupKindUnsupported)


def test_an_instance_without_other_interfaces_changes_over_to_groups_of_the_other_kind(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    enterprise = north.group(subnet, kind=GroupKind.ENTERPRISE)
    north.do(modify(instance, group_ids=(enterprise.id,)))
    assert north.primary(instance).group_ids == (enterprise.id,)


def test_an_instance_may_be_left_without_groups_where_none_is_needed():
    world = World(SOUTH)
    instance = world.instance(world.subnet())
    world.do(modify(instance, group_ids=()))
    assert world.primary(instance).group_ids == ()


@pytest.mark.parametrize(("rules", "limit"), [(NORTH, 4), (SOUTH, 2)], ids=["addresses", "interfaces"])
def test_new_members_of_a_group_are_counted_for_all_instances_together(rules, limit):
    world = World(limited(rules, basic_group_members=limit))
    subnet = world.subnet()
    plan = {"addresses": AddressPlan(secondaries=(ANY,)), "group_ids": ()}
    groups = [world.group(subnet) for _ in range(4)]
    instances = [world.instance(subnet, **{**plan, "group_ids": (group.id,)}) for group in groups[:3]]
    ids = tuple(instance.id for instance in instances)
    command = ModifyInstances(instance_ids=ids, group_ids=(groups[3].id,))
    world.refuses(command, errors.GroupMembersExceeded, resource_id=groups[3].id, limit=limit)
    world.do(ModifyInstances(instance_ids=ids[:2], group_ids=(groups[3].id,)))
    world.do(ModifyInstances(instance_ids=ids[:2], group_ids=(groups[3].id,)))


def test_queues_of_primary_interfaces_are_set_and_given_back(north):
    subnet = north.subnet()
    instance = north.instance(subnet, queues=4)
    north.attach(north.interface(subnet, queues=6), instance)
    north.do(modify(instance, queues=6))
    assert north.primary(instance).queues == 6
    north.refuses(modify(instance, queues=7), errors.QueuesPerInterfaceExceeded, limit=6)
    north.do(modify(instance, queues=0))
    assert north.primary(instance).queues is None
    north.attach(north.interface(subnet), instance)
    north.refuses(modify(instance, queues=5), errors.QueuesPerInstanceExceeded, limit=12)


def test_groups_change_only_at_rest_where_that_matters(north):
    subnet = north.subnet()
    groups = north.default_groups(subnet)
    (instance,) = north.do(
        RunInstances(type_name="large", subnet_id=subnet.id, names=("a",), group_ids=groups)
    )
    north.refuses(
        modify(instance, group_ids=groups), errors.InstanceWrongState, state=InstanceState.PENDING
    )
    north.do(modify(instance, name="n"))
    classic = north.instance(subnet, classic=True)
    north.refuses(modify(classic, group_ids=groups), errors.InstanceClassicNetwork)
    world = World(SOUTH)
    subnet = world.subnet()
    (instance,) = world.do(RunInstances(type_name="large", subnet_id=subnet.id, names=("a",)))
    group = world.group()
    world.do(modify(instance, group_ids=(group.id,)))
    assert world.primary(instance).group_ids == (group.id,)


# -- resizing ----------------------------------------------------------------------------------------


@BOTH
def test_a_stopped_instance_changes_its_type_at_once(rules):
    world = World(rules)
    instance = stopped(world, world.subnet(), extras={"x": 1})
    assert world.do(resize(instance, "small", extras={"y": 2})) == (instance,)
    assert (instance.type_name, instance.state) == ("small", InstanceState.STOPPED)
    assert instance.extras == {"x": 1, "y": 2}


def test_a_running_instance_is_resized_only_by_restarting(north):
    subnet = north.subnet()
    running, idle = north.instance(subnet), stopped(north, subnet)
    both = (idle.id, running.id)
    north.refuses(
        ResizeInstances(instance_ids=both, type_name="small"),
        errors.InstanceWrongState,
        instance_id=running.id,
        allowed=(InstanceState.STOPPED,),
    )
    north.do(ResizeInstances(instance_ids=both, type_name="small", restart=True))
    assert [running.state, idle.state] == [InstanceState.REBOOTING, InstanceState.STOPPED]
    assert {running.type_name, idle.type_name} == {"small"}
    assert (running.operation.kind, idle.operation.kind) == ("resize-instances", "run-instances")
    north.wait(12 * SECOND)
    assert running.state is InstanceState.RUNNING


def test_a_change_is_recorded_as_the_latest_operation_of_instances_that_rest(north):
    busy, idle = north.instance(north.subnet()), stopped(north, north.subnet())
    north.do(RebootInstances((busy.id,)))
    north.do(RecordChange(instance_ids=(busy.id, idle.id), detail="names"))
    assert (busy.operation.kind, idle.operation.kind) == ("reboot-instances", "modify-instances")
    assert (idle.operation.detail, idle.operation.state) == ("names", "succeeded")
    absent = RecordChange(instance_ids=("absent",), detail="names")
    north.refuses(absent, errors.InstanceNotFound, resource_id="absent")


def test_a_type_or_an_instance_that_is_not_there_is_refused(north):
    instance = stopped(north, north.subnet())
    north.refuses(resize(instance, "absent"), errors.InstanceTypeNotFound, resource_id="absent")
    command = ResizeInstances(instance_ids=(instance.id, "absent"), type_name="small")
    north.refuses(command, errors.InstanceNotFound, resource_id="absent")


@pytest.mark.parametrize(
    ("primary", "changes", "error", "facts"),
    [
        (
            {"addresses": AddressPlan(secondaries=(ANY,) * 4)},
            {},
            errors.Ipv4PerInterfaceExceeded,
            {"limit": 4},
        ),
        ({"addresses": AddressPlan(ipv6=(ANY,))}, {}, errors.Ipv6Unsupported, {"instance_type": "small"}),
        ({"queues": 6}, {}, errors.QueuesPerInterfaceExceeded, {"limit": 1}),
        ({"queues": 6}, {"queues_per_interface": 6}, errors.QueuesPerInstanceExceeded, {"limit": 1}),
    ],
    ids=["ipv4", "ipv6", "queues of one", "queues of all"],
)
def test_a_type_that_does_not_carry_the_primary_interface_is_refused(primary, changes, error, facts):
    world = World(typed(NORTH, "small", **changes))
    instance = stopped(world, world.subnet(ipv6_index=0), **primary)
    world.refuses(resize(instance, "small"), error, **facts)


def test_a_type_that_does_not_take_the_groups_is_refused(north):
    subnet = north.subnet()
    group = north.group(subnet, kind=GroupKind.ENTERPRISE)
    instance = stopped(north, subnet, group_ids=(group.id,))
    north.refuses(resize(instance, "plain"), errors.GroupKindUnsupported, instance_type="plain")


@pytest.mark.parametrize(
    ("interface", "how", "type_name", "error"),
    [
        ({}, {}, "bare", errors.InterfacesUnsupported),
        ({}, {"extension": True}, "small", errors.InterfacesUnsupported),
        ({}, {"card": 1}, "small", errors.NetworkCardInvalid),
        ({"kind": InterfaceKind.TRUNK}, {}, "small", errors.TrunkUnsupported),
        ({"addresses": AddressPlan(secondaries=(ANY,) * 4)}, {}, "small", errors.Ipv4PerInterfaceExceeded),
        ({"rdma": True}, {}, "small", errors.RdmaUnsupported),
        ({"queues": 2}, {}, "small", errors.QueuesPerInterfaceExceeded),
    ],
    ids=["any", "extension", "card", "trunk", "addresses", "rdma", "queues"],
)
def test_a_type_that_does_not_carry_a_secondary_interface_is_refused(
    north, interface, how, type_name, error
):
    subnet = north.subnet()
    instance = stopped(north, subnet)
    north.attach(north.interface(subnet, **interface), instance, **how)
    north.refuses(resize(instance, type_name), error)


def test_a_type_with_fewer_interfaces_than_the_instance_has_is_refused(north):
    subnet = north.subnet()
    instance = stopped(north, subnet)
    for _ in range(2):
        north.attach(north.interface(subnet), instance)
    north.refuses(resize(instance, "small"), errors.InterfacesPerInstanceExceeded, limit=2)
    north.do(resize(instance, "cold"))
    north.do(resize(instance, "large"))


def test_an_interface_on_its_way_to_an_instance_counts_for_its_type(north):
    subnet = north.subnet()
    instance, other = stopped(north, subnet), north.instance(subnet)
    north.attach(north.interface(subnet), instance)
    interface = north.attach(north.interface(subnet), other)
    migration = MigrateInterface(
        interface_id=interface.id, source_instance_id=other.id, destination_instance_id=instance.id
    )
    north.do(migration)
    north.refuses(resize(instance, "small"), errors.InterfacesPerInstanceExceeded, limit=2)
    north.do(resize(instance, "cold"))


def test_members_of_a_trunk_count_for_a_new_type():
    world = World(typed(NORTH, "small", members=1))
    subnet = world.subnet()
    instance = stopped(world, subnet)
    trunk = world.trunk(instance)
    for last in ("10.0.0.8", "10.0.0.9"):
        member = world.interface(subnet, AddressPlan(primary=AddressRequest(ip(last))))
        world.attach(member, instance, trunk_id=trunk.id)
    world.refuses(resize(instance, "small"), errors.TrunkFull, limit=1)
