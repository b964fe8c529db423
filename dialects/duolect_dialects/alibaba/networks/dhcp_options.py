"""DHCP options sets: created, changed, attached to VPCs, listed and deleted.

Sources: the vendor's definitions of the actions, which are its pages, its guide to DHCP options sets, and
the models of its Python SDK for the VPC product. Of a set that does not exist GetDhcpOptionsSet shows
nothing, by which terraform-provider-alicloud tells.
"""

from collections.abc import Mapping
from typing import Any, Final

import attrs

from duolect_core.addressing.pools import parse_ipv4, parse_ipv6
from duolect_core.model.dhcp_options import DhcpOptionsSet
from duolect_core.model.lifecycles import ServiceState
from duolect_core.networks import dhcp_options as commands
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import TagFilter, TagParam, vpc_action
from duolect_dialects.alibaba.names import moment
from duolect_dialects.alibaba.views import group_of, owner, plain_tags
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required, stored
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Count, Form, Length

_NAME_CODE: Final = "IllegalParam.DhcpOptionsSetName"
_DESCRIPTION_CODE: Final = "IllegalParam.DhcpOptionsSetDescription"
_NAME: Final = (Length(1, 128), common.NOT_A_LINK)
_DESCRIPTION: Final = (Length(1, 256), common.NOT_A_LINK)
_LEASE: Final = Form(
    "(2[4-9]|[3-9][0-9]|[1-9][0-9]{2}|10[0-9]{2}|11[0-6][0-9]|117[0-6])h"
    "|(87[6-9][0-9]{2}|8[89][0-9]{3}|9[0-9]{4}|1[0-6][0-9]{4}|17[0-4][0-9]{3}|175[01][0-9]{2}|175200)h"
    "|([1-9]|[1-3][0-9]|4[0-9])d"
    "|(36[5-9][0-9]|3[7-9][0-9]{2}|[4-6][0-9]{3}|7[0-2][0-9]{2}|7300)d",
    "24h to 1176h, 87600h to 175200h, 1d to 49d, or 3650d to 7300d",
)
_DOMAIN: Final = Form(
    r"[0-9A-Za-z]([0-9A-Za-z\-]*[0-9A-Za-z])?(\.[0-9A-Za-z]([0-9A-Za-z\-]*[0-9A-Za-z])?)*", "a domain name"
)
_MOST_SERVERS: Final = 4
_OWN_SERVERS: Final = "100.100.2.136,100.100.2.138"
"""The cloud's own, which a set has that names no others."""
_DEFAULT_LEASE: Final = "3650d"


@attrs.frozen(kw_only=True)
class CreateDhcpOptionsSet:
    """Create a DHCP options set."""

    RegionId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    DhcpOptionsSetDescription: str | None = param(*_DESCRIPTION, code=_DESCRIPTION_CODE)
    DhcpOptionsSetName: str | None = param(*_NAME, code=_NAME_CODE)
    DomainName: str | None = param(_DOMAIN, Length(1, 255), code="IllegalParam.DomainName")
    DomainNameServers: str | None = param()
    DryRun: bool = param(default=False)
    Ipv6LeaseTime: str | None = param(_LEASE, code="IllegalParam.Ipv6LeaseTime")
    LeaseTime: str | None = param(_LEASE, code="IllegalParam.LeaseTime")
    ResourceGroupId: str | None = stored(common.RESOURCE_GROUP, code="InvalidParameter")
    Tag: tuple[TagParam, ...] = common.tag_params()


@vpc_action(idempotent_by="ClientToken")
def create_dhcp_options_set(session: Session, request: CreateDhcpOptionsSet) -> Body:
    """Create the set: Pending, then Available."""
    _check_servers(request.DomainNameServers, "QuotaExceeded.DomainNameServers")
    group = {"ResourceGroupId": request.ResourceGroupId} if request.ResourceGroupId else {}
    command = commands.CreateDhcpOptionsSet(
        name=request.DhcpOptionsSetName or "",
        description=request.DhcpOptionsSetDescription or "",
        tags=common.tags(request.Tag),
        extras={**_options(request), **group},
    )
    created = common.execute(session, command, request)
    return {"DhcpOptionsSetId": created.id, "ResourceGroupId": group_of(session, created)}


@attrs.frozen(kw_only=True)
class UpdateDhcpOptionsSetAttribute:
    """Rename a DHCP options set, describe it anew, or change what is in it."""

    DhcpOptionsSetId: str = required()
    RegionId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    DhcpOptionsSetDescription: str | None = param(*_DESCRIPTION, code=_DESCRIPTION_CODE, clearable=True)
    DhcpOptionsSetName: str | None = param(*_NAME, code=_NAME_CODE, clearable=True)
    DomainName: str | None = param(_DOMAIN, Length(1, 255), code="IllegalParam.DomainName", clearable=True)
    DomainNameServers: str | None = param()
    DryRun: bool = param(default=False)
    Ipv6LeaseTime: str | None = param(_LEASE, code="IllegalParam.Ipv6LeaseTime")
    LeaseTime: str | None = param(_LEASE, code="IllegalParam.LeaseTime")


@vpc_action(idempotent_by="ClientToken")
def update_dhcp_options_set_attribute(session: Session, request: UpdateDhcpOptionsSetAttribute) -> Body:
    """Change what is given, at once."""
    _check_servers(request.DomainNameServers, "IllegalParam.DomainNameServers")
    command = commands.ModifyDhcpOptionsSet(
        set_id=request.DhcpOptionsSetId,
        name=request.DhcpOptionsSetName,
        description=request.DhcpOptionsSetDescription,
        extras=_options(request),
    )
    common.execute(session, command, request)
    return {}


def _options(request: CreateDhcpOptionsSet | UpdateDhcpOptionsSetAttribute) -> Mapping[str, Any]:
    """Return the options that a request names."""
    given = {
        "DomainName": request.DomainName,
        "DomainNameServers": request.DomainNameServers,
        "LeaseTime": request.LeaseTime,
        "Ipv6LeaseTime": request.Ipv6LeaseTime,
    }
    return {name: value for name, value in given.items() if value is not None}


def _check_servers(given: str | None, too_many: str) -> None:
    """Raise ``Refusal`` where servers are not the addresses of four at most, separated by commas."""
    servers = [] if given is None else given.split(",")
    if len(servers) > _MOST_SERVERS:
        raise Refusal(too_many, f"There are no more than {_MOST_SERVERS} servers of domain names.", 400)
    for each in servers:
        if parse_ipv4(each) is None and parse_ipv6(each) is None:
            message = f"DomainNameServers names {each}, which is no IP address."
            raise Refusal("IllegalParam.DomainNameServers", message, 400)


@attrs.frozen(kw_only=True)
class DeleteDhcpOptionsSet:
    """Delete a DHCP options set that is attached to no VPC."""

    DhcpOptionsSetId: str = required()
    RegionId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    DryRun: bool = param(default=False)


@vpc_action(idempotent_by="ClientToken")
def delete_dhcp_options_set(session: Session, request: DeleteDhcpOptionsSet) -> Body:
    """Delete the set: Deleting, then gone."""
    common.execute(session, commands.DeleteDhcpOptionsSet(request.DhcpOptionsSetId), request)
    return {}


# -- which VPCs it is attached to ------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class AttachDhcpOptionsSetToVpc:
    """Attach a DHCP options set to a VPC that has none."""

    DhcpOptionsSetId: str = required()
    RegionId: str = required()
    VpcId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    DryRun: bool = param(default=False)


@attrs.frozen(kw_only=True)
class DetachDhcpOptionsSetFromVpc(AttachDhcpOptionsSetToVpc):
    """Detach a DHCP options set from a VPC."""


@attrs.frozen(kw_only=True)
class ReplaceVpcDhcpOptionsSet(AttachDhcpOptionsSetToVpc):
    """Attach a DHCP options set to a VPC in the place of the one that it has."""


@vpc_action(idempotent_by="ClientToken")
def attach_dhcp_options_set_to_vpc(session: Session, request: AttachDhcpOptionsSetToVpc) -> Body:
    """Attach it: Pending, then InUse."""
    return _move(session, request, commands.AttachDhcpOptionsSet)


@vpc_action(idempotent_by="ClientToken")
def detach_dhcp_options_set_from_vpc(session: Session, request: DetachDhcpOptionsSetFromVpc) -> Body:
    """Detach it: Pending, then the VPC shows none."""
    return _move(session, request, commands.DetachDhcpOptionsSet)


@vpc_action(idempotent_by="ClientToken")
def replace_vpc_dhcp_options_set(session: Session, request: ReplaceVpcDhcpOptionsSet) -> Body:
    """Attach the new one: Pending, then InUse."""
    return _move(session, request, commands.ReplaceDhcpOptionsSet)


def _move(
    session: Session,
    request: AttachDhcpOptionsSetToVpc,
    command: type[
        commands.AttachDhcpOptionsSet | commands.DetachDhcpOptionsSet | commands.ReplaceDhcpOptionsSet
    ],
) -> Body:
    common.execute(session, command(set_id=request.DhcpOptionsSetId, network_id=request.VpcId), request)
    return {}


# -- showing them ----------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class GetDhcpOptionsSet:
    """Show a DHCP options set."""

    DhcpOptionsSetId: str = required()
    RegionId: str = required()


@vpc_action()
def get_dhcp_options_set(session: Session, request: GetDhcpOptionsSet) -> Body:
    """Show it with the VPCs that it is attached to; of one that does not exist, nothing."""
    found = session.graph.dhcp_options_sets.get(request.DhcpOptionsSetId)
    if found is None:
        return {}
    attached = [
        {"VpcId": vpc_id, "AssociateStatus": "Pending" if vpc_id == found.moving_id else "InUse"}
        for vpc_id in found.network_ids
    ]
    return {**_shown(session, found), "AssociateVpcs": attached}


@attrs.frozen(kw_only=True)
class ListDhcpOptionsSets:
    """List DHCP options sets, newest first; all criteria must hold."""

    RegionId: str = required()
    DhcpOptionsSetId: tuple[str, ...] = param(Count(0, 20), default=())
    DhcpOptionsSetName: str | None = param()
    DomainName: str | None = param()
    MaxResults: int = param(Between(1, 100), default=10)
    NextToken: str | None = param()
    ResourceGroupId: str | None = param()
    Tags: tuple[TagFilter, ...] = common.tag_filters()


@vpc_action()
def list_dhcp_options_sets(session: Session, request: ListDhcpOptionsSets) -> Body:
    """List one page."""
    criteria: Criteria[DhcpOptionsSet] = Criteria(session.graph)
    criteria.ids(request.DhcpOptionsSetId)
    common.narrow_by_tags(criteria, request.Tags)
    criteria.test(request.DhcpOptionsSetName, lambda found: found.name == request.DhcpOptionsSetName)
    criteria.test(request.DomainName, lambda found: found.extras.get("DomainName") == request.DomainName)
    criteria.test(
        request.ResourceGroupId, lambda found: group_of(session, found) == request.ResourceGroupId
    )
    page, token = common.page_by_token(
        session.graph.dhcp_options_sets,
        criteria.selection,
        request,
        request.MaxResults,
        "IllegalParam.NextToken",
    )
    return {
        "DhcpOptionsSets": [
            {**_shown(session, shown), "AssociateVpcCount": len(shown.network_ids)} for shown in page.items
        ],
        "TotalCount": str(page.total),
        "NextToken": token,
    }


def _shown(session: Session, shown: DhcpOptionsSet) -> Body:
    """Return what both actions show of a set."""
    return {
        "CreationTime": moment(shown.created),
        "DhcpOptions": {
            "DomainName": shown.extras.get("DomainName", ""),
            "DomainNameServers": shown.extras.get("DomainNameServers", _OWN_SERVERS),
            "Ipv6LeaseTime": shown.extras.get("Ipv6LeaseTime", _DEFAULT_LEASE),
            "LeaseTime": shown.extras.get("LeaseTime", _DEFAULT_LEASE),
        },
        "DhcpOptionsSetDescription": shown.description,
        "DhcpOptionsSetId": shown.id,
        "DhcpOptionsSetName": shown.name,
        "OwnerId": int(owner(session)),
        "ResourceGroupId": group_of(session, shown),
        "Status": _status(shown),
        "Tags": plain_tags(shown.tags)["Tag"],
    }


def _status(shown: DhcpOptionsSet) -> str:
    if shown.state is ServiceState.AVAILABLE:
        return "InUse" if shown.network_ids else "Available"
    return "Deleting" if shown.state is ServiceState.DELETING else "Pending"
