"""The policies of security groups: create, replace, reset, delete, describe.

Policies have no ids: their places, counted from 0 in each direction, name them, and the group's version
says whether the places are still those that the caller has seen.

Sources: the definitions in tccli; how programs that run against the real cloud reset policies.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final

import attrs

from duolect_core.model.resources import SecurityGroup
from duolect_core.model.security_rules import Direction, GroupRule
from duolect_core.relations import lookup
from duolect_core.security_groups.rule_changes import AddRules, RemoveRules, ReplaceRules, ResetRules
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, required
from duolect_dialects.session import Session
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import Filter, vpc_action
from duolect_dialects.tencent.names import local_time
from duolect_dialects.tencent.security_groups.expansion import expanded, protocol_name
from duolect_dialects.tencent.security_groups.policy_parameters import (
    EMPTY,
    WRITTEN,
    PolicySet,
    check_templates,
    rules,
    written_ports,
)
from duolect_dialects.values import Count, OneOf
from duolect_dialects.wording import Message

_FOR_THE_LOG: Final = "the vendor only logs it"


@attrs.frozen(kw_only=True)
class CreateSecurityGroupPolicies:
    """Put policies of one direction into a group: at one index, or behind the others."""

    SecurityGroupId: str = required(common.GROUP_ID)
    SecurityGroupPolicySet: PolicySet = required()


@vpc_action()
def create_security_group_policies(session: Session, request: CreateSecurityGroupPolicies) -> Body:
    """Put them in at once, all or none."""
    wanted = request.SecurityGroupPolicySet
    direction, policies = wanted.one_direction()
    places = {policy.PolicyIndex for policy in policies}
    if len(places) > 1:
        raise Refusal("InvalidParameterValue", Message("The policies must have one `PolicyIndex`."))
    session.execute(
        AddRules(
            group_id=request.SecurityGroupId,
            direction=direction,
            rules=tuple(rules(direction, policies)),
            place=places.pop(),
            version=wanted.version,
        )
    )
    return {}


@attrs.frozen(kw_only=True)
class DeleteSecurityGroupPolicies:
    """Take policies of one direction out of a group: by their indexes, or by what they do."""

    SecurityGroupId: str = required(common.GROUP_ID)
    SecurityGroupPolicySet: PolicySet = required()


@vpc_action()
def delete_security_group_policies(session: Session, request: DeleteSecurityGroupPolicies) -> Body:
    """Take them out at once, all or none. A policy with an index is named by that alone."""
    wanted = request.SecurityGroupPolicySet
    direction, policies = wanted.one_direction()
    places = tuple(policy.PolicyIndex for policy in policies if policy.PolicyIndex is not None)
    if 0 < len(places) < len(policies):
        raise Refusal(
            "InvalidParameter.Coexist", Message("Policies are named all by `PolicyIndex`, or none.")
        )
    for policy in policies:
        check_templates(policy)
    session.execute(
        RemoveRules(
            group_id=request.SecurityGroupId,
            direction=direction,
            places=places,
            like=() if places else tuple(rules(direction, policies)),
            version=wanted.version,
        )
    )
    return {}


@attrs.frozen(kw_only=True)
class ReplaceSecurityGroupPolicies:
    """Put other policies in the places of some of one direction."""

    SecurityGroupId: str = required(common.GROUP_ID)
    SecurityGroupPolicySet: PolicySet = required()
    OriginalSecurityGroupPolicySet: PolicySet | None = ignored(note=_FOR_THE_LOG)
    UpdateType: str = param(
        OneOf("Policy"), default="Policy", note="of the vendor's three, only what is documented in full"
    )


@attrs.frozen(kw_only=True)
class ReplaceSecurityGroupPolicy:
    """Put another policy in the place of one."""

    SecurityGroupId: str = required(common.GROUP_ID)
    SecurityGroupPolicySet: PolicySet = required()
    OriginalSecurityGroupPolicySet: PolicySet | None = ignored(note=_FOR_THE_LOG)


@vpc_action(request=ReplaceSecurityGroupPolicies)
def replace_security_group_policies(
    session: Session, request: ReplaceSecurityGroupPolicies | ReplaceSecurityGroupPolicy
) -> Body:
    """Replace them at once, all or none."""
    wanted = request.SecurityGroupPolicySet
    direction, policies = wanted.one_direction()
    places = [policy.PolicyIndex for policy in policies if policy.PolicyIndex is not None]
    if len(places) < len(policies):
        raise Refusal(EMPTY, Message("A policy has no `{name}`.", name="PolicyIndex"))
    if len(set(places)) < len(places):
        raise Refusal("InvalidParameterValue", Message("A `PolicyIndex` is named more than once."))
    session.execute(
        ReplaceRules(
            group_id=request.SecurityGroupId,
            direction=direction,
            rules=tuple(zip(places, rules(direction, policies), strict=True)),
            version=wanted.version,
        )
    )
    return {}


@vpc_action()
def replace_security_group_policy(session: Session, request: ReplaceSecurityGroupPolicy) -> Body:
    """Replace the one."""
    wanted = request.SecurityGroupPolicySet
    if len(wanted.Egress) > 1 or len(wanted.Ingress) > 1:
        raise Refusal("InvalidParameterValue.LimitExceeded", Message("Only one policy can be replaced."))
    return replace_security_group_policies(session, request)


@attrs.frozen(kw_only=True)
class ModifySecurityGroupPolicies:
    """Give a group other policies; with the version 0, none at all."""

    SecurityGroupId: str = required(common.GROUP_ID)
    SecurityGroupPolicySet: PolicySet = required()
    SortPolicys: bool = param(default=False)


@vpc_action()
def modify_security_group_policies(session: Session, request: ModifySecurityGroupPolicies) -> Body:
    """Reset the directions that have policies in the request; the other one keeps its own.

    The vendor's list of codes has none for a stale version: programs send the version to come.
    """
    wanted = request.SecurityGroupPolicySet
    if wanted.version == 0:
        reset = ResetRules(group_id=request.SecurityGroupId, ingress=(), egress=())
    elif not wanted.Ingress and not wanted.Egress:
        raise Refusal(EMPTY, Message("One of `Egress` and `Ingress` must not be empty."))
    else:
        ingress = tuple(rules(Direction.INGRESS, wanted.Ingress))
        egress = tuple(rules(Direction.EGRESS, wanted.Egress))
        reset = ResetRules(
            group_id=request.SecurityGroupId,
            ingress=ingress or None,
            egress=egress or None,
            sort=request.SortPolicys,
        )
    session.execute(reset)
    return {}


# -- showing them -----------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class DescribeSecurityGroupPolicies:
    """Show the policies of a group: those for which every filter matches."""

    SecurityGroupId: str = required(common.GROUP_ID)
    Filters: tuple[Filter, ...] = param(Count(0, 10), default=())


def _or_all(read: Callable[[GroupRule], str]) -> Callable[[GroupRule, str], bool]:
    """Match a word in any case; ALL matches everything."""
    return lambda rule, value: value.lower() in {"all", read(rule)}


_WAYS: Final = MappingProxyType({Direction.INGRESS: "inbound", Direction.EGRESS: "outbound"})
_FILTERS: Final[Mapping[str, Callable[[GroupRule, str], bool]]] = MappingProxyType(
    {
        "security-group-id": lambda rule, value: value == rule.peer_group_id,
        "ip": lambda rule, value: value in rule.extras.get(WRITTEN, ""),
        "address-module": lambda rule, value: value == rule.peer_list_id,
        "service-module": lambda rule, value: value == rule.service_list_id,
        "protocol-type": lambda rule, value: value.lower() == rule.protocol.value,
        "port": lambda rule, value: value.upper() == "ALL" or value in written_ports(rule),
        "poly": _or_all(lambda rule: rule.verdict.value),
        "direction": _or_all(lambda rule: _WAYS[rule.direction]),
        "description": lambda rule, value: value in rule.description,
    }
)


@attrs.frozen(kw_only=True)
class DescribeSecurityGroupExpandedPolicies(DescribeSecurityGroupPolicies):
    """Show the policies of a group with what stands in their templates, each with each."""


@vpc_action()
def describe_security_group_expanded_policies(
    session: Session, request: DescribeSecurityGroupExpandedPolicies
) -> Body:
    """Show them as ``describe_security_group_policies`` does, those with templates several times."""
    graph = session.graph
    return _described(session, request, lambda place, rule: expanded(graph, _policy(place, rule), rule))


@vpc_action()
def describe_security_group_policies(session: Session, request: DescribeSecurityGroupPolicies) -> Body:
    """Show them in their order, each with its index among all of its direction."""
    return _described(session, request, lambda place, rule: [_policy(place, rule)])


def _described(
    session: Session,
    request: DescribeSecurityGroupPolicies,
    show: Callable[[int, GroupRule], Iterable[Body]],
) -> Body:
    for each in request.Filters:
        if each.Name not in _FILTERS:
            raise common.no_filter(each.Name, common.VPC)
    group = lookup.group(session.graph, request.SecurityGroupId)

    def shown(direction: Direction) -> list[Body]:
        return [
            body
            for place, rule in enumerate(group.rules.get(direction, ()))
            if all(
                any(_FILTERS[each.Name](rule, value) for value in each.Values) for each in request.Filters
            )
            for body in show(place, rule)
        ]

    return {
        "SecurityGroupPolicySet": {
            "Version": str(group.version),
            "Egress": shown(Direction.EGRESS),
            "Ingress": shown(Direction.INGRESS),
            "PolicyStatistics": {
                f"{direction.title()}IPv{version}TotalCount": _count(group, direction, version)
                for direction in Direction
                for version in (4, 6)
            },
        }
    }


def _count(group: SecurityGroup, direction: Direction, version: int) -> int:
    """Return how many policies have a block of an IP version."""
    rules_there = group.rules.get(direction, ())
    return sum(rule.peer is not None and rule.peer.version == version for rule in rules_there)


def _policy(place: int, rule: GroupRule) -> Body:
    """Return a policy. That priorities begin at 1, and Diff, were recorded by cloud-custodian (2025-12)."""
    written = rule.extras.get(WRITTEN, "")
    services = rule.service_list_id
    ipv6 = rule.peer is not None and rule.peer.version == 6  # noqa: PLR2004
    return {
        "PolicyIndex": place,
        "Protocol": "" if services else protocol_name(rule.protocol),
        "Port": "" if services else written_ports(rule),
        "ServiceTemplate": _named(services, "ppmg", "ServiceId", "ServiceGroupId"),
        "CidrBlock": "" if ipv6 else written,
        "Ipv6CidrBlock": written if ipv6 else "",
        "SecurityGroupId": rule.peer_group_id or "",
        "AddressTemplate": _named(rule.peer_list_id, "ipmg", "AddressId", "AddressGroupId"),
        "Action": rule.verdict.upper(),
        "PolicyDescription": rule.description,
        "ModifyTime": local_time(rule.modified),
        "Priority": place + 1,
        "Diff": False,
    }


def _named(list_id: str | None, group: str, one: str, several: str) -> Body:
    """Return which template, or group of templates, a policy names; both are empty where it names none."""
    in_group = list_id is not None and list_id.startswith(f"{group}-")
    return {one: "" if in_group else list_id or "", several: list_id if in_group else ""}
