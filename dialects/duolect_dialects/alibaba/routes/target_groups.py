"""Route target groups: two endpoints of gateway load balancers, of which one takes what routes lead there.

Sources: the vendor's pages CreateRouteTargetGroup, UpdateRouteTargetGroup, GetRouteTargetGroup and
ListRouteTargetGroups, the model of its Python SDK, and terraform-provider-alicloud with its tests.
The endpoints are those of another product: every well-formed id names one. Assumed are therefore their
zones, which are never the same, their health, which is Normal always, and that the one that carries the
traffic is Enable, the other one Disable.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

import attrs

from duolect_core.model.lifecycles import ServiceState
from duolect_core.model.routes import HopKind, NextHop, RouteTargetGroup
from duolect_core.relations import lookup
from duolect_core.routes import target_groups as commands
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import TagFilter, TagParam, vpc_action
from duolect_dialects.alibaba.names import moment
from duolect_dialects.alibaba.request_errors import missing
from duolect_dialects.alibaba.views import group_of, plain_tags
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, refused, required, stored
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Count, Form, Length, OneOf

_MODE: Final = "Active-Standby"
_ENDPOINT: Final = "GatewayLoadBalancerEndpoint"
_ACTIVE, _STANDBY = 100, 0
_NAME: Final = (Length(1, 128), common.NOT_A_LINK)
_DESCRIPTION: Final = (Length(1, 256), common.NOT_A_LINK)
_ENDPOINT_ID: Final = Form(r"ep-[0-9a-zA-Z]{1,64}", "the id of an endpoint, ep-...")
_NO_ENDPOINT: Final = "ResourceNotFound.GatewayLoadBalancerEndpoint"
_WITHOUT_EFFECT: Final = "names nothing, and has no effect"
_TAGS_IN_VAIN: Final = "the group is named by its id; tags have no effect"


@attrs.frozen(kw_only=True)
class MemberParam:
    """One of RouteTargetMemberList."""

    MemberId: str = required(_ENDPOINT_ID, code=_NO_ENDPOINT)
    MemberType: str = required(OneOf(_ENDPOINT))
    Weight: int = required(Between(_STANDBY, _ACTIVE), note="100 of the active one, 0 of the other one")


@attrs.frozen(kw_only=True)
class ChangedMember:
    """One of RouteTargetMemberList as it shall be."""

    MemberId: str | None = param(_ENDPOINT_ID, code=_NO_ENDPOINT, note="required")
    MemberType: str | None = param(OneOf(_ENDPOINT), note="required")
    Weight: int | None = param(Between(_STANDBY, _ACTIVE), note="required, and as it is")


@attrs.frozen(kw_only=True)
class CreateRouteTargetGroup:
    """Create a route target group of a VPC."""

    ConfigMode: str = required(OneOf(_MODE))
    RegionId: str = required()
    RouteTargetMemberList: tuple[MemberParam, ...] = required(Count(2, 2))
    VpcId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    ResourceGroupId: str | None = stored(common.RESOURCE_GROUP)
    RouteTargetGroupDescription: str | None = param(*_DESCRIPTION)
    RouteTargetGroupName: str | None = param(*_NAME)
    Tag: tuple[TagParam, ...] = common.tag_params()


@vpc_action(idempotent_by="ClientToken")
def create_route_target_group(session: Session, request: CreateRouteTargetGroup) -> Body:
    """Create the group: Pending, then Available."""
    created = session.execute(
        commands.CreateRouteTargetGroup(
            network_id=request.VpcId,
            members=_members((each.MemberId, each.Weight) for each in request.RouteTargetMemberList),
            name=request.RouteTargetGroupName or "",
            description=request.RouteTargetGroupDescription or "",
            tags=common.tags(request.Tag),
            extras={"ResourceGroupId": request.ResourceGroupId} if request.ResourceGroupId else {},
        )
    )
    return {"RouteTargetGroupId": created.id}


def _members(given: Iterable[tuple[str, int]]) -> tuple[NextHop, ...]:
    """Return the members of a group.

    Raises:
        Refusal: they are not one active and one standby endpoint.
    """
    members = tuple(
        NextHop(kind=HopKind.ELSEWHERE, id=endpoint_id, label=_ENDPOINT, weight=weight)
        for endpoint_id, weight in given
    )
    if len({member.id for member in members}) < len(members):
        message = "The members of a route target group must be in different zones."
        raise Refusal("InvalidParameter", message, 400)
    if {member.weight for member in members} != {_ACTIVE, _STANDBY}:
        message = f"One member must have the weight {_ACTIVE}, the other one {_STANDBY}."
        raise Refusal("InvalidParameter", message, 400)
    return members


@attrs.frozen(kw_only=True)
class UpdateRouteTargetGroup:
    """Rename a route target group, describe it anew, or put another endpoint in the place of one."""

    RegionId: str = required()
    RouteTargetGroupId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    RouteTargetGroupDescription: str | None = param(*_DESCRIPTION, clearable=True)
    RouteTargetGroupName: str | None = param(*_NAME, clearable=True)
    RouteTargetMemberList: tuple[ChangedMember, ...] = param(
        Count(0, 2), default=(), note="only the one that is Disable can be another one"
    )


@vpc_action(idempotent_by="ClientToken")
def update_route_target_group(session: Session, request: UpdateRouteTargetGroup) -> Body:
    """Change what is given; the group is Updating for a while."""
    given = []
    for place, each in enumerate(request.RouteTargetMemberList, start=1):
        for name in ("MemberId", "MemberType", "Weight"):
            if getattr(each, name) is None:
                raise missing(f"RouteTargetMemberList.{place}.{name}")
        given.append((str(each.MemberId), int(each.Weight or 0)))
    session.execute(
        commands.ModifyRouteTargetGroup(
            group_id=request.RouteTargetGroupId,
            name=request.RouteTargetGroupName,
            description=request.RouteTargetGroupDescription,
            members=_members(given) if given else None,
        )
    )
    return {}


@attrs.frozen(kw_only=True)
class SwitchActiveRouteTarget:
    """Let the other endpoint of a route target group carry the traffic."""

    RegionId: str = required()
    RouteTargetGroupId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    Tag: tuple[TagFilter, ...] = ignored(default=(), note=_TAGS_IN_VAIN)


@vpc_action(idempotent_by="ClientToken")
def switch_active_route_target(session: Session, request: SwitchActiveRouteTarget) -> Body:
    """Switch: Switching, then Switched; or back: Recovering, then Available."""
    session.execute(commands.SwitchRouteTarget(request.RouteTargetGroupId))
    return {}


@attrs.frozen(kw_only=True)
class DeleteRouteTargetGroup:
    """Delete a route target group that no route leads to."""

    RegionId: str = required()
    RouteTargetGroupId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    ForceDelete: bool | None = refused("is not documented: nobody knows what it forces")
    Tag: tuple[TagFilter, ...] = ignored(default=(), note=_TAGS_IN_VAIN)


@vpc_action(idempotent_by="ClientToken")
def delete_route_target_group(session: Session, request: DeleteRouteTargetGroup) -> Body:
    """Delete the group: Deleting, then gone."""
    session.execute(commands.DeleteRouteTargetGroup(request.RouteTargetGroupId))
    return {}


@attrs.frozen(kw_only=True)
class GetRouteTargetGroup:
    """Show a route target group."""

    RegionId: str = required()
    RouteTargetGroupId: str = required()
    ClientToken: str | None = ignored(*common.TOKEN, note=_WITHOUT_EFFECT)
    Tag: tuple[TagFilter, ...] = ignored(default=(), note=_TAGS_IN_VAIN)


@vpc_action()
def get_route_target_group(session: Session, request: GetRouteTargetGroup) -> Body:
    """Show it."""
    return _shown(session, lookup.route_target_group(session.graph, request.RouteTargetGroupId))


@attrs.frozen(kw_only=True)
class ListRouteTargetGroups:
    """List route target groups, newest first; all criteria must hold."""

    RegionId: str = required()
    ClientToken: str | None = ignored(*common.TOKEN, note=_WITHOUT_EFFECT)
    MaxResults: int = param(Between(1, 50), default=50)
    MemberId: str | None = param()
    NextToken: str | None = param()
    ResourceGroupId: str | None = param()
    RouteTargetGroupIds: tuple[str, ...] = param(Count(0, 50), default=())
    Tag: tuple[TagFilter, ...] = common.tag_filters()
    VpcId: str | None = param()


@vpc_action()
def list_route_target_groups(session: Session, request: ListRouteTargetGroups) -> Body:
    """List one page."""
    graph = session.graph
    criteria: Criteria[RouteTargetGroup] = Criteria(graph)
    criteria.ids(request.RouteTargetGroupIds)
    criteria.by(graph.route_target_groups_by_network, request.VpcId)
    criteria.by(graph.route_target_groups_by_member, request.MemberId)
    common.narrow_by_tags(criteria, request.Tag)
    criteria.test(
        request.ResourceGroupId, lambda found: group_of(session, found) == request.ResourceGroupId
    )
    page, token = common.page_by_token(
        graph.route_target_groups, criteria.selection, request, request.MaxResults
    )
    return {
        "RouteTargetGroups": [_shown(session, shown) for shown in page.items],
        "TotalCount": page.total,
        "MaxResults": request.MaxResults,
        "NextToken": token,
    }


_STATUS: Final[Mapping[ServiceState, str]] = MappingProxyType(
    {
        ServiceState.PENDING: "Pending",
        ServiceState.AVAILABLE: "Available",
        ServiceState.MODIFYING: "Updating",
        ServiceState.DELETING: "Deleting",
    }
)


def _status(shown: RouteTargetGroup) -> str:
    if shown.switching:
        return "Recovering" if shown.switched else "Switching"
    if shown.switched and shown.state is ServiceState.AVAILABLE:
        return "Switched"
    return _STATUS[shown.state]


def _shown(session: Session, shown: RouteTargetGroup) -> Body:
    active = shown.active()
    return {
        "ConfigMode": _MODE,
        "CreateTime": moment(shown.created),
        "RegionId": session.rules.region,
        "ResourceGroupId": group_of(session, shown),
        "RouteTargetGroupDescription": shown.description,
        "RouteTargetGroupId": shown.id,
        "RouteTargetGroupName": shown.name,
        "RouteTargetMemberList": [
            {
                "EnableStatus": "Enable" if member == active else "Disable",
                "HealthCheckStatus": "Normal",
                "MemberId": member.id,
                "MemberType": member.label,
                "Weight": member.weight,
            }
            for member in shown.members
        ],
        "Status": _status(shown),
        "Tags": plain_tags(shown.tags)["Tag"],
        "VpcId": shown.network_id,
    }
