"""Every action that is served for Tencent Cloud, called once by the vendor's own SDK.

The functions in ``tests/contract/scenarios/tencent`` say how a user calls each action and what is seen in
the SDK's typed reply. Whatever the reply, it must be exactly what the vendor's definitions describe: see
``tests.contract.sdks.tencent``.
"""

import pytest
from tests.contract.scenarios.calls import find_calls, modules_of
from tests.contract.scenarios.tencent.sdk_account import SdkAccount
from tests.contract.scenarios.tencent.vpc.traffic_packages import AFTER_A_MONTH
from tests.contract.sdks.tencent import Sdk
from tests.contract.server import Server, running

from duolect.client import Duolect
from duolect_dialects.tencent.dialect import TencentDialect

ACTIONS = TencentDialect().actions
CALLS = find_calls(ACTIONS, modules_of("tests.contract.scenarios.tencent"))


@pytest.mark.parametrize("action", sorted(ACTIONS), ids=lambda key: key[1])
def test_each_action_answers_the_sdk(server: Server, access_key: str, action: tuple[str, str]) -> None:
    assert action in CALLS.of, "it is served, but no function in tests/contract/scenarios/tencent calls it"
    sdk = Sdk(server.address, access_key)
    CALLS.of[action](SdkAccount(sdk))
    assert action[1] in sdk.called or action[1] in AFTER_A_MONTH


def test_what_takes_a_month_answers_the_sdk_after_it(access_key: str) -> None:
    with running("--clock", "manual", "--timing", "instant") as server:
        sdk = Sdk(server.address, access_key)
        package_ids = sdk.vpc("CreateTrafficPackages", TrafficAmount=10).TrafficPackageSet
        Duolect(server.url).clock.advance("768h")
        sdk.vpc("DeleteTrafficPackages", TrafficPackageIds=package_ids)
        assert sdk.vpc("DescribeTrafficPackages").TrafficPackageSet == []
    assert sdk.called >= AFTER_A_MONTH


def test_no_function_calls_an_action_that_is_not_served() -> None:
    assert CALLS.strays == ()
