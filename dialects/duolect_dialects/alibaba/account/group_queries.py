"""The resource groups of an account: the default one, those of the settings, and those in use.

Groups are only names here, and every well-formed one exists (``resource_groups``): a group is listed once
something is in it, or the settings name it. That of resources of ECS that were put in none is not theirs.

Sources: the models of the vendor's Python SDK for ResourceManager (2020-03-31), and what
terraform-provider-alicloud reads of the answers, and which code it takes for a group that is not there.
"""

from collections.abc import Iterator
from typing import Final

import attrs

from duolect_core.model.resources import SECOND, Instant
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common, regions
from duolect_dialects.alibaba.common import TagFilter, resource_manager_action
from duolect_dialects.alibaba.names import moment
from duolect_dialects.alibaba.views import default_group, owner
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, required
from duolect_dialects.session import Session
from duolect_dialects.values import AtMost, Between, Count, OneOf

_STATUS: Final = "OK"
_CHINA: Final = 8 * 3600 * SECOND
_BEGINNING: Final = 1_577_836_800 * SECOND
"""When the groups are said to have been created in which nothing is: 2020-01-01."""
_NO_TAGS: Final = "groups have no tags"


@attrs.frozen
class _Group:
    """A resource group that is listed."""

    id: str
    name: str
    title: str
    created: Instant


def _groups(session: Session) -> Iterator[_Group]:
    """Yield the groups: the default one, those of the settings, then those in use, oldest first."""
    default = default_group(session)
    yield _Group(default, "default", "default resource group", _BEGINNING)
    named = session.rules.extras["resource-groups"]
    for group_id, name in named.items():
        if group_id != default:
            yield _Group(group_id, name, name, _BEGINNING)
    used: dict[str, Instant] = {}
    for partition in session.account_regions.used().values():
        for resource in partition.read(session.at).resources():
            group_id = resource.extras.get("ResourceGroupId") or default
            if group_id != default and group_id not in named:
                used[group_id] = min(resource.created, used.get(group_id, resource.created))
    for group_id, since in sorted(used.items(), key=lambda each: each[1]):
        yield _Group(group_id, group_id, group_id, since)


@attrs.frozen(kw_only=True)
class ListResourceGroups:
    """List the resource groups of the account; all criteria must hold."""

    DisplayName: str | None = param(AtMost(50), note="any part of it")
    IncludeTags: bool | None = ignored(note=_NO_TAGS)
    Name: str | None = param(AtMost(50), note="any part of it")
    PageNumber: int = param(Between(1, 2**31 - 1), default=1)
    PageSize: int = param(Between(1, 100), default=10)
    ResourceGroupId: str | None = param()
    ResourceGroupIds: tuple[str, ...] = param(
        Count(0, 100), default=(), note="counts before ResourceGroupId"
    )
    Status: str | None = param(
        OneOf("Creating", "Deleted", "Deleting", "OK", "PendingDelete"), note="every group is OK"
    )
    Tag: tuple[TagFilter, ...] = param(Count(0, 20), default=(), note=f"{_NO_TAGS}, so nothing matches")


@resource_manager_action()
def list_resource_groups(session: Session, request: ListResourceGroups) -> Body:
    """List one page."""
    ids = request.ResourceGroupIds or (request.ResourceGroupId,)
    found = [
        each
        for each in _groups(session)
        if ids in {(None,), ()} or each.id in ids
        if (request.Name or "") in each.name and (request.DisplayName or "") in each.title
        if request.Status in {None, _STATUS} and not request.Tag
    ]
    number, size = request.PageNumber, request.PageSize
    return {
        "ResourceGroups": {
            "ResourceGroup": [_view(session, each) for each in found[(number - 1) * size : number * size]]
        },
        "TotalCount": len(found),
        "PageNumber": number,
        "PageSize": size,
    }


@attrs.frozen(kw_only=True)
class GetResourceGroup:
    """Look at one resource group."""

    ResourceGroupId: str = required()
    IncludeTags: bool | None = ignored(note=_NO_TAGS)


@resource_manager_action()
def get_resource_group(session: Session, request: GetResourceGroup) -> Body:
    """Show it with its status in each region; any well-formed one exists."""
    wanted = request.ResourceGroupId
    if not common.RESOURCE_GROUP.accepts(wanted):
        raise Refusal("EntityNotExists.ResourceGroup", f"The resource group {wanted} does not exist.", 404)
    found = next((each for each in _groups(session) if each.id == wanted), None)
    shown = found or _Group(wanted, wanted, wanted, _BEGINNING)
    statuses = [{"RegionId": region, "Status": _STATUS} for region in regions.REGIONS]
    return {
        "ResourceGroup": {**_view(session, shown), "RegionStatuses": {"RegionStatus": statuses}},
    }


def _view(session: Session, shown: _Group) -> Body:
    return {
        "Id": shown.id,
        "Name": shown.name,
        "DisplayName": shown.title,
        "AccountId": owner(session),
        "CreateDate": moment(shown.created + _CHINA).replace("Z", "+08:00"),
        "Status": _STATUS,
        "Tags": {"Tag": []},
    }
