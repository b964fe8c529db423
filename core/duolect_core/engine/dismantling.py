"""Taking apart what nobody uses any more.

What is dropped as a whole is freed in one step, which takes a second for a million things. Taken apart
before, it goes in small steps, between which other threads can run.
"""

from collections import deque
from collections.abc import Iterator
from typing import Any

from duolect_core.engine.partition import Partition
from duolect_core.graph.index import Index, Names

Container = dict[Any, Any] | set[Any] | list[Any] | deque[Any]


def empty(container: Container) -> None:
    """Let go of what a container holds one by one."""
    while container:
        if isinstance(container, dict):
            container.popitem()
        else:
            container.pop()


def dismantle(partition: Partition) -> None:
    """Empty all that is large in a partition."""
    timeline = partition.timeline
    for transition in tuple(timeline.pending()):
        timeline.cancel(transition.number)
    for container in _containers(partition):
        empty(container)


def _containers(partition: Partition) -> Iterator[Container]:
    owned = [partition.idempotency.entries(), *vars(partition.graph).values()]
    owned += [each.index for each in owned if isinstance(each, Names)]
    for each in owned:
        for held in _slots(each) if isinstance(each, Index) else (each,):
            if isinstance(held, dict | set | list):
                yield held


def _slots(index: Index[Any]) -> Iterator[Any]:
    for kind in type(index).__mro__:
        for name in getattr(kind, "__slots__", ()):
            yield getattr(index, name, None)
