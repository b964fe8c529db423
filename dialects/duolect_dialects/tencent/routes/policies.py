"""Route reception policies and their entries: which routes have effect in the tables that have them.

Source: the definitions in tccli, and how terraform-provider-tencentcloud uses them. Assumed are how long
names and descriptions may be, that an entry without a priority comes after all others, and that one
without a type of route or of gateway is for ANY, as the provider's tests write it.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

import attrs

from duolect_core.errors import PolicyEntryNotFound
from duolect_core.graph.graph import Graph
from duolect_core.model.routes import PolicyEntry, RoutePolicy, RouteVerdict
from duolect_core.relations import lookup
from duolect_core.routes import policies as commands
from duolect_dialects.action import Body
from duolect_dialects.call import Refusal
from duolect_dialects.declarations import ignored, param, required
from duolect_dialects.selecting import Criteria
from duolect_dialects.session import Session
from duolect_dialects.tencent import common, request_errors
from duolect_dialects.tencent.common import Filter, FilterTable, vpc_action
from duolect_dialects.tencent.networks import lifecycle as networks
from duolect_dialects.tencent.routes import views
from duolect_dialects.tencent.routes.route_tables import NAME
from duolect_dialects.values import AtMost, Between, Coded, Count, Each, Form, OneOf
from duolect_dialects.wording import Message

POLICY_ID: Final = common.id_of("rrp")
_ENTRY_ID: Final = common.id_of("rrpi")
_DESCRIPTION: Final = AtMost(255)
PRIORITY: Final = Between(0, 2**31 - 1)
_VERDICTS: Final[Mapping[str, RouteVerdict]] = MappingProxyType(
    {verdict.upper(): verdict for verdict in RouteVerdict}
)
_ACTION: Final = OneOf(*_VERDICTS)
_ROUTE_TYPE: Final = OneOf("USER", "NETD", "CCN", views.ANY)
_GATEWAY_TYPE: Final = OneOf(
    *("CVM", "VPN", "DIRECTCONNECT", "PEERCONNECTION", "HAVIP", "NAT", "EIP", "LOCAL_GATEWAY", "PVGW"),
    *("NORMAL_CVM", "INTRANAT", "CCN", "USER_CCN", "GWLB_ENDPOINT", views.ANY),
)
_SHOWN: Final = "is shown of an entry, and has no effect"
_NAMED: Final = "an entry is named by its id"


@attrs.frozen(kw_only=True)
class EntryParam:
    """One of RoutePolicyEntrySet that shall be other than it is: which, and what of it."""

    RoutePolicyEntryId: str | None = param(_ENTRY_ID, note="required")
    CidrBlock: str | None = param()
    Description: str | None = param(_DESCRIPTION)
    RouteType: str | None = param(_ROUTE_TYPE)
    GatewayType: str | None = param(_GATEWAY_TYPE)
    GatewayId: str | None = param()
    Priority: int | None = param(PRIORITY)
    Action: str | None = param(_ACTION)
    CreatedTime: str | None = ignored(note=_SHOWN)
    Region: str | None = ignored(note=_SHOWN)


@attrs.frozen(kw_only=True)
class NewEntry(EntryParam):
    """One of RoutePolicyEntrySet that does not exist yet."""

    RoutePolicyEntryId: str | None = ignored(note=_SHOWN)
    CidrBlock: str | None = param(note="required")
    Priority: int | None = param(PRIORITY, note="without it the entry comes after all others")
    Action: str | None = param(_ACTION, note="required")


@attrs.frozen(kw_only=True)
class NamedEntry(EntryParam):
    """One of RoutePolicyEntrySet: which it is."""

    CidrBlock: str | None = ignored(note=_NAMED)
    Description: str | None = ignored(note=_NAMED)
    RouteType: str | None = ignored(note=_NAMED)
    GatewayType: str | None = ignored(note=_NAMED)
    GatewayId: str | None = ignored(note=_NAMED)
    Priority: int | None = ignored(note=_NAMED)
    Action: str | None = ignored(note=_NAMED)


def _new(given: Iterable[EntryParam]) -> tuple[commands.NewPolicyEntry, ...]:
    """Return entries to be created, or raise ``Refusal`` where one lacks its block or its action."""
    found = []
    for place, each in enumerate(given):
        for name in ("CidrBlock", "Action"):
            if not getattr(each, name):
                raise request_errors.missing(f"RoutePolicyEntrySet.{place}.{name}")
        found.append(commands.NewPolicyEntry(**_values(each)))
    return tuple(found)


def _values(given: EntryParam) -> dict[str, Any]:
    """Return what is said of an entry, as the core calls it."""
    values = {
        "block": networks.ipv4_block(given.CidrBlock) if given.CidrBlock else None,
        "verdict": _VERDICTS[given.Action] if given.Action else None,
        "priority": given.Priority,
        "route_type": _unless_any(given.RouteType),
        "hop_label": _unless_any(given.GatewayType),
        "hop_id": given.GatewayId,
        "description": given.Description,
    }
    return {name: value for name, value in values.items() if value is not None}


def _unless_any(text: str | None) -> str | None:
    return "" if text == views.ANY else text


def _ids(given: Iterable[EntryParam]) -> tuple[str, ...]:
    """Return which entries are named, or raise ``Refusal`` where one is not."""
    found = []
    for place, each in enumerate(given):
        if each.RoutePolicyEntryId is None:
            raise request_errors.missing(f"RoutePolicyEntrySet.{place}.RoutePolicyEntryId")
        found.append(each.RoutePolicyEntryId)
    return tuple(found)


# -- policies --------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class CreateRoutePolicy:
    """Create a route reception policy with its entries."""

    RoutePolicyDescription: str = required(_DESCRIPTION)
    RoutePolicyName: str = required(NAME)
    RoutePolicyEntrySet: tuple[NewEntry, ...] = param(Count(0, 100), default=())


@vpc_action()
def create_route_policy(session: Session, request: CreateRoutePolicy) -> Body:
    """Create the policy at once."""
    created = session.execute(
        commands.CreateRoutePolicy(
            name=request.RoutePolicyName,
            description=request.RoutePolicyDescription,
            entries=_new(request.RoutePolicyEntrySet),
        )
    )
    return {"RoutePolicy": views.route_policy(session, created)}


@attrs.frozen(kw_only=True)
class DeleteRoutePolicy:
    """Delete a route reception policy that no route table has."""

    RoutePolicyId: str = required(POLICY_ID)


@vpc_action()
def delete_route_policy(session: Session, request: DeleteRoutePolicy) -> Body:
    """Delete the policy at once, with its entries."""
    session.execute(commands.DeleteRoutePolicy(request.RoutePolicyId))
    return {}


@attrs.frozen(kw_only=True)
class ModifyRoutePolicyAttribute:
    """Rename a route reception policy and describe it anew."""

    RoutePolicyId: str = required(POLICY_ID)
    RoutePolicyName: str = required(NAME)
    RoutePolicyDescription: str = required(_DESCRIPTION)


@vpc_action()
def modify_route_policy_attribute(session: Session, request: ModifyRoutePolicyAttribute) -> Body:
    """Change both at once."""
    session.execute(
        commands.ModifyRoutePolicy(
            policy_id=request.RoutePolicyId,
            name=request.RoutePolicyName,
            description=request.RoutePolicyDescription,
        )
    )
    return {}


_DIGITS: Final = Form(r"\d{1,9}", "a number")


@attrs.frozen(kw_only=True)
class DescribeRoutePolicies:
    """List route reception policies, newest first: by ids, or by filters that must all match."""

    RoutePolicyIds: tuple[str, ...] = param(Count(0, 100), Each(POLICY_ID), default=())
    Filters: tuple[Filter, ...] = param(Count(0, 10), default=())
    Offset: str = param(_DIGITS, default="0")
    Limit: str = param(_DIGITS, default="20", note="from 1 to 100")
    NeedRoutePolicyEntry: bool = param(default=False)


@vpc_action()
def describe_route_policies(session: Session, request: DescribeRoutePolicies) -> Body:
    """List one page and the count of all; an id that does not exist is an error."""
    graph = session.graph
    filters: FilterTable[RoutePolicy] = {
        "route-policy-name": common.contains(lambda found: found.name),
        "route-policy-description": common.contains(lambda found: found.description),
        "route-policy-id": common.by_ids,
    }
    selection = common.narrow(Criteria(graph), filters, request.RoutePolicyIds, request.Filters)
    for policy_id in request.RoutePolicyIds:
        lookup.route_policy(graph, policy_id)
    limit = int(request.Limit)
    if not common.LIMIT.accepts(limit):
        message = Message(
            "The value of the parameter `{name}` {reason}.", name="Limit", reason=common.LIMIT.reason
        )
        raise Refusal("InvalidParameterValue.Range", message)
    page = common.page(graph.route_policies, selection, int(request.Offset), limit)
    needed = request.NeedRoutePolicyEntry
    return {
        "TotalCount": page.total,
        "RoutePolicySet": [views.route_policy(session, each, with_entries=needed) for each in page.items],
    }


# -- entries ---------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class CreateRoutePolicyEntries:
    """Give a route reception policy more entries."""

    RoutePolicyId: str = required(POLICY_ID)
    RoutePolicyEntrySet: tuple[NewEntry, ...] = required(*common.non_empty(100))


@vpc_action()
def create_route_policy_entries(session: Session, request: CreateRoutePolicyEntries) -> Body:
    """Create the entries at once: all of them, or none."""
    entries = _new(request.RoutePolicyEntrySet)
    session.execute(commands.AddPolicyEntries(policy_id=request.RoutePolicyId, entries=entries))
    return {}


@attrs.frozen(kw_only=True)
class DeleteRoutePolicyEntries:
    """Take entries out of a route reception policy; each is named by its id."""

    RoutePolicyId: str = required(POLICY_ID)
    RoutePolicyEntrySet: tuple[NamedEntry, ...] = param(Count(0, 100), default=(), note="required")


@vpc_action()
def delete_route_policy_entries(session: Session, request: DeleteRoutePolicyEntries) -> Body:
    """Delete the entries at once: all of them, or none."""
    if not request.RoutePolicyEntrySet:
        raise request_errors.missing("RoutePolicyEntrySet")
    ids = _ids(request.RoutePolicyEntrySet)
    session.execute(commands.RemovePolicyEntries(policy_id=request.RoutePolicyId, entry_ids=ids))
    return {}


@attrs.frozen(kw_only=True)
class ReplaceRoutePolicyEntries:
    """Change entries of a route reception policy; each is named by its id."""

    RoutePolicyId: str = required(POLICY_ID)
    RoutePolicyEntrySet: tuple[EntryParam, ...] = required(*common.non_empty(100))


@vpc_action()
def replace_route_policy_entries(session: Session, request: ReplaceRoutePolicyEntries) -> Body:
    """Change what is given of them at once: all of them, or none."""
    given = request.RoutePolicyEntrySet
    changes = {entry_id: _values(each) for entry_id, each in zip(_ids(given), given, strict=True)}
    session.execute(commands.ChangePolicyEntries(policy_id=request.RoutePolicyId, changes=changes))
    return {}


@attrs.frozen(kw_only=True)
class ResetRoutePolicyEntries:
    """Put other entries in the place of all those of a route reception policy, and rename it."""

    RoutePolicyId: str = required(POLICY_ID)
    RoutePolicyEntrySet: tuple[NewEntry, ...] = param(Count(0, 100), default=())
    RoutePolicyDescription: str | None = param(_DESCRIPTION)
    RoutePolicyName: str | None = param(NAME)


@vpc_action()
def reset_route_policy_entries(session: Session, request: ResetRoutePolicyEntries) -> Body:
    """Replace the entries at once: all of them, or none."""
    session.execute(
        commands.ResetPolicyEntries(
            policy_id=request.RoutePolicyId,
            entries=_new(request.RoutePolicyEntrySet),
            name=request.RoutePolicyName,
            description=request.RoutePolicyDescription,
        )
    )
    return {}


@attrs.frozen(kw_only=True)
class DescribeRoutePolicyEntries:
    """List entries of route reception policies: by ids, or by filters that must all match."""

    Filters: tuple[Filter, ...] = param(Count(0, 10), default=())
    Offset: int = param(common.OFFSET, default=0)
    Limit: int = param(common.LIMIT, default=20)
    OrderField: str | None = param(Coded(OneOf("Priority"), "InvalidParameterValue"))
    OrderDirection: str | None = param(OneOf("ASC", "DESC"), note="ASC if absent beside an OrderField")
    RoutePolicyEntryIds: tuple[str, ...] = param(Count(0, 100), Each(_ENTRY_ID), default=())


_READ: Final[Mapping[str, Callable[[PolicyEntry, Mapping[str, str]], str]]] = MappingProxyType(
    {
        "route-policy-id": lambda entry, policies: policies[entry.id],
        "cidr-block": lambda entry, _: str(entry.block),
        "priority": lambda entry, _: str(entry.priority),
        "gateway-type": lambda entry, _: entry.hop_label or views.ANY,
        "gateway-id": lambda entry, _: entry.hop_id,
        "route-type": lambda entry, _: entry.route_type or views.ANY,
        "action": lambda entry, _: entry.verdict.upper(),
        "description": lambda entry, _: entry.description,
        "route-policy-item-id": lambda entry, _: entry.id,
    }
)
"""What each filter compares, of an entry and of the policies of entries."""


@vpc_action()
def describe_route_policy_entries(session: Session, request: DescribeRoutePolicyEntries) -> Body:
    """List one page and the count of all, policy by policy, or by priority."""
    graph = session.graph
    if request.RoutePolicyEntryIds and request.Filters:
        raise Refusal("InvalidParameter.Coexist", "Ids and Filters cannot be used together.")
    for each in request.Filters:
        if each.Name not in _READ:
            raise common.no_filter(each.Name, common.FilterCodes(unknown="InvalidParameterValue"))
    found = [entry for entry in _entries(graph, request) if _passes(graph, entry, request.Filters)]
    if request.OrderField is not None:
        found.sort(key=lambda entry: entry.priority, reverse=request.OrderDirection == "DESC")
    page = found[request.Offset : request.Offset + request.Limit]
    return {
        "RoutePolicyEntrySet": [views.policy_entry(session, entry) for entry in page],
        "TotalCount": len(found),
    }


def _entries(graph: Graph, request: DescribeRoutePolicyEntries) -> list[PolicyEntry]:
    """Return the entries among which the filters choose, or raise where one that is named is not there."""
    if request.RoutePolicyEntryIds:
        for entry_id in request.RoutePolicyEntryIds:
            if entry_id not in graph.route_policies_by_entry:
                raise PolicyEntryNotFound(entry_id)
        policy_ids = {graph.route_policies_by_entry[each] for each in request.RoutePolicyEntryIds}
    else:
        named = (set(each.Values) for each in request.Filters if each.Name == "route-policy-id")
        policy_ids = set(graph.route_policies).intersection(*named)
    chosen = sorted((graph.route_policies[each] for each in policy_ids), key=lambda each: each.order)
    wanted = frozenset(request.RoutePolicyEntryIds)
    return [entry for policy in chosen for entry in policy.entries if not wanted or entry.id in wanted]


def _passes(graph: Graph, entry: PolicyEntry, filters: Iterable[Filter]) -> bool:
    return all(_READ[each.Name](entry, graph.route_policies_by_entry) in each.Values for each in filters)
