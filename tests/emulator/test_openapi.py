"""The OpenAPI document and the API hold together."""

import attrs
import pytest
from openapi_spec_validator import validate
from tests.emulator.asgi import application, send

from duolect.control.application import ROUTES


@pytest.fixture(scope="module")
def document():
    return send(application(), "GET", "/_duolect/openapi.json").json()


def test_the_document_is_valid(document):
    validate(document)


def test_every_route_is_described_and_nothing_else(document):
    described = {
        (method.upper(), path) for path, methods in document["paths"].items() for method in methods
    }
    assert described == {(route.method, route.path) for route in ROUTES}
    names = [each["operationId"] for methods in document["paths"].values() for each in methods.values()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_what_a_route_takes_and_gives_is_said_in_words(document, route):
    operation = document["paths"][route.path][route.method.lower()]
    assert operation["summary"].endswith(".")
    for kind in (route.query, route.body, route.reply):
        if kind is not None and attrs.has(kind):
            for field in attrs.fields(kind):
                assert field.metadata.get("meaning"), f"{kind.__name__}.{field.name}"
