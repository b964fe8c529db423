"""The states of disks, and of copies of them (snapshots, images), and what leads from one to the other."""

from types import MappingProxyType
from typing import Final

from duolect_core.model.lifecycles import Trigger, Word


class DiskKind(Word):
    """What a disk is for an instance."""

    SYSTEM = "system"
    DATA = "data"


class DiskState(Word):
    """Where a disk is in its life. RESTORING is becoming again what it was once."""

    PENDING = "pending"
    AVAILABLE = "available"
    ATTACHING = "attaching"
    IN_USE = "in-use"
    DETACHING = "detaching"
    RESIZING = "resizing"
    RESTORING = "restoring"
    DELETING = "deleting"
    GONE = "gone"


class CopyState(Word):
    """Where a snapshot of a disk, or an image that was made of snapshots, is in its life."""

    PENDING = "pending"
    AVAILABLE = "available"
    CREATE_FAILED = "create-failed"
    GONE = "gone"


DISK_LIFECYCLE: Final = MappingProxyType(
    {
        (DiskState.PENDING, Trigger.PROVISIONED): DiskState.AVAILABLE,
        (DiskState.PENDING, Trigger.ROLLED_BACK): DiskState.GONE,
        (DiskState.AVAILABLE, Trigger.ATTACH): DiskState.ATTACHING,
        (DiskState.ATTACHING, Trigger.ATTACHED): DiskState.IN_USE,
        (DiskState.ATTACHING, Trigger.ATTACH_FAILED): DiskState.AVAILABLE,
        (DiskState.IN_USE, Trigger.DETACH): DiskState.DETACHING,
        (DiskState.DETACHING, Trigger.DETACHED): DiskState.AVAILABLE,
        (DiskState.DETACHING, Trigger.DETACH_FAILED): DiskState.IN_USE,
        (DiskState.AVAILABLE, Trigger.RESIZE): DiskState.RESIZING,
        (DiskState.IN_USE, Trigger.RESIZE): DiskState.RESIZING,
        (DiskState.RESIZING, Trigger.RESIZED): DiskState.AVAILABLE,
        (DiskState.RESIZING, Trigger.RESIZE_FAILED): DiskState.AVAILABLE,
        (DiskState.AVAILABLE, Trigger.RESTORE): DiskState.RESTORING,
        (DiskState.IN_USE, Trigger.RESTORE): DiskState.RESTORING,
        (DiskState.RESTORING, Trigger.RESTORED): DiskState.AVAILABLE,
        (DiskState.RESTORING, Trigger.RESTORE_FAILED): DiskState.AVAILABLE,
        (DiskState.AVAILABLE, Trigger.DELETE): DiskState.DELETING,
        (DiskState.DELETING, Trigger.DELETED): DiskState.GONE,
        (DiskState.DELETING, Trigger.DELETE_FAILED): DiskState.AVAILABLE,
        **{
            (state, trigger): after
            for state in (
                DiskState.ATTACHING,
                DiskState.IN_USE,
                DiskState.DETACHING,
                DiskState.RESIZING,
                DiskState.RESTORING,
            )
            for trigger, after in (
                (Trigger.RELEASED, DiskState.AVAILABLE),
                (Trigger.DELETED, DiskState.GONE),
            )
        },
    }
)
"""A disk's life. One that comes with an instance starts IN_USE; what is attached may go with its instance.

What is attached is IN_USE, not AVAILABLE, once it is resized or restored.
"""
COPY_LIFECYCLE: Final = MappingProxyType(
    {
        (CopyState.PENDING, Trigger.PROVISIONED): CopyState.AVAILABLE,
        (CopyState.PENDING, Trigger.CREATE_FAILED): CopyState.CREATE_FAILED,
        (CopyState.PENDING, Trigger.DELETE): CopyState.GONE,
        (CopyState.AVAILABLE, Trigger.DELETE): CopyState.GONE,
        (CopyState.CREATE_FAILED, Trigger.DELETE): CopyState.GONE,
    }
)
"""The life of a snapshot or an image, which is gone at once."""
STEADY_DISK: Final = (DiskState.AVAILABLE, DiskState.IN_USE)
