"""Where instants come from."""

import time
from typing import Protocol

from duolect_core.model import Instant


class Clock(Protocol):
    """Something that says what time it is."""

    def now(self) -> Instant:
        """Return microseconds since 1970-01-01 UTC."""
        ...


class RealClock:
    """The machine's clock."""

    def now(self) -> Instant:
        """Return the machine's time."""
        return time.time_ns() // 1000


class ManualClock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: Instant) -> None:
        """Start at an instant."""
        self._at = at

    def now(self) -> Instant:
        """Return the instant at which the clock stands."""
        return self._at

    def advance(self, by: Instant) -> None:
        """Move the clock forward by microseconds."""
        self._at += by
