"""Faults and hanging operations over the control API."""

import asyncio
import json

import httpx
import pytest
from tests.emulator.asgi import BASE, application, converse, send
from tests.harness import START

from duolect.bootstrap import bootstrap
from duolect.clock import Clock
from duolect.server.app import CONNECTION, make_app
from duolect.settings.settings import Settings
from duolect_core.model.resources import MILLISECOND

FAULTS = "/_duolect/faults"
HELLO = (
    "/?Action=DescribeNetworkInterfaces&Version=2014-05-26&Format=JSON&RegionId=cn-hangzhou&AccessKeyId=me"
)
VPC = "/?Action=CreateVpc&Version=2016-04-28&Format=JSON&RegionId=cn-hangzhou&AccessKeyId="
HANG = {"cloud": "alibaba", "action": "CreateVpc", "hang": True}


def add(app, **rule):
    answer = send(app, "POST", FAULTS, json=rule)
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_faults_are_added_shown_counted_and_removed():
    app = application()
    assert send(app, "GET", FAULTS).json() == {"faults": []}
    first = add(app, cloud="alibaba", http_status=503, times=1, resource={"id": "me"})
    assert (first["id"], first["matches"], first["hits"], first["action"]) == ("f-1", 0, 0, "*")
    others = dict.fromkeys(("name", "tag", "instance", "subnet", "zone"))
    assert first["resource"] == {"id": "me", **others}
    add(app, cloud="alibaba", action="DescribeNetworkInterfaces", throttle=True)
    replaced = send(app, "GET", HELLO)
    assert replaced.json()["Code"] == "Throttling.User"
    assert replaced.headers["x-duolect-fault"] == "f-2"
    shown = send(app, "GET", FAULTS).json()["faults"]
    assert [(each["id"], each["hits"]) for each in shown] == [("f-1", 0), ("f-2", 1)]
    assert send(app, "GET", f"{FAULTS}/f-2").json() == shown[1]
    assert send(app, "DELETE", f"{FAULTS}/f-2").status_code == 204
    assert send(app, "GET", HELLO).status_code == 200
    assert send(app, "DELETE", FAULTS).status_code == 204
    assert send(app, "GET", FAULTS).json() == {"faults": []}


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_a_fault_that_is_not_there_is_a_problem(method):
    answer = send(application(), method, f"{FAULTS}/f-1")
    assert (answer.status_code, answer.json()["detail"]) == (404, "There is no such fault.")


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        (b"[]", 400, "The body is not a JSON object."),
        (b"{}", 422, "cloud is missing."),
        (b'{"cloud": "alibaba"}', 422, "the rule has no effect"),
        (b'{"cloud": "alibaba", "colour": 1}', 422, "there is no colour; the nearest is cloud."),
        (b'{"cloud": "alibaba", "fails": true}', 422, "there is no fails; the nearest is fail."),
        (b'{"cloud": "alibaba", "xyz": true}', 422, "there is no xyz; none of the "),
        (b'{"cloud": "aws", "hang": true}', 422, "there is no cloud aws; there are"),
        (
            b'{"cloud": "alibaba", "action": "Sing", "hang": true}',
            422,
            "alibaba has no action Sing; none of",
        ),
        (b'{"cloud": "alibaba", "hang": 1}', 422, "hang must be true or false."),
        (b'{"cloud": "alibaba", "slow": 0}', 422, "slow must be a whole number from 1"),
        (b'{"cloud": "alibaba", "slow": "2"}', 422, "slow must be a whole number."),
        (
            b'{"cloud": "alibaba", "probability": 2, "hang": true}',
            422,
            "probability must be a number above",
        ),
        (b'{"cloud": "alibaba", "code": "Sung"}', 422, "alibaba does not document the code Sung"),
        (b'{"cloud": "alibaba", "hang": true, "resource": {}}', 422, "resource needs one of"),
        (
            b'{"cloud": "alibaba", "hang": true, "resource": {"x": 1}}',
            422,
            "resource there is no x; there are id, name,",
        ),
        (b'{"cloud": "alibaba", "hang": true, "resource": 1}', 422, "resource"),
        (b"x" * 1_100_000, 413, "too large"),
    ],
)
def test_an_invalid_rule_is_a_problem_and_changes_nothing(body, status, reason):
    app = application()
    answer = send(app, "POST", FAULTS, content=body)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert reason in answer.json()["detail"]
    assert send(app, "GET", FAULTS).json() == {"faults": []}


def state(app):
    tree = send(app, "GET", VPC.replace("CreateVpc", "DescribeVpcs") + "me").json()
    return [each["Status"] for each in tree["Vpcs"]["Vpc"]]


def test_an_operation_that_hangs_is_listed_and_released():
    app = application()
    add(app, **HANG)
    send(app, "GET", VPC + "me")
    send(app, "DELETE", FAULTS)
    send(app, "GET", VPC + "you")
    send(app, "POST", "/_duolect/clock/advance", json={"by": "1ms"})
    listed = send(app, "GET", "/_duolect/operations").json()["operations"]
    assert [each["access_key"] for each in listed] == ["me", "you"]
    (held,) = send(app, "GET", "/_duolect/operations?held=true").json()["operations"]
    assert held == {
        "id": held["id"],
        "kind": "create-network",
        "cloud": "alibaba",
        "access_key": "me",
        "region": "cn-hangzhou",
        "resources": held["resources"],
        "state": "running",
        "held": True,
        "started": START,
        "due": START + 200 * MILLISECOND,
    }
    assert state(app) == ["Pending"]
    assert send(app, "GET", "/_duolect/operations?access_key=nobody").json() == {"operations": []}
    release = f"/_duolect/operations/{held['id']}/release"
    assert send(app, "POST", f"{release}?access_key=you").status_code == 404
    done = send(app, "POST", release).json()
    assert (done["id"], done["state"], done["held"]) == (held["id"], "succeeded", False)
    assert state(app) == ["Available"]
    again = send(app, "POST", release)
    assert (again.status_code, again.json()["detail"]) == (409, "The operation does not hang.")


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/_duolect/operations/absent/release", 404),
        ("/_duolect/operations/absent/release?fails=perhaps", 400),
        ("/_duolect/operations/absent/release?sings=true", 400),
    ],
)
def test_what_cannot_be_released_is_a_problem(url, status):
    answer = send(application(), "POST", url)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


# -- on the way to the client ----------------------------------------------------------------------------


def test_a_late_answer_waits_for_the_emulators_clock_and_holds_nobody_else_up():
    app = application()
    add(app, cloud="alibaba", access_key="me", latency_ms=3_600_000)

    async def scenario():
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url=BASE, trust_env=False) as client:
            late = asyncio.create_task(client.get(HELLO))
            await asyncio.sleep(0)
            assert (await client.get(HELLO.replace("=me", "=you"))).status_code == 200
            await client.post("/_duolect/clock/advance", json={"by": "59m"})
            await asyncio.sleep(0.01)
            assert not late.done()
            await client.post("/_duolect/clock/advance", json={"by": "1m"})
            return await asyncio.wait_for(late, 5)

    assert asyncio.run(scenario()).headers["x-duolect-fault"] == "f-1"


def test_a_call_that_waits_is_answered_503_when_the_emulator_stops():
    pipeline = bootstrap(Settings(), Clock(0, START))
    app = make_app(pipeline, 1000)
    add(app, cloud="alibaba", latency_ms=3_600_000)

    async def scenario():
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url=BASE, trust_env=False) as client:
            waiting = asyncio.create_task(client.get(HELLO))
            await asyncio.sleep(0.01)
            assert not waiting.done()
            pipeline.waiting.stop()
            return await asyncio.wait_for(waiting, 5)

    answer = asyncio.run(scenario())
    assert (answer.status_code, answer.json()["Code"]) == (503, "ServiceUnavailable")


def close_of(app, **scope):
    """Return what is sent before the connection is closed, and how often it was."""
    closed = []
    path, _, query = HELLO.partition("?")
    arriving = [{"type": "http.request", "body": b""}, {"type": "http.disconnect"}]
    extensions = {CONNECTION: {"close": lambda: closed.append(True)}}
    sent = converse(
        app,
        arriving,
        **{
            "method": "GET",
            "path": path,
            "query_string": query.encode(),
            "extensions": extensions,
            **scope,
        },
    )
    return sent, len(closed)


def test_a_connection_is_closed_without_a_byte():
    app = application()
    add(app, cloud="alibaba", disconnect=True)
    assert close_of(app) == ([], 1)


def test_a_connection_is_closed_in_the_middle_of_an_answer():
    app = application()
    add(app, cloud="alibaba", truncate=True)
    (start, body), closed = close_of(app)
    promised = int(dict(start["headers"])[b"content-length"])
    assert (len(body["body"]), body["more_body"], closed) == (promised // 2, True, 1)
    with pytest.raises(json.JSONDecodeError):
        json.loads(body["body"])


def test_a_server_that_cannot_close_connections_sees_one_fail():
    app = application()
    add(app, cloud="alibaba", disconnect=True)
    with pytest.raises(ConnectionAbortedError):
        close_of(app, extensions={})
