"""What is in bandwidth packages: public addresses (EIPs), of IPv6 too, put in and taken out.

Sources: the definitions in tccli, and the vendor's pages on bandwidth packages.
"""

from typing import Any, Final

import attrs

from duolect_core.public_addresses import bandwidth_packages as commands
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.declarations import ignored, param, required
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.tencent import common, request_errors
from duolect_dialects.tencent.common import Filter, FilterCodes, FilterTable, vpc_action
from duolect_dialects.tencent.public_addresses import bandwidth_package_views as views
from duolect_dialects.tencent.public_addresses.bandwidth_packages import (
    MALFORMED,
    NETWORK_TYPES,
    PACKAGE_ID,
)
from duolect_dialects.tencent.public_addresses.views import BY_TRAFFIC
from duolect_dialects.values import Between, Coded, Count, Each, Form, OneOf

IN_PACKAGE: Final = "BANDWIDTH_PACKAGE"
"""How an EIP is paid for that is in a package."""
_RESOURCE_ID_MALFORMED: Final = "InvalidParameterValue.ResourceIdMalformed"
_MEMBER_ID: Final = Form(r"eip(v6)?-[0-9a-z]{6,20}", "an id of the form eip-xxxxxxxx or eipv6-xxxxxxxx")
_MEGABITS: Final = Between(1, 2000)
_ONLY_ADDRESSES: Final = (
    OneOf(views.ADDRESS, "LoadBalance"),
    Coded(OneOf(views.ADDRESS), "UnsupportedOperation"),
)
_NO_BALANCERS: Final = "there are no load balancers"
_CODES: Final = FilterCodes(unknown="InvalidParameter.InvalidFilter")


@attrs.frozen(kw_only=True)
class DescribeBandwidthPackageResources:
    """List what is in a bandwidth package, newest first, that all filters match."""

    BandwidthPackageId: str = required(PACKAGE_ID, code=MALFORMED)
    Filters: tuple[Filter, ...] = param(Count(0, 10), default=())
    Offset: int = param(common.OFFSET, default=0)
    Limit: int = param(common.LIMIT, default=20)


_FILTERS: Final["FilterTable[Any]"] = {
    "resource-id": common.by_ids,
    "resource-type": common.exactly(lambda _found: views.ADDRESS),
    "resource-ip": common.exactly(views.address_ip),
    "address-ip": common.exactly(views.address_ip),
}


@vpc_action()
def describe_bandwidth_package_resources(
    session: Session, request: DescribeBandwidthPackageResources
) -> Body:
    """List one page and the count of all."""
    graph = session.graph
    package = lookup.bandwidth_package(graph, request.BandwidthPackageId)
    criteria: Criteria[Any] = Criteria(graph)
    members = sorted(graph.members_of_package(package.id), key=lambda each: each.order)
    selection = common.narrow(criteria, _FILTERS, (), request.Filters, _CODES)
    page = common.page({each.id: each for each in members}, selection, request.Offset, request.Limit)
    return {"TotalCount": page.total, "ResourceSet": [views.resource(shown) for shown in page.items]}


@attrs.frozen(kw_only=True)
class AddBandwidthPackageResources:
    """Put EIPs into a bandwidth package."""

    ResourceIds: tuple[str, ...] = required(
        *common.non_empty(100), Each(_MEMBER_ID), code=_RESOURCE_ID_MALFORMED, note=_NO_BALANCERS
    )
    BandwidthPackageId: str | None = param(PACKAGE_ID, code=MALFORMED, note="required")
    NetworkType: str | None = ignored(
        OneOf(*NETWORK_TYPES, "ANYCAST"), note="a package takes EIPs of any line"
    )
    ResourceType: str | None = param(*_ONLY_ADDRESSES, note=_NO_BALANCERS)
    Protocol: str | None = ignored(OneOf("ipv4", "ipv6"), note="each address has its own")
    InternetMaxBandwidthOut: int | None = param(_MEGABITS)


@vpc_action()
def add_bandwidth_package_resources(session: Session, request: AddBandwidthPackageResources) -> Body:
    """Put them in at once: all of them, or none."""
    if request.BandwidthPackageId is None:
        raise request_errors.missing("BandwidthPackageId")
    extras: dict[str, str | int] = {"InternetChargeType": IN_PACKAGE}
    if request.InternetMaxBandwidthOut is not None:
        extras["Bandwidth"] = request.InternetMaxBandwidthOut
    session.execute(
        commands.AddToBandwidthPackage(
            package_id=request.BandwidthPackageId, address_ids=request.ResourceIds, extras=extras
        )
    )
    return {}


@attrs.frozen(kw_only=True)
class RemoveBandwidthPackageResources:
    """Take EIPs out of a bandwidth package."""

    ResourceIds: tuple[str, ...] = param(
        Count(0, 100),
        Each(_MEMBER_ID),
        default=(),
        code=_RESOURCE_ID_MALFORMED,
        note="required; there are no load balancers",
    )
    BandwidthPackageId: str | None = param(PACKAGE_ID, code=MALFORMED, note="required")
    ResourceType: str | None = param(*_ONLY_ADDRESSES, note=_NO_BALANCERS)
    InternetMaxBandwidthOut: int | None = param(_MEGABITS)
    InternetChargeType: str = param(OneOf(BY_TRAFFIC, "BANDWIDTH_POSTPAID_BY_HOUR"), default=BY_TRAFFIC)


@vpc_action()
def remove_bandwidth_package_resources(session: Session, request: RemoveBandwidthPackageResources) -> Body:
    """Take them out at once: all of them, or none. They are paid for by traffic, unless said otherwise."""
    if request.BandwidthPackageId is None:
        raise request_errors.missing("BandwidthPackageId")
    if not request.ResourceIds:
        raise request_errors.missing("ResourceIds")
    extras: dict[str, str | int] = {"InternetChargeType": request.InternetChargeType}
    if request.InternetMaxBandwidthOut is not None:
        extras["Bandwidth"] = request.InternetMaxBandwidthOut
    session.execute(
        commands.RemoveFromBandwidthPackage(
            package_id=request.BandwidthPackageId, address_ids=request.ResourceIds, extras=extras
        )
    )
    return {}
