"""What becomes of route tables and routes when an operation on them ends."""

from types import MappingProxyType
from typing import Final

from duolect_core.engine.partition import Partition, Transitions
from duolect_core.engine.timeline import Transition
from duolect_core.model.lifecycles import ROUTE_LIFECYCLE, RouteState, ends_of
from duolect_core.model.rules import ResourceKind


def _move_table(partition: Partition, transition: Transition) -> None:
    table = partition.graph.route_tables[transition.resource_id]
    state = ROUTE_LIFECYCLE[(table.state, transition.trigger)]
    if state is RouteState.GONE:
        partition.graph.remove_route_table(table)
    else:
        table.state = state


def _move_route(partition: Partition, transition: Transition) -> None:
    route = partition.graph.routes[transition.resource_id]
    state = ROUTE_LIFECYCLE[(route.state, transition.trigger)]
    if state is RouteState.GONE:
        partition.graph.remove_route(route)
    else:
        partition.graph.set_route_state(route, state)


_ENDS: Final = ends_of(ROUTE_LIFECYCLE)
TRANSITIONS: Final[Transitions] = MappingProxyType(
    {
        ResourceKind.ROUTE_TABLE: dict.fromkeys(_ENDS, _move_table),
        ResourceKind.ROUTE: dict.fromkeys(_ENDS, _move_route),
    }
)
"""The handlers of route tables and routes."""
