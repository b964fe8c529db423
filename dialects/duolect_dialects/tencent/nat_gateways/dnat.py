"""DNAT rules of NAT gateways: what comes to which port of an EIP is forwarded to which private one.

Source: the definitions in tccli.
"""

from typing import Final

import attrs

from duolect_core.addressing.pools import format_ipv4
from duolect_core.errors import DnatRuleNotFound
from duolect_core.graph.graph import Graph
from duolect_core.model.nat_gateways import DnatRule, NatProtocol
from duolect_core.nat_gateways import dnat as commands
from duolect_core.relations import named_gateways
from duolect_dialects.action import Body
from duolect_dialects.declarations import param, required
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import Filter, FilterCodes, FilterTable, vpc_action
from duolect_dialects.tencent.nat_gateways import views
from duolect_dialects.tencent.nat_gateways.lifecycle import GATEWAY_ID
from duolect_dialects.values import AtMost, Between, Count, Each, OneOf

_PORT: Final = Between(1, 65535)
_CODES: Final = FilterCodes(unknown="InvalidParameter")


@attrs.frozen(kw_only=True)
class ForwardingParam:
    """A DNAT rule: it has no id, and is named by what it does."""

    IpProtocol: str = required(OneOf("TCP", "UDP"))
    PublicIpAddress: str = required(common.IPV4)
    PublicPort: int = required(_PORT)
    PrivateIpAddress: str = required(common.IPV4)
    PrivatePort: int = required(_PORT)
    Description: str | None = param(AtMost(60))


def _forwarding(given: ForwardingParam) -> commands.Forwarding:
    return commands.Forwarding(
        protocol=NatProtocol(given.IpProtocol.lower()),
        public_ip=common.ipv4(given.PublicIpAddress),
        public_ports=(given.PublicPort, given.PublicPort),
        private_ip=common.ipv4(given.PrivateIpAddress),
        private_ports=(given.PrivatePort, given.PrivatePort),
    )


@attrs.frozen(kw_only=True)
class CreateNatGatewayDestinationIpPortTranslationNatRule:
    """Create DNAT rules of a NAT gateway."""

    NatGatewayId: str = required(GATEWAY_ID)
    DestinationIpPortTranslationNatRules: tuple[ForwardingParam, ...] = required(*common.non_empty(100))


@vpc_action()
def create_nat_gateway_destination_ip_port_translation_nat_rule(
    session: Session, request: CreateNatGatewayDestinationIpPortTranslationNatRule
) -> Body:
    """Create them at once: all of them, or none."""
    rules = tuple(
        commands.NewDnatRule(forwarding=_forwarding(each), description=each.Description or "")
        for each in request.DestinationIpPortTranslationNatRules
    )
    session.execute(commands.CreateDnatRules(gateway_id=request.NatGatewayId, rules=rules))
    return {}


def _named(graph: Graph, gateway_id: str, given: ForwardingParam) -> DnatRule:
    """Return the rule of a gateway that does this, or raise that there is none."""
    gateway, wanted = named_gateways.nat_gateway(graph, gateway_id), _forwarding(given)
    for rule_id in graph.dnat_rules_by_public_ip.ids(wanted.public_ip):
        rule = graph.dnat_rules[rule_id]
        if rule.gateway_id == gateway.id and commands.Forwarding.of(rule) == wanted:
            return rule
    raise DnatRuleNotFound(f"{given.PublicIpAddress}:{given.PublicPort}")


@attrs.frozen(kw_only=True)
class ModifyNatGatewayDestinationIpPortTranslationNatRule:
    """Let a DNAT rule do something else."""

    NatGatewayId: str = required(GATEWAY_ID)
    SourceNatRule: ForwardingParam = required()
    DestinationNatRule: ForwardingParam = required()


@vpc_action()
def modify_nat_gateway_destination_ip_port_translation_nat_rule(
    session: Session, request: ModifyNatGatewayDestinationIpPortTranslationNatRule
) -> Body:
    """Change it at once."""
    rule = _named(session.graph, request.NatGatewayId, request.SourceNatRule)
    wanted = request.DestinationNatRule
    session.execute(
        commands.ModifyDnatRule(
            rule_id=rule.id, description=wanted.Description, forwarding=_forwarding(wanted)
        )
    )
    return {}


@attrs.frozen(kw_only=True)
class DeleteNatGatewayDestinationIpPortTranslationNatRule:
    """Delete DNAT rules of a NAT gateway."""

    NatGatewayId: str = required(GATEWAY_ID)
    DestinationIpPortTranslationNatRules: tuple[ForwardingParam, ...] = required(*common.non_empty(100))


@vpc_action()
def delete_nat_gateway_destination_ip_port_translation_nat_rule(
    session: Session, request: DeleteNatGatewayDestinationIpPortTranslationNatRule
) -> Body:
    """Delete them at once: all of them, or none."""
    graph, gateway_id = session.graph, request.NatGatewayId
    rules = [_named(graph, gateway_id, each) for each in request.DestinationIpPortTranslationNatRules]
    session.execute(commands.DeleteDnatRules(tuple(rule.id for rule in rules)))
    return {}


@attrs.frozen(kw_only=True)
class DescribeNatGatewayDestinationIpPortTranslationNatRules:
    """List DNAT rules, newest first: of some NAT gateways, or those that all filters match."""

    NatGatewayIds: tuple[str, ...] = param(Count(0, 100), Each(GATEWAY_ID), default=())
    Filters: tuple[Filter, ...] = param(Count(0, 10), default=())
    Offset: int = param(common.OFFSET, default=0)
    Limit: int = param(common.LIMIT, default=20)


@vpc_action()
def describe_nat_gateway_destination_ip_port_translation_nat_rules(
    session: Session, request: DescribeNatGatewayDestinationIpPortTranslationNatRules
) -> Body:
    """List one page and the count of all."""
    graph = session.graph
    filters: FilterTable[DnatRule] = {
        "nat-gateway-id": common.by(graph.dnat_rules_by_gateway),
        "vpc-id": common.exactly(lambda found: graph.nat_gateways[found.gateway_id].network_id),
        "public-ip-address": common.exactly(lambda found: format_ipv4(found.public_ip)),
        "public-port": common.exactly(lambda found: str((found.public_ports or (0, 0))[0])),
        "private-ip-address": common.exactly(lambda found: format_ipv4(found.private_ip)),
        "private-port": common.exactly(lambda found: str((found.private_ports or (0, 0))[0])),
        "description": common.exactly(lambda found: found.description),
    }
    ids = request.NatGatewayIds
    criteria: Criteria[DnatRule] = Criteria(graph)
    if ids and not request.Filters:
        criteria.by(graph.dnat_rules_by_gateway, *ids)
        ids = ()
    selection = common.narrow(criteria, filters, ids, request.Filters, _CODES)
    page = common.page(graph.dnat_rules, selection, request.Offset, request.Limit)
    return {
        "TotalCount": page.total,
        "NatGatewayDestinationIpPortTranslationNatRuleSet": [
            views.dnat_rule(graph, shown) for shown in page.items
        ],
    }
