"""IPv4 and IPv6 gateways, and the route tables that are associated with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duolect_core.graph.tags import TagTables
from duolect_core.model.lifecycles import ServiceState

if TYPE_CHECKING:
    from duolect_core.model.gateways import Gateway, Ipv4Gateway, Ipv6Gateway


class GatewayTables(TagTables):
    """The IPv4 and IPv6 gateways of a partition."""

    def __init__(self) -> None:
        """Start empty."""
        self.ipv4_gateways: dict[str, Ipv4Gateway] = {}
        self.ipv6_gateways: dict[str, Ipv6Gateway] = {}
        self.ipv4_gateway_by_network: dict[str, str] = {}
        """The IPv4 gateway of each network that has one."""
        self.ipv6_gateway_by_network: dict[str, str] = {}
        """The IPv6 gateway of each network that has one."""
        self.gateway_by_route_table: dict[str, str] = {}
        """The gateway that each route table for gateways is associated with, if it is with one."""

    def add_gateway(self, gateway: Gateway) -> None:
        """Put a new gateway in, with the route table that is associated with it."""
        from duolect_core.model.gateways import Ipv4Gateway  # noqa: PLC0415 - a start does without

        if isinstance(gateway, Ipv4Gateway):
            self.ipv4_gateways[gateway.id] = gateway
            self.ipv4_gateway_by_network[gateway.network_id] = gateway.id
        else:
            self.ipv6_gateways[gateway.id] = gateway
            self.ipv6_gateway_by_network[gateway.network_id] = gateway.id
        if gateway.route_table_id:
            self.gateway_by_route_table[gateway.route_table_id] = gateway.id
        self._tag(gateway)

    def remove_gateway(self, gateway: Gateway) -> None:
        """Take a gateway out, which is GONE then; no route table is associated with it any more."""
        from duolect_core.model.gateways import Ipv4Gateway  # noqa: PLC0415 - a start does without

        self.set_gateway_table(gateway, "")
        self._untag(gateway)
        if isinstance(gateway, Ipv4Gateway):
            del self.ipv4_gateway_by_network[gateway.network_id]
            del self.ipv4_gateways[gateway.id]
        else:
            del self.ipv6_gateway_by_network[gateway.network_id]
            del self.ipv6_gateways[gateway.id]
        gateway.state = ServiceState.GONE

    def set_gateway_table(self, gateway: Gateway, table_id: str) -> None:
        """Associate a route table with a gateway, or none, in the place of the one that it has."""
        if gateway.route_table_id:
            del self.gateway_by_route_table[gateway.route_table_id]
        gateway.route_table_id = table_id
        if table_id:
            self.gateway_by_route_table[table_id] = gateway.id

    def gateways_of_network(self, network_id: str) -> list[Gateway]:
        """Return the gateways of a network: one of each kind at most."""
        found: list[Gateway] = []
        if network_id in self.ipv4_gateway_by_network:
            found.append(self.ipv4_gateways[self.ipv4_gateway_by_network[network_id]])
        if network_id in self.ipv6_gateway_by_network:
            found.append(self.ipv6_gateways[self.ipv6_gateway_by_network[network_id]])
        return found
