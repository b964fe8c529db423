"""Network ACLs, their entries, and the subnets that are associated with them."""

from collections.abc import Iterator

from duolect_core.engine.partition import Partition
from duolect_core.graph.graph import Graph
from duolect_core.model.lifecycles import AclState
from duolect_core.model.network_acls import NetworkAcl
from duolect_core.model.security_rules import WITH_PORTS

_MOVING = frozenset({AclState.ASSOCIATING, AclState.DISASSOCIATING})


def check(partition: Partition) -> Iterator[str]:
    """Yield a sentence for each violated invariant."""
    graph = partition.graph
    acls = graph.network_acls.values()
    for acl in acls:
        yield from _check_subnets(graph, acl)
        yield from _check_entries(acl)
    subnets = {subnet_id: acl.id for acl in acls for subnet_id in acl.subnet_ids}
    if subnets != graph.network_acl_by_subnet:
        yield "the network ACLs of subnets are not what a scan finds"
    entries = {entry.id: acl.id for acl in acls for entry in acl.all_entries}
    if entries != graph.network_acls_by_entry or len(entries) < sum(len(a.all_entries) for a in acls):
        yield "the entries of network ACLs are not what a scan finds, or one is in two places"
    if sum(len(acl.subnet_ids) for acl in acls) > len(subnets):
        yield "a subnet is associated with two network ACLs, or twice"


def _check_subnets(graph: Graph, acl: NetworkAcl) -> Iterator[str]:
    if acl.network_id not in graph.networks:
        yield f"{acl.id}: of a network that is not there"
    for subnet_id in acl.subnet_ids:
        subnet = graph.subnets.get(subnet_id)
        if subnet is None or subnet.network_id != acl.network_id:
            yield f"{acl.id}: {subnet_id} is not one of its network"
    if not {*acl.moving} <= {*acl.subnet_ids} or bool(acl.moving) is not (acl.state in _MOVING):
        yield f"{acl.id}: {acl.state} with {len(acl.moving)} subnets under way"


def _check_entries(acl: NetworkAcl) -> Iterator[str]:
    for entry in acl.all_entries:
        if (entry.ports or entry.source_ports) and entry.protocol not in WITH_PORTS:
            yield f"{acl.id}: {entry.id} has ports without a protocol that has them"
        versions = {block.version for block in (entry.source, entry.destination) if block is not None}
        if len(versions) != 1:
            yield f"{acl.id}: {entry.id} is about no version of IP, or about both"
