"""Changing networks and subnets: what is said of them, their blocks, and IPv6 given and taken."""

from ipaddress import IPv4Network, IPv6Network

import pytest
from tests.core.builders import World
from tests.core.model.rules import BOTH, NORTH, SOUTH, limited

from duolect_core import errors
from duolect_core.interfaces.lifecycle import DeleteInterface
from duolect_core.model.lifecycles import ProvisionState
from duolect_core.model.resources import SECOND
from duolect_core.networks.blocks import ipv6_index
from duolect_core.networks.changes import (
    ChangeBlocks,
    GiveNetworkIpv6,
    GiveSubnetsIpv6,
    ModifyNetwork,
    ModifySubnet,
    TakeNetworkIpv6,
    TakeSubnetsIpv6,
)
from duolect_core.networks.deletion import DeleteSubnet
from duolect_core.networks.lifecycle import CreateNetwork
from duolect_core.relations.address_plans import ANY, ANY_PREFIX, AddressPlan


def blocks(*texts):
    return tuple(IPv4Network(text) for text in texts)


def parts(network):
    """Return the /64 blocks of a network."""
    return list(network.ipv6_block.subnets(new_prefix=64))


def exhaust_ipv6(world):
    """Let networks have every IPv6 block of the region."""
    for _ in range(world.partition.ipv6_blocks.free):
        world.partition.execute(CreateNetwork(block=IPv4Network("10.0.0.0/16"), ipv6=True), world.at)


# -- networks ----------------------------------------------------------------------------------------


@BOTH
def test_what_is_said_of_a_network_can_be_changed(rules):
    world = World(rules)
    network = world.network(name="n", description="d", extras={"x": 1, "y": 1})
    world.do(ModifyNetwork(network_id=network.id))
    assert (network.name, network.description, network.extras) == ("n", "d", {"x": 1, "y": 1})
    world.do(ModifyNetwork(network_id=network.id, name="m", description="", extras={"y": 2}))
    assert (network.name, network.description, network.extras) == ("m", "", {"x": 1, "y": 2})
    assert network.state is ProvisionState.AVAILABLE


@pytest.mark.parametrize(
    "change",
    [
        lambda network_id: ModifyNetwork(network_id=network_id),
        lambda network_id: ChangeBlocks(network_id=network_id),
        GiveNetworkIpv6,
        TakeNetworkIpv6,
        lambda network_id: GiveSubnetsIpv6(network_id, {}),
        lambda network_id: TakeSubnetsIpv6(network_id, {}),
    ],
)
def test_a_network_that_is_not_there_yet_cannot_be_changed(change):
    world = World(NORTH)
    world.refuses(change("absent"), errors.NetworkNotFound, resource_id="absent")
    network = world.do(CreateNetwork(block=IPv4Network("10.0.0.0/16")))
    world.refuses(change(network.id), errors.NetworkBusy, network_id=network.id)


def test_the_block_of_a_network_can_grow_and_shrink_around_its_subnets():
    world = World(NORTH)
    subnet = world.subnet()
    network = world.graph.networks[subnet.network_id]
    for text in ("10.0.0.0/8", "10.0.0.0/20"):
        world.do(ModifyNetwork(network_id=network.id, block=IPv4Network(text)))
        assert network.block == IPv4Network(text)


@pytest.mark.parametrize(
    ("block", "error", "facts"),
    [
        ("11.0.0.0/16", errors.BlockInvalid, {"address": "11.0.0.0/16"}),
        ("10.0.0.0/29", errors.BlockMaskInvalid, {"address": "10.0.0.0/29"}),
        ("10.0.0.0/28", errors.BlockHoldsSubnets, {"resource_id": "10.0.0.0/16"}),
        ("10.0.0.0/12", errors.NetworkBlockOverlap, {"address": "10.0.0.0/12"}),
    ],
)
def test_a_block_that_a_network_cannot_have_is_refused(block, error, facts):
    world = World(NORTH)
    network = world.graph.networks[world.subnet().network_id]
    world.do(ChangeBlocks(network_id=network.id, add=blocks("10.4.0.0/16")))
    world.refuses(ModifyNetwork(network_id=network.id, block=IPv4Network(block)), error, **facts)


def test_secondary_blocks_come_and_go():
    world = World(NORTH)
    network = world.network()
    world.do(ChangeBlocks(network_id=network.id, add=blocks("192.168.0.0/16", "10.1.0.0/16")))
    subnet = world.subnet(network, "192.168.7.0/24")
    gone = blocks("192.168.0.0/16")
    world.refuses(
        ChangeBlocks(network_id=network.id, remove=gone),
        errors.BlockHoldsSubnets,
        resource_id=str(gone[0]),
        held_by=subnet.id,
    )
    world.do(DeleteSubnet(subnet.id))
    world.wait()
    world.do(ChangeBlocks(network_id=network.id, remove=gone))
    assert network.secondary_blocks == blocks("10.1.0.0/16")


@pytest.mark.parametrize(
    ("wanted", "error"),
    [
        (["11.0.0.0/16"], errors.BlockInvalid),
        (["10.1.0.0/29"], errors.BlockMaskInvalid),
        (["10.0.4.0/24"], errors.NetworkBlockOverlap),
        (["10.1.0.0/16", "10.1.0.0/24"], errors.NetworkBlockOverlap),
        (["10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/16"], errors.SecondaryBlockQuotaExceeded),
    ],
)
def test_a_secondary_block_that_a_network_cannot_have_is_refused(wanted, error):
    world = World(limited(NORTH, secondary_blocks_per_network=2))
    world.refuses(ChangeBlocks(network_id=world.network().id, add=blocks(*wanted)), error)


def test_secondary_blocks_are_exchanged_at_once():
    world = World(limited(NORTH, secondary_blocks_per_network=1))
    network = world.network()
    first, second = blocks("10.1.0.0/16", "10.1.0.0/20")
    world.do(ChangeBlocks(network_id=network.id, add=(first,)))
    subnet = world.subnet(network, "10.1.0.0/24")
    world.do(ChangeBlocks(network_id=network.id, add=(second,), remove=(first,)))
    assert network.secondary_blocks == (second,)
    world.refuses(
        ChangeBlocks(network_id=network.id, add=blocks("10.2.0.0/16"), remove=(second,)),
        errors.BlockHoldsSubnets,
        held_by=subnet.id,
    )


def test_a_block_that_is_no_secondary_one_cannot_be_removed():
    world = World(NORTH)
    network = world.network()
    world.refuses(
        ChangeBlocks(network_id=network.id, remove=(network.block,)),
        errors.SecondaryBlockNotFound,
        resource_id="10.0.0.0/16",
    )


@BOTH
def test_a_network_gets_an_ipv6_block_and_loses_it(rules):
    world = World(rules)
    network = world.network()
    world.do(GiveNetworkIpv6(network.id))
    assert network.ipv6_block.subnet_of(rules.ipv6_range)
    world.refuses(GiveNetworkIpv6(network.id), errors.Ipv6AlreadyEnabled, resource_id=network.id)
    world.do(TakeNetworkIpv6(network.id, network.ipv6_block))
    assert network.ipv6_block is None
    world.refuses(TakeNetworkIpv6(network.id), errors.Ipv6Disabled, subnet_id=network.id)


def test_ipv6_is_switched_on_and_off_by_modifying_a_network():
    world = World(NORTH)
    network = world.network()
    world.do(ModifyNetwork(network_id=network.id, ipv6=False))
    assert network.ipv6_block is None
    world.do(ModifyNetwork(network_id=network.id, ipv6=True))
    block = network.ipv6_block
    world.do(ModifyNetwork(network_id=network.id, ipv6=True))
    assert network.ipv6_block == block is not None
    world.do(ModifyNetwork(network_id=network.id, ipv6=False))
    assert network.ipv6_block is None


def test_when_the_regions_ipv6_range_is_used_up_no_network_gets_a_block():
    world = World(SOUTH)
    network = world.network()
    exhaust_ipv6(world)
    for command in (GiveNetworkIpv6(network.id), ModifyNetwork(network_id=network.id, ipv6=True)):
        world.refuses(command, errors.Ipv6BlocksExhausted, limit=256)


def test_a_network_keeps_its_ipv6_block_while_a_subnet_has_a_part_of_it():
    world = World(NORTH)
    network = world.network(ipv6=True)
    world.subnet(network, "10.0.1.0/24")
    subnet = world.subnet(network, ipv6_index=0)
    for command in (TakeNetworkIpv6(network.id), ModifyNetwork(network_id=network.id, ipv6=False)):
        world.refuses(command, errors.NetworkHoldsIpv6Subnets, resource_id=network.id, held_by=subnet.id)


def test_another_ipv6_block_than_the_networks_cannot_be_taken():
    world = World(NORTH)
    network = world.network(ipv6=True)
    world.refuses(TakeNetworkIpv6(network.id, IPv6Network("2001:db8:f::/56")), errors.Ipv6Disabled)


def test_what_is_no_part_of_a_networks_ipv6_block_has_no_index():
    world = World(NORTH)
    network = world.network(ipv6=True)
    for part in (network.ipv6_block, IPv6Network("2001:db8:f::/64")):
        assert ipv6_index(network, part) is None
    assert ipv6_index(world.network(), parts(network)[0]) is None
    assert [ipv6_index(network, part) for part in parts(network)] == list(range(256))


# -- subnets -----------------------------------------------------------------------------------------


def test_what_is_said_of_a_subnet_can_be_changed():
    world = World(SOUTH)
    subnet = world.subnet(name="s", description="d", extras={"x": 1})
    world.do(ModifySubnet(subnet_id=subnet.id, name="t", extras={"y": 2}))
    assert (subnet.name, subnet.description, subnet.extras) == ("t", "d", {"x": 1, "y": 2})
    assert subnet.state is ProvisionState.AVAILABLE


def test_modifying_a_subnet_takes_time_where_creating_it_does():
    world = World(NORTH)
    subnet = world.subnet()
    network = world.graph.networks[subnet.network_id]
    world.do(ModifySubnet(subnet_id=subnet.id, name="t"))
    assert (subnet.name, subnet.state) == ("t", ProvisionState.PENDING)
    assert set(world.graph.subnets_busy.ids(network.id)) == {subnet.id}
    world.refuses(ModifySubnet(subnet_id=subnet.id), errors.SubnetBusy, subnet_id=subnet.id)
    world.wait(1 * SECOND)
    assert subnet.state is ProvisionState.AVAILABLE


def test_a_subnet_that_does_not_exist_cannot_be_modified():
    World(NORTH).refuses(ModifySubnet(subnet_id="absent"), errors.SubnetNotFound, resource_id="absent")


def test_ipv6_is_switched_on_and_off_by_modifying_a_subnet():
    world = World(SOUTH)
    network = world.network(ipv6=True)
    subnet = world.subnet(network)
    for _ in range(2):
        world.do(ModifySubnet(subnet_id=subnet.id, ipv6_index=9))
        assert subnet.ipv6_block == parts(network)[9]
    world.refuses(
        ModifySubnet(subnet_id=subnet.id, ipv6_index=8), errors.Ipv6AlreadyEnabled, resource_id=subnet.id
    )
    for _ in range(2):
        world.do(ModifySubnet(subnet_id=subnet.id, without_ipv6=True))
        assert (subnet.ipv6_block, subnet.ipv6_pool) == (None, None)


@pytest.mark.parametrize(
    "plan", [AddressPlan(ipv6=(ANY,)), AddressPlan(ipv6_prefixes=(ANY_PREFIX,))], ids=["address", "prefix"]
)
def test_a_subnet_keeps_its_ipv6_block_while_something_of_it_is_in_use(plan):
    world = World(SOUTH)
    subnet = world.subnet(ipv6_index=0)
    interface = world.interface(subnet, plan)
    for command in (
        ModifySubnet(subnet_id=subnet.id, without_ipv6=True),
        TakeSubnetsIpv6(subnet.network_id, {subnet.id: None}),
    ):
        world.refuses(command, errors.SubnetHoldsIpv6Addresses, resource_id=subnet.id, held_by=interface.id)
    world.do(DeleteInterface(interface.id))
    world.wait()
    world.do(TakeSubnetsIpv6(subnet.network_id, {subnet.id: subnet.ipv6_block}))
    assert subnet.ipv6_block is None


def test_several_subnets_get_ipv6_blocks_at_once():
    world = World(SOUTH)
    network = world.network(ipv6=True)
    first = world.subnet(network, "10.0.0.0/24")
    second = world.subnet(network, "10.0.1.0/24")
    given = world.do(GiveSubnetsIpv6(network.id, {first.id: 1, second.id: 0}))
    assert given == (first, second)
    assert [subnet.ipv6_block for subnet in given] == [parts(network)[1], parts(network)[0]]
    world.interface(first, AddressPlan(ipv6=(ANY,)))


@pytest.mark.parametrize(
    ("indexes", "error"),
    [
        ({"first": 1, "second": 1}, errors.BlockOverlap),
        ({"first": 0, "having": 3}, errors.Ipv6AlreadyEnabled),
        ({"first": 5}, errors.BlockOverlap),
        ({"first": 0, "second": 256}, errors.BlockOutsideNetwork),
        ({"first": 0, "foreign": 1}, errors.SubnetNetworkMismatch),
        ({"first": 0, "absent": 1}, errors.SubnetNotFound),
    ],
)
def test_of_several_subnets_none_gets_a_block_where_one_cannot(indexes, error):
    world = World(SOUTH)
    network = world.network(ipv6=True)
    named = {
        "first": world.subnet(network, "10.0.0.0/24").id,
        "second": world.subnet(network, "10.0.1.0/24").id,
        "having": world.subnet(network, "10.0.2.0/24", ipv6_index=5).id,
        "foreign": world.subnet().id,
        "absent": "absent",
    }
    world.refuses(GiveSubnetsIpv6(network.id, {named[name]: i for name, i in indexes.items()}), error)


def test_a_subnet_of_a_network_without_ipv6_gets_no_block():
    world = World(SOUTH)
    subnet = world.subnet()
    world.refuses(GiveSubnetsIpv6(subnet.network_id, {subnet.id: 0}), errors.Ipv6Disabled)


def test_an_ipv6_block_that_a_subnet_does_not_have_cannot_be_taken():
    world = World(SOUTH)
    network = world.network(ipv6=True)
    plain = world.subnet(network, "10.0.1.0/24")
    having = world.subnet(network, ipv6_index=5)
    foreign = world.subnet()
    other = parts(network)[6]
    for wanted in ({plain.id: None}, {having.id: other}):
        world.refuses(
            TakeSubnetsIpv6(network.id, wanted), errors.Ipv6Disabled, subnet_id=next(iter(wanted))
        )
    world.refuses(TakeSubnetsIpv6(network.id, {foreign.id: None}), errors.SubnetNetworkMismatch)
