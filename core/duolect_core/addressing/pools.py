"""Pools of addresses: exact, constant-time, without walking what is used.

An ``AddressPool`` lays one free pool over a subnet's addresses and one over its aligned blocks, so that
single addresses and delegated prefixes are found among the free ones, at random or the lowest first, and
exhaustion is exact.
"""

from collections import Counter
from collections.abc import Mapping
from ipaddress import AddressValueError, IPv4Network, IPv6Address, IPv6Network
from typing import Annotated, Final

from duolect_core.addressing.free_pools import FreePool
from duolect_core.addressing.generator import Generator

Ip = Annotated[int, "address"]
"""An IPv4 or IPv6 address as an integer; an archive shows what is annotated so in the usual notation."""
IPV4_WIDTH: Final = 32
"""Bits of an IPv4 address."""
IPV4_PREFIX_BITS: Final = 4
"""Host bits of a delegated IPv4 prefix: a /28."""
IPV6_PREFIX_BITS: Final = 48
"""Host bits of a delegated IPv6 prefix: a /80."""
_DECIMAL: Final = tuple(map(str, range(256)))
_OCTETS: Final = {str(octet): octet for octet in range(256)}
_MARKED_ONE_BY_ONE: Final = 256
"""Up to this size a block's single addresses are looked at, and taken for it, one by one."""


class AddressPool:
    """The addresses of one subnet: who holds which, and which are free.

    ``head`` and ``tail`` addresses at the two ends are reserved by the cloud. ``block_bits`` is the
    number of host bits of a delegated prefix (4 for an IPv4 /28, 48 for an IPv6 /80).
    """

    __slots__ = (
        "_blocks",
        "_first_block",
        "_large_blocks",
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
        self._large_blocks = width > _MARKED_ONE_BY_ONE
        self._load: Counter[int] = Counter()
        """How many single addresses are held in each block, where blocks are large."""
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
        if self._large_blocks:
            self._load = Counter(ip >> self.block_bits for ip in holders)
        self._prefixes = {prefix >> self.block_bits: holder for prefix, holder in prefixes.items()}

    # -- single addresses --------------------------------------------------------------------

    @property
    def usable(self) -> int:
        """How many addresses the pool has, the reserved ones not counted."""
        return self._singles.size

    @property
    def free(self) -> int:
        """How many single addresses can still be taken."""
        if self._large_blocks:
            return self._singles.free - (len(self._prefixes) << self.block_bits)
        return self._singles.free

    def is_usable(self, ip: int) -> bool:
        """Say whether ``ip`` is in the pool and not reserved."""
        return self.first <= ip <= self.last

    def is_free(self, ip: int) -> bool:
        """Say whether a usable ``ip`` can be taken."""
        return self._singles.is_free(ip - self.first) and ip >> self.block_bits not in self._prefixes

    def take_any(self, generator: Generator | None, holder: str) -> int:
        """Give ``holder`` a free address at random, or the lowest without generator; there must be one."""
        if generator is None:
            return self._take_lowest(holder)
        singles = self._singles
        ip = self.first + singles.take_any(generator)
        while (block := ip >> self.block_bits) in self._prefixes:
            singles.release(ip - self.first)
            ip = self.first + singles.take_any(generator)
        self.holders[ip] = holder
        self._count_single(block)
        return ip

    def _take_lowest(self, holder: str) -> int:
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

    def take_any_prefix(self, generator: Generator | None, holder: str) -> int:
        """Delegate a free block at random, or the lowest without generator; there must be one.

        Returns its first address.
        """
        if generator is None:
            prefix = (self._first_block + self._blocks.lowest()) << self.block_bits
            self.take_prefix(prefix, holder)
            return prefix
        block = self._first_block + self._blocks.take_any(generator)
        self._mark(block, holder)
        return block << self.block_bits

    def take_prefix(self, ip: int, holder: str) -> None:
        """Delegate the free block that starts at ``ip``."""
        block = ip >> self.block_bits
        self._blocks.take(block - self._first_block)
        self._mark(block, holder)

    def prefix_holder(self, ip: int) -> str:
        """Return the holder of the delegated block that starts at ``ip``."""
        return self._prefixes[ip >> self.block_bits]

    def reassign_prefix(self, ip: int, holder: str) -> None:
        """Make ``holder`` the holder of the delegated block that starts at ``ip``."""
        self._prefixes[ip >> self.block_bits] = holder

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
        if self._large_blocks:
            self._load[block] += 1
        place = block - self._first_block
        if 0 <= place < self._blocks.size:
            self._blocks.take_if_free(place)

    def _discount_single(self, block: int) -> None:
        """Count one single address less in ``block``; the last one to go opens it to delegation."""
        if self._large_blocks:
            self._load[block] -= 1
            held = self._load[block] > 0
            if not held:
                del self._load[block]
        else:
            start = block << self.block_bits
            held = not self.holders.keys().isdisjoint(range(start, start + (1 << self.block_bits)))
        if not held and self._is_whole(block):
            self._blocks.release(block - self._first_block)

    def _mark(self, block: int, holder: str) -> None:
        self._prefixes[block] = holder
        for offset in self._marked(block):
            self._singles.take(offset)

    def _marked(self, block: int) -> range:
        if self._large_blocks:
            return range(0)
        start = (block << self.block_bits) - self.first
        return range(start, start + (1 << self.block_bits))


def parse_ipv4(text: str) -> int | None:
    """Return the IPv4 address in ``text`` as an integer, or None where it is not one.

    It has one form, so that a text is an address if it is what the address is written as.
    """
    try:
        a, b, c, d = map(_OCTETS.__getitem__, text.split("."))
    except (KeyError, ValueError):
        return None
    return a << 24 | b << 16 | c << 8 | d


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
    return f"{_DECIMAL[ip >> 24]}.{_DECIMAL[ip >> 16 & 255]}.{_DECIMAL[ip >> 8 & 255]}.{_DECIMAL[ip & 255]}"


def format_ipv6(ip: int) -> str:
    """Return the compressed form of an IPv6 address."""
    return str(IPv6Address(ip))
