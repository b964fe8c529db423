"""Security groups with their rules, permissions, and elastic public addresses."""

from collections.abc import Iterator
from ipaddress import IPv4Address

from duolect_core.engine.partition import Partition
from duolect_core.graph.graph import Graph
from duolect_core.model.lifecycles import PublicAddressState
from duolect_core.model.resources import GroupKind, InterfaceKind, SecurityGroup
from duolect_core.model.security_rules import WITH_PORTS

_ASSOCIATED = frozenset(
    {PublicAddressState.ASSOCIATING, PublicAddressState.IN_USE, PublicAddressState.DISASSOCIATING}
)


def check(partition: Partition) -> Iterator[str]:
    """Yield a sentence for each violated invariant."""
    yield from _check_groups(partition)
    yield from _check_rules(partition.graph)
    yield from _check_permissions(partition.graph)
    yield from _check_public_addresses(partition.graph)
    yield from _check_associations(partition.graph)


def _check_groups(partition: Partition) -> Iterator[str]:
    graph = partition.graph
    load = dict.fromkeys(graph.groups, 0)
    members = dict.fromkeys(graph.groups, 0)
    primaries = dict.fromkeys(graph.groups, 0)
    for interface in graph.interfaces.values():
        for group_id in interface.group_ids:
            group = graph.groups.get(group_id)
            if group is None:
                yield f"{interface.id}: in a group that is not there"
                continue
            load[group_id] += graph.group_weight(interface)
            members[group_id] += 1
            primaries[group_id] += interface.kind is InterfaceKind.PRIMARY
            if group.network_id not in {None, interface.network_id}:
                yield f"{interface.id}: in group {group_id} of another network"
    if load != graph.group_load:
        yield "the load of the groups is not what their members weigh"
    if primaries != graph.group_primaries:
        yield "the primary interfaces in the groups are not as many as are counted"
    for group in graph.groups.values():
        limit = partition.rules.members_limit(group.kind)
        if limit is not None and load[group.id] > limit:
            yield f"{group.id}: {load[group.id]} members over {limit}"
        limit = partition.rules.quotas.enterprise_group_interfaces
        if group.kind is GroupKind.ENTERPRISE and limit is not None and members[group.id] > limit:
            yield f"{group.id}: {members[group.id]} interfaces over {limit}"


def _check_rules(graph: Graph) -> Iterator[str]:
    ids: dict[str, str] = {}
    for group in graph.groups.values():
        effects = [rule.effect for rule in group.all_rules]
        if len(set(effects)) < len(effects):
            yield f"{group.id}: two rules do the same"
        for direction, rules in group.rules.items():
            if any(rule.direction is not direction for rule in rules):
                yield f"{group.id}: a rule stands in the wrong direction"
        ids.update({rule.id: group.id for rule in group.all_rules if rule.id})
        for rule in group.all_rules:
            if bool(rule.ports) is not (rule.protocol in WITH_PORTS and rule.service_list_id is None):
                yield f"{group.id}: the ports of {rule} do not fit its protocol"
            if rule.peer_group_id is not None:
                yield from _check_peer(graph, group, rule.peer_group_id)
    if ids != graph.groups_by_rule:
        yield "the ids of rules are not those that are known"
    if len(ids) < sum(bool(rule.id) for group in graph.groups.values() for rule in group.all_rules):
        yield "two rules have one id"


def _check_peer(graph: Graph, group: SecurityGroup, peer_id: str) -> Iterator[str]:
    peer = graph.groups.get(peer_id)
    if peer is None:
        yield f"{group.id}: a rule names a group that is not there"
    elif peer.network_id != group.network_id:
        yield f"{group.id}: a rule names a group of another network"
    if group.kind is GroupKind.ENTERPRISE or (peer is not None and peer.kind is GroupKind.ENTERPRISE):
        yield f"{group.id}: a rule of, or for, an enterprise group names a group"


def _check_permissions(graph: Graph) -> Iterator[str]:
    granted = [(permission.interface_id, permission.account) for permission in graph.permissions.values()]
    if any(interface_id not in graph.interfaces for interface_id, _ in granted):
        yield "a permission on an interface that is not there"
    if len(set(granted)) < len(granted):
        yield "an account has two permissions on an interface"


def _check_public_addresses(graph: Graph) -> Iterator[str]:
    addresses = graph.public_addresses.values()
    own = {each.public_ip: each.id for each in graph.instances.values() if each.public_ip is not None}
    if graph.public_pool.holders != {address.ip: address.id for address in addresses} | own:
        yield "the holders of public addresses are not those that have them"
    associated = [
        (address.association, address) for address in addresses if address.association is not None
    ]
    if graph.public_addresses_by_private != {
        (association.interface_id, association.ip): address.id for association, address in associated
    }:
        yield "the public addresses by private ones are not what a scan finds"
    if len({association for association, _ in associated}) < len(associated):
        yield "a private address has two public ones"
    for instance_id in own.values():
        primary = graph.interfaces.get(graph.primary_interfaces.get(instance_id, ""))
        if primary is not None and graph.public_address_of(primary, primary.primary_ip) is not None:
            yield f"{instance_id} has an elastic public address beside its own"
    for association, address in associated:
        interface = graph.interfaces.get(association.interface_id)
        virtual = graph.virtual_addresses.get(association.interface_id)
        ips = () if interface is None else interface.ipv4_ips
        if association.ip not in (ips if virtual is None else (virtual.ip,)):
            yield f"{address.id}: associated with an address that is not there"


def _check_associations(graph: Graph) -> Iterator[str]:
    """Check that each address is with nothing, with a private address or with a NAT gateway."""
    for address in graph.public_addresses.values():
        with_something = address.association is not None or address.gateway_id is not None
        if with_something is not (address.state in _ASSOCIATED):
            yield f"{address.id}: {address.state} does not fit {address.association or address.gateway_id}"
        if address.association is not None and address.gateway_id is not None:
            yield f"{address.id}: associated twice"
        segment = graph.address_segments.get(address.segment_id or "")
        if address.segment_id and (segment is None or IPv4Address(address.ip) not in segment.block):
            yield f"{address.id}: in no segment of which it is said to be"
