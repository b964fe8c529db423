"""What can go wrong with disks and snapshots of them."""

from duolect_core.errors.base import CoreError, DependencyViolation, NotFound, QuotaExceeded
from duolect_core.model.disk_lifecycles import DiskState


class DiskNotFound(NotFound):
    """No disk has this id."""


class SnapshotNotFound(NotFound):
    """No snapshot has this id."""


class DiskWrongState(CoreError):
    """A disk is not in a state from which the operation may start."""

    disk_id: str
    state: DiskState
    allowed: tuple[DiskState, ...]
    transient = True


class DiskAttached(CoreError):
    """The disk is attached to an instance, or on its way there."""

    disk_id: str
    instance_id: str
    transient = True


class DiskNotAttached(CoreError):
    """The disk is not attached to the instance, or to any where none is named."""

    disk_id: str
    instance_id: str


class DiskNotPortable(CoreError):
    """The disk stays with the instance that it came with."""

    disk_id: str


class DiskIsSystem(CoreError):
    """The disk is the system disk of its instance."""

    disk_id: str


class SystemDiskMissing(CoreError):
    """The instance has no system disk."""

    instance_id: str


class DiskZoneMismatch(CoreError):
    """The disk lies in another zone than the instance."""

    disk_id: str
    disk_zone: str
    instance_id: str
    instance_zone: str


class DeviceInUse(CoreError):
    """The instance sees another disk under this name."""

    instance_id: str
    device: str


class DiskTooSmall(CoreError):
    """The size is not larger than that of the disk, or smaller than that of the snapshot, of this id."""

    resource_id: str
    size: int
    wanted: int


class DiskSnapshotRunning(CoreError):
    """A snapshot of the disk is being created."""

    disk_id: str
    snapshot_id: str
    transient = True


class SnapshotBusy(CoreError):
    """The snapshot is being created still, or could not be."""

    snapshot_id: str
    transient = True


class SnapshotOfSystemDisk(CoreError):
    """The snapshot is one of a system disk, and no data disk can be created from it."""

    snapshot_id: str


class SnapshotOfOtherDisk(CoreError):
    """The snapshot is one of another disk."""

    snapshot_id: str
    disk_id: str


class SourceSnapshotGone(CoreError):
    """The snapshot that the disk was created from is there no more."""

    disk_id: str
    snapshot_id: str


class DiskEncryptionEnabled(CoreError):
    """New disks of the region are encrypted already."""

    region: str


class DiskEncryptionDisabled(CoreError):
    """New disks of the region are not encrypted by themselves."""

    region: str


class SnapshotHoldsDisks(DependencyViolation):
    """Disks were created from a snapshot."""


class SnapshotHoldsImages(DependencyViolation):
    """Images were made of a snapshot."""


class DiskQuotaExceeded(QuotaExceeded):
    """Data disks per region."""


class DisksPerInstanceExceeded(QuotaExceeded):
    """Data disks per instance."""


class SnapshotQuotaExceeded(QuotaExceeded):
    """Snapshots per region, or per disk."""


class SnapshotLocked(CoreError):
    """The snapshot is locked, and stays until the lock opens."""

    snapshot_id: str


class SnapshotNotLocked(CoreError):
    """The snapshot is not locked."""

    snapshot_id: str


class SnapshotLockFirm(CoreError):
    """The time is over in which the lock of the snapshot can be taken off, or put on for fewer days."""

    snapshot_id: str


class SnapshotLockTooLong(CoreError):
    """The snapshot expires before the lock would open."""

    snapshot_id: str


class SnapshotCopyRunning(CoreError):
    """A snapshot of the disk is being copied to this region."""

    disk_id: str
    snapshot_id: str
    transient = True


class SnapshotGroupNotFound(NotFound):
    """No group of snapshots has this id."""


class SnapshotNotInGroup(CoreError):
    """The snapshot is not one of the group."""

    snapshot_id: str
    group_id: str


class DisksOfSeveralInstances(CoreError):
    """The disks that a group of snapshots is put back onto are attached to several instances."""

    group_id: str


class SnapshotPolicyNotFound(NotFound):
    """No policy for snapshots has this id."""


class DiskBackupNotFound(NotFound):
    """No backup of a disk has this id."""


class DiskBackupBusy(CoreError):
    """The backup is being created still, or could not be, or a disk is being restored from it."""

    backup_id: str
    transient = True


class DiskBackupOfOtherDisk(CoreError):
    """The backup is one of another disk."""

    backup_id: str
    disk_id: str


class SnapshotPolicyQuotaExceeded(QuotaExceeded):
    """Policies for snapshots per region."""


class PoliciesPerDiskExceeded(QuotaExceeded):
    """Policies for snapshots per disk."""


class DisksPerPolicyExceeded(QuotaExceeded):
    """Disks per policy for snapshots."""


class DiskBackupQuotaExceeded(QuotaExceeded):
    """Backups per disk."""
