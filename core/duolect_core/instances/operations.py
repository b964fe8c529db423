"""What all commands on instances do: find them in the right state, and begin operations on them."""

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.model.instances import Instance
from duolect_core.model.lifecycles import INSTANCE_LIFECYCLE, InstanceState, Trigger
from duolect_core.model.resources import OperationKind
from duolect_core.relations import lookup, waiting


def begin(  # noqa: PLR0913 - all that an operation is
    partition: Partition,
    kind: OperationKind,
    trigger: Trigger,
    duration: int,
    instances: tuple[Instance, ...],
    *,
    detail: str = "",
    separate: bool = False,
) -> None:
    """Begin the operation of a command on instances; a command that names none begins nothing.

    A ``separate`` one comes along with the command's own, or with none.
    """
    if not instances:
        return
    operation = waiting.begin(partition, kind, trigger, duration, *instances, separate=separate)
    operation.detail = detail
    for instance in instances:
        instance.operation = operation


def find(
    partition: Partition,
    instance_ids: tuple[str, ...],
    allowed: tuple[InstanceState, ...],
    *tolerated: InstanceState,
    paid: bool = False,
) -> tuple[Instance, ...]:
    """Return the named instances, all of which must be in an allowed state or in one that is tolerated.

    Where they must be ``paid`` for, none of them may have lapsed.
    """
    instances = tuple(
        lookup.instance(partition.graph, instance_id) for instance_id in dict.fromkeys(instance_ids)
    )
    for instance in instances:
        if instance.state not in {*allowed, *tolerated}:
            raise errors.InstanceWrongState(instance.id, instance.state, allowed)
        if paid and instance.subscription is not None and not instance.subscription.is_paid:
            raise errors.SubscriptionLapsed(instance.id)
    return instances


def reboot(
    partition: Partition, kind: OperationKind, instances: tuple[Instance, ...], detail: str = ""
) -> None:
    """Begin to reboot instances that are RUNNING, as an operation of this kind, and of this detail."""
    for instance in instances:
        instance.state = INSTANCE_LIFECYCLE[(instance.state, Trigger.REBOOT)]
    begin(partition, kind, Trigger.REBOOTED, partition.rules.durations.reboot, instances, detail=detail)
