"""SNAT rules of NAT gateways: which private addresses reach the Internet by which EIPs.

Source: the definitions in tccli.
"""

from ipaddress import IPv4Network
from typing import Final

import attrs

from duolect_core.addressing.blocks import parse_ipv4_cidr
from duolect_core.addressing.pools import format_ipv4, parse_ipv4
from duolect_core.errors import SnatRuleNotFound
from duolect_core.graph.graph import Graph
from duolect_core.model.nat_gateways import SnatRule
from duolect_core.nat_gateways import snat as commands
from duolect_core.relations import named_gateways
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import Treatment, ignored, param, required
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.tencent import common, request_errors
from duolect_dialects.tencent.common import Filter, FilterTable, vpc_action
from duolect_dialects.tencent.nat_gateways import views
from duolect_dialects.tencent.nat_gateways.lifecycle import GATEWAY_ID
from duolect_dialects.values import Count, Each, Form, OneOf
from duolect_dialects.wording import Message

_SNAT_ID: Final = common.id_of("snat")
_OWN_BLOCK: Final = "USERDEFINED"
_SUBNET: Final = "SUBNET"
_RESOURCE: Final = Form(
    r"|(subnet|eni|ins|cvm)-[0-9a-z]{6,20}",
    "an id of the form subnet-xxxxxxxx, eni-xxxxxxxx or ins-xxxxxxxx",
)
"""The vendor's own examples have ``cvm-xxxxxxxx``: nothing is called so here, and so it does not exist."""
_KEPT: Final = "of a rule only the EIPs and the description change"
_SHOWN: Final = "is shown of a rule, and has no effect"


@attrs.frozen(kw_only=True)
class NewSnatRule:
    """One of SourceIpTranslationNatRules: what it serves, and by which EIPs."""

    ResourceId: str = required(_RESOURCE)
    ResourceType: str = required(OneOf(_SUBNET, "NETWORKINTERFACE", _OWN_BLOCK), treatment=Treatment.STORED)
    PrivateIpAddress: str = required()
    PublicIpAddresses: tuple[str, ...] = required(*common.non_empty(100), Each(common.IPV4))
    Description: str = required()
    NatGatewaySnatId: str | None = ignored(note=_SHOWN)
    NatGatewayId: str | None = ignored(note=_SHOWN)
    VpcId: str | None = ignored(note=_SHOWN)
    CreatedTime: str | None = ignored(note=_SHOWN)


@attrs.frozen(kw_only=True)
class CreateNatGatewaySourceIpTranslationNatRule:
    """Create SNAT rules of a NAT gateway."""

    NatGatewayId: str = required(GATEWAY_ID)
    SourceIpTranslationNatRules: tuple[NewSnatRule, ...] = required(*common.non_empty(100))


@vpc_action()
def create_nat_gateway_source_ip_translation_nat_rule(
    session: Session, request: CreateNatGatewaySourceIpTranslationNatRule
) -> Body:
    """Create them at once: all of them, or none."""
    rules = tuple(
        commands.NewSnatRule(
            public_ips=tuple(map(common.ipv4, each.PublicIpAddresses)),
            source=_block(each.PrivateIpAddress),
            source_id=_served(each),
            description=each.Description,
            extras=common.stored_extras(each),
        )
        for each in request.SourceIpTranslationNatRules
    )
    session.execute(commands.CreateSnatRules(gateway_id=request.NatGatewayId, rules=rules))
    return {}


def _served(rule: NewSnatRule) -> str:
    """Return the id of what a rule serves: nothing for a block of one's own, and a subnet for SUBNET.

    Raises:
        Refusal: the id is lacking, or is not of the type; that the code is this one is assumed.
    """
    if rule.ResourceType == _OWN_BLOCK:
        return ""
    is_subnet = rule.ResourceId.startswith("subnet-")
    if not rule.ResourceId or is_subnet != (rule.ResourceType == _SUBNET):
        raise Refusal(
            "InvalidParameterValue.Malformed",
            Message("`{id}` is not the id of a {type}.", id=rule.ResourceId, type=rule.ResourceType),
        )
    return rule.ResourceId


def _block(text: str) -> IPv4Network:
    """Return an address or a CIDR block as a block, or raise ``Refusal``."""
    ip = parse_ipv4(text)
    block = parse_ipv4_cidr(text) if ip is None else IPv4Network(ip)
    if block is None:
        message = Message("`{text}` is not a CIDR block.", text=text)
        raise Refusal("InvalidParameterValue.Malformed", message)
    return block


@attrs.frozen(kw_only=True)
class ChangedSnatRule:
    """SourceIpTranslationNatRule: which it is, and its new EIPs and description."""

    ResourceId: str = required(treatment=Treatment.IGNORED, note=_KEPT)
    ResourceType: str = required(treatment=Treatment.IGNORED, note=_KEPT)
    PrivateIpAddress: str = required(treatment=Treatment.IGNORED, note=_KEPT)
    PublicIpAddresses: tuple[str, ...] = required(*common.non_empty(100), Each(common.IPV4))
    Description: str = required()
    NatGatewaySnatId: str | None = param(_SNAT_ID, note="required")
    NatGatewayId: str | None = ignored(note=_SHOWN)
    VpcId: str | None = ignored(note=_SHOWN)
    CreatedTime: str | None = ignored(note=_SHOWN)


@attrs.frozen(kw_only=True)
class ModifyNatGatewaySourceIpTranslationNatRule:
    """Change the EIPs and the description of an SNAT rule."""

    NatGatewayId: str = required(GATEWAY_ID)
    SourceIpTranslationNatRule: ChangedSnatRule = required()


@vpc_action()
def modify_nat_gateway_source_ip_translation_nat_rule(
    session: Session, request: ModifyNatGatewaySourceIpTranslationNatRule
) -> Body:
    """Change both at once."""
    changed = request.SourceIpTranslationNatRule
    if changed.NatGatewaySnatId is None:
        raise request_errors.missing("SourceIpTranslationNatRule.NatGatewaySnatId")
    rule_id = _of_gateway(session.graph, request.NatGatewayId, changed.NatGatewaySnatId)
    session.execute(
        commands.ModifySnatRule(
            rule_id=rule_id,
            description=changed.Description,
            public_ips=tuple(map(common.ipv4, changed.PublicIpAddresses)),
        )
    )
    return {}


def _of_gateway(graph: Graph, gateway_id: str, rule_id: str) -> str:
    """Return the id of a rule of a gateway, or raise that there is none."""
    gateway = named_gateways.nat_gateway(graph, gateway_id)
    rule = named_gateways.snat_rule(graph, rule_id)
    if rule.gateway_id != gateway.id:
        raise SnatRuleNotFound(rule_id)
    return rule.id


@attrs.frozen(kw_only=True)
class DeleteNatGatewaySourceIpTranslationNatRule:
    """Delete SNAT rules of a NAT gateway."""

    NatGatewayId: str = required(GATEWAY_ID)
    NatGatewaySnatIds: tuple[str, ...] = required(*common.non_empty(100), Each(_SNAT_ID))


@vpc_action()
def delete_nat_gateway_source_ip_translation_nat_rule(
    session: Session, request: DeleteNatGatewaySourceIpTranslationNatRule
) -> Body:
    """Delete them at once: all of them, or none."""
    ids = [_of_gateway(session.graph, request.NatGatewayId, each) for each in request.NatGatewaySnatIds]
    session.execute(commands.DeleteSnatRules(tuple(ids)))
    return {}


@attrs.frozen(kw_only=True)
class DescribeNatGatewaySourceIpTranslationNatRules:
    """List SNAT rules of a NAT gateway, newest first, that all filters match."""

    NatGatewayId: str = required(GATEWAY_ID)
    Filters: tuple[Filter, ...] = param(Count(0, 10), default=())
    Offset: int = param(common.OFFSET, default=0)
    Limit: int = param(common.LIMIT, default=20)


_FILTERS: Final["FilterTable[SnatRule]"] = {
    "resource-id": common.exactly(lambda found: found.source_id),
    "public-ip-address": common.one_of(lambda found: [format_ipv4(each) for each in found.public_ips]),
    "description": common.exactly(lambda found: found.description),
}


@vpc_action()
def describe_nat_gateway_source_ip_translation_nat_rules(
    session: Session, request: DescribeNatGatewaySourceIpTranslationNatRules
) -> Body:
    """List one page and the count of all."""
    graph = session.graph
    gateway = named_gateways.nat_gateway(graph, request.NatGatewayId)
    criteria: Criteria[SnatRule] = Criteria(graph)
    criteria.by(graph.snat_rules_by_gateway, gateway.id)
    selection = common.narrow(criteria, _FILTERS, (), request.Filters)
    page = common.page(graph.snat_rules, selection, request.Offset, request.Limit)
    return {
        "TotalCount": page.total,
        "SourceIpTranslationNatRuleSet": [views.snat_rule(graph, shown) for shown in page.items],
    }
