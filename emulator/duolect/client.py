"""A client of the control API, for tests and for the command line.

    from duolect.client import Duolect

    duolect = Duolect()                      # DUOLECT_ENDPOINT, or 127.0.0.1:4780
    duolect.clock.advance("30s")
    duolect.faults.add(cloud="alibaba", action="AttachNetworkInterface", hang=True)
    duolect.verify(expect=[{"calls": {"action": "AttachNetworkInterface"}, "times": 1}], no_leaks=True)

Every method is one request. Replies are the API's JSON objects, which ``/_duolect/openapi.json`` describes.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any, Final
from urllib.parse import quote, urlencode

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


class WrongEndpoint(ValueError):
    """An endpoint is neither ``host:port`` nor an ``http://`` URL; ``str`` says so."""


class VerificationFailed(AssertionError):
    """What was verified is not true; ``str`` tells each failure, and ``verdict`` holds the whole reply."""

    def __init__(self, verdict: Json) -> None:
        """Take the verdict."""
        super().__init__(told(verdict))
        self.verdict = verdict


class Duolect:
    """A running emulator, by its control API."""

    def __init__(self, endpoint: str | None = None, *, timeout: float = 60.0) -> None:
        """Take ``host:port`` or a URL; without one the environment's, and else the default.

        Nothing is sent yet. ``timeout`` is in seconds, for each request.

        Raises:
            WrongEndpoint: that is neither.
        """
        self.host, self.port = _address(endpoint or os.environ.get(ENVIRONMENT) or DEFAULT_ENDPOINT)
        self._timeout = timeout
        self.clock = Clock(self)
        self.faults = Faults(self)
        self.journal = Journal(self)
        self.keys = Keys(self)

    @property
    def endpoint(self) -> str:
        """Where SDKs are pointed: ``host:port``."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The same as a URL."""
        return f"http://{self.endpoint}"

    # -- the whole -------------------------------------------------------------------------------

    def health(self) -> Json:
        """Return that the emulator serves, and what.

        Raises:
            Unreachable: it does not.
        """
        return self.call("GET", "health")

    def ca(self) -> str:
        """Return the certificate, as PEM, that clients have to trust to use https."""
        __tracebackhide__ = True
        return self._read("GET", "ca", None, None).decode()

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
        """Lay what a world file holds: ``lay(alibaba=[{"account": "me", "networks": [...]}])``."""
        __tracebackhide__ = True
        return self.call("POST", "worlds", body=worlds)

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


class _Part:
    """One subject of the control API."""

    def __init__(self, duolect: Duolect) -> None:
        self._duolect = duolect


class Clock(_Part):
    """The emulator's clock, which everything obeys."""

    def show(self) -> Json:
        """Return what time it is, and when the next transition falls due."""
        return self._duolect.call("GET", "clock")

    def set(self, mode: str, *, rate: float | None = None, now: str | None = None) -> Json:
        """Let it run ``real``, ``scaled`` at a rate, or ``manual``; ``now`` moves it forward first."""
        return self._duolect.call("PUT", "clock", body={"mode": mode, "rate": rate, "now": now})

    def advance(self, by: str | int) -> Json:
        """Move it forward by a duration: ``"30s"``, or a number of milliseconds."""
        return self._duolect.call("POST", "clock/advance", body={"by": by})

    def next(self) -> Json:
        """Move it to the next transition."""
        return self._duolect.call("POST", "clock/next")

    def until_idle(self) -> Json:
        """Move it until nothing is under way any more, but for what hangs."""
        return self._duolect.call("POST", "clock/idle")


class Faults(_Part):
    """The fault rules."""

    def add(self, **rule: Any) -> str:  # noqa: ANN401 - the members of a rule
        """Add a rule and return its id: ``add(cloud="tencent", action="RunInstances", fail=True)``."""
        return str(self._duolect.call("POST", "faults", body=rule)["id"])

    def list(self) -> Sequence[Json]:
        """Return the rules with their hit counts."""
        rules: Sequence[Json] = self._duolect.call("GET", "faults")["faults"]
        return rules

    def get(self, rule_id: str) -> Json:
        """Return one rule with its hit counts."""
        return self._duolect.call("GET", f"faults/{quote(rule_id, safe='')}")

    def remove(self, rule_id: str) -> None:
        """Remove a rule."""
        self._duolect.call("DELETE", f"faults/{quote(rule_id, safe='')}")

    def clear(self) -> None:
        """Remove all rules."""
        self._duolect.call("DELETE", "faults")


class Journal(_Part):
    """The calls that were made."""

    def show(self, **query: Any) -> Json:  # noqa: ANN401 - texts and numbers
        """Return one page: ``show(action="DeleteVpc", outcome="refused", limit=10)``."""
        return self._duolect.call("GET", "journal", query)

    def records(self, **query: Any) -> Iterator[Json]:  # noqa: ANN401 - texts and numbers
        """Iterate over all records that are meant, oldest first."""
        for line in self._duolect.stream("journal/export", query):
            yield json.loads(line)

    def follow(self, **query: Any) -> Iterator[Json]:  # noqa: ANN401 - texts and numbers
        """Iterate over records as they are written; this never ends by itself."""
        for line in self._duolect.stream("journal/stream", query):
            if line.startswith("data: {"):
                yield json.loads(line.removeprefix("data: "))

    def clear(self, access_key: str | None = None) -> None:
        """Forget all records, or those of one account."""
        self._duolect.call("DELETE", "journal", {"access_key": access_key})


class Keys(_Part):
    """The access keys whose signatures can be verified."""

    def list(self) -> Sequence[Json]:
        """Return the known keys, without their secrets."""
        keys: Sequence[Json] = self._duolect.call("GET", "keys")["keys"]
        return keys

    def put(self, key_id: str, secret: str, **more: Any) -> None:  # noqa: ANN401 - token, expires, ...
        """Make a key known, or change it."""
        self._duolect.call("PUT", f"keys/{quote(key_id, safe='')}", body={"secret": secret, **more})

    def remove(self, key_id: str) -> None:
        """Forget a key."""
        self._duolect.call("DELETE", f"keys/{quote(key_id, safe='')}")


def told(verdict: Json) -> str:
    """Return in words what is wrong with what was verified."""
    lines = []
    if not verdict["complete"]:
        lines.append("the journal no longer has every call since the mark")
    for failure in verdict["failures"]:
        lines.append(f"expected {failure['expected']}; found {failure['found']}")
        lines += [
            f"  nearly: call {miss['number']}, {miss['action']}: {'; '.join(miss['differences'])}"
            for miss in failure["near_misses"]
        ]
    lines += [f"leaked: {leak_told(leak)}" for leak in verdict["leaks"]]
    return "\n".join(lines)


def leak_told(leak: Json) -> str:
    """Return in words what has leaked."""
    name = f" ({leak['name']})" if leak["name"] else ""
    maker = f", made by {leak['created_by']}" if leak["created_by"] else ""
    place = f"{leak['cloud']} {leak['region']}, account {leak['account']}"
    return f"{leak['kind']} {leak['id']}{name} of {place}{maker}"


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
