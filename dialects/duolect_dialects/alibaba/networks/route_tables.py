"""Route tables: each VPC has its system route table, with which all its vSwitches are associated.

Sources: the vendor's pages DescribeRouteTableList and DescribeRouteTables, and the models of its Python
SDKs for the VPC product and for ECS. A VPC's own routes lead to each of its vSwitches and to the addresses
of cloud services.
"""

from collections.abc import Callable
from typing import Final

import attrs

from duolect_core.model.resources import RouteTable
from duolect_core.networks.changes import ModifyRouteTable
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import TagFilter, ecs_action, vpc_action
from duolect_dialects.alibaba.networks import lifecycle as networks
from duolect_dialects.alibaba.networks import views
from duolect_dialects.alibaba.request_errors import missing
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required, stored
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import OneOf

_ROUTERS: Final = OneOf("VRouter", "VBR")
_NO_BORDER_ROUTERS: Final = "there are no virtual border routers, so nothing matches VBR"


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
    criteria.test(request.RouteTableType, lambda _: request.RouteTableType == "System")
    criteria.test(
        request.ResourceGroupId,
        lambda found: (
            views.resource_group(session, graph.networks[found.network_id]) == request.ResourceGroupId
        ),
    )
    page = common.page_by_number(
        graph.route_tables, criteria.selection, request.PageNumber, request.PageSize
    )
    return {
        "RouterTableList": {
            "RouterTableListType": [views.listed_route_table(session, shown) for shown in page.items]
        },
        "TotalCount": page.total,
        "PageNumber": request.PageNumber,
        "PageSize": request.PageSize,
    }


def _narrow_by_router(criteria: Criteria[RouteTable], session: Session, router_id: str | None) -> None:
    if router_id is not None:
        criteria.among(session.graph.route_tables_by_network.ids(views.network_of_router(router_id)))


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
        lambda found: (
            views.resource_group(session, graph.networks[found.network_id]) == request.ResourceGroupId
        ),
    )
    page = common.page_by_number(
        graph.route_tables, criteria.selection, request.PageNumber, request.PageSize
    )
    return {
        "RouteTables": {"RouteTable": [show(session, shown, request.Type) for shown in page.items]},
        "TotalCount": page.total,
        "PageNumber": request.PageNumber,
        "PageSize": request.PageSize,
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
        ModifyRouteTable(
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
