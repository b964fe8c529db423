"""Equal commands build equal partitions, whenever they are looked at; the record rebuilds them."""

import attrs
import pytest
from tests.core.builders import World
from tests.core.engine.dump import dump
from tests.core.engine.requests import CREATE, NOWHERE, attachment, token
from tests.core.model.rules import BOTH, NORTH

from duolect_core.engine.partition import Entry
from duolect_core.errors import (
    BlockInvalid,
    InterfaceNotFound,
)
from duolect_core.interfaces.lifecycle import CreateInterface, DeleteInterface
from duolect_core.model.lifecycles import ProvisionState
from duolect_core.model.resources import SECOND
from duolect_core.model.rules import ResourceKind
from duolect_core.partitions import new_partition, replay

# -- determinism -------------------------------------------------------------------------------------


def build(rules, seed):
    world = World(rules, seed)
    subnet = world.subnet(ipv6_index=0)
    instance = world.instance(subnet)
    world.attach(world.interface(subnet), instance)
    return world


@BOTH
def test_equal_seeds_and_commands_give_equal_partitions(rules):
    assert dump(build(rules, 7).partition) == dump(build(rules, 7).partition)


@BOTH
def test_another_seed_gives_other_ids_addresses_and_macs(rules):
    ours, theirs = build(rules, 7).graph, build(rules, 8).graph
    assert ours.interfaces.keys().isdisjoint(theirs.interfaces)
    assert ours.macs.isdisjoint(theirs.macs)
    same = ours.interfaces_by_ip.everything().keys() == theirs.interfaces_by_ip.everything().keys()
    assert same is rules.lowest_addresses_first


@BOTH
def test_the_recorded_commands_rebuild_the_partition(rules):
    world = build(rules, 7)
    again = replay(rules, 7, world.entries)
    again.settle(world.at)
    assert dump(again) == dump(world.partition)


def test_looking_more_often_changes_nothing():
    seldom, often = World(NORTH), World(NORTH)
    for world in (seldom, often):
        network = world.do(CREATE)
        assert network.state is ProvisionState.PENDING
    for _ in range(10):
        often.at += SECOND // 4
        often.partition.read(often.at)
    seldom.at = often.at
    seldom.wait(0)
    assert dump(seldom.partition) == dump(often.partition)


def test_a_fresh_id_is_generated_again_until_it_is_free():
    rules = attrs.evolve(NORTH, id_tails=dict.fromkeys(ResourceKind, 1))
    world = World(rules)
    for _ in range(36):
        world.do(CREATE)
    assert len(world.graph.networks) == 36


def test_a_mac_that_is_taken_is_generated_again():
    world = World(NORTH)
    first = world.partition.new_mac()
    world.graph.macs.add(first)
    world.partition.generator.state = 1
    assert World(NORTH).partition.new_mac() == first
    assert world.partition.new_mac() != first


def test_orders_count_creations_of_every_kind():
    world = World(NORTH)
    subnet = world.subnet()
    group = world.group(subnet)
    network = world.graph.networks[subnet.network_id]
    table = world.graph.route_tables[network.route_table_id]
    assert (network.order, table.order, subnet.order, group.order) == (1, 2, 3, 4)


# -- time --------------------------------------------------------------------------------------------


def test_time_never_runs_backwards():
    partition = new_partition(NORTH, 1)
    partition.execute(CREATE, 100 * SECOND)
    network = partition.execute(CREATE, 50 * SECOND)
    assert (partition.now, network.created) == (100 * SECOND, 100 * SECOND)
    partition.read(0)
    assert partition.now == 100 * SECOND


def test_an_instant_before_now_settles_what_is_due_now():
    instant = attrs.evolve(NORTH, durations=attrs.evolve(NORTH.durations, provision_network=0))
    partition = new_partition(instant, 1)
    network = partition.execute(CREATE, 100)
    partition.settle(50)
    assert network.state is ProvisionState.AVAILABLE


def test_reading_settles_what_is_due_and_returns_the_graph():
    partition = new_partition(NORTH, 1)
    network = partition.execute(CREATE, 0)
    assert partition.read(SECOND - 1).networks[network.id].state is ProvisionState.PENDING
    assert partition.read(SECOND).networks[network.id].state is ProvisionState.AVAILABLE


def test_a_transition_happens_at_its_own_instant_however_late_it_is_settled():
    world = World(NORTH)
    instance = world.instance(world.subnet(), boot=True)
    assert instance.started == instance.created + 13 * SECOND < world.at


# -- the record --------------------------------------------------------------------------------------


def test_the_recorder_gets_what_changed_the_partition_in_order():
    world = World(NORTH)
    world.do(CREATE, operation_id="it", token=token())
    world.at += SECOND
    with pytest.raises(BlockInvalid):
        world.do(NOWHERE)
    world.do(CREATE)
    assert world.entries == [
        Entry(1_000 * SECOND, CREATE, "it", token()),
        Entry(1_001 * SECOND, CREATE, "", None),
    ]


def test_a_remembered_refusal_and_a_repeated_result_are_recorded():
    world = World(NORTH)
    with pytest.raises(BlockInvalid):
        world.do(NOWHERE, token=token("refused"))
    for name in ("first", "second"):
        world.do(CREATE, operation_id=name, token=token("granted"))
    assert [(entry.command, entry.operation_id) for entry in world.entries] == [
        (NOWHERE, ""),
        (CREATE, "first"),
        (CREATE, "second"),
    ]


def test_what_is_repeated_as_a_refusal_is_not_recorded_again():
    world = World(NORTH)
    for _ in range(2):
        with pytest.raises(BlockInvalid):
            world.do(NOWHERE, token=token())
    assert len(world.entries) == 1


@BOTH
def test_replay_remembers_refusals_tokens_and_names_of_operations(rules):
    world, command = attachment(rules)
    for how in ({"operation_id": "a", "token": token("one")}, {"operation_id": "b", "token": token("one")}):
        world.do(command, **how)
        world.wait()
    with pytest.raises(InterfaceNotFound):
        world.do(DeleteInterface("absent"), token=token("refused"))
    again = replay(rules, 1, world.entries)
    again.settle(world.at)
    assert dump(again) == dump(world.partition)
    assert again.operation("b") is again.operation("a")


def test_the_record_holds_the_instant_at_which_the_command_counted():
    world = World(NORTH)
    world.do(CREATE)
    world.at -= 10 * SECOND
    world.do(CREATE)
    assert [entry.at for entry in world.entries] == [1_000 * SECOND] * 2


def test_the_first_resource_of_a_kind_gets_the_id_that_was_chosen():
    world = World(NORTH)
    chosen = {ResourceKind.NETWORK: "net-chosen"}
    assert world.do(CREATE, ids=chosen).id == "net-chosen"
    assert world.do(CREATE).id != "net-chosen"
    assert dump(replay(NORTH, 1, world.entries)) == dump(world.partition)


def test_a_partition_without_a_recorder_works_the_same():
    world = World(NORTH)
    world.do(CREATE)
    silent = new_partition(NORTH, 1)
    silent.execute(CREATE, world.at)
    assert dump(silent) == dump(world.partition)


def test_a_refused_command_generates_nothing():
    world = World(NORTH)
    subnet = world.subnet()
    state = world.partition.generator.state
    with pytest.raises(InterfaceNotFound):
        world.do(DeleteInterface("absent"))
    assert world.partition.generator.state == state
    world.do(CreateInterface(subnet_id=subnet.id, group_ids=world.default_groups(subnet)))
    assert world.partition.generator.state != state
