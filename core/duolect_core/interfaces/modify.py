"""Modifying interfaces, changing their groups, and carrying them over to an instance in one operation.

An operation in two halves (free the interface, then attach it) looks at the instance when it begins, keeps
its slot there, and looks once more between the halves: an instance that is busy or gone by then fails it,
and the interface is left free.
"""

from collections.abc import Mapping
from typing import Any

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.interfaces.lifecycle import CreateInterface
from duolect_core.model.lifecycles import INTERFACE_LIFECYCLE, InterfaceState, Trigger, allowed_from
from duolect_core.model.resources import (
    Attachment,
    Destination,
    Interface,
    InterfaceKind,
    OperationKind,
    Subnet,
)
from duolect_core.relations import capacity, compatibility, lookup

_DETACHABLE = allowed_from(INTERFACE_LIFECYCLE, Trigger.DETACH)
_OF_PRIMARY = frozenset({"name", "description", "extras", "queue_pairs", "rdma"})
"""What can be modified of a primary interface where the cloud fixes the rest."""


@attrs.frozen(kw_only=True)
class ModifyInterface:
    """Change what is said of an interface; None leaves a value as it is.

    ``group_ids`` replaces the interface's groups, ``extras`` is stored over what it has.

    Raises:
        InterfaceNotFound, GroupNotFound, InterfaceManaged: there is none to modify.
        PrimaryOnlyNamed, PrimaryQueuesFixed: the cloud fixes the rest of a primary interface.
        GroupRequired, GroupMembersExceeded, GroupInterfacesExceeded and what ``lookup.groups_for`` and
        ``compatibility.check_groups`` raise: the groups.
        what ``compatibility.check_rdma`` and ``compatibility.check_queues`` raise: the settings.
    """

    interface_id: str
    name: str | None = None
    description: str | None = None
    group_ids: tuple[str, ...] | None = None
    delete_on_release: bool | None = None
    queues: int | None = None
    queue_pairs: int | None = None
    rdma: bool | None = None
    protected: bool | None = None
    extras: Mapping[str, Any] | None = None

    def apply(self, partition: Partition) -> Interface:
        """Return the interface as it is now."""
        interface, changes = self.check(partition)
        if "group_ids" in changes:
            partition.graph.set_groups(interface, changes.pop("group_ids"))
        if "name" in changes:
            partition.graph.interface_names.rename(interface, changes.pop("name"))
        for name, value in changes.items():
            setattr(interface, name, value)
        return interface

    def check(self, partition: Partition) -> tuple[Interface, dict[str, Any]]:
        """Return the interface and its new values by name, or raise what keeps it as it is."""
        graph = partition.graph
        interface = lookup.interface(graph, self.interface_id)
        for group_id in self.group_ids or ():
            lookup.group(graph, group_id)
        if interface.managed:
            raise errors.InterfaceManaged(interface.id)
        changes = {
            field.name: value
            for field in attrs.fields(type(self))[1:]
            if (value := getattr(self, field.name)) is not None
        }
        if interface.kind is InterfaceKind.PRIMARY and not partition.rules.primary_modifiable:
            if self.queues is not None:
                raise errors.PrimaryQueuesFixed(interface.id)
            if not changes.keys() <= _OF_PRIMARY:
                raise errors.PrimaryOnlyNamed(interface.id)
        if self.extras is not None:
            changes["extras"] = {**interface.extras, **self.extras}
        if self.group_ids is not None:
            changes["group_ids"] = tuple(dict.fromkeys(self.group_ids))
            self._check_groups(partition, interface, changes["group_ids"])
        _check_settings(partition, interface, changes)
        return interface, changes

    def _check_groups(self, partition: Partition, interface: Interface, group_ids: tuple[str, ...]) -> None:
        if partition.rules.interface_needs_group and not group_ids:
            raise errors.GroupRequired(interface.id)
        _check_groups(partition, interface, group_ids)
        joined = [group_id for group_id in group_ids if group_id not in interface.group_ids]
        groups = [partition.graph.groups[group_id] for group_id in joined]
        capacity.check_groups(partition, groups, interface.ipv4_singles)


def _check_groups(partition: Partition, interface: Interface, group_ids: tuple[str, ...]) -> None:
    """Raise where an interface cannot be in all these groups together."""
    graph, rules = partition.graph, partition.rules
    lookup.groups_for(graph, rules, group_ids, interface.network_id, interface.id)
    if interface.attachment is None:
        return
    instance = graph.instances[interface.attachment.instance_id]
    instance_type = rules.instance_types[instance.type_name]
    wanted = attrs.evolve(interface, group_ids=group_ids)
    compatibility.check_groups(graph, wanted, instance, instance_type)


def _check_settings(partition: Partition, interface: Interface, changes: Mapping[str, Any]) -> None:
    """Raise where the interface cannot have its new queues or its new traffic mode."""
    graph, attachment = partition.graph, interface.attachment
    settings = {name: changes[name] for name in ("queues", "queue_pairs", "rdma") if name in changes}
    wanted = attrs.evolve(interface, **settings)
    if wanted.rdma and not interface.rdma:
        compatibility.check_rdma_alone(wanted)
    if attachment is None:
        return
    instance = graph.instances[attachment.instance_id]
    instance_type = partition.rules.instance_types[instance.type_name]
    others = compatibility.other_interfaces(graph, interface, instance)
    if settings.keys() & {"queue_pairs", "rdma"}:
        compatibility.check_rdma(wanted, instance_type, others)
    if "queues" in settings:
        compatibility.check_queues(wanted, instance_type, others)


def _members(
    partition: Partition, interface_ids: tuple[str, ...], group_ids: tuple[str, ...]
) -> list[Interface]:
    """Return the interfaces that may join or leave groups, all of which must be there."""
    graph = partition.graph
    interfaces = [lookup.interface(graph, interface_id) for interface_id in dict.fromkeys(interface_ids)]
    for group_id in group_ids:
        lookup.group(graph, group_id)
    for interface in interfaces:
        if interface.managed:
            raise errors.InterfaceManaged(interface.id)
        if partition.rules.groups_need_steady_state:
            compatibility.check_steady(graph, interface)
    return interfaces


@attrs.frozen(kw_only=True)
class JoinGroups:
    """Put each of the interfaces into each of the groups: all, or none. What it is in already stays.

    Raises:
        InterfaceNotFound, GroupNotFound, InterfaceManaged: what was named.
        InterfaceWrongState, InstanceWrongState: an interface is busy, where that matters.
        GroupMembersExceeded, GroupInterfacesExceeded and what ``lookup.groups_for`` and
        ``compatibility.check_groups`` raise: the groups.
    """

    interface_ids: tuple[str, ...]
    group_ids: tuple[str, ...]

    def apply(self, partition: Partition) -> tuple[Interface, ...]:
        """Return the interfaces."""
        interfaces = self.check(partition)
        for interface in interfaces:
            partition.graph.set_groups(interface, self._together(interface))
        return interfaces

    def check(self, partition: Partition) -> tuple[Interface, ...]:
        """Return the interfaces, or raise what keeps one of them out of one of the groups."""
        interfaces = _members(partition, self.interface_ids, self.group_ids)
        for interface in interfaces:
            _check_groups(partition, interface, self._together(interface))
        for group_id in dict.fromkeys(self.group_ids):
            new = [interface for interface in interfaces if group_id not in interface.group_ids]
            addresses = sum(interface.ipv4_singles for interface in new)
            capacity.check_groups(partition, [partition.graph.groups[group_id]], addresses, len(new))
        return tuple(interfaces)

    def _together(self, interface: Interface) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*interface.group_ids, *self.group_ids)))


@attrs.frozen(kw_only=True)
class LeaveGroups:
    """Take each of the interfaces out of each of the groups: all, or none.

    Raises:
        InterfaceNotFound, GroupNotFound, InterfaceManaged: what was named.
        InterfaceWrongState, InstanceWrongState: an interface is busy, where that matters.
        NotInGroup: an interface is not in one of the groups, where the cloud minds.
        LastGroup: an interface would be in no group, where it must be in one.
    """

    interface_ids: tuple[str, ...]
    group_ids: tuple[str, ...]

    def apply(self, partition: Partition) -> tuple[Interface, ...]:
        """Return the interfaces."""
        interfaces = self.check(partition)
        for interface in interfaces:
            partition.graph.set_groups(interface, self._left(interface))
        return interfaces

    def check(self, partition: Partition) -> tuple[Interface, ...]:
        """Return the interfaces, or raise what keeps one of them in its groups."""
        rules = partition.rules
        interfaces = _members(partition, self.interface_ids, self.group_ids)
        for interface in interfaces:
            for group_id in self.group_ids:
                if group_id not in interface.group_ids and rules.leaving_unjoined_refused:
                    raise errors.NotInGroup(interface.id, group_id)
            if rules.interface_needs_group and not self._left(interface):
                raise errors.LastGroup(interface.id)
        return tuple(interfaces)

    def _left(self, interface: Interface) -> tuple[str, ...]:
        return tuple(group_id for group_id in interface.group_ids if group_id not in self.group_ids)


@attrs.frozen(kw_only=True)
class MigrateInterface:
    """Carry an interface over from one instance to another, in one operation.

    Raises:
        InterfaceNotFound, InstanceNotFound: what was named.
        InterfaceManaged: not the caller's to migrate.
        InterfaceNotAttached, InterfaceKindUnsupported, TrunkHoldsMembers, InterfaceWrongState,
        InstanceWrongState, HotPlugUnsupported: the source cannot give it.
        InterfaceAlreadyAttached: the destination is the source.
        what ``compatibility.attachment_to`` raises: the destination cannot take it.
    """

    interface_id: str
    source_instance_id: str
    destination_instance_id: str
    extension: bool = False

    def apply(self, partition: Partition) -> Interface:
        """Start the migration and return the interface, now DETACHING."""
        interface = self.check(partition)
        interface.state = INTERFACE_LIFECYCLE[(interface.state, Trigger.DETACH)]
        partition.graph.set_destination(interface, self._destination())
        _, (interface.pending,) = partition.begin(
            OperationKind.MIGRATE_INTERFACE,
            Trigger.DETACHED,
            partition.rules.durations.detach,
            interface.id,
        )
        return interface

    def check(self, partition: Partition) -> Interface:
        """Return the interface, or raise what keeps it where it is."""
        graph = partition.graph
        interface = lookup.interface(graph, self.interface_id)
        source = lookup.instance(graph, self.source_instance_id)
        destination = lookup.instance(graph, self.destination_instance_id)
        if interface.managed:
            raise errors.InterfaceManaged(interface.id)
        attachment = interface.attachment
        if attachment is None or attachment.instance_id != source.id:
            instance_id = None if attachment is None else attachment.instance_id
            raise errors.InterfaceNotAttached(interface.id, source.id, instance_id)
        compatibility.check_attachable_kind(interface)
        if graph.interfaces_by_trunk.ids(interface.id):
            raise errors.TrunkHoldsMembers(interface.id)
        if interface.state not in _DETACHABLE:
            raise errors.InterfaceWrongState(interface.id, interface.state, _DETACHABLE)
        compatibility.check_instance(source)
        compatibility.check_hot_plug(partition.rules.instance_types[source.type_name], source)
        if destination is source:
            raise errors.InterfaceAlreadyAttached(interface.id, source.id)
        compatibility.attachment_to(partition, interface, destination, self._destination())
        return interface

    def _destination(self) -> Destination:
        return Destination(self.destination_instance_id, extension=self.extension)


@attrs.frozen
class CreateAndAttachInterface:
    """Create an interface and attach it to an instance, in one operation.

    Raises:
        InstanceNotFound, InterfaceManaged and what ``CreateInterface`` raises: it cannot be created.
        what ``compatibility.attachment_to`` raises: the instance cannot take it.
    """

    create: CreateInterface
    instance_id: str = attrs.field(kw_only=True)
    extension: bool = attrs.field(default=False, kw_only=True)

    def apply(self, partition: Partition) -> Interface:
        """Return the new interface, PENDING where creating takes time and else ATTACHING."""
        subnet, attachment = self.check(partition)
        durations, kind = partition.rules.durations, OperationKind.CREATE_AND_ATTACH_INTERFACE
        interface = self.create.add(partition, subnet)
        if interface.state is InterfaceState.PENDING:
            partition.graph.set_destination(interface, self._destination())
            _, (interface.pending,) = partition.begin(
                kind, Trigger.PROVISIONED, durations.provision_interface, interface.id
            )
            return interface
        partition.graph.attach(interface, attachment)
        interface.state = INTERFACE_LIFECYCLE[(interface.state, Trigger.ATTACH)]
        _, (interface.pending,) = partition.begin(kind, Trigger.ATTACHED, durations.attach, interface.id)
        return interface

    def check(self, partition: Partition) -> tuple[Subnet, Attachment]:
        """Return the subnet and the attachment of the new interface, or raise what keeps it from being."""
        instance = lookup.instance(partition.graph, self.instance_id)
        subnet = self.create.check(partition)
        if self.create.managed:
            raise errors.InterfaceManaged("")
        draft = self.create.draft(partition, subnet, self.create.addresses.placeholders())
        return subnet, compatibility.attachment_to(partition, draft, instance, self._destination())

    def _destination(self) -> Destination:
        return Destination(self.instance_id, extension=self.extension)
