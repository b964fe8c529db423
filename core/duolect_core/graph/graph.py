"""The resource graph of a partition, with an index for every way in which it is asked.

Writing goes through the methods here, so that no index can be forgotten; ``invariants.check`` compares
each index with what a scan finds. Dictionaries keep the order of creation.
"""

from bisect import bisect_left, insort
from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Mapping
from ipaddress import IPv4Network, IPv6Network
from typing import Any

from duolect_core.addressing.pools import IPV4_PREFIX_BITS, AddressPool
from duolect_core.graph.index import Index
from duolect_core.model.lifecycles import ProvisionState
from duolect_core.model.resources import (
    Association,
    Attachment,
    Destination,
    Granted,
    Instance,
    Instant,
    Interface,
    Network,
    Operation,
    Permission,
    PrivateAddress,
    PublicAddress,
    Resource,
    RouteTable,
    SecurityGroup,
    Subnet,
)
from duolect_core.model.rules import GroupMembership, ResourceKind
from duolect_core.model.security_rules import Direction, GroupRule


def bounds(block: IPv4Network | IPv6Network) -> tuple[int, int]:
    """Return the first and last address of a block."""
    return int(block.network_address), int(block.broadcast_address)


def subnet_bounds(subnet: Subnet) -> list[tuple[int, int]]:
    """Return the bounds of the blocks that a subnet has."""
    return [bounds(block) for block in (subnet.block, subnet.ipv6_block) if block is not None]


class Graph:
    """All resources of a partition and the relations between them."""

    def __init__(
        self,
        group_members_count: GroupMembership,
        public_range: IPv4Network,
        *,
        tags_remain: bool = False,
    ) -> None:
        """Start empty; ``group_members_count`` says what a group's load counts."""
        self.networks: dict[str, Network] = {}
        self.subnets: dict[str, Subnet] = {}
        self.route_tables: dict[str, RouteTable] = {}
        self.groups: dict[str, SecurityGroup] = {}
        self.instances: dict[str, Instance] = {}
        self.interfaces: dict[str, Interface] = {}
        self.permissions: dict[str, Permission] = {}
        self.public_addresses: dict[str, PublicAddress] = {}
        self.operations: OrderedDict[str, Operation] = OrderedDict()
        self.subnets_by_network: Index[str] = Index()
        self.subnets_by_route_table: Index[str] = Index()
        self.subnets_pending: Index[str] = Index()
        """The subnets of each network that are being created or modified."""
        self.route_tables_by_network: Index[str] = Index()
        self.groups_by_network: Index[str | None] = Index()
        self.groups_by_named_group: Index[str] = Index()
        """The security groups whose rules name a group, that group itself left out."""
        self.groups_by_rule: dict[str, str] = {}
        """The security group of each rule that has an id."""
        self.instances_by_subnet: Index[str] = Index()
        self.instances_by_network: Index[str] = Index()
        self.interfaces_by_network: Index[str] = Index()
        self.interfaces_by_subnet: Index[str] = Index()
        self.interfaces_by_group: Index[str] = Index()
        self.interfaces_by_instance: Index[str] = Index()
        self.interfaces_by_destination: Index[str] = Index()
        """The interfaces that go on to an instance as soon as they are free: their slots are taken."""
        self.interfaces_by_trunk: Index[str] = Index()
        self.interfaces_by_ip: Index[int] = Index()
        self.permissions_by_interface: Index[str] = Index()
        self.public_addresses_by_interface: Index[str] = Index()
        self.public_addresses_by_private: dict[tuple[str, int], str] = {}
        """The public address of each private one, by interface and address, that has one or will have."""
        self.public_pool = AddressPool(public_range, head=0, tail=0, block_bits=IPV4_PREFIX_BITS)
        """The region's public addresses, and who holds which of them."""
        self.tagged: Index[tuple[str, str]] = Index(mixed=True)
        self.known_tags: dict[tuple[str, str], None] = {}
        """Where tags outlive the resources that carried them: all that there are, oldest first."""
        self.macs: set[str] = set()
        self.blocks: dict[str, list[tuple[int, int]]] = {}
        """First and last address of each block of a network's subnets, in order of address.

        IPv6 blocks stand among the IPv4 blocks; as integers they lie far beyond them.
        """
        self.default_network: str | None = None
        self.default_subnets: dict[str, str] = {}
        """The default subnet of each zone that has one."""
        self.group_load: dict[str, int] = {}
        self.primary_interfaces: dict[str, str] = {}
        """The primary interface of each instance."""
        self._group_members_count = group_members_count
        self._tags_remain = tags_remain

    # -- networks, subnets, groups ----------------------------------------------------------

    def add_network(self, network: Network) -> None:
        """Put a new network in; its main route table is added on its own."""
        self.networks[network.id] = network
        self.blocks[network.id] = []
        if network.default:
            self.default_network = network.id
        self._tag(network)

    def remove_network(self, network: Network) -> None:
        """Take a network out with its route tables; nothing else may stand on it."""
        for table_id in tuple(self.route_tables_by_network.ids(network.id)):
            self._remove_route_table(self.route_tables[table_id])
        self._untag(network)
        if network.default:
            self.default_network = None
        del self.blocks[network.id]
        del self.networks[network.id]

    def add_route_table(self, table: RouteTable) -> None:
        """Put a new route table in."""
        self.route_tables[table.id] = table
        self.route_tables_by_network.add(table.network_id, table.id, table.order)
        self._tag(table)

    def _remove_route_table(self, table: RouteTable) -> None:
        self._untag(table)
        self.route_tables_by_network.discard(table.network_id, table.id)
        del self.route_tables[table.id]

    def add_subnet(self, subnet: Subnet) -> None:
        """Put a new subnet in."""
        self.subnets[subnet.id] = subnet
        for block in subnet_bounds(subnet):
            insort(self.blocks[subnet.network_id], block)
        self.subnets_by_network.add(subnet.network_id, subnet.id, subnet.order)
        self.subnets_by_route_table.add(subnet.route_table_id, subnet.id, subnet.order)
        if subnet.state is ProvisionState.PENDING:
            self.subnets_pending.add(subnet.network_id, subnet.id, subnet.order)
        if subnet.default:
            self.default_subnets[subnet.zone] = subnet.id
        self._tag(subnet)

    def remove_subnet(self, subnet: Subnet) -> None:
        """Take an available subnet out; nothing may stand on it."""
        self._untag(subnet)
        if subnet.default:
            del self.default_subnets[subnet.zone]
        for block in subnet_bounds(subnet):
            self.blocks[subnet.network_id].remove(block)
        self.subnets_by_route_table.discard(subnet.route_table_id, subnet.id)
        self.subnets_by_network.discard(subnet.network_id, subnet.id)
        del self.subnets[subnet.id]

    def set_subnet_state(self, subnet: Subnet, state: ProvisionState) -> None:
        """Note that a subnet has become available, or is being modified."""
        subnet.state = state
        if state is ProvisionState.PENDING:
            self.subnets_pending.add(subnet.network_id, subnet.id, subnet.order)
        else:
            self.subnets_pending.discard(subnet.network_id, subnet.id)

    def give_ipv6_block(self, subnet: Subnet, block: IPv6Network, pool: AddressPool) -> None:
        """Give a subnet an IPv6 block and the pool of its addresses."""
        insort(self.blocks[subnet.network_id], bounds(block))
        subnet.ipv6_block, subnet.ipv6_pool = block, pool

    def take_ipv6_block(self, subnet: Subnet) -> None:
        """Take a subnet's IPv6 block away, of which no address may be in use."""
        if subnet.ipv6_block is not None:
            self.blocks[subnet.network_id].remove(bounds(subnet.ipv6_block))
        subnet.ipv6_block = subnet.ipv6_pool = None

    def add_group(self, group: SecurityGroup) -> None:
        """Put a new security group in."""
        self.groups[group.id] = group
        self.group_load[group.id] = 0
        self.groups_by_network.add(group.network_id, group.id, group.order)
        self._note_rules(group)
        self._tag(group)

    def remove_group(self, group: SecurityGroup) -> None:
        """Take a security group out; it may have no members, and no other group may name it."""
        self._untag(group)
        self._forget_rules(group)
        self.groups_by_network.discard(group.network_id, group.id)
        del self.group_load[group.id]
        del self.groups[group.id]

    def set_rules(
        self, group: SecurityGroup, rules: Mapping[Direction, tuple[GroupRule, ...]], at: Instant
    ) -> None:
        """Give a security group these rules, and a new version."""
        self._forget_rules(group)
        group.rules = rules
        group.version += 1
        group.modified = at
        self._note_rules(group)

    def _note_rules(self, group: SecurityGroup) -> None:
        for rule in group.all_rules:
            if rule.id:
                self.groups_by_rule[rule.id] = group.id
        for group_id in group.named_group_ids:
            self.groups_by_named_group.add(group_id, group.id, group.order)

    def _forget_rules(self, group: SecurityGroup) -> None:
        for rule in group.all_rules:
            self.groups_by_rule.pop(rule.id, None)
        for group_id in group.named_group_ids:
            self.groups_by_named_group.discard(group_id, group.id)

    def overlaps(self, network_id: str, block: IPv4Network | IPv6Network) -> bool:
        """Say whether ``block`` overlaps that of a subnet of the network."""
        blocks = self.blocks[network_id]
        first, last = bounds(block)
        place = bisect_left(blocks, (first, last))
        return (place < len(blocks) and blocks[place][0] <= last) or (
            place > 0 and blocks[place - 1][1] >= first
        )

    # -- instances --------------------------------------------------------------------------

    def add_instance(self, instance: Instance) -> None:
        """Put a new instance in; its primary interface is added on its own."""
        self.instances[instance.id] = instance
        self.instances_by_subnet.add(instance.subnet_id, instance.id, instance.order)
        self.instances_by_network.add(instance.network_id, instance.id, instance.order)
        self._tag(instance)

    def remove_instance(self, instance: Instance) -> None:
        """Take an instance out; its interfaces must have gone or been detached."""
        self._untag(instance)
        self.instances_by_network.discard(instance.network_id, instance.id)
        self.instances_by_subnet.discard(instance.subnet_id, instance.id)
        del self.instances[instance.id]

    # -- interfaces -------------------------------------------------------------------------

    def add_interface(self, interface: Interface, primary_of: str | None = None) -> None:
        """Put a new interface in, whose addresses its subnet's pools already record."""
        self.interfaces[interface.id] = interface
        self.macs.add(interface.mac)
        self.interfaces_by_network.add(interface.network_id, interface.id, interface.order)
        self.interfaces_by_subnet.add(interface.subnet_id, interface.id, interface.order)
        for address in (*interface.ipv4, *interface.ipv6):
            self.interfaces_by_ip.add(address.ip, interface.id, interface.order)
        self._join(interface)
        self._tag(interface)
        if interface.attachment is not None:
            self._index_attachment(interface, interface.attachment)
        if primary_of is not None:
            self.primary_interfaces[primary_of] = interface.id

    def remove_interface(self, interface: Interface) -> None:
        """Take an interface out, with the permissions on it, and give its addresses back."""
        for permission_id in tuple(self.permissions_by_interface.ids(interface.id)):
            self.remove_permission(self.permissions[permission_id])
        if interface.attachment is not None:
            self.detach(interface)
        self.set_destination(interface, None)
        self._untag(interface)
        self._leave(interface)
        subnet = self.subnets[interface.subnet_id]
        self._release(interface, subnet.pool, [a.ip for a in interface.ipv4], interface.ipv4_prefixes)
        if subnet.ipv6_pool is not None:
            ipv6 = [address.ip for address in interface.ipv6]
            self._release(interface, subnet.ipv6_pool, ipv6, interface.ipv6_prefixes)
        self.interfaces_by_subnet.discard(interface.subnet_id, interface.id)
        self.interfaces_by_network.discard(interface.network_id, interface.id)
        self.macs.discard(interface.mac)
        del self.interfaces[interface.id]

    def attach(self, interface: Interface, attachment: Attachment) -> None:
        """Note how an interface is attached to its instance."""
        interface.attachment = attachment
        self._index_attachment(interface, attachment)

    def set_destination(self, interface: Interface, destination: Destination | None) -> None:
        """Say where an interface goes on to once it is free, or that it goes nowhere."""
        if interface.destination is not None:
            self.interfaces_by_destination.discard(interface.destination.instance_id, interface.id)
        interface.destination = destination
        if destination is not None:
            self.interfaces_by_destination.add(destination.instance_id, interface.id, interface.order)

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

    def add_addresses(self, interface: Interface, granted: Granted) -> None:
        """Give an interface more addresses, which its subnet's pools already record."""
        before = self.group_weight(interface)
        interface.ipv4 = [*interface.ipv4, *granted.ipv4]
        interface.ipv6 = [*interface.ipv6, *granted.ipv6]
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
        interface.ipv4 = [address for address in interface.ipv4 if address.ip not in ipv4]
        interface.ipv6 = [address for address in interface.ipv6 if address.ip not in ipv6]
        interface.ipv4_prefixes = tuple(ip for ip in interface.ipv4_prefixes if ip not in ipv4_prefixes)
        interface.ipv6_prefixes = tuple(ip for ip in interface.ipv6_prefixes if ip not in ipv6_prefixes)
        self._reweigh(interface, before)

    def move_address(self, source: Interface, destination: Interface, address: PrivateAddress) -> None:
        """Give an IPv4 address of one interface to another one in the same subnet.

        The public address that it is associated with comes along.
        """
        weights = self.group_weight(source), self.group_weight(destination)
        if address.since is None:
            address.since = source.created
        source.ipv4 = [other for other in source.ipv4 if other is not address]
        destination.ipv4 = [*destination.ipv4, address]
        self.subnets[source.subnet_id].pool.reassign(address.ip, destination.id)
        self.interfaces_by_ip.discard(address.ip, source.id)
        self.interfaces_by_ip.add(address.ip, destination.id, destination.order)
        if (public := self.public_address_of(source, address.ip)) is not None:
            self.associate(public, Association(destination.id, address.ip))
        self._reweigh(source, weights[0])
        self._reweigh(destination, weights[1])

    def set_groups(self, interface: Interface, group_ids: tuple[str, ...]) -> None:
        """Put an interface into these security groups, and out of all others."""
        weight = self.group_weight(interface)
        for group_id in interface.group_ids:
            if group_id not in group_ids:
                self.interfaces_by_group.discard(group_id, interface.id)
                self.group_load[group_id] -= weight
        for group_id in group_ids:
            if group_id not in interface.group_ids:
                self.interfaces_by_group.add(group_id, interface.id, interface.order)
                self.group_load[group_id] += weight
        interface.group_ids = group_ids

    def group_weight(self, interface: Interface) -> int:
        """How much of a security group's members limit an interface uses."""
        if self._group_members_count is GroupMembership.INTERFACES:
            return 1
        return len(interface.ipv4)

    def used_device_indexes(self, instance_id: str) -> set[int]:
        """Return the device indexes that an instance's interfaces occupy."""
        return {
            attachment.device_index
            for interface_id in self.interfaces_by_instance.ids(instance_id)
            if (attachment := self.interfaces[interface_id].attachment) is not None
        }

    def _index_attachment(self, interface: Interface, attachment: Attachment) -> None:
        self.interfaces_by_instance.add(attachment.instance_id, interface.id, interface.order)
        if attachment.trunk_id is not None:
            self.interfaces_by_trunk.add(attachment.trunk_id, interface.id, interface.order)

    def _join(self, interface: Interface) -> None:
        for group_id in interface.group_ids:
            self.interfaces_by_group.add(group_id, interface.id, interface.order)
            self.group_load[group_id] += self.group_weight(interface)

    def _reweigh(self, interface: Interface, before: int) -> None:
        """Add to the load of an interface's groups what it weighs now and did not weigh before."""
        for group_id in interface.group_ids:
            self.group_load[group_id] += self.group_weight(interface) - before

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
            pool.release_prefix(prefix)

    def _leave(self, interface: Interface) -> None:
        for group_id in interface.group_ids:
            self.interfaces_by_group.discard(group_id, interface.id)
            self.group_load[group_id] -= self.group_weight(interface)

    # -- permissions ------------------------------------------------------------------------

    def add_permission(self, permission: Permission) -> None:
        """Put a new permission in."""
        self.permissions[permission.id] = permission
        self.permissions_by_interface.add(permission.interface_id, permission.id, permission.order)

    def remove_permission(self, permission: Permission) -> None:
        """Take a permission out."""
        self.permissions_by_interface.discard(permission.interface_id, permission.id)
        del self.permissions[permission.id]

    # -- public addresses -------------------------------------------------------------------

    def add_public_address(self, address: PublicAddress) -> None:
        """Put a new elastic public address in, which the pool already records."""
        self.public_addresses[address.id] = address
        self._tag(address)

    def remove_public_address(self, address: PublicAddress) -> None:
        """Take an elastic public address out, which is associated with nothing, and give it back."""
        self._untag(address)
        self.public_pool.release(address.ip)
        del self.public_addresses[address.id]

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

    def public_address_of(self, interface: Interface, ip: int) -> PublicAddress | None:
        """Return the public address that a private one of an interface is associated with, if any."""
        address_id = self.public_addresses_by_private.get((interface.id, ip))
        return None if address_id is None else self.public_addresses[address_id]

    # -- tags -------------------------------------------------------------------------------

    def set_tags(self, resource: Resource, tags: Mapping[str, str]) -> None:
        """Give a resource these tags in the place of those that it has."""
        self._untag(resource)
        resource.tags = dict(tags)
        self._tag(resource)

    def _tag(self, resource: Resource) -> None:
        for tag in resource.tags.items():
            self.tagged.add(tag, resource.id, resource.order)
            if self._tags_remain:
                self.known_tags[tag] = None

    def _untag(self, resource: Resource) -> None:
        for tag in resource.tags.items():
            self.tagged.discard(tag, resource.id)

    # -- everything -------------------------------------------------------------------------

    def table(self, kind: ResourceKind) -> dict[str, Any]:
        """Return the resources of a kind by id."""
        return self._by_kind()[kind]

    def tables(self) -> Iterable[dict[str, Any]]:
        """Return the table of each kind of resource, dependencies first."""
        return self._by_kind().values()

    def holds(self, resource_id: str) -> bool:
        """Say whether there is a resource of any kind with this id."""
        return any(resource_id in table for table in self.tables())

    def resources(self) -> Iterator[Resource]:
        """Iterate over the resources of all kinds, dependencies first."""
        for table in self.tables():
            yield from table.values()

    def _by_kind(self) -> dict[ResourceKind, dict[str, Any]]:
        return {
            ResourceKind.NETWORK: self.networks,
            ResourceKind.ROUTE_TABLE: self.route_tables,
            ResourceKind.SUBNET: self.subnets,
            ResourceKind.GROUP: self.groups,
            ResourceKind.INSTANCE: self.instances,
            ResourceKind.INTERFACE: self.interfaces,
            ResourceKind.PERMISSION: self.permissions,
            ResourceKind.PUBLIC_ADDRESS: self.public_addresses,
        }
