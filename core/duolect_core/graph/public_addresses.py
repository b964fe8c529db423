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
    from duolect_core.model.public_addresses import Association, BandwidthPackage, PublicAddress
    from duolect_core.model.resources import Instance, Instant, Interface
    from duolect_core.model.virtual_addresses import VirtualAddress


class PublicAddressTables(TagTables):
    """The elastic public addresses of a partition, and its bandwidth packages."""

    def __init__(self, public_range: IPv4Network) -> None:
        """Start with the whole range free."""
        self.public_addresses: dict[str, PublicAddress] = {}
        self.public_addresses_by_interface: Index[str] = Index()
        self.public_addresses_by_private: dict[tuple[str, int], str] = {}
        """The public address of each private one, by interface and address, that has one or will have."""
        self.public_addresses_by_gateway: Index[str] = Index()
        self.bandwidth_packages: dict[str, BandwidthPackage] = {}
        self.public_addresses_by_package: Index[str] = Index()
        self.public_pool = AddressPool(public_range, head=0, tail=0, block_bits=IPV4_PREFIX_BITS)
        """The region's public addresses, and who holds which of them."""

    def add_public_address(self, address: PublicAddress) -> None:
        """Put a new elastic public address in, which the pool already records."""
        self.public_addresses[address.id] = address
        self._tag(address)

    def remove_public_address(self, address: PublicAddress) -> None:
        """Take an elastic public address out, which is associated with nothing, and give it back."""
        self._untag(address)
        self.join_package(address, None)
        self.public_pool.release(address.ip)
        del self.public_addresses[address.id]

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
        for address_id in tuple(self.public_addresses_by_package.ids(package.id)):
            self.join_package(self.public_addresses[address_id], None)
        self._untag(package)
        del self.bandwidth_packages[package.id]
        package.state = ServiceState.GONE

    def join_package(self, address: PublicAddress, package_id: str | None) -> None:
        """Put a public address into a bandwidth package, or let it be in none."""
        if address.package_id is not None:
            self.public_addresses_by_package.discard(address.package_id, address.id)
        address.package_id = package_id
        if package_id is not None:
            self.public_addresses_by_package.add(package_id, address.id, address.order)
