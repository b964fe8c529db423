"""A client of the control API, for tests and for the command line.

    from duolect.client import Duolect

    duolect = Duolect()                      # DUOLECT_ENDPOINT, or 127.0.0.1:4780
    duolect.clock.advance("30s")
    duolect.faults.add(cloud="alibaba", action="AttachNetworkInterface", hang=True)
    duolect.verify(expect=[{"calls": {"action": "AttachNetworkInterface"}, "times": 1}], no_leaks=True)

Every method is one request. Replies are the API's JSON objects, which ``/_duolect/openapi.json`` describes.
"""

import json
import socket
from collections.abc import Iterator, Mapping, Sequence
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any, Final
from urllib.parse import quote, urlencode

from duolect.control.parts import Clock, Conditions, Faults, Journal, Keys
from duolect.record.told import leak_told, told
from duolect.settings import endpoints
from duolect.settings.endpoints import ENVIRONMENT, WrongEndpoint

__all__ = [
    "ENVIRONMENT",
    "ControlError",
    "Duolect",
    "Json",
    "Unreachable",
    "VerificationFailed",
    "WrongEndpoint",
    "leak_told",
    "told",
]

_ROOT: Final = "/_duolect"
_OK: Final = range(200, 300)
_JSON: Final = "application/json"
_TOML: Final = "application/toml"

Json = dict[str, Any]


class ControlError(Exception):
    """The emulator refused a request, and nothing has changed; ``str`` says why."""

    def __init__(self, status: int, detail: str) -> None:
        """Take the HTTP status and what is wrong."""
        super().__init__(detail)
        self.status = status


class Unreachable(ControlError):
    """There is no emulator at the endpoint."""

    def __init__(self, endpoint: str, reason: object) -> None:
        """Take where it was looked for, and what came of it."""
        super().__init__(0, f"no emulator answers on {endpoint}: {reason}")


class VerificationFailed(AssertionError):
    """What was verified is not true; ``str`` tells each failure, and ``verdict`` holds the whole reply."""

    def __init__(self, verdict: Json) -> None:
        """Take the verdict."""
        super().__init__(told(verdict))
        self.verdict = verdict


class Duolect:
    """A running emulator, by its control API."""

    def __init__(self, endpoint: str | None = None, *, timeout: float = 60.0) -> None:
        """Take ``host:port``, a URL or ``unix:PATH``; without one the environment's, and else the default.

        Nothing is sent yet. ``timeout`` is in seconds, for each request.

        Raises:
            WrongEndpoint: that is none of these.
        """
        self._endpoint = endpoints.parse(endpoint or endpoints.named())
        self.host, self.port = self._endpoint.host, self._endpoint.port
        self._timeout = timeout
        self.clock = Clock(self)
        self.faults = Faults(self)
        self.journal = Journal(self)
        self.keys = Keys(self)
        self.conditions = Conditions(self)

    @property
    def endpoint(self) -> str:
        """Where SDKs are pointed: ``host:port``; or ``unix:PATH``, which no SDK understands."""
        return str(self._endpoint)

    @property
    def url(self) -> str:
        """The same as a URL, if it is one that HTTP has."""
        return self.endpoint if self._endpoint.path else f"http://{self.endpoint}"

    # -- the whole -------------------------------------------------------------------------------

    def health(self) -> Json:
        """Return that the emulator serves, and what.

        Raises:
            Unreachable: it does not.
        """
        return self.call("GET", "health")

    def reset(self, **scope: str) -> Json:
        """Forget everything, or by ``access_key``, ``cloud`` and ``region`` a part of it."""
        return self.call("POST", "reset", scope)

    def state(self, **scope: str) -> Json:
        """Return the resources, their relations and what is under way."""
        return self.call("GET", "state", scope)

    def snapshot(self, **scope: str) -> Json:
        """Return everything, or by ``access_key``, ``cloud``, ``region`` a part, to be restored later."""
        return self.call("GET", "snapshot", scope)

    def restore(self, snapshot: Json, **scope: str) -> Json:
        """Make everything, or a part of it, what it was when the snapshot was taken."""
        return self.call("POST", "restore", scope, snapshot)

    def lay(self, **worlds: Sequence[Json]) -> Json:
        """Lay what a world file holds: ``lay(alibaba=[{"account": "me", "networks": [...]}])``.

        Without an account it is a world of every account, with which each begins from now on.
        """
        __tracebackhide__ = True
        return self.call("POST", "worlds", body=worlds)

    def lay_toml(self, text: str) -> Json:
        """Lay a world file, given its text: ``lay_toml(Path("world.toml").read_text())``."""
        __tracebackhide__ = True
        return self.call("POST", "worlds", body=text)

    def worlds(self) -> Json:
        """Return where accounts begin with a world; the access key ``*`` is every account."""
        return self.call("GET", "worlds")

    def clear_worlds(self) -> None:
        """Let accounts begin without the worlds of every account that were laid."""
        self.call("DELETE", "worlds")

    def partitions(self, **scope: str) -> Json:
        """Return which accounts and regions were used, and how much is in them."""
        return self.call("GET", "partitions", scope)

    def signatures(self) -> Json:
        """Return the latest signatures that were not believed, with what the server computed."""
        return self.call("GET", "signatures")

    def coverage(self) -> Json:
        """Return what is served of each cloud: actions, parameters, codes."""
        return self.call("GET", "coverage")

    def durations(self) -> Json:
        """Return how long each change takes on each cloud."""
        return self.call("GET", "durations")

    def set_durations(
        self, *, cloud: str | None = None, preset: str | None = None, **operations: str | int
    ) -> Json:
        """Change how long changes take: ``set_durations(cloud="alibaba", attach="5s")``."""
        body = {"cloud": cloud, "preset": preset, "operations": operations}
        return self.call("PUT", "durations", body=body)

    def operations(self, **scope: str) -> Json:
        """Return the operations that are under way."""
        return self.call("GET", "operations", scope)

    def release(self, operation_id: str, *, fails: bool = False) -> Json:
        """Let an operation that hangs end now: as it would have, or in failure."""
        query = {"fails": "true" if fails else None}
        return self.call("POST", f"operations/{quote(operation_id, safe='')}/release", query)

    # -- verification ----------------------------------------------------------------------------

    def mark(self) -> str:
        """Set a mark here and return its id, for ``verify`` and ``leaks``."""
        return str(self.call("POST", "marks")["id"])

    def leaks(self, **since: str) -> Sequence[Json]:
        """Return what was created and not deleted: since a ``mark``, of an ``access_key``, ..."""
        leaks: Sequence[Json] = self.call("GET", "leaks", since)["leaks"]
        return leaks

    def verify(self, **wanted: Any) -> Json:  # noqa: ANN401 - the members of a verification
        """Check what ``expect``, ``order`` and ``no_leaks`` say of the calls since a ``mark``.

        Raises:
            VerificationFailed: it is not so.
        """
        __tracebackhide__ = True
        verdict = self.call("POST", "verify", body=wanted)
        if not verdict["passed"]:
            raise VerificationFailed(verdict)
        return verdict

    # -- the wire --------------------------------------------------------------------------------

    def call(
        self,
        method: str,
        path: str,
        query: Mapping[str, Any] | None = None,
        body: Mapping[str, Any] | str | None = None,
    ) -> Json:
        """Send one request; members that are None are left out. Return the reply, empty where it has none.

        A body that is a text is sent as TOML.

        Raises:
            ControlError: the emulator refuses it.
            Unreachable: there is no emulator.
        """
        __tracebackhide__ = True  # a test's report ends where the test calls
        answer = self._send(method, path, query, body)
        try:
            text = answer.read()
        except (OSError, HTTPException) as reason:
            raise Unreachable(self.endpoint, reason) from None
        try:
            tree: Json = json.loads(text) if text else {}
        except ValueError:
            raise Unreachable(self.endpoint, "what answers is something else") from None
        return tree

    def stream(self, path: str, query: Mapping[str, Any]) -> Iterator[str]:
        """Send a request and iterate over the lines of its answer as they come."""
        with self._send("GET", path, query, None, endless=True) as answer:
            try:
                for line in answer:
                    yield line.decode().rstrip("\n")
            except (OSError, HTTPException) as reason:
                raise Unreachable(self.endpoint, reason) from None

    def _send(
        self,
        method: str,
        path: str,
        query: Mapping[str, Any] | None,
        body: Mapping[str, Any] | str | None,
        *,
        endless: bool = False,
    ) -> HTTPResponse:
        __tracebackhide__ = True
        given = {name: _text(value) for name, value in (query or {}).items() if value is not None}
        target = f"{_ROOT}/{path}" + (f"?{urlencode(given)}" if given else "")
        connection = self._connection(None if endless else self._timeout)
        headers = {"content-type": _TOML if isinstance(body, str) else _JSON, "connection": "close"}
        try:
            connection.request(method, target, _content(body), headers)
            answer = connection.getresponse()
            if answer.status not in _OK:
                raise ControlError(answer.status, _detail(answer))
        except (OSError, HTTPException) as reason:
            raise Unreachable(self.endpoint, reason) from None
        return answer

    def _connection(self, timeout: float | None) -> HTTPConnection:
        connection = HTTPConnection(self.host, self.port, timeout=timeout)
        if self._endpoint.path:
            connection.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.sock.settimeout(timeout)
            try:
                connection.sock.connect(self._endpoint.path)
            except OSError as reason:
                connection.close()
                raise Unreachable(self.endpoint, reason) from None
        return connection


def _content(body: Mapping[str, Any] | str | None) -> bytes | None:
    if body is None:
        return None
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
