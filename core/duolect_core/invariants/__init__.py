"""Everything that must always be true of a partition, as one function.

``check`` compares the partition with itself: what the pools say with what the interfaces hold, what the
indexes say with what a scan finds, both ends of every relation. The property tests call it after every
step, and ``archive`` before it gives a restored partition away; it is slow on purpose. It trusts nothing: a
broken partition gives sentences, never a ``KeyError``.
"""

from duolect_core.engine.partition import Partition
from duolect_core.invariants import (
    disks,
    fleets,
    gateways,
    groups,
    indexes,
    interfaces,
    lists,
    nat_gateways,
    network_acls,
    networks,
    quotas,
    routes,
    subscriptions,
    time,
    virtual_addresses,
)


def check(partition: Partition) -> list[str]:
    """Return a sentence for each violated invariant: an empty list for a sound partition."""
    return [
        sentence
        for part in (
            networks,
            routes,
            network_acls,
            gateways,
            interfaces,
            virtual_addresses,
            disks,
            fleets,
            groups,
            lists,
            nat_gateways,
            quotas,
            subscriptions,
            indexes,
            time,
        )
        for sentence in part.check(partition)
    ]
