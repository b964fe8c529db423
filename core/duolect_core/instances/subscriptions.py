"""Paying for instances in advance: again, for how long, or not any more."""

from collections.abc import Mapping
from typing import Any

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.instances import lapses, operations
from duolect_core.model.instances import Instance, Term
from duolect_core.model.lifecycles import INSTANCE_LIFECYCLE, STEADY_INSTANCE, InstanceState, Trigger
from duolect_core.model.resources import OperationKind

_GONE = (InstanceState.DELETING, InstanceState.GONE, InstanceState.LAUNCH_FAILED)
_PRESENT = tuple(state for state in InstanceState if state not in _GONE)


@attrs.frozen(kw_only=True)
class RenewInstances:
    """Pay for instances for another term: all of them, or none.

    It begins when the one before it ends, or now where that is over or the instance was given back: then
    the instance is there again, and starts where the cloud does so. ``extras`` is stored on the instances.

    Raises:
        InstanceNotFound, InstanceWrongState: one of them cannot be renewed.
        SubscriptionMissing: one of them is not paid for in advance.
    """

    instance_ids: tuple[str, ...]
    term: Term
    renews: Term | None = None
    keeps_renewal: bool = True
    """Whether it renews as before, and not as ``renews`` says."""
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> tuple[Instance, ...]:
        """Return the instances, which are paid for."""
        found = self.check(partition)
        starting = []
        for instance in found:
            old = instance.subscription
            paid = old is not None and old.is_paid
            since = old.expires if old is not None and paid else None
            renews = old.renews if old is not None and self.keeps_renewal else self.renews
            partition.graph.subscribe(instance, lapses.subscription(partition, self.term, renews, since))
            instance.extras = {**instance.extras, **self.extras}
            if not paid and partition.rules.renewal_starts:
                instance.state = INSTANCE_LIFECYCLE[(instance.state, Trigger.START)]
                partition.graph.return_public_ip(instance, partition.generator)
                starting.append(instance)
        kind, duration = OperationKind.START_INSTANCES, partition.rules.durations.start
        operations.begin(partition, kind, Trigger.STARTED, duration, tuple(starting))
        return found

    def check(self, partition: Partition) -> tuple[Instance, ...]:
        """Return the instances, or raise what keeps them from being renewed."""
        found = operations.find(partition, self.instance_ids, STEADY_INSTANCE)
        for instance in found:
            if instance.subscription is None:
                raise errors.SubscriptionMissing(instance.id)
        return found


@attrs.frozen(kw_only=True)
class SetRenewal:
    """Say whether instances are paid for again whenever their term ends, and for how long.

    ``renews`` None is that they are not. ``extras`` is stored on the instances. ``allowed`` names the
    states that they may be in.

    Raises:
        InstanceNotFound, InstanceWrongState, SubscriptionLapsed: one of them is not there, or no more.
        SubscriptionMissing: one of them is not paid for in advance.
    """

    instance_ids: tuple[str, ...]
    renews: Term | None
    extras: Mapping[str, Any] = attrs.field(factory=dict)
    allowed: tuple[InstanceState, ...] = _PRESENT

    def apply(self, partition: Partition) -> tuple[Instance, ...]:
        """Return the instances as they are now."""
        found = self.check(partition)
        for instance in found:
            old = instance.subscription
            if old is not None:
                partition.graph.subscribe(instance, attrs.evolve(old, renews=self.renews))
            instance.extras = {**instance.extras, **self.extras}
        return found

    def check(self, partition: Partition) -> tuple[Instance, ...]:
        """Return the instances, or raise what keeps them as they are."""
        found = operations.find(partition, self.instance_ids, self.allowed, paid=True)
        for instance in found:
            if instance.subscription is None:
                raise errors.SubscriptionMissing(instance.id)
        return found


@attrs.frozen(kw_only=True)
class ChangePayment:
    """Pay for instances in advance from now on, for a term, or for none: by use. All of them, or none.

    ``extras`` is stored on the instances; their disks stay as they are.

    Raises:
        InstanceNotFound, InstanceWrongState, SubscriptionLapsed: one of them cannot be changed.
        SubscriptionPresent, SubscriptionMissing: one of them is paid for in this way already.
    """

    instance_ids: tuple[str, ...]
    term: Term | None
    renews: Term | None = None
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> tuple[Instance, ...]:
        """Return the instances as they are now."""
        graph, found = partition.graph, self.check(partition)
        for instance in found:
            graph.subscribe(instance, lapses.subscription(partition, self.term, self.renews))
            instance.extras = {**instance.extras, **self.extras}
        return found

    def check(self, partition: Partition) -> tuple[Instance, ...]:
        """Return the instances, or raise what keeps them as they are."""
        found = operations.find(partition, self.instance_ids, STEADY_INSTANCE, paid=True)
        for instance in found:
            if self.term is None and instance.subscription is None:
                raise errors.SubscriptionMissing(instance.id)
            if self.term is not None and instance.subscription is not None:
                raise errors.SubscriptionPresent(instance.id)
        return found
