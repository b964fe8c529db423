"""Reserved CIDR blocks of vSwitches: created, changed, listed and deleted, and their prefixes in use.

Sources: the models of the vendor's Python SDK for the VPC product, whose comments are the pages; the page
DeleteVSwitchCidrReservation and the product's list of all codes, as far as they could be read; the vendor's
guide to prefixes of network interfaces; terraform-provider-alicloud, which waits for Assigned and until
nothing is listed any more, and names one by its id without IpVersion.
"""

from typing import Final

import attrs

from duolect_core.addressing.blocks import parse_cidr
from duolect_core.model.lifecycles import ServiceState
from duolect_core.model.security_rules import Block
from duolect_core.model.virtual_addresses import CidrReservation
from duolect_core.networks import reservations as commands
from duolect_core.networks.reservations import pool_of
from duolect_core.relations import lookup
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import TagFilter, TagParam, vpc_action
from duolect_dialects.alibaba.names import moment
from duolect_dialects.alibaba.views import plain_tags
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, refused, required
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Count, Form, Length, OneOf

_VERSIONS: Final = {"IPv4": 4, "IPv6": 6}
_VERSION: Final = OneOf(*_VERSIONS)
_TYPE: Final = Form("[Pp]refix", "prefix")
_MASK: Final = Form("/?[0-9]{1,3}", "the length of a mask")
_NAME: Final = (Length(1, 128), common.NOT_A_LINK)
_DESCRIPTION: Final = (Length(1, 256), common.NOT_A_LINK)
_PAGE: Final = Between(1, 100)
_STATUS: Final = {
    ServiceState.PENDING: "Assigning",
    ServiceState.AVAILABLE: "Assigned",
    ServiceState.DELETING: "Releasing",
}


@attrs.frozen(kw_only=True)
class CreateVSwitchCidrReservation:
    """Reserve a block of a vSwitch for prefixes of network interfaces."""

    RegionId: str = required()
    VSwitchId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    DryRun: bool = param(default=False)
    IpPrefixNumber: int | None = refused("which block so many prefixes make is not documented")
    IpVersion: str = param(_VERSION, default="IPv4")
    Tag: tuple[TagParam, ...] = common.tag_params()
    VSwitchCidrReservationCidr: str | None = param()
    VSwitchCidrReservationDescription: str | None = param(*_DESCRIPTION)
    VSwitchCidrReservationMask: str | None = param(_MASK)
    VSwitchCidrReservationName: str | None = param(*_NAME)
    VSwitchCidrReservationType: str = param(_TYPE, default="prefix")


@vpc_action(idempotent_by="ClientToken")
def create_vswitch_cidr_reservation(session: Session, request: CreateVSwitchCidrReservation) -> Body:
    """Reserve it: Assigning, then Assigned. By a mask it is the lowest block that is free (assumed)."""
    block, mask = _block(request), request.VSwitchCidrReservationMask
    length = 0 if mask is None else int(mask.removeprefix("/"))
    if block is None and mask is None:
        message = "VSwitchCidrReservationCidr or VSwitchCidrReservationMask is needed."
        raise Refusal("MissingParameter", message, 400)
    if block is not None and mask is not None and block.prefixlen != length:
        code = "Conflict.VSwitchCidrReservationMaskAndVSwitchCidrReservationCidr"
        raise Refusal(code, f"The mask of {block} is not {mask}.", 400)
    command = commands.CreateCidrReservation(
        subnet_id=request.VSwitchId,
        block=block,
        mask=length,
        ipv6=request.IpVersion == "IPv6",
        name=request.VSwitchCidrReservationName or "",
        description=request.VSwitchCidrReservationDescription or "",
        tags=common.tags(request.Tag),
        extras={"Type": request.VSwitchCidrReservationType},
    )
    return {"VSwitchCidrReservationId": common.execute(session, command, request).id}


def _block(request: CreateVSwitchCidrReservation) -> Block | None:
    """Return the block that a request names, or raise ``Refusal`` where it is none of its version of IP."""
    text = request.VSwitchCidrReservationCidr
    block = None if text is None else parse_cidr(text)
    if text is not None and (block is None or block.version != _VERSIONS[request.IpVersion]):
        message = f"{text} is not an {request.IpVersion} CIDR block."
        raise Refusal("InvalidCidrBlock.Malformed", message, 400)
    return block


@attrs.frozen(kw_only=True)
class ModifyVSwitchCidrReservationAttribute:
    """Rename a reserved block, or describe it anew."""

    RegionId: str = required()
    VSwitchCidrReservationId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    DryRun: bool = param(default=False)
    VSwitchCidrReservationDescription: str | None = param(*_DESCRIPTION, clearable=True)
    VSwitchCidrReservationName: str | None = param(*_NAME, clearable=True)


@vpc_action(idempotent_by="ClientToken")
def modify_vswitch_cidr_reservation_attribute(
    session: Session, request: ModifyVSwitchCidrReservationAttribute
) -> Body:
    """Change what is given, at once."""
    command = commands.ModifyCidrReservation(
        reservation_id=request.VSwitchCidrReservationId,
        name=request.VSwitchCidrReservationName,
        description=request.VSwitchCidrReservationDescription,
    )
    common.execute(session, command, request)
    return {}


@attrs.frozen(kw_only=True)
class DeleteVSwitchCidrReservation:
    """Give a reserved block up, of which no network interface has a prefix."""

    RegionId: str = required()
    VSwitchCidrReservationId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    DryRun: bool = param(default=False)


@vpc_action(idempotent_by="ClientToken")
def delete_vswitch_cidr_reservation(session: Session, request: DeleteVSwitchCidrReservation) -> Body:
    """Give it up: Releasing, then gone."""
    command = commands.DeleteCidrReservation(request.VSwitchCidrReservationId)
    common.execute(session, command, request)
    return {}


@attrs.frozen(kw_only=True)
class ListVSwitchCidrReservations:
    """List reserved blocks, newest first; all criteria must hold."""

    RegionId: str = required()
    IpVersion: str | None = param(_VERSION)
    MaxResults: int = param(_PAGE, default=10)
    NextToken: str | None = param()
    Tags: tuple[TagFilter, ...] = common.tag_filters()
    VSwitchCidrReservationIds: tuple[str, ...] = param(Count(0, 10), default=())
    VSwitchCidrReservationType: str | None = param(_TYPE)
    VSwitchId: str | None = param()


@vpc_action()
def list_vswitch_cidr_reservations(session: Session, request: ListVSwitchCidrReservations) -> Body:
    """List one page: of IPv4 alone, where neither a version nor an id is named."""
    graph = session.graph
    criteria: Criteria[CidrReservation] = Criteria(graph)
    criteria.ids(request.VSwitchCidrReservationIds)
    common.narrow_by_tags(criteria, request.Tags)
    if request.VSwitchId is not None:
        criteria.by(graph.reservations_by_subnet, request.VSwitchId)
    version = request.IpVersion or (None if request.VSwitchCidrReservationIds else "IPv4")
    criteria.test(version, lambda found: found.block.version == _VERSIONS[version or ""])
    page, token = common.page_by_token(
        graph.cidr_reservations, criteria.selection, request, request.MaxResults
    )
    return {
        "MaxResults": request.MaxResults,
        "NextToken": token,
        "TotalCount": page.total,
        "VSwitchCidrReservations": [_shown(session, shown) for shown in page.items],
    }


def _shown(session: Session, shown: CidrReservation) -> Body:
    return {
        "AssignedCidrCount": shown.free.size - shown.free.free,
        "AvailableCidrCount": shown.free.free,
        "CreationTime": moment(shown.created),
        "IpVersion": f"IPv{shown.block.version}",
        "Status": _STATUS[shown.state],
        "Tags": plain_tags(shown.tags)["Tag"],
        "Type": shown.extras.get("Type", "prefix"),
        "VSwitchCidrReservationCidr": str(shown.block),
        "VSwitchCidrReservationDescription": shown.description,
        "VSwitchCidrReservationId": shown.id,
        "VSwitchCidrReservationName": shown.name,
        "VSwitchId": shown.subnet_id,
        "VpcId": session.graph.subnets[shown.subnet_id].network_id,
    }


@attrs.frozen(kw_only=True)
class GetVSwitchCidrReservationUsage:
    """Show which prefixes of a reserved block network interfaces have."""

    RegionId: str = required()
    VSwitchCidrReservationId: str = required()
    MaxResults: int = param(_PAGE, default=10)
    NextToken: str | None = param()


@vpc_action()
def get_vswitch_cidr_reservation_usage(session: Session, request: GetVSwitchCidrReservationUsage) -> Body:
    """Show one page of them, by address. Prefixes have no ids of their own here."""
    found = lookup.cidr_reservation(session.graph, request.VSwitchCidrReservationId)
    used = commands.used_prefixes(session.graph, found)
    start = 0 if request.NextToken is None else common.decode_token(request, request.NextToken)
    end = start + request.MaxResults
    pool = pool_of(session.graph, found)
    mask, network = pool.width - pool.block_bits, type(found.block)
    return {
        "CidrReservationUsages": [
            {
                "IpPrefixCidr": str(network((prefix, mask))),
                "IpPrefixId": "",
                "ResourceId": holder,
                "ResourceType": "NetworkInterface",
                "VSwitchCidrReservationId": found.id,
                "VSwitchId": found.subnet_id,
            }
            for prefix, holder in used[start:end]
        ],
        "MaxResults": request.MaxResults,
        "NextToken": common.encode_token(request, end) if end < len(used) else "",
        "TotalCount": len(used),
    }
