"""Faults that replace or break off the answer to a call."""

import pytest
from tests.emulator.faults.cloud import CODES, THROTTLED, error_code

from duolect.faults.engine import HEADER
from duolect.faults.responses import ConnectionClosed
from duolect_core.model.lifecycles import InterfaceState


def test_a_code_is_answered_and_nothing_is_done(cloud):
    fault = cloud.add_fault("AttachNetworkInterface", code=CODES[cloud.name])
    answer = cloud.attach()
    assert error_code(answer) == CODES[cloud.name]
    assert answer.headers[HEADER] == fault.id == "f-1"
    assert (fault.matches, fault.hits) == (1, 1)
    assert cloud.interface_state() is InterfaceState.AVAILABLE
    assert HEADER not in cloud.describe().headers


def test_a_code_for_all_actions_is_answered_by_those_that_document_it(cloud):
    fault = cloud.add_fault(code=CODES[cloud.name])
    assert error_code(cloud.attach()) == CODES[cloud.name]
    assert error_code(cloud.call("DescribeVpcs" if cloud.name == "tencent" else "DescribeRegions")) == ""
    assert fault.hits == 1


def test_a_call_is_throttled(cloud):
    cloud.add_fault("CreateNetworkInterface", throttle=True)
    cloud.add_fault("DescribeNetworkInterfaces", throttle=True)
    for answer in (cloud.create(), cloud.describe()):
        assert error_code(answer).startswith(THROTTLED[cloud.name])


def test_a_throttled_call_has_the_code_that_the_rule_chooses(cloud):
    """terway retries the exact code Throttling, and newer CLIs by the header alone."""
    code = "Throttling" if cloud.name == "alibaba" else CODES[cloud.name]
    cloud.add_fault("AttachNetworkInterface", throttle=True, code=code)
    answer = cloud.attach()
    assert error_code(answer) == code
    assert answer.headers.get("x-acs-retry-after") == ("1000" if cloud.name == "alibaba" else None)


def test_a_status_comes_without_a_body(cloud):
    cloud.add_fault(http_status=503)
    answer = cloud.attach()
    assert (answer.status, answer.body, answer.headers) == (503, b"", {HEADER: "f-1"})
    assert cloud.interface_state() is InterfaceState.AVAILABLE


def test_a_connection_is_closed_before_anything_is_done(cloud):
    cloud.add_fault(disconnect=True)
    assert cloud.attach() == ConnectionClosed()
    assert cloud.interface_state() is InterfaceState.AVAILABLE


@pytest.mark.parametrize("effect", [{"disconnect": True}, {"http_status": 502}, {"throttle": True}])
def test_with_after_the_change_is_made_and_its_answer_lost(cloud, effect):
    cloud.add_fault("AttachNetworkInterface", after=True, **effect)
    lost = cloud.attach()
    assert (
        isinstance(lost, ConnectionClosed)
        or lost.status == 502
        or error_code(lost).startswith(THROTTLED[cloud.name])
    )
    assert cloud.interface_state() is InterfaceState.ATTACHING


def test_an_answer_breaks_off_in_the_middle(cloud):
    cloud.add_fault("AttachNetworkInterface", truncate=True)
    broken = cloud.attach()
    assert isinstance(broken, ConnectionClosed)
    assert (broken.answer.status, broken.answer.headers[HEADER]) == (200, "f-1")
    assert cloud.interface_state() is InterfaceState.ATTACHING


def test_the_journal_shows_what_a_fault_did(cloud):
    cloud.add_fault("AttachNetworkInterface", disconnect=True, times=1)
    cloud.add_fault("AttachNetworkInterface", code=CODES[cloud.name])
    cloud.attach()
    cloud.attach()
    lost, refused = cloud.emulator.pipeline.journal.records()
    assert (lost.fault, lost.status, lost.outcome) == ("f-1", 0, "failed")
    assert (refused.fault, refused.code, refused.outcome) == ("f-2", CODES[cloud.name], "refused")
