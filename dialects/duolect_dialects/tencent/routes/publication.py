"""Routes that are published to a Cloud Connect Network, and withdrawn from it.

Source: the definitions in tccli. There are no such networks here: every VPC counts as attached to one,
which is assumed. A route without effect is not published, and one that is published stays until it is
withdrawn.
"""

from typing import Final

import attrs

from duolect_core.model.routes import HopKind, NextHop
from duolect_core.routes.publication import PublishRoutes, WithdrawRoutes
from duolect_dialects.action import Body
from duolect_dialects.declarations import required
from duolect_dialects.session import Session
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import vpc_action
from duolect_dialects.tencent.routes.entries import ROUTE_ID, of_table
from duolect_dialects.values import Each

_CCN: Final = NextHop(kind=HopKind.ELSEWHERE, id="", label="CCN")
"""The network that a VPC is attached to."""


@attrs.frozen(kw_only=True)
class NotifyRoutes:
    """Publish routes of a route table."""

    RouteTableId: str = required(common.ROUTE_TABLE_ID, code="InvalidRouteTableId.Malformed")
    RouteItemIds: tuple[str, ...] = required(*common.non_empty(100), Each(ROUTE_ID))


@attrs.frozen(kw_only=True)
class WithdrawNotifyRoutes(NotifyRoutes):
    """Withdraw routes of a route table that are published."""


@vpc_action()
def notify_routes(session: Session, request: NotifyRoutes) -> Body:
    """Publish them at once: all of them, or none."""
    session.execute(PublishRoutes(route_ids=_named(session, request), target=_CCN))
    return {}


@vpc_action()
def withdraw_notify_routes(session: Session, request: WithdrawNotifyRoutes) -> Body:
    """Withdraw them at once: all of them, or none."""
    session.execute(WithdrawRoutes(route_ids=_named(session, request), target=_CCN))
    return {}


def _named(session: Session, request: NotifyRoutes) -> tuple[str, ...]:
    routes = of_table(session.graph, request.RouteTableId, (), request.RouteItemIds)
    return tuple(route.id for route in routes)
