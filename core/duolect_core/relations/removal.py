"""Taking networks, interfaces, instances and the like out, with what depends on them.

What is under way with it ends early, and fails. What stays behind is let go: a public address belongs to
the account unless it is the instance's own, and an interface may outlive its instance.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from duolect_core.addressing.pools import format_ipv4
from duolect_core.model.disk_lifecycles import DISK_LIFECYCLE, DiskKind
from duolect_core.model.lifecycles import (
    INTERFACE_LIFECYCLE,
    PUBLIC_ADDRESS_LIFECYCLE,
    VIRTUAL_ADDRESS_LIFECYCLE,
    InterfaceState,
    PublicAddressState,
    Trigger,
    VirtualAddressState,
)
from duolect_core.model.resources import Interface, InterfaceKind, OperationState
from duolect_core.relations import ipv6

if TYPE_CHECKING:
    from duolect_core.engine.partition import Partition
    from duolect_core.graph.graph import Graph
    from duolect_core.model.disks import Disk
    from duolect_core.model.flow_logs import FlowLog
    from duolect_core.model.instances import Instance
    from duolect_core.model.nat_gateways import DnatRule, NatGateway, SnatRule
    from duolect_core.model.public_addresses import PublicAddress
    from duolect_core.model.resources import Network, Subnet


def let_go(partition: Partition, address: PublicAddress, reason: str) -> None:
    """Let a public address go from what it is associated with, which is about to be gone.

    An association that is under way fails, for the reason given; a disassociation has reached its end.
    """
    if address.pending is not None:
        operation = partition.timeline.cancel(address.pending).operation
        address.pending = None
        operation.state = OperationState.SUCCEEDED
        if address.state is PublicAddressState.ASSOCIATING:
            operation.fail(reason)
    address.state = PUBLIC_ADDRESS_LIFECYCLE[(address.state, Trigger.DISSOCIATED)]
    address.modified = partition.now
    partition.graph.associate(address, None)
    partition.graph.bind(address, None)


def dissociate(partition: Partition, interface: Interface, ips: Iterable[int]) -> None:
    """Let go the public addresses of private ones that are about to leave an interface for good."""
    for ip in ips:
        address = partition.graph.public_address_of(interface, ip)
        if address is not None:
            let_go(partition, address, f"the address {format_ipv4(ip)} of {interface.id} is gone")


def forget_carrier(partition: Partition, carrier_id: str) -> None:
    """Let an instance or interface that is about to be gone no longer carry virtual addresses.

    An association with it that is under way fails; a disassociation has reached its end.
    """
    graph = partition.graph
    for address_id in tuple(graph.virtual_addresses_by_carrier.ids(carrier_id)):
        address = graph.virtual_addresses[address_id]
        graph.remove_carrier(address, carrier_id)
        if carrier_id not in address.changing_ids:
            continue
        address.changing_ids = tuple(each for each in address.changing_ids if each != carrier_id)
        if not address.changing_ids and address.pending is not None:
            operation = partition.timeline.cancel(address.pending).operation
            operation.state = OperationState.SUCCEEDED
            if address.state is VirtualAddressState.ASSOCIATING:
                operation.fail(f"{carrier_id} is gone")
            address.pending = None
            address.state = VIRTUAL_ADDRESS_LIFECYCLE[(address.state, Trigger.DISSOCIATED)]
    for address_id in tuple(graph.virtual_addresses_by_interface.ids(carrier_id)):
        graph.take_off(graph.virtual_addresses[address_id])


def detach(graph: Graph, interface: Interface) -> None:
    """Detach an interface; a member becomes an ordinary secondary interface again."""
    graph.detach(interface)
    if interface.kind is InterfaceKind.MEMBER:
        interface.kind = InterfaceKind.SECONDARY


def remove_interface(partition: Partition, interface: Interface) -> None:
    """Take an interface out; what is under way with its addresses fails. Public ones stay behind."""
    numbers = (address.pending for address in interface.special_addresses)
    for number in dict.fromkeys(numbers):
        if number is not None:
            partition.timeline.give_up(number, f"interface {interface.id} was deleted")
    dissociate(partition, interface, interface.ipv4_ips)
    ipv6.forget(partition, interface.ipv6_ips)
    forget_carrier(partition, interface.id)
    remove_flow_logs(partition, interface.id)
    partition.graph.remove_interface(interface)


def remove_instance(partition: Partition, instance: Instance, *, keeps_disks: bool = True) -> None:
    """Take an instance out that is gone, and delete or keep each of its interfaces and disks, as they say.

    An attachment or detachment that is under way ends with the instance, and fails. Of an instance that
    never was no disk is kept.
    """
    graph, timeline = partition.graph, partition.timeline
    if instance.reclaim is not None:
        timeline.cancel(instance.reclaim).operation.state = OperationState.SUCCEEDED
        instance.reclaim = None
    for disk_id in tuple(graph.disks_by_instance.ids(instance.id)):
        _leave_disk(partition, graph.disks[disk_id], instance, keeps_disks=keeps_disks)
    for interface_id in tuple(graph.interfaces_by_instance.ids(instance.id)):
        interface = graph.interfaces[interface_id]
        if interface.pending is not None:
            timeline.give_up(interface.pending, f"instance {instance.id} was deleted")
            interface.pending = None
            graph.set_destination(interface, None)
        goes = interface.delete_on_release or interface.kind is InterfaceKind.PRIMARY
        trigger = Trigger.DELETED if goes else Trigger.RELEASED
        interface.state = INTERFACE_LIFECYCLE[(interface.state, trigger)]
        if goes:
            remove_interface(partition, interface)
        else:
            detach(graph, interface)
    forget_carrier(partition, instance.id)
    graph.release_public_ip(instance)
    graph.remove_instance(instance)


def _end_early(partition: Partition, gone: NatGateway | SnatRule | DnatRule | FlowLog) -> None:
    """Let what is under way with something that goes fail, unless it goes on with what stays."""
    if gone.pending is not None:
        partition.timeline.give_up(gone.pending, f"{gone.id} is gone")
        gone.pending = None


def remove_flow_logs(partition: Partition, watched_id: str) -> None:
    """Take out the flow logs of what is about to be gone; what is under way with them fails."""
    graph = partition.graph
    for log_id in tuple(graph.flow_logs_by_watched.ids(watched_id)):
        log = graph.flow_logs[log_id]
        _end_early(partition, log)
        graph.remove_flow_log(log)


def remove_snat_rule(partition: Partition, rule: SnatRule) -> None:
    """Take an SNAT rule out; what is under way with it fails."""
    _end_early(partition, rule)
    partition.graph.remove_snat_rule(rule)


def remove_dnat_rule(partition: Partition, rule: DnatRule) -> None:
    """Take a DNAT rule out; what is under way with it fails."""
    _end_early(partition, rule)
    partition.graph.remove_dnat_rule(rule)


def remove_nat_gateway(partition: Partition, gateway: NatGateway) -> None:
    """Take a NAT gateway out with its rules and its interface; its public addresses stay behind.

    Routes that lead there go along where nothing is held by them.
    """
    graph = partition.graph
    for rule_id in tuple(graph.snat_rules_by_gateway.ids(gateway.id)):
        remove_snat_rule(partition, graph.snat_rules[rule_id])
    for rule_id in tuple(graph.dnat_rules_by_gateway.ids(gateway.id)):
        remove_dnat_rule(partition, graph.dnat_rules[rule_id])
    for address_id in tuple(graph.public_addresses_by_gateway.ids(gateway.id)):
        let_go(partition, graph.public_addresses[address_id], f"{gateway.id} is gone")
    if not partition.rules.routes_hold:
        for route_id in tuple(graph.routes_by_hop.ids(gateway.id)):
            graph.remove_route(graph.routes[route_id])
    remove_flow_logs(partition, gateway.id)
    graph.remove_nat_gateway(gateway)
    if gateway.interface_id is not None:
        interface = graph.interfaces[gateway.interface_id]
        remove_interface(partition, interface)
        interface.state = InterfaceState.GONE


def remove_subnet(partition: Partition, subnet: Subnet) -> None:
    """Take a subnet out with its flow logs; nothing else may stand on it."""
    remove_flow_logs(partition, subnet.id)
    partition.graph.remove_subnet(subnet)


def remove_network(partition: Partition, network: Network) -> None:
    """Take a network out with its flow logs; nothing else may stand on it."""
    remove_flow_logs(partition, network.id)
    partition.graph.remove_network(network)


def _leave_disk(partition: Partition, disk: Disk, instance: Instance, *, keeps_disks: bool) -> None:
    """Delete a disk with its instance, or keep it, as a data disk whatever it was."""
    if disk.pending is not None:
        partition.timeline.give_up(disk.pending, f"instance {instance.id} was deleted")
        disk.pending, disk.new_size, disk.restoring_id = None, 0, ""
    goes = disk.delete_with_instance or not keeps_disks
    disk.state = DISK_LIFECYCLE[(disk.state, Trigger.DELETED if goes else Trigger.RELEASED)]
    if goes:
        partition.graph.remove_disk(disk)
    else:
        partition.graph.attach_disk(disk, None)
        disk.detached = partition.now
        disk.kind, disk.portable = DiskKind.DATA, True
