"""Publishing routes: making them known beyond their network, and withdrawing them again."""

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.model.routes import NextHop, Route
from duolect_core.relations import lookup


@attrs.frozen(kw_only=True)
class PublishRoutes:
    """Publish routes to a target, at once: all of them, or none. Those that are published stay so.

    Raises:
        RouteNotFound, RouteBusy: a route is not there, or something is under way with it.
        NetworkBusy: the network of its table comes or goes.
        RouteHasNoEffect: it is not enabled.
    """

    route_ids: tuple[str, ...]
    target: NextHop

    def apply(self, partition: Partition) -> tuple[Route, ...]:
        """Return the routes."""
        routes = self.check(partition)
        for route in routes:
            if self.target not in route.published_to:
                route.published_to = (*route.published_to, self.target)
        return routes

    def check(self, partition: Partition) -> tuple[Route, ...]:
        """Return the routes, or raise what keeps one of them from being published."""
        routes = _ready(partition, self.route_ids)
        for route in routes:
            if not route.enabled:
                raise errors.RouteHasNoEffect(route.id)
        return routes


@attrs.frozen(kw_only=True)
class WithdrawRoutes:
    """Withdraw routes from a target, at once: all of them, or none.

    Raises:
        RouteNotFound, RouteBusy, NetworkBusy: as in ``PublishRoutes``.
        RouteNotPublished: a route is not published to the target.
    """

    route_ids: tuple[str, ...]
    target: NextHop

    def apply(self, partition: Partition) -> tuple[Route, ...]:
        """Return the routes."""
        routes = self.check(partition)
        for route in routes:
            route.published_to = tuple(each for each in route.published_to if each != self.target)
        return routes

    def check(self, partition: Partition) -> tuple[Route, ...]:
        """Return the routes, or raise what keeps one of them published."""
        routes = _ready(partition, self.route_ids)
        for route in routes:
            if self.target not in route.published_to:
                raise errors.RouteNotPublished(route.id)
        return routes


def _ready(partition: Partition, route_ids: tuple[str, ...]) -> tuple[Route, ...]:
    graph = partition.graph
    routes = tuple(lookup.ready_route(graph, each) for each in dict.fromkeys(route_ids))
    for route in routes:
        lookup.ready_network(graph, graph.route_tables[route.table_id].network_id)
    return routes
