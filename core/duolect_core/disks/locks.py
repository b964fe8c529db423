"""Locks that keep snapshots from being deleted."""

import attrs

from duolect_core import errors
from duolect_core.disks.transitions import expire
from duolect_core.engine.partition import Partition
from duolect_core.model.disk_lifecycles import CopyState
from duolect_core.model.disks import DAY, Snapshot, SnapshotLock
from duolect_core.relations import lookup


@attrs.frozen(kw_only=True)
class LockSnapshot:
    """Keep a snapshot from being deleted for so many days; for ``cool_off`` hours that can be taken back.

    A lock that is firm can only be put on for more days, which count from its start.

    Raises:
        SnapshotNotFound: there is none of this id.
        SnapshotLockFirm: it is locked already, and not for longer than it is, or with another cooling off.
        SnapshotLockTooLong: it expires before the lock opens.
    """

    snapshot_id: str
    days: int
    cool_off: int = 0

    def apply(self, partition: Partition) -> Snapshot:
        """Return the snapshot, locked."""
        found = self.check(partition)
        found.lock = self._lock(found, partition)
        return found

    def check(self, partition: Partition) -> Snapshot:
        """Return the snapshot, or raise what keeps it from being locked so."""
        found, now = lookup.snapshot(partition.graph, self.snapshot_id), partition.now
        lock = self._lock(found, partition)
        is_less = found.lock is not None and self.days < found.lock.days
        if is_firm(found, partition) and (self.cool_off or is_less):
            raise errors.SnapshotLockFirm(found.id)
        if found.expires and found.expires < (lock.start or now) + self.days * DAY:
            raise errors.SnapshotLockTooLong(found.id)
        return found

    def _lock(self, found: Snapshot, partition: Partition) -> SnapshotLock:
        """Return the lock that is put on: another one, or a firm one for longer."""
        if is_firm(found, partition) and found.lock is not None:
            return attrs.evolve(found.lock, days=self.days)
        start = 0 if found.state is CopyState.PENDING else partition.now
        return SnapshotLock(put_on=partition.now, start=start, days=self.days, cool_off=self.cool_off)


@attrs.frozen
class UnlockSnapshot:
    """Take the lock off a snapshot, as long as it is not firm.

    Raises:
        SnapshotNotFound, SnapshotNotLocked, SnapshotLockFirm: there is none that could be taken off.
    """

    snapshot_id: str

    def apply(self, partition: Partition) -> Snapshot:
        """Return the snapshot, which is not locked."""
        found = self.check(partition)
        found.lock = None
        expire(partition, found.id)
        return found

    def check(self, partition: Partition) -> Snapshot:
        """Return the snapshot, or raise what keeps it locked."""
        found = lookup.snapshot(partition.graph, self.snapshot_id)
        if found.lock is None or found.lock.ends <= partition.now:
            raise errors.SnapshotNotLocked(found.id)
        if is_firm(found, partition):
            raise errors.SnapshotLockFirm(found.id)
        return found


def is_firm(snapshot: Snapshot, partition: Partition) -> bool:
    """Say whether a lock is on a snapshot that cannot be taken off any more."""
    lock = snapshot.lock
    return lock is not None and lock.firm_from <= partition.now < lock.ends
