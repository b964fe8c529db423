"""The partition: commands and time in, the same world out; tokens, operations and the record."""

from ipaddress import IPv4Network

import attrs
import pytest
from tests.core.builders import BOTH, DAY, MINUTE, NORTH, SOUTH, World
from tests.core.dump import dump

from duolect_core.engine.idempotency import Token
from duolect_core.engine.partition import Entry
from duolect_core.errors import (
    BlockInvalid,
    IdempotencyMismatch,
    IdempotencyProcessing,
    InterfaceNotFound,
    NetworkBusy,
    OperationNotFound,
)
from duolect_core.interfaces.lifecycle import AttachInterface, CreateInterface, DeleteInterface
from duolect_core.model.lifecycles import InterfaceState, ProvisionState
from duolect_core.model.resources import SECOND, OperationState
from duolect_core.model.rules import ResourceKind
from duolect_core.networks.lifecycle import CreateNetwork, DeleteNetwork
from duolect_core.partitions import new_partition, replay

CREATE = CreateNetwork(block=IPv4Network("10.0.0.0/16"))
NOWHERE = CreateNetwork(block=IPv4Network("11.0.0.0/16"))


def token(value="t", fingerprint="f", scope="s"):
    return Token(scope, value, fingerprint)


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
    assert ours.interfaces_by_ip.everything().keys() != theirs.interfaces_by_ip.everything().keys()


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


def test_a_fresh_id_is_drawn_again_until_it_is_free():
    rules = attrs.evolve(NORTH, id_tail=1)
    world = World(rules)
    for _ in range(36):
        world.do(CREATE)
    assert len(world.graph.networks) == 36


def test_a_mac_that_is_taken_is_drawn_again():
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


# -- operations --------------------------------------------------------------------------------------


def test_an_operation_records_what_runs_and_how_it_ended():
    world = World(NORTH)
    network = world.do(CREATE, operation_id="it")
    operation = world.partition.operation("it")
    assert (operation.id, operation.kind, operation.resource_ids) == ("it", "create-network", (network.id,))
    assert (operation.started, operation.due) == (world.at, world.at + SECOND)
    assert (operation.state, operation.reason) == (OperationState.RUNNING, "")
    world.wait(SECOND)
    assert operation.state is OperationState.SUCCEEDED


def test_an_operation_without_a_given_id_names_itself():
    world = World(NORTH)
    world.do(CREATE)
    ((name, operation),) = world.graph.operations.items()
    assert name == operation.id
    assert name.startswith("op-")
    assert len(name) == 15


def test_a_command_that_is_done_at_once_records_no_operation():
    world = World(SOUTH)
    world.do(CREATE, operation_id="it")
    with pytest.raises(OperationNotFound) as caught:
        world.partition.operation("it")
    assert caught.value.resource_id == "it"


def test_an_operation_is_forgotten_when_its_lifetime_is_over():
    world = World(NORTH)
    world.do(CREATE, operation_id="old")
    world.wait(DAY - 1)
    assert world.partition.operation("old").state is OperationState.SUCCEEDED
    world.wait(1)
    with pytest.raises(OperationNotFound):
        world.partition.operation("old")


def test_beginning_an_operation_clears_away_what_has_expired_and_nothing_else():
    world = World(NORTH)
    world.do(CREATE, operation_id="old")
    world.wait(MINUTE)
    world.do(CREATE, operation_id="young")
    world.wait(DAY - MINUTE)
    world.do(CREATE, operation_id="new")
    assert list(world.graph.operations) == ["young", "new"]


def test_even_an_operation_that_still_runs_expires_and_ends_all_the_same():
    day = attrs.evolve(NORTH.durations, provision_network=3 * DAY)
    world = World(attrs.evolve(NORTH, durations=day))
    network = world.do(CREATE, operation_id="slow")
    world.wait(DAY)
    world.do(CREATE, operation_id="next")
    assert list(world.graph.operations) == ["next"]
    world.wait(2 * DAY)
    assert network.state is ProvisionState.AVAILABLE


def test_an_id_that_is_used_again_names_the_newer_operation_and_both_end():
    world = World(NORTH)
    first = world.do(CREATE, operation_id="it")
    older = world.partition.operation("it")
    world.wait(SECOND // 2)
    second = world.do(CREATE, operation_id="it")
    newer = world.partition.operation("it")
    assert newer.resource_ids == (second.id,)
    world.wait(SECOND // 2)
    assert (first.state, older.state) == (ProvisionState.AVAILABLE, OperationState.SUCCEEDED)
    assert (second.state, newer.state) == (ProvisionState.PENDING, OperationState.RUNNING)
    world.wait(SECOND // 2)
    assert newer.state is OperationState.SUCCEEDED


# -- tokens ------------------------------------------------------------------------------------------


@BOTH
def test_a_token_gives_the_first_result_again_and_no_second_resource(rules):
    world = World(rules)
    first = world.do(CREATE, token=token())
    world.wait()
    again = world.do(CREATE, token=token())
    assert again.id == first.id
    assert len(world.graph.networks) == 1


def test_the_first_result_is_what_it_was_whatever_became_of_it():
    world = World(NORTH)
    network = world.do(CREATE, token=token())
    world.wait()
    world.do(DeleteNetwork(network.id))
    again = world.do(CREATE, token=token())
    assert (again.id, again.state) == (network.id, ProvisionState.PENDING)
    assert world.graph.networks == {}


@BOTH
def test_a_token_with_other_parameters_is_refused_and_changes_nothing(rules):
    world = World(rules)
    world.do(CREATE, token=token())
    world.wait()
    before = dump(world.partition)
    with pytest.raises(IdempotencyMismatch) as caught:
        world.do(CREATE, token=token(fingerprint="other"))
    assert caught.value.token == "t"
    assert dump(world.partition) == before


def test_a_token_in_another_scope_is_another_token():
    world = World(NORTH)
    world.do(CREATE, token=token())
    world.do(CREATE, token=token(scope="other"))
    assert len(world.graph.networks) == 2


@BOTH
def test_a_token_is_forgotten_when_its_lifetime_is_over(rules):
    world = World(rules)
    first = world.do(CREATE, token=token())
    world.wait(rules.token_lifetime - 1)
    assert world.do(CREATE, token=token()).id == first.id
    world.wait(1)
    assert world.do(CREATE, token=token(fingerprint="other")).id != first.id


def attachment(rules):
    world = World(rules)
    subnet = world.subnet()
    instance, interface = world.instance(subnet), world.interface(subnet)
    return world, AttachInterface(interface_id=interface.id, instance_id=instance.id)


@pytest.mark.parametrize("operation_id", ["mine", ""], ids=["named by the caller", "named by itself"])
def test_a_token_is_busy_while_its_operation_runs_where_the_cloud_says_so(operation_id):
    world, command = attachment(SOUTH)
    world.do(command, operation_id=operation_id, token=token())
    before = dump(world.partition)
    with pytest.raises(IdempotencyProcessing) as caught:
        world.do(command, operation_id="second", token=token())
    assert caught.value.token == "t"
    assert dump(world.partition) == before
    world.wait(3 * SECOND)
    assert world.do(command, token=token()).state is InterfaceState.ATTACHING


def test_a_token_that_does_not_wait_repeats_its_result_even_where_others_are_busy():
    world, command = attachment(SOUTH)
    impatient = attrs.evolve(token(), waits=False)
    world.do(command, token=impatient)
    assert world.do(command, operation_id="second", token=impatient).state is InterfaceState.ATTACHING
    assert world.partition.operation("second").state is OperationState.RUNNING


@pytest.mark.parametrize("operation_id", ["mine", ""], ids=["named by the caller", "named by itself"])
def test_a_token_repeats_its_result_while_the_operation_runs_where_the_cloud_does_so(operation_id):
    world, command = attachment(NORTH)
    world.do(command, operation_id=operation_id, token=token())
    assert world.do(command, operation_id="second", token=token()).state is InterfaceState.ATTACHING


@pytest.mark.parametrize("operation_id", ["mine", ""], ids=["named by the caller", "named by itself"])
def test_a_repeated_request_gives_the_first_operation_one_more_name(operation_id):
    world, command = attachment(NORTH)
    world.do(command, operation_id=operation_id, token=token())
    ((first, operation),) = [
        each for each in world.graph.operations.items() if each[1].kind == "attach-interface"
    ]
    world.do(command, operation_id="second", token=token())
    assert world.partition.operation("second") is world.partition.operation(first) is operation
    world.wait(3 * SECOND)
    assert world.partition.operation("second").state is OperationState.SUCCEEDED


def test_a_repeated_request_without_an_operation_names_nothing():
    world = World(SOUTH)
    world.do(CREATE, operation_id="first", token=token())
    world.do(CREATE, operation_id="second", token=token())
    assert world.graph.operations == {}


def test_a_final_refusal_is_repeated_for_its_token_where_the_cloud_does_so():
    world = World(NORTH)
    refusals = []
    for _ in range(2):
        with pytest.raises(BlockInvalid) as caught:
            world.do(NOWHERE, token=token())
        refusals.append(caught.value)
    assert refusals[0] == refusals[1]
    assert [refusal.repeated for refusal in refusals] == [False, True]
    assert refusals[1].address == "11.0.0.0/16"
    with pytest.raises(BlockInvalid):
        world.do(CREATE, token=token())  # the token decides, not the command
    with pytest.raises(IdempotencyMismatch):
        world.do(CREATE, token=token(fingerprint="other"))


def test_a_refusal_uses_no_token_up_where_the_cloud_does_not_repeat_refusals():
    world = World(SOUTH)
    with pytest.raises(BlockInvalid):
        world.do(NOWHERE, token=token())
    assert world.do(CREATE, token=token()).block == CREATE.block


def test_a_transient_refusal_uses_no_token_up_anywhere():
    world = World(NORTH)
    network = world.do(CREATE)
    with pytest.raises(NetworkBusy):
        world.do(DeleteNetwork(network.id), token=token())
    world.wait()
    world.do(DeleteNetwork(network.id), token=token())


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


def test_a_refused_command_draws_nothing():
    world = World(NORTH)
    subnet = world.subnet()
    state = world.partition.generator.state
    with pytest.raises(InterfaceNotFound):
        world.do(DeleteInterface("absent"))
    assert world.partition.generator.state == state
    world.do(CreateInterface(subnet_id=subnet.id, group_ids=world.default_groups(subnet)))
    assert world.partition.generator.state != state
