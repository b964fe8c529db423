"""Choosing resources: narrow by index, test the rest, cut a page.

One function serves every describe action of every dialect. Ids that an index already knows narrow the
candidates, so that no scan happens where an index can answer; what no index covers is a test.
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import islice
from operator import attrgetter
from typing import Final, Generic, TypeVar

import attrs

from duolect_core.by_fields import Value
from duolect_core.graph.index import Ids, Index
from duolect_core.model.resources import Resource

R = TypeVar("R", bound=Resource)
_ORDER: Final = attrgetter("order")


@attrs.frozen(slots=False, eq=False, repr=False)
class Page(Value, Generic[R]):
    """A part of what was selected, newest first, and how much was selected in all."""

    items: Sequence[R]
    total: int


@attrs.frozen(kw_only=True, slots=False, eq=False, repr=False)
class Selection(Value, Generic[R]):
    """What to select: every collection of ids must contain it and every test must pass.

    Of each of ``tags``, which are some keys, or some tags, with an index of those (``Graph.tag_keys``,
    ``Graph.tag_values``), it must carry one. ``total`` is how much is selected, where that is known without
    looking.
    """

    within: tuple[Collection[str], ...] = ()
    tags: tuple[tuple[Index[tuple[str, ...]], tuple[tuple[str, ...], ...]], ...] = ()
    tests: tuple[Callable[[R], bool], ...] = ()
    total: int | None = None


def select(
    table: dict[str, R], selection: "Selection[R]", *, offset: int = 0, limit: int | None = None
) -> Page[R]:
    """Return one page of the resources of ``table`` that match ``selection``, newest first.

    Unknown ids select nothing. Without any condition, with those of one index alone, or where the total is
    known, a page costs what it holds and what it skips.
    """
    stop = None if limit is None else offset + limit
    found, total = _newest_first(table, selection)
    return Page(list(islice(found, offset, stop)), total)


def select_after(
    table: dict[str, R], selection: "Selection[R]", order: int | None, size: int
) -> tuple[Page[R], int | None]:
    """Return the page that follows the resource of this order, or the first one where there is none.

    With it comes the order after which the next page follows, or None where there is none.
    """
    found, total = _newest_first(table, selection, order)
    items = list(islice(found, size + 1))
    more = len(items) > size
    del items[size:]
    return Page(items, total), items[-1].order if more else None


def _newest_first(
    table: dict[str, R], selection: "Selection[R]", before: int | None = None
) -> tuple[Iterable[R], int]:
    """Return what is selected, newest first, and how much it is; of the former only what is older."""
    if selection.tags:
        carrying = tuple(_carrying(table, *each) for each in selection.tags)
        selection = attrs.evolve(selection, within=(*selection.within, *carrying), tags=())
    within, tests = sorted(selection.within, key=len), selection.tests
    known = _in_order(table, within) if not tests or selection.total is not None else None
    if known is None:
        matching = _matching(table, within, tests)
        older = bisect_left(matching, before, key=_ORDER) if before is not None else None
        return reversed(matching[:older]), len(matching)
    found: Iterable[R]
    if before is not None:
        ids = list(known)
        older = bisect_left(ids, before, key=lambda each: table[each].order)
        found = (table[ids[place]] for place in range(older - 1, -1, -1))
    elif known is table:
        found = reversed(table.values())
    else:
        found = map(table.__getitem__, reversed(known))
    for test in tests:
        found = filter(test, found)
    return found, len(known) if selection.total is None else selection.total


def _carrying(
    table: dict[str, R], index: Index[tuple[str, ...]], wanted: tuple[tuple[str, ...], ...]
) -> Collection[str]:
    """Return the ids of the resources of a table that carry one of these keys, or of these tags."""
    kinds = {type(each).__name__ for each in islice(table.values(), 1)}
    found = [index.ids((kind, *each)) for kind in kinds for each in wanted]
    return found[0] if len(found) == 1 else {resource_id for ids in found for resource_id in ids}


def _in_order(
    table: dict[str, R], within: Sequence[Collection[str]]
) -> "dict[str, R] | Ids | list[str] | None":
    """Return the ids that all of these hold, in order of creation, where no resource has to be looked at.

    The smallest comes first.
    """
    if not within:
        return table
    ids = within[0]
    # An index holds one kind of resource: if the newest is in the table, all are.
    if not isinstance(ids, Ids) or not ids.in_order or next(reversed(ids), None) not in table:
        return None
    return list(_within(ids, within[1:])) if len(within) > 1 else ids


def _within(ids: Iterable[str], others: Iterable[Collection[str]]) -> Iterable[str]:
    """Return those of the ids that are in all other collections."""
    for other in others:
        ids = filter(other.__contains__, ids)
    return ids


def _matching(
    table: dict[str, R], within: Sequence[Collection[str]], tests: Iterable[Callable[[R], bool]]
) -> list[R]:
    """Return the resources that all of these hold, of which the smallest comes first, oldest first."""
    if not within:
        found = list(table.values())
    else:
        smallest = within[0]
        chosen = _within(dict.fromkeys(smallest), within[1:])
        found = [table[resource_id] for resource_id in chosen if resource_id in table]
        if not (isinstance(smallest, Ids) and smallest.in_order):
            found.sort(key=_ORDER)
    for test in tests:
        found = [resource for resource in found if test(resource)]
    return found
