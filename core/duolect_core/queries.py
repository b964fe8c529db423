"""Choosing resources: narrow by index, test the rest, cut a page.

One function serves every describe action of every dialect. Ids that an index already knows narrow the
candidates, so that no scan happens where an index can answer; what no index covers is a test.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import islice
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
    found = list(_matching(table, selection))
    stop = len(found) if limit is None else offset + limit
    return Page(found[offset:stop], len(found))


def _matching(table: dict[str, R], selection: "Selection[R]") -> Iterable[R]:
    if not selection.within:
        candidates: Iterable[R] = reversed(table.values())
    else:
        smallest, *others = sorted(selection.within, key=len)
        chosen = [
            table[resource_id]
            for resource_id in set(smallest)
            if resource_id in table and all(resource_id in ids for ids in others)
        ]
        chosen.sort(key=lambda resource: -resource.order)
        candidates = chosen
    for resource in candidates:
        if all(test(resource) for test in selection.tests):
            yield resource
