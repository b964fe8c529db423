"""What was created and not deleted since a mark.

A mark holds the number of the latest record of the journal, and for each partition how many resources it
had created. What a partition holds that was created later, and is not being deleted, has leaked; what is
created and deleted with another resource is not counted beside it.
"""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final
from weakref import ref

import attrs

from duolect.record.journal import Journal, Record
from duolect.state.partitions import Key, Partitions
from duolect_core.engine.partition import Partition
from duolect_core.graph.graph import Graph
from duolect_core.model.lifecycles import InstanceState, InterfaceState
from duolect_core.model.resources import (
    Instance,
    Instant,
    Interface,
    InterfaceKind,
    Permission,
    Resource,
    RouteTable,
)

_MAX_MARKS: Final = 10_000
START: Final = "start"
"""The mark that stands where the emulator became ready."""


@attrs.frozen(kw_only=True)
class Mark:
    """A point in the journal, and how many resources each partition had created by then."""

    id: str
    number: int
    """The number of the latest record in the journal."""
    at: Instant
    created: Mapping[Key, tuple["ref[Partition]", int]]

    def baseline(self, key: Key, partition: Partition, seeded: int) -> int:
        """Return the order of the last resource that a partition had by then, or began with."""
        known, created = self.created.get(key, (None, 0))
        return created if known is not None and known() is partition else seeded


class Marks:
    """The marks that were set, the oldest forgotten first; ``START`` stays."""

    def __init__(self, partitions: Partitions, journal: Journal) -> None:
        """Begin with the mark ``START``, after everything that is there already."""
        self._partitions, self._journal = partitions, journal
        self._count = 0
        self._marks: OrderedDict[str, Mark] = OrderedDict()
        self.start = self._make(START, 0)

    def set(self, at: Instant) -> Mark:
        """Set a mark here and return it."""
        self._count += 1
        mark = self._make(f"mark-{self._count}", at)
        self._marks[mark.id] = mark
        if len(self._marks) > _MAX_MARKS:
            self._marks.popitem(last=False)
        return mark

    def get(self, mark_id: str) -> Mark | None:
        """Return a mark, or None where there is none."""
        return self.start if mark_id == START else self._marks.get(mark_id)

    def _make(self, mark_id: str, at: Instant) -> Mark:
        return Mark(
            id=mark_id,
            number=self._journal.last,
            at=at,
            created={
                key: (ref(partition), partition.created) for key, partition in self._partitions.items()
            },
        )


@attrs.frozen(kw_only=True)
class Leak:
    """A resource that is still there."""

    key: Key
    resource: Resource
    created_by: Record | None
    """The call that made it, where the journal still has it."""


def leaks(
    selected: Iterable[tuple[Key, Partition]], partitions: Partitions, mark: Mark, journal: Journal
) -> Iterator[Leak]:
    """Iterate over what was created since a mark and is still there, in the selected partitions."""
    creators = _creators(journal.records(mark.number))
    for key, partition in selected:
        graph, baseline = partition.graph, mark.baseline(key, partition, partitions.seeded(key))
        left = [
            resource
            for resource in graph.resources()
            if resource.order > baseline and not _is_being_deleted(graph, resource)
        ]
        for resource in sorted(left, key=lambda each: each.order):
            if _owner_of(graph, resource) is None:
                yield Leak(key=key, resource=resource, created_by=creators.get(resource.id))


def state_of(resource: Any) -> str | None:  # noqa: ANN401 - a resource of any kind
    """Return the state of a resource, where its kind has one."""
    state = getattr(resource, "state", None)
    return None if state is None else str(state)


def _creators(records: Iterable[Record]) -> Mapping[str, Record]:
    """Return for each resource the call that created it; what came with a world or a snapshot has none."""
    creators: dict[str, Record] = {}
    for record in records:
        for changed in record.changed:
            for resource_id in changed.made:
                creators.setdefault(resource_id, record)
    return creators


def _is_being_deleted(graph: Graph, resource: Resource) -> bool:
    """Say whether a resource is being deleted, by itself or with its instance."""
    if isinstance(resource, Instance):
        return resource.state is InstanceState.DELETING
    if isinstance(resource, Interface):
        if resource.state is InterfaceState.DELETING:
            return True
        attachment = resource.attachment
        if attachment is None or not (resource.kind is InterfaceKind.PRIMARY or resource.delete_on_release):
            return False
        return _is_being_deleted(graph, graph.instances[attachment.instance_id])
    return False


def _owner_of(graph: Graph, resource: Resource) -> Resource | None:
    """Return the resource with which another is created and deleted, where it is not deleted by itself."""
    if isinstance(resource, Interface) and resource.kind is InterfaceKind.PRIMARY:
        return None if resource.attachment is None else graph.instances[resource.attachment.instance_id]
    if isinstance(resource, Permission):
        return graph.interfaces[resource.interface_id]
    if isinstance(resource, RouteTable):
        network = graph.networks[resource.network_id]
        return network if network.route_table_id == resource.id else None
    return None
