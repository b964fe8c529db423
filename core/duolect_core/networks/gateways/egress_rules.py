"""Egress rules of IPv6 gateways: whose addresses may call, but cannot be called."""

from collections.abc import Mapping
from typing import Any

import attrs

from duolect_core import errors
from duolect_core.addressing.pools import format_ipv6
from duolect_core.engine.partition import Partition
from duolect_core.model.gateways import EgressRule, Gateway
from duolect_core.model.lifecycles import SERVICE_LIFECYCLE, ServiceState, Trigger
from duolect_core.model.resources import OperationKind
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import ipv6, named_gateways, waiting


@attrs.frozen(kw_only=True)
class CreateEgressRule:
    """Create the egress rule of an IPv6 address that has Internet bandwidth.

    Raises:
        Ipv6GatewayNotFound, GatewayBusy: there is none, or it is on its way.
        Ipv6AddressNotFound, Ipv6AddressBusy, Ipv6GatewayMismatch: nobody has the address, it is on its way,
            or in another network.
        Ipv6AddressHasNoBandwidth, Ipv6BandwidthBusy: it has no Internet bandwidth.
        Ipv6AddressHasEgressRule: it has a rule.
        EgressRuleQuotaExceeded: the gateway has too many.
    """

    gateway_id: str
    ip: int
    name: str = ""
    description: str = ""
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> EgressRule:
        """Return the new rule, PENDING where the cloud takes its time over it."""
        self.check(partition)
        takes_time = partition.takes_time(partition.rules.provision_is_asynchronous)
        rule = EgressRule(
            id=partition.new_id(ResourceKind.EGRESS_RULE, partition.graph.egress_rules),
            order=partition.next_order(),
            created=partition.now,
            name=self.name,
            description=self.description,
            extras=self.extras,
            gateway_id=self.gateway_id,
            ip=self.ip,
            state=ServiceState.PENDING if takes_time else ServiceState.AVAILABLE,
        )
        partition.graph.add_egress_rule(rule)
        if takes_time:
            _begin(partition, OperationKind.CREATE_EGRESS_RULE, Trigger.PROVISIONED, rule)
        return rule

    def check(self, partition: Partition) -> Gateway:
        """Return the gateway, or raise what keeps the rule from being created."""
        graph, limit = partition.graph, partition.rules.quotas.egress_rules_per_gateway
        gateway = named_gateways.ready_gateway(graph, ResourceKind.IPV6_GATEWAY, self.gateway_id)
        subnet, _ = ipv6.steady(partition, self.ip)
        if subnet.network_id != gateway.network_id:
            raise errors.Ipv6GatewayMismatch(
                gateway.id, gateway.network_id, format_ipv6(self.ip), subnet.network_id
            )
        ipv6.ready_bandwidth(partition, self.ip)
        if self.ip in graph.egress_rule_by_ip:
            raise errors.Ipv6AddressHasEgressRule(format_ipv6(self.ip), graph.egress_rule_by_ip[self.ip])
        if limit is not None and len(graph.egress_rules_by_gateway.ids(gateway.id)) >= limit:
            raise errors.EgressRuleQuotaExceeded(gateway.id, limit)
        return gateway


@attrs.frozen
class DeleteEgressRule:
    """Delete an egress rule.

    Raises:
        EgressRuleNotFound, EgressRuleBusy: there is none, or it is on its way.
    """

    rule_id: str

    def apply(self, partition: Partition) -> EgressRule:
        """Return the rule, DELETING where the cloud takes its time over it, else GONE."""
        rule = self.check(partition)
        if not partition.takes_time(partition.rules.provision_is_asynchronous):
            partition.graph.remove_egress_rule(rule)
            return rule
        rule.state = SERVICE_LIFECYCLE[rule.state, Trigger.DELETE]
        _begin(partition, OperationKind.DELETE_EGRESS_RULE, Trigger.DELETED, rule)
        return rule

    def check(self, partition: Partition) -> EgressRule:
        """Return the rule, or raise what keeps it."""
        rule = named_gateways.egress_rule(partition.graph, self.rule_id)
        if rule.state is not ServiceState.AVAILABLE:
            raise errors.EgressRuleBusy(rule.id, rule.state)
        return rule


def _begin(partition: Partition, kind: OperationKind, trigger: Trigger, rule: EgressRule) -> None:
    waiting.begin(partition, kind, trigger, partition.rules.durations.change_gateway, rule)
