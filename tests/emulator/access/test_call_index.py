"""Fault rules and conditions are found by what they are for: the others cost nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.harness import ApiError, emulator

from duolect.access.call_index import ANY
from duolect.access.conditions import Condition
from duolect.faults.rules import FaultRule

CLOUDS = st.sampled_from(["alibaba", "tencent"])
ACTIONS = st.sampled_from([ANY, "DescribeVpcs", "CreateVpc"])
CALLERS = st.sampled_from([ANY, "one", "two", "sub-users"])


@settings(deadline=None)
@given(st.lists(st.tuples(CLOUDS, ACTIONS, CALLERS), max_size=12), st.sets(st.integers(0, 11)))
def test_the_rules_that_are_for_a_call_are_all_found_in_their_order(names, removed):
    world = emulator()
    faults = world.pipeline.faults
    for cloud, action, caller in names:
        faults.add(FaultRule(cloud=cloud, action=action, access_key=caller, latency_ms=1))
    for place in removed:
        faults.remove(f"f-{place + 1}")
    found = [fault.id for fault in faults._by_call.of_call("tencent", "DescribeVpcs", {"one", "sub-users"})]
    assert found == [
        f"f-{place}"
        for place, (cloud, action, caller) in enumerate(names, 1)
        if cloud == "tencent" and action in {ANY, "DescribeVpcs"} and caller != "two"
        if place - 1 not in removed
    ]


def test_the_first_condition_that_is_for_a_call_counts():
    world = emulator()
    conditions = world.pipeline.access.conditions
    for caller, code in (
        ("two", "InternalError"),
        (ANY, "UnauthorizedOperation"),
        ("one", "InternalError"),
    ):
        conditions.append(Condition("tencent", caller, "DescribeVpcs", code))
    with pytest.raises(ApiError, match="UnauthorizedOperation"):
        world.tencent("one").call("DescribeVpcs")
    conditions.drop()
    assert world.tencent("one").call("DescribeVpcs")


@pytest.mark.parametrize("kind", ["faults", "conditions", "resources"])
def test_ten_thousand_rules_for_other_calls_are_not_looked_at(monkeypatch, kind):
    world = emulator()
    looked_at = []
    applies_to = FaultRule.applies_to
    monkeypatch.setattr(
        FaultRule, "applies_to", lambda self, *given: looked_at.append(self) or applies_to(self, *given)
    )
    for number in range(10_000):
        if kind == "conditions":
            world.pipeline.access.conditions.append(
                Condition("tencent", f"key-{number}", ANY, "InternalError")
            )
        else:
            rule = FaultRule(cloud="tencent", access_key=f"key-{number}", latency_ms=1)
            monkeypatch.setattr("duolect.faults.rules.validate_rule", lambda *_: None)
            world.pipeline.faults.add(rule)
    looked_at.clear()
    assert world.tencent("one").call("DescribeVpcs")
    assert not looked_at


def test_what_a_call_is_about_is_found_out_once_for_all_rules(monkeypatch):
    from duolect.faults import matching  # noqa: PLC0415 - as the engine loads it

    world = emulator()
    for number in range(100):
        rule = FaultRule(
            cloud="tencent", action="DescribeVpcs", resource={"id": f"vpc-{number}"}, latency_ms=1
        )
        world.pipeline.faults.add(rule)
    found_out = []
    texts = matching._texts
    monkeypatch.setattr(matching, "_texts", lambda *given: found_out.append(given[0]) or texts(*given))
    world.tencent("one").call("DescribeVpcs")
    assert found_out.count("") == 1
