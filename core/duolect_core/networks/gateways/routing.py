"""The routes that come and go with gateways."""

from collections.abc import Iterable

from duolect_core.engine.partition import Partition
from duolect_core.graph.graph import Graph
from duolect_core.model.gateways import Gateway, Ipv4Gateway, Ipv6Gateway
from duolect_core.model.lifecycles import ROUTE_LIFECYCLE, SERVICE_LIFECYCLE, Trigger
from duolect_core.model.routes import HopKind, NextHop, Route
from duolect_core.relations import default_routes, lookup


def come_up(partition: Partition, gateway: Gateway) -> None:
    """Let the main route table of a network lead to everywhere of IPv6 through its new gateway."""
    if isinstance(gateway, Ipv6Gateway):
        table_id = partition.graph.networks[gateway.network_id].route_table_id
        hop = NextHop(kind=HopKind.IPV6_GATEWAY, id=gateway.id, label=partition.rules.ipv6_gateway_label)
        route = default_routes.make_route(partition, table_id, default_routes.EVERYWHERE_IPV6, hop)
        gateway.route_id = None if route is None else route.id


def enable(partition: Partition, gateway: Ipv4Gateway) -> None:
    """Let traffic take its way by a gateway: route tables that are still there get a route through it."""
    for table_id in gateway.routed_table_ids:
        if table_id in partition.graph.route_tables:
            label = partition.rules.ipv4_gateway_label
            hop = NextHop(kind=HopKind.IPV4_GATEWAY, id=gateway.id, label=label)
            default_routes.make_route(partition, table_id, default_routes.EVERYWHERE, hop)
    gateway.enabled, gateway.enabling, gateway.routed_table_ids = True, False, ()


def routes_through(graph: Graph, gateway: Gateway) -> tuple[Route, ...]:
    """Return the routes that lead to a gateway, or raise ``RouteBusy`` where one is under way."""
    return tuple(lookup.ready_route(graph, route_id) for route_id in graph.routes_by_hop.ids(gateway.id))


def let_go(graph: Graph, gateway: Gateway, routes: Iterable[Route]) -> None:
    """Let a gateway, and the routes that lead there, be DELETING."""
    for route in routes:
        graph.set_route_state(route, ROUTE_LIFECYCLE[route.state, Trigger.DELETE])
    gateway.state = SERVICE_LIFECYCLE[gateway.state, Trigger.DELETE]


def remove(partition: Partition, gateway: Gateway) -> None:
    """Take a gateway out, with the routes that lead there."""
    graph = partition.graph
    for route_id in tuple(graph.routes_by_hop.ids(gateway.id)):
        graph.remove_route(graph.routes[route_id])
    graph.remove_gateway(gateway)
