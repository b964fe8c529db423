"""Sets of DHCP options: created, attached to networks, replaced, deleted."""

import pytest
from tests.core.builders import World
from tests.core.model.rules import BOTH, NORTH, SOUTH, STEPS, limited
from tests.core.networks.gateways import options_set

from duolect_core import errors
from duolect_core.model.lifecycles import ServiceState
from duolect_core.networks.deletion import DeleteNetwork
from duolect_core.networks.dhcp_options import (
    AttachDhcpOptionsSet,
    CreateDhcpOptionsSet,
    DeleteDhcpOptionsSet,
    DetachDhcpOptionsSet,
    ModifyDhcpOptionsSet,
    ReplaceDhcpOptionsSet,
)


@BOTH
def test_a_new_set_is_attached_to_nothing(rules):
    world = World(rules)
    options = world.do(CreateDhcpOptionsSet(name="n", description="d", tags={"k": "v"}, extras={"x": 1}))
    late = rules.provision_is_asynchronous
    assert options.state is (ServiceState.PENDING if late else ServiceState.AVAILABLE)
    assert (options.name, options.description, options.network_ids) == ("n", "d", ())
    assert (options.tags, options.extras) == ({"k": "v"}, {"x": 1})
    if late:
        world.refuses(DeleteDhcpOptionsSet(options.id), errors.DhcpOptionsSetBusy, state="pending")
        world.wait(STEPS.change_dhcp_options)
    world.do(ModifyDhcpOptionsSet(set_id=options.id, name="m", extras={"y": 2}))
    assert (options.name, options.description, options.extras) == ("m", "d", {"x": 1, "y": 2})
    world.do(DeleteDhcpOptionsSet(options.id))
    world.wait()
    assert options.state is ServiceState.GONE
    assert world.graph.dhcp_options_sets == {}


def test_there_are_so_many_sets_for_so_many_networks():
    world = World(limited(SOUTH, dhcp_options_sets=1, networks_per_dhcp_options_set=1, tags_per_resource=0))
    world.refuses(CreateDhcpOptionsSet(tags={"k": "v"}), errors.TagQuotaExceeded)
    options = options_set(world, world.network())
    world.refuses(CreateDhcpOptionsSet(), errors.DhcpOptionsSetQuotaExceeded, resource_id="south", limit=1)
    more = AttachDhcpOptionsSet(set_id=options.id, network_id=world.network().id)
    world.refuses(more, errors.DhcpNetworksQuotaExceeded, resource_id=options.id, limit=1)


@BOTH
def test_a_set_is_attached_to_networks_that_have_none(rules):
    world = World(rules)
    network, options = world.network(), options_set(world)
    attach = AttachDhcpOptionsSet(set_id=options.id, network_id=network.id)
    detach = DetachDhcpOptionsSet(set_id=options.id, network_id=network.id)
    world.refuses(detach, errors.NetworkHasNoDhcpOptions, network_id=network.id)
    assert world.do(attach) is options
    assert world.graph.dhcp_options_by_network == {network.id: options.id}
    if rules.provision_is_asynchronous:
        assert (options.state, options.moving_id) == (ServiceState.MODIFYING, network.id)
        world.refuses(detach, errors.DhcpOptionsSetBusy, set_id=options.id, state="modifying")
        world.wait(STEPS.change_dhcp_options)
    assert (options.state, options.moving_id) == (ServiceState.AVAILABLE, "")
    world.refuses(attach, errors.NetworkHasDhcpOptions, network_id=network.id, set_id=options.id)
    held = DeleteDhcpOptionsSet(options.id)
    world.refuses(held, errors.DhcpOptionsSetHoldsNetworks, resource_id=options.id, held_by=network.id)
    other = options_set(world)
    wrong = DetachDhcpOptionsSet(set_id=other.id, network_id=network.id)
    world.refuses(wrong, errors.NetworkHasOtherDhcpOptions, set_id=options.id)
    world.do(detach)
    if rules.provision_is_asynchronous:
        assert (options.leaving, options.network_ids) == (True, (network.id,))
        world.wait(STEPS.change_dhcp_options)
    assert (options.leaving, options.network_ids) == (False, ())


@BOTH
def test_a_set_takes_the_place_of_another(rules):
    world = World(rules)
    network, bare = world.network(), world.network()
    old, new = options_set(world, network), options_set(world)
    replace = ReplaceDhcpOptionsSet(set_id=new.id, network_id=network.id)
    world.refuses(ReplaceDhcpOptionsSet(set_id=new.id, network_id=bare.id), errors.NetworkHasNoDhcpOptions)
    world.do(replace)
    assert (old.network_ids, new.network_ids) == ((), (network.id,))
    world.wait()
    world.refuses(replace, errors.NetworkHasDhcpOptions, set_id=new.id)


@pytest.mark.parametrize("command", [AttachDhcpOptionsSet, DetachDhcpOptionsSet, ReplaceDhcpOptionsSet])
def test_what_is_named_must_be_there(command):
    world = World(NORTH)
    options, network = options_set(world), world.network()
    world.refuses(command(set_id="absent", network_id=network.id), errors.DhcpOptionsSetNotFound)
    world.refuses(command(set_id=options.id, network_id="absent"), errors.NetworkNotFound)
    world.do(DeleteNetwork(network.id))
    world.refuses(command(set_id=options.id, network_id=network.id), errors.NetworkBusy)


def test_a_set_that_is_on_its_way_away_is_not_replaced():
    world = World(NORTH)
    network = world.network()
    old, new = options_set(world, network), options_set(world)
    world.do(DetachDhcpOptionsSet(set_id=old.id, network_id=network.id))
    replace = ReplaceDhcpOptionsSet(set_id=new.id, network_id=network.id)
    world.refuses(replace, errors.DhcpOptionsSetBusy, set_id=old.id)


@BOTH
def test_a_network_leaves_its_set_behind(rules):
    world = World(rules)
    network, second = world.network(), world.network()
    options = options_set(world, network, second)
    world.do(DetachDhcpOptionsSet(set_id=options.id, network_id=network.id))
    world.do(DeleteNetwork(network.id))
    world.wait()
    assert options.network_ids == (second.id,)
    assert (options.moving_id, options.state) == ("", ServiceState.AVAILABLE)
