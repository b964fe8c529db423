"""What becomes of disks and snapshots when an operation on them ends."""

from types import MappingProxyType
from typing import Final

import attrs

from duolect_core.engine.partition import Partition, Transitions
from duolect_core.engine.timeline import Transition
from duolect_core.model.disk_lifecycles import COPY_LIFECYCLE, DISK_LIFECYCLE, DiskState
from duolect_core.model.lifecycles import Trigger, ends_of
from duolect_core.model.rules import ResourceKind

_CHANGED: Final = frozenset(
    {Trigger.RESIZED, Trigger.RESIZE_FAILED, Trigger.RESTORED, Trigger.RESTORE_FAILED}
)


def _move_disk(partition: Partition, transition: Transition) -> None:
    """Move a disk on: what is attached goes on being in use."""
    graph, trigger = partition.graph, transition.trigger
    disk = graph.disks[transition.resource_id]
    disk.state = DISK_LIFECYCLE[(disk.state, trigger)]
    disk.pending = None
    if disk.state is DiskState.GONE:
        graph.remove_disk(disk)
    elif trigger in _CHANGED:
        disk.size, disk.new_size = (disk.new_size if trigger is Trigger.RESIZED else disk.size), 0
        if disk.attachment is not None:
            disk.state = DiskState.IN_USE
    elif trigger is Trigger.ATTACHED and disk.attachment is not None:
        graph.attach_disk(disk, attrs.evolve(disk.attachment, since=partition.now))
    elif trigger in {Trigger.DETACHED, Trigger.ATTACH_FAILED}:
        graph.attach_disk(disk, None)
        disk.detached = partition.now


def _move_snapshot(partition: Partition, transition: Transition) -> None:
    snapshot = partition.graph.snapshots[transition.resource_id]
    snapshot.state = COPY_LIFECYCLE[(snapshot.state, transition.trigger)]
    snapshot.pending, snapshot.modified = None, partition.now


TRANSITIONS: Final[Transitions] = MappingProxyType(
    {
        ResourceKind.DISK: dict.fromkeys(ends_of(DISK_LIFECYCLE), _move_disk),
        ResourceKind.SNAPSHOT: dict.fromkeys(ends_of(COPY_LIFECYCLE), _move_snapshot),
    }
)
"""The handlers of disks and snapshots."""
