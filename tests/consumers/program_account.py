"""An account on the server as a program uses it, with faults of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

from duolect.client import Duolect

QUICK = 150
"""Milliseconds that attaching and detaching take here: there are many of them."""


class ProgramAccount:
    """What the accounts of both clouds have in common; ``control`` speaks to the server they are on."""

    cloud: str

    def __init__(self, access_key: str, control: Duolect) -> None:
        self.access_key = access_key
        self.control = control
        self._rules: list[str] = []

    def add_fault(self, action: str, **effect: Any) -> str:
        """Add a fault for this account alone, and return its id."""
        of_account = {"cloud": self.cloud, "access_key": self.access_key}
        self._rules.append(self.control.faults.add(action=action, **of_account, **effect))
        return self._rules[-1]

    @contextmanager
    def in_use(self) -> Iterator[Self]:
        """Let attaching and detaching be quick; remove all faults of the account at the end."""
        for action in ("AttachNetworkInterface", "DetachNetworkInterface"):
            self.add_fault(action, delay_ms=QUICK)
        yield self
        for rule in self._rules:
            self.control.faults.remove(rule)
