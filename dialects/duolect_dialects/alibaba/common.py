"""What the requests of many actions share: naming rules, tags, exclusions, paging."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from functools import partial
from typing import Any, Final, Protocol, TypeVar

import attrs

from duolect_core.addressing.pools import parse_ipv4, parse_ipv6
from duolect_core.by_fields import Value
from duolect_core.engine.partition import Command
from duolect_core.graph.queries import Page, Selection, select, select_after
from duolect_core.model.resources import Resource
from duolect_dialects.action import Body, action
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import param
from duolect_dialects.exchange import load_json
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.values import ASCII, Count, Form, Length

R = TypeVar("R", bound=Resource)
T = TypeVar("T")

ECS: Final = "2014-05-26"
VPC: Final = "2016-04-28"
STS: Final = "2015-04-01"
LOCATION: Final = "2015-06-12"
RESOURCE_MANAGER: Final = "2020-03-31"

ecs_action: Final = partial(action, "Ecs", ECS)
"""Declares a function to carry out an action of ECS; ``vpc_action`` and the others likewise."""
vpc_action: Final = partial(action, "Vpc", VPC)
sts_action: Final = partial(action, "Sts", STS)
location_action: Final = partial(action, "Location", LOCATION)
resource_manager_action: Final = partial(action, "ResourceManager", RESOURCE_MANAGER)

NAME: Final = Form(
    r"(?!https?://)[^\W\d_][\w:.\-]*",
    "a letter followed by letters, digits, and : _ . -",
)
"""Names of interfaces and groups; the letters may be of any script."""
NOT_A_LINK: Final = Form(r"(?!https?://)[\s\S]*", "a text that does not begin with http:// or https://")
TOKEN: Final = (Length(1, 64), ASCII)
UNLISTED: Final = "no page lists it; known programs send it, and the gateway overlooks it"
"""Why a parameter is declared that the vendor does not document."""
INTERFACE_ID: Final = Form(r"eni-[0-9a-zA-Z]{1,64}", "the id of a network interface, eni-...")
GROUP_ID: Final = Form(r"sg-[0-9a-zA-Z]{1,64}", "the id of a security group, sg-...")
GROUP_ID_CODE: Final = "InvalidSecurityGroupId.Malformed"
INSTANCE_ID: Final = Form(r"i-[0-9a-zA-Z]{1,64}", "the id of an instance, i-...")
RESOURCE_GROUP: Final = Form(r"rg-[0-9a-zA-Z]{1,64}", "the id of a resource group, rg-...")

_PAGE_SIZE: Final = 10
_MAX_LISTED: Final = 100

_TAG_KEY = Form(
    r"(?!aliyun|acs:)(?![\s\S]*https?://)[\s\S]+",
    "a text that does not begin with aliyun or acs: and holds no http:// or https://",
)
_TAG_VALUE = Form(
    r"(?!aliyun|acs:)(?![\s\S]*https?://)[\s\S]*",
    "a text that does not begin with aliyun or acs: and holds no http:// or https://",
)


@attrs.frozen(kw_only=True, slots=False, eq=False, repr=False)
class TagParam(Value):
    """One Tag.N of a create action."""

    Key: str = param(Length(1, 128), _TAG_KEY, default="", code="InvalidTagKey.Malformed")
    Value: str = param(Length(0, 128), _TAG_VALUE, default="", code="InvalidTagValue.Malformed")


@attrs.frozen(kw_only=True, slots=False, eq=False, repr=False)
class TagFilter(Value):
    """One Tag.N of a describe action: without a value, any value of the key."""

    Key: str = param(Length(1, 128), default="")
    Value: str | None = param(Length(0, 128))


def tag_params() -> Any:  # noqa: ANN401 - as attrs.field
    """Declare the Tag of a create action; how many there may be is a quota."""
    return param(Count(0, 100), default=(), code="QuotaExceed.Tags")


def tag_filters() -> Any:  # noqa: ANN401 - as attrs.field
    """Declare the Tag of a describe action."""
    return param(Count(0, 20), default=())


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


def ipv6(text: str) -> int:
    """Return an IPv6 address as an integer, or raise ``Refusal``."""
    ip = parse_ipv6(text)
    if ip is None:
        raise Refusal("InvalidIp.Address", f"{text} is not an IPv6 address.", 403)
    return ip


def prefix(text: str, version: int) -> tuple[int, int]:
    """Return the first address and the length of a prefix of IPv4 or IPv6, or raise ``Refusal``."""
    address, _, length = text.partition("/")
    ip = parse_ipv4(address) if version == 4 else parse_ipv6(address)  # noqa: PLR2004
    if ip is None or not (length.isascii() and length.isdecimal()):
        raise Refusal("InvalidIp.IpPrefixIllegal", f"{text} is not an IPv{version} prefix.", 403)
    return ip, int(length[:4])


def json_list(
    text: str | None, parameter: str, code: str = "InvalidParameter", status: int = 400
) -> list[str]:
    """Return the members of a list that is written as a JSON array of at most 100 texts.

    Raises:
        Refusal: the text is no such array; with the given code.
    """
    if text is None:
        return []
    try:
        members = load_json(text)
    except (ValueError, RecursionError):
        members = None
    if not isinstance(members, list) or not all(isinstance(member, str) for member in members):
        raise Refusal(code, f"The specified parameter {parameter} is not a JSON array of texts.", status)
    if len(members) > _MAX_LISTED:
        raise Refusal(code, f"The parameter {parameter} has more than {_MAX_LISTED} members.", status)
    return members


def newer(request: Any, newer: type[T]) -> T:  # noqa: ANN401 - of a class of which ``newer`` is one and more
    """Return a request of ECS as the request of the VPC product that asks for the same."""
    return newer(**attrs.asdict(request, recurse=False))


# -- carrying out ----------------------------------------------------------------------------------------


class DryRunRequest(Protocol):
    """A request that may be a dry run."""

    @property
    def DryRun(self) -> bool:  # noqa: N802 - the vendor's spelling
        """Whether only to check."""
        ...


def execute(session: Session, command: Command[T], request: DryRunRequest) -> T:
    """Carry out a command, or only its checks where the request is a dry run.

    Raises:
        CoreError: the command is refused.
        Refusal: the dry run found nothing to refuse.
    """
    if request.DryRun:
        session.check(command)
    end_dry_run(request)
    return session.execute(command)


def end_dry_run(request: DryRunRequest) -> None:
    """Raise the refusal with which a dry run ends when nothing else is wrong."""
    if request.DryRun:
        raise Refusal("DryRunOperation", "The dry run found nothing wrong with the request.", 400)


# -- paging ----------------------------------------------------------------------------------------------


def encode_token(request: object, order: int) -> str:
    """Return the opaque NextToken that stands for "after the resource of this order".

    It is the action's that the request is of: no other takes it.
    """
    return urlsafe_b64encode(f"{type(request).__name__}:{order}".encode()).decode()


def decode_token(request: object, token: str, code: str = "InvalidParameter") -> int:
    """Return the order that a NextToken stands for, or raise ``Refusal`` with the given code."""
    try:
        action, _, order = urlsafe_b64decode(token.encode()).decode().partition(":")
        if action == type(request).__name__ and order.isascii() and order.isdecimal():
            return int(order)
    except ValueError:
        pass
    raise Refusal(code, "The specified parameter NextToken is not valid.", 400)


def page_by_token(
    table: dict[str, R],
    selection: "Selection[R]",
    request: "TokenRequest",
    size: int,
    code: str = "InvalidParameter",
) -> tuple[Page[R], str]:
    """Return the page after the request's token and the token of the next one, empty on the last page."""
    token = request.NextToken
    before = None if token is None else decode_token(request, token, code)
    found, last = select_after(table, selection, before, size)
    return found, "" if last is None else encode_token(request, last)


def page_by_number(table: dict[str, R], selection: "Selection[R]", number: int, size: int) -> Page[R]:
    """Return page ``number`` (from 1); past the end it is empty."""
    return select(table, selection, offset=(number - 1) * size, limit=size)


class NumberedRequest(Protocol):
    """A request of a describe action that pages by number alone."""

    @property
    def PageNumber(self) -> int:  # noqa: N802 - the vendor's spelling
        """Which page, from 1."""
        ...

    @property
    def PageSize(self) -> int:  # noqa: N802 - the vendor's spelling
        """The size of a page."""
        ...


def numbered_page(
    table: dict[str, R], selection: "Selection[R]", request: NumberedRequest
) -> tuple[Page[R], Body]:
    """Return a page and what the answer says about it."""
    number, size = request.PageNumber, request.PageSize
    found = page_by_number(table, selection, number, size)
    return found, {"TotalCount": found.total, "PageNumber": number, "PageSize": size}


class TokenRequest(Protocol):
    """A request of an action that pages by token."""

    @property
    def NextToken(self) -> str | None:  # noqa: N802 - the vendor's spelling
        """Where the page begins."""
        ...


class PagedRequest(TokenRequest, Protocol):
    """A request of a describe action that pages by number or by token."""

    @property
    def MaxResults(self) -> int | None:  # noqa: N802 - the vendor's spelling
        """The size of a page that follows a token."""
        ...

    @property
    def PageNumber(self) -> int | None:  # noqa: N802
        """Which page."""
        ...

    @property
    def PageSize(self) -> int | None:  # noqa: N802
        """The size of a numbered page."""
        ...


def page(
    table: dict[str, R],
    selection: "Selection[R]",
    request: PagedRequest,
    code: str = "InvalidParameter",
) -> tuple[Page[R], Body]:
    """Return a page and what the answer says about it.

    With NextToken or MaxResults pages follow tokens, otherwise page numbers; wherever the list goes on
    there is a token, because clients (``aliyun --pager``, karpenter) ask for the first page with neither
    and go on by it. ``code`` is that of a NextToken that never was one.
    """
    if request.NextToken is not None or request.MaxResults is not None:
        number, size = 1, request.MaxResults or request.PageSize or _PAGE_SIZE
        found, token = page_by_token(table, selection, request, size, code)
    else:
        number, size = request.PageNumber or 1, request.PageSize or _PAGE_SIZE
        found = page_by_number(table, selection, number, size)
        more = found.items and number * size < found.total
        token = encode_token(request, found.items[-1].order) if more else ""
    return found, {"TotalCount": found.total, "PageNumber": number, "PageSize": size, "NextToken": token}


def page_of_rows(rows: list[Body], request: PagedRequest) -> tuple[list[Body], Body]:
    """Return a page of rows that are no resources of their own, and what the answer says about it.

    With NextToken or MaxResults pages follow tokens, otherwise page numbers; wherever the list goes on
    there is a token.
    """
    if request.NextToken is not None or request.MaxResults is not None:
        number, size = 1, request.MaxResults or request.PageSize or _PAGE_SIZE
        start = 0 if request.NextToken is None else decode_token(request, request.NextToken)
    else:
        number, size = request.PageNumber or 1, request.PageSize or _PAGE_SIZE
        start = (number - 1) * size
    token = encode_token(request, start + size) if start + size < len(rows) else ""
    about = {"TotalCount": len(rows), "PageNumber": number, "PageSize": size, "NextToken": token}
    return rows[start : start + size], about


def narrow_by_tags(criteria: Criteria[R], wanted: Iterable[TagFilter]) -> None:
    """Narrow to the resources that have all these tags."""
    for tag in wanted:
        criteria.tagged(tag.Key, tag.Value)
