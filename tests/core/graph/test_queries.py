"""Selecting: the same answer as a naive scan, newest first, cut where asked."""

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.builders import World
from tests.core.model.rules import NORTH

from duolect_core.graph.index import Index
from duolect_core.graph.queries import Page, Selection, select, select_after
from duolect_core.model.resources import Resource

IDS = [f"r{number}" for number in range(12)]
SOME_IDS = st.lists(st.sampled_from([*IDS, "absent"]), max_size=12)
TABLE = {
    name: Resource(id=name, order=order, created=0, name=f"n{order % 3}")
    for order, name in zip(count(1), IDS, strict=False)
}


def ids(page):
    return [resource.id for resource in page.items]


def test_without_a_condition_everything_is_selected_newest_first():
    page = select(TABLE, Selection())
    assert ids(page) == IDS[::-1]
    assert page.total == 12


@pytest.mark.parametrize(
    ("offset", "limit"), [(0, 3), (2, 4), (10, 5), (12, 1), (50, 5), (3, 0), (4, None)]
)
def test_a_page_is_a_cut_and_the_total_is_the_total(offset, limit):
    stop = None if limit is None else offset + limit
    for selection in (Selection(), Selection(tests=(lambda _: True,)), Selection(within=(IDS,))):
        page = select(TABLE, selection, offset=offset, limit=limit)
        assert ids(page) == IDS[::-1][offset:stop]
        assert page.total == 12


@given(within=st.lists(SOME_IDS, max_size=3), names=st.sets(st.sampled_from(["n0", "n1", "n2"])))
def test_a_selection_is_what_a_scan_finds(within, names):
    selection = Selection(within=tuple(within), tests=(lambda r: r.name in names, lambda r: r.order > 2))
    expected = [
        resource.id
        for resource in sorted(TABLE.values(), key=lambda resource: -resource.order)
        if all(resource.id in each for each in within) and resource.name in names and resource.order > 2
    ]
    page = select(TABLE, selection)
    assert ids(page) == expected
    assert page.total == len(expected)


@given(
    orders=st.lists(st.integers(1, 12), unique=True), offset=st.integers(0, 13), limit=st.integers(0, 13)
)
def test_the_ids_of_an_index_select_what_the_same_ids_in_a_set_select(orders, offset, limit):
    index = Index()
    for order in orders:
        index.add("k", f"r{order - 1}", order)
    known, plain = (
        select(TABLE, Selection(within=(ids,)), offset=offset, limit=limit)
        for ids in (index.ids("k"), set(index.ids("k")))
    )
    assert known == plain


@given(
    orders=st.lists(st.integers(1, 12), unique=True),
    size=st.integers(1, 5),
    names=st.sets(st.sampled_from(["n0", "n1", "n2"])),
    counted=st.booleans(),
    indexed=st.booleans(),
)
def test_pages_after_each_other_are_the_whole(orders, size, names, counted, indexed):
    index = Index()
    for order in orders:
        index.add("k", f"r{order - 1}", order)
    among = orders if indexed else range(1, 13)
    expected = [name for name in IDS[::-1] if TABLE[name].order in among and TABLE[name].name in names]
    selection = Selection(
        within=(index.ids("k"),) if indexed else (),
        tests=(lambda r: r.name in names,),
        total=len(expected) if counted else None,
    )
    assert ids(select(TABLE, selection)) == expected
    found, last = [], None
    while True:
        page, last = select_after(TABLE, selection, last, size)
        assert page.total == len(expected)
        assert len(page.items) == size or last is None
        found += ids(page)
        if last is None:
            break
    assert found == expected


@given(
    several=st.lists(st.lists(st.integers(1, 12), unique=True), min_size=2, max_size=3),
    size=st.integers(1, 5),
    last=st.none() | st.integers(1, 13),
)
def test_what_several_indexes_have_is_what_all_of_them_have(several, size, last):
    indexes = [Index() for _ in several]
    for index, orders in zip(indexes, several, strict=True):
        for order in orders:
            index.add("k", f"r{order - 1}", order)
    everywhere = set.intersection(*map(set, several))
    expected = [name for name in IDS[::-1] if TABLE[name].order in everywhere]
    selection = Selection(within=tuple(index.ids("k") for index in indexes))
    assert ids(select(TABLE, selection)) == expected
    older = [name for name in expected if last is None or TABLE[name].order < last]
    page, following = select_after(TABLE, selection, last, size)
    assert (ids(page), page.total) == (older[:size], len(expected))
    assert following == (TABLE[older[size - 1]].order if len(older) > size else None)


@pytest.mark.parametrize("order", [0, 5, 13, 10**9])
def test_a_page_follows_an_order_that_no_resource_has(order):
    for selection in (Selection(), Selection(within=(IDS,))):
        page, _ = select_after(TABLE, selection, order, 100)
        assert ids(page) == [name for name in IDS[::-1] if TABLE[name].order < order]


def test_a_page_looks_at_no_more_than_it_shows():
    looked_at = []
    index = Index()
    for name, resource in TABLE.items():
        index.add("k", name, resource.order)

    def passes(resource):
        looked_at.append(resource.id)
        return True

    selection = Selection(within=(index.ids("k"),), tests=(passes,), total=12)
    assert ids(select(TABLE, selection, limit=2)) == looked_at == IDS[:-3:-1]


def test_the_ids_of_another_kind_of_resource_select_nothing():
    index = Index()
    index.add("k", "another kind", 1)
    assert select(TABLE, Selection(within=(index.ids("k"),))) == Page([], 0)


def test_a_tag_selects_one_kind_of_resource_among_those_that_have_it():
    world = World(NORTH)
    network = world.network(tags={"k": "v"})
    subnet = world.subnet(network, tags={"k": "v"})
    tagged = Selection(tags=((world.graph.tag_values, (("k", "v"),)),))
    assert ids(select(world.graph.networks, tagged)) == [network.id]
    assert ids(select(world.graph.subnets, tagged)) == [subnet.id]
    assert ids(select(world.graph.interfaces, tagged)) == []


def test_a_page_of_a_subnet_is_its_newest_interfaces():
    world = World(NORTH)
    subnet = world.subnet()
    made = [world.interface(subnet).id for _ in range(5)]
    page = select(
        world.graph.interfaces,
        Selection(within=(world.graph.interfaces_by_subnet.ids(subnet.id),)),
        offset=1,
        limit=2,
    )
    assert (ids(page), page.total) == ([made[3], made[2]], 5)


def test_an_id_that_is_named_twice_is_selected_once():
    assert ids(select(TABLE, Selection(within=(["r3", "r1", "r3"],)))) == ["r3", "r1"]


def test_unknown_ids_select_nothing():
    assert select(TABLE, Selection(within=(["absent"],))) == Page([], 0)


def test_an_empty_collection_of_ids_selects_nothing():
    assert select(TABLE, Selection(within=([],))) == Page([], 0)


def test_a_narrow_selection_tests_only_what_is_in_it():
    seen = []
    select(TABLE, Selection(within=(["r1", "r2"], IDS), tests=(lambda r: bool(seen.append(r.id)),)))
    assert sorted(seen) == ["r1", "r2"]
