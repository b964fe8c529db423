"""Tags, and each index compared with what a scan finds."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Any

from duolect_core.engine.partition import Partition
from duolect_core.graph.graph import Graph
from duolect_core.graph.index import Index
from duolect_core.graph.nat_gateways import source_key
from duolect_core.graph.routes import block_keys, hop_names, target_ids
from duolect_core.model.lifecycles import ProvisionState, RouteState, ServiceState
from duolect_core.model.resources import Resource
from duolect_core.model.routes import ListedBlocks

Pairs = Iterable[tuple[Hashable, Resource]]


def check(partition: Partition) -> Iterator[str]:
    """Yield a sentence for each violated invariant."""
    yield from _check_tags(partition)
    yield from _check_indexes(partition.graph)
    yield from _check_parts(partition.graph)


def _check_tags(partition: Partition) -> Iterator[str]:
    graph = partition.graph
    carried = {kind_and_tag[1:] for kind_and_tag in graph.tag_values.everything()}
    if partition.rules.tags_remain and not graph.known_tags.keys() >= carried:
        yield "a resource carries a tag that is not known"


def _check_indexes(graph: Graph) -> Iterator[str]:
    tables: tuple[Mapping[str, Resource], ...] = tuple(graph.tables())
    if any(key != resource.id for table in tables for key, resource in table.items()):
        yield "a resource is filed under another id than its own"
    for name, index, pairs in _scans(graph):
        if not _is(index, pairs):
            yield f"index {name} is not what a scan finds"
        for key, ids in index.several().items():
            if ids.in_order and [*ids.values()] != sorted(ids.values()):
                yield f"index {name} is not in the order that it says it is in at {key}"
    macs = Counter(interface.mac for interface in graph.interfaces.values())
    if macs.keys() != graph.macs or max(macs.values(), default=0) > 1:
        yield "MAC addresses are not unique, or not indexed"
    if sorted((k.name, k.id) for k in graph.key_pairs.values()) != sorted(graph.key_pairs_by_name.items()):
        yield "the names of key pairs are not unique, or not indexed"
    if sorted((i.name, i.id) for i in graph.images.values() if i.name) != sorted(
        graph.images_by_name.items()
    ):
        yield "the names of images are not unique, or not indexed"


def _check_parts(graph: Graph) -> Iterator[str]:
    for names in (graph.interface_names, graph.instance_names):
        index, sought = names.index, names.sought()
        if index is not None and sought is not None and not {*index.keys()} <= {*sought}:
            yield "parts of names are not looked for in all names"


def _is(index: Index[Any], pairs: Pairs) -> bool:
    """Say whether an index holds exactly these keys of resources, each once.

    It takes many small steps rather than one comparison of all, during which no other thread could run.
    """
    several, left = index.several(), index.count()
    for key, resource in pairs:
        ids = several.get(key)
        if index.newest(key) != resource.id if ids is None else ids.get(resource.id) != resource.order:
            return False
        left -= 1
    return not left


def _scans_of_routes(graph: Graph) -> Iterator[tuple[str, Index[Any], Pairs]]:
    """Yield the indexes of route tables and routes in the same way."""
    subnets, tables = graph.subnets.values(), graph.route_tables.values()
    routes = [route for route in graph.routes.values() if route.table_id in graph.route_tables]
    hops = [(name, route) for route in routes for name in hop_names(route)]
    unsteady = [route for route in routes if route.state is not RouteState.AVAILABLE]
    networks = [(graph.route_tables[route.table_id].network_id, route) for route in unsteady]
    yield "subnets by route table", graph.subnets_by_route_table, [(s.route_table_id, s) for s in subnets]
    yield "route tables by network", graph.route_tables_by_network, [(t.network_id, t) for t in tables]
    yield "routes by table", graph.routes_by_table, [(r.table_id, r) for r in routes]
    blocks = [(key, r) for r in routes for key in block_keys(r)]
    yield "routes by block", graph.routes_by_block, [*blocks]
    lists = [(r.block.id, r) for r in routes if isinstance(r.block, ListedBlocks)]
    yield "routes by list", graph.routes_by_list, [*lists]
    yield "routes by hop", graph.routes_by_hop, [*hops]
    yield "routes that are unsteady", graph.routes_unsteady, [*networks]
    groups = graph.route_target_groups.values()
    by_network = [(g.network_id, g) for g in groups]
    yield "route target groups by network", graph.route_target_groups_by_network, by_network
    targets = [(name, g) for g in groups for name in target_ids(g)]
    yield "route target groups by member", graph.route_target_groups_by_member, [*targets]
    policies = [(table_id, p) for p in graph.route_policies.values() for table_id in p.priorities]
    yield "route policies by table", graph.route_policies_by_table, [*policies]


def _scans_of_nat(graph: Graph) -> Iterator[tuple[str, Index[Any], Pairs]]:
    """Yield the indexes of NAT gateways, their rules and bandwidth packages in the same way."""
    gateways, snat = graph.nat_gateways.values(), graph.snat_rules.values()
    dnat, addresses = graph.dnat_rules.values(), graph.public_addresses.values()
    yield "NAT gateways by network", graph.nat_gateways_by_network, [(g.network_id, g) for g in gateways]
    yield (
        "NAT gateways by interface",
        graph.nat_gateways_by_interface,
        [(g.interface_id, g) for g in gateways if g.interface_id is not None],
    )
    yield "SNAT rules by gateway", graph.snat_rules_by_gateway, [(r.gateway_id, r) for r in snat]
    sources = [(source_key(r.gateway_id, r.source), r) for r in snat]
    yield "SNAT rules by source", graph.snat_rules_by_source, [*sources]
    named = [(r.source_id, r) for r in snat if r.source_id]
    yield "SNAT rules by source id", graph.snat_rules_by_source_id, [*named]
    used = [(ip, r) for r in snat for ip in r.public_ips]
    yield "SNAT rules by public ip", graph.snat_rules_by_public_ip, [*used]
    yield "DNAT rules by gateway", graph.dnat_rules_by_gateway, [(r.gateway_id, r) for r in dnat]
    yield "DNAT rules by public ip", graph.dnat_rules_by_public_ip, [(r.public_ip, r) for r in dnat]
    yield "DNAT rules by private ip", graph.dnat_rules_by_private_ip, [(r.private_ip, r) for r in dnat]
    unsteady = [(r.gateway_id, r) for r in dnat if r.state is not ServiceState.AVAILABLE]
    yield "DNAT rules that are unsteady", graph.dnat_rules_unsteady, [*unsteady]
    bound = [(a.gateway_id, a) for a in addresses if a.gateway_id is not None]
    segments = [(a.segment_id, a) for a in addresses if a.segment_id is not None]
    yield "public addresses by segment", graph.public_addresses_by_segment, [*segments]
    yield "public addresses by gateway", graph.public_addresses_by_gateway, [*bound]
    packed = [(a.package_id, a) for a in addresses if a.package_id is not None]
    yield "public addresses by package", graph.public_addresses_by_package, [*packed]


def _scans_of_disks(graph: Graph) -> Iterator[tuple[str, Index[Any], Pairs]]:
    """Yield the indexes of disks, snapshots and images in the same way."""
    disks, snapshots = graph.disks.values(), graph.snapshots.values()
    attached = [(disk.attachment.instance_id, disk) for disk in disks if disk.attachment is not None]
    yield "disks by instance", graph.disks_by_instance, [*attached]
    sources = [(disk.snapshot_id, disk) for disk in disks if disk.snapshot_id]
    yield "disks by snapshot", graph.disks_by_snapshot, [*sources]
    bound = [(policy_id, disk) for disk in disks for policy_id in disk.policy_ids]
    yield "disks by policy", graph.disks_by_policy, [*bound]
    backups = graph.disk_backups.values()
    yield "backups by disk", graph.backups_by_disk, [(each.disk_id, each) for each in backups]
    yield "snapshots by disk", graph.snapshots_by_disk, [(s.disk_id, s) for s in snapshots if s.disk_id]
    parts = [(snapshot_id, image) for image in graph.images.values() for snapshot_id in image.snapshot_ids]
    yield "images by snapshot", graph.images_by_snapshot, [*parts]


def _scans_of_lists(graph: Graph) -> Iterator[tuple[str, Index[Any], Pairs]]:
    """Yield the index of groups of lists in the same way."""
    groups = (*graph.address_list_groups.values(), *graph.service_list_groups.values())
    members = [(member_id, group) for group in groups for member_id in dict.fromkeys(group.member_ids)]
    yield "groups of lists by list", graph.list_groups_by_list, [*members]


def _scans_of_instances(graph: Graph) -> Iterator[tuple[str, Index[Any], Pairs]]:
    """Yield the indexes of instances, and of what they are made of, in the same way."""
    instances = graph.instances.values()
    yield "instances by subnet", graph.instances_by_subnet, [(i.subnet_id, i) for i in instances]
    yield "instances by network", graph.instances_by_network, [(i.network_id, i) for i in instances]
    keys = graph.key_pairs.values()
    public = [(graph.key_of(each.public_key), each) for each in keys]
    yield "key pairs by public key", graph.key_pairs_by_public_key, [*public]
    templates = [(each.name, each) for each in graph.launch_templates.values()]
    yield "launch templates by name", graph.launch_templates_by_name, [*templates]
    placed = [(i.placement_group_id, i) for i in instances if i.placement_group_id]
    yield "instances by placement group", graph.instances_by_placement_group, [*placed]
    opened = [(key_pair_id, i) for i in instances for key_pair_id in i.key_pair_ids]
    yield "instances by key pair", graph.instances_by_key_pair, [*opened]


def _scans_of_interfaces(graph: Graph) -> Iterator[tuple[str, Index[Any], Pairs]]:
    """Yield the indexes of interfaces."""
    interfaces = graph.interfaces.values()
    attached = [(i.attachment, i) for i in interfaces if i.attachment is not None]
    coming = [(i.destination.instance_id, i) for i in interfaces if i.destination is not None]
    members = ((each.trunk_id, i) for each, i in attached if each.trunk_id is not None)
    joined = ((group_id, i) for i in interfaces for group_id in i.group_ids)
    ips = ((ip, i) for i in interfaces for ip in i.ips)
    yield "interfaces by network", graph.interfaces_by_network, ((i.network_id, i) for i in interfaces)
    yield "interfaces by subnet", graph.interfaces_by_subnet, ((i.subnet_id, i) for i in interfaces)
    yield "interfaces by group", graph.interfaces_by_group, joined
    yield "interfaces by instance", graph.interfaces_by_instance, ((a.instance_id, i) for a, i in attached)
    yield "interfaces by destination", graph.interfaces_by_destination, [*coming]
    yield "interfaces by trunk", graph.interfaces_by_trunk, members
    yield "interfaces by ip", graph.interfaces_by_ip, ips


def _scans_of_names(graph: Graph) -> Iterator[tuple[str, Index[Any], Pairs]]:
    """Yield the indexes of names that somebody has asked for."""
    for kind, names, table in (
        ("interfaces", graph.interface_names, graph.interfaces),
        ("instances", graph.instance_names, graph.instances),
    ):
        if names.index is not None:
            yield f"{kind} by name", names.index, ((each.name, each) for each in table.values())


def _scans(graph: Graph) -> Iterator[tuple[str, Index[Any], Pairs]]:
    """Yield each index with the keys and resources that a scan finds for it."""
    subnets, groups = graph.subnets.values(), graph.groups.values()
    named = [(group_id, group) for group in groups for group_id in group.named_group_ids]
    tags = [
        (type(resource).__name__, tag, resource)
        for resource in graph.resources()
        for tag in resource.tag_pairs
    ]
    yield "subnets by network", graph.subnets_by_network, [(s.network_id, s) for s in subnets]
    busy = [(s.network_id, s) for s in subnets if s.state is not ProvisionState.AVAILABLE]
    yield "subnets that are busy", graph.subnets_busy, [*busy]
    yield from _scans_of_routes(graph)
    acls = graph.network_acls.values()
    yield "network ACLs by network", graph.network_acls_by_network, [(a.network_id, a) for a in acls]
    logs = [(log.watched_id, log) for log in graph.flow_logs.values()]
    yield "flow logs by what they watch", graph.flow_logs_by_watched, [*logs]
    reserved = [(each.subnet_id, each) for each in graph.cidr_reservations.values()]
    yield "reservations by subnet", graph.reservations_by_subnet, [*reserved]
    yield from _scans_of_disks(graph)
    yield "groups by named group", graph.groups_by_named_group, [*named]
    yield (
        "groups by list",
        graph.groups_by_list,
        [(i, group) for group in groups for i in group.named_list_ids],
    )
    yield from _scans_of_lists(graph)
    yield "groups by network", graph.groups_by_network, [(g.network_id, g) for g in groups]
    yield from _scans_of_instances(graph)
    yield from _scans_of_interfaces(graph)
    yield from _scans_of_names(graph)
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
    virtual = graph.virtual_addresses.values()
    yield (
        "virtual addresses by network",
        graph.virtual_addresses_by_network,
        [(v.network_id, v) for v in virtual],
    )
    yield (
        "virtual addresses by subnet",
        graph.virtual_addresses_by_subnet,
        [(v.subnet_id, v) for v in virtual],
    )
    yield "virtual addresses by ip", graph.virtual_addresses_by_ip, [(v.ip, v) for v in virtual]
    carried = [(carrier_id, v) for v in virtual for carrier_id in v.carrier_ids]
    yield "virtual addresses by carrier", graph.virtual_addresses_by_carrier, [*carried]
    put_on = [(v.interface_id, v) for v in virtual if v.interface_id]
    yield "virtual addresses by interface", graph.virtual_addresses_by_interface, [*put_on]
    yield from _scans_of_nat(graph)
    widths = graph.ipv6_bandwidths.values()
    yield "bandwidths by network", graph.ipv6_bandwidths_by_network, [(w.network_id, w) for w in widths]
    shared = [(w.package_id, w) for w in widths if w.package_id is not None]
    yield "bandwidths by package", graph.ipv6_bandwidths_by_package, [*shared]
    elastic = [(a.package_id, a) for a in graph.public_ipv6_addresses.values() if a.package_id is not None]
    yield "public IPv6 addresses by package", graph.public_ipv6_by_package, [*elastic]
    rules = graph.egress_rules.values()
    yield "egress rules by gateway", graph.egress_rules_by_gateway, [(r.gateway_id, r) for r in rules]
    yield "tag values", graph.tag_values, (((kind, *tag), each) for kind, tag, each in tags)
    yield "tag keys", graph.tag_keys, (((kind, tag[0]), each) for kind, tag, each in tags)
