"""What becomes of elastic public addresses when an operation on them ends."""

from types import MappingProxyType
from typing import Final

from duolect_core.engine.partition import Partition, Transitions
from duolect_core.engine.timeline import Transition
from duolect_core.model.lifecycles import (
    PUBLIC_ADDRESS_LIFECYCLE,
    SERVICE_LIFECYCLE,
    PublicAddressState,
    ServiceState,
    Trigger,
    ends_of,
)
from duolect_core.model.rules import ResourceKind


def _move_public_address(partition: Partition, transition: Transition) -> None:
    address = partition.graph.public_addresses[transition.resource_id]
    address.state = PUBLIC_ADDRESS_LIFECYCLE[(address.state, transition.trigger)]
    address.pending = None
    address.modified = partition.now
    if address.state is PublicAddressState.AVAILABLE:
        partition.graph.associate(address, None)
        partition.graph.bind(address, None)
    elif transition.trigger is Trigger.DELETED:
        partition.graph.remove_public_address(address)


def _move_segment(partition: Partition, transition: Transition) -> None:
    segment = partition.graph.address_segments[transition.resource_id]
    segment.state = SERVICE_LIFECYCLE[(segment.state, transition.trigger)]
    segment.pending = None
    if segment.state is ServiceState.GONE:
        partition.graph.remove_address_segment(segment)


TRANSITIONS: Final[Transitions] = MappingProxyType(
    {
        ResourceKind.PUBLIC_ADDRESS: dict.fromkeys(ends_of(PUBLIC_ADDRESS_LIFECYCLE), _move_public_address),
        ResourceKind.ADDRESS_SEGMENT: dict.fromkeys(ends_of(SERVICE_LIFECYCLE), _move_segment),
    }
)
"""The handlers of public addresses and their segments."""
