"""The parameters of rules of security groups, and the rules that they describe.

Inbound and outbound rules have the same parameters with Source and Dest changed: the far side is the source
of inbound traffic and the destination of outbound traffic. The far side is a block, a group or a prefix
list, in this order of precedence; of the near side, only a block can be named. A range of ports takes
precedence over a port list.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import attrs

from duolect_core.addressing.blocks import parse_ipv4_block, parse_ipv6_block
from duolect_core.addressing.pools import format_ipv6, parse_ipv6
from duolect_core.errors import PeerGroupNotFound
from duolect_core.model.resources import SecurityGroup
from duolect_core.model.security_rules import Block, Direction, GroupRule, Ports, Protocol, Verdict
from duolect_core.relations import lookup
from duolect_dialects.alibaba.views import owner
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param
from duolect_dialects.session import Session
from duolect_dialects.values import Coded, Form, Length, OneOf

_FAR: Final = MappingProxyType({Direction.INGRESS: "Source", Direction.EGRESS: "Dest"})
_NEAR: Final = MappingProxyType({Direction.INGRESS: "Dest", Direction.EGRESS: "Source"})
_PORTS = Form(r"-?[0-9]{1,5}/-?[0-9]{1,5}", "two port numbers separated by /")
_LAST_PORT: Final = 65535
_ELSEWHERE: Final = "accounts do not see each other's groups; of one's own the id says enough"
INTERNET: Final = "internet"
INTRANET: Final = "intranet"
FAR: Final = "Far"
NEAR: Final = "Near"
"""Names under which a rule keeps how its blocks were written."""

_PRIORITY: Final = (
    Coded(Form(r"-?[0-9]+", "an integer"), "InvalidPriority.Malformed"),
    Coded(Form(r"[1-9][0-9]?|100", "from 1 to 100"), "InvalidPriority.ValueNotSupported"),
)


@attrs.frozen(kw_only=True)
class RuleParam:
    """What describes a rule of either direction."""

    Description: str | None = param(Length(1, 512), code="InvalidSecurityGroupDiscription.Malformed")
    DestCidrIp: str | None = param()
    IpProtocol: str | None = param(
        Form(r"(?i:tcp|udp|icmp|icmpv6|gre|all)", "TCP, UDP, ICMP, ICMPv6, GRE or ALL"),
        code="InvalidIpProtocol.ValueNotSupported",
        note="in some regions the vendor takes protocol numbers too; here no region does",
    )
    Ipv6DestCidrIp: str | None = param()
    Ipv6SourceCidrIp: str | None = param()
    NicType: str | None = param(OneOf(INTERNET, INTRANET), code="InvalidNicType.ValueNotSupported")
    Policy: str | None = param(
        Form(r"(?i:accept|drop)", "accept or drop"), code="InvalidPolicy.Malformed", note="accept if absent"
    )
    PortRange: str | None = param(_PORTS, code="InvalidParam.PortRange")
    Priority: str | None = param(*_PRIORITY, note="1 if absent")
    SourceCidrIp: str | None = param()
    SourcePortRange: str | None = param(_PORTS, code="InvalidSourcePortRange.Malformed")


@attrs.frozen(kw_only=True)
class IngressParam(RuleParam):
    """What describes an inbound rule."""

    SourceGroupId: str | None = param()
    SourceGroupOwnerAccount: str | None = ignored(note=_ELSEWHERE)
    SourceGroupOwnerId: int | None = param(note="a group of another account is not there")
    SourcePrefixListId: str | None = param(note="of ECS, or of the VPC product")


@attrs.frozen(kw_only=True)
class EgressParam(RuleParam):
    """What describes an outbound rule."""

    DestGroupId: str | None = param()
    DestGroupOwnerAccount: str | None = ignored(note=_ELSEWHERE)
    DestGroupOwnerId: int | None = param(note="a group of another account is not there")
    DestPrefixListId: str | None = param(note="of ECS, or of the VPC product")


@attrs.frozen(kw_only=True)
class IngressPermission(IngressParam):
    """One of the Permissions for inbound traffic."""

    PortRangeListId: str | None = param(note="counts without PortRange")


@attrs.frozen(kw_only=True)
class EgressPermission(EgressParam):
    """One of the Permissions for outbound traffic."""

    PortRangeListId: str | None = param(note="counts without PortRange")


_RULE_NAMES: Final = frozenset(
    field.name for cls in (IngressPermission, EgressPermission) for field in attrs.fields(cls)
)


def describes_a_rule(request: object) -> bool:
    """Say whether a request has parameters of a rule that are not among its Permissions."""
    return any(getattr(request, name, None) is not None for name in _RULE_NAMES)


def rule(
    session: Session, group: SecurityGroup | None, direction: Direction, given: RuleParam
) -> GroupRule:
    """Return the rule that parameters describe; without Priority it has none.

    ``group`` is the one whose rule it is, where that exists.

    Raises:
        Refusal, PeerGroupNotFound, AddressListNotFound, ServiceListNotFound: something is missing or wrong.
    """
    if given.IpProtocol is None:
        code = "InvalidIpProtocol.ValueNotSupported"
        raise Refusal(code, "The parameter IpProtocol must be TCP, UDP, ICMP, ICMPv6, GRE or ALL.", 400)
    if given.PortRange is None and not getattr(given, "PortRangeListId", None):
        raise Refusal("InvalidPortRange.Malformed", "The parameter PortRange must be set.", 400)
    changes = changed(session, direction, given)
    if "peer" not in changes:
        raise Refusal(
            f"MissingParameter.{_FAR[direction]}",
            "A rule needs an address block, a group or a prefix list.",
            400,
        )
    return GroupRule(direction=direction, card=_card(group, direction, given), **changes)


def changed(session: Session, direction: Direction, given: RuleParam) -> dict[str, Any]:
    """Return what parameters say of a rule, by the names of the rule's attributes.

    Raises:
        Refusal, PeerGroupNotFound, AddressListNotFound, ServiceListNotFound: something is wrong.
    """
    changes = _plain(given)
    extras: dict[str, str] = {}
    far, near = _FAR[direction], _NEAR[direction]
    peer = _block(given, far, f"Invalid{far}CidrIp.Malformed")
    own = _block(given, near, f"InvalidParam.{near}CidrIp")
    if peer is not None and own is not None and peer[0] == own[0]:
        raise Refusal("InvalidParamter.Conflict", "SourceCidrIp and DestCidrIp must differ.", 400)
    if own is not None:
        changes["own_block"], extras[NEAR] = own
    sides = {"peer": None, "peer_group_id": None, "peer_list_id": None}
    if peer is not None:
        changes |= {**sides, "peer": peer[0]}
        extras[FAR] = peer[1]
    elif group_id := getattr(given, f"{far}GroupId"):
        if getattr(given, f"{far}GroupOwnerId") not in {None, int(owner(session))}:
            raise PeerGroupNotFound(group_id)
        changes |= {**sides, "peer_group_id": group_id}
    elif list_id := getattr(given, f"{far}PrefixListId"):
        changes |= {**sides, "peer_list_id": lookup.peer_list(session.graph, list_id).id}
    if given.PortRange is not None:
        changes["service_list_id"] = None
    elif list_id := getattr(given, "PortRangeListId", None):
        named = lookup.services_of_rule(session.graph, list_id)
        changes |= {"ports": (), "service_list_id": named.id}
    if extras:
        changes["extras"] = extras
    return changes


def _plain(given: RuleParam) -> dict[str, Any]:
    """Return what parameters say of all but the two sides of a rule."""
    found = {
        "description": given.Description,
        "protocol": given.IpProtocol and Protocol(given.IpProtocol.lower()),
        "verdict": given.Policy and Verdict(given.Policy.lower()),
        "priority": given.Priority and int(given.Priority),
        "ports": _ports(given.PortRange, "InvalidParam.PortRange"),
        "source_ports": _ports(given.SourcePortRange, "InvalidSourcePortRange.Malformed"),
    }
    return {name: value for name, value in found.items() if value is not None}


def _card(group: SecurityGroup | None, direction: Direction, given: RuleParam) -> str:
    """Return the card that a rule guards: in a VPC there is but one, whatever NicType says."""
    classic = group is not None and group.classic
    nic = given.NicType or (INTERNET if classic else INTRANET)
    far = _FAR[direction]
    by_block = getattr(given, f"{far}CidrIp") or getattr(given, f"Ipv6{far}CidrIp")
    if nic == INTERNET and not by_block:
        raise Refusal(
            f"Invalid{far}GroupId.Mismatch", "The NicType of a rule that names a group is intranet.", 403
        )
    return nic if classic else ""


def _ports(text: str | None, code: str) -> Ports | None:
    """Return a range of ports; -1/-1 is none of them, and no text says nothing."""
    if text is None:
        return None
    first, last = map(int, text.split("/"))
    if (first, last) == (-1, -1):
        return ()
    if not 1 <= first <= last <= _LAST_PORT:
        raise Refusal(code, f"{text} is not a range of ports from 1/1 to 65535/65535.", 400)
    return ((first, last),)


def _block(given: RuleParam, side: str, code: str) -> tuple[Block, str] | None:
    """Return the block of one side, and how it was written."""
    ipv4, ipv6 = getattr(given, f"{side}CidrIp"), getattr(given, f"Ipv6{side}CidrIp")
    if ipv4 and ipv6:
        raise Refusal(
            f"InvalidParam.{side}Ip", f"{side}CidrIp and Ipv6{side}CidrIp cannot be used together.", 400
        )
    if not ipv4 and not ipv6:
        return None
    block = parse_ipv4_block(ipv4) if ipv4 else parse_ipv6_block(ipv6)
    if block is None:
        code = code if ipv4 else f"InvalidParam.Ipv6{side}CidrIp"
        raise Refusal(code, f"{ipv4 or ipv6} is not a block of addresses.", 400)
    return block, ipv4 or _compressed(ipv6)


def _compressed(text: str) -> str:
    """Return an IPv6 block as the vendor shows it: compressed, the bits of the host kept."""
    address, slash, length = text.partition("/")
    ip = parse_ipv6(address)
    return text if ip is None else format_ipv6(ip) + slash + length


PROTOCOL_NAMES: Final[Mapping[Protocol, str]] = MappingProxyType(
    {**{protocol: protocol.upper() for protocol in Protocol}, Protocol.ICMPV6: "ICMPv6"}
)


def written_ports(ports: Ports) -> str:
    """Return ports as the vendor shows them."""
    return "/".join(map(str, ports[0])) if ports else "-1/-1"
