"""Route tables, routes, and where they lead."""

from ipaddress import IPv4Network, IPv6Network

import attrs

from duolect_core.by_fields import Value
from duolect_core.model.lifecycles import RouteState, Word
from duolect_core.model.resources import Instant, Resource


class HopKind(Word):
    """What the next hop of a route is, as far as the core tells them apart.

    An INSTANCE, an INTERFACE, a VIRTUAL_ADDRESS and a NAT_GATEWAY are named by their ids, an ADDRESS is a
    private IPv4 address of an interface, or a virtual one. Whatever else there is, other gateways and
    peerings, is ELSEWHERE, not in the core.
    """

    INSTANCE = "instance"
    INTERFACE = "interface"
    ADDRESS = "address"
    VIRTUAL_ADDRESS = "virtual-address"
    NAT_GATEWAY = "nat-gateway"
    ELSEWHERE = "elsewhere"


@attrs.frozen(kw_only=True, eq=False, repr=False)
class NextHop(Value):
    """Where the packets of a route go next.

    ``id`` names it: an id, or the text of an address. ``label`` is the cloud's own word for what it is, and
    ``weight`` its share where a route has several; the core looks at neither.
    """

    kind: HopKind
    id: str
    label: str = ""
    weight: int = 0


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class RouteTable(Resource):
    """A route table of a network, which says where the packets of its subnets go.

    What every table holds, the routes between the network's own blocks, follows from those blocks; those
    that were created are ``Route``s.
    """

    network_id: str
    state: RouteState = RouteState.AVAILABLE


@attrs.frozen(eq=False, repr=False)
class ListedBlocks(Value):
    """The blocks of a list as what a route leads to: those that have effect in its table.

    They may be other ones than the list has by now, where those do not fit the other routes.
    """

    id: str
    version: int
    blocks: tuple[IPv4Network | IPv6Network, ...] = ()

    def __str__(self) -> str:
        """Name the list."""
        return self.id


Destination = IPv4Network | IPv6Network | ListedBlocks
"""What a route leads to."""


def blocks_of(destination: Destination) -> tuple[IPv4Network | IPv6Network, ...]:
    """Return the blocks of addresses that a route leads to: one, or those of a list."""
    return destination.blocks if isinstance(destination, ListedBlocks) else (destination,)


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class Route(Resource):
    """A route that was created: where the packets to a block of addresses, or to those of a list, go.

    A route that is not ``enabled`` stays in its table without effect. ``modified`` is when it was changed
    last, or created.
    """

    table_id: str
    modified: Instant
    block: Destination
    hops: tuple[NextHop, ...]
    enabled: bool = True
    state: RouteState = RouteState.AVAILABLE
