"""Disks, copies of them, the images that are made of snapshots, and when snapshots are made by themselves.

Sizes are in GiB.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import attrs

from duolect_core.by_fields import Value
from duolect_core.model.disk_lifecycles import CopyState, DiskKind, DiskState
from duolect_core.model.resources import LATEST, NO_EXTRAS, SECOND, Instant, Operation, Resource

HOUR: Final = 3600 * SECOND
DAY: Final = 24 * HOUR
_OFFSET: Final = 8 * HOUR
"""Schedules count hours and days in the time of Beijing, on both clouds."""
_EPOCH: Final = date(1970, 1, 1).toordinal()
_LONGEST: Final = 366
"""In how many days a schedule comes round at the latest."""


def day_of(at: Instant) -> str:
    """Return the day of an instant, as 20300131, in the time in which schedules count."""
    return date.fromordinal(_EPOCH + (at + _OFFSET) // DAY).strftime("%Y%m%d")


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
    policy_ids: tuple[str, ...] = ()
    delete_auto_snapshots: bool = False
    extras: Mapping[str, Any] = NO_EXTRAS


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class Disk(Resource):
    """A block device. ``snapshot_id`` is the snapshot that it was created from, which may be gone.

    ``new_size`` is what it is being resized to, and 0 else. ``last_instance_id`` tells which instance it
    was attached to last, and ``detached`` since when it is no more. ``policy_ids`` names the policies by
    which snapshots of it are made while ``auto_snapshots`` is true, and ``delete_auto_snapshots`` says
    whether those go along with it.
    ``restoring_id`` is the copy that it is being restored from, if it is.
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
    policy_ids: tuple[str, ...] = ()
    delete_auto_snapshots: bool = False
    auto_snapshots: bool = True
    restoring_id: str = ""
    new_size: int = 0
    last_instance_id: str = ""
    detached: Instant | None = None
    pending: int | None = None
    """The timeline's number of the transition this disk waits for, if any."""
    operation: Operation | None = None
    """The latest operation on the disk itself."""


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class DiskCopy(Resource):
    """What a disk held at an instant. ``kind`` and ``size`` are those of the disk.

    A snapshot that came with the copy of an image names no disk.
    """

    disk_id: str
    kind: DiskKind
    size: int
    zone: str
    state: CopyState = CopyState.PENDING
    modified: Instant = 0
    pending: int | None = None


@attrs.frozen(eq=False, repr=False)
class SnapshotLock(Value):
    """What keeps a snapshot from being deleted for so many days from ``start`` on, 0 as long as it is made.

    For ``cool_off`` hours after it was put on the lock can be taken off, and put on otherwise.
    """

    put_on: Instant
    start: Instant
    days: int
    cool_off: int

    @property
    def firm_from(self) -> Instant:
        """From when on it is not taken off any more."""
        return self.put_on + self.cool_off * HOUR

    @property
    def ends(self) -> Instant:
        """When it opens by itself; the end of time as long as its days do not count yet."""
        return self.start + self.days * DAY if self.start else LATEST


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class Snapshot(DiskCopy):
    """A copy of a disk that outlives it.

    It goes by itself when it ``expires``, which is never where that is 0. ``policy_id`` is the policy by
    which it was made, which may be gone, and ``group_id`` the group that it was made in.
    """

    expires: Instant = 0
    policy_id: str = ""
    group_id: str = ""
    lock: SnapshotLock | None = None


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class DiskBackup(DiskCopy):
    """A copy of a disk that goes with it."""


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class SnapshotGroup(Resource):
    """Snapshots of disks of one instance that were made at one instant; ``instance_id`` may be gone."""

    instance_id: str
    snapshot_ids: tuple[str, ...]
    modified: Instant = 0


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Schedule(Value):
    """Hours of days: of ``weekdays`` (1 is Monday), else of ``month_days``, else of every so many days."""

    hours: tuple[int, ...]
    weekdays: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    every_days: int = 1

    def after(self, at: Instant, since: Instant) -> Instant | None:
        """Return the first time after an instant, or None where that is after all time.

        Every so many days are counted from the day of ``since`` on.
        """
        today, first = (at + _OFFSET) // DAY, (since + _OFFSET) // DAY
        days = (day for day in range(today, today + _LONGEST + 2) if self._is_on(day, first))
        times = (day * DAY + hour * HOUR - _OFFSET for day in days for hour in sorted(self.hours))
        found = next((time for time in times if time > at), LATEST)
        return found if found < LATEST else None

    def _is_on(self, day: int, first: int) -> bool:
        """Say whether it is one of its days; day 0 was a Thursday."""
        if self.weekdays:
            return (day + 3) % 7 + 1 in self.weekdays
        if self.month_days:
            return day * DAY < LATEST and date.fromordinal(_EPOCH + day).day in self.month_days
        return (day - first) % self.every_days == 0


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class SnapshotPolicy(Resource):
    """When snapshots are made of the disks that are bound to it.

    Each is kept for ``retention`` days, or for good where that is 0. ``due`` is when the next ones are, or
    None where none are, as while it is not ``active``.
    """

    schedules: tuple[Schedule, ...]
    retention: int = 0
    active: bool = True
    due: Instant | None = None

    def after(self, at: Instant) -> Instant | None:
        """Return when snapshots are made next after an instant."""
        times = [each.after(at, self.created) for each in self.schedules] if self.active else []
        return min((time for time in times if time is not None), default=None)


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class Image(Resource):
    """An image of the account's own, made of ``snapshot_ids``, that of a system disk first.

    ``size`` is what a system disk must have at least. ``source_id`` is the image that the disk came from.
    ``copied_from`` is the image that it is a copy of, which may be in another region. ``shared_since`` has
    the accounts that it is shared with, and ``public`` says that it is shared with all.
    """

    snapshot_ids: tuple[str, ...]
    size: int
    source_id: str = ""
    instance_id: str = ""
    copied_from: str = ""
    shared_since: Mapping[str, Instant] = NO_EXTRAS
    public: bool = False
    state: CopyState = CopyState.PENDING
    pending: int | None = None

    @property
    def is_shared(self) -> bool:
        """Whether it is shared with anybody."""
        return self.public or bool(self.shared_since)
