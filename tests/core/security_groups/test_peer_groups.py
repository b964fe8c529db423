"""Rules that name security groups."""

from tests.core.builders import World
from tests.core.model.rules import BOTH, SOUTH, limited
from tests.core.security_groups.rules import IN, OUT, add, peer_rule, tcp

from duolect_core import errors
from duolect_core.model.resources import GroupKind
from duolect_core.security_groups.lifecycle import DeleteGroup
from duolect_core.security_groups.rule_changes import (
    AddRules,
    RemoveRules,
    ReplaceRules,
    ResetRules,
)


@BOTH
def test_a_group_that_another_one_names_cannot_be_deleted(rules):
    world = World(rules)
    group, other = world.group(), world.group()
    add(world, group, peer_rule(other.id))
    assert list(world.graph.groups_by_named_group.ids(other.id)) == [group.id]
    world.refuses(DeleteGroup(other.id), errors.GroupNamedByRule, resource_id=other.id, held_by=group.id)
    world.do(RemoveRules(group_id=group.id, direction=IN, like=(peer_rule(other.id),)))
    world.do(DeleteGroup(other.id))


@BOTH
def test_a_group_goes_with_its_rules(rules):
    world = World(rules)
    group, other = world.group(), world.group()
    add(world, group, peer_rule(other.id), tcp(1))
    world.do(DeleteGroup(group.id))
    world.do(DeleteGroup(other.id))
    assert world.graph.groups_by_rule == {}


def test_a_group_may_name_itself_where_the_cloud_lets_it(north, south):
    group = south.group()
    add(south, group, peer_rule(group.id))
    south.do(DeleteGroup(group.id))
    group = north.group()
    north.refuses(
        AddRules(group_id=group.id, direction=IN, rules=(peer_rule(group.id),)), errors.PeerIsGroupItself
    )


def test_a_rule_names_a_basic_group_of_the_same_network(north):
    subnet, elsewhere = north.subnet(), north.subnet()
    group = north.group(subnet)
    for peer, error in (
        (north.group(elsewhere), errors.PeerGroupNetworkMismatch),
        (north.group(subnet, kind=GroupKind.ENTERPRISE), errors.EnterpriseGroupNamed),
        (north.group(classic=True), errors.GroupClassicNetwork),
    ):
        north.refuses(AddRules(group_id=group.id, direction=IN, rules=(peer_rule(peer.id),)), error)
    north.refuses(
        AddRules(group_id=group.id, direction=IN, rules=(peer_rule("g"),)),
        errors.PeerGroupNotFound,
        resource_id="g",
    )
    enterprise = north.group(subnet, kind=GroupKind.ENTERPRISE)
    north.refuses(
        AddRules(group_id=enterprise.id, direction=IN, rules=(peer_rule(group.id),)),
        errors.EnterpriseGroupNamesGroup,
    )
    classic = north.group(classic=True)
    north.refuses(
        AddRules(group_id=classic.id, direction=IN, rules=(peer_rule(group.id),)),
        errors.GroupClassicNetwork,
        resource_id=classic.id,
    )


def test_rules_that_name_groups_are_limited():
    world = World(limited(SOUTH, naming_rules_per_group=1))
    group, other = world.group(), world.group()
    add(world, group, peer_rule(other.id), tcp(1))
    for command in (
        AddRules(group_id=group.id, direction=OUT, rules=(peer_rule(other.id, OUT),)),
        ReplaceRules(group_id=group.id, direction=IN, rules=((1, peer_rule(group.id)),)),
        ResetRules(group_id=group.id, egress=(peer_rule(other.id, OUT),)),
    ):
        world.refuses(command, errors.NamingRuleQuotaExceeded, limit=1)
