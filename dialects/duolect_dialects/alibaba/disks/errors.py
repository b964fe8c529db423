"""The vendor's errors for disks and snapshots of them.

Sources: the pages of the actions on disks and snapshots.
"""

from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.alibaba.request_errors import ActionTable, ErrorTable, not_found, quota
from duolect_dialects.error_template import ErrorTemplate

_WRONG_STATE: Final = "IncorrectDiskStatus"
TABLE: Final[ErrorTable] = MappingProxyType(
    {
        core.DiskNotFound: not_found("InvalidDiskId.NotFound", "disk"),
        core.SnapshotNotFound: not_found("InvalidSnapshotId.NotFound", "snapshot"),
        core.DiskWrongState: ErrorTemplate(
            _WRONG_STATE, "The disk {disk_id} is {state}; the operation needs {allowed}.", 403
        ),
        core.DiskAttached: ErrorTemplate(
            _WRONG_STATE, "The disk {disk_id} is attached to the instance {instance_id}.", 403
        ),
        core.DiskNotAttached: ErrorTemplate(
            "DependencyViolation", "The disk {disk_id} is not attached to the instance {instance_id}.", 403
        ),
        core.DiskNotPortable: ErrorTemplate(
            "DiskNotPortable", "The disk {disk_id} stays with its instance.", 403
        ),
        core.DiskIsSystem: ErrorTemplate(
            "DiskTypeViolation", "The disk {disk_id} is a system disk, and stays with its instance.", 403
        ),
        core.SystemDiskMissing: ErrorTemplate(
            "InvalidInstance.NotFoundSystemDisk", "The instance {instance_id} has no system disk.", 400
        ),
        core.DiskZoneMismatch: ErrorTemplate(
            "ResourcesNotInSameZone",
            "The disk {disk_id} is in the zone {disk_zone}, the instance {instance_id} in {instance_zone}.",
            403,
        ),
        core.DeviceInUse: ErrorTemplate(
            "InvalidDevice.InUse", "The device {device} is that of another disk.", 403
        ),
        core.DiskTooSmall: ErrorTemplate(
            "InvalidDiskSize.TooSmall", "{wanted} GiB are too few: {resource_id} has {size}.", 403
        ),
        core.DiskSnapshotRunning: ErrorTemplate(
            "DiskCreatingSnapshot",
            "The snapshot {snapshot_id} of the disk {disk_id} is being created still.",
            403,
        ),
        core.SnapshotBusy: ErrorTemplate(
            "InvalidSnapshotId.NotReady", "The snapshot {snapshot_id} is not complete.", 403
        ),
        core.SnapshotOfSystemDisk: ErrorTemplate(
            "InvalidSnapshotId.NotDataDiskSnapshot",
            "The snapshot {snapshot_id} is one of a system disk.",
            403,
        ),
        core.SnapshotOfOtherDisk: ErrorTemplate(
            "InvalidParameter.Mismatch", "The snapshot {snapshot_id} is not one of the disk {disk_id}.", 403
        ),
        core.SourceSnapshotGone: ErrorTemplate(
            "InvalidSourceSnapshot",
            "The snapshot {snapshot_id}, from which the disk {disk_id} was created, is gone.",
            403,
        ),
        core.DiskEncryptionEnabled: ErrorTemplate(
            "InvalidOperation.DefaultEncryptionAlreadyEnabled",
            "New disks in this region are encrypted already.",
            403,
        ),
        core.DiskEncryptionDisabled: ErrorTemplate(
            "InvalidDefaultEncryption.NotFound", "New disks in this region are not encrypted.", 403
        ),
        core.SnapshotHoldsDisks: ErrorTemplate(
            "SnapshotCreatedDisk", "The disk {held_by} was created from the snapshot {resource_id}.", 403
        ),
        core.SnapshotHoldsImages: ErrorTemplate(
            "SnapshotCreatedImage", "The image {held_by} is made of the snapshot {resource_id}.", 403
        ),
        core.DiskQuotaExceeded: quota("QuotaExceed.PortableCloudDisk", "disks in {resource_id}", 403),
        core.DisksPerInstanceExceeded: quota(
            "InstanceDiskLimitExceeded", "data disks of the instance {resource_id}", 403
        ),
        core.SnapshotQuotaExceeded: quota("QuotaExceed.Snapshot", "snapshots of {resource_id}", 403),
    }
)
_ANOTHER_SNAPSHOT: Final = ErrorTemplate(
    "IncorrectDiskStatus.CreatingSnapshot",
    "The snapshot {snapshot_id} of the disk {disk_id} is being created still.",
    403,
)
BY_ACTION: Final[ActionTable] = MappingProxyType(
    {
        ("DeleteDisk", core.DiskAttached): ErrorTemplate(
            "DiskStillAttached", "The disk {disk_id} is attached to the instance {instance_id}.", 403
        ),
        ("CreateSnapshot", core.DiskSnapshotRunning): _ANOTHER_SNAPSHOT,
        ("CreateImage", core.DiskSnapshotRunning): _ANOTHER_SNAPSHOT,
    }
)
"""Where a single action answers otherwise."""
