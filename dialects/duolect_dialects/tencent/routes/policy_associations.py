"""Which route tables have which route reception policies, and letting these decide about routes.

Source: the definitions in tccli. Assumed is what a policy makes of a route that somebody created, which
``ReplaceRoutesWithRoutePolicy`` lets it match: ACCEPT enables it, DISABLE and DROP disable it, and where no
entry matches it stays as it is. Elsewhere policies concern routes that come from other networks, and there
are none here.
"""

from collections.abc import Iterable

import attrs

from duolect_core.relations import lookup
from duolect_core.routes import policy_associations as commands
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, required
from duolect_dialects.session import Session
from duolect_dialects.tencent import common, request_errors
from duolect_dialects.tencent.common import vpc_action
from duolect_dialects.tencent.routes.entries import ROUTE_ID, of_table
from duolect_dialects.tencent.routes.policies import POLICY_ID, PRIORITY
from duolect_dialects.wording import Message

_SET = "RoutePolicyAssociationSet"


@attrs.frozen(kw_only=True)
class AssociationParam:
    """One of RoutePolicyAssociationSet."""

    RouteTableId: str | None = param(common.ROUTE_TABLE_ID, note="required")
    RoutePolicyId: str | None = param(POLICY_ID, note="required")
    Priority: int | None = param(PRIORITY, note="required")


@attrs.frozen(kw_only=True)
class NamedAssociation(AssociationParam):
    """One of RoutePolicyAssociationSet: which it is."""

    Priority: int | None = ignored(note="an association is named by its table and its policy")


@attrs.frozen(kw_only=True)
class CreateRoutePolicyAssociations:
    """Let route tables have route reception policies."""

    RoutePolicyAssociationSet: tuple[AssociationParam, ...] = required(*common.non_empty(100))


@attrs.frozen(kw_only=True)
class ReplaceRoutePolicyAssociations(CreateRoutePolicyAssociations):
    """Give policies of route tables other priorities there."""


@attrs.frozen(kw_only=True)
class DeleteRoutePolicyAssociations:
    """Let route tables have route reception policies no more."""

    RoutePolicyAssociationSet: tuple[NamedAssociation, ...] = required(*common.non_empty(100))


@vpc_action()
def create_route_policy_associations(session: Session, request: CreateRoutePolicyAssociations) -> Body:
    """Associate them at once: all of them, or none."""
    session.execute(commands.AssociateRoutePolicies(_places(request.RoutePolicyAssociationSet)))
    return {}


@vpc_action()
def replace_route_policy_associations(session: Session, request: ReplaceRoutePolicyAssociations) -> Body:
    """Change the priorities at once: all of them, or none."""
    session.execute(commands.ChangePolicyPriorities(_places(request.RoutePolicyAssociationSet)))
    return {}


@vpc_action()
def delete_route_policy_associations(session: Session, request: DeleteRoutePolicyAssociations) -> Body:
    """Let them go at once: all of them, or none."""
    _check_complete(request.RoutePolicyAssociationSet, "RouteTableId", "RoutePolicyId")
    pairs = tuple(
        (str(each.RouteTableId), str(each.RoutePolicyId)) for each in request.RoutePolicyAssociationSet
    )
    session.execute(commands.DisassociateRoutePolicies(pairs))
    return {}


def _places(given: tuple[AssociationParam, ...]) -> tuple[commands.PolicyOfTable, ...]:
    _check_complete(given, "RouteTableId", "RoutePolicyId", "Priority")
    return tuple(
        commands.PolicyOfTable(
            table_id=str(each.RouteTableId), policy_id=str(each.RoutePolicyId), priority=each.Priority or 0
        )
        for each in given
    )


def _check_complete(given: Iterable[AssociationParam], *names: str) -> None:
    for place, each in enumerate(given):
        for name in names:
            if getattr(each, name) is None:
                raise request_errors.missing(f"{_SET}.{place}.{name}")


@attrs.frozen(kw_only=True)
class ResetRoutePolicyAssociations:
    """Let a route table have just these route reception policies."""

    RouteTableId: str = required(common.ROUTE_TABLE_ID)
    RoutePolicyAssociationSet: tuple[AssociationParam, ...] = required(*common.non_empty(100))


@vpc_action()
def reset_route_policy_associations(session: Session, request: ResetRoutePolicyAssociations) -> Body:
    """Replace those that it has at once: all of them, or none."""
    places = _places(request.RoutePolicyAssociationSet)
    lookup.route_table(session.graph, request.RouteTableId)
    for each in places:
        lookup.route_table(session.graph, each.table_id)
        if each.table_id != request.RouteTableId:
            message = Message(
                "`{one}` is not the route table `{other}`.", one=each.table_id, other=request.RouteTableId
            )
            raise Refusal("InvalidParameterValue", message)
    session.execute(commands.ResetTablePolicies(table_id=request.RouteTableId, policies=places))
    return {}


@attrs.frozen(kw_only=True)
class MatchedRoute:
    """One of Routes: which it is, and whether the policies decide about it."""

    RouteItemId: str | None = param(ROUTE_ID, note="required")
    ForceMatchPolicy: bool = param(default=False, note="without it the route stays as it is")


@attrs.frozen(kw_only=True)
class ReplaceRoutesWithRoutePolicy:
    """Let the policies of a route table decide about routes of it."""

    RouteTableId: str = required(common.ROUTE_TABLE_ID)
    Routes: tuple[MatchedRoute, ...] = required(*common.non_empty(100))


@vpc_action()
def replace_routes_with_route_policy(session: Session, request: ReplaceRoutesWithRoutePolicy) -> Body:
    """Enable and disable them at once as the policies say: all of them, or none."""
    ids = []
    for place, each in enumerate(request.Routes):
        if each.RouteItemId is None:
            raise request_errors.missing(f"Routes.{place}.RouteItemId")
        if each.RouteItemId in ids:
            message = Message("The route `{route_id}` is named more than once.", route_id=each.RouteItemId)
            raise Refusal("InvalidParameterValue.Duplicate", message)
        ids.append(each.RouteItemId)
    of_table(session.graph, request.RouteTableId, (), ids)
    matched = (str(each.RouteItemId) for each in request.Routes if each.ForceMatchPolicy)
    session.execute(
        commands.MatchRoutePolicies(
            table_id=request.RouteTableId, route_ids=tuple(matched), route_type="USER"
        )
    )
    return {}
