"""The records of operations."""

import attrs
import pytest
from tests.core.builders import World
from tests.core.engine.commands import FAILS
from tests.core.engine.requests import CREATE
from tests.core.model.rules import DAY, MINUTE, NORTH, SOUTH

from duolect_core.errors import OperationNotFound
from duolect_core.model.lifecycles import ProvisionState
from duolect_core.model.resources import INSTANCE_OPERATIONS, SECOND, OperationKind, OperationState
from duolect_core.public_addresses.lifecycle import AllocatePublicAddresses, ModifyPublicAddresses


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


def test_an_operation_on_what_changes_at_once_has_succeeded(north):
    addresses = north.do(AllocatePublicAddresses(count=2))
    ids = tuple(address.id for address in addresses)
    north.do(ModifyPublicAddresses(address_ids=ids, name="n"), operation_id="it", command_fault=FAILS)
    operation = north.partition.operation("it")
    assert (operation.kind, operation.resource_ids) == (OperationKind.MODIFY_PUBLIC_ADDRESSES, ids)
    assert (operation.started, operation.due) == (north.at, north.at)
    assert operation.state is OperationState.SUCCEEDED
    assert not north.partition.fault_applied


def test_the_operations_of_instances_are_those_that_are_called_so():
    assert {kind for kind in OperationKind if kind.endswith("-instances")} == INSTANCE_OPERATIONS
