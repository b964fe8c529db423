"""Ids of IPv6 addresses that follow from the address, and lead back to it.

An address that came along with its interface is kept as a number alone, and has an id all the same. So the
id is that number, as far as it lies in the region's range, in an order that looks like chance.
"""

from ipaddress import IPv6Network
from typing import Final

LENGTH: Final = 21
"""How many letters and digits there are: enough for what a /24 leaves of an address."""
_SIGNS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
_FACTOR: Final = 0x9E3779B97F4A7C15F39CC0605D
"""Any large odd number will do."""


def encode(ip: int, block: IPv6Network) -> str:
    """Return what stands for an address in a block: a /24 or a smaller one, with an even mask."""
    bits = 128 - block.prefixlen
    rest, signs = _mixed(ip - int(block.network_address), bits, _FACTOR), []
    for _ in range(LENGTH):
        rest, sign = divmod(rest, len(_SIGNS))
        signs.append(_SIGNS[sign])
    return "".join(signs)


def decode(text: str, block: IPv6Network) -> int | None:
    """Return the address in a block that letters and digits stand for; None where it is none."""
    bits, number = 128 - block.prefixlen, 0
    if len(text) != LENGTH or not {*text} <= {*_SIGNS}:
        return None
    for sign in reversed(text):
        number = number * len(_SIGNS) + _SIGNS.index(sign)
    if number >> bits:
        return None
    return int(block.network_address) + _mixed(number, bits, pow(_FACTOR, -1, 1 << bits))


def _mixed(number: int, bits: int, factor: int) -> int:
    """Return a number of so many bits multiplied, turned around, and multiplied again."""
    mask, half = (1 << bits) - 1, bits // 2
    number = number * factor & mask
    number = (number >> half | number << (bits - half)) & mask
    return number * factor & mask
