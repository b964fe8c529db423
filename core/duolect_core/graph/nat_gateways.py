"""NAT gateways and their rules."""

from __future__ import annotations

from ipaddress import IPv4Network
from typing import TYPE_CHECKING

from duolect_core.graph.index import Index
from duolect_core.graph.tags import TagTables
from duolect_core.model.lifecycles import ServiceState

if TYPE_CHECKING:
    from duolect_core.model.nat_gateways import DnatRule, NatGateway, SnatRule


class NatTables(TagTables):
    """The NAT gateways of a partition, and their rules."""

    def __init__(self) -> None:
        """Start empty."""
        self.nat_gateways: dict[str, NatGateway] = {}
        self.snat_rules: dict[str, SnatRule] = {}
        self.dnat_rules: dict[str, DnatRule] = {}
        self.nat_gateways_by_network: Index[str] = Index()
        self.nat_gateways_by_interface: Index[str] = Index()
        self.snat_rules_by_gateway: Index[str] = Index()
        self.snat_rules_by_source: Index[str] = Index()
        """The SNAT rule of each block of each gateway, under ``source_key``."""
        self.snat_rules_by_source_id: Index[str] = Index()
        """The SNAT rules that name each subnet, interface or instance, whichever their gateways are."""
        self.snat_rules_by_public_ip: Index[int] = Index()
        self.dnat_rules_by_gateway: Index[str] = Index()
        self.dnat_rules_by_public_ip: Index[int] = Index()
        self.dnat_rules_by_private_ip: Index[int] = Index()
        self.dnat_rules_unsteady: Index[str] = Index()
        """The DNAT rules of each gateway that are being created, modified or deleted."""

    def add_nat_gateway(self, gateway: NatGateway) -> None:
        """Put a new NAT gateway in."""
        self.nat_gateways[gateway.id] = gateway
        self.nat_gateways_by_network.add(gateway.network_id, gateway.id, gateway.order)
        if gateway.interface_id is not None:
            self.nat_gateways_by_interface.add(gateway.interface_id, gateway.id, gateway.order)
        self._tag(gateway)

    def remove_nat_gateway(self, gateway: NatGateway) -> None:
        """Take a NAT gateway out, which has neither rules nor addresses; it is GONE then."""
        self._untag(gateway)
        self.nat_gateways_by_network.discard(gateway.network_id, gateway.id)
        if gateway.interface_id is not None:
            self.nat_gateways_by_interface.discard(gateway.interface_id, gateway.id)
        del self.nat_gateways[gateway.id]
        gateway.state = ServiceState.GONE

    def add_snat_rule(self, rule: SnatRule) -> None:
        """Put a new SNAT rule in."""
        self.snat_rules[rule.id] = rule
        self.snat_rules_by_gateway.add(rule.gateway_id, rule.id, rule.order)
        self.snat_rules_by_source.add(source_key(rule.gateway_id, rule.source), rule.id, rule.order)
        if rule.source_id:
            self.snat_rules_by_source_id.add(rule.source_id, rule.id, rule.order)
        for ip in rule.public_ips:
            self.snat_rules_by_public_ip.add(ip, rule.id, rule.order)

    def remove_snat_rule(self, rule: SnatRule) -> None:
        """Take an SNAT rule out; it is GONE then."""
        for ip in rule.public_ips:
            self.snat_rules_by_public_ip.discard(ip, rule.id)
        if rule.source_id:
            self.snat_rules_by_source_id.discard(rule.source_id, rule.id)
        self.snat_rules_by_source.discard(source_key(rule.gateway_id, rule.source), rule.id)
        self.snat_rules_by_gateway.discard(rule.gateway_id, rule.id)
        del self.snat_rules[rule.id]
        rule.state = ServiceState.GONE

    def set_snat_addresses(self, rule: SnatRule, public_ips: tuple[int, ...]) -> None:
        """Let an SNAT rule use other public addresses."""
        for ip in rule.public_ips:
            self.snat_rules_by_public_ip.discard(ip, rule.id)
        rule.public_ips = public_ips
        for ip in public_ips:
            self.snat_rules_by_public_ip.add(ip, rule.id, rule.order)

    def add_dnat_rule(self, rule: DnatRule) -> None:
        """Put a new DNAT rule in."""
        self.dnat_rules[rule.id] = rule
        self.dnat_rules_by_gateway.add(rule.gateway_id, rule.id, rule.order)
        self._index_dnat_rule(rule)
        if rule.state is not ServiceState.AVAILABLE:
            self.dnat_rules_unsteady.add(rule.gateway_id, rule.id, rule.order)

    def remove_dnat_rule(self, rule: DnatRule) -> None:
        """Take a DNAT rule out; it is GONE then."""
        self.set_dnat_state(rule, ServiceState.AVAILABLE)
        self._unindex_dnat_rule(rule)
        self.dnat_rules_by_gateway.discard(rule.gateway_id, rule.id)
        del self.dnat_rules[rule.id]
        rule.state = ServiceState.GONE

    def lead_dnat_rule(self, rule: DnatRule, public_ip: int, private_ip: int) -> None:
        """Give a DNAT rule other addresses."""
        self._unindex_dnat_rule(rule)
        rule.public_ip, rule.private_ip = public_ip, private_ip
        self._index_dnat_rule(rule)

    def set_dnat_state(self, rule: DnatRule, state: ServiceState) -> None:
        """Note that something begins or ends with a DNAT rule."""
        steady, was_steady = state is ServiceState.AVAILABLE, rule.state is ServiceState.AVAILABLE
        rule.state = state
        if was_steady and not steady:
            self.dnat_rules_unsteady.add(rule.gateway_id, rule.id, rule.order)
        elif steady and not was_steady:
            self.dnat_rules_unsteady.discard(rule.gateway_id, rule.id)

    def _index_dnat_rule(self, rule: DnatRule) -> None:
        self.dnat_rules_by_public_ip.add(rule.public_ip, rule.id, rule.order)
        self.dnat_rules_by_private_ip.add(rule.private_ip, rule.id, rule.order)

    def _unindex_dnat_rule(self, rule: DnatRule) -> None:
        self.dnat_rules_by_public_ip.discard(rule.public_ip, rule.id)
        self.dnat_rules_by_private_ip.discard(rule.private_ip, rule.id)


def source_key(gateway_id: str, source: IPv4Network) -> str:
    """Return the key under which the SNAT rule of a block is found."""
    return f"{gateway_id} {source}"
