"""Route tables: each VPC has its default one, with which all its subnets are associated.

Source: the definitions in tccli. There are no routes but those within the VPC, which the vendor does not
list.
"""

import attrs

from duolect_core.graph.graph import Graph
from duolect_core.model.resources import RouteTable
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.tencent import common, views
from duolect_dialects.tencent.common import Filter, FilterTable, vpc_action
from duolect_dialects.values import Count, Each
from duolect_dialects.wording import Message


@attrs.frozen(kw_only=True)
class DescribeRouteTables:
    """List route tables, newest first: by ids, or by filters that must all match."""

    Filters: tuple[Filter, ...] = param(Count(0, 10), default=())
    RouteTableIds: tuple[str, ...] = param(Count(0, 100), Each(common.ROUTE_TABLE_ID), default=())
    Offset: int = param(common.OFFSET, default=0)
    Limit: int = param(common.LIMIT, default=20)
    NeedRouterInfo: bool | None = ignored(note="there are no routes to list")


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
        "RouteTableSet": [views.route_table(session, shown) for shown in page.items],
    }


def _filters(graph: Graph) -> "FilterTable[RouteTable]":
    return {
        "route-table-id": common.by_ids,
        "route-table-name": common.contains(lambda found: found.name),
        "vpc-id": common.by(graph.route_tables_by_network),
        "association.main": common.flag(
            lambda found: graph.networks[found.network_id].route_table_id == found.id
        ),
        "tag-key": common.tag_key,
        "visible": common.flag(lambda _found: True),
        "next-hop-type": common.exactly(lambda _found: "LOCAL"),
    }
