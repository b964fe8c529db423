"""Damage to groups of route targets and to route policies."""

import attrs
import pytest
from tests.core.builders import World
from tests.core.invariants.damage import change, finds, index, limit, plan
from tests.core.model.rules import NORTH
from tests.core.routes.build import MEMBERS, associated, entry, route, route_policy, table, target_group

from duolect_core.invariants import check
from duolect_core.model.lifecycles import ServiceState
from duolect_core.model.routes import HopKind, NextHop


class PolicyWorld:
    """A sound partition with a group that a route leads to, and two policies of a table."""

    def __init__(self):
        self.world = world = World(NORTH)
        self.partition, self.graph = world.partition, world.graph
        self.network = world.network()
        self.table = table(world, self.network)
        self.group = target_group(world, self.network)
        hop = NextHop(kind=HopKind.ROUTE_TARGET_GROUP, id=self.group.id)
        self.route = route(world, self.table, "172.16.0.0/16", hop)
        self.policy = associated(world, self.table, route_policy(world, entry(), entry()), 1)
        self.other = associated(world, self.table, route_policy(world), 2)


@pytest.fixture
def world():
    return PolicyWorld()


def alike(world):
    first, second = world.policy.entries
    world.policy.entries = (first, attrs.evolve(second, priority=first.priority))


CORRUPTIONS = [
    ("of a network that is not there", change("group", network_id="absent")),
    ("nobody knows which of its members comes first", change("group", members=MEMBERS[:1] * 2)),
    ("available while it is being switched", change("group", switching=True)),
    (
        "leads to a group of route targets that is not there",
        lambda s: s.graph.route_target_groups.clear(),
    ),
    ("modifying with 0 transitions to come", change("group", state=ServiceState.MODIFYING)),
    ("available with 1 transitions to come", lambda s: plan(s, s.group.id)),
    ("index route target groups by network is not", index("route_target_groups_by_network")),
    ("index route target groups by member is not", index("route_target_groups_by_member")),
    ("index route policies by table is not", index("route_policies_by_table")),
    (
        "the route policies of entries are not what a scan finds",
        lambda s: s.graph.route_policies_by_entry.clear(),
    ),
    ("two entries have the same priority", alike),
    ("associated with absent, which is not there", change("policy", priorities={"absent": 1})),
    ("has its priority", lambda s: setattr(s.other, "priorities", {s.table.id: 1})),
    ("route policies over 1", limit(route_policies=1)),
    ("entries of a route policy over 1", limit(entries_per_route_policy=1)),
    ("route policies of a table over 1", limit(policies_per_route_table=1)),
]


def test_the_partition_is_sound_without_damage(world):
    assert check(world.partition) == []


@pytest.mark.parametrize(("sentence", "corrupt"), CORRUPTIONS)
def test_damage_is_put_into_words(world, sentence, corrupt):
    assert finds(world, sentence, corrupt)
