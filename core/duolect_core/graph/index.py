"""From a property to the resources that have it, without looking at the others."""

from collections.abc import Collection, Hashable, Mapping
from typing import Any, Final, Generic, TypeVar, cast

K = TypeVar("K", bound=Hashable)


class Ids(dict[str, int]):
    """Ids of resources, each with its resource's place in the order of creation.

    ``in_order`` says that iterating gives them in that order, and that all are of one kind.
    """

    __slots__ = ("in_order", "newest")

    def __init__(self, *, in_order: bool) -> None:
        """Start empty."""
        super().__init__()
        self.in_order = in_order
        self.newest = 0

    def note(self, resource_id: str, order: int) -> None:
        """Add an id; one that is older than another one before it ends the order."""
        if order < self.newest:
            self.in_order = False
        else:
            self.newest = order
        self[resource_id] = order


_NOTHING: Final = Ids(in_order=True)
_NO_IDS: Final[Mapping[Any, Ids]] = {}
"""What all indexes share that have nothing: of most partitions there are many."""


class Index(Generic[K]):
    """From a key to the ids of the resources that have it, in the order in which they came.

    ``mixed`` is for an index of resources of several kinds.
    """

    __slots__ = ("_ids", "_mixed")

    def __init__(self, *, mixed: bool = False) -> None:
        """Start empty."""
        self._ids: Mapping[K, Ids] = _NO_IDS
        self._mixed = mixed

    def add(self, key: K, resource_id: str, order: int) -> None:
        """Note that the resource, created as the ``order``-th, has ``key``."""
        ids = self._ids.get(key)
        if ids is None:
            ids = Ids(in_order=not self._mixed)
            if self._ids:
                cast("dict[K, Ids]", self._ids)[key] = ids
            else:
                self._ids = {key: ids}
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

    def everything(self) -> Mapping[K, Ids]:
        """Return the ids under every key that has some, for comparison."""
        return self._ids
