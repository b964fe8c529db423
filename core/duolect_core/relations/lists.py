"""How lists weigh in the quotas of what names them, and whether the blocks of one fit other routes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Final

from duolect_core.model.routes import Destination, ListedBlocks, Route

if TYPE_CHECKING:
    from duolect_core.graph.graph import Graph
    from duolect_core.model.lists import RouteList, ValueList
    from duolect_core.model.security_rules import Block, GroupRule

AS_THEY_ARE: Final[Mapping[str, int]] = {}
"""For how many entries lists are made, where they stay as they are."""


def weight_of(graph: Graph, rule: GroupRule, capacities: Mapping[str, int] = AS_THEY_ARE) -> int:
    """Return as how many rules a rule counts: as one, or as lists that it names have room for entries.

    Where it names two lists it counts for each entry of the one with each of the other. ``capacities``
    says of lists for how many entries they will be made.
    """
    weight = 1
    for list_id in (rule.peer_list_id, rule.service_list_id):
        if list_id is not None:
            weight *= capacities.get(list_id) or _capacity(graph, list_id)
    return weight


def weight_of_rules(
    graph: Graph, rules: Iterable[GroupRule], capacities: Mapping[str, int] = AS_THEY_ARE
) -> int:
    """Return as how many rules several count."""
    return sum(weight_of(graph, rule, capacities) for rule in rules)


def _capacity(graph: Graph, list_id: str) -> int:
    named: ValueList | None = (
        graph.address_lists.get(list_id)
        or graph.route_lists.get(list_id)
        or graph.service_lists.get(list_id)
    )
    return 1 if named is None else max(1, named.capacity)


def weight_of_route(
    graph: Graph, leads_to: Destination, capacities: Mapping[str, int] = AS_THEY_ARE
) -> int:
    """Return as how many routes one counts that leads there: as a list has room for entries."""
    if not isinstance(leads_to, ListedBlocks):
        return 1
    return capacities.get(leads_to.id) or _capacity(graph, leads_to.id)


def load_of_table(
    graph: Graph,
    table_id: str,
    leaving: Collection[str] = (),
    capacities: Mapping[str, int] = AS_THEY_ARE,
) -> int:
    """Return as how many routes those of a table count, without those that are leaving."""
    return sum(
        weight_of_route(graph, graph.routes[route_id].block, capacities)
        for route_id in graph.routes_by_table.ids(table_id)
        if route_id not in leaving
    )


def listed(of: RouteList) -> ListedBlocks:
    """Return the blocks of a list as it is now, as what a route leads to."""
    return ListedBlocks(of.id, of.version, tuple(of.blocks()))


def _fits(graph: Graph, route: Route, blocks: Iterable[Block]) -> bool:
    """Say whether no other route of its table leads to one of these blocks, and no subnet has one.

    Routes without effect are in nobody's way.
    """
    network_id = graph.route_tables[route.table_id].network_id
    return not any(
        graph.is_within_subnet(network_id, block)
        or any(
            other is not route and other.enabled and route.enabled
            for other in graph.routes_with(route.table_id, block)
        )
        for block in blocks
    )


def deploy(graph: Graph, route: Route) -> None:
    """Let a route to a list have the blocks that the list has now, unless they do not fit."""
    wanted = listed(graph.route_lists[str(route.block)])
    if wanted != route.block and _fits(graph, route, wanted.blocks):
        graph.change_route(route, wanted, route.hops)
