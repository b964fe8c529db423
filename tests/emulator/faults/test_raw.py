"""Answers of the user's own, codes that nobody documents, and how an answer is sent."""

import json

import pytest
from tests.emulator.faults.cloud import CloudClient, error_code

from duolect.access.conditions import InvalidCondition
from duolect.faults.responses import ConnectionClosed, ShapedAnswer
from duolect.faults.rules import FaultRule

HTML = {"status": 502, "headers": {"Content-Type": "text/html"}, "body": "<h1>502 Bad Gateway</h1>"}


def test_a_call_is_answered_with_what_the_user_writes(cloud):
    fault = cloud.add_fault("DescribeNetworkInterfaces", raw=HTML, times=1)
    answer = cloud.describe()
    assert (answer.status, answer.body) == (502, b"<h1>502 Bad Gateway</h1>")
    assert answer.headers == {"Content-Type": "text/html", "x-duolect-fault": fault.id}
    assert error_code(cloud.describe()) == ""


@pytest.mark.parametrize(
    ("raw", "content_type", "body"),
    [
        (
            {"json": {"Vpcs": None, "New": [1, "\N{SNOWMAN}"]}},
            "application/json",
            '{"Vpcs": null, "New": [1, "☃"]}',
        ),
        ({"body": '{"TotalCount": '}, "text/plain", '{"TotalCount": '),
        ({"base64": "AP8="}, None, b"\x00\xff"),
        ({}, None, ""),
        (
            {"template": "${action} ${region} ${nothing"},
            "application/json",
            "DescribeNetworkInterfaces {} ${nothing",
        ),
    ],
)
def test_a_body_is_a_text_json_bytes_or_a_template(cloud, raw, content_type, body):
    cloud.add_fault(raw=raw)
    answer = cloud.describe()
    expected = (
        body
        if isinstance(body, bytes)
        else body.replace("{}", cloud.client.region if "{}" in body else "").encode()
    )
    assert (answer.status, answer.headers.get("content-type"), answer.body) == (200, content_type, expected)


def test_a_template_names_what_is_known_of_the_call(cloud):
    places = (
        "${version}|${account}|${now}|${request_id}|${parameters.NetworkInterfaceId}|${parameters.X.1.Y}"
    )
    cloud.add_fault("DeleteNetworkInterface", raw={"template": places}, times=1)
    answer = cloud.call("DeleteNetworkInterface", NetworkInterfaceId=cloud.resources.interface)
    version, account, now, request_id, interface, nothing = answer.body.decode().split("|")
    assert version in {"2014-05-26", "2017-03-12"}
    assert (account, interface, nothing) == (cloud.client.key, cloud.resources.interface, "")
    assert now.endswith("Z")
    assert len(request_id) == 36
    assert cloud.interface_state() == "available"


def test_with_after_the_change_is_made(cloud):
    cloud.add_fault("DeleteNetworkInterface", raw=HTML, after=True)
    assert cloud.call("DeleteNetworkInterface", NetworkInterfaceId=cloud.resources.interface).status == 502
    cloud.emulator.advance()
    cloud.client.partition.settle(cloud.emulator.clock.now())
    assert cloud.resources.interface not in cloud.graph.interfaces


def test_a_connection_is_reset(cloud):
    cloud.add_fault(reset=True, times=1)
    closed = cloud.describe()
    assert isinstance(closed, ConnectionClosed)
    assert (closed.reset, closed.answer) == (True, None)


@pytest.mark.parametrize("more", [{}, {"throttle": True}, {"http_status": 500}, {"raw": HTML}])
def test_an_answer_is_shaped_whichever_it_is(cloud, more):
    cloud.add_fault(content_type="text/html", content_length=3, bytes_per_second=7, **more)
    shaped = cloud.describe()
    assert isinstance(shaped, ShapedAnswer)
    assert (shaped.content_length, shaped.bytes_per_second) == (3, 7)
    types = [value for name, value in shaped.answer.headers.items() if name.lower() == "content-type"]
    assert types == ["text/html"]


def test_of_two_rules_that_shape_an_answer_the_first_counts(cloud):
    first = cloud.add_fault(content_type="text/a")
    second = cloud.add_fault(content_type="text/b")
    assert cloud.describe().headers["content-type"] == "text/a"
    assert (first.hits, second.hits) == (1, 1)


@pytest.mark.parametrize("action", ["*", "DescribeNetworkInterfaces"])
def test_any_code_can_be_had_with_its_status(cloud, action):
    cloud.add_fault(action, code="Nobody.Knows", status=418, message="Ask again.")
    answer = cloud.describe()
    assert (answer.status, error_code(answer)) == (418, "Nobody.Knows")
    assert b"Ask again." in answer.body


def test_a_status_takes_the_place_of_the_documented_one():
    cloud = CloudClient("alibaba")
    cloud.add_fault(code="Throttling", status=429)
    assert cloud.describe().status == 429


@pytest.mark.parametrize(
    ("action", "code", "status"),
    [
        ("CreateVpc", "TaskConflict", 400),
        ("ModifyVpcAttribute", "OperationFailed.LastTokenProcessing", 400),
        ("ModifyVpcAttribute", "IncorrectStatus", 400),
        ("AssociateEipAddress", "SystemBusy", 400),
        ("CreateVSwitch", "OperationFailed.DistibuteLock", 400),
        ("AttachNetworkInterface", "Operation.Conflict", 403),
        ("DescribeNetworkInterfaces", "Rejected.Throttling", 400),
        ("AttachNetworkInterface", "OperationConflict", 409),
    ],
)
def test_codes_that_programs_are_known_to_retry_on_need_no_status(action, code, status):
    """Source: the retries of terraform-provider-alicloud and terway, in ``seen`` of the codes' files."""
    cloud = CloudClient("alibaba")
    cloud.faults.add(FaultRule(cloud="alibaba", action=action, code=code))
    if action == "AttachNetworkInterface":
        assert (cloud.attach().status, error_code(cloud.attach())) == (status, code)


def test_a_code_that_nobody_has_seen_needs_one():
    cloud = CloudClient("tencent")
    with pytest.raises(
        InvalidCondition, match=r"does not document the code Nobody\.Knows .*with its status"
    ):
        cloud.add_fault("AttachNetworkInterface", code="Nobody.Knows")
    cloud.add_fault("AttachNetworkInterface", code="ResourceBusy")
    cloud.add_fault("DetachNetworkInterface", code="MutexOperation.TaskRunning")


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ({"status": 400}, "status goes with code"),
        ({"status": 204, "code": "X"}, "status 204 goes without a body"),
        ({"raw": {"status": 204, "body": "x"}}, "raw.status 204 goes without a body"),
        ({"raw": {"status": 304, "json": {}}}, "raw.status 304 goes without a body"),
        ({"message": "x", "hang": True}, "message goes with code"),
        ({"raw": {"colour": 1}}, "raw has no colour; "),
        ({"raw": {"bdoy": "x"}}, "raw has no bdoy; the nearest is body"),
        ({"raw": {"body": "x", "json": 1}}, "raw.body and raw.json cannot go together"),
        ({"raw": {"status": 100}}, "raw.status must be a whole number from 200 to 599"),
        ({"raw": {"status": True}}, "raw.status must be"),
        ({"raw": {"headers": {"a b": "c"}}}, "'a b' is no name of a header"),
        ({"raw": {"headers": {"a": "b\r\nc: d"}}}, "a must be a text in Latin-1, on one line"),
        ({"raw": {"headers": {"a": "\N{SNOWMAN}"}}}, "a must be a text in Latin-1"),
        ({"raw": {"headers": {"Content-Length": "1"}}}, "Content-Length is written by the server"),
        ({"raw": {"headers": []}}, "raw.headers must be a table"),
        ({"raw": {"base64": "?"}}, "raw.base64 is not base64"),
        ({"raw": {"body": 1}}, "raw.body must be a text"),
        ({"raw": {"json": float}}, "raw.json is not JSON"),
        ({"raw": {"body": "\ud800"}}, "half of a surrogate pair"),
        ({"raw": {"template": "${requestid}"}}, r"there is no \$\{requestid\}; the nearest is request_id"),
        ({"raw": "x"}, "raw must be a table"),
        ({"raw": {}, "disconnect": True}, "raw and disconnect cannot go together"),
        ({"disconnect": True, "content_length": 1}, "disconnect and content_length cannot go together"),
        ({"raw": {}, "hang": True}, "raw keeps the call from being carried out unless after"),
        ({"content_type": "a\nb"}, "content_type must be a text in ASCII"),
        ({"bytes_per_second": 0}, "bytes_per_second must be a whole number from 1"),
        ({"content_length": -1}, "content_length must be a whole number from 0"),
    ],
)
def test_what_cannot_be_sent_is_refused(rule, reason):
    with pytest.raises(InvalidCondition, match=reason):
        FaultRule(cloud="alibaba", **rule)


def test_an_answer_with_a_wrong_length_is_in_the_journal_as_failed(cloud):
    cloud.add_fault(content_length=3)
    cloud.describe()
    assert [each.outcome for each in cloud.emulator.pipeline.journal.records()][-1] == "failed"


def test_null_and_unknown_members_reach_the_client():
    cloud = CloudClient("tencent")
    cloud.add_fault(
        raw={"json": {"Response": {"NetworkInterfaceSet": None, "Brand": {"New": 1}, "RequestId": "r"}}}
    )
    assert json.loads(cloud.describe().body)["Response"]["Brand"] == {"New": 1}
