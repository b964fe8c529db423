"""Disks, snapshots of them, and the images that are made of snapshots. Sizes are in GiB."""

from collections.abc import Mapping
from typing import Any

import attrs

from duolect_core.by_fields import Value
from duolect_core.model.disk_lifecycles import CopyState, DiskKind, DiskState
from duolect_core.model.resources import NO_EXTRAS, Instant, Operation, Resource


@attrs.frozen(eq=False, repr=False)
class DiskAttachment(Value):
    """How a disk is attached to an instance, which sees it as ``device``."""

    instance_id: str
    device: str
    since: Instant


@attrs.frozen(kw_only=True, eq=False, repr=False)
class NewDisk(Value):
    """A disk that shall be created: of a snapshot, or empty.

    ``device`` is wanted of the instance that it comes with; an empty one leaves that to the cloud. One that
    is not ``portable`` stays with its instance.
    """

    size: int
    category: str
    name: str = ""
    description: str = ""
    snapshot_id: str = ""
    portable: bool = True
    delete_with_instance: bool = True
    device: str = ""
    extras: Mapping[str, Any] = NO_EXTRAS


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class Disk(Resource):
    """A block device. ``snapshot_id`` is the snapshot that it was created from, which may be gone.

    ``new_size`` is what it is being resized to, and 0 else. ``last_instance_id`` tells which instance it
    was attached to last, and ``detached`` since when it is no more.
    """

    kind: DiskKind
    state: DiskState
    category: str
    size: int
    zone: str
    attachment: DiskAttachment | None = None
    delete_with_instance: bool = False
    portable: bool = True
    snapshot_id: str = ""
    new_size: int = 0
    last_instance_id: str = ""
    detached: Instant | None = None
    pending: int | None = None
    """The timeline's number of the transition this disk waits for, if any."""
    operation: Operation | None = None
    """The latest operation on the disk itself."""


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class Snapshot(Resource):
    """What a disk held at an instant; it outlives the disk. ``kind`` and ``size`` are those of the disk."""

    disk_id: str
    kind: DiskKind
    size: int
    zone: str
    state: CopyState = CopyState.PENDING
    modified: Instant = 0
    pending: int | None = None


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class Image(Resource):
    """An image of the account's own, made of ``snapshot_ids``, that of a system disk first.

    ``size`` is what a system disk must have at least. ``source_id`` is the image that the disk came from.
    """

    snapshot_ids: tuple[str, ...]
    size: int
    source_id: str = ""
    instance_id: str = ""
    state: CopyState = CopyState.PENDING
    pending: int | None = None
