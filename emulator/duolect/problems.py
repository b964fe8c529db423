"""Problem details (RFC 9457): how the emulator itself says what is wrong."""

import json
from http import HTTPStatus
from typing import Any, Final

import attrs

from duolect_dialects.exchange import HttpAnswer

PROBLEM_TYPE: Final = "application/problem+json"


@attrs.frozen
class Problem(Exception):
    """A request to the emulator itself that cannot be carried out, and has changed nothing."""

    status: HTTPStatus
    detail: str


def problem_tree(status: HTTPStatus, detail: str) -> dict[str, Any]:
    """Return problem details as a tree."""
    return {"title": status.phrase, "status": status.value, "detail": detail}


def problem(status: HTTPStatus, detail: str) -> HttpAnswer:
    """Return an answer that holds problem details."""
    body = json.dumps(problem_tree(status, detail)).encode()
    return HttpAnswer(status, {"content-type": PROBLEM_TYPE}, body)
