"""The vendor's errors for disks and snapshots of them.

Sources: the pages of the actions on disks and snapshots.
"""

from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.alibaba.request_errors import ActionTable, ErrorTable, not_found, quota
from duolect_dialects.error_template import ErrorTemplate

_WRONG_STATE: Final = "IncorrectDiskStatus"
_NO_BACKUPS: Final = ErrorTemplate("InvalidParameter", "There are no backup points.", 400)
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
            "New disks in {region} are encrypted already.",
            403,
        ),
        core.DiskEncryptionDisabled: ErrorTemplate(
            "InvalidDefaultEncryption.NotFound", "New disks in {region} are not encrypted.", 403
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
        core.SnapshotLocked: ErrorTemplate(
            "Operation.Conflict", "The snapshot {snapshot_id} is locked.", 403
        ),
        core.SnapshotNotLocked: ErrorTemplate(
            "InvalidSnapshotLock.NotFound", "The snapshot {snapshot_id} is not locked.", 404
        ),
        core.SnapshotLockFirm: ErrorTemplate(
            "InvalidOperation.CoolOffPeriodExpired",
            "The lock of the snapshot {snapshot_id} has cooled off, and is only made longer.",
            403,
        ),
        core.SnapshotLockTooLong: ErrorTemplate(
            "InvalidParameter", "The snapshot {snapshot_id} expires before its lock would open.", 400
        ),
        core.SnapshotCopyRunning: ErrorTemplate(
            "InvalidOperation.DiskHasUnfinishedSnapshotCopy",
            "The snapshot {snapshot_id} of the disk {disk_id} is being copied still.",
            403,
        ),
        # Backup points there are none, and no group is put back at once.
        core.DiskBackupNotFound: _NO_BACKUPS,
        core.DiskBackupBusy: _NO_BACKUPS,
        core.DiskBackupOfOtherDisk: _NO_BACKUPS,
        core.DiskBackupQuotaExceeded: _NO_BACKUPS,
        core.SnapshotNotInGroup: _NO_BACKUPS,
        core.DisksOfSeveralInstances: _NO_BACKUPS,
        core.SnapshotGroupNotFound: not_found("InvalidSnapshotGroup.NotFound", "snapshot group"),
        core.SnapshotPolicyNotFound: ErrorTemplate(
            "InvalidAutoSnapshotPolicyId.NotFound", "The policy {resource_id} does not exist.", 400
        ),
        core.SnapshotPolicyQuotaExceeded: quota(
            "AutoSnapshotPolicy.QuotaExceed", "automatic snapshot policies in {resource_id}", 403
        ),
        core.PoliciesPerDiskExceeded: quota(
            "AutoSnapshotPolicy.QuotaExceed", "automatic snapshot policies of the disk {resource_id}", 403
        ),
        core.DisksPerPolicyExceeded: quota(
            "AutoSnapshotPolicy.QuotaExceed", "disks of the policy {resource_id}", 403
        ),
    }
)
_ANOTHER_SNAPSHOT: Final = ErrorTemplate(
    "IncorrectDiskStatus.CreatingSnapshot",
    "The snapshot {snapshot_id} of the disk {disk_id} is being created still.",
    403,
)
_NO_POLICY: Final = ErrorTemplate("ParameterInvalid", "The policy {resource_id} does not exist.", 404)
BY_ACTION: Final[ActionTable] = MappingProxyType(
    {
        ("ModifyAutoSnapshotPolicyEx", core.SnapshotPolicyNotFound): _NO_POLICY,
        ("DeleteAutoSnapshotPolicy", core.SnapshotPolicyNotFound): _NO_POLICY,
        ("CreateSnapshotGroup", core.DiskSnapshotRunning): _ANOTHER_SNAPSHOT,
        ("CreateSnapshotGroup", core.DiskNotAttached): ErrorTemplate(
            "IncorrectDiskStatus",
            "The disk {disk_id} is not attached to the instance {instance_id}.",
            403,
        ),
        ("DeleteDisk", core.DiskAttached): ErrorTemplate(
            "DiskStillAttached", "The disk {disk_id} is attached to the instance {instance_id}.", 403
        ),
        ("CreateSnapshot", core.DiskSnapshotRunning): _ANOTHER_SNAPSHOT,
        ("CreateImage", core.DiskSnapshotRunning): _ANOTHER_SNAPSHOT,
    }
)
"""Where a single action answers otherwise."""
