"""The control API as a Starlette application, made when it is first called.

Errors are problem details (RFC 9457), and a request that is refused changes nothing.
"""

import logging
from collections import defaultdict
from http import HTTPStatus
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route as StarletteRoute

from duolect.calls.bodies import Bodies
from duolect.calls.pipeline import Pipeline
from duolect.control import (
    accounts,
    certificates,
    clock,
    faults,
    interruptions,
    journal,
    log,
    naming,
    reading,
    server,
    snapshots,
    state,
    verify,
    worlds,
)
from duolect.control.console import assets
from duolect.control.console import routes as console
from duolect.control.guard import Guard
from duolect.control.openapi import document
from duolect.control.routes import ControlRequest, Route
from duolect.problems import PROBLEM_TYPE, Problem, problem_tree
from duolect.state.placed import Placed

_log = logging.getLogger("duolect")
_METHODS: Final = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
"""What is routed at all, so that the answer to a wrong method is a problem like any other."""


async def describe(_: Pipeline, __: ControlRequest) -> Response:
    """Describe this API as an OpenAPI document."""
    return JSONResponse(document(ROUTES))


ROUTES: Final[tuple[Route, ...]] = (
    Route(method="GET", path="/_duolect/openapi.json", run=describe, reply=dict),
    *server.ROUTES,
    *clock.ROUTES,
    *accounts.ROUTES,
    *certificates.ROUTES,
    *faults.ROUTES,
    *interruptions.ROUTES,
    *journal.ROUTES,
    *verify.ROUTES,
    *snapshots.ROUTES,
    *state.ROUTES,
    *log.ROUTES,
    *worlds.ROUTES,
    *console.ROUTES,
)
"""Every route."""


def control_app(pipeline: Pipeline, guard: Guard) -> Starlette:
    """Return the control API of a pipeline, for those whom a guard lets pass."""
    by_path: defaultdict[str, dict[str, Route]] = defaultdict(dict)
    for route in ROUTES:
        by_path[route.path][route.method] = route
    paths = ", ".join(sorted(by_path))
    large = Bodies(max(route.max_body for route in ROUTES))
    """What may be larger than all others together, such as a snapshot."""

    def endpoint(path: str, methods: dict[str, Route]) -> StarletteRoute:
        async def answer(request: Request) -> Response:
            route = methods.get("GET" if request.method == "HEAD" else request.method)
            if route is None:
                detail = f"{request.url.path} takes {' and '.join(methods)}."
                return _problem(
                    Problem(HTTPStatus.METHOD_NOT_ALLOWED, detail), {"allow": ", ".join(methods)}
                )
            try:
                guard.check(request, is_open=route.is_open)
                asked = await reading.read(request, route, large if route.large else pipeline.bodies)
                await naming.check(pipeline, asked)
                return _written(route, await _run(pipeline, route, asked))
            except Problem as problem:
                unknown = problem.status is HTTPStatus.UNAUTHORIZED
                return _problem(problem, {"www-authenticate": "Bearer"} if unknown else None)
            except ClientDisconnect:
                return Response()  # nobody gets it
            except Exception:  # noqa: BLE001 - the last resort: the connection stays, and the log has the reason
                _log.exception("%s %s failed", request.method, request.url.path)
                return _problem(Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "The emulator failed."))

        return StarletteRoute(path, answer, methods=_METHODS)

    async def refuse(_: Request, error: Exception) -> Response:
        if not isinstance(error, HTTPException):
            raise error
        status = HTTPStatus(error.status_code)
        missing = status is HTTPStatus.NOT_FOUND
        return _problem(Problem(status, f"There are {paths}." if missing else error.detail))

    app = Starlette(
        routes=[
            *(endpoint(path, methods) for path, methods in by_path.items()),
            *assets.files(guard, _METHODS),
        ],
        exception_handlers={HTTPException: refuse},
    )
    app.router.redirect_slashes = False
    return app


async def _run(pipeline: Pipeline, route: Route, asked: ControlRequest) -> object:
    """Let a route answer, once all is there that it needs of what was put away."""
    if pipeline.idle is None:
        return await route.run(pipeline, asked)
    query, wants = asked.query, route.wants
    cloud, region = getattr(query, "cloud", None), getattr(query, "region", None)

    def is_wanted(placed: Placed) -> bool:
        in_scope = cloud in {None, placed.key[0]} and region in {None, placed.key[2]}
        return in_scope and (wants is None or wants(placed))

    async with pipeline.idle.held(getattr(query, "access_key", None), wants and is_wanted):
        return await route.run(pipeline, asked)


def _written(route: Route, value: object) -> Response:
    if isinstance(value, Response):
        return value
    if route.reply is None:
        return Response(status_code=route.status)
    return JSONResponse(reading.write(value), route.status)


def _problem(problem: Problem, headers: dict[str, str] | None = None) -> Response:
    tree = problem_tree(problem.status, problem.detail)
    return JSONResponse(tree, problem.status, headers, PROBLEM_TYPE)
