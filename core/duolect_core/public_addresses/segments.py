"""Segments: public addresses that follow each other, which are allocated and released together."""

from collections.abc import Mapping
from ipaddress import IPv4Network
from typing import Any

import attrs

from duolect_core import errors
from duolect_core.addressing.pools import IPV4_WIDTH, AddressPool
from duolect_core.engine.partition import Partition
from duolect_core.model.lifecycles import (
    PUBLIC_ADDRESS_LIFECYCLE,
    SERVICE_LIFECYCLE,
    PublicAddressState,
    ServiceState,
    Trigger,
)
from duolect_core.model.public_addresses import AddressSegment, PublicAddress
from duolect_core.model.resources import OperationKind
from duolect_core.model.rules import ResourceKind
from duolect_core.public_addresses.lifecycle import AllocatePublicAddresses, in_state_for
from duolect_core.relations import lookup, waiting


@attrs.frozen(kw_only=True)
class AllocateSegment:
    """Allocate a segment with all public addresses of the lowest free block of a ``length``.

    Its addresses get ``address_extras``, and are AVAILABLE at once.

    Raises:
        PublicAddressQuotaExceeded: there would be too many addresses.
        PublicAddressesExhausted: no such block is free.
    """

    length: int
    extras: Mapping[str, Any] = attrs.field(factory=dict)
    address_extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> AddressSegment:
        """Return the new segment, PENDING where the cloud takes its time over it."""
        first = self.check(partition)
        graph, rules = partition.graph, partition.rules
        segment = AddressSegment(
            id=partition.new_id(ResourceKind.ADDRESS_SEGMENT, graph.address_segments),
            order=partition.next_order(),
            created=partition.now,
            extras=self.extras,
            block=IPv4Network((first, self.length)),
        )
        graph.add_address_segment(segment)
        allocate = AllocatePublicAddresses(
            ips=tuple(range(first, first + segment.block.num_addresses)), extras=self.address_extras
        )
        allocate.add(partition, PublicAddressState.AVAILABLE, segment.id)
        if rules.provision_is_asynchronous:
            segment.state = ServiceState.PENDING
            duration = rules.durations.change_public_address
            waiting.begin(partition, OperationKind.ALLOCATE_SEGMENT, Trigger.PROVISIONED, duration, segment)
        return segment

    def check(self, partition: Partition) -> int:
        """Return the first address of the segment, or raise what keeps it from being allocated."""
        graph, limit = partition.graph, partition.rules.quotas.public_addresses
        count = 1 << (IPV4_WIDTH - self.length)
        if limit is not None and len(graph.public_addresses) + count > limit:
            raise errors.PublicAddressQuotaExceeded(partition.rules.region, limit)
        first = _lowest_free(graph.public_pool, count)
        if first is None:
            raise errors.PublicAddressesExhausted(count, graph.public_pool.free)
        return first


def _lowest_free(pool: AddressPool, count: int) -> int | None:
    """Return the first address of the lowest free block of so many addresses, if there is one."""
    step = 1 << pool.block_bits
    is_free = pool.is_prefix_free if count >= step else pool.is_free
    for first in range(-(-pool.first // count) * count, pool.last + 2 - count, count):
        if all(map(is_free, range(first, first + count, step if count >= step else 1))):
            return first
    return None


@attrs.frozen
class ReleaseSegment:
    """Release a segment with its public addresses, those that were not released before.

    Raises:
        SegmentNotFound, SegmentBusy: there is none to release.
        PublicAddressWrongState, PublicAddressBusy: one of its addresses is associated, or on its way.
        PublicAddressInPackage: one of them is in a bandwidth package.
    """

    segment_id: str

    def apply(self, partition: Partition) -> AddressSegment:
        """Return the segment, DELETING where the cloud takes its time over it, else GONE."""
        segment, addresses = self.check(partition)
        for address in addresses:
            address.state = PUBLIC_ADDRESS_LIFECYCLE[address.state, Trigger.DELETE]
            address.modified = partition.now
        segment.state = SERVICE_LIFECYCLE[segment.state, Trigger.DELETE]
        kind, duration = OperationKind.RELEASE_SEGMENT, partition.rules.durations.change_public_address
        waiting.begin(partition, kind, Trigger.DELETED, duration, *addresses, segment)
        return segment

    def check(self, partition: Partition) -> tuple[AddressSegment, list[PublicAddress]]:
        """Return the segment and its addresses, or raise what keeps them."""
        graph = partition.graph
        segment = lookup.ready_address_segment(graph, self.segment_id)
        ids = graph.public_addresses_by_segment.ids(segment.id)
        addresses = [in_state_for(Trigger.DELETE, graph.public_addresses[each]) for each in ids]
        for address in addresses:
            if address.package_id is not None:
                raise errors.PublicAddressInPackage(address.id, address.package_id)
        return segment, addresses
