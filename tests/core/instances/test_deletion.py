"""Deleting instances."""

import attrs
from tests.core.builders import World
from tests.core.model.rules import BOTH, NORTH

from duolect_core.errors import InstanceWrongState, SubnetHoldsInterfaces
from duolect_core.instances.lifecycle import DeleteInstances
from duolect_core.model.lifecycles import InstanceState, InterfaceState
from duolect_core.model.resources import SECOND
from duolect_core.networks.deletion import DeleteSubnet


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


def test_a_primary_interface_outlives_its_instance_where_it_takes_time_to_release_it():
    durations = attrs.evolve(NORTH.durations, release_instance=20 * SECOND)
    world = World(attrs.evolve(NORTH, durations=durations, interface_outlives_instance=True))
    subnet = world.subnet()
    free, instance = subnet.pool.free, world.instance(subnet)
    primary = world.primary(instance)
    world.do(DeleteInstances(instance_ids=(instance.id,), force=True))
    world.wait(9 * SECOND)
    assert instance.id not in world.graph.instances
    assert (primary.state, primary.attachment) == (InterfaceState.DELETING, None)
    assert subnet.pool.free < free
    world.refuses(DeleteSubnet(subnet.id), SubnetHoldsInterfaces)
    world.wait(20 * SECOND)
    assert primary.state is InterfaceState.GONE
    assert world.graph.interfaces == {}
    assert subnet.pool.free == free


def test_a_running_instance_is_deleted_by_force_only(north):
    instance = north.instance(north.subnet())
    command = DeleteInstances(instance_ids=(instance.id,))
    north.refuses(command, InstanceWrongState, state=InstanceState.RUNNING)
    north.do(attrs.evolve(command, force=True))
