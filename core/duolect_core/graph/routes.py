"""Route tables, who uses them, and the routes in them."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network, IPv6Network
from typing import TYPE_CHECKING

from duolect_core.graph.index import Index
from duolect_core.graph.tags import TagTables
from duolect_core.model.lifecycles import RouteState

if TYPE_CHECKING:
    from duolect_core.model.routes import Destination, NextHop, Route, RouteTable


class RouteTables(TagTables):
    """The route tables and routes of a partition."""

    def __init__(self) -> None:
        """Start empty."""
        self.route_tables: dict[str, RouteTable] = {}
        self.routes: dict[str, Route] = {}
        self.subnets_by_route_table: Index[str] = Index()
        self.route_tables_by_network: Index[str] = Index()
        self.routes_by_table: Index[str] = Index()
        self.routes_by_block: Index[str] = Index()
        """The routes of each block, and of each list, in each table, under ``block_in_table``.

        One that leads to a list is there under the blocks of it that have effect too.
        """
        self.routes_by_list: Index[str] = Index()
        """The routes that lead to each list."""
        self.routes_by_hop: Index[str] = Index()
        """The routes that lead to each id or address."""
        self.routes_unsteady: Index[str] = Index()
        """The routes of each network that are being created, modified or deleted."""

    def add_route_table(self, table: RouteTable) -> None:
        """Put a new route table in."""
        self.route_tables[table.id] = table
        self.route_tables_by_network.add(table.network_id, table.id, table.order)
        self._tag(table)

    def remove_route_table(self, table: RouteTable) -> None:
        """Take a route table out with its routes, which are GONE then; no subnet may use it."""
        for route_id in tuple(self.routes_by_table.ids(table.id)):
            self.remove_route(self.routes[route_id])
        self._untag(table)
        self.route_tables_by_network.discard(table.network_id, table.id)
        del self.route_tables[table.id]
        table.state = RouteState.GONE

    def add_route(self, route: Route) -> None:
        """Put a new route into its table."""
        self.routes[route.id] = route
        self.routes_by_table.add(route.table_id, route.id, route.order)
        self._index_route(route)
        if route.state is not RouteState.AVAILABLE:
            self.routes_unsteady.add(self._network_of(route), route.id, route.order)

    def remove_route(self, route: Route) -> None:
        """Take a route out of its table; it is GONE then."""
        self.set_route_state(route, RouteState.AVAILABLE)
        self._unindex_route(route)
        self.routes_by_table.discard(route.table_id, route.id)
        del self.routes[route.id]
        route.state = RouteState.GONE

    def change_route(self, route: Route, block: Destination, hops: tuple[NextHop, ...]) -> None:
        """Let a route lead elsewhere, or give it other next hops."""
        self._unindex_route(route)
        route.block, route.hops = block, hops
        self._index_route(route)

    def set_route_state(self, route: Route, state: RouteState) -> None:
        """Note that something begins or ends with a route."""
        steady, was_steady = state is RouteState.AVAILABLE, route.state is RouteState.AVAILABLE
        route.state = state
        if was_steady and not steady:
            self.routes_unsteady.add(self._network_of(route), route.id, route.order)
        elif steady and not was_steady:
            self.routes_unsteady.discard(self._network_of(route), route.id)

    def routes_to(self, table_id: str, block: Destination) -> Iterator[Route]:
        """Iterate over the routes of a table that lead to just this block, or to this list."""
        for route in self.routes_with(table_id, block):
            if str(route.block) == str(block):
                yield route

    def routes_with(self, table_id: str, block: Destination) -> Iterator[Route]:
        """Iterate over the routes of a table that lead to this block, by themselves or as one of a list."""
        for route_id in self.routes_by_block.ids(block_in_table(table_id, block)):
            yield self.routes[route_id]

    def routes_of_network(self, network_id: str) -> Iterator[Route]:
        """Iterate over the routes in all tables of a network."""
        for table_id in self.route_tables_by_network.ids(network_id):
            for route_id in self.routes_by_table.ids(table_id):
                yield self.routes[route_id]

    def _network_of(self, route: Route) -> str:
        return self.route_tables[route.table_id].network_id

    def _index_route(self, route: Route) -> None:
        for key in block_keys(route):
            self.routes_by_block.add(key, route.id, route.order)
        if not isinstance(route.block, IPv4Network | IPv6Network):
            self.routes_by_list.add(route.block.id, route.id, route.order)
        for name in hop_names(route):
            self.routes_by_hop.add(name, route.id, route.order)

    def _unindex_route(self, route: Route) -> None:
        for key in block_keys(route):
            self.routes_by_block.discard(key, route.id)
        if not isinstance(route.block, IPv4Network | IPv6Network):
            self.routes_by_list.discard(route.block.id, route.id)
        for name in hop_names(route):
            self.routes_by_hop.discard(name, route.id)


def block_in_table(table_id: str, block: Destination) -> str:
    """Return the key under which the routes of a block, or of a list, in a table are found."""
    return f"{table_id} {block}"


def block_keys(route: Route) -> dict[str, None]:
    """Return the keys under which a route is found by what it leads to."""
    block = route.block
    leads_to = (block,) if isinstance(block, IPv4Network | IPv6Network) else (block, *block.blocks)
    return dict.fromkeys(block_in_table(route.table_id, each) for each in leads_to)


def hop_names(route: Route) -> dict[str, None]:
    """Return the names of a route's next hops, each once and in their order."""
    return dict.fromkeys(hop.id for hop in route.hops)
