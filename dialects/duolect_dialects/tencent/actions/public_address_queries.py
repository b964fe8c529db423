"""Describing elastic public addresses (EIPs).

Source: the definitions in tccli.
"""

from typing import Final

import attrs

from duolect_core.addressing import format_ipv4
from duolect_core.graph import Graph
from duolect_core.model import PublicAddress
from duolect_dialects.action import Body, param
from duolect_dialects.dialect import Refusal
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.tencent import public_address_views as views
from duolect_dialects.tencent.actions import common
from duolect_dialects.tencent.actions.common import Filter, FilterCodes, FilterTable, vpc_action
from duolect_dialects.tencent.actions.public_addresses import ADDRESS_ID, MALFORMED
from duolect_dialects.values import Count, Each
from duolect_dialects.wording import Phrase

_CODES: Final = FilterCodes(unknown="InvalidParameter.InvalidFilter")


@attrs.frozen(kw_only=True)
class DescribeAddresses:
    """List EIPs, newest first: those of some ids, and of them those that all filters match."""

    AddressIds: tuple[str, ...] = param(Each(ADDRESS_ID), default=(), code=MALFORMED)
    Filters: tuple[Filter, ...] = param(Count(0, 10), default=(), code="LimitExceeded.NumberOfFilters")
    Offset: int = param(common.OFFSET, default=0)
    Limit: int = param(common.LIMIT, default=20)


def describe_addresses(session: Session, request: DescribeAddresses) -> Body:
    """List one page and the count of all."""
    graph = session.graph
    if request.AddressIds and any(each.Name == "address-id" for each in request.Filters):
        raise Refusal("InvalidParameter", "AddressIds and the filter address-id cannot be used together.")
    criteria: Criteria[PublicAddress] = Criteria(graph)
    criteria.ids(request.AddressIds)
    selection = common.narrow(criteria, _filters(graph), (), request.Filters, _CODES)
    page = common.page(graph.public_addresses, selection, request.Offset, request.Limit)
    return {
        "TotalCount": page.total,
        "AddressSet": [views.public_address(graph, shown) for shown in page.items],
    }


def _filters(graph: Graph) -> "FilterTable[PublicAddress]":
    """Return what each filter does. Of several names, or private addresses, the first one counts."""
    return {
        "address-id": _by_ids,
        "address-name": lambda criteria, values: criteria.test(
            values, lambda found: found.name == values[0]
        ),
        "address-ip": lambda criteria, values: criteria.among(
            {found.id for found in views.found_at(graph, values)}
        ),
        "address-status": common.exactly(lambda found: views.status(graph, found)),
        "instance-id": lambda criteria, values: _by_interfaces(
            graph,
            criteria,
            [each for value in values for each in graph.interfaces_by_instance.ids(value)],
        ),
        "private-ip-address": lambda criteria, values: criteria.test(
            values, lambda found: _private(found) == values[0]
        ),
        "network-interface-id": lambda criteria, values: _by_named_interfaces(graph, criteria, values),
        "is-arrears": common.flag(lambda _found: False),
        "instance-type": common.exactly(lambda found: views.instance_type(graph, found)),
        "address-type": common.exactly(views.address_type),
        "address-isp": common.exactly(views.provider),
        "dedicated-cluster-id": lambda criteria, _values: criteria.among(()),
        "tag-key": common.tag_key,
        "tag-value": common.one_of(lambda found: found.tags.values()),
    }


def _private(found: PublicAddress) -> str:
    return "" if found.association is None else format_ipv4(found.association.ip)


def _by_ids(criteria: Criteria[PublicAddress], values: tuple[str, ...]) -> None:
    for value in values:
        if not ADDRESS_ID.accepts(value):
            raise Refusal(MALFORMED, Phrase("`{value}` is not a value for this filter.", value=value))
    criteria.ids(values)


def _by_named_interfaces(graph: Graph, criteria: Criteria[PublicAddress], values: tuple[str, ...]) -> None:
    for value in values:
        if not common.INTERFACE_ID.accepts(value):
            raise Refusal(
                "InvalidParameterValue.NetworkInterfaceIdMalformed",
                Phrase("`{value}` is not a value for this filter.", value=value),
            )
    _by_interfaces(graph, criteria, values)


def _by_interfaces(
    graph: Graph, criteria: Criteria[PublicAddress], interface_ids: tuple[str, ...] | list[str]
) -> None:
    index = graph.public_addresses_by_interface
    criteria.among({found for each in interface_ids for found in index.ids(each)})


ACTIONS: Final = (vpc_action(DescribeAddresses, describe_addresses),)
