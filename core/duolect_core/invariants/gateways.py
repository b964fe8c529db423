"""IPv4 and IPv6 gateways with their routes, sets of DHCP options with their networks, and flow logs."""

from collections.abc import Iterator

from duolect_core.engine.partition import Partition
from duolect_core.graph.graph import Graph
from duolect_core.model.gateways import Gateway, Ipv4Gateway
from duolect_core.model.lifecycles import PublicAddressState, ServiceState
from duolect_core.model.routes import HopKind
from duolect_core.relations import ipv6

_ASSOCIATED = frozenset(
    {PublicAddressState.ASSOCIATING, PublicAddressState.IN_USE, PublicAddressState.DISASSOCIATING}
)


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
    yield from _check_ipv6(partition)
    yield from _check_public_ipv6(graph)
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


def _check_ipv6(partition: Partition) -> Iterator[str]:
    """Check what is said of IPv6 addresses, their bandwidth and their egress rules."""
    graph, rules = partition.graph, partition.rules
    for address in graph.ipv6_addresses.values():
        if address.id != ipv6.id_of(rules, address.ip) or ipv6.ip_of(rules, address.id) != address.ip:
            yield f"{address.id}: its id is not that of its address"
        interface = ipv6.interface_with(graph, address.ip)
        if (interface is None) is not address.free:
            yield f"{address.id}: is an interface's and free, or neither"
        if interface is not None and interface.subnet_id != address.subnet_id:
            yield f"{address.id}: is in another subnet than its interface"
        if not address.free and address.state is not ServiceState.AVAILABLE:
            yield f"{address.id}: {address.state}, and not free"
    yield from _check_bandwidths(partition)
    for rule in graph.egress_rules.values():
        gateway = graph.ipv6_gateways.get(rule.gateway_id)
        its = graph.ipv6_bandwidths.get(graph.ipv6_bandwidth_by_ip.get(rule.ip, ""))
        if gateway is None or its is None or its.network_id != gateway.network_id:
            yield f"{rule.id}: of a gateway, or for an address, that is not there"
    for of_ip, found in (
        (graph.ipv6_bandwidth_by_ip, [(each.ip, each.id) for each in graph.ipv6_bandwidths.values()]),
        (graph.egress_rule_by_ip, [(each.ip, each.id) for each in graph.egress_rules.values()]),
    ):
        if sorted(of_ip.items()) != sorted(found):
            yield "what IPv6 addresses have is not what a scan finds, or one has two of a kind"


def _check_public_ipv6(graph: Graph) -> Iterator[str]:
    """Check elastic public IPv6 addresses and the private ones that they are associated with."""
    elastic = graph.public_ipv6_addresses.values()
    bound = [(each, each.association) for each in elastic if each.association is not None]
    for address, association in bound:
        interface = graph.interfaces.get(association.interface_id)
        if interface is None or association.ip not in interface.ipv6_ips:
            yield f"{address.id}: associated with an address that is not there"
        if association.ip in graph.ipv6_bandwidth_by_ip:
            yield f"{address.id}: associated with an address that has Internet bandwidth of its own"
    for address in elastic:
        if (address.state in _ASSOCIATED) is not (address.association is not None):
            yield f"{address.id}: {address.state}, and associated or not"
        if address.package_id is not None and address.package_id not in graph.bandwidth_packages:
            yield f"{address.id}: in a bandwidth package that is not there"
    for kept, found in (
        (graph.public_ipv6_by_ip, [(each.ip, each.id) for each in elastic]),
        (graph.public_ipv6_by_private, [(association.ip, each.id) for each, association in bound]),
    ):
        if sorted(kept.items()) != sorted(found):
            yield "public IPv6 addresses are not what a scan finds, or one is there twice"


def _check_bandwidths(partition: Partition) -> Iterator[str]:
    graph, rules = partition.graph, partition.rules
    for bandwidth in graph.ipv6_bandwidths.values():
        interface = ipv6.interface_with(graph, bandwidth.ip)
        free = graph.ipv6_addresses.get(ipv6.id_of(rules, bandwidth.ip))
        holder = free if interface is None else interface
        subnet = None if holder is None else graph.subnets.get(holder.subnet_id)
        if subnet is None or subnet.network_id != bandwidth.network_id:
            yield f"{bandwidth.id}: of an address that is not there, or in another network"
        if rules.ipv6_gateway_label and bandwidth.network_id not in graph.ipv6_gateway_by_network:
            yield f"{bandwidth.id}: of a network without IPv6 gateway"
        if bandwidth.package_id is not None and bandwidth.package_id not in graph.bandwidth_packages:
            yield f"{bandwidth.id}: in a bandwidth package that is not there"


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
