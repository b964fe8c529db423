"""The ASGI application: bytes in, bytes out.

Requests under ``/_duolect`` go to the control API. Any other is read whole, given to the pipeline, and its
answer sent. What no dialect answers, and whatever goes wrong here, becomes problem details (RFC 9457).
"""

import logging
from asyncio import CancelledError, Lock, create_task, sleep, wait
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping, Sequence
from functools import partial
from http import HTTPStatus
from typing import Any, Final

from duolect.calls.background import in_background
from duolect.calls.bodies import Overloaded, TooLarge
from duolect.calls.pipeline import OVERLOADED, UNKEPT, Pipeline, Unread
from duolect.calls.recalling import PutAway
from duolect.faults.responses import ConnectionClosed, Ending, Postponed, Response, ShapedAnswer
from duolect.problems import problem
from duolect_dialects.exchange import HttpAnswer, HttpRequest

_log = logging.getLogger("duolect")

CONTROL_ROOT: Final = "/_duolect"
"""The path under which the control API is."""
_HEALTH: Final = f"{CONTROL_ROOT}/health"
CONNECTION: Final = "duolect.connection"
"""The extension of an ASGI scope: ``close`` closes the connection once what was sent is out, ``reset``
resets it at once, and ``write`` writes bytes to it that belong to no answer."""
_PARTS: Final = 10
"""In how many parts a second an answer is sent that comes slowly."""

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]


class _Disconnected(Exception):
    """The client went away before its request was whole."""


def make_app(
    pipeline: Pipeline,
    max_body: int,
    *,
    names: Sequence[str] = (),
    control_token: str = "",
    control_port: int = 0,
) -> App:
    """Return the application around a pipeline; larger bodies than ``max_body`` bytes are refused.

    The control API may be called by ``names``, by those who know its token, where there is one, and only on
    its port, where it has one of its own; there is one exception, which is the health.
    """

    def load_control() -> App:
        from duolect.access.hosts import ServerNames  # noqa: PLC0415 - Starlette is loaded when it is needed
        from duolect.control.application import control_app  # noqa: PLC0415 - likewise
        from duolect.control.guard import Guard  # noqa: PLC0415 - likewise

        return control_app(pipeline, Guard(ServerNames(names), control_token))

    control = _LoadedLate(load_control)

    async def app(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise NotImplementedError(scope["type"])
        has_control = not control_port or scope["server"][1] == control_port
        if scope["path"] == CONTROL_ROOT or scope["path"].startswith(f"{CONTROL_ROOT}/"):
            if not has_control and scope["path"] != _HEALTH:
                await _write(send, problem(HTTPStatus.NOT_FOUND, "The control API has a port of its own."))
            else:
                await _control(pipeline, control, scope, receive, send)
            return
        try:
            body, unread = await _read(pipeline, receive, max_body)
        except _Disconnected:
            return
        except CancelledError:
            await _write(send, problem(HTTPStatus.SERVICE_UNAVAILABLE, "The emulator was stopped."))
            return
        request = HttpRequest(
            method=scope["method"],
            path=scope["path"],
            query=scope["query_string"],
            headers={name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]},
            body=body,
        )
        response = await _response(pipeline, request, unread, receive)
        if response is None:
            response = _explained(pipeline, request, scope, has_console=has_control)
        await _deliver(scope, receive, send, response)

    return app


def _can_keep(pipeline: Pipeline) -> bool:
    """Say whether what changes can be kept, as far as that has to be."""
    return pipeline.keeper is None or not pipeline.keeper.commits.failure


async def _response(
    pipeline: Pipeline, request: HttpRequest, unread: Unread | None, receive: Receive
) -> HttpAnswer | ConnectionClosed | ShapedAnswer | None:
    """Return the response to a request, unless no dialect recognises it.

    It comes when it is due, and what came of the request is kept. Where that cannot be, it says so.
    """
    can_keep = _can_keep(pipeline)
    response = await _answered_when_there(pipeline, request, unread)
    if isinstance(response, Postponed):
        response = await _wait_for(pipeline, response, receive)
    elif not can_keep:
        return response
    if pipeline.keeper is None or await pipeline.keeper.commits.wait():
        return response
    return unkept(pipeline, request)


async def _answered_when_there(
    pipeline: Pipeline, request: HttpRequest, unread: Unread | None
) -> Response | None:
    """Answer a request once its account is there, if it was put away."""
    while True:
        try:
            return answered(pipeline, request, unread)
        except PutAway as away:
            if pipeline.idle is None:
                raise
            try:
                await pipeline.idle.bring_back((away.account,))
            except Exception:  # noqa: BLE001 - the last resort: no client sees a traceback
                _log.exception("an account that was put away cannot be had")
                return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "The emulator failed; its log says why.")


def unkept(pipeline: Pipeline, request: HttpRequest) -> HttpAnswer:
    """Return the answer to a request when the state cannot be kept."""
    reason = "" if pipeline.keeper is None else pipeline.keeper.commits.failure
    answer = pipeline.refuse_unkept(request, reason)
    return answer or problem(HTTPStatus.SERVICE_UNAVAILABLE, UNKEPT.format(reason))


async def _control(pipeline: Pipeline, control: App, scope: Message, receive: Receive, send: Send) -> None:
    """Let the control API answer.

    Where somebody keeps the state, it waits until all that it tells of is kept, and refuses where that
    cannot be. What it sends later, of a stream, waits for as long as it must. Health waits for nothing.
    """
    if pipeline.keeper is None or scope["path"] == _HEALTH:
        await control(scope, receive, send)
        return
    commits = pipeline.keeper.commits
    refused = bool(commits.failure)
    begun = False

    async def send_kept(message: Message) -> None:
        nonlocal begun, refused
        if not begun:
            begun, refused = True, not await commits.wait()
            if refused:
                await _write(send, problem(HTTPStatus.SERVICE_UNAVAILABLE, UNKEPT.format(commits.failure)))
        elif not commits.durable:
            await commits.wait_long()
        if not refused:
            await send(message)

    if refused:
        await _write(send, problem(HTTPStatus.SERVICE_UNAVAILABLE, UNKEPT.format(commits.failure)))
    else:
        await control(scope, receive, send_kept)


class _LoadedLate:
    """An application that is loaded when it is first asked for, while others are served."""

    def __init__(self, load: Callable[[], App]) -> None:
        self._load = load
        self._loading = Lock()
        self._app: App | None = None

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        app = self._app or await self._loaded()
        if app is None:
            await _write(
                send, problem(HTTPStatus.SERVICE_UNAVAILABLE, "The control API cannot be loaded now.")
            )
        else:
            await app(scope, receive, send)

    async def _loaded(self) -> App | None:
        """Return the application, or None where the machine has no room for it now: no file to open."""
        async with self._loading:
            if self._app is None:
                try:
                    self._app = await in_background(self._load)
                except (OSError, ImportError):
                    _log.exception("the control API cannot be loaded")
            return self._app


async def _deliver(
    scope: Message, receive: Receive, send: Send, response: HttpAnswer | ConnectionClosed | ShapedAnswer
) -> None:
    """Give the client what it gets."""
    if isinstance(response, ConnectionClosed):
        await _close_connection(scope, receive, send, response)
    elif isinstance(response, ShapedAnswer):
        await _write_shaped(scope, receive, send, response)
    else:
        await _write(send, response)


async def _wait_for(
    pipeline: Pipeline, postponed: Postponed, receive: Receive
) -> HttpAnswer | ConnectionClosed | ShapedAnswer:
    """Resume a response as long as it is postponed, unless its wait is ended."""
    response: Response = postponed
    while isinstance(response, Postponed):
        try:
            ending = await pipeline.waiting.wait(response, partial(_disconnected, receive))
        except CancelledError:
            ending = Ending.STOPPED
        response = response.resume() if ending is None else response.end(ending)
    return response


async def _disconnected(receive: Receive) -> None:
    """Return when the client has gone away, of a request that was read whole."""
    while (await receive())["type"] != "http.disconnect":  # noqa: ASYNC110 - there is no event to wait for
        await sleep(0)


def answered(pipeline: Pipeline, request: HttpRequest, unread: Unread | None = None) -> Response | None:
    """Answer a request, whatever it is, unless no dialect recognises it."""
    try:
        if not _can_keep(pipeline):
            return unkept(pipeline, request)
        response = pipeline.answer(request) if unread is None else pipeline.refuse_unread(request, unread)
    except PutAway:
        raise
    except Exception:  # noqa: BLE001 - the last resort: no client sees a traceback
        _log.exception("request failed before its dialect was known")
        return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "The emulator failed; its log says why.")
    if response is not None:
        return response
    if unread is Unread.TOO_LARGE:
        return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The request body is too large.")
    if unread is Unread.OVERLOADED:
        return problem(HTTPStatus.SERVICE_UNAVAILABLE, OVERLOADED)
    return None


def _explained(
    pipeline: Pipeline, request: HttpRequest, scope: Message, *, has_console: bool
) -> HttpAnswer:
    """Answer a request that no dialect recognises: say what this is."""
    from duolect.access.hosts import PROXIED  # noqa: PLC0415 - most clients use no proxy

    host = scope.get("extensions", {}).get(PROXIED, {}).get("host")
    if host:
        from duolect.server.proxy import never_dialled  # noqa: PLC0415 - most clients use no proxy

        return problem(HTTPStatus.FORBIDDEN, f"{never_dialled(host)}.")
    from duolect.server.explanations import explained  # noqa: PLC0415 - most clients speak for a cloud

    return explained(request, pipeline.dialects, has_console=has_console)


async def _read(pipeline: Pipeline, receive: Receive, max_body: int) -> tuple[bytes, Unread | None]:
    """Return the whole body; where it was not read, none and why.

    Raises:
        _Disconnected: the client went away before it was whole.
    """
    try:
        return await pipeline.bodies.read(_parts(receive), max_body), None
    except TooLarge:
        return b"", Unread.TOO_LARGE
    except Overloaded:
        return b"", Unread.OVERLOADED


async def _parts(receive: Receive) -> AsyncIterator[bytes]:
    """Iterate over the parts of a body.

    Raises:
        _Disconnected: the client went away before it was whole.
    """
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _Disconnected
        more = message.get("more_body", False)
        yield message.get("body", b"")


async def _close_connection(scope: Message, receive: Receive, send: Send, closed: ConnectionClosed) -> None:
    """Close the connection, after half of the answer's body where there is an answer.

    Raises:
        ConnectionAbortedError: the server has not said how connections are closed.
    """
    if closed.answer is not None:
        await _start(send, closed.answer)
        half = closed.answer.body[: len(closed.answer.body) // 2]
        await send({"type": "http.response.body", "body": half, "more_body": True})
    connection = _connection(scope)
    connection["reset" if closed.reset else "close"]()
    await receive()


def _connection(scope: Message) -> Message:
    """Return what the server lets be done with the connection.

    Raises:
        ConnectionAbortedError: nothing at all.
    """
    connection: Message | None = scope.get("extensions", {}).get(CONNECTION)
    if connection is None:
        raise ConnectionAbortedError("a fault has closed the connection")
    return connection


async def _write_shaped(scope: Message, receive: Receive, send: Send, shaped: ShapedAnswer) -> None:
    """Send an answer with another length than its own, or slowly.

    Where the length is wrong, the connection is closed after the body: the client waits for the rest, or
    finds more than it was told. Slowly is by the machine's clock, as the timeouts of clients are.
    """
    answer, length = shaped.answer, shaped.content_length
    body = answer.body
    declared = len(body) if length is None else length
    await _start(send, answer, declared)
    promised, rest = body[:declared], body[declared:]
    pace = shaped.bytes_per_second
    if pace is not None:
        gone = create_task(_disconnected(receive))
        while len(promised) > (part := max(1, pace // _PARTS)):
            await send({"type": "http.response.body", "body": promised[:part], "more_body": True})
            promised = promised[part:]
            await wait([gone], timeout=part / pace)
            if gone.done():
                return
        gone.cancel()
    await send({"type": "http.response.body", "body": promised, "more_body": declared > len(body)})
    if declared != len(body):
        connection = _connection(scope)
        connection["write"](rest)
        connection["close"]()
        await receive()


async def _write(send: Send, answer: HttpAnswer) -> None:
    await _start(send, answer)
    await send({"type": "http.response.body", "body": answer.body})


async def _start(send: Send, answer: HttpAnswer, length: int | None = None) -> None:
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers.items()]
    headers.append((b"content-length", b"%d" % (len(answer.body) if length is None else length)))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
