"""Any commands on lists of addresses and services, and on groups of lists."""

from ipaddress import IPv4Network, IPv6Network

from hypothesis import strategies as st
from hypothesis.stateful import rule
from tests.core.machine.base import Machine
from tests.core.machine.strategies import HOW, PICK, TAGS

from duolect_core.model.lists import AddressSpan, ListEntry, Service
from duolect_core.model.rules import ResourceKind
from duolect_core.model.security_rules import Protocol
from duolect_core.routes.entries import DeployRouteList
from duolect_core.security_groups.lists.contents import KINDS, MEMBERS
from duolect_core.security_groups.lists.lifecycle import (
    ChangeListEntries,
    CreateList,
    DeleteList,
    ModifyList,
)

ENTRIES = st.lists(st.integers(0, 7), max_size=3)
"""Of entries: see ``list_entry``."""


class ListRules(Machine):
    """Creates, changes and deletes lists and groups of lists."""

    @rule(
        kind=st.sampled_from(KINDS),
        version=st.sampled_from([0, 4, 4, 6]),
        capacity=st.sampled_from([0, 2, 4, 5]),
        numbers=ENTRIES,
        tags=TAGS,
        how=HOW,
    )
    def create_list(self, kind, numbers, how, **more):
        self.do(CreateList(kind=kind, entries=self.list_entries(kind, numbers), **more), how)

    @rule(
        kind=st.sampled_from(KINDS),
        pick=PICK,
        name=st.sampled_from([None, "n"]),
        capacity=st.sampled_from([None, None, 2, 3, 9]),
        numbers=st.one_of(st.none(), ENTRIES),
        changes=st.tuples(ENTRIES, ENTRIES),
        strict=st.booleans(),
        how=HOW,
    )
    def modify_list(self, kind, pick, numbers, changes, how, **more):
        add, remove = changes
        self.do(
            ModifyList(
                kind=kind,
                list_id=self.one(self.graph.table(kind), pick),
                entries=None if numbers is None else self.list_entries(kind, numbers),
                add=self.list_entries(kind, add),
                remove=self.list_entries(kind, remove),
                **more,
            ),
            how,
        )

    @rule(kind=st.sampled_from(KINDS), pick=PICK, number=st.integers(0, 7), how=HOW)
    def change_list_entries(self, kind, pick, number, how):
        list_id = self.one(self.graph.table(kind), pick)
        present = getattr(self.graph.table(kind).get(list_id), "entries", ())
        after = self.list_entry(kind, number)
        self.do(
            ChangeListEntries(kind=kind, list_id=list_id, changes=((*present[:1], after, after)[:2],)), how
        )

    @rule(kind=st.sampled_from(KINDS), pick=PICK, how=HOW)
    def delete_list(self, kind, pick, how):
        self.do(DeleteList(kind=kind, list_id=self.one(self.graph.table(kind), pick)), how)

    @rule(pick=PICK, table=PICK, how=HOW)
    def deploy_route_list(self, pick, table, how):
        list_id = self.one(self.graph.route_lists, pick)
        table_id = self.one(self.graph.route_tables, table)
        self.do(DeployRouteList(list_id=list_id, table_id=table_id), how)

    def list_entries(self, kind, numbers):
        """Return entries by number: those that fit the kind, and now and then one of IPv6."""
        return tuple(self.list_entry(kind, number) for number in numbers)

    def list_entry(self, kind, number):
        described = {"description": "d"} if number % 2 else {}
        if kind in MEMBERS:
            member_id = self.one(self.graph.table(MEMBERS[kind]), number)
            return ListEntry(content=member_id, written=member_id, **described)
        if kind is ResourceKind.SERVICE_LIST:
            protocol = Protocol.TCP if self.rules.services_name_protocols else None
            return ListEntry(content=Service(protocol, ((number, number),)), written=str(number))
        block = IPv6Network("2001:db8::/32") if number == 7 else IPv4Network(f"172.{16 + number}.0.0/16")
        return ListEntry(content=AddressSpan.of(block), written=str(block), **described)
