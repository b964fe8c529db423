"""Whether an interface and an instance fit together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, Protocol

from duolect_core import errors
from duolect_core.model.lifecycles import (
    INTERFACE_LIFECYCLE,
    STEADY_INSTANCE,
    STEADY_INTERFACE,
    InstanceState,
    InterfaceState,
    Trigger,
    allowed_from,
)
from duolect_core.model.resources import Attachment, Destination, GroupKind, Interface, InterfaceKind
from duolect_core.relations import capacity, lookup

if TYPE_CHECKING:
    from duolect_core.engine.partition import Partition
    from duolect_core.graph.graph import Graph
    from duolect_core.model.instances import Instance
    from duolect_core.model.rules import InstanceType

_ATTACHABLE = allowed_from(INTERFACE_LIFECYCLE, Trigger.ATTACH)
_PARTS: Final = frozenset({InterfaceKind.PRIMARY, InterfaceKind.MEMBER})
"""The kinds of interfaces that are part of an instance or a trunk."""


class Wanted(Protocol):
    """Where and how an interface shall be attached: what ``Destination`` says too."""

    @property
    def instance_id(self) -> str:
        """The instance."""
        ...

    @property
    def card(self) -> int | None:
        """Its network card, where one is named."""
        ...

    @property
    def trunk_id(self) -> str | None:
        """The trunk, where the interface shall be a member of one."""
        ...

    @property
    def extension(self) -> bool:
        """Whether it shall have an extension slot."""
        ...


def trunk(graph: Graph, trunk_id: str) -> Interface:
    """Return the interface named as the trunk, or raise ``TrunkNotFound``."""
    found = graph.interfaces.get(trunk_id)
    if found is None:
        raise errors.TrunkNotFound(trunk_id)
    return found


def check_instance(instance: Instance) -> None:
    """Raise unless interfaces may come to and go from the instance in its present state."""
    if instance.classic:
        raise errors.InstanceClassicNetwork(instance.id)
    if instance.state not in STEADY_INSTANCE:
        raise errors.InstanceWrongState(instance.id, instance.state, STEADY_INSTANCE)


def check_steady(graph: Graph, interface: Interface) -> None:
    """Raise unless the interface, and the instance of a primary one, is in a steady state."""
    if interface.state not in STEADY_INTERFACE:
        raise errors.InterfaceWrongState(interface.id, interface.state, STEADY_INTERFACE)
    if interface.kind is InterfaceKind.PRIMARY and interface.attachment is not None:
        check_instance(graph.instances[interface.attachment.instance_id])


def check_hot_plug(instance_type: InstanceType, instance: Instance) -> None:
    """Raise ``HotPlugUnsupported`` where the instance, which is of the type, must be stopped first."""
    if not instance_type.hot_plug and instance.state is InstanceState.RUNNING:
        raise errors.HotPlugUnsupported(instance.id, instance_type.name)


def check_attachable_kind(interface: Interface) -> None:
    """Raise ``InterfaceKindUnsupported`` for an interface that is part of an instance or a trunk."""
    if interface.kind in _PARTS:
        raise errors.InterfaceKindUnsupported(interface.id, interface.kind)


def check_free(interface: Interface) -> None:
    """Raise unless the interface can be attached to some instance.

    Raises:
        InterfaceManaged, InterfaceKindUnsupported: it is not the caller's to attach.
        InterfaceAlreadyAttached, InterfaceWrongState: it is in use or on its way.
    """
    if interface.managed:
        raise errors.InterfaceManaged(interface.id)
    check_attachable_kind(interface)
    if interface.state is InterfaceState.IN_USE and interface.attachment is not None:
        raise errors.InterfaceAlreadyAttached(interface.id, interface.attachment.instance_id)
    if interface.state not in _ATTACHABLE:
        raise errors.InterfaceWrongState(interface.id, interface.state, _ATTACHABLE)


def attachment_to(
    partition: Partition, interface: Interface, instance: Instance, wanted: Wanted
) -> Attachment:
    """Return the attachment of a free interface to an instance as it is wanted, or raise why there is none.

    Raises:
        GroupRequired, InstanceClassicNetwork, InstanceWrongState and what ``check`` raises.
    """
    if partition.rules.attach_needs_group and not interface.group_ids:
        raise errors.GroupRequired(interface.id)
    check_instance(instance)
    check(partition, interface, instance, wanted)
    used, index = partition.graph.used_device_indexes(instance.id), 1
    while index in used:
        index += 1
    return Attachment(instance.id, index, partition.now, wanted.card, wanted.trunk_id, wanted.extension)


def check(partition: Partition, interface: Interface, instance: Instance, wanted: Wanted) -> None:
    """Raise the first reason why the interface cannot be attached to the instance in this way."""
    graph, rules = partition.graph, partition.rules
    instance_type = rules.instance_types[instance.type_name]
    if interface.network_id != instance.network_id:
        raise errors.NetworkMismatch(interface.id, interface.network_id, instance.id, instance.network_id)
    if interface.zone != instance.zone:
        raise errors.ZoneMismatch(interface.zone, instance.zone)
    check_hot_plug(instance_type, instance)
    if wanted.trunk_id is not None:
        _check_trunk(interface, instance, graph.interfaces[wanted.trunk_id], instance_type)
    others = other_interfaces(graph, interface, instance)
    limit = partition.command_fault.interface_limit
    if limit is not None and wanted.trunk_id is None:
        _check_limit(partition, instance, others, limit)
    check_carried(graph, interface, wanted, instance_type, others)


def _check_limit(partition: Partition, instance: Instance, others: list[Interface], limit: int) -> None:
    """Raise where the instance has no slot left of the fewer ones that the command under way shall find."""
    attachments = [_attachment(other, instance.id) for other in others]
    if sum(attachment.trunk_id is None for attachment in attachments) >= limit:
        partition.fault_applied = True
        raise errors.InterfacesPerInstanceExceeded(instance.id, limit)


def check_carried(
    graph: Graph,
    interface: Interface,
    wanted: Wanted,
    instance_type: InstanceType,
    others: list[Interface],
) -> None:
    """Raise why an instance of the type cannot carry the interface in this way, together with others.

    ``others`` are the interfaces that it has, or is going to have, the primary one among them.

    Raises:
        InterfacesUnsupported, NetworkCardInvalid, TrunkUnsupported, TrunkFull,
        InterfacesPerInstanceExceeded: the type has no place for it.
        RdmaOnMember: a trunk carries no interfaces in RDMA mode.
        what ``check_kinds``, ``capacity.check_attached``, ``check_rdma`` and ``check_queues`` raise: its
        groups, addresses and settings.
    """
    no_extension = wanted.extension and not instance_type.extension_interfaces
    if not instance_type.supports_interfaces or no_extension:
        raise errors.InterfacesUnsupported(instance_type.name)
    if wanted.card is not None and not 0 <= wanted.card < instance_type.network_cards:
        raise errors.NetworkCardInvalid(instance_type.name, wanted.card, instance_type.network_cards)
    primary = next(other for other in others if other.kind is InterfaceKind.PRIMARY)
    check_kinds(graph, {*interface.group_ids, *primary.group_ids}, wanted.instance_id, instance_type)
    if interface.kind is InterfaceKind.TRUNK and not instance_type.members:
        raise errors.TrunkUnsupported(instance_type.name)
    _check_slots(instance_type, others, wanted)
    capacity.check_attached(interface.id, instance_type, interface.ipv4_count, interface.ipv6_count)
    if wanted.trunk_id is not None and interface.rdma:
        raise errors.RdmaOnMember(interface.id)
    check_rdma(interface, instance_type, others)
    check_queues(interface, instance_type, others)


def check_type(graph: Graph, instance: Instance, instance_type: InstanceType) -> None:
    """Raise why the instance, with all interfaces that it has or that come to it, cannot be of the type.

    Raises:
        what ``check_kinds``, ``capacity.check_attached``, ``check_queues`` and ``check_carried`` raise.
    """
    primary = graph.interfaces[graph.primary_interfaces[instance.id]]
    check_kinds(graph, primary.group_ids, instance.id, instance_type)
    capacity.check_attached(primary.id, instance_type, primary.ipv4_count, primary.ipv6_count)
    check_queues(primary, instance_type, [])
    carried = [primary]
    for interface in other_interfaces(graph, primary, instance):
        check_carried(graph, interface, _attachment(interface, instance.id), instance_type, carried)
        carried.append(interface)


def other_interfaces(graph: Graph, interface: Interface, instance: Instance) -> list[Interface]:
    """Return the other interfaces that are attached to the instance, or on their way to it."""
    attached = graph.interfaces_by_instance.ids(instance.id)
    coming = graph.interfaces_by_destination.ids(instance.id)
    return [graph.interfaces[other_id] for other_id in (*attached, *coming) if other_id != interface.id]


def check_groups(
    graph: Graph, interface: Interface, instance: Instance, instance_type: InstanceType
) -> None:
    """Raise where the groups of the interface do not fit the instance type or its primary interface's.

    Raises:
        what ``check_kinds`` raises: they are of the wrong kind.
    """
    primary = graph.interfaces[graph.primary_interfaces[instance.id]]
    check_kinds(graph, (*interface.group_ids, *primary.group_ids), instance.id, instance_type)


def check_kinds(
    graph: Graph, group_ids: Iterable[str], instance_id: str, instance_type: InstanceType
) -> None:
    """Raise where interfaces of one instance cannot be in all these groups.

    Raises:
        GroupKindUnsupported, GroupKindsMixed: they are of the wrong kind.
    """
    kinds = {lookup.group(graph, group_id).kind for group_id in group_ids}
    if GroupKind.ENTERPRISE in kinds and not instance_type.supports_enterprise_groups:
        raise errors.GroupKindUnsupported(instance_type.name, GroupKind.ENTERPRISE)
    if len(kinds) > 1:
        raise errors.GroupKindsMixed(instance_id)


def _check_trunk(
    interface: Interface, instance: Instance, trunk: Interface, instance_type: InstanceType
) -> None:
    if interface.kind is not InterfaceKind.SECONDARY:
        raise errors.CannotBecomeMember(interface.id, interface.kind)
    if trunk.kind is not InterfaceKind.TRUNK:
        raise errors.NotATrunk(trunk.id, trunk.kind)
    if trunk.network_id != interface.network_id:
        raise errors.TrunkNetworkMismatch(trunk.id, trunk.network_id, interface.id, interface.network_id)
    if not instance_type.members:
        raise errors.TrunkUnsupported(instance_type.name)
    if trunk.state is not InterfaceState.IN_USE or trunk.attachment is None:
        raise errors.TrunkNotInUse(trunk.id, trunk.state)
    if trunk.attachment.instance_id != instance.id:
        raise errors.TrunkElsewhere(trunk.id, instance.id)


def _attachment(interface: Interface, instance_id: str) -> Attachment | Destination:
    """Return how an interface is attached to the instance, or else is going to be."""
    attachment = interface.attachment
    if attachment is not None and attachment.instance_id == instance_id:
        return attachment
    return interface.destination or Destination(instance_id)


def _check_slots(instance_type: InstanceType, others: list[Interface], wanted: Wanted) -> None:
    if len(others) < instance_type.interfaces and wanted.trunk_id is None and not wanted.extension:
        return  # even if each of the others has an ordinary slot
    instance_id = wanted.instance_id
    members = extensions = 0
    for other in others:
        attachment = _attachment(other, instance_id)
        if attachment.trunk_id is not None:
            members += 1
        elif attachment.extension:
            extensions += 1
    if wanted.trunk_id is not None:
        if members >= instance_type.members:
            raise errors.TrunkFull(wanted.trunk_id, instance_type.members)
    elif wanted.extension:
        if extensions >= instance_type.extension_interfaces:
            raise errors.InterfacesPerInstanceExceeded(instance_id, instance_type.extension_interfaces)
    elif len(others) - members - extensions >= instance_type.interfaces:
        raise errors.InterfacesPerInstanceExceeded(instance_id, instance_type.interfaces)


def check_rdma_alone(interface: Interface) -> None:
    """Raise where RDMA mode and another property of the interface exclude each other.

    Raises:
        RdmaOnMember, RdmaOnTrunk, RdmaWithIpv6: they do.
    """
    if interface.kind is InterfaceKind.MEMBER:
        raise errors.RdmaOnMember(interface.id)
    if interface.kind is InterfaceKind.TRUNK:
        raise errors.RdmaOnTrunk(interface.id)
    if interface.ipv6_count:
        raise errors.RdmaWithIpv6(interface.id)


def check_rdma(interface: Interface, instance_type: InstanceType, others: list[Interface]) -> None:
    """Raise where the instance cannot have the interface in its RDMA mode together with the others.

    Raises:
        RdmaUnsupported, RdmaInterfacesExceeded, QueuePairsPerInterfaceExceeded,
        QueuePairsPerInstanceExceeded and what ``check_rdma_alone`` raises: it cannot.
    """
    if not interface.rdma:
        return
    check_rdma_alone(interface)
    if not instance_type.rdma_interfaces:
        raise errors.RdmaUnsupported(instance_type.name)
    busy = [other for other in others if other.rdma]
    if len(busy) >= instance_type.rdma_interfaces:
        raise errors.RdmaInterfacesExceeded(interface.id, instance_type.rdma_interfaces)
    wanted = interface.queue_pairs or instance_type.queue_pairs_per_interface
    if wanted > instance_type.queue_pairs_per_interface:
        raise errors.QueuePairsPerInterfaceExceeded(interface.id, instance_type.queue_pairs_per_interface)
    used = sum(other.queue_pairs or instance_type.queue_pairs_per_interface for other in busy)
    if used + wanted > instance_type.queue_pairs_total:
        raise errors.QueuePairsPerInstanceExceeded(interface.id, instance_type.queue_pairs_total)


def check_queues(interface: Interface, instance_type: InstanceType, others: list[Interface]) -> None:
    """Raise where queues that were asked for cannot be had together with the others'.

    An interface for which none were asked takes what is left.

    Raises:
        QueuesPerInterfaceExceeded, QueuesPerInstanceExceeded: they are too many.
    """
    if interface.queues is None:
        return
    if interface.queues > instance_type.queues_per_interface:
        raise errors.QueuesPerInterfaceExceeded(interface.id, instance_type.queues_per_interface)
    used = sum(effective_queues(other, instance_type) for other in others)
    if used + interface.queues > instance_type.queues_total:
        raise errors.QueuesPerInstanceExceeded(interface.id, instance_type.queues_total)


def effective_queues(interface: Interface, instance_type: InstanceType) -> int:
    """Return the queues of an attached interface: as set, or the type's default for its kind."""
    if interface.queues is not None:
        return interface.queues
    if interface.kind is InterfaceKind.PRIMARY:
        return instance_type.primary_queues
    return instance_type.secondary_queues
