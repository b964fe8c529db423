"""Finding gateways, and what belongs to them, by their ids, or raising that they do not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duolect_core import errors
from duolect_core.model.lifecycles import (
    ServiceState,
)
from duolect_core.model.rules import ResourceKind
from duolect_core.relations.existing import named

if TYPE_CHECKING:
    from duolect_core.graph.graph import Graph
    from duolect_core.model.gateways import EgressRule, Gateway, Ipv4Gateway, Ipv6Address, Ipv6Gateway
    from duolect_core.model.nat_gateways import DnatRule, NatGateway, SnatRule
    from duolect_core.model.public_addresses import (
        Ipv6Bandwidth,
        PublicIpv6Address,
    )


def ipv4_gateway(graph: Graph, gateway_id: str) -> Ipv4Gateway:
    """Return the IPv4 gateway, or raise ``Ipv4GatewayNotFound``."""
    return named(graph.ipv4_gateways, gateway_id, errors.Ipv4GatewayNotFound)


def ipv6_gateway(graph: Graph, gateway_id: str) -> Ipv6Gateway:
    """Return the IPv6 gateway, or raise ``Ipv6GatewayNotFound``."""
    return named(graph.ipv6_gateways, gateway_id, errors.Ipv6GatewayNotFound)


def gateway(graph: Graph, kind: ResourceKind, gateway_id: str) -> Gateway:
    """Return the gateway of this kind, or raise ``Ipv4GatewayNotFound`` or ``Ipv6GatewayNotFound``."""
    find = ipv4_gateway if kind is ResourceKind.IPV4_GATEWAY else ipv6_gateway
    return find(graph, gateway_id)


def ready_gateway(graph: Graph, kind: ResourceKind, gateway_id: str) -> Gateway:
    """Return the gateway of this kind, or raise that there is none.

    Raises:
        Ipv4GatewayBusy, Ipv6GatewayBusy: something is under way with it.
    """
    found = gateway(graph, kind, gateway_id)
    if found.state is not ServiceState.AVAILABLE:
        of_ipv4 = kind is ResourceKind.IPV4_GATEWAY
        raise (errors.Ipv4GatewayBusy if of_ipv4 else errors.Ipv6GatewayBusy)(gateway_id, found.state)
    return found


def ipv6_address(graph: Graph, address_id: str) -> Ipv6Address:
    """Return what is said of an IPv6 address, or raise ``Ipv6AddressNotFound`` where nothing is."""
    return named(graph.ipv6_addresses, address_id, errors.Ipv6AddressNotFound)


def public_ipv6_address(graph: Graph, address_id: str) -> PublicIpv6Address:
    """Return the elastic public IPv6 address, or raise ``PublicAddressNotFound``."""
    return named(graph.public_ipv6_addresses, address_id, errors.PublicAddressNotFound)


def ipv6_bandwidth(graph: Graph, bandwidth_id: str) -> Ipv6Bandwidth:
    """Return the Internet bandwidth of an IPv6 address, or raise ``Ipv6BandwidthNotFound``."""
    return named(graph.ipv6_bandwidths, bandwidth_id, errors.Ipv6BandwidthNotFound)


def egress_rule(graph: Graph, rule_id: str) -> EgressRule:
    """Return the egress rule, or raise ``EgressRuleNotFound``."""
    return named(graph.egress_rules, rule_id, errors.EgressRuleNotFound)


def nat_gateway(graph: Graph, gateway_id: str) -> NatGateway:
    """Return the NAT gateway, or raise ``NatGatewayNotFound``."""
    return named(graph.nat_gateways, gateway_id, errors.NatGatewayNotFound)


def ready_nat_gateway(graph: Graph, gateway_id: str) -> NatGateway:
    """Return the NAT gateway, or raise ``NatGatewayNotFound``, or ``NatGatewayBusy`` while it changes."""
    found = nat_gateway(graph, gateway_id)
    if found.state is not ServiceState.AVAILABLE:
        raise errors.NatGatewayBusy(gateway_id, found.state)
    return found


def snat_rule(graph: Graph, rule_id: str) -> SnatRule:
    """Return the SNAT rule, or raise ``SnatRuleNotFound``."""
    return named(graph.snat_rules, rule_id, errors.SnatRuleNotFound)


def dnat_rule(graph: Graph, rule_id: str) -> DnatRule:
    """Return the DNAT rule, or raise ``DnatRuleNotFound``."""
    return named(graph.dnat_rules, rule_id, errors.DnatRuleNotFound)
