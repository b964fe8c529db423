"""From a property to the resources that have it, without looking at the others."""

from collections.abc import Collection, Hashable, Mapping
from typing import Any, Final, Generic, TypeVar, cast

from duolect_core.model.resources import Resource

K = TypeVar("K", bound=Hashable)


class Ids(dict[str, int]):
    """Ids of resources, each with its resource's place in the order of creation.

    ``in_order`` says that iterating gives them in that order.
    """

    __slots__ = ("in_order", "newest")

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.in_order = True
        self.newest = 0

    def note(self, resource_id: str, order: int) -> None:
        """Add an id; one that is older than another one before it ends the order."""
        if order < self.newest:
            self.in_order = False
        else:
            self.newest = order
        self[resource_id] = order


_NOTHING: Final = Ids()
_NO_IDS: Final[Mapping[Any, Ids]] = {}
"""What all indexes share that have nothing: of most partitions there are many."""


class Index(Generic[K]):
    """From a key to the ids of the resources that have it, in the order in which they came.

    Those under one key are of one kind.
    """

    __slots__ = ("_ids",)

    def __init__(self) -> None:
        """Start empty."""
        self._ids: Mapping[K, Ids] = _NO_IDS

    def add(self, key: K, resource_id: str, order: int) -> None:
        """Note that the resource, created as the ``order``-th, has ``key``."""
        ids = self._ids.get(key)
        if ids is None:
            ids = Ids()
            if self._ids:
                cast("dict[K, Ids]", self._ids)[key] = ids
            else:
                self._ids = {key: ids}
        if order >= ids.newest:  # as ``note`` does, which a call would cost more than
            ids.newest = order
            ids[resource_id] = order
        else:
            ids.note(resource_id, order)

    def discard(self, key: K, resource_id: str) -> None:
        """Note that the resource no longer has ``key``."""
        ids = self._ids[key]
        del ids[resource_id]
        if not ids:
            del cast("dict[K, Ids]", self._ids)[key]

    def ids(self, key: K) -> Collection[str]:
        """Return the ids under ``key``: a live view, cheap to count, test and iterate."""
        return self._ids.get(key, _NOTHING)

    def newest(self, key: K) -> str | None:
        """Return the id that came last under ``key``, or None where there is none."""
        return next(reversed(self._ids.get(key, _NOTHING)), None)

    def everything(self) -> Mapping[K, Ids]:
        """Return the ids under every key that has some, for comparison."""
        return self._ids

    def several(self) -> Mapping[K, Ids]:
        """Return the ids under every key that may have more than one: those have an order."""
        return self._ids

    def count(self) -> int:
        """Return how many ids there are under all keys."""
        return sum(len(ids) for ids in self._ids.values())


class SoleIndex(Index[K]):
    """An index in which hardly any key has two resources: of a key with one it keeps the id alone.

    ``table`` holds the resources.
    """

    __slots__ = ("_sole", "_table")

    def __init__(self, table: Mapping[str, Resource]) -> None:
        """Start empty."""
        super().__init__()
        self._table = table
        self._sole: dict[K, str] = {}

    def add(self, key: K, resource_id: str, order: int) -> None:
        """Note that the resource, created as the ``order``-th, has ``key``."""
        if key in self._ids:
            super().add(key, resource_id, order)
        elif (first := self._sole.setdefault(key, resource_id)) != resource_id:
            del self._sole[key]
            super().add(key, first, self._table[first].order)
            super().add(key, resource_id, order)

    def discard(self, key: K, resource_id: str) -> None:
        """Note that the resource no longer has ``key``."""
        if self._sole.get(key) == resource_id:
            del self._sole[key]
        else:
            super().discard(key, resource_id)

    def ids(self, key: K) -> Collection[str]:
        """Return the ids under ``key``."""
        sole = self._sole.get(key)
        return super().ids(key) if sole is None else (sole,)

    def newest(self, key: K) -> str | None:
        """Return the id that came last under ``key``, or None where there is none."""
        return self._sole.get(key) or super().newest(key)

    def everything(self) -> Mapping[K, Ids]:
        """Return the ids under every key that has some, for comparison."""
        found = dict(self._ids)
        for key, resource_id in self._sole.items():
            found[key] = Ids()
            resource = self._table.get(resource_id)
            found[key].note(resource_id, 0 if resource is None else resource.order)
        return found

    def count(self) -> int:
        """Return how many ids there are under all keys."""
        return len(self._sole) + super().count()
