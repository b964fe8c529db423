"""From a property to the resources that have it, without looking at the others.

Names are indexed too, whole and for parts of them, but nobody may ever ask for one: nothing is kept of them
until somebody does, and from then on it is kept up.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from itertools import chain
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

    def keys(self) -> Iterable[K]:
        """Return the keys that have some ids."""
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

    def keys(self) -> Iterable[K]:
        """Return the keys that have some ids."""
        return chain(self._ids, self._sole)

    def count(self) -> int:
        """Return how many ids there are under all keys."""
        return len(self._sole) + super().count()


# -- names ----------------------------------------------------------------------------------------------

_BLOCK: Final = 64
"""How many texts stand together."""
_NOTED_AT_ONCE: Final = 16
"""Of how many blocks a search notes what is in them: noting all of many would be felt."""
_MOST_NOTED: Final = 100_000
"""From so many different ones on no more is noted: some 15 MB. Blocks that are left are looked through."""
_LENGTH: Final = 3
"""How many signs are noted together."""
_MANY: Final = 4
"""From one in so many on it takes less to walk all resources than to gather those that are meant."""


class Texts:
    """Which of many texts have a part in them, mostly without looking at the others.

    They stand in blocks. Of any three signs that follow one another it is noted in which blocks they do;
    blocks of which that is not noted yet are looked through.
    """

    __slots__ = ("_blocks", "_noted", "_places")

    def __init__(self, texts: Iterable[str]) -> None:
        """Take up these texts."""
        given = [*texts]
        self._blocks = [given[start : start + _BLOCK] for start in range(0, len(given), _BLOCK)] or [[]]
        self._noted = 0
        """Of how many blocks, from the first on, it is noted."""
        self._places: dict[tuple[str, ...], int] = {}
        """By three signs: the blocks with them, as bits."""

    def __len__(self) -> int:
        """Return how many texts there are."""
        return (len(self._blocks) - 1) * _BLOCK + len(self._blocks[-1])

    def __iter__(self) -> Iterator[str]:
        """Iterate over the texts."""
        return (text for block in self._blocks for text in block)

    @property
    def noted(self) -> int:
        """Of how many different signs, three by three, it is noted where they stand."""
        return len(self._places)

    def add(self, text: str) -> None:
        """Take up one more text."""
        if len(self._blocks[-1]) == _BLOCK:
            self._blocks.append([])
        self._blocks[-1].append(text)

    def having(self, part: str) -> list[str]:
        """Return the texts with a part in them."""
        self._note()
        blocks = [*self._blocks_with(part), *self._blocks[self._noted :]]
        return [text for block in blocks for text in block if part in text]

    def _blocks_with(self, part: str) -> Iterator[list[str]]:
        """Iterate over the noted blocks that may have a part in one of their texts."""
        places = (1 << self._noted) - 1
        for signs in _runs(part):
            places &= self._places.get(signs, 0)
        while places:
            place = places.bit_length() - 1
            yield self._blocks[place]
            places ^= 1 << place

    def _note(self) -> None:
        """Note what is in the next blocks that are full."""
        for place in range(self._noted, min(self._noted + _NOTED_AT_ONCE, len(self._blocks) - 1)):
            if len(self._places) >= _MOST_NOTED:
                break
            for signs in set(_runs("\n".join(self._blocks[place]))):
                self._places[signs] = self._places.get(signs, 0) | 1 << place
            self._noted = place + 1


def _runs(text: str) -> Iterable[tuple[str, ...]]:
    """Return each three signs of a text that follow one another."""
    return zip(*(text[start:] for start in range(_LENGTH)), strict=False)


class Names:
    """The resources of a table by name. Whoever changes the table, or a name in it, says so here."""

    __slots__ = ("_table", "_texts", "index")

    def __init__(self, table: Mapping[str, Resource]) -> None:
        """Begin with nothing: the table is looked at when somebody asks."""
        self._table = table
        self.index: SoleIndex[str] | None = None
        """The ids by name, once somebody has asked."""
        self._texts: Texts | None = None

    def add(self, resource: Resource) -> None:
        """Take up a resource, which is in the table."""
        if self.index is None:
            return
        if self._texts is not None and not self.index.ids(resource.name):
            self._texts.add(resource.name)
            if len(self._texts) > 2 * (len(self._table) + _BLOCK):  # most are names that nothing has now
                self._texts = None
        self.index.add(resource.name, resource.id, resource.order)

    def discard(self, resource: Resource) -> None:
        """Let go of a resource."""
        if self.index is not None:
            self.index.discard(resource.name, resource.id)

    def rename(self, resource: Resource, name: str) -> None:
        """Give a resource of the table another name."""
        self.discard(resource)
        resource.name = name
        self.add(resource)

    def ids(self, name: str) -> Collection[str]:
        """Return the ids of the resources of this name."""
        return self._indexed().ids(name)

    def ids_with(self, parts: Iterable[str]) -> Collection[str]:
        """Return the ids of the resources whose names have one of these parts in them."""
        index = self._indexed()
        if self._texts is None:
            self._texts = Texts(index.keys())
        names = {name for part in parts for name in self._texts.having(part)}
        if len(names) * _MANY > len(self._table):
            matching = Ids()  # the table is in the order of creation, and so are they
            matching.update((each.id, each.order) for each in self._table.values() if each.name in names)
            return matching
        found = [ids for name in names if (ids := index.ids(name))]
        return found[0] if len(found) == 1 else {resource_id for ids in found for resource_id in ids}

    def sought(self) -> Iterable[str] | None:
        """Return the names in which parts are looked for, once somebody has: all, and more."""
        return self._texts

    def _indexed(self) -> SoleIndex[str]:
        if self.index is None:
            self.index = SoleIndex(self._table)
            for resource in self._table.values():
                self.index.add(resource.name, resource.id, resource.order)
        return self.index
