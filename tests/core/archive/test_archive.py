"""Archives: a partition that was loaded is the one that was dumped."""

import json
from ipaddress import IPv4Network

import attrs
import pytest
from tests.core.archive.archived import everything_of, refuse, reloaded, world_with_everything
from tests.core.builders import World, certain, ip
from tests.core.engine.commands import attach, move
from tests.core.model.rules import BOTH, DAY, MINUTE, NORTH, SOUTH
from tests.core.nat_gateways.build import nat_gateway

from duolect_core.archive import dump, load
from duolect_core.engine.idempotency import Token
from duolect_core.errors import CoreError
from duolect_core.instances.lifecycle import DeleteInstances, StartInstances
from duolect_core.interfaces.lifecycle import CreateInterface
from duolect_core.model.resources import SECOND, OperationKind, OperationState
from duolect_core.nat_gateways.addresses import BindToNatGateway
from duolect_core.networks.deletion import DeleteSubnet
from duolect_core.networks.lifecycle import CreateNetwork, CreateSubnet
from duolect_core.public_addresses.lifecycle import AllocatePublicAddresses
from duolect_core.relations.address_plans import ANY, AddressPlan


@BOTH
def test_a_partition_that_was_loaded_is_the_one_that_was_dumped(rules):
    world = world_with_everything(rules)
    loaded = reloaded(world.partition)
    for partition in (world.partition, loaded):
        partition.settle(world.at + 5 * SECOND)
    assert everything_of(loaded) == everything_of(world.partition)
    for partition in (world.partition, loaded):
        partition.settle(world.at + DAY)
    assert everything_of(loaded) == everything_of(world.partition)


def test_operations_that_are_one_stay_one_under_all_their_names():
    world = World(NORTH)
    instance = world.instance(world.subnet(), boot=False)
    how = {"token": Token("s", "t", "f")}
    world.do(StartInstances((instance.id,)), operation_id="one", **how)
    world.do(StartInstances((instance.id,)), operation_id="two/~", **how)
    loaded = reloaded(world.partition)
    one = loaded.operation("one")
    (transition,) = loaded.timeline.pending()
    (remembered,) = loaded.idempotency.entries().values()
    for other in (
        loaded.operation("two/~"),
        loaded.graph.instances[instance.id].operation,
        transition.operation,
        remembered.operation,
    ):
        assert other is one
    assert remembered.result[0].operation is not one
    loaded.settle(world.at + MINUTE)
    assert one.state is OperationState.SUCCEEDED
    assert remembered.result[0].operation.state is OperationState.RUNNING


def test_an_operation_whose_name_has_expired_stays_that_of_its_instance():
    world = World(NORTH)
    instance = world.instance(world.subnet(), boot=False)
    world.do(StartInstances((instance.id,)))
    world.wait(2 * DAY)
    world.do(CreateNetwork(block=IPv4Network("10.0.0.0/16")))
    assert instance.operation.id not in world.graph.operations
    assert reloaded(world.partition).graph.instances[instance.id].operation == instance.operation


def test_a_remembered_subnet_shares_the_living_pool_or_keeps_that_of_a_deleted_one():
    world = World(NORTH)
    network = world.network()
    for place in (0, 1):
        command = CreateSubnet(network_id=network.id, zone="n1", block=IPv4Network(f"10.0.{place}.0/24"))
        world.do(command, token=Token("s", str(place), "f"))
        world.wait()
    kept, gone = world.graph.subnets.values()
    world.interface(kept)
    world.do(DeleteSubnet(gone.id))
    loaded = reloaded(world.partition)
    first, second = (entry.result for entry in loaded.idempotency.entries().values())
    assert first.pool is loaded.graph.subnets[kept.id].pool
    assert (first.pool.free, second.pool.free) == (251, 252)


def test_answers_and_refusals_are_repeated_for_their_tokens():
    world = World(NORTH)
    absent = CreateInterface(subnet_id="absent", group_ids=())
    command = CreateNetwork(block=IPv4Network("10.0.0.0/16"))
    made = world.do(command, token=Token("n", "t", "f"))
    refuse(world, absent, token=Token("i", "t", "f"))
    loaded = reloaded(world.partition)
    assert loaded.execute(command, world.at, token=Token("n", "t", "f")) == made
    assert len(loaded.graph.networks) == 1
    with pytest.raises(CoreError) as refused:
        loaded.execute(absent, world.at, token=Token("i", "t", "f"))
    assert refused.value.resource_id == "absent"


def test_interfaces_that_go_with_their_instance_go_in_the_order_in_which_they_came():
    world = World(NORTH)
    subnet = world.subnet()
    instance = world.instance(subnet)
    older, newer = world.interface(subnet), world.interface(subnet)
    world.attach(newer, instance)
    world.attach(older, instance)
    assert dump(world.partition)["orders"] == {
        "interfaces_by_instance": [
            {"key": instance.id, "ids": [world.primary(instance).id, newer.id, older.id]}
        ]
    }
    loaded = reloaded(world.partition)
    for partition in (loaded, world.partition):
        partition.execute(DeleteInstances(instance_ids=(instance.id,), force=True), world.at)
        partition.settle(world.at + MINUTE)
    assert everything_of(loaded) == everything_of(world.partition)


def test_orders_are_written_alike_whichever_came_first():
    world = World(SOUTH)
    subnet = world.subnet()
    first, second = (nat_gateway(world, subnet, addresses=0) for _ in range(2))
    one, two, three, four = world.do(AllocatePublicAddresses(count=4))
    world.wait()
    for address, gateway in ((four, second), (two, second), (three, first), (one, first)):
        world.do(BindToNatGateway(gateway_id=gateway.id, address_ids=(address.id,)))
        world.wait()
    orders = dump(world.partition)["orders"]["public_addresses_by_gateway"]
    assert [each["ids"] for each in orders] == [[three.id, one.id], [four.id, two.id]]
    reloaded(world.partition)


def test_an_order_of_tags_in_an_older_archive_means_nothing():
    world = World(NORTH)
    world.network(tags={"k": "v"})
    tree = dump(world.partition)
    tree["orders"] = {"tagged": [{"key": ["k", "v"], "ids": ["x"]}]}
    assert everything_of(load(tree, NORTH)) == everything_of(world.partition)


def test_what_an_annotation_leaves_open_is_read_as_it_was():
    extras = {
        "list": [1, (2, "x"), [None, True, 0.5]],
        "dollar": {"$ref": "#/x", "y": {"$type": "z"}},
        "long": 2**60,
        "中": {},
    }
    world = World(NORTH)
    network = world.network(extras=extras)
    assert reloaded(world.partition).graph.networks[network.id].extras == extras


def test_a_tree_is_readable():
    world = World(NORTH)
    subnet = world.subnet(ipv6_index=0)
    plan = AddressPlan(primary=attrs.evolve(ANY, ip=ip("10.0.0.7")), ipv6=(ANY,))
    interface = world.interface(subnet, plan, name="中")
    tree = dump(world.partition)
    assert list(tree)[:5] == ["version", "seed", "now", "created", "generator"]
    shown = tree["interfaces"][interface.id]
    assert (shown["name"], shown["state"], shown["ipv4"][0]["ip"]) == ("中", "available", "10.0.0.7")
    assert shown["ipv6"][0]["ip"].startswith("2001:db8:")
    assert "destination" not in shown
    assert tree["subnets"][subnet.id]["pool"]["holders"] == {"10.0.0.7": interface.id}
    assert dump(world.partition) == tree


def moving(world):
    """Return two interfaces between which an address is on its way."""
    subnet = world.subnet()
    source = world.interface(subnet, AddressPlan(secondaries=certain("10.0.0.5")))
    destination = world.interface(subnet)
    world.do(move(source, destination, "10.0.0.5"), operation_id="it")
    return source, destination


def test_the_destination_of_an_address_is_kept(south):
    source, destination = moving(south)
    shown = dump(south.partition)["operations"]["it"]
    assert shown["destination_id"] == destination.id
    assert shown["resource_ids"] == [source.id, destination.id]
    loaded = reloaded(south.partition)
    loaded.settle(south.at + MINUTE)
    assert ip("10.0.0.5") in [each.ip for each in loaded.graph.interfaces[destination.id].ipv4]


@pytest.mark.parametrize("name", ["it", "absent"], ids=["named", "whose name has expired"])
def test_the_destination_that_an_older_archive_told_by_its_place_is_found(south, name):
    _, destination = moving(south)
    if name == "absent":
        south.graph.operations.clear()
    tree = dump(south.partition)
    moves = [*tree["operations"].values(), *(each["operation"] for each in tree["timeline"]["pending"])]
    moves = [each for each in moves if each.get("kind") == "move-address"]
    assert [each.pop("destination_id") for each in moves] == [destination.id]
    loaded = load(json.loads(json.dumps(tree)), SOUTH)
    assert everything_of(loaded) == everything_of(south.partition)
    loaded.settle(south.at + MINUTE)
    assert ip("10.0.0.5") in [each.ip for each in loaded.graph.interfaces[destination.id].ipv4]


def test_what_needs_no_destination_has_none_in_its_archive(north):
    subnet = north.subnet()
    north.do(attach(north.interface(subnet), north.instance(subnet)), operation_id="it")
    shown = dump(north.partition)["operations"]["it"]
    assert (shown["kind"], "destination_id" in shown) == (OperationKind.ATTACH_INTERFACE.value, False)
