"""Requests that cannot be read are answered in the vendor's shape."""

import json

import pytest
from tests.harness import ApiError

from duolect_dialects.exchange import HttpRequest

CREATE, DESCRIBE = "CreateNetworkInterface", "DescribeNetworkInterfaces"
HEADERS = {
    "x-tc-action": CREATE,
    "x-tc-version": "2017-03-12",
    "x-tc-region": "ap-guangzhou",
    "x-tc-timestamp": "1790000000",
    "content-type": "application/json",
    "authorization": "TC3-HMAC-SHA256 Credential=AKIDTEST/2026-09-21/vpc/tc3_request, "
    "SignedHeaders=content-type;host, Signature=0",
}
URLENCODED = "application/x-www-form-urlencoded"
OLD = b"Action=CreateNetworkInterface&Version=2017-03-12&Region=ap-guangzhou&SecretId=AKIDTEST"


def sent(body: bytes, method: str = "POST", **headers: str | None) -> HttpRequest:
    """Return a request with these headers changed, or left out where None."""
    changed = {**HEADERS, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return HttpRequest(method, "/", b"", {k: v for k, v in changed.items() if v is not None}, body)


def old(body: bytes) -> HttpRequest:
    return HttpRequest("POST", "/", b"", {"content-type": URLENCODED}, body)


UNREADABLE = [
    (sent(b""), "MissingParameter"),
    (sent(b"{}"), "MissingParameter"),
    (sent(b"{"), "InvalidParameter"),
    (sent(b"[]"), "InvalidParameter"),
    (sent(b"null"), "InvalidParameter"),
    (sent(bytes(range(256))), "InvalidParameter"),
    (sent(b'{"VpcId": NaN}'), "InvalidParameter"),
    (sent(rb'{"VpcId": "\ud83d"}'), "InvalidParameter"),
    (sent(rb'{"Filters": [{"\udc00": 1}]}'), "InvalidParameter"),
    (sent(b"[" * 100_000), "InvalidParameter"),
    (sent(b'{"VpcId": ' + b"9" * 10_000 + b"}"), "InvalidParameter"),
    (sent(b'{"VpcId": null}'), "MissingParameter"),
    (sent(b"{}", "PUT"), "UnsupportedProtocol"),
    (sent(b"{}", "DELETE"), "UnsupportedProtocol"),
    (sent(b"{}", x_tc_version="2016-01-01"), "NoSuchVersion"),
    (sent(b"{}", x_tc_version=None), "MissingParameter"),
    (sent(b"{}", x_tc_action=None), "MissingParameter"),
    (sent(b"{}", x_tc_action="\u9c7c"), "InvalidAction"),
    (sent(b"{}", x_tc_region=None), "MissingParameter"),
    (sent(b"--x", content_type="multipart/form-data; boundary=x"), "InvalidRequest"),
    (old(OLD), "MissingParameter"),
    (old(OLD + b"&VpcId=%ff"), "InvalidParameter"),
    (old(OLD + b"&Tags=1&Tags.0.Key=a"), "InvalidParameter"),
    (old(OLD + b"&a=1" * 6000), "InvalidParameter"),
]


@pytest.mark.parametrize(("request_", "code"), UNREADABLE, ids=range(len(UNREADABLE)))
def test_what_cannot_be_read_is_answered_in_the_vendors_shape(account, request_, code):
    before = account.dump()
    answer = account.emulator.send(request_)
    response = json.loads(answer.body)["Response"]
    assert (answer.status, response["Error"]["Code"]) == (200, code)
    assert set(response) == {"Error", "RequestId"}
    assert account.dump() == before


def test_an_unknown_region_is_refused(account):
    elsewhere = account.new_client(region="mars")
    with pytest.raises(ApiError) as refused:
        elsewhere.call(DESCRIBE)
    assert refused.value.code == "UnsupportedRegion"
