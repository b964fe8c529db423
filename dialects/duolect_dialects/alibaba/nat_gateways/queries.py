"""Describing NAT gateways, and the zones in which there can be some.

Sources: the vendor's pages DescribeNatGateways, GetNatGatewayAttribute and
ListEnhanhcedNatGatewayAvailableZones (spelt so), and the models of its Python SDK.
"""

from typing import Final

import attrs

from duolect_core.model.nat_gateways import NatGateway
from duolect_core.relations import named_gateways
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common, regions
from duolect_dialects.alibaba.common import TagFilter, vpc_action
from duolect_dialects.alibaba.names import GATEWAY_STATUS
from duolect_dialects.alibaba.nat_gateways import views
from duolect_dialects.alibaba.networks import lifecycle as networks
from duolect_dialects.declarations import param, required
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import Count, OneOf

_STATUS: Final = OneOf("Creating", "Available", "Modifying", "Deleting", "Converting")
_SAME_FOR_ALL: Final = (
    ("InstanceChargeType", "PostPaid"),
    ("NatType", "Enhanced"),
    ("NetworkType", "internet"),
)
"""Criteria of which all gateways here show the same."""


@attrs.frozen(kw_only=True)
class DescribeNatGateways:
    """List NAT gateways, newest first; all criteria must hold."""

    RegionId: str = required()
    AvailabilityMode: str | None = param()
    DryRun: bool = param(default=False)
    InstanceChargeType: str | None = param(OneOf("PostPaid", "PrePaid"))
    Name: str | None = param()
    NatGatewayId: str | None = param()
    NatType: str | None = param(OneOf("Enhanced", "Normal"))
    NetworkType: str | None = param(OneOf("internet", "intranet"))
    PageNumber: int = param(networks.PAGES, default=1)
    PageSize: int = param(networks.SIZES, default=10)
    ResourceGroupId: str | None = param()
    Spec: str | None = param()
    Status: str | None = param(_STATUS)
    Tag: tuple[TagFilter, ...] = common.tag_filters()
    VpcId: str | None = param()
    ZoneId: str | None = param()


@vpc_action()
def describe_nat_gateways(session: Session, request: DescribeNatGateways) -> Body:
    """List one page."""
    common.end_dry_run(request)
    graph = session.graph
    criteria: Criteria[NatGateway] = Criteria(graph)
    criteria.ids(() if request.NatGatewayId is None else (request.NatGatewayId,))
    criteria.by(graph.nat_gateways_by_network, request.VpcId)
    common.narrow_by_tags(criteria, request.Tag)
    criteria.test(request.Name, lambda found: found.name == request.Name)
    criteria.test(request.Spec, lambda found: views.spec(found) == request.Spec)
    criteria.test(request.Status, lambda found: GATEWAY_STATUS[found.state] == request.Status)
    criteria.test(request.ZoneId, lambda found: found.zone == request.ZoneId)
    criteria.test(
        request.AvailabilityMode,
        lambda found: found.extras.get("AvailabilityMode") == request.AvailabilityMode,
    )
    criteria.test(
        request.ResourceGroupId,
        lambda found: views.resource_group(session, found) == request.ResourceGroupId,
    )
    for name, value in _SAME_FOR_ALL:
        if getattr(request, name) not in {None, value}:
            criteria.among(())
    page, about = common.numbered_page(graph.nat_gateways, criteria.selection, request)
    return {
        "NatGateways": {"NatGateway": [views.nat_gateway(session, shown) for shown in page.items]},
        **about,
    }


@attrs.frozen(kw_only=True)
class GetNatGatewayAttribute:
    """Show one NAT gateway."""

    NatGatewayId: str = required()
    RegionId: str = required()


@vpc_action()
def get_nat_gateway_attribute(session: Session, request: GetNatGatewayAttribute) -> Body:
    """Show it, with how many entries it has."""
    gateway = named_gateways.nat_gateway(session.graph, request.NatGatewayId)
    return views.nat_gateway_attribute(session, gateway)


@attrs.frozen(kw_only=True)
class ZoneFilter:
    """One Filter.N: whether PrivateLink can be had."""

    Key: str | None = param(OneOf("PrivateLinkEnabled"))
    Value: str | None = param(OneOf("true", "false"))


@attrs.frozen(kw_only=True)
class ListEnhanhcedNatGatewayAvailableZones:
    """List the zones in which NAT gateways can be created."""

    RegionId: str = required()
    AcceptLanguage: str = param(OneOf("zh-CN", "en-US"), default="zh-CN")
    Filter: tuple[ZoneFilter, ...] = param(
        Count(0, 20), default=(), note="PrivateLink can be had nowhere, so only false matches"
    )


@vpc_action()
def list_enhanhced_nat_gateway_available_zones(
    session: Session, request: ListEnhanhcedNatGatewayAvailableZones
) -> Body:
    """List all zones of the region."""
    matches = all(each.Value != "true" for each in request.Filter)
    zones = session.rules.zones if matches else ()
    return {
        "Zones": [
            {
                "ZoneId": zone,
                "LocalName": regions.zone_name(session.rules.region, zone, request.AcceptLanguage),
            }
            for zone in zones
        ]
    }
