"""The OpenAPI document of the control API, made from its routes.

Schemas come from the attrs classes that a route names: a field's type, its default and what
``members.member`` says of it. Each class is one component, named after itself.
"""

import inspect
import types
from collections.abc import Iterable, Mapping
from enum import Enum
from http import HTTPStatus
from typing import Any, Final, Literal, Union, get_args, get_origin

import attrs

from duolect import __version__
from duolect.control.routes import JSON, TOML, Route
from duolect.problems import PROBLEM_TYPE

_SCALARS: Final = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
}
_PROBLEM: Final = {
    "type": "object",
    "description": "Problem details (RFC 9457).",
    "properties": {
        "title": {"type": "string", "description": "the status in words"},
        "status": {"type": "integer", "description": "the HTTP status"},
        "detail": {"type": "string", "description": "what is wrong, and where"},
    },
    "required": ["title", "status", "detail"],
}
_TOML_TEXT: Final = {"type": "string", "description": "The same as TOML."}
_WRONG_QUERY: Final = "The request cannot be read, or its query has a parameter that is unknown or wrong."
_WRONG_BODY: Final = "A member of the body is missing, unknown or wrong."
_TOO_LARGE: Final = "The body is too large."
_WEB_PAGE: Final = "The request comes from a web page, or by a name that is not the emulator's."
_UNKNOWN_CALLER: Final = "The emulator was given a token for this API, and the request lacks it."
_TOKEN: Final = {
    "type": "http",
    "scheme": "bearer",
    "description": "What `--control-token` says, where it says anything.",
}


def document(routes: Iterable[Route]) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document that describes these routes."""
    schemas = _Schemas()
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Duolect control API",
            "version": __version__,
            "description": "What a test does to the emulator rather than to a cloud.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": paths,
        "components": {
            "schemas": {"Problem": _PROBLEM, **schemas.components},
            "securitySchemes": {"token": _TOKEN},
        },
    }


def _operation(route: Route, schemas: "_Schemas") -> dict[str, Any]:
    summary, _, description = inspect.cleandoc(route.run.__doc__ or "").partition("\n")
    module = route.run.__module__.rpartition(".")[2]
    operation: dict[str, Any] = {
        "operationId": route.run.__name__.strip("_"),
        "tags": [module],
        "summary": summary,
        "security": [{}] if route.is_open else [{}, {"token": []}],
        "responses": _responses(route, schemas),
    }
    if description.strip():
        operation["description"] = description.strip()
    if parameters := [*_path_parameters(route.path), *_query_parameters(route.query, schemas)]:
        operation["parameters"] = parameters
    if route.body is not None or route.raw:
        schema = {"type": "object"} if route.body is None else schemas.of(route.body)
        content = {JSON: {"schema": schema}, **({TOML: {"schema": _TOML_TEXT}} if route.toml else {})}
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _path_parameters(path: str) -> Iterable[dict[str, Any]]:
    for part in path.split("/"):
        if part.startswith("{"):
            name = part.strip("{}").partition(":")[0]
            yield {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _query_parameters(query: type[Any], schemas: "_Schemas") -> Iterable[dict[str, Any]]:
    for field in attrs.fields(query):
        schema, meaning = schemas.field(field)
        yield {
            "name": field.name.rstrip("_"),  # one follows a word that Python keeps for itself
            "in": "query",
            "required": field.default is attrs.NOTHING,
            "description": meaning,
            "schema": _without_null(schema),
        }


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a query's parameter where it is given: there is no null in a query."""
    kinds = [kind for kind in schema.get("anyOf", ()) if kind != _SCALARS[type(None)]]
    return kinds[0] if len(kinds) == 1 else schema


def _responses(route: Route, schemas: "_Schemas") -> dict[str, Any]:
    success: dict[str, Any] = {"description": route.status.phrase}
    if route.reply is not None:
        success["content"] = {route.media: {"schema": schemas.of(route.reply)}}
    refusals: dict[HTTPStatus, str] = {
        HTTPStatus.BAD_REQUEST: _WRONG_QUERY,
        HTTPStatus.FORBIDDEN: _WEB_PAGE,
        **({} if route.is_open else {HTTPStatus.UNAUTHORIZED: _UNKNOWN_CALLER}),
    }
    if route.body is not None or route.raw:
        refusals[HTTPStatus.REQUEST_ENTITY_TOO_LARGE] = _TOO_LARGE
        refusals[HTTPStatus.UNPROCESSABLE_ENTITY] = _WRONG_BODY
    refusals.update(route.refuses)
    problem = {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    statuses = {
        str(status.value): {"description": meaning, "content": problem}
        for status, meaning in sorted(refusals.items())
    }
    also = {str(status.value): {"description": meaning} for status, meaning in route.also.items()}
    return {str(route.status.value): success, **also, **statuses}


class _Schemas:
    """Schemas of types; those of attrs classes are kept as components."""

    def __init__(self) -> None:
        self.components: dict[str, dict[str, Any]] = {}
        self._kinds: dict[str, type[Any]] = {}

    def of(self, kind: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever an annotation may be
        if kind in _SCALARS:
            return dict(_SCALARS[kind])
        if get_origin(kind) is not None:
            return self._generic(get_origin(kind), get_args(kind))
        if isinstance(kind, type) and issubclass(kind, Enum):
            return {"type": "string", "enum": [each.value for each in kind]}
        if attrs.has(kind):
            return self._component(kind)
        return {"type": "object"} if kind is dict else {}

    def _generic(self, origin: Any, arguments: tuple[Any, ...]) -> dict[str, Any]:  # noqa: ANN401
        if origin in {Union, types.UnionType}:
            return {"anyOf": [self.of(each) for each in arguments]}
        if origin in {tuple, list}:
            return {"type": "array", "items": self.of(arguments[0])}
        if origin in {dict, Mapping}:
            return {"type": "object", "additionalProperties": self.of(arguments[1])}
        return {"enum": list(arguments)} if origin is Literal else {}

    def field(self, field: "attrs.Attribute[Any]") -> tuple[dict[str, Any], str]:
        """Return the schema of a field, and what it means."""
        schema = self.of(field.type)
        if field.default is not attrs.NOTHING and not isinstance(field.default, attrs.Factory):  # type: ignore[arg-type]
            schema["default"] = field.default
        return schema, field.metadata.get("meaning", "")

    def _component(self, kind: type[Any]) -> dict[str, Any]:
        name = kind.__name__
        if self._kinds.setdefault(name, kind) is not kind:
            raise TypeError(f"two classes of the control API are called {name}")
        if name not in self.components:
            self.components[name] = {}  # a class may hold itself
            properties, required = {}, []
            for field in attrs.fields(attrs.resolve_types(kind)):
                schema, meaning = self.field(field)
                properties[field.name] = {**schema, "description": meaning} if meaning else schema
                if field.default is attrs.NOTHING:
                    required.append(field.name)
            self.components[name] = {
                "type": "object",
                "description": inspect.cleandoc(kind.__doc__ or ""),
                "properties": properties,
                "required": required,
                "additionalProperties": False,
            }
        return {"$ref": f"#/components/schemas/{name}"}
