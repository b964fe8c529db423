"""A connection to a running emulator: where it is, and how one request is sent."""

import json
import os
import socket
from collections.abc import Iterator, Mapping
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any, Final
from urllib.parse import urlencode

from duolect.client import endpoints
from duolect.client.errors import ControlError, Json, Unreachable

_ROOT: Final = "/_duolect"
_OK: Final = range(200, 300)
_JSON: Final = "application/json"
_TOML: Final = "application/toml"
_SOMETHING_ELSE: Final = "what answers is something else"
_PART: Final = 2**16
_TOKEN: Final = "DUOLECT_CONTROL_TOKEN"  # noqa: S105 - the name of a variable
"""The environment variable that holds the control API's token, for the emulator itself too."""


Body = Mapping[str, Any] | str | Iterator[bytes] | None


class Connection:
    """Where an emulator is, and the way there."""

    def __init__(
        self, endpoint: str | None = None, *, timeout: float = 60.0, token: str | None = None
    ) -> None:
        """Take ``host:port``, a URL or ``unix:PATH``; without one the environment's, and else the default.

        Nothing is sent yet. ``timeout`` is in seconds, for each request. ``token`` is the control API's,
        where it has one; without it the environment's.

        Raises:
            WrongEndpoint: that is none of these.
        """
        self._endpoint = endpoints.parse(endpoint or endpoints.named())
        self.host, self.port = self._endpoint.host, self._endpoint.port
        self._timeout = timeout
        token = token or os.environ.get(_TOKEN)
        self._authorization = {"authorization": f"Bearer {token}"} if token else {}

    @property
    def endpoint(self) -> str:
        """Where SDKs are pointed: ``host:port``; or ``unix:PATH``, which no SDK understands."""
        return str(self._endpoint)

    @property
    def url(self) -> str:
        """The same as a URL, if it is one that HTTP has."""
        return self.endpoint if self._endpoint.path else f"http://{self.endpoint}"

    def call(
        self,
        method: str,
        path: str,
        query: Mapping[str, Any] | None = None,
        body: Body = None,
    ) -> Json:
        """Send one request; members that are None are left out. Return the reply, empty where it has none.

        A body that is a text is sent as TOML; one in parts is JSON that is sent part by part.

        Raises:
            ControlError: the emulator refuses it.
            Unreachable: there is no emulator.
        """
        __tracebackhide__ = True  # a test's report ends where the test calls
        text = self._read(method, path, query, body)
        try:
            tree: Json = json.loads(text) if text else {}
        except ValueError:
            raise Unreachable(self.endpoint, _SOMETHING_ELSE) from None
        return tree

    def text(self, path: str) -> str:
        """Ask for what is no JSON, and return it."""
        __tracebackhide__ = True
        return self._read("GET", path, None, None).decode()

    def parts(self, path: str, query: Mapping[str, Any]) -> Iterator[bytes]:
        """Send a request, and iterate over the parts of its reply, which is JSON, as they come."""
        answer = self._send("GET", path, query, None)
        if answer.headers.get_content_type() != _JSON:
            raise Unreachable(self.endpoint, _SOMETHING_ELSE)
        try:
            while part := answer.read1(_PART):
                yield part
        except (OSError, HTTPException) as reason:
            raise Unreachable(self.endpoint, reason) from None

    def stream(self, path: str, query: Mapping[str, Any]) -> Iterator[str]:
        """Send a request and iterate over the lines of its answer as they come."""
        with self._send("GET", path, query, None, endless=True) as answer:
            try:
                for line in answer:
                    yield line.decode().rstrip("\n")
            except (OSError, HTTPException) as reason:
                raise Unreachable(self.endpoint, reason) from None

    def _read(self, method: str, path: str, query: Mapping[str, Any] | None, body: Body) -> bytes:
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
        body: Body,
        *,
        endless: bool = False,
    ) -> HTTPResponse:
        __tracebackhide__ = True
        given = {name: _text(value) for name, value in (query or {}).items() if value is not None}
        target = f"{_ROOT}/{path}" + (f"?{urlencode(given)}" if given else "")
        media = _TOML if isinstance(body, str) else _JSON
        headers = {"content-type": media, "connection": "close", **self._authorization}
        try:
            connection = self._open(None if endless else self._timeout)
            connection.request(method, target, _content(body), headers)
            answer = connection.getresponse()
            if answer.status not in _OK:
                raise ControlError(answer.status, _detail(answer))
        except (OSError, HTTPException) as reason:
            raise Unreachable(self.endpoint, reason) from None
        return answer

    def _open(self, timeout: float | None) -> HTTPConnection:
        """Return a connection, which connects by itself unless it is to a socket in the file system."""
        connection = HTTPConnection(self.host, self.port, timeout=timeout)
        if self._endpoint.path:
            opened = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                opened.settimeout(timeout)
                opened.connect(self._endpoint.path)
            except OSError:
                opened.close()
                raise
            connection.sock = opened
        return connection


def _content(body: Body) -> bytes | Iterator[bytes] | None:
    if body is None or isinstance(body, Iterator):
        return body
    if not isinstance(body, str):
        body = json.dumps({name: value for name, value in body.items() if value is not None})
    return body.encode()


def _text(value: Any) -> str:  # noqa: ANN401 - a text, a number or a switch
    return str(value).lower() if isinstance(value, bool) else str(value)


def _detail(answer: HTTPResponse) -> str:
    """Return what a refusal says is wrong."""
    text = answer.read()
    try:
        return str(json.loads(text)["detail"])
    except (ValueError, KeyError, TypeError):
        return f"HTTP {answer.status} {answer.reason}"
