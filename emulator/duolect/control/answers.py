"""Answers that tell of the state as it is at one instant, made while calls go on changing it."""

import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from http import HTTPStatus
from typing import Any, Final

from starlette.responses import Response, StreamingResponse

from duolect.control import reading
from duolect.control.routes import JSON
from duolect.problems import Problem
from duolect.state.forked import LITTLE, TooManyCopies, Work, on_the_state

TOO_MANY: Final = "Too many large answers are on their way; ask again when one has been read."


async def answer(work: Work, size: int, media: str = JSON) -> Response:
    """Return an answer whose text ``work`` makes of the state as it is now; others are served meanwhile.

    ``size`` says of how many things it tells, roughly: one that tells of many is sent as it is made.

    Raises:
        CopyFailed: it could not be made.
        Problem: there are too many such answers under way (503).
    """
    parts = on_the_state(work, size)
    if size <= LITTLE:
        return Response(b"".join([part async for part in parts]), media_type=media)
    try:
        first = await anext(parts, b"")
    except TooManyCopies:
        raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, TOO_MANY) from None
    return StreamingResponse(_all(first, parts), media_type=media)


def json_of(make: Callable[[], Any]) -> Work:
    """Return work that writes what ``make`` returns, which is of a route's reply class, as JSON."""

    def work() -> tuple[bytes]:
        text = json.dumps(reading.write(make()), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        return (text.encode(),)

    return work


async def _all(first: bytes, rest: AsyncGenerator[bytes, None]) -> AsyncIterator[bytes]:
    yield first
    async for part in rest:
        yield part
