"""The rows of the map: what it has to know of a resource to draw it."""

from typing import Final

import attrs

from duolect.members import member
from duolect.state.kinds import kind_of
from duolect_core.addressing.pools import format_ipv4
from duolect_core.engine.partition import Partition
from duolect_core.model.instances import Instance
from duolect_core.model.public_addresses import PublicAddress
from duolect_core.model.resources import Interface, Resource, Subnet
from duolect_core.model.routes import Route, RouteTable
from duolect_core.model.virtual_addresses import VirtualAddress

_MOST_PUBLIC: Final = 3


@attrs.frozen(kw_only=True)
class MapPending:
    """What a resource waits for."""

    trigger: str = member("what will happen to it")
    kind: str = member("the operation that it ends")
    operation: str = member("the operation's id")
    started: int = member("when it began, in microseconds since 1970")
    due: int = member("when it ends; where it is held, when it would have ended")
    held: bool = member("whether it hangs until it is released")


@attrs.frozen(kw_only=True)
class MapRow:
    """A resource on the map."""

    id: str = member("its id")
    kind: str = member("network, subnet, instance, interface, ...")
    order: int = member("its place in the order of creation")
    name: str = member("its name, if it has one")
    state: str = member("its state, if it has states")
    network: str = member("the network that it is in")
    subnet: str = member("the subnet that it is in")
    instance: str = member("the instance that it is attached to")
    role: str = member("of an interface: primary, secondary, trunk or member")
    ip: str = member("its primary private address, or its virtual one")
    public: tuple[str, ...] = member("some of its public addresses")
    groups: tuple[str, ...] = member("the security groups that it is in")
    pending: MapPending | None = member("what it waits for")


def row_of(partition: Partition, resource: Resource) -> MapRow:
    """Return the row of a resource."""
    interface = resource if isinstance(resource, Interface) else None
    attachment = None if interface is None else interface.attachment
    return MapRow(
        id=resource.id,
        kind=kind_of(resource),
        order=resource.order,
        name=resource.name,
        state=getattr(resource, "state", ""),
        network=getattr(resource, "network_id", None) or "",
        subnet=_subnet(resource),
        instance="" if attachment is None else attachment.instance_id,
        role="" if interface is None else interface.kind,
        ip=_private(resource),
        public=_public(partition, resource),
        groups=() if interface is None else interface.group_ids,
        pending=pending_of(partition, resource),
    )


def _subnet(resource: Resource) -> str:
    return resource.subnet_id if isinstance(resource, Instance | Interface | VirtualAddress) else ""


def _private(resource: Resource) -> str:
    if isinstance(resource, VirtualAddress):
        return format_ipv4(resource.ip)
    return format_ipv4(resource.primary_ip) if isinstance(resource, Interface) else ""


def _public(partition: Partition, resource: Resource) -> tuple[str, ...]:
    graph = partition.graph
    if isinstance(resource, PublicAddress):
        return (format_ipv4(resource.ip),)
    if isinstance(resource, Instance):
        return () if resource.public_ip is None else (format_ipv4(resource.public_ip),)
    if not isinstance(resource, Interface | VirtualAddress):
        return ()
    ids = tuple(graph.public_addresses_by_interface.ids(resource.id))[:_MOST_PUBLIC]
    return tuple(format_ipv4(graph.public_addresses[each].ip) for each in ids)


def pending_of(partition: Partition, resource: Resource) -> MapPending | None:
    """Return what a resource waits for, or an address of it."""
    if isinstance(resource, Subnet | RouteTable | Route) or not hasattr(resource, "pending"):
        return None
    numbers = [resource.pending]
    if isinstance(resource, Interface):
        numbers += [each.pending for each in (*resource.ipv4, *resource.ipv6)]
    number = next((each for each in numbers if each is not None), None)
    if number is None:
        return None
    transition = partition.timeline.planned_as(number)
    operation = transition.operation
    return MapPending(
        trigger=transition.trigger.value,
        kind=operation.kind,
        operation=operation.id,
        started=operation.started,
        due=transition.due,
        held=operation.held,
    )
