"""Describing elastic IP addresses (EIPs), in the versions of the VPC product and of ECS.

Source: the vendor's page DescribeEipAddresses of both products.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Final

import attrs

from duolect_core.model.public_addresses import PublicAddress
from duolect_core.model.resources import SECOND, Instant
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import TagFilter, ecs_action, vpc_action
from duolect_dialects.alibaba.interfaces.public_addresses import found_at, target
from duolect_dialects.alibaba.public_addresses import views
from duolect_dialects.alibaba.public_addresses.lifecycle import KINDS
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, required
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Count, OneOf

_PLACES: Final = "such resources are not modelled, so nothing matches"
_MAX_NAMED: Final = 50
_SHOWN_PLACES: Final = (
    ("AssociatedInstanceType", "InstanceType"),
    ("ChargeType", "ChargeType"),
    ("ISP", "ISP"),
    ("Status", "Status"),
    ("EipName", "Name"),
    ("ResourceGroupId", "ResourceGroupId"),
)
"""Criteria that are compared with a field of the answer, and that field."""


@attrs.frozen(kw_only=True)
class EipFilter:
    """One Filter.N: a limit of the time of creation."""

    Key: str | None = param(OneOf("CreationStartTime", "CreationEndTime"))
    Value: str | None = param(note="a time of the form YYYY-MM-DDThh:mmZ")


@attrs.frozen(kw_only=True)
class EcsDescribeEipAddresses:
    """List EIPs, newest first; all criteria must hold."""

    RegionId: str = required()
    AllocationId: str | None = param(note="up to 50 ids, separated by commas")
    AssociatedInstanceId: str | None = param()
    AssociatedInstanceType: str | None = param(OneOf(*KINDS))
    ChargeType: str | None = param(OneOf(views.POSTPAID, views.PREPAID))
    EipAddress: str | None = param(note="up to 50 addresses, separated by commas")
    Filter: tuple[EipFilter, ...] = param(Count(0, 2), default=())
    ISP: str | None = param()
    LockReason: str | None = param(
        OneOf("financial", "security"), note="no EIP is ever locked, so nothing matches"
    )
    PageNumber: int = param(Between(1, 2**31 - 1), default=1)
    PageSize: int = param(Between(1, 100), default=10)
    Status: str | None = param(OneOf("Associating", "Unassociating", "InUse", "Available", "Releasing"))


@attrs.frozen(kw_only=True)
class DescribeEipAddresses(EcsDescribeEipAddresses):
    """List EIPs, newest first; all criteria must hold."""

    DryRun: bool = param(default=False)
    EipName: str | None = param()
    IncludeReservationData: bool | None = ignored(note="billing is not modelled")
    PublicIpAddressPoolId: str | None = param(note=_PLACES)
    ResourceGroupId: str | None = param()
    SecurityProtectionEnabled: bool | None = param()
    SegmentInstanceId: str | None = param()
    ServiceManaged: bool | None = param(note="no EIP belongs to a managed service")
    Tag: tuple[TagFilter, ...] = common.tag_filters()


@vpc_action()
def describe_eip_addresses(
    session: Session,
    request: DescribeEipAddresses,
    show: Callable[[Session, PublicAddress], Body] = views.eip,
) -> Body:
    """List one page."""
    graph = session.graph
    criteria: Criteria[PublicAddress] = Criteria(graph)
    _narrow_by_index(session, request, criteria)
    common.narrow_by_tags(criteria, request.Tag)
    _narrow_by_view(session, request, criteria)
    for each in request.Filter:
        _narrow_by_time(criteria, each)
    common.end_dry_run(request)
    page, about = common.numbered_page(graph.public_addresses, criteria.selection, request)
    return {
        "EipAddresses": {"EipAddress": [show(session, shown) for shown in page.items]},
        **about,
    }


def _narrow_by_index(
    session: Session, request: DescribeEipAddresses, criteria: Criteria[PublicAddress]
) -> None:
    graph = session.graph
    criteria.ids(_listed(request.AllocationId, "AllocationId"))
    if request.EipAddress is not None:
        texts = _listed(request.EipAddress, "EipAddress")
        criteria.among({found.id for found in found_at(session, texts)})
    criteria.by(graph.public_addresses_by_segment, request.SegmentInstanceId)
    wanted = request.AssociatedInstanceId
    if wanted is not None:
        if wanted in graph.nat_gateways:
            criteria.by(graph.public_addresses_by_gateway, wanted)
        else:
            interface_id = graph.primary_interfaces.get(wanted, wanted)
            criteria.among(graph.public_addresses_by_interface.ids(interface_id))
        criteria.test(wanted, lambda found: target(session, found)[0] == wanted)


def _narrow_by_view(
    session: Session, request: DescribeEipAddresses, criteria: Criteria[PublicAddress]
) -> None:
    """Narrow to what shows the values that were given."""
    for name, place in _SHOWN_PLACES:
        value = getattr(request, name)
        criteria.test(value, partial(_shows, session, place, value))
    enabled = request.SecurityProtectionEnabled
    criteria.test(enabled, lambda found: bool(views.protections(found)) is enabled)
    criteria.test(request.ServiceManaged, lambda _: not request.ServiceManaged)
    for nothing_has in (request.LockReason, request.PublicIpAddressPoolId):
        criteria.test(nothing_has, lambda _: False)


def _shows(session: Session, place: str, value: str, found: PublicAddress) -> bool:
    shown: str = views.eip(session, found)[place]
    return shown == value


def _listed(text: str | None, parameter: str) -> list[str]:
    """Return the members of a list that are separated by commas."""
    members = [] if text is None else text.split(",")
    if len(members) > _MAX_NAMED:
        raise Refusal("InvalidParameter", f"{parameter} has more than {_MAX_NAMED} members.", 400)
    return members


def _narrow_by_time(criteria: Criteria[PublicAddress], wanted: EipFilter) -> None:
    limit = _instant(wanted.Value or "")
    if wanted.Key == "CreationStartTime":
        criteria.test(limit, lambda found: found.created >= limit)
    elif wanted.Key == "CreationEndTime":
        criteria.test(limit, lambda found: found.created <= limit)


def _instant(text: str) -> Instant:
    try:
        moment = datetime.strptime(text, "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC)
    except ValueError:
        raise Refusal(
            "InvalidParameter", "The value of a Filter is not a time of the form YYYY-MM-DDThh:mmZ.", 400
        ) from None
    return int(moment.timestamp()) * SECOND


@ecs_action(name="DescribeEipAddresses")
def ecs_describe_eip_addresses(session: Session, request: EcsDescribeEipAddresses) -> Body:
    """List one page."""
    return describe_eip_addresses(session, common.newer(request, DescribeEipAddresses), views.ecs_eip)
