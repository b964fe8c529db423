"""IPv4 gateways: created, activated, described, listed and deleted.

Sources: the vendor's definitions of the actions, which are its pages, and the models of its Python SDK for
the VPC product. What is allowed to reach the Internet does not hang on a gateway here: nothing is routed.
"""

import attrs

from duolect_core.model.gateways import Ipv4Gateway
from duolect_core.model.rules import ResourceKind
from duolect_core.networks.gateways import lifecycle as commands
from duolect_core.relations import named_gateways
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import TagFilter, TagParam, vpc_action
from duolect_dialects.alibaba.networks.gateways import views
from duolect_dialects.alibaba.networks.gateways.parameters import DESCRIPTION, GROUP_CODE, NAME, RESULTS
from duolect_dialects.alibaba.views import group_of
from duolect_dialects.declarations import ignored, param, required, stored
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import Count, OneOf

_KIND = ResourceKind.IPV4_GATEWAY


@attrs.frozen(kw_only=True)
class CreateIpv4Gateway:
    """Create the IPv4 gateway of a VPC."""

    RegionId: str = required()
    VpcId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    DryRun: bool = param(default=False)
    Ipv4GatewayDescription: str | None = param(*DESCRIPTION)
    Ipv4GatewayName: str | None = param(*NAME)
    ResourceGroupId: str | None = stored(common.RESOURCE_GROUP, code=GROUP_CODE)
    Tag: tuple[TagParam, ...] = common.tag_params()


@vpc_action(idempotent_by="ClientToken")
def create_ipv4_gateway(session: Session, request: CreateIpv4Gateway) -> Body:
    """Create the gateway: Creating, then Created. Until it is activated it has no effect."""
    command = commands.CreateIpv4Gateway(
        network_id=request.VpcId,
        name=request.Ipv4GatewayName or "",
        description=request.Ipv4GatewayDescription or "",
        tags=common.tags(request.Tag),
        extras={"ResourceGroupId": request.ResourceGroupId} if request.ResourceGroupId else {},
    )
    created = common.execute(session, command, request)
    return {"Ipv4GatewayId": created.id, "ResourceGroupId": group_of(session, created)}


@attrs.frozen(kw_only=True)
class EnableVpcIpv4Gateway:
    """Activate an IPv4 gateway."""

    Ipv4GatewayId: str = required()
    RegionId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    DryRun: bool = param(default=False)
    RouteTableList: tuple[str, ...] = param(Count(0, 10), default=())


@vpc_action(idempotent_by="ClientToken")
def enable_vpc_ipv4_gateway(session: Session, request: EnableVpcIpv4Gateway) -> Body:
    """Activate the gateway: Activating, then Created. Then the route tables get 0.0.0.0/0 through it."""
    command = commands.EnableIpv4Gateway(gateway_id=request.Ipv4GatewayId, table_ids=request.RouteTableList)
    common.execute(session, command, request)
    return {}


@attrs.frozen(kw_only=True)
class UpdateIpv4GatewayAttribute:
    """Rename an IPv4 gateway, or describe it anew."""

    Ipv4GatewayId: str = required()
    RegionId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    DryRun: bool = param(default=False)
    Ipv4GatewayDescription: str | None = param(*DESCRIPTION, clearable=True)
    Ipv4GatewayName: str | None = param(*NAME, clearable=True)


@vpc_action(idempotent_by="ClientToken")
def update_ipv4_gateway_attribute(session: Session, request: UpdateIpv4GatewayAttribute) -> Body:
    """Change what is given, at once."""
    command = commands.ModifyGateway(
        kind=_KIND,
        gateway_id=request.Ipv4GatewayId,
        name=request.Ipv4GatewayName,
        description=request.Ipv4GatewayDescription,
    )
    common.execute(session, command, request)
    return {}


@attrs.frozen(kw_only=True)
class DeleteIpv4Gateway:
    """Delete an IPv4 gateway that no route leads to, and no route table is associated with."""

    Ipv4GatewayId: str = required()
    RegionId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    DryRun: bool = param(default=False)
    InternetMode: str | None = ignored(
        OneOf("private", "public"), note="says what may reach the Internet afterwards; nothing is routed"
    )


@vpc_action(idempotent_by="ClientToken")
def delete_ipv4_gateway(session: Session, request: DeleteIpv4Gateway) -> Body:
    """Delete the gateway: Deleting, then gone."""
    command = commands.DeleteGateway(kind=_KIND, gateway_id=request.Ipv4GatewayId)
    common.execute(session, command, request)
    return {}


@attrs.frozen(kw_only=True)
class GetIpv4GatewayAttribute:
    """Show an IPv4 gateway."""

    Ipv4GatewayId: str = required()
    RegionId: str = required()


@vpc_action()
def get_ipv4_gateway_attribute(session: Session, request: GetIpv4GatewayAttribute) -> Body:
    """Show it."""
    return views.ipv4_gateway(session, named_gateways.ipv4_gateway(session.graph, request.Ipv4GatewayId))


@attrs.frozen(kw_only=True)
class ListIpv4Gateways:
    """List IPv4 gateways, newest first; all criteria must hold."""

    RegionId: str = required()
    Ipv4GatewayId: str | None = param()
    Ipv4GatewayName: str | None = param()
    MaxResults: int = param(RESULTS, default=10)
    NextToken: str | None = param()
    ResourceGroupId: str | None = param()
    Tags: tuple[TagFilter, ...] = common.tag_filters()
    VpcId: str | None = param()


@vpc_action()
def list_ipv4_gateways(session: Session, request: ListIpv4Gateways) -> Body:
    """List one page."""
    graph = session.graph
    criteria: Criteria[Ipv4Gateway] = Criteria(graph)
    criteria.ids(() if request.Ipv4GatewayId is None else (request.Ipv4GatewayId,))
    common.narrow_by_tags(criteria, request.Tags)
    if request.VpcId is not None:
        of_vpc = graph.ipv4_gateway_by_network.get(request.VpcId)
        criteria.among(() if of_vpc is None else (of_vpc,))
    criteria.test(request.Ipv4GatewayName, lambda found: found.name == request.Ipv4GatewayName)
    criteria.test(
        request.ResourceGroupId, lambda found: group_of(session, found) == request.ResourceGroupId
    )
    page, token = common.page_by_token(graph.ipv4_gateways, criteria.selection, request, request.MaxResults)
    return {
        "Ipv4GatewayModels": [views.listed_ipv4_gateway(session, shown) for shown in page.items],
        "TotalCount": str(page.total),
        "NextToken": token,
    }
