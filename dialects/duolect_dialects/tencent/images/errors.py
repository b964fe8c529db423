"""The vendor's errors for images of the account's own."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.error_template import ErrorTemplate

_SHARED: Final = "The image `{image_id}` is shared with other accounts."
_CREATING: Final = "The image `{image_id}` is being created still."

TABLE: Final[Mapping[type[core.CoreError], ErrorTemplate]] = MappingProxyType(
    {
        core.ImageNotFound: ErrorTemplate(
            "InvalidImageId.NotFound", "The account has no image `{resource_id}` of its own."
        ),
        core.ImageBusy: ErrorTemplate("InvalidImageId.IncorrectState", _CREATING),
        core.ImageCopying: ErrorTemplate("InvalidImageId.IncorrectState", _CREATING),
        core.ImageCopyRunning: ErrorTemplate(
            "FailedOperation.InvalidImageState",
            "The image `{image_id}` is being copied as `{copy_id}` still.",
        ),
        core.ImageNotCopied: ErrorTemplate(
            "InvalidImageId.IncorrectState", "The image `{image_id}` is not a copy."
        ),
        core.ImageCopyEnded: ErrorTemplate(
            "InvalidImageId.IncorrectState", "The copy `{image_id}` is not being made any more."
        ),
        core.ImageShared: ErrorTemplate("InvalidImageId.InShared", _SHARED),
        core.ImageAccountsExceeded: ErrorTemplate(
            "OverQuota", "`{resource_id}` can be shared with {limit} accounts at most."
        ),
        core.ImageNameTaken: ErrorTemplate(
            "InvalidImageName.Duplicate", "The image `{taken_by}` is called `{name}` already."
        ),
        core.ImageNeedsSystemDisk: ErrorTemplate(
            "InvalidParameter.SystemSnapshotNotFound", "None of the snapshots is one of a system disk."
        ),
        core.ImageSystemDisksMany: ErrorTemplate(
            "InvalidParameter.DuplicateSystemSnapshots", "Several of the snapshots are of system disks."
        ),
        core.ImageQuotaExceeded: ErrorTemplate(
            "ImageQuotaLimitExceeded", "No more than {limit} images are allowed."
        ),
    }
)
_CREATE: Final = "CreateImage"
BY_ACTION: Final[Mapping[tuple[str, type[core.CoreError]], ErrorTemplate]] = MappingProxyType(
    {
        (_CREATE, core.SnapshotNotFound): ErrorTemplate(
            "InvalidParameter.SnapshotNotFound", "The snapshot `{resource_id}` does not exist."
        ),
        (_CREATE, core.DiskNotFound): ErrorTemplate(
            "InvalidParameter.DataDiskNotBelongSpecifiedInstance",
            "The disk `{resource_id}` does not exist.",
        ),
        (_CREATE, core.DiskNotAttached): ErrorTemplate(
            "InvalidParameter.DataDiskNotBelongSpecifiedInstance",
            "The disk `{disk_id}` is not attached to the instance `{instance_id}`.",
        ),
        (_CREATE, core.DiskWrongState): ErrorTemplate(
            "ResourceInUse", "The disk `{disk_id}` is {state}; the operation needs {allowed}."
        ),
        (_CREATE, core.SystemDiskMissing): ErrorTemplate(
            "InvalidInstance.NotSupported", "The instance `{instance_id}` has no system disk."
        ),
        (_CREATE, core.SnapshotQuotaExceeded): ErrorTemplate(
            "ImageQuotaLimitExceeded", "No more than {limit} snapshots of `{resource_id}` are allowed."
        ),
        (_CREATE, core.TagQuotaExceeded): ErrorTemplate(
            "InvalidParameterValue.TagQuotaLimitExceeded", "A resource can have at most {limit} tags."
        ),
        ("DeleteSnapshots", core.ImageBusy): ErrorTemplate("UnsupportedOperation", _CREATING),
        ("DeleteSnapshots", core.ImageCopying): ErrorTemplate("UnsupportedOperation", _CREATING),
        ("DeleteSnapshots", core.ImageShared): ErrorTemplate("UnsupportedOperation", _SHARED),
        ("SyncImages", core.SnapshotQuotaExceeded): ErrorTemplate(
            "ImageQuotaLimitExceeded", "No more than {limit} snapshots of `{resource_id}` are allowed."
        ),
        ("ModifyImageSharePermission", core.ImageBusy): ErrorTemplate(
            "InvalidParameterValue.InvalidImageState", _CREATING
        ),
    }
)
