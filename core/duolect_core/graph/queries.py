"""Choosing resources: narrow by index, test the rest, cut a page.

One function serves every describe action of every dialect. Ids that an index already knows narrow the
candidates, so that no scan happens where an index can answer; what no index covers is a test.
"""

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

    With ``tag_keys`` it must carry one of the keys of each of them, by an index of those
    (``Graph.tag_keys``).
    """

    within: tuple[Collection[str], ...] = ()
    tag_keys: tuple[tuple[Index[tuple[str, str]], tuple[str, ...]], ...] = ()
    tests: tuple[Callable[[R], bool], ...] = ()


def select(
    table: dict[str, R], selection: "Selection[R]", *, offset: int = 0, limit: int | None = None
) -> Page[R]:
    """Return one page of the resources of ``table`` that match ``selection``, newest first.

    Unknown ids select nothing. Without any condition, or with those of one index alone, a page costs
    what it holds and what it skips.
    """
    if selection.tag_keys:
        carrying = tuple(_carrying(table, *each) for each in selection.tag_keys)
        selection = attrs.evolve(selection, within=(*selection.within, *carrying), tag_keys=())
    stop = None if limit is None else offset + limit
    known = _in_order(table, selection)
    if known is not None:
        page = islice(reversed(known), offset, stop)
        return Page([table[resource_id] for resource_id in page], len(known))
    found = _matching(table, selection)
    return Page(found[offset:stop], len(found))


def _carrying(table: dict[str, R], index: Index[tuple[str, str]], keys: tuple[str, ...]) -> Collection[str]:
    """Return the ids of the resources of a table that carry a tag of one of these keys."""
    kinds = {type(each).__name__ for each in islice(table.values(), 1)}
    found = [index.ids((kind, key)) for kind in kinds for key in keys]
    return found[0] if len(found) == 1 else {resource_id for ids in found for resource_id in ids}


def _in_order(table: dict[str, R], selection: "Selection[R]") -> "dict[str, R] | Ids | None":
    """Return the ids that are selected in order of creation, where nothing has to be looked for."""
    if selection.tests or len(selection.within) > 1:
        return None
    if not selection.within:
        return table
    (ids,) = selection.within
    # An index holds one kind of resource: if the newest is in the table, all are.
    if isinstance(ids, Ids) and ids.in_order and next(reversed(ids), None) in table:
        return ids
    return None


def _matching(table: dict[str, R], selection: "Selection[R]") -> list[R]:
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
    found.reverse()
    return found
