"""Extras of interfaces: stored over what is there, whatever the interface does."""

from tests.core.builders import World
from tests.core.model.rules import BOTH, NORTH

from duolect_core.errors import InterfaceManaged, InterfaceNotFound
from duolect_core.interfaces.extras import SetCreated, StoreExtras
from duolect_core.interfaces.lifecycle import AttachInterface


def store(interface, **extras):
    return StoreExtras(interface_id=interface.id, extras=extras)


def test_extras_are_stored_over_those_that_are_there():
    world = World(NORTH)
    interface = world.interface(world.subnet(), extras={"a": 1, "b": 2})
    world.do(store(interface, b=3, c=None))
    assert interface.extras == {"a": 1, "b": 3, "c": None}


@BOTH
def test_neither_kind_nor_state_of_the_interface_matters(rules):
    world = World(rules)
    subnet = world.subnet()
    instance = world.instance(subnet)
    primary, attaching = world.primary(instance), world.interface(subnet)
    world.do(AttachInterface(interface_id=attaching.id, instance_id=instance.id))
    for interface in (primary, attaching):
        assert world.do(store(interface, a=1)).extras["a"] == 1


def test_extras_of_what_is_not_there_or_managed_are_refused():
    world = World(NORTH)
    managed = world.interface(world.subnet(), managed=True)
    world.refuses(store(managed, a=1), InterfaceManaged, resource_id=managed.id)
    absent = StoreExtras(interface_id="absent", extras={})
    world.refuses(absent, InterfaceNotFound, resource_id="absent")


def test_an_interface_may_be_older_than_it_is(north):
    interface = north.interface(north.subnet())
    older = SetCreated(interface_id=interface.id, created=interface.created - 7)
    assert north.do(older).created == older.created
    north.refuses(SetCreated(interface_id="absent", created=0), InterfaceNotFound)
