"""Reading blocks of addresses as clouds write them: in no way with masks in dots or with scopes.

A CIDR block of a network or a route has no host bits and no leading zeros; a block of a rule may have both.
"""

import re
from ipaddress import IPv4Network, IPv6Network, ip_network

from duolect_core.addressing.pools import parse_ipv4, parse_ipv6

_CIDR = re.compile(r"[0-9a-fA-F:.]+(/(0|[1-9][0-9]{0,2}))?")


def parse_cidr(text: str) -> IPv4Network | IPv6Network | None:
    """Return a CIDR block, of one address where no length is given, or None where it is none."""
    if _CIDR.fullmatch(text) is None:
        return None
    try:
        return ip_network(text)
    except ValueError:
        return None


def parse_ipv4_cidr(text: str) -> IPv4Network | None:
    """Return an IPv4 CIDR block whose length is given, or None where it is not written as one."""
    found = parse_cidr(text) if "/" in text else None
    return found if isinstance(found, IPv4Network) else None


def parse_ipv4_block(text: str) -> IPv4Network | None:
    """Return the IPv4 block in ``text``, which may be one address and may have host bits set, or None."""
    ip, length = parse_ipv4(text.partition("/")[0]), _length(text, 32)
    return None if ip is None or length is None else IPv4Network((ip, length), strict=False)


def parse_ipv6_block(text: str) -> IPv6Network | None:
    """Return the IPv6 block in ``text``, which may be one address and may have host bits set, or None."""
    address = text.partition("/")[0]
    ip, length = parse_ipv6(address), _length(text, 128)
    if ip is None or length is None or "%" in address:
        return None
    return IPv6Network((ip, length), strict=False)


def _length(text: str, bits: int) -> int | None:
    """Return the length of the mask behind a slash, that of one address without a slash, or None."""
    _, slash, length = text.partition("/")
    if not slash:
        return bits
    if not (length.isascii() and length.isdecimal() and len(length) <= 3):  # noqa: PLR2004
        return None
    return int(length) if int(length) <= bits else None
