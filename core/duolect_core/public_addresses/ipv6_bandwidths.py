"""Internet bandwidth of IPv6 addresses: creating, resizing and deleting it."""

from collections.abc import Mapping
from typing import Any

import attrs

from duolect_core import errors
from duolect_core.addressing.pools import format_ipv6
from duolect_core.engine.partition import Partition
from duolect_core.graph.graph import Graph
from duolect_core.model.lifecycles import SERVICE_LIFECYCLE, ServiceState, Trigger
from duolect_core.model.public_addresses import Ipv6Bandwidth
from duolect_core.model.resources import OperationKind, Subnet
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import ipv6, lookup, named_gateways, waiting
from duolect_core.relations.address_plans import check_repeated
from duolect_core.relations.descriptions import describe
from duolect_core.relations.packages import check_room


@attrs.frozen(kw_only=True)
class CreateIpv6Bandwidths:
    """Give IPv6 addresses Internet bandwidth: all of them, or none.

    Where the cloud has IPv6 gateways, it is that of the addresses' network, which ``gateway_id`` may name.

    Raises:
        AddressRepeated: an address is named twice.
        Ipv6GatewayNotFound, Ipv6GatewayMismatch, NetworkHasNoIpv6Gateway, GatewayBusy: there is no gateway
            for an address, or it is on its way.
        Ipv6AddressNotFound, Ipv6AddressBusy, Ipv6AddressHasBandwidth, AddressHasPublicAddress: an address
            can have none.
        BandwidthPackageNotFound, BandwidthPackageBusy, AddressesPerPackageExceeded: the package that is
            named cannot take them.
        TagQuotaExceeded: there are too many tags.
    """

    ips: tuple[int, ...]
    gateway_id: str | None = None
    package_id: str | None = None
    name: str = ""
    tags: Mapping[str, str] = attrs.field(factory=dict)
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> tuple[Ipv6Bandwidth, ...]:
        """Return the new bandwidths; where that takes time they are PENDING."""
        subnets = self.check(partition)
        graph = partition.graph
        takes_time = partition.takes_time(partition.rules.create_is_asynchronous)
        created = []
        for ip, subnet in zip(self.ips, subnets, strict=True):
            bandwidth = Ipv6Bandwidth(
                id=partition.new_id(ResourceKind.IPV6_BANDWIDTH, graph.ipv6_bandwidths),
                order=partition.next_order(),
                created=partition.now,
                name=self.name,
                tags=self.tags,
                extras=self.extras,
                network_id=subnet.network_id,
                ip=ip,
                package_id=self.package_id,
                state=ServiceState.PENDING if takes_time else ServiceState.AVAILABLE,
            )
            graph.add_ipv6_bandwidth(bandwidth)
            created.append(bandwidth)
        if takes_time:
            _begin(partition, OperationKind.CREATE_IPV6_BANDWIDTHS, Trigger.PROVISIONED, *created)
        return tuple(created)

    def check(self, partition: Partition) -> list[Subnet]:
        """Return the subnets of the addresses, or raise what keeps one from reaching the Internet."""
        graph = partition.graph
        check_repeated(self.ips, format_ipv6)
        subnets = []
        for ip in self.ips:
            subnet, _ = ipv6.steady(partition, ip)
            if partition.rules.ipv6_gateway_label:
                self._check_gateway(graph, subnet, ip)
            bandwidth_id = graph.ipv6_bandwidth_by_ip.get(ip)
            if bandwidth_id is not None:
                raise errors.Ipv6AddressHasBandwidth(format_ipv6(ip), bandwidth_id)
            if ip in graph.public_ipv6_by_private:
                raise errors.AddressHasPublicAddress(format_ipv6(ip), graph.public_ipv6_by_private[ip])
            subnets.append(subnet)
        lookup.check_tags(partition.rules, self.tags)
        if self.package_id is not None:
            package = lookup.ready_bandwidth_package(graph, self.package_id)
            check_room(partition, package.id, len(self.ips))
        return subnets

    def _check_gateway(self, graph: Graph, subnet: Subnet, ip: int) -> None:
        if self.gateway_id is not None:
            gateway = named_gateways.ipv6_gateway(graph, self.gateway_id)
            if gateway.network_id != subnet.network_id:
                raise errors.Ipv6GatewayMismatch(
                    gateway.id, gateway.network_id, format_ipv6(ip), subnet.network_id
                )
        gateway_id = graph.ipv6_gateway_by_network.get(subnet.network_id)
        if gateway_id is None:
            raise errors.NetworkHasNoIpv6Gateway(subnet.network_id)
        named_gateways.ready_gateway(graph, ResourceKind.IPV6_GATEWAY, gateway_id)


def _named(partition: Partition, ips: tuple[int, ...], ids: tuple[str, ...]) -> tuple[Ipv6Bandwidth, ...]:
    """Return bandwidths by their addresses or their ids, each once, or raise what one of them lacks."""
    for ip in ips:
        ipv6.steady(partition, ip)
    found = [ipv6.ready_bandwidth(partition, ip) for ip in dict.fromkeys(ips)]
    its = [named_gateways.ipv6_bandwidth(partition.graph, each).ip for each in dict.fromkeys(ids)]
    found += [ipv6.ready_bandwidth(partition, ip) for ip in its]
    return tuple({each.id: each for each in found}.values())


@attrs.frozen(kw_only=True)
class ResizeIpv6Bandwidths:
    """Give IPv6 addresses another Internet bandwidth, which is said in ``extras``: all of them, or none.

    Raises:
        Ipv6AddressNotFound, Ipv6AddressBusy: nobody has an address, or it is on its way.
        Ipv6BandwidthNotFound, Ipv6AddressHasNoBandwidth, Ipv6BandwidthBusy: there is none to resize.
    """

    ips: tuple[int, ...] = ()
    bandwidth_ids: tuple[str, ...] = ()
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> tuple[Ipv6Bandwidth, ...]:
        """Return the bandwidths, MODIFYING where that takes time."""
        bandwidths = self.check(partition)
        for each in bandwidths:
            describe(each, None, None, self.extras)
        if bandwidths and partition.takes_time(partition.rules.create_is_asynchronous):
            for each in bandwidths:
                each.state = SERVICE_LIFECYCLE[each.state, Trigger.MODIFY]
            _begin(partition, OperationKind.RESIZE_IPV6_BANDWIDTHS, Trigger.PROVISIONED, *bandwidths)
        return bandwidths

    def check(self, partition: Partition) -> tuple[Ipv6Bandwidth, ...]:
        """Return the bandwidths, or raise what keeps one as it is."""
        return _named(partition, self.ips, self.bandwidth_ids)


@attrs.frozen(kw_only=True)
class DeleteIpv6Bandwidths:
    """Take the Internet bandwidth of IPv6 addresses away, with their egress rules: of all, or none.

    Raises:
        Ipv6AddressNotFound, Ipv6AddressBusy: nobody has an address, or it is on its way.
        Ipv6BandwidthNotFound, Ipv6AddressHasNoBandwidth, Ipv6BandwidthBusy: there is none to delete.
    """

    ips: tuple[int, ...] = ()
    bandwidth_ids: tuple[str, ...] = ()

    def apply(self, partition: Partition) -> tuple[Ipv6Bandwidth, ...]:
        """Return the bandwidths, DELETING where that takes time, else GONE."""
        bandwidths = self.check(partition)
        if bandwidths and partition.takes_time(partition.rules.create_is_asynchronous):
            for each in bandwidths:
                each.state = SERVICE_LIFECYCLE[each.state, Trigger.DELETE]
            _begin(partition, OperationKind.DELETE_IPV6_BANDWIDTHS, Trigger.DELETED, *bandwidths)
            return bandwidths
        for each in bandwidths:
            ipv6.remove_bandwidth(partition, each)
        return bandwidths

    def check(self, partition: Partition) -> tuple[Ipv6Bandwidth, ...]:
        """Return the bandwidths, or raise what keeps one."""
        return _named(partition, self.ips, self.bandwidth_ids)


@attrs.frozen
class RenameIpv6Bandwidths:
    """Give the Internet bandwidth of IPv6 addresses another name, at once: of all, or none; None leaves it.

    Raises:
        Ipv6BandwidthNotFound, Ipv6BandwidthBusy: there is none to rename.
    """

    bandwidth_ids: tuple[str, ...]
    name: str | None = None

    def apply(self, partition: Partition) -> tuple[Ipv6Bandwidth, ...]:
        """Return the bandwidths as they are now."""
        bandwidths = self.check(partition)
        for each in bandwidths:
            describe(each, self.name, None, {})
        return bandwidths

    def check(self, partition: Partition) -> tuple[Ipv6Bandwidth, ...]:
        """Return the bandwidths, or raise what keeps one as it is."""
        return _named(partition, (), self.bandwidth_ids)


def _begin(partition: Partition, kind: OperationKind, trigger: Trigger, *bandwidths: Ipv6Bandwidth) -> None:
    duration = partition.rules.durations.change_public_address
    waiting.begin(partition, kind, trigger, duration, *bandwidths)
