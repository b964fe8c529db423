"""Port lists: ranges of ports that rules of security groups name together.

Sources: the vendor's pages of the actions, of 2024 and 2025, and the models of its Python SDK. An entry
that is added again is described anew; one that is removed and not there is overlooked (assumed).
"""

import re
from typing import Final

import attrs

from duolect_core.model.lists import ListEntry, Service, ServiceList
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
    MOST_ENTRIES,
    NAME,
)
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required, stored
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Count

_KIND: Final = ResourceKind.SERVICE_LIST
_BAD_NAME: Final = "InvalidParameter.PortRangeListName"
_TOO_MANY: Final = "LimitExceed.Entry"
_RANGE: Final = re.compile(r"([0-9]{1,5})/([0-9]{1,5})")
_LAST_PORT: Final = 65535
_PAGE = Between(1, 100)


def _entry(text: str, description: str | None) -> ListEntry:
    """Return the entry of a range of ports.

    Raises:
        Refusal: it is none.
    """
    found = _RANGE.fullmatch(text)
    first, last = (int(found[1]), int(found[2])) if found is not None else (0, 0)
    if not 1 <= first <= last <= _LAST_PORT:
        message = f"{text} is not a range of ports from 1/1 to 65535/65535."
        raise Refusal("InvalidParameter.PortRange", message, 400)
    return ListEntry(
        content=Service(None, ((first, last),)), written=f"{first}/{last}", description=description or ""
    )


@attrs.frozen(kw_only=True)
class EntryParam:
    """An entry to be put in."""

    PortRange: str = required()
    Description: str | None = param(*ENTRY_DESCRIPTION, code=BAD_DESCRIPTION)


@attrs.frozen(kw_only=True)
class RemovedEntry:
    """An entry to be taken out."""

    PortRange: str = required()


@attrs.frozen(kw_only=True)
class CreatePortRangeList:
    """Create a port list for so many entries at most."""

    MaxEntries: int = required(Between(1, 2000), code="InvalidOperation.MaxEntriesCountExceed")
    PortRangeListName: str = required(*NAME, code=_BAD_NAME)
    RegionId: str = required()
    ClientToken: str | None = param(*common.TOKEN)
    Description: str | None = param(*DESCRIPTION, code=BAD_DESCRIPTION)
    Entry: tuple[EntryParam, ...] = param(Count(0, MOST_ENTRIES), default=(), code=_TOO_MANY)
    ResourceGroupId: str | None = stored()
    Tag: tuple[TagParam, ...] = common.tag_params()


@ecs_action(idempotent_by="ClientToken")
def create_port_range_list(session: Session, request: CreatePortRangeList) -> Body:
    """Create it at once."""
    created = session.execute(
        commands.CreateList(
            kind=_KIND,
            capacity=request.MaxEntries,
            entries=tuple(_entry(each.PortRange, each.Description) for each in request.Entry),
            name=request.PortRangeListName,
            description=request.Description or "",
            tags=common.tags(request.Tag),
            extras={"ResourceGroupId": common.resource_group(request.ResourceGroupId)},
        )
    )
    return {"PortRangeListId": created.id}


@attrs.frozen(kw_only=True)
class ModifyPortRangeList:
    """Rename a port list, describe it anew, and put entries in or take them out."""

    PortRangeListId: str = required()
    RegionId: str = required()
    AddEntry: tuple[EntryParam, ...] = param(Count(0, MOST_ENTRIES), default=(), code=_TOO_MANY)
    ClientToken: str | None = param(*common.TOKEN)
    Description: str | None = param(*DESCRIPTION, code=BAD_DESCRIPTION)
    PortRangeListName: str | None = param(*NAME, code=_BAD_NAME)
    RemoveEntry: tuple[RemovedEntry, ...] = param(Count(0, MOST_ENTRIES), default=(), code=_TOO_MANY)


@ecs_action(idempotent_by="ClientToken")
def modify_port_range_list(session: Session, request: ModifyPortRangeList) -> Body:
    """Change what is given at once, also in all rules that name it."""
    session.execute(
        commands.ModifyList(
            kind=_KIND,
            list_id=request.PortRangeListId,
            name=request.PortRangeListName,
            description=request.Description,
            add=tuple(_entry(each.PortRange, each.Description) for each in request.AddEntry),
            remove=tuple(_entry(each.PortRange, None) for each in request.RemoveEntry),
        )
    )
    return {}


@attrs.frozen(kw_only=True)
class DeletePortRangeList:
    """Delete a port list that no rule names."""

    PortRangeListId: str = required()
    RegionId: str = required()


@ecs_action()
def delete_port_range_list(session: Session, request: DeletePortRangeList) -> Body:
    """Delete it at once with its entries."""
    session.execute(commands.DeleteList(kind=_KIND, list_id=request.PortRangeListId))
    return {}


@attrs.frozen(kw_only=True)
class DescribePortRangeLists:
    """List port lists, newest first; all criteria must hold."""

    RegionId: str = required()
    MaxResults: int = param(_PAGE, default=10)
    NextToken: str | None = param()
    PortRangeListId: tuple[str, ...] = param(Count(0, 100), default=(), code="LimitExceed.PortRangeListId")
    PortRangeListName: str | None = param(*NAME)
    ResourceGroupId: str | None = param()
    Tag: tuple[TagFilter, ...] = common.tag_filters()


@ecs_action()
def describe_port_range_lists(session: Session, request: DescribePortRangeLists) -> Body:
    """List one page."""
    graph = session.graph
    criteria: Criteria[ServiceList] = Criteria(graph)
    criteria.ids(request.PortRangeListId)
    criteria.test(request.PortRangeListName, lambda found: found.name == request.PortRangeListName)
    group = request.ResourceGroupId
    criteria.test(group, lambda found: found.extras.get("ResourceGroupId") == group)
    common.narrow_by_tags(criteria, request.Tag)
    page, token = common.page_by_token(graph.service_lists, criteria.selection, request, request.MaxResults)
    shown = [
        {
            "AssociationCount": len(graph.groups_by_list.ids(each.id)),
            "CreationTime": minute(each.created),
            "Description": each.description,
            "MaxEntries": each.capacity,
            "PortRangeListId": each.id,
            "PortRangeListName": each.name,
            "ResourceGroupId": each.extras.get("ResourceGroupId", ""),
            "Tags": [{"TagKey": key, "TagValue": value} for key, value in each.tags.items()],
        }
        for each in page.items
    ]
    return {"PortRangeLists": shown, "NextToken": token}


@attrs.frozen(kw_only=True)
class DescribePortRangeListEntries:
    """Show the entries of a port list."""

    PortRangeListId: str = required()
    RegionId: str = required()


@ecs_action()
def describe_port_range_list_entries(session: Session, request: DescribePortRangeListEntries) -> Body:
    """Show them in their order."""
    found = lookup.service_list(session.graph, request.PortRangeListId)
    return {
        "Entries": [{"PortRange": each.written, "Description": each.description} for each in found.entries]
    }


@attrs.frozen(kw_only=True)
class DescribePortRangeListAssociations:
    """List the security groups whose rules name a port list."""

    PortRangeListId: str = required()
    RegionId: str = required()
    MaxResults: int = param(_PAGE, default=10)
    NextToken: str | None = param()


@ecs_action()
def describe_port_range_list_associations(
    session: Session, request: DescribePortRangeListAssociations
) -> Body:
    """List one page."""
    graph = session.graph
    found = lookup.service_list(graph, request.PortRangeListId)
    rows = list_parameters.associated_groups(graph.groups_by_list.ids(found.id), "SecurityGroup")
    page, token = list_parameters.page_of(rows, request, request.MaxResults)
    return {"PortRangeListAssociations": page, "NextToken": token}
