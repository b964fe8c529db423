"""Gathering what a describe action asks for."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Hashable
from typing import Generic, TypeVar

from duolect_core.graph.graph import Graph
from duolect_core.graph.index import Index
from duolect_core.graph.queries import Page, Selection, select
from duolect_core.model.resources import Resource

R = TypeVar("R", bound=Resource)
K = TypeVar("K", bound=Hashable)


class Criteria(Generic[R]):
    """What a describe action's parameters narrow its result to, gathered one by one.

    Each method does nothing when its parameter was not given.
    """

    def __init__(self, graph: Graph) -> None:
        """Start with no criterion."""
        self._graph = graph
        self._within: list[Collection[str]] = []
        self._tests: list[Callable[[R], bool]] = []
        self._tag_keys: list[tuple[str, ...]] = []

    @property
    def selection(self) -> "Selection[R]":
        """All criteria together."""
        return Selection(
            within=tuple(self._within),
            tests=tuple(self._tests),
            tag_keys=tuple((self._graph.tag_keys, keys) for keys in self._tag_keys),
        )

    def ids(self, given: Collection[str]) -> None:
        """Narrow to the resources of these ids, where any are given."""
        if given:
            self._within.append(frozenset(given))

    def among(self, found: Collection[str]) -> None:
        """Narrow to the resources of these ids, even where there are none."""
        self._within.append(found)

    def by(self, index: Index[K], *keys: K | None) -> None:
        """Narrow to the resources that an index has under any of these keys."""
        given = [key for key in keys if key is not None]
        if len(given) == 1:
            self._within.append(index.ids(given[0]))
        elif given:
            self._within.append({found for key in given for found in index.ids(key)})

    def test(self, given: object, passes: Callable[[R], bool]) -> None:
        """Keep what passes, where the parameter was given."""
        if given is not None:
            self._tests.append(passes)

    def tagged(self, key: str, *values: str | None) -> None:
        """Narrow to the resources with a tag of this key and one of the values; None is any value."""
        if None in values or not values:
            self._tag_keys.append((key,))
        else:
            self.by(self._graph.tagged, *((key, value) for value in values if value is not None))

    def tag_keys(self, keys: tuple[str, ...]) -> None:
        """Narrow to the resources with a tag of one of these keys, whatever its value."""
        self._tag_keys.append(keys)


def page_after(
    table: dict[str, R], selection: "Selection[R]", order: int | None, size: int
) -> tuple[Page[R], int | None]:
    """Return the page that follows the resource of this order, newest first.

    With it comes the order after which the next page follows, or None where there is none.
    """
    found = select(table, selection).items
    start = 0
    if order is not None:
        start = bisect_left(found, 1 - order, key=lambda resource: -resource.order)
    items = found[start : start + size]
    more = start + size < len(found)
    return Page(items, len(found)), items[-1].order if more else None
