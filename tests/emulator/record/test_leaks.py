"""What counts as leaked of what belongs together, and how many marks are kept."""

from ipaddress import IPv4Network

from tests.emulator.resources import create_resources
from tests.harness import emulator

from duolect.record import leaks, marks
from duolect_core.instances.lifecycle import DeleteInstances
from duolect_core.interfaces.lifecycle import AttachInterface, DeleteInterface
from duolect_core.interfaces.permissions import GrantPermission
from duolect_core.model.rules import ResourceKind
from duolect_core.networks.deletion import DeleteNetwork, DeleteSubnet
from duolect_core.networks.flow_logs import CreateFlowLog
from duolect_core.networks.lifecycle import CreateNetwork, CreateSubnet
from duolect_core.public_addresses.lifecycle import AllocatePublicAddresses, ReleasePublicAddresses
from duolect_core.public_addresses.segments import AllocateSegment, ReleaseSegment


def leaked(world):
    pipeline = world.pipeline
    found = leaks.leaks(
        pipeline.partitions.items(), pipeline.partitions, pipeline.marks.start, pipeline.journal
    )
    return {each.resource.id for each in found}


def test_what_goes_with_something_else_has_not_leaked_beside_it():
    world = emulator()
    client = world.alibaba()
    resources = create_resources(client)
    command = GrantPermission(interface_id=resources.interface, account="1")
    client.partition.execute(command, world.clock.now())
    assert leaked(world) == {
        resources.network,
        resources.subnet,
        resources.group,
        resources.instance,
        resources.interface,
    }


def test_what_is_being_deleted_has_not_leaked():
    world = emulator()
    client = world.tencent()
    resources, at = create_resources(client), world.clock.now()
    client.partition.execute(DeleteInterface(resources.interface), at)
    client.partition.execute(DeleteInstances(instance_ids=(resources.instance,), force=True), at)
    assert leaked(world) == {resources.network, resources.subnet, resources.group}


def test_networks_and_public_addresses_that_are_being_deleted_have_not_leaked():
    world = emulator()
    client = world.alibaba()
    at = world.clock.now()
    network = client.partition.execute(CreateNetwork(block=IPv4Network("10.0.0.0/16")), at)
    other = client.partition.execute(CreateNetwork(block=IPv4Network("10.0.0.0/16")), at)
    (address,) = client.partition.execute(AllocatePublicAddresses(), at)
    world.advance()
    subnet = client.partition.execute(
        CreateSubnet(
            network_id=other.id, zone=client.partition.rules.zones[0], block=IPv4Network("10.0.0.0/24")
        ),
        world.clock.now(),
    )
    world.advance()
    assert leaked(world) == {network.id, other.id, subnet.id, address.id}
    for command in (
        DeleteNetwork(network.id),
        DeleteSubnet(subnet.id),
        ReleasePublicAddresses((address.id,)),
    ):
        client.partition.execute(command, world.clock.now())
    assert set(client.partition.graph.networks) == {network.id, other.id}
    assert leaked(world) == {other.id}


def test_an_interface_that_is_deleted_with_its_instance_goes_with_it():
    world = emulator()
    client = world.alibaba()
    resources, at = create_resources(client), world.clock.now()
    attach = AttachInterface(interface_id=resources.interface, instance_id=resources.instance)
    client.partition.execute(attach, at)
    client.partition.graph.interfaces[resources.interface].delete_on_release = True
    world.advance()
    client.partition.settle(world.clock.now())
    client.partition.execute(
        DeleteInstances(instance_ids=(resources.instance,), force=True), world.clock.now()
    )
    assert leaked(world) == {resources.network, resources.subnet, resources.group}


def test_the_oldest_marks_are_forgotten_and_the_start_is_not():
    these = emulator().pipeline.marks
    for _ in range(marks.MAX_MARKS + 1):
        latest = these.set(0)
    assert these.get("mark-1") is None
    assert these.get("mark-2") is not None
    assert these.get(latest.id) is latest
    assert these.get(marks.START) is these.start


def test_a_flow_log_goes_with_what_it_watches_and_eips_with_their_segment():
    world = emulator()
    client = world.alibaba()
    at = world.clock.now()
    network = client.partition.execute(CreateNetwork(block=IPv4Network("10.0.0.0/16")), at)
    watch = CreateFlowLog(kind=ResourceKind.NETWORK, watched_id=network.id)
    log = client.partition.execute(watch, at)
    segment = client.partition.execute(AllocateSegment(length=31), at)
    world.advance()
    assert leaked(world) == {network.id, log.id, segment.id}
    client.partition.execute(DeleteNetwork(network.id), world.clock.now())
    client.partition.execute(ReleaseSegment(segment.id), world.clock.now())
    assert log.id in client.partition.graph.flow_logs
    assert leaked(world) == set()
