"""The application without a network: through httpx, or message by message."""

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any

import httpx
from tests.harness import START

from duolect.bootstrap import bootstrap
from duolect.clock import Clock
from duolect.server.app import App, make_app
from duolect.settings.settings import Settings

BASE = "http://127.0.0.1:4780"


def application(
    max_body: int = 1000, *, names: Sequence[str] = (), control_token: str = "", **settings: Any
) -> App:
    pipeline = bootstrap(Settings(**settings), Clock(0, START))
    return make_app(pipeline, max_body, names=names, control_token=control_token)


def send(app: App, method: str, url: str, *, raising: bool = True, **more: Any) -> httpx.Response:
    """Send a request; what the application raises is raised here, unless not ``raising``."""

    async def exchange() -> httpx.Response:
        transport = httpx.ASGITransport(app, raise_app_exceptions=raising)
        async with httpx.AsyncClient(transport=transport, base_url=BASE, trust_env=False) as client:
            return await client.request(method, url, **more)

    return asyncio.run(exchange())


def converse(
    app: App, arriving: Iterable[dict[str, Any] | BaseException], **scope: Any
) -> list[dict[str, Any]]:
    """Feed messages one by one and return what was sent; an exception among them is raised by receive."""
    messages, sent = iter(arriving), []

    async def receive() -> dict[str, Any]:
        message = next(messages)
        if isinstance(message, BaseException):
            raise message
        return message

    async def answer(message: Any) -> None:
        sent.append(message)

    whole = {
        "type": "http",
        "method": "POST",
        "path": "/",
        "query_string": b"",
        "headers": [],
        **scope,
    }
    asyncio.run(app(whole, receive, answer))
    return sent
