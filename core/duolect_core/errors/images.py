"""What can go wrong with images of the account's own."""

from duolect_core.errors.base import CoreError, NotFound, QuotaExceeded


class ImageNotFound(NotFound):
    """The account has no image of its own with this id."""


class ImageBusy(CoreError):
    """The image is being created still, or could not be."""

    image_id: str
    transient = True


class ImageCopying(CoreError):
    """The image is the copy of another one, and is being made still."""

    image_id: str
    transient = True


class ImageCopyRunning(CoreError):
    """Another copy of the image is being made in the region."""

    image_id: str
    copy_id: str
    transient = True


class ImageNotCopied(CoreError):
    """The image is not the copy of another one."""

    image_id: str


class ImageCopyEnded(CoreError):
    """The image is a copy that is complete, or could not be."""

    image_id: str


class ImageShared(CoreError):
    """The image is shared with other accounts."""

    image_id: str


class ImageNameTaken(CoreError):
    """Another image is called so."""

    name: str
    taken_by: str


class ImageNeedsSystemDisk(CoreError):
    """None of the snapshots is one of a system disk."""

    snapshot_ids: tuple[str, ...]


class ImageSystemDisksMany(CoreError):
    """More than one of the snapshots is of a system disk."""

    snapshot_ids: tuple[str, ...]


class ImageQuotaExceeded(QuotaExceeded):
    """Images of the account's own per region."""


class ImageAccountsExceeded(QuotaExceeded):
    """Accounts that an image is shared with."""
