"""What the map asks for, in pages: the outline of a partition, what is in a subnet, what has a name.

The outline has networks and subnets, with how much is in them and in which states; what is in a subnet is
asked for when somebody comes near enough to see it. Whatever a page costs, others are served meanwhile.
"""

from collections import Counter
from collections.abc import Iterator
from http import HTTPStatus
from itertools import islice
from operator import attrgetter, itemgetter
from typing import Any, Final

import attrs

from duolect.calls.pipeline import Pipeline
from duolect.control.console.places import Place, partition_at
from duolect.control.console.rows import MapRow, row_of
from duolect.control.routes import ControlRequest
from duolect.members import member
from duolect.problems import Problem
from duolect.state.kinds import kind_of
from duolect.state.turns import Turns
from duolect_core.addressing.pools import parse_ipv4, parse_ipv6
from duolect_core.engine.partition import Partition
from duolect_core.model.resources import Network, Resource, Subnet

_MOST_ROWS: Final = 1_000
_MOST_GROUPS: Final = 200
_MOST_FOUND: Final = 20
_MOST_IDS: Final = 500
_LOOK_UP: Final = 500
"""After how many resources it is seen whether it is the others' turn."""
_ROWS_AT_ONCE: Final = 50
_ON_THE_MAP: Final = frozenset({"network", "subnet", "instance", "interface"})


@attrs.frozen(kw_only=True)
class MapNetwork:
    """A network on the map."""

    id: str = member("its id")
    order: int = member("its place in the order of creation")
    name: str = member("its name")
    state: str = member("its state")
    block: str = member("its IPv4 block")


@attrs.frozen(kw_only=True)
class MapSubnet:
    """A subnet on the map, with how much is in it."""

    id: str = member("its id")
    order: int = member("its place in the order of creation")
    name: str = member("its name")
    state: str = member("its state")
    network: str = member("the network that it is in")
    zone: str = member("its zone")
    block: str = member("its IPv4 block")
    free: int = member("how many addresses are free in it")
    instances: int = member("how many instances are in it")
    interfaces: int = member("how many interfaces are in it")
    states: dict[str, int] = member("how many of its interfaces are in each state")


@attrs.frozen(kw_only=True)
class MapGroup:
    """A security group."""

    id: str = member("its id")
    name: str = member("its name")
    members: int = member("how many interfaces are in it")


@attrs.frozen(kw_only=True)
class OutlineQuery(Place):
    """Which part of the outline is meant."""

    after: int = member("only what was created after the resource of this order", default=0)
    limit: int = member("how many networks and subnets at most", default=500)


@attrs.frozen(kw_only=True)
class Outline:
    """Networks and subnets, oldest first."""

    now: int = member("the partition's time, in microseconds since 1970")
    networks: tuple[MapNetwork, ...] = member("the networks")
    subnets: tuple[MapSubnet, ...] = member("the subnets")
    more: bool = member("whether there are more than these")
    groups: tuple[MapGroup, ...] = member("the first security groups")
    others: dict[str, int] = member("how many resources there are of other kinds")


async def show_outline(pipeline: Pipeline, request: ControlRequest) -> Outline:
    """Show the networks and subnets of a partition, with how much is in them."""
    query: OutlineQuery = request.query
    async with partition_at(pipeline, query) as partition:
        graph, limit, turns = partition.graph, min(query.limit, _MOST_ROWS), Turns()
        everything: list[Network | Subnet] = [*graph.networks.values(), *graph.subnets.values()]
        here = sorted((each for each in everything if each.order > query.after), key=attrgetter("order"))
        networks, subnets = [], []
        for each in here[:limit]:
            if isinstance(each, Network):
                networks.append(_network(each))
            elif each.id in graph.subnets:
                subnets.append(await _subnet(partition, each, turns))
        return Outline(
            now=partition.now,
            networks=tuple(networks),
            subnets=tuple(subnets),
            more=len(here) > limit,
            groups=tuple(
                MapGroup(id=each.id, name=each.name, members=len(graph.interfaces_by_group.ids(each.id)))
                for each in islice(tuple(graph.groups.values()), _MOST_GROUPS)
            ),
            others={kind: len(table) for kind, table in _tables(partition) if kind not in _ON_THE_MAP},
        )


def _network(network: Network) -> MapNetwork:
    return MapNetwork(
        id=network.id,
        order=network.order,
        name=network.name,
        state=network.state,
        block=str(network.block),
    )


async def _subnet(partition: Partition, subnet: Subnet, turns: Turns) -> MapSubnet:
    graph, states = partition.graph, Counter[str]()
    for place, each in enumerate(tuple(graph.interfaces_by_subnet.ids(subnet.id))):
        if (interface := graph.interfaces.get(each)) is not None:
            states[interface.state] += 1
        if place % _LOOK_UP == 0:
            await turns.give()
    return MapSubnet(
        id=subnet.id,
        order=subnet.order,
        name=subnet.name,
        state=subnet.state,
        network=subnet.network_id,
        zone=subnet.zone,
        block=str(subnet.block),
        free=subnet.pool.free,
        instances=len(graph.instances_by_subnet.ids(subnet.id)),
        interfaces=states.total(),
        states=dict(states),
    )


def _tables(partition: Partition) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each table that holds anything, with the kind of what it holds."""
    for table in partition.graph.tables():
        for resource in islice(table.values(), 1):
            yield kind_of(resource), table


# -- rows -------------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class RowsQuery(Place):
    """Which resources are meant: those in a subnet, of a kind, or by their ids."""

    subnet: str | None = member("the instances and interfaces in this subnet", default=None)
    kind: str | None = member("all of this kind, such as security-group", default=None)
    ids: str | None = member("those with these ids, with commas between them", default=None)
    after: int = member("only what was created after the resource of this order", default=0)
    limit: int = member("how many at most", default=500)


@attrs.frozen(kw_only=True)
class Rows:
    """Resources, oldest first."""

    now: int = member("the partition's time, in microseconds since 1970")
    rows: tuple[MapRow, ...] = member("the resources")
    more: bool = member("whether there are more than these")


async def list_rows(pipeline: Pipeline, request: ControlRequest) -> Rows:
    """List resources of a partition as the map shows them, in pages."""
    query: RowsQuery = request.query
    async with partition_at(pipeline, query) as partition:
        limit, turns, found = min(query.limit, _MOST_ROWS), Turns(), []
        for place, (table, each) in enumerate(_wanted(partition, query)):
            if (resource := table.get(each)) is not None and resource.order > query.after:
                found.append((resource.order, table, each))
            if place % _LOOK_UP == 0:
                await turns.give()
        found.sort(key=itemgetter(0))
        rows = []
        for place, (_, table, each) in enumerate(found[:limit]):
            if place % _ROWS_AT_ONCE == 0:
                await turns.give()
            if (resource := table.get(each)) is not None:  # it may have gone meanwhile
                rows.append(row_of(partition, resource))
        return Rows(now=partition.now, rows=tuple(rows), more=len(found) > limit)


def _wanted(partition: Partition, query: RowsQuery) -> list[tuple[dict[str, Any], str]]:
    """Return the ids that are asked for, each with the table in which it is, or was."""
    graph = partition.graph
    found: list[tuple[dict[str, Any], str]] = []
    if query.subnet is not None:
        found += [(graph.instances, each) for each in graph.instances_by_subnet.ids(query.subnet)]
        found += [(graph.interfaces, each) for each in graph.interfaces_by_subnet.ids(query.subnet)]
    if query.kind is not None:
        for kind, table in _tables(partition):
            if kind == query.kind:
                found += [(table, each) for each in table]
    ids = (query.ids or "").split(",")[:_MOST_IDS]
    return found + [(table, each) for each in ids for table in graph.tables() if each in table]


def find(partition: Partition, resource_id: str) -> Resource | None:
    """Return the resource of an id, of whichever kind."""
    for table in partition.graph.tables():
        resource: Resource | None = table.get(resource_id)
        if resource is not None:
            return resource
    return None


# -- search -----------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class SearchQuery(Place):
    """What is looked for."""

    text: str = member("a part of an id or of a name, or a private address")


@attrs.frozen(kw_only=True)
class Found:
    """What was found."""

    rows: tuple[MapRow, ...] = member("the first resources of which the text is a part")


async def search(pipeline: Pipeline, request: ControlRequest) -> Found:
    """Search a partition for resources by id, name or private address."""
    query: SearchQuery = request.query
    text = query.text.strip().lower()
    if not text:
        raise Problem(HTTPStatus.BAD_REQUEST, "text must not be empty.")
    found: list[MapRow] = []
    async with partition_at(pipeline, query) as partition:
        turns, graph, ip = Turns(), partition.graph, parse_ipv4(text) or parse_ipv6(text)
        holders = () if ip is None else tuple(graph.interfaces_by_ip.ids(ip))
        for table in partition.graph.tables():
            for each in tuple(table):
                resource = table.get(each)
                if resource is None or len(found) == _MOST_FOUND:
                    continue
                if text in resource.id or text in resource.name.lower() or each in holders:
                    found.append(row_of(partition, resource))
                if turns.is_over:
                    await turns.give()
    return Found(rows=tuple(found))


# -- accounts ---------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class AccountsQuery:
    """Which accounts are meant."""

    text: str = member("only those of which this is a part", default="")
    limit: int = member("how many at most", default=50)


@attrs.frozen(kw_only=True)
class Accounts:
    """Accounts."""

    accounts: tuple[str, ...] = member("the latest to be used for the first time come first")
    more: bool = member("whether there are more than these")
    latest: str = member("the account of the latest call in the journal; empty where there is none")


async def list_accounts(pipeline: Pipeline, request: ControlRequest) -> Accounts:
    """List the accounts that have partitions."""
    query: AccountsQuery = request.query
    names = dict.fromkeys(placed.key[1] for placed in pipeline.partitions.placed())
    found = [each for each in reversed(names) if query.text.lower() in each.lower()]
    latest = ""
    for record in pipeline.journal.records(max(0, pipeline.journal.last - 1)):
        latest = record.account
    limit = min(query.limit, _MOST_ROWS)
    return Accounts(accounts=tuple(found[:limit]), more=len(found) > limit, latest=latest)
