"""What can go wrong with IPv4 and IPv6 gateways, and with the route tables for them."""

from duolect_core.errors.base import CoreError, DependencyViolation, NetworkMismatch, NotFound


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
