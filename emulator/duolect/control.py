"""The control API under ``/_duolect/``: what a test does to the emulator rather than to a cloud.

Each entry of ``ROUTES`` is one path, its method and the function that answers it. Errors are problem
details (RFC 9457). Like the pipeline it is synchronous, from an ``HttpRequest`` to an ``HttpAnswer``.
"""

import json
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Final

import attrs

from duolect import __version__
from duolect.pipeline import Pipeline
from duolect_dialects.exchange import HttpAnswer, HttpRequest, Unreadable

ROOT: Final = "/_duolect"


def is_control(path: str) -> bool:
    """Say whether a path belongs to the control API."""
    return path == ROOT or path.startswith(ROOT + "/")


def answer(pipeline: Pipeline, request: HttpRequest) -> HttpAnswer:
    """Answer a request to the control API."""
    route = ROUTES.get(request.path)
    if route is None:
        return problem(HTTPStatus.NOT_FOUND, "There are " + ", ".join(ROUTES) + ".")
    method, act, known = route
    if request.method != method and (request.method, method) != ("HEAD", "GET"):
        refusal = problem(HTTPStatus.METHOD_NOT_ALLOWED, f"{request.path} takes {method}.")
        return HttpAnswer(refusal.status, {**refusal.headers, "allow": method}, refusal.body)
    try:
        query = request.parameters()
    except Unreadable as reason:
        return problem(HTTPStatus.BAD_REQUEST, f"The request cannot be read: {reason}.")
    unknown = sorted(set(query) - known)
    if unknown:
        return problem(HTTPStatus.BAD_REQUEST, f"{request.path} has no parameter {unknown[0][:100]}.")
    return _json(HTTPStatus.OK, act(pipeline, query))


def problem(status: HTTPStatus, detail: str) -> HttpAnswer:
    """Return an error as problem details."""
    tree = {"title": status.phrase, "status": status, "detail": detail}
    return _json(status, tree, "application/problem+json")


def _json(status: int, tree: Mapping[str, Any], content_type: str = "application/json") -> HttpAnswer:
    return HttpAnswer(status, {"content-type": content_type}, json.dumps(tree).encode())


def _health(pipeline: Pipeline, _: Mapping[str, str]) -> dict[str, Any]:
    """Say that the emulator serves, and how many actions of each cloud."""
    return {
        "status": "ok",
        "version": __version__,
        "dialects": {each.name: len(each.actions) for each in pipeline.dialects},
    }


def _signatures(pipeline: Pipeline, _: Mapping[str, str]) -> dict[str, Any]:
    """Show the latest signatures that were not believed: what was sent beside what was computed."""
    return {
        "mode": pipeline.gate.authenticator.mode,
        "failures": [attrs.asdict(failure) for failure in pipeline.gate.authenticator.failures],
    }


def _reset(pipeline: Pipeline, query: Mapping[str, str]) -> dict[str, Any]:
    """Forget everything, or with access_key one account."""
    return {
        "forgotten": [
            {"cloud": cloud, "access_key": access_key, "region": region}
            for cloud, access_key, region in pipeline.partitions.forget(query.get("access_key"))
        ]
    }


Route = tuple[str, Callable[[Pipeline, Mapping[str, str]], dict[str, Any]], frozenset[str]]
ROUTES: Final[Mapping[str, Route]] = {
    "/_duolect/health": ("GET", _health, frozenset()),
    "/_duolect/signatures": ("GET", _signatures, frozenset()),
    "/_duolect/reset": ("POST", _reset, frozenset({"access_key"})),
}
"""Path: method, function, names of the parameters."""
