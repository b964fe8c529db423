"""SNAT rules: which private addresses reach the outside by which public ones."""

from collections.abc import Mapping, Sequence
from ipaddress import IPv4Network
from typing import Any

import attrs

from duolect_core import errors
from duolect_core.addressing.pools import format_ipv4
from duolect_core.engine.partition import Partition
from duolect_core.graph.graph import Graph
from duolect_core.graph.nat_gateways import source_key
from duolect_core.model.lifecycles import (
    SERVICE_LIFECYCLE,
    PublicAddressState,
    ServiceState,
    Trigger,
)
from duolect_core.model.nat_gateways import NatGateway, NatProtocol, SnatRule
from duolect_core.model.resources import OperationKind
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import lookup, named_gateways, waiting
from duolect_core.relations.address_plans import check_repeated
from duolect_core.relations.descriptions import describe


@attrs.frozen(kw_only=True)
class NewSnatRule:
    """An SNAT rule to be created: of a block, or of the subnet, interface or instance of an id.

    The block of an interface is that of one of its addresses, and so is that of an instance.
    """

    public_ips: tuple[int, ...]
    source: IPv4Network | None = None
    source_id: str = ""
    name: str = ""
    description: str = ""
    extras: Mapping[str, Any] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True)
class CreateSnatRules:
    """Create SNAT rules of a NAT gateway: all of them, or none.

    Raises:
        NatGatewayNotFound, NatGatewayBusy: there is none to create them for.
        SubnetNotFound, InterfaceNotFound, InstanceNotFound: what a rule should serve is not there.
        SnatSourceNetworkMismatch: it is in another network.
        AddressNotAssigned: the interface, or the instance, does not have the address.
        SnatAddressRequired, AddressRepeated, NatAddressNotBound, SnatAddressForwarded: the public
            addresses.
        SnatSourceTaken, SnatBlockTaken: another rule serves the same.
        AddressesPerSnatRuleExceeded, SnatRuleQuotaExceeded: a limit is reached.
    """

    gateway_id: str
    rules: tuple[NewSnatRule, ...]

    def apply(self, partition: Partition) -> tuple[SnatRule, ...]:
        """Return the new rules, PENDING where the cloud takes its time over them."""
        sources = self.check(partition)
        graph, takes_time = partition.graph, partition.rules.provision_is_asynchronous
        created = []
        for each, source in zip(self.rules, sources, strict=True):
            rule = SnatRule(
                id=partition.new_id(ResourceKind.SNAT_RULE, graph.snat_rules),
                order=partition.next_order(),
                created=partition.now,
                name=each.name,
                description=each.description,
                extras=each.extras,
                gateway_id=self.gateway_id,
                source=source,
                source_id=each.source_id,
                public_ips=each.public_ips,
                state=ServiceState.PENDING if takes_time else ServiceState.AVAILABLE,
            )
            graph.add_snat_rule(rule)
            created.append(rule)
        if takes_time:
            _begin(partition, OperationKind.CREATE_NAT_RULES, Trigger.PROVISIONED, created)
        return tuple(created)

    def check(self, partition: Partition) -> list[IPv4Network]:
        """Return the block that each rule serves, or raise what keeps one from being created."""
        graph = partition.graph
        gateway = named_gateways.ready_nat_gateway(graph, self.gateway_id)
        sources: list[IPv4Network] = []
        for each in self.rules:
            source = _source(graph, gateway, each)
            check_addresses(partition, gateway, each.public_ips)
            taken = errors.SnatSourceTaken if each.source_id else errors.SnatBlockTaken
            for rule_id in graph.snat_rules_by_source.ids(source_key(gateway.id, source)):
                raise taken(each.source_id or str(source), rule_id)
            if source in sources:
                raise taken(each.source_id or str(source), "")
            sources.append(source)
        limit = partition.rules.quotas.snat_rules_per_gateway
        if limit is not None and len(graph.snat_rules_by_gateway.ids(gateway.id)) + len(sources) > limit:
            raise errors.SnatRuleQuotaExceeded(gateway.id, limit)
        return sources


def _source(graph: Graph, gateway: NatGateway, wanted: NewSnatRule) -> IPv4Network:
    """Return the block that a rule serves, or raise what is wrong with what is named."""
    if not wanted.source_id:
        return wanted.source or IPv4Network("0.0.0.0/0")
    if (subnet := graph.subnets.get(wanted.source_id)) is not None:
        lookup.ready_subnet(graph, subnet.id)
        _check_network(wanted.source_id, subnet.network_id, gateway)
        return subnet.block
    if (instance := graph.instances.get(wanted.source_id)) is not None:
        interface = graph.interfaces[graph.primary_interfaces[instance.id]]
    elif (found := graph.interfaces.get(wanted.source_id)) is not None:
        interface = found
    else:
        raise errors.SubnetNotFound(wanted.source_id)
    _check_network(wanted.source_id, interface.network_id, gateway)
    ip = interface.primary_ip if wanted.source is None else int(wanted.source.network_address)
    if ip not in interface.ipv4_ips:
        raise errors.AddressNotAssigned(format_ipv4(ip))
    return IPv4Network(ip)


def _check_network(source_id: str, network_id: str, gateway: NatGateway) -> None:
    if network_id != gateway.network_id:
        raise errors.SnatSourceNetworkMismatch(source_id, network_id, gateway.id, gateway.network_id)


def check_addresses(partition: Partition, gateway: NatGateway, public_ips: tuple[int, ...]) -> None:
    """Raise what keeps SNAT from using public addresses."""
    graph = partition.graph
    check_repeated(public_ips, format_ipv4)
    if not public_ips:
        raise errors.SnatAddressRequired(gateway.id)
    limit = partition.rules.quotas.addresses_per_snat_rule
    if limit is not None and len(public_ips) > limit:
        raise errors.AddressesPerSnatRuleExceeded(gateway.id, limit)
    for ip in public_ips:
        check_bound(graph, gateway, ip)
        for rule_id in graph.dnat_rules_by_public_ip.ids(ip):
            if graph.dnat_rules[rule_id].protocol is NatProtocol.ANY:
                raise errors.SnatAddressForwarded(format_ipv4(ip), rule_id)


def check_bound(graph: Graph, gateway: NatGateway, ip: int) -> None:
    """Raise ``NatAddressNotBound`` unless a public address is bound to a gateway, and stays so."""
    address = graph.public_addresses.get(graph.public_pool.holders.get(ip, ""))
    bound = address is not None and address.state is PublicAddressState.IN_USE
    if address is None or not bound or address.gateway_id != gateway.id:
        raise errors.NatAddressNotBound(format_ipv4(ip), gateway.id)


@attrs.frozen(kw_only=True)
class ModifySnatRule:
    """Change an SNAT rule; None leaves a value as it is. What is only said of it changes at once.

    Raises:
        SnatRuleNotFound, SnatRuleBusy, NatGatewayBusy: there is none to modify.
        what ``CreateSnatRules`` raises of the public addresses.
    """

    rule_id: str
    name: str | None = None
    description: str | None = None
    extras: Mapping[str, Any] = attrs.field(factory=dict)
    public_ips: tuple[int, ...] | None = None

    def apply(self, partition: Partition) -> SnatRule:
        """Return the rule, MODIFYING where it gets other addresses and that takes time."""
        rule = self.check(partition)
        describe(rule, self.name, self.description, self.extras)
        if self.public_ips is not None and self.public_ips != rule.public_ips:
            partition.graph.set_snat_addresses(rule, self.public_ips)
            if partition.rules.provision_is_asynchronous:
                rule.state = SERVICE_LIFECYCLE[rule.state, Trigger.MODIFY]
                _begin(partition, OperationKind.MODIFY_NAT_RULES, Trigger.PROVISIONED, [rule])
        return rule

    def check(self, partition: Partition) -> SnatRule:
        """Return the rule, or raise what keeps it as it is."""
        graph = partition.graph
        rule = _ready(graph, self.rule_id)
        gateway = named_gateways.ready_nat_gateway(graph, rule.gateway_id)
        if self.public_ips is not None:
            check_addresses(partition, gateway, self.public_ips)
        return rule


def _ready(graph: Graph, rule_id: str) -> SnatRule:
    rule = named_gateways.snat_rule(graph, rule_id)
    if rule.state is not ServiceState.AVAILABLE:
        raise errors.SnatRuleBusy(rule.id, rule.state)
    return rule


@attrs.frozen
class DeleteSnatRules:
    """Delete SNAT rules: all of them, or none.

    Raises:
        SnatRuleNotFound, SnatRuleBusy, NatGatewayBusy: one cannot be deleted.
    """

    rule_ids: tuple[str, ...]

    def apply(self, partition: Partition) -> tuple[SnatRule, ...]:
        """Return the rules, DELETING where the cloud takes its time over it, else GONE."""
        rules = self.check(partition)
        if not partition.rules.provision_is_asynchronous:
            for rule in rules:
                partition.graph.remove_snat_rule(rule)
        elif rules:
            for rule in rules:
                rule.state = SERVICE_LIFECYCLE[rule.state, Trigger.DELETE]
            _begin(partition, OperationKind.DELETE_NAT_RULES, Trigger.DELETED, rules)
        return rules

    def check(self, partition: Partition) -> tuple[SnatRule, ...]:
        """Return the rules, each once, or raise what keeps one of them."""
        graph = partition.graph
        rules = tuple(_ready(graph, each) for each in dict.fromkeys(self.rule_ids))
        for rule in rules:
            named_gateways.ready_nat_gateway(graph, rule.gateway_id)
        return rules


def _begin(partition: Partition, kind: OperationKind, trigger: Trigger, rules: Sequence[SnatRule]) -> None:
    duration = partition.rules.durations.change_nat_rules
    waiting.begin(partition, kind, trigger, duration, *rules)
