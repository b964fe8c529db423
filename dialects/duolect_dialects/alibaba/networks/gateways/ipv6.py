"""IPv6 gateways: created, described, listed and deleted.

Sources: the vendor's definitions of the actions, which are its pages, its guide to routes of IPv6, and the
models of its Python SDK for the VPC product. Internet bandwidth of IPv6 addresses is not served.
"""

import attrs

from duolect_core.model.gateways import Ipv6Gateway
from duolect_core.model.rules import ResourceKind
from duolect_core.networks.gateways import lifecycle as commands
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import TagFilter, TagParam, vpc_action
from duolect_dialects.alibaba.networks.gateways import views
from duolect_dialects.alibaba.networks.gateways.parameters import DESCRIPTION, GROUP_CODE, NAME
from duolect_dialects.alibaba.networks.lifecycle import PAGES
from duolect_dialects.alibaba.views import group_of
from duolect_dialects.declarations import param, required, stored
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import Between

_KIND = ResourceKind.IPV6_GATEWAY
_NAME_CODE = "IllegalParam.Name"
_DESCRIPTION_CODE = "IllegalParam.Description"


@attrs.frozen(kw_only=True)
class CreateIpv6Gateway:
    """Create the IPv6 gateway of a VPC that has IPv6."""

    RegionId: str = required()
    VpcId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    Description: str | None = param(*DESCRIPTION, code=_DESCRIPTION_CODE)
    DryRun: bool = param(default=False)
    Name: str | None = param(*NAME, code=_NAME_CODE)
    ResourceGroupId: str | None = stored(common.RESOURCE_GROUP, code=GROUP_CODE)
    Tag: tuple[TagParam, ...] = common.tag_params()


@vpc_action(idempotent_by="ClientToken")
def create_ipv6_gateway(session: Session, request: CreateIpv6Gateway) -> Body:
    """Create the gateway: Pending, then Available. Then the system route table gets ::/0 through it."""
    command = commands.CreateIpv6Gateway(
        network_id=request.VpcId,
        name=request.Name or "",
        description=request.Description or "",
        tags=common.tags(request.Tag),
        extras={"ResourceGroupId": request.ResourceGroupId} if request.ResourceGroupId else {},
    )
    created = common.execute(session, command, request)
    return {"Ipv6GatewayId": created.id, "ResourceGroupId": group_of(session, created)}


@attrs.frozen(kw_only=True)
class DeleteIpv6Gateway:
    """Delete an IPv6 gateway."""

    Ipv6GatewayId: str = required()
    RegionId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    DryRun: bool = param(default=False)


@vpc_action(idempotent_by="ClientToken")
def delete_ipv6_gateway(session: Session, request: DeleteIpv6Gateway) -> Body:
    """Delete the gateway with the routes that lead to it: Deleting, then gone."""
    command = commands.DeleteGateway(kind=_KIND, gateway_id=request.Ipv6GatewayId)
    common.execute(session, command, request)
    return {}


@attrs.frozen(kw_only=True)
class ModifyIpv6GatewayAttribute:
    """Rename an IPv6 gateway, or describe it anew."""

    Ipv6GatewayId: str = required()
    RegionId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    Description: str | None = param(*DESCRIPTION, code=_DESCRIPTION_CODE, clearable=True)
    DryRun: bool = param(default=False)
    Name: str | None = param(*NAME, code=_NAME_CODE, clearable=True)


@vpc_action(idempotent_by="ClientToken")
def modify_ipv6_gateway_attribute(session: Session, request: ModifyIpv6GatewayAttribute) -> Body:
    """Change what is given, at once."""
    command = commands.ModifyGateway(
        kind=_KIND,
        gateway_id=request.Ipv6GatewayId,
        name=request.Name,
        description=request.Description,
    )
    common.execute(session, command, request)
    return {}


@attrs.frozen(kw_only=True)
class DescribeIpv6GatewayAttribute:
    """Show an IPv6 gateway."""

    Ipv6GatewayId: str = required()
    RegionId: str = required()


@vpc_action()
def describe_ipv6_gateway_attribute(session: Session, request: DescribeIpv6GatewayAttribute) -> Body:
    """Show it; of one that does not exist everything is empty, by which known programs tell."""
    return views.ipv6_gateway_attribute(session, session.graph.ipv6_gateways.get(request.Ipv6GatewayId))


@attrs.frozen(kw_only=True)
class DescribeIpv6Gateways:
    """List IPv6 gateways, newest first; all criteria must hold."""

    RegionId: str = required()
    Ipv6GatewayId: str | None = param()
    Name: str | None = param()
    PageNumber: int = param(PAGES, default=1)
    PageSize: int = param(Between(1, 100), default=10)
    ResourceGroupId: str | None = param()
    Tags: tuple[TagFilter, ...] = common.tag_filters()
    VpcId: str | None = param()


@vpc_action()
def describe_ipv6_gateways(session: Session, request: DescribeIpv6Gateways) -> Body:
    """List one page."""
    graph = session.graph
    criteria: Criteria[Ipv6Gateway] = Criteria(graph)
    criteria.ids(() if request.Ipv6GatewayId is None else (request.Ipv6GatewayId,))
    common.narrow_by_tags(criteria, request.Tags)
    if request.VpcId is not None:
        of_vpc = graph.ipv6_gateway_by_network.get(request.VpcId)
        criteria.among(() if of_vpc is None else (of_vpc,))
    criteria.test(request.Name, lambda found: found.name == request.Name)
    criteria.test(
        request.ResourceGroupId, lambda found: group_of(session, found) == request.ResourceGroupId
    )
    page, about = common.numbered_page(graph.ipv6_gateways, criteria.selection, request)
    listed = [views.ipv6_gateway(session, shown) for shown in page.items]
    return {"Ipv6Gateways": {"Ipv6Gateway": listed}, **about}
