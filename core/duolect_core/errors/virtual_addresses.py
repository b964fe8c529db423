"""What can go wrong with virtual addresses."""

from duolect_core.errors.base import CoreError, DependencyViolation, NotFound, QuotaExceeded
from duolect_core.model.lifecycles import VirtualAddressState


class VirtualAddressNotFound(NotFound):
    """No virtual address has this id."""


class VirtualAddressBusy(CoreError):
    """The virtual address is being created, changed or deleted."""

    address_id: str
    state: VirtualAddressState
    transient = True


class VirtualAddressElsewhere(CoreError):
    """What should carry the virtual address, or have it, is in another subnet."""

    address_id: str
    subnet_id: str
    carrier_id: str
    carrier_subnet_id: str


class VirtualAddressCarried(CoreError):
    """The instance or interface may carry the virtual address already, or is named twice for it."""

    address_id: str
    carrier_id: str


class VirtualAddressNotCarried(CoreError):
    """The instance or interface is none of those that may carry the virtual address."""

    address_id: str
    carrier_id: str


class VirtualAddressHoldsCarriers(DependencyViolation):
    """Instances or interfaces may still carry the virtual address."""


class VirtualAddressHoldsPublicAddress(DependencyViolation):
    """A public address is still associated with the virtual one."""


class VirtualAddressHoldsRoutes(DependencyViolation):
    """Routes still lead to the virtual address."""


class NetworkHoldsVirtualAddresses(DependencyViolation):
    """A network still has virtual addresses."""


class SubnetHoldsVirtualAddresses(DependencyViolation):
    """A subnet still has virtual addresses."""


class VirtualAddressQuotaExceeded(QuotaExceeded):
    """Virtual addresses per network."""


class CarrierQuotaExceeded(QuotaExceeded):
    """Instances and interfaces that may carry one virtual address."""


class CarriedQuotaExceeded(QuotaExceeded):
    """Virtual addresses that one instance or interface may carry."""
