"""Seeded chance: the only source of variety in a partition.

A splitmix64 sequence: one 64-bit integer is the whole state, so a snapshot holds it, a replay repeats
it, and two partitions with one seed that see the same commands get the same ids, addresses and MACs.
It is made for repeatability, not for secrecy.
"""

from typing import Final

_MASK: Final = (1 << 64) - 1
_ALPHABET: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
_PAIRS: Final = tuple(a + b for a in _ALPHABET for b in _ALPHABET)
_FOUR_SIGNS: Final = 1296**2
"""How many different fours there are. A draw gives three: they use 62 of its 64 bits."""


class Generator:
    """A stream of repeatable choices."""

    __slots__ = ("state",)

    def __init__(self, seed: int) -> None:
        """Start the stream at ``seed`` (any integer; its low 64 bits count)."""
        self.state = seed & _MASK

    def bits(self) -> int:
        """Return the next 64 bits."""
        self.state = z = (self.state + 0x9E3779B97F4A7C15) & _MASK
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
        return z ^ (z >> 31)

    def below(self, bound: int) -> int:
        """Return a number from 0 to ``bound`` - 1; ``bound`` may exceed 64 bits."""
        draw = self.bits()
        if bound <= _MASK:
            return draw % bound
        width = 64
        while bound >> width:
            draw, width = (draw << 64) | self.bits(), width + 64
        return draw % bound

    def tail(self, length: int) -> str:
        """Return ``length`` lower-case letters and digits, as ids end in."""
        signs = ""
        while len(signs) < length:
            draw = self.bits()
            four, draw = draw % _FOUR_SIGNS, draw // _FOUR_SIGNS
            more = draw % _FOUR_SIGNS
            signs += (
                f"{_PAIRS[four % 1296]}{_PAIRS[four // 1296]}{_PAIRS[more % 1296]}{_PAIRS[more // 1296]}"
            )
            if len(signs) < length:
                four = draw // _FOUR_SIGNS % _FOUR_SIGNS
                signs += _PAIRS[four % 1296] + _PAIRS[four // 1296]
        return signs[:length]
