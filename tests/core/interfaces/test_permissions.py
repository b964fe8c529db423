"""Permissions on interfaces: granted once to an account, gone with the interface."""

from tests.core.builders import World
from tests.core.model.rules import BOTH, NORTH

from duolect_core.errors import InterfaceManaged, InterfaceNotFound, PermissionNotFound
from duolect_core.interfaces.lifecycle import DeleteInterface
from duolect_core.interfaces.permissions import GrantPermission, RevokePermission


def grant(interface, account="1"):
    return GrantPermission(interface_id=interface.id, account=account)


@BOTH
def test_a_permission_names_its_interface_and_its_account(rules):
    world = World(rules)
    interface = world.interface(world.subnet())
    granted = world.do(grant(interface, "7"))
    assert (granted.interface_id, granted.account) == (interface.id, "7")
    assert list(world.graph.permissions_by_interface.ids(interface.id)) == [granted.id]


def test_an_account_has_one_permission_on_an_interface():
    world = World(NORTH)
    interface = world.interface(world.subnet())
    first, other, again = (world.do(grant(interface, account)) for account in "121")
    assert again == first != other
    assert len(world.graph.permissions) == 2


def test_a_permission_on_what_is_not_there_is_refused():
    command = GrantPermission(interface_id="absent", account="1")
    World(NORTH).refuses(command, InterfaceNotFound, resource_id="absent")


def test_a_permission_on_what_a_service_manages_is_refused():
    world = World(NORTH)
    interface = world.interface(world.subnet(), managed=True)
    world.refuses(grant(interface), InterfaceManaged, resource_id=interface.id)


def test_a_permission_that_is_taken_back_is_gone():
    world = World(NORTH)
    granted = world.do(grant(world.interface(world.subnet())))
    world.do(RevokePermission(granted.id))
    assert world.graph.permissions == {}
    world.refuses(RevokePermission(granted.id), PermissionNotFound, resource_id=granted.id)


def test_permissions_go_with_their_interface():
    world = World(NORTH)
    subnet = world.subnet()
    interface, other = world.interface(subnet), world.interface(subnet)
    world.do(grant(interface, "1"))
    world.do(grant(interface, "2"))
    kept = world.do(grant(other, "1"))
    world.do(DeleteInterface(interface.id))
    world.wait()
    assert list(world.graph.permissions) == [kept.id]
