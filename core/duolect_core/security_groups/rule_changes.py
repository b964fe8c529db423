"""Adding, removing and changing the rules of security groups.

Every command looks at all of its rules before it changes one. A rule that comes into a group is stamped
with its id, where the cloud has one, its place in the order of creation, and the time.
"""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.model.resources import SecurityGroup
from duolect_core.model.security_rules import Direction, GroupRule
from duolect_core.relations import lists, lookup
from duolect_core.security_groups.rule_checks import Arranged, check_new, check_quotas, stamped


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
        RulePortsFixed: it would begin to name a list of services, or no longer name one.
        what ``check_new`` raises: the rule as it would be.
        RuleExists: another one does the same.
        RuleQuotaExceeded: with the lists that it names it would count for too much.
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
        if _sort_of_peer(changed) != _sort_of_peer(before):
            raise errors.RulePeerFixed(group.id, str(changed))
        if (changed.service_list_id is None) is not (before.service_list_id is None):
            raise errors.RulePortsFixed(group.id, str(changed))
        check_new(partition, group, [changed])
        after = (*present[:place], changed, *present[place + 1 :])
        _check_unlike(group, after)
        if lists.weight_of(partition.graph, changed) > lists.weight_of(partition.graph, before):
            check_quotas(partition, group, {**group.rules, self.direction: after})
        return group, after


def _sort_of_peer(rule: GroupRule) -> int | str:
    """Return the IP version of a block, or which of the others the peer is."""
    if rule.peer is not None:
        return rule.peer.version
    return "group" if rule.peer_list_id is None else "list"
