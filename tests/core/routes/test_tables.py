"""Route tables from creation to deletion, and which one a subnet uses."""

import pytest
from tests.core.builders import World
from tests.core.model.rules import BOTH, NORTH, SOUTH, STEPS, limited
from tests.core.routes.build import main_table, route, table

from duolect_core import errors
from duolect_core.engine.command_fault import CommandFault
from duolect_core.model.lifecycles import ProvisionState, RouteState
from duolect_core.model.resources import OperationKind
from duolect_core.networks.deletion import DeleteNetwork, DeleteSubnet
from duolect_core.networks.lifecycle import CreateNetwork
from duolect_core.routes.tables import (
    AssociateRouteTable,
    CreateRouteTable,
    DeleteRouteTable,
    DisassociateRouteTable,
    ModifyRouteTable,
)


def use(world, subnet, own):
    world.do(AssociateRouteTable(table_id=own.id, subnet_id=subnet.id))
    world.wait()


@BOTH
def test_a_new_table_is_used_by_no_subnet(rules):
    world = World(rules)
    network = world.network()
    command = CreateRouteTable(network_id=network.id, name="n", tags={"k": "v"}, extras={"x": 1})
    own = world.do(command)
    late = rules.provision_is_asynchronous
    assert own.state is (RouteState.PENDING if late else RouteState.AVAILABLE)
    assert (own.name, own.tags, own.extras, own.network_id) == ("n", {"k": "v"}, {"x": 1}, network.id)
    assert list(world.graph.route_tables_by_network.ids(network.id)) == [network.route_table_id, own.id]
    if late:
        world.refuses(DeleteRouteTable(own.id), errors.RouteTableBusy, table_id=own.id)
        world.wait(STEPS.change_routes)
        assert own.state is RouteState.AVAILABLE


def test_a_table_needs_a_network_that_is_there():
    world = World(NORTH)
    world.refuses(CreateRouteTable(network_id="absent"), errors.NetworkNotFound, resource_id="absent")
    network = world.do(CreateNetwork(block=world.network().block))
    world.refuses(CreateRouteTable(network_id=network.id), errors.NetworkBusy, network_id=network.id)


def test_a_network_has_so_many_tables_the_main_one_counted():
    world = World(limited(SOUTH, route_tables_per_network=2, tags_per_resource=0))
    network = world.network()
    tagged = CreateRouteTable(network_id=network.id, tags={"k": "v"})
    world.refuses(tagged, errors.TagQuotaExceeded, limit=0)
    table(world, network)
    full = CreateRouteTable(network_id=network.id)
    world.refuses(full, errors.RouteTableQuotaExceeded, resource_id=network.id, limit=2)
    table(world, world.network())


def test_a_table_is_renamed_and_described_anew():
    world = World(NORTH)
    own = main_table(world, world.network())
    assert world.do(ModifyRouteTable(table_id=own.id, name="n", extras={"x": 1})) is own
    world.do(ModifyRouteTable(table_id=own.id, description="d"))
    assert (own.name, own.description, own.extras) == ("n", "d", {"x": 1})
    world.refuses(ModifyRouteTable(table_id="absent"), errors.RouteTableNotFound, resource_id="absent")


@BOTH
def test_a_table_that_nothing_stands_on_is_deleted(rules):
    world = World(rules)
    network = world.network()
    own = table(world, network)
    assert world.do(DeleteRouteTable(own.id)) is own
    if rules.provision_is_asynchronous:
        assert own.state is RouteState.DELETING
        world.refuses(DeleteRouteTable(own.id), errors.RouteTableBusy)
        world.wait(STEPS.change_routes)
    assert own.state is RouteState.GONE
    assert list(world.graph.route_tables_by_network.ids(network.id)) == [network.route_table_id]
    world.refuses(DeleteRouteTable(own.id), errors.RouteTableNotFound, resource_id=own.id)


def test_a_deletion_that_fails_leaves_the_table():
    world = World(NORTH)
    own = table(world)
    world.do(DeleteRouteTable(own.id), command_fault=CommandFault(fails=True))
    world.wait()
    assert own.state is RouteState.AVAILABLE


@BOTH
def test_the_main_table_is_not_deleted(rules):
    world = World(rules)
    own = main_table(world, world.network())
    world.refuses(DeleteRouteTable(own.id), errors.RouteTableIsMain, resource_id=own.id)


@BOTH
def test_a_table_that_a_subnet_uses_is_not_deleted(rules):
    world = World(rules)
    subnet = world.subnet()
    own = table(world, world.graph.networks[subnet.network_id])
    use(world, subnet, own)
    world.refuses(DeleteRouteTable(own.id), errors.RouteTableHoldsSubnets, held_by=subnet.id)


def test_routes_hold_their_table_or_go_along():
    north, south = World(NORTH), World(SOUTH)
    for world in (north, south):
        world.own = table(world)
        world.route = route(world, world.own)
    north.refuses(DeleteRouteTable(north.own.id), errors.RouteTableHoldsRoutes, held_by=north.route.id)
    south.do(DeleteRouteTable(south.own.id))
    assert (south.route.state, south.graph.routes) == (RouteState.GONE, {})


# -- which one a subnet uses ---------------------------------------------------------------------------


@BOTH
def test_a_subnet_uses_another_table_and_the_main_one_again(rules):
    world = World(rules)
    subnet = world.subnet()
    own = table(world, world.graph.networks[subnet.network_id])
    late = rules.provision_is_asynchronous
    for command, kind in (
        (AssociateRouteTable, OperationKind.ASSOCIATE_ROUTE_TABLE),
        (DisassociateRouteTable, OperationKind.DISASSOCIATE_ROUTE_TABLE),
    ):
        assert world.do(command(table_id=own.id, subnet_id=subnet.id), operation_id="o") is subnet
        assert subnet.state is (ProvisionState.PENDING if late else ProvisionState.AVAILABLE)
        assert ("o" in world.graph.operations) is late
        if late:
            assert world.graph.operations["o"].kind is kind
            again = command(table_id=own.id, subnet_id=subnet.id)
            world.refuses(again, errors.SubnetBusy, subnet_id=subnet.id)
            world.wait(STEPS.change_routes)
        uses = world.graph.networks[subnet.network_id].route_table_id
        assert subnet.route_table_id == (own.id if command is AssociateRouteTable else uses)
        assert subnet.id in world.graph.subnets_by_route_table.ids(subnet.route_table_id)


def test_a_subnet_leaves_a_table_before_it_uses_the_next_or_not():
    north, south = World(NORTH), World(SOUTH)
    for world in (north, south):
        subnet = world.subnet()
        network = world.graph.networks[subnet.network_id]
        one, other = table(world, network), table(world, network)
        main = AssociateRouteTable(table_id=network.route_table_id, subnet_id=subnet.id)
        again = AssociateRouteTable(table_id=one.id, subnet_id=subnet.id)
        use(world, subnet, one)
        if world is south:
            world.do(again)
            use(world, subnet, other)
            world.do(main)
            assert subnet.route_table_id == network.route_table_id
        else:
            world.refuses(again, errors.RouteTableAssociated, subnet_id=subnet.id, table_id=one.id)
            next_one = AssociateRouteTable(table_id=other.id, subnet_id=subnet.id)
            world.refuses(next_one, errors.SubnetUsesOtherTable, table_id=one.id)
            world.refuses(main, errors.RouteTableIsMain)


@pytest.mark.parametrize("command", [AssociateRouteTable, DisassociateRouteTable])
def test_subnet_and_table_must_be_there(command):
    world = World(NORTH)
    subnet = world.subnet()
    own = table(world, world.graph.networks[subnet.network_id])
    world.refuses(command(table_id=own.id, subnet_id="absent"), errors.SubnetNotFound)
    world.refuses(command(table_id="absent", subnet_id=subnet.id), errors.RouteTableNotFound)
    coming = world.do(CreateRouteTable(network_id=subnet.network_id))
    busy = errors.RouteTableBusy if command is AssociateRouteTable else errors.RouteTableNotAssociated
    world.refuses(command(table_id=coming.id, subnet_id=subnet.id), busy)


def test_subnet_and_table_must_be_in_one_network():
    world = World(SOUTH)
    subnet, own = world.subnet(), table(world)
    command = AssociateRouteTable(table_id=own.id, subnet_id=subnet.id)
    facts = {"resource_id": own.id, "other_id": subnet.id, "other_network_id": subnet.network_id}
    world.refuses(command, errors.RouteTableNetworkMismatch, **facts)


def test_a_subnet_leaves_only_a_table_that_it_uses_and_never_the_main_one():
    world = World(NORTH)
    subnet = world.subnet()
    network = world.graph.networks[subnet.network_id]
    own = table(world, network)
    other = DisassociateRouteTable(table_id=own.id, subnet_id=subnet.id)
    world.refuses(other, errors.RouteTableNotAssociated, subnet_id=subnet.id, table_id=own.id)
    main = DisassociateRouteTable(table_id=network.route_table_id, subnet_id=subnet.id)
    world.refuses(main, errors.RouteTableIsMain, resource_id=network.route_table_id)


# -- what stands in the way of networks and subnets ----------------------------------------------------


def test_a_table_holds_its_network_and_the_subnets_that_use_it_or_goes_along():
    north, south = World(NORTH), World(SOUTH)
    for world in (north, south):
        world.one = world.subnet()
        network = world.graph.networks[world.one.network_id]
        world.own = table(world, network)
        use(world, world.one, world.own)
    held = DeleteSubnet(north.one.id)
    north.refuses(held, errors.SubnetHoldsRouteTable, resource_id=north.one.id, held_by=north.own.id)
    north.do(DisassociateRouteTable(table_id=north.own.id, subnet_id=north.one.id))
    north.wait()
    north.do(DeleteSubnet(north.one.id))
    north.wait()
    gone = DeleteNetwork(north.own.network_id)
    north.refuses(gone, errors.NetworkHoldsRouteTables, held_by=north.own.id)
    north.do(DeleteRouteTable(north.own.id))
    north.wait()
    north.do(gone)
    south.do(DeleteSubnet(south.one.id))
    south.do(DeleteNetwork(south.own.network_id))
    assert south.graph.route_tables == {}


def test_a_route_in_the_main_table_holds_its_network_or_goes_along():
    north, south = World(NORTH), World(SOUTH)
    for world in (north, south):
        world.net = world.network()
        world.route = route(world, main_table(world, world.net))
    north.refuses(DeleteNetwork(north.net.id), errors.NetworkHoldsRoutes, held_by=north.route.id)
    south.do(DeleteNetwork(south.net.id))
    assert south.graph.routes == {}
