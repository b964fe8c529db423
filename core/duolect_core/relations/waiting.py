"""Resources that wait for the end of an operation: each knows by which transition it is moved on."""

from typing import Protocol

from duolect_core.engine.partition import Partition
from duolect_core.model.lifecycles import Trigger
from duolect_core.model.resources import Instant, Operation, OperationKind


class Waiting(Protocol):
    """A resource that can wait for a transition."""

    id: str
    pending: int | None


def begin(
    partition: Partition,
    kind: OperationKind,
    trigger: Trigger,
    duration: Instant,
    *resources: Waiting,
    separate: bool = False,
) -> Operation:
    """Begin an operation that ``trigger`` ends for each of the resources, and let each wait for its end.

    A ``separate`` one comes along with the command's own (``Partition.begin``).
    """
    operation, numbers = partition.begin(
        kind, trigger, duration, *(each.id for each in resources), separate=separate
    )
    for each, number in zip(resources, numbers, strict=True):
        each.pending = number
    return operation
