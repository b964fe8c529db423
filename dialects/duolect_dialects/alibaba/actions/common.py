"""What the requests of many actions share: naming rules, tags, exclusions, paging."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from bisect import bisect_left
from collections.abc import Iterable
from typing import Final, TypeVar

import attrs

from duolect_core.addressing import parse_ipv4
from duolect_core.model import Resource
from duolect_core.queries import Page, Selection, select
from duolect_dialects.action import param
from duolect_dialects.dialect import Refusal
from duolect_dialects.selecting import Criteria
from duolect_dialects.values import ASCII, Form, Length

R = TypeVar("R", bound=Resource)

ECS: Final = "2014-05-26"
VPC: Final = "2016-04-28"

NAME: Final = Form(
    r"(?!https?://)[^\W\d_][\w:.\-]*",
    "a letter followed by letters, digits, and : _ . -",
)
"""Names of interfaces and groups; the letters may be of any script."""
NOT_A_LINK: Final = Form(r"(?!https?://)[\s\S]*", "a text that does not begin with http:// or https://")
TOKEN: Final = (Length(1, 64), ASCII)
INTERFACE_ID: Final = Form(r"eni-[0-9a-zA-Z]{1,64}", "the id of a network interface, eni-...")
INSTANCE_ID: Final = Form(r"i-[0-9a-zA-Z]{1,64}", "the id of an instance, i-...")
RESOURCE_GROUP: Final = Form(r"rg-[0-9a-zA-Z]{1,64}", "the id of a resource group, rg-...")

_TAG_KEY = Form(
    r"(?!aliyun|acs:)(?![\s\S]*https?://)[\s\S]+",
    "a text that does not begin with aliyun or acs: and holds no http:// or https://",
)
_TAG_VALUE = Form(r"(?!acs:)(?![\s\S]*https?://)[\s\S]*", "a text that holds no http:// or https://")


@attrs.frozen(kw_only=True)
class TagParam:
    """One Tag.N of a create action."""

    Key: str = param(Length(1, 128), _TAG_KEY, default="", code="InvalidTagKey.Malformed")
    Value: str = param(Length(0, 128), _TAG_VALUE, default="", code="InvalidTagValue.Malformed")


@attrs.frozen(kw_only=True)
class TagFilter:
    """One Tag.N of a describe action: without a value, any value of the key."""

    Key: str = param(Length(1, 128), default="", code="InvalidTagKey.Malformed")
    Value: str | None = param(Length(0, 128), code="InvalidTagValue.Malformed")


def tags(params: Iterable[TagParam]) -> dict[str, str]:
    """Return tags as a mapping.

    Raises:
        Refusal: a key is named twice.

    """
    found: dict[str, str] = {}
    for tag in params:
        if tag.Key in found:
            raise Refusal("Duplicate.TagKey", f"The tag key {tag.Key} is named more than once.", 400)
        found[tag.Key] = tag.Value
    return found


def exclusive(request: object, first: str, second: str) -> None:
    """Raise ``Refusal`` where two parameters are given that exclude each other."""
    if getattr(request, first) and getattr(request, second):
        raise Refusal(
            "InvalidParameter.Conflict",
            f"The parameters {first} and {second} cannot be used together.",
            400,
        )


def resource_group(given: str | None) -> str:
    """Return a resource group's id. Groups are only names here: every well-formed id exists.

    Raises:
        Refusal: there can be no such group.

    """
    if given is not None and not RESOURCE_GROUP.accepts(given):
        raise Refusal("InvalidResourceGroup.NotFound", f"The resource group {given} does not exist.", 404)
    return given or ""


def ipv4(text: str, code: str, status: int) -> int:
    """Return an IPv4 address as an integer, or raise ``Refusal`` with the given code."""
    ip = parse_ipv4(text)
    if ip is None:
        raise Refusal(code, f"{text} is not an IPv4 address.", status)
    return ip


# -- paging ----------------------------------------------------------------------------------------------


def encode_token(order: int) -> str:
    """Return the opaque NextToken that stands for "after the resource of this order"."""
    return urlsafe_b64encode(b"after:%d" % order).decode()


def decode_token(token: str) -> int:
    """Return the order that a NextToken stands for, or raise ``Refusal``."""
    try:
        kind, _, order = urlsafe_b64decode(token.encode()).decode().partition(":")
        if kind == "after" and order.isascii() and order.isdecimal():
            return int(order)
    except ValueError:
        pass
    raise Refusal("InvalidParameter", "The specified parameter NextToken is not valid.", 400)


def page_by_token(
    table: dict[str, R], selection: "Selection[R]", token: str | None, size: int
) -> tuple[Page[R], str]:
    """Return the page after ``token`` and the token of the next one, empty on the last page."""
    found = select(table, selection).items
    start = 0
    if token is not None:
        start = bisect_left(found, 1 - decode_token(token), key=lambda resource: -resource.order)
    items = found[start : start + size]
    more = start + size < len(found)
    return Page(items, len(found)), encode_token(items[-1].order) if more else ""


def page_by_number(table: dict[str, R], selection: "Selection[R]", number: int, size: int) -> Page[R]:
    """Return page ``number`` (from 1); past the end it is empty."""
    return select(table, selection, offset=(number - 1) * size, limit=size)


def narrow_by_tags(criteria: Criteria[R], wanted: Iterable[TagFilter]) -> None:
    """Narrow to the resources that have all these tags."""
    for tag in wanted:
        criteria.tagged(tag.Key, tag.Value)
