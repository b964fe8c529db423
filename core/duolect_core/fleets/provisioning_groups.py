"""Creating, modifying and deleting provisioning groups. Their instances are launched beside them."""

from collections.abc import Mapping
from typing import Any

import attrs

from duolect_core.engine.partition import Partition
from duolect_core.model.fleets import ProvisioningGroup, ProvisioningTask
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import lookup

_TASKS_KEPT = 100
"""How many tasks of a group are remembered: the latest."""


@attrs.frozen(kw_only=True)
class CreateProvisioningGroup:
    """Create a provisioning group of instances that were launched for it.

    ``launches`` are what came of each try to launch some, in the cloud's own words.

    Raises:
        InstanceNotFound, TagQuotaExceeded: it cannot be had.
    """

    name: str
    delivery: str
    total: int
    on_demand: int = 0
    spot: int = 0
    description: str = ""
    instance_ids: tuple[str, ...] = ()
    launches: tuple[Mapping[str, Any], ...] = ()
    tags: Mapping[str, str] = attrs.field(factory=dict)
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> ProvisioningGroup:
        """Return the provisioning group."""
        self.check(partition)
        instance_ids = tuple(dict.fromkeys(self.instance_ids))
        created = ProvisioningGroup(
            id=partition.new_id(ResourceKind.PROVISIONING_GROUP, partition.graph.provisioning_groups),
            order=partition.next_order(),
            created=partition.now,
            name=self.name,
            description=self.description,
            tags=dict(self.tags),
            extras=self.extras,
            delivery=self.delivery,
            total=self.total,
            on_demand=self.on_demand,
            spot=self.spot,
            instance_ids=instance_ids,
            tasks=(ProvisioningTask(at=partition.now, created_ids=instance_ids, launches=self.launches),),
        )
        partition.graph.add_provisioning_group(created)
        return created

    def check(self, partition: Partition) -> None:
        """Raise what keeps the provisioning group from being created."""
        for instance_id in self.instance_ids:
            lookup.instance(partition.graph, instance_id)
        lookup.check_tags(partition.rules, self.tags)


@attrs.frozen(kw_only=True)
class ModifyProvisioningGroup:
    """Change what is said of a provisioning group, and which instances are in it.

    None leaves a value as it is, and ``extras`` goes over its own. ``joining_ids`` come in and
    ``leaving_ids`` are let go; where there are any of them, or ``launches``, that is a task of its own.

    Raises:
        ProvisioningGroupNotFound, InstanceNotFound: what was named.
    """

    group_id: str
    name: str | None = None
    total: int | None = None
    on_demand: int | None = None
    spot: int | None = None
    joining_ids: tuple[str, ...] = ()
    leaving_ids: tuple[str, ...] = ()
    launches: tuple[Mapping[str, Any], ...] = ()
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> ProvisioningGroup:
        """Return the provisioning group."""
        group = self.check(partition)
        if self.name is not None:
            group.name = self.name
        for part in ("total", "on_demand", "spot"):
            if (value := getattr(self, part)) is not None:
                setattr(group, part, value)
        group.extras = {**group.extras, **self.extras}
        members = [each for each in group.instance_ids if each not in self.leaving_ids]
        group.instance_ids = tuple(dict.fromkeys((*members, *self.joining_ids)))
        if self.joining_ids or self.leaving_ids or self.launches:
            task = ProvisioningTask(
                at=partition.now,
                created_ids=self.joining_ids,
                removed_ids=self.leaving_ids,
                launches=self.launches,
            )
            group.tasks = (*group.tasks, task)[-_TASKS_KEPT:]
        return group

    def check(self, partition: Partition) -> ProvisioningGroup:
        """Return the provisioning group, or raise what is not there."""
        group = lookup.provisioning_group(partition.graph, self.group_id)
        for instance_id in self.joining_ids:
            lookup.instance(partition.graph, instance_id)
        return group


@attrs.frozen
class DeleteProvisioningGroup:
    """Delete a provisioning group. Its instances stay.

    Raises:
        ProvisioningGroupNotFound: there is none.
    """

    group_id: str

    def apply(self, partition: Partition) -> ProvisioningGroup:
        """Return the provisioning group that was there."""
        group = self.check(partition)
        partition.graph.remove_provisioning_group(group)
        return group

    def check(self, partition: Partition) -> ProvisioningGroup:
        """Return the provisioning group, or raise that there is none."""
        return lookup.provisioning_group(partition.graph, self.group_id)
