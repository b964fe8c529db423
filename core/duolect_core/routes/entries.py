"""Routes: creating, changing and deleting them in their tables."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from ipaddress import IPv4Network, IPv6Network
from itertools import chain

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.graph.graph import Graph
from duolect_core.model.lifecycles import ROUTE_LIFECYCLE, RouteState, Trigger
from duolect_core.model.resources import Network, OperationKind
from duolect_core.model.routes import Destination, ListedBlocks, NextHop, Route, RouteTable, blocks_of
from duolect_core.model.rules import ResourceKind
from duolect_core.networks import blocks
from duolect_core.relations import lists, lookup, named_lists
from duolect_core.relations.descriptions import describe
from duolect_core.routes import hops

Block = IPv4Network | IPv6Network


@attrs.frozen(kw_only=True)
class Course:
    """Where a route of a table leads: what must not be there twice."""

    table_id: str
    block: Destination
    hops: tuple[NextHop, ...]
    enabled: bool = True

    @classmethod
    def of(cls, route: Route) -> "Course":
        """Return where a route leads now."""
        return cls(table_id=route.table_id, block=route.block, hops=route.hops, enabled=route.enabled)


@attrs.frozen(kw_only=True)
class NewRoute:
    """A route to be created. Where it leads to a list, that has the blocks which the list has by then."""

    course: Course
    name: str = ""
    description: str = ""


@attrs.frozen(kw_only=True)
class CreateRoutes:
    """Create routes in one operation: all of them, or none.

    Raises:
        RouteTableNotFound, RouteTableBusy, NetworkBusy: what was named is not there (yet).
        RouteTableForGateways: nobody creates routes in such a table.
        RouteBusy, SubnetBusy: something of the network is under way, where one is done after another.
        RouteBlockInvalid, RouteBlockInNetwork: no route can lead there.
        RouteBlockTaken, RouteHopsDiffer, RouteBlockListed, RouteListTaken: the table has a route there that
        has effect.
        RouteListNotFound, ListBusy: there is no list that it could lead to.
        NextHopNotFound, NextHopNetworkMismatch: a next hop is not there.
        what ``hops.check`` raises of a gateway that is not there.
        RouteQuotaExceeded: a table would have too many routes.
    """

    routes: tuple[NewRoute, ...]

    def apply(self, partition: Partition) -> tuple[Route, ...]:
        """Return the new routes, PENDING where the cloud takes its time over them."""
        return _add(partition, self.check(partition))

    def check(self, partition: Partition) -> tuple[NewRoute, ...]:
        """Return the routes as they will be, or raise what keeps one of them from being created."""
        wanted = _with_blocks(partition.graph, self.routes)
        _check_room(partition, [route.course for route in wanted], ())
        _check_courses(partition, [route.course for route in wanted], ())
        return wanted


@attrs.frozen(kw_only=True)
class RouteChange:
    """What shall be different of a route; None leaves a value as it is."""

    route_id: str
    name: str | None = None
    description: str | None = None
    block: Block | None = None
    hops: tuple[NextHop, ...] | None = None
    enabled: bool | None = None

    def course(self, route: Route) -> Course:
        """Return where the route will lead."""
        return Course(
            table_id=route.table_id,
            block=route.block if self.block is None else self.block,
            hops=route.hops if self.hops is None else self.hops,
            enabled=route.enabled if self.enabled is None else self.enabled,
        )


@attrs.frozen
class ModifyRoutes:
    """Change routes in one operation: all of them, or none. What is only said of them changes at once.

    Raises:
        RouteNotFound, RouteBusy: a route is not there, or something else is under way with it.
        RoutePublished: one that would lose its effect has to be withdrawn first, as in ``DeleteRoutes``.
        what ``CreateRoutes`` raises of where they will lead.
    """

    changes: tuple[RouteChange, ...]

    def apply(self, partition: Partition) -> tuple[Route, ...]:
        """Return the routes as they are now: where they lead elsewhere, MODIFYING where that takes time."""
        graph, rules = partition.graph, partition.rules
        routes = self.check(partition)
        led_elsewhere = []
        for change, route in zip(self.changes, routes, strict=True):
            course = change.course(route)
            if course != Course.of(route):
                led_elsewhere.append(route)
                graph.change_route(route, course.block, course.hops)
                route.enabled = course.enabled
            describe(route, change.name, change.description, {})
            route.modified = partition.now
        if led_elsewhere and rules.provision_is_asynchronous:
            for route in led_elsewhere:
                graph.set_route_state(route, ROUTE_LIFECYCLE[route.state, Trigger.MODIFY])
            duration = rules.durations.change_routes
            ids = (route.id for route in led_elsewhere)
            partition.begin(OperationKind.MODIFY_ROUTES, Trigger.PROVISIONED, duration, *ids)
        return routes

    def check(self, partition: Partition) -> tuple[Route, ...]:
        """Return the routes, or raise what keeps them as they are."""
        graph = partition.graph
        routes = tuple(lookup.ready_route(graph, change.route_id) for change in self.changes)
        courses = [change.course(route) for change, route in zip(self.changes, routes, strict=True)]
        if courses != list(map(Course.of, routes)):
            losing = (route for route, to in zip(routes, courses, strict=True) if not to.enabled)
            _check_withdrawn(partition, losing)
            _check_courses(partition, courses, {route.id for route in routes})
        return routes


@attrs.frozen
class DeleteRoutes:
    """Delete routes in one operation: all of them, or none.

    Raises:
        RouteNotFound: a route is not there.
        RoutePublished: one is published, where ``Rules.published_routes_stay`` says so.
        RouteBusy, SubnetBusy: something is under way, as in ``CreateRoutes``.
    """

    route_ids: tuple[str, ...]

    def apply(self, partition: Partition) -> tuple[Route, ...]:
        """Return the routes, DELETING where the cloud takes its time over them, else GONE."""
        graph, rules = partition.graph, partition.rules
        routes = self.check(partition)
        if not rules.provision_is_asynchronous:
            for route in routes:
                graph.remove_route(route)
        elif routes:
            for route in routes:
                graph.set_route_state(route, ROUTE_LIFECYCLE[route.state, Trigger.DELETE])
            duration = rules.durations.change_routes
            ids = (route.id for route in routes)
            partition.begin(OperationKind.DELETE_ROUTES, Trigger.DELETED, duration, *ids)
        return routes

    def check(self, partition: Partition) -> tuple[Route, ...]:
        """Return the routes, or raise what keeps one of them."""
        graph = partition.graph
        routes = tuple(lookup.ready_route(graph, each) for each in dict.fromkeys(self.route_ids))
        _check_withdrawn(partition, routes)
        _check_turn(partition, {graph.route_tables[route.table_id].network_id for route in routes})
        return routes


@attrs.frozen(kw_only=True)
class ResetRoutes:
    """Put other routes in the place of all those of a table, and rename it: all of that, or nothing.

    Raises:
        what ``DeleteRoutes`` raises of the old ones.
        what ``CreateRoutes`` raises of the new ones, the old ones left out.
    """

    table_id: str
    name: str
    routes: tuple[NewRoute, ...]

    def apply(self, partition: Partition) -> tuple[Route, ...]:
        """Return the new routes."""
        graph = partition.graph
        table, wanted = self.check(partition)
        for route_id in tuple(graph.routes_by_table.ids(table.id)):
            graph.remove_route(graph.routes[route_id])
        table.name = self.name
        return _add(partition, wanted)

    def check(self, partition: Partition) -> tuple[RouteTable, tuple[NewRoute, ...]]:
        """Return the route table and the routes as they will be, or raise what keeps its routes."""
        graph = partition.graph
        table = lookup.ready_route_table(graph, self.table_id)
        going = graph.routes_by_table.ids(table.id)
        _check_withdrawn(partition, [lookup.ready_route(graph, route_id) for route_id in going])
        wanted = _with_blocks(graph, self.routes)
        _check_room(partition, [route.course for route in wanted], going)
        _check_courses(partition, [route.course for route in wanted], going)
        return table, wanted


@attrs.frozen(kw_only=True)
class DeployRouteList:
    """Let a route table have the blocks that a list has by now; where they do not fit nothing changes.

    Raises:
        RouteListNotFound, ListBusy: there is no list to deploy.
        RouteTableNotFound, RouteListNotAssociated: no route of the table leads to it.
    """

    list_id: str
    table_id: str

    def apply(self, partition: Partition) -> Route:
        """Return the route to the list, which has the blocks of the list now if they fit."""
        route = self.check(partition)
        lists.deploy(partition.graph, route)
        return route

    def check(self, partition: Partition) -> Route:
        """Return the route to the list, or raise what keeps it from being deployed."""
        graph = partition.graph
        named = named_lists.ready_route_list(graph, self.list_id)
        lookup.route_table(graph, self.table_id)
        for route in graph.routes_to(self.table_id, lists.listed(named)):
            return route
        raise errors.RouteListNotAssociated(self.table_id)


def _with_blocks(graph: Graph, wanted: Iterable[NewRoute]) -> tuple[NewRoute, ...]:
    """Return new routes with the blocks that lists have now, or raise where there is no such list."""
    result = []
    for route in wanted:
        leads_to = route.course.block
        if isinstance(leads_to, ListedBlocks):
            named = named_lists.ready_route_list(graph, leads_to.id)
            course = attrs.evolve(route.course, block=lists.listed(named))
            result.append(attrs.evolve(route, course=course))
        else:
            result.append(route)
    return tuple(result)


def _add(partition: Partition, wanted: Iterable[NewRoute]) -> tuple[Route, ...]:
    graph, rules = partition.graph, partition.rules
    takes_time = rules.provision_is_asynchronous
    created = []
    for each in wanted:
        route = Route(
            id=partition.new_id(ResourceKind.ROUTE, graph.routes),
            order=partition.next_order(),
            created=partition.now,
            name=each.name,
            description=each.description,
            modified=partition.now,
            table_id=each.course.table_id,
            block=each.course.block,
            hops=each.course.hops,
            enabled=each.course.enabled,
            state=RouteState.PENDING if takes_time else RouteState.AVAILABLE,
        )
        graph.add_route(route)
        created.append(route)
    if created and takes_time:
        duration = rules.durations.change_routes
        ids = (route.id for route in created)
        partition.begin(OperationKind.CREATE_ROUTES, Trigger.PROVISIONED, duration, *ids)
    return tuple(created)


# -- what may be ------------------------------------------------------------------------------------


def _check_turn(partition: Partition, network_ids: Collection[str]) -> None:
    """Raise ``SubnetBusy`` or ``RouteBusy`` where routes of the networks have to wait."""
    if partition.rules.routes_one_by_one:
        graph = partition.graph
        for subnet_id in chain.from_iterable(map(graph.subnets_busy.ids, network_ids)):
            raise errors.SubnetBusy(subnet_id)
        for route_id in chain.from_iterable(map(graph.routes_unsteady.ids, network_ids)):
            raise errors.RouteBusy(route_id)


def _check_withdrawn(partition: Partition, routes: Iterable[Route]) -> None:
    """Raise ``RoutePublished`` where one of the routes has to be withdrawn before it goes."""
    for route in routes:
        if route.published_to and partition.rules.published_routes_stay:
            raise errors.RoutePublished(route.id)


def _check_room(partition: Partition, courses: Sequence[Course], going: Collection[str]) -> None:
    """Raise ``RouteQuotaExceeded`` where tables get too many routes while those named in ``going`` go."""
    graph, limit = partition.graph, partition.rules.quotas.routes_per_table
    if limit is None:
        return
    coming: dict[str, int] = {}
    for course in courses:
        weight = lists.weight_of_route(graph, course.block)
        coming[course.table_id] = coming.get(course.table_id, 0) + weight
    for table_id, weight in coming.items():
        if lists.load_of_table(graph, table_id, going) + weight > limit:
            raise errors.RouteQuotaExceeded(table_id, limit)


def _check_courses(partition: Partition, courses: Sequence[Course], leaving: Collection[str]) -> None:
    """Raise what keeps routes from leading there, once those named in ``leaving`` are gone or changed."""
    graph = partition.graph
    tables = [lookup.ready_route_table(graph, course.table_id) for course in courses]
    for table in tables:
        if table.for_gateways:
            raise errors.RouteTableForGateways(table.id)
    networks = [lookup.ready_network(graph, table.network_id) for table in tables]
    _check_turn(partition, dict.fromkeys(network.id for network in networks))
    for place, (course, network) in enumerate(zip(courses, networks, strict=True)):
        for block in blocks_of(course.block):
            _check_block(partition, network, block)
        if course.enabled:
            _check_conflicts(course, chain(courses[:place], _staying(graph, course, leaving)))
        for hop in course.hops:
            hops.check(partition, course.table_id, hop)


def _check_block(partition: Partition, network: Network, block: Block) -> None:
    rules = partition.rules
    own: list[Block] = [*blocks.of_network(network)]
    if network.ipv6_block is not None:
        own.append(network.ipv6_block)
    if any(_is_within(block, whole) for whole in rules.unroutable_blocks):
        raise errors.RouteBlockInvalid(str(block))
    if partition.graph.is_within_subnet(network.id, block) or (
        not rules.routes_pass_network and any(_is_within(block, whole) for whole in own)
    ):
        raise errors.RouteBlockInNetwork(str(block))


def _is_within(block: Block, whole: Block) -> bool:
    if isinstance(block, IPv4Network):
        return isinstance(whole, IPv4Network) and block.subnet_of(whole)
    return isinstance(whole, IPv6Network) and block.subnet_of(whole)


def _staying(graph: Graph, course: Course, leaving: Collection[str]) -> Iterator[Course]:
    """Iterate over the routes of the same table to the same block, or to one of the list, that remain."""
    for leads_to in dict.fromkeys((course.block, *blocks_of(course.block))):
        for route in graph.routes_with(course.table_id, leads_to):
            if route.id not in leaving:
                yield Course.of(route)


def _check_conflicts(course: Course, others: Iterable[Course]) -> None:
    """Raise what keeps a route out where another one leads the same packets.

    Raises:
        RouteListTaken: it leads to the same list.
        RouteBlockListed: it leads to a list with the block.
        RouteBlockTaken, RouteHopsDiffer: it leads to the block, or to one of the list.
    """
    for other in others:
        if not other.enabled or other.table_id != course.table_id:
            continue
        if isinstance(course.block, ListedBlocks) and str(other.block) == course.block.id:
            raise errors.RouteListTaken(course.block.id, course.table_id)
        for block in blocks_of(course.block):
            if block in blocks_of(other.block):
                if isinstance(other.block, ListedBlocks):
                    raise errors.RouteBlockListed(str(block))
                same = other.hops == course.hops
                raise (errors.RouteBlockTaken if same else errors.RouteHopsDiffer)(str(block))
