"""Segments of public addresses and traffic packages: allocated, released, expired."""

from ipaddress import IPv4Network

import pytest
from tests.core.builders import World, ip
from tests.core.model.rules import BOTH, DAY, NORTH, SOUTH, STEPS, limited
from tests.core.public_addresses.worlds import AddressWorld, segment

from duolect_core import errors
from duolect_core.engine.command_fault import CommandFault
from duolect_core.invariants import check
from duolect_core.model.instances import Term
from duolect_core.model.lifecycles import PublicAddressState, ServiceState
from duolect_core.model.resources import LATEST, SECOND
from duolect_core.public_addresses.bandwidth_packages import AddToBandwidthPackage, CreateBandwidthPackages
from duolect_core.public_addresses.lifecycle import AllocatePublicAddresses, ReleasePublicAddresses
from duolect_core.public_addresses.segments import AllocateSegment, ReleaseSegment
from duolect_core.public_addresses.traffic_packages import (
    CreateTrafficPackages,
    DeleteTrafficPackages,
)


def addresses(world, found):
    """Return the public addresses of a segment."""
    ids = world.graph.public_addresses_by_segment.ids(found.id)
    return [world.graph.public_addresses[each] for each in ids]


@BOTH
def test_a_segment_has_all_addresses_of_a_block(rules):
    world = World(rules)
    found = world.do(AllocateSegment(length=30, extras={"x": 1}, address_extras={"y": 2}))
    assert found.block == IPv4Network((int(rules.public_range.network_address), 30))
    late = rules.provision_is_asynchronous
    assert found.state is (ServiceState.PENDING if late else ServiceState.AVAILABLE)
    held = addresses(world, found)
    assert [each.ip for each in held] == [int(each) for each in found.block]
    assert {each.state for each in held} == {PublicAddressState.AVAILABLE}
    assert (found.extras, held[0].extras) == ({"x": 1}, {"y": 2})
    if late:
        world.refuses(ReleaseSegment(found.id), errors.SegmentBusy, segment_id=found.id, state="pending")
        world.wait(STEPS.change_public_address)
    world.do(ReleaseSegment(found.id))
    assert {each.state for each in held} == {PublicAddressState.RELEASING}
    assert found.state is ServiceState.DELETING
    world.wait(rules.durations.change_public_address)
    assert found.state is ServiceState.GONE
    assert world.graph.public_addresses == world.graph.address_segments == {}
    assert world.graph.public_pool.free == world.graph.public_pool.size
    world.refuses(ReleaseSegment(found.id), errors.SegmentNotFound, resource_id=found.id)


def test_a_segment_takes_the_lowest_block_that_is_free():
    world = World(SOUTH)
    world.do(AllocatePublicAddresses(ips=(ip("198.51.100.1"),)))
    assert segment(world, 28).block == IPv4Network("198.51.100.16/28")
    assert segment(world, 30).block == IPv4Network("198.51.100.4/30")
    assert segment(world, 32).block == IPv4Network("198.51.100.0/32")
    world.refuses(AllocateSegment(length=28), errors.PublicAddressesExhausted, wanted=16, free=10)


def test_the_addresses_of_segments_count():
    world = World(limited(NORTH, public_addresses=3))
    refused = {"resource_id": "north", "limit": 3}
    world.refuses(AllocateSegment(length=30), errors.PublicAddressQuotaExceeded, **refused)
    segment(world, 31)


def test_what_is_in_use_keeps_a_segment():
    world = AddressWorld(NORTH)
    found = segment(world, 31)
    first, second = addresses(world, found)
    world.associate(first)
    busy = {"address_id": first.id}
    world.refuses(ReleaseSegment(found.id), errors.PublicAddressBusy, **busy)
    world.wait()
    world.refuses(ReleaseSegment(found.id), errors.PublicAddressWrongState, **busy)
    other = segment(world, 32)
    (package,) = world.do(CreateBandwidthPackages())
    world.wait()
    (held,) = addresses(world, other)
    world.do(AddToBandwidthPackage(package_id=package.id, address_ids=(held.id,)))
    world.refuses(
        ReleaseSegment(other.id),
        errors.PublicAddressInPackage,
        address_id=held.id,
        package_id=package.id,
    )
    assert second.state is PublicAddressState.AVAILABLE


def test_an_address_may_go_before_its_segment():
    world = World(NORTH)
    found = segment(world, 31)
    world.do(ReleasePublicAddresses((addresses(world, found)[0].id,)))
    world.wait()
    assert len(addresses(world, found)) == 1
    world.do(ReleaseSegment(found.id))
    world.wait()
    assert found.state is ServiceState.GONE


def test_a_release_that_fails_leaves_everything():
    world = World(NORTH)
    found = segment(world, 31)
    world.do(ReleaseSegment(found.id), command_fault=CommandFault(fails=True))
    world.wait()
    assert found.state is ServiceState.AVAILABLE
    assert {each.state for each in addresses(world, found)} == {PublicAddressState.AVAILABLE}


def test_an_address_of_no_segment_is_noticed():
    world = World(NORTH)
    found = segment(world, 31)
    found.block = IPv4Network("192.0.2.0/31")
    assert any("in no segment" in sentence for sentence in check(world.partition))
    world.graph.address_segments.clear()
    assert any("in no segment" in sentence for sentence in check(world.partition))


# -- traffic packages --------------------------------------------------------------------------------


def test_traffic_packages_expire_and_can_be_deleted_then():
    world = World(limited(NORTH, traffic_packages=2))
    first, second = world.do(CreateTrafficPackages(amount=10, months=1, count=2, name="n", extras={"x": 1}))
    assert (first.amount, first.name, first.extras) == (10, "n", {"x": 1})
    refused = {"resource_id": "north", "limit": 2}
    world.refuses(CreateTrafficPackages(amount=1, months=1), errors.TrafficPackageQuotaExceeded, **refused)
    delete = DeleteTrafficPackages((first.id, second.id, first.id))
    world.refuses(delete, errors.TrafficPackageActive, package_id=first.id)
    world.refuses(DeleteTrafficPackages(("absent",)), errors.TrafficPackageNotFound)
    world.wait(31 * DAY)
    assert first.has_expired(world.at)
    world.do(delete)
    assert world.graph.traffic_packages == {}


@pytest.mark.parametrize(
    ("instant", "months", "until"),
    [
        (0, 1, 31 * DAY),
        (30 * DAY + 5 * SECOND, 1, 58 * DAY + 5 * SECOND),
        (0, 6, 181 * DAY),
        (0, 12, 365 * DAY),
        (LATEST - DAY, 12, LATEST),
        (LATEST, 1, LATEST),
    ],
)
def test_months_are_those_of_the_calendar(instant, months, until):
    assert Term(months=months).after(instant) == until
