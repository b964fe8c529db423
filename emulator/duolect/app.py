"""The ASGI application: control paths under ``/_duolect/``, everything else to the clouds."""

import json
from typing import Any, Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from duolect import __version__
from duolect.pipeline import Pipeline
from duolect_dialects.exchange import HttpRequest

CONTROL: Final = "/_duolect/"
_HINT: Final = {
    "message": "This is Duolect. The request speaks neither Alibaba Cloud's nor Tencent Cloud's API.",
    "health": "/_duolect/health",
}


def make_app(pipeline: Pipeline, max_body: int) -> ASGIApp:
    """Return the application around a pipeline; larger bodies than ``max_body`` bytes are refused."""
    control = _control(pipeline)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(CONTROL):
            await control(scope, receive, send)
            return
        await _speak(pipeline, max_body, scope, receive, send)

    return app


async def _speak(pipeline: Pipeline, max_body: int, scope: Scope, receive: Receive, send: Send) -> None:
    """Read a whole request, let the pipeline answer it, and send the answer."""
    body, complete = await _body(receive, max_body)
    request = HttpRequest(
        method=scope["method"],
        path=scope["path"],
        query=scope["query_string"],
        headers={name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]},
        body=body,
    )
    answer = pipeline.answer(request) if complete else pipeline.too_large(request)
    if answer is None:
        await _send(send, 404, {"content-type": "application/json"}, json.dumps(_HINT).encode())
        return
    await _send(send, answer.status, answer.headers, answer.body)


async def _body(receive: Receive, limit: int) -> tuple[bytes, bool]:
    """Return the body, and whether it is whole: reading stops where it passes ``limit`` bytes."""
    message = await receive()
    if not message.get("more_body"):
        body: bytes = message.get("body", b"")
        return (body, True) if len(body) <= limit else (b"", False)
    parts, size = [], 0
    while True:
        part = message.get("body", b"")
        size += len(part)
        if size > limit:
            return b"", False
        parts.append(part)
        if not message.get("more_body"):
            return b"".join(parts), True
        message = await receive()


async def _send(send: Send, status: int, headers: Any, body: bytes) -> None:  # noqa: ANN401
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [
                *((name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()),
                (b"content-length", b"%d" % len(body)),
            ],
        }
    )
    await send({"type": "http.response.body", "body": body})


def _control(pipeline: Pipeline) -> Starlette:
    """Return the control API."""

    async def health(_: Request) -> Response:
        """Say that the emulator serves, and what."""
        return JSONResponse(
            {
                "status": "ok",
                "version": __version__,
                "dialects": {each.name: len(each.actions) for each in pipeline.dialects},
            }
        )

    async def reset(request: Request) -> Response:
        """Forget everything, or with ?access_key=... one account."""
        gone = pipeline.partitions.forget(request.query_params.get("access_key"))
        return JSONResponse(
            {
                "forgotten": [
                    {"cloud": cloud, "access_key": access_key, "region": region}
                    for cloud, access_key, region in gone
                ]
            }
        )

    return Starlette(
        routes=[
            Route("/_duolect/health", health, methods=["GET"]),
            Route("/_duolect/reset", reset, methods=["POST"]),
        ]
    )
