"""Virtual addresses, and what may carry them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duolect_core.graph.index import Index
from duolect_core.graph.networks import NetworkTables

if TYPE_CHECKING:
    from duolect_core.model.virtual_addresses import VirtualAddress


class VirtualAddressTables(NetworkTables):
    """The virtual addresses of a partition, which come out of the pools of its subnets."""

    def __init__(self) -> None:
        """Start empty."""
        self.virtual_addresses: dict[str, VirtualAddress] = {}
        self.virtual_addresses_by_network: Index[str] = Index()
        self.virtual_addresses_by_subnet: Index[str] = Index()
        self.virtual_addresses_by_ip: Index[int] = Index()
        self.virtual_addresses_by_carrier: Index[str] = Index()
        """The virtual addresses that each instance or interface may carry."""
        self.virtual_addresses_by_interface: Index[str] = Index()
        """The virtual addresses that were put on each interface."""

    def add_virtual_address(self, address: VirtualAddress) -> None:
        """Put a new virtual address in, which its subnet's pool already records."""
        self.virtual_addresses[address.id] = address
        self.virtual_addresses_by_network.add(address.network_id, address.id, address.order)
        self.virtual_addresses_by_subnet.add(address.subnet_id, address.id, address.order)
        self.virtual_addresses_by_ip.add(address.ip, address.id, address.order)
        for carrier_id in address.carrier_ids:
            self.virtual_addresses_by_carrier.add(carrier_id, address.id, address.order)
        if address.interface_id:
            self.virtual_addresses_by_interface.add(address.interface_id, address.id, address.order)
        self._tag(address)

    def remove_virtual_address(self, address: VirtualAddress) -> None:
        """Take a virtual address out and give it back to its subnet."""
        self._untag(address)
        for carrier_id in address.carrier_ids:
            self.remove_carrier(address, carrier_id)
        self.take_off(address)
        self.subnets[address.subnet_id].pool.release(address.ip)
        self.virtual_addresses_by_ip.discard(address.ip, address.id)
        self.virtual_addresses_by_subnet.discard(address.subnet_id, address.id)
        self.virtual_addresses_by_network.discard(address.network_id, address.id)
        del self.virtual_addresses[address.id]

    def add_carrier(self, address: VirtualAddress, carrier_id: str) -> None:
        """Say that an instance or interface may carry a virtual address."""
        address.carrier_ids = (*address.carrier_ids, carrier_id)
        self.virtual_addresses_by_carrier.add(carrier_id, address.id, address.order)

    def remove_carrier(self, address: VirtualAddress, carrier_id: str) -> None:
        """Say that an instance or interface may no longer carry a virtual address."""
        address.carrier_ids = tuple(each for each in address.carrier_ids if each != carrier_id)
        self.virtual_addresses_by_carrier.discard(carrier_id, address.id)

    def take_off(self, address: VirtualAddress) -> None:
        """Take a virtual address off the interface that it was put on, if any."""
        if address.interface_id:
            self.virtual_addresses_by_interface.discard(address.interface_id, address.id)
            address.interface_id = ""
