"""Reading CIDR blocks as clouds write them: no masks in dots, no leading zeros, no scopes."""

import re
from ipaddress import IPv4Network, IPv6Network, ip_network

_WRITTEN = re.compile(r"[0-9a-fA-F:.]+(/(0|[1-9][0-9]{0,2}))?")


def parse_block(text: str) -> IPv4Network | IPv6Network | None:
    """Return a block, of one address where no length is given, or None where it is not written as one."""
    if _WRITTEN.fullmatch(text) is None:
        return None
    try:
        return ip_network(text)
    except ValueError:
        return None


def parse_ipv4_block(text: str) -> IPv4Network | None:
    """Return an IPv4 block whose length is given, or None where it is not written as one."""
    found = parse_block(text) if "/" in text else None
    return found if isinstance(found, IPv4Network) else None


def parse_ipv6_block(text: str) -> IPv6Network | None:
    """Return an IPv6 block whose length is given, or None where it is not written as one."""
    found = parse_block(text) if "/" in text else None
    return found if isinstance(found, IPv6Network) else None
