"""What the parity machine does with flow logs.

Common ground: each is written to a place of its own, because one cloud writes the same traffic to a place
once, and what begins is waited for, because one cloud takes no time over it.
"""

import hypothesis.strategies as st
from hypothesis.stateful import precondition, rule
from tests.parity.machine import Clouds

_PICK = st.integers(0, 4)
_ENOUGH = 4
"""This many are made at most."""


class FlowLogRules(Clouds):
    """Watches networks and subnets on both clouds, starts, stops and deletes flow logs."""

    networks: list[str]
    subnets: list[str]
    home: dict[str, str]

    def __init__(self) -> None:
        super().__init__()
        self.logs: list[str] = []

    @precondition(lambda self: len(self.logs) < _ENOUGH)
    @rule(pick=_PICK)
    def watch(self, pick: int) -> None:
        target = [*self.networks, *self.subnets][pick % (len(self.networks) + len(self.subnets))]
        self.logs.append(self.made("log", "watch", target, self.home.get(target, target)))

    @precondition(lambda self: self.logs)
    @rule(log=_PICK, action=st.sampled_from(["start_log", "stop_log", "stop_log", "delete_log"]))
    def change_log(self, log: int, action: str) -> None:
        self.both(action, self.logs[log % len(self.logs)])
        self.wait(1_000)
