"""Removing, replacing and modifying the rules of security groups."""

import pytest
from tests.core.builders import World
from tests.core.model.rules import BOTH
from tests.core.security_groups.rules import ANYWHERE_6, IN, OUT, add, peer_rule, ports, tcp

from duolect_core import errors
from duolect_core.model.resources import SECOND
from duolect_core.model.security_rules import Protocol, Verdict
from duolect_core.security_groups.rule_changes import (
    ModifyRule,
    RemoveRules,
    ReplaceRules,
    ResetRules,
)

# -- removing ----------------------------------------------------------------------------------------


def test_rules_are_removed_by_id(north):
    group = north.group()
    add(north, group, tcp(1), tcp(2), tcp(3))
    ids = tuple(rule.id for rule in group.rules[IN])
    north.do(RemoveRules(group_id=group.id, direction=IN, rule_ids=ids[:2]))
    assert ports(group) == [3]
    for gone in (ids[0], "group-rule-x"):
        north.refuses(
            RemoveRules(group_id=group.id, direction=IN, rule_ids=(ids[2], gone)),
            errors.RuleNotFound,
            resource_id=gone,
        )
    north.refuses(RemoveRules(group_id=group.id, direction=OUT, rule_ids=ids[2:]), errors.RuleNotFound)


def test_rules_are_removed_by_place(south):
    group = south.group()
    add(south, group, tcp(1), tcp(2), tcp(3))
    south.do(RemoveRules(group_id=group.id, direction=IN, places=(2, 0)))
    assert ports(group) == [2]
    for place in (1, -1):
        south.refuses(
            RemoveRules(group_id=group.id, direction=IN, places=(place,)),
            errors.RuleUnmatched,
            rule=str(place),
        )


def test_rules_are_removed_by_what_they_do(north):
    group = north.group()
    add(north, group, tcp(1, priority=1), tcp(1, priority=2), tcp(2, priority=1))
    north.refuses(
        RemoveRules(group_id=group.id, direction=IN, like=(tcp(1, priority=3),)), errors.RuleUnmatched
    )
    north.do(RemoveRules(group_id=group.id, direction=IN, like=(tcp(2, priority=1, description="x"),)))
    north.do(RemoveRules(group_id=group.id, direction=IN, like=(tcp(1),)))
    assert group.all_rules == ()


def test_a_rule_says_in_short_what_it_does():
    assert str(tcp(22, verdict=Verdict.DROP)) == "ingress tcp 22-22 0.0.0.0/0 drop"
    assert str(peer_rule("g", OUT)) == "egress all g accept"


# -- replacing ---------------------------------------------------------------------------------------


@BOTH
def test_rules_are_replaced_in_their_places(rules):
    world = World(rules)
    group = world.group()
    add(world, group, tcp(1), tcp(2), tcp(3))
    world.do(ReplaceRules(group_id=group.id, direction=IN, rules=((2, tcp(30)), (0, tcp(10)))))
    assert ports(group) == [10, 2, 30]
    for changes, error in (
        (((3, tcp(4)),), errors.RuleUnmatched),
        (((-1, tcp(4)),), errors.RuleUnmatched),
        (((0, tcp(2)),), errors.RuleExists),
        (((0, tcp(5)), (1, tcp(5))), errors.RuleRepeated),
        (((0, peer_rule("g")),), errors.PeerGroupNotFound),
    ):
        world.refuses(ReplaceRules(group_id=group.id, direction=IN, rules=changes), error)
    world.do(ReplaceRules(group_id=group.id, direction=IN, rules=((0, tcp(2)), (1, tcp(10)))))
    assert ports(group) == [2, 10, 30]


@BOTH
def test_directions_are_reset_one_by_one(rules):
    world = World(rules)
    group = world.group()
    add(world, group, tcp(1), tcp(2))
    world.do(ResetRules(group_id=group.id, egress=(tcp(9, direction=OUT),)))
    assert (ports(group), ports(group, OUT)) == ([1, 2], [9])
    world.do(ResetRules(group_id=group.id, ingress=()))
    assert (ports(group), ports(group, OUT)) == ([], [9])
    world.refuses(ResetRules(group_id=group.id, ingress=(tcp(1), tcp(1))), errors.RuleRepeated)


@pytest.mark.parametrize(("sort", "order"), [(True, [4, 3, 1]), (False, [4, 1, 3])])
def test_rules_that_stay_keep_their_order_unless_it_is_asked_for(north, sort, order):
    group = north.group()
    add(north, group, tcp(1), tcp(2), tcp(3))
    before = {rule.ports: rule.id for rule in group.rules[IN]}
    wanted = (tcp(4), tcp(3, description="three"), tcp(1))
    north.do(ResetRules(group_id=group.id, ingress=wanted, sort=sort))
    assert ports(group) == order
    after = {rule.ports: rule for rule in group.rules[IN]}
    assert after[(3, 3),].description == "three"
    assert [after[key].id for key in (((1, 1),), ((3, 3),))] == [before[(1, 1),], before[(3, 3),]]


# -- modifying ---------------------------------------------------------------------------------------


def test_a_rule_is_modified_by_its_id(north):
    group = north.group()
    add(north, group, tcp(1, extras={"a": 1}), tcp(2))
    rule_id, created = group.rules[IN][0].id, group.rules[IN][0].created
    north.at += SECOND
    changes = {"ports": ((5, 6),), "verdict": Verdict.DROP, "extras": {"b": 2}}
    north.do(ModifyRule(group_id=group.id, direction=IN, rule_id=rule_id, changes=changes))
    changed = group.rules[IN][0]
    assert (changed.id, changed.ports, changed.verdict) == (rule_id, ((5, 6),), Verdict.DROP)
    assert (changed.created, changed.modified) == (created, north.at)
    assert changed.extras == {"a": 1, "b": 2}


def test_a_rule_is_modified_by_what_it_does(north):
    group = north.group()
    add(north, group, tcp(1))
    changes = {"description": "new"}
    north.do(ModifyRule(group_id=group.id, direction=IN, like=tcp(1), changes=changes))
    assert group.rules[IN][0].description == "new"
    north.refuses(
        ModifyRule(group_id=group.id, direction=IN, like=tcp(2), changes=changes), errors.RuleUnmatched
    )


def test_a_rule_cannot_become_anything(north):
    group, other = north.group(), north.group()
    add(north, group, tcp(1), tcp(2))
    rule_id = group.rules[IN][0].id
    for changes, error in (
        ({"peer": ANYWHERE_6}, errors.RulePeerFixed),
        ({"peer": None, "peer_group_id": other.id}, errors.RulePeerFixed),
        ({"protocol": Protocol.GRE}, errors.RulePortsMismatch),
        ({"ports": ((2, 2),)}, errors.RuleExists),
    ):
        north.refuses(ModifyRule(group_id=group.id, direction=IN, rule_id=rule_id, changes=changes), error)
    north.refuses(ModifyRule(group_id=group.id, direction=IN), errors.RuleNotFound)
