"""Hostile requests to the control API: made from its routes, then mutated by a seeded generator.

Whatever is sent, the answer is a success of the route's or problem details of 4xx, never anything else;
what is refused, and what is only read, leaves the whole emulator as it was.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from copy import deepcopy
from enum import StrEnum
from random import Random
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin
from urllib.parse import quote, unquote, urlencode

import attrs
from tests.emulator.resources import create_resources
from tests.harness import Emulator, emulator
from tests.hostile.fuzzer import counted_tracebacks
from tests.hostile.mutations import HOSTILE

from duolect.calls.pipeline import Pipeline
from duolect.control.application import ROUTES
from duolect.control.console.places import Place
from duolect.control.routes import Route
from duolect.faults.rules import FaultRule
from duolect.problems import PROBLEM_TYPE
from duolect.server.app import make_app
from duolect.snapshots import snapshots

VALID_BODIES: Mapping[tuple[str, str], Mapping[str, Any]] = {
    ("POST", "/_duolect/faults"): {"cloud": "tencent", "action": "AttachNetworkInterface", "hang": True},
    ("POST", "/_duolect/conditions"): {"cloud": "alibaba", "code": "InvalidParameter"},
    ("PUT", "/_duolect/clock"): {"mode": "manual"},
    ("POST", "/_duolect/worlds"): {
        "alibaba": [{"account": "me", "networks": [{"id": "vpc-mine", "CidrBlock": "10.0.0.0/8"}]}],
        "keys": [{"id": "k", "secret": "s"}],
    },
}
"""Bodies that are accepted, of routes whose members must fit together."""
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW", "")
TEXTS = (
    "AKTEST", "AKIDTEST", "alibaba", "tencent", "cn-hangzhou", "ap-guangzhou", "*",
    "CreateNetworkInterface", "InvalidParameter", "InternalError", "attach", "instant", "fast",
    "manual", "start", "mark-1", "refused", "2030-01-01T00:00:00Z", "2026-09-21T14:13:20",
    "9999-12-31T23:59:59Z", "1s", "30s", "1m30s", "200ms", "-1s", "99999999999d",
)  # fmt: skip
SCALARS: Mapping[type, tuple[Any, ...]] = {
    NoneType: (None,),
    bool: (False, True),
    int: (0, 1, 2, 503, 1_790_000_060),
    float: (0.0, 0.5, 1),
    str: TEXTS,
    object: HOSTILE,
}
BODIES = (
    b"", b"{", b"[]", b"null", b"1", b'""', b"\xff", b"\xef\xbb\xbf[]", b"{}{}", b"[" * 5_000,
    b'{"a":' * 5_000, b"[" * 20_000, b'{"by": NaN}', b'{"by": 1e999}', b'{"by": ' + b"9" * 5_000 + b"}",
    b'{"by": "\\ud800"}', b'{"a": 1, "a": 2}', b'"' + b"x" * 70_000 + b'"', b"[]" + b" " * 70_000,
    b"a=1&b=2", b"\0" * 100,
)  # fmt: skip
PATHS = (
    "", "/", "/x", "//", "/clock/", "/clock/x", "/CLOCK", "/../clock", "/%2e%2e/clock", "/keys/",
    "/keys/a/b", "/keys/%00", "/faults/%ff", "/faults/" + "x" * 5_000, "/operations//release",
    "/operations/x/RELEASE", "/openapi.json/", "/é", "/journal/stream/x", "/{id}", "?", "/clock%3Fx",
)  # fmt: skip
QUERIES = (
    b"&", b"=", b"a", b"%", b"%ff=1", b"access_key=%ff", b"x=1&x=2", b"access_key=a&access_key=b",
    b"\0",
)  # fmt: skip
HEADERS = (
    (b"content-type", b"text/xml"), (b"content-type", b"\xff"),
    (b"content-length", b"-1"), (b"host", b"a:b:c"), (b"accept", b"text/html"),
    (b"x-tc-action", b"DescribeVpcs"), (b"transfer-encoding", b"gzip"),
)  # fmt: skip
_RENEW_AFTER = 500
"""After so many requests a new emulator is made."""


@attrs.frozen
class Request:
    """A request, whole."""

    method: str
    path: str
    query: bytes
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


@attrs.frozen
class Answer:
    """An answer, whole."""

    status: int
    media: str
    body: bytes


class ControlMutator:
    """Makes requests to all routes, the same ones for the same seed."""

    def __init__(self, seed: int, pipeline: Pipeline) -> None:
        self.rng = Random(seed)  # noqa: S311 - repeatable, not secret
        self._pipeline = pipeline
        self._snapshot = json.dumps(snapshots.take(pipeline.state))

    def request(self) -> tuple[Route, Request]:
        """Make one request, and return the route that it was made from."""
        rng, route = self.rng, self.rng.choice(ROUTES)
        method, path, query, body = route.method, self._path(route), self._query(route), self._body(route)
        headers: tuple[tuple[bytes, bytes], ...] = ((b"content-type", b"application/json"),)
        if rng.random() < 0.05:
            method = rng.choice(METHODS)
        if rng.random() < 0.05:
            path = "/_duolect" + rng.choice(PATHS)
        if rng.random() < 0.1:
            query = rng.choice(QUERIES)
        if rng.random() < 0.1:
            headers += (rng.choice(HEADERS),)
        if rng.random() < 0.15:
            body = rng.choice(BODIES)
        return route, Request(method, path, query, headers, body)

    def _path(self, route: Route) -> str:
        """Return a route's path, often with the name of something that exists."""
        pipeline = self._pipeline
        names = [*TEXTS[:3], "slow-detach", "1", "2", *(fault.id for fault in pipeline.faults.all)]
        partitions = [partition for _, partition in pipeline.partitions.items()]
        for partition in partitions:
            names += [each.operation.id for each in partition.timeline.pending()] * 3
        return "/".join(
            quote(self.rng.choice(names), safe="") if part.startswith("{") else part
            for part in route.path.split("/")
        )

    def _query(self, route: Route) -> bytes:
        tree = {name: value for name, value in self._members(route.query, 0.2) if value is not None}
        if issubclass(route.query, Place) and self.rng.random() < 0.6:
            known = attrs.fields_dict(route.query)
            tree |= {name: value for name, value in self._place().items() if name in known}
            tree.pop("version", None)
        if tree and self.rng.random() < 0.3:
            tree[self.rng.choice(list(tree))] = deepcopy(self.rng.choice(HOSTILE))
        texts = {
            name: json.dumps(value) if isinstance(value, bool) else str(value)
            for name, value in tree.items()
        }
        return urlencode(texts, errors="surrogatepass").encode()

    def _place(self) -> dict[str, Any]:
        """Return what names a partition that is there, as it is now, and a resource in it."""
        there = [
            (key, resource)
            for key, partition in self._pipeline.partitions.items()
            for resource in partition.graph.resources()
        ]
        if not there:
            return {}
        (cloud, account, region), resource = self.rng.choice(there)
        place = {"cloud": cloud, "access_key": account, "region": region}
        return {**place, "id": resource.id, "text": resource.id[:5]}

    def _body(self, route: Route) -> bytes:
        if route.body is None and not route.raw:
            return b""
        good = VALID_BODIES.get((route.method, route.path), {})
        tree = json.loads(json.dumps(good))
        if route.path.endswith("restore"):
            tree = json.loads(self._snapshot)
        elif route.body is not None and (not good or self.rng.random() < 0.5):
            tree |= dict(self._members(route.body, 0.1 if good else 0.4))
        for _ in range(self.rng.choice((0, 1, 1, 2))):
            self._mutate(tree)
        return json.dumps(tree).encode()

    # -- valid values ------------------------------------------------------------------------------------

    def _members(self, kind: Any, often: float) -> Iterator[tuple[str, Any]]:
        attrs.resolve_types(kind)
        for field in attrs.fields(kind):
            if field.default is attrs.NOTHING or self.rng.random() < often:
                yield field.name, self._value(field.type)

    def _value(self, kind: Any) -> Any:
        rng, origin = self.rng, get_origin(kind)
        match origin:
            case _ if origin in {UnionType, Union}:
                value = self._value(rng.choice(get_args(kind)))
            case _ if origin is tuple:
                value = [self._value(get_args(kind)[0]) for _ in range(rng.randint(0, 2))]
            case _ if origin is dict:
                names = rng.choices(TEXTS, k=rng.randint(0, 2))
                value = {name: self._value(get_args(kind)[1]) for name in names}
            case _ if attrs.has(kind):
                value = dict(self._members(kind, 0.4))
            case _ if isinstance(kind, type) and issubclass(kind, StrEnum):
                value = rng.choice(list(kind)).value
            case _:
                value = deepcopy(rng.choice(SCALARS[object if kind is Any else kind]))
        return value

    # -- mutations --------------------------------------------------------------------------------------

    def _mutate(self, tree: Any) -> None:
        """Mutate one value somewhere in a tree."""
        rng = self.rng
        while True:
            places = list(tree) if isinstance(tree, dict) else list(range(len(tree)))
            deeper = [place for place in places if isinstance(tree[place], (dict, list)) and tree[place]]
            if not deeper or rng.random() < 0.3:
                break
            tree = tree[rng.choice(deeper)]
        match rng.randrange(4):
            case 0 if places:
                del tree[rng.choice(places)]
            case 1 if isinstance(tree, dict):
                tree[rng.choice(("x", "", "__class__", "id", "cloud"))] = deepcopy(rng.choice(HOSTILE))
            case 2 if places:
                value: Any = 1
                for _ in range(rng.choice((1, 20, 300))):
                    value = {"x": value} if rng.random() < 0.5 else [value]
                tree[rng.choice(places)] = value
            case _ if places:
                tree[rng.choice(places)] = deepcopy(rng.choice(HOSTILE))


@attrs.define
class ControlReport:
    """What was seen."""

    requests: int = 0
    statuses: Counter[int] = attrs.field(factory=Counter)
    granted: Counter[tuple[str, str]] = attrs.field(factory=Counter)
    """How often each route answered with success, by method and path."""
    tracebacks: int = 0
    problems: list[str] = attrs.field(factory=list)

    @property
    def is_clean(self) -> bool:
        return not (self.tracebacks or self.problems)

    def add_problem(self, what: str, sent: Request) -> None:
        if len(self.problems) < 10:
            self.problems.append(f"{what}: {str(sent)[:2000]}")


class ControlFuzzer:
    """Hostile requests to the control API of one emulator after another."""

    def __init__(self, seed: int) -> None:
        self.report = ControlReport()
        self._seed = seed
        self._begin()

    def _begin(self) -> None:
        """Make a new emulator with resources, in which an operation hangs."""
        world: Emulator = emulator(keys="AKTEST:secret,AKIDTEST:secret")
        clients = {"alibaba": world.alibaba(), "tencent": world.tencent()}
        for cloud, client in clients.items():
            resources = create_resources(client)
            hang = FaultRule(cloud=cloud, action="AttachNetworkInterface", hang=True)
            world.pipeline.faults.add(hang)
            client.call(
                "AttachNetworkInterface",
                NetworkInterfaceId=resources.interface,
                InstanceId=resources.instance,
            )
        self._pipeline = world.pipeline
        self._app = make_app(world.pipeline, 10_000)
        self._mutator = ControlMutator(self._seed + self.report.requests, world.pipeline)

    def run(self, requests: int) -> None:
        """Send a number of requests."""
        with counted_tracebacks() as tracebacks, asyncio.Runner() as runner:
            for _ in range(requests):
                if self.report.requests % _RENEW_AFTER == _RENEW_AFTER - 1:
                    self._begin()
                route, sent = self._mutator.request()
                runner.run(self._send(route, sent))
                if tracebacks.count > self.report.tracebacks:
                    self.report.tracebacks = tracebacks.count
                    self.report.add_problem(tracebacks.last, sent)

    async def _send(self, route: Route, sent: Request) -> None:
        report, before = self.report, self._state()
        report.requests += 1
        try:
            got = await exchange(self._app, sent)
        except Exception as failure:  # noqa: BLE001 - nothing may come through
            report.add_problem(repr(failure), sent)
            return
        report.statuses[got.status] += 1
        may_change = sent.method not in {"GET", "HEAD"}
        if 200 <= got.status < 300:
            report.granted[route.method, route.path] += 1
        elif not _is_problem(got, sent):
            report.add_problem(f"{got.status} {got.media} {got.body[:200]!r}", sent)
        else:
            may_change = False
        self._pipeline.clock.run(0)
        if not may_change and before != self._state():
            report.add_problem(f"{got.status}, and something changed", sent)

    def _state(self) -> tuple[Any, ...]:
        """Return all that the control API can change, on a clock that stands still."""
        pipeline = self._pipeline
        return (
            snapshots.write(snapshots.take(pipeline.state)),
            pipeline.clock.now(),
            dict(pipeline.access.authenticator.keys),
            tuple(pipeline.access.conditions),
            tuple(
                (each.id, each.rule, each.matches, each.hits, each.generator.state)
                for each in pipeline.faults.all
            ),
            pipeline.journal.last,
            len(list(pipeline.journal.records())),
            tuple(pipeline.marks._marks),
            dict(pipeline.partitions.durations_of()),
        )


def _is_problem(got: Answer, sent: Request) -> bool:
    """Say whether an answer refuses a request as it should: as problem details, of 4xx."""
    if not 400 <= got.status < 500 or got.media != PROBLEM_TYPE:
        return False
    if sent.method == "HEAD" and not got.body:
        return True
    tree = json.loads(got.body)
    return (
        set(tree) == {"title", "status", "detail"} and tree["status"] == got.status and bool(tree["detail"])
    )


async def exchange(app: Any, sent: Request) -> Answer:
    """Send a request to an application, and go away once the answer has begun to come."""
    arriving = [{"type": "http.request", "body": sent.body, "more_body": False}]
    heads: list[Any] = []
    parts: list[bytes] = []
    begun = asyncio.Event()

    async def receive() -> Any:
        if arriving:
            return arriving.pop()
        await begun.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            heads.append(message)
        else:
            parts.append(message.get("body", b""))
            begun.set()

    path, _, _ = sent.path.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "scheme": "http",
        "method": sent.method,
        "path": unquote(path, errors="replace"),
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": sent.query,
        "headers": list(sent.headers),
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 4780),
    }
    await app(scope, receive, send)
    (head,) = heads
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in head["headers"]}
    return Answer(head["status"], headers.get("content-type", ""), b"".join(parts))
