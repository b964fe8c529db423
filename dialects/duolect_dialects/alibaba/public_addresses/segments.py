"""Contiguous EIPs: groups of EIPs that follow each other, allocated and released together.

Sources: the vendor's pages AllocateEipSegmentAddress and ReleaseEipSegmentAddress, the models of its Python
SDK for the VPC product, and terraform-provider-alicloud, which waits for Allocated. A group has every
address of its block; the cloud keeps up to four of them for itself.
"""

from typing import Final

import attrs

from duolect_core.model.lifecycles import ServiceState
from duolect_core.model.public_addresses import AddressSegment
from duolect_core.public_addresses import segments as commands
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import vpc_action
from duolect_dialects.alibaba.names import moment
from duolect_dialects.alibaba.public_addresses import views
from duolect_dialects.alibaba.public_addresses.lifecycle import (
    LINES,
    MEGABITS,
    PAY_BY_BANDWIDTH,
    PAY_BY_TRAFFIC,
    check_bandwidth,
)
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, required, stored
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import Between, OneOf

_BAD_BANDWIDTH: Final = "InvalidBandwidth.Malformed"
_STATUS: Final = {
    ServiceState.PENDING: "Allocating",
    ServiceState.AVAILABLE: "Allocated",
    ServiceState.DELETING: "Releasing",
}


@attrs.frozen(kw_only=True)
class AllocateEipSegmentAddress:
    """Allocate contiguous EIPs."""

    EipMask: str = required(OneOf("28", "27", "26", "25", "24"), code="IllegalParam.EipMask")
    RegionId: str = required()
    Bandwidth: str = param(MEGABITS, default="5", code=_BAD_BANDWIDTH)
    ClientToken: str | None = param(*common.TOKEN)
    InternetChargeType: str = stored(OneOf(PAY_BY_BANDWIDTH, PAY_BY_TRAFFIC), default=PAY_BY_BANDWIDTH)
    Isp: str | None = stored(OneOf(*LINES))
    Netmode: str | None = ignored(OneOf("public"), note="there is only the one value")
    ResourceGroupId: str | None = stored(common.RESOURCE_GROUP, code="InvalidResourceGroupId")
    Zone: str | None = stored()


@vpc_action(idempotent_by="ClientToken")
def allocate_eip_segment_address(session: Session, request: AllocateEipSegmentAddress) -> Body:
    """Allocate the group: Allocating, then Allocated. Its EIPs are Available at once (assumed)."""
    check_bandwidth(request.Bandwidth, views.POSTPAID, request.InternetChargeType, _BAD_BANDWIDTH)
    if request.Zone is not None and request.Zone not in session.rules.zones:
        raise Refusal("IllegalParam.Zone", f"The zone {request.Zone} is not one of the region.", 400)
    extras = {
        "Bandwidth": request.Bandwidth,
        "InternetChargeType": request.InternetChargeType,
        "ChargeType": views.POSTPAID,
        "ISP": request.Isp,
        "ResourceGroupId": request.ResourceGroupId,
        "Zone": request.Zone,
    }
    made = session.execute(
        commands.AllocateSegment(
            length=int(request.EipMask),
            extras={"Zone": request.Zone or ""},
            address_extras={name: value for name, value in extras.items() if value},
        )
    )
    return {"EipSegmentInstanceId": made.id}


@attrs.frozen(kw_only=True)
class ReleaseEipSegmentAddress:
    """Release contiguous EIPs that are associated with nothing."""

    RegionId: str = required()
    SegmentInstanceId: str = required()
    ClientToken: str | None = param(*common.TOKEN)


@vpc_action(idempotent_by="ClientToken")
def release_eip_segment_address(session: Session, request: ReleaseEipSegmentAddress) -> Body:
    """Release the group with all EIPs that are left of it: Releasing, then gone."""
    graph = session.graph
    for each in graph.public_addresses_by_segment.ids(request.SegmentInstanceId):
        if views.protected(graph.public_addresses[each]):
            message = f"The EIP {each} is protected against deletion."
            raise Refusal("InvalidOperation.DeletionProtection", message, 400)
    session.execute(commands.ReleaseSegment(request.SegmentInstanceId))
    return {}


@attrs.frozen(kw_only=True)
class DescribeEipSegment:
    """List groups of contiguous EIPs, newest first."""

    RegionId: str = required()
    ClientToken: str | None = ignored(*common.TOKEN, note="nothing is changed that could be repeated")
    PageNumber: int = param(Between(1, 2**31 - 1), default=1)
    PageSize: int = param(Between(1, 50), default=10)
    SegmentInstanceId: str | None = param()


@vpc_action()
def describe_eip_segment(session: Session, request: DescribeEipSegment) -> Body:
    """List one page."""
    graph = session.graph
    criteria: Criteria[AddressSegment] = Criteria(graph)
    criteria.ids(() if request.SegmentInstanceId is None else (request.SegmentInstanceId,))
    page, about = common.numbered_page(graph.address_segments, criteria.selection, request)
    return {"EipSegments": {"EipSegment": [_shown(session, shown) for shown in page.items]}, **about}


def _shown(session: Session, shown: AddressSegment) -> Body:
    return {
        "CreationTime": moment(shown.created),
        "Descritpion": shown.description,
        "InstanceId": shown.id,
        "IpCount": str(len(session.graph.public_addresses_by_segment.ids(shown.id))),
        "Name": shown.name,
        "RegionId": session.rules.region,
        "Segment": str(shown.block),
        "Status": _STATUS[shown.state],
        "Zone": shown.extras["Zone"],
    }
