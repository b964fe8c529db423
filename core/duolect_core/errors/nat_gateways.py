"""What can go wrong with NAT gateways and their rules."""

from duolect_core.errors.addresses import AddressError
from duolect_core.errors.base import (
    CoreError,
    DependencyViolation,
    NetworkMismatch,
    NotFound,
    QuotaExceeded,
)
from duolect_core.model.lifecycles import ServiceState


class NatGatewayNotFound(NotFound):
    """No NAT gateway has this id."""


class SnatRuleNotFound(NotFound):
    """No SNAT rule has this id, or it is one of another NAT gateway."""


class DnatRuleNotFound(NotFound):
    """No DNAT rule has this id, or it is one of another NAT gateway."""


class NatGatewayBusy(CoreError):
    """The NAT gateway is not AVAILABLE."""

    gateway_id: str
    state: ServiceState
    transient = True


class NatGatewayProtected(CoreError):
    """The NAT gateway is protected against deletion."""

    gateway_id: str


class SnatRuleBusy(CoreError):
    """The SNAT rule is not AVAILABLE."""

    rule_id: str
    state: ServiceState
    transient = True


class DnatRuleBusy(CoreError):
    """The DNAT rule, or another one of its gateway that must come to its end first, is not AVAILABLE."""

    rule_id: str
    state: ServiceState
    transient = True


class NatGatewayHoldsSnatRules(DependencyViolation):
    """A NAT gateway still has SNAT rules."""


class NatGatewayHoldsDnatRules(DependencyViolation):
    """A NAT gateway still has DNAT rules."""


class NatGatewayHoldsAddresses(DependencyViolation):
    """Public addresses are still bound to a NAT gateway."""


class NatGatewayHoldsRoutes(DependencyViolation):
    """Routes still lead to a NAT gateway."""


class NatGatewayNeedsAddress(CoreError):
    """A NAT gateway cannot lose its last public address."""

    gateway_id: str


class NetworkHoldsNatGateways(DependencyViolation):
    """A network still has NAT gateways."""


class SubnetHoldsNatGateways(DependencyViolation):
    """A subnet still has NAT gateways."""


class SubnetHoldsSnatRules(DependencyViolation):
    """SNAT rules still name the subnet."""


class PublicAddressHoldsSnatRules(DependencyViolation):
    """SNAT rules still use a public address, which should leave its NAT gateway."""


class PublicAddressHoldsDnatRules(DependencyViolation):
    """DNAT rules still use a public address, which should leave its NAT gateway."""


class NatAddressNotBound(AddressError):
    """The public address is not bound to the NAT gateway, or not yet."""

    gateway_id: str


class SnatSourceNetworkMismatch(NetworkMismatch):
    """What an SNAT rule should serve is in another network than its NAT gateway."""


class SnatSourceTaken(CoreError):
    """Another SNAT rule of the NAT gateway serves the block of the subnet, interface or instance."""

    source: str
    rule_id: str


class SnatBlockTaken(CoreError):
    """Another SNAT rule of the NAT gateway serves the same block."""

    source: str
    rule_id: str


class SnatAddressForwarded(AddressError):
    """A DNAT rule forwards all that comes to the public address, which SNAT cannot use then."""

    rule_id: str


class SnatAddressRequired(CoreError):
    """An SNAT rule has no public address."""

    gateway_id: str


class DnatAddressUsedBySnat(AddressError):
    """An SNAT rule uses the public address, so that not all that comes to it can be forwarded."""

    rule_id: str


class DnatPortTaken(AddressError):
    """Another DNAT rule forwards what comes to the same port of the public address."""

    rule_id: str


class DnatTargetTaken(AddressError):
    """Another DNAT rule forwards to the same port of the private address."""

    rule_id: str


class DnatTargetOutsideNetwork(AddressError):
    """The private address does not lie in the network of the NAT gateway."""

    network_id: str


class DnatTargetNoInstance(AddressError):
    """No interface on an instance of the network has the private address."""


class DnatTargetHasPublicAddress(AddressError):
    """The private address has an elastic public address of its own."""

    address_id: str


class AddressHasDnatRule(AddressError):
    """A DNAT rule leads to the private address that should have an elastic public one."""

    rule_id: str


class NatGatewayQuotaExceeded(QuotaExceeded):
    """NAT gateways per region."""


class NetworkNatGatewayQuotaExceeded(QuotaExceeded):
    """NAT gateways per network."""


class PublicAddressesPerNatGatewayExceeded(QuotaExceeded):
    """Public addresses per NAT gateway."""


class SnatRuleQuotaExceeded(QuotaExceeded):
    """SNAT rules per NAT gateway."""


class AddressesPerSnatRuleExceeded(QuotaExceeded):
    """Public addresses per SNAT rule."""


class DnatRuleQuotaExceeded(QuotaExceeded):
    """DNAT rules per NAT gateway."""
