"""The ASGI application: bytes in, bytes out.

It reads a whole request, gives it to the control API or to the pipeline, and sends what they answer. What
neither of them answers, and whatever goes wrong here, becomes problem details (RFC 9457).
"""

import logging
from asyncio import CancelledError
from collections.abc import Awaitable, Callable, MutableMapping
from http import HTTPStatus
from typing import Any

from duolect import control
from duolect.pipeline import Pipeline
from duolect_dialects.exchange import HttpAnswer, HttpRequest

_log = logging.getLogger("duolect")

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]


class _Disconnected(Exception):
    """The client went away before its request was whole."""


class _TooLarge(Exception):
    """The body is larger than allowed."""


def make_app(pipeline: Pipeline, max_body: int) -> App:
    """Return the application around a pipeline; larger bodies than ``max_body`` bytes are refused."""

    async def app(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise NotImplementedError(scope["type"])
        large = False
        try:
            body = await _read(receive, max_body)
        except _TooLarge:
            body, large = b"", True
        except _Disconnected:
            return
        except CancelledError:
            await _write(send, control.problem(HTTPStatus.SERVICE_UNAVAILABLE, "The emulator was stopped."))
            return
        request = HttpRequest(
            method=scope["method"],
            path=scope["path"],
            query=scope["query_string"],
            headers={name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]},
            body=body,
        )
        await _write(send, _answer(pipeline, request, large=large))

    return app


def _answer(pipeline: Pipeline, request: HttpRequest, *, large: bool) -> HttpAnswer:
    """Answer a request, whatever it is."""
    try:
        if control.is_control(request.path):
            return control.answer(pipeline, request)
        answer = pipeline.too_large(request) if large else pipeline.answer(request)
    except Exception:  # noqa: BLE001 - the last resort: no client sees a traceback
        _log.exception("request failed before its dialect was known")
        return control.problem(HTTPStatus.INTERNAL_SERVER_ERROR, "The emulator failed; its log says why.")
    if answer is not None:
        return answer
    if large:
        return control.problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The request body is too large.")
    return control.problem(
        HTTPStatus.NOT_FOUND,
        "This is Duolect. The request speaks neither Alibaba Cloud's nor Tencent Cloud's API: it has no "
        "Action parameter, X-TC-Action header or x-acs-action header. GET /_duolect/health says what is "
        "served.",
    )


async def _read(receive: Receive, limit: int) -> bytes:
    """Return the whole body; reading stops where it passes ``limit`` bytes.

    Raises:
        _TooLarge, _Disconnected: there is no whole body to return.

    """
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _Disconnected
        part: bytes = message.get("body", b"")
        size += len(part)
        if size > limit:
            raise _TooLarge
        if not message.get("more_body"):
            return b"".join((*parts, part)) if parts else part
        parts.append(part)


async def _write(send: Send, answer: HttpAnswer) -> None:
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers.items()]
    headers.append((b"content-length", b"%d" % len(answer.body)))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})
