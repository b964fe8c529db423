"""What the requests of many actions share: ids, tags, filters, paging."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeVar

import attrs

from duolect_core.addressing import parse_ipv4
from duolect_core.model import Resource
from duolect_core.queries import Page, Selection, select
from duolect_dialects.action import param, required
from duolect_dialects.dialect import Refusal
from duolect_dialects.selecting import Criteria
from duolect_dialects.values import ASCII, AtMost, Coded, Count, Form

R = TypeVar("R", bound=Resource)

VERSION: Final = "2017-03-12"
_MAX_TAGS: Final = 100


def id_of(prefix: str) -> Form:
    """Return the form of ids that begin with ``prefix``."""
    return Form(rf"{prefix}-[0-9a-z]{{6,20}}", f"an id of the form {prefix}-xxxxxxxx")


VPC_ID: Final = id_of("vpc")
SUBNET_ID: Final = id_of("subnet")
GROUP_ID: Final = id_of("sg")
INTERFACE_ID: Final = id_of("eni")
INSTANCE_ID: Final = id_of("ins")
TOKEN: Final = (AtMost(64), ASCII)

_TAG_SIGNS = r"[\w\s+\-=.:/@()\uff08\uff09\u3010\u3011,\uff0c;\uff1b]"
"""Letters and digits of any script, spaces, and these signs in their narrow and wide forms."""
_TAG_WORDS = "a text of letters, digits, spaces and + - = . : / @ ( ) , ;"
_RESERVED_KEY = Form(r"(?!qcs:|project)[\s\S]*", "a key that does not begin with qcs: or project")
_KEY = Form(_TAG_SIGNS + "+", _TAG_WORDS)
_VALUE = Form(_TAG_SIGNS + "*", _TAG_WORDS)


@attrs.frozen(kw_only=True)
class TagParam:
    """One of Tags."""

    Key: str = required(
        Coded(AtMost(127), "InvalidParameterValue.TagInvalidKeyLen"),
        Coded(_RESERVED_KEY, "UnsupportedOperation.TagSystemReservedTagKey"),
        Coded(_KEY, "InvalidParameterValue.TagInvalidKey"),
    )
    Value: str = param(AtMost(255), _VALUE, default="", code="InvalidParameterValue.TagInvalidVal")


def tags(params: tuple[TagParam, ...]) -> dict[str, str]:
    """Return tags as a mapping.

    Raises:
        Refusal: a key is named twice, or there are more than any resource could have.

    """
    if len(params) > _MAX_TAGS:
        raise Refusal("LimitExceeded.TagTagsExceeded", f"At most {_MAX_TAGS} tags can be named.")
    found: dict[str, str] = {}
    for tag in params:
        if tag.Key in found:
            raise Refusal(
                "InvalidParameterValue.TagDuplicateKey",
                f"The tag key `{tag.Key}` is named more than once.",
            )
        found[tag.Key] = tag.Value
    return found


def ipv4(text: str) -> int:
    """Return an IPv4 address as an integer, or raise ``Refusal``."""
    ip = parse_ipv4(text)
    if ip is None:
        raise Refusal("InvalidParameterValue.Malformed", f"`{text}` is not an IPv4 address.")
    return ip


# -- filters and paging ---------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Filter:
    """One of Filters: any of its values may match."""

    Name: str = required()
    Values: tuple[str, ...] = required(Count(1, 100))


FilterTable = Mapping[str, Callable[[Criteria[R], tuple[str, ...]], None]]
"""What each filter name does to the criteria."""


def narrow(
    criteria: Criteria[R],
    table: "FilterTable[R]",
    ids: tuple[str, ...],
    filters: Iterable[Filter],
) -> "Selection[R]":
    """Return the selection of a describe action's ids or filters, which exclude each other.

    Raises:
        Refusal: both were given, or a filter's name is unknown.

    """
    filters = tuple(filters)
    if ids and filters:
        raise Refusal("InvalidParameter.Coexist", "Ids and Filters cannot be used together.")
    criteria.ids(ids)
    for each in filters:
        if each.Name.startswith("tag:"):
            criteria.tagged(each.Name.removeprefix("tag:"), *each.Values)
        elif each.Name in table:
            table[each.Name](criteria, each.Values)
        else:
            raise Refusal("InvalidParameter.FilterInvalidKey", f"The filter `{each.Name}` does not exist.")
    return criteria.selection


def tag_key(criteria: Criteria[R], values: tuple[str, ...]) -> None:
    """Narrow to the resources that have a tag with one of these keys."""
    criteria.test(values, lambda found: any(key in found.tags for key in values))


def page(table: dict[str, R], selection: "Selection[R]", offset: int, limit: int) -> Page[R]:
    """Return one page, newest first."""
    return select(table, selection, offset=offset, limit=limit)
