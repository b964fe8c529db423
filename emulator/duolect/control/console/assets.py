"""The files of the page: given as they lie in ``page/``, to whoever asks, to be kept by their hashes.

They are no secret, so no token is needed; whatever they show, they have to ask for.
"""

import gzip
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Final

import attrs
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route as StarletteRoute

from duolect.control.guard import Guard
from duolect.problems import PROBLEM_TYPE, Problem, problem_tree

ROOT: Final = "/_duolect/console"
"""Where the page is; its files are one level below."""
PAGE: Final = Path(__file__).parent / "page"
VENDOR: Final = PAGE / "vendor"
D3: Final = (
    *("dispatch", "timer", "ease", "color", "interpolate", "selection", "transition", "drag", "zoom"),
    "hierarchy",
)
"""The parts of the library in the order in which they need each other; they are given as one file."""
_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
"""What is given at all, by how its name ends, and what it is."""
_HEADERS: Final = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-cache",
    "vary": "accept-encoding",
}


@attrs.frozen
class Asset:
    """A file of the page, as it is and as gzip."""

    media: str
    content: bytes
    compressed: bytes
    etag: str


@cache
def assets() -> dict[str, Asset]:
    """Return all files of the page by their names; the page itself has none."""
    found = {}
    for path in sorted(PAGE.iterdir()):
        if path.suffix in _TYPES:
            name = "" if path.name == "index.html" else path.name
            found[name] = _made(_TYPES[path.suffix], path.read_bytes())
    parts = [(VENDOR / f"d3-{part}.min.js").read_bytes() for part in D3]
    found["d3.js"] = _made(_TYPES[".js"], b"".join(parts))
    return found


def _made(media: str, content: bytes) -> Asset:
    digest = sha256(content).hexdigest()[:32]
    return Asset(media, content, gzip.compress(content, mtime=0), f'"{digest}"')


def files(guard: Guard, methods: Sequence[str]) -> list[StarletteRoute]:
    """Return the routes of the page and of its files, for those whom a guard lets pass."""

    async def give(request: Request) -> Response:
        try:
            guard.check(request, is_open=True)
            return _given(request, _asset(request))
        except Problem as problem:
            tree = problem_tree(problem.status, problem.detail)
            headers = {"allow": "GET"} if problem.status is HTTPStatus.METHOD_NOT_ALLOWED else None
            return JSONResponse(tree, problem.status, headers, PROBLEM_TYPE)

    return [StarletteRoute(path, give, methods=methods) for path in (ROOT, f"{ROOT}/{{name}}")]


def _asset(request: Request) -> Asset:
    if request.method not in {"GET", "HEAD"}:
        raise Problem(HTTPStatus.METHOD_NOT_ALLOWED, f"{request.url.path} takes GET.")
    asset = assets().get(request.path_params.get("name", ""))
    if asset is None:
        raise Problem(HTTPStatus.NOT_FOUND, "The console has no such file.")
    return asset


def _given(request: Request, asset: Asset) -> Response:
    headers = {**_HEADERS, "etag": asset.etag}
    if asset.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    content = asset.content
    if _takes_gzip(request.headers.get("accept-encoding", "")):
        headers["content-encoding"] = "gzip"
        content = asset.compressed
    return Response(content, headers={**headers, "content-type": asset.media})


def _takes_gzip(codings: str) -> bool:
    """Say whether an Accept-Encoding names gzip, and not with the weight 0."""
    for each in codings.split(","):
        coding, _, weight = each.replace(" ", "").partition(";q=")
        if coding == "gzip":
            return not weight or bool(weight.strip("0."))
    return False
