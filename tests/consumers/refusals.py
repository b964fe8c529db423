"""Codes that programs switch on: provoked where the model comes to them, else by a fault.

Programs retry, give up or take a thing for done by these exact texts and, on Alibaba Cloud, by the HTTP
status. Of each code the table names who reacts. What the emulator does not come to by itself a fault
answers once; the same call is granted when it is repeated, as the program expects.
"""

from collections.abc import Callable
from typing import Any

import attrs
import pytest
from tests.dialects.furnished_account import FurnishedAccount
from tests.harness import ApiError

from duolect.faults.rules import FaultRule

Call = tuple[str, dict[str, Any]]
"""An action and its parameters."""


@attrs.frozen
class Provoked:
    """A code, the programs that react to it, and the call that is refused with it."""

    code: str
    who: str
    scenario: Callable[[Any], Call]
    status: int = 200
    quotas: dict[str, int] = attrs.field(factory=dict)


def parametrized(cases: list[Provoked]) -> Any:
    """Parametrise a test by the cases, each named after its code and who reacts to it."""
    return pytest.mark.parametrize("case", cases, ids=[f"{case.code}-{case.who}" for case in cases])


def refused_once(account: FurnishedAccount, action: str, params: dict[str, Any], **effect: Any) -> ApiError:
    """Return the one refusal, by a fault of this effect, of a call that is granted when it is repeated."""
    rule = FaultRule(cloud=account.cloud, action=action, times=1, **effect)
    account.emulator.pipeline.faults.add(rule)
    with pytest.raises(ApiError) as refusal:
        account.client.call(action, **params)
    account.client.call(action, **params)
    return refusal.value
