"""Elastic public addresses with the private ones that they belong to, and those of instances."""

from __future__ import annotations

from ipaddress import IPv4Network
from typing import TYPE_CHECKING

from duolect_core.addressing.pools import IPV4_PREFIX_BITS, AddressPool
from duolect_core.graph.index import Index
from duolect_core.graph.tags import TagTables
from duolect_core.model.lifecycles import ServiceState

if TYPE_CHECKING:
    from duolect_core.addressing.generator import Generator
    from duolect_core.model.instances import Instance
    from duolect_core.model.public_addresses import (
        AddressSegment,
        Association,
        BandwidthPackage,
        Ipv6Bandwidth,
        PublicAddress,
        PublicIpv6Address,
        TrafficPackage,
    )
    from duolect_core.model.resources import Instant, Interface
    from duolect_core.model.virtual_addresses import VirtualAddress


class PublicAddressTables(TagTables):
    """The elastic public addresses of a partition, their segments, and bandwidth and traffic packages."""

    def __init__(self, public_range: IPv4Network) -> None:
        """Start with the whole range free."""
        self.public_addresses: dict[str, PublicAddress] = {}
        self.public_addresses_by_interface: Index[str] = Index()
        self.public_addresses_by_private: dict[tuple[str, int], str] = {}
        """The public address of each private one, by interface and address, that has one or will have."""
        self.public_addresses_by_gateway: Index[str] = Index()
        self.bandwidth_packages: dict[str, BandwidthPackage] = {}
        self.public_addresses_by_package: Index[str] = Index()
        self.address_segments: dict[str, AddressSegment] = {}
        self.public_addresses_by_segment: Index[str] = Index()
        self.traffic_packages: dict[str, TrafficPackage] = {}
        self.public_ipv6_addresses: dict[str, PublicIpv6Address] = {}
        self.public_ipv6_by_ip: dict[int, str] = {}
        """The elastic address of each public IPv6 one that there is."""
        self.public_ipv6_by_private: dict[int, str] = {}
        """The elastic address of each private IPv6 one that has one, or will have."""
        self.public_ipv6_by_package: Index[str] = Index()
        self.ipv6_bandwidths: dict[str, Ipv6Bandwidth] = {}
        self.ipv6_bandwidths_by_network: Index[str] = Index()
        self.ipv6_bandwidths_by_package: Index[str] = Index()
        self.ipv6_bandwidth_by_ip: dict[int, str] = {}
        """The Internet bandwidth of each IPv6 address that has any."""
        self.public_pool = AddressPool(public_range, head=0, tail=0, block_bits=IPV4_PREFIX_BITS)
        """The region's public addresses, and who holds which of them."""

    def add_public_address(self, address: PublicAddress) -> None:
        """Put a new elastic public address in, which the pool already records."""
        self.public_addresses[address.id] = address
        if address.segment_id is not None:
            self.public_addresses_by_segment.add(address.segment_id, address.id, address.order)
        self._tag(address)

    def remove_public_address(self, address: PublicAddress) -> None:
        """Take an elastic public address out, which is associated with nothing, and give it back."""
        self._untag(address)
        self.join_package(address, None)
        if address.segment_id is not None:
            self.public_addresses_by_segment.discard(address.segment_id, address.id)
        self.public_pool.release(address.ip)
        del self.public_addresses[address.id]

    def add_address_segment(self, segment: AddressSegment) -> None:
        """Put a new segment in, whose addresses are put in by themselves."""
        self.address_segments[segment.id] = segment
        self._tag(segment)

    def remove_address_segment(self, segment: AddressSegment) -> None:
        """Take a segment out, whose addresses are gone; it is GONE then."""
        self._untag(segment)
        del self.address_segments[segment.id]
        segment.state = ServiceState.GONE

    def add_traffic_package(self, package: TrafficPackage) -> None:
        """Put a new traffic package in."""
        self.traffic_packages[package.id] = package
        self._tag(package)

    def remove_traffic_package(self, package: TrafficPackage) -> None:
        """Take a traffic package out."""
        self._untag(package)
        del self.traffic_packages[package.id]

    def assign_public_ip(self, instance: Instance, generator: Generator) -> None:
        """Give an instance that has none a public address of its own; one must be free."""
        instance.public_ip = self.public_pool.take_any(generator, instance.id)
        instance.public_ip_returns = False

    def return_public_ip(self, instance: Instance, generator: Generator) -> None:
        """Give an instance another public address for the one that went as it stopped, if any is free."""
        if instance.public_ip_returns and instance.public_ip is None and self.public_pool.free:
            self.assign_public_ip(instance, generator)

    def release_public_ip(self, instance: Instance) -> None:
        """Take an instance's own public address from it, where it has one."""
        if instance.public_ip is not None:
            self.public_pool.release(instance.public_ip)
            instance.public_ip = None

    def associate(self, address: PublicAddress, association: Association | None) -> None:
        """Say with which private address a public one is associated, or that it is with none."""
        before = address.association
        if before is not None:
            self.public_addresses_by_interface.discard(before.interface_id, address.id)
            del self.public_addresses_by_private[before.interface_id, before.ip]
        address.association = association
        if association is not None:
            self.public_addresses_by_interface.add(association.interface_id, address.id, address.order)
            self.public_addresses_by_private[association.interface_id, association.ip] = address.id

    def pass_on(self, address: PublicAddress, interface_id: str, ip: int, *, at: Instant) -> None:
        """Associate a public address with another private one, of the interface of this id."""
        from duolect_core.model.public_addresses import Association  # noqa: PLC0415 - a start does without

        self.associate(address, Association(interface_id, ip))
        address.modified = at

    def public_address_of(self, holder: Interface | VirtualAddress, ip: int) -> PublicAddress | None:
        """Return the public address of a private one of an interface, or of a virtual one, if any."""
        address_id = self.public_addresses_by_private.get((holder.id, ip))
        return None if address_id is None else self.public_addresses[address_id]

    def bind(self, address: PublicAddress, gateway_id: str | None) -> None:
        """Say to which NAT gateway a public address is bound, or that it is to none."""
        if address.gateway_id is not None:
            self.public_addresses_by_gateway.discard(address.gateway_id, address.id)
        address.gateway_id = gateway_id
        if gateway_id is not None:
            self.public_addresses_by_gateway.add(gateway_id, address.id, address.order)

    def add_bandwidth_package(self, package: BandwidthPackage) -> None:
        """Put a new bandwidth package in."""
        self.bandwidth_packages[package.id] = package
        self._tag(package)

    def remove_bandwidth_package(self, package: BandwidthPackage) -> None:
        """Take a bandwidth package out with the addresses in it, which stay; it is GONE then."""
        for member in self.members_of_package(package.id):
            self.join_package(member, None)
        self._untag(package)
        del self.bandwidth_packages[package.id]
        package.state = ServiceState.GONE

    def join_package(self, member: PublicAddress | Ipv6Bandwidth, package_id: str | None) -> None:
        """Put a public address, or an IPv6 one with its bandwidth, into a package, or let it be in none."""
        index = self.public_addresses_by_package
        if member.id in self.ipv6_bandwidths:
            index = self.ipv6_bandwidths_by_package
        elif member.id in self.public_ipv6_addresses:
            index = self.public_ipv6_by_package
        if member.package_id is not None:
            index.discard(member.package_id, member.id)
        member.package_id = package_id
        if package_id is not None:
            index.add(package_id, member.id, member.order)

    def members_of_package(self, package_id: str) -> list[PublicAddress | Ipv6Bandwidth]:
        """Return what is in a bandwidth package: public addresses, then IPv6 ones."""
        found: list[PublicAddress | Ipv6Bandwidth] = []
        found += [self.public_addresses[each] for each in self.public_addresses_by_package.ids(package_id)]
        found += [self.public_ipv6_addresses[each] for each in self.public_ipv6_by_package.ids(package_id)]
        found += [self.ipv6_bandwidths[each] for each in self.ipv6_bandwidths_by_package.ids(package_id)]
        return found

    def add_ipv6_bandwidth(self, bandwidth: Ipv6Bandwidth) -> None:
        """Put the new Internet bandwidth of an IPv6 address in."""
        self.ipv6_bandwidths[bandwidth.id] = bandwidth
        self.ipv6_bandwidths_by_network.add(bandwidth.network_id, bandwidth.id, bandwidth.order)
        self.ipv6_bandwidth_by_ip[bandwidth.ip] = bandwidth.id
        self._tag(bandwidth)
        package_id, bandwidth.package_id = bandwidth.package_id, None
        self.join_package(bandwidth, package_id)

    def remove_ipv6_bandwidth(self, bandwidth: Ipv6Bandwidth) -> None:
        """Take the Internet bandwidth of an IPv6 address out; it is GONE then."""
        self.join_package(bandwidth, None)
        self._untag(bandwidth)
        del self.ipv6_bandwidth_by_ip[bandwidth.ip]
        self.ipv6_bandwidths_by_network.discard(bandwidth.network_id, bandwidth.id)
        del self.ipv6_bandwidths[bandwidth.id]
        bandwidth.state = ServiceState.GONE

    def add_public_ipv6(self, address: PublicIpv6Address) -> None:
        """Put an elastic public IPv6 address in."""
        self.public_ipv6_addresses[address.id] = address
        self.public_ipv6_by_ip[address.ip] = address.id
        self._tag(address)
        package_id, address.package_id = address.package_id, None
        self.join_package(address, package_id)
        if address.association is not None:
            self.public_ipv6_by_private[address.association.ip] = address.id

    def remove_public_ipv6(self, address: PublicIpv6Address) -> None:
        """Take an elastic public IPv6 address out, which is associated with nothing."""
        self.join_package(address, None)
        self._untag(address)
        del self.public_ipv6_by_ip[address.ip]
        del self.public_ipv6_addresses[address.id]

    def associate_ipv6(self, address: PublicIpv6Address, association: Association | None) -> None:
        """Say with which private IPv6 address a public one is associated, or that it is with none."""
        if address.association is not None:
            del self.public_ipv6_by_private[address.association.ip]
        address.association = association
        if association is not None:
            self.public_ipv6_by_private[association.ip] = address.id
