"""Requests that are known to break parsers and servers: each is refused, and changes nothing."""

import tracemalloc

import pytest
from tests.emulator.asgi import application, send
from tests.emulator.resources import create_resources
from tests.harness import emulator
from tests.hostile.checked import FORM, TENCENT, check_unchanged, encoded, is_refused

from duolect_dialects.exchange import HttpRequest


def create(**headers: str) -> dict[str, str]:
    return {**TENCENT.request("CreateNetworkInterface").headers, **headers}


DEEP = 100_000


@pytest.mark.parametrize(
    "body",
    [
        b"[" * DEEP,
        b'{"a":' * DEEP,
        b'{"VpcId":' + b"[" * DEEP + b"]" * DEEP + b"}",
        b'{"Tags":' + b'[{"Key":' * 500 + b"1" + b"}]" * 500 + b"}",
        b"NaN",
        b'{"SecondaryPrivateIpAddressCount": NaN}',
        b'{"SecondaryPrivateIpAddressCount": -Infinity}',
        b'{"SecondaryPrivateIpAddressCount": 1e999}',
        b'{"SecondaryPrivateIpAddressCount": ' + b"9" * 10_000 + b"}",
        b'{"SecondaryPrivateIpAddressCount": 1.5}',
        b'{"VpcId": "a", "VpcId": "b"}',
        b'{"VpcId": "\\ud800"}',
        b'{"\\ud800": 1}',
        b'{"VpcId": "\\u0000"}',
        b'{"VpcId": "\xff"}',
        b"\xef\xbb\xbf{}",
        b"\xff\xfe{\x00}\x00",
        b"\x00",
        b"null",
        b"[]",
        b'"text"',
        b"{}{}",
        b"{" + b",".join(b'"%d": 1' % number for number in range(100_000)) + b"}",
        b'{"NetworkInterfaceName": "' + b"x" * 1_000_000 + b'"}',
    ],
    ids=range(24),
)
def test_no_json_body_is_too_strange(body):
    answer = check_unchanged(HttpRequest("POST", "/", b"", create(), body))
    assert answer is not None
    assert is_refused(answer)


@pytest.mark.parametrize(
    "query",
    [
        b"a=%",
        b"a=%zz",
        b"a=%f",
        b"%=1",
        b"a=%ff",
        b"\xff=\xfe",
        b"a=%00&\x00=1",
        b"=",
        b"=1",
        b"&&&",
        b"a&b&c",
        b"a=1&a=2",
        b"VSwitchId=1&VSwitchId.1=2",
        b"VSwitchId.1=2&VSwitchId=1",
        b"Tag=1&Tag.1.Key=2",
        b"Tag.1.Key=2&Tag.1=1",
        b"Tag.999999999.Key=a",
        b"Tag." + b"9" * 5000 + b".Key=a",
        b"Tag.0.Key=a",
        b"Tag.-1.Key=a",
        b"Tag.1.Key=a&Tag.01.Key=b",
        b"Tag..Key=a",
        b".Tag=a",
        b"Tag.=a",
        b"Tag" + b".1" * 5000 + b"=a",
        b"." * 5000 + b"=a",
        b"RegionId.1=a",
        b"RegionId=%00",
        b"SecondaryPrivateIpAddressCount=" + b"9" * 10_000,
        b"SecondaryPrivateIpAddressCount=-0",
        b"SecondaryPrivateIpAddressCount=%D9%A3",
        b"&".join(b"a%d=1" % number for number in range(100_000)),
        b"&".join(b"Tag.%d.Key=%d" % (number, number) for number in range(4_000)),
        b"&" * 10_000,
    ],
    ids=range(34),
)
@pytest.mark.parametrize("style", ["rpc", "acs3", "tencent"])
def test_no_parameters_are_too_strange(query, style):
    marks, headers = {
        "rpc": (b"Action=CreateNetworkInterface&Version=2014-05-26&AccessKeyId=AKTEST&", {}),
        "acs3": (b"", {"x-acs-action": "CreateNetworkInterface", "x-acs-version": "2014-05-26"}),
        "tencent": (b"", create(**FORM)),
    }[style]
    for method, arriving, body in (
        ("GET", marks + query, b""),
        ("POST", b"", marks + query),
    ):
        answer = check_unchanged(HttpRequest(method, "/", arriving, {**FORM, **headers}, body))
        assert answer is None or is_refused(answer)


@pytest.mark.parametrize(
    "text", ["<&>\"'", "]]>", "\0\x01\x1f", "\ufffe\uffff", "a\r\nb", "\U0001f600", "é"]
)
def test_what_is_echoed_is_escaped(text):
    """A message that names the bad value, and a resource that shows what it was given."""
    for form in ("JSON", "XML"):
        query = encoded(
            [
                ("Action", "DescribeNetworkInterfaces"),
                ("Version", "2014-05-26"),
                ("AccessKeyId", "AKTEST"),
                ("Format", form),
                ("RegionId", text),
            ]
        )
        answer = check_unchanged(HttpRequest("GET", "/", query, {}, b""))
        assert answer is not None
        assert answer.status == 404
        unknown = HttpRequest("GET", "/", query.replace(b"DescribeNetworkInterfaces", b"%3Ca%3E"), {}, b"")
        assert check_unchanged(unknown) is not None
    answer = check_unchanged(TENCENT.request("DescribeNetworkInterfaces", NetworkInterfaceIds=[text]))
    assert answer is not None
    assert is_refused(answer)


def test_what_was_stored_is_shown_escaped():
    world = emulator()
    client = world.alibaba()
    resources = create_resources(client)
    text = 'a <b> & "c" \' ]]>'
    client.call(
        "CreateNetworkInterface",
        VSwitchId=resources.subnet,
        SecurityGroupId=resources.group,
        Description=text,
    )
    assert text in [each["Description"] for each in sets(client.call("DescribeNetworkInterfaces"))]
    tree = client.call_xml("DescribeNetworkInterfaces")
    assert text in [each.text for each in tree.iter("Description")]


def sets(tree):
    return tree["NetworkInterfaceSets"]["NetworkInterfaceSet"]


@pytest.mark.parametrize(
    "headers",
    [
        {"x-tc-action": "DescribeNetworkInterfaces\r\nx: y"},
        {"x-tc-action": "\xff" * 5000},
        {"authorization": "TC3-"},
        {"authorization": "TC3-HMAC-SHA256 " + "Credential=" * 5000},
        {"authorization": "ACS3-" + "x" * 50_000},
        {"x-acs-action": "A", "x-tc-action": "A"},
        {"x-tc-action": "DescribeNetworkInterfaces", "content-type": ";;;=\xff"},
        {"x-tc-action": "DescribeNetworkInterfaces", "content-type": "multipart/form-data"},
        {"x-tc-action": "A", "x-tc-language": "\0", "x-tc-region": "\0"},
        {"x-acs-action": "A", "x-acs-version": "2014-05-26", "content-type": "application/json"},
    ],
    ids=range(10),
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_headers_are_too_strange(headers, method):
    answer = check_unchanged(HttpRequest(method, "/", b"", headers, b"[1"))
    assert answer is not None
    assert is_refused(answer)


@pytest.mark.parametrize(
    "body",
    [
        b'{"NetworkInterfaceIds": [' + b",".join([b"1"] * 100_000) + b"]}",
        b'{"Filters": [' + b",".join([b"{}"] * 100_000) + b"]}",
        b'{"Filters": ['
        + b",".join([b'{"Name": "vpc-id", "Values": [' + b"1," * 999 + b"1]}"] * 100)
        + b"]}",
        b"{" + b",".join(b'"%d": 1' % number for number in range(100_000)) + b"}",
    ],
    ids=["wrong entries", "empty entries", "wrong entries of entries", "unknown names"],
)
def test_many_mistakes_cost_little_more_memory_than_one(body):
    request = HttpRequest("POST", "/", b"", TENCENT.request("DescribeNetworkInterfaces").headers, body)
    tracemalloc.start()
    try:
        answer = check_unchanged(request)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert answer is not None
    assert is_refused(answer)
    assert peak < 40 * 2**20


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "/_duolect/keys/a", b'{"\\ud800": 1}'),
        ("PUT", "/_duolect/keys/a", b'{"secret": "\\ud800"}'),
        ("PUT", "/_duolect/keys/a", b"[" * 60_000),
        ("PUT", "/_duolect/keys/a", b"[" * 100_000),
        ("PUT", "/_duolect/keys/a", b'{"secret": "a", "expires": ' + b"9" * 5_000 + b"}"),
        ("PUT", "/_duolect/keys/a", b'{"secret": "a", "expires": NaN}'),
        ("GET", "/_duolect/keys?a=%ff", b""),
        ("GET", "/_duolect/health?%ed%a0%80=1", b""),
        ("GET", "/_duolect/%ff%0a", b""),
        ("BREW", "/_duolect/health", b""),
        ("POST", "/_duolect/reset?access_key=%00&access_key=%ff", b""),
    ],
)
def test_the_control_api_refuses_what_is_too_strange(method, path, body):
    answer = send(application(), method, path, content=body)
    assert 400 <= answer.status_code < 500
    assert answer.json()["status"] == answer.status_code
