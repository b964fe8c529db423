"""What the parity machine does with flow logs.

Common ground: each is written to a place of its own, because one cloud writes the same traffic to a place
once, and what begins is waited for, because one cloud takes no time over it.
"""

from typing import Any

import hypothesis.strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

_PICK = st.integers(0, 4)
_ENOUGH = 4
"""This many are made at most."""


class FlowLogRules(RuleBasedStateMachine):
    """Watches networks and subnets on both clouds, starts, stops and deletes flow logs."""

    networks: list[str]
    subnets: list[str]
    home: dict[str, str]

    def __init__(self) -> None:
        super().__init__()
        self.logs: list[str] = []

    def _both(self, action: str, *arguments: Any, **named: Any) -> str:
        raise NotImplementedError

    def _made(self, kind: str, action: str, *arguments: Any) -> str:
        raise NotImplementedError

    def wait(self, milliseconds: int) -> None:
        raise NotImplementedError

    @precondition(lambda self: len(self.logs) < _ENOUGH)
    @rule(pick=_PICK)
    def watch(self, pick: int) -> None:
        target = [*self.networks, *self.subnets][pick % (len(self.networks) + len(self.subnets))]
        self.logs.append(self._made("log", "watch", target, self.home.get(target, target)))

    @precondition(lambda self: self.logs)
    @rule(log=_PICK, action=st.sampled_from(["start_log", "stop_log", "stop_log", "delete_log"]))
    def change_log(self, log: int, action: str) -> None:
        self._both(action, self.logs[log % len(self.logs)])
        self.wait(1_000)
