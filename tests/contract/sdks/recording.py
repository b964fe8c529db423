"""The calls of Tencent Cloud's SDK on an emulator in this process, which keeps the replies.

So what the scenarios call need not be called a second time by those who look at replies only.
"""

from collections.abc import Mapping
from typing import Any

import pytest
from tests.contract import polling
from tests.contract.requirements import require
from tests.contract.scenarios.calls import Calls
from tests.contract.scenarios.tencent.sdk_account import SdkAccount
from tests.dialects.tencent.definitions import SERVICES, service_of, split
from tests.dialects.tencent.furnished_account import TencentAccount


class RecordingSdk:
    """Stands in for ``tests.contract.sdks.tencent.Sdk``: adds each reply, checked, to ``replies``."""

    def __init__(self, replies: dict[str, list[Mapping[str, Any]]]) -> None:
        self.account = TencentAccount()
        self.account.client.language = "zh-CN"  # as the SDK asks, unless it is told otherwise
        self._replies = replies

    def _call(self, action: str, **parameters: Any) -> Any:
        body = self.account.call(action, **parameters)
        service, name = split(action)
        key = name if service_of(name) == service else action
        self._replies.setdefault(key, []).append(body)
        models = require(f"tencentcloud.{service}.{SERVICES[service]}.models")
        reply = getattr(models, f"{name}Response")()
        reply._deserialize(body)
        return reply

    vpc = cvm = cbs = tag = sts = cam = _call

    def api(self, action: str, **parameters: Any) -> Any:
        return self._call(f"api.{action}", **parameters)


def recorded(calls: Calls) -> Mapping[str, list[Mapping[str, Any]]]:
    """Run the scenarios, each in an account of its own, and return all replies by their action."""
    replies: dict[str, list[Mapping[str, Any]]] = {}
    for call in calls.of.values():
        sdk = RecordingSdk(replies)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(polling, "sleep", lambda _, sdk=sdk: sdk.account.wait())
            call(SdkAccount(sdk))
    return replies
