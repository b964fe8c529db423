"""Traffic packages: traffic of public addresses that is paid for beforehand. Nothing uses any of it."""

from collections.abc import Mapping
from typing import Any

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.model.instances import Term
from duolect_core.model.public_addresses import TrafficPackage
from duolect_core.model.resources import SECOND
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import lookup


@attrs.frozen(kw_only=True)
class CreateTrafficPackages:
    """Create ``count`` traffic packages of ``amount`` GB each, which expire after so many ``months``.

    Raises:
        TrafficPackageQuotaExceeded: there would be too many.
    """

    amount: int
    months: int
    count: int = 1
    name: str = ""
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> tuple[TrafficPackage, ...]:
        """Return the new packages, which can be used at once."""
        self.check(partition)
        graph = partition.graph
        made = []
        for _ in range(self.count):
            package = TrafficPackage(
                id=partition.new_id(ResourceKind.TRAFFIC_PACKAGE, graph.traffic_packages),
                order=partition.next_order(),
                created=partition.now,
                name=self.name,
                extras=self.extras,
                amount=self.amount,
                deadline=max(Term(months=self.months).after(partition.now) - SECOND, partition.now),
            )
            graph.add_traffic_package(package)
            made.append(package)
        return tuple(made)

    def check(self, partition: Partition) -> None:
        """Raise what keeps the packages from being created."""
        limit = partition.rules.quotas.traffic_packages
        if limit is not None and len(partition.graph.traffic_packages) + self.count > limit:
            raise errors.TrafficPackageQuotaExceeded(partition.rules.region, limit)


@attrs.frozen
class DeleteTrafficPackages:
    """Delete traffic packages that have expired: all of them, or none.

    Raises:
        TrafficPackageNotFound: there is none of an id.
        TrafficPackageActive: one can still be used.
    """

    package_ids: tuple[str, ...]

    def apply(self, partition: Partition) -> None:
        """Take the packages out."""
        for package in self.check(partition):
            partition.graph.remove_traffic_package(package)

    def check(self, partition: Partition) -> tuple[TrafficPackage, ...]:
        """Return the packages, each once, or raise what keeps one of them."""
        ids = dict.fromkeys(self.package_ids)
        found = tuple(lookup.traffic_package(partition.graph, package_id) for package_id in ids)
        for package in found:
            if not package.has_expired(partition.now):
                raise errors.TrafficPackageActive(package.id)
        return found
