"""What can go wrong with images of the account's own."""

from duolect_core.errors.base import CoreError, NotFound, QuotaExceeded


class ImageNotFound(NotFound):
    """The account has no image of its own with this id."""


class ImageBusy(CoreError):
    """The image is being created still."""

    image_id: str
    transient = True


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
