"""Taking private addresses and prefixes away."""

import attrs
import pytest
from tests.core.builders import World, ip, ips
from tests.core.engine.commands import assign, move, unassign
from tests.core.interfaces.addresses import interface_with_everything, states
from tests.core.model.rules import BOTH, SOUTH

from duolect_core import errors
from duolect_core.addressing.pools import format_ipv6
from duolect_core.instances.lifecycle import DeleteInstances
from duolect_core.interfaces.lifecycle import DeleteInterface
from duolect_core.interfaces.private_ips import (
    UnassignAddresses,
)
from duolect_core.model.lifecycles import AddressState, InterfaceState
from duolect_core.model.resources import SECOND, OperationState


def test_addresses_are_free_again_at_once_where_creating_is_synchronous(north):
    interface = interface_with_everything(north)
    pool = north.graph.subnets[interface.subnet_id].pool
    kept = interface.ipv6[1], interface.ipv4_prefixes[0]
    command = unassign(
        interface,
        "10.0.0.6",
        ipv6=(interface.ipv6[0].ip,),
        ipv4_prefixes=interface.ipv4_prefixes[1:],
        ipv6_prefixes=interface.ipv6_prefixes,
    )
    assert north.do(command) is interface
    assert ips(interface) == ["10.0.0.9", "10.0.0.5"]
    assert (interface.ipv6, interface.ipv4_prefixes) == ((kept[0],), (kept[1],))
    assert interface.ipv6_prefixes == ()
    assert pool.is_free(ip("10.0.0.6"))
    assert not north.graph.interfaces_by_ip.ids(ip("10.0.0.6"))
    assert north.partition.timeline.next_due is None


def test_addresses_are_deleting_until_their_operation_is_due_where_it_is_not(south):
    interface = interface_with_everything(south)
    pool = south.graph.subnets[interface.subnet_id].pool
    command = unassign(
        interface, "10.0.0.6", ipv6=(interface.ipv6[0].ip,), ipv4_prefixes=interface.ipv4_prefixes
    )
    south.do(command, operation_id="it")
    operation = south.partition.operation("it")
    assert operation.kind == "unassign-addresses"
    assert interface.ipv4_prefixes == ()
    south.wait(10 * SECOND)
    assert ips(interface) == ["10.0.0.9", "10.0.0.5", "10.0.0.6"]
    assert states(interface) == [AddressState.AVAILABLE] * 2 + [AddressState.DELETING] * 2 + [
        AddressState.AVAILABLE
    ]
    assert not pool.is_free(ip("10.0.0.6"))
    south.wait(1 * SECOND)
    assert ips(interface) == ["10.0.0.9", "10.0.0.5"]
    assert len(interface.ipv6) == 1
    assert pool.is_free(ip("10.0.0.6"))
    assert operation.state is OperationState.SUCCEEDED


@BOTH
def test_all_addresses_go_or_none(rules):
    world = World(rules)
    interface = interface_with_everything(world)
    world.refuses(
        unassign(interface, "10.0.0.5", "10.0.0.66"), errors.AddressNotAssigned, address="10.0.0.66"
    )
    stray = int(world.graph.subnets[interface.subnet_id].ipv6_block.network_address)
    world.refuses(
        unassign(interface, "10.0.0.5", ipv6=(stray,)),
        errors.AddressNotAssigned,
        address=format_ipv6(stray),
    )
    world.refuses(
        unassign(interface, "10.0.0.5", ipv4_prefixes=(ip("10.0.0.224"),)),
        errors.AddressNotAssigned,
        address="10.0.0.224/28",
    )
    world.refuses(
        unassign(interface, "10.0.0.5", ipv6_prefixes=(stray,)),
        errors.AddressNotAssigned,
        address=f"{format_ipv6(stray)}/80",
    )


@BOTH
def test_the_primary_address_stays(rules):
    world = World(rules)
    interface = interface_with_everything(world)
    world.refuses(unassign(interface, "10.0.0.9"), errors.PrimaryAddressFixed, address="10.0.0.9")
    other = world.interface(world.graph.subnets[interface.subnet_id])
    world.refuses(move(interface, other, "10.0.0.9"), errors.PrimaryAddressFixed, address="10.0.0.9")


def test_an_address_or_prefix_that_is_named_twice_is_refused(north):
    interface = interface_with_everything(north)
    north.refuses(unassign(interface, "10.0.0.5", "10.0.0.5"), errors.AddressRepeated, address="10.0.0.5")
    (prefix,) = interface.ipv6_prefixes
    north.refuses(
        unassign(interface, ipv6_prefixes=(prefix, prefix)),
        errors.AddressRepeated,
        address=f"{format_ipv6(prefix)}/80",
    )


def test_an_address_on_its_way_cannot_be_taken_away_or_moved(south):
    interface = interface_with_everything(south)
    other = south.interface(south.graph.subnets[interface.subnet_id])
    south.do(assign(interface, "10.0.0.7"))
    south.do(unassign(interface, "10.0.0.5"))
    south.do(move(interface, other, "10.0.0.6"))
    for text, state in (
        ("10.0.0.7", AddressState.PENDING),
        ("10.0.0.5", AddressState.DELETING),
        ("10.0.0.6", AddressState.MIGRATING),
    ):
        south.refuses(unassign(interface, text), errors.AddressBusy, address=text, state=state)
        south.refuses(move(interface, other, text), errors.AddressBusy, address=text, state=state)


def test_nothing_is_taken_from_what_is_not_there_or_not_the_callers(north):
    interface = north.interface(north.subnet(), managed=True)
    north.refuses(UnassignAddresses(interface_id="absent"), errors.InterfaceNotFound, resource_id="absent")
    north.refuses(unassign(interface, "10.0.0.5"), errors.InterfaceManaged)


@pytest.mark.parametrize("way", ["assign", "unassign", "move"])
def test_what_is_under_way_with_addresses_fails_when_their_interface_goes(way):
    world = World(
        attrs.evolve(SOUTH, durations=attrs.evolve(SOUTH.durations, change_addresses=90 * SECOND))
    )
    interface = interface_with_everything(world)
    other = world.interface(world.graph.subnets[interface.subnet_id])
    command = {
        "assign": assign(interface, "10.0.0.7", "10.0.0.8"),
        "unassign": unassign(interface, "10.0.0.5", "10.0.0.6"),
        "move": move(interface, other, "10.0.0.5"),
    }[way]
    world.do(command, operation_id="it")
    world.do(DeleteInterface(interface.id))
    world.wait()
    operation = world.partition.operation("it")
    assert interface.state is InterfaceState.GONE
    assert operation.state is OperationState.FAILED
    assert operation.reason == f"interface {interface.id} was deleted"
    assert world.partition.timeline.next_due is None


def test_addresses_of_a_primary_interface_go_with_its_instance_whatever_is_under_way(south):
    subnet = south.subnet()
    instance = south.instance(subnet)
    south.do(assign(south.primary(instance), "10.0.0.7"), operation_id="it")
    south.do(DeleteInstances(instance_ids=(instance.id,), force=True))
    south.wait(9 * SECOND)
    assert south.partition.operation("it").state is OperationState.FAILED
    assert subnet.pool.is_free(ip("10.0.0.7"))
