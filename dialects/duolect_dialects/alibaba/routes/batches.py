"""Many entries of route tables at once: each is created or deleted that can be.

Sources: the vendor's pages CreateRouteEntries and DeleteRouteEntries, and the model of its Python SDK.
"""

from typing import Final

import attrs

from duolect_core.addressing.blocks import parse_cidr
from duolect_core.errors import CoreError, RouteBlockTaken, RouteHopsDiffer, RouteNotFound
from duolect_core.graph.graph import Graph
from duolect_core.model.routes import Route
from duolect_core.relations import lookup
from duolect_core.routes import entries as commands
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import vpc_action
from duolect_dialects.alibaba.networks import lifecycle as networks
from duolect_dialects.alibaba.request_errors import missing, worded
from duolect_dialects.alibaba.routes import errors
from duolect_dialects.alibaba.routes.entries import HOP_TYPES, block, next_hop
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required
from duolect_dialects.session import Session
from duolect_dialects.values import Count

_MOST: Final = 50


@attrs.frozen(kw_only=True)
class NewEntry:
    """One of RouteEntries to be created."""

    DstCidrBlock: str = required()
    NextHop: str = required()
    NextHopType: str = required(HOP_TYPES, code="InvalidNextHopType")
    RouteTableId: str = required()
    Description: str | None = param(networks.DESCRIPTION_LENGTH, common.NOT_A_LINK)
    IpVersion: int | None = param(note="follows from the block")
    Name: str | None = param(networks.NAME_LENGTH, common.NOT_A_LINK)


@attrs.frozen(kw_only=True)
class CreateRouteEntries:
    """Add entries to route tables: each of them that can be."""

    RegionId: str = required()
    RouteEntries: tuple[NewEntry, ...] = required(Count(1, _MOST))
    DryRun: bool = param(default=False)


@vpc_action()
def create_route_entries(session: Session, request: CreateRouteEntries) -> Body:
    """Create the entries that can be, in one operation, and say why the others cannot."""
    wanted: list[commands.NewRoute] = []
    failed = []
    for each in request.RouteEntries:
        try:
            course = commands.Course(
                table_id=each.RouteTableId,
                block=block(session, each.DstCidrBlock, each.RouteTableId),
                hops=(next_hop(each.NextHopType, each.NextHop),),
            )
            route = commands.NewRoute(
                course=course, name=each.Name or "", description=each.Description or ""
            )
            session.check(commands.CreateRoutes(routes=(*wanted, route)))
            wanted.append(route)
        except (Refusal, CoreError) as error:
            shown = {"DstCidrBlock": each.DstCidrBlock, "NextHop": each.NextHop}
            failed.append({**shown, **_failure(error)})
    common.end_dry_run(request)
    created = session.execute(commands.CreateRoutes(routes=tuple(wanted))) if wanted else ()
    return {
        "SuccessCount": len(created),
        "FailedCount": len(failed),
        "FailedRouteEntries": failed,
        "RouteEntryIds": [route.id for route in created],
    }


_FAILED_CODES: Final = {
    RouteBlockTaken: "VPC_ROUTE_ENTRY_CIDR_BLOCK_DUPLICATE",
    RouteHopsDiffer: "VPC_ROUTE_ENTRY_CIDR_BLOCK_DUPLICATE",
    RouteNotFound: "VPC_ROUTER_ENTRY_NOT_EXIST",
}
"""What the pages say of entries that fail; of others the codes of the actions on one entry."""


def _failure(error: Refusal | CoreError) -> Body:
    refusal = error if isinstance(error, Refusal) else worded(errors.OF_ENTRIES[type(error)], error)
    code = _FAILED_CODES.get(type(error), refusal.code)  # type: ignore[arg-type]
    return {"FailedCode": code, "FailedMessage": str(refusal.message)}


@attrs.frozen(kw_only=True)
class NamedEntry:
    """One of RouteEntries to be deleted: by its id, or by its block and next hop."""

    RouteTableId: str = required()
    DstCidrBlock: str | None = param()
    NextHop: str | None = param()
    RouteEntryId: str | None = param()


@attrs.frozen(kw_only=True)
class DeleteRouteEntries:
    """Take entries out of route tables: each of them that can be."""

    RegionId: str = required()
    DryRun: bool = param(default=False)
    RouteEntries: tuple[NamedEntry, ...] = param(Count(0, _MOST), default=())


@vpc_action()
def delete_route_entries(session: Session, request: DeleteRouteEntries) -> Body:
    """Delete the entries that can be, in one operation, and say why the others cannot."""
    if not request.RouteEntries:
        raise missing("RouteEntries")
    going: list[str] = []
    failed = []
    for place, each in enumerate(request.RouteEntries, start=1):
        try:
            route = _entry(session.graph, each, place)
            session.check(commands.DeleteRoutes((*going, route.id)))
            going.append(route.id)
        except CoreError as error:
            shown = {
                "RouteEntryId": each.RouteEntryId or "",
                "DstCidrBlock": each.DstCidrBlock or "",
                "NextHop": each.NextHop or "",
            }
            failed.append({**shown, **_failure(error)})
    common.end_dry_run(request)
    if going:
        session.execute(commands.DeleteRoutes(tuple(going)))
    return {"SuccessCount": len(going), "FailedCount": len(failed), "FailedRouteEntries": failed}


def _entry(graph: Graph, given: NamedEntry, place: int) -> Route:
    """Return a route of a table, or raise where there is none, or where it is not named at all."""
    table = lookup.route_table(graph, given.RouteTableId)
    if given.RouteEntryId is None and (given.DstCidrBlock is None or given.NextHop is None):
        raise missing(f"RouteEntries.{place}.RouteEntryId")
    wanted = given.DstCidrBlock and parse_cidr(given.DstCidrBlock)
    for route_id in graph.routes_by_table.ids(table.id):
        route = graph.routes[route_id]
        if given.RouteEntryId is not None:
            found = route.id == given.RouteEntryId
        else:
            found = (route.block, route.hops[0].id) == (wanted, given.NextHop)
        if found:
            return route
    raise RouteNotFound(given.RouteEntryId or str(given.DstCidrBlock))
