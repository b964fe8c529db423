"""What is said to those whose request is none that can be carried out: what it is, and what it lacks."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Final

from duolect.problems import nearest, problem
from duolect_dialects.dialect import Dialect
from duolect_dialects.exchange import HttpAnswer, HttpRequest

_OTHER_PROTOCOLS: Final = (
    (b"PRI * HTTP/2", "HTTP/2 without TLS (a client with prior knowledge); this server speaks HTTP/1.1"),
    (b"\x05", "SOCKS 5; as a proxy this server speaks HTTP"),
    (b"\x04", "SOCKS 4; as a proxy this server speaks HTTP"),
    (b"PROXY ", "the PROXY protocol of a load balancer, which must be switched off for this server"),
    (b"\r\n\r\n\x00\r\nQUIT\n", "the PROXY protocol of a load balancer, which must be switched off here"),
    (b"SSH-", "SSH; this server speaks HTTP"),
    (b"\x16\x03", "TLS within TLS; this server speaks HTTP within one"),
)
"""What comes first on a connection of another protocol, and what to say of it."""
CONSOLE: Final = "/_duolect/console"
"""Where the page is that people look at."""
_HTML: Final = "text/html"
INVALID: Final = "Invalid HTTP request received"


def invalid_http(first: bytes) -> str:
    """Return a sentence about what has arrived on a connection and is no HTTP."""
    for beginning, what in _OTHER_PROTOCOLS:
        if first.startswith(beginning):
            return f"{INVALID}: this is {what}."
    return f"{INVALID}."


def explained(request: HttpRequest, dialects: Sequence[Dialect], *, has_console: bool) -> HttpAnswer:
    """Answer a request that no dialect recognises: a browser's with the console, where the port has it."""
    asked = (request.method, request.path, request.query)
    if has_console and asked == ("GET", "/", b"") and _HTML in request.headers.get("accept", ""):
        headers = {"content-type": _HTML, "location": CONSOLE, "vary": "accept"}
        return HttpAnswer(HTTPStatus.SEE_OTHER, headers, b"")
    return problem(HTTPStatus.NOT_FOUND, unrecognised(request, dialects))


def unrecognised(request: HttpRequest, dialects: Sequence[Dialect]) -> str:
    """Return sentences about a request that carries the marks of no dialect."""
    parameters = request.legible_parameters()
    action, version = parameters.get("Action"), parameters.get("Version")
    known = "GET /_duolect/health says what is served."
    if not action:
        return (
            "This is Duolect. The request speaks neither Alibaba Cloud's nor Tencent Cloud's API: it has "
            f"no Action parameter, X-TC-Action header or x-acs-action header. {known}"
        )
    versions = {each.name: sorted(key[0] for key in each.actions if key[1] == action) for each in dialects}
    found = [f"{', '.join(its)} of {cloud}" for cloud, its in versions.items() if its]
    names = sorted({name for dialect in dialects for _, name in dialect.actions})
    where = (
        f"{action} is in {' and '.join(found)}"
        if found
        else f"no cloud here has an action {action[:100]}; {nearest(action, names)}"
    )
    lacks = "no Version" if not version else f"the Version {version[:100]}, which no cloud here has"
    return (
        f"This is Duolect. The request has the Action {action[:100]} and {lacks}: it is the version that "
        f"tells the cloud where nothing else does. Among the versions, {where}. {known}"
    )
