"""Creating, changing and deleting bandwidth packages, and which public addresses are in them."""

from collections.abc import Mapping
from typing import Any

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.model.lifecycles import SERVICE_LIFECYCLE, STEADY_PUBLIC_ADDRESS, ServiceState, Trigger
from duolect_core.model.public_addresses import BandwidthPackage, PublicAddress
from duolect_core.model.resources import OperationKind
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import lookup, waiting
from duolect_core.relations.descriptions import describe
from duolect_core.relations.packages import check_room


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
        for address_id in tuple(graph.public_addresses_by_package.ids(package.id)):
            graph.join_package(graph.public_addresses[address_id], None)
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
            for address_id in graph.public_addresses_by_package.ids(package.id):
                raise errors.BandwidthPackageHoldsAddresses(package.id, address_id)
        return package


@attrs.frozen(kw_only=True)
class AddToBandwidthPackage:
    """Put public addresses into a bandwidth package, at once: all of them, or none.

    ``extras`` is stored over what each has.

    Raises:
        BandwidthPackageNotFound, BandwidthPackageBusy: there is none to put them in.
        PublicAddressNotFound, PublicAddressBusy, PublicAddressInPackage: one cannot be put in.
        AddressesPerPackageExceeded: there would be too many in it.
    """

    package_id: str
    address_ids: tuple[str, ...]
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> tuple[PublicAddress, ...]:
        """Return the addresses as they are now."""
        addresses = self.check(partition)
        for address in addresses:
            partition.graph.join_package(address, self.package_id)
        return _noted(partition, addresses, self.extras)

    def check(self, partition: Partition) -> tuple[PublicAddress, ...]:
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
    """Take public addresses out of a bandwidth package, at once: all of them, or none.

    ``extras`` is stored over what each has.

    Raises:
        BandwidthPackageNotFound, BandwidthPackageBusy: there is none to take them out of.
        PublicAddressNotFound, PublicAddressBusy, PublicAddressNotInPackage: one cannot be taken out.
    """

    package_id: str
    address_ids: tuple[str, ...]
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> tuple[PublicAddress, ...]:
        """Return the addresses as they are now."""
        addresses = self.check(partition)
        for address in addresses:
            partition.graph.join_package(address, None)
        return _noted(partition, addresses, self.extras)

    def check(self, partition: Partition) -> tuple[PublicAddress, ...]:
        """Return the addresses, each once, or raise what keeps one in."""
        package = lookup.ready_bandwidth_package(partition.graph, self.package_id)
        addresses = _named(partition, self.address_ids)
        for address in addresses:
            if address.package_id != package.id:
                raise errors.PublicAddressNotInPackage(address.id, package.id)
        return tuple(map(_steady, addresses))


def _named(partition: Partition, address_ids: tuple[str, ...]) -> tuple[PublicAddress, ...]:
    return tuple(lookup.public_address(partition.graph, each) for each in dict.fromkeys(address_ids))


def _steady(address: PublicAddress) -> PublicAddress:
    if address.pending is not None:
        raise errors.PublicAddressBusy(address.id, address.state, STEADY_PUBLIC_ADDRESS)
    return address


def _noted(
    partition: Partition, addresses: tuple[PublicAddress, ...], extras: Mapping[str, Any]
) -> tuple[PublicAddress, ...]:
    for address in addresses:
        address.extras = {**address.extras, **extras}
        address.modified = partition.now
    partition.complete(OperationKind.MODIFY_PUBLIC_ADDRESSES, *(address.id for address in addresses))
    return addresses


def _begin(
    partition: Partition, kind: OperationKind, trigger: Trigger, *packages: BandwidthPackage
) -> None:
    duration = partition.rules.durations.change_bandwidth_package
    waiting.begin(partition, kind, trigger, duration, *packages)
