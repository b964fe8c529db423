"""What has happened, what is under way, and what waits for it."""

from collections.abc import Container, Iterator
from enum import StrEnum
from itertools import pairwise

from duolect_core.engine.partition import Partition
from duolect_core.engine.timeline import Transition
from duolect_core.graph.graph import Graph
from duolect_core.model.dhcp_options import DhcpOptionsSet
from duolect_core.model.disk_lifecycles import COPY_LIFECYCLE, DISK_LIFECYCLE, CopyState, DiskState
from duolect_core.model.disks import Disk, DiskCopy, Image
from duolect_core.model.flow_logs import FlowLog
from duolect_core.model.gateways import EgressRule, Gateway, Ipv6Address
from duolect_core.model.instances import Instance
from duolect_core.model.lifecycles import (
    ACL_LIFECYCLE,
    ADDRESS_LIFECYCLE,
    ADDRESS_TRIGGERS,
    INSTANCE_LIFECYCLE,
    INTERFACE_LIFECYCLE,
    PROVISION_LIFECYCLE,
    PUBLIC_ADDRESS_LIFECYCLE,
    ROUTE_LIFECYCLE,
    SERVICE_LIFECYCLE,
    VIRTUAL_ADDRESS_LIFECYCLE,
    AclState,
    AddressState,
    InstanceState,
    InterfaceState,
    ProvisionState,
    PublicAddressState,
    RouteState,
    ServiceState,
    Trigger,
    VirtualAddressState,
)
from duolect_core.model.lists import ValueList
from duolect_core.model.nat_gateways import DnatRule, NatGateway, SnatRule
from duolect_core.model.public_addresses import (
    AddressSegment,
    BandwidthPackage,
    Ipv6Bandwidth,
    PublicAddress,
)
from duolect_core.model.resources import LATEST, Instant, Interface, Network, OperationState, Subnet
from duolect_core.model.routes import RouteTargetGroup
from duolect_core.model.virtual_addresses import CidrReservation, VirtualAddress
from duolect_core.security_groups.lists.contents import KINDS

_Service = (
    NatGateway
    | SnatRule
    | DnatRule
    | BandwidthPackage
    | ValueList
    | Gateway
    | DhcpOptionsSet
    | Ipv6Address
    | Ipv6Bandwidth
    | EgressRule
    | RouteTargetGroup
    | FlowLog
    | CidrReservation
    | AddressSegment
)
_MOVING = frozenset(
    {
        InterfaceState.PENDING,
        InterfaceState.ATTACHING,
        InterfaceState.DETACHING,
        InterfaceState.DELETING,
        InstanceState.PENDING,
        InstanceState.STARTING,
        InstanceState.STOPPING,
        InstanceState.REBOOTING,
        InstanceState.DELETING,
        ProvisionState.PENDING,
        ProvisionState.DELETING,
        PublicAddressState.PENDING,
        PublicAddressState.ASSOCIATING,
        PublicAddressState.DISASSOCIATING,
        PublicAddressState.RELEASING,
        RouteState.PENDING,
        RouteState.MODIFYING,
        RouteState.DELETING,
        VirtualAddressState.PENDING,
        VirtualAddressState.ASSOCIATING,
        VirtualAddressState.DISASSOCIATING,
        VirtualAddressState.DELETING,
        ServiceState.PENDING,
        ServiceState.MODIFYING,
        ServiceState.DELETING,
        AclState.PENDING,
        AclState.MODIFYING,
        AclState.ASSOCIATING,
        AclState.DISASSOCIATING,
        AclState.DELETING,
        DiskState.PENDING,
        DiskState.ATTACHING,
        DiskState.DETACHING,
        DiskState.RESIZING,
        DiskState.RESTORING,
        DiskState.DELETING,
        CopyState.PENDING,
    }
)


def check(partition: Partition) -> Iterator[str]:
    """Yield a sentence for each violated invariant."""
    yield from _check_history(partition)
    yield from _check_timeline(partition)
    yield from _check_operations(partition)


def _check_history(partition: Partition) -> Iterator[str]:
    """Check that everything was created in its order, and nothing in the future."""
    graph = partition.graph
    for table in graph.tables():
        orders = [resource.order for resource in table.values()]
        if any(older >= newer for older, newer in pairwise((0, *orders, partition.created + 1))):
            yield f"{next(iter(table), 'a table')} and its like are not in the order of creation"
    orders = [resource.order for resource in graph.resources()]
    if len(set(orders)) < len(orders):
        yield "two resources have one place in the order of creation"
    past: list[tuple[str, Instant | None]] = [(each.id, each.created) for each in graph.resources()]
    past += [(each.id, each.started) for each in graph.instances.values()]
    past += [(each.id, each.modified) for each in graph.routes.values()]
    past += [(each.id, each.modified) for each in graph.nat_gateways.values()]
    past += [
        (each.id, entry.modified) for each in graph.network_acls.values() for entry in each.all_entries
    ]
    past += [(each.id, each.modified) for each in graph.snapshots.values()]
    past += [(each.id, each.modified) for each in graph.disk_backups.values()]
    past += [(each.id, each.modified) for each in graph.snapshot_groups.values()]
    listed: list[ValueList] = [each for kind in KINDS for each in graph.table(kind).values()]
    past += [(each.id, each.modified) for each in listed]
    past += [(each.id, entry.modified) for each in listed for entry in each.entries]
    past += [(each.id, each.detached) for each in graph.disks.values()]
    past += [
        (each.id, each.attachment.since) for each in graph.disks.values() if each.attachment is not None
    ]
    past += [(each.id, each.started) for each in graph.operations.values()]
    for interface in graph.interfaces.values():
        past += [(interface.id, each.since) for each in interface.special_addresses]
        if interface.attachment is not None:
            past.append((interface.id, interface.attachment.since))
    past += [(value, each.at) for (_, value), each in partition.idempotency.entries().items()]
    for name, instant in past:
        if instant is not None and not 0 <= instant <= partition.now:
            yield f"{name}: something happened at {instant}, which is in the future or before all time"


def _check_timeline(partition: Partition) -> Iterator[str]:
    graph = partition.graph
    awaited: dict[str, list[Transition]] = {}
    for transition in partition.timeline.pending():
        awaited.setdefault(transition.resource_id, []).append(transition)
        if transition.due < partition.now and not transition.operation.held:
            yield f"{transition.resource_id}: {transition.trigger} is overdue"
    yield from _check_interfaces(graph, awaited)
    for instance in graph.instances.values():
        every = awaited.pop(instance.id, [])
        waits = [transition for transition in every if transition.trigger is not Trigger.RECLAIMED]
        reclaims = [each.number for each in every if each.trigger is Trigger.RECLAIMED]
        if reclaims != [each for each in (instance.reclaim,) if each is not None]:
            yield f"{instance.id}: is reclaimed by {instance.reclaim}, which is not its transition"
        yield from _check_waiting(instance.id, instance.state, INSTANCE_LIFECYCLE, waits)
        yield from _check_pending(instance, waits)
        if any(transition.operation is not instance.operation for transition in waits):
            yield f"{instance.id}: its latest operation is not the one that moves it"
    yield from _check_addresses_alone(graph, awaited)
    places: tuple[Network | Subnet, ...] = (*graph.networks.values(), *graph.subnets.values())
    for place in places:
        waits = awaited.pop(place.id, [])
        yield from _check_waiting(place.id, place.state, PROVISION_LIFECYCLE, waits)
    others: list[tuple[str, StrEnum, Container[tuple[StrEnum, Trigger]]]] = [
        *((each.id, each.state, ROUTE_LIFECYCLE) for each in graph.route_tables.values()),
        *((each.id, each.state, ROUTE_LIFECYCLE) for each in graph.routes.values()),
        *((each.id, each.state, ACL_LIFECYCLE) for each in graph.network_acls.values()),
    ]
    for name, state, lifecycle in others:
        yield from _check_waiting(name, state, lifecycle, awaited.pop(name, []))
    yield from _check_services(graph, awaited)
    yield from _check_disks(graph, awaited)
    for resource_id in awaited:
        yield f"{resource_id}: a transition of nothing"


def _check_interfaces(graph: Graph, awaited: dict[str, list[Transition]]) -> Iterator[str]:
    for interface in graph.interfaces.values():
        waits = awaited.pop(interface.id, [])
        at_rest = interface.pending is None and interface.state not in _MOVING
        if at_rest and not waits and not interface.special_addresses:
            continue  # as nearly all
        yield from _check_addresses(interface, [t for t in waits if t.trigger in ADDRESS_TRIGGERS])
        waits = [transition for transition in waits if transition.trigger not in ADDRESS_TRIGGERS]
        yield from _check_waiting(interface.id, interface.state, INTERFACE_LIFECYCLE, waits)
        yield from _check_pending(interface, waits)


def _check_addresses_alone(graph: Graph, awaited: dict[str, list[Transition]]) -> Iterator[str]:
    """Check the addresses that are resources of their own."""
    for public in (*graph.public_addresses.values(), *graph.public_ipv6_addresses.values()):
        waits = awaited.pop(public.id, [])
        yield from _check_waiting(public.id, public.state, PUBLIC_ADDRESS_LIFECYCLE, waits)
        yield from _check_pending(public, waits)
    for virtual in graph.virtual_addresses.values():
        waits = awaited.pop(virtual.id, [])
        yield from _check_waiting(virtual.id, virtual.state, VIRTUAL_ADDRESS_LIFECYCLE, waits)
        yield from _check_pending(virtual, waits)


def _check_services(graph: Graph, awaited: dict[str, list[Transition]]) -> Iterator[str]:
    """Check gateways, their rules, packages, DHCP options, lists and target groups, and their waiting."""
    services: list[_Service] = [*graph.nat_gateways.values(), *graph.snat_rules.values()]
    services += [*graph.dnat_rules.values(), *graph.bandwidth_packages.values()]
    services += [*graph.ipv4_gateways.values(), *graph.ipv6_gateways.values()]
    services += [*graph.dhcp_options_sets.values(), *graph.flow_logs.values()]
    services += [*graph.address_segments.values(), *graph.cidr_reservations.values()]
    services += [*graph.ipv6_addresses.values(), *graph.ipv6_bandwidths.values()]
    services += graph.egress_rules.values()
    services += graph.route_target_groups.values()
    services += [each for kind in KINDS for each in graph.table(kind).values()]
    for each in services:
        waits = awaited.pop(each.id, [])
        yield from _check_waiting(each.id, each.state, SERVICE_LIFECYCLE, waits)
        yield from _check_pending(each, waits)


def _check_disks(graph: Graph, awaited: dict[str, list[Transition]]) -> Iterator[str]:
    for disk in graph.disks.values():
        waits = awaited.pop(disk.id, [])
        yield from _check_waiting(disk.id, disk.state, DISK_LIFECYCLE, waits)
        yield from _check_pending(disk, waits)
    copies: list[DiskCopy | Image] = [*graph.snapshots.values(), *graph.disk_backups.values()]
    for copy in [*copies, *graph.images.values()]:
        waits = awaited.pop(copy.id, [])
        yield from _check_waiting(copy.id, copy.state, COPY_LIFECYCLE, waits)
        yield from _check_pending(copy, waits)


def _check_addresses(interface: Interface, waits: list[Transition]) -> Iterator[str]:
    """Check that each address waits for what its state says, or comes with its interface, as plain ones."""
    coming = interface.state in {InterfaceState.PENDING, InterfaceState.CREATE_FAILED}
    triggers = {transition.number: transition.trigger for transition in waits}
    addresses = interface.special_addresses
    if not (waits or addresses):
        return
    for address in addresses:
        steady = AddressState.PENDING if coming else AddressState.AVAILABLE
        if address.pending is None and address.state is not steady:
            yield f"{interface.id}: {address} waits for nothing"
        if address.pending is not None and (
            (address.state, triggers.get(address.pending)) not in ADDRESS_LIFECYCLE
        ):
            yield f"{interface.id}: {address} waits for {triggers.get(address.pending)}"
    if triggers.keys() - {address.pending for address in addresses}:
        yield f"{interface.id}: a transition of addresses that are not there"


def _check_waiting(
    name: str,
    state: StrEnum,
    lifecycle: Container[tuple[StrEnum, Trigger]],
    waits: list[Transition],
) -> Iterator[str]:
    if len(waits) != (state in _MOVING):
        yield f"{name}: {state} with {len(waits)} transitions to come"
    for transition in waits:
        if (state, transition.trigger) not in lifecycle:
            yield f"{name}: {state} knows no {transition.trigger}"


def _check_pending(
    resource: Interface | Instance | PublicAddress | VirtualAddress | _Service | Disk | DiskCopy | Image,
    waits: list[Transition],
) -> Iterator[str]:
    if resource.pending != next((transition.number for transition in waits), None):
        yield f"{resource.id}: waits for {resource.pending}, which is not its transition"


def _check_operations(partition: Partition) -> Iterator[str]:
    running = {id(transition.operation) for transition in partition.timeline.pending()}
    ends = {each.id: each.due for each in partition.graph.operations.values()}
    ends |= {each.operation.id: max(each.due, each.operation.due) for each in partition.timeline.pending()}
    for name, due in ends.items():
        if due > LATEST:
            yield f"{name}: ends at {due}, when time is over"
    for transition in partition.timeline.pending():
        if transition.operation.state is not OperationState.RUNNING:
            yield f"{transition.operation.id}: {transition.operation.state} before its transition is due"
    for name, operation in partition.graph.operations.items():
        if operation.state is OperationState.RUNNING and id(operation) not in running:
            yield f"{name}: runs although nothing is due that could end it"
