"""What becomes of bandwidth packages, and of the bandwidth of IPv6 addresses, when an operation ends."""

from types import MappingProxyType
from typing import Final

from duolect_core.engine.partition import Partition, Transitions
from duolect_core.engine.timeline import Transition
from duolect_core.model.lifecycles import SERVICE_LIFECYCLE, ServiceState, ends_of
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import ipv6


def _move_package(partition: Partition, transition: Transition) -> None:
    package = partition.graph.bandwidth_packages[transition.resource_id]
    package.state = SERVICE_LIFECYCLE[(package.state, transition.trigger)]
    package.pending = None
    if package.state is ServiceState.GONE:
        partition.graph.remove_bandwidth_package(package)


def _move_ipv6_bandwidth(partition: Partition, transition: Transition) -> None:
    bandwidth = partition.graph.ipv6_bandwidths[transition.resource_id]
    bandwidth.state = SERVICE_LIFECYCLE[(bandwidth.state, transition.trigger)]
    bandwidth.pending = None
    if bandwidth.state is ServiceState.GONE:
        ipv6.remove_bandwidth(partition, bandwidth)


TRANSITIONS: Final[Transitions] = MappingProxyType(
    {
        ResourceKind.BANDWIDTH_PACKAGE: dict.fromkeys(ends_of(SERVICE_LIFECYCLE), _move_package),
        ResourceKind.IPV6_BANDWIDTH: dict.fromkeys(ends_of(SERVICE_LIFECYCLE), _move_ipv6_bandwidth),
    }
)
"""The handlers of bandwidth packages, and of the Internet bandwidth of IPv6 addresses."""
