"""Route tables: each VPC has its default one, and may have others that its subnets use instead.

Source: the definitions in tccli. The routes within a VPC are not listed.
"""

from typing import Final

import attrs

from duolect_core.graph.graph import Graph
from duolect_core.model.routes import RouteTable
from duolect_core.relations import lookup
from duolect_core.routes import tables as commands
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.tencent import common, request_errors
from duolect_dialects.tencent.common import Filter, FilterTable, TagParam, vpc_action
from duolect_dialects.tencent.routes import views
from duolect_dialects.values import AtMost, Count, Each
from duolect_dialects.wording import Message

NAME: Final = AtMost(60)


@attrs.frozen(kw_only=True)
class CreateRouteTable:
    """Create a route table of a VPC."""

    VpcId: str = required(common.VPC_ID)
    RouteTableName: str = required(NAME)
    Tags: tuple[TagParam, ...] = param(default=())


@vpc_action()
def create_route_table(session: Session, request: CreateRouteTable) -> Body:
    """Create the route table, usable at once."""
    created = session.execute(
        commands.CreateRouteTable(
            network_id=request.VpcId, name=request.RouteTableName, tags=common.tags(request.Tags)
        )
    )
    return {"RouteTable": views.route_table(session, created)}


@attrs.frozen(kw_only=True)
class DeleteRouteTable:
    """Delete a route table that no subnet uses, with its routes."""

    RouteTableId: str = required(common.ROUTE_TABLE_ID)


@vpc_action()
def delete_route_table(session: Session, request: DeleteRouteTable) -> Body:
    """Delete the route table at once."""
    session.execute(commands.DeleteRouteTable(request.RouteTableId))
    return {}


@attrs.frozen(kw_only=True)
class ModifyRouteTableAttribute:
    """Rename a route table."""

    RouteTableId: str = required(common.ROUTE_TABLE_ID)
    RouteTableName: str = required(NAME)


@vpc_action()
def modify_route_table_attribute(session: Session, request: ModifyRouteTableAttribute) -> Body:
    """Change the name at once."""
    session.execute(commands.ModifyRouteTable(table_id=request.RouteTableId, name=request.RouteTableName))
    return {}


@attrs.frozen(kw_only=True)
class ReplaceRouteTableAssociation:
    """Let a subnet use another route table of its VPC."""

    RouteTableId: str = required(common.ROUTE_TABLE_ID)
    SubnetId: str | None = param(common.SUBNET_ID, note="required: every subnet has an id")


@vpc_action()
def replace_route_table_association(session: Session, request: ReplaceRouteTableAssociation) -> Body:
    """Change the association at once."""
    if request.SubnetId is None:
        raise request_errors.missing("SubnetId")
    command = commands.AssociateRouteTable(table_id=request.RouteTableId, subnet_id=request.SubnetId)
    session.execute(command)
    return {}


@attrs.frozen(kw_only=True)
class DescribeRouteTables:
    """List route tables, newest first: by ids, or by filters that must all match."""

    Filters: tuple[Filter, ...] = param(Count(0, 10), default=())
    RouteTableIds: tuple[str, ...] = param(Count(0, 100), Each(common.ROUTE_TABLE_ID), default=())
    Offset: int = param(common.OFFSET, default=0)
    Limit: int = param(common.LIMIT, default=20)
    NeedRouterInfo: bool = param(default=True)


@vpc_action()
def describe_route_tables(session: Session, request: DescribeRouteTables) -> Body:
    """List one page and the count of all; an id that does not exist is an error."""
    graph = session.graph
    names = {each.Name for each in request.Filters}
    if "next-hop-type" in names and not names >= {"route-table-id", "vpc-id"}:
        raise Refusal(
            "InvalidParameter.FilterInvalidKey",
            Message("The filter `next-hop-type` needs `route-table-id` and `vpc-id` beside it."),
        )
    selection = common.narrow(Criteria(graph), _filters(graph), request.RouteTableIds, request.Filters)
    for table_id in request.RouteTableIds:
        lookup.route_table(graph, table_id)
    page = common.page(graph.route_tables, selection, request.Offset, request.Limit)
    return {
        "TotalCount": page.total,
        "RouteTableSet": [
            views.route_table(session, shown, with_routes=request.NeedRouterInfo) for shown in page.items
        ],
    }


def _filters(graph: Graph) -> "FilterTable[RouteTable]":
    return {
        "route-table-id": common.by_ids,
        "route-table-name": common.contains(lambda found: found.name),
        "vpc-id": common.by(graph.route_tables_by_network),
        "association.main": common.flag(lambda found: commands.is_main(graph, found)),
        "tag-key": common.tag_key,
        "visible": common.flag(lambda _found: True),
        "next-hop-type": common.one_of(lambda found: _hop_types(graph, found)),
    }


def _hop_types(graph: Graph, table: RouteTable) -> set[str]:
    """Return the types of the next hops in a route table: packets within the VPC go to LOCAL."""
    routes = (graph.routes[route_id] for route_id in graph.routes_by_table.ids(table.id))
    return {"LOCAL", *(hop.label for route in routes for hop in route.hops)}
