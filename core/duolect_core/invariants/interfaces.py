"""Interfaces with their addresses and attachments, the pools these come from, and instances."""

from collections.abc import Iterator
from operator import attrgetter

from duolect_core.addressing.pools import AddressPool
from duolect_core.engine.partition import Partition
from duolect_core.graph.graph import Graph
from duolect_core.model.instances import Instance
from duolect_core.model.lifecycles import InterfaceState
from duolect_core.model.resources import Attachment, Interface, InterfaceKind, Subnet
from duolect_core.model.virtual_addresses import CidrReservation

_ATTACHED = frozenset({InterfaceState.ATTACHING, InterfaceState.IN_USE, InterfaceState.DETACHING})
_GOING_ON = frozenset({InterfaceState.PENDING, InterfaceState.DETACHING})
_NEVER_ALONE = frozenset({InterfaceKind.PRIMARY, InterfaceKind.MEMBER})


def check(partition: Partition) -> Iterator[str]:
    """Yield a sentence for each violated invariant."""
    yield from _check_interfaces(partition.graph)
    yield from _check_pools(partition.graph)
    yield from _check_instances(partition)


def _check_interfaces(graph: Graph) -> Iterator[str]:
    for interface in graph.interfaces.values():
        name, attachment = interface.id, interface.attachment
        if (attachment is not None) is not (interface.state in _ATTACHED):
            yield f"{name}: {interface.state} does not fit attachment {attachment}"
        if interface.special_addresses or not interface.ipv4_ips:  # of plain ones the first is primary
            yield from _check_primary(interface)
        subnet = graph.subnets.get(interface.subnet_id)
        if subnet is None:
            yield f"{name}: in a subnet that is not there"
        elif (interface.network_id, interface.zone) != (subnet.network_id, subnet.zone):
            yield f"{name}: not in the network and zone of its subnet"
        if interface.destination is not None and interface.state not in _GOING_ON:
            yield f"{name}: {interface.state} with the destination {interface.destination}"
        if attachment is None:
            if interface.kind in _NEVER_ALONE:
                yield f"{name}: a {interface.kind} interface that is attached to nothing"
        else:
            yield from _check_attachment(graph, interface, attachment)


def _check_primary(interface: Interface) -> Iterator[str]:
    primary = [address.primary for address in interface.ipv4]
    if primary != [place == 0 for place in range(max(1, len(primary)))]:
        yield f"{interface.id}: not exactly its first address is primary"


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


def _check_pools(graph: Graph) -> Iterator[str]:
    held: dict[str, list[Interface]] = {}
    for interface in graph.interfaces.values():
        held.setdefault(interface.subnet_id, []).append(interface)
    virtual: dict[str, list[tuple[int, str]]] = {}
    for address in graph.virtual_addresses.values():
        virtual.setdefault(address.subnet_id, []).append((address.ip, address.id))
    free: dict[str, list[tuple[int, str]]] = {}
    for each in filter(attrgetter("free"), graph.ipv6_addresses.values()):
        free.setdefault(each.subnet_id, []).append((each.ip, each.id))
    reserved = _reserved(graph)
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
            [*((ip, i.id) for i in interfaces for ip in i.ipv4_ips), *virtual.get(subnet.id, [])],
            [(prefix, i.id) for i in interfaces for prefix in i.ipv4_prefixes],
            reserved.pop((subnet.id, 4), []),
        )
        ipv6 = [*((ip, i.id) for i in interfaces for ip in i.ipv6_ips), *free.get(subnet.id, [])]
        ipv6_prefixes = [(prefix, i.id) for i in interfaces for prefix in i.ipv6_prefixes]
        if subnet.ipv6_pool is not None:
            kept = reserved.pop((subnet.id, 6), [])
            yield from _check_pool(subnet, subnet.ipv6_pool, ipv6, ipv6_prefixes, kept)
        elif ipv6 or ipv6_prefixes:
            yield f"{subnet.id}: IPv6 addresses without an IPv6 block"
    yield from (
        f"{each[0].id}: in a subnet that is not there, or has no such block" for each in reserved.values()
    )


def _reserved(graph: Graph) -> dict[tuple[str, int], list[CidrReservation]]:
    """Return what is reserved, by subnet and version of IP."""
    reserved: dict[tuple[str, int], list[CidrReservation]] = {}
    for reservation in graph.cidr_reservations.values():
        key = (reservation.subnet_id, reservation.block.version)
        reserved.setdefault(key, []).append(reservation)
    return reserved


def _free_of(reservation: CidrReservation, used: set[int]) -> tuple[list[tuple[int, str]], bool]:
    """Return the prefixes that a reservation has itself, and whether these are all but the used ones."""
    free, prefixes = reservation.free, reservation.prefixes
    own = [prefix for number, prefix in enumerate(prefixes) if free.is_free(number)]
    sound = len(prefixes) == free.size and len(own) == free.free and used.isdisjoint(own)
    sound = sound and used.issuperset(set(prefixes).difference(own))
    return [(prefix, reservation.id) for prefix in own], sound


def _check_pool(
    subnet: Subnet,
    pool: AddressPool,
    singles: list[tuple[int, str]],
    prefixes: list[tuple[int, str]],
    reserved: list[CidrReservation],
) -> Iterator[str]:
    for each in reserved:
        free, sound = _free_of(each, {prefix for prefix, _ in prefixes})
        if not sound:
            yield f"{each.id}: its free prefixes are not those that no interface has"
        prefixes = [*prefixes, *free]
    holders = {ip: holder for ip, holder in singles}  # noqa: C416 - small steps, so that others can run
    if len(holders) < len(singles) or len(dict(prefixes)) < len(prefixes):
        yield f"{subnet.id}: an address has two owners"
    if pool.holders != holders:
        yield f"{subnet.id}: the pool's holders are not those that have the addresses"
    if pool.prefixes != dict(prefixes):
        yield f"{subnet.id}: the pool's prefixes are not those of the interfaces"
    if not all(map(pool.is_usable, holders)) or not all(pool.is_block(ip) for ip, _ in prefixes):
        yield f"{subnet.id}: an address is outside or reserved"
    filled = len(singles) + (len(prefixes) << pool.block_bits)
    cloud = pool.size - pool.usable
    if filled + pool.free + cloud != pool.size:
        yield f"{subnet.id}: {filled} used, {pool.free} free and {cloud} reserved are not {pool.size}"
    held = (*holders, *(prefix for prefix, _ in prefixes))
    if any(map(pool.is_free, filter(pool.is_usable, held))):
        yield f"{subnet.id}: a held address counts as free"
    blocks = {ip >> pool.block_bits << pool.block_bits for ip in held}
    whole = [block for block in blocks if pool.is_block(block)]
    if pool.usable_prefixes - len(whole) != pool.free_prefixes or any(map(pool.is_prefix_free, whole)):
        yield f"{subnet.id}: {pool.free_prefixes} free prefixes with {len(whole)} blocks touched"


def _check_instances(partition: Partition) -> Iterator[str]:
    graph = partition.graph
    attached: dict[str, list[tuple[Interface, Attachment]]] = {}
    for interface in graph.interfaces.values():
        if interface.attachment is not None:
            own = attached.setdefault(interface.attachment.instance_id, [])
            own.append((interface, interface.attachment))
    for instance in graph.instances.values():
        subnet = graph.subnets.get(instance.subnet_id)
        if subnet is None or (subnet.network_id, subnet.zone) != (instance.network_id, instance.zone):
            yield f"{instance.id}: not in the network and zone of its subnet"
        if not graph.key_pairs.keys() >= {*instance.key_pair_ids}:
            yield f"{instance.id}: opened by a key pair that is not there"
        own = attached.get(instance.id, [])
        primaries = [i.id for i, _ in own if i.kind is InterfaceKind.PRIMARY]
        if primaries != [graph.primary_interfaces.get(instance.id)]:
            yield f"{instance.id}: primary interfaces {primaries}"
        indexes = [attachment.device_index for _, attachment in own]
        if len(set(indexes)) < len(indexes):
            yield f"{instance.id}: device indexes {sorted(indexes)}"
        yield from _check_slots(partition, instance, own)
    if graph.primary_interfaces.keys() != graph.instances.keys():
        yield "the instances are not those that have primary interfaces"


def _check_slots(
    partition: Partition, instance: Instance, own: list[tuple[Interface, Attachment]]
) -> Iterator[str]:
    instance_type = partition.rules.instance_types.get(instance.type_name)
    if instance_type is None:
        yield f"{instance.id}: of a type that is not there"
        return
    members = sum(each.trunk_id is not None for _, each in own)
    extensions = sum(each.extension and each.trunk_id is None for _, each in own)
    for count, name, limit in (
        (members, "members", instance_type.members),
        (extensions, "extension interfaces", instance_type.extension_interfaces),
        (len(own) - members - extensions, "interfaces", instance_type.interfaces),
        (sum(i.rdma for i, _ in own), "RDMA interfaces", instance_type.rdma_interfaces),
    ):
        if count > limit:
            yield f"{instance.id}: {count} {name} over {limit}"
    for interface, _ in own:
        if interface.ipv4_count > instance_type.ipv4_per_interface:
            yield f"{interface.id}: more IPv4 addresses than a {instance_type.name} takes"
        if interface.ipv6_count > instance_type.ipv6_per_interface:
            yield f"{interface.id}: more IPv6 addresses than a {instance_type.name} takes"
