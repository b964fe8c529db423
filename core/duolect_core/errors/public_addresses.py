"""What can go wrong with elastic public addresses."""

from duolect_core.errors.addresses import AddressError
from duolect_core.errors.base import CoreError, NotFound, QuotaExceeded
from duolect_core.model.lifecycles import PublicAddressState


class PublicAddressNotFound(NotFound):
    """No elastic public address has this id."""


class PublicAddressWrongState(CoreError):
    """An elastic public address is not in a state from which the operation may start."""

    address_id: str
    state: PublicAddressState
    allowed: tuple[PublicAddressState, ...]
    transient = True


class PublicAddressBusy(PublicAddressWrongState):
    """Another change of the elastic public address is under way."""


class PublicAddressOfNatGateway(CoreError):
    """The elastic public address is bound to a NAT gateway, not to an interface."""

    address_id: str
    gateway_id: str


class InstanceHasPublicAddress(CoreError):
    """The primary address of the instance's primary interface is associated with a public one already."""

    instance_id: str
    address_id: str


class InstanceHasOwnPublicAddress(CoreError):
    """The instance has a public address of its own, beside which its primary one takes no elastic one."""

    instance_id: str
    address: str


class AddressHasPublicAddress(AddressError):
    """The private address is associated with a public one already."""

    address_id: str


class PublicAddressUnavailable(AddressError):
    """The public address that was asked for belongs to somebody else, or to nobody here."""


class PublicAddressesExhausted(CoreError):
    """The region has fewer free public addresses than are wanted."""

    wanted: int
    free: int


class PublicAddressQuotaExceeded(QuotaExceeded):
    """Elastic public addresses per region."""


class SegmentNotFound(NotFound):
    """No segment of public addresses has this id."""


class SegmentBusy(CoreError):
    """The segment of public addresses is being allocated or released."""

    segment_id: str
    state: str
    transient = True


class TrafficPackageNotFound(NotFound):
    """No traffic package has this id."""


class TrafficPackageActive(CoreError):
    """The traffic package can still be used."""

    package_id: str


class TrafficPackageQuotaExceeded(QuotaExceeded):
    """Traffic packages of the account."""


class PublicAddressesPerInstanceExceeded(QuotaExceeded):
    """Elastic public addresses that the instance type allows."""
