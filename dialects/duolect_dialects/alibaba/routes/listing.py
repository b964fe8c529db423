"""Listing and counting the entries of route tables.

Sources: the vendor's pages DescribeRouteEntryList and GetVpcRouteEntrySummary, and the model of its Python
SDK.
"""

from typing import Final

import attrs

from duolect_core.model.routes import RouteTable
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import vpc_action
from duolect_dialects.alibaba.routes import views
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Count, OneOf


@attrs.frozen(kw_only=True)
class DescribeRouteEntryList:
    """List the entries of a route table, the newest first and those of the system last."""

    RegionId: str = required()
    RouteTableId: str = required()
    DestCidrBlockList: tuple[str, ...] = param(Count(0, 20), default=())
    DestinationCidrBlock: str | None = param()
    IpVersion: str | None = param(OneOf("ipv4", "ipv6"), code="IllegalParam.IpVersion")
    MaxResult: int = param(Between(1, 100), default=10)
    NextHopId: str | None = param()
    NextHopType: str | None = param()
    NextToken: str | None = param()
    RouteEntryId: str | None = param()
    RouteEntryName: str | None = param()
    RouteEntryType: str | None = param(
        OneOf("Custom", "System", "BGP", "CEN", "ECR"), code="IllegalParam.RouteEntryType"
    )
    ServiceType: str | None = param(note="no route is hosted, so nothing matches")


@vpc_action()
def describe_route_entry_list(session: Session, request: DescribeRouteEntryList) -> Body:
    """List one page."""
    named = request.RouteEntryId is not None or request.RouteEntryName is not None
    if named and request.RouteEntryType not in {None, "Custom"}:
        message = "Only custom routes are found by RouteEntryId and RouteEntryName."
        raise Refusal("OperationFailed.FilterParamUnderWrongRouteType", message, 400)
    table = lookup.route_table(session.graph, request.RouteTableId)
    if table.for_gateways:
        message = f"{table.id} is one for gateways, which ListGatewayRouteTableEntries lists."
        raise Refusal("OperationDenied.UseGatewayRouteEntryQueryInterface", message, 400)
    rows = [row for row in _rows(session, table) if _matches(row, request)]
    start = 0
    if request.NextToken is not None:
        start = common.decode_token(request, request.NextToken, "IllegalParam.NextToken")
    end = start + request.MaxResult
    return {
        "RouteEntrys": {"RouteEntry": rows[start:end]},
        "TotalCount": len(rows),
        "NextToken": common.encode_token(request, end) if end < len(rows) else "",
    }


def _rows(session: Session, table: RouteTable) -> list[Body]:
    own = [views.listed_route(route) for route in views.own_routes(session, table)]
    system = (views.listed_system_route(table, *each) for each in views.system_routes(session, table))
    return [*reversed(own), *system]


def _matches(row: Body, request: DescribeRouteEntryList) -> bool:
    hops = row["NextHops"]["NextHop"]
    blocks = {*request.DestCidrBlockList, request.DestinationCidrBlock} - {None}
    wanted = (
        (not blocks, row["DestinationCidrBlock"] in blocks),
        (request.IpVersion is None, row["IpVersion"].lower() == request.IpVersion),
        (request.NextHopId is None, any(hop["NextHopId"] == request.NextHopId for hop in hops)),
        (request.NextHopType is None, any(hop["NextHopType"] == request.NextHopType for hop in hops)),
        (request.RouteEntryId is None, row["RouteEntryId"] == request.RouteEntryId),
        (request.RouteEntryName is None, row["RouteEntryName"] == request.RouteEntryName),
        (request.RouteEntryType is None, row["Type"] == request.RouteEntryType),
        (request.ServiceType is None, row["ServiceType"] == request.ServiceType),
    )
    return all(not_asked or fits for not_asked, fits in wanted)


_SUMMED: Final = ("custom", "system", "bgp", "cen", "type_vpn_bgp_internal", "ECR")


@attrs.frozen(kw_only=True)
class GetVpcRouteEntrySummary:
    """Count the entries of the route tables of a VPC by their type."""

    RegionId: str = required()
    RouteEntryType: str = required(OneOf("all", *_SUMMED))
    VpcId: str = required()
    RouteTableId: str | None = param()


@vpc_action()
def get_vpc_route_entry_summary(session: Session, request: GetVpcRouteEntrySummary) -> Body:
    """Count what there is of the wanted type, table by table."""
    graph = session.graph
    network = lookup.network(graph, request.VpcId)
    counted = _SUMMED if request.RouteEntryType == "all" else (request.RouteEntryType,)
    summaries = []
    for table_id in graph.route_tables_by_network.ids(network.id):
        if request.RouteTableId in {None, table_id}:
            table = graph.route_tables[table_id]
            counts = {
                "custom": len(graph.routes_by_table.ids(table_id)),
                "system": len(views.system_routes(session, table)),
            }
            entries = [{"RouteEntryType": kind, "Count": counts.get(kind, 0)} for kind in counted]
            summaries.append({"RouteTableId": table_id, "EntrySummarys": entries})
    return {"RouteEntrySummarys": summaries}
