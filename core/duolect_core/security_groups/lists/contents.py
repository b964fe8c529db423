"""What may be in a list: entries that differ, of its version of IP, and no more than there is room for."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, cast

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.model.lists import AddressSpan, ListEntry, Service, ValueList
from duolect_core.model.quotas import Quotas
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import lookup

Content = AddressSpan | Service | str
"""What entries differ in."""
_COUNTED: Final[Mapping[ResourceKind, tuple[str, str]]] = MappingProxyType(
    {
        ResourceKind.ADDRESS_LIST: ("address_lists", "entries_per_address_list"),
        ResourceKind.ROUTE_LIST: ("route_lists", "entries_per_route_list"),
        ResourceKind.SERVICE_LIST: ("service_lists", "entries_per_service_list"),
        ResourceKind.ADDRESS_LIST_GROUP: ("address_list_groups", "lists_per_address_list_group"),
        ResourceKind.SERVICE_LIST_GROUP: ("service_list_groups", "lists_per_service_list_group"),
    }
)
"""The quotas of each kind of list: how many there may be, and how much may be in one."""
MEMBERS: Final[Mapping[ResourceKind, ResourceKind]] = MappingProxyType(
    {
        ResourceKind.ADDRESS_LIST_GROUP: ResourceKind.ADDRESS_LIST,
        ResourceKind.SERVICE_LIST_GROUP: ResourceKind.SERVICE_LIST,
    }
)
"""What is in each kind of group."""
KINDS: Final = tuple(_COUNTED)
"""The kinds of lists, and of groups of lists."""


def count_limit(quotas: Quotas, kind: ResourceKind) -> int | None:
    """Return how many lists of a kind there may be."""
    limit: int | None = getattr(quotas, _COUNTED[kind][0])
    return limit


def entry_limit(quotas: Quotas, kind: ResourceKind) -> int | None:
    """Return how many entries a list of a kind may have."""
    limit: int | None = getattr(quotas, _COUNTED[kind][1])
    return limit


def named(partition: Partition, kind: ResourceKind, list_id: str) -> ValueList:
    """Return the list of a kind that shall be changed, or raise.

    Raises:
        the ``NotFound`` of its kind, ListBusy: there is none, or it is being modified or deleted.
    """
    found = cast("ValueList", lookup.resource(partition.graph, kind, list_id))
    if found.pending is not None:
        raise errors.ListBusy(found.id)
    return found


def entered(entries: Iterable[ListEntry], before: Sequence[ListEntry], now: int) -> tuple[ListEntry, ...]:
    """Return entries as they get into a list: with the instant where they are new, or not as before."""
    known = {each.content: each for each in before}
    return tuple(_entered(each, known.get(each.content), now) for each in entries)


def _entered(entry: ListEntry, was: ListEntry | None, now: int) -> ListEntry:
    if was is not None and was == attrs.evolve(entry, modified=was.modified):
        return was
    return attrs.evolve(entry, modified=now)


def check_different(list_id: str, entries: Iterable[ListEntry]) -> None:
    """Raise ``ListEntryRepeated`` where two entries are the same."""
    seen: set[Content] = set()
    for each in entries:
        if each.content in seen:
            raise errors.ListEntryRepeated(list_id, each.written)
        seen.add(each.content)


def check(partition: Partition, kind: ResourceKind, draft: ValueList) -> None:
    """Raise what keeps a list from being so.

    Raises:
        ListEntryRepeated, ListEntryVersionMismatch: its entries do not fit each other, or it.
        ListCapacityExceeded, ListFull: it would be for too many entries, or have too many.
        the ``NotFound`` of its members' kind, ListGroupsExceeded: what a group of lists shall stand for.
    """
    check_different(draft.id, draft.entries)
    quotas = partition.rules.quotas
    limit = entry_limit(quotas, kind)
    if limit is not None and draft.capacity > limit:
        raise errors.ListCapacityExceeded(draft.id or partition.rules.region, limit)
    room = draft.capacity or limit
    if room is not None and len(draft.entries) > room:
        raise errors.ListFull(draft.id, room)
    for each in draft.entries:
        if isinstance(each.content, AddressSpan) and draft.version not in {0, each.content.version}:
            raise errors.ListEntryVersionMismatch(draft.id, each.written)
        if isinstance(each.content, str):
            _check_member(partition, kind, draft.id, each.content)


def _check_member(partition: Partition, kind: ResourceKind, group_id: str, member_id: str) -> None:
    graph, limit = partition.graph, partition.rules.quotas.list_groups_per_list
    lookup.ready_list(graph, MEMBERS[kind], member_id)
    groups = graph.list_groups_by_list.ids(member_id)
    if limit is not None and group_id not in groups and len(groups) >= limit:
        raise errors.ListGroupsExceeded(member_id, limit)
