"""The control API under ``/_duolect/``: what a test does to the emulator rather than to a cloud.

A Starlette application, made when the control API is first called. ``ROUTES`` lists every path, its methods
and who answers. Errors are problem details (RFC 9457), and a request that is refused changes nothing.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any, Final

import attrs
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from duolect import __version__, coverage
from duolect.authentication import Key
from duolect.gate import Condition, UnfitCondition, fit
from duolect.pipeline import Pipeline
from duolect.problems import PROBLEM_TYPE, problem_tree
from duolect_dialects.exchange import Unreadable, pairs

Handler = Callable[[Pipeline, Request], Awaitable[Response]]
_MAX_BODY: Final = 2**16
_METHODS: Final = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
"""What is routed at all, so that the answer to a wrong method is a problem like any other."""


async def _health(pipeline: Pipeline, request: Request) -> Response:
    """Say that the emulator serves, and how many actions of each cloud."""
    _query(request)
    return JSONResponse(
        {
            "status": "ok",
            "version": __version__,
            "dialects": {each.name: len(each.actions) for each in pipeline.dialects},
        }
    )


async def _coverage(pipeline: Pipeline, request: Request) -> Response:
    """Show every action with its parameters and codes."""
    _query(request)
    return JSONResponse(coverage.tree(pipeline.dialects))


async def _reset(pipeline: Pipeline, request: Request) -> Response:
    """Forget everything, or with access_key one account."""
    gone = pipeline.partitions.forget(_query(request, "access_key").get("access_key"))
    return JSONResponse(
        {
            "forgotten": [
                {"cloud": cloud, "access_key": access_key, "region": region}
                for cloud, access_key, region in gone
            ]
        }
    )


async def _signatures(pipeline: Pipeline, request: Request) -> Response:
    """Show the latest signatures that were not believed: what was sent beside what was computed."""
    _query(request)
    authenticator = pipeline.gate.authenticator
    return JSONResponse(
        {
            "mode": authenticator.mode,
            "failures": [attrs.asdict(failure) for failure in authenticator.failures],
        }
    )


async def _list_keys(pipeline: Pipeline, request: Request) -> Response:
    """List the known access keys, without what is secret about them."""
    _query(request)
    keys = pipeline.gate.authenticator.keys
    return JSONResponse(
        {
            "keys": [
                {
                    "id": name,
                    "account": key.account or name,
                    "sub_user": key.sub_user,
                    "temporary": bool(key.token),
                    "expires": key.expires,
                }
                for name, key in keys.items()
            ]
        }
    )


async def _put_key(pipeline: Pipeline, request: Request) -> Response:
    """Make an access key known, or change it: an object with the fields of ``Key``."""
    _query(request)
    tree = await _json_object(request)
    kinds: dict[str, tuple[type, ...]] = {
        "secret": (str,),
        "token": (str,),
        "expires": (int, type(None)),
        "account": (str,),
        "sub_user": (bool,),
    }
    for name, value in tree.items():
        if name not in kinds:
            raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, f"A key has no {name[:100]}.")
        if type(value) not in kinds[name]:
            raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, f"{name} is of the wrong type.")
    if not tree.get("secret"):
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, "A key needs a secret.")
    keys = pipeline.gate.authenticator.keys
    known = request.path_params["key"] in keys
    keys[request.path_params["key"]] = Key(**tree)
    return Response(status_code=HTTPStatus.NO_CONTENT if known else HTTPStatus.CREATED)


async def _delete_key(pipeline: Pipeline, request: Request) -> Response:
    """Forget an access key."""
    _query(request)
    if pipeline.gate.authenticator.keys.pop(request.path_params["key"], None) is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, "There is no such key.")
    return Response(status_code=HTTPStatus.NO_CONTENT)


async def _list_conditions(pipeline: Pipeline, request: Request) -> Response:
    """List the standing refusals."""
    _query(request)
    return JSONResponse({"conditions": [_shown(each) for each in pipeline.gate.conditions]})


async def _add_condition(pipeline: Pipeline, request: Request) -> Response:
    """Add a standing refusal: {"cloud": ..., "code": ..., "access_key": ..., "action": ...}."""
    _query(request)
    tree = await _json_object(request)
    for name, value in tree.items():
        if name not in {"cloud", "code", "access_key", "action"} or not isinstance(value, str):
            detail = f"A condition has texts for cloud, code, access_key and action, not {name[:100]}."
            raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, detail)
    condition = Condition(
        dialect=tree.get("cloud", ""),
        access_key=tree.get("access_key", "*"),
        action=tree.get("action", "*"),
        code=tree.get("code", ""),
    )
    try:
        fit(condition, pipeline.dialects)
    except UnfitCondition as reason:
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, f"{reason}.") from None
    pipeline.gate.conditions.append(condition)
    return JSONResponse(_shown(condition), HTTPStatus.CREATED)


async def _drop_conditions(pipeline: Pipeline, request: Request) -> Response:
    """Take all standing refusals away."""
    _query(request)
    pipeline.gate.conditions.clear()
    return Response(status_code=HTTPStatus.NO_CONTENT)


def _shown(condition: Condition) -> dict[str, str]:
    return {
        "cloud": condition.dialect,
        "access_key": condition.access_key,
        "action": condition.action,
        "code": condition.code,
    }


ROUTES: Final[Mapping[str, Mapping[str, Handler]]] = {
    "/_duolect/conditions": {"GET": _list_conditions, "POST": _add_condition, "DELETE": _drop_conditions},
    "/_duolect/coverage": {"GET": _coverage},
    "/_duolect/health": {"GET": _health},
    "/_duolect/keys": {"GET": _list_keys},
    "/_duolect/keys/{key}": {"PUT": _put_key, "DELETE": _delete_key},
    "/_duolect/signatures": {"GET": _signatures},
    "/_duolect/reset": {"POST": _reset},
}
"""For each path, who answers which method."""


def control_app(pipeline: Pipeline) -> Starlette:
    """Return the control API of a pipeline."""

    def route(path: str, handlers: Mapping[str, Handler]) -> Route:
        async def endpoint(request: Request) -> Response:
            handler = handlers.get("GET" if request.method == "HEAD" else request.method)
            if handler is None:
                detail = f"{request.url.path} takes {' and '.join(handlers)}."
                allow = {"allow": ", ".join(handlers)}
                raise HTTPException(HTTPStatus.METHOD_NOT_ALLOWED, detail, allow)
            return await handler(pipeline, request)

        return Route(path, endpoint, methods=_METHODS)

    async def refuse(_: Request, refusal: Exception) -> Response:
        status, detail, headers = HTTPStatus.INTERNAL_SERVER_ERROR, "The emulator failed.", None
        if isinstance(refusal, HTTPException):
            status, detail, headers = HTTPStatus(refusal.status_code), refusal.detail, refusal.headers
        if status is HTTPStatus.NOT_FOUND and detail == status.phrase:
            detail = f"There are {', '.join(ROUTES)}."
        return JSONResponse(problem_tree(status, detail), status, headers, PROBLEM_TYPE)

    app = Starlette(
        routes=[route(path, handlers) for path, handlers in ROUTES.items()],
        exception_handlers={HTTPException: refuse, Exception: refuse},
    )
    app.router.redirect_slashes = False
    return app


def _query(request: Request, *known: str) -> dict[str, str]:
    """Return the parameters of the query, or raise where one is unreadable or unknown."""
    try:
        query = dict(pairs(request.scope["query_string"]))
    except Unreadable as reason:
        raise HTTPException(HTTPStatus.BAD_REQUEST, f"The request cannot be read: {reason}.") from None
    for name in query:
        if name not in known:
            detail = f"{request.url.path} has no parameter {name[:100]}."
            raise HTTPException(HTTPStatus.BAD_REQUEST, detail)
    return query


async def _json_object(request: Request) -> dict[str, Any]:
    """Return the JSON object in the body, or raise where there is none."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _MAX_BODY:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The request body is too large.")
    try:
        tree = json.loads(body)
        json.dumps(tree, ensure_ascii=False).encode()  # half a surrogate pair is no text
    except (ValueError, RecursionError):
        tree = None
    if not isinstance(tree, dict):
        raise HTTPException(HTTPStatus.BAD_REQUEST, "The body is not a JSON object.")
    return tree
