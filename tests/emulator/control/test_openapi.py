"""The OpenAPI document and the API hold together."""

import random
import re

import attrs
import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from tests.emulator.asgi import application, send

from duolect.control import openapi
from duolect.control.application import ROUTES, describe
from duolect.control.routes import Route
from duolect.problems import PROBLEM_TYPE

VPC = "/?Version=2016-04-28&Format=JSON&RegionId=cn-hangzhou&AccessKeyId=AK1&Action="
ENDLESS = "/stream"
"""How the paths end of what goes on until the client has enough."""
TRIES = 40
PLAUSIBLE = {
    "account": ["AK1"],
    "access_key": ["AK1", "*"],
    "action": ["CreateVpc", "*"],
    "by": ["30s", 5],
    "cloud": ["alibaba"],
    "code": ["Throttling", "QuotaExceeded.Vpc"],
    "command": ["CreateNetwork"],
    "finding": ["unsigned"],
    "http_status": [503],
    "id": [],  # of a resource that is there; the fixture fills it in
    "instant": [1_790_000_000_000_000],
    "into": ["AK2"],
    "key": ["AK1", "AK9"],
    "limit": [10],
    "mark": ["mark-1", "start"],
    "now": ["2035-01-01T00:00:00Z"],
    "operations": [{"attach": "5s"}],
    "preset": ["fast"],
    "probability": [0.5],
    "region": ["cn-hangzhou"],
    "status": [503],
    "version": ["2"],
}
"""What a member or parameter of this name may well be; a schema says only of which type it is."""
WORLD = {"alibaba": [{"account": "AK3", "networks": [{"CidrBlock": "10.0.0.0/8"}]}]}


def _in_query(value):
    return str(value).lower() if isinstance(value, bool) else str(value)


class Examples:
    """Values that a schema allows, drawn by a seeded generator."""

    def __init__(self, document, seed):
        self._document = document
        self._rng = random.Random(seed)  # noqa: S311 - not for secrets

    def of(self, schema, name=""):
        if PLAUSIBLE.get(name) and self._rng.random() < 0.7:
            return self._rng.choice(PLAUSIBLE[name])
        if "$ref" in schema:
            schema = self._document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        if "anyOf" in schema:
            return self.of(self._rng.choice(schema["anyOf"]))
        if "enum" in schema:
            return self._rng.choice(schema["enum"])
        if "type" not in schema:
            return self._rng.choice(["x", 1, None, [{}]])
        if schema["type"] in {"array", "object"}:
            return self._members(schema)
        kinds = {
            "string": ["", "x", "start"],
            "integer": [0, 1, 2**40],
            "number": [0.0, 1.5],
            "null": [None],
        }
        return self._rng.choice({**kinds, "boolean": [True, False]}[schema["type"]])

    def _members(self, schema):
        if "items" in schema:
            return [self.of(schema["items"]) for _ in range(self._rng.randrange(3))]
        if "properties" not in schema:
            more = schema.get("additionalProperties")
            return {"x": self.of(more)} if isinstance(more, dict) else self._rng.choice([{}, WORLD])
        likely = self._rng.choice([0.0, 0.2, 0.6])
        return {
            name: self.of(member, name)
            for name, member in schema["properties"].items()
            if name in schema["required"] or self._rng.random() < likely
        }

    def request(self, path, operation):
        """Draw the URL and the body of a request."""
        query, likely = {}, self._rng.choice([0.0, 0.3])
        for each in operation.get("parameters", ()):
            if each["in"] == "path":
                path = path.replace(f"{{{each['name']}}}", self._path_part(path, each["name"]))
            elif each["required"] or self._rng.random() < likely:
                query[each["name"]] = _in_query(self.of(each["schema"], each["name"]))
        content = operation.get("requestBody", {}).get("content", {})
        body = {"json": self.of(content["application/json"]["schema"])} if content else {}
        return path, {"params": query, **body}

    def _path_part(self, path, name):
        there = {
            "key": "AK1",
            "name": "slow-detach",
            "number": "1",
            "id": "f-1" if "/faults/" in path else "op-1",
        }[name]
        return self._rng.choice([there, "nothing"])


@pytest.fixture
def populated(monkeypatch, tmp_path):
    """An application in which everything that the API shows is there."""
    app = application(2**20, store=f"sqlite:///{tmp_path / 'state.db'}")
    for path, body in (
        ("keys/AK1", {"secret": "s"}),
        ("conditions", {"cloud": "tencent", "code": "InternalError"}),
        ("faults", {"cloud": "alibaba", "action": "CreateVpc", "hang": True, "probability": 0.5}),
        ("marks", None),
    ):
        answer = send(app, "PUT" if "/" in path else "POST", f"/_duolect/{path}", json=body)
        assert answer.status_code in {201, 204}
    made = [send(app, "POST", f"{VPC}CreateVpc&CidrBlock=10.0.0.0/8").json() for _ in range(3)]
    monkeypatch.setitem(PLAUSIBLE, "id", [made[0]["VpcId"]])
    operations = send(app, "GET", "/_duolect/operations?held=true").json()["operations"]
    assert operations
    app.held = operations[0]["id"]
    return app


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


@pytest.mark.parametrize(
    "route",
    [route for route in ROUTES if not route.path.endswith(ENDLESS)],
    ids=lambda each: f"{each.method} {each.path}",
)
def test_what_is_made_from_the_document_is_answered_as_the_document_says(document, populated, route):
    operation = document["paths"][route.path][route.method.lower()]
    succeeded = set()
    for seed in range(TRIES):
        path, request = Examples(document, seed).request(route.path, operation)
        answer = send(populated, route.method, path.replace("op-1", populated.held), **request)
        assert str(answer.status_code) in operation["responses"], (path, request, answer.text)
        described = operation["responses"][str(answer.status_code)].get("content", {})
        if not described:
            assert answer.content == b""
        else:
            ((media, content),) = described.items()
            assert answer.headers["content-type"].partition(";")[0] == media.partition(";")[0]
            if media.endswith("json") and "ndjson" not in media:
                assert_fits(document, content["schema"], answer.json())
        if answer.is_success:
            succeeded.add(path)
        else:
            assert answer.headers["content-type"] == PROBLEM_TYPE
            assert re.fullmatch(r".+\.", answer.json()["detail"], re.DOTALL)
    needs_more = {"/_duolect/restore", "/_duolect/interruptions"}
    assert succeeded or route.path in needs_more, "nothing that was made was succeeded"


def assert_fits(document, schema, value):
    """Check a value against a schema of the document, strictly: what it has not described is wrong."""
    whole = {**schema, "components": document["components"]}
    assert [error.message for error in Draft202012Validator(whole).iter_errors(value)] == []


def test_two_classes_of_one_name_are_refused():
    one, other = (attrs.make_class("Shown", []) for _ in range(2))
    routes = [Route(method="GET", path=f"/{kind}", run=describe, reply=kind) for kind in (one, other)]
    with pytest.raises(TypeError, match="two classes of the control API are called Shown"):
        openapi.document(routes)


def test_schemas_are_named_in_words(document):
    names = document["components"]["schemas"]
    assert [name for name in names if not re.fullmatch(r"([A-Z][a-z]+)+", name)] == []
    assert [name for name, schema in names.items() if not schema["description"]] == []
    for methods in document["paths"].values():
        for operation in methods.values():
            assert re.fullmatch(r"[a-z]+(_[a-z]+)*", operation["operationId"])
