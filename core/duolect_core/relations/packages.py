"""Whether public addresses have room in a bandwidth package."""

from duolect_core import errors
from duolect_core.engine.partition import Partition


def check_room(partition: Partition, package_id: str, count: int) -> None:
    """Raise ``AddressesPerPackageExceeded`` where a package has no room for so many more addresses."""
    limit = partition.rules.quotas.addresses_per_package
    graph = partition.graph
    present = len(graph.public_addresses_by_package.ids(package_id))
    present += len(graph.public_ipv6_by_package.ids(package_id))
    present += len(graph.ipv6_bandwidths_by_package.ids(package_id))
    if limit is not None and present + count > limit:
        raise errors.AddressesPerPackageExceeded(package_id, limit)
