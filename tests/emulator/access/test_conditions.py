import pytest
from tests.harness import ApiError, emulator

from duolect.access.conditions import Condition, Conditions
from duolect.settings.settings import ConditionSettings


def test_a_condition_refuses_its_account_its_action_and_nothing_else():
    condition = ConditionSettings(
        "alibaba", "Forbidden.SubUser", access_key="sub-user", action="AttachNetworkInterface"
    )
    world = emulator(conditions=[condition])
    allowed, barred = world.alibaba(), world.alibaba(key="sub-user")
    ids = {"NetworkInterfaceId": "eni-1", "InstanceId": "i-1"}
    with pytest.raises(ApiError) as refused:
        barred.call("AttachNetworkInterface", **ids)
    assert refused.value.code == "Forbidden.SubUser"
    assert barred.call("DescribeNetworkInterfaces")["TotalCount"] == 0
    with pytest.raises(ApiError) as missing:
        allowed.call("AttachNetworkInterface", **ids)
    assert missing.value.code.startswith("InvalidE")


def test_a_condition_passes_over_actions_that_do_not_document_its_code():
    world = emulator(conditions=[ConditionSettings("alibaba", "InvalidVSwitchId.IpNotEnough")])
    assert world.alibaba().call("DescribeNetworkInterfaces")["TotalCount"] == 0


@pytest.mark.parametrize(
    ("condition", "applies"),
    [
        (Condition("alibaba", "*", "*", "C"), True),
        (Condition("alibaba", "me", "Create", "C"), True),
        (Condition("alibaba", "you", "Create", "C"), False),
        (Condition("alibaba", "me", "Delete", "C"), False),
        (Condition("tencent", "*", "*", "C"), False),
    ],
)
def test_a_condition_applies_by_cloud_account_and_action(condition, applies):
    assert list(Conditions([condition]).of_call("alibaba", "Create", {"me"})) == [condition] * applies
