"""Public addresses that instances have of their own."""

import pytest
from tests.core.builders import World
from tests.core.model.rules import BOTH, typed
from tests.core.public_addresses.worlds import AddressWorld

from duolect_core.engine.command_fault import CommandFault
from duolect_core.errors import (
    InstanceHasOwnPublicAddress,
    InstanceHasPublicAddress,
    InstanceNotFound,
    InstanceWrongState,
    PublicAddressesExhausted,
    PublicAddressesPerInstanceExceeded,
)
from duolect_core.instances.lifecycle import DeleteInstances, StartInstances, StopInstances
from duolect_core.invariants import check
from duolect_core.model.lifecycles import InstanceState
from duolect_core.public_addresses.lifecycle import AssociatePublicAddress
from duolect_core.public_addresses.own_addresses import SetPublicIps


def give(instance, wanted=True, **more):  # noqa: FBT002 - the most frequent case
    return SetPublicIps(instance_ids=(instance.id,), wanted=wanted, **more)


@BOTH
def test_it_comes_and_goes_with_the_instance(rules):
    world = World(rules)
    instance = world.instance(world.subnet(), public=True)
    pool = world.graph.public_pool
    assert pool.holders == {instance.public_ip: instance.id}
    assert world.graph.public_addresses == {}
    world.do(DeleteInstances(instance_ids=(instance.id,), force=True))
    assert pool.holders == {instance.public_ip: instance.id}
    world.wait()
    assert (instance.state, instance.public_ip, pool.holders) == (InstanceState.GONE, None, {})


def test_it_is_given_once_and_taken_away(world):
    instance = world.only_instance
    world.do(give(instance, extras={"bandwidth": 5}))
    first = instance.public_ip
    assert first is not None
    world.do(give(instance))
    world.do(give(instance, None, extras={"rate": 1}))
    assert instance.public_ip == first
    assert instance.extras == {"bandwidth": 5, "rate": 1}
    world.do(give(instance, wanted=False))
    assert instance.public_ip is None
    assert world.graph.public_pool.holders == {}


def test_it_wants_an_instance_that_is_there_and_at_rest(world):
    instance = world.only_instance
    world.refuses(SetPublicIps(instance_ids=("absent",), wanted=True), InstanceNotFound)
    world.do(StopInstances((instance.id,)))
    world.refuses(give(instance), InstanceWrongState, state=InstanceState.STOPPING)


def test_it_does_not_stand_beside_an_elastic_one(world):
    instance = world.only_instance
    elastic = world.associated(instance_id=instance.id)
    world.refuses(give(instance), InstanceHasPublicAddress, address_id=elastic.id)


def test_an_elastic_one_is_refused_beside_it_in_the_north(north):
    north.do(give(north.only_instance))
    command = AssociatePublicAddress(
        address_id=north.public_address().id, instance_id=north.only_instance.id
    )
    north.refuses(command, InstanceHasOwnPublicAddress, instance_id=north.only_instance.id)


def test_an_elastic_one_takes_its_place_in_the_south(south):
    south.do(give(south.only_instance))
    elastic = south.associated(instance_id=south.only_instance.id)
    assert south.only_instance.public_ip is None
    assert south.graph.public_pool.holders == {elastic.ip: elastic.id}


def test_an_elastic_one_elsewhere_leaves_it(world):
    world.do(give(world.only_instance))
    world.associated()
    assert world.only_instance.public_ip is not None


@BOTH
def test_it_counts_among_those_that_the_type_allows(rules):
    world = AddressWorld(typed(rules, "large", public_addresses=2))
    world.do(give(world.only_instance))
    world.attach(world.only_interface, world.only_instance)
    world.associated()
    target = {"interface_id": world.only_interface.id, "ip": world.only_interface.primary_ip}
    command = AssociatePublicAddress(address_id=world.public_address().id, **target)
    world.refuses(command, PublicAddressesPerInstanceExceeded, limit=2)


def test_there_may_be_none_left(world):
    pool = world.graph.public_pool
    while pool.free:
        pool.take_any(world.partition.generator, "somebody")
    world.refuses(give(world.only_instance), PublicAddressesExhausted, wanted=1, free=0)
    with pytest.raises(PublicAddressesExhausted):
        world.instance(world.only_subnet, public=True)


def test_damage_is_told(world):
    world.do(give(world.only_instance))
    world.only_instance.public_ip += 1
    assert "the holders of public addresses are not those that have them" in check(world.partition)


def stopped(world, instance, **how):
    world.do(StopInstances((instance.id,), frees_public_ips=True), **how)
    assert instance.public_ip is not None, "it goes at the end"
    world.wait()


def test_it_may_go_as_the_instance_stops_and_another_one_comes_as_it_starts(world):
    instance, pool = world.only_instance, world.graph.public_pool
    world.do(give(instance))
    stopped(world, instance)
    assert (instance.public_ip, pool.holders) == (None, {})
    world.do(StartInstances((instance.id,)))
    assert pool.holders == {instance.public_ip: instance.id}
    world.wait()
    world.do(StopInstances((instance.id,)))
    world.wait()
    assert pool.holders == {instance.public_ip: instance.id}
    assert list(check(world.partition)) == []


def test_it_stays_where_the_instance_does_not_stop(world):
    instance = world.only_instance
    world.do(give(instance))
    first = instance.public_ip
    stopped(world, instance, command_fault=CommandFault(fails=True))
    assert (instance.state, instance.public_ip) == (InstanceState.RUNNING, first)
    world.do(StopInstances((instance.id,)))
    world.wait()
    assert instance.public_ip == first


@pytest.mark.parametrize("what", ["elastic", "declined"])
def test_it_does_not_come_back_where_something_else_was_wanted_since(world, what):
    instance = world.only_instance
    world.do(give(instance))
    stopped(world, instance)
    if what == "elastic":
        world.associated(instance_id=instance.id)
    else:
        world.do(give(instance, wanted=False))
    world.do(StartInstances((instance.id,)))
    assert instance.public_ip is None


def test_it_does_not_come_back_where_none_is_left(world):
    instance, pool = world.only_instance, world.graph.public_pool
    world.do(give(instance))
    stopped(world, instance)
    pool._singles.free, free = 0, pool._singles.free
    world.do(StartInstances((instance.id,)))
    assert instance.public_ip is None
    pool._singles.free = free
