"""What the requests of many actions share: ids, tags, filters, paging."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Sized
from functools import partial
from typing import Any, Final, Protocol, TypeVar

import attrs

from duolect_core.addressing.pools import parse_ipv4, parse_ipv6
from duolect_core.graph.index import Index, Names
from duolect_core.graph.queries import Page, Selection, select, select_after
from duolect_core.model.resources import SECOND, Instant, Resource
from duolect_dialects.action import Body, action
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import Treatment, declared, param, required
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.tencent.names import ID_TAIL
from duolect_dialects.values import ASCII, AtMost, Between, Coded, Count, Each, Fault, Form, OneOf, Rule
from duolect_dialects.wording import Message

R = TypeVar("R", bound=Resource)

VERSION: Final = "2017-03-12"
_TAG_VERSION: Final = "2018-08-13"
_MAX_TAGS: Final = 100


vpc_action: Final = partial(action, "vpc", VERSION)
"""Declares a function to carry out an action of vpc; ``cbs_action`` likewise."""
cvm_action: Final = partial(action, "cvm", VERSION, token_waits=False)
"""Declares an action of cvm. The repeat of a token is never too early: no code says so."""
cbs_action: Final = partial(action, "cbs", VERSION)
tag_action: Final = partial(action, "tag", _TAG_VERSION, regional=False)
"""Declares an action of a service that belongs to no region, as those below do."""
sts_action: Final = partial(action, "sts", _TAG_VERSION, regional=False)
cam_action: Final = partial(action, "cam", "2019-01-16", regional=False)
api_action: Final = partial(action, "api", "2020-11-06")
"""Declares an action of api, which tells of all services; those of regions need one all the same."""


def id_of(prefix: str) -> Form:
    """Return the form of ids that begin with ``prefix``."""
    return Form(rf"{prefix}-{ID_TAIL}", "an id of the form {prefix}-xxxxxxxx", prefix=prefix)


VPC_ID: Final = id_of("vpc")
SUBNET_ID: Final = id_of("subnet")
ROUTE_TABLE_ID: Final = id_of("rtb")
GROUP_ID: Final = id_of("sg")
INTERFACE_ID: Final = id_of("eni")
INSTANCE_ID: Final = id_of("ins")
IMAGE_ID: Final = id_of("img")
DISK_ID: Final = id_of("disk")
SNAPSHOT_ID: Final = id_of("snap")
INSTANCE_TYPE: Final = Form(r"[\w\-]+\.[\w\-.]+", "an instance type such as S5.MEDIUM4")
TOKEN: Final = (AtMost(64), ASCII)
QOS: Final = OneOf("PT", "AU", "AG", "DEFAULT")
"""Levels of service quality: cloud gold, silver, bronze, and the default."""

_BYTE = r"(25[0-5]|2[0-4]\d|1?\d?\d)"
IPV4: Final = Form(rf"{_BYTE}(\.{_BYTE}){{3}}", "an IPv4 address")
NOT_EMPTY: Final = Form(r"[\s\S]+", "a text that is not empty")
OFFSET: Final = Between(0, 2**31 - 1)
LIMIT: Final = Between(1, 100)

_TAG_SIGNS = r"[\w\s+\-=.:/@()\uff08\uff09\u3010\u3011,\uff0c;\uff1b]"
"""Letters and digits of any script, spaces, and these signs in their narrow and wide forms."""
_TAG_WORDS = "a text of letters, digits, spaces and + - = . : / @ ( ) , ;"
NOT_RESERVED: Final = Form(r"(?!qcs:|project)[\s\S]*", "a key that does not begin with qcs: or project")
TAG_KEY: Final = Form(_TAG_SIGNS + "+", _TAG_WORDS)
TAG_VALUE: Final = Form(_TAG_SIGNS + "*", _TAG_WORDS)


@attrs.frozen(kw_only=True, slots=False)
class TagParam:
    """One of Tags."""

    Key: str = required(
        Coded(AtMost(127), "InvalidParameterValue.TagInvalidKeyLen"),
        Coded(NOT_RESERVED, "UnsupportedOperation.TagSystemReservedTagKey"),
        Coded(TAG_KEY, "InvalidParameterValue.TagInvalidKey"),
    )
    Value: str = param(AtMost(255), TAG_VALUE, default="", code="InvalidParameterValue.TagInvalidVal")


class Tag(Protocol):
    """A tag in a request."""

    @property
    def Key(self) -> str:  # noqa: N802 - the vendor's spelling
        """The key."""
        ...

    @property
    def Value(self) -> str:  # noqa: N802 - the vendor's spelling
        """The value."""
        ...


@attrs.frozen
class TagCodes:
    """The codes of a service for too many tags and for a key named twice."""

    many: str = "LimitExceeded.TagTagsExceeded"
    duplicate: str = "InvalidParameterValue.TagDuplicateKey"


_VPC_TAGS: Final = TagCodes()


def tags(params: Sequence[Tag], codes: TagCodes = _VPC_TAGS) -> dict[str, str]:
    """Return tags as a mapping.

    Raises:
        Refusal: a key is named twice, or there are more than any resource could have.
    """
    if len(params) > _MAX_TAGS:
        raise Refusal(codes.many, Message("At most {limit} tags can be named.", limit=_MAX_TAGS))
    found: dict[str, str] = {}
    for tag in params:
        if tag.Key in found:
            raise Refusal(
                codes.duplicate, Message("The tag key `{key}` is named more than once.", key=tag.Key)
            )
        found[tag.Key] = tag.Value
    return found


@attrs.frozen
class NonEmpty:
    """A list with something in it: to the vendor an empty one is as good as none."""

    fault = Fault.COUNT

    def accepts(self, value: Sized) -> bool:
        """Look whether there is an entry."""
        return len(value) > 0

    @property
    def reason(self) -> Message:
        """Say it in words."""
        return Message("must not be empty")


def non_empty(most: int) -> tuple[Rule, ...]:
    """Return the rules of a list that must be there: not empty, and with at most so many entries."""
    return Coded(NonEmpty(), "MissingParameter"), Count(0, most)


def instances(most: int) -> tuple[Rule, ...]:
    """Return the rules of a list of instances that must be there, with at most so many ids."""
    return *non_empty(most), Coded(Each(INSTANCE_ID), "InvalidInstanceId.Malformed")


INSTANCES: Final = instances(100)


def check_exclusive(**given: object) -> None:
    """Raise ``Refusal`` where two parameters are given that exclude each other in cvm."""
    one, other = given
    if given[one] is not None and given[other] is not None:
        message = Message("`{one}` and `{other}` cannot be used together.", one=one, other=other)
        raise Refusal("InvalidParameterCombination", message)


def stored_extras(request: Any) -> dict[str, Any]:  # noqa: ANN401 - any request class, or a part of one
    """Return what a request declares as stored and what was given, as a tree of the vendor's names."""
    tree: dict[str, Any] = {}
    for field in attrs.fields(type(request)):
        value, treatment = getattr(request, field.name), declared(field).treatment
        if attrs.has(type(value)):
            tree[field.name] = stored_extras(value)
        elif value is not None and treatment is Treatment.STORED:
            tree[field.name] = (
                [_stored_entry(each) for each in value] if isinstance(value, tuple) else value
            )
    return tree


def _stored_entry(entry: Any) -> Any:  # noqa: ANN401 - a text, or a part of a request
    return stored_extras(entry) if attrs.has(type(entry)) else entry


def ipv4(text: str) -> int:
    """Return an IPv4 address as an integer, or raise ``Refusal``."""
    ip = parse_ipv4(text)
    if ip is None:
        raise Refusal(
            "InvalidParameterValue.Malformed", Message("`{text}` is not an IPv4 address.", text=text)
        )
    return ip


def ipv6(text: str) -> int:
    """Return an IPv6 address as an integer, or raise ``Refusal``."""
    ip = parse_ipv6(text)
    if ip is None:
        raise Refusal(
            "InvalidParameterValue.Malformed", Message("`{text}` is not an IPv6 address.", text=text)
        )
    return ip


def only_secondary() -> Refusal:
    """Return the refusal of another primary address for an interface that has one."""
    return Refusal("UnsupportedOperation", Message("Only secondary addresses can be assigned."))


# -- filters ---------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True, slots=False)
class Filter:
    """One of Filters: any of its values may match."""

    Name: str = required()
    Values: tuple[str, ...] = required(Count(1, 100))


@attrs.frozen(kw_only=True, slots=False)
class CvmFilter:
    """One of the Filters of cvm, which takes fewer values."""

    Name: str = required()
    Values: tuple[str, ...] = required(Count(1, 5), code="InvalidFilterValue.LimitExceeded")


Narrowing = Callable[[Criteria[R], tuple[str, ...]], None]
"""What one filter does to the criteria, given its values."""
FilterTable = Mapping[str, Narrowing[R]]
"""What each filter name does."""


@attrs.frozen
class FilterCodes:
    """The codes of a service for ids beside filters, and for a filter that does not exist.

    ``unknown`` is empty for an action that overlooks such a filter: its list of codes has none for it.
    """

    coexist: str = "InvalidParameter.Coexist"
    unknown: str = "InvalidParameter.FilterInvalidKey"


class NamedFilter(Protocol):
    """A filter of a describe action: any of its values may match."""

    @property
    def Name(self) -> str:  # noqa: N802 - the vendor's spelling
        """What is compared."""
        ...

    @property
    def Values(self) -> tuple[str, ...]:  # noqa: N802
        """With what."""
        ...


VPC: Final = FilterCodes()
CVM: Final = FilterCodes(coexist="InvalidParameter", unknown="InvalidFilter")


def narrow(
    criteria: Criteria[R],
    table: "FilterTable[R]",
    ids: tuple[str, ...],
    filters: Iterable[NamedFilter],
    codes: FilterCodes = VPC,
) -> "Selection[R]":
    """Return the selection of a describe action's ids or filters, which exclude each other.

    Raises:
        Refusal: both were given, or a filter's name is unknown.
    """
    filters = tuple(filters)
    if ids and filters:
        raise Refusal(codes.coexist, "Ids and Filters cannot be used together.")
    criteria.ids(ids)
    for each in filters:
        if each.Name.startswith("tag:"):
            criteria.tagged(each.Name.removeprefix("tag:"), *each.Values)
        elif each.Name in table:
            table[each.Name](criteria, each.Values)
        elif codes.unknown:
            raise no_filter(each.Name, codes)
    return criteria.selection


def no_filter(name: str, codes: FilterCodes) -> Refusal:
    """Return the refusal of a filter that does not exist."""
    return Refusal(codes.unknown, Message("The filter `{name}` does not exist.", name=name))


def by_ids(criteria: Criteria[R], values: tuple[str, ...]) -> None:
    """Narrow to the resources of these ids."""
    criteria.ids(values)


def by(index: Index[str]) -> "Narrowing[R]":
    """Narrow to the resources that an index has under one of the values."""
    return lambda criteria, values: criteria.by(index, *values)


def one_of(read: Callable[[R], Collection[str]]) -> "Narrowing[R]":
    """Keep the resources of which something is one of the values."""
    return lambda criteria, values: criteria.test(
        values, lambda found: any(text in values for text in read(found))
    )


def exactly(read: Callable[[R], str]) -> "Narrowing[R]":
    """Keep the resources of which a text is one of the values."""
    return one_of(lambda found: (read(found),))


def flag(read: Callable[[R], bool]) -> "Narrowing[R]":
    """Keep the resources of which a truth is the value: true, false, TRUE or FALSE."""
    return lambda criteria, values: criteria.test(
        values, lambda found: str(read(found)).lower() in map(str.lower, values)
    )


def contains(read: Callable[[R], str]) -> "Narrowing[R]":
    """Keep the resources of which a text has one of the values in it."""
    return lambda criteria, values: criteria.test(
        values, lambda found: any(value in read(found) for value in values)
    )


def named_with(names: Names) -> "Narrowing[R]":
    """Keep the resources that have one of the values in their names, which are asked for often."""
    return lambda criteria, values: criteria.named_with(names, values)


def tag_key(criteria: Criteria[R], values: tuple[str, ...]) -> None:
    """Narrow to the resources that have a tag with one of these keys."""
    criteria.tag_keys(values)


# -- paging ----------------------------------------------------------------------------------------------

_TOKEN_LIFETIME: Final = 24 * 3600 * SECOND


def page(table: dict[str, R], selection: "Selection[R]", offset: int, limit: int) -> Page[R]:
    """Return one page, newest first."""
    return select(table, selection, offset=offset, limit=limit)


def region_statistics(session: Session, total: int) -> list[Body]:
    """Return what lists of subnets and groups say of their region, which no page documents.

    Source: the replies of 2023 to 2025 that cloud-custodian keeps for its tests.
    """
    return [{"Region": session.rules.region, "TotalCount": total}]


def page_by_token(
    table: dict[str, R], selection: "Selection[R]", request: "TokenRequest", size: int, now: Instant
) -> tuple[Page[R], str]:
    """Return the page that a NextToken stands for, and the next token: empty on the last page.

    Raises:
        Refusal: the token is not one that this action has given out within the last 24 hours.
    """
    action, token = type(request).__name__, request.NextToken
    found, last = select_after(table, selection, _order(action, token, now) if token else None, size)
    if last is None:
        return found, ""
    return found, urlsafe_b64encode(f"{action} {now} {last}".encode()).decode()


class TokenRequest(Protocol):
    """A request of an action that pages by token."""

    @property
    def NextToken(self) -> str | None:  # noqa: N802 - the vendor's spelling
        """Where the page begins."""
        ...


def _order(action: str, token: str, now: Instant) -> int:
    try:
        given_by, since, order = urlsafe_b64decode(token.encode()).decode().split(" ")
        if given_by == action and 0 <= now - int(since) < _TOKEN_LIFETIME:
            return int(order)
    except ValueError:
        pass
    raise Refusal("InvalidParameterValue.Malformed", "The value of the parameter `NextToken` is not valid.")
