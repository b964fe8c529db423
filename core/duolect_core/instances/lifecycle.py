"""Starting, rebooting, stopping, deleting and reclaiming instances."""

from collections.abc import Mapping
from typing import Any

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.instances import lapses, operations
from duolect_core.model.instances import Instance
from duolect_core.model.lifecycles import INSTANCE_LIFECYCLE, InstanceState, Trigger, allowed_from
from duolect_core.model.resources import Instant, OperationKind
from duolect_core.relations import removal


@attrs.frozen
class StartInstances:
    """Start stopped instances: all of them, or none. ``detail`` says in the cloud's own words what for.

    One that lost its own public address when it was stopped gets another one, as long as any is free.

    Raises:
        InstanceNotFound, InstanceWrongState, SubscriptionLapsed: one of them cannot be started.
    """

    instance_ids: tuple[str, ...]
    detail: str = ""

    def apply(self, partition: Partition) -> tuple[Instance, ...]:
        """Return the instances, now STARTING."""
        instances = self.check(partition)
        for instance in instances:
            instance.state = INSTANCE_LIFECYCLE[(instance.state, Trigger.START)]
            partition.graph.return_public_ip(instance, partition.generator)
        kind, duration = OperationKind.START_INSTANCES, partition.rules.durations.start
        operations.begin(partition, kind, Trigger.STARTED, duration, instances, detail=self.detail)
        return instances

    def check(self, partition: Partition) -> tuple[Instance, ...]:
        """Return the instances, or raise what keeps them from being started."""
        return operations.find(
            partition, self.instance_ids, allowed_from(INSTANCE_LIFECYCLE, Trigger.START), paid=True
        )


@attrs.frozen
class StopInstances:
    """Stop running instances: all of them, or none. Their interfaces stay attached.

    ``extras`` is stored on the instances, over what they have. Those that stop are to lose the public
    addresses of their own where ``frees_public_ips``; elastic ones stay.

    Raises:
        InstanceNotFound, InstanceWrongState: one of them cannot be stopped.
    """

    instance_ids: tuple[str, ...]
    extras: Mapping[str, Any] = attrs.field(factory=dict)
    frees_public_ips: bool = False

    def apply(self, partition: Partition) -> tuple[Instance, ...]:
        """Return the instances, now STOPPING."""
        instances = self.check(partition)
        for instance in instances:
            instance.state = INSTANCE_LIFECYCLE[(instance.state, Trigger.STOP)]
            instance.extras = {**instance.extras, **self.extras}
            instance.public_ip_returns = self.frees_public_ips and instance.public_ip is not None
        duration = partition.rules.durations.stop
        operations.begin(partition, OperationKind.STOP_INSTANCES, Trigger.STOPPED, duration, instances)
        return instances

    def check(self, partition: Partition) -> tuple[Instance, ...]:
        """Return the instances, or raise what keeps them from being stopped."""
        return operations.find(partition, self.instance_ids, allowed_from(INSTANCE_LIFECYCLE, Trigger.STOP))


@attrs.frozen
class RebootInstances:
    """Reboot running instances: all of them, or none. ``detail`` says in the cloud's own words what for.

    Raises:
        InstanceNotFound, InstanceWrongState: one of them cannot be rebooted.
    """

    instance_ids: tuple[str, ...]
    detail: str = ""

    def apply(self, partition: Partition) -> tuple[Instance, ...]:
        """Return the instances, now REBOOTING."""
        instances = self.check(partition)
        operations.reboot(partition, OperationKind.REBOOT_INSTANCES, instances, self.detail)
        return instances

    def check(self, partition: Partition) -> tuple[Instance, ...]:
        """Return the instances, or raise what keeps them from being rebooted."""
        return operations.find(
            partition, self.instance_ids, allowed_from(INSTANCE_LIFECYCLE, Trigger.REBOOT)
        )


@attrs.frozen(kw_only=True)
class DeleteInstances:
    """Delete instances: all of them, or none. ``force`` allows running ones.

    Those that are paid for in advance are given back first where the cloud does so: they stop, and are
    deleted when they are named again, or after a time. ``detail`` says it in the cloud's own words.

    Raises:
        InstanceNotFound, InstanceWrongState, InstanceProtected: one of them cannot be deleted.
        SubscriptionRunning: one of them is paid for, and the cloud takes none back.
        InstanceHoldsRoutes: routes lead to one of them, where that holds it.
    """

    instance_ids: tuple[str, ...]
    force: bool = False
    detail: str = ""

    def apply(self, partition: Partition) -> tuple[Instance, ...]:
        """Return the instances, now DELETING or given back; those that could not be launched are GONE."""
        instances = self.check(partition)
        returned = tuple(instance for instance in instances if _is_paid_for(instance))
        for instance in instances:
            if instance in returned:
                continue
            instance.state = INSTANCE_LIFECYCLE[(instance.state, Trigger.DELETE)]
            if instance.state is InstanceState.GONE:
                removal.remove_instance(partition, instance, keeps_disks=False)
        going = tuple(instance for instance in instances if instance.state is InstanceState.DELETING)
        duration = partition.rules.durations.delete_instance
        operations.begin(partition, OperationKind.DELETE_INSTANCES, Trigger.DELETED, duration, going)
        lapses.give_back(partition, returned, self.detail, going)
        return instances

    def check(self, partition: Partition) -> tuple[Instance, ...]:
        """Return the instances, or raise what keeps them from being deleted."""
        allowed = (InstanceState.STOPPED, InstanceState.RUNNING) if self.force else (InstanceState.STOPPED,)
        failed = InstanceState.LAUNCH_FAILED
        instances = operations.find(partition, self.instance_ids, allowed, failed)
        for instance in instances:
            if _is_paid_for(instance) and not partition.rules.returns_first:
                raise errors.SubscriptionRunning(instance.id)
            if instance.protected:
                raise errors.InstanceProtected(instance.id)
            if partition.rules.routes_hold:
                for route_id in partition.graph.routes_by_hop.ids(instance.id):
                    raise errors.InstanceHoldsRoutes(instance.id, route_id)
        return instances


def _is_paid_for(instance: Instance) -> bool:
    return instance.subscription is not None and instance.subscription.is_paid


@attrs.frozen
class ReclaimInstance:
    """Announce that the cloud takes a spot instance back, which it does after so long, whatever its state.

    Until then it can be stopped and deleted as any other one. ``notice`` is in microseconds.

    Raises:
        InstanceNotFound, InstanceWrongState: there is none, or it is not up, or announced already.
    """

    instance_id: str
    notice: Instant

    def apply(self, partition: Partition) -> Instance:
        """Return the instance, which knows the transition by which it goes."""
        instance = self.check(partition)
        _, (instance.reclaim,) = partition.begin(
            OperationKind.RECLAIM, Trigger.RECLAIMED, self.notice, instance.id
        )
        return instance

    def check(self, partition: Partition) -> Instance:
        """Return the instance, or raise what keeps it from being reclaimed."""
        states = (InstanceState.RUNNING, InstanceState.STOPPED)
        (instance,) = operations.find(partition, (self.instance_id,), states)
        if instance.reclaim is not None:
            raise errors.InstanceWrongState(instance.id, instance.state, states)
        return instance
