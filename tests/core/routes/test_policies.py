"""Route policies, their entries, the tables that have them, and what they make of routes."""

from ipaddress import ip_network

import pytest
from tests.core.builders import World
from tests.core.model.rules import NORTH, limited
from tests.core.routes.build import associated, entry, route, route_policy, table

from duolect_core import errors
from duolect_core.model.routes import HopKind, NextHop, RouteVerdict
from duolect_core.routes.policies import (
    AddPolicyEntries,
    ChangePolicyEntries,
    CreateRoutePolicy,
    DeleteRoutePolicy,
    ModifyRoutePolicy,
    RemovePolicyEntries,
    ResetPolicyEntries,
)
from duolect_core.routes.policy_associations import (
    AssociateRoutePolicies,
    ChangePolicyPriorities,
    DisassociateRoutePolicies,
    MatchRoutePolicies,
    PolicyOfTable,
    ResetTablePolicies,
)
from duolect_core.routes.tables import DeleteRouteTable


def priorities(policy):
    return [each.priority for each in policy.entries]


def place(own, policy, priority=1):
    return PolicyOfTable(table_id=own.id, policy_id=policy.id, priority=priority)


# -- policies and their entries --------------------------------------------------------------------------


def test_entries_without_a_priority_come_last():
    world = World(NORTH)
    policy = route_policy(world, entry(), entry(priority=10), entry())
    assert priorities(policy) == [11, 10, 12]
    world.do(AddPolicyEntries(policy_id=policy.id, entries=(entry(), entry(priority=2))))
    assert priorities(policy) == [11, 10, 12, 13, 2]
    assert [world.graph.route_policies_by_entry[each.id] for each in policy.entries] == [policy.id] * 5


def test_no_two_entries_of_a_policy_have_the_same_priority():
    world = World(NORTH)
    policy = route_policy(world, entry(priority=3), entry(priority=4))
    first, _ = policy.entries
    for command in (
        CreateRoutePolicy(name="n", entries=(entry(priority=3), entry(priority=3))),
        AddPolicyEntries(policy_id=policy.id, entries=(entry(priority=3),)),
        ChangePolicyEntries(policy_id=policy.id, changes={first.id: {"priority": 4}}),
        ResetPolicyEntries(policy_id=policy.id, entries=(entry(priority=1), entry(priority=1))),
    ):
        world.refuses(command, errors.PolicyPriorityTaken)


def test_entries_change_what_is_named_of_them():
    world = World(NORTH)
    policy = route_policy(world, entry(priority=3), entry(priority=4))
    first, second = policy.entries
    changes = {first.id: {"priority": 4, "description": "d"}, second.id: {"priority": 3}}
    world.do(ChangePolicyEntries(policy_id=policy.id, changes=changes))
    assert [(each.id, each.priority) for each in policy.entries] == [(first.id, 4), (second.id, 3)]
    assert policy.entries[0].description == "d"
    assert policy.entries[0].block == first.block
    world.refuses(
        ChangePolicyEntries(policy_id=policy.id, changes={"absent": {}}), errors.PolicyEntryNotFound
    )


def test_entries_are_removed_and_replaced():
    world = World(NORTH)
    policy = route_policy(world, entry(), entry())
    first, second = policy.entries
    world.do(RemovePolicyEntries(policy_id=policy.id, entry_ids=(first.id,)))
    assert policy.entries == (second,)
    world.refuses(
        RemovePolicyEntries(policy_id=policy.id, entry_ids=(second.id, first.id)),
        errors.PolicyEntryNotFound,
        resource_id=first.id,
    )
    world.do(ResetPolicyEntries(policy_id=policy.id, entries=(entry(),), name="n", description="d"))
    assert (priorities(policy), policy.name, policy.description) == ([1], "n", "d")
    assert list(world.graph.route_policies_by_entry) == [policy.entries[0].id]


def test_a_policy_is_renamed_and_deleted_with_its_entries():
    world = World(NORTH)
    policy = route_policy(world, entry())
    world.do(ModifyRoutePolicy(policy_id=policy.id, name="n"))
    assert policy.name == "n"
    world.do(DeleteRoutePolicy(policy.id))
    assert not world.graph.route_policies_by_entry
    world.refuses(DeleteRoutePolicy(policy.id), errors.RoutePolicyNotFound)


def test_how_many_there_are_is_limited():
    world = World(limited(NORTH, route_policies=2, entries_per_route_policy=1, policies_per_route_table=1))
    policy, other = route_policy(world, entry()), route_policy(world)
    world.refuses(CreateRoutePolicy(name="n"), errors.RoutePolicyQuotaExceeded, limit=2)
    add = AddPolicyEntries(policy_id=policy.id, entries=(entry(),))
    world.refuses(add, errors.PolicyEntryQuotaExceeded, resource_id=policy.id)
    own = table(world)
    associated(world, own, policy)
    second = AssociateRoutePolicies((place(own, other, 2),))
    world.refuses(second, errors.TablePolicyQuotaExceeded, resource_id=own.id)


# -- the tables that have them ---------------------------------------------------------------------------


def test_a_table_keeps_its_policies():
    world = World(NORTH)
    own, policy = table(world), route_policy(world)
    associated(world, own, policy)
    world.refuses(DeleteRoutePolicy(policy.id), errors.RoutePolicyHoldsTables, held_by=own.id)
    again = AssociateRoutePolicies((place(own, policy, 2),))
    world.refuses(again, errors.RoutePolicyAssociated, policy_id=policy.id)
    world.do(DisassociateRoutePolicies(((own.id, policy.id),)))
    world.do(DeleteRoutePolicy(policy.id))


def test_a_policy_stays_without_a_table_that_is_deleted():
    world = World(NORTH)
    own, policy = table(world), route_policy(world)
    associated(world, own, policy)
    world.do(DeleteRouteTable(own.id))
    world.wait()
    assert policy.priorities == {}


def test_no_two_policies_of_a_table_have_the_same_priority():
    world = World(NORTH)
    own, first, second = table(world), route_policy(world), route_policy(world)
    associated(world, own, first, 1)
    world.refuses(AssociateRoutePolicies((place(own, second, 1),)), errors.PolicyPriorityTaken, priority=1)
    associated(world, own, second, 2)
    world.refuses(ChangePolicyPriorities((place(own, second, 1),)), errors.PolicyPriorityTaken)
    world.do(ChangePolicyPriorities((place(own, second, 1), place(own, first, 2))))
    assert (first.priorities, second.priorities) == ({own.id: 2}, {own.id: 1})


def test_the_policies_of_a_table_are_replaced():
    world = World(NORTH)
    own, first, second = table(world), route_policy(world), route_policy(world)
    associated(world, own, first, 1)
    world.do(ResetTablePolicies(table_id=own.id, policies=(place(own, second, 1),)))
    assert (first.priorities, second.priorities) == ({}, {own.id: 1})
    twice = ResetTablePolicies(table_id=own.id, policies=(place(own, first, 1), place(own, first, 2)))
    world.refuses(twice, errors.RoutePolicyAssociated)
    world.do(ResetTablePolicies(table_id=own.id, policies=()))
    assert second.priorities == {}


@pytest.mark.parametrize(
    ("table_id", "policy_id", "error"),
    [
        ("absent", None, errors.RouteTableNotFound),
        (None, "absent", errors.RoutePolicyNotFound),
        (None, None, errors.RoutePolicyNotAssociated),
    ],
)
def test_what_a_table_does_not_have_is_neither_changed_nor_let_go(table_id, policy_id, error):
    world = World(NORTH)
    table_id = table_id or table(world).id
    policy_id = policy_id or route_policy(world).id
    there = PolicyOfTable(table_id=table_id, policy_id=policy_id, priority=1)
    world.refuses(ChangePolicyPriorities((there,)), error)
    world.refuses(DisassociateRoutePolicies(((table_id, policy_id),)), error)


# -- what they make of routes ----------------------------------------------------------------------------

GATE = NextHop(kind=HopKind.ELSEWHERE, id="vpn-1", label="VPN")


def matched(world, own, made):
    world.do(MatchRoutePolicies(table_id=own.id, route_ids=(made.id,), route_type="USER"))
    world.wait()
    return made.enabled


@pytest.mark.parametrize("verdict", RouteVerdict)
def test_what_a_policy_does_not_accept_has_no_effect(verdict):
    world = World(NORTH)
    own = table(world)
    made = route(world, own, "172.16.0.0/16", enabled=verdict is not RouteVerdict.ACCEPT)
    associated(world, own, route_policy(world, entry(verdict=verdict)))
    assert matched(world, own, made) is (verdict is RouteVerdict.ACCEPT)


@pytest.mark.parametrize(
    ("conditions", "matches"),
    [
        ({}, True),
        ({"route_type": "USER"}, True),
        ({"route_type": "CCN"}, False),
        ({"hop_label": "VPN"}, True),
        ({"hop_label": "NAT"}, False),
        ({"hop_label": "VPN", "hop_id": "vpn-1"}, True),
        ({"hop_id": "vpn-2"}, False),
        ({"block": "172.16.0.0/16"}, True),
        ({"block": "172.16.0.0/17"}, False),
        ({"block": "::/0"}, False),
    ],
)
def test_an_entry_matches_by_all_its_conditions(conditions, matches):
    world = World(NORTH)
    own = table(world)
    made = route(world, own, "172.16.0.0/16", GATE)
    associated(world, own, route_policy(world, entry(verdict=RouteVerdict.DISABLE, **conditions)))
    assert matched(world, own, made) is not matches


def test_a_route_of_ipv6_is_matched_by_one():
    world = World(NORTH)
    own = table(world)
    made = route(world, own, "2001:db8:f::/64")
    policy = route_policy(world, entry(), entry("2001:db8::/32", RouteVerdict.DROP))
    associated(world, own, policy)
    assert matched(world, own, made) is False


def test_the_first_entry_of_the_first_policy_counts():
    world = World(NORTH)
    own = table(world)
    made = route(world, own, "172.16.0.0/16")
    denies = entry(verdict=RouteVerdict.DISABLE)
    later = associated(world, own, route_policy(world, denies), 5)
    first = route_policy(
        world,
        entry(priority=9, verdict=RouteVerdict.DROP),
        entry(priority=2),
        entry("10.0.0.0/8", priority=1),
    )
    associated(world, own, first, 1)
    assert matched(world, own, made) is True
    world.do(ChangePolicyPriorities((place(own, first, 6), place(own, later, 4))))
    assert matched(world, own, made) is False


def test_a_route_that_no_entry_matches_stays_as_it_is():
    world = World(NORTH)
    own = table(world)
    made = route(world, own, "172.16.0.0/16", enabled=False)
    assert matched(world, own, made) is False


def test_routes_are_matched_in_their_own_table():
    world = World(NORTH)
    own, made = table(world), route(world, table(world))
    command = MatchRoutePolicies(table_id=own.id, route_ids=(made.id,))
    world.refuses(command, errors.RouteNotFound, resource_id=made.id)
    world.refuses(MatchRoutePolicies(table_id="absent", route_ids=()), errors.RouteTableNotFound)


def test_a_policy_does_not_let_two_routes_lead_to_the_same_block():
    world = World(NORTH)
    own = table(world)
    route(world, own, "172.16.0.0/16")
    second = route(world, own, "172.16.0.0/16", GATE, enabled=False)
    associated(world, own, route_policy(world, entry()))
    command = MatchRoutePolicies(table_id=own.id, route_ids=(second.id,))
    world.refuses(command, errors.RouteHopsDiffer, address=str(ip_network("172.16.0.0/16")))
