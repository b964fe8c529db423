"""Deleting networks and subnets: what stands on one keeps it, or goes along."""

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.graph.graph import Graph
from duolect_core.model.gateways import Gateway
from duolect_core.model.lifecycles import PROVISION_LIFECYCLE, Trigger
from duolect_core.model.resources import Network, OperationKind, Subnet
from duolect_core.model.rules import ResourceKind
from duolect_core.networks import blocks, transit, turns
from duolect_core.networks.gateways import routing
from duolect_core.relations import lookup, named_gateways, removal


@attrs.frozen
class DeleteNetwork:
    """Delete a network with its route tables, and its empty subnets where the cloud does so.

    Where the cloud takes its time over it, all of them are DELETING for as long. ``force`` lets its IPv4
    and IPv6 gateways, and the routes that lead to those, go along.

    Raises:
        NetworkNotFound, NetworkBusy: there is none, or it is still being created, or deleted already.
        SubnetBusy: a subnet that would go with it is still being created.
        SubnetHoldsReservations: something is reserved in one of those.
        NetworkHoldsSubnets, NetworkHoldsNatGateways, NetworkHoldsGroups, NetworkHoldsInterfaces,
            NetworkHoldsVirtualAddresses, NetworkHoldsGateways, NetworkHoldsRouteTargetGroups: something
            stands on it.
        NetworkHoldsTransits: it is attached to a transit network.
        Ipv4GatewayBusy, Ipv6GatewayBusy, RouteBusy: something is under way with a gateway, or a route, that
            would go along.
        NetworkHoldsRouteTables, NetworkHoldsRoutes: so does routing, where ``Rules.routes_hold`` says so.
        NetworkHoldsAcls: it has network ACLs, where ``Rules.acls_hold`` says so.
    """

    network_id: str
    force: bool = False

    def apply(self, partition: Partition) -> None:
        """Take the network out, or let it go after the cloud's time."""
        network, subnets, gateways = self.check(partition)
        graph, rules = partition.graph, partition.rules
        if not rules.network_deletion_is_asynchronous:
            for gateway in gateways:
                routing.remove(partition, gateway)
            for subnet in subnets:
                removal.remove_subnet(partition, subnet)
            blocks.release_ipv6(partition, network)
            removal.remove_network(partition, network)
            return
        for subnet in subnets:
            graph.set_subnet_state(subnet, PROVISION_LIFECYCLE[subnet.state, Trigger.DELETE])
        network.state = PROVISION_LIFECYCLE[network.state, Trigger.DELETE]
        going = [subnet.id for subnet in subnets]
        for gateway in gateways:
            routes = routing.routes_through(graph, gateway)
            routing.let_go(graph, gateway, routes)
            going += [*(route.id for route in routes), gateway.id]
        _, numbers = partition.begin(
            OperationKind.DELETE_NETWORK,
            Trigger.DELETED,
            rules.durations.delete_network,
            *going,
            network.id,
        )
        for gateway in gateways:
            gateway.pending = numbers[going.index(gateway.id)]

    def check(self, partition: Partition) -> tuple[Network, list[Subnet], list[Gateway]]:
        """Return the network and what goes with it, or raise what keeps it from going."""
        graph, rules = partition.graph, partition.rules
        network = lookup.ready_network(graph, self.network_id)
        subnet_ids = tuple(graph.subnets_by_network.ids(network.id))
        if subnet_ids and not rules.empty_subnets_go_with_network:
            raise errors.NetworkHoldsSubnets(network.id, subnet_ids[0])
        for gateway_id in graph.nat_gateways_by_network.ids(network.id):
            raise errors.NetworkHoldsNatGateways(network.id, gateway_id)
        transit.check_detached(network)
        gateways = self._gateways(graph, network)
        for group_id in graph.route_target_groups_by_network.ids(network.id):
            raise errors.NetworkHoldsRouteTargetGroups(network.id, group_id)
        for interface_id in graph.interfaces_by_network.ids(network.id):
            raise errors.NetworkHoldsInterfaces(network.id, interface_id)
        for address_id in graph.virtual_addresses_by_network.ids(network.id):
            raise errors.NetworkHoldsVirtualAddresses(network.id, address_id)
        for group_id in graph.groups_by_network.ids(network.id):
            raise errors.NetworkHoldsGroups(network.id, group_id)
        if rules.routes_hold:
            _check_no_routes(graph, network, {gateway.id for gateway in gateways})
        if rules.acls_hold:
            for acl_id in graph.network_acls_by_network.ids(network.id):
                raise errors.NetworkHoldsAcls(network.id, acl_id)
        blocks.check_unreserved(graph, *subnet_ids)
        return network, [lookup.ready_subnet(graph, subnet_id) for subnet_id in subnet_ids], gateways

    def _gateways(self, graph: Graph, network: Network) -> list[Gateway]:
        """Return the gateways that go with the network, or raise what keeps them."""
        gateways = graph.gateways_of_network(network.id)
        for gateway in gateways:
            if not self.force:
                raise errors.NetworkHoldsGateways(network.id, gateway.id)
            of_ipv4 = gateway.id in graph.ipv4_gateways
            kind = ResourceKind.IPV4_GATEWAY if of_ipv4 else ResourceKind.IPV6_GATEWAY
            named_gateways.ready_gateway(graph, kind, gateway.id)
            routing.routes_through(graph, gateway)
        return gateways


def _check_no_routes(graph: Graph, network: Network, going: set[str]) -> None:
    """Raise what routing keeps a network, but for the routes that lead to what is ``going``."""
    for table_id in graph.route_tables_by_network.ids(network.id):
        if table_id != network.route_table_id:
            raise errors.NetworkHoldsRouteTables(network.id, table_id)
    for route in graph.routes_of_network(network.id):
        if not all(hop.id in going for hop in route.hops):
            raise errors.NetworkHoldsRoutes(network.id, route.id)


@attrs.frozen
class DeleteSubnet:
    """Delete a subnet; where the cloud takes its time over it, the subnet is DELETING for as long.

    Raises:
        SubnetNotFound, SubnetBusy: there is none, or it is still being created or modified, or deleted
            already; or another one of its network is, on a cloud that takes them one by one.
        SubnetHoldsNatGateways, SubnetHoldsInterfaces, SubnetHoldsVirtualAddresses, SubnetHoldsSnatRules,
            SubnetHoldsReservations, SubnetHoldsIpv6Addresses: something stands on it.
        SubnetHoldsRouteTable: it uses another route table than the main one, where that holds it.
        SubnetHoldsAcl: it is associated with a network ACL, where that holds it.
    """

    subnet_id: str

    def apply(self, partition: Partition) -> None:
        """Take the subnet out, or let it go after the cloud's time."""
        subnet = self.check(partition)
        graph, rules = partition.graph, partition.rules
        if not rules.network_deletion_is_asynchronous:
            removal.remove_subnet(partition, subnet)
            return
        graph.set_subnet_state(subnet, PROVISION_LIFECYCLE[subnet.state, Trigger.DELETE])
        duration = rules.durations.delete_network
        partition.begin(OperationKind.DELETE_SUBNET, Trigger.DELETED, duration, subnet.id)

    def check(self, partition: Partition) -> Subnet:
        """Return the subnet, or raise what keeps it from going."""
        graph = partition.graph
        subnet = lookup.ready_subnet(graph, self.subnet_id)
        turns.check_others_idle(partition, subnet.network_id)
        for interface_id in graph.interfaces_by_subnet.ids(subnet.id):
            for gateway_id in graph.nat_gateways_by_interface.ids(interface_id):
                raise errors.SubnetHoldsNatGateways(subnet.id, gateway_id)
            raise errors.SubnetHoldsInterfaces(subnet.id, interface_id)
        for address_id in graph.virtual_addresses_by_subnet.ids(subnet.id):
            raise errors.SubnetHoldsVirtualAddresses(subnet.id, address_id)
        for rule_id in graph.snat_rules_by_source_id.ids(subnet.id):
            raise errors.SubnetHoldsSnatRules(subnet.id, rule_id)
        blocks.check_unreserved(graph, subnet.id)
        blocks.check_ipv6_idle(subnet)
        main = graph.networks[subnet.network_id].route_table_id
        if partition.rules.routes_hold and subnet.route_table_id != main:
            raise errors.SubnetHoldsRouteTable(subnet.id, subnet.route_table_id)
        acl_id = graph.network_acl_by_subnet.get(subnet.id)
        if partition.rules.acls_hold and acl_id is not None:
            raise errors.SubnetHoldsAcl(subnet.id, acl_id)
        return subnet
