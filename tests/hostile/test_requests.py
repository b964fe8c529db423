"""Whatever a client sends, it gets an answer of its vendor's, and what is refused changes nothing.

One request at a time, through the pipeline; the whole state is compared after each.
"""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.hostile.checked import (
    FORM,
    RESOURCES,
    TENCENT,
    WORLD,
    check,
    check_change,
    check_unchanged,
    encoded,
)

from duolect_dialects.exchange import HttpRequest

many = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


# -- any bytes ---------------------------------------------------------------------------------------

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
        for resources in RESOURCES.values()
        for kind in ("network", "subnet", "group", "instance", "interface")
    ]
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
    check_change(answer, action.name)


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
    check_change(answer, action.name)
