"""Route tables, who uses them, and the routes in them."""

from collections.abc import Iterator

from duolect_core.engine.partition import Partition
from duolect_core.graph.graph import Graph
from duolect_core.graph.routes import block_keys
from duolect_core.model.lifecycles import RouteState, ServiceState
from duolect_core.model.routes import HopKind, ListedBlocks, blocks_of


def check(partition: Partition) -> Iterator[str]:
    """Yield a sentence for each violated invariant."""
    graph = partition.graph
    yield from _check_tables(graph)
    yield from _check_routes(partition)
    yield from _check_target_groups(graph)
    yield from _check_policies(graph)


def _check_tables(graph: Graph) -> Iterator[str]:
    networks = {table.id: table.network_id for table in graph.route_tables.values()}
    if any(network_id not in graph.networks for network_id in networks.values()):
        yield "a route table of a network that is not there"
    for network in graph.networks.values():
        if networks.get(network.route_table_id) != network.id:
            yield f"{network.id}: its main route table is not one of its own"
        elif graph.route_tables[network.route_table_id].state is not RouteState.AVAILABLE:
            yield f"{network.id}: its main route table comes or goes without it"
    for subnet in graph.subnets.values():
        if networks.get(subnet.route_table_id) != subnet.network_id:
            yield f"{subnet.id}: its route table is not one of its network"


def _check_routes(partition: Partition) -> Iterator[str]:
    graph = partition.graph
    seen: set[str] = set()
    for route in graph.routes.values():
        table = graph.route_tables.get(route.table_id)
        if table is None:
            yield f"{route.id}: in a route table that is not there"
        elif any(graph.is_within_subnet(table.network_id, block) for block in blocks_of(route.block)):
            yield f"{route.id}: leads into a subnet of its own network"
        if isinstance(route.block, ListedBlocks) and route.block.id not in graph.route_lists:
            yield f"{route.id}: leads to a list that is not there"
        if not route.hops:
            yield f"{route.id}: leads nowhere"
        if route.enabled:
            places = set(block_keys(route))
            if places & seen:
                yield f"{route.id}: its table has another route to the same block"
            seen |= places


def _check_target_groups(graph: Graph) -> Iterator[str]:
    for group in graph.route_target_groups.values():
        if group.network_id not in graph.networks:
            yield f"{group.id}: of a network that is not there"
        if len({member.weight for member in group.members}) < len(group.members):
            yield f"{group.id}: nobody knows which of its members comes first"
        if group.switching and group.state is not ServiceState.MODIFYING:
            yield f"{group.id}: {group.state} while it is being switched"
    for route in graph.routes.values():
        for hop in route.hops:
            if hop.kind is HopKind.ROUTE_TARGET_GROUP and hop.id not in graph.route_target_groups:
                yield f"{route.id}: leads to a group of route targets that is not there"


def _check_policies(graph: Graph) -> Iterator[str]:
    policies = graph.route_policies.values()
    entries = {entry.id: policy.id for policy in policies for entry in policy.entries}
    if entries != graph.route_policies_by_entry:
        yield "the route policies of entries are not what a scan finds"
    places: set[tuple[str, int]] = set()
    for policy in policies:
        if len({entry.priority for entry in policy.entries}) < len(policy.entries):
            yield f"{policy.id}: two entries have the same priority"
        for place in policy.priorities.items():
            if place[0] not in graph.route_tables:
                yield f"{policy.id}: associated with {place[0]}, which is not there"
            if place in places:
                yield f"{policy.id}: another policy of {place[0]} has its priority"
            places.add(place)
