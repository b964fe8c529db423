"""What Duolect is measured against: as little as a server of the same kind can do.

``starlette``: one Starlette route that reads headers, query and JSON body, and answers a constant.
``uvicorn``: no framework at all, for the cost of starting.
"""

import sys
from typing import Any

import uvicorn


def starlette_app(size: int) -> Any:
    from starlette.applications import Starlette  # noqa: PLC0415 - the other app does without
    from starlette.requests import Request  # noqa: PLC0415
    from starlette.responses import Response  # noqa: PLC0415
    from starlette.routing import Route  # noqa: PLC0415

    constant = b"x" * size

    async def answer(request: Request) -> Response:
        dict(request.query_params)
        dict(request.headers)
        if await request.body():
            await request.json()
        return Response(constant, media_type="application/json")

    return Starlette(routes=[Route("/", answer, methods=["GET", "POST"])])


async def plain_app(_scope: Any, receive: Any, send: Any) -> None:
    await receive()
    headers = [(b"content-type", b"application/json"), (b"content-length", b"2")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"{}"})


def main(kind: str, port: str, size: str) -> None:
    app = starlette_app(int(size)) if kind == "starlette" else plain_app
    uvicorn.run(
        app,
        port=int(port),
        http="httptools",
        loop="uvloop",
        ws="none",
        lifespan="off",
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        server_header=False,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
