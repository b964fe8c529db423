"""Rules and conditions by the calls that they can concern: those for other calls are not looked at."""

from collections.abc import Iterable, Iterator
from heapq import merge
from operator import attrgetter
from typing import Final, Generic, Protocol, TypeVar

ANY: Final = "*"
"""Stands for every action, or every caller."""


class Named(Protocol):
    """What is for the calls of a cloud, an action and a caller; the latter two may be ``*``."""

    @property
    def place(self) -> int:
        """Its place in the order in which it was added."""
        ...

    @property
    def name(self) -> tuple[str, str, str]:
        """The cloud, the action and the caller."""
        ...


N = TypeVar("N", bound=Named)


class CallIndex(Generic[N]):
    """What is for which calls."""

    def __init__(self) -> None:
        """Start empty."""
        self._by_name: dict[tuple[str, str, str], dict[int, N]] = {}

    def add(self, each: N) -> None:
        """Add one that comes after all others."""
        self._by_name.setdefault(each.name, {})[each.place] = each

    def remove(self, each: N) -> None:
        """Remove one."""
        found = self._by_name[each.name]
        del found[each.place]
        if not found:
            del self._by_name[each.name]

    def of_call(self, cloud: str, action: str, callers: Iterable[str]) -> Iterator[N]:
        """Iterate over what is for a call of an action by a caller with these names, in order."""
        names = ((cloud, its, caller) for its in (action, ANY) for caller in (*callers, ANY))
        found = [tuple(self._by_name[name].values()) for name in names if name in self._by_name]
        return iter(found[0]) if len(found) == 1 else merge(*found, key=attrgetter("place"))
