"""The next hops of routes: whether they are there, in the network of the route's table."""

from collections.abc import Collection
from typing import Final

from duolect_core import errors
from duolect_core.addressing.pools import parse_ipv4
from duolect_core.engine.partition import Partition
from duolect_core.graph.graph import Graph
from duolect_core.model.lifecycles import InstanceState, ServiceState
from duolect_core.model.routes import HopKind, NextHop
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import lookup

_PASSING: Final = frozenset({InstanceState.PENDING, InstanceState.DELETING})
"""In these states an instance may be gone without anybody being asked once more."""
_GATEWAYS: Final = {
    HopKind.IPV4_GATEWAY: ResourceKind.IPV4_GATEWAY,
    HopKind.IPV6_GATEWAY: ResourceKind.IPV6_GATEWAY,
}


def check(partition: Partition, table_id: str, hop: NextHop) -> None:
    """Raise what keeps a route of a table from leading to a next hop.

    Raises:
        NextHopNotFound: there is no such instance, interface, address or NAT gateway, or it is one that
            routes would hold, and that is about to go, or an instance that is not there yet.
        NextHopNetworkMismatch: it is in another network than the route table.
        Ipv4GatewayNotFound, Ipv6GatewayNotFound, Ipv4GatewayBusy, Ipv6GatewayBusy, GatewayTableMismatch:
            likewise of a gateway that is no NAT gateway.
    """
    if hop.kind is HopKind.ELSEWHERE:
        return
    graph = partition.graph
    if hop.kind in _GATEWAYS:
        gateway = lookup.ready_gateway(graph, _GATEWAYS[hop.kind], hop.id)
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
    if hop.kind is HopKind.NAT_GATEWAY:
        gateway = graph.nat_gateways.get(hop.id)
        going = gateway is None or gateway.state is ServiceState.DELETING
        return () if gateway is None or going else (gateway.network_id,)
    ip = parse_ipv4(hop.id)
    if ip is None:
        return ()
    return (
        *(graph.interfaces[holder].network_id for holder in graph.interfaces_by_ip.ids(ip)),
        *(graph.virtual_addresses[each].network_id for each in graph.virtual_addresses_by_ip.ids(ip)),
    )
