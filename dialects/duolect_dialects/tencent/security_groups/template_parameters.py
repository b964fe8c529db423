"""What is in address and service templates and in groups of them: read, shown, ordered.

Sources: the definitions in tccli, and the resources of templates in terraform-provider-tencentcloud. An
address is one, a block, or a range with a hyphen; a service is a protocol, perhaps with ports behind a
colon.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeVar

import attrs

from duolect_core.addressing.blocks import parse_ipv4_block, parse_ipv6_block
from duolect_core.addressing.pools import parse_ipv4, parse_ipv6
from duolect_core.graph.queries import Selection
from duolect_core.model.lists import AddressSpan, ListEntry, Service, ValueList
from duolect_core.model.rules import ResourceKind
from duolect_core.model.security_rules import WITH_PORTS, Ports, Protocol
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, required
from duolect_dialects.tencent import common
from duolect_dialects.tencent.common import Filter
from duolect_dialects.tencent.names import local_time
from duolect_dialects.values import AtMost, Coded, Count, Form, OneOf
from duolect_dialects.wording import Message

ADDRESS_ID: Final = common.id_of("ipm")
SERVICE_ID: Final = common.id_of("ppm")
ADDRESS_GROUP_ID: Final = common.id_of("ipmg")
SERVICE_GROUP_ID: Final = common.id_of("ppmg")
NAME: Final = AtMost(60)
DESCRIPTION: Final = AtMost(100)
KINDS: Final[Mapping[str, ResourceKind]] = {
    "ipm": ResourceKind.ADDRESS_LIST,
    "ppm": ResourceKind.SERVICE_LIST,
    "ipmg": ResourceKind.ADDRESS_LIST_GROUP,
    "ppmg": ResourceKind.SERVICE_LIST_GROUP,
}
"""What an id begins with, by what it is of."""
EVERY_PORT: Final[Ports] = ((0, 65535),)
_LAST_PORT: Final = 65535
_LONGEST: Final = 128
"""How many characters the ports of a service may take."""
_SERVICE: Final = re.compile(r"(?i:(tcp|udp|icmp|gre))(?::(.*))?")
L = TypeVar("L", bound=ValueList)

# -- entries --------------------------------------------------------------------------------------------


def address(text: str, description: str | None = None) -> ListEntry:
    """Return the entry of an address, a block or a range.

    Raises:
        Refusal: it is none of these.
    """
    first, hyphen, last = text.partition("-")
    span = _range(first, last) if hyphen else None
    if not hyphen:
        block = parse_ipv6_block(text) if ":" in text else parse_ipv4_block(text)
        span = None if block is None else AddressSpan.of(block)
    if span is None:
        message = Message("`{text}` is no address, block of addresses, or range.", text=text)
        raise Refusal("InvalidParameterValue.Malformed", message)
    return ListEntry(content=span, written=text, description=description or "")


def _range(first: str, last: str) -> AddressSpan | None:
    read, version = (parse_ipv6, 6) if ":" in first else (parse_ipv4, 4)
    ends = (read(first), read(last))
    if ends[0] is None or ends[1] is None or ends[0] > ends[1]:
        return None
    return AddressSpan(version, ends[0], ends[1])


def service(text: str, description: str | None = None) -> ListEntry:
    """Return the entry of a service: ``tcp:80``, ``udp:1-9,53``, ``tcp:all``, ``icmp``.

    Raises:
        Refusal: it is none.
    """
    found = _SERVICE.fullmatch(text)
    protocol = None if found is None else Protocol(found[1].lower())
    ports = None if found is None or protocol is None else _ports(protocol, found[2])
    if ports is None:
        message = Message("`{text}` is no protocol with its ports.", text=text)
        raise Refusal("InvalidParameterValue", message)
    return ListEntry(content=Service(protocol, ports), written=text, description=description or "")


def _ports(protocol: Protocol, text: str | None) -> Ports | None:
    """Return the ports of a service, or None where they are not written as ports."""
    if protocol not in WITH_PORTS:
        return () if text is None else None
    if text is None:
        return None
    if len(text) > _LONGEST:
        message = Message("The ports of a service take {limit} characters at most.", limit=_LONGEST)
        raise Refusal("InvalidParameterValue.TooLong", message)
    if text.lower() == "all":
        return EVERY_PORT
    ranges = []
    for part in text.split(","):
        ends = part.split("-")
        if len(ends) > 2 or not all(re.fullmatch(r"[0-9]{1,5}", each) for each in ends):  # noqa: PLR2004
            return None
        first, last = int(ends[0]), int(ends[-1])
        if not first <= last <= _LAST_PORT:
            return None
        ranges.append((first, last))
    return tuple(ranges)


def member(list_id: str, description: str | None = None) -> ListEntry:
    """Return the entry of a template in a group."""
    return ListEntry(content=list_id, written=list_id, description=description or "")


Read = Callable[[str, str | None], ListEntry]
READERS: Final[Mapping[ResourceKind, Read]] = {
    ResourceKind.ADDRESS_LIST: address,
    ResourceKind.SERVICE_LIST: service,
    ResourceKind.ADDRESS_LIST_GROUP: member,
    ResourceKind.SERVICE_LIST_GROUP: member,
}
"""How an entry of each kind of template is read."""


def one_way(plain: str, extra: str, values: Sequence[str], extras: Sequence[Any]) -> bool:
    """Say whether entries are given, in one of the two ways; both exclude each other.

    Raises:
        Refusal: both are given.
    """
    if values and extras:
        message = Message("`{one}` and `{other}` cannot be used together.", one=plain, other=extra)
        raise Refusal("InvalidParameter.Coexist", message)
    return bool(values or extras)


def neither(plain: str, extra: str) -> Refusal:
    """Return the refusal of a template without entries."""
    message = Message("One of `{one}` and `{other}` must not be empty.", one=plain, other=extra)
    return Refusal("InvalidParameterValue.Empty", message)


# -- lists of them ---------------------------------------------------------------------------------------

_OFFSET = Form(r"[0-9]{1,9}", "a number")
_LIMIT = Form(r"[1-9][0-9]?|100", "a number from 1 to 100")
_DIRECTION = OneOf("ASC", "DESC")


@attrs.frozen(kw_only=True)
class Describe:
    """What the actions have in common that list templates, or groups of them."""

    Filters: tuple[Filter, ...] = param(Count(0, 10), default=())
    Offset: str = param(Coded(_OFFSET, "InvalidParameterValue.Range"), default="0")
    Limit: str = param(Coded(_LIMIT, "InvalidParameterValue.Range"), default="20")
    NeedMemberInfo: bool = ignored(default=False, note="members are shown in full either way")
    OrderDirection: str | None = param(_DIRECTION, note="ASC if absent beside an OrderField")
    MemberOrderDirection: str | None = param(_DIRECTION, note="ASC if absent beside a MemberOrderField")


_ORDERS: Final[Mapping[str, Callable[[ValueList], Any]]] = {
    "CreatedTime": lambda each: (each.created, each.order),
    "UpdateTime": lambda each: (each.modified, each.order),
}


def page(table: Mapping[str, L], selection: "Selection[L]", request: Any) -> tuple[list[L], int]:  # noqa: ANN401
    """Return the templates of a page, newest first unless an order is wanted, and how many there are."""
    offset, limit, field = int(request.Offset), int(request.Limit), request.OrderField
    if field is None:
        found = common.page(dict(table), selection, offset, limit)
        return list(found.items), found.total
    found = common.page(dict(table), selection, 0, len(table) or 1)
    key = _ORDERS.get(field, lambda each: each.id)
    ordered = sorted(found.items, key=key, reverse=request.OrderDirection == "DESC")
    return ordered[offset : offset + limit], found.total


def ordered(shown: ValueList, request: Any) -> Sequence[ListEntry]:  # noqa: ANN401
    """Return the entries of a template as a request wants them ordered, or in their own order."""
    field = request.MemberOrderField
    if field is None:
        return shown.entries
    by_time = field == "UpdateTime"
    return sorted(
        shown.entries,
        key=lambda each: (each.modified if by_time else 0, each.written),
        reverse=request.MemberOrderDirection == "DESC",
    )


def times(shown: ValueList) -> Body:
    """Return when a template was created, and changed last."""
    return {"CreatedTime": local_time(shown.created), "UpdatedTime": local_time(shown.modified)}


def described(name: str, entry: ListEntry) -> Body:
    """Return an entry with what is said of it."""
    return {
        name: entry.written,
        "Description": entry.description,
        "UpdatedTime": local_time(entry.modified),
    }


@attrs.frozen(kw_only=True)
class MemberParam:
    """A member of a template."""

    Member: str = required(common.NOT_EMPTY, code="InvalidParameterValue")
    Description: str | None = param(DESCRIPTION)
