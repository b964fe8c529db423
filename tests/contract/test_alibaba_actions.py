"""Every action that is served for Alibaba Cloud, called once by the vendor's own SDK.

The functions in ``tests/contract/scenarios/alibaba`` say how a user calls each action and what is seen in
the SDK's typed reply. Whatever the reply, it must be exactly what the SDK's model of it describes: see
``tests.contract.sdks.alibaba``.
"""

import pytest
from tests.contract.scenarios.alibaba.sdk_account import SdkAccount
from tests.contract.scenarios.calls import find_calls, modules_of
from tests.contract.sdks.alibaba import Sdk
from tests.contract.server import Server

from duolect_dialects.alibaba.dialect import AlibabaDialect

ACTIONS = AlibabaDialect().actions
CALLS = find_calls(ACTIONS, modules_of("tests.contract.scenarios.alibaba"))


@pytest.mark.parametrize("action", sorted(ACTIONS), ids=" ".join)
def test_each_action_answers_the_sdk(server: Server, access_key: str, action: tuple[str, str]) -> None:
    assert action in CALLS.of, "it is served, but no function in tests/contract/scenarios/alibaba calls it"
    sdk = Sdk(server.address, access_key)
    CALLS.of[action](SdkAccount(sdk))
    assert action in sdk.called


def test_no_function_calls_an_action_that_is_not_served() -> None:
    assert CALLS.strays == ()
