"""What the control API shows of partitions."""

import sys

import pytest
from tests.emulator.asgi import send
from tests.emulator.resources import create_resources
from tests.harness import emulator

from duolect.control.answers import TOO_MANY
from duolect.server.app import make_app
from duolect.state import forked
from duolect_core.engine.command_fault import CommandFault
from duolect_core.interfaces.lifecycle import AttachInterface, CreateInterface
from duolect_core.interfaces.permissions import GrantPermission
from duolect_core.interfaces.private_ips import AssignAddresses
from duolect_core.model.resources import InterfaceKind
from duolect_core.public_addresses.lifecycle import AllocatePublicAddresses, AssociatePublicAddress
from duolect_core.relations.address_plans import ANY


@pytest.fixture
def world():
    return emulator()


def get(world, path, **query):
    answer = send(make_app(world.pipeline, 1000), "GET", f"/_duolect/{path}", params=query)
    assert answer.status_code == 200
    return answer.json()["partitions"]


@pytest.mark.skipif(sys.platform != "linux", reason="no process is copied here")
def test_too_many_large_answers_at_once_are_refused(world, monkeypatch):
    monkeypatch.setattr(forked, "MOST_COPIES", 0)
    for number in range(forked.LITTLE + 1):
        world.alibaba("one").call("CreateVpc", CidrBlock=f"10.{number}.0.0/16", version="2016-04-28")
    answer = send(make_app(world.pipeline, 1000), "GET", "/_duolect/state")
    assert answer.status_code == 503
    assert answer.json()["detail"] == TOO_MANY


def walk(nodes, path=()):
    """Yield each node with the kinds of those above it."""
    for node in nodes:
        yield (*path, node["kind"]), node
        yield from walk(node["children"], (*path, node["kind"]))


def find(nodes, node_id):
    ((path, node),) = [(path, node) for path, node in walk(nodes) if node["id"] == node_id]
    return "/".join(path), node


def test_resources_are_under_their_parents(world):
    client = world.alibaba("one")
    made = create_resources(client)
    (state,) = get(world, "state")
    assert (state["cloud"], state["access_key"], state["region"]) == ("alibaba", "one", "cn-hangzhou")
    assert state["now"] == "2026-09-21T14:13:20.000000Z"
    assert find(state["nodes"], made.network)[0] == "network"
    path, subnet = find(state["nodes"], made.subnet)
    assert (path, subnet["state"]) == ("network/subnet", "available")
    assert subnet["about"]["block"] == "10.0.0.0/16"
    assert subnet["about"]["free_in_pool"] == 65_530
    assert find(state["nodes"], made.group)[0] == "network/security-group"
    assert find(state["nodes"], made.instance)[0] == "network/subnet/instance"
    path, interface = find(state["nodes"], made.interface)
    assert path == "network/subnet/interface"
    assert interface["about"]["kind"] == "secondary"
    (address,) = interface["children"]
    assert (address["kind"], address["state"], address["about"]["primary"]) == (
        "address",
        "available",
        True,
    )
    assert (state["operations"], state["pending"]) == ([], [])


def test_nothing_that_exists_is_missing(world):
    for client in (world.alibaba("one"), world.tencent("one")):
        create_resources(client)
        client.partition.execute(AllocatePublicAddresses(), world.clock.now())
    for state, (_, partition) in zip(get(world, "state"), world.pipeline.partitions.items(), strict=True):
        shown = [node["id"] for _, node in walk(state["nodes"]) if node["kind"] != "address"]
        assert sorted(shown) == sorted(each for table in partition.graph.tables() for each in table)


def test_what_is_under_way_is_shown_with_the_time_that_remains(world):
    client = world.alibaba("one")
    made = create_resources(client)
    attach = AttachInterface(interface_id=made.interface, instance_id=made.instance)
    client.partition.execute(attach, world.clock.now(), operation_id="op 1")
    world.advance(50)
    (state,) = get(world, "state")
    path, interface = find(state["nodes"], made.interface)
    assert (path, interface["state"]) == ("network/subnet/instance/interface", "attaching")
    (pending,) = interface["pending"]
    assert pending == {
        "resource_id": made.interface,
        "trigger": "attached",
        "due": "2026-09-21T14:13:20.200000Z",
        "remaining": "150ms",
        "remaining_ms": 150,
        "operation": "op 1",
    }
    assert state["pending"] == [pending]
    (operation,) = state["operations"]
    assert (operation["id"], operation["kind"], operation["held"]) == ("op 1", "attach-interface", False)
    assert operation["resources"] == [made.interface]
    world.advance(150)
    (state,) = get(world, "state")
    assert find(state["nodes"], made.interface)[1]["state"] == "in-use"
    assert (state["operations"], state["pending"]) == ([], [])


def test_what_is_held_has_no_time_that_remains(world):
    client = world.alibaba("one")
    made = create_resources(client)
    attach = AttachInterface(interface_id=made.interface, instance_id=made.instance)
    client.partition.execute(attach, world.clock.now(), command_fault=CommandFault(holds=True))
    (state,) = get(world, "state")
    assert state["operations"][0]["held"]
    assert (state["pending"][0]["remaining"], state["pending"][0]["remaining_ms"]) == (None, None)


def test_what_is_due_after_the_end_of_time_is_shown_at_its_end(world):
    client = world.alibaba("one")
    made = create_resources(client)
    attach = AttachInterface(interface_id=made.interface, instance_id=made.instance)
    client.partition.execute(attach, world.clock.now(), command_fault=CommandFault(duration=10**20))
    (state,) = get(world, "state")
    assert state["pending"][0]["due"] == state["operations"][0]["due"] == "9999-12-31T15:59:59.000000Z"
    assert get(world, "partitions")[0]["next_due"] == "9999-12-31T15:59:59.000000Z"


def test_an_address_waits_on_its_own_and_carries_its_public_address(world):
    client = world.tencent("one")
    made = create_resources(client)
    partition, now = client.partition, world.clock.now()
    (public,) = partition.execute(AllocatePublicAddresses(), now)
    world.advance(1000)
    partition.execute(
        AssociatePublicAddress(address_id=public.id, interface_id=made.interface), world.clock.now()
    )
    partition.execute(AssignAddresses(interface_id=made.interface, secondaries=(ANY,)), world.clock.now())
    (state,) = get(world, "state")
    path, node = find(state["nodes"], public.id)
    assert path == "network/subnet/interface/address/public-address"
    assert node["about"]["ip"].count(".") == 3
    assert [each["trigger"] for each in node["pending"]] == ["associated"]
    _, interface = find(state["nodes"], made.interface)
    first, second = interface["children"]
    assert (interface["pending"], first["pending"]) == ([], [])
    assert (second["state"], [each["trigger"] for each in second["pending"]]) == ("pending", ["assigned"])


def test_members_are_under_their_trunk_and_permissions_under_their_interface(world):
    client = world.alibaba("one")
    made = create_resources(client)
    partition, now = client.partition, world.clock.now()
    trunk = partition.execute(
        CreateInterface(subnet_id=made.subnet, group_ids=(made.group,), kind=InterfaceKind.TRUNK), now
    )
    permission = partition.execute(GrantPermission(interface_id=made.interface, account="1"), now)
    world.advance(1000)
    types = partition.rules.instance_types.values()
    wide = next(each.name for each in types if each.members)
    partition.graph.instances[made.instance].type_name = wide
    partition.execute(AttachInterface(interface_id=trunk.id, instance_id=made.instance), world.clock.now())
    world.advance(1000)
    partition.execute(
        AttachInterface(interface_id=made.interface, instance_id=made.instance, trunk_id=trunk.id),
        world.clock.now(),
    )
    (state,) = get(world, "state")
    assert find(state["nodes"], made.interface)[0] == "network/subnet/instance/interface/interface"
    assert find(state["nodes"], permission.id)[0].endswith("interface/interface/permission")


def test_partitions_are_listed_and_narrowed(world):
    for client in (world.alibaba("one"), world.alibaba("two", "cn-beijing"), world.tencent("one")):
        create_resources(client)
    listed = get(world, "partitions")
    assert [(each["cloud"], each["access_key"], each["region"]) for each in listed] == [
        ("alibaba", "one", "cn-hangzhou"),
        ("alibaba", "two", "cn-beijing"),
        ("tencent", "one", "ap-guangzhou"),
    ]
    assert listed[0]["resources"] == {
        "network": 1,
        "route-table": 1,
        "subnet": 1,
        "security-group": 1,
        "instance": 1,
        "interface": 2,
    }
    assert (listed[0]["pending"], listed[0]["next_due"]) == (0, None)
    assert [each["cloud"] for each in get(world, "partitions", access_key="one")] == ["alibaba", "tencent"]
    assert [each["region"] for each in get(world, "state", region="cn-beijing")] == ["cn-beijing"]
