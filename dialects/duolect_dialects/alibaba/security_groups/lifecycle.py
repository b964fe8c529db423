"""Security groups: create, describe, modify, delete.

Sources: the vendor's pages CreateSecurityGroup, DescribeSecurityGroups, DescribeSecurityGroupReferences,
ModifySecurityGroupAttribute, ModifySecurityGroupPolicy and DeleteSecurityGroup, and the models of its
Python SDK.
"""

from typing import Final

import attrs

from duolect_core.model.resources import GroupKind, SecurityGroup
from duolect_core.relations import lookup
from duolect_core.security_groups import lifecycle as commands
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common, views
from duolect_dialects.alibaba.common import TagFilter, TagParam, ecs_action
from duolect_dialects.alibaba.names import GROUP_TYPE, moment
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required, stored
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Count, Each, Form, Length, OneOf

_TYPES = OneOf("normal", "enterprise")
_KINDS: Final = {word: kind for kind, word in GROUP_TYPE.items()}
_VENDOR_LIMITS: Final = {GroupKind.BASIC: 2000, GroupKind.ENTERPRISE: 65536}
"""What is shown as the limit of members where none is set."""
_NAME_CODE: Final = "InvalidSecurityGroupName.Malformed"


@attrs.frozen(kw_only=True)
class CreateSecurityGroup:
    """Create a security group: in a VPC, or without VpcId in the classic network."""

    RegionId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    Description: str | None = param(Length(2, 256), common.NOT_A_LINK, code="InvalidDescription.Malformed")
    ResourceGroupId: str | None = stored()
    SecurityGroupName: str | None = param(Length(2, 128), common.NAME, code=_NAME_CODE)
    SecurityGroupType: str = param(_TYPES, default="normal", code="InvalidParams.GroupType")
    ServiceManaged: bool = param(default=False)
    Tag: tuple[TagParam, ...] = common.tag_params()
    VpcId: str | None = param()


@ecs_action(idempotent_by="ClientToken")
def create_security_group(session: Session, request: CreateSecurityGroup) -> Body:
    """Create the group."""
    kind = _KINDS[request.SecurityGroupType]
    if kind is GroupKind.ENTERPRISE and request.VpcId is None:
        raise Refusal("InvalidParams.VpcIdGroupType", "An enterprise security group needs a VpcId.", 400)
    group = common.resource_group(request.ResourceGroupId)
    created = session.execute(
        commands.CreateGroup(
            network_id=request.VpcId,
            kind=kind,
            managed=request.ServiceManaged,
            classic=request.VpcId is None,
            name=request.SecurityGroupName or "",
            description=request.Description or "",
            tags=common.tags(request.Tag),
            extras={"ResourceGroupId": group} if group else {},
        ),
    )
    return {"SecurityGroupId": created.id}


@attrs.frozen(kw_only=True)
class DescribeSecurityGroups:
    """List security groups, newest first; all criteria must hold."""

    RegionId: str = required()
    DryRun: bool = param(default=False)
    FuzzyQuery: bool = param(default=False, note="deprecated by the vendor; the name may be a part then")
    IsQueryEcsCount: bool = param(default=False, note="deprecated by the vendor; counts members")
    MaxResults: int | None = param(Between(1, 100))
    NetworkType: str | None = param(OneOf("vpc", "classic"))
    NextToken: str | None = param()
    PageNumber: int | None = param(Between(1, 2**31 - 1), note="1 unless given")
    PageSize: int | None = param(Between(1, 50), note="10 unless given")
    ResourceGroupId: str | None = param()
    SecurityGroupId: str | None = param(common.GROUP_ID, code=common.GROUP_ID_CODE)
    SecurityGroupIds: str | None = param(note="a JSON array of up to 100 ids")
    SecurityGroupName: str | None = param(Length(2, 128), common.NAME, code=_NAME_CODE)
    SecurityGroupType: str | None = param(_TYPES, code="InvalidParameter.SecurityGroupType")
    ServiceManaged: bool | None = param()
    Tag: tuple[TagFilter, ...] = common.tag_filters()
    VpcId: str | None = param()


@ecs_action()
def describe_security_groups(session: Session, request: DescribeSecurityGroups) -> Body:
    """List one page; the two styles of paging exclude each other."""
    by_token = request.NextToken is not None or request.MaxResults is not None
    if by_token and (request.PageNumber is not None or request.PageSize is not None):
        raise Refusal(
            "NotSupported.PageNumberAndPageSize",
            "PageNumber and PageSize cannot be used together with NextToken and MaxResults.",
            400,
        )
    selection = _criteria(session, request).selection
    common.end_dry_run(request)
    page, about = common.page(session.graph.groups, selection, request, "InValidParameter.NextToken")
    return {
        "SecurityGroups": {
            "SecurityGroup": [_view(session, shown, count=request.IsQueryEcsCount) for shown in page.items]
        },
        "RegionId": session.call.region,
        **about,
    }


def _criteria(session: Session, request: DescribeSecurityGroups) -> Criteria[SecurityGroup]:
    graph = session.graph
    criteria: Criteria[SecurityGroup] = Criteria(graph)
    criteria.ids(() if request.SecurityGroupId is None else (request.SecurityGroupId,))
    named = common.json_list(request.SecurityGroupIds, "SecurityGroupIds", common.GROUP_ID_CODE)
    if not all(map(common.GROUP_ID.accepts, named)):
        raise Refusal(
            common.GROUP_ID_CODE, f"Each member of SecurityGroupIds {common.GROUP_ID.reason}.", 400
        )
    criteria.ids(named)
    criteria.by(graph.groups_by_network, request.VpcId)
    common.narrow_by_tags(criteria, request.Tag)
    wanted = request.SecurityGroupName
    if wanted is not None:
        criteria.test(
            wanted,
            lambda found: wanted in found.name if request.FuzzyQuery else wanted == found.name,
        )
    criteria.test(
        request.SecurityGroupType, lambda found: GROUP_TYPE[found.kind] == request.SecurityGroupType
    )
    criteria.test(request.ServiceManaged, lambda found: found.managed is request.ServiceManaged)
    criteria.test(request.NetworkType, lambda found: found.classic is (request.NetworkType == "classic"))
    criteria.test(
        request.ResourceGroupId,
        lambda found: found.extras.get("ResourceGroupId", "") == request.ResourceGroupId,
    )
    return criteria


def _view(session: Session, shown: SecurityGroup, *, count: bool) -> Body:
    """Return a group as DescribeSecurityGroups lists it; members are counted only where asked for."""
    graph, rules = session.graph, session.rules
    limit = rules.members_limit(shown.kind) or _VENDOR_LIMITS[shown.kind]
    instances = 0
    if count:
        members = (graph.interfaces[each] for each in graph.interfaces_by_group.ids(shown.id))
        instances = len({each.attachment.instance_id for each in members if each.attachment is not None})
    return {
        "SecurityGroupId": shown.id,
        "SecurityGroupName": shown.name,
        "SecurityGroupType": GROUP_TYPE[shown.kind],
        "Description": shown.description,
        "VpcId": shown.network_id or "",
        "CreationTime": moment(shown.created),
        "EcsCount": instances,
        "AvailableInstanceAmount": limit - graph.group_load[shown.id] if count else 0,
        "RuleCount": len(shown.all_rules),
        "GroupToGroupRuleCount": sum(rule.peer_group_id is not None for rule in shown.all_rules),
        "ResourceGroupId": shown.extras.get("ResourceGroupId", ""),
        "ServiceID": 0,
        "ServiceManaged": shown.managed,
        "Tags": views.tags(shown.tags),
    }


@attrs.frozen(kw_only=True)
class DescribeSecurityGroupReferences:
    """Show which other groups name a group in their rules."""

    RegionId: str = required()
    SecurityGroupId: tuple[str, ...] = required(
        Count(1, 10), Each(common.GROUP_ID), code=common.GROUP_ID_CODE
    )


@ecs_action()
def describe_security_group_references(session: Session, request: DescribeSecurityGroupReferences) -> Body:
    """Show the groups that are named at all."""
    graph, account = session.graph, views.owner(session)
    groups = [lookup.group(graph, group_id) for group_id in dict.fromkeys(request.SecurityGroupId)]
    return {
        "SecurityGroupReferences": {
            "SecurityGroupReference": [
                {
                    "SecurityGroupId": group.id,
                    "ReferencingSecurityGroups": {
                        "ReferencingSecurityGroup": [
                            {"SecurityGroupId": other_id, "AliUid": account}
                            for other_id in graph.groups_by_named_group.ids(group.id)
                        ]
                    },
                }
                for group in groups
                if graph.groups_by_named_group.ids(group.id)
            ]
        }
    }


@attrs.frozen(kw_only=True)
class ModifySecurityGroupAttribute:
    """Change the name or the description of a security group."""

    RegionId: str = required()
    SecurityGroupId: str = required()
    Description: str | None = param(
        Length(2, 256),
        common.NOT_A_LINK,
        code="InvalidSecurityGroupDiscription.Malformed",
        clearable=True,
    )
    SecurityGroupName: str | None = param(Length(2, 128), common.NAME, code=_NAME_CODE, clearable=True)


@ecs_action()
def modify_security_group_attribute(session: Session, request: ModifySecurityGroupAttribute) -> Body:
    """Change what is given."""
    session.execute(
        commands.ModifyGroup(
            group_id=request.SecurityGroupId,
            name=request.SecurityGroupName,
            description=request.Description,
        )
    )
    return {}


@attrs.frozen(kw_only=True)
class ModifySecurityGroupPolicy:
    """Say whether the members of a basic security group reach each other without a rule."""

    RegionId: str = required()
    SecurityGroupId: str = required(common.GROUP_ID, code=common.GROUP_ID_CODE)
    InnerAccessPolicy: str = required(
        Form(r"(?i:accept|drop)", "Accept or Drop"), code="InvalidPolicy.Malformed"
    )
    ClientToken: str | None = param(*common.TOKEN)


@ecs_action(idempotent_by="ClientToken")
def modify_security_group_policy(session: Session, request: ModifySecurityGroupPolicy) -> Body:
    """Change it at once."""
    trusting = request.InnerAccessPolicy.lower() == "accept"
    session.execute(commands.ModifyGroup(group_id=request.SecurityGroupId, trusting=trusting))
    return {}


@attrs.frozen(kw_only=True)
class DeleteSecurityGroup:
    """Delete a security group without members that no other group names."""

    RegionId: str = required()
    SecurityGroupId: str = required()


@ecs_action()
def delete_security_group(session: Session, request: DeleteSecurityGroup) -> Body:
    """Delete the group at once."""
    session.execute(commands.DeleteGroup(request.SecurityGroupId))
    return {}
