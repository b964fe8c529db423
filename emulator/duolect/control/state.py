"""What is in the partitions, as trees of nodes: networks hold subnets, subnets instances, and so on.

Every resource is one node, under its parent; one without a parent is at the top, so that nothing that
exists is missing. A transition that is still to come is shown at the node of its resource.
"""

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

import attrs
from starlette.responses import Response

from duolect.calls.pipeline import Pipeline
from duolect.control.answers import answer, json_of
from duolect.control.clock import iso
from duolect.control.routes import ControlRequest, Route, everything
from duolect.control.server import Scope
from duolect.members import member
from duolect.settings import durations
from duolect.state.kinds import kind_of
from duolect.state.partitions import weight
from duolect.state.placed import Key, Placed
from duolect_core.addressing.pools import AddressPool, format_ipv4, format_ipv6
from duolect_core.archive.codec import fields_of
from duolect_core.archive.trees import ROOT, Places
from duolect_core.engine.partition import Partition
from duolect_core.engine.timeline import Transition
from duolect_core.model.addresses import PrivateAddress
from duolect_core.model.disks import Disk
from duolect_core.model.flow_logs import FlowLog
from duolect_core.model.gateways import EgressRule, Ipv4Gateway, Ipv6Address, Ipv6Gateway
from duolect_core.model.instances import Instance
from duolect_core.model.nat_gateways import DnatRule, NatGateway, SnatRule
from duolect_core.model.network_acls import NetworkAcl
from duolect_core.model.public_addresses import Ipv6Bandwidth, PublicAddress
from duolect_core.model.resources import (
    MILLISECOND,
    Instant,
    Interface,
    Operation,
    OperationState,
    Permission,
    Resource,
    SecurityGroup,
    Subnet,
)
from duolect_core.model.routes import Route as NetworkRoute
from duolect_core.model.routes import RouteTable, RouteTargetGroup
from duolect_core.model.virtual_addresses import CidrReservation, VirtualAddress

_NOT_IN_ABOUT: Final = frozenset(
    {"id", "ip", "name", "state", "tags", "order", "pending", "operation", "ipv4", "ipv6"}
)
"""Fields that a node shows in another place than ``about``, or not at all."""


@attrs.frozen(kw_only=True)
class Pending:
    """A transition that is still to come."""

    resource_id: str = member("the resource that it moves on")
    trigger: str = member("what will happen to it")
    due: str = member("when, ISO 8601 in UTC")
    remaining: str | None = member("how long that is from now, such as 1s500ms; null where it is held")
    remaining_ms: int | None = member("the same in milliseconds")
    operation: str = member("the operation that it ends")


@attrs.frozen(kw_only=True)
class UnderWay:
    """An operation that is not done yet."""

    id: str = member("the name under which its outcome can be asked for")
    kind: str = member("what it does")
    resources: tuple[str, ...] = member("the resources that it names")
    started: str = member("when it began, ISO 8601 in UTC")
    due: str = member("when it ends, or its next half begins")
    held: bool = member("whether it hangs until it is released")


@attrs.frozen(kw_only=True)
class Node:
    """A resource, or an address of one, with all that stands on it."""

    kind: str = member("network, subnet, security-group, instance, interface, address, ...")
    id: str = member("its id, or the address")
    name: str = member("its name, if it has one")
    state: str = member("its state, if it has states")
    tags: dict[str, str] = member("its tags")
    about: dict[str, Any] = member("its other fields that are not empty, as a snapshot has them")
    pending: tuple[Pending, ...] = member("what it waits for")
    children: tuple["Node", ...] = member("what stands on it")


attrs.resolve_types(Node)  # cattrs leaves what is named only in quotes as it is


@attrs.frozen(kw_only=True)
class PartitionState:
    """A partition with all that is in it."""

    cloud: str = member("alibaba or tencent")
    access_key: str = member("the account")
    region: str = member("the region, as its cloud calls it")
    now: str = member("the partition's time, ISO 8601 in UTC")
    nodes: tuple[Node, ...] = member("what stands on nothing else: networks, and what has no network")
    operations: tuple[UnderWay, ...] = member("the operations that are not done yet, oldest first")
    pending: tuple[Pending, ...] = member("all transitions that are still to come, soonest first")


@attrs.frozen(kw_only=True)
class State:
    """What is in the partitions."""

    partitions: tuple[PartitionState, ...] = member("in the order in which they were first used")


@attrs.frozen(kw_only=True)
class StateQuery(Scope):
    """What of the state is shown, and as of when."""

    at: int | None = member(
        "a version of the one partition that is named: what it was after so many commands, where a store "
        "keeps them; without it what it is",
        default=None,
    )


async def show_state(pipeline: Pipeline, request: ControlRequest) -> Response:
    """Show all resources with their relations, and what is under way.

    Parameters narrow it to an account, a cloud or a region. With a store, ``at`` goes back in time.
    """
    query: StateQuery = request.query
    if query.at is not None:
        from duolect.control.log import past  # noqa: PLC0415 - only a store has one

        key, then = await past(pipeline, query, query.at)
        make = json_of(lambda: State(partitions=(_shown(key, then),)))
        return await answer(make, weight(then))
    chosen = await _chosen(pipeline, request.query)
    make = json_of(lambda: State(partitions=tuple(_shown(key, partition) for key, partition in chosen)))
    return await answer(make, sum(map(weight, (partition for _, partition in chosen))))


async def _chosen(pipeline: Pipeline, scope: Scope) -> Sequence[tuple[Key, Partition]]:
    """Return the partitions of a scope, in which all has happened that is due by now."""
    await pipeline.state.settled()
    chosen = tuple(pipeline.partitions.items(scope.access_key, scope.cloud, scope.region))
    for (_, account, _), partition in chosen:
        partition.settle(pipeline.state.now(account))
    return chosen


@attrs.frozen(kw_only=True)
class PartitionSummary:
    """A partition in one line."""

    cloud: str = member("alibaba or tencent")
    access_key: str = member("the account")
    region: str = member("the region, as its cloud calls it")
    now: str = member("the partition's time, ISO 8601 in UTC")
    resources: dict[str, int] = member("how many resources there are of each kind that there are any of")
    pending: int = member("how many transitions are still to come, those that are held included")
    next_due: str | None = member("when the next transition falls due, if one does")


@attrs.frozen(kw_only=True)
class Partitions:
    """The partitions that were used."""

    partitions: tuple[PartitionSummary, ...] = member("in the order in which they were first used")


async def list_partitions(pipeline: Pipeline, request: ControlRequest) -> Response:
    """List the partitions that were used: accounts' worlds in the regions of the clouds."""
    scope: Scope = request.query
    await pipeline.state.settled()
    chosen = tuple(pipeline.partitions.placed(scope.access_key, scope.cloud, scope.region))
    for placed in chosen:
        if placed.partition is not None:
            placed.partition.settle(pipeline.state.now(placed.key[1]))
    now = {account: pipeline.state.now(account) for account in {placed.key[1] for placed in chosen}}
    make = json_of(lambda: Partitions(partitions=tuple(_summary(each, now) for each in chosen)))
    return await answer(make, len(chosen))


def _summary(placed: Placed, now: Mapping[str, Instant]) -> PartitionSummary:
    (cloud, access_key, region), listed = placed.key, placed.listed
    due = listed.timeline.next_due
    return PartitionSummary(
        cloud=cloud,
        access_key=access_key,
        region=region,
        now=iso(now[access_key] if placed.partition is None else placed.partition.now),
        resources=dict(placed.resources),
        pending=len(listed.timeline),
        next_due=None if due is None else iso(due),
    )


ROUTES: Final = (
    Route(
        method="GET",
        path="/_duolect/state",
        run=show_state,
        query=StateQuery,
        reply=State,
        wants=everything,
        refuses={
            HTTPStatus.NOT_FOUND: "There is no such partition.",
            HTTPStatus.CONFLICT: "No store keeps the past, or its log does not reach back so far.",
            HTTPStatus.UNPROCESSABLE_ENTITY: "A version is asked for, and not of which partition.",
        },
    ),
    Route(method="GET", path="/_duolect/partitions", run=list_partitions, query=Scope, reply=Partitions),
)


# -- one partition ----------------------------------------------------------------------------------


def _shown(key: Key, partition: Partition) -> PartitionState:
    cloud, access_key, region = key
    operations = {id(each): each for each in partition.graph.operations.values()}
    waiting = sorted(partition.timeline.pending(), key=lambda each: (each.due, each.number))
    return PartitionState(
        cloud=cloud,
        access_key=access_key,
        region=region,
        now=iso(partition.now),
        nodes=_TreeBuilder(partition).nodes(),
        operations=tuple(
            _under_way(each) for each in operations.values() if each.state is OperationState.RUNNING
        ),
        pending=tuple(_pending(each, partition.now) for each in waiting),
    )


def _under_way(operation: Operation) -> UnderWay:
    return UnderWay(
        id=operation.id,
        kind=operation.kind,
        resources=operation.resource_ids,
        started=iso(operation.started),
        due=iso(operation.due),
        held=operation.held,
    )


def _pending(transition: Transition, now: Instant) -> Pending:
    remaining = None if transition.operation.held else transition.due - now
    return Pending(
        resource_id=transition.resource_id,
        trigger=transition.trigger.value,
        due=iso(transition.due),
        remaining=None if remaining is None else durations.show(remaining),
        remaining_ms=None if remaining is None else remaining // MILLISECOND,
        operation=transition.operation.id,
    )


class _TreeBuilder:
    """Builds the nodes of one partition."""

    def __init__(self, partition: Partition) -> None:
        self._pending: defaultdict[str, list[tuple[int, Pending]]] = defaultdict(list)
        for each in partition.timeline.pending():
            self._pending[each.resource_id].append((each.number, _pending(each, partition.now)))
        self._children: defaultdict[object, list[Resource]] = defaultdict(list)
        for resource in partition.graph.resources():
            self._children[_parent_of(resource)].append(resource)

    def nodes(self) -> tuple[Node, ...]:
        """Return the nodes without a parent."""
        return self._children_of(None)

    def _children_of(self, parent: object) -> tuple[Node, ...]:
        """Return the nodes under a resource, or under an address of one."""
        return tuple(map(self._node, self._children.get(parent, ())))

    def _node(self, resource: Resource) -> Node:
        addresses: tuple[Node, ...] = ()
        of_addresses: set[int | None] = set()
        if isinstance(resource, Interface):
            texts = [(format_ipv4(each.ip), each) for each in resource.ipv4]
            texts += [(format_ipv6(each.ip), each) for each in resource.ipv6]
            addresses = tuple(self._address(resource, text, each) for text, each in texts)
            of_addresses = {each.pending for _, each in texts}
        elif isinstance(resource, VirtualAddress):
            addresses = self._children_of((resource.id, resource.ip))
        waiting = self._pending.get(resource.id, ())
        return Node(
            kind=kind_of(resource),
            id=resource.id,
            name=resource.name,
            state=getattr(resource, "state", ""),
            tags=resource.tags,
            about=fields_shown(resource, _NOT_IN_ABOUT),
            pending=tuple(pending for number, pending in waiting if number not in of_addresses),
            children=(*addresses, *self._children_of(resource.id)),
        )

    def _address(self, interface: Interface, text: str, address: PrivateAddress) -> Node:
        return Node(
            kind="address",
            id=text,
            name="",
            state=address.state,
            tags={},
            about=fields_shown(address, _NOT_IN_ABOUT),
            pending=tuple(
                pending for number, pending in self._pending[interface.id] if number == address.pending
            ),
            children=self._children_of((interface.id, address.ip)),
        )


_OF_NETWORKS: Final = (
    *(Subnet, RouteTable, SecurityGroup, NetworkAcl, NatGateway, Ipv4Gateway, Ipv6Gateway),
    *(Ipv6Bandwidth, RouteTargetGroup),
)
"""What belongs to a network as a whole."""


def _parent_of(resource: Resource) -> object:
    """Return the parent of a resource: an id, an interface's id with an address, or None without one."""
    parent: object = None
    match resource:
        case Interface(attachment=None) | Instance() | VirtualAddress() | Ipv6Address() | CidrReservation():
            parent = resource.subnet_id
        case Interface():
            attachment = resource.attachment
            parent = attachment and (attachment.trunk_id or attachment.instance_id)
        case Disk():
            parent = resource.attachment and resource.attachment.instance_id
        case _ if isinstance(resource, _OF_NETWORKS):
            parent = resource.network_id
        case FlowLog():
            parent = resource.watched_id
        case NetworkRoute():
            parent = resource.table_id
        case Permission():
            parent = resource.interface_id
        case PublicAddress():
            bound = resource.association and attrs.astuple(resource.association)
            parent = bound or resource.gateway_id
        case SnatRule() | DnatRule() | EgressRule():
            parent = resource.gateway_id
    return parent


def fields_shown(value: Any, hidden: Container[str]) -> dict[str, Any]:  # noqa: ANN401 - resource or address
    """Return the fields that are not empty, as a snapshot has them, but for those that are ``hidden``."""
    found: dict[str, Any] = {}
    kind: Any = type(value)
    for name, field in fields_of(kind).items():
        part = getattr(value, name)
        if isinstance(part, AddressPool):
            found[f"free_in_{name}"] = part.free
        elif part and name not in hidden:
            found[name] = field.codec.write(part, ROOT, Places())
    if isinstance(value, PublicAddress | VirtualAddress):
        found["ip"] = format_ipv4(value.ip)
    return found
