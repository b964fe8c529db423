"""Changing what instances are called, which security groups they are in, and of which type they are."""

from collections.abc import Mapping
from typing import Any

import attrs

from duolect_core.engine.partition import Partition
from duolect_core.errors import GroupRequired, InstanceTypeNotFound
from duolect_core.instances import operations
from duolect_core.model.instances import Instance
from duolect_core.model.lifecycles import InstanceState
from duolect_core.model.resources import Interface, OperationKind
from duolect_core.relations import capacity, compatibility, lookup

_PRESENT = tuple(
    state for state in InstanceState if state not in {InstanceState.DELETING, InstanceState.GONE}
)


@attrs.frozen(kw_only=True)
class ModifyInstances:
    """Change what is said of instances: of all of them, or of none. None leaves a value as it is.

    ``group_ids`` replaces the security groups of their primary interfaces, and ``queues`` the queues; 0
    gives back the type's own. ``extras`` is stored over what they have. ``allowed`` names the states that
    they may be in, and where they must be ``paid`` for they must not have lapsed.

    Raises:
        InstanceNotFound, InstanceWrongState, SubscriptionLapsed: one of them cannot be modified.
        GroupNotFound, GroupRequired, GroupMembersExceeded, GroupInterfacesExceeded and what
        ``lookup.groups_for``, ``compatibility.check_instance`` and ``compatibility.check_kinds`` raise: the
        groups.
        QueuesPerInterfaceExceeded, QueuesPerInstanceExceeded: the queues.
    """

    instance_ids: tuple[str, ...]
    name: str | None = None
    description: str | None = None
    protected: bool | None = None
    group_ids: tuple[str, ...] | None = None
    queues: int | None = None
    extras: Mapping[str, Any] | None = None
    allowed: tuple[InstanceState, ...] = _PRESENT
    paid: bool = False

    def apply(self, partition: Partition) -> tuple[Instance, ...]:
        """Return the instances as they are now."""
        found = self.check(partition)
        for instance in found:
            if self.name is not None:
                partition.graph.instance_names.rename(instance, self.name)
            if self.description is not None:
                instance.description = self.description
            if self.protected is not None:
                instance.protected = self.protected
            if self.extras is not None:
                instance.extras = {**instance.extras, **self.extras}
            primary = _primary(partition, instance)
            if self.queues is not None:
                primary.queues = self.queues or None
            if self.group_ids is not None:
                partition.graph.set_groups(primary, tuple(dict.fromkeys(self.group_ids)))
        return found

    def check(self, partition: Partition) -> tuple[Instance, ...]:
        """Return the instances, or raise what keeps them as they are."""
        found = operations.find(partition, self.instance_ids, self.allowed, paid=self.paid)
        if self.group_ids is not None:
            self._check_groups(partition, found, self.group_ids)
        for instance in found:
            self._check_queues(partition, instance)
        return found

    def _check_queues(self, partition: Partition, instance: Instance) -> None:
        primary = _primary(partition, instance)
        wanted = attrs.evolve(primary, queues=self.queues or None)
        others = compatibility.other_interfaces(partition.graph, primary, instance)
        instance_type = partition.rules.instance_types[instance.type_name]
        compatibility.check_queues(wanted, instance_type, others)

    def _check_groups(
        self, partition: Partition, found: tuple[Instance, ...], group_ids: tuple[str, ...]
    ) -> None:
        graph, rules = partition.graph, partition.rules
        for instance in found:
            primary = _primary(partition, instance)
            groups = lookup.groups_for(graph, rules, group_ids, instance.network_id, primary.id)
            if rules.interface_needs_group and not groups:
                raise GroupRequired(primary.id)
            if rules.groups_need_steady_state:
                compatibility.check_instance(instance)
            others = compatibility.other_interfaces(graph, primary, instance)
            together = (*group_ids, *(group_id for other in others for group_id in other.group_ids))
            instance_type = rules.instance_types[instance.type_name]
            compatibility.check_kinds(graph, together, instance.id, instance_type)
        primaries = [_primary(partition, instance) for instance in found]
        for group_id in dict.fromkeys(group_ids):
            new = [primary for primary in primaries if group_id not in primary.group_ids]
            addresses = sum(primary.ipv4_singles for primary in new)
            capacity.check_groups(partition, [lookup.group(graph, group_id)], addresses, len(new))


def _primary(partition: Partition, instance: Instance) -> Interface:
    graph = partition.graph
    return graph.interfaces[graph.primary_interfaces[instance.id]]


@attrs.frozen(kw_only=True)
class RecordChange:
    """Record that something of instances was changed at once, as the latest operation on each of them.

    ``detail`` says what was changed, in the cloud's own words. An instance on which an operation is under
    way keeps that one.

    Raises:
        InstanceNotFound: one of them does not exist.
    """

    instance_ids: tuple[str, ...]
    detail: str

    def apply(self, partition: Partition) -> tuple[Instance, ...]:
        """Return the instances, whose latest operation has succeeded."""
        found = self.check(partition)
        ids = (instance.id for instance in found)
        operation = partition.complete(OperationKind.MODIFY_INSTANCES, *ids, detail=self.detail)
        for instance in found:
            if instance.pending is None:
                instance.operation = operation
        return found

    def check(self, partition: Partition) -> tuple[Instance, ...]:
        """Return the instances, or raise that one of them does not exist."""
        return operations.find(partition, self.instance_ids, tuple(InstanceState))


@attrs.frozen(kw_only=True)
class ResizeInstances:
    """Give instances another type: all of them, or none. They must be stopped.

    With ``restart`` they may be running too: then they reboot into their new type, unless that is for
    ``later``: it is theirs already, and nobody sees which one they run as. ``extras`` is stored on
    the instances, over what they have. ``detail`` says in the cloud's own words what is changed, where it
    is something else than the type.

    Raises:
        InstanceNotFound, InstanceTypeNotFound, InstanceWrongState, SubscriptionLapsed: what was named, and
            the states.
        what ``compatibility.check_type`` raises: the new type does not carry their interfaces.
    """

    instance_ids: tuple[str, ...]
    type_name: str
    restart: bool = False
    later: bool = False
    extras: Mapping[str, Any] = attrs.field(factory=dict)
    detail: str = ""

    def apply(self, partition: Partition) -> tuple[Instance, ...]:
        """Return the instances as they are now; those that were running are REBOOTING."""
        found = self.check(partition)
        for instance in found:
            instance.type_name = self.type_name
            instance.extras = {**instance.extras, **self.extras}
        running = tuple(instance for instance in found if instance.state is InstanceState.RUNNING)
        if not self.later:
            operations.reboot(partition, OperationKind.RESIZE_INSTANCES, running, self.detail)
        return found

    def check(self, partition: Partition) -> tuple[Instance, ...]:
        """Return the instances, or raise what keeps them of the type that they are."""
        states = (InstanceState.STOPPED, InstanceState.RUNNING)
        allowed = states if self.restart else states[:1]
        found = operations.find(partition, self.instance_ids, allowed, paid=True)
        instance_type = partition.rules.instance_types.get(self.type_name)
        if instance_type is None:
            raise InstanceTypeNotFound(self.type_name)
        for instance in found:
            compatibility.check_type(partition.graph, instance, instance_type)
        return found

    def stock(self, partition: Partition) -> tuple[tuple[str, str], ...]:
        """Return of which type, and in which zones, instances must be in stock."""
        zones = dict.fromkeys(partition.graph.instances[each].zone for each in self.instance_ids)
        return tuple((self.type_name, zone) for zone in zones)
