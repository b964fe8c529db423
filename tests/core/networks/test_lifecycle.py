"""Networks and subnets: which blocks they may have, and what keeps them alive."""

from ipaddress import IPv4Network

import attrs
import pytest
from tests.core.builders import BOTH, MINUTE, NORTH, SOUTH, World, limited

from duolect_core.errors import (
    BlockInvalid,
    BlockMaskInvalid,
    BlockOutsideNetwork,
    BlockOverlap,
    DefaultNetworkExists,
    DefaultSubnetExists,
    Ipv6BlocksExhausted,
    Ipv6Disabled,
    NetworkBusy,
    NetworkHoldsGroups,
    NetworkHoldsInterfaces,
    NetworkHoldsSubnets,
    NetworkNotFound,
    NetworkQuotaExceeded,
    SubnetBusy,
    SubnetHoldsInterfaces,
    SubnetNotFound,
    SubnetQuotaExceeded,
    TagQuotaExceeded,
    ZoneNotFound,
)
from duolect_core.model.lifecycles import ProvisionState
from duolect_core.model.resources import SECOND
from duolect_core.networks.lifecycle import (
    CreateDefaultSubnet,
    CreateNetwork,
    CreateSubnet,
    CreateSubnets,
    DeleteNetwork,
    DeleteSubnet,
)


def create_network(block="10.0.0.0/16", **more):
    return CreateNetwork(block=IPv4Network(block), **more)


def create_subnet(network, block="10.0.0.0/24", zone="n1", **more):
    return CreateSubnet(network_id=network.id, zone=zone, block=IPv4Network(block), **more)


# -- networks ----------------------------------------------------------------------------------------


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
    assert set(world.graph.tagged.ids(("k", "v"))) == {network.id}


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
    World(NORTH).refuses(create_network(block), BlockInvalid, address=block)


def test_a_mask_longer_than_allowed_is_refused():
    World(NORTH).refuses(create_network("10.0.0.0/29"), BlockMaskInvalid, address="10.0.0.0/29")


def test_a_mask_shorter_than_allowed_is_refused():
    World(SOUTH).refuses(create_network("10.0.0.0/11"), BlockMaskInvalid, address="10.0.0.0/11")


def test_networks_may_have_the_same_ipv4_block():
    world = World(NORTH)
    assert world.network().block == world.network().block


def test_one_network_more_than_the_quota_is_refused():
    world = World(limited(NORTH, networks=1))
    world.network()
    world.refuses(create_network(), NetworkQuotaExceeded, resource_id="north", limit=1)


def test_too_many_tags_are_refused():
    World(limited(NORTH, tags_per_resource=1)).refuses(
        create_network(tags={"a": "", "b": ""}), TagQuotaExceeded, limit=1
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
    world.refuses(create_network(ipv6=True), Ipv6BlocksExhausted, resource_id="north", limit=256)
    world.wait()
    world.do(DeleteNetwork(next(iter(world.graph.networks))))
    world.do(create_network(ipv6=True))


def test_an_empty_network_can_be_deleted():
    world = World(NORTH)
    network = world.network(ipv6=True, tags={"k": "v"})
    world.do(DeleteNetwork(network.id))
    assert world.graph.networks == {}
    assert not world.graph.tagged.ids(("k", "v"))
    assert world.partition.ipv6_blocks.free == 256


def test_a_network_that_does_not_exist_cannot_be_deleted():
    World(NORTH).refuses(DeleteNetwork("absent"), NetworkNotFound, resource_id="absent")


def test_a_network_that_is_still_being_created_cannot_be_deleted():
    world = World(NORTH)
    network = world.do(create_network())
    world.refuses(DeleteNetwork(network.id), NetworkBusy, network_id=network.id)


def test_a_network_with_subnets_cannot_be_deleted_where_they_do_not_go_with_it():
    world = World(NORTH)
    subnet = world.subnet()
    world.refuses(
        DeleteNetwork(subnet.network_id),
        NetworkHoldsSubnets,
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
    world.refuses(DeleteNetwork(interface.network_id), NetworkHoldsInterfaces, held_by=interface.id)


def test_a_subnet_that_is_still_being_created_keeps_its_network():
    world = World(attrs.evolve(SOUTH, provision_is_asynchronous=True))
    network = world.network()
    subnet = world.do(create_subnet(network, zone="s1"))
    world.refuses(DeleteNetwork(network.id), SubnetBusy, subnet_id=subnet.id)
    world.wait()
    world.do(DeleteNetwork(network.id))


def test_a_network_with_security_groups_cannot_be_deleted():
    world = World(attrs.evolve(SOUTH, groups_bound_to_network=True))
    subnet = world.subnet()
    group = world.group(subnet)
    world.refuses(DeleteNetwork(subnet.network_id), NetworkHoldsGroups, held_by=group.id)


@BOTH
def test_a_network_has_a_main_route_table_of_its_own_as_long_as_it_lives(rules):
    world = World(rules)
    first, second = world.network(), world.network()
    assert first.route_table_id != second.route_table_id
    assert list(world.graph.route_tables_by_network.ids(first.id)) == [first.route_table_id]
    assert world.graph.route_tables[first.route_table_id].id.startswith(("route-table-", "r-"))
    world.do(DeleteNetwork(first.id))
    assert set(world.graph.route_tables) == {second.route_table_id}


def test_a_region_has_one_default_network():
    world = World(NORTH)
    default = world.network(default=True)
    assert (default.default, world.graph.default_network) == (True, default.id)
    world.refuses(create_network(default=True), DefaultNetworkExists, resource_id=default.id)
    world.do(DeleteNetwork(default.id))
    world.network(default=True)


# -- subnets -----------------------------------------------------------------------------------------


@BOTH
def test_a_subnet_offers_its_block_without_the_reserved_addresses(rules):
    world = World(rules)
    subnet = world.subnet(name="s", description="d", tags={"k": "v"}, extras={"x": 1})
    assert (subnet.name, subnet.description, subnet.tags, subnet.extras) == ("s", "d", {"k": "v"}, {"x": 1})
    assert subnet.pool.free == 256 - rules.reserved_head - rules.reserved_tail
    assert subnet.ipv6_pool is None
    assert set(world.graph.subnets_by_network.ids(subnet.network_id)) == {subnet.id}


def test_a_subnet_uses_the_main_route_table_of_its_network():
    world = World(NORTH)
    network = world.network()
    subnet = world.subnet(network)
    assert subnet.route_table_id == network.route_table_id
    assert set(world.graph.subnets_by_route_table.ids(network.route_table_id)) == {subnet.id}


def test_a_subnet_may_get_the_first_free_slash_64():
    world = World(SOUTH)
    network = world.network(ipv6=True)
    parts = list(network.ipv6_block.subnets(new_prefix=64))
    world.subnet(network, ipv6_index=0)
    assert world.subnet(network, "10.0.1.0/24", any_ipv6=True).ipv6_block == parts[1]


def test_when_all_slash_64_of_a_network_are_used_no_subnet_gets_one():
    world = World(SOUTH)
    network = world.network(ipv6=True)
    for index in range(256):
        world.partition.execute(
            create_subnet(network, f"10.0.{index}.0/28", "s1", ipv6_index=index), world.at
        )
    world.refuses(
        create_subnet(network, "10.0.0.64/28", "s1", any_ipv6=True),
        BlockOverlap,
        address=str(network.ipv6_block),
    )


def test_a_zone_has_one_default_subnet_in_the_first_free_block_of_the_default_network():
    world = World(SOUTH)
    world.refuses(CreateDefaultSubnet(zone="s1", mask=20), NetworkNotFound)
    network = world.network("10.0.0.0/16", default=True)
    world.subnet(network, "10.0.16.0/24")
    subnets = [world.do(CreateDefaultSubnet(zone=zone, mask=20)) for zone in ("s2", "s1")]
    assert [str(subnet.block) for subnet in subnets] == ["10.0.0.0/20", "10.0.32.0/20"]
    assert world.graph.default_subnets == {subnet.zone: subnet.id for subnet in subnets}
    world.refuses(
        CreateDefaultSubnet(zone="s1", mask=20), DefaultSubnetExists, resource_id=subnets[1].id, limit=1
    )
    world.do(DeleteSubnet(subnets[1].id))
    CreateDefaultSubnet(zone="s1", mask=20).check(world.partition)
    assert "s1" not in world.graph.default_subnets
    world.do(CreateDefaultSubnet(zone="s1", mask=20))


def test_a_default_subnet_is_in_the_default_network():
    world = World(SOUTH)
    world.refuses(create_subnet(world.network(), zone="s1", default=True), NetworkNotFound)


def test_a_default_network_without_a_free_block_takes_no_default_subnet():
    world = World(SOUTH)
    network = world.network("10.0.0.0/24", default=True)
    world.subnet(network, "10.0.0.0/26")
    world.refuses(CreateDefaultSubnet(zone="s1", mask=20), BlockOverlap, address="10.0.0.0/24")


def test_subnets_are_created_one_by_one_where_the_cloud_does_so():
    world = World(NORTH)
    network, other = world.network(), world.network()
    first = world.do(create_subnet(network))
    world.refuses(create_subnet(network, "10.0.1.0/24"), SubnetBusy, subnet_id=first.id)
    world.do(create_subnet(other))
    world.wait(1 * SECOND)
    world.do(create_subnet(network, "10.0.1.0/24"))


def test_several_subnets_are_created_at_once():
    world = World(SOUTH)
    network = world.network(ipv6=True)
    first, second = world.do(
        CreateSubnets(
            (
                create_subnet(network, zone="s1", any_ipv6=True, name="a"),
                create_subnet(network, "10.0.1.0/24", zone="s2", any_ipv6=True),
            )
        )
    )
    assert (first.name, first.zone, second.zone) == ("a", "s1", "s2")
    assert (first.ipv6_block, second.ipv6_block) == tuple(network.ipv6_block.subnets(new_prefix=64))[:2]


def test_several_subnets_are_one_operation_where_they_take_time():
    world = World(NORTH)
    pair = tuple(create_subnet(world.network()) for _ in range(2))
    subnets = world.do(CreateSubnets(pair), operation_id="both")
    assert world.partition.operation("both").resource_ids == tuple(subnet.id for subnet in subnets)
    world.wait(1 * SECOND)
    assert {subnet.state for subnet in subnets} == {ProvisionState.AVAILABLE}


def test_no_subnets_at_all_are_no_operation():
    world = World(NORTH)
    world.network()
    operations = len(world.graph.operations)
    assert world.do(CreateSubnets(())) == ()
    assert len(world.graph.operations) == operations


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({}, BlockOverlap),
        ({"block": "10.0.1.0/24", "ipv6_index": 3}, BlockOverlap),
        ({"block": "10.0.1.0/24"}, SubnetQuotaExceeded),
        ({"block": "10.9.1.0/24"}, BlockOutsideNetwork),
    ],
    ids=["block", "ipv6", "quota", "outside"],
)
def test_of_several_subnets_none_is_created_where_one_does_not_fit(changes, error):
    world = World(limited(SOUTH, subnets_per_network=1))
    network = world.network(ipv6=True)
    command = CreateSubnets(
        (create_subnet(network, zone="s1", ipv6_index=3), create_subnet(network, zone="s1", **changes))
    )
    world.refuses(command, error)


@BOTH
def test_a_subnet_with_ipv6_gets_the_slash_64_that_it_names(rules):
    world = World(rules)
    network = world.network(ipv6=True)
    subnet = world.subnet(network, ipv6_index=255)
    assert subnet.ipv6_block == list(network.ipv6_block.subnets(new_prefix=64))[255]
    assert subnet.ipv6_pool.free == 2**64 - rules.ipv6_reserved_head - rules.ipv6_reserved_tail


def test_provisioning_a_subnet_takes_time_where_it_is_asynchronous():
    world = World(NORTH)
    subnet = world.do(create_subnet(world.network()))
    assert subnet.state is ProvisionState.PENDING
    world.wait(1 * SECOND)
    assert subnet.state is ProvisionState.AVAILABLE


@pytest.mark.parametrize(
    ("changes", "error", "facts"),
    [
        ({"zone": "s1"}, ZoneNotFound, {"resource_id": "s1"}),
        ({"block": "10.0.0.0/30"}, BlockMaskInvalid, {"address": "10.0.0.0/30"}),
        ({"block": "10.0.0.0/15"}, BlockMaskInvalid, {"address": "10.0.0.0/15"}),
        ({"block": "10.1.0.0/24"}, BlockOutsideNetwork, {"address": "10.1.0.0/24"}),
        ({"ipv6_index": 256}, BlockOutsideNetwork, {"address": "/64 number 256"}),
        ({"ipv6_index": -1}, BlockOutsideNetwork, {"address": "/64 number -1"}),
        ({"tags": {"a": "", "b": ""}}, TagQuotaExceeded, {"limit": 1}),
    ],
    ids=["zone", "long mask", "short mask", "outside", "ipv6 too high", "ipv6 too low", "tags"],
)
def test_a_subnet_that_does_not_fit_is_refused(changes, error, facts):
    world = World(limited(NORTH, tags_per_resource=1))
    world.refuses(create_subnet(world.network(ipv6=True), **changes), error, **facts)


def test_a_subnet_in_a_network_that_does_not_exist_is_refused():
    World(NORTH).refuses(
        CreateSubnet(network_id="absent", zone="n1", block=IPv4Network("10.0.0.0/24")),
        NetworkNotFound,
        resource_id="absent",
    )


def test_a_subnet_in_a_network_that_is_still_being_created_is_refused():
    world = World(NORTH)
    network = world.do(create_network())
    world.refuses(create_subnet(network), NetworkBusy, network_id=network.id)


def test_ipv6_in_a_network_without_it_is_refused():
    world = World(NORTH)
    network = world.network()
    world.refuses(create_subnet(network, ipv6_index=0), Ipv6Disabled, subnet_id=network.id)


@pytest.mark.parametrize(
    "block", ["10.0.4.0/22", "10.0.4.0/24", "10.0.5.0/24", "10.0.0.0/20", "10.0.7.240/28"]
)
def test_a_block_that_overlaps_another_subnets_is_refused(block):
    world = World(NORTH)
    network = world.network()
    world.subnet(network, "10.0.4.0/22")
    world.refuses(create_subnet(network, block), BlockOverlap, address=block)


def test_neighbouring_blocks_do_not_overlap():
    world = World(NORTH)
    network = world.network()
    for block in ("10.0.4.0/22", "10.0.0.0/22", "10.0.8.0/24"):
        world.subnet(network, block)


def test_the_block_of_a_subnet_in_another_network_does_not_matter():
    world = World(NORTH)
    assert world.subnet(world.network()).block == world.subnet(world.network()).block


def test_an_ipv6_block_belongs_to_one_subnet():
    world = World(NORTH)
    network = world.network(ipv6=True)
    first = world.subnet(network, ipv6_index=7)
    world.refuses(
        create_subnet(network, "10.0.1.0/24", ipv6_index=7), BlockOverlap, address=str(first.ipv6_block)
    )
    world.do(DeleteSubnet(first.id))
    world.subnet(network, "10.0.1.0/24", ipv6_index=7)


def test_one_subnet_more_than_the_quota_is_refused():
    world = World(limited(NORTH, subnets_per_network=1))
    subnet = world.subnet()
    network = world.graph.networks[subnet.network_id]
    world.refuses(
        create_subnet(network, "10.0.1.0/24"), SubnetQuotaExceeded, resource_id=network.id, limit=1
    )
    world.subnet(world.network())


def test_an_empty_subnet_can_be_deleted_and_its_block_used_again():
    world = World(NORTH)
    network = world.network()
    subnet = world.subnet(network, tags={"k": "v"})
    world.do(DeleteSubnet(subnet.id))
    assert world.graph.subnets == {}
    world.subnet(network)


def test_a_subnet_that_does_not_exist_cannot_be_deleted():
    World(NORTH).refuses(DeleteSubnet("absent"), SubnetNotFound, resource_id="absent")


def test_a_subnet_that_is_still_being_created_cannot_be_deleted():
    world = World(NORTH)
    subnet = world.do(create_subnet(world.network()))
    world.refuses(DeleteSubnet(subnet.id), SubnetBusy, subnet_id=subnet.id)
    world.wait(MINUTE)
    world.do(DeleteSubnet(subnet.id))


def test_a_subnet_with_interfaces_cannot_be_deleted():
    world = World(NORTH)
    interface = world.interface(world.subnet())
    world.refuses(DeleteSubnet(interface.subnet_id), SubnetHoldsInterfaces, held_by=interface.id)
