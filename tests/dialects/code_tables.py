"""Tables of error codes: a code, its status, how it is reached, what provokes it."""

from collections import Counter
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

import attrs
import pytest

from duolect.settings.settings import ConditionSettings

Scenario = Callable[[Any], dict[str, Any]]
"""Prepares an account and returns the parameters of the request that is refused."""


class Reach(StrEnum):
    """What it takes to reach a code."""

    REQUEST = "request"
    """The request alone, whatever the account holds but the good resources that it names."""
    STATE = "state"
    """What the account holds, or a quota or instance type that it meets."""
    CONFIG = "config"
    """A condition in the settings: what the emulator does not model, or no input of the action reaches."""
    FAULT = "fault"
    """Likewise a condition: on the real cloud only a failure within it raises this."""


@attrs.frozen
class CodeCase:
    """One way to reach a code, with the settings that it needs; ``why`` says why it takes a condition."""

    code: str
    status: int
    reach: Reach
    scenario: Scenario
    settings: Mapping[str, Any]
    why: str = ""

    def conditions(self, cloud: str, action: str) -> tuple[ConditionSettings, ...]:
        """Return the condition that stands for what cannot be provoked otherwise."""
        if self.reach in {Reach.CONFIG, Reach.FAULT}:
            return (ConditionSettings(cloud=cloud, code=self.code, action=action),)
        return ()


def by_request(code: str, status: int, scenario: Scenario) -> CodeCase:
    return CodeCase(code, status, Reach.REQUEST, scenario, {})


def by_state(code: str, status: int, scenario: Scenario, **settings: Any) -> CodeCase:
    return CodeCase(code, status, Reach.STATE, scenario, settings)


def by_condition(scenario: Scenario, reach: Reach, lines: str, status: int = 200) -> list[CodeCase]:
    """Return cases of conditions from lines of ``code | why`` or ``status | code | why``."""
    found = []
    for line in lines.strip().splitlines():
        *first, code, why = (part.strip() for part in line.split(" | "))
        found.append(CodeCase(code, int(first[0]) if first else status, reach, scenario, {}, why))
    return found


def parametrized(cases: list[CodeCase]) -> Any:
    """Parametrise a test by the cases, each named after its code."""
    return pytest.mark.parametrize("case", cases, ids=[f"{case.code}-{case.reach}" for case in cases])


def best_reach(cases: list[CodeCase]) -> Counter[str]:
    """Count the codes by the least that it takes to reach them, as the first case of each tells."""
    return Counter({case.code: case.reach.value for case in reversed(cases)}.values())
