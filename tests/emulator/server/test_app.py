import json
from asyncio import CancelledError

import pytest
from tests.emulator.asgi import application, converse, send

from duolect.calls.pipeline import Pipeline

FORM = [(b"content-type", b"application/x-www-form-urlencoded")]
ALIBABA = (
    "/?Action=DescribeNetworkInterfaces&Version=2014-05-26&Format=JSON&RegionId=cn-hangzhou&AccessKeyId=me"
)
TENCENT = {
    "X-TC-Action": "DescribeNetworkInterfaces",
    "X-TC-Version": "2017-03-12",
    "X-TC-Region": "ap-guangzhou",
}


def part(body: bytes, *, more: bool) -> dict[str, object]:
    return {"type": "http.request", "body": body, "more_body": more}


def test_one_port_speaks_both_dialects():
    app = application()
    assert send(app, "GET", ALIBABA).json()["TotalCount"] == 0
    assert send(app, "POST", "/", headers=TENCENT, json={}).json()["Response"]["TotalCount"] == 0


@pytest.mark.parametrize("path", ["/", "/alibaba", "/any/where"])
def test_the_path_says_nothing_about_the_cloud(path):
    answer = send(application(), "POST", path, headers=TENCENT, json={})
    assert answer.json()["Response"]["TotalCount"] == 0


@pytest.mark.parametrize("url", ["/", "/favicon.ico", "/?a=b", "/_duolectx"])
def test_a_request_in_no_dialect_gets_a_problem_that_says_what_this_is(url):
    answer = send(application(), "GET", url)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 404
    assert "This is Duolect" in answer.json()["detail"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "BREW"])
def test_other_methods_get_the_vendors_own_error(method):
    app = application()
    alibaba = send(app, method, ALIBABA)
    tencent = send(app, method, "/", headers=TENCENT)
    assert alibaba.status_code == 403
    assert alibaba.json()["Code"] == "UnsupportedHTTPMethod"
    assert tencent.status_code == 200
    assert tencent.json()["Response"]["Error"]["Code"] == "UnsupportedProtocol"


def test_head_is_refused_as_any_other_method():
    assert send(application(), "HEAD", ALIBABA).status_code == 403
    assert send(application(), "HEAD", "/").status_code == 404


def test_an_answer_has_its_length_and_exactly_its_media_type():
    answer = send(application(), "POST", "/", headers=TENCENT, json={})
    assert answer.headers["content-type"] == "application/json"
    assert int(answer.headers["content-length"]) == len(answer.content)


def test_a_body_that_arrives_in_pieces_is_read_whole():
    body = b"Action=DescribeRegions&Version=1&Format=JSON&AccessKeyId=me"
    pieces = [part(body[:10], more=True), part(b"", more=True), part(body[10:], more=False)]
    whole = [part(body, more=False)]
    codes = [
        json.loads(converse(application(), arriving, headers=FORM)[1]["body"])["Code"]
        for arriving in (pieces, whole)
    ]
    assert codes == ["InvalidVersion", "InvalidVersion"]


def test_a_body_of_just_the_limit_is_read():
    answer = send(application(max_body=30), "POST", "/", headers=TENCENT, content=b"{}" + b" " * 28)
    assert answer.json()["Response"]["TotalCount"] == 0


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_over_the_limit_is_refused_as_the_vendor_refuses_it(chunked):
    def body():
        yield from (b"x" * 400, b"x" * 400, b"x" * 400)

    async def pieces():
        for piece in body():
            yield piece

    def content():
        return pieces() if chunked else b"".join(body())

    app = application(max_body=1000)
    assert send(app, "POST", ALIBABA, content=content()).status_code == 413
    tencent = send(app, "POST", "/", headers=TENCENT, content=content())
    assert tencent.json()["Response"]["Error"]["Code"] == "RequestSizeLimitExceeded"


def test_an_overlong_body_without_any_marks_outside_it_is_refused_all_the_same():
    answer = send(application(max_body=10), "POST", "/", data={"Action": "DescribeNetworkInterfaces"})
    assert answer.status_code == 413
    assert answer.json()["detail"] == "The request body is too large."


def test_reading_stops_where_the_limit_is_passed():
    never = AssertionError("read too far")
    sent = converse(application(max_body=5), [part(b"123456", more=True), never], headers=FORM)
    assert sent[0]["status"] == 413


def test_a_client_that_goes_away_runs_nothing(monkeypatch):
    monkeypatch.setattr(Pipeline, "answer", lambda *_: pytest.fail("carried out"))
    body = b"Action=DeleteNetworkInterface&Version=2014-05-26&NetworkInterfaceId=eni-1"
    for arriving in (
        [{"type": "http.disconnect"}],
        [part(body, more=True), {"type": "http.disconnect"}],
    ):
        assert converse(application(), arriving, headers=FORM) == []


def test_a_request_that_is_still_arriving_when_the_server_stops_is_answered_503():
    sent = converse(application(), [part(b"x", more=True), CancelledError()], headers=FORM)
    assert sent[0]["status"] == 503
    assert json.loads(sent[1]["body"])["detail"] == "The emulator was stopped."


def test_a_failure_of_the_emulator_is_logged_and_not_shown(monkeypatch, caplog):
    def fail(*_):
        raise ZeroDivisionError("a secret")

    monkeypatch.setattr(Pipeline, "answer", fail)
    answer = send(application(), "GET", "/")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "ZeroDivisionError: a secret" in caplog.text


def test_only_http_is_spoken():
    with pytest.raises(NotImplementedError):
        converse(application(), [], type="websocket")


def test_header_values_of_any_bytes_are_read():
    sent = converse(
        application(),
        [part(b"", more=False)],
        headers=[(b"x-tc-action", b"\xff\xfe"), (b"x-tc-version", b"\x80")],
    )
    assert json.loads(sent[1]["body"])["Response"]["Error"]["Code"] == "InvalidAction"
