"""Policies with what stands in their templates in the place of those.

How the vendor shows such a policy is assumed: once for each address with each service, all with the index
of the one policy, and without the ids of the templates.
"""

from collections.abc import Iterator, Mapping

from duolect_core.graph.graph import Graph
from duolect_core.model.lists import AddressSpan, ListEntry, Service, ValueList
from duolect_core.model.security_rules import GroupRule, Protocol
from duolect_dialects.action import Body
from duolect_dialects.tencent.security_groups.template_parameters import EVERY_PORT


def protocol_name(protocol: Protocol) -> str:
    """Return a protocol as policies show it."""
    return "ALL" if protocol is Protocol.ALL else protocol.value


def expanded(graph: Graph, policy: Body, rule: GroupRule) -> Iterator[Body]:
    """Yield a policy as often as it has addresses and services."""
    for address in _addresses(graph, rule):
        for service in _services(graph, rule):
            yield {**policy, **address, **service}


def _addresses(graph: Graph, rule: GroupRule) -> Iterator[Body]:
    if rule.peer_list_id is None:
        yield {}
        return
    named = graph.address_lists.get(rule.peer_list_id) or graph.address_list_groups[rule.peer_list_id]
    for entry in _entries(graph.address_lists, named):
        ipv6 = isinstance(entry.content, AddressSpan) and entry.content.version == 6  # noqa: PLR2004
        yield {
            "CidrBlock": "" if ipv6 else entry.written,
            "Ipv6CidrBlock": entry.written if ipv6 else "",
            "AddressTemplate": {"AddressId": "", "AddressGroupId": ""},
        }


def _services(graph: Graph, rule: GroupRule) -> Iterator[Body]:
    if rule.service_list_id is None:
        yield {}
        return
    list_id = rule.service_list_id
    named = graph.service_lists.get(list_id) or graph.service_list_groups[list_id]
    for entry in _entries(graph.service_lists, named):
        service = entry.content
        if isinstance(service, Service) and service.protocol is not None:
            ports = entry.written.partition(":")[2]
            yield {
                "Protocol": protocol_name(service.protocol),
                "Port": "ALL" if service.ports in {(), EVERY_PORT} else ports,
                "ServiceTemplate": {"ServiceId": "", "ServiceGroupId": ""},
            }


def _entries(table: Mapping[str, ValueList], named: ValueList) -> Iterator[ListEntry]:
    """Yield the entries of a template, or of all templates in a group."""
    for entry in named.entries:
        if isinstance(entry.content, str):
            yield from table[entry.content].entries
        else:
            yield entry
