"""Requests that cannot be read are answered in the vendor's shape."""

import json

import pytest

from duolect_dialects.exchange import HttpRequest

CREATE, ATTACH = "CreateNetworkInterface", "AttachNetworkInterface"
GET = {"Action": CREATE, "Version": "2014-05-26", "Format": "JSON", "AccessKeyId": "AKTEST"}
FORM = {"content-type": "application/x-www-form-urlencoded"}
ACS3 = {
    "x-acs-action": CREATE,
    "x-acs-version": "2014-05-26",
    "x-acs-signature-nonce": "n",
    "authorization": "ACS3-HMAC-SHA256 Credential=AKTEST,SignedHeaders=host,Signature=0",
}
QUERY = "&".join(f"{name}={value}" for name, value in GET.items()).encode()


def sent(method: str, query: bytes, headers: dict[str, str], body: bytes = b"") -> HttpRequest:
    return HttpRequest(method, "/", query, headers, body)


JSON = {**ACS3, "content-type": "application/json"}


@pytest.mark.parametrize(
    ("request_", "status", "code"),
    [
        (sent("PUT", QUERY, {}), 403, "UnsupportedHTTPMethod"),
        (sent("DELETE", QUERY, {}), 403, "UnsupportedHTTPMethod"),
        (sent("GET", QUERY, {}), 400, "MissingParameter"),
        (sent("POST", QUERY, {}), 400, "MissingParameter"),
        (sent("POST", QUERY, FORM, b""), 400, "MissingParameter"),
        (sent("POST", QUERY, FORM, bytes(range(256))), 400, "InvalidParameter"),
        (sent("POST", QUERY, FORM, b"RegionId=%ff%fe"), 400, "InvalidParameter"),
        (sent("GET", QUERY + b"&RegionId=%C3%28", {}), 400, "InvalidParameter"),
        (sent("GET", QUERY + b"&a=1" * 6000, {}), 400, "InvalidParameter"),
        (sent("GET", QUERY + b"&Tag=1&Tag.1.Key=a", {}), 400, "InvalidParameter"),
        (sent("GET", QUERY + b"&" + b"a." * 50 + b"a=1", {}), 400, "InvalidParameter"),
        (sent("GET", QUERY + b"&RegionId=cn-hangzhou%00&VSwitchId=v&SecurityGroupId=s", {}), 404,
         "InvalidRegionId.NotFound"),
        (sent("POST", b"", ACS3), 400, "MissingParameter"),
        (sent("POST", b"", JSON, b"{"), 400, "InvalidParameter"),
        (sent("POST", b"", JSON, b"[]"), 400, "InvalidParameter"),
        (sent("POST", b"", JSON, b"\xff\xfe\x00"), 400, "InvalidParameter"),
        (sent("POST", b"", JSON, b"[" * 100_000), 400, "InvalidParameter"),
        (sent("POST", b"", JSON, b'{"RegionId": 1e999}'), 400, "MissingParameter"),
        (sent("GET", QUERY.replace(b"2014", b"2013"), {}), 400, "InvalidVersion"),
        (sent("GET", QUERY.replace(b"Version=2014-05-26", b""), {}), 400, "MissingVersion"),
        (sent("GET", QUERY.replace(b"Action=" + CREATE.encode(), b""), {}), 400, "MissingAction"),
        (sent("GET", QUERY.replace(CREATE.encode(), b"%F0%9F%90%9F"), {}), 404, "InvalidAction.NotFound"),
    ],
    ids=range(22),
)  # fmt: skip
def test_what_cannot_be_read_is_answered_in_the_vendors_shape(account, request_, status, code):
    before = account.dump()
    answer = account.emulator.send(request_)
    if answer.headers["content-type"].startswith("application/json"):
        found = json.loads(answer.body)
    else:
        found = {"Code": answer.body.decode().partition("<Code>")[2].partition("<")[0]}
    assert (answer.status, found["Code"]) == (status, code)
    assert account.dump() == before
