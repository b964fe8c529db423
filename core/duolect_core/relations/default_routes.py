"""The way of all packets that have no other one, which a new gateway may bring.

It is apart from the commands, which a start need not load.
"""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network
from typing import TYPE_CHECKING, Final

from duolect_core.model.lifecycles import RouteState
from duolect_core.model.routes import NextHop, Route
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import lists

if TYPE_CHECKING:
    from duolect_core.engine.partition import Partition
    from duolect_core.graph.graph import Graph

EVERYWHERE: Final = IPv4Network("0.0.0.0/0")
"""Where a route leads that is made for a gateway of IPv4."""
EVERYWHERE_IPV6: Final = IPv6Network("::/0")
"""Where a route leads that is made for a gateway of IPv6."""


def leads_to(graph: Graph, table_id: str, block: IPv4Network | IPv6Network) -> bool:
    """Say whether a route table has a route to just this block."""
    return any(True for _ in graph.routes_with(table_id, block))


def make_route(
    partition: Partition, table_id: str, block: IPv4Network | IPv6Network, hop: NextHop
) -> Route | None:
    """Make a route that is there at once, and return it; None where the table has one, or is full."""
    graph = partition.graph
    limit = partition.rules.quotas.routes_per_table
    full = limit is not None and lists.load_of_table(graph, table_id) >= limit
    if full or leads_to(graph, table_id, block):
        return None
    route = Route(
        id=partition.new_id(ResourceKind.ROUTE, graph.routes),
        order=partition.next_order(),
        created=partition.now,
        modified=partition.now,
        table_id=table_id,
        block=block,
        hops=(hop,),
        state=RouteState.AVAILABLE,
    )
    graph.add_route(route)
    return route
