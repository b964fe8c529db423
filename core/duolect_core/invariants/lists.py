"""Lists of addresses and services, groups of lists, and what names them."""

from collections.abc import Iterator

from duolect_core.engine.partition import Partition
from duolect_core.graph.graph import Graph
from duolect_core.model.lists import AddressSpan, Service, ValueList
from duolect_core.model.rules import ResourceKind
from duolect_core.security_groups.lists.contents import KINDS, MEMBERS, entry_limit


def check(partition: Partition) -> Iterator[str]:
    """Yield a sentence for each violated invariant."""
    graph = partition.graph
    for kind in KINDS:
        limit = entry_limit(partition.rules.quotas, kind)
        for each in graph.table(kind).values():
            room = each.capacity or limit
            if room is not None and len(each.entries) > room:
                yield f"{each.id}: {len(each.entries)} entries where there is room for {room}"
            if len({entry.content for entry in each.entries}) < len(each.entries):
                yield f"{each.id}: two entries are the same"
            yield from _check_contents(graph, kind, each)
    addresses = {*graph.address_lists, *graph.route_lists, *graph.address_list_groups}
    services = {*graph.service_lists, *graph.service_list_groups}
    for group in graph.groups.values():
        for rule in group.all_rules:
            if sum(each is not None for each in (rule.peer, rule.peer_group_id, rule.peer_list_id)) > 1:
                yield f"{group.id}: {rule} has two peers"
            if rule.peer_list_id is not None and rule.peer_list_id not in addresses:
                yield f"{group.id}: a rule names a list of addresses that is not there"
            if rule.service_list_id is not None and rule.service_list_id not in services:
                yield f"{group.id}: a rule names a list of services that is not there"


def _check_contents(graph: Graph, kind: ResourceKind, of: ValueList) -> Iterator[str]:
    """Check that what is in a list is what it is a list of."""
    for entry in of.entries:
        content = entry.content
        if kind in MEMBERS:
            fits = isinstance(content, str) and content in graph.table(MEMBERS[kind])
        elif kind is ResourceKind.SERVICE_LIST:
            fits = isinstance(content, Service)
        else:
            fits = isinstance(content, AddressSpan) and of.version in {0, content.version}
        if not fits:
            yield f"{of.id}: {entry.written} cannot be in it"
