"""Which route table says where the packets go that come in by a gateway."""

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.model.gateways import Gateway, Ipv4Gateway
from duolect_core.model.lifecycles import SERVICE_LIFECYCLE, Trigger
from duolect_core.model.resources import OperationKind
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import lookup, named_gateways, waiting


@attrs.frozen(kw_only=True)
class AssociateGatewayTable:
    """Associate a route table for gateways with a gateway of its network; an IPv4 gateway is enabled first.

    Raises:
        Ipv4GatewayNotFound, Ipv6GatewayNotFound, Ipv4GatewayBusy, Ipv6GatewayBusy, GatewayNotEnabled,
            RouteTableNotFound, RouteTableBusy, RouteTableForSubnets: what was named is not there (yet), or
            not of that kind.
        GatewayTableMismatch: the two are not in one network.
        GatewayHasTable, RouteTableHasGateway: one of them is associated already.
    """

    kind: ResourceKind
    gateway_id: str
    table_id: str

    def apply(self, partition: Partition) -> Gateway:
        """Return the gateway, MODIFYING where the cloud takes its time over it."""
        gateway = self.check(partition)
        partition.graph.set_gateway_table(gateway, self.table_id)
        _modify(partition, OperationKind.ASSOCIATE_GATEWAY_TABLE, gateway)
        return gateway

    def check(self, partition: Partition) -> Gateway:
        """Return the gateway, or raise what keeps the route table from it."""
        graph = partition.graph
        gateway = named_gateways.ready_gateway(graph, self.kind, self.gateway_id)
        if isinstance(gateway, Ipv4Gateway) and not gateway.enabled:
            raise errors.GatewayNotEnabled(gateway.id)
        table = lookup.ready_route_table(graph, self.table_id)
        if not table.for_gateways:
            raise errors.RouteTableForSubnets(table.id)
        if table.network_id != gateway.network_id:
            raise errors.GatewayTableMismatch(gateway.id, gateway.network_id, table.id, table.network_id)
        if gateway.route_table_id:
            raise errors.GatewayHasTable(gateway.id, gateway.route_table_id)
        if table.id in graph.gateway_by_route_table:
            raise errors.RouteTableHasGateway(table.id, graph.gateway_by_route_table[table.id])
        return gateway


@attrs.frozen(kw_only=True)
class DisassociateGatewayTable:
    """Let a gateway have no route table any more.

    Raises:
        Ipv4GatewayNotFound, Ipv6GatewayNotFound, Ipv4GatewayBusy, Ipv6GatewayBusy, RouteTableNotFound,
            RouteTableBusy, RouteTableForSubnets: what was named is not there (yet), or not of that kind.
        GatewayTableNotAssociated: the route table is not associated with it.
    """

    kind: ResourceKind
    gateway_id: str
    table_id: str

    def apply(self, partition: Partition) -> Gateway:
        """Return the gateway, MODIFYING where the cloud takes its time over it."""
        gateway = self.check(partition)
        partition.graph.set_gateway_table(gateway, "")
        _modify(partition, OperationKind.DISASSOCIATE_GATEWAY_TABLE, gateway)
        return gateway

    def check(self, partition: Partition) -> Gateway:
        """Return the gateway, or raise what keeps the route table."""
        graph = partition.graph
        gateway = named_gateways.ready_gateway(graph, self.kind, self.gateway_id)
        table = lookup.ready_route_table(graph, self.table_id)
        if not table.for_gateways:
            raise errors.RouteTableForSubnets(table.id)
        if gateway.route_table_id != table.id:
            raise errors.GatewayTableNotAssociated(gateway.id, table.id)
        return gateway


def _modify(partition: Partition, kind: OperationKind, gateway: Gateway) -> None:
    if partition.rules.provision_is_asynchronous:
        gateway.state = SERVICE_LIFECYCLE[gateway.state, Trigger.MODIFY]
        duration = partition.rules.durations.change_gateway
        waiting.begin(partition, kind, Trigger.PROVISIONED, duration, gateway)
