"""IPv6 addresses: their ids, who has them, and what goes along with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duolect_core import errors
from duolect_core.addressing import ipv6_ids
from duolect_core.addressing.pools import format_ipv6
from duolect_core.model.lifecycles import (
    PUBLIC_ADDRESS_LIFECYCLE,
    AddressState,
    PublicAddressState,
    ServiceState,
    Trigger,
)
from duolect_core.model.resources import OperationState
from duolect_core.model.rules import ResourceKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from duolect_core.engine.partition import Partition
    from duolect_core.graph.graph import Graph
    from duolect_core.model.gateways import EgressRule, Ipv6Address
    from duolect_core.model.public_addresses import Ipv6Bandwidth, PublicIpv6Address
    from duolect_core.model.resources import Interface, Subnet
    from duolect_core.model.rules import Rules


def id_of(rules: Rules, ip: int) -> str:
    """Return the id of an IPv6 address of the region."""
    return rules.id_prefixes[ResourceKind.IPV6_ADDRESS] + ipv6_ids.encode(ip, rules.ipv6_range)


def ip_of(rules: Rules, address_id: str) -> int | None:
    """Return the IPv6 address that has an id; None where it is no id of one."""
    prefix = rules.id_prefixes[ResourceKind.IPV6_ADDRESS]
    if not address_id.startswith(prefix):
        return None
    return ipv6_ids.decode(address_id.removeprefix(prefix), rules.ipv6_range)


def named(rules: Rules, address_id: str) -> int:
    """Return the IPv6 address that has an id, or raise ``Ipv6AddressNotFound`` where it is no id of one."""
    ip = ip_of(rules, address_id)
    if ip is None:
        raise errors.Ipv6AddressNotFound(address_id)
    return ip


def interface_with(graph: Graph, ip: int) -> Interface | None:
    """Return the interface that has an IPv6 address, if any has."""
    return next((graph.interfaces[each] for each in graph.interfaces_by_ip.ids(ip)), None)


def steady(partition: Partition, ip: int) -> tuple[Subnet, Interface | None]:
    """Return the subnet of an IPv6 address and the interface that has it, unless it is a free one.

    Raises:
        Ipv6AddressNotFound, Ipv6AddressBusy: nobody has it, or it is on its way.
    """
    graph, address_id = partition.graph, id_of(partition.rules, ip)
    interface = interface_with(graph, ip)
    if interface is not None:
        state = next(each.state for each in interface.ipv6 if each.ip == ip)
        if state is not AddressState.AVAILABLE:
            raise errors.Ipv6AddressBusy(address_id, state)
        return graph.subnets[interface.subnet_id], interface
    found = graph.ipv6_addresses.get(address_id)
    if found is None:
        raise errors.Ipv6AddressNotFound(address_id)
    if found.state is not ServiceState.AVAILABLE:
        raise errors.Ipv6AddressBusy(address_id, found.state)
    return graph.subnets[found.subnet_id], None


def ready_bandwidth(partition: Partition, ip: int) -> Ipv6Bandwidth:
    """Return the Internet bandwidth of an IPv6 address.

    Raises:
        Ipv6AddressHasNoBandwidth, Ipv6BandwidthBusy: it has none, or that is on its way.
    """
    found = partition.graph.ipv6_bandwidth_by_ip.get(ip)
    if found is None:
        raise errors.Ipv6AddressHasNoBandwidth(format_ipv6(ip))
    bandwidth = partition.graph.ipv6_bandwidths[found]
    if bandwidth.state is not ServiceState.AVAILABLE:
        raise errors.Ipv6BandwidthBusy(bandwidth.id, bandwidth.state)
    return bandwidth


def note(partition: Partition, ip: int, subnet_id: str) -> Ipv6Address:
    """Return what is said of an IPv6 address that an interface has: nothing yet where it is new."""
    from duolect_core.model.gateways import Ipv6Address  # noqa: PLC0415 - a start does without

    graph, address_id = partition.graph, id_of(partition.rules, ip)
    if address_id not in graph.ipv6_addresses:
        graph.add_ipv6_address(
            Ipv6Address(
                id=address_id,
                order=partition.next_order(),
                created=partition.now,
                subnet_id=subnet_id,
                ip=ip,
            )
        )
    return graph.ipv6_addresses[address_id]


def remove_bandwidth(partition: Partition, bandwidth: Ipv6Bandwidth) -> None:
    """Take the Internet bandwidth of an IPv6 address out with its egress rule."""
    rule_id = partition.graph.egress_rule_by_ip.get(bandwidth.ip)
    if rule_id is not None:
        rule = partition.graph.egress_rules[rule_id]
        _end_early(partition, rule)
        partition.graph.remove_egress_rule(rule)
    _end_early(partition, bandwidth)
    partition.graph.remove_ipv6_bandwidth(bandwidth)


def forget(partition: Partition, ips: Iterable[int]) -> None:
    """Let go along what IPv6 addresses have that are about to be nobody's, and what is said of them."""
    graph = partition.graph
    if not (graph.ipv6_bandwidths or graph.ipv6_addresses or graph.public_ipv6_by_private):
        return
    for ip in ips:
        public_id = graph.public_ipv6_by_private.get(ip)
        if public_id is not None:
            _let_go(partition, graph.public_ipv6_addresses[public_id])
        bandwidth_id = graph.ipv6_bandwidth_by_ip.get(ip)
        if bandwidth_id is not None:
            remove_bandwidth(partition, graph.ipv6_bandwidths[bandwidth_id])
        if graph.ipv6_addresses and ip >> 32:
            found = graph.ipv6_addresses.get(id_of(partition.rules, ip))
            if found is not None:
                graph.remove_ipv6_address(found)


def _let_go(partition: Partition, address: PublicIpv6Address) -> None:
    """Let an elastic public address go: an association that is under way fails."""
    if address.pending is not None:
        operation = partition.timeline.cancel(address.pending).operation
        address.pending = None
        operation.state = OperationState.SUCCEEDED
        if address.state is PublicAddressState.ASSOCIATING:
            operation.fail("the private address is gone")
    address.state = PUBLIC_ADDRESS_LIFECYCLE[(address.state, Trigger.DISSOCIATED)]
    address.modified = partition.now
    partition.graph.associate_ipv6(address, None)


def _end_early(partition: Partition, gone: Ipv6Bandwidth | EgressRule) -> None:
    if gone.pending is not None:
        partition.timeline.give_up(gone.pending, f"{gone.id} is gone")
        gone.pending = None
