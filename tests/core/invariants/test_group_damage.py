"""Damage to security groups and to what quotas count."""

import attrs
import pytest
from tests.core.invariants.damage import RULE, change, finds, limit, rules

from duolect_core.model.resources import GroupKind
from duolect_core.model.security_rules import Direction

CORRUPTIONS = [
    ("in a group that is not there", lambda s: s.graph.groups.pop(s.group.id)),
    ("of another network", lambda s: setattr(s.interface, "group_ids", (s.foreign_group.id,))),
    (
        "the load of the groups is not what their members weigh",
        lambda s: s.graph.group_load.update({s.group.id: 0}),
    ),
    (
        "the primary interfaces in the groups are not as many as are counted",
        lambda s: s.graph.group_primaries.update({s.group.id: 0}),
    ),
    ("members over 1", limit(basic_group_members=1)),
    (
        "interfaces over 2",
        lambda s: (
            limit(enterprise_group_interfaces=2)(s),
            change("group", kind=GroupKind.ENTERPRISE)(s),
        ),
    ),
    ("two rules do the same", rules(RULE, attrs.evolve(RULE, id="other"))),
    ("a rule stands in the wrong direction", rules(attrs.evolve(RULE, direction=Direction.EGRESS))),
    ("do not fit its protocol", rules(attrs.evolve(RULE, ports=()))),
    ("the ids of rules are not those that are known", rules(attrs.evolve(RULE, id="other"))),
    (
        "two rules have one id",
        rules(attrs.evolve(RULE, id="one"), attrs.evolve(RULE, id="one", ports=((2, 2),))),
    ),
    ("a rule names a group that is not there", rules(attrs.evolve(RULE, peer_group_id="absent"))),
    (
        "a rule names a group of another network",
        lambda s: rules(attrs.evolve(RULE, peer_group_id=s.foreign_group.id))(s),
    ),
    (
        "for, an enterprise group names a group",
        lambda s: (
            rules(attrs.evolve(RULE, peer_group_id=s.group.id))(s),
            change("group", kind=GroupKind.ENTERPRISE)(s),
        ),
    ),
    (
        "index groups by named group is not",
        lambda s: rules(attrs.evolve(RULE, peer_group_id=s.foreign_group.id))(s),
    ),
    ("1 rules of a group over 0", lambda s: (limit(rules_per_group=0)(s), rules(RULE)(s))),
    ("1 rules of a direction over 0", lambda s: (limit(rules_per_direction=0)(s), rules(RULE)(s))),
    (
        "1 rules that name groups over 0",
        lambda s: (
            limit(naming_rules_per_group=0)(s),
            rules(attrs.evolve(RULE, peer_group_id=s.group.id))(s),
        ),
    ),
    ("3 networks over 2", limit(networks=2)),
    ("2 groups over 1", limit(groups=1)),
    ("3 instances over 2", limit(instances=2)),
    ("2 subnets of a network over 1", limit(subnets_per_network=1)),
    ("5 secondary interfaces of a network over 4", limit(interfaces_per_network=4)),
    ("1 groups of an interface over 0", limit(groups_per_interface=0)),
    ("1 tags of a resource over 0", limit(tags_per_resource=0)),
]


@pytest.mark.parametrize(("sentence", "corrupt"), CORRUPTIONS)
def test_damage_is_put_into_words(world, sentence, corrupt):
    assert finds(world, sentence, corrupt)
