"""NAT gateways with their rules and public addresses, and bandwidth packages."""

from collections.abc import Iterator

from duolect_core.engine.partition import Partition
from duolect_core.graph.graph import Graph
from duolect_core.model.lifecycles import PublicAddressState, ServiceState
from duolect_core.model.nat_gateways import DnatRule, NatProtocol, SnatRule
from duolect_core.model.routes import HopKind

_BOUND = frozenset({PublicAddressState.IN_USE, PublicAddressState.DISASSOCIATING})


def check(partition: Partition) -> Iterator[str]:
    """Yield a sentence for each violated invariant."""
    graph = partition.graph
    yield from _check_gateways(graph)
    yield from _check_rules(graph)
    yield from _check_addresses(graph)
    if partition.rules.routes_hold:
        for route in graph.routes.values():
            for hop in route.hops:
                if hop.kind is HopKind.NAT_GATEWAY and hop.id not in graph.nat_gateways:
                    yield f"{route.id}: leads to a NAT gateway that is not there"


def _check_gateways(graph: Graph) -> Iterator[str]:
    for gateway in graph.nat_gateways.values():
        if gateway.network_id not in graph.networks:
            yield f"{gateway.id}: in a network that is not there"
        if gateway.interface_id is None:
            continue
        interface = graph.interfaces.get(gateway.interface_id)
        if interface is None or not interface.managed:
            yield f"{gateway.id}: has no managed interface"
        elif (interface.network_id, interface.zone) != (gateway.network_id, gateway.zone):
            yield f"{gateway.id}: its interface is not in its network and zone"


def _check_rules(graph: Graph) -> Iterator[str]:
    sources: set[tuple[str, str]] = set()
    for snat in graph.snat_rules.values():
        yield from _check_rule(graph, snat, snat.public_ips)
        source = (snat.gateway_id, str(snat.source))
        if source in sources:
            yield f"{snat.id}: another SNAT rule serves the same block"
        sources.add(source)
        if not snat.public_ips:
            yield f"{snat.id}: without a public address"
    for dnat in graph.dnat_rules.values():
        yield from _check_rule(graph, dnat, (dnat.public_ip,))
        if (dnat.protocol is NatProtocol.ANY) is not (dnat.public_ports is None):
            yield f"{dnat.id}: {dnat.protocol} with the ports {dnat.public_ports}"
        if (dnat.public_ports is None) is not (dnat.private_ports is None):
            yield f"{dnat.id}: ports on one side only"


def _check_rule(graph: Graph, rule: SnatRule | DnatRule, public_ips: tuple[int, ...]) -> Iterator[str]:
    if rule.gateway_id not in graph.nat_gateways:
        yield f"{rule.id}: of a NAT gateway that is not there"
    for ip in public_ips:
        address = graph.public_addresses.get(graph.public_pool.holders.get(ip, ""))
        if address is None or address.gateway_id != rule.gateway_id or address.state not in _BOUND:
            yield f"{rule.id}: uses a public address that its gateway does not have"


def _check_addresses(graph: Graph) -> Iterator[str]:
    for address in graph.public_addresses.values():
        if address.gateway_id is not None and address.gateway_id not in graph.nat_gateways:
            yield f"{address.id}: bound to a NAT gateway that is not there"
        if address.package_id is not None:
            package = graph.bandwidth_packages.get(address.package_id)
            if package is None or package.state is ServiceState.DELETING:
                yield f"{address.id}: in a bandwidth package that is not there"
