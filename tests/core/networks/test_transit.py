"""Transit networks: networks are granted to them, and one that is attached stays."""

import pytest
from tests.core.builders import World
from tests.core.model.rules import BOTH

from duolect_core import errors
from duolect_core.networks.deletion import DeleteNetwork
from duolect_core.networks.transit import AttachTransit, GrantTransit, RevokeTransit


@BOTH
def test_a_network_is_granted_once_to_each_transit_network_of_an_account(rules):
    world = World(rules)
    network = world.network()
    grant = GrantTransit(network.id, "hub", 7)
    world.do(grant)
    world.refuses(grant, errors.TransitGranted, network_id=network.id, transit_id="hub")
    world.do(GrantTransit(network.id, "hub", 8))
    assert [each[:2] for each in network.transit_grants] == [("hub", 7), ("hub", 8)]
    world.do(RevokeTransit(network.id, "hub", 7))
    assert [each[:2] for each in network.transit_grants] == [("hub", 8)]
    world.refuses(RevokeTransit(network.id, "hub", 7), errors.TransitGrantNotFound, resource_id="hub")


@BOTH
def test_a_granted_network_can_be_deleted(rules):
    world = World(rules)
    network = world.network()
    world.do(GrantTransit(network.id, "hub", 7))
    world.do(DeleteNetwork(network.id))
    world.wait()
    assert network.id not in world.graph.networks


@BOTH
def test_an_attached_network_stays_with_its_grant(rules):
    world = World(rules)
    network = world.network()
    world.do(AttachTransit(network.id, "own"))
    world.do(AttachTransit(network.id, "hub", 7))
    held = {"network_id": network.id, "transit_id": "hub"}
    world.refuses(AttachTransit(network.id, "hub", 8), errors.TransitAttached, **held)
    world.refuses(RevokeTransit(network.id, "hub", 7), errors.TransitAttached, **held)
    holds = {"resource_id": network.id, "held_by": "own"}
    world.refuses(DeleteNetwork(network.id, force=True), errors.NetworkHoldsTransits, **holds)
    assert [each[:2] for each in network.transit_grants] == [("hub", 7)]
    assert [each[:2] for each in network.transit_attachments] == [("own", 0), ("hub", 7)]


@BOTH
def test_a_grant_that_is_there_serves_the_attachment(rules):
    world = World(rules)
    network = world.network()
    world.do(GrantTransit(network.id, "hub", 7))
    world.do(AttachTransit(network.id, "hub", 7))
    assert len(network.transit_grants) == 1


@pytest.mark.parametrize("command", [AttachTransit, GrantTransit, RevokeTransit])
@BOTH
def test_a_network_must_be_there(rules, command):
    World(rules).refuses(command("absent", "hub", 7), errors.NetworkNotFound, resource_id="absent")
