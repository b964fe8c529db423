"""Lists of addresses and services, and groups of them: created, changed, deleted, and their limits."""

import pytest
from tests.core.builders import World
from tests.core.model.rules import BOTH, NORTH, SOUTH, STEPS, limited
from tests.core.security_groups.listed import block, created, member, one_of_every_kind, ports

from duolect_core import errors
from duolect_core.model.lifecycles import ServiceState
from duolect_core.model.lists import AddressSpan
from duolect_core.model.rules import ResourceKind
from duolect_core.security_groups.lists.contents import KINDS
from duolect_core.security_groups.lists.lifecycle import (
    ChangeListEntries,
    CreateList,
    DeleteList,
    ModifyList,
)

ADDRESSES, ROUTES = ResourceKind.ADDRESS_LIST, ResourceKind.ROUTE_LIST
GROUP = ResourceKind.ADDRESS_LIST_GROUP


def modify(of, kind=ADDRESSES, **changes):
    return ModifyList(kind=kind, list_id=of.id, **changes)


def shown(of):
    return [each.written for each in of.entries]


@BOTH
@pytest.mark.parametrize("kind", KINDS)
def test_a_list_of_every_kind_is_there_at_once_with_what_is_said_of_it(rules, kind):
    made = one_of_every_kind(world := World(rules), name="n", description="d", extras={"x": 1})[kind]
    assert (made.name, made.description, made.extras, made.capacity) == ("n", "d", {"x": 1}, 2)
    assert made.state is ServiceState.AVAILABLE
    assert [each.modified for each in made.entries] == [world.at]
    assert world.graph.table(kind)[made.id] is made


def test_the_blocks_of_a_span_are_the_fewest():
    span = AddressSpan(4, 0x0A000001, 0x0A000003)
    assert list(map(str, span.blocks)) == ["10.0.0.1/32", "10.0.0.2/31"]
    assert [str(each) for each in AddressSpan(6, 1, 1).blocks] == ["::1/128"]


def test_entries_come_and_go_and_are_described_anew():
    world = World(NORTH)
    made = created(world, ADDRESSES, block("10.0.0.0/8"), block("11.0.0.0/8"))
    began, world.at = world.at, world.at + 1
    changes = {"add": (block("12.0.0.0/8"), block("11.0.0.0/8", "d")), "remove": (block("10.0.0.0/8"),)}
    world.do(modify(made, name="n", description="d", **changes))
    assert [(each.written, each.description) for each in made.entries] == [
        ("11.0.0.0/8", "d"),
        ("12.0.0.0/8", ""),
    ]
    assert (made.name, made.description, made.created, made.modified) == ("n", "d", began, began + 1)
    world.do(modify(made, remove=(block("13.0.0.0/8"),)))
    assert shown(made) == ["11.0.0.0/8", "12.0.0.0/8"]


def test_other_entries_take_the_place_of_all():
    world = World(NORTH)
    made = created(world, ADDRESSES, block("10.0.0.0/8"), block("11.0.0.0/8"))
    kept = made.entries[1]
    world.at += 1
    world.do(modify(made, entries=(block("12.0.0.0/8"), block("11.0.0.0/8"))))
    assert made.entries[1] is kept
    assert [each.modified for each in made.entries] == [world.at, world.at - 1]


def test_a_strict_change_finds_each_entry_where_it_should_be():
    world = World(NORTH)
    made = created(world, ADDRESSES, block("10.0.0.0/8"))
    present, absent = block("10.0.0.0/8"), block("11.0.0.0/8")
    world.refuses(modify(made, add=(present,), strict=True), errors.ListEntryPresent, entry="10.0.0.0/8")
    world.refuses(modify(made, remove=(absent,), strict=True), errors.ListEntryMissing)
    world.do(modify(made, add=(absent,), remove=(present,), strict=True))
    assert shown(made) == ["11.0.0.0/8"]


def test_entries_are_changed_in_their_places():
    world = World(NORTH)
    made = created(world, ADDRESSES, block("10.0.0.0/8"), block("11.0.0.0/8"))

    def change(before, after):
        changes = ((block(before), block(after)),)
        return ChangeListEntries(kind=ADDRESSES, list_id=made.id, changes=changes)

    world.do(change("10.0.0.0/8", "12.0.0.0/8"))
    assert shown(made) == ["12.0.0.0/8", "11.0.0.0/8"]
    world.refuses(change("10.0.0.0/8", "13.0.0.0/8"), errors.ListEntryMissing)
    world.refuses(change("12.0.0.0/8", "11.0.0.0/8"), errors.ListEntryRepeated)


def test_no_two_entries_are_the_same():
    world = World(NORTH)
    twice = (block("10.0.0.0/8"), block("10.0.0.0/8", "d"))
    world.refuses(CreateList(kind=ADDRESSES, entries=twice), errors.ListEntryRepeated)
    made = created(world)
    world.refuses(modify(made, add=twice[:1], remove=twice[1:]), errors.ListEntryRepeated)


def test_a_list_is_of_one_version_of_ip_or_of_any():
    world = World(NORTH)
    six = (block("2001:db8::/32"),)
    refused = CreateList(kind=ADDRESSES, version=4, entries=six)
    world.refuses(refused, errors.ListEntryVersionMismatch, entry="2001:db8::/32")
    world.do(CreateList(kind=ADDRESSES, version=6, entries=six))
    world.do(CreateList(kind=ADDRESSES, entries=(*six, block("10.0.0.0/8"))))


def test_a_list_has_room_for_its_capacity_and_no_more_than_the_quota():
    world = World(limited(NORTH, entries_per_address_list=3, address_lists=2))
    two = (block("10.0.0.0/8"), block("11.0.0.0/8"))
    world.refuses(CreateList(kind=ADDRESSES, capacity=1, entries=two), errors.ListFull, limit=1)
    world.refuses(CreateList(kind=ADDRESSES, capacity=4), errors.ListCapacityExceeded, limit=3)
    made = created(world, ADDRESSES, *two, capacity=2)
    world.refuses(modify(made, capacity=1), errors.ListFull)
    world.refuses(modify(made, add=(block("12.0.0.0/8"),)), errors.ListFull)
    world.do(modify(made, capacity=3, add=(block("12.0.0.0/8"),)))
    open_ended = created(world, ADDRESSES, *two)
    world.refuses(modify(open_ended, add=tuple(map(block, ("1.0.0.0/8", "2.0.0.0/8")))), errors.ListFull)
    world.refuses(CreateList(kind=ADDRESSES), errors.ListQuotaExceeded, limit=2)
    tags = {"a": "1", "b": "2"}
    crowded = World(limited(NORTH, tags_per_resource=1))
    crowded.refuses(CreateList(kind=ADDRESSES, tags=tags), errors.TagQuotaExceeded)


# -- groups of lists ---------------------------------------------------------------------------------------


def test_a_group_has_lists_that_are_there():
    world = World(SOUTH)
    made = created(world)
    group = created(world, GROUP, member(made, "d"))
    assert list(world.graph.list_groups_by_list.ids(made.id)) == [group.id]
    absent = CreateList(kind=GROUP, entries=(member(group),))
    world.refuses(absent, errors.AddressListNotFound)
    world.refuses(DeleteList(kind=ADDRESSES, list_id=made.id), errors.ListInListGroup, held_by=group.id)
    world.do(modify(group, GROUP, entries=()))
    world.wait()
    world.do(DeleteList(kind=ADDRESSES, list_id=made.id))
    world.refuses(CreateList(kind=GROUP, entries=(member(made),)), errors.AddressListNotFound)
    services = created(world, ResourceKind.SERVICE_LIST)
    world.refuses(CreateList(kind=GROUP, entries=(member(services),)), errors.AddressListNotFound)
    missing = CreateList(kind=ResourceKind.SERVICE_LIST_GROUP, entries=(member(made),))
    world.refuses(missing, errors.ServiceListNotFound)


def test_a_list_that_is_being_deleted_joins_no_group():
    world = World(SOUTH)
    services = created(world, ResourceKind.SERVICE_LIST, ports(80))
    world.do(DeleteList(kind=ResourceKind.SERVICE_LIST, list_id=services.id))
    late = CreateList(kind=ResourceKind.SERVICE_LIST_GROUP, entries=(member(services),))
    world.refuses(late, errors.ServiceListNotFound)


def test_a_list_is_in_so_many_groups_only():
    world = World(limited(SOUTH, list_groups_per_list=1))
    made = created(world)
    group = created(world, GROUP, member(made))
    world.refuses(CreateList(kind=GROUP, entries=(member(made),)), errors.ListGroupsExceeded, limit=1)
    world.do(modify(group, GROUP, entries=(member(made, "d"),)))


# -- what takes time ---------------------------------------------------------------------------------------


def test_where_it_takes_time_a_list_is_busy_while_it_changes():
    world = World(SOUTH)
    made = created(world)
    world.do(modify(made, add=(block("10.0.0.0/8"),)), operation_id="op")
    assert (made.state, shown(made)) == (ServiceState.MODIFYING, ["10.0.0.0/8"])
    for command in (modify(made, name="n"), DeleteList(kind=ADDRESSES, list_id=made.id)):
        world.refuses(command, errors.ListBusy, list_id=made.id)
    world.wait(STEPS.change_list)
    assert made.state is ServiceState.AVAILABLE
    world.do(modify(made, name="n"), operation_id="op 2")
    assert (made.state, made.name) == (ServiceState.AVAILABLE, "n")
    assert world.graph.operations["op 2"].state == "succeeded"
    world.do(DeleteList(kind=ADDRESSES, list_id=made.id))
    assert made.state is ServiceState.DELETING
    world.wait(STEPS.change_list)
    assert (made.state, world.graph.address_lists) == (ServiceState.GONE, {})


def test_elsewhere_it_changes_and_goes_at_once():
    world = World(NORTH)
    made = created(world)
    world.do(modify(made, add=(block("10.0.0.0/8"),)))
    assert made.state is ServiceState.AVAILABLE
    world.do(DeleteList(kind=ADDRESSES, list_id=made.id))
    assert made.state is ServiceState.GONE


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        (ADDRESSES, errors.AddressListNotFound),
        (ROUTES, errors.RouteListNotFound),
        (ResourceKind.SERVICE_LIST, errors.ServiceListNotFound),
        (GROUP, errors.AddressListGroupNotFound),
        (ResourceKind.SERVICE_LIST_GROUP, errors.ServiceListGroupNotFound),
    ],
)
def test_what_is_not_there_is_missed_as_its_kind(kind, error):
    world = World(NORTH)
    for command in (
        ModifyList(kind=kind, list_id="absent"),
        ChangeListEntries(kind=kind, list_id="absent", changes=()),
        DeleteList(kind=kind, list_id="absent"),
    ):
        world.refuses(command, error)
