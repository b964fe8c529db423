"""Running instances."""

import pytest
from tests.core.builders import World, certain, ip, ips
from tests.core.engine.commands import run
from tests.core.model.rules import BOTH, NORTH, SOUTH, limited

from duolect_core import errors
from duolect_core.instances.creation import RunInstances
from duolect_core.instances.lifecycle import DeleteInstances, StartInstances, StopInstances
from duolect_core.model.lifecycles import InstanceState, InterfaceState
from duolect_core.model.resources import SECOND, Attachment, GroupKind, InterfaceKind
from duolect_core.networks.lifecycle import CreateSubnet
from duolect_core.relations.address_plans import ANY, ANY_PREFIX, AddressPlan, PrefixRequest

CERTAIN_PREFIX = (PrefixRequest(ip("10.0.0.32"), 28),)


@BOTH
def test_an_instance_and_its_primary_interface_carry_what_they_were_created_with(rules):
    world = World(rules)
    subnet = world.subnet(ipv6_index=0)
    (instance,) = world.do(
        run(
            world,
            subnet,
            "web",
            network_id=subnet.network_id,
            zone=subnet.zone,
            addresses=AddressPlan(
                primary=certain("10.0.0.9")[0], secondaries=certain("10.0.0.7"), ipv6=(ANY,)
            ),
            description="d",
            tags={"k": "v"},
            extras={"x": 1},
            interface_extras={"y": 2},
            interface_tags={"t": "u"},
            protected=True,
            classic=True,
        )
    )
    primary = world.primary(instance)
    assert (instance.name, instance.description, instance.tags) == ("web", "d", {"k": "v"})
    assert (instance.extras, instance.protected, instance.classic) == ({"x": 1}, True, True)
    assert (instance.type_name, instance.subnet_id, instance.zone) == ("large", subnet.id, subnet.zone)
    assert primary.kind is InterfaceKind.PRIMARY
    assert primary.state is InterfaceState.IN_USE
    assert primary.attachment == Attachment(instance.id, 0, world.at)
    assert primary.name == rules.primary_name.format(instance=instance.id)
    assert (primary.extras, primary.tags) == ({"y": 2}, {"t": "u"})
    assert ips(primary) == ["10.0.0.9", "10.0.0.7"]
    assert len(primary.ipv6) == 1
    assert primary.group_ids == world.default_groups(subnet)


def test_each_name_gives_an_instance_in_order(north):
    instances = north.instances(north.subnet(), ("c", "a", "b"))
    assert [instance.name for instance in instances] == ["c", "a", "b"]
    assert len({north.primary(instance).primary_ip for instance in instances}) == 3
    orders = [instance.order for instance in instances]
    assert orders == sorted(orders)


@BOTH
@pytest.mark.parametrize("command", [StartInstances, StopInstances, DeleteInstances])
def test_a_command_that_names_no_instance_changes_nothing_and_begins_nothing(rules, command):
    world = World(rules)
    assert world.do(command(instance_ids=())) == ()
    assert world.graph.operations == {}


def test_running_no_instances_begins_nothing(north):
    subnet = north.subnet()
    operations = dict(north.graph.operations)
    groups = north.default_groups(subnet)
    command = RunInstances(type_name="large", subnet_id=subnet.id, names=(), group_ids=groups)
    assert north.do(command) == ()
    assert north.graph.operations == operations


def test_a_new_instance_passes_starting_where_the_cloud_shows_it(north):
    (instance,) = north.do(run(north, north.subnet()))
    born = north.at
    (operation,) = [o for o in north.graph.operations.values() if o.kind == "run-instances"]
    assert (instance.state, operation.due) == (InstanceState.PENDING, born + 6 * SECOND)
    north.wait(6 * SECOND)
    assert (instance.state, instance.started) == (InstanceState.STARTING, None)
    assert (operation.state, operation.due) == ("running", born + 13 * SECOND)
    north.wait(7 * SECOND - 1)
    assert instance.state is InstanceState.STARTING
    north.wait(1)
    assert (instance.state, instance.started) == (InstanceState.RUNNING, born + 13 * SECOND)
    assert operation.state == "succeeded"


def test_a_new_instance_runs_at_once_after_booting_where_the_cloud_hides_starting():
    world = World(SOUTH)
    (instance,) = world.do(run(world, world.subnet()))
    born = world.at
    world.wait(10 * SECOND - 1)
    assert instance.state is InstanceState.PENDING
    world.wait(5 * SECOND)
    assert (instance.state, instance.started) == (InstanceState.RUNNING, born + 10 * SECOND)


@BOTH
def test_an_instance_that_is_not_booted_ends_stopped_and_never_started(rules):
    world = World(rules)
    instance = world.instance(world.subnet(), boot=False)
    assert (instance.state, instance.started) == (InstanceState.STOPPED, None)


@pytest.mark.parametrize(
    ("changes", "error", "facts"),
    [
        ({"type_name": "absent"}, errors.InstanceTypeNotFound, {"resource_id": "absent"}),
        ({"network_id": "absent"}, errors.NetworkNotFound, {"resource_id": "absent"}),
        ({"zone": "n2"}, errors.SubnetZoneMismatch, {"subnet_zone": "n1", "zone": "n2"}),
        ({"group_ids": ()}, errors.GroupRequired, {}),
        ({"group_ids": ("absent",)}, errors.GroupNotFound, {"resource_id": "absent"}),
        ({"tags": {"a": "", "b": ""}}, errors.TagQuotaExceeded, {"limit": 1}),
        ({"interface_tags": {"a": "", "b": ""}}, errors.TagQuotaExceeded, {"limit": 1}),
        ({"addresses": AddressPlan(secondaries=(ANY,) * 8)}, errors.Ipv4PerInterfaceExceeded, {"limit": 8}),
        ({"addresses": AddressPlan(ipv6=(ANY,) * 5)}, errors.Ipv6PerInterfaceExceeded, {"limit": 4}),
        (
            {"type_name": "small", "addresses": AddressPlan(ipv6_prefixes=(ANY_PREFIX,))},
            errors.Ipv6Unsupported,
            {"instance_type": "small"},
        ),
    ],
    ids=["type", "network", "zone", "no group", "group", "tags", "more tags", "ipv4", "ipv6", "no ipv6"],
)
def test_an_instance_that_cannot_be_is_refused(changes, error, facts):
    world = World(limited(NORTH, tags_per_resource=1))
    world.refuses(run(world, world.subnet(ipv6_index=0), **changes), error, **facts)


def test_a_subnet_that_does_not_exist_is_refused(north):
    command = RunInstances(type_name="large", subnet_id="absent", names=("a",))
    north.refuses(command, errors.SubnetNotFound, resource_id="absent")


def test_a_subnet_that_is_still_being_created_is_refused(north):
    network = north.network()
    subnet = north.do(CreateSubnet(network_id=network.id, zone="n1", block=network.block))
    north.refuses(run(north, subnet), errors.SubnetBusy, subnet_id=subnet.id)


def test_a_subnet_of_another_network_than_the_one_named_is_refused(north):
    subnet, other = north.subnet(), north.network()
    north.refuses(
        run(north, subnet, network_id=other.id),
        errors.SubnetNetworkMismatch,
        network_id=subnet.network_id,
        other_network_id=other.id,
    )


def test_an_enterprise_group_on_a_type_without_them_is_refused(north):
    subnet = north.subnet()
    group = north.group(subnet, kind=GroupKind.ENTERPRISE)
    north.refuses(
        run(north, subnet, type_name="plain", group_ids=(group.id,)),
        errors.GroupKindUnsupported,
        instance_type="plain",
    )
    north.instance(subnet, "plain")
    north.instance(subnet, group_ids=(group.id,))


def test_an_instance_without_a_group_is_created_where_none_is_needed():
    world = World(SOUTH)
    assert world.primary(world.instance(world.subnet(), group_ids=())).group_ids == ()


def test_instances_beyond_the_quota_are_refused_together():
    world = World(limited(NORTH, instances=2))
    subnet = world.subnet()
    world.refuses(
        run(world, subnet, "a", "b", "c"), errors.InstanceQuotaExceeded, resource_id="north", limit=2
    )
    world.do(run(world, subnet, "a", "b"))


@pytest.mark.parametrize(("rules", "limit"), [(NORTH, 4), (SOUTH, 2)], ids=["addresses", "interfaces"])
def test_the_members_of_a_group_are_counted_for_all_instances_together(rules, limit):
    plan = AddressPlan(secondaries=(ANY,))
    world = World(limited(rules, basic_group_members=limit))
    subnet = world.subnet()
    world.refuses(
        run(world, subnet, "a", "b", "c", addresses=plan), errors.GroupMembersExceeded, limit=limit
    )
    world.do(run(world, subnet, "a", "b", addresses=plan))


def test_instances_for_which_addresses_do_not_suffice_are_refused_together(north):
    subnet = north.subnet(block="10.0.0.0/28")
    plan = AddressPlan(secondaries=(ANY, ANY))
    north.refuses(run(north, subnet, *"abcde", addresses=plan), errors.SubnetExhausted, wanted=15, free=12)
    north.do(run(north, subnet, *"abcd", addresses=plan))
    assert subnet.pool.free == 0


@pytest.mark.parametrize(
    "plan",
    [AddressPlan(primary=certain("10.0.0.9")[0]), AddressPlan(ipv4_prefixes=CERTAIN_PREFIX)],
    ids=["address", "prefix"],
)
def test_several_instances_cannot_have_the_same_certain_address_or_prefix(north, plan):
    subnet = north.subnet()
    north.refuses(run(north, subnet, "a", "b", addresses=plan), errors.AddressRepeated)
    north.do(run(north, subnet, "a", addresses=plan))


def test_each_instance_gets_its_own_address_and_extras_where_they_are_named(north):
    subnet = north.subnet()
    instances = north.instances(
        subnet,
        ("a", "b"),
        primary_ips=(ip("10.0.0.9"), ip("10.0.0.7")),
        addresses=AddressPlan(secondaries=(ANY,)),
        extras={"x": 0, "shared": True},
        extras_of_each=({"x": 1}, {"x": 2}),
    )
    assert [ips(north.primary(instance))[0] for instance in instances] == ["10.0.0.9", "10.0.0.7"]
    assert [len(north.primary(instance).ipv4) for instance in instances] == [2, 2]
    assert [instance.extras for instance in instances] == [
        {"x": 1, "shared": True},
        {"x": 2, "shared": True},
    ]


@pytest.mark.parametrize("more", [{"primary_ips": (1,)}, {"extras_of_each": ({}, {}, {})}])
def test_a_command_that_tells_of_fewer_or_more_instances_than_it_names_cannot_be_built(more):
    with pytest.raises(ValueError, match="one by one"):
        RunInstances(type_name="large", subnet_id="s", names=("a", "b"), **more)


@pytest.mark.parametrize(
    ("addresses", "more", "error"),
    [
        (("10.0.0.9", "10.0.0.9"), {}, errors.AddressRepeated),
        (("10.0.0.9", "10.0.0.5"), {}, errors.AddressInUse),
        (("10.0.0.9", "10.0.0.8"), {"secondaries": certain("10.0.0.8")}, errors.AddressRepeated),
        (("10.0.0.9", "10.0.0.8"), {"ipv4_prefixes": CERTAIN_PREFIX}, errors.AddressRepeated),
        (("10.0.0.9", "10.0.0.33"), {"ipv4_prefixes": (ANY_PREFIX,) * 7}, errors.SubnetExhausted),
        (("10.0.0.9", "10.0.0.8"), {"ipv6": (ANY,)}, errors.Ipv6Disabled),
    ],
    ids=["repeated", "in use", "secondary", "prefix", "room", "ipv6"],
)
def test_addresses_of_each_are_checked_for_all_instances_together(north, addresses, more, error):
    subnet = north.subnet()
    north.interface(subnet, AddressPlan(primary=certain("10.0.0.5")[0]))
    command = run(
        north, subnet, "a", "b", primary_ips=tuple(map(ip, addresses)), addresses=AddressPlan(**more)
    )
    north.refuses(command, error)


def test_a_primary_interface_has_its_name_description_and_queues_as_requested(north):
    instance = north.instance(north.subnet(), interface_name="eth0", interface_description="d", queues=6)
    primary = north.primary(instance)
    assert (primary.name, primary.description, primary.queues) == ("eth0", "d", 6)


def test_more_queues_than_the_type_gives_an_interface_are_refused(north):
    north.refuses(run(north, north.subnet(), queues=7), errors.QueuesPerInterfaceExceeded, limit=6)


def test_an_instance_knows_its_latest_operation(north):
    instance = north.instance(north.subnet())
    assert (instance.operation.kind, instance.operation.state) == ("run-instances", "succeeded")
    north.do(StopInstances((instance.id,)), operation_id="it")
    assert instance.operation is north.partition.operation("it")
