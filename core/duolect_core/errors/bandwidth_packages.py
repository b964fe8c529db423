"""What can go wrong with bandwidth packages."""

from duolect_core.errors.base import CoreError, DependencyViolation, NotFound, QuotaExceeded
from duolect_core.model.lifecycles import ServiceState


class BandwidthPackageNotFound(NotFound):
    """No bandwidth package has this id."""


class BandwidthPackageBusy(CoreError):
    """The bandwidth package is not AVAILABLE."""

    package_id: str
    state: ServiceState
    transient = True


class BandwidthPackageProtected(CoreError):
    """The bandwidth package is protected against deletion."""

    package_id: str


class BandwidthPackageHoldsAddresses(DependencyViolation):
    """Public addresses are still in a bandwidth package."""


class PublicAddressInPackage(CoreError):
    """The public address is in a bandwidth package already."""

    address_id: str
    package_id: str


class PublicAddressNotInPackage(CoreError):
    """The public address is not in this bandwidth package."""

    address_id: str
    package_id: str


class BandwidthPackageQuotaExceeded(QuotaExceeded):
    """Bandwidth packages per region."""


class AddressesPerPackageExceeded(QuotaExceeded):
    """Public addresses per bandwidth package."""
