"""Route tables: each VPC has one of the system, and may have custom ones that its vSwitches use instead.

Sources: the vendor's pages CreateRouteTable, DeleteRouteTable, AssociateRouteTable, UnassociateRouteTable,
DescribeRouteTableList and DescribeRouteTables, and the models of its Python SDKs for the VPC product and
for ECS.
"""

from collections.abc import Callable
from typing import Final

import attrs

from duolect_core.model.routes import RouteTable
from duolect_core.routes import tables as commands
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import TagFilter, TagParam, ecs_action, vpc_action
from duolect_dialects.alibaba.networks import lifecycle as networks
from duolect_dialects.alibaba.networks.views import network_of_router, resource_group, table_type
from duolect_dialects.alibaba.request_errors import missing
from duolect_dialects.alibaba.routes import views
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required, stored
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import OneOf

_ROUTERS: Final = OneOf("VRouter", "VBR")
_NO_BORDER_ROUTERS: Final = "there are no virtual border routers, so nothing matches VBR"


@attrs.frozen(kw_only=True)
class CreateRouteTable:
    """Create a custom route table of a VPC."""

    RegionId: str = required()
    VpcId: str = required()
    AssociateType: str | None = param(
        OneOf("VSwitch", "Gateway"), note="with Gateway it is one for gateways: no vSwitch uses it"
    )
    ClientToken: str | None = param(*common.TOKEN)
    Description: str | None = param(
        networks.DESCRIPTION_LENGTH, common.NOT_A_LINK, code="InvalidParameter.Description.Malformed"
    )
    RouteTableName: str | None = param(
        networks.NAME_LENGTH, common.NOT_A_LINK, code="InvalidParameter.RouteTableName.Malformed"
    )
    Tag: tuple[TagParam, ...] = common.tag_params()


@vpc_action(idempotent_by="ClientToken")
def create_route_table(session: Session, request: CreateRouteTable) -> Body:
    """Create the route table: Pending, then Available."""
    created = session.execute(
        commands.CreateRouteTable(
            network_id=request.VpcId,
            for_gateways=request.AssociateType == "Gateway",
            name=request.RouteTableName or "",
            description=request.Description or "",
            tags=common.tags(request.Tag),
        )
    )
    return {"RouteTableId": created.id}


@attrs.frozen(kw_only=True)
class DeleteRouteTable:
    """Delete a custom route table that nothing stands on."""

    RegionId: str = required()
    RouteTableId: str = required()


@vpc_action()
def delete_route_table(session: Session, request: DeleteRouteTable) -> Body:
    """Delete the route table: Deleting, then gone."""
    session.execute(commands.DeleteRouteTable(request.RouteTableId))
    return {}


@attrs.frozen(kw_only=True)
class AssociateRouteTable:
    """Let a vSwitch use a custom route table of its VPC."""

    RegionId: str = required()
    RouteTableId: str = required()
    VSwitchId: str = required()
    ClientToken: str | None = param(*common.TOKEN)


@attrs.frozen(kw_only=True)
class UnassociateRouteTable(AssociateRouteTable):
    """Let a vSwitch use the system route table of its VPC again."""


@vpc_action(idempotent_by="ClientToken")
def associate_route_table(session: Session, request: AssociateRouteTable) -> Body:
    """Associate the two; the vSwitch is Pending, then Available."""
    command = commands.AssociateRouteTable(table_id=request.RouteTableId, subnet_id=request.VSwitchId)
    session.execute(command)
    return {}


@vpc_action(idempotent_by="ClientToken")
def unassociate_route_table(session: Session, request: UnassociateRouteTable) -> Body:
    """Undo the association; the vSwitch is Pending, then Available."""
    command = commands.DisassociateRouteTable(table_id=request.RouteTableId, subnet_id=request.VSwitchId)
    session.execute(command)
    return {}


@attrs.frozen(kw_only=True)
class DescribeRouteTableList:
    """List route tables, newest first; all criteria must hold."""

    RegionId: str = required()
    PageNumber: int = param(networks.PAGES, default=1)
    PageSize: int = param(networks.SIZES, default=10)
    ResourceGroupId: str | None = param()
    RouteTableId: str | None = param()
    RouteTableName: str | None = param()
    RouteTableType: str | None = param(OneOf("System", "Custom"))
    RouterId: str | None = param()
    RouterType: str | None = param(_ROUTERS, note=_NO_BORDER_ROUTERS)
    Tag: tuple[TagFilter, ...] = common.tag_filters()
    VpcId: str | None = param(note="with it RouterType has no effect")


@vpc_action()
def describe_route_table_list(session: Session, request: DescribeRouteTableList) -> Body:
    """List one page, without the routes."""
    graph = session.graph
    criteria: Criteria[RouteTable] = Criteria(graph)
    criteria.ids(() if request.RouteTableId is None else (request.RouteTableId,))
    criteria.by(graph.route_tables_by_network, request.VpcId)
    common.narrow_by_tags(criteria, request.Tag)
    _narrow_by_router(criteria, session, request.RouterId)
    if request.VpcId is None:
        criteria.test(request.RouterType, lambda _: request.RouterType == "VRouter")
    criteria.test(request.RouteTableName, lambda found: found.name == request.RouteTableName)
    criteria.test(
        request.RouteTableType, lambda found: table_type(session, found.id) == request.RouteTableType
    )
    criteria.test(
        request.ResourceGroupId,
        lambda found: resource_group(session, graph.networks[found.network_id]) == request.ResourceGroupId,
    )
    page, about = common.numbered_page(graph.route_tables, criteria.selection, request)
    return {
        "RouterTableList": {
            "RouterTableListType": [views.listed_route_table(session, shown) for shown in page.items]
        },
        **about,
    }


def _narrow_by_router(criteria: Criteria[RouteTable], session: Session, router_id: str | None) -> None:
    if router_id is not None:
        criteria.among(session.graph.route_tables_by_network.ids(network_of_router(router_id)))


@attrs.frozen(kw_only=True)
class EcsDescribeRouteTables:
    """Show route tables with their routes; one of the criteria is needed, and all must hold."""

    PageNumber: int = param(networks.PAGES, default=1)
    PageSize: int = param(networks.SIZES, default=10)
    RegionId: str | None = param()
    RouteTableId: str | None = param()
    RouteTableName: str | None = param()
    RouterId: str | None = param()
    RouterType: str | None = param(_ROUTERS, note=_NO_BORDER_ROUTERS)
    VRouterId: str | None = param()


@attrs.frozen(kw_only=True)
class DescribeRouteTables(EcsDescribeRouteTables):
    """Show route tables with their routes; one of the criteria is needed, and all must hold."""

    ResourceGroupId: str | None = param()
    Type: str | None = param(OneOf("Custom", "System", "BGP", "CEN", "ECR"))


@vpc_action()
def describe_route_tables(
    session: Session,
    request: DescribeRouteTables,
    show: Callable[[Session, RouteTable, str | None], Body] = views.route_table,
) -> Body:
    """Show one page, with the routes of the wanted type."""
    if not (request.VRouterId or request.RouterId or request.RouteTableId or request.RouteTableName):
        raise missing("RouteTableId")
    if request.VRouterId is not None and request.RouterId is not None:
        raise Refusal("InvalidParameter", "VRouterId and RouterId cannot be used together.", 400)
    graph = session.graph
    criteria: Criteria[RouteTable] = Criteria(graph)
    criteria.ids(() if request.RouteTableId is None else (request.RouteTableId,))
    _narrow_by_router(criteria, session, request.VRouterId or request.RouterId)
    criteria.test(request.RouterType, lambda _: request.RouterType == "VRouter")
    criteria.test(request.RouteTableName, lambda found: found.name == request.RouteTableName)
    criteria.test(
        request.ResourceGroupId,
        lambda found: resource_group(session, graph.networks[found.network_id]) == request.ResourceGroupId,
    )
    page, about = common.numbered_page(graph.route_tables, criteria.selection, request)
    return {
        "RouteTables": {"RouteTable": [show(session, shown, request.Type) for shown in page.items]},
        **about,
    }


@attrs.frozen(kw_only=True)
class ModifyRouteTableAttributes:
    """Rename a route table, describe it anew, or say whether it takes routes over."""

    RegionId: str = required()
    RouteTableId: str = required()
    Description: str | None = param(networks.DESCRIPTION_LENGTH, common.NOT_A_LINK, clearable=True)
    RoutePropagationEnable: bool | None = stored()
    RouteTableName: str | None = param(networks.NAME_LENGTH, common.NOT_A_LINK, clearable=True)


@vpc_action()
def modify_route_table_attributes(session: Session, request: ModifyRouteTableAttributes) -> Body:
    """Change what is given, at once."""
    propagation = request.RoutePropagationEnable
    session.execute(
        commands.ModifyRouteTable(
            table_id=request.RouteTableId,
            name=request.RouteTableName,
            description=request.Description,
            extras={} if propagation is None else {"RoutePropagationEnable": propagation},
        )
    )
    return {}


@ecs_action(name="DescribeRouteTables")
def ecs_describe_route_tables(session: Session, request: EcsDescribeRouteTables) -> Body:
    """Show one page, with all routes."""
    return describe_route_tables(session, common.newer(request, DescribeRouteTables), views.ecs_route_table)
