"""Whatever a client sends, it gets an answer of its vendor's, and what is refused changes nothing.

One request at a time, through the pipeline; the whole state is compared after each.
"""

import json
import tracemalloc
from urllib.parse import quote_from_bytes
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.core.dump import dump
from tests.emulator.asgi import application, send
from tests.emulator.resources import Resources, create_resources
from tests.harness import emulator

from duolect_dialects.exchange import HttpAnswer, HttpRequest

WORLD = emulator()
ALIBABA, TENCENT = WORLD.alibaba(), WORLD.tencent()
PARTITIONS = {"alibaba": ALIBABA.partition, "tencent": TENCENT.partition}
THERE: dict[str, Resources] = {"alibaba": create_resources(ALIBABA), "tencent": create_resources(TENCENT)}
FORM = {"content-type": "application/x-www-form-urlencoded"}

many = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def state():
    return {cloud: dump(partition) for cloud, partition in PARTITIONS.items()}


BEFORE = state()


def is_read_only(action: str) -> bool:
    return action.startswith("Describe")


def check(request: HttpRequest) -> HttpAnswer | None:
    """Send a request and check what must hold for any."""
    answer = WORLD.pipeline.answer(request)
    if answer is None:
        return None
    assert answer.status < 500
    assert b"InternalError" not in answer.body
    assert b"Traceback" not in answer.body
    if answer.headers["content-type"].startswith("text/xml"):
        ET.fromstring(answer.body)  # noqa: S314 - our own answer
    else:
        json.loads(answer.body, parse_constant=pytest.fail)
    for name, value in answer.headers.items():
        assert "\n" not in name + value
    return answer


def is_refused(answer: HttpAnswer) -> bool:
    return answer.status >= 400 or b'"Error":{' in answer.body


def check_unchanged(request: HttpRequest) -> HttpAnswer | None:
    """Send a request that must be refused or only read, and check that nothing changed."""
    answer = check(request)
    assert state() == BEFORE
    return answer


# -- anything at all ---------------------------------------------------------------------------------------

methods = st.sampled_from(["GET", "POST", "PUT", "HEAD", "DELETE", "OPTIONS", ""])
values = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [
            "",
            "None",
            "null",
            "-1",
            "0",
            "1",
            "1e400",
            "NaN",
            "9" * 400,
            "٣",
            "true",
            "\0",
            "\r\nx: y",
            "\ud800",
            "\ufffe",
            "<a>&\"'</a>]]>",
            "%00",
            "..",
            "10.0.0.5",
            "10.0.0.0/28",
            "::1",
            "0.0.0.0",  # noqa: S104
            "1.2.3.4.5",
            "[]",
            "{}",
            "x" * 5_000,
        ]
    ),
)
headers = st.dictionaries(
    st.sampled_from(
        [
            "authorization",
            "content-type",
            "content-length",
            "host",
            "x-acs-accesskey-id",
            "x-acs-action",
            "x-acs-signature-nonce",
            "x-acs-version",
            "x-tc-action",
            "x-tc-language",
            "x-tc-region",
            "x-tc-timestamp",
            "x-tc-token",
            "x-tc-version",
        ]
    ),
    st.one_of(
        st.text(max_size=30),
        st.sampled_from(
            [
                "",
                "TC3-HMAC-SHA256 Credential=",
                "TC3-HMAC-SHA256 Credential=a/b/c/tc3_request",
                "ACS3-HMAC-SHA256 Credential=,",
                "application/json",
                "application/json; charset=\xff",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "2014-05-26",
                "2016-04-28",
                "2017-03-12",
                "CreateNetworkInterface",
                "DescribeNetworkInterfaces",
                "ap-guangzhou",
                "cn-hangzhou",
            ]
        ),
    ),
)


@many
@given(methods, st.text(max_size=20), st.binary(max_size=300), headers, st.binary(max_size=300))
def test_any_bytes_at_all_are_answered(method, path, query, some_headers, body):
    check_unchanged(HttpRequest(method, path, query, some_headers, body))


@many
@given(st.binary(max_size=200), st.binary(max_size=200))
def test_any_bytes_after_the_marks_of_a_cloud_are_answered(query, body):
    marks = b"AccessKeyId=AKTEST&Version=2014-05-26&Format=JSON&Action=CreateNetworkInterface&"
    assert check_unchanged(HttpRequest("GET", "/", marks + query, {}, b"")) is not None
    assert check_unchanged(HttpRequest("POST", "/", b"", FORM, marks + body)) is not None
    tencent = {**TENCENT.request("CreateNetworkInterface").headers}
    assert check_unchanged(HttpRequest("POST", "/", b"", tencent, body)) is not None
    tencent["content-type"] = FORM["content-type"]
    assert check_unchanged(HttpRequest("GET", "/", query, tencent, b"")) is not None


# -- every action, every parameter ------------------------------------------------------------------------


def actions(cloud: str):
    dialect = next(each for each in WORLD.pipeline.dialects if each.name == cloud)
    return list(dialect.actions.values())


@st.composite
def names(draw, known):
    """A parameter's name: known or not, with indexes and members that make sense or not."""
    name = draw(st.one_of(st.sampled_from(sorted(known) or ["x"]), st.text(max_size=10)))
    tails = st.sampled_from(
        ["1", "0", "-1", "2", "01", "999999999", "9" * 30, "Key", "Value", "Name", "", "x", "\u0663"]
    )
    return ".".join([name, *draw(st.lists(tails, max_size=3))])


ids = st.sampled_from(
    [
        getattr(resources, kind)
        for resources in THERE.values()
        for kind in ("network", "subnet", "group", "instance", "interface")
    ]
)


def encoded(pairs) -> bytes:
    return b"&".join(
        b"=".join(quote_from_bytes(part.encode("utf-8", "surrogatepass")).encode() for part in pair)
        for pair in pairs
    )


@many
@given(st.data())
def test_any_flat_parameters_of_any_alibaba_action_are_answered(data):
    action = data.draw(st.sampled_from(actions("alibaba")))
    given_pairs = data.draw(
        st.lists(st.tuples(names(action.parameters), st.one_of(values, ids)), max_size=6)
    )
    form = data.draw(st.sampled_from(["JSON", "XML", "json", "\0"]))
    common = [
        ("Action", action.name),
        ("Version", action.version),
        ("AccessKeyId", "AKTEST"),
        ("RegionId", "cn-hangzhou"),
        ("Format", form),
    ]
    answer = check(HttpRequest("GET", "/", encoded([*common, *given_pairs]), {}, b""))
    settle(answer, action.name)


trees = st.recursive(
    st.one_of(values, st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), ids),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["Key", "Value", "Name", "Values", "x", ""]), inner, max_size=3),
    ),
    max_leaves=6,
)


@many
@given(st.data())
def test_any_json_parameters_of_any_tencent_action_are_answered(data):
    action = data.draw(st.sampled_from(actions("tencent")))
    known = st.sampled_from(sorted(action.parameters) or ["x"])
    tree = data.draw(st.dictionaries(st.one_of(known, st.text(max_size=8)), trees, max_size=6))
    request = TENCENT.request(action.name)
    head = {**request.headers, "x-tc-version": action.version}
    answer = check(HttpRequest("POST", "/", b"", head, json.dumps(tree).encode()))
    settle(answer, action.name)


def settle(answer: HttpAnswer | None, action: str) -> None:
    """What was refused or read must not have changed anything; what succeeded is the new state."""
    global BEFORE  # noqa: PLW0603 - one world for all examples keeps them fast
    assert answer is not None
    after = state()
    if is_refused(answer) or is_read_only(action):
        assert after == BEFORE
    else:
        BEFORE = after


# -- the classics ------------------------------------------------------------------------------------------


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
    there = create_resources(client)
    text = 'a <b> & "c" \' ]]>'
    client.call(
        "CreateNetworkInterface", VSwitchId=there.subnet, SecurityGroupId=there.group, Description=text
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
