"""Creating, modifying and deleting placement groups, and putting instances into them."""

from collections.abc import Mapping
from typing import Any

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.instances import operations
from duolect_core.model.fleets import PlacementGroup
from duolect_core.model.instances import Instance
from duolect_core.model.lifecycles import STEADY_INSTANCE, InstanceState
from duolect_core.model.resources import OperationKind
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import lookup, placement


@attrs.frozen(kw_only=True)
class CreatePlacementGroup:
    """Create a placement group with room for ``limit`` instances, or for so many in each partition.

    Raises:
        PlacementGroupQuotaExceeded, TagQuotaExceeded: it cannot be had.
    """

    name: str
    strategy: str
    limit: int
    partitions: int = 0
    description: str = ""
    tags: Mapping[str, str] = attrs.field(factory=dict)
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> PlacementGroup:
        """Return the placement group."""
        self.check(partition)
        created = PlacementGroup(
            id=partition.new_id(ResourceKind.PLACEMENT_GROUP, partition.graph.placement_groups),
            order=partition.next_order(),
            created=partition.now,
            name=self.name,
            description=self.description,
            tags=dict(self.tags),
            extras=self.extras,
            strategy=self.strategy,
            limit=self.limit,
            partitions=self.partitions,
        )
        partition.graph.add_placement_group(created)
        return created

    def check(self, partition: Partition) -> None:
        """Raise what keeps the placement group from being created."""
        limit = partition.rules.quotas.placement_groups
        if limit is not None and len(partition.graph.placement_groups) >= limit:
            raise errors.PlacementGroupQuotaExceeded(partition.rules.region, limit)
        lookup.check_tags(partition.rules, self.tags)


@attrs.frozen(kw_only=True)
class ModifyPlacementGroup:
    """Change what is said of a placement group; None leaves a value as it is. ``extras`` goes over its own.

    Raises:
        PlacementGroupNotFound: there is none.
    """

    group_id: str
    name: str | None = None
    description: str | None = None
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> PlacementGroup:
        """Return the placement group."""
        group = self.check(partition)
        if self.name is not None:
            group.name = self.name
        if self.description is not None:
            group.description = self.description
        group.extras = {**group.extras, **self.extras}
        return group

    def check(self, partition: Partition) -> PlacementGroup:
        """Return the placement group, or raise that there is none."""
        return lookup.placement_group(partition.graph, self.group_id)


@attrs.frozen
class DeletePlacementGroups:
    """Delete placement groups: all of them, or none.

    Raises:
        PlacementGroupNotFound, PlacementGroupInUse: one of them is not there, or has instances.
    """

    group_ids: tuple[str, ...]

    def apply(self, partition: Partition) -> None:
        """Take the placement groups out."""
        for group in self.check(partition):
            partition.graph.remove_placement_group(group)

    def check(self, partition: Partition) -> tuple[PlacementGroup, ...]:
        """Return the placement groups, or raise what keeps them."""
        graph = partition.graph
        found = tuple(lookup.placement_group(graph, each) for each in dict.fromkeys(self.group_ids))
        for group in found:
            for instance_id in graph.instances_by_placement_group.ids(group.id):
                raise errors.PlacementGroupInUse(group.id, instance_id)
        return found


@attrs.frozen(kw_only=True)
class PlaceInstances:
    """Put instances into a placement group, or out of theirs where ``group_id`` is empty: all, or none.

    With ``restart`` what is running reboots for it, as an operation that ``detail`` names in the cloud's
    own words. ``number`` is the partition that they get, or 0 for those with most room. Whoever is in the
    group already stays where it is, unless another partition is named.

    Raises:
        InstanceNotFound, InstanceWrongState: one of them cannot be moved.
        what ``placement.find_places`` raises: the group.
    """

    instance_ids: tuple[str, ...]
    group_id: str
    number: int = 0
    restart: bool = False
    detail: str = ""
    allowed: tuple[InstanceState, ...] = STEADY_INSTANCE

    def apply(self, partition: Partition) -> tuple[Instance, ...]:
        """Return the instances as they are now."""
        found, moving, places = self.check(partition)
        for instance, place in zip(moving, places, strict=True):
            partition.graph.put_in_group(instance, self.group_id, place)
        if self.restart:
            running = tuple(each for each in moving if each.state is InstanceState.RUNNING)
            operations.reboot(partition, OperationKind.MODIFY_INSTANCES, running, self.detail)
        return found

    def check(
        self, partition: Partition
    ) -> tuple[tuple[Instance, ...], tuple[Instance, ...], tuple[int, ...]]:
        """Return the instances, those that move, and the partition that each of these gets."""
        found = operations.find(partition, self.instance_ids, self.allowed)
        moving = tuple(each for each in found if not self._stays(each))
        if not self.group_id:
            return found, moving, (0,) * len(moving)
        zones = tuple(each.zone for each in moving)
        leaving = frozenset(each.id for each in moving)
        places = placement.find_places(partition, self.group_id, self.number, zones, leaving)
        return found, moving, places

    def _stays(self, instance: Instance) -> bool:
        return instance.placement_group_id == self.group_id and self.number in {0, instance.partition}
