"""Archives: a partition that was loaded is the one that was dumped, and what is no archive is refused."""

import copy
import json
from ipaddress import IPv4Network
from typing import Any, ClassVar, get_args, get_origin, get_type_hints

import attrs
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule, run_state_machine_as_test
from tests.core.builders import BOTH, DAY, MINUTE, NORTH, SOUTH, World, ip, limited
from tests.core.test_machine import PartitionMachine

from duolect.record.commands import commands
from duolect_core.addressing.generator import Generator
from duolect_core.addressing.pools import AddressPool, FreePool
from duolect_core.archive import TABLES, Unfit, dump, load
from duolect_core.archive.codec import codec, fields_of, records
from duolect_core.engine.command_fault import CommandFault
from duolect_core.engine.idempotency import Token
from duolect_core.engine.partition import Partition
from duolect_core.engine.timeline import Timeline
from duolect_core.errors import CoreError
from duolect_core.graph.graph import Graph
from duolect_core.graph.index import Index
from duolect_core.instances.lifecycle import DeleteInstances, StartInstances
from duolect_core.interfaces.lifecycle import (
    AttachInterface,
    CreateInterface,
    DeleteInterface,
    DetachInterface,
)
from duolect_core.interfaces.private_ips import AssignAddresses
from duolect_core.invariants import check
from duolect_core.model.resources import SECOND, OperationState
from duolect_core.model.security_rules import Direction, GroupRule, Protocol
from duolect_core.networks.lifecycle import CreateNetwork, CreateSubnet, DeleteSubnet
from duolect_core.partitions import new_partition
from duolect_core.public_addresses.lifecycle import AllocatePublicAddresses, AssociatePublicAddress
from duolect_core.relations.address_plans import ANY, ANY_PREFIX, AddressPlan
from duolect_core.security_groups.rule_changes import AddRules


def whole(partition):
    """Return all that a partition is: its tree in its order, and what is derived from it."""
    graph = partition.graph
    pools = [pool for each in graph.subnets.values() for pool in (each.pool, each.ipv6_pool) if pool]
    return [
        json.dumps(dump(partition)),
        {name: _derived(value) for name, value in vars(graph).items() if name not in TABLES},
        [_slots(pool) for pool in pools],
        sorted(partition.timeline._pending),
        partition.timeline.next_due,
    ]


def _derived(value):
    if isinstance(value, Index):
        return {key: list(ids) for key, ids in value.everything().items()}
    return _slots(value) if isinstance(value, AddressPool) else value


def _slots(value):
    found = {name: getattr(value, name) for name in value.__slots__}
    return {name: _slots(each) if isinstance(each, FreePool) else each for name, each in found.items()}


def again(partition):
    """Return the partition as it is after it was written to a file and read again."""
    loaded = load(json.loads(json.dumps(dump(partition))), partition.rules)
    assert whole(loaded) == whole(partition)
    return loaded


RULE = GroupRule(
    direction=Direction.INGRESS,
    protocol=Protocol.TCP,
    ports=((22, 22), (80, 90)),
    peer=IPv4Network("10.0.0.0/8"),
    priority=1,
)


def furnished(rules):
    """Return a world in which something of everything is, and much is under way."""
    world = World(rules)
    subnet = world.subnet(ipv6_index=0, tags={"k": "v", "a": "b"}, extras={"x": (1, [2.5, None])})
    first, second = world.instances(subnet, ("a", "b"), tags={"k": "v"})
    trunk = world.trunk(first)
    plan = AddressPlan(
        secondaries=(ANY, ANY), ipv6=(ANY,), ipv4_prefixes=(ANY_PREFIX,), ipv6_prefixes=(ANY_PREFIX,)
    )
    if rules is SOUTH:
        plan = AddressPlan(secondaries=(ANY, ANY), ipv6=(ANY,))
    free = world.interface(subnet, plan, tags={"k": "v"})
    late, early = world.interface(subnet), world.interface(subnet)
    world.attach(early, second)
    world.do(AttachInterface(interface_id=late.id, instance_id=second.id))
    world.do(
        AttachInterface(interface_id=world.interface(subnet).id, instance_id=first.id, trunk_id=trunk.id)
    )
    world.do(DeleteInterface(world.interface(subnet).id))
    how = {"token": Token("s", "t", "f", waits=False), "operation_id": "op 1"}
    world.do(AssignAddresses(interface_id=free.id, secondaries=(ANY,)), **how)
    world.do(AssignAddresses(interface_id=free.id, secondaries=(ANY,)), **{**how, "operation_id": "op/~2"})
    (public,) = world.do(AllocatePublicAddresses(tags={"k": "v"}))
    world.wait()
    world.do(AssociatePublicAddress(address_id=public.id, interface_id=early.id))
    (group_id,) = early.group_ids
    world.do(AddRules(group_id=group_id, direction=Direction.INGRESS, rules=(RULE,)))
    world.do(
        DetachInterface(interface_id=early.id, instance_id=second.id),
        command_fault=CommandFault(holds=True),
    )
    world.do(CreateNetwork(block=IPv4Network("10.0.0.0/16")), token=Token("n", "t", "f"))
    refuse(world, CreateInterface(subnet_id="absent", group_ids=()), token=Token("c", "t", "f"))
    return world


def refuse(world, command, **how):
    with pytest.raises(CoreError):
        world.partition.execute(command, world.at, **how)


# -- nothing is forgotten ---------------------------------------------------------------------------


@BOTH
def test_a_partition_that_was_loaded_is_the_one_that_was_dumped(rules):
    world = furnished(rules)
    loaded = again(world.partition)
    for partition in (world.partition, loaded):
        partition.settle(world.at + 5 * SECOND)
    assert whole(loaded) == whole(world.partition)
    for partition in (world.partition, loaded):
        partition.settle(world.at + DAY)
    assert whole(loaded) == whole(world.partition)


class Twinned(Partition):
    """A partition whose twin, which was loaded, does all that it does."""

    twin: ClassVar[Partition]

    def execute(self, command, at, **how):
        ours, theirs = (
            outcome(super().execute, command, at, how),
            outcome(self.twin.execute, command, at, how),
        )
        assert codec(Any).write(ours, "", {}) == codec(Any).write(theirs, "", {})
        if isinstance(ours, CoreError):
            raise ours
        return ours

    def settle(self, at):
        super().settle(at)
        self.twin.settle(at)


def outcome(execute, command, at, how):
    try:
        return execute(command, at, **how)
    except CoreError as refusal:
        return refusal


class ArchivedMachine(PartitionMachine):
    """Any commands before and after the partition was written and read."""

    archived = 0

    @precondition(lambda self: hasattr(self, "partition"))
    @rule()
    def archive(self):
        ArchivedMachine.archived += 1
        Twinned.twin = again(self.partition)
        self.partition.__class__ = Twinned

    def teardown(self):
        if not hasattr(self, "partition"):
            return
        super().teardown()
        if type(self.partition) is Twinned:
            assert whole(Twinned.twin) == whole(self.partition)


def test_whatever_is_done_then_comes_out_as_without_archiving():
    run_state_machine_as_test(
        ArchivedMachine,
        settings=settings(
            max_examples=30,
            stateful_step_count=50,
            deadline=None,
            phases=[Phase.reuse, Phase.generate],  # to make what fails smaller would take minutes
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
    assert ArchivedMachine.archived >= 30


def test_operations_that_are_one_stay_one_under_all_their_names():
    world = World(NORTH)
    instance = world.instance(world.subnet(), boot=False)
    how = {"token": Token("s", "t", "f")}
    world.do(StartInstances((instance.id,)), operation_id="one", **how)
    world.do(StartInstances((instance.id,)), operation_id="two/~", **how)
    loaded = again(world.partition)
    one = loaded.operation("one")
    (transition,) = loaded.timeline.pending()
    (remembered,) = loaded.idempotency.entries().values()
    for other in (
        loaded.operation("two/~"),
        loaded.graph.instances[instance.id].operation,
        transition.operation,
        remembered.operation,
    ):
        assert other is one
    assert remembered.result[0].operation is not one
    loaded.settle(world.at + MINUTE)
    assert one.state is OperationState.SUCCEEDED
    assert remembered.result[0].operation.state is OperationState.RUNNING


def test_an_operation_whose_name_has_expired_stays_that_of_its_instance():
    world = World(NORTH)
    instance = world.instance(world.subnet(), boot=False)
    world.do(StartInstances((instance.id,)))
    world.wait(2 * DAY)
    world.do(CreateNetwork(block=IPv4Network("10.0.0.0/16")))
    assert instance.operation.id not in world.graph.operations
    assert again(world.partition).graph.instances[instance.id].operation == instance.operation


def test_a_remembered_subnet_shares_the_living_pool_or_keeps_that_of_a_deleted_one():
    world = World(NORTH)
    network = world.network()
    for place in (0, 1):
        command = CreateSubnet(network_id=network.id, zone="n1", block=IPv4Network(f"10.0.{place}.0/24"))
        world.do(command, token=Token("s", str(place), "f"))
        world.wait()
    kept, gone = world.graph.subnets.values()
    world.interface(kept)
    world.do(DeleteSubnet(gone.id))
    loaded = again(world.partition)
    first, second = (entry.result for entry in loaded.idempotency.entries().values())
    assert first.pool is loaded.graph.subnets[kept.id].pool
    assert (first.pool.free, second.pool.free) == (251, 252)


def test_answers_and_refusals_are_repeated_for_their_tokens():
    world = World(NORTH)
    absent = CreateInterface(subnet_id="absent", group_ids=())
    command = CreateNetwork(block=IPv4Network("10.0.0.0/16"))
    made = world.do(command, token=Token("n", "t", "f"))
    refuse(world, absent, token=Token("i", "t", "f"))
    loaded = again(world.partition)
    assert loaded.execute(command, world.at, token=Token("n", "t", "f")) == made
    assert len(loaded.graph.networks) == 1
    with pytest.raises(CoreError) as refused:
        loaded.execute(absent, world.at, token=Token("i", "t", "f"))
    assert refused.value.resource_id == "absent"


def test_interfaces_that_go_with_their_instance_go_in_the_order_in_which_they_came():
    world = World(NORTH)
    subnet = world.subnet()
    instance = world.instance(subnet)
    older, newer = world.interface(subnet), world.interface(subnet)
    world.attach(newer, instance)
    world.attach(older, instance)
    assert dump(world.partition)["orders"] == {
        "interfaces_by_instance": [
            {"key": instance.id, "ids": [world.primary(instance).id, newer.id, older.id]}
        ]
    }
    loaded = again(world.partition)
    for partition in (loaded, world.partition):
        partition.execute(DeleteInstances(instance_ids=(instance.id,), force=True), world.at)
        partition.settle(world.at + MINUTE)
    assert whole(loaded) == whole(world.partition)


def test_what_an_annotation_leaves_open_is_read_as_it_was():
    extras = {
        "list": [1, (2, "x"), [None, True, 0.5]],
        "dollar": {"$ref": "#/x", "y": {"$type": "z"}},
        "long": 2**60,
        "中": {},
    }
    world = World(NORTH)
    network = world.network(extras=extras)
    assert again(world.partition).graph.networks[network.id].extras == extras


def test_a_tree_is_readable():
    world = World(NORTH)
    subnet = world.subnet(ipv6_index=0)
    plan = AddressPlan(primary=attrs.evolve(ANY, ip=ip("10.0.0.7")), ipv6=(ANY,))
    interface = world.interface(subnet, plan, name="中")
    tree = dump(world.partition)
    assert list(tree)[:5] == ["version", "seed", "now", "created", "generator"]
    shown = tree["interfaces"][interface.id]
    assert (shown["name"], shown["state"], shown["ipv4"][0]["ip"]) == ("中", "available", "10.0.0.7")
    assert shown["ipv6"][0]["ip"].startswith("2001:db8:")
    assert "destination" not in shown
    assert tree["subnets"][subnet.id]["pool"]["holders"] == {"10.0.0.7": interface.id}
    assert dump(world.partition) == tree


# -- nothing new is forgotten -----------------------------------------------------------------------

REMADE = {
    "blocks",
    "default_network",
    "default_subnets",
    "group_load",
    "groups_by_rule",
    "macs",
    "primary_interfaces",
    "public_addresses_by_private",
    "_group_members_count",
    "_tags_remain",
}
"""What the graph's own methods make again of the resources, beside the indexes."""
PASSING = {
    "_ids",
    "_operation",
    "_operation_id",
    "command_fault",
    "fault_applied",
    "_recorders",
    "_transitions",
    "rules",
    "graph",
}
"""What belongs to the command under way or to whoever loads."""


def test_an_archive_keeps_all_that_a_graph_has():
    """If this fails, add a table in ``archive.TABLES``, a value in ``archive.dump`` or a name above."""
    graph = Graph(NORTH.group_members_count, NORTH.public_range)
    kept = {*TABLES, "operations", "public_pool", "known_tags", *REMADE}
    assert {name for name, value in vars(graph).items() if not isinstance(value, Index)} == kept
    assert [getattr(graph, name) for name in TABLES] == list(graph.tables())


def test_an_archive_keeps_all_that_a_partition_has():
    kept = {"seed", "now", "created", "generator", "ipv6_blocks", "timeline", "idempotency", *PASSING}
    assert set(vars(new_partition(NORTH, 1))) == kept
    assert Generator.__slots__ == ("state",)
    assert Timeline.__slots__ == ("_heap", "_next", "_pending")


def results():
    """Return what each command's ``apply`` says that it returns."""
    for name, each in commands().items():
        yield pytest.param(get_type_hints(each.apply)["return"], id=name)


@pytest.mark.parametrize("kind", [*results()])
def test_an_archive_can_keep_the_result_of_every_command(kind):
    """If this fails, the result is of a class that ``archive.codec.records`` does not know."""
    for each in (kind, *get_args(kind)):
        assert each in {..., None, type(None)} or get_origin(each) or records().get(each.__name__) is each


@pytest.mark.parametrize("kind", [*records().values()], ids=lambda kind: kind.__name__)
def test_an_archive_can_keep_every_field_of_a_record(kind):
    """If this fails, ``archive.codec.codec`` must learn how to write a new kind of value."""
    names = kind.facts if issubclass(kind, CoreError) else (field.name for field in attrs.fields(kind))
    assert [*fields_of(kind)] == [*names]


def test_what_an_archive_cannot_keep_is_a_mistake_of_the_program():
    world = World(NORTH)
    world.network(extras={"x": {1, 2}})
    with pytest.raises(TypeError, match="cannot keep"):
        dump(world.partition)
    with pytest.raises(TypeError, match="cannot keep"):
        codec(set[int])


# -- what is no archive is refused ------------------------------------------------------------------


@pytest.fixture(scope="module")
def trees():
    """Return the tree of a furnished partition of each cloud."""
    return {rules.region: json.dumps(dump(furnished(rules).partition)) for rules in (NORTH, SOUTH)}


def put(path, value):
    """Return a change that puts a value in a tree at a path; None in it means the first member."""

    def change(tree):
        *parts, last = path
        for part in parts:
            tree = tree[first(tree) if part is None else part]
        tree[first(tree) if last is None else last] = value

    return change


def first(tree):
    return next(iter(tree))


def drop(path):
    def change(tree):
        *parts, last = path
        for part in parts:
            tree = tree[first(tree) if part is None else part]
        del tree[first(tree) if last is None else last]

    return change


def reverse(name):
    def change(tree):
        tree[name] = dict(reversed(tree[name].items()))

    return change


POOL = ("subnets", None, "pool")
DAMAGES = [
    (put(["version"], 2), "/version: is 2, and only up to 1 can be read"),
    (put(["version"], 0), "/version: there is no 0"),
    (drop(["version"]), "/version: must be a whole number, not None"),
    (put(["colour"], "red"), "/colour: is not known here"),
    (drop(["timeline"]), "/timeline: is missing"),
    (put(["networks"], []), "/networks: must be an object"),
    (put(["ledger"], {}), "/ledger: must be a list"),
    (put(["now"], value=True), "/now: must be a whole number, not True"),
    (put(["now"], "x"), "/now: must be a whole number, not 'x'"),
    (put(["now"], "1" * 99), "/now: must be a whole number, not '1111"),
    (put(["seed"], 10**4000), "/seed: must be a whole number, not a huge number"),
    (put(["seed"], {}), "/seed: must be a whole number, not an object"),
    (put(["seed"], []), "/seed: must be a whole number, not a list"),
    (put(["networks", None, "name"], "\ud800"), "/name: must be text"),
    (put(["networks", None, "state"], "sleepy"), "/state: must be one of pending, available, not 'sleepy'"),
    (put(["networks", None, "block"], "10.0.0.0/33"), "/block: must be a block of addresses (IPv4Network)"),
    (put(["networks", None, "block"], 7), "/block: must be a block of addresses (IPv4Network), not 7"),
    (put(["networks", None, "colour"], 7), "/colour: is no field of a Network"),
    (drop(["networks", None, "block"]), "/block: is missing"),
    (put(["networks", None, "id"], "other"), "which is not there"),
    (put(["networks", None, "order"], 10**6), "order"),
    (put(["networks", None, "created"], 2**60), "in the future"),
    (put(["interfaces", None, "ipv4", 0, "ip"], "10.0.0.256"), "/ipv4/0/ip: must be an IP address"),
    (put(["interfaces", None, "ipv4", 0, "ip"], 1), "/ipv4/0/ip: must be an IP address, not 1"),
    (put(["interfaces", None, "ipv4", 0, "primary"], 1), "/primary: must be true or false, not 1"),
    (put(["interfaces", None, "ipv4"], []), "not exactly its first address is primary"),
    (put(["interfaces", None, "subnet_id"], "absent"), "in a subnet that is not there"),
    (put(["interfaces", None, "group_ids"], ["absent"]), "names 'absent', which is not there"),
    (put(["instances", None, "type_name"], "absent"), "of a type that is not there"),
    (
        put(["instances", None, "operation"], {"$ref": "#/operations/x"}),
        "must lead to an earlier place with",
    ),
    (put(["instances", None, "operation"], {"$ref": 7}), "must lead to an earlier place with"),
    (put(["instances", None, "operation"], {"$ref": "#/networks"}), "must lead to an earlier place with"),
    (put(["subnets", None, "network_id"], "absent"), "names 'absent', which is not there"),
    (put(["subnets", None, "extras"], {"x": {"$type": "Rules"}}), "/extras/x/$type: must name a object"),
    (put(["subnets", None, "extras"], {"x": {"$type": []}}), "/extras/x/$type: must name a object"),
    (put(["subnets", None, "extras"], {"x": float("inf")}), "/extras/x: must be a fraction, not inf"),
    (put(["subnets", None, "extras"], {"x": {"$items": [["a"]]}}), "/$items/0: must have 2 entries"),
    (put([*POOL, "block"], "10.0.0.0/25"), "first, last and prefix_length do not fit the block"),
    (put([*POOL, "prefix_length"], 32), "first, last and prefix_length do not fit the block"),
    (put([*POOL, "first"], "10.0.0.2"), "what is drawn is not what is held"),
    (put([*POOL, "holders", "10.0.0.0"], "x"), "an address is outside or reserved"),
    (drop([*POOL, "holders", None]), "what is drawn is not what is held"),
    (put([*POOL, "holders", None], "other"), "the pool's holders are not the interfaces"),
    (put([*POOL, "singles", "free"], -1), "numbers cannot be free"),
    (put([*POOL, "singles", "displaced"], {"1": 2}), "the displaced numbers do not fill the places"),
    (put([*POOL, "singles", "displaced"], {"1": 2, "2": 1}), "needs no other place"),
    (put([*POOL, "singles", "size"], 9), "numbers cannot be free"),
    (put(["ipv6_blocks", "size"], 2**20), "what is drawn|not those of this region"),
    (put(["public_pool", "block"], "203.0.113.0/27"), "do not fit the block|not that of this region"),
    (put(["timeline", "planned"], 1), "/timeline: number"),
    (put(["timeline", "pending"], []), "with 0 transitions to come"),
    (put(["timeline", "pending", 0, "trigger"], "start"), "knows no start"),
    (put(["ledger", 0, "remembered", "refusal"], {"$type": "Network"}), "/$type: must name a CoreError"),
    (put(["orders", "colours"], [{"key": 1, "ids": []}]), "/orders/colours/0: there is no such index"),
    (put(["orders", "tagged"], [{"key": [], "ids": []}]), "/orders/tagged/0: there is no such index"),
    (
        put(["orders", "tagged"], [{"key": "x", "ids": ["y"]}]),
        "/orders/tagged/0: is not what the resources say",
    ),
    (reverse("interfaces"), "not in the order of creation"),
]


@pytest.mark.parametrize(("damage", "reason"), DAMAGES, ids=lambda each: "" if callable(each) else None)
def test_a_damaged_tree_is_refused_with_the_place_and_the_reason(trees, damage, reason):
    tree = json.loads(trees["north"])
    damage(tree)
    with pytest.raises(Unfit) as refusal:
        load(tree, NORTH)
    assert any(each in str(refusal.value) for each in reason.split("|"))
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("tree", [None, [], "x", 7, {}, {"version": "new"}, {"info": {"version": "1"}}])
def test_what_is_no_partition_at_all_is_refused(tree):
    with pytest.raises(Unfit):
        load(tree, NORTH)


def test_a_partition_of_another_region_is_refused(trees):
    with pytest.raises(Unfit):
        load(json.loads(trees["north"]), SOUTH)


def test_a_partition_that_breaks_the_quotas_of_today_is_refused(trees):
    with pytest.raises(Unfit, match="instances over 1"):
        load(json.loads(trees["north"]), limited(NORTH, instances=1))


def test_a_tree_without_an_end_is_refused():
    tree = dump(new_partition(NORTH, 1))
    deep = tree
    for _ in range(3_000):
        deep["x"] = deep = {}
    world = World(NORTH)
    network = world.network()
    tree = dump(world.partition)
    tree["networks"][network.id]["extras"] = deep = {}
    for _ in range(100):
        deep["x"] = deep = {}
    with pytest.raises(Unfit, match="lies too deep"):
        load(tree, NORTH)
    deep["x"] = tree
    with pytest.raises(Unfit, match="lies too deep"):
        load(tree, NORTH)


def test_a_tree_without_a_table_has_none_of_it():
    tree = dump(World(NORTH).partition)
    del tree["public_addresses"]
    assert load(tree, NORTH).graph.public_addresses == {}


def places(tree, path=()):
    """Return the path of everything in a tree."""
    yield path
    for key in tree if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ():
        yield from places(tree[key], (*path, key))


VALUES = st.one_of(
    st.sampled_from(
        [None, True, False, -1, 0, 1, 2, 2**53, 2**80, 10**30, 0.5, "", "x", "10.0.0.9", "::1"]
    ),
    st.sampled_from(["primary", "member", "trunk", "in-use", "pending", "available", "moved", "running"]),
    st.sampled_from([[], {}, [{}], {"$ref": "#/operations/op 1"}, {"$type": "Network"}, {"$tuple": [1]}]),
)


@given(data=st.data())
@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_damage_is_refused_or_leaves_a_partition_that_goes_on(trees, data):
    rules = data.draw(st.sampled_from([NORTH, SOUTH]))
    tree = json.loads(trees[rules.region])
    known = list(places(tree))
    for _ in range(data.draw(st.integers(1, 2))):
        path = data.draw(st.sampled_from(known[1:]))
        other = data.draw(st.sampled_from(known[1:]))
        kind = data.draw(st.sampled_from(["drop", "put", "copy", "copy"]))
        try:
            value = copy.deepcopy(at(tree, other)) if kind == "copy" else data.draw(VALUES)
            (drop(path) if kind == "drop" else put(path, value))(tree)
        except (KeyError, IndexError, TypeError):
            continue
    try:
        partition = load(tree, rules)
    except Unfit:
        return
    assert check(partition) == []
    assert whole(load(json.loads(json.dumps(dump(partition))), rules)) == whole(partition)
    partition.settle(partition.now + 2 * DAY)
    assert check(partition) == []


def at(tree, path):
    for part in path:
        tree = tree[part]
    return tree
