"""How far an operation is."""

from duolect_core.engine.partition import Partition
from duolect_core.model.resources import Instant


def of(partition: Partition, number: int | None) -> tuple[int, Instant]:
    """Return how many percent of the time of a planned transition are over, and how much is left of it.

    What is planned is never complete; of nothing all is over.
    """
    if number is None:
        return 100, 0
    operation = partition.timeline.planned_as(number).operation
    whole = max(operation.due - operation.started, 1)
    passed = min(partition.now - operation.started, whole - 1)
    return 100 * passed // whole, whole - passed
