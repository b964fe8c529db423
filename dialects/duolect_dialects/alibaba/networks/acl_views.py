"""Network ACLs as the VPC product shows them.

The system adds entries of its own: those that open the services of the cloud stand first, and those that
drop whatever no other entry matches last. They cannot be changed, and no limit counts them.

Sources: the vendor's pages CreateNetworkAcl and DescribeNetworkAclAttributes, and its guide to network
ACLs. That a service has an entry of its own, and that these entries have no names, is assumed.
"""

from typing import Final

from duolect_core.model.lifecycles import AclState
from duolect_core.model.network_acls import AclEntry, NetworkAcl
from duolect_core.model.resources import SECOND, Instant
from duolect_core.model.security_rules import Direction, Protocol, Verdict
from duolect_dialects.action import Body
from duolect_dialects.alibaba.names import moment
from duolect_dialects.alibaba.views import owner, plain_tags
from duolect_dialects.session import Session

_CHINA: Final = 8 * 3600 * SECOND
_SIDES: Final = {
    Direction.INGRESS: ("IngressAclEntries", "IngressAclEntry", "SourceCidrIp"),
    Direction.EGRESS: ("EgressAclEntries", "EgressAclEntry", "DestinationCidrIp"),
}
"""What the lists of entries are called, and the block of the side beyond the vSwitch."""
_SERVICES: Final = ("100.100.2.136/32", "100.100.2.138/32", "100.100.100.200/32")
"""The servers of names, and the metadata of instances."""
_EVERYWHERE: Final = {4: "0.0.0.0/0", 6: "::/0"}
_ALL_PORTS: Final = "-1/-1"
_MOVING: Final = {AclState.ASSOCIATING: "BINDING", AclState.DISASSOCIATING: "UNBINDING"}


def network_acl(session: Session, shown: NetworkAcl) -> Body:
    """Return a network ACL as the describing actions show it."""
    return {
        **_attributes(session, shown),
        **{_SIDES[each][0]: {_SIDES[each][1]: _entries(session, shown, each)} for each in Direction},
        "OwnerId": int(owner(session)),
        "Tags": plain_tags(shown.tags),
    }


def created_network_acl(session: Session, shown: NetworkAcl) -> Body:
    """Return a network ACL as CreateNetworkAcl shows it: with less of its entries."""
    hidden = {"EntryType", "IpVersion"}
    lists = {
        _SIDES[direction][0]: {
            _SIDES[direction][1]: [
                {name: value for name, value in entry.items() if name not in hidden}
                for entry in _entries(session, shown, direction)
            ]
        }
        for direction in Direction
    }
    return {**_attributes(session, shown), **lists}


def _attributes(session: Session, shown: NetworkAcl) -> Body:
    return {
        "NetworkAclId": shown.id,
        "NetworkAclName": shown.name,
        "Description": shown.description,
        "Status": "Available" if shown.state is AclState.AVAILABLE else "Modifying",
        "VpcId": shown.network_id,
        "RegionId": session.call.region,
        "CreationTime": _local(shown.created),
        "Resources": {
            "Resource": [
                {
                    "ResourceId": subnet_id,
                    "ResourceType": "VSwitch",
                    "Status": _MOVING.get(shown.state, "BINDED") if subnet_id in shown.moving else "BINDED",
                }
                for subnet_id in shown.subnet_ids
            ]
        },
    }


def _local(at: Instant) -> str:
    """Return an instant as the page shows it, which is assumed to be the time of China."""
    return moment(at + _CHINA).replace("T", " ").removesuffix("Z")


def _entries(session: Session, shown: NetworkAcl, direction: Direction) -> list[Body]:
    """Return the entries of a direction in the order in which they are looked at."""
    with_ipv6 = session.graph.networks[shown.network_id].ipv6_block is not None
    services = [(block, Verdict.ACCEPT, "service") for block in _SERVICES]
    closing = [(_EVERYWHERE[each], Verdict.DROP, "system") for each in (4, 6) if each == 4 or with_ipv6]  # noqa: PLR2004
    made = [
        _system_entry(shown, direction, place, each) for place, each in enumerate((*services, *closing))
    ]
    own = [_entry(direction, each) for each in shown.entries.get(direction, ())]
    return [*made[: len(services)], *own, *made[len(services) :]]


def _entry(direction: Direction, shown: AclEntry) -> Body:
    block = shown.source if direction is Direction.INGRESS else shown.destination
    ports = [f"{first}/{last}" for first, last in shown.ports]
    return {
        "NetworkAclEntryId": shown.id,
        "NetworkAclEntryName": shown.name,
        "Description": shown.description,
        "EntryType": "custom",
        "Policy": shown.verdict.value,
        _SIDES[direction][2]: str(block),
        "IpVersion": f"IPv{shown.version}",
        "Protocol": shown.protocol.value,
        "Port": ports[0] if ports else _ALL_PORTS,
    }


def _system_entry(
    shown: NetworkAcl, direction: Direction, place: int, made: tuple[str, Verdict, str]
) -> Body:
    block, verdict, kind = made
    tail = f"{shown.id.rpartition('-')[2][:-3]}{direction[0]}{place:02}"
    return {
        "NetworkAclEntryId": f"nae-{tail}",
        "NetworkAclEntryName": "",
        "Description": "",
        "EntryType": kind,
        "Policy": verdict.value,
        _SIDES[direction][2]: block,
        "IpVersion": "IPv6" if ":" in block else "IPv4",
        "Protocol": Protocol.ALL.value,
        "Port": _ALL_PORTS,
    }
