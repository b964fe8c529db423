"""The vendor's errors for images of the account's own.

Sources: the pages CreateImage, ModifyImageAttribute and DeleteImage.
"""

from types import MappingProxyType
from typing import Final

from duolect_core import errors as core
from duolect_dialects.alibaba.request_errors import ActionTable, ErrorTable, not_found, quota
from duolect_dialects.error_template import ErrorTemplate

TABLE: Final[ErrorTable] = MappingProxyType(
    {
        core.ImageNotFound: not_found("InvalidImageId.NotFound", "image"),
        core.ImageBusy: ErrorTemplate(
            "ImageIsCreating", "The image {image_id} is being created still.", 403
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
    }
)
"""Where a single action answers otherwise."""
