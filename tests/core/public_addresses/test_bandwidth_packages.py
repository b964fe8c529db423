"""Bandwidth packages: created, changed, deleted, and which public addresses are in them."""

import attrs
from tests.core.builders import World
from tests.core.engine.commands import FAILS, HOLDS
from tests.core.model.rules import BOTH, NORTH, SOUTH, STEPS, limited
from tests.core.nat_gateways.build import addresses_of, nat_gateway

from duolect_core import errors
from duolect_core.engine.command_fault import CommandFault
from duolect_core.engine.idempotency import Token
from duolect_core.engine.operations import ReleaseOperation
from duolect_core.model.lifecycles import ServiceState
from duolect_core.model.resources import OperationState
from duolect_core.public_addresses.bandwidth_packages import (
    AddToBandwidthPackage,
    CreateBandwidthPackages,
    DeleteBandwidthPackage,
    ModifyBandwidthPackage,
    RemoveFromBandwidthPackage,
    ResizeBandwidthPackage,
)
from duolect_core.public_addresses.lifecycle import AllocatePublicAddresses, ReleasePublicAddresses

AVAILABLE = ServiceState.AVAILABLE


def package_of(world, **more):
    """Return a bandwidth package that is there."""
    (package,) = world.do(CreateBandwidthPackages(**more))
    world.wait()
    assert package.state is AVAILABLE
    return package


def allocated(world, count=1, **more):
    """Return public addresses that are free."""
    addresses = world.do(AllocatePublicAddresses(count=count, **more))
    world.wait()
    return addresses


def adding(package, *addresses, **more):
    ids = tuple(each.id for each in addresses)
    return AddToBandwidthPackage(package_id=package.id, address_ids=ids, **more)


def removing(package, *addresses, **more):
    ids = tuple(each.id for each in addresses)
    return RemoveFromBandwidthPackage(package_id=package.id, address_ids=ids, **more)


def content(world, package):
    """Return the ids of the addresses in a package."""
    return list(world.graph.public_addresses_by_package.ids(package.id))


# -- creating and changing ---------------------------------------------------------------------------


@BOTH
def test_packages_are_there_at_once_or_in_time(rules):
    world = World(rules)
    command = CreateBandwidthPackages(count=2, name="n", description="d", tags={"k": "v"}, extras={"x": 1})
    token = Token("create", "t", "f")
    created = world.do(command, operation_id="o", token=token)
    one, other = created
    assert (one.name, one.description, one.extras) == ("n", "d", {"x": 1})
    assert list(world.graph.tag_values.ids(("BandwidthPackage", "k", "v"))) == [one.id, other.id]
    if rules.create_is_asynchronous:
        assert one.state is other.state is ServiceState.PENDING
        assert world.graph.operations["o"].resource_ids == (one.id, other.id)
        for busy in (
            ModifyBandwidthPackage(package_id=one.id),
            ResizeBandwidthPackage(package_id=one.id, extras={}),
            DeleteBandwidthPackage(package_id=one.id),
            adding(one),
        ):
            world.refuses(busy, errors.BandwidthPackageBusy, package_id=one.id)
        world.wait(STEPS.change_bandwidth_package)
    assert one.state is other.state is AVAILABLE
    repeated = world.do(command, operation_id="p", token=token)
    assert [each.id for each in repeated] == [one.id, other.id]
    assert len(world.graph.bandwidth_packages) == 2


def test_a_quick_creation_takes_time_where_it_is_delayed():
    world = World(NORTH)
    command = CreateBandwidthPackages()
    (package,) = world.do(command, command_fault=CommandFault(pace=2))
    assert package.state is ServiceState.PENDING
    world.wait(2 * STEPS.change_bandwidth_package)
    assert package.state is AVAILABLE


@BOTH
def test_what_is_said_of_a_package_changes_at_once(rules):
    world = World(rules)
    package = package_of(world, name="a", extras={"x": 1})
    command = ModifyBandwidthPackage(package_id=package.id, description="d", extras={"y": 2})
    assert world.do(command) is package
    assert (package.name, package.description, package.extras) == ("a", "d", {"x": 1, "y": 2})
    absent = ModifyBandwidthPackage(package_id="absent")
    world.refuses(absent, errors.BandwidthPackageNotFound, resource_id="absent")


@BOTH
def test_a_package_gets_another_bandwidth(rules):
    world = World(rules)
    package = package_of(world, extras={"width": 1})
    command = ResizeBandwidthPackage(package_id=package.id, extras={"width": 2})
    world.do(command, command_fault=FAILS)
    assert package.extras == {"width": 2}
    if rules.provision_is_asynchronous:
        assert package.state is ServiceState.MODIFYING
        world.refuses(command, errors.BandwidthPackageBusy, state=ServiceState.MODIFYING)
        world.wait(STEPS.change_bandwidth_package)
    assert (package.state, package.pending) == (AVAILABLE, None)
    absent = attrs.evolve(command, package_id="absent")
    world.refuses(absent, errors.BandwidthPackageNotFound)


def test_there_are_no_more_than_the_quotas_allow():
    world = World(limited(NORTH, bandwidth_packages=1, addresses_per_package=1, tags_per_resource=1))
    two = CreateBandwidthPackages(count=2)
    world.refuses(two, errors.BandwidthPackageQuotaExceeded, resource_id="north", limit=1)
    tagged = CreateBandwidthPackages(tags={"k": "v", "l": "v"})
    world.refuses(tagged, errors.TagQuotaExceeded)
    package = package_of(world)
    world.refuses(CreateBandwidthPackages(), errors.BandwidthPackageQuotaExceeded)
    one, other = allocated(world, 2)
    both = adding(package, one, other)
    world.refuses(both, errors.AddressesPerPackageExceeded, resource_id=package.id, limit=1)
    born = AllocatePublicAddresses(count=2, package_id=package.id)
    world.refuses(born, errors.AddressesPerPackageExceeded, resource_id=package.id)
    world.do(adding(package, one, one))
    world.refuses(adding(package, other), errors.AddressesPerPackageExceeded)


# -- addresses ---------------------------------------------------------------------------------------


@BOTH
def test_addresses_are_put_in_and_taken_out_at_once(rules):
    world = World(rules)
    package = package_of(world)
    one, other = allocated(world, 2, extras={"x": 1})
    command = adding(package, one, other, extras={"y": 2})
    token = Token("add", "t", "f")
    assert world.do(command, operation_id="o", token=token) == (one, other)
    assert world.graph.operations["o"].state is OperationState.SUCCEEDED
    assert content(world, package) == [one.id, other.id]
    assert (one.package_id, one.extras, one.modified) == (package.id, {"x": 1, "y": 2}, world.at)
    world.do(command, operation_id="p", token=token)
    world.refuses(command, errors.PublicAddressInPackage, address_id=one.id, package_id=package.id)
    world.do(removing(package, one, extras={"y": 3}))
    assert (content(world, package), one.package_id, one.extras["y"]) == ([other.id], None, 3)
    world.refuses(removing(package, other, one), errors.PublicAddressNotInPackage, address_id=one.id)
    world.do(ReleasePublicAddresses((other.id,)))
    world.wait()
    assert content(world, package) == []


@BOTH
def test_nothing_is_put_in_where_one_cannot_be(rules):
    world = World(rules)
    package, second = package_of(world), package_of(world)
    inside, free = allocated(world, 2)
    world.do(adding(second, inside))
    world.refuses(adding(package, free, inside), errors.PublicAddressInPackage, package_id=second.id)
    world.refuses(removing(package, inside), errors.PublicAddressNotInPackage, package_id=package.id)
    for command in (AddToBandwidthPackage, RemoveFromBandwidthPackage):
        absent = command(package_id=package.id, address_ids=(free.id, "absent"))
        world.refuses(absent, errors.PublicAddressNotFound, resource_id="absent")
        nowhere = command(package_id="absent", address_ids=(free.id,))
        world.refuses(nowhere, errors.BandwidthPackageNotFound, resource_id="absent")
    world.do(ReleasePublicAddresses((free.id, inside.id)))
    world.refuses(adding(package, free), errors.PublicAddressBusy, address_id=free.id)
    world.refuses(removing(second, inside), errors.PublicAddressBusy, address_id=inside.id)


@BOTH
def test_an_address_is_born_in_a_package(rules):
    world = World(rules)
    package = package_of(world)
    addresses = allocated(world, 2, package_id=package.id)
    assert content(world, package) == [each.id for each in addresses]
    absent = AllocatePublicAddresses(package_id="absent")
    world.refuses(absent, errors.BandwidthPackageNotFound, resource_id="absent")


@BOTH
def test_addresses_of_a_nat_gateway_may_be_in_a_package(rules):
    world = World(rules)
    gateway, package = nat_gateway(world, world.subnet(), addresses=2), package_of(world)
    bound = addresses_of(world, gateway)
    world.do(adding(package, *bound))
    assert content(world, package) == [each.id for each in bound]
    world.do(DeleteBandwidthPackage(package_id=package.id, force=True))
    world.wait()
    assert addresses_of(world, gateway) == bound


# -- deleting ----------------------------------------------------------------------------------------


@BOTH
def test_a_package_goes_when_it_is_empty_or_by_force(rules):
    world = World(rules)
    package = package_of(world, tags={"k": "v"})
    (address,) = allocated(world, package_id=package.id)
    held = DeleteBandwidthPackage(package_id=package.id)
    world.refuses(held, errors.BandwidthPackageHoldsAddresses, held_by=address.id)
    world.do(DeleteBandwidthPackage(package_id=package.id, force=True))
    assert address.package_id is None
    if rules.create_is_asynchronous:
        assert package.state is ServiceState.DELETING
        busy = AllocatePublicAddresses(package_id=package.id)
        for command in (held, busy, adding(package, address)):
            world.refuses(command, errors.BandwidthPackageBusy, state=ServiceState.DELETING)
        world.wait(STEPS.change_bandwidth_package)
    assert package.state is ServiceState.GONE
    assert not world.graph.is_carried(("k", "v"))
    world.refuses(held, errors.BandwidthPackageNotFound)


@BOTH
def test_a_protected_package_stays(rules):
    world = World(rules)
    package = package_of(world)
    world.do(ModifyBandwidthPackage(package_id=package.id, protected=True))
    for force in (False, True):
        command = DeleteBandwidthPackage(package_id=package.id, force=force)
        world.refuses(command, errors.BandwidthPackageProtected, package_id=package.id)
    world.do(ModifyBandwidthPackage(package_id=package.id, protected=False, name="n"))
    world.do(command)


def test_a_creation_and_a_deletion_fail_or_hang():
    world = World(SOUTH)
    (package,) = world.do(CreateBandwidthPackages(), command_fault=FAILS)
    world.wait()
    assert package.state is AVAILABLE, "it comes up always"
    command = DeleteBandwidthPackage(package_id=package.id)
    world.do(command, command_fault=FAILS)
    world.wait()
    assert (package.state, package.pending) == (AVAILABLE, None)
    world.do(command, command_fault=HOLDS, operation_id="held")
    world.wait()
    assert package.state is ServiceState.DELETING
    world.do(ReleaseOperation(operation_id="held"))
    world.wait(0)
    assert package.state is ServiceState.GONE
