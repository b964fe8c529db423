"""Which resources carry which tags: looked at from the resources and from the tags.

Sources: the definitions in tccli, and the lists of codes in the vendor's SDK for Go. Resources of all
regions of the account are found.
"""

from collections.abc import Iterable, Mapping
from hashlib import md5
from typing import Final

import attrs

from duolect_core.model.resources import Resource
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param, required
from duolect_dialects.session import Session
from duolect_dialects.tencent.common import NonEmpty, tag_action
from duolect_dialects.tencent.names import uin
from duolect_dialects.tencent.tags.common import LIMIT, OFFSET, PAGE, key
from duolect_dialects.tencent.tags.resource_names import (
    NAMES,
    InvalidResourceName,
    NoSuchResources,
    ResourceName,
    complete,
    find,
    parse,
    tagged_resources,
    write,
)
from duolect_dialects.tencent.tags.resource_tags import not_a_name, place
from duolect_dialects.tencent.tags.tags import has, page, page_by_token, shown
from duolect_dialects.values import AtMost, Between, Coded, Count, Each, OneOf

_FIFTY: Final = Coded(Count(0, 50), "InvalidParameterValue.ResourceIdInvalid")
_TWENTY: Final = Coded(Count(0, 20), "InvalidParameterValue.ResourceIdInvalid")
_SOME: Final = Coded(NonEmpty(), "MissingParameter")
_KEYS: Final = Coded(Count(0, 20), "InvalidParameter.Tag")
_FILTERS: Final = Coded(Count(0, 6), "InvalidParameterValue.TagFiltersLengthExceeded")
_PAGE_OF_KEYS: Final = 400


def _row(found: ResourceName, name: str, value: str) -> Body:
    """Return one tag of one resource."""
    return {
        "TagKey": name,
        "TagValue": value,
        "ResourceId": found.resource_id,
        "TagKeyMd5": _md5(name),
        "TagValueMd5": _md5(value),
        "ServiceType": NAMES[found.kind][0],
        "Category": "Custom",
    }


def _md5(text: str) -> str:
    return md5(text.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()


def _tags(resource: Resource) -> list[Body]:
    return [shown(tag) for tag in resource.tags.items()]


# -- from the resources ------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class DescribeResourceTags:
    """List the tags of resources; every criterion may be left out."""

    CreateUin: int | None = param()
    ResourceRegion: str | None = param()
    ServiceType: str | None = param()
    ResourcePrefix: str | None = param()
    ResourceId: str | None = param()
    Offset: int = param(OFFSET, default=0)
    Limit: int = param(LIMIT, default=PAGE)
    CosResourceId: int | None = param(OneOf(0, 1))


@tag_action()
def describe_resource_tags(session: Session, request: DescribeResourceTags) -> Body:
    """List one page; there are no resources of other creators, and none of object storage."""
    rows = [
        _row(found, name, value)
        for found, resource in _chosen(session, request)
        for name, value in resource.tags.items()
        if request.CosResourceId != 1
    ]
    items, paging = page(session, rows, request.Offset, request.Limit)
    return {**paging, "Rows": list(items)}


@attrs.frozen(kw_only=True)
class DescribeResourceTagsByResourceIds:
    """List the tags of resources of one kind in one region."""

    ServiceType: str = required()
    ResourcePrefix: str = required()
    ResourceIds: tuple[str, ...] = required(_SOME, _FIFTY)
    ResourceRegion: str = required()
    Offset: int = param(OFFSET, default=0)
    Limit: int = param(LIMIT, default=PAGE)
    Category: str | None = param(OneOf("All", "Custom", "System"))


@attrs.frozen(kw_only=True)
class DescribeResourceTagsByResourceIdsSeq:
    """List the tags of resources of one kind in one region, in the order of their ids."""

    ServiceType: str = required()
    ResourcePrefix: str = required()
    ResourceIds: tuple[str, ...] = required(_SOME, _FIFTY)
    ResourceRegion: str = required()
    Offset: int = param(OFFSET, default=0)
    Limit: int = param(LIMIT, default=PAGE)


@attrs.frozen(kw_only=True)
class DescribeResourceTagsByTagKeys:
    """List the tags of some keys of resources of one kind in one region."""

    ServiceType: str = required()
    ResourcePrefix: str = required()
    ResourceRegion: str = required()
    ResourceIds: tuple[str, ...] = required(_SOME, _TWENTY)
    TagKeys: tuple[str, ...] = required(_SOME, _KEYS)
    Limit: int = param(LIMIT, default=_PAGE_OF_KEYS)
    Offset: int = param(OFFSET, default=0)


_ByIds = (
    DescribeResourceTagsByResourceIds | DescribeResourceTagsByResourceIdsSeq | DescribeResourceTagsByTagKeys
)


def _listed(session: Session, request: _ByIds) -> list[tuple[ResourceName, Resource]]:
    """Return the resources that are listed, in order; one that is not there is left out."""
    where = place(request.ServiceType, request.ResourcePrefix, request.ResourceRegion)
    listed = (attrs.evolve(where, resource_id=each) for each in dict.fromkeys(request.ResourceIds))
    return [(each, resource) for each in listed if (resource := find(session, each)) is not None]


@tag_action()
def describe_resource_tags_by_ids(session: Session, request: DescribeResourceTagsByResourceIds) -> Body:
    """List one page; there are no tags of the system's own."""
    found = [] if request.Category == "System" else _listed(session, request)
    return _page_of_rows(session, request, found)


@tag_action()
def describe_resource_tags_in_order(
    session: Session, request: DescribeResourceTagsByResourceIdsSeq
) -> Body:
    """List one page."""
    return _page_of_rows(session, request, _listed(session, request))


def _page_of_rows(
    session: Session,
    request: DescribeResourceTagsByResourceIds | DescribeResourceTagsByResourceIdsSeq,
    found: list[tuple[ResourceName, Resource]],
) -> Body:
    rows = [_row(each, name, value) for each, resource in found for name, value in resource.tags.items()]
    items, paging = page(session, rows, request.Offset, request.Limit)
    return {**paging, "Tags": list(items)}


@tag_action()
def describe_resource_tags_by_keys(session: Session, request: DescribeResourceTagsByTagKeys) -> Body:
    """List one page of the resources that have one of the keys."""
    rows = []
    for found, resource in _listed(session, request):
        chosen = [shown(tag) for tag in resource.tags.items() if tag[0] in request.TagKeys]
        if chosen:
            rows.append({"ResourceId": found.resource_id, "TagKeyValues": chosen})
    items, paging = page(session, rows, request.Offset, request.Limit)
    return {**paging, "Rows": list(items)}


# -- from the tags -----------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class TagFilter:
    """One of TagFilters: a key, and perhaps values of which one must be there."""

    TagKey: str = required(Coded(Count(1, 127), "InvalidParameterValue.TagFilters"))
    TagValue: tuple[str, ...] = param(Count(0, 10), default=(), code="InvalidParameterValue.TagFilters")


@attrs.frozen(kw_only=True)
class DescribeResourcesByTags:
    """List the resources that pass every filter."""

    TagFilters: tuple[TagFilter, ...] = required(_SOME, _FILTERS)
    CreateUin: int | None = param()
    Offset: int = param(OFFSET, default=0)
    Limit: int = param(LIMIT, default=PAGE)
    ResourcePrefix: str | None = param()
    ResourceId: str | None = param()
    ResourceRegion: str | None = param()
    ServiceType: str | None = param()


@attrs.frozen(kw_only=True)
class DescribeResourcesByTagsUnion(DescribeResourcesByTags):
    """List the resources that pass one of the filters."""


_Criteria = DescribeResourceTags | DescribeResourcesByTags


def _chosen(session: Session, request: _Criteria) -> Iterable[tuple[ResourceName, Resource]]:
    """Yield the resources with tags that the criteria leave."""
    if request.CreateUin not in {None, int(uin(session))}:
        return
    for found, resource in tagged_resources(session):
        service, prefix = NAMES[found.kind]
        if (
            request.ResourceRegion in {None, "", found.region}
            and request.ServiceType in {None, service}
            and request.ResourcePrefix in {None, prefix}
            and request.ResourceId in {None, found.resource_id}
        ):
            yield found, resource


def _passed(resource: Resource, filters: Iterable[TagFilter]) -> list[bool]:
    tags = resource.tags.items()
    return [has(tags, each.TagKey, each.TagValue) for each in filters]


@tag_action()
def describe_resources_by_tags(session: Session, request: DescribeResourcesByTags) -> Body:
    """List one page of the resources that pass every filter."""
    return _by_tags(session, request, every=True)


@tag_action()
def describe_resources_by_tags_union(session: Session, request: DescribeResourcesByTagsUnion) -> Body:
    """List one page of the resources that pass one of the filters."""
    return _by_tags(session, request, every=False)


def _by_tags(session: Session, request: DescribeResourcesByTags, *, every: bool) -> Body:
    enough = all if every else any
    rows = [
        {
            "ResourceRegion": found.region,
            "ServiceType": NAMES[found.kind][0],
            "ResourcePrefix": NAMES[found.kind][1],
            "ResourceId": found.resource_id,
            "Tags": _tags(resource),
        }
        for found, resource in _chosen(session, request)
        if enough(_passed(resource, request.TagFilters))
    ]
    items, paging = page(session, rows, request.Offset, request.Limit)
    return {**paging, "Rows": list(items)}


@attrs.frozen(kw_only=True)
class ResourceFilter:
    """One of the TagFilters of GetResources."""

    TagKey: str = required(*key(character="InvalidParameter.Tag"))
    TagValue: tuple[str, ...] = param(
        Coded(Count(0, 10), "LimitExceeded.TagValue"),
        Coded(Each(AtMost(255)), "InvalidParameterValue.TagValueLengthExceeded"),
        default=(),
    )


@attrs.frozen(kw_only=True)
class GetResources:
    """List resources by name or by their tags, page after page."""

    ResourceList: tuple[str, ...] = param(
        Coded(Count(0, 10), "LimitExceeded.ResourceNumPerRequest"), default=()
    )
    TagFilters: tuple[ResourceFilter, ...] = param(
        Coded(Count(0, 6), "LimitExceeded.TagNumPerRequest"), default=()
    )
    PaginationToken: str = param(default="")
    MaxResults: int = param(Between(1, 200), default=50)


@tag_action()
def get_resources(session: Session, request: GetResources) -> Body:
    """List one page; where resources are named there is only one."""
    keys = [each.TagKey for each in request.TagFilters]
    if len(set(keys)) < len(keys):
        raise Refusal("InvalidParameterValue.TagKeyDuplicate", "A tag key is named more than once.")
    account = uin(session)
    pairs: Iterable[tuple[str, Resource]] = (
        (write(each, account), resource) for each, resource in tagged_resources(session)
    )
    if request.ResourceList:
        pairs = _with_tags(session, request.ResourceList)
    wanted: Mapping[str, tuple[str, ...]] = {each.TagKey: each.TagValue for each in request.TagFilters}
    found = [
        {"Resource": name, "Tags": _tags(resource)}
        for name, resource in pairs
        if all(has(resource.tags.items(), key, values) for key, values in wanted.items())
    ]
    if request.ResourceList:
        return {"PaginationToken": "", "ResourceTagMappingList": found}
    items, token = page_by_token(found, request)
    return {"PaginationToken": token, "ResourceTagMappingList": list(items)}


def _with_tags(session: Session, names: Iterable[str]) -> list[tuple[str, Resource]]:
    """Return those of the resources named that have tags, under the names that they were asked for by.

    One that nothing here can have is overlooked. Source: the replies of 2022 and 2023 that cloud-custodian
    keeps for its tests, which find the tags of a disk by the name that they have asked for.
    """
    found, account = [], uin(session)
    for name in names:
        try:
            each = parse(name, account)
        except NoSuchResources:
            continue
        except InvalidResourceName:
            raise not_a_name(name) from None
        resource = find(session, each)
        if resource is not None and resource.tags:
            found.append((complete(name, account), resource))
    return found
