"""Egress-only rules of IPv6 gateways: created, listed and deleted.

Sources: the vendor's pages CreateIpv6EgressOnlyRule, DeleteIpv6EgressOnlyRule and
DescribeIpv6EgressOnlyRules, and the models of its Python SDK for the VPC product. The page tells of
Creating and Created, and shows Available in its example, for which terraform-provider-alicloud waits.
"""

from typing import Final

import attrs

from duolect_core.model.gateways import EgressRule
from duolect_core.model.lifecycles import ServiceState
from duolect_core.networks.gateways import egress_rules as commands
from duolect_core.relations import ipv6
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import vpc_action
from duolect_dialects.alibaba.names import GATEWAY_STATUS
from duolect_dialects.alibaba.networks.lifecycle import PAGES
from duolect_dialects.declarations import param, required
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Length, OneOf

_TYPE: Final = "Ipv6Address"


@attrs.frozen(kw_only=True)
class CreateIpv6EgressOnlyRule:
    """Let an IPv6 address that has Internet bandwidth call, but not be called."""

    InstanceId: str = required(note="the id of the IPv6 address")
    Ipv6GatewayId: str = required()
    RegionId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    Description: str | None = param(Length(0, 256), common.NOT_A_LINK, code="IllegalParam.Description")
    DryRun: bool = param(default=False)
    InstanceType: str = param(OneOf(_TYPE), default=_TYPE)
    Name: str | None = param(Length(0, 128), common.NOT_A_LINK, code="IllegalParam.Name")


@vpc_action(idempotent_by="ClientToken")
def create_ipv6_egress_only_rule(session: Session, request: CreateIpv6EgressOnlyRule) -> Body:
    """Create the rule: Creating, then Available."""
    command = commands.CreateEgressRule(
        gateway_id=request.Ipv6GatewayId,
        ip=ipv6.named(session.rules, request.InstanceId),
        name=request.Name or "",
        description=request.Description or "",
    )
    return {"Ipv6EgressRuleId": common.execute(session, command, request).id}


@attrs.frozen(kw_only=True)
class DeleteIpv6EgressOnlyRule:
    """Delete an egress-only rule."""

    Ipv6EgressOnlyRuleId: str = required()
    RegionId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    DryRun: bool = param(default=False)


@vpc_action(idempotent_by="ClientToken")
def delete_ipv6_egress_only_rule(session: Session, request: DeleteIpv6EgressOnlyRule) -> Body:
    """Delete the rule: Deleting, then gone."""
    common.execute(session, commands.DeleteEgressRule(request.Ipv6EgressOnlyRuleId), request)
    return {}


@attrs.frozen(kw_only=True)
class DescribeIpv6EgressOnlyRules:
    """List the egress-only rules of an IPv6 gateway, newest first; all criteria must hold."""

    Ipv6GatewayId: str = required()
    RegionId: str = required()
    InstanceId: str | None = param()
    InstanceType: str = param(
        OneOf(_TYPE, "IPv6Address", "IPv6Prefix"), default=_TYPE, note="no prefix has a rule"
    )
    Ipv6EgressOnlyRuleId: str | None = param()
    Name: str | None = param()
    PageNumber: int = param(PAGES, default=1)
    PageSize: int = param(Between(1, 50), default=10)


@vpc_action()
def describe_ipv6_egress_only_rules(session: Session, request: DescribeIpv6EgressOnlyRules) -> Body:
    """List one page."""
    graph = session.graph
    criteria: Criteria[EgressRule] = Criteria(graph)
    criteria.among(graph.egress_rules_by_gateway.ids(request.Ipv6GatewayId))
    if request.Ipv6EgressOnlyRuleId is not None:
        criteria.among((request.Ipv6EgressOnlyRuleId,))
    if request.InstanceId is not None:
        found = graph.egress_rule_by_ip.get(ipv6.ip_of(session.rules, request.InstanceId) or 0)
        criteria.among(() if found is None else (found,))
    if request.InstanceType == "IPv6Prefix":
        criteria.among(())
    criteria.test(request.Name, lambda each: each.name == request.Name)
    page, about = common.numbered_page(graph.egress_rules, criteria.selection, request)
    listed = [_rule(session, shown) for shown in page.items]
    return {"Ipv6EgressOnlyRules": {"Ipv6EgressOnlyRule": listed}, **about}


def _rule(session: Session, shown: EgressRule) -> Body:
    state = shown.state
    return {
        "Description": shown.description,
        "InstanceId": ipv6.id_of(session.rules, shown.ip),
        "InstanceType": _TYPE,
        "Ipv6EgressOnlyRuleId": shown.id,
        "Name": shown.name,
        "Status": "Creating" if state is ServiceState.PENDING else GATEWAY_STATUS[state],
    }
