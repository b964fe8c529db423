"""Creating, changing and deleting bandwidth packages, and which public addresses are in them."""

from collections.abc import Mapping
from typing import Any

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.model.lifecycles import SERVICE_LIFECYCLE, STEADY_PUBLIC_ADDRESS, ServiceState, Trigger
from duolect_core.model.public_addresses import BandwidthPackage, Ipv6Bandwidth, PublicAddress
from duolect_core.model.resources import OperationKind
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import lookup, waiting
from duolect_core.relations.descriptions import describe
from duolect_core.relations.packages import check_room

Member = PublicAddress | Ipv6Bandwidth
"""What can be in a bandwidth package: an elastic public address, or an IPv6 one with Internet bandwidth."""


@attrs.frozen(kw_only=True)
class CreateBandwidthPackages:
    """Create ``count`` bandwidth packages.

    Raises:
        BandwidthPackageQuotaExceeded, TagQuotaExceeded: a limit is reached.
    """

    count: int = 1
    name: str = ""
    description: str = ""
    tags: Mapping[str, str] = attrs.field(factory=dict)
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> tuple[BandwidthPackage, ...]:
        """Return the new packages; where that takes time they are PENDING."""
        self.check(partition)
        graph = partition.graph
        takes_time = partition.takes_time(partition.rules.create_is_asynchronous)
        created = []
        for _ in range(self.count):
            package = BandwidthPackage(
                id=partition.new_id(ResourceKind.BANDWIDTH_PACKAGE, graph.bandwidth_packages),
                order=partition.next_order(),
                created=partition.now,
                name=self.name,
                description=self.description,
                tags=self.tags,
                extras=self.extras,
                state=ServiceState.PENDING if takes_time else ServiceState.AVAILABLE,
            )
            graph.add_bandwidth_package(package)
            created.append(package)
        if takes_time:
            kind = OperationKind.CREATE_BANDWIDTH_PACKAGES
            _begin(partition, kind, Trigger.PROVISIONED, *created)
        return tuple(created)

    def check(self, partition: Partition) -> None:
        """Raise what keeps the packages from being created."""
        rules = partition.rules
        limit = rules.quotas.bandwidth_packages
        if limit is not None and len(partition.graph.bandwidth_packages) + self.count > limit:
            raise errors.BandwidthPackageQuotaExceeded(rules.region, limit)
        lookup.check_tags(rules, self.tags)


@attrs.frozen(kw_only=True)
class ModifyBandwidthPackage:
    """Change what is said of a bandwidth package, at once; None leaves a value as it is.

    Raises:
        BandwidthPackageNotFound, BandwidthPackageBusy: there is none to modify.
    """

    package_id: str
    name: str | None = None
    description: str | None = None
    protected: bool | None = None
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> BandwidthPackage:
        """Return the package as it is now."""
        package = self.check(partition)
        describe(package, self.name, self.description, self.extras)
        package.protected = package.protected if self.protected is None else self.protected
        return package

    def check(self, partition: Partition) -> BandwidthPackage:
        """Return the package, or raise what keeps it as it is."""
        return lookup.ready_bandwidth_package(partition.graph, self.package_id)


@attrs.frozen(kw_only=True)
class ResizeBandwidthPackage:
    """Give a bandwidth package another bandwidth, which is said in its ``extras``.

    Raises:
        BandwidthPackageNotFound, BandwidthPackageBusy: there is none to resize.
    """

    package_id: str
    extras: Mapping[str, Any]

    def apply(self, partition: Partition) -> BandwidthPackage:
        """Return the package, MODIFYING where the cloud takes its time over it."""
        package = self.check(partition)
        describe(package, None, None, self.extras)
        if partition.rules.provision_is_asynchronous:
            package.state = SERVICE_LIFECYCLE[package.state, Trigger.MODIFY]
            _begin(partition, OperationKind.RESIZE_BANDWIDTH_PACKAGE, Trigger.PROVISIONED, package)
        return package

    def check(self, partition: Partition) -> BandwidthPackage:
        """Return the package, or raise what keeps it as it is."""
        return lookup.ready_bandwidth_package(partition.graph, self.package_id)


@attrs.frozen(kw_only=True)
class DeleteBandwidthPackage:
    """Delete a bandwidth package; ``force`` lets the addresses go that are in it.

    Raises:
        BandwidthPackageNotFound, BandwidthPackageBusy, BandwidthPackageProtected: there is none to delete.
        BandwidthPackageHoldsAddresses: there are still addresses in it.
    """

    package_id: str
    force: bool = False

    def apply(self, partition: Partition) -> BandwidthPackage:
        """Return the package, DELETING where the cloud takes its time over it, else GONE."""
        package = self.check(partition)
        graph = partition.graph
        for member in graph.members_of_package(package.id):
            graph.join_package(member, None)
        if partition.takes_time(partition.rules.create_is_asynchronous):
            package.state = SERVICE_LIFECYCLE[package.state, Trigger.DELETE]
            _begin(partition, OperationKind.DELETE_BANDWIDTH_PACKAGE, Trigger.DELETED, package)
        else:
            graph.remove_bandwidth_package(package)
        return package

    def check(self, partition: Partition) -> BandwidthPackage:
        """Return the package, or raise what keeps it."""
        graph = partition.graph
        package = lookup.ready_bandwidth_package(graph, self.package_id)
        if package.protected:
            raise errors.BandwidthPackageProtected(package.id)
        if not self.force:
            for member in graph.members_of_package(package.id):
                raise errors.BandwidthPackageHoldsAddresses(package.id, member.id)
        return package


@attrs.frozen(kw_only=True)
class AddToBandwidthPackage:
    """Put public addresses, or the bandwidth of IPv6 ones, into a package, at once: all of them, or none.

    ``extras`` is stored over what each has.

    Raises:
        BandwidthPackageNotFound, BandwidthPackageBusy: there is none to put them in.
        PublicAddressNotFound, PublicAddressBusy, Ipv6BandwidthBusy, PublicAddressInPackage: one cannot be
            put in.
        AddressesPerPackageExceeded: there would be too many in it.
    """

    package_id: str
    address_ids: tuple[str, ...]
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> tuple[Member, ...]:
        """Return the addresses as they are now."""
        addresses = self.check(partition)
        for address in addresses:
            partition.graph.join_package(address, self.package_id)
        return _noted(partition, addresses, self.extras)

    def check(self, partition: Partition) -> tuple[Member, ...]:
        """Return the addresses, each once, or raise what keeps one out."""
        graph = partition.graph
        package = lookup.ready_bandwidth_package(graph, self.package_id)
        addresses = tuple(map(_steady, _named(partition, self.address_ids)))
        for address in addresses:
            if address.package_id is not None:
                raise errors.PublicAddressInPackage(address.id, address.package_id)
        check_room(partition, package.id, len(addresses))
        return addresses


@attrs.frozen(kw_only=True)
class RemoveFromBandwidthPackage:
    """Take public addresses, or the bandwidth of IPv6 ones, out of a package, at once: all, or none.

    ``extras`` is stored over what each has.

    Raises:
        BandwidthPackageNotFound, BandwidthPackageBusy: there is none to take them out of.
        PublicAddressNotFound, PublicAddressBusy, Ipv6BandwidthBusy, PublicAddressNotInPackage: one cannot
            be taken out.
    """

    package_id: str
    address_ids: tuple[str, ...]
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> tuple[Member, ...]:
        """Return the addresses as they are now."""
        addresses = self.check(partition)
        for address in addresses:
            partition.graph.join_package(address, None)
        return _noted(partition, addresses, self.extras)

    def check(self, partition: Partition) -> tuple[Member, ...]:
        """Return the addresses, each once, or raise what keeps one in."""
        package = lookup.ready_bandwidth_package(partition.graph, self.package_id)
        addresses = _named(partition, self.address_ids)
        for address in addresses:
            if address.package_id != package.id:
                raise errors.PublicAddressNotInPackage(address.id, package.id)
        return tuple(map(_steady, addresses))


def _named(partition: Partition, address_ids: tuple[str, ...]) -> tuple[Member, ...]:
    graph = partition.graph
    return tuple(
        graph.ipv6_bandwidths.get(each)
        or graph.public_ipv6_addresses.get(each)
        or lookup.public_address(graph, each)
        for each in dict.fromkeys(address_ids)
    )


def _steady(address: Member) -> Member:
    if isinstance(address, Ipv6Bandwidth):
        if address.pending is not None:
            raise errors.Ipv6BandwidthBusy(address.id, address.state)
    elif address.pending is not None:
        raise errors.PublicAddressBusy(address.id, address.state, STEADY_PUBLIC_ADDRESS)
    return address


def _noted(
    partition: Partition, addresses: tuple[Member, ...], extras: Mapping[str, Any]
) -> tuple[Member, ...]:
    for address in addresses:
        address.extras = {**address.extras, **extras}
        if isinstance(address, PublicAddress):
            address.modified = partition.now
    partition.complete(OperationKind.MODIFY_PUBLIC_ADDRESSES, *(address.id for address in addresses))
    return addresses


def _begin(
    partition: Partition, kind: OperationKind, trigger: Trigger, *packages: BandwidthPackage
) -> None:
    duration = partition.rules.durations.change_bandwidth_package
    waiting.begin(partition, kind, trigger, duration, *packages)
