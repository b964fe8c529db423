"""Reading requests of the control API into the classes that their routes name, and writing replies.

Nothing is guessed: a number is a number, an unknown member is refused, and the refusal says where.
"""

import json
from enum import StrEnum
from functools import cache
from http import HTTPStatus
from typing import Any

import cattrs
from cattrs.errors import ForbiddenExtraKeysError
from cattrs.strategies import configure_union_passthrough
from starlette.requests import Request

from duolect.control.routes import Asked, Route
from duolect.problems import Problem
from duolect_dialects.exchange import Unreadable, pairs

_SHOWN = 100
_LONGEST_NUMBER = 18
"""Digits: what has more need not fit into 64 bits, and Python's own counting ends there."""


async def read(request: Request, route: Route) -> Asked:
    """Return what a request asks of its route.

    Raises:
        Problem: it cannot be read (400, 413), or is not what the route takes (400 for the query, 422 for
            the body).
    """
    return Asked(
        path=dict(request.path_params),
        query=_query(request, route),
        body=await _body(request, route),
    )


def write(value: Any) -> Any:  # noqa: ANN401 - of the route's reply class
    """Return a reply as a JSON tree."""
    return _of_json().unstructure(value)


def _query(request: Request, route: Route) -> Any:  # noqa: ANN401 - of the route's query class
    try:
        query = dict(pairs(request.scope["query_string"]))
    except Unreadable as reason:
        raise Problem(HTTPStatus.BAD_REQUEST, f"The request cannot be read: {reason}.") from None
    try:
        return _of_text().structure(query, route.query)
    except cattrs.BaseValidationError as fault:
        detail = f"{request.url.path}: {_told(fault)}."
        raise Problem(HTTPStatus.BAD_REQUEST, detail) from None


async def _body(request: Request, route: Route) -> Any:  # noqa: ANN401 - of the route's body class
    if route.body is None and not route.raw:
        return None
    tree = await _json_object(request, route.largest)
    if route.body is None:
        return tree
    try:
        return _of_json().structure(tree, route.body)
    except cattrs.BaseValidationError as fault:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, f"{_told(fault)}.") from None


async def _json_object(request: Request, largest: int) -> dict[str, Any]:
    """Return the JSON object in the body, or raise where there is none."""
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        parts.append(part)
        size += len(part)
        if size > largest:
            raise Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The request body is too large.")
    try:
        tree = json.loads(b"".join(parts))
        json.dumps(tree, ensure_ascii=False).encode()  # half a surrogate pair is no text
    except (ValueError, RecursionError):
        tree = None
    if not isinstance(tree, dict):
        raise Problem(HTTPStatus.BAD_REQUEST, "The body is not a JSON object.")
    return tree


class _Wrong(ValueError):
    """A value is of the wrong type; ``str`` says what it should be."""


def _strict(kind: type[Any], meaning: str) -> Any:  # noqa: ANN401 - a cattrs hook
    def hook(value: Any, _: Any) -> Any:  # noqa: ANN401
        if type(value) is kind or (kind is float and type(value) is int):
            return value
        raise _Wrong(f"must be {meaning}")

    return hook


def _choice(value: Any, kind: type[StrEnum]) -> StrEnum:  # noqa: ANN401 - what a request says
    try:
        return kind(value)
    except ValueError:
        raise _Wrong(f"must be one of {', '.join(each.value for each in kind)}") from None


@cache
def _of_json() -> cattrs.Converter:
    """Return the converter of bodies and replies."""
    converter = cattrs.Converter(forbid_extra_keys=True)
    for kind, meaning in (
        (str, "a text"),
        (int, "a whole number"),
        (float, "a number"),
        (bool, "true or false"),
    ):
        converter.register_structure_hook(kind, _strict(kind, meaning))
    converter.register_structure_hook(StrEnum, _choice)
    configure_union_passthrough(str | bool | int | float | None, converter)
    return converter


@cache
def _of_text() -> cattrs.Converter:
    """Return the converter of queries, whose values are texts."""
    converter = cattrs.Converter(forbid_extra_keys=True)

    def number(text: str, _: Any) -> int:  # noqa: ANN401
        if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER:
            return int(text)
        raise _Wrong("must be a whole number")

    def switch(text: str, _: Any) -> bool:  # noqa: ANN401
        if text not in {"true", "false"}:
            raise _Wrong("must be true or false")
        return text == "true"

    converter.register_structure_hook(StrEnum, _choice)
    converter.register_structure_hook(int, number)
    converter.register_structure_hook(bool, switch)
    return converter


def _told(fault: cattrs.BaseValidationError) -> str:
    """Return what is wrong first, and where."""
    reason, _, path = cattrs.transform_error(fault, format_exception=_reason)[0].rpartition(" @ ")
    place = path.removeprefix("$").removeprefix(".")
    return f"{place} {reason}" if place else reason


def _reason(fault: BaseException, _: Any) -> str:  # noqa: ANN401 - an annotation, where there is one
    if isinstance(fault, KeyError):
        return "is missing"
    if isinstance(fault, ForbiddenExtraKeysError):
        return f"there is no {', '.join(sorted(fault.extra_fields))[:_SHOWN]}"
    if isinstance(fault, ValueError):
        return str(fault)
    return "is of the wrong type"
