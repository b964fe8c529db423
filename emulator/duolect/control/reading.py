"""Reading requests of the control API into the classes that their routes name, and writing replies.

Types are strict: a number is a number, an unknown member is refused, and the refusal says where.
"""

import json
from enum import StrEnum
from functools import cache
from http import HTTPStatus
from keyword import iskeyword
from typing import Any

import attrs
import cattrs
from cattrs.errors import ForbiddenExtraKeysError
from cattrs.strategies import configure_union_passthrough
from starlette.requests import Request

from duolect.calls.bodies import Bodies, Overloaded, TooLarge
from duolect.calls.pipeline import OVERLOADED
from duolect.control.routes import TOML, ControlRequest, Route
from duolect.problems import Problem, nearest
from duolect.settings.toml_lines import Lines, parse
from duolect_dialects.exchange import Unreadable, load_json, read_pairs

NO_OBJECT = "The body is not a JSON object."
_MAX_SHOWN = 100
_READING = frozenset({"GET", "HEAD"})
"""Methods whose bodies mean nothing, by HTTP."""
_MAX_DIGITS = 18
"""A number of more digits need not fit into 64 bits, where sizes and indexes end in Python."""


async def read(request: Request, route: Route, bodies: Bodies) -> ControlRequest:
    """Return what a request asks of its route.

    Raises:
        Problem: it cannot be read (400, 413, 503), or is not what the route takes (400 for the query, 422
            for the body).
    """
    path, query = dict(request.path_params), _query(request, route)
    if route.toml and _media_type(request) == TOML:
        tree, lines = await _toml(request, route.max_body, bodies)
        return ControlRequest(path, query, tree, lines)
    return ControlRequest(path, query, await _body(request, route, bodies))


def write(value: Any) -> Any:  # noqa: ANN401 - of the route's reply class
    """Return a reply as a JSON tree."""
    return _json_converter().unstructure(value)


def _query(request: Request, route: Route) -> Any:  # noqa: ANN401 - of the route's query class
    try:
        query = read_pairs(request.scope["query_string"])
    except Unreadable as reason:
        raise Problem(HTTPStatus.BAD_REQUEST, f"The request cannot be read: {reason}.") from None
    named = {f"{name}_" if iskeyword(name) or name.endswith("_") else name: query[name] for name in query}
    try:
        return _query_converter().structure(named, route.query)
    except cattrs.BaseValidationError as error:
        detail = f"{request.url.path}: {_described(error)}."
        raise Problem(HTTPStatus.BAD_REQUEST, detail) from None


async def _body(request: Request, route: Route, bodies: Bodies) -> Any:  # noqa: ANN401 - of the route's body class
    if route.body is None and not route.raw:
        if request.method not in _READING:
            await _refuse_body(request, route, bodies)
        return None
    if route.large:
        return await _large(request, route.max_body, bodies)
    tree = await _json_object(request, route.max_body, bodies)
    if route.body is None:
        return tree
    try:
        return _json_converter().structure(tree, route.body)
    except cattrs.BaseValidationError as error:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, f"{_described(error)}.") from None


async def _refuse_body(request: Request, route: Route, bodies: Bodies) -> None:
    """Raise where a body says something to a route that takes none: what is meant stands in the query."""
    if (await _text(request, route.max_body, bodies)).strip() not in {b"", b"{}"}:
        raise Problem(HTTPStatus.BAD_REQUEST, f"{request.method} {request.url.path} takes no body.")


async def _json_object(request: Request, max_body: int, bodies: Bodies) -> dict[str, Any]:
    """Return the JSON object in the body, or raise where there is none."""
    text = await _text(request, max_body, bodies)
    try:
        tree = load_json(text.decode(json.detect_encoding(text)))
    except (ValueError, RecursionError):
        tree = None
    if not isinstance(tree, dict):
        raise Problem(HTTPStatus.BAD_REQUEST, NO_OBJECT)
    return tree


async def _toml(request: Request, max_body: int, bodies: Bodies) -> tuple[dict[str, Any], Lines]:
    """Return the tree of the TOML in the body and the lines of its values, or raise where there is none."""
    text = await _text(request, max_body, bodies)
    try:
        decoded = text.decode()
        return parse(decoded), Lines(decoded)
    except ValueError as reason:
        raise Problem(HTTPStatus.BAD_REQUEST, f"The body is not TOML: {reason}.") from None


async def _text(request: Request, max_body: int, bodies: Bodies) -> bytes:
    """Return the body, or raise where it is larger than it may be."""
    return b"".join(await _large(request, max_body, bodies))


async def _large(request: Request, max_body: int, bodies: Bodies) -> list[bytes]:
    """Return the parts of the body, or raise where it is larger than it may be."""
    try:
        return await bodies.read_parts(request.stream(), max_body)
    except TooLarge:
        raise Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The request body is too large.") from None
    except Overloaded:
        raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, OVERLOADED) from None


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


class _InvalidValue(ValueError):
    """A value is of the wrong type; ``str`` says what it should be."""


def _strict(kind: type[Any], meaning: str) -> Any:  # noqa: ANN401 - a cattrs hook
    def hook(value: Any, _: Any) -> Any:  # noqa: ANN401
        if type(value) is kind or (kind is float and type(value) is int):
            return value
        raise _InvalidValue(f"must be {meaning}")

    return hook


def _choice(value: Any, kind: type[StrEnum]) -> StrEnum:  # noqa: ANN401 - what a request says
    try:
        return kind(value)
    except ValueError:
        raise _InvalidValue(f"must be one of {', '.join(each.value for each in kind)}") from None


@cache
def _json_converter() -> cattrs.Converter:
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
def _query_converter() -> cattrs.Converter:
    """Return the converter of queries, whose values are texts."""
    converter = cattrs.Converter(forbid_extra_keys=True)

    def number(text: str, _: Any) -> int:  # noqa: ANN401
        if text.isascii() and text.isdecimal() and len(text) <= _MAX_DIGITS:
            return int(text)
        raise _InvalidValue("must be a whole number")

    def switch(text: str, _: Any) -> bool:  # noqa: ANN401
        if text not in {"true", "false"}:
            raise _InvalidValue("must be true or false")
        return text == "true"

    converter.register_structure_hook(StrEnum, _choice)
    converter.register_structure_hook(int, number)
    converter.register_structure_hook(bool, switch)
    return converter


def _described(error: cattrs.BaseValidationError) -> str:
    """Return what is wrong first, and where."""
    reason, _, path = cattrs.transform_error(error, format_exception=_reason)[0].rpartition(" @ ")
    member = path.removeprefix("$").removeprefix(".")
    return f"{member} {reason}" if member and not reason.startswith(f"{member} ") else reason


def _members(kind: type[Any]) -> list[str]:
    """Return the names that what is read into a class may have."""
    return [field.name.rstrip("_") for field in attrs.fields(kind)] if attrs.has(kind) else []


def _reason(error: BaseException, _: Any) -> str:  # noqa: ANN401 - an annotation, where there is one
    if isinstance(error, KeyError):
        return "is missing"
    if isinstance(error, ForbiddenExtraKeysError):
        name = min(error.extra_fields)
        name = name.removesuffix("_")  # as it was given
        return f"there is no {name[:_MAX_SHOWN]}; {nearest(name, _members(error.cl))}"
    if isinstance(error, ValueError):
        return str(error)
    return "is of the wrong type"
