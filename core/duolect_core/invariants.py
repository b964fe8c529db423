"""Everything that must always be true of a partition, as one function.

``check`` compares the partition with itself: what the pools say with what the interfaces hold, what the
indexes say with what a scan finds, both ends of every relation. The property tests call it after every
step; it is slow on purpose and nothing else calls it. It trusts nothing: a broken partition gives
sentences, never a ``KeyError``.
"""

from collections import Counter
from collections.abc import Container, Hashable, Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import combinations, pairwise
from typing import Any

from duolect_core.addressing import AddressPool
from duolect_core.graph import Graph, Index, subnet_bounds
from duolect_core.group_rules import WITH_PORTS
from duolect_core.lifecycle import (
    ADDRESS_LIFECYCLE,
    INSTANCE_LIFECYCLE,
    INTERFACE_LIFECYCLE,
    PROVISION_LIFECYCLE,
    PUBLIC_ADDRESS_LIFECYCLE,
    AddressState,
    InstanceState,
    InterfaceState,
    ProvisionState,
    PublicAddressState,
    Trigger,
)
from duolect_core.model import (
    Attachment,
    GroupKind,
    Instance,
    Instant,
    Interface,
    InterfaceKind,
    Network,
    OperationState,
    PublicAddress,
    Resource,
    SecurityGroup,
    Subnet,
)
from duolect_core.partition import Partition
from duolect_core.rules import NETWORK_IPV6_MASK
from duolect_core.timeline import Transition
from duolect_core.transitions import ADDRESS_TRIGGERS

_ASSOCIATED = frozenset(
    {PublicAddressState.ASSOCIATING, PublicAddressState.IN_USE, PublicAddressState.DISASSOCIATING}
)
_ATTACHED = frozenset({InterfaceState.ATTACHING, InterfaceState.IN_USE, InterfaceState.DETACHING})
_MOVING = frozenset(
    {
        InterfaceState.PENDING,
        InterfaceState.ATTACHING,
        InterfaceState.DETACHING,
        InterfaceState.DELETING,
        InstanceState.PENDING,
        InstanceState.STARTING,
        InstanceState.STOPPING,
        InstanceState.REBOOTING,
        InstanceState.DELETING,
        ProvisionState.PENDING,
        PublicAddressState.PENDING,
        PublicAddressState.ASSOCIATING,
        PublicAddressState.DISASSOCIATING,
        PublicAddressState.RELEASING,
    }
)


def check(partition: Partition) -> list[str]:
    """Return a sentence for each violated invariant: an empty list for a sound partition."""
    graph = partition.graph
    return [
        *_check_places(partition),
        *_check_interfaces(graph),
        *_check_pools(graph),
        *_check_instances(partition),
        *_check_groups(partition),
        *_check_rules(graph),
        *_check_permissions(graph),
        *_check_public_addresses(graph),
        *_check_quotas(partition),
        *_check_tags(partition),
        *_check_indexes(graph),
        *_check_history(partition),
        *_check_timeline(partition),
        *_check_operations(partition),
    ]


# -- networks and subnets ---------------------------------------------------------------------------


def _check_places(partition: Partition) -> Iterator[str]:
    graph = partition.graph
    if graph.blocks.keys() != graph.networks.keys():
        yield "the networks are not those whose blocks are known"
    blocks: dict[str, list[tuple[int, int]]] = {network_id: [] for network_id in graph.networks}
    for subnet in graph.subnets.values():
        network = graph.networks.get(subnet.network_id)
        if network is None:
            yield f"{subnet.id}: in a network that is not there"
            continue
        blocks[network.id] += subnet_bounds(subnet)
        if not _lies_in(subnet, network):
            yield f"{subnet.id}: a block outside those of {network.id}"
        if subnet.zone not in partition.rules.zones:
            yield f"{subnet.id}: in no zone of the region"
    for network_id, found in blocks.items():
        found.sort()
        if found != graph.blocks.get(network_id):
            yield f"{network_id}: blocks are not those of its subnets"
        if any(low[1] >= high[0] for low, high in pairwise(found)):
            yield f"{network_id}: subnets overlap"
    yield from _check_ipv6_blocks(partition)
    yield from _check_route_tables(graph)
    yield from _check_defaults(graph)


def _lies_in(subnet: Subnet, network: Network) -> bool:
    if not any(subnet.block.subnet_of(home) for home in (network.block, *network.secondary_blocks)):
        return False
    if subnet.ipv6_block is None:
        return True
    return network.ipv6_block is not None and subnet.ipv6_block.subnet_of(network.ipv6_block)


def _check_ipv6_blocks(partition: Partition) -> Iterator[str]:
    base = int(partition.rules.ipv6_range.network_address)
    numbers = [
        (int(network.ipv6_block.network_address) - base) >> (128 - NETWORK_IPV6_MASK)
        for network in partition.graph.networks.values()
        if network.ipv6_block is not None
    ]
    lottery = partition.ipv6_blocks
    if len(set(numbers)) < len(numbers):
        yield "two networks have one IPv6 block"
    if any(map(lottery.is_free, numbers)) or lottery.free + len(numbers) != lottery.size:
        yield "the IPv6 blocks in use are not those of the networks"


def _check_route_tables(graph: Graph) -> Iterator[str]:
    homes = {table.id: table.network_id for table in graph.route_tables.values()}
    if any(home not in graph.networks for home in homes.values()):
        yield "a route table of a network that is not there"
    for network in graph.networks.values():
        if homes.get(network.route_table_id) != network.id:
            yield f"{network.id}: its main route table is not one of its own"
        own = [network.block, *network.secondary_blocks]
        if any(one.overlaps(other) for one, other in combinations(own, 2)):
            yield f"{network.id}: its blocks overlap"
    for subnet in graph.subnets.values():
        if homes.get(subnet.route_table_id) != subnet.network_id:
            yield f"{subnet.id}: its route table is not one of its network"


def _check_defaults(graph: Graph) -> Iterator[str]:
    networks = [network.id for network in graph.networks.values() if network.default]
    if networks != ([] if graph.default_network is None else [graph.default_network]):
        yield f"default networks {networks}"
    subnets = [(subnet.zone, subnet.id) for subnet in graph.subnets.values() if subnet.default]
    if sorted(subnets) != sorted(graph.default_subnets.items()):
        yield f"default subnets {subnets}"
    if any(graph.subnets[subnet_id].network_id != graph.default_network for _, subnet_id in subnets):
        yield "a default subnet outside the default network"


# -- interfaces -------------------------------------------------------------------------------------


def _check_interfaces(graph: Graph) -> Iterator[str]:
    for interface in graph.interfaces.values():
        name, attachment = interface.id, interface.attachment
        if (attachment is not None) is not (interface.state in _ATTACHED):
            yield f"{name}: {interface.state} does not fit attachment {attachment}"
        if [address.primary for address in interface.ipv4] != [
            place == 0 for place in range(max(1, len(interface.ipv4)))
        ]:
            yield f"{name}: not exactly its first address is primary"
        subnet = graph.subnets.get(interface.subnet_id)
        if subnet is None:
            yield f"{name}: in a subnet that is not there"
        elif (interface.network_id, interface.zone) != (subnet.network_id, subnet.zone):
            yield f"{name}: not in the network and zone of its subnet"
        going_on = interface.state in {InterfaceState.PENDING, InterfaceState.DETACHING}
        if interface.destination is not None and not going_on:
            yield f"{name}: {interface.state} with the destination {interface.destination}"
        if attachment is None:
            if interface.kind in {InterfaceKind.PRIMARY, InterfaceKind.MEMBER}:
                yield f"{name}: a {interface.kind} interface that is attached to nothing"
        else:
            yield from _check_attachment(graph, interface, attachment)


def _check_attachment(graph: Graph, interface: Interface, attachment: Attachment) -> Iterator[str]:
    instance = graph.instances.get(attachment.instance_id)
    if instance is None:
        yield f"{interface.id}: attached to an instance that is not there"
    elif (interface.network_id, interface.zone) != (instance.network_id, instance.zone):
        yield f"{interface.id}: in another network or zone than {instance.id}"
    if (interface.kind is InterfaceKind.PRIMARY) is not (attachment.device_index == 0):
        yield f"{interface.id}: device index {attachment.device_index} of a {interface.kind}"
    if attachment.trunk_id is None:
        if interface.kind is InterfaceKind.MEMBER:
            yield f"{interface.id}: a member of no trunk"
        return
    trunk = graph.interfaces.get(attachment.trunk_id)
    if trunk is None or trunk.kind is not InterfaceKind.TRUNK:
        yield f"{interface.id}: on a trunk that is none"
    elif trunk.attachment is None or trunk.attachment.instance_id != attachment.instance_id:
        yield f"{interface.id}: on a trunk that is elsewhere"


# -- addresses --------------------------------------------------------------------------------------


def _check_pools(graph: Graph) -> Iterator[str]:
    held: dict[str, list[Interface]] = {}
    for interface in graph.interfaces.values():
        held.setdefault(interface.subnet_id, []).append(interface)
    for subnet in graph.subnets.values():
        interfaces = held.get(subnet.id, [])
        if (subnet.ipv6_pool is None) is not (subnet.ipv6_block is None):
            yield f"{subnet.id}: an IPv6 block without a pool, or a pool without a block"
        pools = ((subnet.pool, subnet.block), (subnet.ipv6_pool, subnet.ipv6_block))
        if any(pool is not None and block not in {None, pool.block} for pool, block in pools):
            yield f"{subnet.id}: a pool of another block"
        yield from _check_pool(
            subnet,
            subnet.pool,
            [(address.ip, i.id) for i in interfaces for address in i.ipv4],
            [(prefix, i.id) for i in interfaces for prefix in i.ipv4_prefixes],
        )
        ipv6 = [(address.ip, i.id) for i in interfaces for address in i.ipv6]
        ipv6_prefixes = [(prefix, i.id) for i in interfaces for prefix in i.ipv6_prefixes]
        if subnet.ipv6_pool is not None:
            yield from _check_pool(subnet, subnet.ipv6_pool, ipv6, ipv6_prefixes)
        elif ipv6 or ipv6_prefixes:
            yield f"{subnet.id}: IPv6 addresses without an IPv6 block"


def _check_pool(
    subnet: Subnet,
    pool: AddressPool,
    singles: list[tuple[int, str]],
    prefixes: list[tuple[int, str]],
) -> Iterator[str]:
    if len(dict(singles)) < len(singles) or len(dict(prefixes)) < len(prefixes):
        yield f"{subnet.id}: an address has two owners"
    if pool.holders != dict(singles):
        yield f"{subnet.id}: the pool's holders are not the interfaces that have the addresses"
    if pool.prefixes != dict(prefixes):
        yield f"{subnet.id}: the pool's prefixes are not those of the interfaces"
    if not all(pool.is_usable(ip) for ip, _ in singles) or not all(pool.is_block(ip) for ip, _ in prefixes):
        yield f"{subnet.id}: an address is outside or reserved"
    used = len(singles) + (len(prefixes) << pool.block_bits)
    reserved = pool.size - pool.usable
    if used + pool.free + reserved != pool.size:
        yield f"{subnet.id}: {used} used, {pool.free} free and {reserved} reserved are not {pool.size}"
    if any(pool.is_free(ip) for ip, _ in (*singles, *prefixes)):
        yield f"{subnet.id}: a held address counts as free"
    blocks = {ip >> pool.block_bits << pool.block_bits for ip, _ in (*singles, *prefixes)}
    whole = [block for block in blocks if pool.is_block(block)]
    if pool.usable_prefixes - len(whole) != pool.free_prefixes or any(map(pool.is_prefix_free, whole)):
        yield f"{subnet.id}: {pool.free_prefixes} free prefixes with {len(whole)} blocks touched"


# -- instances --------------------------------------------------------------------------------------


def _check_instances(partition: Partition) -> Iterator[str]:
    graph = partition.graph
    attached: dict[str, list[tuple[Interface, Attachment]]] = {}
    for interface in graph.interfaces.values():
        if interface.attachment is not None:
            mine = attached.setdefault(interface.attachment.instance_id, [])
            mine.append((interface, interface.attachment))
    for instance in graph.instances.values():
        subnet = graph.subnets.get(instance.subnet_id)
        if subnet is None or (subnet.network_id, subnet.zone) != (instance.network_id, instance.zone):
            yield f"{instance.id}: not in the network and zone of its subnet"
        mine = attached.get(instance.id, [])
        primaries = [i.id for i, _ in mine if i.kind is InterfaceKind.PRIMARY]
        if primaries != [graph.primary_interfaces.get(instance.id)]:
            yield f"{instance.id}: primary interfaces {primaries}"
        indexes = [bond.device_index for _, bond in mine]
        if len(set(indexes)) < len(indexes):
            yield f"{instance.id}: device indexes {sorted(indexes)}"
        yield from _check_slots(partition, instance, mine)
    if graph.primary_interfaces.keys() != graph.instances.keys():
        yield "the instances are not those that have primary interfaces"


def _check_slots(
    partition: Partition, instance: Instance, mine: list[tuple[Interface, Attachment]]
) -> Iterator[str]:
    instance_type = partition.rules.instance_types.get(instance.type_name)
    if instance_type is None:
        yield f"{instance.id}: of a type that is not there"
        return
    members = sum(bond.trunk_id is not None for _, bond in mine)
    extensions = sum(bond.extension and bond.trunk_id is None for _, bond in mine)
    for count, name, limit in (
        (members, "members", instance_type.members),
        (extensions, "extension interfaces", instance_type.extension_interfaces),
        (len(mine) - members - extensions, "interfaces", instance_type.interfaces),
        (sum(i.rdma for i, _ in mine), "RDMA interfaces", instance_type.rdma_interfaces),
    ):
        if count > limit:
            yield f"{instance.id}: {count} {name} over {limit}"
    for interface, _ in mine:
        if len(interface.ipv4) + len(interface.ipv4_prefixes) > instance_type.ipv4_per_interface:
            yield f"{interface.id}: more IPv4 addresses than a {instance_type.name} takes"
        if len(interface.ipv6) + len(interface.ipv6_prefixes) > instance_type.ipv6_per_interface:
            yield f"{interface.id}: more IPv6 addresses than a {instance_type.name} takes"


# -- groups and quotas ------------------------------------------------------------------------------


def _check_groups(partition: Partition) -> Iterator[str]:
    graph = partition.graph
    load = dict.fromkeys(graph.groups, 0)
    members = dict.fromkeys(graph.groups, 0)
    for interface in graph.interfaces.values():
        for group_id in interface.group_ids:
            group = graph.groups.get(group_id)
            if group is None:
                yield f"{interface.id}: in a group that is not there"
                continue
            load[group_id] += graph.group_weight(interface)
            members[group_id] += 1
            if group.network_id not in {None, interface.network_id}:
                yield f"{interface.id}: in group {group_id} of another network"
    if load != graph.group_load:
        yield "the load of the groups is not what their members weigh"
    for group in graph.groups.values():
        limit = partition.rules.members_limit(group.kind)
        if limit is not None and load[group.id] > limit:
            yield f"{group.id}: {load[group.id]} members over {limit}"
        limit = partition.rules.quotas.enterprise_group_interfaces
        if group.kind is GroupKind.ENTERPRISE and limit is not None and members[group.id] > limit:
            yield f"{group.id}: {members[group.id]} interfaces over {limit}"


def _check_rules(graph: Graph) -> Iterator[str]:
    ids = {}
    for group in graph.groups.values():
        effects = [rule.effect for rule in group.all_rules]
        if len(set(effects)) < len(effects):
            yield f"{group.id}: two rules do the same"
        for direction, rules in group.rules.items():
            if any(rule.direction is not direction for rule in rules):
                yield f"{group.id}: a rule stands in the wrong direction"
        for rule in group.all_rules:
            if rule.id:
                ids[rule.id] = group.id
            if bool(rule.ports) is not (rule.protocol in WITH_PORTS):
                yield f"{group.id}: the ports of {rule} do not fit its protocol"
            if rule.peer_group_id is not None:
                yield from _check_peer(graph, group, rule.peer_group_id)
    if ids != graph.groups_by_rule:
        yield "the ids of rules are not those that are known"
    if len(ids) < sum(bool(rule.id) for group in graph.groups.values() for rule in group.all_rules):
        yield "two rules have one id"


def _check_peer(graph: Graph, group: SecurityGroup, peer_id: str) -> Iterator[str]:
    peer = graph.groups.get(peer_id)
    if peer is None:
        yield f"{group.id}: a rule names a group that is not there"
    elif peer.network_id != group.network_id:
        yield f"{group.id}: a rule names a group of another network"
    if group.kind is GroupKind.ENTERPRISE or (peer is not None and peer.kind is GroupKind.ENTERPRISE):
        yield f"{group.id}: a rule of, or for, an enterprise group names a group"


def _check_permissions(graph: Graph) -> Iterator[str]:
    granted = [(permission.interface_id, permission.account) for permission in graph.permissions.values()]
    if any(interface_id not in graph.interfaces for interface_id, _ in granted):
        yield "a permission on an interface that is not there"
    if len(set(granted)) < len(granted):
        yield "an account has two permissions on an interface"


def _check_public_addresses(graph: Graph) -> Iterator[str]:
    addresses = graph.public_addresses.values()
    if graph.public_pool.holders != {address.ip: address.id for address in addresses}:
        yield "the holders of public addresses are not those that have them"
    bound = [(address.association, address) for address in addresses if address.association is not None]
    if graph.public_addresses_by_private != {
        (association.interface_id, association.ip): address.id for association, address in bound
    }:
        yield "the public addresses by private ones are not what a scan finds"
    if len({association for association, _ in bound}) < len(bound):
        yield "a private address has two public ones"
    for address in addresses:
        if (address.association is not None) is not (address.state in _ASSOCIATED):
            yield f"{address.id}: {address.state} does not fit {address.association}"
    for association, address in bound:
        interface = graph.interfaces.get(association.interface_id)
        if interface is None or association.ip not in [private.ip for private in interface.ipv4]:
            yield f"{address.id}: associated with an address that is not there"


def _check_quotas(partition: Partition) -> Iterator[str]:
    graph, quotas = partition.graph, partition.rules.quotas
    secondary = (i for i in graph.interfaces.values() if i.kind is not InterfaceKind.PRIMARY)
    counts: list[tuple[str, Iterable[int], int | None]] = [
        ("networks", [len(graph.networks)], quotas.networks),
        ("groups", [len(graph.groups)], quotas.groups),
        (
            "rules of a group",
            [len(group.all_rules) for group in graph.groups.values()],
            quotas.rules_per_group,
        ),
        (
            "rules of a direction",
            [len(rules) for group in graph.groups.values() for rules in group.rules.values()],
            quotas.rules_per_direction,
        ),
        (
            "rules that name groups",
            [
                sum(rule.peer_group_id is not None for rule in group.all_rules)
                for group in graph.groups.values()
            ],
            quotas.naming_rules_per_group,
        ),
        ("instances", [len(graph.instances)], quotas.instances),
        ("public addresses", [len(graph.public_addresses)], quotas.public_addresses),
        (
            "subnets of a network",
            Counter(subnet.network_id for subnet in graph.subnets.values()).values(),
            quotas.subnets_per_network,
        ),
        (
            "secondary interfaces of a network",
            Counter(interface.network_id for interface in secondary).values(),
            quotas.interfaces_per_network,
        ),
        (
            "groups of an interface",
            [len(interface.group_ids) for interface in graph.interfaces.values()],
            quotas.groups_per_interface,
        ),
        (
            "tags of a resource",
            [len(resource.tags) for resource in _resources(graph)],
            quotas.tags_per_resource,
        ),
    ]
    for name, found, limit in counts:
        if limit is not None and max(found, default=0) > limit:
            yield f"{max(found)} {name} over {limit}"


# -- indexes ----------------------------------------------------------------------------------------


def _check_tags(partition: Partition) -> Iterator[str]:
    graph = partition.graph
    if partition.rules.tags_remain and not graph.known_tags.keys() >= graph.tagged.everything().keys():
        yield "a resource carries a tag that is not known"


def _check_indexes(graph: Graph) -> Iterator[str]:
    tables: tuple[Mapping[str, Resource], ...] = tuple(graph.tables())
    if any(key != resource.id for table in tables for key, resource in table.items()):
        yield "a resource is filed under another id than its own"
    for name, index, pairs in _scans(graph):
        scanned: dict[Hashable, dict[str, int]] = {}
        for key, resource in pairs:
            scanned.setdefault(key, {})[resource.id] = resource.order
        if index.everything() != scanned:
            yield f"index {name} is not what a scan finds"
        for key, ids in index.everything().items():
            if ids.in_order and any(older > newer for older, newer in pairwise(ids.values())):
                yield f"index {name} is not in the order that it says it is in at {key}"
    macs = Counter(interface.mac for interface in graph.interfaces.values())
    if macs.keys() != graph.macs or any(count > 1 for count in macs.values()):
        yield "MAC addresses are not unique, or not indexed"


def _scans(graph: Graph) -> Iterator[tuple[str, Index[Any], list[tuple[Hashable, Resource]]]]:
    """Yield each index with the keys and resources that a scan finds for it."""
    subnets, groups = graph.subnets.values(), graph.groups.values()
    instances, interfaces = graph.instances.values(), graph.interfaces.values()
    bonds = [(i.attachment, i) for i in interfaces if i.attachment is not None]
    coming = [(i.destination.instance_id, i) for i in interfaces if i.destination is not None]
    members = [(bond.trunk_id, i) for bond, i in bonds if bond.trunk_id is not None]
    named = [(group_id, group) for group in groups for group_id in group.named_group_ids]
    joined = [(group_id, i) for i in interfaces for group_id in i.group_ids]
    ips = [(address.ip, i) for i in interfaces for address in (*i.ipv4, *i.ipv6)]
    tags = [(tag, resource) for resource in _resources(graph) for tag in resource.tags.items()]
    yield "subnets by network", graph.subnets_by_network, [(s.network_id, s) for s in subnets]
    yield "subnets by route table", graph.subnets_by_route_table, [(s.route_table_id, s) for s in subnets]
    pending = [(s.network_id, s) for s in subnets if s.state is ProvisionState.PENDING]
    yield "subnets that are pending", graph.subnets_pending, [*pending]
    tables = graph.route_tables.values()
    yield "route tables by network", graph.route_tables_by_network, [(t.network_id, t) for t in tables]
    yield "groups by named group", graph.groups_by_named_group, [*named]
    yield "groups by network", graph.groups_by_network, [(g.network_id, g) for g in groups]
    yield "instances by subnet", graph.instances_by_subnet, [(i.subnet_id, i) for i in instances]
    yield "instances by network", graph.instances_by_network, [(i.network_id, i) for i in instances]
    yield "interfaces by network", graph.interfaces_by_network, [(i.network_id, i) for i in interfaces]
    yield "interfaces by subnet", graph.interfaces_by_subnet, [(i.subnet_id, i) for i in interfaces]
    yield "interfaces by group", graph.interfaces_by_group, [*joined]
    yield "interfaces by instance", graph.interfaces_by_instance, [(b.instance_id, i) for b, i in bonds]
    yield "interfaces by destination", graph.interfaces_by_destination, [*coming]
    yield "interfaces by trunk", graph.interfaces_by_trunk, [*members]
    yield "interfaces by ip", graph.interfaces_by_ip, [*ips]
    yield (
        "permissions by interface",
        graph.permissions_by_interface,
        [(permission.interface_id, permission) for permission in graph.permissions.values()],
    )
    yield (
        "public addresses by interface",
        graph.public_addresses_by_interface,
        [
            (address.association.interface_id, address)
            for address in graph.public_addresses.values()
            if address.association is not None
        ],
    )
    yield "tagged", graph.tagged, [*tags]


def _resources(graph: Graph) -> Iterator[Resource]:
    for table in graph.tables():
        yield from table.values()


# -- time -------------------------------------------------------------------------------------------


def _check_history(partition: Partition) -> Iterator[str]:
    """Check that everything was created in its order, and nothing in the future."""
    graph = partition.graph
    for table in graph.tables():
        orders = [resource.order for resource in table.values()]
        if any(older >= newer for older, newer in pairwise((0, *orders, partition.created + 1))):
            yield f"{next(iter(table), 'a table')} and its like are not in the order of creation"
    orders = [resource.order for resource in _resources(graph)]
    if len(set(orders)) < len(orders):
        yield "two resources have one place in the order of creation"
    past: list[tuple[str, Instant | None]] = [(each.id, each.created) for each in _resources(graph)]
    past += [(each.id, each.started) for each in graph.instances.values()]
    past += [(each.id, each.started) for each in graph.operations.values()]
    for interface in graph.interfaces.values():
        past += [(interface.id, each.since) for each in (*interface.ipv4, *interface.ipv6)]
        past += [(interface.id, each.since) for each in (interface.attachment,) if each is not None]
    past += [(value, each.at) for (_, value), each in partition.ledger.entries().items()]
    for name, instant in past:
        if instant is not None and not 0 <= instant <= partition.now:
            yield f"{name}: something happened at {instant}, which is in the future or before all time"


def _check_timeline(partition: Partition) -> Iterator[str]:
    graph = partition.graph
    awaited: dict[str, list[Transition]] = {}
    for transition in partition.timeline.pending():
        awaited.setdefault(transition.resource_id, []).append(transition)
        if transition.due < partition.now and not transition.operation.held:
            yield f"{transition.resource_id}: {transition.trigger} is overdue"
    for interface in graph.interfaces.values():
        waits = awaited.pop(interface.id, [])
        yield from _check_addresses(interface, [t for t in waits if t.trigger in ADDRESS_TRIGGERS])
        waits = [transition for transition in waits if transition.trigger not in ADDRESS_TRIGGERS]
        yield from _check_waiting(interface.id, interface.state, INTERFACE_LIFECYCLE, waits)
        yield from _check_pending(interface, waits)
    for instance in graph.instances.values():
        waits = awaited.pop(instance.id, [])
        yield from _check_waiting(instance.id, instance.state, INSTANCE_LIFECYCLE, waits)
        yield from _check_pending(instance, waits)
        if any(transition.operation is not instance.operation for transition in waits):
            yield f"{instance.id}: its latest operation is not the one that moves it"
    for public in graph.public_addresses.values():
        waits = awaited.pop(public.id, [])
        yield from _check_waiting(public.id, public.state, PUBLIC_ADDRESS_LIFECYCLE, waits)
        yield from _check_pending(public, waits)
    places: tuple[Network | Subnet, ...] = (*graph.networks.values(), *graph.subnets.values())
    for place in places:
        waits = awaited.pop(place.id, [])
        yield from _check_waiting(place.id, place.state, PROVISION_LIFECYCLE, waits)
    for resource_id in awaited:
        yield f"{resource_id}: a transition of nothing"


def _check_addresses(interface: Interface, waits: list[Transition]) -> Iterator[str]:
    """Check that each address waits for what its state says, or comes with its interface."""
    coming = interface.state in {InterfaceState.PENDING, InterfaceState.CREATE_FAILED}
    triggers = {transition.number: transition.trigger for transition in waits}
    addresses = (*interface.ipv4, *interface.ipv6)
    for address in addresses:
        steady = AddressState.PENDING if coming else AddressState.AVAILABLE
        if address.pending is None and address.state is not steady:
            yield f"{interface.id}: {address} waits for nothing"
        if address.pending is not None and (
            (address.state, triggers.get(address.pending)) not in ADDRESS_LIFECYCLE
        ):
            yield f"{interface.id}: {address} waits for {triggers.get(address.pending)}"
    if triggers.keys() - {address.pending for address in addresses}:
        yield f"{interface.id}: a transition of addresses that are not there"


def _check_waiting(
    name: str,
    state: StrEnum,
    lifecycle: Container[tuple[StrEnum, Trigger]],
    waits: list[Transition],
) -> Iterator[str]:
    if len(waits) != (state in _MOVING):
        yield f"{name}: {state} with {len(waits)} transitions to come"
    for transition in waits:
        if (state, transition.trigger) not in lifecycle:
            yield f"{name}: {state} knows no {transition.trigger}"


def _check_pending(
    resource: Interface | Instance | PublicAddress, waits: list[Transition]
) -> Iterator[str]:
    if resource.pending != next((transition.number for transition in waits), None):
        yield f"{resource.id}: waits for {resource.pending}, which is not its transition"


def _check_operations(partition: Partition) -> Iterator[str]:
    running = {id(transition.operation) for transition in partition.timeline.pending()}
    for transition in partition.timeline.pending():
        if transition.operation.state is not OperationState.RUNNING:
            yield f"{transition.operation.id}: {transition.operation.state} before its transition is due"
    for name, operation in partition.graph.operations.items():
        if operation.state is OperationState.RUNNING and id(operation) not in running:
            yield f"{name}: runs although nothing is due that could end it"
