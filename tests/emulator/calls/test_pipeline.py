import json
import logging

import attrs
import pytest
from tests.emulator.resources import create_resources
from tests.harness import ApiError, emulator

from duolect.calls.pipeline import Unread
from duolect_core.errors import CoreError
from duolect_dialects.alibaba.dialect import AlibabaDialect
from duolect_dialects.exchange import HttpRequest
from duolect_dialects.tencent.dialect import TencentDialect


def test_a_request_in_no_dialect_is_not_answered():
    assert emulator().pipeline.answer(HttpRequest("GET", "/", b"a=b", {}, b"")) is None
    assert (
        emulator().pipeline.refuse_unread(HttpRequest("GET", "/", b"a=b", {}, b""), Unread.TOO_LARGE)
        is None
    )


def test_marks_may_stand_in_headers_query_or_form():
    world = emulator()
    alibaba, tencent = world.alibaba(), world.tencent()
    for style in ("get", "query", "form", "acs3"):
        request = alibaba.request("DescribeNetworkInterfaces", style=style)
        assert json.loads(world.send(request).body)["TotalCount"] == 0
    for style in ("json", "get", "form"):
        request = tencent.request("DescribeNetworkInterfaces", style=style)
        assert json.loads(world.send(request).body)["Response"]["TotalCount"] == 0


def test_accounts_and_regions_keep_apart():
    world = emulator()
    client = world.alibaba()
    resources = create_resources(client)
    assert client.call("DescribeNetworkInterfaces", VSwitchId=resources.subnet)["TotalCount"] == 2
    for other in (world.alibaba(key="OTHER"), world.alibaba(region="cn-beijing")):
        assert other.call("DescribeNetworkInterfaces", VSwitchId=resources.subnet)["TotalCount"] == 0


def test_an_action_without_a_region_runs_where_its_resource_is():
    world = emulator()
    client = world.alibaba(region="cn-shanghai")
    create_resources(client)
    where = world.pipeline.partitions.locate(world.pipeline.dialects[0], client.key, [])
    assert where == "cn-shanghai"


def test_each_request_has_an_id_of_its_own():
    client = emulator().tencent()
    ids = {client.call("DescribeNetworkInterfaces")["RequestId"] for _ in range(20)}
    assert len(ids) == 20


def failing(*_):
    raise ZeroDivisionError("a secret")


def replace_action(pipeline, dialect, action, run):
    """Let one action of a running dialect do something else."""
    actions = {
        key: attrs.evolve(each, run=run) if each.name == action else each
        for key, each in dialect.actions.items()
    }
    dialect.find = lambda call: actions[(call.version, call.action)]
    return pipeline


def test_a_failing_action_is_logged_and_answered_with_the_vendors_internal_error(caplog):
    world = emulator()
    for dialect in world.pipeline.dialects:
        replace_action(world.pipeline, dialect, "DescribeNetworkInterfaces", failing)
    alibaba = world.send(world.alibaba().request("DescribeNetworkInterfaces"))
    tencent = world.send(world.tencent().request("DescribeNetworkInterfaces"))
    assert alibaba.status == 500
    assert json.loads(alibaba.body)["Code"] == "InternalError"
    assert tencent.status == 200
    assert json.loads(tencent.body)["Response"]["Error"]["Code"] == "InternalError"
    assert b"secret" not in alibaba.body + tencent.body
    assert caplog.text.count("ZeroDivisionError: a secret") == 2


def test_even_an_error_that_no_table_knows_is_answered(caplog):
    def run(*_):
        raise CoreError

    world = emulator()
    replace_action(world.pipeline, world.pipeline.dialects[1], "DescribeNetworkInterfaces", run)
    answer = world.send(world.tencent().request("DescribeNetworkInterfaces"))
    assert json.loads(answer.body)["Response"]["Error"]["Code"] == "InternalError"
    assert caplog.records


def test_calls_are_logged_at_level_info(caplog):
    caplog.set_level(logging.INFO, "duolect")
    world = emulator()
    with pytest.raises(ApiError):
        world.tencent().call("Fly\nHigh")
    (message,) = caplog.messages
    assert " tencent 'AKIDTEST' ap-guangzhou 'Fly\\nHigh' InvalidAction 200 " in message


def test_a_body_that_is_too_large_is_refused_with_the_vendors_code():
    pipeline = emulator().pipeline
    tencent = pipeline.refuse_unread(
        HttpRequest("POST", "/", b"", {"x-tc-action": "A"}, b""), Unread.TOO_LARGE
    )
    alibaba = pipeline.refuse_unread(
        HttpRequest("POST", "/", b"AccessKeyId=a&Format=JSON", {}, b""), Unread.TOO_LARGE
    )
    assert tencent is not None
    assert json.loads(tencent.body)["Response"]["Error"]["Code"] == "RequestSizeLimitExceeded"
    assert alibaba is not None
    assert alibaba.status == 413


def test_unreadable_parameters_are_refused_where_the_dialect_is_known_by_its_headers():
    pipeline = emulator().pipeline
    for headers, code in (({"x-acs-action": "A"}, b"InvalidParameter"), ({"x-tc-action": "A"}, b"Invalid")):
        answer = pipeline.answer(HttpRequest("GET", "/", b"a=%ff", headers, b""))
        assert answer is not None
        assert code in answer.body
        assert answer.status < 500


def test_the_first_dialect_that_knows_its_marks_answers():
    kinds = [type(dialect) for dialect in emulator().pipeline.dialects]
    assert kinds == [AlibabaDialect, TencentDialect]


def test_marks_in_headers_count_before_parameters():
    world = emulator()
    request = world.tencent().request("DescribeVpcs", style="get", Format="JSON", AccessKeyId="x")
    answer = world.send(request)
    assert json.loads(answer.body)["Response"]["Error"]["Code"] == "UnknownParameter"
