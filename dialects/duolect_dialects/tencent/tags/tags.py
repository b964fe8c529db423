"""Tags as such: they belong to an account, not to a region, and remain when no resource carries them.

Sources: the definitions in tccli, and the lists of codes in the vendor's SDK for Go. Each partition knows
the tags that were created or put on something there; those of the account are all of them together.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection, Sequence
from typing import Final, Protocol, TypeVar

import attrs

from duolect_core.errors import TagExists, TagInUse, TagNotFound
from duolect_core.tags import tags as commands
from duolect_core.tags.tags import Tag
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, required
from duolect_dialects.session import Session
from duolect_dialects.tencent.common import NonEmpty, tag_action
from duolect_dialects.tencent.names import uin
from duolect_dialects.tencent.tags.common import FILLED, LIMIT, OFFSET, PAGE, TagParam, key, value
from duolect_dialects.values import Between, Coded, Count, OneOf

T = TypeVar("T")

_CATEGORY = OneOf("All", "Custom", "System")
_FEW: Final = Coded(Count(0, 20), "LimitExceeded")
_TEN: Final = Count(0, 10)
_ILLEGAL: Final = "InvalidParameterValue.TagKeyCharacterIllegal"
_SOME: Final = Coded(NonEmpty(), "MissingParameter")
_RESULTS: Final = Between(1, 1000)
_DEFAULT_RESULTS: Final = 50


def account_tags(session: Session) -> dict[Tag, bool]:
    """Return the account's tags in order of key and value, each with whether a resource carries it."""
    found: dict[Tag, bool] = {}
    for partition in session.account_regions.used().values():
        graph = partition.read(session.at)
        for tag in graph.known_tags:
            found[tag] = found.get(tag, False) or graph.is_carried(tag)
    return dict(sorted(found.items()))


# -- creating and deleting -------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class CreateTag:
    """Create a tag."""

    TagKey: str = required(*key())
    TagValue: str = required(*value(empty=FILLED))


@attrs.frozen(kw_only=True)
class CreateTags:
    """Create up to ten tags: all or none."""

    Tags: tuple[TagParam, ...] = param(Coded(_TEN, "InvalidParameter.Tag"), default=())


@attrs.frozen(kw_only=True)
class DeleteTag:
    """Delete a tag that no resource carries."""

    TagKey: str = required(*key(length=_ILLEGAL, reserved=_ILLEGAL))
    TagValue: str = required(*value(empty=FILLED))


@attrs.frozen(kw_only=True)
class DeleteTags:
    """Delete up to ten tags that no resource carries: all or none."""

    Tags: tuple[TagParam, ...] = required(_SOME, Coded(_TEN, "InvalidParameter"))


@tag_action()
def create_tag(session: Session, request: CreateTag) -> Body:
    """Create it."""
    return _create(session, [(request.TagKey, request.TagValue)])


@tag_action()
def create_tags(session: Session, request: CreateTags) -> Body:
    """Create them."""
    return _create(session, [(tag.TagKey, tag.TagValue) for tag in request.Tags])


@tag_action()
def delete_tag(session: Session, request: DeleteTag) -> Body:
    """Delete it."""
    return _delete(session, [(request.TagKey, request.TagValue)])


@tag_action()
def delete_tags(session: Session, request: DeleteTags) -> Body:
    """Delete them."""
    return _delete(session, [(tag.TagKey, tag.TagValue) for tag in request.Tags])


def _create(session: Session, tags: list[Tag]) -> Body:
    known = account_tags(session)
    for tag in tags:
        if tag in known:
            raise TagExists(*tag)
    session.execute(commands.CreateTags(tuple(tags)))
    return {}


def _delete(session: Session, tags: list[Tag]) -> Body:
    known = account_tags(session)
    for tag in tags:
        if tag not in known:
            raise TagNotFound(*tag)
        if known[tag]:
            raise TagInUse(*tag)
    for region, partition in session.account_regions.used().items():
        here = tuple(tag for tag in tags if tag in partition.graph.known_tags)
        if here:
            session.in_region(region).execute(commands.DeleteTags(here))
    return {}


# -- pages by offset -------------------------------------------------------------------------------------


def page(session: Session, found: Sequence[T], offset: int, limit: int) -> tuple[Sequence[T], Body]:
    """Return a page and what the answer says about it.

    Raises:
        Refusal: the offset is no multiple of the limit.
    """
    if offset % limit:
        sequential = session.call.action.endswith("Seq")
        code = "InvalidParameterValue.OffsetInvalid" if sequential else "InvalidParameterValue"
        raise Refusal(code, "Offset must be a multiple of Limit.")
    return found[offset : offset + limit], {"TotalCount": len(found), "Offset": offset, "Limit": limit}


def _tags_of(session: Session, creator: int | None, category: str | None = None) -> dict[Tag, bool]:
    """Return the account's tags; none where another creator or the system's own are asked for."""
    if creator not in {None, int(uin(session))} or category == "System":
        return {}
    return account_tags(session)


@attrs.frozen(kw_only=True)
class DescribeTags:
    """List tags."""

    TagKey: str | None = param()
    TagValue: str | None = param()
    Offset: int = param(OFFSET, default=0)
    Limit: int = param(LIMIT, default=PAGE)
    CreateUin: int | None = param()
    TagKeys: tuple[str, ...] = param(default=())
    ShowProject: int | None = ignored(note="there are no projects")


@attrs.frozen(kw_only=True)
class DescribeTagsSeq(DescribeTags):
    """List tags in order, which is how they are listed always."""


@tag_action()
@tag_action(request=DescribeTagsSeq)
def describe_tags(session: Session, request: DescribeTags) -> Body:
    """List one page; TagKeys counts before TagKey."""
    keys = request.TagKeys or (() if request.TagKey is None else (request.TagKey,))
    found = [
        (tag, used)
        for tag, used in _tags_of(session, request.CreateUin).items()
        if (not keys or tag[0] in keys) and request.TagValue in {None, tag[1]}
    ]
    items, paging = page(session, found, request.Offset, request.Limit)
    return {**paging, "Tags": [{**shown(tag), "CanDelete": int(not used)} for tag, used in items]}


@attrs.frozen(kw_only=True)
class DescribeTagKeys:
    """List the keys of tags."""

    CreateUin: int | None = param()
    Offset: int = param(OFFSET, default=0)
    Limit: int = param(LIMIT, default=PAGE)
    ShowProject: int | None = ignored(note="there are no projects")
    Category: str | None = param(_CATEGORY)


@tag_action()
def describe_tag_keys(session: Session, request: DescribeTagKeys) -> Body:
    """List one page."""
    found = list(dict.fromkeys(name for name, _ in _tags_of(session, request.CreateUin, request.Category)))
    items, paging = page(session, found, request.Offset, request.Limit)
    return {**paging, "Tags": list(items)}


@attrs.frozen(kw_only=True)
class DescribeTagValues:
    """List the values of some keys."""

    TagKeys: tuple[str, ...] = required(Coded(NonEmpty(), "InvalidParameterValue.TagKeyEmpty"))
    CreateUin: int | None = param()
    Offset: int = param(OFFSET, default=0)
    Limit: int = param(LIMIT, default=PAGE)
    Category: str | None = param(_CATEGORY)


@attrs.frozen(kw_only=True)
class DescribeTagValuesSeq:
    """List the values of some keys in order, which is how they are listed always."""

    TagKeys: tuple[str, ...] = required(_SOME)
    CreateUin: int | None = param()
    Offset: int = param(OFFSET, default=0)
    Limit: int = param(LIMIT, default=PAGE)


@tag_action()
def describe_tag_values(session: Session, request: DescribeTagValues) -> Body:
    """List one page."""
    return _values(session, request, request.Category)


@tag_action()
def describe_tag_values_seq(session: Session, request: DescribeTagValuesSeq) -> Body:
    """List one page."""
    return _values(session, request, None)


def _values(
    session: Session, request: DescribeTagValues | DescribeTagValuesSeq, category: str | None
) -> Body:
    found = [tag for tag in _tags_of(session, request.CreateUin, category) if tag[0] in request.TagKeys]
    items, paging = page(session, found, request.Offset, request.Limit)
    return {**paging, "Tags": [shown(tag) for tag in items]}


def shown(tag: Tag) -> Body:
    """Return a tag as the service shows it; all tags are the caller's own."""
    return {"TagKey": tag[0], "TagValue": tag[1], "Category": "Custom"}


# -- pages by token --------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class GetTagKeys:
    """List the keys of tags, page after page."""

    PaginationToken: str = param(default="")
    MaxResults: int = param(_RESULTS, default=_DEFAULT_RESULTS)
    Category: str | None = param(_CATEGORY)


@tag_action()
def get_tag_keys(session: Session, request: GetTagKeys) -> Body:
    """List one page."""
    found = list(dict.fromkeys(name for name, _ in _tags_of(session, None, request.Category)))
    items, token = page_by_token(found, request)
    return {"PaginationToken": token, "TagKeys": list(items)}


@attrs.frozen(kw_only=True)
class GetTagValues:
    """List the values of some keys, page after page."""

    TagKeys: tuple[str, ...] = required(_SOME, _FEW)
    PaginationToken: str = param(default="")
    MaxResults: int = param(_RESULTS, default=_DEFAULT_RESULTS)
    Category: str | None = param(_CATEGORY)


@attrs.frozen(kw_only=True)
class GetTags:
    """List tags, page after page."""

    PaginationToken: str = param(default="")
    MaxResults: int = param(_RESULTS, default=_DEFAULT_RESULTS)
    TagKeys: tuple[str, ...] = param(_FEW, default=())
    Category: str | None = param(_CATEGORY)


@tag_action(request=GetTagValues)
@tag_action(request=GetTags)
def get_tags(session: Session, request: GetTags | GetTagValues) -> Body:
    """List one page: all tags, or those of some keys."""
    tags = _tags_of(session, None, request.Category)
    found = [tag for tag in tags if not request.TagKeys or tag[0] in request.TagKeys]
    items, token = page_by_token(found, request)
    return {"PaginationToken": token, "Tags": [shown(tag) for tag in items]}


class TokenRequest(Protocol):
    """A request of an action that pages by token."""

    @property
    def PaginationToken(self) -> str:  # noqa: N802 - the vendor's spelling
        """Where the page begins; empty at the beginning."""
        ...

    @property
    def MaxResults(self) -> int:  # noqa: N802
        """The size of the page."""
        ...


def page_by_token(found: Sequence[T], request: TokenRequest) -> tuple[Sequence[T], str]:
    """Return a page and the token of the next one, empty on the last page.

    Raises:
        Refusal: the token is none that this action has given out.
    """
    action = type(request).__name__
    start = _offset_of(action, request.PaginationToken) if request.PaginationToken else 0
    end = start + request.MaxResults
    more = urlsafe_b64encode(f"{action} {end}".encode()).decode() if end < len(found) else ""
    return found[start:end], more


def _offset_of(action: str, token: str) -> int:
    try:
        given_by, _, start = urlsafe_b64decode(token.encode()).decode().partition(" ")
        if given_by == action and start.isascii() and start.isdecimal():
            return int(start[:9])
    except ValueError:
        pass
    raise Refusal("InvalidParameter.PaginationTokenInvalid", "The PaginationToken is not valid.")


def has(tags: Collection[Tag], name: str, values: Collection[str]) -> bool:
    """Say whether a key is there with one of the values, or with any where none is named."""
    return any(each == name and (not values or value in values) for each, value in tags)
