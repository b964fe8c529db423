"""What becomes of route tables, routes and groups of route targets when an operation on them ends."""

from types import MappingProxyType
from typing import Final

from duolect_core.engine.partition import Partition, Transitions
from duolect_core.engine.timeline import Transition
from duolect_core.model.lifecycles import (
    ROUTE_LIFECYCLE,
    SERVICE_LIFECYCLE,
    RouteState,
    ServiceState,
    ends_of,
)
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


def _move_target_group(partition: Partition, transition: Transition) -> None:
    group = partition.graph.route_target_groups[transition.resource_id]
    group.state = SERVICE_LIFECYCLE[(group.state, transition.trigger)]
    group.pending = None
    if group.state is ServiceState.GONE:
        partition.graph.remove_route_target_group(group)
    elif group.switching:
        group.switched, group.switching = not group.switched, False


_ENDS: Final = ends_of(ROUTE_LIFECYCLE)
TRANSITIONS: Final[Transitions] = MappingProxyType(
    {
        ResourceKind.ROUTE_TABLE: dict.fromkeys(_ENDS, _move_table),
        ResourceKind.ROUTE: dict.fromkeys(_ENDS, _move_route),
        ResourceKind.ROUTE_TARGET_GROUP: dict.fromkeys(ends_of(SERVICE_LIFECYCLE), _move_target_group),
    }
)
"""The handlers of route tables, routes and groups of route targets."""
