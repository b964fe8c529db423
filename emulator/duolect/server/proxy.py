"""Being the proxy of clients that call the clouds by name: whose part the emulator plays, and whose not.

A forward proxy dials what it is asked for. This one never dials anything: it answers by itself for the
clouds' hosts and for those that a setting adds, and refuses all others.
"""

import re
from http import HTTPStatus
from typing import Final

from duolect.problems import problem

_ABSOLUTE: Final = re.compile(rb"https?://([^/?#]+)(.*)", re.IGNORECASE)
_SHOWN: Final = 100


def parted(url: bytes) -> tuple[str, bytes]:
    """Part the URL that a proxy is sent into its host and what a server is sent."""
    absolute = _ABSOLUTE.fullmatch(url)
    if absolute is None:
        return "", url
    target = absolute[2] if absolute[2].startswith(b"/") else b"/" + absolute[2]
    return absolute[1].decode("latin-1"), target


def never_dialled(host: str) -> str:
    """Say that the emulator is no proxy for a host: one line, which clients show as they get it."""
    shown = "".join(sign for sign in host if sign.isascii() and sign.isprintable())[:_SHOWN]
    return f"Duolect answers for the clouds' own hosts and never dials others, such as {shown}"


def refusal(host: str) -> bytes:
    """Return the answer to a tunnel that is refused.

    The reason stands in the status line too: Python's, Go's and Java's clients show that, and not the body.
    """
    reason = never_dialled(host)
    answer = problem(HTTPStatus.FORBIDDEN, f"{reason}.")
    headers = {**answer.headers, "content-length": str(len(answer.body)), "connection": "close"}
    lines = [
        f"HTTP/1.1 {answer.status:d} {reason}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode("ascii") + answer.body
