"""The rules of security groups: authorize, revoke, modify, describe.

Sources: the vendor's pages of the actions (RevokeSecurityGroup, ModifySecurityGroupRule and
AuthorizeSecurityGroupEgress of 2025, AuthorizeSecurityGroup of 2021), and the models of its Python SDK.
"""

from typing import Any, Final

import attrs

from duolect_core.model.lists import ValueList
from duolect_core.model.resources import SecurityGroup
from duolect_core.model.security_rules import Block, Direction, GroupRule, Verdict
from duolect_core.relations import lookup
from duolect_core.security_groups.rule_changes import AddRules, ModifyRule, RemoveRules
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import ecs_action
from duolect_dialects.alibaba.names import moment
from duolect_dialects.alibaba.security_groups import rule_parameters
from duolect_dialects.alibaba.security_groups.rule_parameters import (
    FAR,
    INTERNET,
    INTRANET,
    NEAR,
    PROTOCOL_NAMES,
    EgressParam,
    EgressPermission,
    IngressParam,
    IngressPermission,
    RuleParam,
    written_ports,
)
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Count, Each, Form, Length, OneOf

_PERMISSIONS_CODE: Final = "InvalidParam.Permissions"
_RULE_ID = Form(r"sgr-[0-9a-zA-Z]{1,64}", "the id of a security group rule, sgr-...")
_RULE_ID_CODE: Final = "InvalidParam.SecurityGroupRuleId"
_LISTED: Final = 500


def _group_id() -> Any:  # noqa: ANN401 - as attrs.field
    return required(common.GROUP_ID, code=common.GROUP_ID_CODE)


def _permissions() -> Any:  # noqa: ANN401
    return param(Count(0, 100), default=(), code=_PERMISSIONS_CODE)


def _rule_ids() -> Any:  # noqa: ANN401
    return param(Count(0, 100), Each(_RULE_ID), default=(), code=_RULE_ID_CODE)


# -- what they take ---------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class AuthorizeSecurityGroup(IngressParam):
    """Add inbound rules, described by Permissions or, as once, by the request itself."""

    RegionId: str = required()
    SecurityGroupId: str = _group_id()
    ClientToken: str | None = param(*common.TOKEN)
    Permissions: tuple[IngressPermission, ...] = _permissions()


@attrs.frozen(kw_only=True)
class AuthorizeSecurityGroupEgress(EgressParam):
    """Add outbound rules, likewise."""

    RegionId: str = required()
    SecurityGroupId: str = _group_id()
    ClientToken: str | None = param(*common.TOKEN)
    Permissions: tuple[EgressPermission, ...] = _permissions()


@attrs.frozen(kw_only=True)
class RevokeSecurityGroup(IngressParam):
    """Remove inbound rules: by their ids, or by what they do."""

    RegionId: str = required()
    SecurityGroupId: str = _group_id()
    ClientToken: str | None = param(*common.TOKEN)
    Permissions: tuple[IngressPermission, ...] = _permissions()
    SecurityGroupRuleId: tuple[str, ...] = _rule_ids()


@attrs.frozen(kw_only=True)
class RevokeSecurityGroupEgress(EgressParam):
    """Remove outbound rules, likewise."""

    RegionId: str = required()
    SecurityGroupId: str = _group_id()
    ClientToken: str | None = param(*common.TOKEN)
    Permissions: tuple[EgressPermission, ...] = _permissions()
    SecurityGroupRuleId: tuple[str, ...] = _rule_ids()


@attrs.frozen(kw_only=True)
class ModifySecurityGroupRule(IngressPermission):
    """Change an inbound rule that is named by its id; without id, the description of one."""

    RegionId: str = required()
    SecurityGroupId: str = _group_id()
    ClientToken: str | None = param(*common.TOKEN)
    Description: str | None = param(
        Length(1, 512), code="InvalidSecurityGroupDiscription.Malformed", clearable=True
    )
    SecurityGroupRuleId: str | None = param(_RULE_ID, code=_RULE_ID_CODE)


@attrs.frozen(kw_only=True)
class ModifySecurityGroupEgressRule(EgressPermission):
    """Change an outbound rule, likewise."""

    RegionId: str = required()
    SecurityGroupId: str = _group_id()
    ClientToken: str | None = param(*common.TOKEN)
    Description: str | None = param(
        Length(1, 512), code="InvalidSecurityGroupDiscription.Malformed", clearable=True
    )
    SecurityGroupRuleId: str | None = param(_RULE_ID, code=_RULE_ID_CODE)


# -- what they do -----------------------------------------------------------------------------------------


def _described(session: Session, request: Any, direction: Direction) -> list[GroupRule]:  # noqa: ANN401
    """Return the rules that a request describes in one of the two ways."""
    group = session.graph.groups.get(request.SecurityGroupId)
    given: tuple[RuleParam, ...] = request.Permissions
    if given and rule_parameters.describes_a_rule(request):
        raise Refusal(
            _PERMISSIONS_CODE, "Permissions cannot be used together with parameters of a rule.", 400
        )
    return [rule_parameters.rule(session, group, direction, each) for each in given or (request,)]


def _authorize(direction: Direction, session: Session, request: Any) -> Body:  # noqa: ANN401
    """Add the rules at once; those that are there already stay as they are."""
    rules = [
        rule if rule.priority is not None else attrs.evolve(rule, priority=1)
        for rule in _described(session, request, direction)
    ]
    session.execute(AddRules(group_id=request.SecurityGroupId, direction=direction, rules=tuple(rules)))
    return {}


def _revoke(direction: Direction, session: Session, request: Any) -> Body:  # noqa: ANN401
    """Remove the rules at once; one that is not there is an error since 2024-07-08."""
    ids = request.SecurityGroupRuleId
    if len(set(ids)) < len(ids):
        raise Refusal(
            "InvalidParam.SecurityGroupRuleIdRepeated", "A SecurityGroupRuleId is named twice.", 400
        )
    if ids and (request.Permissions or rule_parameters.describes_a_rule(request)):
        raise Refusal(
            _PERMISSIONS_CODE, "SecurityGroupRuleId cannot be used together with other parameters.", 400
        )
    session.execute(
        RemoveRules(
            group_id=request.SecurityGroupId,
            direction=direction,
            rule_ids=ids,
            like=() if ids else tuple(_described(session, request, direction)),
        ),
    )
    return {}


def _modify(direction: Direction, session: Session, request: Any) -> Body:  # noqa: ANN401
    """Change the rule at once."""
    group_id, rule_id = request.SecurityGroupId, request.SecurityGroupRuleId
    group = session.graph.groups.get(group_id)
    if rule_id is None:
        like = rule_parameters.rule(session, group, direction, request)
        changes = {} if request.Description is None else {"description": request.Description}
        command = ModifyRule(group_id=group_id, direction=direction, like=like, changes=changes)
    else:
        for rule in () if group is None else group.all_rules:
            if rule.id == rule_id and request.NicType not in {None, rule.card or INTRANET}:
                raise Refusal(
                    "InvalidOperation.ModifyNicType", "The NicType of a rule cannot be modified.", 400
                )
        changes = rule_parameters.changed(session, direction, request)
        command = ModifyRule(group_id=group_id, direction=direction, rule_id=rule_id, changes=changes)
    session.execute(command)
    return {}


# -- showing them -----------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class DescribeSecurityGroupAttribute:
    """Show a security group and its rules, newest first."""

    RegionId: str = required()
    SecurityGroupId: str = _group_id()
    Attribute: str | None = param(
        OneOf("snapshotPolicyIds"),
        code="InvalidParameter.AttributeNotSupported",
        note="no group has snapshot policies",
    )
    Direction: str = param(OneOf("egress", "ingress", "all"), default="all", code="InvalidParamter")
    MaxResults: int = param(Between(10, 1000), default=_LISTED, code="InvalidParamter")
    NextToken: str | None = param()
    NicType: str | None = param(
        OneOf(INTERNET, INTRANET),
        code="InvalidNicType.ValueNotSupported",
        note="counts in the classic network only; internet if absent",
    )


@ecs_action()
def describe_security_group_attribute(session: Session, request: DescribeSecurityGroupAttribute) -> Body:
    """Show one page of the rules."""
    graph = session.graph
    group = lookup.group(graph, request.SecurityGroupId)
    nic = (request.NicType or INTERNET) if group.classic else ""
    wanted = {Direction.EGRESS, Direction.INGRESS} if request.Direction == "all" else {request.Direction}
    chosen = [rule for rule in group.all_rules if rule.direction in wanted and rule.card == nic]
    chosen.sort(key=lambda rule: -rule.order)
    if request.NextToken is not None:
        last = common.decode_token(request, request.NextToken, "InvalidParamter")
        chosen = [rule for rule in chosen if rule.order < last]
    page, more = chosen[: request.MaxResults], chosen[request.MaxResults :]
    return {
        "RegionId": session.call.region,
        "VpcId": group.network_id or "",
        "SecurityGroupId": group.id,
        "SecurityGroupName": group.name,
        "Description": group.description,
        "InnerAccessPolicy": "Accept" if group.trusting else "Drop",
        "Permissions": {"Permission": [_permission(session, rule) for rule in page]},
        "SnapshotPolicyIds": {"SnapshotPolicyId": []},
        "NextToken": common.encode_token(request, page[-1].order) if more else "",
    }


def _permission(session: Session, rule: GroupRule) -> Body:
    """Return a rule as the vendor shows it; all of it is text but Priority, a number where recorded."""
    inbound = rule.direction is Direction.INGRESS
    far, near = ("Source", "Dest") if inbound else ("Dest", "Source")
    graph = session.graph
    peer: SecurityGroup | None = graph.groups.get(rule.peer_group_id or "")
    list_id = rule.peer_list_id or ""
    peers: ValueList | None = graph.address_lists.get(list_id) or graph.route_lists.get(list_id)
    ports = graph.service_lists.get(rule.service_list_id or "")
    return {
        "SecurityGroupRuleId": rule.id,
        "Direction": rule.direction.value,
        "IpProtocol": PROTOCOL_NAMES[rule.protocol],
        "PortRange": written_ports(rule.ports) if ports is None else "",
        "SourcePortRange": written_ports(rule.source_ports) if rule.source_ports else "",
        "Policy": "Accept" if rule.verdict is Verdict.ACCEPT else "Drop",
        "Priority": rule.priority,
        "NicType": rule.card or INTRANET,
        "Description": rule.description,
        "CreateTime": moment(rule.created),
        **_side(far, rule.peer, rule.extras.get(FAR, "")),
        **_side(near, rule.own_block, rule.extras.get(NEAR, "")),
        **{f"{near}{name}": "" for name in _GROUP_NAMES},
        f"{far}GroupId": rule.peer_group_id or "",
        f"{far}GroupName": "" if peer is None else peer.name,
        f"{far}GroupOwnerAccount": "",
        **_named_list(f"{far}PrefixList", peers),
        **_named_list(f"{near}PrefixList", None),
        **_named_list("PortRangeList", ports),
    }


def _named_list(name: str, shown: ValueList | None) -> Body:
    """Return which list a rule names, if it does."""
    return {
        f"{name}Id": "" if shown is None else shown.id,
        f"{name}Name": "" if shown is None else shown.name,
    }


_GROUP_NAMES: Final = ("GroupId", "GroupName", "GroupOwnerAccount")


def _side(side: str, block: Block | None, written: str) -> Body:
    """Return the addresses of one side, as they were written."""
    version = 0 if block is None else block.version
    return {
        f"{side}CidrIp": written if version == 4 else "",  # noqa: PLR2004
        f"Ipv6{side}CidrIp": written if version == 6 else "",  # noqa: PLR2004
    }


@ecs_action(idempotent_by="ClientToken")
def authorize_security_group(session: Session, request: AuthorizeSecurityGroup) -> Body:
    """Add inbound rules."""
    return _authorize(Direction.INGRESS, session, request)


@ecs_action(idempotent_by="ClientToken")
def authorize_security_group_egress(session: Session, request: AuthorizeSecurityGroupEgress) -> Body:
    """Add outbound rules."""
    return _authorize(Direction.EGRESS, session, request)


@ecs_action(idempotent_by="ClientToken")
def revoke_security_group(session: Session, request: RevokeSecurityGroup) -> Body:
    """Remove inbound rules."""
    return _revoke(Direction.INGRESS, session, request)


@ecs_action(idempotent_by="ClientToken")
def revoke_security_group_egress(session: Session, request: RevokeSecurityGroupEgress) -> Body:
    """Remove outbound rules."""
    return _revoke(Direction.EGRESS, session, request)


@ecs_action(idempotent_by="ClientToken")
def modify_security_group_rule(session: Session, request: ModifySecurityGroupRule) -> Body:
    """Change an inbound rule."""
    return _modify(Direction.INGRESS, session, request)


@ecs_action(idempotent_by="ClientToken")
def modify_security_group_egress_rule(session: Session, request: ModifySecurityGroupEgressRule) -> Body:
    """Change an outbound rule."""
    return _modify(Direction.EGRESS, session, request)
