"""Lists of addresses and services, and groups of lists."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from duolect_core.graph.index import Index
from duolect_core.graph.tags import TagTables
from duolect_core.model.lifecycles import ServiceState

if TYPE_CHECKING:
    from duolect_core.model.lists import (
        AddressList,
        AddressListGroup,
        ListEntry,
        RouteList,
        ServiceList,
        ServiceListGroup,
        ValueList,
    )

_TABLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "AddressList": "address_lists",
        "RouteList": "route_lists",
        "ServiceList": "service_lists",
        "AddressListGroup": "address_list_groups",
        "ServiceListGroup": "service_list_groups",
    }
)
"""The table of each class of lists; a start does without the classes themselves."""


class ListTables(TagTables):
    """The lists of a partition, and their groups."""

    def __init__(self) -> None:
        """Start empty."""
        self.address_lists: dict[str, AddressList] = {}
        self.route_lists: dict[str, RouteList] = {}
        self.service_lists: dict[str, ServiceList] = {}
        self.address_list_groups: dict[str, AddressListGroup] = {}
        self.service_list_groups: dict[str, ServiceListGroup] = {}
        self.list_groups_by_list: Index[str] = Index()
        """The groups that each list is in."""

    def add_list(self, added: ValueList) -> None:
        """Put a new list, or a new group of lists, in."""
        self._table_of(added)[added.id] = added
        self._note_members(added)
        self._tag(added)

    def remove_list(self, gone: ValueList) -> None:
        """Take a list out, or a group of lists, which is GONE then; nothing may name it."""
        self._untag(gone)
        self.set_entries(gone, ())
        del self._table_of(gone)[gone.id]
        gone.state = ServiceState.GONE

    def set_entries(self, changed: ValueList, entries: tuple[ListEntry, ...]) -> None:
        """Give a list these entries in the place of those that it has."""
        for member_id in changed.member_ids:
            self.list_groups_by_list.discard(member_id, changed.id)
        changed.entries = entries
        self._note_members(changed)

    def _note_members(self, of: ValueList) -> None:
        for member_id in of.member_ids:
            self.list_groups_by_list.add(member_id, of.id, of.order)

    def _table_of(self, of: ValueList) -> dict[str, Any]:
        table: dict[str, Any] = getattr(self, _TABLES[type(of).__name__])
        return table
