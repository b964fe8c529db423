"""The entries of network ACLs: of three parts, or of five.

Source: the definitions in tccli. The same actions put new entries after those that are there; only one says
so of the place (Priority) of an entry.
"""

from typing import Final, TypeVar

import attrs

from duolect_core import errors as core
from duolect_core.model.network_acls import AclEntry
from duolect_core.model.security_rules import Direction
from duolect_core.networks import acl_entries as commands
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required
from duolect_dialects.session import Session
from duolect_dialects.tencent import common, request_errors
from duolect_dialects.tencent.common import Filter, vpc_action
from duolect_dialects.tencent.networks import acl_entry_parameters as parameters
from duolect_dialects.tencent.networks import acl_views as views
from duolect_dialects.tencent.networks.acl_entry_parameters import (
    EntrySetParam,
    FivePartSetParam,
)
from duolect_dialects.tencent.networks.acls import NETWORK_ACL_ID
from duolect_dialects.values import Count
from duolect_dialects.wording import Message

T = TypeVar("T")


@attrs.frozen(kw_only=True)
class ModifyNetworkAclEntries:
    """Put entries in the place of those of a direction, or change single ones."""

    NetworkAclId: str = required(NETWORK_ACL_ID)
    NetworkAclEntrySet: EntrySetParam | None = param(note="this one or NetworkAclQuintupleSet")
    NetworkAclQuintupleSet: FivePartSetParam | None = param()
    EnableUpdateAclEntries: bool = param(
        default=False, note="entries of three parts that are named by their ids change, the others stay"
    )


@vpc_action()
def modify_network_acl_entries(session: Session, request: ModifyNetworkAclEntries) -> Body:
    """Replace the entries of the directions of which some are given, at once."""
    three, five = request.NetworkAclEntrySet, request.NetworkAclQuintupleSet
    if three is not None and five is not None:
        message = "`{one}` and `{other}` cannot be used together."
        names = {"one": "NetworkAclEntrySet", "other": "NetworkAclQuintupleSet"}
        raise Refusal("InvalidParameter.Coexist", Message(message, **names))
    if three is None and five is None:
        raise request_errors.missing("NetworkAclEntrySet")
    if three is not None:
        entries = parameters.in_directions(three.Ingress, three.Egress, parameters.triple)
        if request.EnableUpdateAclEntries:
            entries = {
                each: _updated(session, request.NetworkAclId, each, new) for each, new in entries.items()
            }
    if five is not None:
        entries = parameters.in_directions(five.Ingress, five.Egress, parameters.quintuple)
    entries = {each: _kept(session, request.NetworkAclId, new) for each, new in entries.items()}
    command = commands.ReplaceAclEntries(
        acl_id=request.NetworkAclId, entries=entries, five_part=five is not None
    )
    session.execute(command)
    return {}


def _updated(
    session: Session, acl_id: str, direction: Direction, given: tuple[AclEntry, ...]
) -> tuple[AclEntry, ...]:
    """Return the entries that a direction has with those that are given in their places, by their ids."""
    changed = {entry.id: entry for entry in given}
    held = lookup.network_acl(session.graph, acl_id).entries.get(direction, ())
    for entry in given:
        if not entry.id:
            raise request_errors.missing("NetworkAclIpv4EntryId")
        if entry.id not in {each.id for each in held}:
            raise core.AclEntryNotFound(entry.id)
    return tuple(changed.get(entry.id, entry) for entry in held)


def _kept(session: Session, acl_id: str, given: tuple[AclEntry, ...]) -> tuple[AclEntry, ...]:
    """Return entries without ids of the cloud's last ones, which a list that is given back names too."""
    acl = lookup.network_acl(session.graph, acl_id)
    last = {views.last_entry_id(acl, direction) for direction in Direction}
    return tuple(attrs.evolve(each, id="") if each.id in last else each for each in given)


@attrs.frozen(kw_only=True)
class CreateNetworkAclEntries:
    """Add entries of three parts."""

    NetworkAclId: str = required(NETWORK_ACL_ID)
    NetworkAclEntrySet: EntrySetParam = required()


@vpc_action()
def create_network_acl_entries(session: Session, request: CreateNetworkAclEntries) -> Body:
    """Add them at once, after those that are there."""
    given = request.NetworkAclEntrySet
    entries = parameters.in_directions(given.Ingress, given.Egress, parameters.triple)
    session.execute(commands.AddAclEntries(acl_id=request.NetworkAclId, entries=_some(entries)))
    return {}


def _some(entries: "parameters.Made[T]") -> "parameters.Made[T]":
    """Return what is given of both directions, or raise the refusal of nothing at all."""
    if not entries:
        raise request_errors.missing("Ingress")
    return entries


@attrs.frozen(kw_only=True)
class DeleteNetworkAclEntries:
    """Remove entries of three parts, which are named by their ids."""

    NetworkAclId: str = required(NETWORK_ACL_ID)
    NetworkAclEntrySet: EntrySetParam | None = param(note="required: without it nothing would be removed")


@vpc_action()
def delete_network_acl_entries(session: Session, request: DeleteNetworkAclEntries) -> Body:
    """Remove them at once."""
    given = request.NetworkAclEntrySet
    if given is None:
        raise request_errors.missing("NetworkAclEntrySet")
    ids = parameters.in_directions(given.Ingress, given.Egress, parameters.named_id)
    session.execute(commands.RemoveAclEntries(acl_id=request.NetworkAclId, entry_ids=_some(ids)))
    return {}


# -- entries of five parts -------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class CreateNetworkAclQuintupleEntries:
    """Add entries of five parts."""

    NetworkAclId: str = required(NETWORK_ACL_ID)
    NetworkAclQuintupleSet: FivePartSetParam = required()


@vpc_action()
def create_network_acl_quintuple_entries(
    session: Session, request: CreateNetworkAclQuintupleEntries
) -> Body:
    """Add them at once, after those that are there."""
    given = request.NetworkAclQuintupleSet
    entries = parameters.in_directions(given.Ingress, given.Egress, parameters.quintuple)
    session.execute(
        commands.AddAclEntries(acl_id=request.NetworkAclId, entries=_some(entries), five_part=True)
    )
    return {}


@attrs.frozen(kw_only=True)
class ModifyNetworkAclQuintupleEntries:
    """Change entries of five parts, which are named by their ids, and their places."""

    NetworkAclId: str = required(NETWORK_ACL_ID)
    NetworkAclQuintupleSet: FivePartSetParam = required()


@vpc_action()
def modify_network_acl_quintuple_entries(
    session: Session, request: ModifyNetworkAclQuintupleEntries
) -> Body:
    """Change at once what is given."""
    given = request.NetworkAclQuintupleSet
    changes = parameters.in_directions(given.Ingress, given.Egress, parameters.change)
    session.execute(
        commands.ChangeAclEntries(acl_id=request.NetworkAclId, changes=_some(changes), five_part=True)
    )
    return {}


@attrs.frozen(kw_only=True)
class DeleteNetworkAclQuintupleEntries:
    """Remove entries of five parts, which are named by their ids."""

    NetworkAclId: str = required(NETWORK_ACL_ID)
    NetworkAclQuintupleSet: FivePartSetParam = required()


@vpc_action()
def delete_network_acl_quintuple_entries(
    session: Session, request: DeleteNetworkAclQuintupleEntries
) -> Body:
    """Remove them at once."""
    given = request.NetworkAclQuintupleSet
    ids = parameters.in_directions(given.Ingress, given.Egress, parameters.named_id)
    command = commands.RemoveAclEntries(acl_id=request.NetworkAclId, entry_ids=_some(ids), five_part=True)
    session.execute(command)
    return {}


@attrs.frozen(kw_only=True)
class DescribeNetworkAclQuintupleEntries:
    """List the entries of five parts of a network ACL; filters must all match."""

    NetworkAclId: str = required(NETWORK_ACL_ID)
    Offset: int = param(common.OFFSET, default=0)
    Limit: int = param(common.LIMIT, default=20)
    Filters: tuple[Filter, ...] = param(
        Count(0, 10), default=(), note="the definitions forbid them beside the id, which they require"
    )


_FILTERS: Final = {
    "protocol": ("Protocol",),
    "description": ("Description",),
    "destination-cidr": ("DestinationCidr", "DestinationIPv6Cidr"),
    "source-cidr": ("SourceCidr", "SourceIPv6Cidr"),
    "action": ("Action",),
    "network-acl-quintuple-entry-id": ("NetworkAclQuintupleEntryId",),
    "network-acl-direction": ("NetworkAclDirection",),
}
"""The members of an entry that each filter looks at."""


@vpc_action()
def describe_network_acl_quintuple_entries(
    session: Session, request: DescribeNetworkAclQuintupleEntries
) -> Body:
    """List one page, inbound entries first, and the count of all."""
    acl = lookup.network_acl(session.graph, request.NetworkAclId)
    if not acl.five_part:
        raise core.AclPartsDiffer(acl.id)
    rows = [
        views.quintuple_entry(entry, direction, place)
        for direction in Direction
        for place, entry in enumerate(acl.entries.get(direction, ()), 1)
    ]
    for each in request.Filters:
        if each.Name not in _FILTERS:
            raise common.no_filter(each.Name, common.VPC)
        wanted = {value.upper() for value in each.Values}
        rows = [row for row in rows if any(row[name].upper() in wanted for name in _FILTERS[each.Name])]
    return {
        "NetworkAclQuintupleSet": rows[request.Offset : request.Offset + request.Limit],
        "TotalCount": len(rows),
    }
