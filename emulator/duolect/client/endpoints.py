"""Where clients find the emulator: ``host:port``, a URL, or the path of a Unix domain socket."""

import os
import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from duolect.client.errors import WrongEndpoint

PORT: Final = 4780
DEFAULT_ENDPOINT: Final = f"127.0.0.1:{PORT}"
ENVIRONMENT: Final = "DUOLECT_ENDPOINT"
"""The environment variable that names the emulator for its clients."""
_SOCKET: Final = "unix:"
_HTTP_PORT: Final = 80
_PORTS: Final = range(1, 2**16)
_ENDPOINT: Final = re.compile(
    r"(?P<http>http://)?(?:\[(?P<ipv6>[\w:.%]+)\]|(?P<host>[\w.-]+))(?::(?P<port>\d{1,5}))?/?",
    re.ASCII | re.IGNORECASE,
)


class Endpoint(NamedTuple):
    """Where the emulator listens: a host and a port, or the path of a socket."""

    host: str
    port: int
    path: str = ""
    """The path of a Unix domain socket; host and port mean nothing then."""

    def __str__(self) -> str:
        """Write it as ``parse`` reads it."""
        if self.path:
            return f"{_SOCKET}{self.path}"
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def named(environment: Mapping[str, str] = os.environ) -> str:
    """Return the endpoint that an environment names, or the default.

    Beside ``DUOLECT_ENDPOINT`` the server's own ``DUOLECT_UDS`` and ``DUOLECT_PORT`` count, so that a
    command that runs beside the server, in its container, finds it.
    """
    if endpoint := environment.get(ENVIRONMENT):
        return endpoint
    if path := environment.get("DUOLECT_UDS"):
        return f"{_SOCKET}{path}"
    port = environment.get("DUOLECT_PORT", "")
    is_port = port.isascii() and port.isdecimal() and len(port) < len("100000") and int(port) in _PORTS
    return f"127.0.0.1:{port}" if is_port else DEFAULT_ENDPOINT


def parse(endpoint: str) -> Endpoint:
    """Return what a text names.

    Raises:
        WrongEndpoint: it names no emulator.
    """
    text = endpoint.strip()
    if text.startswith(_SOCKET) and (path := text.removeprefix(_SOCKET)):
        return Endpoint("localhost", _HTTP_PORT, path)
    found = _ENDPOINT.fullmatch(text)
    port = int(found["port"] or (_HTTP_PORT if found["http"] else PORT)) if found else 0
    if endpoint.lower().startswith("https:"):
        raise WrongEndpoint(f"{endpoint}: the control API is used without TLS: write http://")
    if found is None or port not in _PORTS:
        raise WrongEndpoint(
            f"{endpoint!r} names no emulator: write host:port or http://host:port, IPv6 as [::1]:{PORT}, "
            "a socket as unix:/path"
        )
    return Endpoint(found["ipv6"] or found["host"], port)
