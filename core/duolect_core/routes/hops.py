"""The next hops of routes: whether they are there, in the network of the route's table."""

from collections.abc import Collection, Mapping
from typing import Final

from duolect_core import errors
from duolect_core.addressing.pools import parse_ipv4
from duolect_core.engine.partition import Partition
from duolect_core.graph.graph import Graph
from duolect_core.model.lifecycles import InstanceState, ServiceState
from duolect_core.model.nat_gateways import NatGateway
from duolect_core.model.routes import HopKind, NextHop, RouteTargetGroup
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import named_gateways

_PASSING: Final = frozenset({InstanceState.PENDING, InstanceState.DELETING})
"""In these states an instance may be gone without anybody being asked once more."""
_NOT_LED_TO: Final = {
    HopKind.NAT_GATEWAY: frozenset({ServiceState.DELETING}),
    HopKind.ROUTE_TARGET_GROUP: frozenset({ServiceState.PENDING, ServiceState.DELETING}),
}
"""In these states no route leads to a NAT gateway, or a group of route targets."""
_GATEWAYS: Final = {
    HopKind.IPV4_GATEWAY: ResourceKind.IPV4_GATEWAY,
    HopKind.IPV6_GATEWAY: ResourceKind.IPV6_GATEWAY,
}


def check(partition: Partition, table_id: str, hop: NextHop) -> None:
    """Raise what keeps a route of a table from leading to a next hop.

    Raises:
        NextHopNotFound: there is no such instance, interface, address, NAT gateway or group of route
            targets, or it is one that routes would hold, and that is about to go, or an instance or a group
            that is not there yet.
        NextHopNetworkMismatch: it is in another network than the route table.
        Ipv4GatewayNotFound, Ipv6GatewayNotFound, Ipv4GatewayBusy, Ipv6GatewayBusy, GatewayTableMismatch:
            likewise of a gateway that is no NAT gateway.
    """
    if hop.kind is HopKind.ELSEWHERE:
        return
    graph = partition.graph
    if hop.kind in _GATEWAYS:
        gateway = named_gateways.ready_gateway(graph, _GATEWAYS[hop.kind], hop.id)
        network_id = graph.route_tables[table_id].network_id
        if gateway.network_id != network_id:
            raise errors.GatewayTableMismatch(hop.id, gateway.network_id, table_id, network_id)
        return
    network_id = graph.route_tables[table_id].network_id
    networks = _networks_of(graph, hop)
    if hop.kind is HopKind.INSTANCE and partition.rules.routes_hold and networks:
        networks = () if graph.instances[hop.id].state in _PASSING else networks
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
    if hop.kind is HopKind.VIRTUAL_ADDRESS:
        address = graph.virtual_addresses.get(hop.id)
        return () if address is None else (address.network_id,)
    if hop.kind in _NOT_LED_TO:
        services: Mapping[str, NatGateway | RouteTargetGroup] = graph.nat_gateways
        if hop.kind is HopKind.ROUTE_TARGET_GROUP:
            services = graph.route_target_groups
        service = services.get(hop.id)
        return () if service is None or service.state in _NOT_LED_TO[hop.kind] else (service.network_id,)
    ip = parse_ipv4(hop.id)
    if ip is None:
        return ()
    return (
        *(graph.interfaces[holder].network_id for holder in graph.interfaces_by_ip.ids(ip)),
        *(graph.virtual_addresses[each].network_id for each in graph.virtual_addresses_by_ip.ids(ip)),
    )
