"""Creating, modifying, resizing and deleting NAT gateways."""

from collections.abc import Mapping
from typing import Any

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.interfaces.lifecycle import CreateInterface
from duolect_core.model.lifecycles import (
    ROUTE_LIFECYCLE,
    SERVICE_LIFECYCLE,
    AddressState,
    InterfaceState,
    PublicAddressState,
    Trigger,
)
from duolect_core.model.nat_gateways import NatGateway
from duolect_core.model.public_addresses import PublicAddress
from duolect_core.model.resources import OperationKind, Subnet
from duolect_core.model.routes import Route
from duolect_core.model.rules import ResourceKind
from duolect_core.nat_gateways.addresses import begin_to_bind, check_bindable
from duolect_core.public_addresses.lifecycle import AllocatePublicAddresses
from duolect_core.relations import capacity, default_routes, lookup, named_gateways
from duolect_core.relations.address_plans import ANY_PRIMARY, AddressPlan
from duolect_core.relations.descriptions import describe


@attrs.frozen(kw_only=True)
class CreateNatGateway:
    """Create a NAT gateway, with public addresses bound to it: those named, and as many new ones as wanted.

    Where a subnet is named, the gateway is in it by a managed interface, which has the address ``ip``, or
    any one where that is None; else it is in a ``zone``. ``routes_default`` lets the main route table of
    the network get a route to everywhere through the gateway, unless it has one, when the gateway is up.
    ``address_extras`` is stored over what the named addresses have.

    Raises:
        NetworkNotFound, NetworkBusy, SubnetNotFound, SubnetBusy, SubnetNetworkMismatch, ZoneNotFound: what
            was named is not there (yet).
        what ``AddressPlan.check`` raises: the subnet has no address.
        NatGatewayQuotaExceeded, NetworkNatGatewayQuotaExceeded, TagQuotaExceeded: a limit is reached.
        RouteQuotaExceeded: the route table has no place for the route.
        what ``BindToNatGateway`` and ``AllocatePublicAddresses`` raise of the public addresses.
    """

    network_id: str
    subnet_id: str | None = None
    ip: AddressPlan = ANY_PRIMARY
    zone: str = ""
    name: str = ""
    description: str = ""
    tags: Mapping[str, str] = attrs.field(factory=dict)
    protected: bool = False
    routes_default: bool = False
    address_ids: tuple[str, ...] = ()
    address_extras: Mapping[str, Any] = attrs.field(factory=dict)
    new_addresses: AllocatePublicAddresses | None = None
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> NatGateway:
        """Return the new gateway, PENDING."""
        subnet, addresses = self.check(partition)
        graph = partition.graph
        gateway_id = partition.new_id(ResourceKind.NAT_GATEWAY, graph.nat_gateways)
        interface_id = None
        if subnet is not None:
            interface_id = self._put_interface(partition, subnet, gateway_id)
        gateway = NatGateway(
            id=gateway_id,
            order=partition.next_order(),
            created=partition.now,
            modified=partition.now,
            name=self.name,
            description=self.description,
            tags=self.tags,
            extras=self.extras,
            network_id=self.network_id,
            zone=self.zone if subnet is None else subnet.zone,
            interface_id=interface_id,
            routes_default=self.routes_default,
            protected=self.protected,
        )
        graph.add_nat_gateway(gateway)
        duration = partition.rules.durations.change_nat_gateway
        _, (gateway.pending,) = partition.begin(
            OperationKind.CREATE_NAT_GATEWAY, Trigger.PROVISIONED, duration, gateway.id
        )
        for address in addresses:
            address.extras = {**address.extras, **self.address_extras}
        if self.new_addresses is not None:
            addresses = (*addresses, *self.new_addresses.add(partition, PublicAddressState.AVAILABLE))
        begin_to_bind(partition, gateway, addresses, before_up=True)
        return gateway

    def _put_interface(self, partition: Partition, subnet: Subnet, gateway_id: str) -> str:
        """Put the managed interface of the gateway into its subnet, and return its id."""
        create = CreateInterface(
            subnet_id=subnet.id, addresses=self.ip, name=gateway_id, description=gateway_id, managed=True
        )
        return create.put(partition, subnet, AddressState.AVAILABLE, InterfaceState.AVAILABLE).id

    def check(self, partition: Partition) -> tuple[Subnet | None, tuple[PublicAddress, ...]]:
        """Return the subnet and the addresses that are there, or raise what keeps it from being created."""
        graph, rules = partition.graph, partition.rules
        network = lookup.ready_network(graph, self.network_id)
        subnet = None
        if self.subnet_id is not None:
            subnet = lookup.ready_subnet(graph, self.subnet_id)
            if subnet.network_id != network.id:
                raise errors.SubnetNetworkMismatch(subnet.id, subnet.network_id, network.id, network.id)
            capacity.check_subnet(partition, subnet, self.ip)
        elif self.zone not in rules.zones:
            raise errors.ZoneNotFound(self.zone)
        self._check_quotas(partition)
        addresses = check_bindable(partition, "", self.address_ids)
        count = len(addresses)
        if self.new_addresses is not None:
            count += self.new_addresses.check(partition)
        limit = rules.quotas.addresses_per_nat_gateway
        if limit is not None and count > limit:
            raise errors.PublicAddressesPerNatGatewayExceeded(network.id, limit)
        return subnet, addresses

    def _check_quotas(self, partition: Partition) -> None:
        graph, rules = partition.graph, partition.rules
        quotas = rules.quotas
        if quotas.nat_gateways is not None and len(graph.nat_gateways) >= quotas.nat_gateways:
            raise errors.NatGatewayQuotaExceeded(rules.region, quotas.nat_gateways)
        limit = quotas.nat_gateways_per_network
        if limit is not None and len(graph.nat_gateways_by_network.ids(self.network_id)) >= limit:
            raise errors.NetworkNatGatewayQuotaExceeded(self.network_id, limit)
        lookup.check_tags(rules, self.tags)
        if self.routes_default:
            table_id = graph.networks[self.network_id].route_table_id
            if not default_routes.leads_to(graph, table_id, default_routes.EVERYWHERE):
                default_routes.check_room(partition, table_id)


@attrs.frozen(kw_only=True)
class ModifyNatGateway:
    """Change what is said of a NAT gateway, at once; None leaves a value as it is.

    Raises:
        NatGatewayNotFound, NatGatewayBusy: there is none to modify.
    """

    gateway_id: str
    name: str | None = None
    description: str | None = None
    protected: bool | None = None
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> NatGateway:
        """Return the gateway as it is now."""
        gateway = self.check(partition)
        describe(gateway, self.name, self.description, self.extras)
        gateway.protected = gateway.protected if self.protected is None else self.protected
        gateway.modified = partition.now
        return gateway

    def check(self, partition: Partition) -> NatGateway:
        """Return the gateway, or raise what keeps it as it is."""
        return named_gateways.ready_nat_gateway(partition.graph, self.gateway_id)


@attrs.frozen(kw_only=True)
class ResizeNatGateway:
    """Give a NAT gateway another size, which is said in its ``extras``.

    Raises:
        NatGatewayNotFound, NatGatewayBusy: there is none to resize.
    """

    gateway_id: str
    extras: Mapping[str, Any]

    def apply(self, partition: Partition) -> NatGateway:
        """Return the gateway, now MODIFYING."""
        gateway = self.check(partition)
        describe(gateway, None, None, self.extras)
        gateway.modified = partition.now
        gateway.state = SERVICE_LIFECYCLE[gateway.state, Trigger.MODIFY]
        duration = partition.rules.durations.change_nat_gateway
        _, (gateway.pending,) = partition.begin(
            OperationKind.RESIZE_NAT_GATEWAY, Trigger.PROVISIONED, duration, gateway.id
        )
        return gateway

    def check(self, partition: Partition) -> NatGateway:
        """Return the gateway, or raise what keeps it as it is."""
        return named_gateways.ready_nat_gateway(partition.graph, self.gateway_id)


@attrs.frozen(kw_only=True)
class DeleteNatGateway:
    """Delete a NAT gateway with the route that was made for it; its public addresses stay.

    ``force`` takes its rules along and lets its addresses go, which else keep it. Other routes that lead
    there keep it where ``Rules.routes_hold`` says so, and elsewhere go along.

    Raises:
        NatGatewayNotFound, NatGatewayBusy, NatGatewayProtected: there is none to delete.
        NatGatewayHoldsSnatRules, NatGatewayHoldsDnatRules, NatGatewayHoldsAddresses, NatGatewayHoldsRoutes:
            something stands on it.
        RouteBusy: the route that was made for it is under way.
    """

    gateway_id: str
    force: bool = False

    def apply(self, partition: Partition) -> NatGateway:
        """Return the gateway, now DELETING."""
        gateway, route = self.check(partition)
        graph = partition.graph
        gateway.state = SERVICE_LIFECYCLE[gateway.state, Trigger.DELETE]
        going = [gateway.id]
        if route is not None:
            graph.set_route_state(route, ROUTE_LIFECYCLE[route.state, Trigger.DELETE])
            going.insert(0, route.id)
        duration = partition.rules.durations.change_nat_gateway
        _, numbers = partition.begin(OperationKind.DELETE_NAT_GATEWAY, Trigger.DELETED, duration, *going)
        gateway.pending = numbers[-1]
        return gateway

    def check(self, partition: Partition) -> tuple[NatGateway, Route | None]:
        """Return the gateway and the route that goes with it, or raise what keeps it."""
        graph = partition.graph
        gateway = named_gateways.ready_nat_gateway(graph, self.gateway_id)
        if gateway.protected:
            raise errors.NatGatewayProtected(gateway.id)
        if not self.force:
            for rule_id in graph.snat_rules_by_gateway.ids(gateway.id):
                raise errors.NatGatewayHoldsSnatRules(gateway.id, rule_id)
            for rule_id in graph.dnat_rules_by_gateway.ids(gateway.id):
                raise errors.NatGatewayHoldsDnatRules(gateway.id, rule_id)
            for address_id in graph.public_addresses_by_gateway.ids(gateway.id):
                raise errors.NatGatewayHoldsAddresses(gateway.id, address_id)
        return gateway, _route_of(partition, gateway)


def _route_of(partition: Partition, gateway: NatGateway) -> Route | None:
    """Return the route that was made for a gateway and still leads there, or raise what other ones do."""
    graph = partition.graph
    leading = graph.routes_by_hop.ids(gateway.id)
    if partition.rules.routes_hold:
        for route_id in leading:
            if route_id != gateway.route_id:
                raise errors.NatGatewayHoldsRoutes(gateway.id, route_id)
    for route_id in leading:
        lookup.ready_route(graph, route_id)
    own = gateway.route_id
    return None if own is None or own not in leading else graph.routes[own]
