"""Choosing resources: narrow by index, test the rest, cut a page.

One function serves every describe action of every dialect. Ids that an index already knows narrow the
candidates, so that no scan happens where an index can answer; what no index covers is a test.
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import islice
from operator import attrgetter
from typing import Generic, TypeVar

import attrs

from duolect_core.by_fields import Value
from duolect_core.graph.index import Ids, Index
from duolect_core.model.resources import Resource

R = TypeVar("R", bound=Resource)


@attrs.frozen(eq=False, repr=False)
class Page(Value, Generic[R]):
    """A part of what was selected, newest first, and how much was selected in all."""

    items: Sequence[R]
    total: int


@attrs.frozen(kw_only=True, eq=False, repr=False)
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
    known = _in_order(table, selection)
    if known is None:
        matching = _matching(table, selection)
        older = bisect_left(matching, before, key=attrgetter("order")) if before is not None else None
        return reversed(matching[:older]), len(matching)
    ids: Iterable[str] = reversed(known)
    if before is not None:
        all_ids = list(known)
        ids = reversed(all_ids[: bisect_left(all_ids, before, key=lambda each: table[each].order)])
    found: Iterable[R] = map(table.__getitem__, ids)
    for test in selection.tests:
        found = filter(test, found)
    return found, len(known) if selection.total is None else selection.total


def _carrying(
    table: dict[str, R], index: Index[tuple[str, ...]], wanted: tuple[tuple[str, ...], ...]
) -> Collection[str]:
    """Return the ids of the resources of a table that carry one of these keys, or of these tags."""
    kinds = {type(each).__name__ for each in islice(table.values(), 1)}
    found = [index.ids((kind, *each)) for kind in kinds for each in wanted]
    return found[0] if len(found) == 1 else {resource_id for ids in found for resource_id in ids}


def _in_order(table: dict[str, R], selection: "Selection[R]") -> "dict[str, R] | Ids | None":
    """Return ids in order of creation that hold all that is selected, where nothing has to be counted."""
    if len(selection.within) > 1 or (selection.tests and selection.total is None):
        return None
    if not selection.within:
        return table
    (ids,) = selection.within
    # An index holds one kind of resource: if the newest is in the table, all are.
    if isinstance(ids, Ids) and ids.in_order and next(reversed(ids), None) in table:
        return ids
    return None


def _matching(table: dict[str, R], selection: "Selection[R]") -> list[R]:
    """Return what is selected, oldest first."""
    if selection.within:
        smallest, *others = sorted(selection.within, key=len)
        chosen: Iterable[str] = dict.fromkeys(smallest)
        for ids in others:
            chosen = [resource_id for resource_id in chosen if resource_id in ids]
        found = [table[resource_id] for resource_id in chosen if resource_id in table]
        # An index is nearly in the order of creation, and sorting what is sorted costs one pass.
        found.sort(key=attrgetter("order"))
    else:
        found = list(table.values())
    for test in selection.tests:
        found = [resource for resource in found if test(resource)]
    return found
