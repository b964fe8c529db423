"""The next hops of routes: whether they are there, in the network of the route's table."""

from collections.abc import Collection

from duolect_core import errors
from duolect_core.addressing.pools import parse_ipv4
from duolect_core.graph.graph import Graph
from duolect_core.model.routes import HopKind, NextHop


def check(graph: Graph, table_id: str, hop: NextHop) -> None:
    """Raise what keeps a route of a table from leading to a next hop.

    Raises:
        NextHopNotFound: there is no such instance, interface or address.
        NextHopNetworkMismatch: it is in another network than the route table.
    """
    if hop.kind is HopKind.ELSEWHERE:
        return
    network_id = graph.route_tables[table_id].network_id
    networks = _networks_of(graph, hop)
    if not networks:
        raise errors.NextHopNotFound(hop.id)
    if network_id not in networks:
        raise errors.NextHopNetworkMismatch(hop.id, next(iter(networks)), table_id, network_id)


def _networks_of(graph: Graph, hop: NextHop) -> Collection[str]:
    """Return the networks that a next hop is in: an address may be in several."""
    if hop.kind is HopKind.INSTANCE:
        instance = graph.instances.get(hop.id)
        return () if instance is None else (instance.network_id,)
    if hop.kind is HopKind.INTERFACE:
        interface = graph.interfaces.get(hop.id)
        return () if interface is None else (interface.network_id,)
    ip = parse_ipv4(hop.id)
    holders = () if ip is None else graph.interfaces_by_ip.ids(ip)
    return tuple(graph.interfaces[holder].network_id for holder in holders)
