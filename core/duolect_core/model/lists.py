"""Lists of addresses and of services that rules and routes name, and groups of such lists.

A list of addresses is what a rule of a security group lets in or out, a list for routes where a route
leads, and a list of services what of a protocol a rule is about. A group of lists stands for all of them.
"""

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, summarize_address_range
from typing import Any

import attrs

from duolect_core.by_fields import Value
from duolect_core.model.lifecycles import ServiceState
from duolect_core.model.resources import Instant, Resource
from duolect_core.model.security_rules import Block, Ports, Protocol


@attrs.frozen(eq=False, repr=False)
class AddressSpan(Value):
    """Addresses of one version of IP from the ``first`` to the ``last`` one."""

    version: int
    first: int
    last: int

    @classmethod
    def of(cls, block: Block) -> "AddressSpan":
        """Return the addresses of a block."""
        return cls(block.version, int(block.network_address), int(block.broadcast_address))

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The fewest blocks that have just these addresses: one, where that is possible."""
        kind: Any = IPv4Address if self.version == 4 else IPv6Address  # noqa: PLR2004 - of IPv4
        return tuple(summarize_address_range(kind(self.first), kind(self.last)))


@attrs.frozen(eq=False, repr=False)
class Service(Value):
    """Ports of a protocol; where the lists of a cloud do not name protocols it is None."""

    protocol: Protocol | None
    ports: Ports = ()


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ListEntry(Value):
    """One entry of a list; to change one is to put another in its place.

    Its ``content`` is what the list is of; in a group of lists it is the id of one. ``written`` is how the
    cloud shows it. ``modified`` is when it got there, or was changed last.
    """

    content: AddressSpan | Service | str
    written: str
    description: str = ""
    modified: Instant = 0


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class ValueList(Resource):
    """What all lists have: entries of which no two have the same content, in their order.

    ``version`` is that of IP which all its addresses are of, 0 where it may be any, or none.
    ``capacity`` is how many entries it may have, and counts as in the quotas of what names it; 0 where
    nobody said. ``modified`` is when it was changed last, or created.
    """

    version: int = 0
    capacity: int = 0
    entries: tuple[ListEntry, ...] = ()
    modified: Instant = 0
    state: ServiceState = ServiceState.AVAILABLE
    pending: int | None = None

    @property
    def member_ids(self) -> tuple[str, ...]:
        """The lists that are in it, where it is a group of them."""
        return tuple(each.content for each in self.entries if isinstance(each.content, str))

    def blocks(self) -> Iterator[IPv4Network | IPv6Network]:
        """Iterate over the blocks of its addresses, in the order of its entries."""
        for each in self.entries:
            if isinstance(each.content, AddressSpan):
                yield from each.content.blocks


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class AddressList(ValueList):
    """Addresses that rules of security groups name."""


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class RouteList(ValueList):
    """Blocks of addresses that routes lead to, and that rules of security groups may name too."""


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class ServiceList(ValueList):
    """Ports, perhaps with their protocols, that rules of security groups name."""


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class AddressListGroup(ValueList):
    """A group of lists of addresses."""


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class ServiceListGroup(ValueList):
    """A group of lists of services."""
