"""The emulator's one clock, which everything obeys.

It runs at a rate: 1 is real time, 60 makes an hour a minute, and at 0 it stands still until it is moved. It
never runs backwards: whatever the change, time goes on from where it is.
"""

import asyncio
import time
from collections.abc import Callable
from enum import StrEnum
from typing import Final

from duolect_core.model.resources import SECOND, Instant

LATEST: Final[Instant] = 253_402_300_799 * SECOND
"""The end of the year 9999: both clouds write years with four digits."""
FASTEST: Final = 1_000_000.0
"""The highest rate: beyond it no client could tell one instant from the next."""


class ClockMode(StrEnum):
    """How a clock runs."""

    REAL = "real"
    SCALED = "scaled"
    MANUAL = "manual"


class ClockError(ValueError):
    """The clock cannot be set or moved so; ``str`` says why."""


def machine_time() -> Instant:
    """Return what the machine's own clock says."""
    return time.time_ns() // 1000


class Clock:
    """A clock that can run faster or slower than the machine's, stand still, and be moved forward."""

    def __init__(
        self, rate: float = 1.0, at: Instant | None = None, machine: Callable[[], Instant] = machine_time
    ) -> None:
        """Start at an instant, or at the machine's time; ``machine`` is the clock that it runs by."""
        self._machine = machine
        self._since = machine()
        self._at = self._since if at is None else at
        self._rate = _checked(rate)
        self._waiters: set[asyncio.Future[None]] = set()

    @property
    def rate(self) -> float:
        """Emulated seconds in a real second."""
        return self._rate

    @property
    def mode(self) -> ClockMode:
        """How the clock runs."""
        if self._rate == 0:
            return ClockMode.MANUAL
        return ClockMode.REAL if self._rate == 1 else ClockMode.SCALED

    def now(self) -> Instant:
        """Return microseconds since 1970-01-01 UTC."""
        if self._rate == 0:
            return self._at
        passed = self._machine() - self._since
        return min(self._at + (passed if self._rate == 1 else int(passed * self._rate)), LATEST)

    def run(self, rate: float, at: Instant | None = None) -> None:
        """Go on at another rate, from now or from a later instant; at 0 the clock stands still.

        Raises:
            ClockError: the rate is not from 0 to ``FASTEST``, or ``move_to`` refuses the instant.
        """
        rate = _checked(rate)
        if at is None:
            self._restart_from(self.now())
        else:
            self.move_to(at)
        self._rate = rate

    def advance(self, by: Instant) -> None:
        """Move the clock forward by microseconds.

        Raises:
            ClockError: that would be backwards, or beyond the year 9999.
        """
        at = self.now() + by
        if by < 0:
            raise ClockError("Time does not run backwards")
        if at > LATEST:
            raise ClockError("Time ends with the year 9999")
        self._restart_from(at)

    def move_to(self, at: Instant) -> None:
        """Move the clock forward to an instant.

        Raises:
            ClockError: the instant is past, or beyond the year 9999.
        """
        self.advance(at - self.now())

    def stop_at(self, at: Instant) -> None:
        """Stand still at an instant, even a past one: for when all state of later times is dropped too."""
        self._rate = 0.0
        self._restart_from(at)

    async def wait_until(self, instant: Instant) -> None:
        """Return when the clock has come to an instant, however it comes there."""
        while (left := instant - self.now()) > 0:
            changed = asyncio.get_running_loop().create_future()
            self._waiters.add(changed)
            try:
                async with asyncio.timeout(left / SECOND / self._rate if self._rate else None):
                    await changed
            except TimeoutError:
                continue
            finally:
                self._waiters.discard(changed)

    def _restart_from(self, at: Instant) -> None:
        """Go on from ``at``, and wake the waiters: what they wait for may have come nearer."""
        self._at, self._since = at, self._machine()
        for changed in self._waiters:
            if not changed.done():
                changed.set_result(None)


def _checked(rate: float) -> float:
    if not 0 <= rate <= FASTEST:
        raise ClockError(f"The rate of a clock is from 0 to {FASTEST:.0f}")
    return rate
