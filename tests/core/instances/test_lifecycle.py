"""Starting and stopping instances."""

import pytest
from tests.core.builders import World
from tests.core.engine.commands import run
from tests.core.model.rules import BOTH

from duolect_core.errors import (
    InstanceNotFound,
    InstanceProtected,
    InstanceWrongState,
)
from duolect_core.instances.lifecycle import DeleteInstances, StartInstances, StopInstances
from duolect_core.model.lifecycles import InstanceState, InterfaceState
from duolect_core.model.resources import SECOND


def states(instances):
    return [instance.state.value for instance in instances]


@BOTH
def test_stopping_and_starting_take_their_time_and_keep_interfaces_attached(rules):
    world = World(rules)
    subnet = world.subnet()
    instances = world.instances(subnet, ("a", "b"))
    interface = world.attach(world.interface(subnet), instances[0])
    ids = tuple(instance.id for instance in instances)
    assert world.do(StopInstances(ids)) == instances
    assert states(instances) == ["stopping"] * 2
    world.wait(8 * SECOND)
    assert states(instances) == ["stopped"] * 2
    assert interface.state is InterfaceState.IN_USE
    assert world.do(StartInstances(ids)) == instances
    assert states(instances) == ["starting"] * 2
    world.wait(7 * SECOND)
    assert states(instances) == ["running"] * 2
    assert {instance.started for instance in instances} == {world.at}


def test_stopping_stores_what_it_is_given_over_what_was_there(north):
    instance = north.instance(north.subnet(), extras={"a": 1, "b": 1})
    north.do(StopInstances((instance.id,), extras={"b": 2}))
    assert instance.extras == {"a": 1, "b": 2}


def test_an_instance_that_is_named_twice_is_stopped_once(north):
    instance = north.instance(north.subnet())
    assert north.do(StopInstances((instance.id, instance.id))) == (instance,)
    (operation,) = [o for o in north.graph.operations.values() if o.kind == "stop-instances"]
    assert operation.resource_ids == (instance.id,)


@pytest.mark.parametrize("command", [StartInstances, StopInstances, DeleteInstances])
def test_an_instance_that_does_not_exist_stops_the_whole_command(north, command):
    instance = north.instance(north.subnet())
    north.refuses(command(instance_ids=(instance.id, "absent")), InstanceNotFound, resource_id="absent")


def test_an_instance_in_the_wrong_state_stops_the_whole_command(north):
    subnet = north.subnet()
    running, stopped = north.instance(subnet), north.instance(subnet, boot=False)
    both = (running.id, stopped.id)
    north.refuses(
        StartInstances(both),
        InstanceWrongState,
        instance_id=running.id,
        state=InstanceState.RUNNING,
        allowed=(InstanceState.STOPPED,),
    )
    north.refuses(
        StopInstances(both),
        InstanceWrongState,
        instance_id=stopped.id,
        state=InstanceState.STOPPED,
        allowed=(InstanceState.RUNNING,),
    )
    north.refuses(
        DeleteInstances(instance_ids=both),
        InstanceWrongState,
        instance_id=running.id,
        allowed=(InstanceState.STOPPED,),
    )


def test_even_force_deletes_no_instance_that_is_on_its_way(north):
    (instance,) = north.do(run(north, north.subnet()))
    north.refuses(
        DeleteInstances(instance_ids=(instance.id,), force=True),
        InstanceWrongState,
        state=InstanceState.PENDING,
        allowed=(InstanceState.STOPPED, InstanceState.RUNNING),
    )


def test_a_protected_instance_stops_the_whole_command(north):
    subnet = north.subnet()
    free, kept = north.instance(subnet, boot=False), north.instance(subnet, boot=False, protected=True)
    north.refuses(DeleteInstances(instance_ids=(free.id, kept.id)), InstanceProtected, instance_id=kept.id)
