"""The vendor's errors for disks and snapshots of them: those of cbs, and those of cvm which name them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.error_template import ErrorTemplate

_WRONG: Final = "InvalidParameterValue"
_MANY: Final = "InvalidParameterValue.LimitExceeded"
_NO_DISK: Final = "The disk `{resource_id}` does not exist."
_NO_SNAPSHOT: Final = "The snapshot `{resource_id}` does not exist."
_STATE: Final = "The disk `{disk_id}` is {state}; the operation needs {allowed}."
_INSTANCE: Final = "The instance `{instance_id}` is {state}; the operation needs {allowed}."
_ATTACHED: Final = "The disk `{disk_id}` is attached to the instance `{instance_id}`."
_STAYS: Final = "The disk `{disk_id}` stays with its instance."
_RUNNING: Final = "The snapshot `{snapshot_id}` of the disk `{disk_id}` is being created."
_NOT_READY: Final = "The snapshot `{snapshot_id}` is not complete."
_SMALL: Final = "`{resource_id}` has {size} GiB; {wanted} are too few."
_OF_SYSTEM: Final = "The snapshot `{snapshot_id}` is one of a system disk."
_GONE: Final = "The snapshot `{snapshot_id}` of the disk `{disk_id}` is gone."
_NO_DEFAULT: Final = "Disks are not encrypted by default."
_PER_INSTANCE: Final = "An instance can have at most {limit} data disks."
_PER_REGION: Final = "No more than {limit} disks are allowed."
_NO_BACKUP: Final = "The backup point `{resource_id}` does not exist."
_NOT_ATTACHED: Final = "The disk `{disk_id}` is not attached to the instance `{instance_id}`."
_NO_GROUP: Final = "The snapshot group `{resource_id}` does not exist."
_OTHER: Final = "The snapshot `{snapshot_id}` is not one of `{disk_id}`."
_HELD: Final = "The snapshot `{snapshot_id}` is locked."
_GROUP_STATE: Final = "UnsupportedOperation.StateError"
_PARAMETER: Final = "InvalidParameter"
_TAGS: Final = "A resource can have at most {limit} tags."

TABLE: Final[Mapping[type[core.CoreError], ErrorTemplate]] = MappingProxyType(
    {
        core.DiskNotFound: ErrorTemplate("InvalidDiskId.NotFound", _NO_DISK),
        core.SnapshotNotFound: ErrorTemplate("InvalidSnapshotId.NotFound", _NO_SNAPSHOT),
        core.DiskWrongState: ErrorTemplate("ResourceBusy", _STATE),
        core.DiskAttached: ErrorTemplate("ResourceUnavailable.NotSupported", _ATTACHED),
        core.DiskNotAttached: ErrorTemplate(
            "InvalidDisk.NotSupported",
            _NOT_ATTACHED,
        ),
        core.DiskNotPortable: ErrorTemplate("InvalidDisk.NotPortable", _STAYS),
        core.DiskIsSystem: ErrorTemplate("InvalidDisk.NotPortable", _STAYS),
        core.SystemDiskMissing: ErrorTemplate(
            "InvalidInstance.NotSupported", "The instance `{instance_id}` has no system disk."
        ),
        core.DiskZoneMismatch: ErrorTemplate(
            "ResourceUnavailable.ZoneNotMatch",
            "The disk `{disk_id}` is in {disk_zone}, the instance `{instance_id}` in {instance_zone}.",
        ),
        core.DeviceInUse: ErrorTemplate(
            "ResourceBusy", "The instance `{instance_id}` has another disk as {device}."
        ),
        core.DiskTooSmall: ErrorTemplate(_WRONG, _SMALL),
        core.DiskSnapshotRunning: ErrorTemplate("ResourceUnavailable.SnapshotCreating", _RUNNING),
        core.SnapshotBusy: ErrorTemplate("ResourceUnavailable.SnapshotCreating", _NOT_READY),
        core.SnapshotOfSystemDisk: ErrorTemplate(_WRONG, _OF_SYSTEM),
        core.SnapshotOfOtherDisk: ErrorTemplate("InvalidSnapshot.NotSupported", _OTHER),
        core.SourceSnapshotGone: ErrorTemplate("InvalidSnapshotId.NotFound", _GONE),
        # Nothing is encrypted by default here, so that neither is ever raised.
        core.DiskEncryptionEnabled: ErrorTemplate("UnsupportedOperation", _NO_DEFAULT),
        core.DiskEncryptionDisabled: ErrorTemplate("UnsupportedOperation", _NO_DEFAULT),
        core.SnapshotHoldsDisks: ErrorTemplate(
            "UnsupportedOperation", "The disk `{held_by}` was created from `{resource_id}`."
        ),
        core.SnapshotHoldsImages: ErrorTemplate(
            "UnsupportedOperation.SnapshotHasBindedImage",
            "The image `{held_by}` is made of the snapshot `{resource_id}`.",
        ),
        core.DiskQuotaExceeded: ErrorTemplate(_MANY, _PER_REGION),
        core.DisksPerInstanceExceeded: ErrorTemplate("LimitExceeded.InstanceAttachedDisk", _PER_INSTANCE),
        core.SnapshotQuotaExceeded: ErrorTemplate(
            "InsufficientSnapshotQuota", "No more than {limit} snapshots of `{resource_id}` are allowed."
        ),
        core.SnapshotLocked: ErrorTemplate("InvalidSnapshot.NotSupported", _HELD),
        # Nothing is locked here.
        core.SnapshotNotLocked: ErrorTemplate("InvalidSnapshot.NotSupported", _HELD),
        core.SnapshotLockFirm: ErrorTemplate("InvalidSnapshot.NotSupported", _HELD),
        core.SnapshotLockTooLong: ErrorTemplate("InvalidSnapshot.NotSupported", _HELD),
        core.SnapshotCopyRunning: ErrorTemplate(
            "ResourceInUse.CopySnapshotConflict",
            "The snapshot `{snapshot_id}` of the disk `{disk_id}` is being created.",
        ),
        core.SnapshotGroupNotFound: ErrorTemplate("InvalidSnapshotId.NotFound", _NO_GROUP),
        core.SnapshotNotInGroup: ErrorTemplate(
            _PARAMETER, "The snapshot `{snapshot_id}` is not one of `{group_id}`."
        ),
        core.DisksOfSeveralInstances: ErrorTemplate(
            "UnsupportedOperation.SnapshotGroupDiskAttachMultiInstance",
            "The disks of `{group_id}` are attached to several instances.",
        ),
        core.SnapshotPolicyNotFound: ErrorTemplate(
            "InvalidAutoSnapshotPolicyId.NotFound", "The policy `{resource_id}` does not exist."
        ),
        core.SnapshotPolicyQuotaExceeded: ErrorTemplate(
            "LimitExceeded.AutoSnapshotPolicyOutOfQuota", "No more than {limit} policies are allowed."
        ),
        core.PoliciesPerDiskExceeded: ErrorTemplate(
            _MANY, "A disk can be bound to at most {limit} policies."
        ),
        core.DisksPerPolicyExceeded: ErrorTemplate(
            "InvalidParameterValue.BindDiskLimitExceeded", "A policy can have at most {limit} disks."
        ),
        core.DiskBackupNotFound: ErrorTemplate("ResourceNotFound.NotFound", _NO_BACKUP),
        core.DiskBackupBusy: ErrorTemplate("ResourceBusy", "The backup point `{backup_id}` is busy."),
        core.DiskBackupOfOtherDisk: ErrorTemplate(
            "InvalidDisk.NotSupported", "The backup point `{backup_id}` is not one of `{disk_id}`."
        ),
        core.DiskBackupQuotaExceeded: ErrorTemplate(
            "ResourceInsufficient.OverQuota", "The disk can have at most {limit} backup points."
        ),
    }
)
_IN_PROGRESS: Final = "OperationDenied.InstanceOperationInProgress"
BY_PRODUCT: Final[Mapping[tuple[str, type[core.CoreError]], ErrorTemplate]] = MappingProxyType(
    {
        ("cbs", core.InstanceNotFound): ErrorTemplate(
            "InvalidInstanceId.NotFound", "The instance `{resource_id}` does not exist."
        ),
        ("cbs", core.InstanceWrongState): ErrorTemplate("ResourceBusy", _INSTANCE),
        ("cbs", core.ZoneNotFound): ErrorTemplate(
            _WRONG, "The zone `{resource_id}` is not in this region."
        ),
        ("cbs", core.TagQuotaExceeded): ErrorTemplate(_MANY, _TAGS),
        ("cvm", core.DiskWrongState): ErrorTemplate(_IN_PROGRESS, _STATE),
    }
)
_RUN: Final = "RunInstances"
_NO_SUCH_SNAPSHOT: Final = "InvalidParameter.SnapshotNotFound"
BY_ACTION: Final[Mapping[tuple[str, type[core.CoreError]], ErrorTemplate]] = MappingProxyType(
    {
        ("CreateSnapshotGroup", core.DiskNotAttached): ErrorTemplate(_PARAMETER, _NOT_ATTACHED),
        ("CreateSnapshotGroup", core.DiskWrongState): ErrorTemplate("ResourceInUse", _STATE),
        ("CreateSnapshotGroup", core.InstanceWrongState): ErrorTemplate(
            "ResourceUnavailable.NotSupported", _INSTANCE
        ),
        ("CreateSnapshotGroup", core.InstanceNotFound): ErrorTemplate(
            _PARAMETER, "The instance `{resource_id}` does not exist."
        ),
        ("CreateSnapshotGroup", core.TagQuotaExceeded): ErrorTemplate(_PARAMETER, _TAGS),
        ("DeleteSnapshotGroup", core.SnapshotBusy): ErrorTemplate(_GROUP_STATE, _NOT_READY),
        ("DeleteSnapshotGroup", core.SnapshotLocked): ErrorTemplate(_GROUP_STATE, _HELD),
        ("DeleteSnapshotGroup", core.ImageBusy): ErrorTemplate(
            _GROUP_STATE, "The image `{image_id}` is being created."
        ),
        ("ApplySnapshotGroup", core.SnapshotGroupNotFound): ErrorTemplate(_PARAMETER, _NO_GROUP),
        ("ApplySnapshotGroup", core.DiskNotFound): ErrorTemplate(_PARAMETER, _NO_DISK),
        ("ApplySnapshotGroup", core.SnapshotOfOtherDisk): ErrorTemplate(_PARAMETER, _OTHER),
        ("ApplySnapshotGroup", core.SnapshotBusy): ErrorTemplate(_GROUP_STATE, _NOT_READY),
        ("ApplySnapshotGroup", core.DiskWrongState): ErrorTemplate(_GROUP_STATE, _STATE),
        ("ApplySnapshotGroup", core.DiskAttached): ErrorTemplate(_GROUP_STATE, _ATTACHED),
        ("ApplySnapshotGroup", core.DiskNotAttached): ErrorTemplate(_GROUP_STATE, _NOT_ATTACHED),
        ("ApplySnapshotGroup", core.InstanceWrongState): ErrorTemplate(_GROUP_STATE, _INSTANCE),
        ("ApplySnapshotGroup", core.InstanceNotFound): ErrorTemplate(
            _PARAMETER, "The instance `{resource_id}` does not exist."
        ),
        ("ApplySnapshotGroup", core.DiskSnapshotRunning): ErrorTemplate(_GROUP_STATE, _RUNNING),
        ("CopySnapshotCrossRegions", core.SnapshotBusy): ErrorTemplate("ResourceBusy", _NOT_READY),
        ("DescribeSnapshotSharePermission", core.SnapshotNotFound): ErrorTemplate(_WRONG, _NO_SNAPSHOT),
        ("DescribeDiskAssociatedAutoSnapshotPolicy", core.DiskNotFound): ErrorTemplate(_WRONG, _NO_DISK),
        ("CreateDiskBackup", core.DiskWrongState): ErrorTemplate("InvalidDisk.Busy", _STATE),
        ("ApplyDiskBackup", core.DiskWrongState): ErrorTemplate("InvalidDisk.Busy", _STATE),
        ("ApplyDiskBackup", core.DiskAttached): ErrorTemplate("InvalidDisk.NotSupported", _ATTACHED),
        ("ApplyDiskBackup", core.DiskSnapshotRunning): ErrorTemplate("InvalidDisk.Busy", _RUNNING),
        ("ApplyDiskBackup", core.InstanceWrongState): ErrorTemplate(
            "InvalidInstance.NotSupported", _INSTANCE
        ),
        ("ModifyDiskBackupQuota", core.DiskNotFound): ErrorTemplate("ResourceNotFound.NotFound", _NO_DISK),
        ("ModifyDiskBackupQuota", core.DiskWrongState): ErrorTemplate(
            "ResourceUnavailable.NotSupported", _STATE
        ),
        ("AttachDisks", core.DiskAttached): ErrorTemplate("ResourceUnavailable.Attached", _ATTACHED),
        ("ApplySnapshot", core.DiskAttached): ErrorTemplate("InvalidDisk.NotSupported", _ATTACHED),
        ("ApplySnapshot", core.DiskWrongState): ErrorTemplate("InvalidDisk.Busy", _STATE),
        ("ApplySnapshot", core.InstanceWrongState): ErrorTemplate(
            "InvalidInstance.NotSupported", _INSTANCE
        ),
        ("CreateSnapshot", core.DiskWrongState): ErrorTemplate("InvalidDisk.Busy", _STATE),
        ("CreateSnapshot", core.TagQuotaExceeded): ErrorTemplate("ResourceInsufficient.OverQuota", _TAGS),
        ("CreateDisks", core.SnapshotBusy): ErrorTemplate("ResourceBusy", _NOT_READY),
        ("DescribeInstancesDiskNum", core.InstanceNotFound): ErrorTemplate(
            _WRONG, "The instance `{resource_id}` does not exist."
        ),
        ("ResizeDisk", core.DiskWrongState): ErrorTemplate("InvalidDisk.Busy", _STATE),
        ("ResizeDisk", core.InstanceWrongState): ErrorTemplate("InvalidDisk.Busy", _INSTANCE),
        **{
            ("InitializeDisks", error): ErrorTemplate("ResourceBusy", text)
            for error, text in (
                (core.DiskAttached, _ATTACHED),
                (core.DiskSnapshotRunning, _RUNNING),
                (core.SourceSnapshotGone, _GONE),
            )
        },
        ("ModifyDiskExtraPerformance", core.DiskWrongState): ErrorTemplate("InvalidDisk.Busy", _STATE),
        ("ModifyDiskAttributes", core.DiskWrongState): ErrorTemplate(
            "ResourceUnavailable.NotSupported", _STATE
        ),
        # The list has no code for a disk that is not there.
        ("TerminateDisks", core.DiskNotFound): ErrorTemplate(_WRONG, _NO_DISK),
        ("TerminateDisks", core.DiskSnapshotRunning): ErrorTemplate("ResourceBusy", _RUNNING),
        # An instance that was put there without any system disk.
        ("ResetInstance", core.DiskNotFound): ErrorTemplate(_WRONG, _NO_DISK),
        ("ResizeInstanceDisks", core.DiskNotFound): ErrorTemplate(_WRONG, _NO_DISK),
        ("ResetInstance", core.DiskSnapshotRunning): ErrorTemplate(_IN_PROGRESS, _RUNNING),
        ("ResizeInstanceDisks", core.DiskSnapshotRunning): ErrorTemplate(_IN_PROGRESS, _RUNNING),
        ("ModifyInstancesProject", core.DiskWrongState): ErrorTemplate(_IN_PROGRESS, _STATE),
        (_RUN, core.SnapshotNotFound): ErrorTemplate(_NO_SUCH_SNAPSHOT, _NO_SNAPSHOT),
        (_RUN, core.SnapshotBusy): ErrorTemplate(_NO_SUCH_SNAPSHOT, _NOT_READY),
        (_RUN, core.SnapshotOfSystemDisk): ErrorTemplate("UnsupportedOperation.InvalidDisk", _OF_SYSTEM),
        (_RUN, core.DiskTooSmall): ErrorTemplate("FailedOperation.SnapshotSizeLargerThanDataSize", _SMALL),
        (_RUN, core.DisksPerInstanceExceeded): ErrorTemplate(_MANY, _PER_INSTANCE),
        (_RUN, core.DiskQuotaExceeded): ErrorTemplate(_MANY, _PER_REGION),
    }
)
