"""Traffic packages: created, listed, and deleted once they have expired. Nothing here uses any traffic.

Sources: the definitions in tccli with their examples, and the resource of traffic packages in
terraform-provider-tencentcloud.
"""

import re
from typing import Final

import attrs

from duolect_core.model.public_addresses import TrafficPackage
from duolect_core.public_addresses import traffic_packages as commands
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, required, stored
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import Filter, FilterCodes, FilterTable, vpc_action
from duolect_dialects.tencent.names import utc_time
from duolect_dialects.tencent.tags.views import tags
from duolect_dialects.values import Between, Coded, Count, Each, Form, OneOf

_ID: Final = common.id_of("tfp")
_MALFORMED: Final = "InvalidParameterValue.TrafficPackageIdMalformed"
_BAD_FILTER: Final = "InvalidParameter.InvalidFilter"
_CODES: Final = FilterCodes(coexist=_BAD_FILTER, unknown=_BAD_FILTER)
_MONTHS: Final = {
    **dict.fromkeys((10, 20, 50, 512, 1024, 5120, 51200), 1),
    **dict.fromkeys((60, 300, 600, 3072, 6144, 30720, 61440, 307200), 6),
}
"""For how many months traffic of so many GB can be used; 20 and 600 are the provider's, and assumed."""
_UNNAMED: Final = "未命名"
"""What the vendor calls a package that nobody has named: "unnamed"."""
_TIME: Final = Form(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", "a time of the form YYYY-MM-DD hh:mm:ss")


@attrs.frozen(kw_only=True)
class CreateTrafficPackages:
    """Create traffic packages."""

    TrafficAmount: int = required(OneOf(*_MONTHS))
    TrafficPackageCount: int = param(Between(1, 20), default=1)
    DeductType: str = stored(OneOf("FULL_TIME", "IDLE_TIME"), default="FULL_TIME")


@vpc_action()
def create_traffic_packages(session: Session, request: CreateTrafficPackages) -> Body:
    """Create them, to be used at once."""
    made = session.execute(
        commands.CreateTrafficPackages(
            amount=request.TrafficAmount,
            months=_MONTHS[request.TrafficAmount],
            count=request.TrafficPackageCount,
            name=_UNNAMED,
            extras=common.stored_extras(request),
        )
    )
    return {"TrafficPackageSet": [each.id for each in made]}


@attrs.frozen(kw_only=True)
class DeleteTrafficPackages:
    """Delete traffic packages that have expired."""

    TrafficPackageIds: tuple[str, ...] = required(*common.non_empty(100), Coded(Each(_ID), _MALFORMED))


@vpc_action()
def delete_traffic_packages(session: Session, request: DeleteTrafficPackages) -> Body:
    """Delete them at once: all of them, or none."""
    session.execute(commands.DeleteTrafficPackages(request.TrafficPackageIds))
    return {}


@attrs.frozen(kw_only=True)
class DescribeTrafficPackages:
    """List traffic packages, newest first: by ids, or by filters that must all match."""

    TrafficPackageIds: tuple[str, ...] = param(Count(0, 100), Each(_ID), default=(), code=_MALFORMED)
    Filters: tuple[Filter, ...] = param(Count(0, 10), default=())
    Offset: int = param(common.OFFSET, default=0)
    Limit: int = param(common.LIMIT, default=20)


@vpc_action()
def describe_traffic_packages(session: Session, request: DescribeTrafficPackages) -> Body:
    """List one page and the count of all."""
    graph = session.graph
    filters: FilterTable[TrafficPackage] = {
        "traffic-package_id": common.by_ids,
        "traffic-package-name": common.exactly(lambda found: found.name),
        "status": common.exactly(lambda found: _status(session, found)),
    }
    selection = common.narrow(Criteria(graph), filters, request.TrafficPackageIds, request.Filters, _CODES)
    page = common.page(graph.traffic_packages, selection, request.Offset, request.Limit)
    return {
        "TotalCount": page.total,
        "TrafficPackageSet": [_shown(session, shown) for shown in page.items],
    }


def _status(session: Session, shown: TrafficPackage) -> str:
    return "EXPIRED" if shown.has_expired(session.partition.now) else "AVAILABLE"


def _shown(session: Session, shown: TrafficPackage) -> Body:
    return {
        "TrafficPackageId": shown.id,
        "TrafficPackageName": shown.name,
        "TotalAmount": float(shown.amount),
        "RemainingAmount": float(shown.amount),
        "UsedAmount": 0.0,
        "Status": _status(session, shown),
        "CreatedTime": utc_time(shown.created),
        "Deadline": utc_time(shown.deadline),
        "DeductType": shown.extras["DeductType"],
        "TagSet": tags(shown.tags),
    }


@attrs.frozen(kw_only=True)
class DescribeSpecificTrafficPackageUsedDetails:
    """Ask what used the traffic of a package."""

    TrafficPackageId: str = required(_ID, code=_MALFORMED)
    Filters: tuple[Filter, ...] = param(Count(0, 10), default=())
    OrderField: str | None = ignored(OneOf("deduction"), note="there is nothing to be ordered")
    OrderType: int | None = ignored(OneOf(0, 1), note="there is nothing to be ordered")
    StartTime: str | None = ignored(_TIME, note="there is nothing of any time")
    EndTime: str | None = ignored(_TIME, note="there is nothing of any time")
    Offset: int = param(common.OFFSET, default=0)
    Limit: int = param(common.LIMIT, default=20)


@vpc_action()
def describe_specific_traffic_package_used_details(
    session: Session, request: DescribeSpecificTrafficPackageUsedDetails
) -> Body:
    """List nothing: no traffic flows here that could be used. A package that does not exist is an error."""
    lookup.traffic_package(session.graph, request.TrafficPackageId)
    for each in request.Filters:
        if each.Name not in {"resource-type", "resource-id"}:
            raise common.no_filter(each.Name, _CODES)
        ids = each.Values if each.Name == "resource-id" else ()
        if not all(re.fullmatch(r"(eip|bwp|lb)-[0-9a-z]{8}", value) for value in ids):
            raise Refusal(
                "InvalidParameterValue.TrafficPackageResourceIdMalformed",
                "A resource is an EIP, a bandwidth package or a load balancer.",
            )
    return {"TotalCount": 0, "UsedDetailSet": []}
