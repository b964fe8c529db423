"""What can go wrong with private addresses, prefixes and the capacity for them."""

from duolect_core.errors.base import CoreError, QuotaExceeded
from duolect_core.model.lifecycles import AddressState


class Ipv6Unsupported(CoreError):
    """The instance type takes no IPv6 addresses, and the interface has some."""

    instance_type: str


class AddressError(CoreError):
    """Something is wrong with one address or block."""

    address: str


class AddressOutsideSubnet(AddressError):
    """The address is not in the subnet's block."""


class AddressReserved(AddressError):
    """The cloud keeps this address of the subnet for itself."""


class AddressInUse(AddressError):
    """Another interface holds the address."""


class AddressRepeated(AddressError):
    """The same address was named twice in one request."""


class Ipv6AddressOutsideSubnet(AddressOutsideSubnet):
    """The IPv6 address is not in the subnet's IPv6 block."""


class Ipv6AddressInUse(AddressInUse):
    """Another interface holds the IPv6 address."""


class AddressNotAssigned(AddressError):
    """The interface does not hold the address or prefix."""


class PrimaryAddressFixed(AddressError):
    """The primary address stays with its interface."""


class AddressBusy(AddressError):
    """The address is being assigned, moved or taken away."""

    state: AddressState
    transient = True


class PrefixMaskInvalid(AddressError):
    """A delegated prefix has another length than the cloud delegates."""


class PrefixNotStrict(AddressError):
    """A delegated prefix has bits set beyond its mask."""


class PrefixOutsideSubnet(AddressError):
    """A delegated prefix does not lie in the subnet's block."""


class PrefixInUse(AddressError):
    """An address of the delegated prefix is already in use."""


class SubnetExhausted(CoreError):
    """The subnet has fewer free addresses than are wanted."""

    subnet_id: str
    wanted: int
    free: int


class DetachedAddressesExceeded(QuotaExceeded):
    """IPv4 or IPv6 addresses of an interface that is attached to nothing."""


class Ipv4PerInterfaceExceeded(QuotaExceeded):
    """IPv4 addresses that the instance type allows an interface."""


class Ipv6PerInterfaceExceeded(QuotaExceeded):
    """IPv6 addresses that the instance type allows an interface."""
