"""Prefix lists of VPC: blocks of addresses that routes lead to together, and that rules name too.

Sources: the vendor's pages of the actions, its guide to prefix lists, and the models of its Python SDK. A
change is deployed to each route table while the list is Modifying. Where it does not fit the other routes
of a table it has no effect there, and the association is ModifyFailed until the list is changed or deployed
again. A block that is removed and not there is overlooked (assumed); which form the lists of blocks of an
association have is assumed too.
"""

from collections.abc import Sequence
from typing import Final

import attrs

from duolect_core.model.lifecycles import RouteState, ServiceState
from duolect_core.model.lists import ListEntry, RouteList, ValueList
from duolect_core.model.routes import Route, blocks_of
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import lookup
from duolect_core.routes.entries import DeployRouteList
from duolect_core.security_groups.lists import lifecycle as commands
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import TagFilter, TagParam, vpc_action
from duolect_dialects.alibaba.names import moment
from duolect_dialects.alibaba.security_groups import list_parameters
from duolect_dialects.alibaba.views import default_group, owner
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required, stored
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Count, Form, Length, OneOf

_KIND: Final = ResourceKind.ROUTE_LIST
_NAME: Final = (Length(1, 128), common.NOT_A_LINK)
_DESCRIPTION: Final = (Length(1, 256), common.NOT_A_LINK)
_BAD_CIDR: Final = "IllegalParam.CidrBlock"
_BAD_TEXT: Final = "IllegalParam.CidrName"
_BAD_TOKEN: Final = "IllegalParam.NextToken"  # noqa: S105 - a code
_STATUS: Final = {
    ServiceState.AVAILABLE: "Created",
    ServiceState.MODIFYING: "Modifying",
    ServiceState.DELETING: "Deleted",
}
_ASSOCIATION_STATUS: Final = {RouteState.PENDING: "Creating", RouteState.DELETING: "Deleting"}
_PAGE = Between(1, 100)


@attrs.frozen(kw_only=True)
class EntryParam:
    """An entry."""

    Cidr: str | None = param(note="required")
    Description: str | None = param(Length(1, 256), common.NOT_A_LINK, code=_BAD_TEXT)


def _group(session: Session, shown: ValueList) -> str:
    """Return the resource group of a prefix list."""
    group: str = shown.extras.get("ResourceGroupId") or default_group(session)
    return group


def _entries(given: Sequence[EntryParam]) -> tuple[ListEntry, ...]:
    """Return entries, or raise ``Refusal`` where one has no block."""
    return tuple(list_parameters.entry(each.Cidr or "", each.Description, _BAD_CIDR) for each in given)


@attrs.frozen(kw_only=True)
class CreateVpcPrefixList:
    """Create a prefix list for so many entries at most."""

    RegionId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    DryRun: bool = param(default=False)
    IpVersion: str = param(
        Form(r"(?i:ipv4|ipv6)", "IPv4 or IPv6"),
        default="IPv4",
        code="UnsupportedFeature.IpVersion",
        note="in any case: terraform-provider-alicloud sends IPV4",
    )
    MaxEntries: int = param(Between(1, 2**31 - 1), default=50, note="a quota says how many at most")
    PrefixListDescription: str | None = param(*_DESCRIPTION)
    PrefixListEntries: tuple[EntryParam, ...] = param(Count(0, 200), default=())
    PrefixListName: str | None = param(*_NAME)
    ResourceGroupId: str | None = stored()
    Tag: tuple[TagParam, ...] = common.tag_params()


@vpc_action(idempotent_by="ClientToken")
def create_vpc_prefix_list(session: Session, request: CreateVpcPrefixList) -> Body:
    """Create it at once."""
    group = common.resource_group(request.ResourceGroupId)
    command = commands.CreateList(
        kind=_KIND,
        version=int(request.IpVersion[-1]),
        capacity=request.MaxEntries,
        entries=_entries(request.PrefixListEntries),
        name=request.PrefixListName or "",
        description=request.PrefixListDescription or "",
        tags=common.tags(request.Tag),
        extras={"ResourceGroupId": group} if group else {},
    )
    created = common.execute(session, command, request)
    return {"PrefixListId": created.id, "ResourceGroupId": _group(session, created)}


@attrs.frozen(kw_only=True)
class ModifyVpcPrefixList:
    """Change what is said of a prefix list, and which entries it has, or may have at most."""

    PrefixListId: str = required()
    RegionId: str = required()
    AddPrefixListEntry: tuple[EntryParam, ...] = param(Count(0, 200), default=())
    ClientToken: str | None = param(*common.TOKEN)
    DryRun: bool = param(default=False)
    MaxEntries: int | None = param(Between(1, 2**31 - 1))
    PrefixListDescription: str | None = param(*_DESCRIPTION, clearable=True)
    PrefixListName: str | None = param(*_NAME, clearable=True)
    RemovePrefixListEntry: tuple[EntryParam, ...] = param(Count(0, 200), default=())


@vpc_action(idempotent_by="ClientToken")
def modify_vpc_prefix_list(session: Session, request: ModifyVpcPrefixList) -> Body:
    """Change what is given: Modifying while it is deployed, then Created."""
    found = session.graph.route_lists.get(request.PrefixListId)
    removed = _entries(request.RemovePrefixListEntry)
    if found is not None and len(removed) > len(found.entries):
        message = f"{found.id} does not have so many entries."
        raise Refusal("OperationDenied.RemoveCountExceedExistCount", message, 400)
    command = commands.ModifyList(
        kind=_KIND,
        list_id=request.PrefixListId,
        name=request.PrefixListName,
        description=request.PrefixListDescription,
        capacity=request.MaxEntries,
        add=_entries(request.AddPrefixListEntry),
        remove=removed,
    )
    changed = common.execute(session, command, request)
    return {"PrefixListId": changed.id}


@attrs.frozen(kw_only=True)
class DeleteVpcPrefixList:
    """Delete a prefix list that no route leads to and no rule names."""

    PrefixListId: str = required()
    RegionId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    DryRun: bool = param(default=False)


@vpc_action(idempotent_by="ClientToken")
def delete_vpc_prefix_list(session: Session, request: DeleteVpcPrefixList) -> Body:
    """Delete it: Deleted, then gone."""
    command = commands.DeleteList(kind=_KIND, list_id=request.PrefixListId)
    common.execute(session, command, request)
    return {}


# -- showing them ----------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class ListPrefixLists:
    """List prefix lists, newest first; all criteria must hold."""

    RegionId: str = required()
    MaxResults: int = param(_PAGE, default=20)
    NextToken: str | None = param()
    PrefixListIds: tuple[str, ...] = param(Count(0, 100), default=())
    PrefixListName: str | None = param(*_NAME)
    ResourceGroupId: str | None = param()
    Tags: tuple[TagFilter, ...] = common.tag_filters()


@vpc_action()
def list_prefix_lists(session: Session, request: ListPrefixLists) -> Body:
    """List one page."""
    graph = session.graph
    criteria: Criteria[RouteList] = Criteria(graph)
    criteria.ids(request.PrefixListIds)
    criteria.test(request.PrefixListName, lambda found: found.name == request.PrefixListName)
    group = request.ResourceGroupId
    criteria.test(group, lambda found: _group(session, found) == group)
    common.narrow_by_tags(criteria, request.Tags)
    page, token = common.page_by_token(
        graph.route_lists, criteria.selection, request, request.MaxResults, _BAD_TOKEN
    )
    return {
        "PrefixLists": [_view(session, each) for each in page.items],
        "MaxResults": request.MaxResults,
        "NextToken": token,
        "TotalCount": page.total,
    }


def _view(session: Session, shown: RouteList) -> Body:
    status = _STATUS[shown.state]
    return {
        "CidrBlocks": [each.written for each in shown.entries],
        "CreationTime": moment(shown.created),
        "IpVersion": f"IPV{shown.version}",
        "MaxEntries": shown.capacity,
        "OwnerId": owner(session),
        "PrefixListDescription": shown.description,
        "PrefixListId": shown.id,
        "PrefixListName": shown.name,
        "PrefixListStatus": status,
        "PrefixListType": "Custom",
        "RegionId": session.call.region,
        "ResourceGroupId": _group(session, shown),
        "ShareType": "",
        "Status": status,
        "Tags": [{"Key": key, "Value": value} for key, value in shown.tags.items()],
    }


@attrs.frozen(kw_only=True)
class GetVpcPrefixListEntries:
    """List the entries of a prefix list."""

    PrefixListId: str = required()
    RegionId: str = required()
    MaxResults: int = param(_PAGE, default=20)
    NextToken: str | None = param()


@attrs.frozen(kw_only=True)
class GetVpcPrefixListAssociations(GetVpcPrefixListEntries):
    """List the route tables with routes to a prefix list."""


@vpc_action()
def get_vpc_prefix_list_entries(session: Session, request: GetVpcPrefixListEntries) -> Body:
    """List one page."""
    found = lookup.route_list(session.graph, request.PrefixListId)
    rows = [
        {
            "Cidr": each.written,
            "Description": each.description,
            "PrefixListId": found.id,
            "RegionId": session.call.region,
        }
        for each in found.entries
    ]
    return _page("PrefixListEntry", rows, request)


@vpc_action()
def get_vpc_prefix_list_associations(session: Session, request: GetVpcPrefixListAssociations) -> Body:
    """List one page. Security groups are none of the types that the page knows."""
    graph = session.graph
    found = lookup.route_list(graph, request.PrefixListId)
    routes = (graph.routes[route_id] for route_id in graph.routes_by_list.ids(found.id))
    rows = [_association(session, found, route) for route in routes]
    return _page("PrefixListAssociation", rows, request)


def _page(name: str, rows: Sequence[Body], request: GetVpcPrefixListEntries) -> Body:
    page, token = list_parameters.page_of(rows, request, request.MaxResults, _BAD_TOKEN)
    return {name: page, "Count": len(page), "NextToken": token, "TotalCount": len(rows)}


def _association(session: Session, of: RouteList, route: Route) -> Body:
    """Return what a route table has of a list: the blocks with effect, and those without."""
    effective = [str(block) for block in blocks_of(route.block)]
    suppressed = [str(block) for block in of.blocks() if str(block) not in effective]
    is_late = set(map(str, of.blocks())) != set(effective)
    status = _ASSOCIATION_STATUS.get(route.state, "Created")
    if of.state is ServiceState.MODIFYING:
        status = "Modifying"
    elif is_late:
        status = "ModifyFailed"
    reason = ""
    if status == "ModifyFailed":
        reason = f"The entries of {of.id} conflict with other routes of {route.table_id}."
    account = owner(session)
    return {
        "CidrList": ",".join(effective),
        "OwnerId": account,
        "PrefixListId": of.id,
        "Reason": reason,
        "RegionId": session.call.region,
        "ResourceId": route.table_id,
        "ResourceType": "vpcRouteTable",
        "ResourceUid": account,
        "Status": status,
        "SuppressedList": ",".join(suppressed),
    }


@attrs.frozen(kw_only=True)
class RetryVpcPrefixListAssociation:
    """Deploy a prefix list once more to a route table where its latest version has no effect."""

    PrefixListId: str = required()
    RegionId: str = required()
    ResourceId: str = required()
    ResourceType: str = required(
        OneOf("vpcRouteTable", "trRouteTable"), note="there are no route tables of transit routers"
    )
    ClientToken: str | None = param(*common.TOKEN)
    DryRun: bool = param(default=False)


@vpc_action(idempotent_by="ClientToken")
def retry_vpc_prefix_list_association(session: Session, request: RetryVpcPrefixListAssociation) -> Body:
    """Deploy it at once; where it does not fit the other routes, it stays ModifyFailed."""
    command = DeployRouteList(list_id=request.PrefixListId, table_id=request.ResourceId)
    common.execute(session, command, request)
    return {}
