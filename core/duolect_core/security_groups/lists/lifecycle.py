"""Creating, changing and deleting lists of addresses and services, and groups of lists."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import attrs

from duolect_core import errors
from duolect_core.engine.partition import Partition
from duolect_core.model.lifecycles import SERVICE_LIFECYCLE, Trigger
from duolect_core.model.lists import (
    AddressList,
    AddressListGroup,
    ListEntry,
    RouteList,
    ServiceList,
    ServiceListGroup,
    ValueList,
)
from duolect_core.model.resources import OperationKind
from duolect_core.model.rules import ResourceKind
from duolect_core.relations import lists, lookup, waiting
from duolect_core.relations.descriptions import describe
from duolect_core.security_groups import rule_checks
from duolect_core.security_groups.lists import contents
from duolect_core.security_groups.lists.contents import Content

_CLASSES: Final[Mapping[ResourceKind, type[ValueList]]] = MappingProxyType(
    {
        ResourceKind.ADDRESS_LIST: AddressList,
        ResourceKind.ROUTE_LIST: RouteList,
        ResourceKind.SERVICE_LIST: ServiceList,
        ResourceKind.ADDRESS_LIST_GROUP: AddressListGroup,
        ResourceKind.SERVICE_LIST_GROUP: ServiceListGroup,
    }
)


@attrs.frozen(kw_only=True)
class CreateList:
    """Create a list, or a group of lists, of a kind, at once.

    Raises:
        what ``contents.check`` raises: what shall be in it.
        ListQuotaExceeded, TagQuotaExceeded: a limit is reached.
    """

    kind: ResourceKind
    version: int = 0
    capacity: int = 0
    entries: tuple[ListEntry, ...] = ()
    name: str = ""
    description: str = ""
    tags: Mapping[str, str] = attrs.field(factory=dict)
    extras: Mapping[str, Any] = attrs.field(factory=dict)

    def apply(self, partition: Partition) -> ValueList:
        """Return the new list."""
        graph, draft = partition.graph, self.check(partition)
        created = attrs.evolve(
            draft,
            id=partition.new_id(self.kind, graph.table(self.kind)),
            order=partition.next_order(),
            created=partition.now,
            modified=partition.now,
            entries=contents.entered(draft.entries, (), partition.now),
        )
        graph.add_list(created)
        return created

    def check(self, partition: Partition) -> ValueList:
        """Return the list as it will be, but for its id and its place, or raise why it cannot."""
        rules = partition.rules
        limit = contents.count_limit(rules.quotas, self.kind)
        if limit is not None and len(partition.graph.table(self.kind)) >= limit:
            raise errors.ListQuotaExceeded(rules.region, limit)
        lookup.check_tags(rules, self.tags)
        draft = _CLASSES[self.kind](
            id="",
            order=0,
            created=0,
            name=self.name,
            description=self.description,
            tags=self.tags,
            extras=self.extras,
            version=self.version,
            capacity=self.capacity,
            entries=self.entries,
        )
        contents.check(partition, self.kind, draft)
        return draft


@attrs.frozen(kw_only=True)
class ModifyList:
    """Change what is said of a list, and what is in it; None leaves a value as it is.

    ``entries`` take the place of all that it has. Otherwise those in ``remove`` go, and those in ``add``
    come; one that it has already is described anew. A ``strict`` change finds each where it should be.

    Raises:
        the ``NotFound`` of its kind, ListBusy: there is none to modify.
        ListEntryRepeated, ListEntryPresent, ListEntryMissing: entries are named twice, or, where that is
        strict, are there already, or are not.
        what ``contents.check`` raises: what shall be in it.
        RuleQuotaExceeded, RouteQuotaExceeded: with its capacity, what names it would be too much.
    """

    kind: ResourceKind
    list_id: str
    name: str | None = None
    description: str | None = None
    extras: Mapping[str, Any] = attrs.field(factory=dict)
    capacity: int | None = None
    entries: tuple[ListEntry, ...] | None = None
    add: tuple[ListEntry, ...] = ()
    remove: tuple[ListEntry, ...] = ()
    strict: bool = False

    def apply(self, partition: Partition) -> ValueList:
        """Return the list, MODIFYING where the cloud takes its time over it."""
        changed, draft = self.check(partition)
        describe(changed, self.name, self.description, self.extras)
        return _put(partition, self.kind, changed, draft)

    def check(self, partition: Partition) -> tuple[ValueList, ValueList]:
        """Return the list, and how it will be, or raise what keeps it as it is."""
        found = contents.named(partition, self.kind, self.list_id)
        contents.check_different(found.id, (*self.add, *self.remove))
        entries = self.entries if self.entries is not None else self._merged(found)
        capacity = found.capacity if self.capacity is None else self.capacity
        draft = attrs.evolve(found, entries=entries, capacity=capacity)
        contents.check(partition, self.kind, draft)
        if capacity > found.capacity:
            _check_room(partition, found, capacity)
        return found, draft

    def _merged(self, found: ValueList) -> tuple[ListEntry, ...]:
        """Return the entries that it has without those that go, and with those that come."""
        present = {each.content: each for each in found.entries}
        for each in self.remove:
            if present.pop(each.content, None) is None and self.strict:
                raise errors.ListEntryMissing(found.id, each.written)
        for each in self.add:
            if each.content in present and self.strict:
                raise errors.ListEntryPresent(found.id, each.written)
            present[each.content] = each
        return tuple(present.values())


@attrs.frozen(kw_only=True)
class ChangeListEntries:
    """Put other entries in the places of some that a list has.

    Raises:
        the ``NotFound`` of its kind, ListBusy: there is none to modify.
        ListEntryMissing: it has none of what shall be changed.
        what ``contents.check`` raises: what shall be in it.
    """

    kind: ResourceKind
    list_id: str
    changes: tuple[tuple[ListEntry, ListEntry], ...]

    def apply(self, partition: Partition) -> ValueList:
        """Return the list, MODIFYING where the cloud takes its time over it."""
        return _put(partition, self.kind, *self.check(partition))

    def check(self, partition: Partition) -> tuple[ValueList, ValueList]:
        """Return the list, and how it will be, or raise what keeps it as it is."""
        found = contents.named(partition, self.kind, self.list_id)
        contents.check_different(found.id, (before for before, _ in self.changes))
        entries = list(found.entries)
        places: dict[Content, int] = {each.content: place for place, each in enumerate(entries)}
        for before, after in self.changes:
            if before.content not in places:
                raise errors.ListEntryMissing(found.id, before.written)
            entries[places[before.content]] = after
        draft = attrs.evolve(found, entries=tuple(entries))
        contents.check(partition, self.kind, draft)
        return found, draft


@attrs.frozen(kw_only=True)
class DeleteList:
    """Delete a list, or a group of lists, that nothing names.

    Raises:
        the ``NotFound`` of its kind, ListBusy: there is none to delete.
        ListNamedByGroup, ListNamedByRoute, ListInListGroup: something still stands on it.
    """

    kind: ResourceKind
    list_id: str

    def apply(self, partition: Partition) -> ValueList:
        """Return the list, DELETING where the cloud takes its time over it, else GONE."""
        gone, rules = self.check(partition), partition.rules
        if self.kind in rules.slow_lists:
            gone.state = SERVICE_LIFECYCLE[gone.state, Trigger.DELETE]
            duration = rules.durations.change_list
            waiting.begin(partition, OperationKind.DELETE_LIST, Trigger.DELETED, duration, gone)
        else:
            partition.graph.remove_list(gone)
        return gone

    def check(self, partition: Partition) -> ValueList:
        """Return the list, or raise what keeps it from going."""
        graph, found = partition.graph, contents.named(partition, self.kind, self.list_id)
        for group_id in graph.groups_by_list.ids(found.id):
            raise errors.ListNamedByGroup(found.id, group_id)
        for route_id in graph.routes_by_list.ids(found.id):
            raise errors.ListNamedByRoute(found.id, route_id)
        for group_id in graph.list_groups_by_list.ids(found.id):
            raise errors.ListInListGroup(found.id, group_id)
        return found


def _put(partition: Partition, kind: ResourceKind, changed: ValueList, draft: ValueList) -> ValueList:
    """Let a list be as its draft, at once; of other entries the cloud may have to tell who names it."""
    entries = contents.entered(draft.entries, changed.entries, partition.now)
    told = (changed.entries, changed.capacity) == (entries, draft.capacity)
    partition.graph.set_entries(changed, entries)
    changed.capacity = draft.capacity
    changed.modified = partition.now
    if kind in partition.rules.slow_lists and told:
        partition.complete(OperationKind.MODIFY_LIST, changed.id)
    elif kind in partition.rules.slow_lists:
        changed.state = SERVICE_LIFECYCLE[changed.state, Trigger.MODIFY]
        duration = partition.rules.durations.change_list
        waiting.begin(partition, OperationKind.MODIFY_LIST, Trigger.PROVISIONED, duration, changed)
    return changed


def _check_room(partition: Partition, changed: ValueList, capacity: int) -> None:
    """Raise where what names a list would count for too much with another capacity."""
    graph, limit = partition.graph, partition.rules.quotas.routes_per_table
    capacities = {changed.id: capacity}
    for group_id in graph.groups_by_list.ids(changed.id):
        group = graph.groups[group_id]
        rule_checks.check_quotas(partition, group, group.rules, capacities)
    if limit is not None:
        for route_id in graph.routes_by_list.ids(changed.id):
            table_id = graph.routes[route_id].table_id
            if lists.load_of_table(graph, table_id, (), capacities) > limit:
                raise errors.RouteQuotaExceeded(table_id, limit)
