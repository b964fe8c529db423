"""What can go wrong with launch templates, placement groups and provisioning groups."""

from duolect_core.errors.base import CoreError, DependencyViolation, NotFound, QuotaExceeded


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


class ProvisioningGroupNotFound(NotFound):
    """No provisioning group has this id."""


class PlacementGroupNotFound(NotFound):
    """No placement group has this id."""


class PlacementGroupInUse(DependencyViolation):
    """The placement group has instances."""


class PlacementGroupFull(QuotaExceeded):
    """Instances per placement group, or per partition of it."""


class PartitionNotFound(CoreError):
    """The placement group has no partition of this number."""

    group_id: str
    number: int
    partitions: int


class PlacementGroupQuotaExceeded(QuotaExceeded):
    """Placement groups per region."""
