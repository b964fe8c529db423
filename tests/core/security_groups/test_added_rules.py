"""Adding rules to security groups."""

import attrs
import pytest
from tests.core.builders import World
from tests.core.model.rules import BOTH, NORTH, limited
from tests.core.security_groups.rules import ANYWHERE, ANYWHERE_6, IN, OUT, add, ports, tcp

from duolect_core import errors
from duolect_core.model.resources import SECOND
from duolect_core.model.security_rules import GroupRule, Protocol
from duolect_core.security_groups.lifecycle import CreateGroup
from duolect_core.security_groups.rule_changes import (
    AddRules,
    ModifyRule,
    RemoveRules,
    ReplaceRules,
    ResetRules,
)


@BOTH
def test_added_rules_follow_those_that_are_there(rules):
    world = World(rules)
    group = world.group()
    world.at += 5 * SECOND
    added = add(world, group, tcp(1), tcp(2))
    assert added is group
    add(world, group, tcp(3))
    assert ports(group) == [1, 2, 3]
    assert (group.version, group.modified) == (2, world.at)
    first, second = group.rules[IN][:2]
    assert first.order < second.order
    assert first.created == first.modified == world.at


def test_rules_have_ids_where_the_cloud_gives_them(north, south):
    for world, prefix in ((north, "group-rule-"), (south, "")):
        group = world.group()
        add(world, group, tcp(1), tcp(2))
        ids = [rule.id for rule in group.all_rules]
        assert all(each.startswith(prefix) for each in ids)
        assert dict.fromkeys(filter(None, ids), group.id) == world.graph.groups_by_rule


@BOTH
def test_rules_are_put_in_a_certain_place(rules):
    world = World(rules)
    group = world.group()
    add(world, group, tcp(1), tcp(2))
    add(world, group, tcp(3), tcp(4), place=1)
    assert ports(group) == [1, 3, 4, 2]
    for place in (5, -1):
        world.refuses(
            AddRules(group_id=group.id, direction=IN, rules=(tcp(5),), place=place),
            errors.RulePlaceInvalid,
            rule=str(place),
        )


def test_a_rule_that_is_there_is_left_out_where_the_cloud_does_not_mind(north):
    group = north.group()
    add(north, group, tcp(1, description="first"))
    add(north, group, tcp(1, description="second"))
    assert (group.version, group.rules[IN][0].description) == (1, "first")
    add(north, group, tcp(1), tcp(2))
    assert ports(group) == [1, 2]
    add(north, group, tcp(1, priority=2))
    assert ports(group) == [1, 2, 1]


def test_a_rule_that_is_there_is_refused_where_the_cloud_minds(south):
    group = south.group()
    add(south, group, tcp(1))
    south.refuses(AddRules(group_id=group.id, direction=IN, rules=(tcp(2), tcp(1))), errors.RuleExists)


@BOTH
def test_a_rule_cannot_be_named_twice(rules):
    world = World(rules)
    group = world.group()
    world.refuses(
        AddRules(group_id=group.id, direction=IN, rules=(tcp(1), tcp(1, description="again"))),
        errors.RuleRepeated,
        group_id=group.id,
    )


@BOTH
def test_rules_are_for_groups_that_are_there_and_not_managed(rules):
    world = World(rules)
    managed = world.group(managed=True)
    for command in (
        AddRules(group_id="g", direction=IN, rules=(tcp(1),)),
        RemoveRules(group_id="g", direction=IN, places=(0,)),
        ReplaceRules(group_id="g", direction=IN, rules=((0, tcp(1)),)),
        ResetRules(group_id="g", ingress=()),
        ModifyRule(group_id="g", direction=IN, rule_id="r"),
    ):
        world.refuses(command, errors.GroupNotFound, resource_id="g")
        world.refuses(attrs.evolve(command, group_id=managed.id), errors.GroupManaged)


@BOTH
def test_a_stale_version_is_refused(rules):
    world = World(rules)
    group = world.group()
    add(world, group, tcp(1), version=0)
    for command in (
        AddRules(group_id=group.id, direction=IN, rules=(tcp(2),), version=0),
        RemoveRules(group_id=group.id, direction=IN, places=(0,), version=0),
        ReplaceRules(group_id=group.id, direction=IN, rules=((0, tcp(2)),), version=0),
    ):
        world.refuses(command, errors.GroupVersionStale, version=1, seen=0)


@pytest.mark.parametrize(
    ("rule", "error"),
    [
        (GroupRule(direction=IN, protocol=Protocol.TCP, peer=ANYWHERE), errors.RulePortsMismatch),
        (attrs.evolve(tcp(1), protocol=Protocol.GRE), errors.RulePortsMismatch),
        (
            GroupRule(direction=IN, protocol=Protocol.ALL, source_ports=((1, 1),), peer=ANYWHERE),
            errors.RulePortsMismatch,
        ),
        (
            GroupRule(direction=IN, protocol=Protocol.ICMP, peer=ANYWHERE_6),
            errors.Ipv4ProtocolWithIpv6Block,
        ),
        (
            GroupRule(direction=IN, protocol=Protocol.ICMPV6, peer=ANYWHERE),
            errors.Ipv6ProtocolWithIpv4Block,
        ),
        (tcp(1, own_block=ANYWHERE_6), errors.RuleBlocksMixed),
    ],
)
def test_a_rule_that_contradicts_itself_is_refused(north, rule, error):
    north.refuses(AddRules(group_id=north.group().id, direction=IN, rules=(rule,)), error)


def test_rules_are_limited_for_each_group_and_each_direction():
    world = World(limited(NORTH, rules_per_group=2))
    group = world.group()
    add(world, group, tcp(1))
    world.do(AddRules(group_id=group.id, direction=OUT, rules=(tcp(1, direction=OUT),)))
    world.refuses(
        AddRules(group_id=group.id, direction=IN, rules=(tcp(2),)), errors.RuleQuotaExceeded, limit=2
    )
    world = World(limited(NORTH, rules_per_direction=1))
    group = world.group()
    add(world, group, tcp(1))
    world.do(AddRules(group_id=group.id, direction=OUT, rules=(tcp(1, direction=OUT),)))
    world.refuses(
        AddRules(group_id=group.id, direction=IN, rules=(tcp(2),)), errors.RuleQuotaExceeded, limit=1
    )
    world.refuses(CreateGroup(network_id=None, rules=(tcp(1), tcp(2))), errors.RuleQuotaExceeded, limit=1)
