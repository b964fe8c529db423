"""Fault rules that are invalid, and the ids of those that are valid."""

import pytest
from tests.harness import emulator

from duolect.access.conditions import InvalidCondition
from duolect.faults.rules import FaultRule, InvalidRule


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ({}, "the rule has no effect; it may have code, throttle"),
        ({"code": "A", "disconnect": True}, "code and disconnect cannot go together"),
        (
            {"disconnect": True, "hang": True},
            "disconnect keeps the call from being carried out unless after",
        ),
        ({"http_status": 100}, "http_status must be a whole number from 200 to 599"),
        ({"probability": 1.5, "hang": True}, "probability must be a number above 0, and up to 1"),
        ({"probability": 0, "hang": True}, "probability must be a number above 0"),
        ({"probability": True, "hang": True}, "probability must be a number"),
        ({"times": 0, "hang": True}, "times must be a whole number from 1"),
        ({"skip": -1, "hang": True}, "skip must be a whole number from 0"),
        ({"slow": 0}, "slow must be a whole number from 1"),
        ({"limit": True}, "limit must be a whole number"),
        ({"hang": "yes"}, "hang must be true or false"),
        ({"action": "", "hang": True}, "action must be a text"),
        ({"resource": {}, "hang": True}, "resource needs one of id, name, tag, instance, subnet, zone"),
        ({"resource": {"colour": "red"}, "hang": True}, "resource has no colour; it may have id"),
        ({"resource": "eni-1", "hang": True}, "resource must be a table"),
        ({"resource": {"id": ""}, "hang": True}, "id must be a text"),
    ],
)
def test_a_rule_with_invalid_members_cannot_be_made(rule, reason):
    with pytest.raises(InvalidRule, match=reason):
        FaultRule(cloud="alibaba", **rule)


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ({"cloud": "aws", "hang": True}, "there is no cloud aws"),
        ({"action": "Sing", "hang": True}, "alibaba has no action Sing"),
        ({"code": "Sung"}, "alibaba does not document the code Sung for any action"),
        (
            {"action": "DescribeRegions", "code": "InvalidVSwitchId.IpNotEnough"},
            "does not document the code InvalidVSwitchId.IpNotEnough for DescribeRegions",
        ),
        (
            {"action": "DescribeRegions", "hang": True},
            "DescribeRegions never begins an operation that takes time: hang has no effect on it",
        ),
        (
            {"action": "AttachNetworkInterface", "stale_ms": 1},
            "AttachNetworkInterface never reads: stale_ms has no effect on it",
        ),
    ],
)
def test_a_rule_that_no_call_could_trigger_is_refused(rule, reason):
    faults = emulator().pipeline.faults
    with pytest.raises(InvalidCondition, match=reason):
        faults.add(FaultRule(**{"cloud": "alibaba", **rule}))
    assert not faults


def test_faults_are_numbered_anew_when_all_are_gone():
    faults = emulator().pipeline.faults
    rule = FaultRule(cloud="alibaba", hang=True)
    assert [faults.add(rule).id, faults.add(rule).id] == ["f-1", "f-2"]
    assert faults.remove("f-1").id == "f-1"
    assert faults.remove("f-1") is None
    assert faults.add(rule).id == "f-3"
    faults.clear()
    assert faults.add(rule).id == "f-1"
    assert faults.get("f-2") is None
