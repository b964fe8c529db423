"""The form of the tables of error codes: a code, its status, how it is reached, what provokes it."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

import attrs
import pytest

from duolect.settings.settings import ConditionSettings

Scenario = Callable[[Any], dict[str, Any]]
"""Sets a scene and returns the parameters of the request that is refused."""


class Reach(StrEnum):
    """What it takes to meet a code."""

    REQUEST = "request"
    """The request alone, whatever the account holds but the good resources that it names."""
    STATE = "state"
    """What the account holds, or a quota or instance type that it meets."""
    CONFIG = "config"
    """A condition in the settings: what the emulator does not model, or no input of the action reaches."""
    FAULT = "fault"
    """Likewise a condition: on the real cloud only a failure within it raises this."""


@attrs.frozen
class Row:
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


def request(code: str, status: int, scenario: Scenario) -> Row:
    return Row(code, status, Reach.REQUEST, scenario, {})


def state(code: str, status: int, scenario: Scenario, **settings: Any) -> Row:
    return Row(code, status, Reach.STATE, scenario, settings)


def unmodelled(scenario: Scenario, reach: Reach, rows: str, status: int = 200) -> list[Row]:
    """Return rows of conditions from lines of ``code | why`` or ``status | code | why``."""
    found = []
    for line in rows.strip().splitlines():
        *first, code, why = (part.strip() for part in line.split(" | "))
        found.append(Row(code, int(first[0]) if first else status, reach, scenario, {}, why))
    return found


def table(rows: list[Row]) -> Any:
    """Parametrise a test by the rows, each named after its code."""
    return pytest.mark.parametrize("row", rows, ids=[f"{row.code}-{row.reach}" for row in rows])
