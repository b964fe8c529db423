"""Bandwidth packages: create, describe, modify, resize and delete them.

Sources: the definitions in tccli, and the vendor's pages on bandwidth packages.
"""

from typing import Final

import attrs

from duolect_core.addressing.pools import format_ipv4
from duolect_core.graph.graph import Graph
from duolect_core.model.public_addresses import BandwidthPackage
from duolect_core.public_addresses import bandwidth_packages as commands
from duolect_dialects.action import Body
from duolect_dialects.declarations import ignored, param, refused, required, stored
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.tencent import common, request_errors
from duolect_dialects.tencent.common import Filter, FilterCodes, FilterTable, TagCodes, vpc_action
from duolect_dialects.tencent.public_addresses import bandwidth_package_views as views
from duolect_dialects.tencent.rules import VENDOR_QUOTAS
from duolect_dialects.values import AtMost, Between, Coded, Count, Each, Form, OneOf

PACKAGE_ID: Final = common.id_of("bwp")
MALFORMED: Final = "InvalidParameterValue.BandwidthPackageIdMalformed"
NETWORK_TYPES: Final = ("BGP", "HIGH_QUALITY_BGP", "SINGLEISP_CMCC", "SINGLEISP_CTCC", "SINGLEISP_CUCC")
_PREPAID: Final = "FIXED_PREPAID_BY_MONTH"
_CHARGE_TYPES: Final = (
    "ENHANCED95_POSTPAID_BY_MONTH",
    "PRIMARY_TRAFFIC_POSTPAID_BY_HOUR",
    "BANDWIDTH_POSTPAID_BY_DAY",
    "PEAK_BANDWIDTH_POSTPAID_BY_DAY",
    "TOP5_POSTPAID_BY_MONTH",
)
_NAME: Final = Form(r"[\w.-]{0,59}", "a text of at most 59 letters, digits, . - and _")
_UNLIMITED: Final = -1
_BANDWIDTH: Final = Between(_UNLIMITED, 1_000_000)
_CODES: Final = FilterCodes(coexist="InvalidParameterValue", unknown="InvalidParameter.InvalidFilter")
_BAD_TAG: Final = "InvalidParameterValue.TagNotExisted"
_TAG_CODES: Final = TagCodes(many=_BAD_TAG, duplicate=_BAD_TAG)


@attrs.frozen(kw_only=True)
class PackageTag:
    """One of Tags."""

    Key: str = required(AtMost(127), common.NOT_RESERVED, common.TAG_KEY, code=_BAD_TAG)
    Value: str = param(AtMost(255), common.TAG_VALUE, default="", code=_BAD_TAG)


@attrs.frozen(kw_only=True)
class CreateBandwidthPackage:
    """Create bandwidth packages."""

    NetworkType: str = stored(OneOf(*NETWORK_TYPES), default="BGP")
    ChargeType: str = stored(
        OneOf(*_CHARGE_TYPES, _PREPAID),
        Coded(OneOf(*_CHARGE_TYPES), "UnsupportedOperation"),
        default=_CHARGE_TYPES[0],
        note="FIXED_PREPAID_BY_MONTH is refused: nothing is paid by the month",
    )
    BandwidthPackageName: str = param(_NAME, default="", code="InvalidParameterValue.Combination")
    BandwidthPackageCount: int = param(Between(1, 20), default=1)
    InternetMaxBandwidth: int = stored(_BANDWIDTH, default=_UNLIMITED)
    Tags: tuple[PackageTag, ...] = param(default=())
    Protocol: str | None = stored(OneOf("ipv4", "ipv6"), Coded(OneOf("ipv4"), "UnsupportedOperation"))
    TimeSpan: int | None = ignored(note="nothing is paid by the month")
    Egress: str = stored(
        OneOf("center_egress1", "center_egress2", "center_egress3"), default="center_egress1"
    )
    DesignatedZone: str | None = refused("there are no zones at the edge")


@vpc_action()
def create_bandwidth_package(session: Session, request: CreateBandwidthPackage) -> Body:
    """Create them: CREATING, then CREATED."""
    made = session.execute(
        commands.CreateBandwidthPackages(
            count=request.BandwidthPackageCount,
            name=request.BandwidthPackageName,
            tags=common.tags(request.Tags, _TAG_CODES),
            extras=common.stored_extras(request),
        )
    )
    return {"BandwidthPackageId": made[0].id, "BandwidthPackageIds": [each.id for each in made]}


@attrs.frozen(kw_only=True)
class DescribeBandwidthPackages:
    """List bandwidth packages, newest first: by ids, or by filters that must all match."""

    BandwidthPackageIds: tuple[str, ...] = param(
        Count(0, 100), Each(PACKAGE_ID), default=(), code=MALFORMED
    )
    Filters: tuple[Filter, ...] = param(Count(0, 10), default=())
    Offset: int = param(common.OFFSET, default=0)
    Limit: int = param(common.LIMIT, default=20)


@vpc_action()
def describe_bandwidth_packages(session: Session, request: DescribeBandwidthPackages) -> Body:
    """List one page and the count of all."""
    graph = session.graph
    table = _filters(graph)
    selection = common.narrow(Criteria(graph), table, request.BandwidthPackageIds, request.Filters, _CODES)
    page = common.page(graph.bandwidth_packages, selection, request.Offset, request.Limit)
    return {
        "TotalCount": page.total,
        "BandwidthPackageSet": [views.bandwidth_package(graph, shown) for shown in page.items],
    }


def _filters(graph: Graph) -> "FilterTable[BandwidthPackage]":
    def held(found: BandwidthPackage) -> tuple[str, ...]:
        return tuple(graph.public_addresses_by_package.ids(found.id))

    return {
        "bandwidth-package-id": common.by_ids,
        "bandwidth-package-name": common.exactly(lambda found: found.name),
        "network-type": common.exactly(lambda found: found.extras["NetworkType"]),
        "charge-type": common.exactly(lambda found: found.extras["ChargeType"]),
        "resource.resource-type": common.one_of(lambda found: [views.ADDRESS] if held(found) else []),
        "resource.resource-id": common.one_of(held),
        "resource.resource-ip": common.one_of(lambda found: _ips(graph, held(found))),
        "resource.address-ip": common.one_of(lambda found: _ips(graph, held(found))),
        "tag-key": common.tag_key,
        "tag-value": common.one_of(lambda found: found.tags.values()),
    }


def _ips(graph: Graph, ids: tuple[str, ...]) -> list[str]:
    return [format_ipv4(graph.public_addresses[each].ip) for each in ids]


@attrs.frozen(kw_only=True)
class DescribeBandwidthPackageQuota:
    """Show how many bandwidth packages there may be, and how many there are."""


@vpc_action(request=DescribeBandwidthPackageQuota)
def describe_bandwidth_package_quota(session: Session, _request: DescribeBandwidthPackageQuota) -> Body:
    """Show the one quota that the vendor's example has."""
    rules = session.rules
    limit = rules.quotas.bandwidth_packages
    return {
        "QuotaSet": [
            {
                "QuotaId": "TOTAL_BANDWIDTHPKG_QUOTA",
                "QuotaCurrent": len(session.graph.bandwidth_packages),
                "QuotaLimit": VENDOR_QUOTAS.bandwidth_packages if limit is None else limit,
                "QuotaGroup": rules.region,
            }
        ]
    }


@attrs.frozen(kw_only=True)
class ModifyBandwidthPackageAttribute:
    """Change the name of a bandwidth package, and how it is paid for."""

    BandwidthPackageId: str | None = param(PACKAGE_ID, code=MALFORMED, note="required")
    BandwidthPackageName: str | None = param(_NAME, code="InvalidParameterValue.Illegal")
    ChargeType: str | None = stored(
        OneOf(*_CHARGE_TYPES), code="InvalidParameterValue.InvalidBandwidthPackageChargeType"
    )


@vpc_action()
def modify_bandwidth_package_attribute(session: Session, request: ModifyBandwidthPackageAttribute) -> Body:
    """Change what is given, at once."""
    if request.BandwidthPackageId is None:
        raise request_errors.missing("BandwidthPackageId")
    session.execute(
        commands.ModifyBandwidthPackage(
            package_id=request.BandwidthPackageId,
            name=request.BandwidthPackageName,
            extras=common.stored_extras(request),
        )
    )
    return {}


@attrs.frozen(kw_only=True)
class ModifyBandwidthPackageBandwidth:
    """Change the bandwidth of a bandwidth package."""

    InternetMaxBandwidth: int = required(_BANDWIDTH)
    BandwidthPackageId: str = required(PACKAGE_ID, code=MALFORMED)


@vpc_action()
def modify_bandwidth_package_bandwidth(session: Session, request: ModifyBandwidthPackageBandwidth) -> Body:
    """Change it at once."""
    session.execute(
        commands.ResizeBandwidthPackage(
            package_id=request.BandwidthPackageId,
            extras={"InternetMaxBandwidth": request.InternetMaxBandwidth},
        )
    )
    return {}


@attrs.frozen(kw_only=True)
class DeleteBandwidthPackage:
    """Delete a bandwidth package that has nothing in it."""

    BandwidthPackageId: str = required(PACKAGE_ID, code=MALFORMED)


@vpc_action()
def delete_bandwidth_package(session: Session, request: DeleteBandwidthPackage) -> Body:
    """Delete it: DELETING, then gone."""
    session.execute(commands.DeleteBandwidthPackage(package_id=request.BandwidthPackageId))
    return {}
