"""What rules a security group may have: their form, what they name, and how many there may be."""

from collections import ChainMap
from collections.abc import Iterable, Mapping
from typing import Final

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.model.resources import GroupKind, SecurityGroup
from duolect_core.model.rules import ResourceKind
from duolect_core.model.security_rules import WITH_PORTS, Direction, GroupRule, Protocol
from duolect_core.relations import lists, lookup

_IPV4: Final = 4
_IPV6: Final = 6
_VERSIONS: Final = {Protocol.ICMP: _IPV4, Protocol.ICMPV6: _IPV6}
"""The protocols that are of one version of IP."""
Arranged = Mapping[Direction, tuple[GroupRule, ...]]
"""The rules of a group by direction, in their order."""


# -- what all commands look at ------------------------------------------------------------------------


def arranged(rules: Iterable[GroupRule]) -> Arranged:
    """Return rules by direction, in the order in which they come."""
    rules = tuple(rules)
    return {
        direction: tuple(rule for rule in rules if rule.direction is direction) for direction in Direction
    }


def stamped(partition: Partition, rules: Iterable[GroupRule]) -> list[GroupRule]:
    """Return rules as they get into their group now."""
    made: dict[str, str] = {}
    result = []
    for rule in rules:
        rule_id = ""
        if ResourceKind.GROUP_RULE in partition.rules.id_prefixes:
            taken = ChainMap(made, partition.graph.groups_by_rule)
            rule_id = partition.new_id(ResourceKind.GROUP_RULE, taken)
            made[rule_id] = rule_id
        now = partition.now
        result.append(
            attrs.evolve(rule, id=rule_id, order=partition.next_order(), created=now, modified=now)
        )
    return result


def check_new(partition: Partition, group: SecurityGroup, rules: Iterable[GroupRule]) -> None:
    """Raise where a rule cannot be in the group, whatever else is in it.

    Raises:
        RulePortsMismatch: it has ports and its protocol has none, or the other way round.
        Ipv4ProtocolWithIpv6Block, Ipv6ProtocolWithIpv4Block, RuleBlocksMixed: its protocol and its blocks
        are not all of one IP version.
        PeerGroupNotFound, PeerIsGroupItself, EnterpriseGroupNamesGroup, EnterpriseGroupNamed,
        GroupClassicNetwork, PeerGroupNetworkMismatch: the group that it names.
        AddressListNotFound, ServiceListNotFound, RuleListVersionMismatch, RuleServicesUnsupported,
        ListInClassicNetwork, ListGroupsOfRulesExceeded: a list that it names.
        RuleRepeated: another one does the same.
    """
    seen = set()
    for rule in rules:
        _check_form(group, rule)
        _check_lists(partition, group, rule)
        if rule.peer_group_id is not None:
            _check_peer(partition, group, rule.peer_group_id)
        if rule.effect in seen:
            raise errors.RuleRepeated(group.id, str(rule))
        seen.add(rule.effect)


def _check_form(group: SecurityGroup, rule: GroupRule) -> None:
    with_ports = rule.protocol in WITH_PORTS and rule.service_list_id is None
    if bool(rule.ports) is not with_ports or (rule.source_ports and rule.protocol not in WITH_PORTS):
        raise errors.RulePortsMismatch(group.id, str(rule))
    versions = {block.version for block in (rule.peer, rule.own_block) if block is not None}
    if rule.protocol is Protocol.ICMP and _IPV6 in versions:
        raise errors.Ipv4ProtocolWithIpv6Block(group.id, str(rule))
    if rule.protocol is Protocol.ICMPV6 and _IPV4 in versions:
        raise errors.Ipv6ProtocolWithIpv4Block(group.id, str(rule))
    if len(versions) > 1:
        raise errors.RuleBlocksMixed(group.id, str(rule))


def _check_peer(partition: Partition, group: SecurityGroup, peer_id: str) -> None:
    peer = partition.graph.groups.get(peer_id)
    if peer is None:
        raise errors.PeerGroupNotFound(peer_id)
    if peer is group and not partition.rules.groups_may_name_themselves:
        raise errors.PeerIsGroupItself(group.id)
    if group.kind is GroupKind.ENTERPRISE:
        raise errors.EnterpriseGroupNamesGroup(group.id)
    if peer.kind is GroupKind.ENTERPRISE:
        raise errors.EnterpriseGroupNamed(peer.id)
    if peer.classic is not group.classic:
        raise errors.GroupClassicNetwork(peer.id if peer.classic else group.id)
    if peer.network_id != group.network_id:
        raise errors.PeerGroupNetworkMismatch(
            peer.id, peer.network_id or "", group.id, group.network_id or ""
        )


def _check_lists(partition: Partition, group: SecurityGroup, rule: GroupRule) -> None:
    graph = partition.graph
    if rule.peer_list_id is not None:
        named = lookup.peer_list(graph, rule.peer_list_id)
        if group.classic:
            raise errors.ListInClassicNetwork(group.id)
        versions: set[int] = set() if rule.own_block is None else {rule.own_block.version}
        versions |= {_VERSIONS[rule.protocol]} if rule.protocol in _VERSIONS else set()
        if named.version and versions - {named.version}:
            raise errors.RuleListVersionMismatch(group.id, str(rule))
    if rule.service_list_id is not None:
        lookup.services_of_rule(graph, rule.service_list_id)
        names_protocols = partition.rules.services_name_protocols
        if (rule.protocol is Protocol.ALL) is not names_protocols or (
            not names_protocols and rule.protocol not in WITH_PORTS
        ):
            raise errors.RuleServicesUnsupported(group.id, str(rule))
    limit = partition.rules.quotas.groups_per_list
    for list_id in (rule.peer_list_id, rule.service_list_id):
        if list_id is not None and limit is not None:
            groups = graph.groups_by_list.ids(list_id)
            if group.id not in groups and len(groups) >= limit:
                raise errors.ListGroupsOfRulesExceeded(list_id, limit)


def check_quotas(
    partition: Partition,
    group: SecurityGroup,
    rules: Arranged,
    capacities: Mapping[str, int] = lists.AS_THEY_ARE,
) -> None:
    """Raise ``RuleQuotaExceeded`` or ``NamingRuleQuotaExceeded`` where these are too many rules.

    A rule that names lists counts as those have room for entries: as they are, or as ``capacities`` says.
    """
    graph, quotas = partition.graph, partition.rules.quotas
    everything = [rule for listed in rules.values() for rule in listed]
    loads = [lists.weight_of_rules(graph, listed, capacities) for listed in rules.values()]
    if quotas.rules_per_group is not None and sum(loads) > quotas.rules_per_group:
        raise errors.RuleQuotaExceeded(group.id, quotas.rules_per_group)
    limit = quotas.rules_per_direction
    if limit is not None and max(loads, default=0) > limit:
        raise errors.RuleQuotaExceeded(group.id, limit)
    limit = quotas.naming_rules_per_group
    if limit is not None and sum(rule.peer_group_id is not None for rule in everything) > limit:
        raise errors.NamingRuleQuotaExceeded(group.id, limit)
