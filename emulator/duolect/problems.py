"""Problem details (RFC 9457): how the emulator itself says what is wrong."""

import json
from http import HTTPStatus
from typing import Any, Final

from duolect_dialects.exchange import HttpAnswer

PROBLEM_TYPE: Final = "application/problem+json"


class Problem(Exception):
    """A request to the emulator itself that cannot be carried out, and has changed nothing."""

    def __init__(self, status: HTTPStatus, detail: str) -> None:
        """Take the HTTP status and what is wrong."""
        super().__init__(status, detail)
        self.status = status
        self.detail = detail


def problem_tree(status: HTTPStatus, detail: str) -> dict[str, Any]:
    """Return problem details as a tree."""
    return {"title": status.phrase, "status": status.value, "detail": detail}


def problem(status: HTTPStatus, detail: str) -> HttpAnswer:
    """Return an answer that holds problem details."""
    body = json.dumps(problem_tree(status, detail)).encode()
    return HttpAnswer(status, {"content-type": PROBLEM_TYPE}, body)
