"""A connection to a running emulator: where it is, and how one request is sent."""

import json
import os
import re
from collections.abc import Iterator, Mapping
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any, Final
from urllib.parse import urlencode

from duolect.client.errors import ControlError, Json, Unreachable, WrongEndpoint

_PORT: Final = 4780
DEFAULT_ENDPOINT: Final = f"127.0.0.1:{_PORT}"
ENVIRONMENT: Final = "DUOLECT_ENDPOINT"
"""The environment variable that names the emulator's ``host:port`` or URL."""
_ROOT: Final = "/_duolect"
_OK: Final = range(200, 300)
_HTTP_PORT: Final = 80
_PORTS: Final = range(1, 2**16)
_ENDPOINT: Final = re.compile(
    r"(?P<http>http://)?(?:\[(?P<ipv6>[\w:.%]+)\]|(?P<host>[\w.-]+))(?::(?P<port>\d{1,5}))?/?",
    re.ASCII | re.IGNORECASE,
)


class Connection:
    """Where an emulator is, and the way there."""

    def __init__(self, endpoint: str | None = None, *, timeout: float = 60.0) -> None:
        """Take ``host:port`` or a URL; without one the environment's, and else the default.

        Nothing is sent yet. ``timeout`` is in seconds, for each request.

        Raises:
            WrongEndpoint: that is neither.
        """
        self.host, self.port = _address(endpoint or os.environ.get(ENVIRONMENT) or DEFAULT_ENDPOINT)
        self._timeout = timeout

    @property
    def endpoint(self) -> str:
        """Where SDKs are pointed: ``host:port``."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The same as a URL."""
        return f"http://{self.endpoint}"

    def call(
        self,
        method: str,
        path: str,
        query: Mapping[str, Any] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> Json:
        """Send one request; members that are None are left out. Return the reply, empty where it has none.

        Raises:
            ControlError: the emulator refuses it.
            Unreachable: there is no emulator.
        """
        __tracebackhide__ = True  # a test's report ends where the test calls
        text = self._read(method, path, query, body)
        try:
            tree: Json = json.loads(text) if text else {}
        except ValueError:
            raise Unreachable(self.endpoint, "what answers is something else") from None
        return tree

    def text(self, path: str) -> str:
        """Ask for what is no JSON, and return it."""
        __tracebackhide__ = True
        return self._read("GET", path, None, None).decode()

    def stream(self, path: str, query: Mapping[str, Any]) -> Iterator[str]:
        """Send a request and iterate over the lines of its answer as they come."""
        with self._send("GET", path, query, None, endless=True) as answer:
            try:
                for line in answer:
                    yield line.decode().rstrip("\n")
            except (OSError, HTTPException) as reason:
                raise Unreachable(self.endpoint, reason) from None

    def _read(
        self, method: str, path: str, query: Mapping[str, Any] | None, body: Mapping[str, Any] | None
    ) -> bytes:
        __tracebackhide__ = True
        answer = self._send(method, path, query, body)
        try:
            return answer.read()
        except (OSError, HTTPException) as reason:
            raise Unreachable(self.endpoint, reason) from None

    def _send(
        self,
        method: str,
        path: str,
        query: Mapping[str, Any] | None,
        body: Mapping[str, Any] | None,
        *,
        endless: bool = False,
    ) -> HTTPResponse:
        __tracebackhide__ = True
        given = {name: _text(value) for name, value in (query or {}).items() if value is not None}
        target = f"{_ROOT}/{path}" + (f"?{urlencode(given)}" if given else "")
        content = (
            None
            if body is None
            else json.dumps({name: value for name, value in body.items() if value is not None})
        )
        connection = HTTPConnection(self.host, self.port, timeout=None if endless else self._timeout)
        try:
            connection.request(
                method, target, content, {"content-type": "application/json", "connection": "close"}
            )
            answer = connection.getresponse()
            if answer.status not in _OK:
                raise ControlError(answer.status, _detail(answer))
        except (OSError, HTTPException) as reason:
            raise Unreachable(self.endpoint, reason) from None
        return answer


def _address(endpoint: str) -> tuple[str, int]:
    """Return the host and port that ``host:port`` or a URL names."""
    named = _ENDPOINT.fullmatch(endpoint.strip())
    port = int(named["port"] or (_HTTP_PORT if named["http"] else _PORT)) if named else 0
    if endpoint.lower().startswith("https:"):
        raise WrongEndpoint(f"{endpoint}: the control API is used without TLS: write http://")
    if named is None or port not in _PORTS:
        raise WrongEndpoint(
            f"{endpoint!r} names no emulator: write host:port or http://host:port, IPv6 as [::1]:{_PORT}"
        )
    return named["ipv6"] or named["host"], port


def _text(value: Any) -> str:  # noqa: ANN401 - a text, a number or a switch
    return str(value).lower() if isinstance(value, bool) else str(value)


def _detail(answer: HTTPResponse) -> str:
    """Return what a refusal says is wrong."""
    text = answer.read()
    try:
        return str(json.loads(text)["detail"])
    except (ValueError, KeyError, TypeError):
        return f"HTTP {answer.status} {answer.reason}"
