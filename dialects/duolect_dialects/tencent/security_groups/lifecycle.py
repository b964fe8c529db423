"""Security groups. They belong to a region, not to a VPC; a project has at most one that is its default.

Source: the definitions in tccli.
"""

from operator import attrgetter
from typing import Final

import attrs

from duolect_core.graph.graph import Graph
from duolect_core.graph.queries import select
from duolect_core.model.resources import InterfaceKind, SecurityGroup
from duolect_core.model.security_rules import Direction
from duolect_core.relations import lookup
from duolect_core.security_groups import lifecycle as commands
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required, stored
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import Filter, FilterTable, TagParam, vpc_action
from duolect_dialects.tencent.security_groups import views
from duolect_dialects.tencent.security_groups.policy_parameters import Policy, PolicySet, rules
from duolect_dialects.values import AtMost, Count, Each, Form, OneOf
from duolect_dialects.wording import Message

_PROJECT = Form(r"\d{1,19}", "the number of a project")


@attrs.frozen(kw_only=True)
class CreateSecurityGroup:
    """Create a security group without rules."""

    GroupName: str = required(AtMost(60))
    GroupDescription: str = required(AtMost(100))
    ProjectId: str = stored(_PROJECT, default="0")
    Tags: tuple[TagParam, ...] = param(default=())


@vpc_action()
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
class CreateSecurityGroupWithPolicies:
    """Create a security group with policies of both directions, in their order."""

    GroupName: str = required(AtMost(60))
    GroupDescription: str = required(AtMost(100))
    ProjectId: str = stored(_PROJECT, default="0")
    SecurityGroupPolicySet: PolicySet | None = param()
    Tags: tuple[TagParam, ...] = param(default=())


@vpc_action()
def create_security_group_with_policies(session: Session, request: CreateSecurityGroupWithPolicies) -> Body:
    """Create the group, usable at once."""
    wanted = request.SecurityGroupPolicySet or PolicySet()
    created = session.execute(
        commands.CreateGroup(
            network_id=None,
            name=request.GroupName,
            description=request.GroupDescription,
            tags=common.tags(request.Tags),
            rules=(
                *rules(Direction.INGRESS, wanted.Ingress, "MissingParameter"),
                *rules(Direction.EGRESS, wanted.Egress, "MissingParameter"),
            ),
            extras={"ProjectId": request.ProjectId},
        )
    )
    return {"SecurityGroup": views.security_group(created)}


@attrs.frozen(kw_only=True)
class CreateDefaultSecurityGroup:
    """Create the default security group of a project, or find it."""

    ProjectId: str = stored(_PROJECT, default="0")


@vpc_action()
def create_default_security_group(session: Session, request: CreateDefaultSecurityGroup) -> Body:
    """Return the group, which lets everything of IPv4 pass."""
    for group in session.graph.groups.values():
        if group.default and views.project(group) == request.ProjectId:
            return {"SecurityGroup": views.security_group(group)}
    anything = Policy(Protocol="ALL", Port="ALL", CidrBlock="0.0.0.0/0", Action="ACCEPT")
    created = session.execute(
        commands.CreateGroup(
            network_id=None,
            default=True,
            name="default",
            description="System created security group",
            rules=tuple(rule for direction in Direction for rule in rules(direction, (anything,))),
            extras={"ProjectId": request.ProjectId},
        )
    )
    return {"SecurityGroup": views.security_group(created)}


@attrs.frozen(kw_only=True)
class CloneSecurityGroup:
    """Create a security group with the policies of another one, and its tags if wanted."""

    SecurityGroupId: str = required(common.GROUP_ID)
    GroupName: str | None = param(AtMost(60))
    GroupDescription: str | None = param(AtMost(100))
    ProjectId: str = stored(_PROJECT, default="0")
    RemoteRegion: str | None = param(note="groups are cloned within a region only")
    Tags: tuple[TagParam, ...] = param(default=())
    IsCloneTags: bool = param(default=False)


@vpc_action()
def clone_security_group(session: Session, request: CloneSecurityGroup) -> Body:
    """Create the clone. A policy that names the group itself goes on naming that."""
    if request.RemoteRegion not in {None, session.call.region}:
        raise Refusal(
            "UnsupportedOperation", Message("A security group can be cloned within its region only.")
        )
    source = lookup.group(session.graph, request.SecurityGroupId)
    created = session.execute(
        commands.CreateGroup(
            network_id=None,
            name=source.name if request.GroupName is None else request.GroupName,
            description=source.description
            if request.GroupDescription is None
            else request.GroupDescription,
            tags={**(source.tags if request.IsCloneTags else {}), **common.tags(request.Tags)},
            rules=source.all_rules,
            extras={"ProjectId": request.ProjectId},
        )
    )
    return {"SecurityGroup": views.security_group(created)}


@attrs.frozen(kw_only=True)
class ModifySecurityGroupAttribute:
    """Change the name or the description of a security group."""

    SecurityGroupId: str = required(common.GROUP_ID)
    GroupName: str | None = param(AtMost(60))
    GroupDescription: str | None = param(AtMost(100))


@vpc_action()
def modify_security_group_attribute(session: Session, request: ModifySecurityGroupAttribute) -> Body:
    """Change what is given."""
    session.execute(
        commands.ModifyGroup(
            group_id=request.SecurityGroupId,
            name=request.GroupName,
            description=request.GroupDescription,
        )
    )
    return {}


@attrs.frozen(kw_only=True)
class DeleteSecurityGroup:
    """Delete a security group that nothing is in and that no other group names."""

    SecurityGroupId: str = required(common.GROUP_ID)


@vpc_action()
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


@vpc_action()
def describe_security_groups(session: Session, request: DescribeSecurityGroups) -> Body:
    """List one page, newest first unless an order is wanted, and the count of all."""
    graph = session.graph
    for group_id in request.SecurityGroupIds:
        lookup.group(graph, group_id)
    selection = common.narrow(Criteria(graph), _FILTERS, request.SecurityGroupIds, request.Filters)
    page = common.page(graph.groups, selection, request.Offset, request.Limit)
    shown = page.items
    if request.OrderField is not None:
        read = attrgetter("modified" if request.OrderField == "UpdateTime" else "created")
        ascending = request.OrderDirection == "ASC"
        found = list(select(graph.groups, selection).items)
        found.sort(key=lambda group: (read(group), group.order), reverse=not ascending)
        shown = found[request.Offset : request.Offset + request.Limit]
    return {
        "SecurityGroupSet": [
            {**views.security_group(group), "Region": session.rules.region} for group in shown
        ],
        "TotalCount": page.total,
        "RegionStatistics": common.region_statistics(session, page.total),
    }


@attrs.frozen(kw_only=True)
class DescribeSecurityGroupAssociationStatistics:
    """Count what is in security groups, and who names them."""

    SecurityGroupIds: tuple[str, ...] = required(*common.non_empty(100), Each(common.GROUP_ID))


@vpc_action()
def describe_security_group_association_statistics(
    session: Session, request: DescribeSecurityGroupAssociationStatistics
) -> Body:
    """Count for each group; a primary interface counts as its instance.

    Kinds of which nothing is in the group are listed too. Source: the reply of 2023 that cloud-custodian
    keeps for its test of used groups; it has 27 kinds, of which four have documented names.
    """
    graph = session.graph
    groups = [lookup.group(graph, group_id) for group_id in dict.fromkeys(request.SecurityGroupIds)]
    return {"SecurityGroupAssociationStatisticsSet": [_statistics(graph, group) for group in groups]}


def _statistics(graph: Graph, group: SecurityGroup) -> Body:
    members = [graph.interfaces[each] for each in graph.interfaces_by_group.ids(group.id)]
    instances = sum(each.kind is InterfaceKind.PRIMARY for each in members)
    counts = {"CVM": instances, "ENI": len(members) - instances, "CDB": 0, "CLB": 0}
    return {
        "SecurityGroupId": group.id,
        **counts,
        "SG": len(graph.groups_by_named_group.ids(group.id)),
        "InstanceStatistics": [
            {"InstanceType": name, "InstanceCount": count} for name, count in counts.items()
        ],
        "TotalCount": len(members),
    }


@attrs.frozen(kw_only=True)
class DescribeSecurityGroupReferences:
    """Show which other groups name a group in their policies."""

    SecurityGroupIds: tuple[str, ...] = required(*common.non_empty(100), Each(common.GROUP_ID))


@vpc_action()
def describe_security_group_references(session: Session, request: DescribeSecurityGroupReferences) -> Body:
    """Show the groups that are named at all."""
    graph = session.graph
    groups = [lookup.group(graph, group_id) for group_id in dict.fromkeys(request.SecurityGroupIds)]
    return {
        "ReferredSecurityGroupSet": [
            {"SecurityGroupId": group.id, "ReferredSecurityGroupIds": list(naming)}
            for group in groups
            if (naming := graph.groups_by_named_group.ids(group.id))
        ]
    }
