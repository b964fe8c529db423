"""Deleting instances."""

import attrs
from tests.core.builders import BOTH, World

from duolect_core.errors import (
    InstanceWrongState,
)
from duolect_core.instances.lifecycle import DeleteInstances
from duolect_core.model.lifecycles import InstanceState, InterfaceState
from duolect_core.model.resources import SECOND


@BOTH
def test_a_deleted_instance_goes_with_its_primary_interface_and_address(rules):
    world = World(rules)
    subnet = world.subnet()
    free = subnet.pool.free
    instance = world.instance(subnet, tags={"k": "v"})
    primary = world.primary(instance)
    assert world.do(DeleteInstances(instance_ids=(instance.id,), force=True)) == (instance,)
    assert instance.state is InstanceState.DELETING
    world.wait(9 * SECOND - 1)
    assert instance.id in world.graph.instances
    world.wait(1)
    assert (instance.state, primary.state) == (InstanceState.GONE, InterfaceState.GONE)
    assert world.graph.instances == world.graph.interfaces == world.graph.primary_interfaces == {}
    assert subnet.pool.free == free


def test_a_running_instance_is_deleted_by_force_only(north):
    instance = north.instance(north.subnet())
    command = DeleteInstances(instance_ids=(instance.id,))
    north.refuses(command, InstanceWrongState, state=InstanceState.RUNNING)
    north.do(attrs.evolve(command, force=True))
