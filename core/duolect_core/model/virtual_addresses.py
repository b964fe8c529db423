"""What of a subnet is kept from interfaces: virtual addresses, and blocks that are reserved for prefixes.

A virtual address passes from one instance to another.
"""

from ipaddress import IPv4Network

import attrs

from duolect_core.addressing.free_pools import FreePool
from duolect_core.addressing.pools import IPV4_PREFIX_BITS, IPV6_PREFIX_BITS, Ip, bounds
from duolect_core.model.lifecycles import ServiceState, VirtualAddressState
from duolect_core.model.resources import Resource
from duolect_core.model.security_rules import Block


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class VirtualAddress(Resource):
    """A virtual address: a private IPv4 address of a subnet that belongs to no interface.

    ``carrier_ids`` are the instances and interfaces that may carry it, in the order in which they came;
    which of them answers for it is decided in the guests, of which there are none here. ``interface_id`` is
    the interface that it was put on when it was created.
    """

    network_id: str
    subnet_id: str
    ip: Ip
    state: VirtualAddressState
    carrier_ids: tuple[str, ...] = ()
    changing_ids: tuple[str, ...] = ()
    """Those of them that are coming while it is ASSOCIATING, or going while it is DISASSOCIATING."""
    interface_id: str = ""
    pending: int | None = None
    """The timeline's number of the transition this address waits for, if any."""


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class CidrReservation(Resource):
    """A ``block`` of a subnet, of IPv4 or IPv6, from which only prefixes are given to interfaces.

    In the subnet's pool all its prefixes are taken: by an interface, or else by the reservation. ``free``
    numbers them from the first one and tells which interfaces can get.
    """

    subnet_id: str
    block: Block
    free: FreePool
    state: ServiceState = ServiceState.AVAILABLE
    pending: int | None = None
    """The timeline's number of the transition this reservation waits for, if any."""

    @property
    def prefixes(self) -> range:
        """The first addresses of the prefixes in it."""
        first, last = bounds(self.block)
        return prefixes_of(first, last, is_ipv4=isinstance(self.block, IPv4Network))

    def __contains__(self, ip: int) -> bool:
        """Say whether an address, of IPv4 or IPv6, is in its block."""
        first, last = bounds(self.block)
        return first <= ip <= last

    def can_give(self, ip: int) -> bool:
        """Say whether the prefix that begins at ``ip`` is one that it has, and that no interface holds."""
        prefixes = self.prefixes
        return ip in prefixes and self.free.is_free(prefixes.index(ip))


def prefixes_of(first: int, last: int, *, is_ipv4: bool) -> range:
    """Return where the prefixes begin of which a block consists."""
    return range(first, last + 1, 1 << (IPV4_PREFIX_BITS if is_ipv4 else IPV6_PREFIX_BITS))
