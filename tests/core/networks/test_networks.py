"""Creating and deleting networks."""

from ipaddress import IPv4Network

import attrs
import pytest
from tests.core.builders import World
from tests.core.engine.commands import create_network, create_subnet
from tests.core.model.rules import BOTH, NORTH, SOUTH, limited

from duolect_core import errors
from duolect_core.model.lifecycles import ProvisionState
from duolect_core.model.resources import SECOND
from duolect_core.networks.deletion import DeleteNetwork


@BOTH
def test_a_network_carries_what_it_was_created_with(rules):
    world = World(rules)
    network = world.network(name="n", description="d", tags={"k": "v"}, extras={"x": 1})
    assert world.graph.networks == {network.id: network}
    assert network.id.startswith(("network-", "v-"))
    assert (network.name, network.description, network.tags, network.extras) == (
        "n",
        "d",
        {"k": "v"},
        {"x": 1},
    )
    assert network.block == IPv4Network("10.0.0.0/16")
    assert network.ipv6_block is None
    assert set(world.graph.tag_values.ids(("Network", "k", "v"))) == {network.id}


def test_the_tags_of_a_network_are_its_own():
    world, tags = World(NORTH), {"k": "v"}
    network = world.network(tags=tags)
    tags["k"] = "other"
    assert network.tags == {"k": "v"}


def test_provisioning_takes_the_clouds_time_where_it_is_asynchronous():
    world = World(NORTH)
    network = world.do(create_network())
    assert network.state is ProvisionState.PENDING
    world.wait(1 * SECOND - 1)
    assert network.state is ProvisionState.PENDING
    world.wait(1)
    assert network.state is ProvisionState.AVAILABLE


def test_provisioning_is_immediate_where_it_is_synchronous():
    world = World(SOUTH)
    assert world.do(create_network()).state is ProvisionState.AVAILABLE
    assert world.graph.operations == {}


@pytest.mark.parametrize("block", ["10.0.0.0/8", "10.1.2.0/28", "192.168.0.0/16", "192.168.4.0/22"])
def test_a_block_within_the_allowed_ranges_is_granted(block):
    assert World(NORTH).network(block).block == IPv4Network(block)


@pytest.mark.parametrize("block", ["11.0.0.0/16", "192.0.0.0/8", "0.0.0.0/0"])
def test_a_block_outside_the_allowed_ranges_is_refused(block):
    World(NORTH).refuses(create_network(block), errors.BlockInvalid, address=block)


@pytest.mark.parametrize("block", ["10.64.0.0/16", "10.0.0.0/8", "10.64.5.0/24"])
def test_a_block_that_overlaps_an_excluded_range_is_refused(block):
    world = World(attrs.evolve(NORTH, excluded_blocks=(IPv4Network("10.64.0.0/16"),)))
    world.refuses(create_network(block), errors.BlockInvalid, address=block)
    assert world.network("10.65.0.0/16")


def test_a_mask_longer_than_allowed_is_refused():
    refusal = {"address": "10.0.0.0/29", "longest": 28}
    World(NORTH).refuses(create_network("10.0.0.0/29"), errors.BlockMaskInvalid, **refusal)


def test_a_mask_shorter_than_allowed_is_refused():
    refusal = {"address": "10.0.0.0/11", "shortest": 12}
    World(SOUTH).refuses(create_network("10.0.0.0/11"), errors.BlockMaskInvalid, **refusal)


def test_networks_may_have_the_same_ipv4_block():
    world = World(NORTH)
    assert world.network().block == world.network().block


def test_one_network_more_than_the_quota_is_refused():
    world = World(limited(NORTH, networks=1))
    world.network()
    world.refuses(create_network(), errors.NetworkQuotaExceeded, resource_id="north", limit=1)


def test_too_many_tags_are_refused():
    World(limited(NORTH, tags_per_resource=1)).refuses(
        create_network(tags={"a": "", "b": ""}), errors.TagQuotaExceeded, limit=1
    )


@BOTH
def test_ipv6_blocks_of_networks_are_distinct_slash_56_of_the_regions_range(rules):
    world = World(rules)
    blocks = [world.network(ipv6=True).ipv6_block for _ in range(20)]
    assert len(set(blocks)) == 20
    assert {block.prefixlen for block in blocks} == {56}
    assert all(block.subnet_of(rules.ipv6_range) for block in blocks)


def test_when_the_regions_ipv6_range_is_used_up_a_network_with_ipv6_is_refused():
    world = World(NORTH)
    for _ in range(256):
        world.do(create_network(ipv6=True))
    world.refuses(create_network(ipv6=True), errors.Ipv6BlocksExhausted, resource_id="north", limit=256)
    world.wait()
    world.do(DeleteNetwork(next(iter(world.graph.networks))))
    world.wait()
    world.do(create_network(ipv6=True))


def test_an_empty_network_can_be_deleted():
    world = World(NORTH)
    network = world.network(ipv6=True, tags={"k": "v"})
    world.do(DeleteNetwork(network.id))
    world.wait()
    assert world.graph.networks == {}
    assert not world.graph.is_carried(("k", "v"))
    assert world.partition.ipv6_blocks.free == 256


def test_a_network_that_does_not_exist_cannot_be_deleted():
    World(NORTH).refuses(DeleteNetwork("absent"), errors.NetworkNotFound, resource_id="absent")


def test_a_network_that_is_still_being_created_cannot_be_deleted():
    world = World(NORTH)
    network = world.do(create_network())
    world.refuses(DeleteNetwork(network.id), errors.NetworkBusy, network_id=network.id)


def test_a_network_with_subnets_cannot_be_deleted_where_they_do_not_go_with_it():
    world = World(NORTH)
    subnet = world.subnet()
    world.refuses(
        DeleteNetwork(subnet.network_id),
        errors.NetworkHoldsSubnets,
        resource_id=subnet.network_id,
        held_by=subnet.id,
    )


def test_empty_subnets_go_with_their_network_where_the_cloud_does_so():
    world = World(SOUTH)
    network = world.network()
    world.subnet(network, "10.0.0.0/24")
    world.subnet(network, "10.0.1.0/24")
    world.do(DeleteNetwork(network.id))
    assert world.graph.subnets == {}


def test_a_network_with_interfaces_cannot_be_deleted_even_where_subnets_go_with_it():
    world = World(SOUTH)
    interface = world.interface(world.subnet())
    world.refuses(DeleteNetwork(interface.network_id), errors.NetworkHoldsInterfaces, held_by=interface.id)


def test_a_subnet_that_is_still_being_created_keeps_its_network():
    world = World(attrs.evolve(SOUTH, provision_is_asynchronous=True))
    network = world.network()
    subnet = world.do(create_subnet(network, zone="s1"))
    world.refuses(DeleteNetwork(network.id), errors.SubnetBusy, subnet_id=subnet.id)
    world.wait()
    world.do(DeleteNetwork(network.id))


def test_a_network_with_security_groups_cannot_be_deleted():
    world = World(attrs.evolve(SOUTH, groups_bound_to_network=True))
    subnet = world.subnet()
    group = world.group(subnet)
    world.refuses(DeleteNetwork(subnet.network_id), errors.NetworkHoldsGroups, held_by=group.id)


@BOTH
def test_a_network_has_a_main_route_table_of_its_own_as_long_as_it_lives(rules):
    world = World(rules)
    first, second = world.network(), world.network()
    assert first.route_table_id != second.route_table_id
    assert list(world.graph.route_tables_by_network.ids(first.id)) == [first.route_table_id]
    assert world.graph.route_tables[first.route_table_id].id.startswith(("route-table-", "r-"))
    world.do(DeleteNetwork(first.id))
    world.wait()
    assert set(world.graph.route_tables) == {second.route_table_id}


def test_a_region_has_one_default_network():
    world = World(NORTH)
    default = world.network(default=True)
    assert (default.default, world.graph.default_network) == (True, default.id)
    world.refuses(create_network(default=True), errors.DefaultNetworkExists, resource_id=default.id)
    world.do(DeleteNetwork(default.id))
    world.wait()
    world.network(default=True)
