"""Route tables, routes, where they lead, and the policies by which tables take them."""

from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network

import attrs

from duolect_core.by_fields import Value
from duolect_core.model.lifecycles import RouteState, ServiceState, Word
from duolect_core.model.resources import Instant, Resource


class HopKind(Word):
    """What the next hop of a route is, as far as the core tells them apart.

    An INSTANCE, an INTERFACE, a VIRTUAL_ADDRESS, a ROUTE_TARGET_GROUP and the gateways that have words of
    their own are named by their ids, an ADDRESS is a private IPv4 address of an interface, or a virtual
    one. Whatever else there is, other gateways and peerings, is ELSEWHERE, not in the core.
    """

    INSTANCE = "instance"
    INTERFACE = "interface"
    ADDRESS = "address"
    VIRTUAL_ADDRESS = "virtual-address"
    NAT_GATEWAY = "nat-gateway"
    IPV4_GATEWAY = "ipv4-gateway"
    IPV6_GATEWAY = "ipv6-gateway"
    ROUTE_TARGET_GROUP = "route-target-group"
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
    that were created are ``Route``s. One that is ``for_gateways`` says instead where the packets go that
    come in by a gateway that is associated with it; no subnet uses it, and no route is created in it.
    """

    network_id: str
    for_gateways: bool = False
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
    last, or created. ``published_to`` is whom it is made known to beyond its network.
    """

    table_id: str
    modified: Instant
    block: Destination
    hops: tuple[NextHop, ...]
    enabled: bool = True
    published_to: tuple[NextHop, ...] = ()
    state: RouteState = RouteState.AVAILABLE


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class RouteTargetGroup(Resource):
    """Next hops of which one takes the packets while the others stand by for it.

    ``members`` come in the order in which they were named; the one of the greatest weight takes the
    packets, and while the group is ``switched`` the other one. A group that is ``switching`` is about to
    change that.
    """

    network_id: str
    members: tuple[NextHop, ...]
    switched: bool = False
    switching: bool = False
    state: ServiceState = ServiceState.AVAILABLE
    pending: int | None = None
    """The timeline's number of the transition this group waits for, if any."""

    def active(self) -> NextHop:
        """Return the member that takes the packets."""
        choose = min if self.switched else max
        return choose(self.members, key=lambda member: member.weight)


class RouteVerdict(Word):
    """What becomes of a route that an entry of a policy matches."""

    ACCEPT = "accept"
    DISABLE = "disable"
    DROP = "drop"


@attrs.frozen(kw_only=True, eq=False, repr=False)
class PolicyEntry(Value):
    """An entry of a route policy: which routes it matches, and what becomes of them.

    It matches routes that lead into ``block``, by a next hop of this label and of this id, where they are
    not empty, and of the cloud's ``route_type``, unless that is empty. Of several entries the one of the
    smallest ``priority`` counts.
    """

    id: str
    created: Instant
    block: IPv4Network | IPv6Network
    verdict: RouteVerdict
    priority: int
    route_type: str = ""
    hop_label: str = ""
    hop_id: str = ""
    description: str = ""


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class RoutePolicy(Resource):
    """A policy that says which routes have effect in the tables that it is associated with.

    ``priorities`` holds for each of these tables which of its policies comes first: the smallest one.
    """

    entries: tuple[PolicyEntry, ...] = ()
    priorities: Mapping[str, int] = attrs.field(factory=dict)
