"""The vendor's errors for images of the account's own.

Sources: the pages CreateImage, ModifyImageAttribute, DeleteImage, CopyImage, CancelCopyImage and
ModifyImageSharePermission.
"""

from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.alibaba.request_errors import ActionTable, ErrorTable, for_actions, not_found, quota
from duolect_dialects.error_template import ErrorTemplate

TABLE: Final[ErrorTable] = MappingProxyType(
    {
        core.ImageNotFound: not_found("InvalidImageId.NotFound", "image"),
        core.ImageBusy: ErrorTemplate(
            "ImageIsCreating", "The image {image_id} is being created still.", 403
        ),
        core.ImageCopying: ErrorTemplate(
            "OperationDenied.ImageCopying", "The image {image_id} is a copy that is being made still.", 403
        ),
        core.ImageCopyRunning: ErrorTemplate(
            "OperationDenied.ImageCopyConflict",
            "The image {image_id} is being copied as {copy_id} still.",
            400,
        ),
        core.ImageNotCopied: ErrorTemplate(
            "ImageCreatedNotFromCopy", "The image {image_id} is not a copy.", 400
        ),
        core.ImageCopyEnded: ErrorTemplate(
            "IncorrectImageStatus", "The copy {image_id} is not being made any more.", 400
        ),
        core.ImageShared: ErrorTemplate(
            "ImageUseShared", "The image {image_id} is shared with other accounts.", 403
        ),
        core.ImageAccountsExceeded: quota(
            "QuotaExceed.ShareImageUser", "accounts that {resource_id} is shared with", 403
        ),
        core.ImageNameTaken: ErrorTemplate(
            "InvalidImageName.Duplicated", "The image {taken_by} is called {name} already.", 400
        ),
        core.ImageNeedsSystemDisk: ErrorTemplate(
            "OperationDenied", "None of the snapshots is one of a system disk.", 400
        ),
        core.ImageSystemDisksMany: ErrorTemplate(
            "OperationDenied", "More than one of the snapshots is of a system disk.", 400
        ),
        core.ImageQuotaExceeded: quota("QuotaExceed.Image", "images in {resource_id}", 403),
    }
)
BY_ACTION: Final[ActionTable] = MappingProxyType(
    {
        ("CreateImage", core.SystemDiskMissing): ErrorTemplate(
            "InvalidSystemSnapshot.Missing", "The instance {instance_id} has no system disk.", 403
        ),
        **for_actions(
            ("CopyImage", "ModifyImageSharePermission", "ModifyImageShareGroupPermission"),
            {
                core.ImageBusy: ErrorTemplate(
                    "IncorrectImageStatus", "The image {image_id} is not available.", 400
                )
            },
        ),
    }
)
"""Where a single action answers otherwise."""
