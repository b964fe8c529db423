"""The entries of route tables: creating, changing and deleting one.

ECS 2014-05-26 keeps two of the actions as they were before the VPC product existed.

Sources: the vendor's pages CreateRouteEntry, ModifyRouteEntry and DeleteRouteEntry, and the models of its
Python SDKs. Of next hops, instances, network interfaces, HaVips, route target groups, and NAT, IPv4 and
IPv6 gateways are looked up; other gateways and the like are named, and taken as they are.
"""

from collections.abc import Sequence
from typing import Final

import attrs

from duolect_core.addressing.blocks import parse_cidr
from duolect_core.errors import RouteNotFound
from duolect_core.model.routes import Destination, HopKind, ListedBlocks, NextHop, Route
from duolect_core.relations import lookup, named_lists
from duolect_core.routes import entries as commands
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import ecs_action, vpc_action
from duolect_dialects.alibaba.networks import lifecycle as networks
from duolect_dialects.alibaba.request_errors import missing
from duolect_dialects.alibaba.routes import views
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Count, OneOf

HOP_TYPES: Final = OneOf(
    *("Instance", "HaVip", "RouterInterface", "NetworkInterface", "VpnGateway", "IPv6Gateway"),
    *("NatGateway", "Attachment", "VpcPeer", "Ipv4Gateway", "GatewayEndpoint", "CenBasic", "Ecr"),
    *("GatewayLoadBalancerEndpoint", "RouteTargetGroup"),
)
_KINDS: Final = {
    "Instance": HopKind.INSTANCE,
    "NetworkInterface": HopKind.INTERFACE,
    "HaVip": HopKind.VIRTUAL_ADDRESS,
    "NatGateway": HopKind.NAT_GATEWAY,
    "Ipv4Gateway": HopKind.IPV4_GATEWAY,
    "IPv6Gateway": HopKind.IPV6_GATEWAY,
    "RouteTargetGroup": HopKind.ROUTE_TARGET_GROUP,
}
_HOPS: Final = (2, 16)
"""How many next hops an ECMP route has, at least and at most."""
_IPV6: Final = 6
_PREFIX_LIST: Final = "pl-"


@attrs.frozen(kw_only=True)
class NextHopParam:
    """One of several next hops, which are router interfaces."""

    NextHopId: str | None = param()
    NextHopType: str | None = param(OneOf("RouterInterface"))


@attrs.frozen(kw_only=True)
class WeightedNextHop(NextHopParam):
    """One of several next hops, which are router interfaces, and its share."""

    Weight: int | None = param(Between(0, 255), code="INVALID_WEIGHT_PARAM")


@attrs.frozen(kw_only=True)
class EcsCreateRouteEntry:
    """Add an entry to a route table."""

    DestinationCidrBlock: str = required()
    RouteTableId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    NextHopId: str | None = param(note="this, or NextHopList")
    NextHopList: tuple[NextHopParam, ...] = param(Count(0, _HOPS[1]), default=())
    NextHopType: str | None = param(HOP_TYPES, code="InvalidNextHopType", note="Instance by default")
    RegionId: str | None = param()


@attrs.frozen(kw_only=True)
class CreateRouteEntry(EcsCreateRouteEntry):
    """Add an entry to a route table."""

    Description: str | None = param(
        networks.DESCRIPTION_LENGTH, common.NOT_A_LINK, code="InvalidDescription.Malformed"
    )
    DryRun: bool = param(default=False)
    NextHopList: tuple[WeightedNextHop, ...] = param(Count(0, _HOPS[1]), default=())
    RouteEntryName: str | None = param(
        networks.NAME_LENGTH, common.NOT_A_LINK, code="InvalidRouteEntryName.Malformed"
    )


@vpc_action(idempotent_by="ClientToken")
def create_route_entry(session: Session, request: CreateRouteEntry) -> Body:
    """Create the entry: Pending, then Available."""
    course = commands.Course(
        table_id=request.RouteTableId,
        block=block(session, request.DestinationCidrBlock, request.RouteTableId),
        hops=_hops(request.NextHopType, request.NextHopId, request.NextHopList),
    )
    if isinstance(course.block, ListedBlocks) and len(course.hops) > 1:
        message = "A route to a prefix list has one next hop."
        raise Refusal("UnsupportedFeature.CreatePrefixListEcmpRouteEntry", message, 400)
    wanted = commands.NewRoute(
        course=course, name=request.RouteEntryName or "", description=request.Description or ""
    )
    (created,) = common.execute(session, commands.CreateRoutes(routes=(wanted,)), request)
    return {"RouteEntryId": created.id}


def block(session: Session, text: str, table_id: str) -> Destination:
    """Return the block, or the prefix list, that a new route leads to.

    Raises:
        RouteListNotFound: there is no such list.
        Refusal: it is not written as one, or is IPv6 where the VPC has none.
    """
    found = _destination(session, text)
    table = session.graph.route_tables.get(table_id)
    if found.version == _IPV6 and table is not None:
        network = session.graph.networks[table.network_id]
        if network.ipv6_block is None:
            message = f"IPv6 is not enabled for the VPC {network.id}."
            raise Refusal("OperationDenied.VpcIpv6NotEnabled", message, 400)
    return found


def _destination(session: Session, text: str) -> Destination:
    """Return a block or a prefix list as a request writes it; an address alone is a block of one.

    Raises:
        RouteListNotFound: there is no such list.
        Refusal: it is not written as one.
    """
    if text.startswith(_PREFIX_LIST):
        return ListedBlocks(text, named_lists.route_list(session.graph, text).version)
    found = parse_cidr(text)
    if found is None:
        code = "InvalidCidrBlock.Malformed"
        raise Refusal(code, f"{text} is not an IPv4 or IPv6 CIDR block.", 400)
    return found


def _hops(hop_type: str | None, hop_id: str | None, several: Sequence[NextHopParam]) -> tuple[NextHop, ...]:
    """Return the next hops of a new route: one, or the router interfaces of an ECMP route.

    Raises:
        Refusal: there are none, both are given, or there are too few or too many.
    """
    if not several:
        if not hop_id:
            raise missing("NextHopId")
        return (next_hop(hop_type or "Instance", hop_id),)
    if hop_type is not None or hop_id is not None:
        message = "NextHopType and NextHopId cannot be used together with NextHopList."
        raise Refusal("InvalidNexthopTypeAndList.BothNotNull", message, 400)
    if not _HOPS[0] <= len(several) <= _HOPS[1]:
        message = f"NextHopList must have from {_HOPS[0]} to {_HOPS[1]} next hops."
        raise Refusal("InvalidNexthopListSize", message, 400)
    hops = []
    for place, each in enumerate(several, start=1):
        if not each.NextHopId:
            raise missing(f"NextHopList.{place}.NextHopId")
        hops.append(_router_interface(each, each.NextHopId))
    if len({hop.id for hop in hops}) < len(hops):
        raise Refusal("Duplicated.VpcNextHop", "A next hop is named more than once.", 400)
    return tuple(hops)


def next_hop(hop_type: str, hop_id: str) -> NextHop:
    """Return a next hop of one of the vendor's types."""
    return NextHop(kind=_KINDS.get(hop_type, HopKind.ELSEWHERE), id=hop_id, label=hop_type)


def _router_interface(given: NextHopParam, hop_id: str) -> NextHop:
    weight = given.Weight if isinstance(given, WeightedNextHop) else None
    return NextHop(
        kind=HopKind.ELSEWHERE, id=hop_id, label="RouterInterface", weight=100 if weight is None else weight
    )


@attrs.frozen(kw_only=True)
class ModifyRouteEntry:
    """Rename an entry of a route table, describe it anew, or give it another next hop."""

    RegionId: str = required()
    Description: str | None = param(networks.DESCRIPTION_LENGTH, common.NOT_A_LINK, clearable=True)
    DestinationCidrBlock: str | None = param(note="with RouteTableId, or RouteEntryId")
    DryRun: bool = param(default=False)
    NewNextHopId: str | None = param()
    NewNextHopType: str | None = param(HOP_TYPES, code="InvalidNextHopType")
    RouteEntryId: str | None = param()
    RouteEntryName: str | None = param(networks.NAME_LENGTH, common.NOT_A_LINK, clearable=True)
    RouteTableId: str | None = param()


@vpc_action()
def modify_route_entry(session: Session, request: ModifyRouteEntry) -> Body:
    """Change what is given: what is said at once, the next hop while the entry is Modifying."""
    route = named_route(session, request.RouteEntryId, request.RouteTableId, request.DestinationCidrBlock)
    hops = None
    if request.NewNextHopId is not None:
        hops = (next_hop(request.NewNextHopType or route.hops[0].label, request.NewNextHopId),)
    elif request.NewNextHopType is not None:
        raise missing("NewNextHopId")
    change = commands.RouteChange(
        route_id=route.id, name=request.RouteEntryName, description=request.Description, hops=hops
    )
    common.execute(session, commands.ModifyRoutes((change,)), request)
    return {}


def named_route(session: Session, entry_id: str | None, table_id: str | None, text: str | None) -> Route:
    """Return the route that a request names by its id, or by its table and its block.

    Raises:
        RouteTableNotFound, RouteNotFound: there is none.
        Refusal: it is not named, or is one that the system made.
    """
    graph = session.graph
    if entry_id is not None:
        found = lookup.route(graph, entry_id)
        if table_id is not None and lookup.route_table(graph, table_id).id != found.table_id:
            raise RouteNotFound(entry_id)
        return found
    if table_id is None:
        raise missing("RouteEntryId" if text is None else "RouteTableId")
    if text is None:
        raise missing("DestinationCidrBlock")
    table = lookup.route_table(graph, table_id)
    wanted = _destination(session, text)
    for route in graph.routes_to(table.id, wanted):
        return route
    if str(wanted) in dict(views.system_routes(session, table)):
        raise Refusal("OperationDenied", f"The system made the route to {text}.", 400)
    raise Refusal("InvalidRouteEntry.NotFound", f"{table_id} has no route to {text}.", 400)


@attrs.frozen(kw_only=True)
class EcsDeleteRouteEntry:
    """Take an entry out of a route table."""

    DestinationCidrBlock: str = required()
    RouteTableId: str = required()
    NextHopId: str | None = param()
    NextHopList: tuple[NextHopParam, ...] = param(Count(0, _HOPS[1]), default=())
    RegionId: str | None = param()


@attrs.frozen(kw_only=True)
class DeleteRouteEntry:
    """Take an entry out of a route table."""

    DestinationCidrBlock: str | None = param(note="with RouteTableId, or RouteEntryId")
    DryRun: bool = param(default=False)
    NextHopId: str | None = param()
    NextHopList: tuple[NextHopParam, ...] = param(Count(0, _HOPS[1]), default=())
    RegionId: str | None = param()
    RouteEntryId: str | None = param()
    RouteTableId: str | None = param()


@vpc_action()
def delete_route_entry(session: Session, request: DeleteRouteEntry) -> Body:
    """Delete the entry: Deleting, then gone."""
    if request.NextHopId is not None and request.NextHopList:
        message = "NextHopId and NextHopList cannot be used together."
        raise Refusal("ParamExclusive.NextHopIdAndList", message, 400)
    if request.RouteEntryId is not None and request.DestinationCidrBlock is not None:
        message = "RouteEntryId and DestinationCidrBlock cannot be used together."
        raise Refusal("ParamExclusive.RouteEntryIdAndRouteTableIdOrDestCidrBlock", message, 400)
    route = named_route(session, request.RouteEntryId, request.RouteTableId, request.DestinationCidrBlock)
    given = {request.NextHopId, *(each.NextHopId for each in request.NextHopList)} - {None}
    if given and given != {hop.id for hop in route.hops}:
        message = f"The route {route.id} does not lead to {', '.join(sorted(map(str, given)))}."
        raise Refusal("InvalidRouteEntry.NotFound", message, 400)
    common.execute(session, commands.DeleteRoutes((route.id,)), request)
    return {}


# -- the versions of ECS ---------------------------------------------------------------------------------


@ecs_action(name="CreateRouteEntry", idempotent_by="ClientToken")
def ecs_create_route_entry(session: Session, request: EcsCreateRouteEntry) -> Body:
    """Create the entry: Pending, then Available."""
    create_route_entry(session, common.newer(request, CreateRouteEntry))
    return {}


@ecs_action(name="DeleteRouteEntry")
def ecs_delete_route_entry(session: Session, request: EcsDeleteRouteEntry) -> Body:
    """Delete the entry: Deleting, then gone."""
    return delete_route_entry(session, common.newer(request, DeleteRouteEntry))
