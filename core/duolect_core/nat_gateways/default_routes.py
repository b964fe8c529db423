"""The way of all packets that have no other one, which a new NAT gateway may bring.

It is apart from the commands, which a start need not load.
"""

from ipaddress import IPv4Network
from typing import Final

from duolect_core.graph.graph import Graph

EVERYWHERE: Final = IPv4Network("0.0.0.0/0")
"""Where the route leads that is made for a NAT gateway."""


def leads_everywhere(graph: Graph, table_id: str) -> bool:
    """Say whether a route table has a route to everywhere."""
    return any(True for _ in graph.routes_with(table_id, EVERYWHERE))
