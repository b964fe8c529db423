"""A core graph by the machine's names."""

from typing import Any

from duolect_core.engine.partition import Partition
from duolect_core.graph.graph import Graph
from duolect_core.model.public_addresses import Association
from duolect_core.model.resources import InterfaceKind
from duolect_core.networks.blocks import ipv6_index


def shape(partition: Partition, names: dict[str, str]) -> dict[str, Any]:
    """Return a partition's graph by the machine's names, without what the clouds choose themselves."""
    graph = partition.graph
    named = {resource_id: name for name, resource_id in names.items()}
    for instance_id, interface_id in graph.primary_interfaces.items():
        named[interface_id] = f"primary of {named[instance_id]}"
    return {
        "networks": {
            named[n.id]: (str(n.block), list(map(str, n.secondary_blocks)), n.ipv6_block is not None)
            for n in graph.networks.values()
        },
        "subnets": {
            named[s.id]: (
                named[s.network_id],
                partition.rules.zones.index(s.zone),
                str(s.block),
                None if s.ipv6_block is None else ipv6_index(graph.networks[s.network_id], s.ipv6_block),
                len(s.pool.holders),
            )
            for s in graph.subnets.values()
        },
        "network ACLs": {
            named[a.id]: (
                named[a.network_id],
                a.state,
                [named[each] for each in a.subnet_ids],
                {
                    direction: [(e.protocol, e.verdict, e.source, e.destination, e.ports) for e in entries]
                    for direction, entries in a.entries.items()
                },
            )
            for a in graph.network_acls.values()
        },
        "flow logs": {
            named[each.id]: (named[each.watched_id], each.active, each.state)
            for each in graph.flow_logs.values()
        },
        "groups": {
            named[g.id]: [
                (
                    rule.direction,
                    rule.protocol,
                    rule.verdict,
                    rule.ports,
                    rule.peer,
                    named[rule.peer_group_id] if rule.peer_group_id else None,
                    named[rule.peer_list_id] if rule.peer_list_id else None,
                    rule.description,
                )
                for rule in g.all_rules
            ]
            for g in graph.groups.values()
        },
        "lists": {
            named[each.id]: (each.name, [entry.content for entry in each.entries])
            for each in graph.address_lists.values()
        },
        "instances": {
            named[i.id]: (named[i.subnet_id], i.state, i.subscription is not None)
            for i in graph.instances.values()
        },
        "interfaces": {
            named[i.id]: (
                i.kind is InterfaceKind.PRIMARY,
                i.state,
                named[i.subnet_id],
                len(i.ipv4),
                tuple(named[g] for g in i.group_ids),
                None
                if i.attachment is None
                else (named[i.attachment.instance_id], i.attachment.device_index),
            )
            for i in graph.interfaces.values()
        },
        "tags": {
            named[each.id]: each.tags
            for table in graph.tables()
            for each in table.values()
            if each.tags and each.id in named
        },
        "public addresses": {
            named[each.id]: (
                each.state,
                each.association
                and (named[each.association.interface_id], _place_of(graph, each.association)),
            )
            for each in graph.public_addresses.values()
        },
    }


def _place_of(graph: Graph, association: Association) -> int:
    """Return the place of the private address that a public one is associated with."""
    held = graph.interfaces[association.interface_id].ipv4
    return [address.ip for address in held].index(association.ip)
