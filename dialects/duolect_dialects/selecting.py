"""Gathering what a describe action asks for."""

from collections.abc import Callable, Collection, Hashable, Mapping
from functools import partial
from typing import Final, Generic, TypeVar

from duolect_core.graph.graph import Graph
from duolect_core.graph.index import Index, Names
from duolect_core.graph.queries import Selection
from duolect_core.model.resources import Resource

R = TypeVar("R", bound=Resource)
K = TypeVar("K", bound=Hashable)

_FEW: Final = 100
"""Of so many resources the names are looked at one by one."""


class Criteria(Generic[R]):
    """What a describe action's parameters narrow its result to, gathered one by one.

    Each method does nothing when its parameter was not given.
    """

    def __init__(self, graph: Graph) -> None:
        """Start with no criterion."""
        self._graph = graph
        self._within: tuple[Collection[str], ...] = ()
        self._tests: tuple[Callable[[R], bool], ...] = ()
        self._tags: tuple[tuple[Index[tuple[str, ...]], tuple[tuple[str, ...], ...]], ...] = ()
        self._totals: tuple[int, ...] = ()
        self._parts: tuple[tuple[Names, Collection[str]], ...] = ()

    @property
    def selection(self) -> "Selection[R]":
        """All criteria together."""
        within, tests = self._with_parts() if self._parts else (self._within, self._tests)
        alone = self._totals and not self._tags and len(within) == len(tests) == 1
        return Selection(
            total=self._totals[0] if alone else None,
            within=within,
            tests=tests,
            tags=self._tags,
        )

    def ids(self, given: Collection[str]) -> None:
        """Narrow to the resources of these ids, where any are given."""
        if given:
            self._within += (frozenset(given),)

    def among(self, found: Collection[str]) -> None:
        """Narrow to the resources of these ids, even where there are none."""
        self._within += (found,)

    def by(self, index: Index[K], *keys: K | None) -> None:
        """Narrow to the resources that an index has under any of these keys."""
        if keys == (None,):  # as most often
            return
        given = [key for key in keys if key is not None]
        if len(given) == 1:
            self._within += (index.ids(given[0]),)
        elif given:
            self._within += ({found for key in given for found in index.ids(key)},)

    def by_tested(
        self, index: Index[K], key: K | None, passes: Callable[[R], bool], failing: Mapping[K, int]
    ) -> None:
        """Narrow to the resources that an index has under a key, without those that do not pass.

        ``failing`` says of each key how many those are.
        """
        if key is not None:
            found = index.ids(key)
            self._within += (found,)
            self._tests += (passes,)
            self._totals += (len(found) - failing.get(key, 0),)

    def named(self, names: Names, name: str | None) -> None:
        """Narrow to the resources of this name."""
        if name is not None:
            self._within += (names.ids(name),)

    def named_with(self, names: Names, parts: Collection[str]) -> None:
        """Narrow to the resources that have one of these parts in their names."""
        self._parts += ((names, parts),)

    def _with_parts(self) -> tuple[tuple[Collection[str], ...], tuple[Callable[[R], bool], ...]]:
        """Return what narrows, and what tests, with the parts of names in the place that costs less."""
        within, tests = self._within, self._tests
        few = any(len(ids) <= _FEW for ids in within)
        for names, parts in self._parts:
            if few:
                tests += (partial(_has_in_name, parts),)
            else:
                within += (names.ids_with(parts),)
        return within, tests

    def test(self, given: object, passes: Callable[[R], bool]) -> None:
        """Keep what passes, where the parameter was given."""
        if given is not None:
            self._tests += (passes,)

    def tagged(self, key: str, *values: str | None) -> None:
        """Narrow to the resources with a tag of this key and one of the values; None is any value."""
        if None in values or not values:
            self.tag_keys((key,))
        else:
            wanted = dict.fromkeys((key, value) for value in values if value is not None)
            self._tags += ((self._graph.tag_values, tuple(wanted)),)

    def tag_keys(self, keys: tuple[str, ...]) -> None:
        """Narrow to the resources with a tag of one of these keys, whatever its value."""
        self._tags += ((self._graph.tag_keys, tuple((key,) for key in keys)),)


def _has_in_name(parts: Collection[str], resource: Resource) -> bool:
    """Say whether a resource has one of these parts in its name."""
    return any(part in resource.name for part in parts)
