"""What provokes the errors that any action can have: requests that a cloud refuses, sent to an emulator."""

from collections.abc import Callable
from typing import Any

import attrs
from tests.emulator.signed import SECRET, sign_tc3, sign_v1, strict
from tests.harness import emulator

from duolect.access.authentication import Key
from duolect_dialects.exchange import HttpAnswer, HttpRequest

Provocation = Callable[[], HttpAnswer]


def ask(cloud: str, action: str = "DescribeNetworkInterfaces", **params: Any) -> Provocation:
    """Call an action of an emulator that believes everybody; a parameter of None is left out."""

    def provoke() -> HttpAnswer:
        world = emulator(unknown_parameters="refuse")
        return world.send(getattr(world, cloud)().request(action, **params))

    return provoke


def send(cloud: str, change: Callable[[HttpRequest], HttpRequest]) -> Provocation:
    """Change a request that would be granted, and send it."""

    def provoke() -> HttpAnswer:
        world = emulator()
        return world.send(change(getattr(world, cloud)().request("DescribeNetworkInterfaces")))

    return provoke


def head(**headers: str) -> Callable[[HttpRequest], HttpRequest]:
    """Return a change of headers, their names with underscores; an empty value takes one away."""
    changed = {name.replace("_", "-"): value for name, value in headers.items()}

    def change(request: HttpRequest) -> HttpRequest:
        merged = {**request.headers, **changed}
        return attrs.evolve(request, headers={name: value for name, value in merged.items() if value})

    return change


def put(request: HttpRequest) -> HttpRequest:
    return attrs.evolve(request, method="PUT")


def sign(
    cloud: str,
    signature: Callable[[HttpRequest], HttpRequest],
    *,
    key: Key | None = None,
    seconds: int = 0,
    times: int = 1,
) -> Provocation:
    """Send a signed request to an emulator that believes nobody, after some seconds, a number of times."""

    def provoke() -> HttpAnswer:
        world = strict()
        if key is not None:
            for name in ("AKTEST", "AKIDTEST"):
                world.pipeline.access.authenticator.put_key(name, key)
        request = signature(getattr(world, cloud)().request("DescribeNetworkInterfaces"))
        world.advance(seconds * 1000)
        return [world.send(request) for _ in range(times)][-1]

    return provoke


def v1(secret: str = SECRET, **changes: str) -> Callable[[HttpRequest], HttpRequest]:
    return lambda request: sign_v1(request, secret, **changes)


def acs3(authorization: str, **headers: str) -> Callable[[HttpRequest], HttpRequest]:
    named = {"x_acs_action": "DescribeNetworkInterfaces", "x_acs_version": "2014-05-26", **headers}
    return lambda _: head(authorization=authorization, **named)(HttpRequest("POST", "/", b"", {}, b""))


def tc3(
    secret: str = SECRET, key: str = "AKIDTEST", **headers: str
) -> Callable[[HttpRequest], HttpRequest]:
    return lambda request: head(**headers)(sign_tc3(request, secret, key=key))


def older(old: bytes, new: bytes) -> Callable[[HttpRequest], HttpRequest]:
    """Return a request in the older way with a part of its form replaced."""

    def change(_: HttpRequest) -> HttpRequest:
        request = emulator().tencent().request("DescribeNetworkInterfaces", style="form")
        assert old in request.body
        return attrs.evolve(request, body=request.body.replace(old, new))

    return change


def hurry(cloud: str, action: str, calls: int) -> Provocation:
    """Call an action more often than its rate allows."""

    def provoke() -> HttpAnswer:
        world = emulator(throttle="vendor")
        request = getattr(world, cloud)().request(action)
        return [world.send(request) for _ in range(calls + 1)][-1]

    return provoke


def of_bytes(method: str, size: int, *, form: bool = False) -> Callable[[HttpRequest], HttpRequest]:
    """Return a request with ``size`` bytes of query or body."""

    def change(request: HttpRequest) -> HttpRequest:
        if form:
            request = emulator().tencent().request("DescribeNetworkInterfaces", style="form")
            return attrs.evolve(request, body=(request.body + b"&").ljust(size, b"&"))
        if method == "GET":
            return attrs.evolve(request, method="GET", query=b"&" * size, body=b"")
        return attrs.evolve(request, body=b"{}".ljust(size))

    return change


def multipart(body: bytes, *, boundary: str = "; boundary=x") -> Provocation:
    change = head(content_type=f"multipart/form-data{boundary}")
    return send("tencent", lambda request: attrs.evolve(change(request), body=body))


TEMPORARY = Key(SECRET, token="token", expires=1_790_000_060)


def request_without(request: HttpRequest, parameter: bytes) -> HttpRequest:
    kept = [each for each in request.query.split(b"&") if not each.startswith(parameter + b"=")]
    return attrs.evolve(request, query=b"&".join(kept))
