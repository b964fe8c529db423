"""Deleting interfaces."""

import pytest
from tests.core.builders import World
from tests.core.engine.commands import attach, detach
from tests.core.model.rules import BOTH, SOUTH

from duolect_core import errors
from duolect_core.interfaces.lifecycle import (
    DeleteInterface,
)
from duolect_core.model.lifecycles import InterfaceState
from duolect_core.model.resources import SECOND
from duolect_core.relations.address_plans import ANY, ANY_PREFIX, AddressPlan


@BOTH
def test_deleting_takes_its_time_and_gives_everything_back(rules):
    world = World(rules)
    subnet = world.subnet(ipv6_index=0)
    free = (subnet.pool.free, subnet.ipv6_pool.free)
    plan = AddressPlan(
        secondaries=(ANY,), ipv6=(ANY,), ipv4_prefixes=(ANY_PREFIX,), ipv6_prefixes=(ANY_PREFIX,)
    )
    interface = world.interface(subnet, plan, tags={"k": "v"})
    assert world.do(DeleteInterface(interface.id)) is interface
    assert interface.state is InterfaceState.DELETING
    world.wait(5 * SECOND - 1)
    assert interface.id in world.graph.interfaces
    world.wait(1)
    assert interface.state is InterfaceState.GONE
    assert world.graph.interfaces == {}
    assert (subnet.pool.free, subnet.ipv6_pool.free) == free
    assert not world.graph.is_carried(("k", "v"))


def test_what_does_not_exist_cannot_be_deleted(north):
    north.refuses(DeleteInterface("absent"), errors.InterfaceNotFound, resource_id="absent")


@pytest.mark.parametrize(
    ("flag", "error"),
    [({"managed": True}, errors.InterfaceManaged), ({"protected": True}, errors.InterfaceProtected)],
)
def test_a_managed_or_protected_interface_cannot_be_deleted(north, flag, error):
    interface = north.interface(north.subnet(), **flag)
    north.refuses(DeleteInterface(interface.id), error)


def test_a_primary_interface_cannot_be_deleted(north):
    instance = north.instance(north.subnet())
    primary = north.primary(instance)
    north.refuses(DeleteInterface(primary.id), errors.InterfaceIsPrimary, instance_id=instance.id)


def test_an_interface_in_use_cannot_be_deleted(north):
    subnet = north.subnet()
    instance = north.instance(subnet)
    interface = north.attach(north.interface(subnet), instance)
    north.refuses(DeleteInterface(interface.id), errors.InterfaceAlreadyAttached, instance_id=instance.id)


@BOTH
def test_an_interface_on_its_way_cannot_be_deleted(rules):
    world = World(rules)
    subnet = world.subnet()
    instance, interface = world.instance(subnet), world.interface(subnet)
    for command, state in (
        (attach(interface, instance), InterfaceState.ATTACHING),
        (detach(interface, instance), InterfaceState.DETACHING),
    ):
        world.do(command)
        world.refuses(DeleteInterface(interface.id), errors.InterfaceWrongState, state=state)
        world.wait()


def test_deleting_again_while_under_way_is_tolerated_in_one_cloud(north):
    interface = north.interface(north.subnet())
    north.do(DeleteInterface(interface.id))
    north.wait(3 * SECOND)
    assert north.do(DeleteInterface(interface.id)) is interface
    north.wait(2 * SECOND)
    assert interface.state is InterfaceState.GONE


def test_deleting_again_while_under_way_is_refused_in_the_other_cloud():
    world = World(SOUTH)
    interface = world.interface(world.subnet())
    world.do(DeleteInterface(interface.id))
    world.refuses(
        DeleteInterface(interface.id),
        errors.InterfaceWrongState,
        state=InterfaceState.DELETING,
        allowed=(InterfaceState.AVAILABLE,),
    )
