"""The journal, as a test would read it."""

import asyncio
import json

import pytest
from tests.emulator.asgi import application, converse, send

from duolect import __version__

JOURNAL = "/_duolect/journal"
ALIBABA = "/?Version=2016-04-28&Format=JSON&RegionId=cn-hangzhou&AccessKeyId=one&Action="
TENCENT = {
    "x-tc-action": "CreateVpc",
    "x-tc-version": "2017-03-12",
    "x-tc-region": "ap-guangzhou",
    "authorization": "TC3-HMAC-SHA256 Credential=two/2026-09-21/vpc/tc3_request, SignedHeaders=host, "
    "Signature=0",
    "content-type": "application/json",
    "user-agent": "SDK_PYTHON",
}


def create_vpc(app, **more):
    extra = "".join(f"&{name}={value}" for name, value in more.items())
    return send(app, "POST", f"{ALIBABA}CreateVpc&CidrBlock=10.0.0.0/8{extra}")


def records(app, **query):
    return send(app, "GET", JOURNAL, params=query).json()["records"]


def test_a_call_is_recorded_with_its_parameters_and_what_it_changed():
    app = application()
    reply = create_vpc(app, VpcName="mine").json()
    (record,) = records(app)
    assert record.pop("microseconds") > 0
    assert record == {
        "number": 1,
        "at": "2026-09-21T14:13:20.000000Z",
        "cloud": "alibaba",
        "account": "one",
        "access_key": "one",
        "region": "cn-hangzhou",
        "action": "CreateVpc",
        "version": "2016-04-28",
        "request_id": reply["RequestId"],
        "agent": record["agent"],
        "parameters": {"RegionId": "cn-hangzhou", "CidrBlock": "10.0.0.0/8", "VpcName": "mine"},
        "status": 200,
        "code": "",
        "message": "",
        "outcome": "ok",
        "repeated": False,
        "changed": [{"command": "CreateNetwork", "resources": [reply["VpcId"], reply["RouteTableId"]]}],
        "findings": ["unsigned"],
        "fault": "",
    }


def test_a_refusal_is_recorded_with_its_code_and_changes_nothing():
    app = application()
    body = {"VpcName": "x", "CidrBlock": "8.8.8.0/24"}
    send(app, "POST", "/", headers=TENCENT, json=body)
    (record,) = records(app, cloud="tencent")
    assert (record["outcome"], record["status"]) == ("refused", 200)
    assert record["code"].startswith("InvalidParameterValue")
    assert record["message"]
    assert (record["changed"], record["agent"], record["account"]) == ([], "SDK_PYTHON", "two")
    assert record["findings"] == []


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({}, [1, 2, 3]),
        ({"cloud": "tencent"}, [2]),
        ({"access_key": "one"}, [1, 3]),
        ({"action": "DescribeVpcs"}, [3]),
        ({"outcome": "refused"}, [2]),
        ({"code": "MissingParameter"}, [2]),
        ({"command": "CreateNetwork"}, [1]),
        ({"finding": "unsigned"}, [1, 3]),
        ({"after": "1"}, [2, 3]),
        ({"after": "9"}, []),
        ({"limit": "2"}, [1, 2]),
        ({"region": "ap-guangzhou"}, [2]),
    ],
)
def test_the_journal_is_filtered_by_what_is_known_of_a_call(query, numbers):
    app = application()
    create_vpc(app)
    send(app, "POST", "/", headers=TENCENT, json={"VpcName": "x"})
    send(app, "GET", f"{ALIBABA}DescribeVpcs")
    shown = send(app, "GET", JOURNAL, params=query).json()
    assert [record["number"] for record in shown["records"]] == numbers
    assert (shown["last"], shown["oldest"]) == (3, 1)
    assert shown["more"] is ("limit" in query)


def test_the_journal_is_filtered_by_resource():
    app = application()
    vpc = create_vpc(app).json()["VpcId"]
    create_vpc(app)
    send(app, "GET", f"{ALIBABA}DescribeVpcs&VpcId={vpc}")
    assert [record["number"] for record in records(app, resource=vpc)] == [1, 3]


def test_the_oldest_records_go_first():
    app = application(journal=2)
    for _ in range(3):
        create_vpc(app)
    assert [record["number"] for record in records(app)] == [2, 3]
    app = application(max_body=100_000, journal_bytes=3_000)
    for _ in range(2):
        create_vpc(app, Description="x" * 2_000)
    assert [record["number"] for record in records(app)] == [2]
    app = application(journal=0)
    create_vpc(app)
    assert send(app, "GET", JOURNAL).json() == {"last": 1, "oldest": 0, "more": False, "records": []}


def test_the_journal_is_forgotten_whole_or_of_one_account():
    app = application()
    create_vpc(app)
    send(app, "POST", "/", headers=TENCENT, json={})
    assert send(app, "DELETE", JOURNAL, params={"access_key": "one"}).status_code == 204
    assert [record["account"] for record in records(app)] == ["two"]
    send(app, "DELETE", JOURNAL)
    assert records(app) == []


def test_what_is_remarkable_about_a_call_is_found():
    app = application()
    create_vpc(app, SignatureNonce="n", Signature="x")
    create_vpc(app, SignatureNonce="n", Colour="red")
    send(app, "GET", f"{ALIBABA}DescribeNetworkInterfaces&Version=2014-05-26&PageSize=10")
    first, second, third = (record["findings"] for record in records(app))
    assert first == []
    assert second == ["unknown-parameter: Colour", "unsigned", "nonce-reused"]
    assert third == ["deprecated-parameter: PageSize", "unsigned"]


def test_a_repeated_token_is_distinguished_from_a_change():
    app = application()
    for _ in range(2):
        create_vpc(app, ClientToken="t")
    first, second = records(app)
    assert (first["repeated"], second["repeated"]) == (False, True)
    assert len(records(app, command="CreateNetwork")) == 1


def test_secrets_are_masked():
    app = application()
    send(app, "POST", f"{ALIBABA}RunInstances&Password=secret")
    assert records(app)[0]["parameters"]["Password"] == "***"


def test_the_journal_is_exported_as_json_lines():
    app = application()
    create_vpc(app)
    send(app, "GET", f"{ALIBABA}DescribeVpcs")
    answer = send(app, "GET", f"{JOURNAL}/export")
    assert answer.headers["content-type"] == "application/x-ndjson"
    assert [json.loads(line)["action"] for line in answer.text.splitlines()] == [
        "CreateVpc",
        "DescribeVpcs",
    ]
    only = send(app, "GET", f"{JOURNAL}/export", params={"action": "DescribeVpcs"})
    assert len(only.text.splitlines()) == 1


def test_the_journal_is_followed_as_server_sent_events():
    app = application()
    create_vpc(app)

    async def scenario():
        sent, left = [], asyncio.Event()
        scope = {
            "type": "http",
            "method": "GET",
            "path": f"{JOURNAL}/stream",
            "query_string": b"after=0&cloud=alibaba",
            "headers": [],
        }

        async def receive():
            await left.wait()
            return {"type": "http.disconnect"}

        async def answer(message):
            sent.append(message)

        following = asyncio.create_task(app(scope, receive, answer))
        await asyncio.sleep(0.05)
        await asyncio.to_thread(lambda: None)
        await call(app, f"{ALIBABA}DescribeVpcs")
        await asyncio.sleep(0.05)
        left.set()
        await asyncio.wait_for(following, 5)
        return sent

    sent = asyncio.run(scenario())
    assert dict(sent[0]["headers"])[b"content-type"].startswith(b"text/event-stream")
    text = b"".join(message.get("body", b"") for message in sent[1:]).decode()
    (event,) = [part for part in text.split("\n\n") if part.startswith("id: 2")]
    assert json.loads(event.partition("data: ")[2])["action"] == "DescribeVpcs"


async def call(app, url):
    path, _, query = url.partition("?")
    scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode(), "headers": []}

    async def receive():
        return {"type": "http.request", "body": b""}

    async def answer(_):
        pass

    await app(scope, receive, answer)


def test_metrics_count_calls_and_resources():
    app = application()
    create_vpc(app)
    create_vpc(app, Ipv4CidrMask=16)
    send(app, "GET", "/?Action=Fly&Version=2016-04-28&Format=JSON&AccessKeyId=one")
    text = send(app, "GET", "/_duolect/metrics").text
    assert 'duolect_calls_total{action="CreateVpc",cloud="alibaba",code=""} 1.0' in text
    assert 'duolect_calls_total{action="CreateVpc",cloud="alibaba",code="UnsupportedParameter"} 1.0' in text
    assert 'duolect_calls_total{action="",cloud="alibaba",code="InvalidAction.NotFound"} 1.0' in text
    assert 'duolect_call_seconds_count{action="CreateVpc",cloud="alibaba"} 2.0' in text
    assert 'duolect_resources{cloud="alibaba",kind="network",region="cn-hangzhou"} 1.0' in text
    assert "duolect_pending_transitions 1.0" in text
    assert f'duolect_info{{version="{__version__}"}} 1.0' in text


def test_a_body_that_is_too_large_is_recorded_too():
    app = application(max_body=10)
    head = {"query_string": b"Action=CreateVpc&Version=2016-04-28&AccessKeyId=one"}
    converse(app, [{"type": "http.request", "body": b"x" * 11}], **head)
    (record,) = records(app)
    assert (record["status"], record["outcome"]) == (413, "refused")
