"""The parameters of security group policies, and the rules that they describe."""

from ipaddress import IPv4Network
from typing import Any, Final

import attrs

from duolect_core.addressing.blocks import parse_ipv4_block, parse_ipv6_block
from duolect_core.model.security_rules import (
    WITH_PORTS,
    Block,
    Direction,
    GroupRule,
    Ports,
    Protocol,
    Verdict,
)
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, required
from duolect_dialects.tencent import common
from duolect_dialects.values import AtMost, Between, Form
from duolect_dialects.wording import Message

EVERY_PORT: Final[Ports] = ((0, 65535),)
"""What ALL is for a protocol that has ports."""
WRITTEN: Final = "Written"
"""Under this name a rule keeps how its block was written."""
EMPTY: Final = "InvalidParameterValue.Empty"
_ANYWHERE: Final = IPv4Network("0.0.0.0/0")
_COEXIST: Final = "InvalidParameter.Coexist"
_ALL: Final = "all"
_LAST_PORT: Final = 65535
_SET_BY_THE_CLOUD: Final = "the cloud sets it; requests carry it because they share the type of replies"


@attrs.frozen(kw_only=True)
class ServiceTemplateParam:
    """A template of protocols and ports."""

    ServiceId: str | None = param(note="counts before ServiceGroupId")
    ServiceGroupId: str | None = param()


@attrs.frozen(kw_only=True)
class AddressTemplateParam:
    """A template of addresses."""

    AddressId: str | None = param(note="counts before AddressGroupId")
    AddressGroupId: str | None = param()


@attrs.frozen(kw_only=True)
class Policy:
    """One policy. What is empty is as good as absent; without Protocol it is for ALL."""

    PolicyIndex: int | None = param(Between(0, 2**31 - 1))
    Protocol: str | None = param(
        Form(r"(?i:tcp|udp|icmp|icmpv6|gre|all)", "one of TCP, UDP, ICMP, ICMPV6, GRE, ALL"),
        code="InvalidParameterValue",
    )
    Port: str | None = param(note="ALL if absent")
    ServiceTemplate: ServiceTemplateParam | None = param()
    CidrBlock: str | None = param(note="MY_PUBLIC_IP is not taken")
    Ipv6CidrBlock: str | None = param(note="MY_PUBLIC_IP is not taken")
    SecurityGroupId: str | None = param()
    AddressTemplate: AddressTemplateParam | None = param()
    Action: str | None = param(
        Form(r"(?i:accept|drop)", "one of ACCEPT, DROP"), code="InvalidParameterValue"
    )
    PolicyDescription: str | None = param(AtMost(100))
    ModifyTime: str | None = ignored(note=_SET_BY_THE_CLOUD)
    Priority: int | None = ignored(note=_SET_BY_THE_CLOUD)


@attrs.frozen(kw_only=True)
class StatisticsParam:
    """How many policies there are, in replies."""

    IngressIPv4TotalCount: int = required()
    IngressIPv6TotalCount: int = required()
    EgressIPv4TotalCount: int = required()
    EgressIPv6TotalCount: int = required()


@attrs.frozen(kw_only=True)
class PolicySet:
    """Policies of one direction or of both."""

    Version: str | None = param(Form(r"[0-9]{1,18}", "a version number"))
    Egress: tuple[Policy, ...] = param(default=())
    Ingress: tuple[Policy, ...] = param(default=())
    PolicyStatistics: StatisticsParam | None = ignored(note=_SET_BY_THE_CLOUD)

    @property
    def version(self) -> int | None:
        """The version as a number."""
        return None if self.Version is None else int(self.Version)

    def one_direction(self) -> tuple[Direction, tuple[Policy, ...]]:
        """Return the direction that has policies, which must be one of the two, and its policies."""
        if self.Egress and self.Ingress:
            raise Refusal(_COEXIST, Message("`Egress` and `Ingress` cannot be used together."))
        if self.Egress:
            return Direction.EGRESS, self.Egress
        if self.Ingress:
            return Direction.INGRESS, self.Ingress
        raise Refusal(EMPTY, Message("One of `Egress` and `Ingress` must not be empty."))


def rules(direction: Direction, policies: tuple[Policy, ...], missing: str = EMPTY) -> list[GroupRule]:
    """Return the rules that policies describe; ``missing`` is the code for what a policy lacks.

    Raises:
        Refusal: something is missing or wrong.
    """
    return [_rule(direction, policy, missing) for policy in policies]


def _rule(direction: Direction, policy: Policy, missing: str) -> GroupRule:
    check_templates(policy)
    if not policy.Action:
        raise Refusal(missing, Message("A policy has no `{name}`.", name="Action"))
    # terraform-provider-tencentcloud leaves Protocol out where a rule is for all of them.
    protocol = Protocol((policy.Protocol or _ALL).lower())
    services = named_template(policy.ServiceTemplate)
    return GroupRule(
        direction=direction,
        protocol=protocol,
        verdict=Verdict((policy.Action or "").lower()),
        ports=() if services else _ports(protocol, policy.Port or _ALL),
        service_list_id=services,
        description=policy.PolicyDescription or "",
        **_peer(policy, missing),
    )


def named_template(given: ServiceTemplateParam | AddressTemplateParam | None) -> str | None:
    """Return the id of the template, or of the group of templates, that a policy names.

    An example of the vendor names both; that the template counts then is assumed.
    """
    named = () if given is None else tuple(value for value in attrs.astuple(given) if value)
    # terraform-provider-tencentcloud sends both with every policy, mostly empty.
    return named[0] if named else None


def check_templates(policy: Policy) -> None:
    """Raise ``Refusal`` where a policy names a template and also what stands in it."""
    for template in (policy.ServiceTemplate, policy.AddressTemplate):
        others = (
            (policy.Protocol, policy.Port)
            if template is policy.ServiceTemplate
            else (policy.CidrBlock, policy.Ipv6CidrBlock, policy.SecurityGroupId)
        )
        if named_template(template) is not None and any(others):
            raise Refusal(_COEXIST, Message("Templates exclude what stands in them."))


def _peer(policy: Policy, missing: str) -> dict[str, Any]:
    """Return what a policy says of its peer, by the names of a rule's attributes."""
    given = [value for value in (policy.CidrBlock, policy.Ipv6CidrBlock, policy.SecurityGroupId) if value]
    if len(given) > 1:
        raise Refusal(
            _COEXIST, Message("`CidrBlock`, `Ipv6CidrBlock` and `SecurityGroupId` exclude each other.")
        )
    template = named_template(policy.AddressTemplate)
    if template is not None:
        return {"peer_list_id": template}
    if not given:
        raise Refusal(missing, Message("A policy has no `{name}`.", name="CidrBlock"))
    if policy.SecurityGroupId:
        if not common.GROUP_ID.accepts(policy.SecurityGroupId):
            raise _malformed(policy.SecurityGroupId)
        return {"peer_group_id": policy.SecurityGroupId}
    block, written = _block(policy)
    return {"peer": block, "extras": {WRITTEN: written}}


def _block(policy: Policy) -> tuple[Block, str]:
    """Return a block, and how it is shown: 0.0.0.0/n is always 0.0.0.0/0."""
    text = policy.CidrBlock or policy.Ipv6CidrBlock or ""
    block = parse_ipv4_block(text) if policy.CidrBlock else parse_ipv6_block(text)
    if block is None:
        raise _malformed(text)
    if policy.CidrBlock and text.startswith("0.0.0.0/"):
        return _ANYWHERE, str(_ANYWHERE)
    return block, text


def _malformed(text: str) -> Refusal:
    return Refusal(
        "InvalidParameterValue.Malformed", Message("`{text}` is not acceptable in a policy.", text=text)
    )


def _ports(protocol: Protocol, text: str) -> Ports:
    """Return ports: one, a range, several of both behind commas, or ALL."""
    if protocol not in WITH_PORTS:
        if text.lower() != _ALL:
            raise Refusal(_COEXIST, Message("This `Protocol` excludes a `Port`."))
        return ()
    if text.lower() == _ALL:
        return EVERY_PORT
    return tuple(_range(part) for part in text.split(","))


def _range(text: str) -> tuple[int, int]:
    ends = text.split("-")
    if len(ends) > 2 or not all(end.isascii() and end.isdecimal() and len(end) <= 5 for end in ends):  # noqa: PLR2004
        raise _malformed(text)
    first, last = int(ends[0]), int(ends[-1])
    if not first <= last <= _LAST_PORT:
        raise _malformed(text)
    return first, last


def written_ports(rule: GroupRule) -> str:
    """Return the ports of a rule as the vendor shows them."""
    if rule.ports in {(), EVERY_PORT}:
        return "ALL"
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in rule.ports)
