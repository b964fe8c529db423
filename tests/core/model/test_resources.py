"""Snapshots are what was, whatever becomes of the original."""

import attrs
from tests.core.builders import World, ip
from tests.core.model.rules import NORTH

from duolect_core.instances.lifecycle import StartInstances
from duolect_core.model.lifecycles import InstanceState, InterfaceState
from duolect_core.model.resources import OperationState
from duolect_core.model.snapshots import snapshot
from duolect_core.relations.address_plans import AddressPlan, AddressRequest


def interface_with_everything():
    world = World(NORTH)
    subnet = world.subnet(ipv6_index=0)
    plan = AddressPlan(secondaries=(AddressRequest(),), ipv6=(AddressRequest(),))
    return world, world.interface(subnet, plan, tags={"k": "v"}, extras={"x": 1})


def test_a_snapshot_of_an_interface_equals_it():
    _, interface = interface_with_everything()
    assert snapshot(interface) == interface
    assert snapshot(interface) is not interface


def test_later_changes_of_an_interface_do_not_reach_its_snapshot():
    _, interface = interface_with_everything()
    kept = snapshot(interface)
    before = attrs.asdict(kept)
    interface.state = InterfaceState.GONE
    interface.tags = {"k": "other"}
    interface.put_addresses([attrs.evolve(interface.ipv4[0], description="changed")])
    interface.ipv6 = ()
    interface.ipv4 = interface.ipv4[:1]
    assert attrs.asdict(kept) == before


def test_later_changes_of_instances_do_not_reach_the_snapshot_of_their_tuple():
    world = World(NORTH)
    instances = world.instances(world.subnet(), ("a", "b"), tags={"k": "v"})
    kept = snapshot(instances)
    assert kept == instances
    instances[0].state = InstanceState.GONE
    instances[1].tags = {}
    assert kept[0].state is InstanceState.RUNNING
    assert kept[1].tags == {"k": "v"}


def test_the_snapshot_of_an_instance_keeps_its_operation_as_it_was():
    world = World(NORTH)
    instance = world.instance(world.subnet(), boot=False)
    world.do(StartInstances((instance.id,)))
    kept = snapshot(instance)
    assert kept.operation == instance.operation
    world.wait()
    assert kept.operation.state is OperationState.RUNNING
    assert instance.operation.state is OperationState.SUCCEEDED
    instance.operation = None
    assert snapshot(instance).operation is None


def test_the_snapshot_of_a_subnet_keeps_the_living_pool():
    world = World(NORTH)
    subnet = world.subnet()
    assert snapshot(subnet).pool is subnet.pool


def test_the_snapshot_of_nothing_is_nothing():
    assert snapshot(None) is None


def test_the_primary_address_is_the_first_one():
    world = World(NORTH)
    plan = AddressPlan(
        primary=AddressRequest(ip("10.0.0.7")), secondaries=(AddressRequest(ip("10.0.0.9")),)
    )
    assert world.interface(world.subnet(), plan).primary_ip == ip("10.0.0.7")
