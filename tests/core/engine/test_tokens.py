"""Requests that are repeated with an idempotency token."""

import attrs
import pytest
from tests.core.builders import World
from tests.core.engine.dump import dump
from tests.core.engine.requests import CREATE, NOWHERE, attachment, token
from tests.core.model.rules import BOTH, NORTH, SOUTH

from duolect_core.errors import (
    BlockInvalid,
    IdempotencyMismatch,
    IdempotencyProcessing,
    NetworkBusy,
)
from duolect_core.model.lifecycles import InterfaceState, ProvisionState
from duolect_core.model.resources import SECOND, OperationState
from duolect_core.networks.deletion import DeleteNetwork


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
    world.wait()
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
