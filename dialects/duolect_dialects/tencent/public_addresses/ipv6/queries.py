"""Describing public IPv6 addresses, classic and elastic ones.

Source: the definitions in tccli.
"""

from collections.abc import Mapping
from typing import Any, Final

import attrs

from duolect_core.addressing.pools import parse_ipv6
from duolect_core.graph.graph import Graph
from duolect_core.model.public_addresses import Ipv6Bandwidth
from duolect_dialects.action import Body
from duolect_dialects.declarations import param
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import Filter, FilterCodes, FilterTable, vpc_action
from duolect_dialects.tencent.public_addresses.ipv6 import views
from duolect_dialects.tencent.public_addresses.ipv6.elastic import ANY_ID
from duolect_dialects.tencent.public_addresses.ipv6.views import Shown
from duolect_dialects.tencent.public_addresses.lifecycle import ADDRESS_ID, MALFORMED
from duolect_dialects.values import Count, Each

_CODES: Final = FilterCodes(coexist="InvalidParameter", unknown="InvalidParameter.InvalidFilter")


@attrs.frozen(kw_only=True)
class DescribeIp6Addresses:
    """List classic public IPv6 addresses, newest first: those of some ids, or that all filters match."""

    Ip6AddressIds: tuple[str, ...] = param(Each(ADDRESS_ID), default=(), code=MALFORMED)
    Filters: tuple[Filter, ...] = param(Count(0, 10), default=(), code="LimitExceeded.NumberOfFilters")
    Offset: int = param(common.OFFSET, default=0)
    Limit: int = param(common.LIMIT, default=20)


@vpc_action()
def describe_ip6_addresses(session: Session, request: DescribeIp6Addresses) -> Body:
    """List one page and the count of all."""
    graph = session.graph
    criteria: Criteria[Ipv6Bandwidth] = Criteria(graph)
    filters: FilterTable[Any] = {
        "address-ip": lambda found, values: _by_ips(graph.ipv6_bandwidth_by_ip, found, values),
        "network-interface-id": lambda found, values: _by_interfaces(graph, found, values),
    }
    selection = common.narrow(criteria, filters, request.Ip6AddressIds, request.Filters, _CODES)
    page = common.page(graph.ipv6_bandwidths, selection, request.Offset, request.Limit)
    return {
        "TotalCount": page.total,
        "AddressSet": [views.public_ipv6(graph, shown) for shown in page.items],
    }


@attrs.frozen(kw_only=True)
class DescribeIPv6Addresses:
    """List public IPv6 addresses, newest first: those of some ids, or that all filters match."""

    IPv6AddressIds: tuple[str, ...] = param(Each(ANY_ID), default=(), code=MALFORMED)
    Filters: tuple[Filter, ...] = param(Count(0, 10), default=(), code="LimitExceeded.NumberOfFilters")
    Traditional: bool = param(default=False, note="classic ones instead of elastic ones")
    Offset: int = param(common.OFFSET, default=0)
    Limit: int = param(common.LIMIT, default=20)


@vpc_action(name="DescribeIPv6Addresses")
def describe_ipv6_addresses(session: Session, request: DescribeIPv6Addresses) -> Body:
    """List one page and the count of all."""
    graph = session.graph
    criteria: Criteria[Any] = Criteria(graph)
    selection = common.narrow(criteria, _filters(graph), request.IPv6AddressIds, request.Filters, _CODES)
    page = common.page(_table(graph, request), selection, request.Offset, request.Limit)
    return {
        "TotalCount": page.total,
        "AddressSet": [views.public_ipv6(graph, shown) for shown in page.items],
    }


def _table(graph: Graph, request: DescribeIPv6Addresses) -> dict[str, Any]:
    """Return the addresses of the kinds that a request asks for: elastic ones, unless it says otherwise."""
    classic: dict[str, Any] = dict(graph.ipv6_bandwidths)
    if request.IPv6AddressIds:
        both = {**graph.public_ipv6_addresses, **classic}
        return dict(sorted(both.items(), key=lambda pair: pair[1].order))
    types = {value for each in request.Filters if each.Name == "address-type" for value in each.Values}
    if request.Traditional or types == {views.CLASSIC}:
        return classic
    if views.CLASSIC in types:
        both = {**graph.public_ipv6_addresses, **classic}
        return dict(sorted(both.items(), key=lambda pair: pair[1].order))
    return dict(graph.public_ipv6_addresses)


def _filters(graph: Graph) -> "FilterTable[Any]":
    """Return what each filter does."""
    return {
        "address-id": common.by_ids,
        "public-ipv6-address": lambda criteria, values: _by_ips(
            {**graph.public_ipv6_by_ip, **graph.ipv6_bandwidth_by_ip}, criteria, values
        ),
        "network-interface-id": lambda criteria, values: _by_interfaces(graph, criteria, values),
        "instance-id": lambda criteria, values: _by_interfaces(
            graph,
            criteria,
            [each for value in values for each in graph.interfaces_by_instance.ids(value)],
        ),
        "charge-type": common.exactly(lambda found: str(found.extras["InternetChargeType"])),
        "private-ipv6-address": lambda criteria, values: _by_ips(
            {**graph.public_ipv6_by_private, **graph.ipv6_bandwidth_by_ip}, criteria, values
        ),
        "egress": common.exactly(_egress),
        "address-type": common.exactly(views.address_type),
        "address-isp": common.exactly(views.provider),
        "address-status": common.exactly(lambda found: views.status(graph, found)),
        "address-name": common.exactly(lambda found: found.name),
        "tag-key": common.tag_key,
        "tag-value": common.one_of(lambda found: found.tags.values()),
    }


def _egress(found: Shown) -> str:
    return views.egress(found)


def _by_ips(ids: Mapping[int, str], criteria: Criteria[Any], values: tuple[str, ...]) -> None:
    ips = (parse_ipv6(value) for value in values)
    criteria.among({ids[ip] for ip in ips if ip is not None and ip in ids})


def _by_interfaces(
    graph: Graph, criteria: Criteria[Any], interface_ids: tuple[str, ...] | list[str]
) -> None:
    """Narrow to the public addresses of the IPv6 addresses that some interfaces have."""
    held = [graph.interfaces[each].ipv6_ips for each in interface_ids if each in graph.interfaces]
    found = [
        table[ip]
        for ips in held
        for ip in ips
        for table in (graph.public_ipv6_by_private, graph.ipv6_bandwidth_by_ip)
        if ip in table
    ]
    criteria.among({*found})
