"""The older actions on tags of ECS: one resource at a time, and tags looked at from the tags' side.

Source: the models of the vendor's Python SDK, which has them still; their pages are gone. Values and codes
are those of the newer actions.
"""

from collections import Counter
from typing import Final

import attrs

from duolect_core.model.resources import Resource
from duolect_dialects.action import Body
from duolect_dialects.alibaba import common
from duolect_dialects.alibaba.common import ECS, TagParam, ecs_action
from duolect_dialects.alibaba.tags.tags import (
    KINDS,
    TagCriterion,
    change,
    ids_of,
    kind_of,
    narrow,
    no_resource,
    shown_id,
    table,
)
from duolect_dialects.declarations import ignored, param, required
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import Between, Count

_PAGE_SIZE: Final = 50
_NUMBER = Between(1, 2**31 - 1)
_SIZE = Between(1, 100)
_FEW = Count(1, 20)
_UP_TO_20 = Count(0, 20)
_COUNTS: Final = {
    "instance": "Instance",
    "disk": "Disk",
    "volume": "Volume",
    "image": "Image",
    "snapshot": "Snapshot",
    "snapshotpolicy": "SnapshotPolicy",
    "securitygroup": "Securitygroup",
    "eni": "Eni",
    "ddh": "Ddh",
    "keypair": "KeyPair",
    "launchtemplate": "LaunchTemplate",
    "reservedinstance": "ReservedInstance",
}
"""How each type of resource is called where resources are counted."""


@attrs.frozen(kw_only=True)
class AddTags:
    """Put tags on one resource."""

    RegionId: str = required()
    ResourceId: str = required()
    ResourceType: str = required()
    Tag: tuple[TagParam, ...] = required(_FEW, code="NumberExceed.Tags")


@ecs_action()
def add_tags(session: Session, request: AddTags) -> Body:
    """Put the tags on; a key that the resource has gets the new value."""
    return change(session, request.ResourceType, (request.ResourceId,), common.tags(request.Tag))


@attrs.frozen(kw_only=True)
class RemoveTags:
    """Take tags off one resource."""

    RegionId: str = required()
    ResourceId: str = required()
    ResourceType: str = required()
    Tag: tuple[TagCriterion, ...] = param(_UP_TO_20, default=(), code="NumberExceed.Tags")


@ecs_action()
def remove_tags(session: Session, request: RemoveTags) -> Body:
    """Take off the tags that are named: of this value, where one is given, and without a Tag all."""
    kind = kind_of(ECS, request.ResourceType)
    (resource_id,) = ids_of(session.graph, kind, (request.ResourceId,))
    resource = table(session.graph, kind).get(resource_id)
    if resource is None:
        raise no_resource(request.ResourceId)
    drop = tuple(
        tag.Key
        for tag in request.Tag
        if tag.Key in resource.tags and tag.Value in {None, resource.tags[tag.Key]}
    )
    return change(session, request.ResourceType, (request.ResourceId,), {}, drop if request.Tag else None)


@attrs.frozen(kw_only=True)
class DescribeTags:
    """List the tags that resources carry."""

    RegionId: str = required()
    Category: str | None = ignored(note="there are no tags but the caller's own")
    PageNumber: int = param(_NUMBER, default=1)
    PageSize: int = param(_SIZE, default=_PAGE_SIZE)
    ResourceId: str | None = param()
    ResourceType: str | None = param()
    Tag: tuple[TagCriterion, ...] = param(_UP_TO_20, default=(), code="NumberExceed.Tags")


@ecs_action()
def describe_tags(session: Session, request: DescribeTags) -> Body:
    """List each tag once, with the number of resources of each type that carry it."""
    types = KINDS[ECS] if request.ResourceType is None else (request.ResourceType,)
    counts: dict[tuple[str, str], Counter[str]] = {}
    for name in types:
        resources = table(session.graph, kind_of(ECS, name)).values()
        for resource in resources:
            if request.ResourceId in {None, shown_id(resource)}:
                for tag in resource.tags.items():
                    counts.setdefault(tag, Counter())[name] += 1
    found = [tag for tag in sorted(counts) if _is_wanted(tag, request.Tag)]
    start = (request.PageNumber - 1) * request.PageSize
    return {
        "TotalCount": len(found),
        "PageNumber": request.PageNumber,
        "PageSize": request.PageSize,
        "Tags": {
            "Tag": [
                {
                    "TagKey": key,
                    "TagValue": value,
                    "ResourceTypeCount": {
                        shown: counts[key, value][name] for name, shown in _COUNTS.items()
                    },
                }
                for key, value in found[start : start + request.PageSize]
            ]
        },
    }


def _is_wanted(tag: tuple[str, str], wanted: tuple[TagCriterion, ...]) -> bool:
    """Say whether a tag is one of those wanted, each of which may leave its key or value open."""
    return not wanted or any(each.Key in {None, tag[0]} and each.Value in {None, tag[1]} for each in wanted)


@attrs.frozen(kw_only=True)
class DescribeResourceByTags:
    """List resources by their tags."""

    RegionId: str = required()
    PageNumber: int = param(_NUMBER, default=1)
    PageSize: int = param(_SIZE, default=_PAGE_SIZE)
    ResourceType: str | None = param()
    Tag: tuple[TagCriterion, ...] = param(_UP_TO_20, default=(), code="NumberExceed.Tags")


@ecs_action()
def describe_resource_by_tags(session: Session, request: DescribeResourceByTags) -> Body:
    """List the resources that carry all these tags, or any where none is named."""
    types = KINDS[ECS] if request.ResourceType is None else (request.ResourceType,)
    criteria = Criteria[Resource](session.graph)
    narrow(criteria, (), request.Tag)
    criteria.test("any", lambda resource: bool(resource.tags))
    found = [
        {"RegionId": session.call.region, "ResourceId": shown_id(resource), "ResourceType": name}
        for name in types
        for resource in common.page_by_number(
            table(session.graph, kind_of(ECS, name)), criteria.selection, 1, 2**31
        ).items
    ]
    start = (request.PageNumber - 1) * request.PageSize
    return {
        "TotalCount": len(found),
        "PageNumber": request.PageNumber,
        "PageSize": request.PageSize,
        "Resources": {"Resource": found[start : start + request.PageSize]},
    }
