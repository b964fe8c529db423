"""Partitions as JSON trees, and back: to the bit.

``dump`` leaves nothing out: a partition that was loaded goes on as the one that was dumped would have, with
the same ids, addresses, transitions, refusals and repeated answers. A tree is made to be read and compared:
members in a fixed order, resources by id in the order of creation, addresses in their usual form, instants
in microseconds since 1970. What follows from the resources (the indexes) is not written but made again.
Where an index is not in the order of creation, its order is written too, because what is done to several
resources at once is done in that order.

The rules are not part of the tree: they belong to whoever loads it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import attrs

from duolect_core.archive.codec import codec
from duolect_core.archive.pools import FREE_POOL, POOL
from duolect_core.archive.trees import (
    NUMBER,
    ROOT,
    TEXT,
    Codec,
    Places,
    Unfit,
    exactly,
    fixed,
    mapping,
    members,
    sequence,
)
from duolect_core.engine.idempotency import Remembered
from duolect_core.engine.partition import Partition
from duolect_core.engine.timeline import Transition
from duolect_core.graph.graph import Graph
from duolect_core.graph.index import Index
from duolect_core.invariants import check
from duolect_core.model.dhcp_options import DhcpOptionsSet
from duolect_core.model.disks import Disk, DiskBackup, Image, Snapshot, SnapshotGroup, SnapshotPolicy
from duolect_core.model.fleets import LaunchTemplate, PlacementGroup, ProvisioningGroup
from duolect_core.model.flow_logs import FlowLog
from duolect_core.model.gateways import EgressRule, Ipv4Gateway, Ipv6Address, Ipv6Gateway
from duolect_core.model.instances import Instance
from duolect_core.model.key_pairs import KeyPair
from duolect_core.model.lists import (
    AddressList,
    AddressListGroup,
    RouteList,
    ServiceList,
    ServiceListGroup,
)
from duolect_core.model.nat_gateways import DnatRule, NatGateway, SnatRule
from duolect_core.model.network_acls import NetworkAcl
from duolect_core.model.public_addresses import (
    AddressSegment,
    BandwidthPackage,
    Ipv6Bandwidth,
    PublicAddress,
    PublicIpv6Address,
    TrafficPackage,
)
from duolect_core.model.resources import (
    Interface,
    InterfaceKind,
    Network,
    Operation,
    OperationKind,
    Permission,
    SecurityGroup,
    Subnet,
)
from duolect_core.model.routes import Route, RoutePolicy, RouteTable, RouteTargetGroup
from duolect_core.model.rules import Rules
from duolect_core.model.virtual_addresses import CidrReservation, VirtualAddress
from duolect_core.partitions import new_partition

__all__ = ["VERSION", "Unfit", "dump", "dump_members", "load"]

VERSION: Final = 1
"""The version of the format. Members that have a default may be added without a new version."""


def _put_interface(graph: Graph, interface: Interface) -> None:
    attachment, destination = interface.attachment, interface.destination
    is_primary = attachment is not None and interface.kind is InterfaceKind.PRIMARY
    primary_of = attachment.instance_id if attachment is not None and is_primary else None
    interface.destination = None
    subnet = graph.subnets.get(interface.subnet_id)
    if subnet is not None and interface.network_id == subnet.network_id and interface.zone == subnet.zone:
        interface.subnet_id = subnet.id  # the very texts, as of an interface that was created here
        interface.network_id, interface.zone = subnet.network_id, subnet.zone
    graph.add_interface(interface, primary_of)
    graph.set_destination(interface, destination)


def _put_public_address(graph: Graph, address: PublicAddress) -> None:
    association, address.association = address.association, None
    gateway_id, address.gateway_id = address.gateway_id, None
    package_id, address.package_id = address.package_id, None
    graph.add_public_address(address)
    graph.associate(address, association)
    graph.bind(address, gateway_id)
    graph.join_package(address, package_id)


@attrs.frozen
class _Table:
    """A table of the graph: what it holds, and how that is put in with all its relations."""

    kind: Any
    put: Callable[[Graph, Any], None]


TABLES: Final[Mapping[str, _Table]] = {
    "networks": _Table(Network, Graph.add_network),
    "route_tables": _Table(RouteTable, Graph.add_route_table),
    "address_lists": _Table(AddressList, Graph.add_list),
    "route_lists": _Table(RouteList, Graph.add_list),
    "service_lists": _Table(ServiceList, Graph.add_list),
    "address_list_groups": _Table(AddressListGroup, Graph.add_list),
    "service_list_groups": _Table(ServiceListGroup, Graph.add_list),
    "routes": _Table(Route, Graph.add_route),
    "subnets": _Table(Subnet, Graph.add_subnet),
    "route_target_groups": _Table(RouteTargetGroup, Graph.add_route_target_group),
    "route_policies": _Table(RoutePolicy, Graph.add_route_policy),
    "network_acls": _Table(NetworkAcl, Graph.add_network_acl),
    "ipv4_gateways": _Table(Ipv4Gateway, Graph.add_gateway),
    "ipv6_gateways": _Table(Ipv6Gateway, Graph.add_gateway),
    "ipv6_addresses": _Table(Ipv6Address, Graph.add_ipv6_address),
    "dhcp_options_sets": _Table(DhcpOptionsSet, Graph.add_dhcp_options_set),
    "groups": _Table(SecurityGroup, Graph.add_group),
    "key_pairs": _Table(KeyPair, Graph.add_key_pair),
    "launch_templates": _Table(LaunchTemplate, Graph.add_launch_template),
    "placement_groups": _Table(PlacementGroup, Graph.add_placement_group),
    "instances": _Table(Instance, Graph.add_instance),
    "snapshot_policies": _Table(SnapshotPolicy, Graph.add_snapshot_policy),
    "provisioning_groups": _Table(ProvisioningGroup, Graph.add_provisioning_group),
    "disks": _Table(Disk, Graph.add_disk),
    "snapshots": _Table(Snapshot, Graph.add_snapshot),
    "snapshot_groups": _Table(SnapshotGroup, Graph.add_snapshot_group),
    "disk_backups": _Table(DiskBackup, Graph.add_backup),
    "images": _Table(Image, Graph.add_image),
    "interfaces": _Table(Interface, _put_interface),
    "permissions": _Table(Permission, Graph.add_permission),
    "virtual_addresses": _Table(VirtualAddress, Graph.add_virtual_address),
    "bandwidth_packages": _Table(BandwidthPackage, Graph.add_bandwidth_package),
    "ipv6_bandwidths": _Table(Ipv6Bandwidth, Graph.add_ipv6_bandwidth),
    "egress_rules": _Table(EgressRule, Graph.add_egress_rule),
    "nat_gateways": _Table(NatGateway, Graph.add_nat_gateway),
    "address_segments": _Table(AddressSegment, Graph.add_address_segment),
    "traffic_packages": _Table(TrafficPackage, Graph.add_traffic_package),
    "public_addresses": _Table(PublicAddress, _put_public_address),
    "flow_logs": _Table(FlowLog, Graph.add_flow_log),
    "cidr_reservations": _Table(CidrReservation, Graph.add_cidr_reservation),
    "public_ipv6_addresses": _Table(PublicIpv6Address, Graph.add_public_ipv6),
    "snat_rules": _Table(SnatRule, Graph.add_snat_rule),
    "dnat_rules": _Table(DnatRule, Graph.add_dnat_rule),
}
"""The tables of the graph by their names there, dependencies first."""


@attrs.frozen
class _Timeline:
    """A timeline as it is written."""

    planned: int
    pending: tuple[Transition, ...]


@attrs.frozen
class _Entry:
    """An entry of the idempotency store as it is written."""

    scope: str
    token: str
    remembered: Remembered


@attrs.frozen
class _Order:
    """The ids under one key of an index, where they are not in the order of creation."""

    key: Any
    ids: tuple[str, ...]


_PARTS: Final[Mapping[str, Codec]] = {
    "version": NUMBER,
    "seed": NUMBER,
    "now": NUMBER,
    "created": NUMBER,
    "generator": NUMBER,
    "operations": mapping(TEXT, codec(Operation)),
    "known_tags": sequence(tuple, fixed(TEXT, TEXT)),
    "former_images": sequence(tuple, TEXT),
    "opened_services": sequence(tuple, TEXT),
    "disk_encryption": fixed(codec(bool), TEXT),
    **{name: mapping(TEXT, codec(table.kind)) for name, table in TABLES.items()},
    "ipv6_blocks": FREE_POOL,
    "public_pool": POOL,
    "timeline": codec(_Timeline),
    "ledger": sequence(tuple, codec(_Entry)),
    "orders": mapping(TEXT, sequence(tuple, codec(_Order))),
}
"""The members of a tree in their order. A reference leads to an earlier one."""


# -- writing ----------------------------------------------------------------------------------------


def dump(partition: Partition) -> dict[str, Any]:
    """Return a partition as a tree of objects, lists, texts and numbers."""
    return dict(dump_members(partition))


def dump_members(partition: Partition) -> Iterator[tuple[str, Any]]:
    """Yield the members of a partition's tree one by one: together they can be large."""
    graph, timeline, store = partition.graph, partition.timeline, partition.idempotency
    values = {
        "version": VERSION,
        "seed": partition.seed,
        "now": partition.now,
        "created": partition.created,
        "generator": partition.generator.state,
        "operations": graph.operations,
        "known_tags": list(graph.known_tags),
        "former_images": list(graph.former_images),
        "opened_services": list(graph.opened_services),
        "disk_encryption": graph.disk_encryption,
        **{name: getattr(graph, name) for name in TABLES},
        "ipv6_blocks": partition.ipv6_blocks,
        "public_pool": graph.public_pool,
        "timeline": _Timeline(timeline.planned, tuple(timeline.pending())),
        "ledger": [_Entry(*key, remembered) for key, remembered in store.entries().items()],
        "orders": {name: orders for name, index in _indexes(graph) if (orders := _orders(index))},
    }
    places = Places()
    for name, part in _PARTS.items():
        yield name, part.write(values[name], (ROOT, name), places)


def _indexes(graph: Graph) -> Iterator[tuple[str, Index[Any]]]:
    return ((name, value) for name, value in vars(graph).items() if isinstance(value, Index))


def _orders(index: Index[Any]) -> list[_Order]:
    """Return what an index holds in another order than that of creation.

    The keys are in order of the oldest that each holds: an index that was made again has another order.
    """
    found = [
        (min(ids.values()), str(key), _Order(key, tuple(ids)))
        for key, ids in index.several().items()
        if not ids.in_order and list(ids) != _by_age(ids)
    ]
    return [order for *_, order in sorted(found, key=lambda each: each[:2])]


def _by_age(ids: Mapping[str, int]) -> list[str]:
    return sorted(ids, key=ids.__getitem__)


# -- reading ----------------------------------------------------------------------------------------


def load(tree: object, rules: Rules, *, consume: bool = False) -> Partition:
    """Return the partition that a tree holds, under these rules.

    ``consume`` empties the tree as it is read, so that a large one need not be there twice.

    Raises:
        Unfit: the tree is damaged, of a newer version, not a partition at all, or a partition that these
            rules do not allow; it says where and why.
    """
    given = members(tree, ROOT)
    _check_version(given)
    places = Places()
    values = exactly(
        _PARTS,
        {
            "former_images": [],
            "opened_services": [],
            "disk_encryption": [False, ""],
            **{name: {} for name in TABLES},
            **given,
        },
        ROOT,
        places,
        consume=consume,
    )
    places.forget()
    partition = new_partition(rules, values["seed"])
    partition.now = values["now"]
    partition.created = values["created"]
    partition.generator.state = values["generator"]
    pending = values["timeline"].pending
    _name_destinations([*values["operations"].values(), *(each.operation for each in pending)])
    _restore_graph(partition.graph, values)
    if values["ipv6_blocks"].size != partition.ipv6_blocks.size:
        raise Unfit("/ipv6_blocks", "are not those of this region")
    partition.ipv6_blocks = values["ipv6_blocks"]
    try:
        partition.timeline.restore(values["timeline"].planned, pending)
    except ValueError as reason:
        raise Unfit("/timeline", str(reason)) from None
    for entry in values["ledger"]:
        partition.idempotency.restore(entry.scope, entry.token, entry.remembered)
    for breach in check(partition):
        raise Unfit("", breach)
    return partition


def _check_version(tree: Mapping[str, Any]) -> None:
    version = NUMBER.read(tree.get("version"), (ROOT, "version"), Places())
    if version > VERSION:
        raise Unfit("/version", f"is {version}, and only up to {VERSION} can be read")
    if version < 1:
        raise Unfit("/version", f"there is no {version}")


def _name_destinations(operations: Iterable[Operation]) -> None:
    """Name the destination of each moving address, which older archives told by its place only."""
    for operation in operations:
        if operation.kind is OperationKind.MOVE_ADDRESS and not operation.destination_id:
            *_, operation.destination_id = ("", *operation.resource_ids)


def _restore_graph(graph: Graph, values: Mapping[str, Any]) -> None:
    if values["public_pool"].block != graph.public_pool.block:
        raise Unfit("/public_pool", "is not that of this region")
    graph.public_pool = values["public_pool"]
    graph.operations.update(values["operations"])
    graph.known_tags.update(dict.fromkeys(values["known_tags"]))
    graph.disk_encryption = values["disk_encryption"]
    graph.former_images.update(dict.fromkeys(values["former_images"]))
    graph.opened_services.update(dict.fromkeys(values["opened_services"]))
    for name, table in TABLES.items():
        for key, resource in values[name].items():
            try:
                table.put(graph, resource)
            except KeyError as missing:
                raise Unfit(((ROOT, name), key), f"names {missing}, which is not there") from None
    _arrange(graph, values["orders"])


def _arrange(graph: Graph, orders: Mapping[str, tuple[_Order, ...]]) -> None:
    """Bring every index into its order: that of creation, but for what is said to have another one."""
    indexes = dict(_indexes(graph))
    wanted: dict[tuple[str, Any], tuple[str, ...]] = {}
    for name, found in orders.items():
        for place, order in enumerate(found):
            path = (((ROOT, "orders"), name), place)
            if name == "tagged":  # older archives had such an index, in whose order nothing was ever done
                continue
            try:
                held = indexes[name].ids(order.key)
            except (KeyError, TypeError):
                raise Unfit(path, "there is no such index") from None
            if len(held) != len(order.ids) or {*held} != {*order.ids}:
                raise Unfit(path, "is not what the resources say")
            wanted[name, order.key] = order.ids
    for name, index in indexes.items():
        held = index.several()
        for key in [key for key, ids in held.items() if not ids.in_order or (name, key) in wanted]:
            _rearrange(index, key, dict(held[key]), wanted.get((name, key)) or _by_age(held[key]))


def _rearrange(index: Index[Any], key: Any, ages: Mapping[str, int], ids: Sequence[str]) -> None:  # noqa: ANN401
    """Bring the ids under a key of an index into an order."""
    if [*ages] == [*ids]:
        return
    for resource_id in ids:
        index.discard(key, resource_id)
    for resource_id in ids:
        index.add(key, resource_id, ages[resource_id])
