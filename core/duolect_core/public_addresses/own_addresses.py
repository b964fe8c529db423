"""Giving instances public addresses of their own, and taking them away.

Such an address is no resource: it has no id and no name, is in no list and no quota of elastic ones, stands
for the primary private address of the instance's primary interface, and goes with the instance.
"""

from collections.abc import Mapping
from typing import Any

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.instances import operations
from duolect_core.model.instances import Instance
from duolect_core.model.lifecycles import STEADY_INSTANCE, InstanceState


@attrs.frozen(kw_only=True)
class SetPublicIps:
    """Give instances public addresses of their own, or take them away: all of them, or none.

    ``wanted`` None leaves them as they are. One that has an address keeps the very same. ``extras`` is
    stored over what the instances have. ``allowed`` names the states that they may be in.

    Raises:
        InstanceNotFound, InstanceWrongState: one of them cannot be changed.
        InstanceHasPublicAddress: an elastic one is associated with the primary address of one of them.
        PublicAddressesExhausted: the region has too few left.
    """

    instance_ids: tuple[str, ...]
    wanted: bool | None = None
    extras: Mapping[str, Any] = attrs.field(factory=dict)
    allowed: tuple[InstanceState, ...] = STEADY_INSTANCE

    def apply(self, partition: Partition) -> tuple[Instance, ...]:
        """Return the instances as they are now."""
        instances, graph = self.check(partition), partition.graph
        for instance in instances:
            instance.extras = {**instance.extras, **self.extras}
            if self.wanted is False:
                graph.release_public_ip(instance)
                instance.public_ip_returns = False
            elif self.wanted and instance.public_ip is None:
                graph.assign_public_ip(instance, partition.generator)
        return instances

    def check(self, partition: Partition) -> tuple[Instance, ...]:
        """Return the instances, or raise what keeps them as they are."""
        graph = partition.graph
        instances = operations.find(partition, self.instance_ids, self.allowed)
        if self.wanted:
            new = [instance for instance in instances if instance.public_ip is None]
            for instance in new:
                primary = graph.interfaces[graph.primary_interfaces[instance.id]]
                elastic = graph.public_address_of(primary, primary.primary_ip)
                if elastic is not None:
                    raise errors.InstanceHasPublicAddress(instance.id, elastic.id)
            if len(new) > graph.public_pool.free:
                raise errors.PublicAddressesExhausted(len(new), graph.public_pool.free)
        return instances
