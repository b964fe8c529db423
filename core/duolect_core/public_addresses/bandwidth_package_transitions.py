"""What becomes of bandwidth packages when an operation on them ends."""

from types import MappingProxyType
from typing import Final

from duolect_core.engine.partition import Partition, Transitions
from duolect_core.engine.timeline import Transition
from duolect_core.model.lifecycles import SERVICE_LIFECYCLE, ServiceState, ends_of
from duolect_core.model.rules import ResourceKind


def _move_package(partition: Partition, transition: Transition) -> None:
    package = partition.graph.bandwidth_packages[transition.resource_id]
    package.state = SERVICE_LIFECYCLE[(package.state, transition.trigger)]
    package.pending = None
    if package.state is ServiceState.GONE:
        partition.graph.remove_bandwidth_package(package)


TRANSITIONS: Final[Transitions] = MappingProxyType(
    {ResourceKind.BANDWIDTH_PACKAGE: dict.fromkeys(ends_of(SERVICE_LIFECYCLE), _move_package)}
)
"""The handler of bandwidth packages."""
