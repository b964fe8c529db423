"""Idempotency tokens of calls that are late: another call with the token meets the first one at work.

Sources: IdempotentProcessing in the vendors' lists of codes; bosh-alicloud-cpi-release waits for its end.
"""

import pytest
from tests.emulator.faults.cloud import error_code

from duolect.faults.responses import Ending, Postponed

PROCESSING = {
    "alibaba": "IdempotentProcessing",
    "tencent": "UnsupportedOperation.IdempotentProcessing",
}
MISMATCH = {
    "alibaba": "IdempotentParameterMismatch",
    "tencent": "UnsupportedOperation.IdempotentParameterMismatch",
}


@pytest.mark.parametrize("after", [False, True])
def test_a_token_is_refused_while_the_first_call_with_it_waits(cloud, after):
    cloud.add_fault("CreateNetworkInterface", latency_ms=500, after=after, times=1)
    before = len(cloud.graph.interfaces)
    late = cloud.create(ClientToken="t")
    assert isinstance(late, Postponed)
    assert error_code(cloud.create(ClientToken="t")) == PROCESSING[cloud.name]
    assert error_code(cloud.create(ClientToken="other")) == ""
    cloud.emulator.advance(500)
    first = late.resume()
    assert error_code(first) == ""
    cloud.emulator.advance()
    again = cloud.create(ClientToken="t")
    assert error_code(again) == ""
    assert len(cloud.graph.interfaces) == before + 2


def test_with_other_parameters_it_is_another_refusal(cloud):
    cloud.add_fault("CreateNetworkInterface", latency_ms=500, times=1)
    cloud.create(ClientToken="t")
    different = error_code(cloud.create(ClientToken="t", SecondaryPrivateIpAddressCount=1))
    assert different == MISMATCH[cloud.name]


def test_a_call_that_never_came_to_its_end_leaves_its_token_free(cloud):
    cloud.add_fault("CreateNetworkInterface", latency_ms=500, times=1)
    cloud.create(ClientToken="t").end(Ending.CLIENT_GONE)
    assert error_code(cloud.create(ClientToken="t")) == ""


def test_a_repeat_that_is_late_keeps_no_other_repeat_waiting(cloud):
    assert error_code(cloud.create(ClientToken="t")) == ""
    cloud.emulator.advance()
    cloud.add_fault("CreateNetworkInterface", latency_ms=500, times=1)
    assert isinstance(cloud.create(ClientToken="t"), Postponed)
    assert error_code(cloud.create(ClientToken="t")) == ""


def test_tokens_of_other_accounts_are_others(cloud):
    cloud.add_fault("CreateNetworkInterface", latency_ms=500, access_key=cloud.client.key, times=1)
    assert isinstance(cloud.create(ClientToken="t"), Postponed)
    cloud.client.key = "AKOTHER"
    assert error_code(cloud.create(ClientToken="t")) not in {"", PROCESSING[cloud.name]}  # no such subnet
