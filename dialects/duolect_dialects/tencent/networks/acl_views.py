"""Network ACLs and their entries as the vendor shows them.

Whatever no entry of a direction matches meets the cloud's last ones, which are listed too: of IPv4 it is
dropped, of IPv6 accepted. They do not count, and cannot be removed.

Sources: the definitions in tccli with their examples, and the resource of network ACLs in
terraform-provider-tencentcloud, which tells the last entries from others by their very words.
"""

from typing import Final

from duolect_core.model.network_acls import AclEntry, NetworkAcl
from duolect_core.model.security_rules import Direction, Ports, Protocol
from duolect_dialects.action import Body
from duolect_dialects.session import Session
from duolect_dialects.tencent.names import local_time
from duolect_dialects.tencent.networks.views import subnet
from duolect_dialects.tencent.tags.views import tags

ID_PREFIX: Final = "acli-"
"""What ids of entries begin with in the core; the vendor tells their kinds apart."""
PREFIXES: Final = {(3, 4): "acli43-", (3, 6): "acli63-", (5, 4): "acli45-", (5, 6): "acli65-"}
"""What they begin with on the wire, by their parts and the version of IP. That of the last is assumed."""
_IPV6: Final = 6


def network_acl(session: Session, shown: NetworkAcl, *, created: bool = False) -> Body:
    """Return a network ACL; a new one comes without the entries that nobody gave it."""
    graph = session.graph
    return {
        "VpcId": shown.network_id,
        "NetworkAclId": shown.id,
        "NetworkAclName": shown.name,
        "CreatedTime": local_time(shown.created),
        "SubnetSet": [subnet(graph, graph.subnets[each]) for each in shown.subnet_ids],
        "IngressEntries": _entries(shown, Direction.INGRESS, created=created),
        "EgressEntries": _entries(shown, Direction.EGRESS, created=created),
        "NetworkAclType": "QUINTUPLE" if shown.five_part else "TRIPLE",
        "TagSet": tags(shown.tags),
    }


def _entries(shown: NetworkAcl, direction: Direction, *, created: bool) -> list[Body]:
    """Return the entries of three parts of a direction, those of IPv6 first, as the example has them."""
    if shown.five_part or created:
        return []
    found = []
    for version in (6, 4):
        own = [each for each in shown.entries.get(direction, ()) if each.version == version]
        found += [_entry(each, direction, place) for place, each in enumerate(own, 1)]
        found.append(_last_entry(shown, direction, version, len(own) + 1))
    return found


def _entry(shown: AclEntry, direction: Direction, place: int) -> Body:
    block = shown.source if direction is Direction.INGRESS else shown.destination
    return {
        "Protocol": shown.protocol.value,
        "Port": _ports(shown.protocol, shown.ports),
        **_sides(shown.version, str(block), entry_id(shown, 3)),
        "Action": shown.verdict.value.capitalize(),
        "Description": shown.description,
        "ModifyTime": local_time(shown.modified),
        "Priority": place,
    }


def _sides(version: int, block: str, name: str) -> Body:
    is_ipv6 = version == _IPV6
    return {
        "CidrBlock": "" if is_ipv6 else block,
        "Ipv6CidrBlock": block if is_ipv6 else "",
        "NetworkAclIpv4EntryId": "" if is_ipv6 else name,
        "NetworkAclIpv6EntryId": name if is_ipv6 else "",
    }


def last_entry_id(shown: NetworkAcl, direction: Direction) -> str:
    """Return what the core would call the cloud's last entries of a direction, of either version of IP."""
    return f"{ID_PREFIX}{shown.id.rpartition('-')[2][:-1]}{direction[0]}"


def _last_entry(shown: NetworkAcl, direction: Direction, version: int, place: int) -> Body:
    tail = last_entry_id(shown, direction).removeprefix(ID_PREFIX)
    is_ipv6 = version == _IPV6
    return {
        "Protocol": Protocol.ALL.value,
        "Port": "",
        **_sides(version, "::/0" if is_ipv6 else "0.0.0.0/0", PREFIXES[3, version] + tail),
        "Action": "Accept" if is_ipv6 else "Drop",
        "Description": "",
        "ModifyTime": "",
        "Priority": place,
    }


def quintuple_entry(shown: AclEntry, direction: Direction, place: int) -> Body:
    """Return an entry of five parts with its place in its direction."""
    is_ipv6 = shown.version == _IPV6
    source, destination = (
        "" if block is None else str(block) for block in (shown.source, shown.destination)
    )
    return {
        "Protocol": shown.protocol.value.upper(),
        "Description": shown.description,
        "SourcePort": _ports(shown.protocol, shown.source_ports),
        "SourceCidr": "" if is_ipv6 else source,
        "DestinationPort": _ports(shown.protocol, shown.ports),
        "DestinationCidr": "" if is_ipv6 else destination,
        "Action": shown.verdict.value.upper(),
        "NetworkAclQuintupleEntryId": entry_id(shown, 5),
        "Priority": place,
        "CreateTime": local_time(shown.modified),
        "NetworkAclDirection": direction.value.upper(),
        "SourceIPv6Cidr": source if is_ipv6 else "",
        "DestinationIPv6Cidr": destination if is_ipv6 else "",
    }


def entry_id(shown: AclEntry, parts: int) -> str:
    """Return the id of an entry as it is on the wire."""
    return PREFIXES[parts, shown.version] + shown.id.removeprefix(ID_PREFIX)


def _ports(protocol: Protocol, ports: Ports) -> str:
    """Return ports as text: ``80``, ``80-90``, ``all``, or nothing where the protocol has none."""
    if protocol not in {Protocol.TCP, Protocol.UDP}:
        return ""
    if not ports:
        return "all"
    ((first, last),) = ports
    return str(first) if first == last else f"{first}-{last}"
