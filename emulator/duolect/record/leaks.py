"""What was created and not deleted since a mark.

What a partition holds that was created after a mark, and is not being deleted, has leaked; what is created
and deleted with another resource is not counted beside it.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import attrs

from duolect.record.journal import Journal, Record
from duolect.record.marks import Mark
from duolect.state.partitions import Key, Partitions
from duolect_core.engine.partition import Partition
from duolect_core.graph.graph import Graph
from duolect_core.model.disk_lifecycles import DiskKind, DiskState
from duolect_core.model.disks import Disk
from duolect_core.model.gateways import Ipv6Gateway
from duolect_core.model.lifecycles import (
    AclState,
    InstanceState,
    InterfaceState,
    ProvisionState,
    PublicAddressState,
    RouteState,
    ServiceState,
    VirtualAddressState,
)
from duolect_core.model.nat_gateways import DnatRule, NatGateway, SnatRule
from duolect_core.model.resources import Interface, InterfaceKind, Permission, Resource
from duolect_core.model.routes import HopKind, Route, RouteTable


@attrs.frozen(kw_only=True)
class Leak:
    """A resource that is still there."""

    key: Key
    resource: Resource
    created_by: Record | None
    """The call that made it, where the journal still has it."""


def leaks(
    selected: Iterable[tuple[Key, Partition]], partitions: Partitions, mark: Mark, journal: Journal
) -> Iterator[Leak]:
    """Iterate over what was created since a mark and is still there, in the selected partitions."""
    creators = _creators(journal.records(mark.number))
    for key, partition in selected:
        graph, baseline = partition.graph, partitions.created_by(key, mark.point)
        for resource in graph.created_after(baseline):
            if not _is_being_deleted(graph, resource) and _owner_of(graph, resource) is None:
                yield Leak(key=key, resource=resource, created_by=creators.get(resource.id))


def state_of(resource: Any) -> str | None:  # noqa: ANN401 - a resource of any kind
    """Return the state of a resource, where its kind has one."""
    state = getattr(resource, "state", None)
    return None if state is None else str(state)


def _creators(records: Iterable[Record]) -> Mapping[str, Record]:
    """Return for each resource the call that created it; what came with a world or a snapshot has none."""
    creators: dict[str, Record] = {}
    for record in records:
        for changed in record.changed:
            for resource_id in changed.created:
                creators.setdefault(resource_id, record)
    return creators


_DELETING: Final = frozenset(
    {
        InstanceState.DELETING,
        InterfaceState.DELETING,
        ProvisionState.DELETING,
        PublicAddressState.RELEASING,
        RouteState.DELETING,
        VirtualAddressState.DELETING,
        AclState.DELETING,
        ServiceState.DELETING,
        DiskState.DELETING,
    }
)


def _is_being_deleted(graph: Graph, resource: Resource) -> bool:
    """Say whether a resource is being deleted, by itself or with what takes it along."""
    if getattr(resource, "state", None) in _DELETING:
        return True
    return any(_is_being_deleted(graph, each) for each in _taken_along_by(graph, resource))


def _taken_along_by(graph: Graph, resource: Resource) -> Iterator[Resource]:
    """Iterate over the instance or the gateways with which a resource is deleted."""
    if isinstance(resource, SnatRule | DnatRule):
        yield graph.nat_gateways[resource.gateway_id]
    elif isinstance(resource, Route):
        yield from _led_to(graph, resource)
    elif isinstance(resource, Interface | Disk) and resource.attachment is not None:
        if isinstance(resource, Disk):
            goes = resource.delete_with_instance
        else:
            goes = resource.kind is InterfaceKind.PRIMARY or resource.delete_on_release
        if goes:
            yield graph.instances[resource.attachment.instance_id]


def _owner_of(graph: Graph, resource: Resource) -> Resource | None:
    """Return the resource with which another is created and deleted, where it is not deleted by itself."""
    if isinstance(resource, Interface):
        return _owner_of_interface(graph, resource)
    if isinstance(resource, Disk):
        return _instance_of(graph, resource)
    if isinstance(resource, Permission):
        return graph.interfaces[resource.interface_id]
    if isinstance(resource, Route):
        return next((each for each in _led_to(graph, resource) if each.route_id == resource.id), None)
    if isinstance(resource, RouteTable):
        network = graph.networks[resource.network_id]
        return network if network.route_table_id == resource.id else None
    return None


def _owner_of_interface(graph: Graph, interface: Interface) -> Resource | None:
    """Return the instance of a primary interface, or the NAT gateway that is in its subnet by it."""
    if interface.kind is InterfaceKind.PRIMARY and interface.attachment is not None:
        return graph.instances[interface.attachment.instance_id]
    gateways = graph.nat_gateways_by_interface.ids(interface.id)
    return next((graph.nat_gateways[each] for each in gateways), None)


def _led_to(graph: Graph, route: Route) -> Iterator[NatGateway | Ipv6Gateway]:
    """Iterate over the gateways that a route leads to, of those that bring routes of their own."""
    for hop in route.hops:
        if hop.kind is HopKind.NAT_GATEWAY and hop.id in graph.nat_gateways:
            yield graph.nat_gateways[hop.id]
        elif hop.kind is HopKind.IPV6_GATEWAY and hop.id in graph.ipv6_gateways:
            yield graph.ipv6_gateways[hop.id]


def _instance_of(graph: Graph, disk: Disk) -> Resource | None:
    """Return the instance that a disk came with, and goes with."""
    if disk.attachment is None or not disk.delete_with_instance:
        return None
    instance = graph.instances[disk.attachment.instance_id]
    return instance if disk.kind is DiskKind.SYSTEM or disk.created == instance.created else None
