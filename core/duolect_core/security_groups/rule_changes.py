"""Adding, removing and changing the rules of security groups.

Every command looks at all of its rules before it changes one. A rule that comes into a group is stamped
with its id, where the cloud has one, its place in the order of creation, and the time.
"""

from collections import ChainMap
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Final

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.model.resources import GroupKind, SecurityGroup
from duolect_core.model.rules import ResourceKind
from duolect_core.model.security_rules import WITH_PORTS, Direction, GroupRule, Protocol
from duolect_core.relations import lookup

_IPV4: Final = 4
_IPV6: Final = 6
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
        RuleRepeated: another one does the same.
    """
    seen = set()
    for rule in rules:
        _check_form(group, rule)
        if rule.peer_group_id is not None:
            _check_peer(partition, group, rule.peer_group_id)
        if rule.effect in seen:
            raise errors.RuleRepeated(group.id, str(rule))
        seen.add(rule.effect)


def _check_form(group: SecurityGroup, rule: GroupRule) -> None:
    with_ports = rule.protocol in WITH_PORTS
    if bool(rule.ports) is not with_ports or (rule.source_ports and not with_ports):
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


def check_quotas(partition: Partition, group: SecurityGroup, rules: Arranged) -> None:
    """Raise ``RuleQuotaExceeded`` or ``NamingRuleQuotaExceeded`` where these are too many rules."""
    quotas = partition.rules.quotas
    everything = [rule for listed in rules.values() for rule in listed]
    if quotas.rules_per_group is not None and len(everything) > quotas.rules_per_group:
        raise errors.RuleQuotaExceeded(group.id, quotas.rules_per_group)
    limit = quotas.rules_per_direction
    if limit is not None and max(map(len, rules.values()), default=0) > limit:
        raise errors.RuleQuotaExceeded(group.id, limit)
    limit = quotas.naming_rules_per_group
    if limit is not None and sum(rule.peer_group_id is not None for rule in everything) > limit:
        raise errors.NamingRuleQuotaExceeded(group.id, limit)


def _group(partition: Partition, group_id: str, version: int | None = None) -> SecurityGroup:
    """Return the group whose rules shall be changed; ``version`` is the one that the caller has seen."""
    group = lookup.group(partition.graph, group_id)
    if group.managed:
        raise errors.GroupManaged(group.id)
    if version is not None and version != group.version:
        raise errors.GroupVersionStale(group.id, group.version, version)
    return group


def _check_unlike(group: SecurityGroup, rules: Iterable[GroupRule]) -> None:
    """Raise ``RuleExists`` where two rules do the same."""
    seen = set()
    for rule in rules:
        if rule.effect in seen:
            raise errors.RuleExists(group.id, str(rule))
        seen.add(rule.effect)


def _set(partition: Partition, group: SecurityGroup, changed: Arranged) -> SecurityGroup:
    """Give the group the rules of some directions; the others stay."""
    partition.graph.set_rules(group, {**group.rules, **changed}, partition.now)
    return group


# -- the commands -------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class AddRules:
    """Put rules of one direction into a security group: at ``place``, or behind the last one.

    ``version`` is that of the group which the caller has seen, if that matters. Where the cloud does not
    mind, rules that the group has already are left out.

    Raises:
        GroupNotFound, GroupManaged, GroupVersionStale: the group.
        what ``check_new`` raises: a rule.
        RuleExists: the group has it, where the cloud minds.
        RulePlaceInvalid: there is no such place.
        RuleQuotaExceeded, NamingRuleQuotaExceeded: there would be too many.
    """

    group_id: str
    direction: Direction
    rules: tuple[GroupRule, ...]
    place: int | None = None
    version: int | None = None

    def apply(self, partition: Partition) -> SecurityGroup:
        """Return the group as it is now."""
        group, added = self.check(partition)
        if not added:
            return group
        present = group.rules.get(self.direction, ())
        place = len(present) if self.place is None else self.place
        new = stamped(partition, added)
        return _set(partition, group, {self.direction: (*present[:place], *new, *present[place:])})

    def check(self, partition: Partition) -> tuple[SecurityGroup, list[GroupRule]]:
        """Return the group and the rules that it does not have yet, or raise what keeps them out."""
        group = _group(partition, self.group_id, self.version)
        check_new(partition, group, self.rules)
        present = group.rules.get(self.direction, ())
        effects = {rule.effect for rule in present}
        added = [rule for rule in self.rules if rule.effect not in effects]
        if partition.rules.rule_repeats_refused:
            _check_unlike(group, (*present, *self.rules))
        place = len(present) if self.place is None else self.place
        if not 0 <= place <= len(present):
            raise errors.RulePlaceInvalid(group.id, str(place))
        if added:
            check_quotas(partition, group, {**group.rules, self.direction: (*present, *added)})
        return group, added


@attrs.frozen(kw_only=True)
class RemoveRules:
    """Take rules of one direction out of a security group: by id, by place, or by what they do.

    Raises:
        GroupNotFound, GroupManaged, GroupVersionStale: the group.
        RuleNotFound, RuleUnmatched: a rule is not there.
    """

    group_id: str
    direction: Direction
    rule_ids: tuple[str, ...] = ()
    places: tuple[int, ...] = ()
    like: tuple[GroupRule, ...] = ()
    version: int | None = None

    def apply(self, partition: Partition) -> SecurityGroup:
        """Return the group as it is now."""
        group, kept = self.check(partition)
        return _set(partition, group, {self.direction: kept})

    def check(self, partition: Partition) -> tuple[SecurityGroup, tuple[GroupRule, ...]]:
        """Return the group and the rules that stay in the direction, or raise that one is not there."""
        group = _group(partition, self.group_id, self.version)
        present = group.rules.get(self.direction, ())
        gone = {_place_of(group, self.direction, rule_id) for rule_id in self.rule_ids}
        for place in self.places:
            if not 0 <= place < len(present):
                raise errors.RuleUnmatched(group.id, str(place))
            gone.add(place)
        for pattern in self.like:
            gone.update(_places_like(group, self.direction, pattern))
        return group, tuple(rule for place, rule in enumerate(present) if place not in gone)


def _place_of(group: SecurityGroup, direction: Direction, rule_id: str) -> int:
    for place, rule in enumerate(group.rules.get(direction, ())):
        if rule.id == rule_id:
            return place
    raise errors.RuleNotFound(rule_id)


def _places_like(group: SecurityGroup, direction: Direction, pattern: GroupRule) -> list[int]:
    found = [place for place, rule in enumerate(group.rules.get(direction, ())) if pattern.describes(rule)]
    if not found:
        raise errors.RuleUnmatched(group.id, str(pattern))
    return found


@attrs.frozen(kw_only=True)
class ReplaceRules:
    """Put other rules in certain places of one direction of a security group.

    Raises:
        GroupNotFound, GroupManaged, GroupVersionStale: the group.
        RuleUnmatched: there is no rule in one of the places.
        what ``check_new`` raises: a rule.
        RuleExists: another one does the same.
        NamingRuleQuotaExceeded: too many would name groups.
    """

    group_id: str
    direction: Direction
    rules: tuple[tuple[int, GroupRule], ...]
    version: int | None = None

    def apply(self, partition: Partition) -> SecurityGroup:
        """Return the group as it is now."""
        group, after = self.check(partition)
        new = stamped(partition, [rule for _, rule in self.rules])
        for (place, _), rule in zip(self.rules, new, strict=True):
            after[place] = rule
        return _set(partition, group, {self.direction: tuple(after)})

    def check(self, partition: Partition) -> tuple[SecurityGroup, list[GroupRule]]:
        """Return the group and the rules that the direction shall have, or raise what stands against it."""
        group = _group(partition, self.group_id, self.version)
        after = list(group.rules.get(self.direction, ()))
        for place, rule in self.rules:
            if not 0 <= place < len(after):
                raise errors.RuleUnmatched(group.id, str(place))
            after[place] = rule
        check_new(partition, group, [rule for _, rule in self.rules])
        _check_unlike(group, after)
        check_quotas(partition, group, {**group.rules, self.direction: tuple(after)})
        return group, after


@attrs.frozen(kw_only=True)
class ResetRules:
    """Give directions of a security group other rules; a direction that is None keeps its own.

    What a direction had before keeps its id. Unless ``sort`` is set, such rules keep their order among
    each other too.

    Raises:
        GroupNotFound, GroupManaged: the group.
        what ``check_new`` raises: a rule.
        RuleQuotaExceeded, NamingRuleQuotaExceeded: there would be too many.
    """

    group_id: str
    ingress: tuple[GroupRule, ...] | None = None
    egress: tuple[GroupRule, ...] | None = None
    sort: bool = False

    def apply(self, partition: Partition) -> SecurityGroup:
        """Return the group as it is now."""
        group, wanted = self.check(partition)
        changed = {
            direction: self._merged(partition, group.rules.get(direction, ()), rules)
            for direction, rules in wanted.items()
        }
        return _set(partition, group, changed)

    def check(self, partition: Partition) -> tuple[SecurityGroup, Arranged]:
        """Return the group and the rules that its directions shall have, or raise why they cannot."""
        group = _group(partition, self.group_id)
        wanted = {
            direction: rules
            for direction, rules in ((Direction.INGRESS, self.ingress), (Direction.EGRESS, self.egress))
            if rules is not None
        }
        for rules in wanted.values():
            check_new(partition, group, rules)
        check_quotas(partition, group, {**group.rules, **wanted})
        return group, wanted

    def _merged(
        self, partition: Partition, present: tuple[GroupRule, ...], wanted: tuple[GroupRule, ...]
    ) -> tuple[GroupRule, ...]:
        """Return the wanted rules, those among them that are there already as they are there."""
        known = {rule.effect: rule for rule in present}
        said = {rule.effect: rule.description for rule in wanted}
        new = iter(stamped(partition, [rule for rule in wanted if rule.effect not in known]))
        order = wanted if self.sort else present
        staying = iter(
            [
                attrs.evolve(known[rule.effect], description=said[rule.effect])
                for rule in order
                if rule.effect in known and rule.effect in said
            ]
        )
        return tuple(next(staying if rule.effect in known else new) for rule in wanted)


@attrs.frozen(kw_only=True)
class ModifyRule:
    """Change one rule of a security group, which is named by its id or by what it does.

    ``changes`` holds new values by the names of a rule's attributes; new extras join those it has.

    Raises:
        GroupNotFound, GroupManaged: the group.
        RuleNotFound, RuleUnmatched: the rule is not there.
        RulePeerFixed: it would get a peer of another sort.
        what ``check_new`` raises: the rule as it would be.
        RuleExists: another one does the same.
    """

    group_id: str
    direction: Direction
    rule_id: str | None = None
    like: GroupRule | None = None
    changes: Annotated[Mapping[str, Any], GroupRule] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> SecurityGroup:
        """Return the group as it is now."""
        group, after = self.check(partition)
        return _set(partition, group, {self.direction: after})

    def check(self, partition: Partition) -> tuple[SecurityGroup, tuple[GroupRule, ...]]:
        """Return the group and the rules that the direction shall have, or raise what stands against it."""
        group = _group(partition, self.group_id)
        present = group.rules.get(self.direction, ())
        if self.like is not None:
            place = _places_like(group, self.direction, self.like)[0]
        else:
            place = _place_of(group, self.direction, self.rule_id or "")
        before = present[place]
        extras = {**before.extras, **self.changes.get("extras", {})}
        changed = attrs.evolve(before, **{**self.changes, "extras": extras}, modified=partition.now)
        if _ip_version_of_peer(changed) != _ip_version_of_peer(before):
            raise errors.RulePeerFixed(group.id, str(changed))
        check_new(partition, group, [changed])
        after = (*present[:place], changed, *present[place + 1 :])
        _check_unlike(group, after)
        return group, after


def _ip_version_of_peer(rule: GroupRule) -> int | None:
    """Return the IP version of the peer, or None where it is a group."""
    return None if rule.peer is None else rule.peer.version
