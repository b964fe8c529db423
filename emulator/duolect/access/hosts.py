"""The names of hosts: which of them stand for the emulator, and which host a client means."""

import re
from collections.abc import Sequence
from ipaddress import ip_address
from typing import Final

PROXIED: Final = "duolect.proxied"
"""The extension of an ASGI scope whose ``host`` is what a client wants of the emulator as its proxy."""
_AUTHORITY: Final = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[\w.-]+)(?::(\d{1,5}))?", re.ASCII)
_NAME: Final = re.compile(r"[\w-]{1,63}(\.[\w-]{1,63})*\.?", re.ASCII)
_LONGEST_NAME: Final = 253
_MOST_PORTS: Final = 65_535


class ServerNames:
    """The names of hosts that stand for the emulator; ``*.`` before one stands for one or more labels."""

    def __init__(self, patterns: Sequence[str] = ()) -> None:
        """Take the names, in small letters."""
        self._patterns = patterns

    def __contains__(self, host: str) -> bool:
        """Say whether a host is among them."""
        host = host.lower().rstrip(".")
        return any(
            host.endswith(pattern[1:]) and len(host) > len(pattern) - 1
            if pattern.startswith("*.")
            else host == pattern
            for pattern in self._patterns
        )


def host_of(authority: str, *, port_needed: bool = False) -> str | None:
    """Return the host in ``host:port``, or None where that is something else."""
    found = _AUTHORITY.fullmatch(authority)
    if found is None or (port_needed and not found[2]) or int(found[2] or 0) > _MOST_PORTS:
        return None
    return found[1].strip("[]")


def is_name(host: str) -> bool:
    """Say whether a text can be the name of a host."""
    return len(host) <= _LONGEST_NAME and _NAME.fullmatch(host) is not None


def is_address(host: str) -> bool:
    """Say whether a text is an IP address."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
