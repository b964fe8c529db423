"""Networks and subnets on their way out, where the cloud takes its time over it."""

import attrs
import pytest
from tests.core.builders import World
from tests.core.model.rules import NORTH, SOUTH
from tests.core.networks.test_subnets import create_subnet

from duolect_core import errors
from duolect_core.engine.command_fault import CommandFault
from duolect_core.engine.operations import ReleaseOperation
from duolect_core.interfaces.lifecycle import CreateInterface
from duolect_core.model.lifecycles import ProvisionState
from duolect_core.model.resources import SECOND, OperationState
from duolect_core.networks.changes import ModifyNetwork, ModifySubnet
from duolect_core.networks.deletion import DeleteNetwork, DeleteSubnet
from duolect_core.security_groups.lifecycle import CreateGroup

TIME = NORTH.durations.delete_network
SLOW_SOUTH = attrs.evolve(
    SOUTH,
    network_deletion_is_asynchronous=True,
    durations=attrs.evolve(SOUTH.durations, delete_network=3 * SECOND),
)


@pytest.fixture
def world():
    return World(NORTH)


def test_a_subnet_is_deleting_for_its_time_and_then_gone(world):
    subnet = world.subnet(tags={"k": "v"})
    world.do(DeleteSubnet(subnet.id))
    world.wait(TIME - 1)
    assert world.graph.subnets[subnet.id].state is ProvisionState.DELETING
    world.wait(1)
    assert subnet.id not in world.graph.subnets
    assert not world.graph.is_carried(("k", "v"))


def test_a_network_is_deleting_for_its_time_and_then_gone(world):
    network = world.network(ipv6=True)
    world.do(DeleteNetwork(network.id))
    world.wait(TIME - 1)
    assert world.graph.networks[network.id].state is ProvisionState.DELETING
    assert world.partition.ipv6_blocks.free == 255
    world.wait(1)
    assert (world.graph.networks, world.graph.route_tables) == ({}, {})
    assert world.partition.ipv6_blocks.free == 256


def test_a_network_is_kept_by_a_subnet_that_is_being_deleted(world):
    network = world.network()
    subnet = world.subnet(network)
    world.do(DeleteSubnet(subnet.id))
    world.refuses(DeleteNetwork(network.id), errors.NetworkHoldsSubnets, held_by=subnet.id)
    world.wait(TIME)
    world.do(DeleteNetwork(network.id))


def test_nothing_is_done_to_a_subnet_or_in_it_while_it_is_being_deleted(world):
    network = world.network()
    subnet = world.subnet(network)
    group = world.do(CreateGroup(network_id=network.id))
    world.do(DeleteSubnet(subnet.id))
    for command in (
        DeleteSubnet(subnet.id),
        ModifySubnet(subnet_id=subnet.id, name="n"),
        CreateInterface(subnet_id=subnet.id, group_ids=(group.id,)),
    ):
        world.refuses(command, errors.SubnetBusy, subnet_id=subnet.id)


def test_nothing_is_done_to_a_network_or_in_it_while_it_is_being_deleted(world):
    network = world.network()
    world.do(DeleteNetwork(network.id))
    for command in (
        DeleteNetwork(network.id),
        ModifyNetwork(network_id=network.id, name="n"),
        CreateGroup(network_id=network.id),
        create_subnet(network),
    ):
        world.refuses(command, errors.NetworkBusy, network_id=network.id)


def test_subnets_of_one_network_are_deleted_one_by_one(world):
    network = world.network()
    first, second = (world.subnet(network, f"10.0.{place}.0/24") for place in (0, 1))
    other = world.subnet()
    world.do(DeleteSubnet(first.id))
    world.do(DeleteSubnet(other.id))
    world.refuses(DeleteSubnet(second.id), errors.SubnetBusy, subnet_id=first.id)
    world.refuses(create_subnet(network, "10.0.2.0/24"), errors.SubnetBusy, subnet_id=first.id)
    world.wait(TIME)
    coming = world.do(create_subnet(network, "10.0.0.0/24"))
    world.refuses(DeleteSubnet(second.id), errors.SubnetBusy, subnet_id=coming.id)
    world.wait()
    world.do(DeleteSubnet(second.id))


def test_a_deletion_that_fails_leaves_what_there_was(world):
    network = world.network(ipv6=True)
    subnet = world.subnet(network, ipv6_index=0)
    world.do(DeleteSubnet(subnet.id), command_fault=CommandFault(fails=True), operation_id="it")
    world.wait()
    assert world.partition.operation("it").state is OperationState.FAILED
    assert world.graph.subnets[subnet.id].state is ProvisionState.AVAILABLE
    world.interface(subnet)
    bare = world.network(ipv6=True)
    world.do(DeleteNetwork(bare.id), command_fault=CommandFault(fails=True))
    world.wait()
    assert world.graph.networks[bare.id].state is ProvisionState.AVAILABLE
    world.subnet(bare, ipv6_index=0)


def test_a_deletion_that_is_held_ends_when_it_is_released(world):
    network = world.network()
    world.do(DeleteNetwork(network.id), command_fault=CommandFault(holds=True), operation_id="it")
    world.wait()
    assert world.graph.networks[network.id].state is ProvisionState.DELETING
    world.do(ReleaseOperation(operation_id="it"))
    world.wait(0)
    assert world.graph.networks == {}


def test_empty_subnets_go_along_with_their_network_in_its_time():
    world = World(SLOW_SOUTH)
    network = world.network()
    subnets = [world.subnet(network, f"10.0.{place}.0/24") for place in (0, 1)]
    world.do(DeleteNetwork(network.id))
    assert {each.state for each in (network, *subnets)} == {ProvisionState.DELETING}
    world.wait(3 * SECOND)
    assert (world.graph.networks, world.graph.subnets) == ({}, {})


def test_where_deletion_takes_no_time_both_are_gone_at_once_whatever_a_fault_says():
    world = World(SOUTH)
    subnet = world.subnet()
    for command in (DeleteSubnet(subnet.id), DeleteNetwork(subnet.network_id)):
        world.do(command, command_fault=CommandFault(holds=True))
        assert not world.partition.fault_applied
    assert (world.graph.networks, world.graph.subnets) == ({}, {})
