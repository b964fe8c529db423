"""Blocks of subnets that are kept for delegated prefixes."""

from ipaddress import IPv4Network

import attrs

from duolect_core.addressing.free_pools import FreePool
from duolect_core.addressing.pools import IPV4_PREFIX_BITS, IPV6_PREFIX_BITS, bounds
from duolect_core.model.lifecycles import ServiceState
from duolect_core.model.resources import Resource
from duolect_core.model.security_rules import Block


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
