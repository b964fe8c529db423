"""Numbers that are free or taken: exact, constant-time, without walking what is used.

A ``FreePool`` gives out numbers from 0 to size - 1, certain ones or any. It is the shuffle of Fisher and
Yates with only the displaced numbers stored as long as they are few, so that it costs memory by what was
taken; a subnet with 2**64 addresses starts as empty as one with eight.
"""

from array import array
from collections.abc import Collection, Mapping
from typing import Final

from duolect_core.addressing.generator import Generator

_LARGEST_ARRAY: Final = 1 << 16
"""Up to this size a free pool may hold all its numbers in arrays: that of the largest subnet has it."""
_SMALL: Final = 1 << 10
"""Up to this size it does so from the first number on."""
_FEW: Final = 16
"""One of so many numbers out of its place takes about as much memory in dictionaries as all in arrays."""


class _Displaced(dict[int, int]):
    """What stands where, or where what stands, if everything else is in its own place."""

    __slots__ = ()

    def __missing__(self, key: int) -> int:
        return key


class FreePool:
    """Numbers from 0 to ``size`` - 1, each free or taken.

    The numbers stand in places 0 to ``size`` - 1, the free ones before the taken ones. A free number is
    never in the place of another free one, so that no more than twice what is taken at the moment is
    displaced. What stands where, and where what stands, is stored of displaced numbers only, as long as
    they are few; then a pool that is not too large has arrays with a place for each number.
    """

    __slots__ = ("_at", "_few", "_lowest", "_where", "free", "size")

    def __init__(self, size: int) -> None:
        """Start with all ``size`` numbers free."""
        self.size = size
        self.free = size
        self._at: _Displaced | array[int] = _Displaced()
        self._where: _Displaced | array[int] = _Displaced()
        self._few = 0 if size <= _SMALL else size // _FEW if size <= _LARGEST_ARRAY else size
        """How many numbers may be displaced before they are held in arrays."""
        self._lowest = 0

    @classmethod
    def restored(cls, size: int, free: int, displaced: Mapping[int, int]) -> "FreePool":
        """Return the pool that has ``displaced``.

        Raises:
            ValueError: there is none; ``str`` says why.
        """
        where = {number: place for place, number in displaced.items()}
        if not 0 <= free <= size:
            raise ValueError(f"{free} of {size} numbers cannot be free")
        if displaced.keys() != where.keys() or not all(0 <= each < size for each in displaced):
            raise ValueError("the displaced numbers do not fill the places they left")
        for place, number in displaced.items():
            if place == number or max(place, number) < free:
                raise ValueError(f"number {number} needs no other place")
        pool = cls(size)
        pool.free = free
        pool._at, pool._where = _Displaced(displaced), _Displaced(where)
        if len(displaced) > pool._few:
            pool._use_arrays()
        return pool

    @property
    def displaced(self) -> Mapping[int, int]:
        """The numbers that are not in their own place, by the place that they are in."""
        if isinstance(self._at, array):
            return {place: number for place, number in enumerate(self._at) if place != number}
        return self._at

    def is_free(self, number: int) -> bool:
        """Say whether ``number`` can be taken."""
        return self._where[number] < self.free

    def taken(self) -> list[int]:
        """Return the taken numbers, in no order."""
        return [self._at[place] for place in range(self.free, self.size)]

    def has_taken(self, size: int, numbers: Collection[int]) -> bool:
        """Say whether the pool has ``size`` numbers, of which exactly ``numbers`` are taken."""
        return (
            self.size == size and self.free + len(numbers) == size and not any(map(self.is_free, numbers))
        )

    def lowest(self, start: int = 0) -> int:
        """Return the lowest free number that is not below ``start``; there must be one.

        What lies below the lowest one that was ever found is not looked at again until it is released.
        """
        number = max(start, self._lowest)
        while not self.is_free(number):
            number += 1
        if start <= self._lowest:
            self._lowest = number
        return number

    def take_any(self, generator: Generator) -> int:
        """Take a free number at random; there must be one."""
        place = generator.below(self.free)
        number = self._at[place]
        self.free -= 1
        self._move(number, place, self.free)
        return number

    def take_if_free(self, number: int) -> None:
        """Take ``number`` if it is free."""
        place = self._where[number]
        if place < self.free:
            self.free -= 1
            self._move(number, place, self.free)

    def take(self, number: int) -> None:
        """Take a free ``number``."""
        self.free -= 1
        self._move(number, self._where[number], self.free)

    def release(self, number: int) -> None:
        """Make a taken ``number`` free again."""
        self._lowest = min(self._lowest, number)
        border = self.free
        self._move(number, self._where[number], border)
        self.free += 1
        if number < border:
            self._move(number, self._where[number], number)
        if self.is_free(border):
            self._move(border, self._where[border], border)

    def _move(self, number: int, before: int, after: int) -> None:
        """Move ``number`` from the place ``before`` to the place ``after``, and what stands there back."""
        at, where = self._at, self._where
        if not (isinstance(at, dict) and isinstance(where, dict)):
            other = at[after]
            at[before], where[other] = other, before
            at[after], where[number] = number, after
            return
        other = at.get(after, after)
        if other == before:  # it is in its own place now, which is not stored
            at.pop(before, None)
            where.pop(other, None)
        else:
            at[before], where[other] = other, before
        if number != after:
            at[after], where[number] = number, after
        elif before != after:
            at.pop(after, None)
            where.pop(number, None)
        if len(at) > self._few:
            self._use_arrays()

    def _use_arrays(self) -> None:
        """Go over from dictionaries to arrays."""
        displaced = self.displaced
        self._at = array("I", range(self.size))
        self._where = self._at[:]
        for place, number in displaced.items():
            self._at[place] = number
            self._where[number] = place
