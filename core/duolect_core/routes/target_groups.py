"""Groups of route targets: creating, modifying, switching and deleting them."""

from collections.abc import Mapping
from typing import Any

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.model.lifecycles import SERVICE_LIFECYCLE, ServiceState, Trigger
from duolect_core.model.resources import OperationKind
from duolect_core.model.routes import NextHop, RouteTargetGroup
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import lookup, waiting
from duolect_core.relations.descriptions import describe


@attrs.frozen(kw_only=True)
class CreateRouteTargetGroup:
    """Create a group of route targets in a network. What its members are, the core does not know.

    Raises:
        NetworkNotFound, NetworkBusy: there is none, or it is still being created.
        RouteTargetWeightFixed: two members have the same weight, so that none of them comes first.
        TagQuotaExceeded: there are too many tags.
    """

    network_id: str
    members: tuple[NextHop, ...]
    name: str = ""
    description: str = ""
    tags: Mapping[str, str] = attrs.field(factory=dict)
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> RouteTargetGroup:
        """Return the new group, PENDING where the cloud takes its time over it."""
        self.check(partition)
        graph = partition.graph
        group = RouteTargetGroup(
            id=partition.new_id(ResourceKind.ROUTE_TARGET_GROUP, graph.route_target_groups),
            order=partition.next_order(),
            created=partition.now,
            name=self.name,
            description=self.description,
            tags=self.tags,
            extras=self.extras,
            network_id=self.network_id,
            members=self.members,
        )
        graph.add_route_target_group(group)
        if partition.rules.provision_is_asynchronous:
            group.state = ServiceState.PENDING
            duration = partition.rules.durations.change_target_group
            kind = OperationKind.CREATE_ROUTE_TARGET_GROUP
            waiting.begin(partition, kind, Trigger.PROVISIONED, duration, group)
        return group

    def check(self, partition: Partition) -> None:
        """Raise what keeps the group from being created."""
        lookup.ready_network(partition.graph, self.network_id)
        _check_weights("", self.members)
        lookup.check_tags(partition.rules, self.tags)


@attrs.frozen(kw_only=True)
class ModifyRouteTargetGroup:
    """Change what is said of a group, or put others in the place of members; None leaves a value as it is.

    What is said in ``extras`` alone changes at once; else the group is MODIFYING where that takes time.

    Raises:
        RouteTargetGroupNotFound, RouteTargetGroupBusy: there is none to modify.
        RouteTargetWeightFixed: the members would have other weights.
        RouteTargetActive: another one would be in the place of the member that takes the packets.
    """

    group_id: str
    name: str | None = None
    description: str | None = None
    members: tuple[NextHop, ...] | None = None
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> RouteTargetGroup:
        """Return the group as it is now."""
        group = self.check(partition)
        describe(group, self.name, self.description, self.extras)
        if self.members is not None:
            partition.graph.set_route_targets(group, self.members)
        if (self.name, self.description, self.members) != (None, None, None):
            _modify(partition, OperationKind.MODIFY_ROUTE_TARGET_GROUP, group)
        return group

    def check(self, partition: Partition) -> RouteTargetGroup:
        """Return the group, or raise what keeps it as it is."""
        group = lookup.ready_route_target_group(partition.graph, self.group_id)
        if self.members is not None:
            _check_weights(group.id, self.members)
            if _weights(self.members) != _weights(group.members):
                raise errors.RouteTargetWeightFixed(group.id)
            if group.active() not in self.members:
                raise errors.RouteTargetActive(group.id, group.active().id)
        return group


@attrs.frozen
class SwitchRouteTarget:
    """Let the other member of a group take the packets.

    Raises:
        RouteTargetGroupNotFound, RouteTargetGroupBusy: there is none to switch.
    """

    group_id: str

    def apply(self, partition: Partition) -> RouteTargetGroup:
        """Return the group, MODIFYING where the cloud takes its time over it, else switched."""
        group = self.check(partition)
        if partition.rules.provision_is_asynchronous:
            group.switching = True
            _modify(partition, OperationKind.SWITCH_ROUTE_TARGET, group)
        else:
            group.switched = not group.switched
        return group

    def check(self, partition: Partition) -> RouteTargetGroup:
        """Return the group, or raise what keeps it as it is."""
        return lookup.ready_route_target_group(partition.graph, self.group_id)


@attrs.frozen
class DeleteRouteTargetGroup:
    """Delete a group of route targets to which no route leads.

    Raises:
        RouteTargetGroupNotFound, RouteTargetGroupBusy: there is none to delete.
        RouteTargetGroupHoldsRoutes: a route leads there.
    """

    group_id: str

    def apply(self, partition: Partition) -> RouteTargetGroup:
        """Return the group, DELETING where the cloud takes its time over it, else GONE."""
        group = self.check(partition)
        if partition.rules.provision_is_asynchronous:
            group.state = SERVICE_LIFECYCLE[group.state, Trigger.DELETE]
            duration = partition.rules.durations.change_target_group
            kind = OperationKind.DELETE_ROUTE_TARGET_GROUP
            waiting.begin(partition, kind, Trigger.DELETED, duration, group)
        else:
            partition.graph.remove_route_target_group(group)
        return group

    def check(self, partition: Partition) -> RouteTargetGroup:
        """Return the group, or raise what keeps it."""
        graph = partition.graph
        group = lookup.ready_route_target_group(graph, self.group_id)
        for route_id in graph.routes_by_hop.ids(group.id):
            raise errors.RouteTargetGroupHoldsRoutes(group.id, route_id)
        return group


def _modify(partition: Partition, kind: OperationKind, group: RouteTargetGroup) -> None:
    if partition.rules.provision_is_asynchronous:
        group.state = SERVICE_LIFECYCLE[group.state, Trigger.MODIFY]
        duration = partition.rules.durations.change_target_group
        waiting.begin(partition, kind, Trigger.PROVISIONED, duration, group)


def _weights(members: tuple[NextHop, ...]) -> list[int]:
    return sorted(member.weight for member in members)


def _check_weights(group_id: str, members: tuple[NextHop, ...]) -> None:
    if len(set(_weights(members))) < len(members):
        raise errors.RouteTargetWeightFixed(group_id)
