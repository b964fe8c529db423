"""Problem details (RFC 9457): how the emulator itself says what is wrong, and what may have been meant."""

import json
from collections.abc import Collection
from http import HTTPStatus
from typing import Any, Final

from duolect_dialects.exchange import HttpAnswer

PROBLEM_TYPE: Final = "application/problem+json"
_MOST: Final = 3
"""So many names that are like a misspelt one are named."""
_FEW: Final = 12
"""Where none is like it, so many are all named."""
_LONGEST: Final = 100
_ALIKE: Final = 0.6
"""How like a name must be to one that was misspelt, from 0 to 1; ``difflib``'s own choice."""


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


def nearest(name: str, known: Collection[str]) -> str:
    """Return a hint at what a name that is none may have meant: those like it, or all if few."""
    from difflib import get_close_matches  # noqa: PLC0415 - only what is misspelt needs it

    spelt: dict[str, list[str]] = {}
    for each in known:
        spelt.setdefault(_bare(each), []).append(each)
    close = get_close_matches(_bare(name[:_LONGEST]), list(spelt), n=_MOST, cutoff=_ALIKE)
    found = [each for key in close for each in spelt[key]][:_MOST]
    if found:
        return f"the nearest {'is' if len(found) == 1 else 'are'} {', '.join(found)}"
    if len(known) > _FEW:
        return f"none of the {len(known)} that there are is like it"
    return f"there are {', '.join(known)}" if known else "there is none"


def _bare(name: str) -> str:
    """Return a name without what spellings differ in: ``instance_id`` for ``InstanceId``."""
    return "".join(sign for sign in name.lower() if sign.isalnum())
