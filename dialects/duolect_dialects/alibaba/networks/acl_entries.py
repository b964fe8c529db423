"""The entries of network ACLs: replaced, and copied from another one.

Sources: the vendor's page UpdateNetworkAclEntries, its guide to network ACLs, and the models of its Python
SDK for the VPC product.
"""

import re
from typing import Final

import attrs

from duolect_core.addressing.blocks import parse_cidr
from duolect_core.model.network_acls import AclEntry, Entries
from duolect_core.model.security_rules import WITH_PORTS, Block, Direction, Ports, Protocol, Verdict
from duolect_core.networks import acl_entries as commands
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import vpc_action
from duolect_dialects.alibaba.networks.acls import DESCRIPTION, NAME
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required
from duolect_dialects.session import Session
from duolect_dialects.values import Count, OneOf

_LAST_PORT: Final = 65535
_MOST: Final = Count(0, 100)
_NOT_CUSTOM: Final = "those of the system are always there"
_NO_LISTS: Final = "a block; there are no prefix lists"


@attrs.frozen(kw_only=True)
class AclEntryParam:
    """What describes an entry of either direction."""

    Description: str | None = param(*DESCRIPTION)
    EntryType: str | None = param(OneOf("custom"), note=_NOT_CUSTOM)
    IpVersion: str | None = param(
        OneOf("IPv4", "IPv6"), code="IllegalParam.IpVersion", note="that of the block if absent"
    )
    NetworkAclEntryId: str | None = param(note="of an entry that is kept, or changed")
    NetworkAclEntryName: str | None = param(*NAME)
    Policy: str | None = param(OneOf("accept", "drop"), code="ParameterIllegal.Policy", note="required")
    Port: str | None = param(note="required")
    Protocol: str | None = param(
        OneOf("icmp", "gre", "tcp", "udp", "all", "icmpv6"),
        code="ParameterIllegal.Protocol",
        note="required",
    )


@attrs.frozen(kw_only=True)
class IngressAclEntry(AclEntryParam):
    """What describes an inbound entry."""

    SourceCidrIp: str | None = param(note=_NO_LISTS)


@attrs.frozen(kw_only=True)
class EgressAclEntry(AclEntryParam):
    """What describes an outbound entry."""

    DestinationCidrIp: str | None = param(note=_NO_LISTS)


@attrs.frozen(kw_only=True)
class UpdateNetworkAclEntries:
    """Put entries in the place of all that a network ACL has in a direction."""

    RegionId: str = required()
    NetworkAclId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    DryRun: bool = param(default=False)
    EgressAclEntries: tuple[EgressAclEntry, ...] = param(_MOST, default=())
    IngressAclEntries: tuple[IngressAclEntry, ...] = param(_MOST, default=())
    UpdateEgressAclEntries: bool = param(default=False)
    UpdateIngressAclEntries: bool = param(default=False)


@vpc_action(idempotent_by="ClientToken")
def update_network_acl_entries(session: Session, request: UpdateNetworkAclEntries) -> Body:
    """Replace the entries of the directions that are to be updated: Modifying, then Available."""
    entries: dict[Direction, tuple[AclEntry, ...]] = {}
    if request.UpdateIngressAclEntries:
        given = request.IngressAclEntries
        entries[Direction.INGRESS] = tuple(
            _entry("SourceCidrIp", each, each.SourceCidrIp) for each in given
        )
    if request.UpdateEgressAclEntries:
        entries[Direction.EGRESS] = tuple(
            _entry("DestinationCidrIp", each, each.DestinationCidrIp) for each in request.EgressAclEntries
        )
    _check_ids(session, request.NetworkAclId, entries)
    command = commands.ReplaceAclEntries(acl_id=request.NetworkAclId, entries=entries)
    common.execute(session, command, request)
    return {}


def _entry(side: str, given: AclEntryParam, cidr: str | None) -> AclEntry:
    """Return the entry that parameters describe."""
    for name, value in (("Policy", given.Policy), ("Protocol", given.Protocol), (side, cidr)):
        if value is None:
            raise Refusal(f"ParameterMissing.{name}", f"An entry has no {name}.", 400)
    protocol, block = Protocol(str(given.Protocol)), _block(side, str(cidr), given.IpVersion)
    inbound = side == "SourceCidrIp"
    return AclEntry(
        id=given.NetworkAclEntryId or "",
        name=given.NetworkAclEntryName or "",
        description=given.Description or "",
        protocol=protocol,
        verdict=Verdict(str(given.Policy)),
        source=block if inbound else None,
        destination=None if inbound else block,
        ports=_ports(protocol, given.Port),
    )


def _block(side: str, text: str, version: str | None) -> Block:
    if text.startswith("pl-"):
        raise Refusal("ResourceNotFound.PrefixList", f"The prefix list {text} does not exist.", 400)
    block = parse_cidr(text)
    if block is None:
        raise Refusal(f"ParameterIllegal.{side}", f"{text} is not a CIDR block.", 400)
    if version not in {None, f"IPv{block.version}"}:
        raise Refusal("IllegalParam.IpVersion", f"The CIDR block {text} is not one of {version}.", 400)
    return block


def _ports(protocol: Protocol, text: str | None) -> Ports:
    """Return the ports of an entry: of TCP and UDP they are told, all others have -1/-1."""
    if text is None:
        raise Refusal("ParameterMissing.Port", "An entry has no Port.", 400)
    if protocol not in WITH_PORTS and text == "-1/-1":
        return ()
    found = re.fullmatch(r"([0-9]{1,5})/([0-9]{1,5})", text)
    if protocol in WITH_PORTS and found is not None:
        first, last = int(found[1]), int(found[2])
        if 1 <= first <= last <= _LAST_PORT:
            return ((first, last),)
    message = f"The Port {text} is not one that an entry of {protocol.value} can have."
    raise Refusal("ParameterIllegal.Port", message, 400)


def _check_ids(session: Session, acl_id: str, entries: Entries) -> None:
    """Raise the refusal of an entry that the network ACL does not have in the direction."""
    acl = lookup.network_acl(session.graph, acl_id)
    for direction, each in entries.items():
        held = {entry.id for entry in acl.entries.get(direction, ())}
        for entry in each:
            if entry.id and entry.id not in held:
                side = direction.value.capitalize()
                message = f"The entry {entry.id} does not exist in {acl_id}."
                raise Refusal(f"IllegalParam.{side}AclEntryId", message, 400)


@attrs.frozen(kw_only=True)
class CopyNetworkAclEntries:
    """Put the entries of another network ACL in the place of those that one has."""

    RegionId: str = required()
    NetworkAclId: str = required()
    SourceNetworkAclId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    DryRun: bool = param(default=False)


@vpc_action(idempotent_by="ClientToken")
def copy_network_acl_entries(session: Session, request: CopyNetworkAclEntries) -> Body:
    """Copy the entries: Modifying, then Available."""
    command = commands.CopyAclEntries(acl_id=request.NetworkAclId, source_id=request.SourceNetworkAclId)
    common.execute(session, command, request)
    return {}
