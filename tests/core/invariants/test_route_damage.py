"""Damage to route tables and routes."""

from ipaddress import IPv4Network

import pytest
from tests.core.invariants.damage import change, finds, index, limit, plan

from duolect_core.model.lifecycles import RouteState, Trigger

CORRUPTIONS = [
    ("its main route table is not one of its own", change("network", route_table_id="absent")),
    (
        "its main route table is not one of its own",
        lambda s: setattr(s.network, "route_table_id", s.other_network.route_table_id),
    ),
    (
        "its main route table comes or goes without it",
        lambda s: setattr(s.graph.route_tables[s.network.route_table_id], "state", RouteState.DELETING),
    ),
    ("its route table is not one of its network", change("subnet", route_table_id="absent")),
    ("a route table of a network that is not there", lambda s: s.graph.networks.pop(s.network.id)),
    ("in a route table that is not there", change("route", table_id="absent")),
    ("leads into a subnet of its own network", change("route", block=IPv4Network("10.0.0.0/25"))),
    ("leads nowhere", change("route", hops=())),
    (
        "its table has another route to the same block",
        lambda s: setattr(s.other_route, "block", s.route.block),
    ),
    ("route tables of a network over 1", limit(route_tables_per_network=1)),
    ("routes of a table over 1", limit(routes_per_table=1)),
    ("index subnets by route table is not", index("subnets_by_route_table")),
    ("index route tables by network is not", index("route_tables_by_network")),
    ("index routes by table is not", index("routes_by_table")),
    ("index routes by block is not", index("routes_by_block")),
    ("index routes by hop is not", index("routes_by_hop")),
    ("index routes that are unsteady is not", index("routes_unsteady")),
    ("pending with 0 transitions to come", change("own_table", state=RouteState.PENDING)),
    ("available with 1 transitions to come", lambda s: plan(s, s.route.id)),
    ("available knows no attached", lambda s: plan(s, s.route.id, Trigger.ATTACHED)),
]


@pytest.mark.parametrize(("sentence", "corrupt"), CORRUPTIONS)
def test_damage_is_put_into_words(world, sentence, corrupt):
    assert finds(world, sentence, corrupt)
