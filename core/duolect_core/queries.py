"""Choosing resources: narrow by index, test the rest, cut a page.

One function serves every describe action of every dialect. Ids that an index already knows narrow the
candidates, so that no scan happens where an index can answer; what no index covers is a test.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import islice
from operator import attrgetter
from typing import Generic, TypeVar

import attrs

from duolect_core.model import Resource

R = TypeVar("R", bound=Resource)


@attrs.frozen
class Page(Generic[R]):
    """A part of what was selected, newest first, and how much was selected in all."""

    items: Sequence[R]
    total: int


@attrs.frozen(kw_only=True)
class Selection(Generic[R]):
    """What to select: every collection of ids must contain it and every test must pass."""

    within: tuple[Collection[str], ...] = ()
    tests: tuple[Callable[[R], bool], ...] = ()


def select(
    table: dict[str, R], selection: "Selection[R]", *, offset: int = 0, limit: int | None = None
) -> Page[R]:
    """Return one page of the resources of ``table`` that match ``selection``, newest first.

    Unknown ids select nothing. Without any condition a page costs what it holds and what it skips.
    """
    if not selection.within and not selection.tests:
        stop = None if limit is None else offset + limit
        return Page(list(islice(reversed(table.values()), offset, stop)), len(table))
    found = _matching(table, selection)
    stop = len(found) if limit is None else offset + limit
    return Page(found[offset:stop], len(found))


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
