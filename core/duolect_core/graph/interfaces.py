"""Interfaces with their addresses, attachments, memberships of security groups and permissions."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

import attrs

from duolect_core.graph.index import Index, Names, SoleIndex
from duolect_core.graph.instances import InstanceTables
from duolect_core.graph.key_pairs import KeyPairTables
from duolect_core.graph.networks import NetworkTables
from duolect_core.graph.public_addresses import PublicAddressTables
from duolect_core.graph.security_groups import GroupTables
from duolect_core.model.resources import (
    Attachment,
    Destination,
    Instant,
    Interface,
    InterfaceKind,
    Permission,
    Subnet,
)
from duolect_core.model.rules import GroupMembership

if TYPE_CHECKING:
    from duolect_core.addressing.pools import AddressPool
    from duolect_core.model.addresses import Granted, KeptAddress, PrivateAddress


class InterfaceTables(NetworkTables, GroupTables, KeyPairTables, InstanceTables, PublicAddressTables):
    """The interfaces of a partition, which stand on all that the other tables hold."""

    def __init__(self, group_members_count: GroupMembership) -> None:
        """Start empty; ``group_members_count`` says what a group's load counts."""
        self.interfaces: dict[str, Interface] = {}
        self.permissions: dict[str, Permission] = {}
        self.interfaces_by_network: Index[str] = Index()
        self.interfaces_by_subnet: Index[str] = Index()
        self.interfaces_by_group: Index[str] = Index()
        self.interfaces_by_instance: Index[str] = Index()
        self.interfaces_by_destination: Index[str] = Index()
        """The interfaces that go on to an instance as soon as they are free: their slots are taken."""
        self.interfaces_by_trunk: Index[str] = Index()
        self.interfaces_by_ip: SoleIndex[int] = SoleIndex(self.interfaces)
        self.interface_names = Names(self.interfaces)
        self.permissions_by_interface: Index[str] = Index()
        self.macs: set[str] = set()
        self._group_members_count = group_members_count

    def add_interface(self, interface: Interface, primary_of: str | None = None) -> None:
        """Put a new interface in, whose addresses its subnet's pools already record."""
        interface_id, order, subnet_id = interface.id, interface.order, interface.subnet_id
        neighbour = self.interfaces_by_subnet.newest(subnet_id)
        self._share(interface, None if neighbour is None else self.interfaces[neighbour])
        self.interfaces[interface_id] = interface
        self.macs.add(interface.mac)
        self.interfaces_by_network.add(interface.network_id, interface_id, order)
        self.interfaces_by_subnet.add(subnet_id, interface_id, order)
        for ip in interface.ips:
            self.interfaces_by_ip.add(ip, interface_id, order)
        self._join(interface, interface.group_ids)
        if interface.tag_pairs:
            self._tag(interface)
        self.interface_names.add(interface)
        if interface.attachment is not None:
            self._index_attachment(interface, interface.attachment)
        if primary_of is not None:
            self.primary_interfaces[primary_of] = interface.id

    def _share(self, interface: Interface, neighbour: Interface | None) -> None:
        """Keep once what an interface has in common with another one: most are much like the one before."""
        if neighbour is not None:
            if interface.name == neighbour.name:
                interface.name = neighbour.name
            if interface.description == neighbour.description:
                interface.description = neighbour.description
            if interface.extras == neighbour.extras:
                interface.extras = neighbour.extras
            if interface.tag_pairs and interface.tag_pairs == neighbour.tag_pairs:
                interface.tags = neighbour.tag_pairs
            if interface.group_ids == neighbour.group_ids:
                interface.group_ids = neighbour.group_ids
                return
        interface.group_ids = tuple(self.groups[group_id].id for group_id in interface.group_ids)

    def remove_interface(self, interface: Interface) -> None:
        """Take an interface out, with the permissions on it, and give its addresses back."""
        for permission_id in tuple(self.permissions_by_interface.ids(interface.id)):
            self.remove_permission(self.permissions[permission_id])
        if interface.attachment is not None:
            self.detach(interface)
        self.set_destination(interface, None)
        self._untag(interface)
        self.interface_names.discard(interface)
        self._leave(interface, interface.group_ids)
        subnet = self.subnets[interface.subnet_id]
        self._release(interface, subnet.pool, interface.ipv4_ips, interface.ipv4_prefixes)
        if subnet.ipv6_pool is not None:
            self._release(interface, subnet.ipv6_pool, interface.ipv6_ips, interface.ipv6_prefixes)
        self.interfaces_by_subnet.discard(interface.subnet_id, interface.id)
        self.interfaces_by_network.discard(interface.network_id, interface.id)
        self.macs.discard(interface.mac)
        del self.interfaces[interface.id]

    # -- attachments -------------------------------------------------------------------------

    def attach(self, interface: Interface, attachment: Attachment) -> None:
        """Note how an interface is attached to its instance."""
        interface.attachment = attachment
        self._index_attachment(interface, attachment)

    def detach(self, interface: Interface) -> None:
        """Undo the attachment of an interface to its instance."""
        attachment = interface.attachment
        if attachment is None:
            return
        interface.attachment = None
        self.interfaces_by_instance.discard(attachment.instance_id, interface.id)
        if attachment.trunk_id is not None:
            self.interfaces_by_trunk.discard(attachment.trunk_id, interface.id)
        if self.primary_interfaces.get(attachment.instance_id) == interface.id:
            del self.primary_interfaces[attachment.instance_id]

    def _index_attachment(self, interface: Interface, attachment: Attachment) -> None:
        self.interfaces_by_instance.add(attachment.instance_id, interface.id, interface.order)
        if attachment.trunk_id is not None:
            self.interfaces_by_trunk.add(attachment.trunk_id, interface.id, interface.order)

    def set_destination(self, interface: Interface, destination: Destination | None) -> None:
        """Say where an interface goes on to once it is free, or that it goes nowhere."""
        if interface.destination is not None:
            self.interfaces_by_destination.discard(interface.destination.instance_id, interface.id)
        interface.destination = destination
        if destination is not None:
            self.interfaces_by_destination.add(destination.instance_id, interface.id, interface.order)

    def used_device_indexes(self, instance_id: str) -> set[int]:
        """Return the device indexes that an instance's interfaces occupy."""
        return {
            attachment.device_index
            for interface_id in self.interfaces_by_instance.ids(instance_id)
            if (attachment := self.interfaces[interface_id].attachment) is not None
        }

    # -- addresses ---------------------------------------------------------------------------

    def add_addresses(self, interface: Interface, granted: Granted) -> None:
        """Give an interface more addresses, which its subnet's pools already record."""
        before = self.group_weight(interface)
        interface.ipv4 += granted.ipv4
        interface.ipv6 += granted.ipv6
        interface.ipv4_prefixes += granted.ipv4_prefixes
        interface.ipv6_prefixes += granted.ipv6_prefixes
        for address in (*granted.ipv4, *granted.ipv6):
            self.interfaces_by_ip.add(address.ip, interface.id, interface.order)
        self._reweigh(interface, before)

    def remove_addresses(
        self,
        interface: Interface,
        *,
        ipv4: Collection[int] = (),
        ipv6: Collection[int] = (),
        ipv4_prefixes: Collection[int] = (),
        ipv6_prefixes: Collection[int] = (),
    ) -> None:
        """Take addresses that an interface holds away from it and give them back."""
        before, subnet = self.group_weight(interface), self.subnets[interface.subnet_id]
        self._release(interface, subnet.pool, ipv4, ipv4_prefixes)
        if subnet.ipv6_pool is not None:
            self._release(interface, subnet.ipv6_pool, ipv6, ipv6_prefixes)
        interface.ipv4 = tuple(address for address in interface.ipv4 if address.ip not in ipv4)
        interface.ipv6 = tuple(address for address in interface.ipv6 if address.ip not in ipv6)
        interface.ipv4_prefixes = tuple(ip for ip in interface.ipv4_prefixes if ip not in ipv4_prefixes)
        interface.ipv6_prefixes = tuple(ip for ip in interface.ipv6_prefixes if ip not in ipv6_prefixes)
        self._reweigh(interface, before)

    def move_address(
        self, source: Interface, destination: Interface, address: PrivateAddress, *, at: Instant
    ) -> None:
        """Give an IPv4 address of one interface, as it is from now on, to another one in the same subnet.

        The public address that it is associated with comes along.
        """
        weights = self.group_weight(source), self.group_weight(destination)
        if address.since is None:
            address = attrs.evolve(address, since=source.created)
        source.ipv4 = tuple(other for other in source.ipv4 if other.ip != address.ip)
        destination.ipv4 += (address,)
        self.subnets[source.subnet_id].pool.reassign(address.ip, destination.id)
        self.interfaces_by_ip.discard(address.ip, source.id)
        self.interfaces_by_ip.add(address.ip, destination.id, destination.order)
        if (public := self.public_address_of(source, address.ip)) is not None:
            self.pass_on(public, destination.id, address.ip, at=at)
        self._reweigh(source, weights[0])
        self._reweigh(destination, weights[1])

    def relocate(
        self, interface: Interface, subnet: Subnet, ipv4: tuple[KeptAddress, ...], *, at: Instant
    ) -> None:
        """Put an interface, which has one address, into a subnet, whose pool already records another one.

        The public address that the one is associated with goes over to the other.
        """
        (old,) = interface.ipv4_ips
        public = self.public_address_of(interface, old)
        self._release(interface, self.subnets[interface.subnet_id].pool, (old,), ())
        self.interfaces_by_subnet.discard(interface.subnet_id, interface.id)
        self.interfaces_by_network.discard(interface.network_id, interface.id)
        interface.network_id, interface.subnet_id = subnet.network_id, subnet.id
        interface.zone = subnet.zone
        interface.ipv4 = ipv4
        self.interfaces_by_network.add(interface.network_id, interface.id, interface.order)
        self.interfaces_by_subnet.add(interface.subnet_id, interface.id, interface.order)
        (new,) = interface.ipv4_ips
        self.interfaces_by_ip.add(new, interface.id, interface.order)
        if public is not None:
            self.pass_on(public, interface.id, new, at=at)

    def _release(
        self,
        interface: Interface,
        pool: AddressPool,
        ips: Collection[int],
        prefixes: Collection[int],
    ) -> None:
        for ip in ips:
            self.interfaces_by_ip.discard(ip, interface.id)
            pool.release(ip)
        for prefix in prefixes:
            self._release_prefix(interface.subnet_id, pool, prefix)

    # -- security groups ---------------------------------------------------------------------

    def set_groups(self, interface: Interface, group_ids: tuple[str, ...]) -> None:
        """Put an interface into these security groups, and out of all others."""
        self._leave(interface, [group_id for group_id in interface.group_ids if group_id not in group_ids])
        self._join(interface, [group_id for group_id in group_ids if group_id not in interface.group_ids])
        interface.group_ids = group_ids

    def make_secondary(self, interface: Interface) -> None:
        """Make a primary interface, which has outlived its instance, a secondary one."""
        interface.kind = InterfaceKind.SECONDARY
        for group_id in interface.group_ids:
            self.group_primaries[group_id] -= 1

    def group_weight(self, interface: Interface) -> int:
        """How much of a security group's members limit an interface uses."""
        if self._group_members_count is GroupMembership.INTERFACES:
            return 1
        return interface.ipv4_singles

    def _join(self, interface: Interface, group_ids: Iterable[str]) -> None:
        weight, primary = self.group_weight(interface), interface.kind is InterfaceKind.PRIMARY
        for group_id in group_ids:
            self.interfaces_by_group.add(group_id, interface.id, interface.order)
            self.group_load[group_id] += weight
            if primary:
                self.group_primaries[group_id] += 1

    def _leave(self, interface: Interface, group_ids: Iterable[str]) -> None:
        weight, primary = self.group_weight(interface), interface.kind is InterfaceKind.PRIMARY
        for group_id in group_ids:
            self.interfaces_by_group.discard(group_id, interface.id)
            self.group_load[group_id] -= weight
            self.group_primaries[group_id] -= primary

    def _reweigh(self, interface: Interface, before: int) -> None:
        """Add to the load of an interface's groups what it weighs now and did not weigh before."""
        for group_id in interface.group_ids:
            self.group_load[group_id] += self.group_weight(interface) - before

    # -- permissions -------------------------------------------------------------------------

    def add_permission(self, permission: Permission) -> None:
        """Put a new permission in."""
        self.permissions[permission.id] = permission
        self.permissions_by_interface.add(permission.interface_id, permission.id, permission.order)

    def remove_permission(self, permission: Permission) -> None:
        """Take a permission out."""
        self.permissions_by_interface.discard(permission.interface_id, permission.id)
        del self.permissions[permission.id]
