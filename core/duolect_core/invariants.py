"""Everything that must always be true of a partition, as one function.

``check`` compares the graph with itself: what the pools say with what the interfaces hold, what the
indexes say with what a scan finds, both ends of every relation. The property tests call it after every
step; it is slow on purpose and nothing else calls it.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from itertools import pairwise

from duolect_core.addressing import AddressPool
from duolect_core.graph import Graph, Index, bounds
from duolect_core.lifecycle import InterfaceState
from duolect_core.model import Interface, InterfaceKind, Resource, Subnet
from duolect_core.partition import Partition

_ATTACHED = frozenset({InterfaceState.ATTACHING, InterfaceState.IN_USE, InterfaceState.DETACHING})
_MOVING = frozenset(
    {
        InterfaceState.PENDING,
        InterfaceState.ATTACHING,
        InterfaceState.DETACHING,
        InterfaceState.DELETING,
    }
)


def check(partition: Partition) -> list[str]:
    """Return a sentence for each violated invariant: an empty list for a sound partition."""
    graph = partition.graph
    return [
        *_check_interfaces(graph),
        *_check_subnets(graph),
        *_check_instances(partition),
        *_check_groups(partition),
        *_check_quotas(partition),
        *_check_indexes(graph),
        *_check_timeline(partition),
    ]


def _check_interfaces(graph: Graph) -> Iterator[str]:
    for interface in graph.interfaces.values():
        name = interface.id
        attached = interface.attachment is not None
        if attached is not (interface.state in _ATTACHED):
            yield f"{name}: {interface.state} does not fit attachment {interface.attachment}"
        if (interface.pending is not None) is not (interface.state in _MOVING):
            yield f"{name}: {interface.state} does not fit pending {interface.pending}"
        if [address.primary for address in interface.ipv4] != [
            place == 0 for place in range(len(interface.ipv4))
        ]:
            yield f"{name}: not exactly its first address is primary"
        subnet = graph.subnets[interface.subnet_id]
        if (interface.network_id, interface.zone) != (subnet.network_id, subnet.zone):
            yield f"{name}: not in the network and zone of its subnet"
        if interface.attachment is not None:
            yield from _check_attachment(graph, interface)


def _check_attachment(graph: Graph, interface: Interface) -> Iterator[str]:
    attachment = interface.attachment
    instance = None if attachment is None else graph.instances.get(attachment.instance_id)
    if attachment is None or instance is None:
        yield f"{interface.id}: attached to an instance that is not there"
        return
    if (interface.network_id, interface.zone) != (instance.network_id, instance.zone):
        yield f"{interface.id}: in another network or zone than {instance.id}"
    if (interface.kind is InterfaceKind.PRIMARY) is not (attachment.device_index == 0):
        yield f"{interface.id}: device index {attachment.device_index} of a {interface.kind}"
    if attachment.trunk_id is not None:
        trunk = graph.interfaces.get(attachment.trunk_id)
        if trunk is None or trunk.kind is not InterfaceKind.TRUNK:
            yield f"{interface.id}: on a trunk that is none"


def _check_subnets(graph: Graph) -> Iterator[str]:
    held: dict[str, list[Interface]] = {subnet_id: [] for subnet_id in graph.subnets}
    for interface in graph.interfaces.values():
        held[interface.subnet_id].append(interface)
    for subnet in graph.subnets.values():
        interfaces = held[subnet.id]
        yield from _check_pool(
            subnet,
            subnet.pool,
            [(address.ip, i.id) for i in interfaces for address in i.ipv4],
            [(prefix, i.id) for i in interfaces for prefix in i.ipv4_prefixes],
        )
        if subnet.ipv6_pool is not None:
            yield from _check_pool(
                subnet,
                subnet.ipv6_pool,
                [(address.ip, i.id) for i in interfaces for address in i.ipv6],
                [(prefix, i.id) for i in interfaces for prefix in i.ipv6_prefixes],
            )
    for network in graph.networks.values():
        blocks = sorted(
            bounds(graph.subnets[subnet_id].block) for subnet_id in graph.subnets_by_network.ids(network.id)
        )
        if blocks != graph.blocks[network.id]:
            yield f"{network.id}: blocks are not those of its subnets"
        if any(low[1] >= high[0] for low, high in pairwise(blocks)):
            yield f"{network.id}: subnets overlap"


def _check_pool(
    subnet: Subnet,
    pool: AddressPool,
    singles: list[tuple[int, str]],
    prefixes: list[tuple[int, str]],
) -> Iterator[str]:
    if len(dict(singles)) < len(singles):
        yield f"{subnet.id}: an address has two owners"
    if pool.holders != dict(singles):
        yield f"{subnet.id}: the pool's holders are not the interfaces that have the addresses"
    if pool.prefixes != dict(prefixes):
        yield f"{subnet.id}: the pool's prefixes are not those of the interfaces"
    if not all(pool.is_usable(ip) for ip, _ in singles):
        yield f"{subnet.id}: an address is outside or reserved"
    used = len(singles) + (len(prefixes) << pool.block_bits)
    reserved = pool.size - pool.usable
    if used + pool.free + reserved != pool.size:
        yield f"{subnet.id}: {used} used, {pool.free} free and {reserved} reserved are not {pool.size}"
    for ip, _ in singles:
        if pool.is_free(ip):
            yield f"{subnet.id}: held address {ip} counts as free"
    blocks = {ip >> pool.block_bits for ip, _ in (*singles, *prefixes)}
    whole = {block for block in blocks if pool.is_block(block << pool.block_bits)}
    if pool.usable_prefixes - len(whole) != pool.free_prefixes:
        yield f"{subnet.id}: {pool.free_prefixes} free prefixes with {len(whole)} blocks touched"


def _check_instances(partition: Partition) -> Iterator[str]:
    graph = partition.graph
    for instance in graph.instances.values():
        mine = [graph.interfaces[i] for i in graph.interfaces_by_instance.ids(instance.id)]
        primaries = [i.id for i in mine if i.kind is InterfaceKind.PRIMARY]
        if primaries != [graph.primary_interfaces.get(instance.id)]:
            yield f"{instance.id}: primary interfaces {primaries}"
        indexes = [i.attachment.device_index for i in mine if i.attachment is not None]
        if len(set(indexes)) < len(indexes):
            yield f"{instance.id}: device indexes {sorted(indexes)}"
        instance_type = partition.rules.instance_types[instance.type_name]
        plain = [
            i
            for i in mine
            if i.attachment is not None and i.attachment.trunk_id is None and not i.attachment.extension
        ]
        if len(plain) > instance_type.interfaces:
            yield f"{instance.id}: {len(plain)} interfaces on a {instance_type.name}"
    if graph.primary_interfaces.keys() != graph.instances.keys():
        yield "the instances are not those that have primary interfaces"


def _check_groups(partition: Partition) -> Iterator[str]:
    graph = partition.graph
    load = dict.fromkeys(graph.groups, 0)
    for interface in graph.interfaces.values():
        for group_id in interface.group_ids:
            load[group_id] += graph.group_weight(interface)
            group = graph.groups[group_id]
            if group.network_id not in {None, interface.network_id}:
                yield f"{interface.id}: in group {group_id} of another network"
    if load != graph.group_load:
        yield "the load of the groups is not what their members weigh"
    for group in graph.groups.values():
        limit = partition.rules.members_limit(group.kind)
        if limit is not None and load[group.id] > limit:
            yield f"{group.id}: {load[group.id]} members over {limit}"


def _check_quotas(partition: Partition) -> Iterator[str]:
    graph, quotas = partition.graph, partition.rules.quotas
    for name, count, limit in (
        ("networks", len(graph.networks), quotas.networks),
        ("groups", len(graph.groups), quotas.groups),
        ("instances", len(graph.instances), quotas.instances),
    ):
        if limit is not None and count > limit:
            yield f"{count} {name} over {limit}"


def _check_indexes(graph: Graph) -> Iterator[str]:
    interfaces = graph.interfaces.values()
    attached = [(i.attachment, i.id) for i in interfaces if i.attachment is not None]
    expected: dict[
        str,
        tuple[
            Index[str] | Index[str | None] | Index[int] | Index[tuple[str, str]],
            Iterable[tuple[Hashable, str]],
        ],
    ] = {
        "subnets by network": (
            graph.subnets_by_network,
            [(s.network_id, s.id) for s in graph.subnets.values()],
        ),
        "groups by network": (
            graph.groups_by_network,
            [(g.network_id, g.id) for g in graph.groups.values()],
        ),
        "instances by subnet": (
            graph.instances_by_subnet,
            [(i.subnet_id, i.id) for i in graph.instances.values()],
        ),
        "instances by network": (
            graph.instances_by_network,
            [(i.network_id, i.id) for i in graph.instances.values()],
        ),
        "interfaces by network": (
            graph.interfaces_by_network,
            [(i.network_id, i.id) for i in interfaces],
        ),
        "interfaces by subnet": (
            graph.interfaces_by_subnet,
            [(i.subnet_id, i.id) for i in interfaces],
        ),
        "interfaces by group": (
            graph.interfaces_by_group,
            [(group_id, i.id) for i in interfaces for group_id in i.group_ids],
        ),
        "interfaces by instance": (
            graph.interfaces_by_instance,
            [(attachment.instance_id, i) for attachment, i in attached],
        ),
        "interfaces by trunk": (
            graph.interfaces_by_trunk,
            [(a.trunk_id, i) for a, i in attached if a.trunk_id is not None],
        ),
        "interfaces by ip": (
            graph.interfaces_by_ip,
            [(address.ip, i.id) for i in interfaces for address in (*i.ipv4, *i.ipv6)],
        ),
        "tagged": (
            graph.tagged,
            [(tag, r.id) for table in graph.tables() for r in _resources(table) for tag in r.tags.items()],
        ),
    }
    for name, (index, pairs) in expected.items():
        scanned: dict[Hashable, set[str]] = {}
        for key, resource_id in pairs:
            scanned.setdefault(key, set()).add(resource_id)
        if index.as_sets() != scanned:
            yield f"index {name} is not what a scan finds"
    macs = Counter(interface.mac for interface in interfaces)
    if macs.keys() != graph.macs or any(count > 1 for count in macs.values()):
        yield "MAC addresses are not unique, or not indexed"


def _resources(table: "dict[str, Resource]") -> Iterable[Resource]:
    return table.values()


def _check_timeline(partition: Partition) -> Iterator[str]:
    graph = partition.graph
    for transition in partition.timeline.pending():
        if transition.due < partition.now:
            yield f"{transition.resource_id}: {transition.trigger} is overdue"
        if not any(transition.resource_id in table for table in graph.tables()):
            yield f"{transition.resource_id}: a transition of nothing"
