"""Binding public addresses to NAT gateways, and taking them off."""

from collections.abc import Mapping
from typing import Any

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.model.lifecycles import (
    PUBLIC_ADDRESS_LIFECYCLE,
    PublicAddressState,
    Trigger,
)
from duolect_core.model.nat_gateways import NatGateway
from duolect_core.model.public_addresses import PublicAddress
from duolect_core.model.resources import OperationKind
from duolect_core.public_addresses.lifecycle import AllocatePublicAddresses, begin, in_state_for
from duolect_core.relations import lookup, named_gateways, removal


def check_bindable(
    partition: Partition, gateway_id: str, address_ids: tuple[str, ...], more: int = 0
) -> tuple[PublicAddress, ...]:
    """Return public addresses that could be bound to a gateway, each once, or raise why one cannot.

    The id is empty for a gateway that is not there yet. ``more`` is how many addresses come beside them.
    """
    graph = partition.graph
    found = tuple(lookup.public_address(graph, each) for each in dict.fromkeys(address_ids))
    for address in found:
        in_state_for(Trigger.ASSOCIATE, address)
    limit = partition.rules.quotas.addresses_per_nat_gateway
    bound = len(graph.public_addresses_by_gateway.ids(gateway_id))
    if limit is not None and bound + len(found) + more > limit:
        raise errors.PublicAddressesPerNatGatewayExceeded(gateway_id, limit)
    return found


def begin_to_bind(
    partition: Partition,
    gateway: NatGateway,
    addresses: tuple[PublicAddress, ...],
    *,
    before_up: bool = False,
) -> None:
    """Begin to bind addresses that can be bound.

    With ``before_up`` it is an operation beside the one that creates the gateway, and takes no longer.
    """
    for address in addresses:
        partition.graph.bind(address, gateway.id)
        address.state = PUBLIC_ADDRESS_LIFECYCLE[(address.state, Trigger.ASSOCIATE)]
    if addresses:
        kind = OperationKind.ASSOCIATE_PUBLIC_ADDRESS
        longest = partition.rules.durations.change_nat_gateway if before_up else None
        begin(partition, kind, Trigger.ASSOCIATED, *addresses, separate=before_up, longest=longest)


@attrs.frozen(kw_only=True)
class BindToNatGateway:
    """Bind public addresses to a NAT gateway: those named, and as many new ones as wanted.

    ``extras`` is stored over what those have that are named.

    Raises:
        NatGatewayNotFound, NatGatewayBusy: there is none to bind them to.
        PublicAddressNotFound, PublicAddressWrongState, PublicAddressBusy: one of them is not free.
        PublicAddressesPerNatGatewayExceeded: the gateway would have too many.
        what ``AllocatePublicAddresses`` raises of the new ones.
    """

    gateway_id: str
    address_ids: tuple[str, ...] = ()
    new_addresses: AllocatePublicAddresses | None = None
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> tuple[PublicAddress, ...]:
        """Return the addresses, now ASSOCIATING."""
        gateway, addresses = self.check(partition)
        for address in addresses:
            address.extras = {**address.extras, **self.extras}
        if self.new_addresses is not None:
            addresses = (*addresses, *self.new_addresses.add(partition, PublicAddressState.AVAILABLE))
        begin_to_bind(partition, gateway, addresses)
        return addresses

    def check(self, partition: Partition) -> tuple[NatGateway, tuple[PublicAddress, ...]]:
        """Return the gateway and the addresses that are there, or raise what keeps them apart."""
        gateway = named_gateways.ready_nat_gateway(partition.graph, self.gateway_id)
        more = 0 if self.new_addresses is None else self.new_addresses.check(partition)
        return gateway, check_bindable(partition, gateway.id, self.address_ids, more)


@attrs.frozen(kw_only=True)
class UnbindFromNatGateway:
    """Take public addresses off the NAT gateway to which they are bound: all of them, or none.

    ``force`` takes them out of the rules that use them; a rule that has none any more goes.

    Raises:
        NatGatewayNotFound, NatGatewayBusy: the gateway is not there, or under way.
        PublicAddressNotFound, PublicAddressWrongState, PublicAddressBusy: one cannot be taken off.
        NatAddressNotBound: one is not bound to the gateway.
        PublicAddressHoldsSnatRules, PublicAddressHoldsDnatRules: rules use one of them.
        NatGatewayNeedsAddress: the gateway would have none any more, which it needs.
    """

    gateway_id: str
    address_ids: tuple[str, ...]
    force: bool = False

    def apply(self, partition: Partition) -> tuple[PublicAddress, ...]:
        """Return the addresses, now DISASSOCIATING."""
        addresses = self.check(partition)
        for address in addresses:
            _take_from_rules(partition, address)
            address.state = PUBLIC_ADDRESS_LIFECYCLE[(address.state, Trigger.DISASSOCIATE)]
        if addresses:
            kind = OperationKind.DISASSOCIATE_PUBLIC_ADDRESS
            begin(partition, kind, Trigger.DISASSOCIATED, *addresses)
        return addresses

    def check(self, partition: Partition) -> tuple[PublicAddress, ...]:
        """Return the addresses, or raise what keeps one where it is."""
        graph = partition.graph
        gateway = named_gateways.ready_nat_gateway(graph, self.gateway_id)
        addresses = tuple(lookup.public_address(graph, each) for each in dict.fromkeys(self.address_ids))
        for address in addresses:
            if address.gateway_id != gateway.id:
                raise errors.NatAddressNotBound(address.id, gateway.id)
            in_state_for(Trigger.DISASSOCIATE, address)
            if not self.force:
                for rule_id in graph.snat_rules_by_public_ip.ids(address.ip):
                    raise errors.PublicAddressHoldsSnatRules(address.id, rule_id)
                for rule_id in graph.dnat_rules_by_public_ip.ids(address.ip):
                    raise errors.PublicAddressHoldsDnatRules(address.id, rule_id)
        if partition.rules.nat_gateway_keeps_an_address and addresses:
            bound = graph.public_addresses_by_gateway.ids(gateway.id)
            leaving = {address.id for address in addresses}
            staying = (graph.public_addresses[each] for each in bound if each not in leaving)
            if all(address.state is PublicAddressState.DISASSOCIATING for address in staying):
                raise errors.NatGatewayNeedsAddress(gateway.id)
        return addresses


def _take_from_rules(partition: Partition, address: PublicAddress) -> None:
    graph = partition.graph
    for rule_id in tuple(graph.dnat_rules_by_public_ip.ids(address.ip)):
        removal.remove_dnat_rule(partition, graph.dnat_rules[rule_id])
    for rule_id in tuple(graph.snat_rules_by_public_ip.ids(address.ip)):
        rule = graph.snat_rules[rule_id]
        staying = tuple(ip for ip in rule.public_ips if ip != address.ip)
        if staying:
            graph.set_snat_addresses(rule, staying)
        else:
            removal.remove_snat_rule(partition, rule)
