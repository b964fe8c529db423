"""DNAT rules: which packets that come to a public address are forwarded to which private one."""

from collections.abc import Iterable, Mapping, Sequence
from ipaddress import IPv4Network
from typing import Any

import attrs

from duolect_core import errors
from duolect_core.addressing.pools import format_ipv4
from duolect_core.engine.partition import Partition
from duolect_core.graph.graph import Graph
from duolect_core.model.lifecycles import SERVICE_LIFECYCLE, ServiceState, Trigger
from duolect_core.model.nat_gateways import DnatRule, NatGateway, NatProtocol, Ports
from duolect_core.model.resources import OperationKind
from duolect_core.model.rules import ResourceKind
from duolect_core.nat_gateways.snat import check_bound
from duolect_core.networks import blocks
from duolect_core.relations import named_gateways, waiting
from duolect_core.relations.descriptions import describe


@attrs.frozen(kw_only=True)
class Forwarding:
    """What a DNAT rule forwards, and where to."""

    protocol: NatProtocol
    public_ip: int
    public_ports: Ports | None = None
    private_ip: int
    private_ports: Ports | None = None

    @classmethod
    def of(cls, rule: DnatRule) -> "Forwarding":
        """Return what a rule does now."""
        return cls(
            protocol=rule.protocol,
            public_ip=rule.public_ip,
            public_ports=rule.public_ports,
            private_ip=rule.private_ip,
            private_ports=rule.private_ports,
        )


@attrs.frozen(kw_only=True)
class NewDnatRule:
    """A DNAT rule to be created."""

    forwarding: Forwarding
    name: str = ""
    description: str = ""
    extras: Mapping[str, Any] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True)
class CreateDnatRules:
    """Create DNAT rules of a NAT gateway: all of them, or none.

    Raises:
        NatGatewayNotFound, NatGatewayBusy: there is none to create them for.
        DnatRuleBusy: another rule of the gateway is under way, where that takes time.
        NatAddressNotBound, DnatAddressUsedBySnat: the public address of one cannot be used so.
        DnatTargetOutsideNetwork, DnatTargetNoInstance, DnatTargetHasPublicAddress: nor its private one.
        DnatPortTaken, DnatTargetTaken: another rule does the same.
        DnatRuleQuotaExceeded: the gateway would have too many.
    """

    gateway_id: str
    rules: tuple[NewDnatRule, ...]

    def apply(self, partition: Partition) -> tuple[DnatRule, ...]:
        """Return the new rules, PENDING where the cloud takes its time over them."""
        self.check(partition)
        graph, takes_time = partition.graph, partition.rules.provision_is_asynchronous
        created = []
        for each in self.rules:
            wanted = each.forwarding
            rule = DnatRule(
                id=partition.new_id(ResourceKind.DNAT_RULE, graph.dnat_rules),
                order=partition.next_order(),
                created=partition.now,
                name=each.name,
                description=each.description,
                extras=each.extras,
                gateway_id=self.gateway_id,
                protocol=wanted.protocol,
                public_ip=wanted.public_ip,
                public_ports=wanted.public_ports,
                private_ip=wanted.private_ip,
                private_ports=wanted.private_ports,
                state=ServiceState.PENDING if takes_time else ServiceState.AVAILABLE,
            )
            graph.add_dnat_rule(rule)
            created.append(rule)
        if takes_time:
            _begin(partition, OperationKind.CREATE_NAT_RULES, Trigger.PROVISIONED, created)
        return tuple(created)

    def check(self, partition: Partition) -> None:
        """Raise what keeps one of the rules from being created."""
        graph = partition.graph
        gateway = named_gateways.ready_nat_gateway(graph, self.gateway_id)
        _check_turn(graph, gateway)
        limit = partition.rules.quotas.dnat_rules_per_gateway
        present = len(graph.dnat_rules_by_gateway.ids(gateway.id))
        if limit is not None and present + len(self.rules) > limit:
            raise errors.DnatRuleQuotaExceeded(gateway.id, limit)
        before: list[tuple[str, Forwarding]] = []
        for each in self.rules:
            check(partition, gateway, each.forwarding, beside=before)
            before.append(("", each.forwarding))


def _check_turn(graph: Graph, gateway: NatGateway) -> None:
    """Raise ``DnatRuleBusy`` while another rule of the gateway is under way."""
    for rule_id in graph.dnat_rules_unsteady.ids(gateway.id):
        raise errors.DnatRuleBusy(rule_id, graph.dnat_rules[rule_id].state)


def check(
    partition: Partition,
    gateway: NatGateway,
    wanted: Forwarding,
    *,
    beside: Iterable[tuple[str, Forwarding]] = (),
    leaving: str = "",
) -> None:
    """Raise what keeps a gateway from forwarding so, ``beside`` rules that come, without one that goes."""
    graph, rules = partition.graph, partition.rules
    check_bound(graph, gateway, wanted.public_ip)
    if wanted.protocol is NatProtocol.ANY:
        for rule_id in graph.snat_rules_by_public_ip.ids(wanted.public_ip):
            raise errors.DnatAddressUsedBySnat(format_ipv4(wanted.public_ip), rule_id)
    _check_target(partition, gateway, wanted)
    others = [*beside]
    for index, ip in (
        (graph.dnat_rules_by_public_ip, wanted.public_ip),
        (graph.dnat_rules_by_private_ip, wanted.private_ip),
    ):
        ids = (each for each in index.ids(ip) if each != leaving)
        others += [(each, Forwarding.of(graph.dnat_rules[each])) for each in ids]
    for rule_id, other in others:
        if other.public_ip == wanted.public_ip and _meet(wanted, other):
            raise errors.DnatPortTaken(format_ipv4(wanted.public_ip), rule_id)
    if rules.dnat_targets_unique:
        for rule_id, other in others:
            of_gateway = not rule_id or graph.dnat_rules[rule_id].gateway_id == gateway.id
            if of_gateway and other.private_ip == wanted.private_ip and _meet(wanted, other, target=True):
                raise errors.DnatTargetTaken(format_ipv4(wanted.private_ip), rule_id)


def _check_target(partition: Partition, gateway: NatGateway, wanted: Forwarding) -> None:
    graph, rules, text = partition.graph, partition.rules, format_ipv4(wanted.private_ip)
    network = graph.networks[gateway.network_id]
    target = IPv4Network(wanted.private_ip)
    if not any(target.subnet_of(block) for block in blocks.of_network(network)):
        raise errors.DnatTargetOutsideNetwork(text, network.id)
    holders = [
        interface
        for interface in map(graph.interfaces.__getitem__, graph.interfaces_by_ip.ids(wanted.private_ip))
        if interface.network_id == network.id
    ]
    if rules.dnat_needs_instance and all(each.attachment is None for each in holders):
        raise errors.DnatTargetNoInstance(text)
    if rules.dnat_excludes_public_address:
        for interface in holders:
            address = graph.public_address_of(interface, wanted.private_ip)
            if address is not None:
                raise errors.DnatTargetHasPublicAddress(text, address.id)


def _meet(one: Forwarding, other: Forwarding, *, target: bool = False) -> bool:
    """Say whether two rules forward some of the same packets, or to the same ports of a ``target``."""
    if NatProtocol.ANY in {one.protocol, other.protocol}:
        return True
    if one.protocol is not other.protocol:
        return False
    first = one.private_ports if target else one.public_ports
    second = other.private_ports if target else other.public_ports
    if first is None or second is None:
        return True
    return first[0] <= second[1] and second[0] <= first[1]


@attrs.frozen(kw_only=True)
class ModifyDnatRule:
    """Change a DNAT rule; None leaves a value as it is. What is only said of it changes at once.

    Raises:
        DnatRuleNotFound, NatGatewayBusy: there is none to modify.
        DnatRuleBusy: it, or another rule of its gateway, is under way.
        what ``CreateDnatRules`` raises of what it shall do.
    """

    rule_id: str
    name: str | None = None
    description: str | None = None
    extras: Mapping[str, Any] = attrs.field(factory=dict)
    forwarding: Forwarding | None = None

    def apply(self, partition: Partition) -> DnatRule:
        """Return the rule, MODIFYING where it does something else and that takes time."""
        rule, graph = self.check(partition), partition.graph
        describe(rule, self.name, self.description, self.extras)
        wanted = self.forwarding
        if wanted is not None and wanted != Forwarding.of(rule):
            graph.lead_dnat_rule(rule, wanted.public_ip, wanted.private_ip)
            rule.protocol = wanted.protocol
            rule.public_ports, rule.private_ports = wanted.public_ports, wanted.private_ports
            if partition.rules.provision_is_asynchronous:
                graph.set_dnat_state(rule, SERVICE_LIFECYCLE[rule.state, Trigger.MODIFY])
                _begin(partition, OperationKind.MODIFY_NAT_RULES, Trigger.PROVISIONED, [rule])
        return rule

    def check(self, partition: Partition) -> DnatRule:
        """Return the rule, or raise what keeps it as it is."""
        graph = partition.graph
        rule = named_gateways.dnat_rule(graph, self.rule_id)
        gateway = named_gateways.ready_nat_gateway(graph, rule.gateway_id)
        _check_turn(graph, gateway)
        if self.forwarding is not None and self.forwarding != Forwarding.of(rule):
            check(partition, gateway, self.forwarding, leaving=rule.id)
        return rule


@attrs.frozen
class DeleteDnatRules:
    """Delete DNAT rules: all of them, or none.

    Raises:
        DnatRuleNotFound, DnatRuleBusy, NatGatewayBusy: one cannot be deleted.
    """

    rule_ids: tuple[str, ...]

    def apply(self, partition: Partition) -> tuple[DnatRule, ...]:
        """Return the rules, DELETING where the cloud takes its time over it, else GONE."""
        rules, graph = self.check(partition), partition.graph
        if not partition.rules.provision_is_asynchronous:
            for rule in rules:
                graph.remove_dnat_rule(rule)
        elif rules:
            for rule in rules:
                graph.set_dnat_state(rule, SERVICE_LIFECYCLE[rule.state, Trigger.DELETE])
            _begin(partition, OperationKind.DELETE_NAT_RULES, Trigger.DELETED, rules)
        return rules

    def check(self, partition: Partition) -> tuple[DnatRule, ...]:
        """Return the rules, each once, or raise what keeps one of them."""
        graph = partition.graph
        rules = tuple(named_gateways.dnat_rule(graph, each) for each in dict.fromkeys(self.rule_ids))
        for rule in rules:
            if rule.state is not ServiceState.AVAILABLE:
                raise errors.DnatRuleBusy(rule.id, rule.state)
            named_gateways.ready_nat_gateway(graph, rule.gateway_id)
        return rules


def _begin(partition: Partition, kind: OperationKind, trigger: Trigger, rules: Sequence[DnatRule]) -> None:
    duration = partition.rules.durations.change_nat_rules
    waiting.begin(partition, kind, trigger, duration, *rules)
