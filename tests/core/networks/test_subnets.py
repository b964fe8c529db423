"""Creating and deleting subnets."""

from ipaddress import IPv4Network

import pytest
from tests.core.builders import World
from tests.core.engine.commands import create_network, create_subnet
from tests.core.model.rules import BOTH, MINUTE, NORTH, SOUTH, limited

from duolect_core import errors
from duolect_core.model.lifecycles import ProvisionState
from duolect_core.model.resources import SECOND
from duolect_core.networks.deletion import DeleteSubnet
from duolect_core.networks.lifecycle import CreateDefaultSubnet, CreateSubnet, CreateSubnets


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
        errors.BlockOverlap,
        address=str(network.ipv6_block),
    )


def test_a_zone_has_one_default_subnet_in_the_first_free_block_of_the_default_network():
    world = World(SOUTH)
    world.refuses(CreateDefaultSubnet(zone="s1", mask=20), errors.NetworkNotFound)
    network = world.network("10.0.0.0/16", default=True)
    world.subnet(network, "10.0.16.0/24")
    subnets = [world.do(CreateDefaultSubnet(zone=zone, mask=20)) for zone in ("s2", "s1")]
    assert [str(subnet.block) for subnet in subnets] == ["10.0.0.0/20", "10.0.32.0/20"]
    assert world.graph.default_subnets == {subnet.zone: subnet.id for subnet in subnets}
    world.refuses(
        CreateDefaultSubnet(zone="s1", mask=20),
        errors.DefaultSubnetExists,
        resource_id=subnets[1].id,
        limit=1,
    )
    world.do(DeleteSubnet(subnets[1].id))
    CreateDefaultSubnet(zone="s1", mask=20).check(world.partition)
    assert "s1" not in world.graph.default_subnets
    world.do(CreateDefaultSubnet(zone="s1", mask=20))


def test_a_default_subnet_is_in_the_default_network():
    world = World(SOUTH)
    world.refuses(create_subnet(world.network(), zone="s1", default=True), errors.NetworkNotFound)


def test_a_default_network_without_a_free_block_takes_no_default_subnet():
    world = World(SOUTH)
    network = world.network("10.0.0.0/24", default=True)
    world.subnet(network, "10.0.0.0/26")
    world.refuses(CreateDefaultSubnet(zone="s1", mask=20), errors.BlockOverlap, address="10.0.0.0/24")


def test_subnets_are_created_one_by_one_where_the_cloud_does_so():
    world = World(NORTH)
    network, other = world.network(), world.network()
    first = world.do(create_subnet(network))
    world.refuses(create_subnet(network, "10.0.1.0/24"), errors.SubnetBusy, subnet_id=first.id)
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
        ({}, errors.BlockOverlap),
        ({"block": "10.0.1.0/24", "ipv6_index": 3}, errors.BlockOverlap),
        ({"block": "10.0.1.0/24"}, errors.SubnetQuotaExceeded),
        ({"block": "10.9.1.0/24"}, errors.BlockOutsideNetwork),
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
        ({"zone": "s1"}, errors.ZoneNotFound, {"resource_id": "s1"}),
        ({"block": "10.0.0.0/30"}, errors.BlockMaskInvalid, {"address": "10.0.0.0/30"}),
        ({"block": "10.0.0.0/15"}, errors.BlockMaskInvalid, {"address": "10.0.0.0/15"}),
        ({"block": "10.1.0.0/24"}, errors.BlockOutsideNetwork, {"address": "10.1.0.0/24"}),
        ({"ipv6_index": 256}, errors.BlockOutsideNetwork, {"address": "/64 number 256"}),
        ({"ipv6_index": -1}, errors.BlockOutsideNetwork, {"address": "/64 number -1"}),
        ({"tags": {"a": "", "b": ""}}, errors.TagQuotaExceeded, {"limit": 1}),
    ],
    ids=["zone", "long mask", "short mask", "outside", "ipv6 too high", "ipv6 too low", "tags"],
)
def test_a_subnet_that_does_not_fit_is_refused(changes, error, facts):
    world = World(limited(NORTH, tags_per_resource=1))
    world.refuses(create_subnet(world.network(ipv6=True), **changes), error, **facts)


def test_a_subnet_in_a_network_that_does_not_exist_is_refused():
    World(NORTH).refuses(
        CreateSubnet(network_id="absent", zone="n1", block=IPv4Network("10.0.0.0/24")),
        errors.NetworkNotFound,
        resource_id="absent",
    )


def test_a_subnet_in_a_network_that_is_still_being_created_is_refused():
    world = World(NORTH)
    network = world.do(create_network())
    world.refuses(create_subnet(network), errors.NetworkBusy, network_id=network.id)


def test_ipv6_in_a_network_without_it_is_refused():
    world = World(NORTH)
    network = world.network()
    world.refuses(create_subnet(network, ipv6_index=0), errors.Ipv6Disabled, subnet_id=network.id)


@pytest.mark.parametrize(
    "block", ["10.0.4.0/22", "10.0.4.0/24", "10.0.5.0/24", "10.0.0.0/20", "10.0.7.240/28"]
)
def test_a_block_that_overlaps_another_subnets_is_refused(block):
    world = World(NORTH)
    network = world.network()
    world.subnet(network, "10.0.4.0/22")
    world.refuses(create_subnet(network, block), errors.BlockOverlap, address=block)


def test_adjacent_blocks_do_not_overlap():
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
        create_subnet(network, "10.0.1.0/24", ipv6_index=7),
        errors.BlockOverlap,
        address=str(first.ipv6_block),
    )
    world.do(DeleteSubnet(first.id))
    world.wait()
    world.subnet(network, "10.0.1.0/24", ipv6_index=7)


def test_one_subnet_more_than_the_quota_is_refused():
    world = World(limited(NORTH, subnets_per_network=1))
    subnet = world.subnet()
    network = world.graph.networks[subnet.network_id]
    world.refuses(
        create_subnet(network, "10.0.1.0/24"), errors.SubnetQuotaExceeded, resource_id=network.id, limit=1
    )
    world.subnet(world.network())


def test_an_empty_subnet_can_be_deleted_and_its_block_used_again():
    world = World(NORTH)
    network = world.network()
    subnet = world.subnet(network, tags={"k": "v"})
    world.do(DeleteSubnet(subnet.id))
    world.wait()
    assert world.graph.subnets == {}
    world.subnet(network)


def test_a_subnet_that_does_not_exist_cannot_be_deleted():
    World(NORTH).refuses(DeleteSubnet("absent"), errors.SubnetNotFound, resource_id="absent")


def test_a_subnet_that_is_still_being_created_cannot_be_deleted():
    world = World(NORTH)
    subnet = world.do(create_subnet(world.network()))
    world.refuses(DeleteSubnet(subnet.id), errors.SubnetBusy, subnet_id=subnet.id)
    world.wait(MINUTE)
    world.do(DeleteSubnet(subnet.id))


def test_a_subnet_with_interfaces_cannot_be_deleted():
    world = World(NORTH)
    interface = world.interface(world.subnet())
    world.refuses(DeleteSubnet(interface.subnet_id), errors.SubnetHoldsInterfaces, held_by=interface.id)
