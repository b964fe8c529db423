"""Prefix lists of ECS: blocks of addresses that rules of security groups name together.

Sources: the vendor's pages of the actions, of 2024 and 2025, and the models of its Python SDK. An entry
that is added again is described anew, as with port lists; one that is removed and not there is overlooked
(assumed).
"""

from typing import Final

import attrs

from duolect_core.model.lists import AddressList
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import lookup
from duolect_core.security_groups.lists import lifecycle as commands
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import TagFilter, TagParam, ecs_action
from duolect_dialects.alibaba.names import minute
from duolect_dialects.alibaba.security_groups import list_parameters
from duolect_dialects.alibaba.security_groups.list_parameters import (
    BAD_DESCRIPTION,
    DESCRIPTION,
    ENTRY_DESCRIPTION,
    MALFORMED_TOKEN,
    MOST_ENTRIES,
    NAME,
)
from duolect_dialects.alibaba.views import tags
from duolect_dialects.declarations import param, required, stored
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Count, OneOf

_KIND: Final = ResourceKind.ADDRESS_LIST
_BAD_NAME: Final = "InvalidParameter.PrefixListName"
_BAD_CIDR: Final = "InvalidParameter.CidrMalformed"
_TOO_MANY: Final = "LimitExceed.Entry"
_VERSIONS: Final = {"IPv4": 4, "IPv6": 6}
_FAMILY = OneOf(*_VERSIONS)
_PAGE = Between(1, 100)


@attrs.frozen(kw_only=True)
class EntryParam:
    """An entry to be put in."""

    Cidr: str = required()
    Description: str | None = param(*ENTRY_DESCRIPTION, code=BAD_DESCRIPTION)


@attrs.frozen(kw_only=True)
class RemovedEntry:
    """An entry to be taken out."""

    Cidr: str = required()


@attrs.frozen(kw_only=True)
class CreatePrefixList:
    """Create a prefix list for so many entries at most."""

    AddressFamily: str = required(_FAMILY, code="InvalidParameter.AddressFamily")
    MaxEntries: int = required(Between(1, 200))
    PrefixListName: str = required(*NAME, code=_BAD_NAME)
    RegionId: str = required()
    ClientToken: str | None = param(*common.TOKEN, code=MALFORMED_TOKEN)
    Description: str | None = param(*DESCRIPTION, code=BAD_DESCRIPTION)
    Entry: tuple[EntryParam, ...] = param(Count(0, MOST_ENTRIES), default=(), code=_TOO_MANY)
    ResourceGroupId: str | None = stored()
    Tag: tuple[TagParam, ...] = common.tag_params()


@ecs_action(idempotent_by="ClientToken")
def create_prefix_list(session: Session, request: CreatePrefixList) -> Body:
    """Create it at once."""
    entries = (list_parameters.entry(each.Cidr, each.Description, _BAD_CIDR) for each in request.Entry)
    created = session.execute(
        commands.CreateList(
            kind=_KIND,
            version=_VERSIONS[request.AddressFamily],
            capacity=request.MaxEntries,
            entries=tuple(entries),
            name=request.PrefixListName,
            description=request.Description or "",
            tags=common.tags(request.Tag),
            extras={"ResourceGroupId": common.resource_group(request.ResourceGroupId)},
        )
    )
    return {"PrefixListId": created.id}


@attrs.frozen(kw_only=True)
class ModifyPrefixList:
    """Rename a prefix list, describe it anew, and put entries in or take them out."""

    PrefixListId: str = required()
    RegionId: str = required()
    AddEntry: tuple[EntryParam, ...] = param(Count(0, MOST_ENTRIES), default=(), code=_TOO_MANY)
    Description: str | None = param(*DESCRIPTION, code=BAD_DESCRIPTION)
    PrefixListName: str | None = param(*NAME, code=_BAD_NAME)
    RemoveEntry: tuple[RemovedEntry, ...] = param(Count(0, MOST_ENTRIES), default=(), code=_TOO_MANY)


@ecs_action()
def modify_prefix_list(session: Session, request: ModifyPrefixList) -> Body:
    """Change what is given at once, also in all rules that name it."""
    added = (list_parameters.entry(each.Cidr, each.Description, _BAD_CIDR) for each in request.AddEntry)
    removed = (list_parameters.entry(each.Cidr, None, _BAD_CIDR) for each in request.RemoveEntry)
    session.execute(
        commands.ModifyList(
            kind=_KIND,
            list_id=request.PrefixListId,
            name=request.PrefixListName,
            description=request.Description,
            add=tuple(added),
            remove=tuple(removed),
        )
    )
    return {}


@attrs.frozen(kw_only=True)
class DeletePrefixList:
    """Delete a prefix list that no rule names."""

    PrefixListId: str = required()
    RegionId: str = required()


@ecs_action()
def delete_prefix_list(session: Session, request: DeletePrefixList) -> Body:
    """Delete it at once with its entries."""
    session.execute(commands.DeleteList(kind=_KIND, list_id=request.PrefixListId))
    return {}


@attrs.frozen(kw_only=True)
class DescribePrefixLists:
    """List prefix lists, newest first; all criteria must hold."""

    RegionId: str = required()
    AddressFamily: str | None = param(_FAMILY)
    MaxResults: int = param(_PAGE, default=10)
    NextToken: str | None = param()
    PrefixListId: tuple[str, ...] = param(Count(0, 100), default=(), code="LimitExceed.PrefixListId")
    PrefixListName: str | None = param()
    ResourceGroupId: str | None = param()
    Tag: tuple[TagFilter, ...] = common.tag_filters()


@ecs_action()
def describe_prefix_lists(session: Session, request: DescribePrefixLists) -> Body:
    """List one page."""
    graph = session.graph
    criteria: Criteria[AddressList] = Criteria(graph)
    criteria.ids(request.PrefixListId)
    version = _VERSIONS.get(request.AddressFamily or "")
    criteria.test(version, lambda found: found.version == version)
    criteria.test(request.PrefixListName, lambda found: found.name == request.PrefixListName)
    group = request.ResourceGroupId
    criteria.test(group, lambda found: found.extras.get("ResourceGroupId") == group)
    common.narrow_by_tags(criteria, request.Tag)
    page, token = common.page_by_token(graph.address_lists, criteria.selection, request, request.MaxResults)
    shown = [
        {
            "AddressFamily": f"IPv{each.version}",
            "AssociationCount": len(graph.groups_by_list.ids(each.id)),
            "CreationTime": minute(each.created),
            "Description": each.description,
            "MaxEntries": each.capacity,
            "PrefixListId": each.id,
            "PrefixListName": each.name,
            "ResourceGroupId": each.extras.get("ResourceGroupId", ""),
            "Tags": tags(each.tags),
        }
        for each in page.items
    ]
    return {"PrefixLists": {"PrefixList": shown}, "NextToken": token}


@attrs.frozen(kw_only=True)
class DescribePrefixListAttributes:
    """Show a prefix list with its entries."""

    PrefixListId: str = required()
    RegionId: str = required()


@ecs_action()
def describe_prefix_list_attributes(session: Session, request: DescribePrefixListAttributes) -> Body:
    """Show it, its entries in their order."""
    found = lookup.address_list(session.graph, request.PrefixListId)
    entries = [{"Cidr": each.written, "Description": each.description} for each in found.entries]
    return {
        "AddressFamily": f"IPv{found.version}",
        "CreationTime": minute(found.created),
        "Description": found.description,
        "Entries": {"Entry": entries},
        "MaxEntries": found.capacity,
        "PrefixListId": found.id,
        "PrefixListName": found.name,
    }


@attrs.frozen(kw_only=True)
class DescribePrefixListAssociations:
    """List the security groups whose rules name a prefix list."""

    PrefixListId: str = required()
    RegionId: str = required()
    MaxResults: int = param(_PAGE, default=10)
    NextToken: str | None = param()


@ecs_action()
def describe_prefix_list_associations(session: Session, request: DescribePrefixListAssociations) -> Body:
    """List one page."""
    graph = session.graph
    found = lookup.address_list(graph, request.PrefixListId)
    rows = list_parameters.associated_groups(graph.groups_by_list.ids(found.id), "securitygroup")
    page, token = list_parameters.page_of(rows, request, request.MaxResults)
    return {"PrefixListAssociations": {"PrefixListAssociation": page}, "NextToken": token}
