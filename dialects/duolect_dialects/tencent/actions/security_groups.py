"""Security groups. They belong to a region, not to a VPC.

Source: the definitions in tccli.
"""

from typing import Final

import attrs

from duolect_core.commands import lookup
from duolect_core.commands import security_groups as commands
from duolect_core.model import SecurityGroup
from duolect_core.queries import select
from duolect_dialects.action import Body, param, required, stored
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.tencent import views
from duolect_dialects.tencent.actions import common
from duolect_dialects.tencent.actions.common import Filter, FilterTable, TagParam, vpc_action
from duolect_dialects.values import AtMost, Count, Each, Form, OneOf


@attrs.frozen(kw_only=True)
class CreateSecurityGroup:
    """Create a security group without rules."""

    GroupName: str = required(AtMost(60))
    GroupDescription: str = required(AtMost(100))
    ProjectId: str = stored(Form(r"\d{1,19}", "the number of a project"), default="0")
    Tags: tuple[TagParam, ...] = param(default=())


def create_security_group(session: Session, request: CreateSecurityGroup) -> Body:
    """Create the group, usable at once."""
    created = session.execute(
        commands.CreateGroup(
            network_id=None,
            name=request.GroupName,
            description=request.GroupDescription,
            tags=common.tags(request.Tags),
            extras={"ProjectId": request.ProjectId},
        )
    )
    return {"SecurityGroup": views.security_group(created)}


@attrs.frozen(kw_only=True)
class DeleteSecurityGroup:
    """Delete a security group that nothing is in."""

    SecurityGroupId: str = required(common.GROUP_ID)


def delete_security_group(session: Session, request: DeleteSecurityGroup) -> Body:
    """Delete the group at once."""
    session.execute(commands.DeleteGroup(request.SecurityGroupId))
    return {}


@attrs.frozen(kw_only=True)
class DescribeSecurityGroups:
    """List security groups: by ids, which must all exist, or by filters that must all match."""

    SecurityGroupIds: tuple[str, ...] = param(Count(0, 100), Each(common.GROUP_ID), default=())
    Filters: tuple[Filter, ...] = param(Count(0, 10), default=())
    Offset: int = param(common.OFFSET, default=0)
    Limit: int = param(common.LIMIT, default=20)
    OrderField: str | None = param(OneOf("CreatedTime", "UpdateTime"))
    OrderDirection: str = param(OneOf("ASC", "DESC"), default="ASC", note="counts with OrderField only")


_FILTERS: Final["FilterTable[SecurityGroup]"] = {
    "security-group-id": common.by_ids,
    "project-id": common.exactly(views.project),
    "security-group-name": common.contains(lambda found: found.name),
    "tag-key": common.tag_key,
}


def describe_security_groups(session: Session, request: DescribeSecurityGroups) -> Body:
    """List one page, newest first unless an order is wanted, and the count of all."""
    graph = session.graph
    for group_id in request.SecurityGroupIds:
        lookup.group(graph, group_id)
    selection = common.narrow(Criteria(graph), _FILTERS, request.SecurityGroupIds, request.Filters)
    page = common.page(graph.groups, selection, request.Offset, request.Limit)
    shown = page.items
    if request.OrderField is not None and request.OrderDirection == "ASC":
        oldest_first = select(graph.groups, selection).items[::-1]
        shown = oldest_first[request.Offset : request.Offset + request.Limit]
    return {
        "SecurityGroupSet": [views.security_group(group) for group in shown],
        "TotalCount": page.total,
    }


ACTIONS: Final = (
    vpc_action(CreateSecurityGroup, create_security_group),
    vpc_action(DeleteSecurityGroup, delete_security_group),
    vpc_action(DescribeSecurityGroups, describe_security_groups),
)
