"""Route tables: creating, changing and deleting them, and which one a subnet uses."""

from collections.abc import Mapping
from typing import Any

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.graph.graph import Graph
from duolect_core.model.lifecycles import (
    PROVISION_LIFECYCLE,
    ROUTE_LIFECYCLE,
    RouteState,
    Trigger,
)
from duolect_core.model.resources import Network, OperationKind, Subnet
from duolect_core.model.routes import RouteTable
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import lookup
from duolect_core.relations.descriptions import describe


@attrs.frozen(kw_only=True)
class CreateRouteTable:
    """Create a route table of a network, which no subnet, and no gateway, uses yet.

    Raises:
        NetworkNotFound, NetworkBusy: there is none, or it is still being created.
        RouteTableQuotaExceeded, TagQuotaExceeded: a limit is reached.
    """

    network_id: str
    for_gateways: bool = False
    name: str = ""
    description: str = ""
    tags: Mapping[str, str] = attrs.field(factory=dict)
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> RouteTable:
        """Return the new route table, PENDING where the cloud takes its time over it."""
        network = self.check(partition)
        graph, rules = partition.graph, partition.rules
        takes_time = rules.provision_is_asynchronous
        table = RouteTable(
            id=partition.new_id(ResourceKind.ROUTE_TABLE, graph.route_tables),
            order=partition.next_order(),
            created=partition.now,
            name=self.name,
            description=self.description,
            tags=self.tags,
            extras=self.extras,
            network_id=network.id,
            for_gateways=self.for_gateways,
            state=RouteState.PENDING if takes_time else RouteState.AVAILABLE,
        )
        graph.add_route_table(table)
        if takes_time:
            duration = rules.durations.change_routes
            partition.begin(OperationKind.CREATE_ROUTE_TABLE, Trigger.PROVISIONED, duration, table.id)
        return table

    def check(self, partition: Partition) -> Network:
        """Return the network, or raise what keeps the route table from being created."""
        graph, rules = partition.graph, partition.rules
        network = lookup.ready_network(graph, self.network_id)
        limit = rules.quotas.route_tables_per_network
        if limit is not None and len(graph.route_tables_by_network.ids(network.id)) >= limit:
            raise errors.RouteTableQuotaExceeded(network.id, limit)
        lookup.check_tags(rules, self.tags)
        return network


@attrs.frozen(kw_only=True)
class ModifyRouteTable:
    """Change what is said of a route table, at once; None leaves a value as it is.

    Raises:
        RouteTableNotFound: there is none of this id.
    """

    table_id: str
    name: str | None = None
    description: str | None = None
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> RouteTable:
        """Return the route table as it is now."""
        table = self.check(partition)
        describe(table, self.name, self.description, self.extras)
        return table

    def check(self, partition: Partition) -> RouteTable:
        """Return the route table, or raise where there is none."""
        return lookup.route_table(partition.graph, self.table_id)


@attrs.frozen
class DeleteRouteTable:
    """Delete a route table that no subnet uses.

    Its routes go along, or must be gone before, as ``Rules.routes_hold`` says.

    Raises:
        RouteTableNotFound, RouteTableBusy, RouteTableIsMain: there is none that could go.
        RouteTableHoldsSubnets, RouteTableHoldsGateway, RouteTableHoldsRoutes: something stands on it.
    """

    table_id: str

    def apply(self, partition: Partition) -> RouteTable:
        """Return the route table, DELETING where the cloud takes its time over it, else GONE."""
        table = self.check(partition)
        rules = partition.rules
        if rules.provision_is_asynchronous:
            table.state = ROUTE_LIFECYCLE[table.state, Trigger.DELETE]
            duration = rules.durations.change_routes
            partition.begin(OperationKind.DELETE_ROUTE_TABLE, Trigger.DELETED, duration, table.id)
        else:
            partition.graph.remove_route_table(table)
        return table

    def check(self, partition: Partition) -> RouteTable:
        """Return the route table, or raise what keeps it from going."""
        graph = partition.graph
        table = lookup.ready_route_table(graph, self.table_id)
        if is_main(graph, table):
            raise errors.RouteTableIsMain(table.id)
        for subnet_id in graph.subnets_by_route_table.ids(table.id):
            raise errors.RouteTableHoldsSubnets(table.id, subnet_id)
        if table.id in graph.gateway_by_route_table:
            raise errors.RouteTableHoldsGateway(table.id, graph.gateway_by_route_table[table.id])
        if partition.rules.routes_hold:
            for route_id in graph.routes_by_table.ids(table.id):
                raise errors.RouteTableHoldsRoutes(table.id, route_id)
        return table


def is_main(graph: Graph, table: RouteTable) -> bool:
    """Say whether a route table is the main one of its network."""
    return graph.networks[table.network_id].route_table_id == table.id


# -- which one a subnet uses -------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class AssociateRouteTable:
    """Let a subnet use another route table of its network.

    Where the cloud takes its time over subnets, the subnet is PENDING for as long.

    Raises:
        SubnetNotFound, SubnetBusy, RouteTableNotFound, RouteTableBusy: what was named is not there (yet).
        RouteTableForGateways: subnets do not use it.
        RouteTableNetworkMismatch: the two are not in one network.
        RouteTableAssociated, SubnetUsesOtherTable, RouteTableIsMain: on a cloud whose subnets leave a route
            table before they use the next, it uses this one already, or another one than the main one; or
            this is the main one, to which it gets by leaving.
    """

    table_id: str
    subnet_id: str

    def apply(self, partition: Partition) -> Subnet:
        """Return the subnet, which uses the route table from now on."""
        subnet = self.check(partition)
        _use(partition, OperationKind.ASSOCIATE_ROUTE_TABLE, subnet, self.table_id)
        return subnet

    def check(self, partition: Partition) -> Subnet:
        """Return the subnet, or raise what keeps it from using the route table."""
        graph = partition.graph
        subnet = lookup.ready_subnet(graph, self.subnet_id)
        table = lookup.ready_route_table(graph, self.table_id)
        if table.for_gateways:
            raise errors.RouteTableForGateways(table.id)
        if table.network_id != subnet.network_id:
            raise errors.RouteTableNetworkMismatch(table.id, table.network_id, subnet.id, subnet.network_id)
        if partition.rules.subnets_leave_tables_first:
            if subnet.route_table_id == table.id:
                raise errors.RouteTableAssociated(subnet.id, table.id)
            if is_main(graph, table):
                raise errors.RouteTableIsMain(table.id)
            if not is_main(graph, graph.route_tables[subnet.route_table_id]):
                raise errors.SubnetUsesOtherTable(subnet.id, subnet.route_table_id)
        return subnet


@attrs.frozen(kw_only=True)
class DisassociateRouteTable:
    """Let a subnet use the main route table of its network again.

    Where the cloud takes its time over subnets, the subnet is PENDING for as long.

    Raises:
        SubnetNotFound, SubnetBusy, RouteTableNotFound: what was named is not there (yet).
        RouteTableIsMain, RouteTableNotAssociated: it is the main one, or the subnet does not use it.
    """

    table_id: str
    subnet_id: str

    def apply(self, partition: Partition) -> Subnet:
        """Return the subnet, which uses the main route table from now on."""
        subnet = self.check(partition)
        main = partition.graph.networks[subnet.network_id].route_table_id
        _use(partition, OperationKind.DISASSOCIATE_ROUTE_TABLE, subnet, main)
        return subnet

    def check(self, partition: Partition) -> Subnet:
        """Return the subnet, or raise what keeps it where it is."""
        graph = partition.graph
        subnet = lookup.ready_subnet(graph, self.subnet_id)
        table = lookup.route_table(graph, self.table_id)
        if is_main(graph, table):
            raise errors.RouteTableIsMain(table.id)
        if subnet.route_table_id != table.id:
            raise errors.RouteTableNotAssociated(subnet.id, table.id)
        return subnet


def _use(partition: Partition, kind: OperationKind, subnet: Subnet, table_id: str) -> None:
    graph, rules = partition.graph, partition.rules
    graph.use_route_table(subnet, table_id)
    if rules.provision_is_asynchronous:
        graph.set_subnet_state(subnet, PROVISION_LIFECYCLE[subnet.state, Trigger.MODIFY])
        partition.begin(kind, Trigger.PROVISIONED, rules.durations.change_routes, subnet.id)
