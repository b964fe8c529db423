"""What can go wrong with launch templates."""

from duolect_core.errors.base import CoreError, NotFound, QuotaExceeded


class LaunchTemplateNotFound(NotFound):
    """No launch template has this id, or this name where it was named so."""


class TemplateVersionNotFound(CoreError):
    """The launch template has no version of this number."""

    template_id: str
    number: int


class TemplateVersionIsDefault(CoreError):
    """The version is the default one, which stays as long as its launch template."""

    template_id: str
    number: int


class LaunchTemplateNameTaken(CoreError):
    """Another launch template has this name."""

    name: str
    taken_by: str


class LaunchTemplateQuotaExceeded(QuotaExceeded):
    """Launch templates per region."""


class TemplateVersionQuotaExceeded(QuotaExceeded):
    """Versions per launch template."""
