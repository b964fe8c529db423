"""The entries of route tables that are published beyond their VPC, to Express Connect Routers.

Sources: the vendor's pages PublishVpcRouteEntries, WithdrawVpcPublishedRouteEntries and
ListVpcPublishedRouteEntries, the model of its Python SDK, and terraform-provider-alicloud, which knows the
words of the states. The routers are another product's: every well-formed id names one, and a VPC counts as
associated with it. Assumed are also that an entry is published at once, and that it goes as it would
without that; the system's own entries cannot be published here.
"""

from typing import Final

import attrs

from duolect_core.model.routes import HopKind, NextHop, Route
from duolect_core.relations import lookup
from duolect_core.routes.publication import PublishRoutes, WithdrawRoutes
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import vpc_action
from duolect_dialects.alibaba.request_errors import missing
from duolect_dialects.alibaba.routes import views
from duolect_dialects.alibaba.routes.entries import named_route
from duolect_dialects.declarations import param, required
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Count, Form, OneOf

_ROUTER: Final = "ECR"
_ROUTER_ID: Final = Form(r"ecr-[0-9a-zA-Z]{1,64}", "the id of an Express Connect Router, ecr-...")
_NO_ROUTER: Final = "ResourceNotAssociated.TargetInstance"


@attrs.frozen(kw_only=True)
class NamedEntry:
    """One of RouteEntries: by its table and its block."""

    DestinationCidrBlock: str = required()
    RouteTableId: str = required()


@attrs.frozen(kw_only=True)
class PublishVpcRouteEntries:
    """Publish entries of route tables to a target."""

    RegionId: str = required()
    TargetInstanceId: str = required(_ROUTER_ID, code=_NO_ROUTER)
    TargetType: str = required(OneOf(_ROUTER))
    DryRun: bool = param(default=False)
    RouteEntries: tuple[NamedEntry, ...] = param(Count(0, 50), default=(), note="required")


@attrs.frozen(kw_only=True)
class WithdrawVpcPublishedRouteEntries(PublishVpcRouteEntries):
    """Withdraw entries of route tables from a target."""


@vpc_action()
def publish_vpc_route_entries(session: Session, request: PublishVpcRouteEntries) -> Body:
    """Publish the entries at once: all of them, or none."""
    command = PublishRoutes(route_ids=_named(session, request), target=_target(request))
    common.execute(session, command, request)
    return {}


@vpc_action()
def withdraw_vpc_published_route_entries(
    session: Session, request: WithdrawVpcPublishedRouteEntries
) -> Body:
    """Withdraw the entries at once: all of them, or none."""
    command = WithdrawRoutes(route_ids=_named(session, request), target=_target(request))
    common.execute(session, command, request)
    return {}


def _named(session: Session, request: PublishVpcRouteEntries) -> tuple[str, ...]:
    if not request.RouteEntries:
        raise missing("RouteEntries")
    return tuple(
        named_route(session, None, each.RouteTableId, each.DestinationCidrBlock).id
        for each in request.RouteEntries
    )


def _target(request: PublishVpcRouteEntries) -> NextHop:
    return NextHop(kind=HopKind.ELSEWHERE, id=request.TargetInstanceId, label=request.TargetType)


@attrs.frozen(kw_only=True)
class ListVpcPublishedRouteEntries:
    """List for the entries of a route table whether they are published to targets."""

    RouteTableId: str = required()
    TargetType: str = required()
    DestinationCidrBlock: str | None = param()
    MaxResults: int = param(Between(1, 500), default=50)
    NextToken: str | None = param()
    RegionId: str | None = param()
    TargetInstanceId: str | None = param()


@vpc_action()
def list_vpc_published_route_entries(session: Session, request: ListVpcPublishedRouteEntries) -> Body:
    """List one page: for the named target, or for each to which an entry of the table is published."""
    table = lookup.route_table(session.graph, request.RouteTableId)
    routes = list(views.own_routes(session, table))
    published = (target for route in routes for target in route.published_to)
    named = request.TargetInstanceId
    targets = dict.fromkeys(each.id for each in published if each.label == request.TargetType)
    if named is not None:
        targets = {named: None}
    wanted = request.DestinationCidrBlock
    rows = [
        _row(route, request.TargetType, targets)
        for route in reversed(routes)
        if targets and wanted in {None, str(route.block)}
    ]
    start = 0 if request.NextToken is None else common.decode_token(request, request.NextToken)
    end = start + request.MaxResults
    token = common.encode_token(request, end) if end < len(rows) else ""
    return {"RouteEntries": rows[start:end], "NextToken": token}


def _row(route: Route, kind: str, targets: dict[str, None]) -> Body:
    published = {each.id for each in route.published_to if each.label == kind}
    return {
        "DestinationCidrBlock": str(route.block),
        "RouteEntryId": route.id,
        "RoutePublishTargets": [
            {
                "PublishStatus": "Published" if each in published else "NonPublished",
                "PublishTargetInstanceId": each,
                "PublishTargetType": kind,
            }
            for each in targets
        ],
        "RouteTableId": route.table_id,
    }
