"""The parameters of entries of network ACLs, and the entries that they describe.

Source: the definitions in tccli. How an id of an entry that is given for the wrong direction or version of
IP is refused is assumed.
"""

import re
from collections.abc import Callable, Mapping
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any, Final, TypeVar

import attrs

from duolect_core.addressing.blocks import parse_cidr
from duolect_core.model.network_acls import AclEntry
from duolect_core.model.security_rules import WITH_PORTS, Block, Direction, Ports, Protocol, Verdict
from duolect_core.networks.acl_entries import AclEntryChange
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param
from duolect_dialects.tencent import request_errors
from duolect_dialects.tencent.names import ID_TAIL
from duolect_dialects.tencent.networks.acl_views import ID_PREFIX
from duolect_dialects.values import AtMost, Between, Form
from duolect_dialects.wording import Message

_REPLIES: Final = "the cloud sets it; requests carry it because they share the type of replies"
_COEXIST: Final = "InvalidParameter.Coexist"
_LAST_PORT: Final = 65535
_PROTOCOL: Final = Form(r"(?i:tcp|udp|icmp|all)", "one of TCP, UDP, ICMP, ALL")
_ACTION: Final = Form(r"(?i:accept|drop)", "ACCEPT or DROP")
_CHOICE: Final = "InvalidParameterValue"
_ENTRY_ID: Final = Form(rf"acli[46][35]-{ID_TAIL}", "the id of an entry, acli..-xxxxxxxx")
T = TypeVar("T")
P = TypeVar("P")
Made = Mapping[Direction, tuple[T, ...]]
"""What is made of the entries of each direction."""


@attrs.frozen(kw_only=True)
class NetworkAclEntry:
    """One entry of three parts. What is empty is as good as absent."""

    Protocol: str | None = param(_PROTOCOL, code=_CHOICE, note="required of new entries")
    Port: str | None = param(note="all ports if absent; ICMP and ALL have none")
    CidrBlock: str | None = param(note="a new entry needs this one or Ipv6CidrBlock")
    Ipv6CidrBlock: str | None = param()
    Action: str | None = param(_ACTION, code=_CHOICE, note="required of new entries")
    Description: str | None = param(AtMost(100))
    ModifyTime: str | None = ignored(note=_REPLIES)
    Priority: int | None = ignored(note="the order of the entries is that of the list")
    NetworkAclIpv4EntryId: str | None = param(_ENTRY_ID)
    NetworkAclIpv6EntryId: str | None = param(_ENTRY_ID)


@attrs.frozen(kw_only=True)
class EntrySetParam:
    """The entries of three parts of both directions."""

    Ingress: tuple[NetworkAclEntry, ...] = param(default=())
    Egress: tuple[NetworkAclEntry, ...] = param(default=())


@attrs.frozen(kw_only=True)
class NetworkAclQuintupleEntry:
    """One entry of five parts. What is empty is as good as absent."""

    Protocol: str | None = param(_PROTOCOL, code=_CHOICE, note="required of new entries")
    Description: str | None = param(AtMost(100))
    SourcePort: str | None = param(note="all ports if absent; ICMP and ALL have none")
    SourceCidr: str | None = param(note="everywhere if absent")
    DestinationPort: str | None = param(note="all ports if absent; ICMP and ALL have none")
    DestinationCidr: str | None = param(note="everywhere if absent")
    Action: str | None = param(_ACTION, code=_CHOICE, note="required of new entries")
    NetworkAclQuintupleEntryId: str | None = param(_ENTRY_ID)
    Priority: int | None = param(
        Between(0, 2**31 - 1), note="where an entry moves to that is modified; 0 is as good as absent"
    )
    CreateTime: str | None = ignored(note=_REPLIES)
    NetworkAclDirection: str | None = ignored(note=_REPLIES)
    SourceIPv6Cidr: str | None = param()
    DestinationIPv6Cidr: str | None = param()


@attrs.frozen(kw_only=True)
class FivePartSetParam:
    """The entries of five parts of both directions."""

    Ingress: tuple[NetworkAclQuintupleEntry, ...] = param(default=())
    Egress: tuple[NetworkAclQuintupleEntry, ...] = param(default=())


def in_directions(
    ingress: tuple[P, ...], egress: tuple[P, ...], make: Callable[[P, Direction], T]
) -> "Made[T]":
    """Return what is made of each entry, by direction; one of which none is given is left out."""
    given = {Direction.INGRESS: ingress, Direction.EGRESS: egress}
    return {
        direction: tuple(make(each, direction) for each in entries)
        for direction, entries in given.items()
        if entries
    }


def given_id(given: NetworkAclEntry | NetworkAclQuintupleEntry) -> str:
    """Return the id that an entry is named by, as the core has it: empty where it is not.

    Raises:
        Refusal: it is named by two.
    """
    if isinstance(given, NetworkAclQuintupleEntry):
        name = given.NetworkAclQuintupleEntryId
    elif given.NetworkAclIpv4EntryId and given.NetworkAclIpv6EntryId:
        raise _both("NetworkAclIpv4EntryId", "NetworkAclIpv6EntryId")
    else:
        name = given.NetworkAclIpv4EntryId or given.NetworkAclIpv6EntryId
    return ID_PREFIX + name.partition("-")[2] if name else ""


def named_id(given: NetworkAclEntry | NetworkAclQuintupleEntry, _: Direction) -> str:
    """Return the id of an entry that must be named by one, or raise the refusal of a missing parameter."""
    found = given_id(given)
    if found:
        return found
    is_quintuple = isinstance(given, NetworkAclQuintupleEntry)
    raise request_errors.missing("NetworkAclQuintupleEntryId" if is_quintuple else "NetworkAclIpv4EntryId")


def triple(given: NetworkAclEntry, direction: Direction) -> AclEntry:
    """Return the entry of three parts that parameters describe."""
    values = _values(given)
    block = _block("CidrBlock", given.CidrBlock, "Ipv6CidrBlock", given.Ipv6CidrBlock)
    if block is None:
        raise request_errors.missing("CidrBlock")
    sides: dict[str, Any] = {"source" if direction is Direction.INGRESS else "destination": block}
    ports = _ports("Port", given.Port, values["protocol"])
    return AclEntry(id=given_id(given), ports=ports or (), **sides, **values)


def quintuple(given: NetworkAclQuintupleEntry, _: Direction) -> AclEntry:
    """Return the entry of five parts that parameters describe."""
    values = _values(given)
    source, destination = _blocks(given)
    version = next((each.version for each in (source, destination) if each is not None), 4)
    everywhere = ip_network("0.0.0.0/0" if version == 4 else "::/0")  # noqa: PLR2004 - of IPv4
    return AclEntry(
        id=given_id(given),
        source=source or everywhere,
        destination=destination or everywhere,
        source_ports=_ports("SourcePort", given.SourcePort, values["protocol"]) or (),
        ports=_ports("DestinationPort", given.DestinationPort, values["protocol"]) or (),
        **values,
    )


def change(given: NetworkAclQuintupleEntry, direction: Direction) -> AclEntryChange:
    """Return what parameters change of an entry of five parts that is there."""
    source, destination = _blocks(given)
    protocol = _protocol(given.Protocol)
    return AclEntryChange(
        entry_id=named_id(given, direction),
        protocol=protocol,
        verdict=None if given.Action is None else Verdict(given.Action.lower()),
        source=source,
        destination=destination,
        source_ports=_ports("SourcePort", given.SourcePort, protocol),
        ports=_ports("DestinationPort", given.DestinationPort, protocol),
        description=given.Description,
        place=given.Priority or None,
    )


def _values(given: NetworkAclEntry | NetworkAclQuintupleEntry) -> dict[str, Any]:
    """Return what both forms of an entry say alike."""
    for name in ("Protocol", "Action"):
        if getattr(given, name) is None:
            raise request_errors.missing(name)
    return {
        "protocol": _protocol(given.Protocol),
        "verdict": Verdict(str(given.Action).lower()),
        "description": given.Description or "",
    }


def _protocol(text: str | None) -> Protocol | None:
    return None if text is None else Protocol(text.lower())


def _blocks(given: NetworkAclQuintupleEntry) -> tuple[Block | None, Block | None]:
    return (
        _block("SourceCidr", given.SourceCidr, "SourceIPv6Cidr", given.SourceIPv6Cidr),
        _block("DestinationCidr", given.DestinationCidr, "DestinationIPv6Cidr", given.DestinationIPv6Cidr),
    )


def _block(name: str, ipv4: str | None, ipv6_name: str, ipv6: str | None) -> Block | None:
    """Return the block of IPv4 or of IPv6 that is given, or None where neither is."""
    if ipv4 and ipv6:
        raise _both(name, ipv6_name)
    if not (ipv4 or ipv6):
        return None
    text = ipv4 or ipv6 or ""
    block = parse_cidr(text)
    if isinstance(block, IPv4Network if ipv4 else IPv6Network):
        return block
    raise Refusal("InvalidParameterValue.Malformed", Message("`{text}` is not a CIDR block.", text=text))


def _both(one: str, other: str) -> Refusal:
    return Refusal(
        _COEXIST, Message("`{one}` and `{other}` cannot be used together.", one=one, other=other)
    )


def _ports(name: str, text: str | None, protocol: Protocol | None) -> Ports | None:
    """Return ports, which only TCP and UDP have: a port, two with a hyphen, or all; None if absent."""
    if not text:
        return None
    if protocol is not None and protocol not in WITH_PORTS:
        if text.lower() == "all":
            return ()
        message = Message("`{name}` cannot be set for {protocol}.", name=name, protocol=protocol.upper())
        raise Refusal("InvalidParameterValue", message)
    if text.lower() == "all":
        return ()
    found = re.fullmatch(r"([0-9]{1,5})(?:-([0-9]{1,5}))?", text)
    if found is not None:
        first, last = int(found[1]), int(found[2] or found[1])
        if first <= last <= _LAST_PORT:
            return ((first, last),)
    raise Refusal("InvalidParameterValue.Malformed", Message("`{text}` is no port or range.", text=text))
