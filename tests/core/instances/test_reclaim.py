"""A spot instance is taken back some time after that was announced, whatever it does then."""

import pytest
from tests.core.builders import World
from tests.core.model.rules import NORTH, SOUTH

from duolect_core import errors
from duolect_core.instances.lifecycle import (
    DeleteInstances,
    RebootInstances,
    ReclaimInstance,
    StopInstances,
)
from duolect_core.invariants import check
from duolect_core.model.lifecycles import InstanceState
from duolect_core.model.resources import SECOND, OperationState

NOTICE = 300 * SECOND


@pytest.fixture(params=[NORTH, SOUTH], ids=["north", "south"])
def world(request):
    return World(request.param)


@pytest.fixture
def instance(world):
    return world.instance(world.subnet())


def reclaim(world, instance):
    world.do(ReclaimInstance(instance.id, NOTICE))


def is_gone(world, instance):
    assert not [*check(world.partition)]
    return instance.id not in world.graph.instances and not world.graph.interfaces


def test_an_instance_goes_when_its_notice_is_over(world, instance):
    reclaim(world, instance)
    assert instance.state is InstanceState.RUNNING
    world.wait(NOTICE - 1)
    assert not is_gone(world, instance)
    world.wait(1)
    assert is_gone(world, instance)


def test_it_may_be_stopped_before(world, instance):
    reclaim(world, instance)
    world.do(StopInstances((instance.id,)))
    world.wait(NOTICE // 2)
    assert instance.state is InstanceState.STOPPED
    world.wait(NOTICE)
    assert is_gone(world, instance)


def test_it_may_be_deleted_before(world, instance):
    reclaim(world, instance)
    operation = world.partition.timeline.planned_as(instance.reclaim).operation
    world.do(DeleteInstances(instance_ids=(instance.id,), force=True))
    world.wait(NOTICE // 2)
    assert is_gone(world, instance)
    assert operation.state is OperationState.SUCCEEDED
    world.wait(NOTICE)


def test_what_is_under_way_then_fails(world, instance):
    world.do(ReclaimInstance(instance.id, 1))
    world.do(RebootInstances((instance.id,)))
    operation = instance.operation
    world.wait(1)
    assert is_gone(world, instance)
    assert operation.state is OperationState.FAILED


def test_it_is_announced_once_and_of_what_is_up(world, instance):
    reclaim(world, instance)
    with pytest.raises(errors.InstanceWrongState):
        reclaim(world, instance)
    with pytest.raises(errors.InstanceNotFound):
        world.do(ReclaimInstance("i-none", NOTICE))
    other = world.instance(world.subnet())
    world.do(DeleteInstances(instance_ids=(other.id,), force=True))
    with pytest.raises(errors.InstanceWrongState):
        reclaim(world, other)
