"""Snapshots taken and restored through the control API."""

import pytest
from tests.emulator.asgi import send
from tests.emulator.snapshots.states import change, dumps

from duolect.server.app import make_app


@pytest.fixture
def app(world):
    return make_app(world.pipeline, 1000)


def test_a_snapshot_is_taken_and_restored_over_http(world, app):
    taken = send(app, "GET", "/_duolect/snapshot?access_key=one")
    assert taken.headers["content-type"] == "application/json"
    before = dumps(world)
    change(world)
    answer = send(app, "POST", "/_duolect/restore?cloud=tencent", content=taken.content)
    assert answer.status_code == 200
    name = {"cloud": "tencent", "access_key": "one", "region": "ap-guangzhou"}
    assert answer.json() == {"restored": [name], "forgotten": [name]}
    key = tuple(name.values())
    assert dumps(world)[key] == before[key]


@pytest.mark.parametrize(
    ("query", "body", "status", "reason"),
    [
        ("", b"{}", 422, "The snapshot cannot be restored: /format: is not 'duolect snapshot'."),
        ("", b"[]", 400, "The body is not a JSON object."),
        ("", b'{"format": ', 400, "The body is not a JSON object."),
        (
            "?acount=x",
            b"{}",
            400,
            "/_duolect/restore: there is no acount; there are access_key, cloud, region, into.",
        ),
    ],
)
def test_a_wrong_restore_is_a_problem_and_changes_nothing(world, *, query, body, status, reason):
    app, before = make_app(world.pipeline, 1000), dumps(world)
    answer = send(app, "POST", f"/_duolect/restore{query}", content=body)
    assert (answer.status_code, answer.json()["detail"]) == (status, reason)
    assert answer.headers["content-type"] == "application/problem+json"
    assert dumps(world) == before
