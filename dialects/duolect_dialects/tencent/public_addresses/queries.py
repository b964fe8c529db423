"""Describing elastic public addresses (EIPs), and how many there may be.

Source: the definitions in tccli; the quotas are those of its example, and of a new account.
"""

from typing import Final

import attrs

from duolect_core.addressing.pools import format_ipv4
from duolect_core.graph.graph import Graph
from duolect_core.model.public_addresses import PublicAddress
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import Filter, FilterCodes, FilterTable, vpc_action
from duolect_dialects.tencent.interfaces.public_addresses import addresses_at
from duolect_dialects.tencent.names import local_time
from duolect_dialects.tencent.public_addresses import views
from duolect_dialects.tencent.public_addresses.lifecycle import ADDRESS_ID, MALFORMED
from duolect_dialects.tencent.rules import VENDOR_QUOTAS
from duolect_dialects.values import Count, Each
from duolect_dialects.wording import Message

_CODES: Final = FilterCodes(unknown="InvalidParameter.InvalidFilter")


@attrs.frozen(kw_only=True)
class DescribeAddresses:
    """List EIPs, newest first: those of some ids, and of them those that all filters match."""

    AddressIds: tuple[str, ...] = param(Each(ADDRESS_ID), default=(), code=MALFORMED)
    Filters: tuple[Filter, ...] = param(Count(0, 10), default=(), code="LimitExceeded.NumberOfFilters")
    Offset: int = param(common.OFFSET, default=0)
    Limit: int = param(common.LIMIT, default=20)


@vpc_action()
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
        "AddressSet": [views.listed_address(session, shown) for shown in page.items],
    }


def _filters(graph: Graph) -> "FilterTable[PublicAddress]":
    """Return what each filter does. Of several names, or private addresses, the first one counts."""

    def by_ip(criteria: Criteria[PublicAddress], values: tuple[str, ...]) -> None:
        criteria.among({found.id for found in addresses_at(graph, values)})

    return {
        "address-id": _by_ids,
        "address-name": lambda criteria, values: criteria.test(
            values, lambda found: found.name == values[0]
        ),
        "address-ip": by_ip,
        # No page lists these two. Data sources of terraform-provider-tencentcloud filter by them.
        "public-ip": by_ip,
        "business-type": common.exactly(lambda _found: views.BUSINESS),
        "address-status": common.exactly(lambda found: views.status(graph, found)),
        "instance-id": lambda criteria, values: _by_interfaces(
            graph,
            criteria,
            [each for value in values for each in (*graph.interfaces_by_instance.ids(value), value)],
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
            raise Refusal(MALFORMED, Message("`{value}` is not a value for this filter.", value=value))
    criteria.ids(values)


def _by_named_interfaces(graph: Graph, criteria: Criteria[PublicAddress], values: tuple[str, ...]) -> None:
    for value in values:
        if not common.INTERFACE_ID.accepts(value):
            raise Refusal(
                "InvalidParameterValue.NetworkInterfaceIdMalformed",
                Message("`{value}` is not a value for this filter.", value=value),
            )
    _by_interfaces(graph, criteria, values)


def _by_interfaces(
    graph: Graph, criteria: Criteria[PublicAddress], interface_ids: tuple[str, ...] | list[str]
) -> None:
    index = graph.public_addresses_by_interface
    criteria.among({found for each in interface_ids for found in index.ids(each)})


# -- quotas ------------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class DescribeAddressQuota:
    """Show how many EIPs there may be, and how many there are."""


@vpc_action(request=DescribeAddressQuota)
def describe_address_quota(session: Session, _request: DescribeAddressQuota) -> Body:
    """Show each quota. Those by the day and month count the EIPs that are still there."""
    graph, rules, now = session.graph, session.rules, session.partition.now
    every = graph.public_addresses.values()
    single = [each for each in every if views.provider(each) != "BGP"]
    today = [each for each in every if local_time(each.created)[:10] == local_time(now)[:10]]
    single_today = sum(each in today for each in single)
    chosen = (each for each in every if views.was_chosen(each))
    recovered = sum(local_time(each.created)[:7] == local_time(now)[:7] for each in chosen)
    limit = rules.quotas.public_addresses
    total = VENDOR_QUOTAS.public_addresses if limit is None else limit
    return {
        "QuotaSet": [
            {"QuotaId": name, "QuotaCurrent": current, "QuotaLimit": most, "QuotaGroup": rules.region}
            for name, current, most in (
                ("TOTAL_EIP_QUOTA", len(every), total),
                ("DAILY_EIP_APPLY", len(today) - single_today, 40),
                ("DAILY_PUBLIC_IP_ASSIGN", 0, 10),
                ("LOCALBGP_EIP_QUOTA", 0, 10),
                ("SINGLEISP_EIP_QUOTA", len(single), 6),
                ("DAILY_SINGLEISP_APPLY", single_today, 12),
                ("MONTHLY_RECOVER_QUOTA", recovered, 3),
            )
        ]
    }
