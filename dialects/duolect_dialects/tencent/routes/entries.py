"""Routes of route tables, which the vendor calls routing policies.

Source: the definitions in tccli. Of next hops, instances and HAVIPs are looked up, by their private
addresses or ids; gateways and the like are named, and taken as they are.
"""

from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network
from typing import Final

import attrs

from duolect_core.addressing.pools import parse_ipv4
from duolect_core.errors import RouteNotFound
from duolect_core.graph.graph import Graph
from duolect_core.model.routes import HopKind, NextHop, Route
from duolect_core.relations import lookup
from duolect_core.routes import entries as commands
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, required
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.tencent import common, request_errors
from duolect_dialects.tencent.common import Filter, FilterTable, vpc_action
from duolect_dialects.tencent.networks import lifecycle as networks
from duolect_dialects.tencent.routes import views
from duolect_dialects.tencent.routes.route_tables import NAME
from duolect_dialects.values import Between, Count, Each, Form, OneOf
from duolect_dialects.wording import Message

ROUTE_ID: Final = Form(r"rti6?-[0-9a-z]{6,20}", "an id of the form {prefix}-xxxxxxxx", prefix="rti")
_NUMBER: Final = Between(0, 2**63 - 1)
_HOP_KINDS: Final = {
    "CVM": HopKind.INSTANCE,
    "NORMAL_CVM": HopKind.INSTANCE,
    "HAVIP": HopKind.VIRTUAL_ADDRESS,
    "NAT": HopKind.NAT_GATEWAY,
}
"""What is looked up by its id."""
_NAMED_BY_ADDRESS: Final = frozenset({"CVM", "NORMAL_CVM", "HAVIP"})
"""What may be named by its private address too."""
_GATEWAY_TYPES: Final = OneOf(
    *("CVM", "NORMAL_CVM", "VPN", "DIRECTCONNECT", "PEERCONNECTION", "HAVIP", "NAT", "INTRANAT", "EIP"),
    *("LOCAL_GATEWAY", "USER_CCN", "GWLB_ENDPOINT"),
)
_SHOWN: Final = "is shown of a route, and has no effect"
_NAMED: Final = "a route is named by one of its ids"


@attrs.frozen(kw_only=True)
class RouteParam:
    """One of Routes: where it leads, or which it is."""

    DestinationCidrBlock: str | None = param(note="this, or DestinationIpv6CidrBlock, for a new route")
    GatewayType: str | None = param(_GATEWAY_TYPES, note="required for a new route")
    GatewayId: str | None = param(note="required for a new route")
    RouteId: int | None = param(_NUMBER)
    RouteDescription: str | None = param()
    Enabled: bool | None = param()
    RouteType: str | None = ignored(note=_SHOWN)
    RouteTableId: str | None = ignored(note=_SHOWN)
    DestinationIpv6CidrBlock: str | None = param()
    RouteItemId: str | None = param(ROUTE_ID)
    PublishedToVbc: bool | None = ignored(note=_SHOWN)
    CreatedTime: str | None = ignored(note=_SHOWN)
    CdcId: str | None = ignored(note="there are no dedicated clusters")


@attrs.frozen(kw_only=True)
class NewRoute(RouteParam):
    """One of Routes that do not exist yet."""

    RouteId: int | None = ignored(note=_SHOWN)
    RouteItemId: str | None = ignored(note=_SHOWN)


@attrs.frozen(kw_only=True)
class NamedRoute(RouteParam):
    """One of Routes: which it is."""

    DestinationCidrBlock: str | None = ignored(note=_NAMED)
    GatewayType: str | None = ignored(note=_NAMED)
    GatewayId: str | None = ignored(note=_NAMED)
    RouteDescription: str | None = ignored(note=_NAMED)
    Enabled: bool | None = ignored(note=_NAMED)
    DestinationIpv6CidrBlock: str | None = ignored(note=_NAMED)


@attrs.frozen(kw_only=True)
class CreateRoutes:
    """Add routes to a route table."""

    RouteTableId: str = required(common.ROUTE_TABLE_ID)
    Routes: tuple[NewRoute, ...] = required(*common.non_empty(100))


@vpc_action()
def create_routes(session: Session, request: CreateRoutes) -> Body:
    """Create the routes at once: all of them, or none."""
    created = session.execute(commands.CreateRoutes(routes=_new(request.RouteTableId, request.Routes)))
    table = session.graph.route_tables[request.RouteTableId]
    return {"TotalCount": len(created), "RouteTableSet": [views.route_table(session, table)]}


def _new(table_id: str, given: Iterable[RouteParam]) -> tuple[commands.NewRoute, ...]:
    """Return routes to be created in a table, or raise ``Refusal`` where one leads nowhere."""
    found = []
    for number, each in enumerate(given):
        block, hop = _block(each), _hop(each)
        if block is None:
            raise request_errors.missing(f"Routes.{number}.DestinationCidrBlock")
        if hop is None:
            lacking = "GatewayType" if each.GatewayType is None else "GatewayId"
            raise request_errors.missing(f"Routes.{number}.{lacking}")
        course = commands.Course(
            table_id=table_id, block=block, hops=(hop,), enabled=each.Enabled is not False
        )
        found.append(commands.NewRoute(course=course, description=each.RouteDescription or ""))
    return tuple(found)


def _block(given: RouteParam) -> IPv4Network | IPv6Network | None:
    ipv4, ipv6 = given.DestinationCidrBlock, given.DestinationIpv6CidrBlock
    if ipv4 and ipv6:
        message = Message("A route leads to an IPv4 or to an IPv6 CIDR block, not to both.")
        raise Refusal("InvalidParameterValue", message)
    if ipv4:
        return networks.ipv4_block(ipv4)
    return networks.ipv6_block(ipv6) if ipv6 else None


def _hop(given: RouteParam) -> NextHop | None:
    """Return the next hop: of an instance its private address, as the definitions say, or an id."""
    if given.GatewayType is None or not given.GatewayId:
        return None
    kind = _HOP_KINDS.get(given.GatewayType, HopKind.ELSEWHERE)
    if given.GatewayType in _NAMED_BY_ADDRESS and parse_ipv4(given.GatewayId) is not None:
        kind = HopKind.ADDRESS
    return NextHop(kind=kind, id=given.GatewayId, label=given.GatewayType)


@attrs.frozen(kw_only=True)
class ReplaceRoutes:
    """Let routes of a route table lead elsewhere; each is named by one of its ids."""

    RouteTableId: str = required(common.ROUTE_TABLE_ID)
    Routes: tuple[RouteParam, ...] = required(*common.non_empty(100))


@vpc_action()
def replace_routes(session: Session, request: ReplaceRoutes) -> Body:
    """Change the routes at once, all or none, and show them as they were and as they are."""
    routes = _named(session.graph, request.RouteTableId, request.Routes)
    before = [views.route(route) for route in routes]
    changes = []
    for route, each in zip(routes, request.Routes, strict=True):
        hop = _hop(each)
        changes.append(
            commands.RouteChange(
                route_id=route.id,
                description=each.RouteDescription,
                block=_block(each),
                hops=None if hop is None else (hop,),
                enabled=each.Enabled,
            )
        )
    changed = session.execute(commands.ModifyRoutes(tuple(changes)))
    return {"OldRouteSet": before, "NewRouteSet": [views.route(route) for route in changed]}


@attrs.frozen(kw_only=True)
class DeleteRoutes:
    """Take routes out of a route table; each is named by one of its ids."""

    RouteTableId: str = required(common.ROUTE_TABLE_ID)
    Routes: tuple[NamedRoute, ...] = param(Count(0, 100), default=(), note="required")


@vpc_action()
def delete_routes(session: Session, request: DeleteRoutes) -> Body:
    """Delete the routes at once, all or none, and show them."""
    if not request.Routes:
        raise request_errors.missing("Routes")
    routes = _named(session.graph, request.RouteTableId, request.Routes)
    shown = [views.route(route) for route in routes]
    session.execute(commands.DeleteRoutes(tuple(route.id for route in routes)))
    return {"RouteSet": shown}


def _named(graph: Graph, table_id: str, given: Iterable[RouteParam]) -> list[Route]:
    """Return the routes of a table that are named, or raise where one has no name or does not exist."""
    found = []
    for place, each in enumerate(given):
        if each.RouteItemId is None and not each.RouteId:
            raise request_errors.missing(f"Routes.{place}.RouteId")
        found += of_table(
            graph,
            table_id,
            (each.RouteId or 0,) if each.RouteItemId is None else (),
            () if each.RouteItemId is None else (each.RouteItemId,),
        )
    return found


def of_table(graph: Graph, table_id: str, numbers: Iterable[int], ids: Iterable[str]) -> list[Route]:
    """Return routes of a table by their numeric ids, and by the others.

    Raises:
        RouteTableNotFound, RouteNotFound: there is none of one of these ids.
    """
    table = lookup.route_table(graph, table_id)
    inside = graph.routes_by_table.ids(table.id)
    by_number = {views.number(graph.routes[each]): each for each in inside}
    wanted = [*(by_number.get(number, str(number)) for number in numbers), *ids]
    for route_id in wanted:
        if route_id not in inside:
            raise RouteNotFound(route_id)
    return [graph.routes[route_id] for route_id in wanted]


@attrs.frozen(kw_only=True)
class EnableRoutes:
    """Give routes effect again; each is named by one of its ids."""

    RouteTableId: str = required(common.ROUTE_TABLE_ID)
    RouteIds: tuple[int, ...] = param(
        Count(0, 100), Each(_NUMBER), default=(), note="these or RouteItemIds"
    )
    RouteItemIds: tuple[str, ...] = param(Count(0, 100), Each(ROUTE_ID), default=())


@attrs.frozen(kw_only=True)
class DisableRoutes(EnableRoutes):
    """Take the effect of routes away and leave them in their table; each is named by one of its ids."""


@vpc_action()
def enable_routes(session: Session, request: EnableRoutes) -> Body:
    """Enable the routes at once: all of them, or none."""
    return _switch(session, request, enabled=True)


@vpc_action()
def disable_routes(session: Session, request: DisableRoutes) -> Body:
    """Disable the routes at once: all of them, or none."""
    return _switch(session, request, enabled=False)


def _switch(session: Session, request: EnableRoutes, *, enabled: bool) -> Body:
    if request.RouteIds and request.RouteItemIds:
        message = Message(
            "`{one}` and `{other}` cannot be used together.", one="RouteIds", other="RouteItemIds"
        )
        raise Refusal("InvalidParameter.Coexist", message)
    if not request.RouteIds and not request.RouteItemIds:
        raise request_errors.missing("RouteItemIds")
    routes = of_table(session.graph, request.RouteTableId, request.RouteIds, request.RouteItemIds)
    changes = (commands.RouteChange(route_id=route.id, enabled=enabled) for route in routes)
    session.execute(commands.ModifyRoutes(tuple(changes)))
    return {}


@attrs.frozen(kw_only=True)
class ResetRoutes:
    """Put other routes in the place of all those of a route table, and rename it."""

    RouteTableId: str = required(common.ROUTE_TABLE_ID)
    RouteTableName: str = required(NAME)
    Routes: tuple[NewRoute, ...] = required(*common.non_empty(100))


@vpc_action()
def reset_routes(session: Session, request: ResetRoutes) -> Body:
    """Replace the routes at once: all of them, or none."""
    session.execute(
        commands.ResetRoutes(
            table_id=request.RouteTableId,
            name=request.RouteTableName,
            routes=_new(request.RouteTableId, request.Routes),
        )
    )
    return {}


# -- asking ----------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class DescribeRouteConflicts:
    """Say which routes of a route table lead to the same blocks."""

    RouteTableId: str = required(common.ROUTE_TABLE_ID)
    DestinationCidrBlocks: tuple[str, ...] = required(*common.non_empty(100))


@vpc_action()
def describe_route_conflicts(session: Session, request: DescribeRouteConflicts) -> Body:
    """List the blocks to which enabled routes lead, each with these routes."""
    graph = session.graph
    table = lookup.route_table(graph, request.RouteTableId)
    found = []
    for text in request.DestinationCidrBlocks:
        routes = [route for route in graph.routes_to(table.id, networks.ipv4_block(text)) if route.enabled]
        if routes:
            found.append(
                {
                    "RouteTableId": table.id,
                    "DestinationCidrBlock": text,
                    "ConflictSet": [views.route(route) for route in routes],
                }
            )
    return {"RouteConflictSet": found}


@attrs.frozen(kw_only=True)
class DescribeRouteList:
    """List routes of all route tables, newest first, by filters that must all match."""

    Filters: tuple[Filter, ...] = param(Count(0, 10), default=())
    Offset: int = param(common.OFFSET, default=0)
    Limit: int = param(common.LIMIT, default=20)


@attrs.frozen(kw_only=True)
class DescribeRoutes(DescribeRouteList):
    """List routes of all route tables, newest first, by filters that must all match."""


_CODES: Final = common.FilterCodes(unknown="InvalidParameterValue.Malformed")


def _filters(graph: Graph) -> "FilterTable[Route]":
    return {
        "vpc-id": common.exactly(lambda found: graph.route_tables[found.table_id].network_id),
        "gateway-id": common.by(graph.routes_by_hop),
        "description": common.contains(lambda found: found.description),
        "route-table-id": common.by(graph.routes_by_table),
        "dest-cidr": lambda criteria, values: criteria.test(
            values, lambda found: str(found.block).startswith(values)
        ),
    }


@vpc_action()
def describe_route_list(session: Session, request: DescribeRouteList) -> Body:
    """List one page and the count of all."""
    graph = session.graph
    selection = common.narrow(Criteria(graph), _filters(graph), (), request.Filters, _CODES)
    page = common.page(graph.routes, selection, request.Offset, request.Limit)
    return {"RouteSet": [views.route(shown) for shown in page.items], "TotalCount": page.total}


@vpc_action()
def describe_routes(session: Session, request: DescribeRoutes) -> Body:
    """List one page and the count of all."""
    return describe_route_list(session, request)
