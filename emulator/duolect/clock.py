"""The emulator's clock, which everything obeys, and the clocks of accounts that have one of their own.

A clock runs at a rate: 1 is real time, 60 makes an hour a minute, and at 0 it stands still until it is
moved. It never runs backwards: whatever the change, time goes on from where it is, also where somebody
sets the machine's clock back. Whatever moves it looks at the machine's clock once: between two looks time
passes.
"""

import asyncio
import time
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import partial
from typing import Final

from duolect_core.model.resources import LATEST, SECOND, Instant

FASTEST: Final = 1_000_000.0
"""The highest rate: beyond it no client could tell one instant from the next."""


class ClockMode(StrEnum):
    """How a clock runs."""

    REAL = "real"
    SCALED = "scaled"
    MANUAL = "manual"


class ClockError(ValueError):
    """The clock cannot be set or moved so; ``str`` says why."""


class PastError(ClockError):
    """The clock is past the instant to which it should be moved."""


class MachineTime:
    """What the machine's own clock says in microseconds since 1970, but for steps back.

    It follows a clock that is set forward, as after the sleep of a laptop. Where one is set back, time goes
    on from there by the machine's monotonic clock.
    """

    __slots__ = ("_ahead", "_latest", "_steady")

    def __init__(self) -> None:
        """Begin with what the clock says now."""
        self._ahead = 0
        self._latest, self._steady = time.time_ns(), time.monotonic_ns()

    def __call__(self) -> Instant:
        """Return the time."""
        wall, steady = time.time_ns(), time.monotonic_ns()
        latest = wall + self._ahead
        if latest < self._latest:
            latest = self._latest + steady - self._steady
            self._ahead = latest - wall
        self._latest, self._steady = latest, steady
        return latest // 1000


class Clock:
    """A clock that can run faster or slower than the machine's, stand still, and be moved forward."""

    def __init__(
        self, rate: float = 1.0, at: Instant | None = None, machine: Callable[[], Instant] | None = None
    ) -> None:
        """Start at an instant, or at the machine's time; ``machine`` is the clock that it runs by."""
        self._machine = MachineTime() if machine is None else machine
        self._since = self._machine()
        self._at = self._since if at is None else at
        self._rate = _checked(rate)
        self._waiters: set[asyncio.Future[None]] = set()
        self.watcher: Callable[[Clock], None] | None = None
        """Who wants to know when it is moved or goes on at another rate."""

    @property
    def course(self) -> tuple[float, Instant, Instant]:
        """How it runs: at which rate, from which instant, since when by the machine's clock."""
        return self._rate, self._at, self._since

    def twin(self) -> "Clock":
        """Return a clock that says and runs what this one does, and goes on by itself."""
        return Clock(self._rate, self.now(), self._machine)

    @property
    def rate(self) -> float:
        """Emulated seconds in a real second."""
        return self._rate

    @property
    def machine(self) -> Instant:
        """What the clock says that it runs by, in microseconds since 1970."""
        return self._machine()

    @property
    def mode(self) -> ClockMode:
        """How the clock runs."""
        if self._rate == 0:
            return ClockMode.MANUAL
        return ClockMode.REAL if self._rate == 1 else ClockMode.SCALED

    def now(self) -> Instant:
        """Return microseconds since 1970-01-01 UTC."""
        return self._look()[0]

    def run(self, rate: float, at: Instant | None = None) -> Instant:
        """Go on at another rate, from now or from a later instant; at 0 the clock stands still.

        Returns by how much it was moved.

        Raises:
            ClockError: the rate is not from 0 to ``FASTEST``, or ``move_to`` refuses the instant.
        """
        rate = _checked(rate)
        now, machine = self._look()
        at = now if at is None else self._reachable(at, now)
        self._rate = rate
        self._restart_from(at, machine)
        return at - now

    def advance(self, by: Instant) -> None:
        """Move the clock forward by microseconds.

        Raises:
            ClockError: that would be backwards, or beyond the year 9999.
        """
        now, machine = self._look()
        self._restart_from(self._reachable(now + by, now), machine)

    def move_to(self, at: Instant) -> None:
        """Move the clock forward to an instant.

        Raises:
            PastError: the instant is past.
            ClockError: it is beyond the year 9999.
        """
        now, machine = self._look()
        self._restart_from(self._reachable(at, now), machine)

    def reach(self, at: Instant) -> Instant:
        """Move the clock forward to an instant, where that is still to come, and return by how much."""
        now, machine = self._look()
        at = min(at, LATEST)
        if at <= now:
            return 0
        self._restart_from(at, machine)
        return at - now

    def stop_at(self, at: Instant) -> None:
        """Stand still at an instant, even a past one: for when all state of later times is dropped too."""
        self._rate = 0.0
        self._restart_from(at, self._machine())

    async def wait_until(self, instant: Instant) -> None:
        """Return when the clock has come to an instant, however it comes there."""
        while self.now() < instant:
            await self.wait_for_change(instant)

    async def wait_for_change(self, instant: Instant) -> None:
        """Return when the clock was changed, and at the latest when it has come to an instant."""
        changed = asyncio.get_running_loop().create_future()
        self._waiters.add(changed)
        left = max(0, instant - self.now())
        try:
            async with asyncio.timeout(left / SECOND / self._rate if self._rate else None):
                await changed
        except TimeoutError:
            pass
        finally:
            self._waiters.discard(changed)

    @property
    def is_waited_for(self) -> bool:
        """Whether anybody waits by this clock."""
        return bool(self._waiters)

    def wake(self) -> None:
        """Let all who wait by this clock look again, as if it was changed."""
        for changed in self._waiters:
            if not changed.done():
                changed.set_result(None)

    def _look(self) -> tuple[Instant, Instant]:
        """Return what time it is, and what the machine's clock says at that."""
        machine = self._machine()
        if self._rate == 0:
            return self._at, machine
        passed = machine - self._since
        return min(self._at + (passed if self._rate == 1 else int(passed * self._rate)), LATEST), machine

    @staticmethod
    def _reachable(at: Instant, now: Instant) -> Instant:
        if at < now:
            raise PastError("Time does not run backwards")
        if at > LATEST:
            raise ClockError("Time ends with the year 9999")
        return at

    def _restart_from(self, at: Instant, machine: Instant) -> None:
        """Go on from ``at``, and wake the waiters: what they wait for may have come nearer."""
        self._at, self._since = at, machine
        self.wake()
        if self.watcher is not None:
            self.watcher(self)


class Clocks:
    """The common clock, and those of accounts that have one of their own.

    An account obeys the common clock until it gets its own, which goes on from there by itself.
    """

    def __init__(self, common: Clock, *, per_account: bool = False) -> None:
        """Take the common clock; with ``per_account`` an account can have its own."""
        self.common = common
        self.per_account = per_account
        self.watcher: Callable[[str, Clock | None], None] | None = None
        """Who wants to know of the clock that an account gets or moves, or that it has none any more."""
        self._own: dict[str, Clock] = {}

    def of(self, account: str) -> Clock:
        """Return the clock that an account obeys."""
        return self._own.get(account, self.common)

    @property
    def any_own(self) -> bool:
        """Whether any account has a clock of its own."""
        return bool(self._own)

    def own(self) -> Iterator[tuple[str, Clock]]:
        """Iterate over the accounts that have a clock of their own, and these."""
        return iter(tuple(self._own.items()))

    def is_own(self, account: str) -> bool:
        """Say whether an account has a clock of its own."""
        return account in self._own

    def separate(self, account: str) -> Clock:
        """Return an account's own clock; one that is new goes on from what the common one says."""
        clock = self._own.get(account)
        if clock is None:
            clock = self._own[account] = self.common.twin()
            clock.watcher = partial(self._tell, account)
            self._tell(account, clock)
            self.common.wake()
        return clock

    def forget(self, account: str | None = None) -> None:
        """Let an account obey the common clock again, or where it is None all of them."""
        names = tuple(self._own) if account is None else (account,)
        for name in names:
            clock = self._own.pop(name, None)
            if clock is not None:
                clock.watcher = None
                self._tell(name, None)
                clock.wake()

    def _tell(self, account: str, clock: Clock | None) -> None:
        if self.watcher is not None:
            self.watcher(account, clock)

    async def wait_until(self, account: str, instant: Instant) -> None:
        """Return when the clock that an account obeys has come to an instant."""
        while (clock := self.of(account)).now() < instant:
            await clock.wait_for_change(instant)


def _checked(rate: float) -> float:
    if not 0 <= rate <= FASTEST:
        raise ClockError(f"The rate of a clock is from 0 to {FASTEST:.0f}")
    return float(rate)
