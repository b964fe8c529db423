"""What connects VPCs with each other: peerings and CCNs, of which there are none here.

Programs look for them before they go on, and find what an account without any has: nothing. Sources: the
definitions in tccli.
"""

from collections.abc import Iterable, Sequence
from typing import Final

import attrs

from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param
from duolect_dialects.session import Session
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import Filter, vpc_action
from duolect_dialects.values import Count, Each, OneOf
from duolect_dialects.wording import Message

_CCN_ID: Final = common.id_of("ccn")
_PEERING_ID: Final = common.id_of("pcx")
_NOTHING_TO_ORDER: Final = "there is nothing to order"
_DIRECTIONS: Final = OneOf("ASC", "DESC")
_CCN_FILTERS: Final = ("ccn-id", "ccn-name", "ccn-description", "state", "tag-key")
_ATTACHMENT_FILTERS: Final = ("ccn-id", "instance-type", "instance-region", "instance-id")
_PEERING_FILTERS: Final = ("vpc-id", "state", "peering-connection-name")


@attrs.frozen(kw_only=True)
class DescribeCcns:
    """List CCNs: by ids, or by filters."""

    CcnIds: tuple[str, ...] = param(Count(0, 100), Each(_CCN_ID), default=())
    Filters: tuple[Filter, ...] = param(Count(0, 10), default=())
    Offset: int = param(common.OFFSET, default=0)
    Limit: int = param(common.LIMIT, default=20)
    OrderField: str | None = ignored(
        OneOf("CcnId", "CcnName", "CreateTime", "State", "QosLevel"), note=_NOTHING_TO_ORDER
    )
    OrderDirection: str | None = ignored(_DIRECTIONS, note=_NOTHING_TO_ORDER)


@vpc_action()
def describe_ccns(_session: Session, request: DescribeCcns) -> Body:
    """List none; an id names one that does not exist."""
    _check(request.CcnIds, request.Filters, _CCN_FILTERS, common.VPC)
    return {"TotalCount": 0, "CcnSet": []}


@attrs.frozen(kw_only=True)
class DescribeCcnAttachedInstances:
    """List the networks that are attached to CCNs, by filters."""

    CcnId: str | None = param(_CCN_ID)
    Filters: tuple[Filter, ...] = param(Count(0, 10), default=())
    Offset: int = param(common.OFFSET, default=0)
    Limit: int = param(common.LIMIT, default=20)
    OrderField: str | None = ignored(
        OneOf(
            "CcnId",
            "InstanceType",
            "InstanceId",
            "InstanceName",
            "InstanceRegion",
            "AttachedTime",
            "State",
        ),
        note=_NOTHING_TO_ORDER,
    )
    OrderDirection: str | None = ignored(_DIRECTIONS, note=_NOTHING_TO_ORDER)


@vpc_action()
def describe_ccn_attached_instances(_session: Session, request: DescribeCcnAttachedInstances) -> Body:
    """List none; the action has no code for a CCN that does not exist."""
    _check((), request.Filters, _ATTACHMENT_FILTERS, common.VPC)
    return {"TotalCount": 0, "InstanceSet": []}


@attrs.frozen(kw_only=True)
class DescribeVpcPeeringConnections:
    """List peering connections: by ids, or by filters."""

    PeeringConnectionIds: tuple[str, ...] = param(Count(0, 100), Each(_PEERING_ID), default=())
    Filters: tuple[Filter, ...] = param(Count(0, 10), default=())
    Offset: int = param(common.OFFSET, default=0)
    Limit: int = param(common.LIMIT, default=20)
    OrderField: str | None = ignored(OneOf("CreatedTime", "PeeringConnectionName"), note=_NOTHING_TO_ORDER)
    OrderDirection: str | None = ignored(_DIRECTIONS, note=_NOTHING_TO_ORDER)


@vpc_action()
def describe_vpc_peering_connections(_session: Session, request: DescribeVpcPeeringConnections) -> Body:
    """List none; an id names one that does not exist."""
    codes = common.FilterCodes(unknown="InvalidParameter")
    _check(request.PeeringConnectionIds, request.Filters, _PEERING_FILTERS, codes)
    return {"TotalCount": 0, "PeerConnectionSet": []}


def _check(
    ids: Sequence[str], filters: Iterable[Filter], known: Sequence[str], codes: common.FilterCodes
) -> None:
    """Check what would narrow a list that is empty.

    Raises:
        Refusal: ids stand beside filters, a filter does not exist, or an id names nothing.
    """
    filters = tuple(filters)
    if ids and filters:
        raise Refusal(codes.coexist, "Ids and Filters cannot be used together.")
    for each in filters:
        if each.Name not in known and not each.Name.startswith("tag:"):
            raise common.no_filter(each.Name, codes)
    if ids:
        missing = Message("The resource `{resource_id}` does not exist.", resource_id=ids[0])
        raise Refusal("ResourceNotFound", missing)
