"""Creating, enabling, describing and deleting the IPv4 and IPv6 gateways of networks."""

from collections.abc import Mapping
from typing import Any

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.model.gateways import Gateway, Ipv4Gateway, Ipv6Gateway
from duolect_core.model.lifecycles import SERVICE_LIFECYCLE, ServiceState, Trigger
from duolect_core.model.resources import OperationKind
from duolect_core.model.routes import Route
from duolect_core.model.rules import ResourceKind
from duolect_core.networks.gateways import routing
from duolect_core.relations import default_routes, lookup, named_gateways, waiting
from duolect_core.relations.descriptions import describe


@attrs.frozen(kw_only=True)
class CreateIpv4Gateway:
    """Create the IPv4 gateway of a network, which has to be enabled before traffic takes its way by it.

    Raises:
        NetworkNotFound, NetworkBusy: there is none, or it is still being created.
        NetworkHasGateway: it has an IPv4 gateway.
        TagQuotaExceeded: there are too many tags.
    """

    network_id: str
    name: str = ""
    description: str = ""
    tags: Mapping[str, str] = attrs.field(factory=dict)
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> Ipv4Gateway:
        """Return the new gateway, PENDING where the cloud takes its time over it."""
        self.check(partition)
        gateway = Ipv4Gateway(
            id=partition.new_id(ResourceKind.IPV4_GATEWAY, partition.graph.ipv4_gateways),
            order=partition.next_order(),
            created=partition.now,
            name=self.name,
            description=self.description,
            tags=self.tags,
            extras=self.extras,
            network_id=self.network_id,
        )
        _add(partition, gateway)
        return gateway

    def check(self, partition: Partition) -> None:
        """Raise what keeps the gateway from being created."""
        graph = partition.graph
        network = lookup.ready_network(graph, self.network_id)
        if network.id in graph.ipv4_gateway_by_network:
            raise errors.NetworkHasGateway(network.id, graph.ipv4_gateway_by_network[network.id])
        lookup.check_tags(partition.rules, self.tags)


@attrs.frozen(kw_only=True)
class CreateIpv6Gateway:
    """Create the IPv6 gateway of a network.

    The main route table gets a route to everywhere through it, unless it has one, when the gateway is up.

    Raises:
        NetworkNotFound, NetworkBusy: there is none, or it is still being created.
        NetworkHasGateway: it has an IPv6 gateway.
        NetworkIpv6Disabled: it has no IPv6 block.
        RouteQuotaExceeded: the route table has no place for the route.
        TagQuotaExceeded: there are too many tags.
    """

    network_id: str
    name: str = ""
    description: str = ""
    tags: Mapping[str, str] = attrs.field(factory=dict)
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> Ipv6Gateway:
        """Return the new gateway, PENDING where the cloud takes its time over it."""
        self.check(partition)
        gateway = Ipv6Gateway(
            id=partition.new_id(ResourceKind.IPV6_GATEWAY, partition.graph.ipv6_gateways),
            order=partition.next_order(),
            created=partition.now,
            name=self.name,
            description=self.description,
            tags=self.tags,
            extras=self.extras,
            network_id=self.network_id,
        )
        _add(partition, gateway)
        return gateway

    def check(self, partition: Partition) -> None:
        """Raise what keeps the gateway from being created."""
        graph = partition.graph
        network = lookup.ready_network(graph, self.network_id)
        if network.id in graph.ipv6_gateway_by_network:
            raise errors.NetworkHasGateway(network.id, graph.ipv6_gateway_by_network[network.id])
        if network.ipv6_block is None:
            raise errors.NetworkIpv6Disabled(network.id)
        table_id = network.route_table_id
        if not default_routes.leads_to(graph, table_id, default_routes.EVERYWHERE_IPV6):
            default_routes.check_room(partition, table_id)
        lookup.check_tags(partition.rules, self.tags)


def _add(partition: Partition, gateway: Gateway) -> None:
    """Put a new gateway in, and let it come up: after the cloud's time, where it takes some."""
    partition.graph.add_gateway(gateway)
    if partition.rules.provision_is_asynchronous:
        gateway.state = ServiceState.PENDING
        duration = partition.rules.durations.change_gateway
        waiting.begin(partition, OperationKind.CREATE_GATEWAY, Trigger.PROVISIONED, duration, gateway)
    else:
        routing.come_up(partition, gateway)


@attrs.frozen(kw_only=True)
class EnableIpv4Gateway:
    """Enable an IPv4 gateway, and let route tables of its network lead to everywhere through it.

    Raises:
        Ipv4GatewayNotFound, Ipv4GatewayBusy, GatewayEnabled: there is none that could be enabled.
        RouteTableNotFound, RouteTableBusy, GatewayTableMismatch, RouteTableForGateways: a route table is
            not there, or not one that could lead there.
        TableLeadsEverywhere: a route table has a route to everywhere.
        RouteQuotaExceeded: a route table has no place for the route.
    """

    gateway_id: str
    table_ids: tuple[str, ...] = ()

    def apply(self, partition: Partition) -> Ipv4Gateway:
        """Return the gateway, MODIFYING where the cloud takes its time over it."""
        gateway = self.check(partition)
        gateway.enabling, gateway.routed_table_ids = True, tuple(dict.fromkeys(self.table_ids))
        if partition.rules.provision_is_asynchronous:
            gateway.state = SERVICE_LIFECYCLE[gateway.state, Trigger.MODIFY]
            duration = partition.rules.durations.change_gateway
            waiting.begin(partition, OperationKind.ENABLE_GATEWAY, Trigger.PROVISIONED, duration, gateway)
        else:
            routing.enable(partition, gateway)
        return gateway

    def check(self, partition: Partition) -> Ipv4Gateway:
        """Return the gateway, or raise what keeps it from being enabled."""
        graph = partition.graph
        named_gateways.ready_gateway(graph, ResourceKind.IPV4_GATEWAY, self.gateway_id)
        gateway = graph.ipv4_gateways[self.gateway_id]
        if gateway.enabled:
            raise errors.GatewayEnabled(gateway.id)
        for table_id in self.table_ids:
            table = lookup.ready_route_table(graph, table_id)
            if table.network_id != gateway.network_id:
                raise errors.GatewayTableMismatch(
                    gateway.id, gateway.network_id, table.id, table.network_id
                )
            if table.for_gateways:
                raise errors.RouteTableForGateways(table.id)
            if default_routes.leads_to(graph, table.id, default_routes.EVERYWHERE):
                raise errors.TableLeadsEverywhere(table.id)
            default_routes.check_room(partition, table.id)
        return gateway


@attrs.frozen(kw_only=True)
class ModifyGateway:
    """Change what is said of a gateway of a ``kind``, at once; None leaves a value as it is.

    Raises:
        Ipv4GatewayNotFound, Ipv6GatewayNotFound, Ipv4GatewayBusy, Ipv6GatewayBusy: there is none to change.
    """

    kind: ResourceKind
    gateway_id: str
    name: str | None = None
    description: str | None = None
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> Gateway:
        """Return the gateway as it is now."""
        gateway = self.check(partition)
        describe(gateway, self.name, self.description, self.extras)
        return gateway

    def check(self, partition: Partition) -> Gateway:
        """Return the gateway, or raise what keeps it as it is."""
        return named_gateways.ready_gateway(partition.graph, self.kind, self.gateway_id)


@attrs.frozen(kw_only=True)
class DeleteGateway:
    """Delete a gateway of a ``kind`` with which no route table is associated.

    Routes that lead to an IPv4 gateway keep it where ``Rules.routes_hold`` says so. Elsewhere, and where it
    is an IPv6 gateway, they go along.

    Raises:
        Ipv4GatewayNotFound, Ipv6GatewayNotFound, Ipv4GatewayBusy, Ipv6GatewayBusy: there is none to delete.
        GatewayHoldsTable, GatewayHoldsRoutes, GatewayHoldsBandwidth, GatewayHoldsEgressRules: something
            stands on it.
        RouteBusy: a route that would go along is under way.
    """

    kind: ResourceKind
    gateway_id: str

    def apply(self, partition: Partition) -> Gateway:
        """Return the gateway, DELETING where the cloud takes its time over it, else GONE."""
        gateway, routes = self.check(partition)
        if not partition.rules.provision_is_asynchronous:
            routing.remove(partition, gateway)
            return gateway
        routing.let_go(partition.graph, gateway, routes)
        duration = partition.rules.durations.change_gateway
        going = (*(route.id for route in routes), gateway.id)
        _, numbers = partition.begin(OperationKind.DELETE_GATEWAY, Trigger.DELETED, duration, *going)
        gateway.pending = numbers[-1]
        return gateway

    def check(self, partition: Partition) -> tuple[Gateway, tuple[Route, ...]]:
        """Return the gateway and the routes that go with it, or raise what keeps it."""
        graph = partition.graph
        gateway = named_gateways.ready_gateway(graph, self.kind, self.gateway_id)
        if gateway.route_table_id:
            raise errors.GatewayHoldsTable(gateway.id, gateway.route_table_id)
        if partition.rules.routes_hold and self.kind is ResourceKind.IPV4_GATEWAY:
            for route_id in graph.routes_by_hop.ids(gateway.id):
                raise errors.GatewayHoldsRoutes(gateway.id, route_id)
        if self.kind is ResourceKind.IPV6_GATEWAY:
            for rule_id in graph.egress_rules_by_gateway.ids(gateway.id):
                raise errors.GatewayHoldsEgressRules(gateway.id, rule_id)
            for bandwidth_id in graph.ipv6_bandwidths_by_network.ids(gateway.network_id):
                raise errors.GatewayHoldsBandwidth(gateway.id, bandwidth_id)
        return gateway, routing.routes_through(graph, gateway)
