"""Pools of addresses: exact, constant-time, without walking what is used.

A ``FreePool`` gives out numbers from 0 to size - 1, certain ones or any. It is the shuffle of Fisher and
Yates with only the displaced numbers stored, so it costs memory by what was taken and never by its size; a
subnet with 2**64 addresses starts as empty as one with eight. An ``AddressPool`` lays one free pool over a
subnet's addresses and one over its aligned blocks, so that single addresses and delegated prefixes are
found among the free ones, at random or the lowest first, and exhaustion is exact.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from ipaddress import AddressValueError, IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Annotated, Final

from duolect_core.addressing.generator import Generator

Ip = Annotated[int, "address"]
"""An IPv4 or IPv6 address as an integer; an archive shows what is annotated so in the usual notation."""
IPV4_WIDTH: Final = 32
"""Bits of an IPv4 address."""
IPV4_PREFIX_BITS: Final = 4
"""Host bits of a delegated IPv4 prefix: a /28."""
IPV6_PREFIX_BITS: Final = 48
"""Host bits of a delegated IPv6 prefix: a /80."""
_MARKED_ONE_BY_ONE: Final = 256
"""Up to this size a delegated block takes its single addresses out of their free pool one by one."""


class FreePool:
    """Numbers from 0 to ``size`` - 1, each free or taken.

    The numbers stand in places 0 to ``size`` - 1, the free ones before the taken ones; only those that are
    not in their own place are stored. A free number is never in the place of another free one, so that
    no more is stored than twice what is taken at the moment.
    """

    __slots__ = ("_at", "_lowest", "_where", "free", "size")

    def __init__(self, size: int) -> None:
        """Start with all ``size`` numbers free."""
        self.size = size
        self.free = size
        self._at: dict[int, int] = {}
        self._where: dict[int, int] = {}
        self._lowest = 0

    @classmethod
    def restored(cls, size: int, free: int, displaced: Mapping[int, int]) -> "FreePool":
        """Return the pool that has ``displaced``.

        Raises:
            ValueError: there is none; ``str`` says why.
        """
        pool = cls(size)
        pool.free = free
        pool._at = dict(displaced)
        pool._where = {number: place for place, number in displaced.items()}
        if not 0 <= free <= size:
            raise ValueError(f"{free} of {size} numbers cannot be free")
        if pool._at.keys() != pool._where.keys() or not all(0 <= each < size for each in displaced):
            raise ValueError("the displaced numbers do not fill the places they left")
        for place, number in displaced.items():
            if place == number or max(place, number) < free:
                raise ValueError(f"number {number} needs no other place")
        return pool

    @property
    def displaced(self) -> Mapping[int, int]:
        """The numbers that are not in their own place, by the place that they are in."""
        return self._at

    def is_free(self, number: int) -> bool:
        """Say whether ``number`` can be taken."""
        return self._where.get(number, number) < self.free

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
        number = self._at.get(place, place)
        self.take(number)
        return number

    def take(self, number: int) -> None:
        """Take a free ``number``."""
        self.free -= 1
        self._swap(number, self.free)

    def release(self, number: int) -> None:
        """Make a taken ``number`` free again."""
        self._lowest = min(self._lowest, number)
        border = self.free
        self._swap(number, border)
        self.free += 1
        if number < border:
            self._swap(number, number)
        if self.is_free(border):
            self._swap(border, border)

    def _swap(self, number: int, place: int) -> None:
        """Move ``number`` to ``place``, and what stood there to where ``number`` was."""
        old_place = self._where.get(number, number)
        displaced = self._at.get(place, place)
        self._put(displaced, old_place)
        self._put(number, place)

    def _put(self, number: int, place: int) -> None:
        if number == place:
            self._at.pop(place, None)
            self._where.pop(number, None)
        else:
            self._at[place] = number
            self._where[number] = place


class AddressPool:
    """The addresses of one subnet: who holds which, and which are free.

    ``head`` and ``tail`` addresses at the two ends are reserved by the cloud. ``block_bits`` is the
    number of host bits of a delegated prefix (4 for an IPv4 /28, 48 for an IPv6 /80).
    """

    __slots__ = (
        "_blocks",
        "_first_block",
        "_load",
        "_prefixes",
        "_singles",
        "block_bits",
        "first",
        "holders",
        "last",
        "size",
        "width",
    )

    def __init__(self, block: IPv4Network | IPv6Network, *, head: int, tail: int, block_bits: int) -> None:
        """Lay the pool over ``block``."""
        base = int(block.network_address)
        self.size = block.num_addresses
        self.width = block.max_prefixlen
        self.first = base + head
        self.last = base + self.size - 1 - tail
        self.block_bits = block_bits
        self.holders: dict[int, str] = {}
        self._singles = FreePool(self.last - self.first + 1)
        width = 1 << block_bits
        self._first_block = -(-self.first // width)
        self._blocks = FreePool(max(0, (self.last + 1) // width - self._first_block))
        self._load: dict[int, int] = {}
        self._prefixes: dict[int, str] = {}

    @property
    def block(self) -> IPv4Network | IPv6Network:
        """The block that the pool lies over."""
        network = IPv4Network if self.width == IPV4_WIDTH else IPv6Network
        return network((self.first & -self.size, self.width + 1 - self.size.bit_length()))

    @property
    def free_pools(self) -> tuple[FreePool, FreePool]:
        """The free pool of the single addresses, and that of the blocks that can be delegated."""
        return self._singles, self._blocks

    def restore(
        self, holders: Mapping[int, str], prefixes: Mapping[int, str], singles: FreePool, blocks: FreePool
    ) -> None:
        """Bring a new pool into a state that a pool over the same block was in.

        Raises:
            ValueError: no pool was ever in such a state.
        """
        if not all(map(self.is_usable, holders)) or not all(map(self.is_block, prefixes)):
            raise ValueError("an address is outside or reserved")
        delegated = {prefix >> self.block_bits for prefix in prefixes}
        touched = {ip >> self.block_bits for ip in holders}
        taken = [ip - self.first for ip in holders]
        taken += [offset for block in delegated for offset in self._marked(block)]
        barred = [block - self._first_block for block in touched | delegated if self._is_whole(block)]
        if touched & delegated or not (
            singles.has_taken(self._singles.size, taken) and blocks.has_taken(self._blocks.size, barred)
        ):
            raise ValueError("what is drawn is not what is held")
        self._singles, self._blocks, self.holders = singles, blocks, dict(holders)
        self._load = dict(Counter(ip >> self.block_bits for ip in holders))
        self._prefixes = {prefix >> self.block_bits: holder for prefix, holder in prefixes.items()}

    # -- single addresses --------------------------------------------------------------------

    @property
    def usable(self) -> int:
        """How many addresses the pool has, the reserved ones not counted."""
        return self._singles.size

    @property
    def free(self) -> int:
        """How many single addresses can still be taken."""
        if 1 << self.block_bits <= _MARKED_ONE_BY_ONE:
            return self._singles.free
        return self._singles.free - (len(self._prefixes) << self.block_bits)

    def is_usable(self, ip: int) -> bool:
        """Say whether ``ip`` is in the pool and not reserved."""
        return self.first <= ip <= self.last

    def is_free(self, ip: int) -> bool:
        """Say whether a usable ``ip`` can be taken."""
        return self._singles.is_free(ip - self.first) and ip >> self.block_bits not in self._prefixes

    def take_any(self, generator: Generator, holder: str) -> int:
        """Give ``holder`` a free address at random; there must be one."""
        while True:
            offset = self._singles.take_any(generator)
            ip = self.first + offset
            if ip >> self.block_bits not in self._prefixes:
                break
            self._singles.release(offset)
        self.holders[ip] = holder
        self._count_single(ip >> self.block_bits)
        return ip

    def take_lowest(self, holder: str) -> int:
        """Give ``holder`` the lowest free address; there must be one."""
        offset = self._singles.lowest()
        while (block := (self.first + offset) >> self.block_bits) in self._prefixes:
            offset = self._singles.lowest(((block + 1) << self.block_bits) - self.first)
        self.take(self.first + offset, holder)
        return self.first + offset

    def take(self, ip: int, holder: str) -> None:
        """Give ``holder`` the free address ``ip``."""
        self._singles.take(ip - self.first)
        self.holders[ip] = holder
        self._count_single(ip >> self.block_bits)

    def reassign(self, ip: int, holder: str) -> None:
        """Make ``holder`` the holder of the held address ``ip``."""
        self.holders[ip] = holder

    def release(self, ip: int) -> None:
        """Make the held address ``ip`` free again."""
        del self.holders[ip]
        self._singles.release(ip - self.first)
        self._discount_single(ip >> self.block_bits)

    # -- delegated prefixes ------------------------------------------------------------------

    @property
    def usable_prefixes(self) -> int:
        """How many whole blocks lie between the reserved addresses."""
        return self._blocks.size

    @property
    def free_prefixes(self) -> int:
        """How many whole blocks can still be delegated."""
        return self._blocks.free

    @property
    def prefixes(self) -> dict[int, str]:
        """The holder of each delegated prefix, by its first address."""
        return {block << self.block_bits: holder for block, holder in self._prefixes.items()}

    def is_block(self, ip: int) -> bool:
        """Say whether ``ip`` starts a block that the pool could delegate."""
        return not ip & ((1 << self.block_bits) - 1) and self._is_whole(ip >> self.block_bits)

    def is_prefix_free(self, ip: int) -> bool:
        """Say whether the block that starts at ``ip`` can be delegated."""
        return self._blocks.is_free((ip >> self.block_bits) - self._first_block)

    def take_any_prefix(self, generator: Generator, holder: str) -> int:
        """Delegate a free block at random; there must be one. Returns its first address."""
        block = self._first_block + self._blocks.take_any(generator)
        self._mark(block, holder)
        return block << self.block_bits

    def take_lowest_prefix(self, holder: str) -> int:
        """Delegate the lowest free block; there must be one. Returns its first address."""
        prefix = (self._first_block + self._blocks.lowest()) << self.block_bits
        self.take_prefix(prefix, holder)
        return prefix

    def take_prefix(self, ip: int, holder: str) -> None:
        """Delegate the free block that starts at ``ip``."""
        block = ip >> self.block_bits
        self._blocks.take(block - self._first_block)
        self._mark(block, holder)

    def release_prefix(self, ip: int) -> None:
        """Take the delegated block that starts at ``ip`` back."""
        block = ip >> self.block_bits
        del self._prefixes[block]
        self._blocks.release(block - self._first_block)
        for offset in self._marked(block):
            self._singles.release(offset)

    # -- how the two free pools know of each other ---------------------------------------------

    def _is_whole(self, block: int) -> bool:
        """Say whether no address of ``block`` is reserved or outside."""
        return 0 <= block - self._first_block < self._blocks.size

    def _count_single(self, block: int) -> None:
        """Count one more single address in ``block``; the first one bars it from delegation."""
        load = self._load.get(block, 0)
        self._load[block] = load + 1
        if not load and self._is_whole(block):
            self._blocks.take(block - self._first_block)

    def _discount_single(self, block: int) -> None:
        load = self._load.pop(block) - 1
        if load:
            self._load[block] = load
        elif self._is_whole(block):
            self._blocks.release(block - self._first_block)

    def _mark(self, block: int, holder: str) -> None:
        self._prefixes[block] = holder
        for offset in self._marked(block):
            self._singles.take(offset)

    def _marked(self, block: int) -> range:
        width = 1 << self.block_bits
        if width > _MARKED_ONE_BY_ONE:
            return range(0)
        start = (block << self.block_bits) - self.first
        return range(start, start + width)


def parse_ipv4(text: str) -> int | None:
    """Return the IPv4 address in ``text`` as an integer, or None where it is not one."""
    try:
        return int(IPv4Address(text))
    except AddressValueError:
        return None


def parse_ipv6(text: str) -> int | None:
    """Return the IPv6 address in ``text`` as an integer, or None where it is not one."""
    try:
        return int(IPv6Address(text))
    except AddressValueError:
        return None


def bounds(block: IPv4Network | IPv6Network) -> tuple[int, int]:
    """Return the first and last address of a block."""
    return int(block.network_address), int(block.broadcast_address)


def format_ipv4(ip: int) -> str:
    """Return the dotted form of an IPv4 address."""
    return f"{ip >> 24}.{ip >> 16 & 255}.{ip >> 8 & 255}.{ip & 255}"


def format_ipv6(ip: int) -> str:
    """Return the compressed form of an IPv6 address."""
    return str(IPv6Address(ip))
