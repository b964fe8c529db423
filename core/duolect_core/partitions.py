"""Making partitions: the engine together with what every subject says of its transitions."""

from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

from duolect_core.disks.transitions import ALARMS
from duolect_core.disks.transitions import TRANSITIONS as DISKS
from duolect_core.engine.partition import Entry, Partition, Recorder, Transitions
from duolect_core.images.transitions import TRANSITIONS as IMAGES
from duolect_core.instances.transitions import TRANSITIONS as INSTANCES
from duolect_core.interfaces.transitions import TRANSITIONS as INTERFACES
from duolect_core.model.rules import Rules
from duolect_core.nat_gateways.transitions import TRANSITIONS as NAT_GATEWAYS
from duolect_core.networks.transitions import TRANSITIONS as NETWORKS
from duolect_core.public_addresses.bandwidth_package_transitions import TRANSITIONS as BANDWIDTH_PACKAGES
from duolect_core.public_addresses.transitions import TRANSITIONS as PUBLIC_ADDRESSES
from duolect_core.routes.transitions import TRANSITIONS as ROUTES
from duolect_core.security_groups.transitions import TRANSITIONS as LISTS

TRANSITIONS: Final[Transitions] = MappingProxyType(
    {
        **INTERFACES,
        **INSTANCES,
        **PUBLIC_ADDRESSES,
        **NETWORKS,
        **ROUTES,
        **NAT_GATEWAYS,
        **BANDWIDTH_PACKAGES,
        **DISKS,
        **IMAGES,
        **LISTS,
    }
)
"""What happens to every kind of resource at the end of every operation on it.

The engine looks for a resource in this order: what changes most stands first.
"""


def new_partition(rules: Rules, seed: int, recorder: Recorder | None = None) -> Partition:
    """Return an empty partition; ``recorder`` is told of every command."""
    return Partition(rules, seed, TRANSITIONS, recorder, ALARMS)


def replay(rules: Rules, seed: int, entries: Iterable[Entry]) -> Partition:
    """Rebuild a partition from its recorded commands."""
    partition = new_partition(rules, seed)
    for entry in entries:
        partition.repeat(entry)
    return partition
