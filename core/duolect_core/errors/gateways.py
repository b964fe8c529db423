"""What can go wrong with IPv4 and IPv6 gateways, and with the route tables for them."""

from duolect_core.errors.base import (
    CoreError,
    DependencyViolation,
    NetworkMismatch,
    NotFound,
    QuotaExceeded,
)


class Ipv4GatewayNotFound(NotFound):
    """No IPv4 gateway has this id."""


class Ipv6GatewayNotFound(NotFound):
    """No IPv6 gateway has this id."""


class Ipv4GatewayBusy(CoreError):
    """Something is under way with the IPv4 gateway."""

    gateway_id: str
    state: str
    transient = True


class Ipv6GatewayBusy(CoreError):
    """Something is under way with the IPv6 gateway."""

    gateway_id: str
    state: str
    transient = True


class NetworkHasGateway(CoreError):
    """The network has a gateway of this kind already."""

    network_id: str
    gateway_id: str


class NetworkIpv6Disabled(CoreError):
    """The network has no IPv6 block, and so no use for an IPv6 gateway."""

    network_id: str


class GatewayEnabled(CoreError):
    """The IPv4 gateway is enabled already."""

    gateway_id: str


class GatewayNotEnabled(CoreError):
    """The IPv4 gateway must be enabled first."""

    gateway_id: str


class TableLeadsEverywhere(CoreError):
    """The route table has a route to everywhere already."""

    table_id: str


class RouteTableForGateways(CoreError):
    """The route table is one for gateways: subnets do not use it, and no routes are created in it."""

    table_id: str


class RouteTableForSubnets(CoreError):
    """The route table is one for subnets, with which no gateway is associated."""

    table_id: str


class GatewayHasTable(CoreError):
    """A route table is associated with the gateway already."""

    gateway_id: str
    table_id: str


class RouteTableHasGateway(CoreError):
    """The route table is associated with a gateway already."""

    table_id: str
    gateway_id: str


class GatewayTableNotAssociated(CoreError):
    """The route table is not associated with this gateway."""

    gateway_id: str
    table_id: str


class GatewayTableMismatch(NetworkMismatch):
    """A gateway and a route table that should be used together are in different networks."""


class GatewayHoldsRoutes(DependencyViolation):
    """Routes still lead to the gateway."""


class GatewayHoldsTable(DependencyViolation):
    """A route table is still associated with the gateway."""


class RouteTableHoldsGateway(DependencyViolation):
    """The route table is still associated with a gateway."""


class NetworkHoldsGateways(DependencyViolation):
    """A network still has an IPv4 or IPv6 gateway."""


class Ipv6AddressNotFound(NotFound):
    """No IPv6 address has this id, or it is nobody's."""


class Ipv6AddressBusy(CoreError):
    """The IPv6 address, or the interface that has it, is on its way."""

    address_id: str
    state: str
    transient = True


class Ipv6AddressNotFree(CoreError):
    """An interface has the IPv6 address: it goes as one of that."""

    address_id: str
    interface_id: str


class Ipv6AddressHoldsBandwidth(DependencyViolation):
    """The IPv6 address still has Internet bandwidth."""


class Ipv6BandwidthNotFound(NotFound):
    """No Internet bandwidth of an IPv6 address has this id."""


class Ipv6BandwidthBusy(CoreError):
    """Something is under way with the Internet bandwidth of an IPv6 address."""

    bandwidth_id: str
    state: str
    transient = True


class Ipv6AddressHasBandwidth(CoreError):
    """The IPv6 address has Internet bandwidth already."""

    address: str
    bandwidth_id: str


class Ipv6AddressHasNoBandwidth(CoreError):
    """The IPv6 address has no Internet bandwidth."""

    address: str


class NetworkHasNoIpv6Gateway(CoreError):
    """The network has no IPv6 gateway, without which none of its addresses reaches the Internet."""

    network_id: str


class Ipv6GatewayMismatch(NetworkMismatch):
    """An IPv6 gateway and an IPv6 address that should be used together are in different networks."""


class EgressRuleNotFound(NotFound):
    """No egress rule has this id."""


class EgressRuleBusy(CoreError):
    """Something is under way with the egress rule."""

    rule_id: str
    state: str
    transient = True


class Ipv6AddressHasEgressRule(CoreError):
    """The IPv6 address has an egress rule already."""

    address: str
    rule_id: str


class EgressRuleQuotaExceeded(QuotaExceeded):
    """Egress rules per IPv6 gateway."""


class GatewayHoldsBandwidth(DependencyViolation):
    """IPv6 addresses still have Internet bandwidth by the gateway."""


class GatewayHoldsEgressRules(DependencyViolation):
    """The gateway still has egress rules."""
