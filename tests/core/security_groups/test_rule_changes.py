"""Rules of security groups: added, removed, replaced, modified, and the groups that they name."""

from ipaddress import IPv4Network, IPv6Network

import attrs
import pytest
from tests.core.builders import BOTH, NORTH, SOUTH, World, limited

from duolect_core.errors import (
    EnterpriseGroupNamed,
    EnterpriseGroupNamesGroup,
    GroupClassicNetwork,
    GroupIsDefault,
    GroupManaged,
    GroupNamedByRule,
    GroupNotFound,
    GroupVersionStale,
    Ipv4ProtocolWithIpv6Block,
    Ipv6ProtocolWithIpv4Block,
    NamingRuleQuotaExceeded,
    PeerGroupNetworkMismatch,
    PeerGroupNotFound,
    PeerIsGroupItself,
    RuleBlocksMixed,
    RuleExists,
    RuleNotFound,
    RulePeerFixed,
    RulePlaceInvalid,
    RulePortsMismatch,
    RuleQuotaExceeded,
    RuleRepeated,
    RuleUnmatched,
    TrustFixed,
)
from duolect_core.model.resources import SECOND, GroupKind
from duolect_core.model.security_rules import Direction, GroupRule, Protocol, Verdict
from duolect_core.security_groups.lifecycle import CreateGroup, DeleteGroup, ModifyGroup
from duolect_core.security_groups.rule_changes import (
    AddRules,
    ModifyRule,
    RemoveRules,
    ReplaceRules,
    ResetRules,
)

IN, OUT = Direction.INGRESS, Direction.EGRESS
ANYWHERE = IPv4Network("0.0.0.0/0")
ANYWHERE_6 = IPv6Network("::/0")


def tcp(port, peer=ANYWHERE, direction=IN, **more):
    """Return a rule for one port of TCP."""
    return GroupRule(direction=direction, protocol=Protocol.TCP, ports=((port, port),), peer=peer, **more)


def naming(group_id, direction=IN):
    """Return a rule that names a group."""
    return GroupRule(direction=direction, protocol=Protocol.ALL, peer_group_id=group_id)


def ports(group, direction=IN):
    """Return the first port of each rule of a direction."""
    return [rule.ports[0][0] for rule in group.rules.get(direction, ())]


@pytest.fixture
def north():
    return World(NORTH)


@pytest.fixture
def south():
    return World(SOUTH)


def add(world, group, *rules, **how):
    return world.do(AddRules(group_id=group.id, direction=IN, rules=rules, **how))


# -- adding -------------------------------------------------------------------------------------------


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
            RulePlaceInvalid,
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
    south.refuses(AddRules(group_id=group.id, direction=IN, rules=(tcp(2), tcp(1))), RuleExists)


@BOTH
def test_a_rule_cannot_be_named_twice(rules):
    world = World(rules)
    group = world.group()
    world.refuses(
        AddRules(group_id=group.id, direction=IN, rules=(tcp(1), tcp(1, description="again"))),
        RuleRepeated,
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
        world.refuses(command, GroupNotFound, resource_id="g")
        world.refuses(attrs.evolve(command, group_id=managed.id), GroupManaged)


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
        world.refuses(command, GroupVersionStale, version=1, seen=0)


@pytest.mark.parametrize(
    ("rule", "error"),
    [
        (GroupRule(direction=IN, protocol=Protocol.TCP, peer=ANYWHERE), RulePortsMismatch),
        (attrs.evolve(tcp(1), protocol=Protocol.GRE), RulePortsMismatch),
        (
            GroupRule(direction=IN, protocol=Protocol.ALL, source_ports=((1, 1),), peer=ANYWHERE),
            RulePortsMismatch,
        ),
        (
            GroupRule(direction=IN, protocol=Protocol.ICMP, peer=ANYWHERE_6),
            Ipv4ProtocolWithIpv6Block,
        ),
        (
            GroupRule(direction=IN, protocol=Protocol.ICMPV6, peer=ANYWHERE),
            Ipv6ProtocolWithIpv4Block,
        ),
        (tcp(1, own_block=ANYWHERE_6), RuleBlocksMixed),
    ],
)
def test_a_rule_that_contradicts_itself_is_refused(north, rule, error):
    north.refuses(AddRules(group_id=north.group().id, direction=IN, rules=(rule,)), error)


def test_rules_are_limited_for_each_group_and_each_direction():
    world = World(limited(NORTH, rules_per_group=2))
    group = world.group()
    add(world, group, tcp(1))
    world.do(AddRules(group_id=group.id, direction=OUT, rules=(tcp(1, direction=OUT),)))
    world.refuses(AddRules(group_id=group.id, direction=IN, rules=(tcp(2),)), RuleQuotaExceeded, limit=2)
    world = World(limited(NORTH, rules_per_direction=1))
    group = world.group()
    add(world, group, tcp(1))
    world.do(AddRules(group_id=group.id, direction=OUT, rules=(tcp(1, direction=OUT),)))
    world.refuses(AddRules(group_id=group.id, direction=IN, rules=(tcp(2),)), RuleQuotaExceeded, limit=1)
    world.refuses(CreateGroup(network_id=None, rules=(tcp(1), tcp(2))), RuleQuotaExceeded, limit=1)


# -- naming groups --------------------------------------------------------------------------------------


@BOTH
def test_a_group_that_another_one_names_cannot_be_deleted(rules):
    world = World(rules)
    group, other = world.group(), world.group()
    add(world, group, naming(other.id))
    assert list(world.graph.groups_by_named_group.ids(other.id)) == [group.id]
    world.refuses(DeleteGroup(other.id), GroupNamedByRule, resource_id=other.id, held_by=group.id)
    world.do(RemoveRules(group_id=group.id, direction=IN, like=(naming(other.id),)))
    world.do(DeleteGroup(other.id))


@BOTH
def test_a_group_goes_with_its_rules(rules):
    world = World(rules)
    group, other = world.group(), world.group()
    add(world, group, naming(other.id), tcp(1))
    world.do(DeleteGroup(group.id))
    world.do(DeleteGroup(other.id))
    assert world.graph.groups_by_rule == {}


def test_a_group_may_name_itself_where_the_cloud_lets_it(north, south):
    group = south.group()
    add(south, group, naming(group.id))
    south.do(DeleteGroup(group.id))
    group = north.group()
    north.refuses(AddRules(group_id=group.id, direction=IN, rules=(naming(group.id),)), PeerIsGroupItself)


def test_a_rule_names_a_basic_group_of_the_same_network(north):
    subnet, elsewhere = north.subnet(), north.subnet()
    group = north.group(subnet)
    for peer, error in (
        (north.group(elsewhere), PeerGroupNetworkMismatch),
        (north.group(subnet, kind=GroupKind.ENTERPRISE), EnterpriseGroupNamed),
        (north.group(classic=True), GroupClassicNetwork),
    ):
        north.refuses(AddRules(group_id=group.id, direction=IN, rules=(naming(peer.id),)), error)
    north.refuses(
        AddRules(group_id=group.id, direction=IN, rules=(naming("g"),)), PeerGroupNotFound, resource_id="g"
    )
    enterprise = north.group(subnet, kind=GroupKind.ENTERPRISE)
    north.refuses(
        AddRules(group_id=enterprise.id, direction=IN, rules=(naming(group.id),)),
        EnterpriseGroupNamesGroup,
    )
    classic = north.group(classic=True)
    north.refuses(
        AddRules(group_id=classic.id, direction=IN, rules=(naming(group.id),)),
        GroupClassicNetwork,
        resource_id=classic.id,
    )


def test_rules_that_name_groups_are_limited():
    world = World(limited(SOUTH, naming_rules_per_group=1))
    group, other = world.group(), world.group()
    add(world, group, naming(other.id), tcp(1))
    for command in (
        AddRules(group_id=group.id, direction=OUT, rules=(naming(other.id, OUT),)),
        ReplaceRules(group_id=group.id, direction=IN, rules=((1, naming(group.id)),)),
        ResetRules(group_id=group.id, egress=(naming(other.id, OUT),)),
    ):
        world.refuses(command, NamingRuleQuotaExceeded, limit=1)


# -- removing -------------------------------------------------------------------------------------------


def test_rules_are_removed_by_id(north):
    group = north.group()
    add(north, group, tcp(1), tcp(2), tcp(3))
    ids = tuple(rule.id for rule in group.rules[IN])
    north.do(RemoveRules(group_id=group.id, direction=IN, rule_ids=ids[:2]))
    assert ports(group) == [3]
    for gone in (ids[0], "group-rule-x"):
        north.refuses(
            RemoveRules(group_id=group.id, direction=IN, rule_ids=(ids[2], gone)),
            RuleNotFound,
            resource_id=gone,
        )
    north.refuses(RemoveRules(group_id=group.id, direction=OUT, rule_ids=ids[2:]), RuleNotFound)


def test_rules_are_removed_by_place(south):
    group = south.group()
    add(south, group, tcp(1), tcp(2), tcp(3))
    south.do(RemoveRules(group_id=group.id, direction=IN, places=(2, 0)))
    assert ports(group) == [2]
    for place in (1, -1):
        south.refuses(
            RemoveRules(group_id=group.id, direction=IN, places=(place,)), RuleUnmatched, rule=str(place)
        )


def test_rules_are_removed_by_what_they_do(north):
    group = north.group()
    add(north, group, tcp(1, priority=1), tcp(1, priority=2), tcp(2, priority=1))
    north.refuses(RemoveRules(group_id=group.id, direction=IN, like=(tcp(1, priority=3),)), RuleUnmatched)
    north.do(RemoveRules(group_id=group.id, direction=IN, like=(tcp(2, priority=1, description="x"),)))
    north.do(RemoveRules(group_id=group.id, direction=IN, like=(tcp(1),)))
    assert group.all_rules == ()


def test_a_rule_says_in_short_what_it_does():
    assert str(tcp(22, verdict=Verdict.DROP)) == "ingress tcp 22-22 0.0.0.0/0 drop"
    assert str(naming("g", OUT)) == "egress all g accept"


# -- replacing ------------------------------------------------------------------------------------------


@BOTH
def test_rules_are_replaced_in_their_places(rules):
    world = World(rules)
    group = world.group()
    add(world, group, tcp(1), tcp(2), tcp(3))
    world.do(ReplaceRules(group_id=group.id, direction=IN, rules=((2, tcp(30)), (0, tcp(10)))))
    assert ports(group) == [10, 2, 30]
    for changes, error in (
        (((3, tcp(4)),), RuleUnmatched),
        (((-1, tcp(4)),), RuleUnmatched),
        (((0, tcp(2)),), RuleExists),
        (((0, tcp(5)), (1, tcp(5))), RuleRepeated),
        (((0, naming("g")),), PeerGroupNotFound),
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
    world.refuses(ResetRules(group_id=group.id, ingress=(tcp(1), tcp(1))), RuleRepeated)


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


# -- modifying ------------------------------------------------------------------------------------------


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
    north.refuses(ModifyRule(group_id=group.id, direction=IN, like=tcp(2), changes=changes), RuleUnmatched)


def test_a_rule_cannot_become_anything(north):
    group, other = north.group(), north.group()
    add(north, group, tcp(1), tcp(2))
    rule_id = group.rules[IN][0].id
    for changes, error in (
        ({"peer": ANYWHERE_6}, RulePeerFixed),
        ({"peer": None, "peer_group_id": other.id}, RulePeerFixed),
        ({"protocol": Protocol.GRE}, RulePortsMismatch),
        ({"ports": ((2, 2),)}, RuleExists),
    ):
        north.refuses(ModifyRule(group_id=group.id, direction=IN, rule_id=rule_id, changes=changes), error)
    north.refuses(ModifyRule(group_id=group.id, direction=IN), RuleNotFound)


# -- groups ---------------------------------------------------------------------------------------------


@BOTH
def test_a_group_is_created_with_rules(rules):
    world = World(rules)
    group = world.group(rules=(tcp(1), tcp(2, direction=OUT), tcp(3)))
    assert (ports(group), ports(group, OUT), group.version) == ([1, 3], [2], 0)
    world.refuses(CreateGroup(network_id=None, rules=(naming("g"),)), PeerGroupNotFound)


@BOTH
def test_a_group_is_modified(rules):
    world = World(rules)
    group = world.group(name="a", description="b")
    world.at += SECOND
    world.do(ModifyGroup(group_id=group.id, name="c"))
    assert (group.name, group.description, group.trusting, group.modified) == ("c", "b", True, world.at)
    world.do(ModifyGroup(group_id=group.id, description="", trusting=False))
    assert (group.name, group.description, group.trusting) == ("c", "", False)
    world.refuses(ModifyGroup(group_id="g"), GroupNotFound)
    world.refuses(ModifyGroup(group_id=world.group(managed=True).id), GroupManaged)


def test_members_of_an_enterprise_group_never_trust_each_other(north):
    group = north.group(kind=GroupKind.ENTERPRISE)
    assert not group.trusting
    north.refuses(ModifyGroup(group_id=group.id, trusting=True), TrustFixed)


@BOTH
def test_a_default_group_stays(rules):
    world = World(rules)
    world.refuses(DeleteGroup(world.group(default=True).id), GroupIsDefault)
