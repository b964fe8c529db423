"""What can go wrong with sets of DHCP options."""

from duolect_core.errors.base import CoreError, DependencyViolation, NotFound, QuotaExceeded


class DhcpOptionsSetNotFound(NotFound):
    """No set of DHCP options has this id."""


class DhcpOptionsSetBusy(CoreError):
    """Something is under way with the set of DHCP options, or with a network on its way to it or away."""

    set_id: str
    state: str
    transient = True


class NetworkHasDhcpOptions(CoreError):
    """A set of DHCP options is attached to the network already."""

    network_id: str
    set_id: str


class NetworkHasNoDhcpOptions(CoreError):
    """No set of DHCP options is attached to the network."""

    network_id: str


class NetworkHasOtherDhcpOptions(CoreError):
    """Another set of DHCP options is attached to the network than the one named."""

    network_id: str
    set_id: str


class DhcpOptionsSetHoldsNetworks(DependencyViolation):
    """The set of DHCP options is still attached to a network."""


class DhcpOptionsSetQuotaExceeded(QuotaExceeded):
    """Sets of DHCP options per region."""


class DhcpNetworksQuotaExceeded(QuotaExceeded):
    """Networks per set of DHCP options."""
