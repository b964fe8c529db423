"""What can go wrong with instances and their types."""

from duolect_core.errors.base import (
    ClassicNetwork,
    CoreError,
    DependencyViolation,
    NotFound,
    QuotaExceeded,
)
from duolect_core.model.lifecycles import InstanceState


class InstanceNotFound(NotFound):
    """No instance has this id."""


class InstanceTypeNotFound(NotFound):
    """The partition's catalogue has no such instance type."""


class InstanceTypeNotSold(CoreError):
    """The zone has no instances of this type to give."""

    instance_type: str
    zone: str


class ZoneNotSold(CoreError):
    """The zone has no instances to give at all."""

    zone: str


class InstanceClassicNetwork(ClassicNetwork):
    """The instance lives in the classic network."""


class InstanceWrongState(CoreError):
    """An instance is not in a state from which the operation may start."""

    instance_id: str
    state: InstanceState
    allowed: tuple[InstanceState, ...]
    transient = True


class HotPlugUnsupported(CoreError):
    """The instance type takes and gives interfaces only while the instance is stopped."""

    instance_id: str
    instance_type: str
    transient = True


class InstanceProtected(CoreError):
    """The instance is protected against deletion."""

    instance_id: str


class SubscriptionLapsed(CoreError):
    """The instance is paid for no more: its term is over, or it was given back."""

    instance_id: str


class SubscriptionRunning(CoreError):
    """The instance is paid for, and is not deleted before its term is over."""

    instance_id: str


class SubscriptionMissing(CoreError):
    """The instance is not paid for in advance."""

    instance_id: str


class SubscriptionPresent(CoreError):
    """The instance is paid for in advance already."""

    instance_id: str


class SubnetZoneMismatch(CoreError):
    """The subnet lies in another zone than the one named for the instance."""

    subnet_id: str
    subnet_zone: str
    zone: str


class InterfacesUnsupported(CoreError):
    """Instances of this type take no elastic network interfaces, or none in extension slots."""

    instance_type: str


class NetworkCardInvalid(CoreError):
    """The instance type has no network card of this index."""

    instance_type: str
    index: int
    cards: int


class InstanceQuotaExceeded(QuotaExceeded):
    """Instances per region."""


class InterfacesPerInstanceExceeded(QuotaExceeded):
    """Interfaces that the instance type carries, the primary one included."""


class InstanceHoldsInterfaces(DependencyViolation):
    """Other interfaces than the primary one are attached to an instance, or on their way to it."""


class InstanceHoldsVirtualAddresses(DependencyViolation):
    """An instance, or its primary interface, may carry virtual addresses."""


class PrimaryHoldsIpv4(DependencyViolation):
    """A primary interface has more IPv4 addresses than one; its instance is what holds them there."""


class PrimaryHoldsIpv6(DependencyViolation):
    """A primary interface has IPv6 addresses; its instance is what holds them there."""
