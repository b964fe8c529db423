"""What can go wrong with tags."""

from duolect_core.errors.base import CoreError, QuotaExceeded


class TagQuotaExceeded(QuotaExceeded):
    """Tags per resource."""


class TagKeyPresent(CoreError):
    """The resource already carries a tag of this key."""

    resource_id: str
    key: str


class TagKeyAbsent(CoreError):
    """The resource carries no tag of this key."""

    resource_id: str
    key: str


class TagExists(CoreError):
    """The tag that shall be created exists."""

    key: str
    value: str


class TagInUse(CoreError):
    """A resource carries the tag that shall be deleted."""

    key: str
    value: str


class TagNotFound(CoreError):
    """There is no such tag."""

    key: str
    value: str
