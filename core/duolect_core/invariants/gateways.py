"""IPv4 and IPv6 gateways with their routes, sets of DHCP options with their networks, and flow logs."""

from collections.abc import Iterator

from duolect_core.engine.partition import Partition
from duolect_core.graph.graph import Graph
from duolect_core.model.gateways import Gateway, Ipv4Gateway
from duolect_core.model.lifecycles import ServiceState
from duolect_core.model.routes import HopKind


def check(partition: Partition) -> Iterator[str]:
    """Yield a sentence for each violated invariant."""
    graph = partition.graph
    gateways: list[Gateway] = [*graph.ipv4_gateways.values(), *graph.ipv6_gateways.values()]
    for gateway in gateways:
        yield from _check_gateway(graph, gateway)
    associated = [(each.route_table_id, each.id) for each in gateways if each.route_table_id]
    if sorted(associated) != sorted(graph.gateway_by_route_table.items()):
        yield "the gateways of route tables are not what a scan finds, or one has two"
    for of_network, found in (
        (graph.ipv4_gateway_by_network, graph.ipv4_gateways),
        (graph.ipv6_gateway_by_network, graph.ipv6_gateways),
    ):
        if sorted(of_network.items()) != sorted((each.network_id, each.id) for each in found.values()):
            yield "the gateways of networks are not what a scan finds, or one has two of a kind"
    yield from _check_routes(graph)
    yield from _check_dhcp_options(graph)
    for log in graph.flow_logs.values():
        if log.watched_id not in graph.table(log.kind):
            yield f"{log.id}: watches {log.watched_id}, which is not there"


def _check_gateway(graph: Graph, gateway: Gateway) -> Iterator[str]:
    network = graph.networks.get(gateway.network_id)
    if network is None:
        yield f"{gateway.id}: of a network that is not there"
    elif not isinstance(gateway, Ipv4Gateway) and network.ipv6_block is None:
        yield f"{gateway.id}: of a network without IPv6"
    table = graph.route_tables.get(gateway.route_table_id)
    if gateway.route_table_id and (
        table is None or not table.for_gateways or table.network_id != gateway.network_id
    ):
        yield f"{gateway.id}: its route table is not one for gateways of its network"
    if isinstance(gateway, Ipv4Gateway):
        if gateway.enabling and (gateway.enabled or gateway.state is not ServiceState.MODIFYING):
            yield f"{gateway.id}: {gateway.state} while it is being enabled"
        if gateway.route_table_id and not gateway.enabled:
            yield f"{gateway.id}: has a route table before it is enabled"


def _check_routes(graph: Graph) -> Iterator[str]:
    for route in graph.routes.values():
        for hop in route.hops:
            if hop.kind in {HopKind.IPV4_GATEWAY, HopKind.IPV6_GATEWAY} and (
                hop.id not in graph.ipv4_gateways and hop.id not in graph.ipv6_gateways
            ):
                yield f"{route.id}: leads to a gateway that is not there"
    for subnet in graph.subnets.values():
        table = graph.route_tables.get(subnet.route_table_id)
        if table is not None and table.for_gateways:
            yield f"{subnet.id}: uses a route table for gateways"


def _check_dhcp_options(graph: Graph) -> Iterator[str]:
    sets = graph.dhcp_options_sets.values()
    attached = [(network_id, each.id) for each in sets for network_id in each.network_ids]
    if sorted(attached) != sorted(graph.dhcp_options_by_network.items()):
        yield "the DHCP options of networks are not what a scan finds, or one has two sets"
    for options in sets:
        for network_id in options.network_ids:
            if network_id not in graph.networks:
                yield f"{options.id}: attached to {network_id}, which is not there"
        if options.moving_id and (
            options.moving_id not in options.network_ids or options.state is not ServiceState.MODIFYING
        ):
            yield f"{options.id}: {options.state}, and {options.moving_id} is on its way"
        if options.leaving and not options.moving_id:
            yield f"{options.id}: no network leaves it"
