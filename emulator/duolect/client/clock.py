"""The emulator's clock, from a test: reading it, moving it, and waiting by it.

A program that waits by itself takes ``sleep`` and ``time`` of this clock in place of the machine's. On a
manual clock waiting moves it, so that a minute takes no time; on any other it waits as long as the
emulator's clock takes for it.
"""

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from threading import Lock
from typing import Final, TypeVar
from weakref import WeakKeyDictionary

from duolect.client.connection import Connection
from duolect.client.errors import ControlError, Json

Duration = str | float | timedelta
"""A text with units such as ``"250ms"`` or ``"1h30m"``, a number of seconds, or a ``timedelta``."""
T = TypeVar("T")
_LOOK: Final = 0.25
"""Seconds after which who waits on a running clock looks again: somebody may have moved it."""
_TURNS: Final = 10
"""How many turns of the event loop others get before a manual clock is moved for whoever sleeps."""
_MICROSECOND: Final = timedelta(microseconds=1)
_SECOND: Final = 1_000_000
_machine_sleep: Final[Callable[[float], None]] = time.sleep
"""The machine's own, also where a test has put ``Clock.sleep`` in its place."""
_loop_sleep: Final = asyncio.sleep
"""Likewise the event loop's."""


def wire_duration(duration: Duration) -> str | float:
    """Return a duration as the control API takes it."""
    return f"{duration // _MICROSECOND}us" if isinstance(duration, timedelta) else duration


class Clock:
    """The emulator's clock, which everything obeys, or that which an account obeys."""

    def __init__(self, connection: Connection, access_key: str | None = None) -> None:
        """Take the way to the emulator, and the account, if it is that one's clock."""
        self._connection = connection
        self._query = {} if access_key is None else {"access_key": access_key}
        self._lock = Lock()
        self._sleepers: WeakKeyDictionary[asyncio.AbstractEventLoop, _Sleepers] = WeakKeyDictionary()

    def show(self) -> Json:
        """Return what time it is, and when the next transition falls due."""
        return self._connection.call("GET", "clock", self._query)

    def set(self, mode: str, *, rate: float | None = None, now: str | None = None) -> Json:
        """Let it run ``real``, ``scaled`` at a rate, or ``manual``; ``now`` moves it forward first."""
        body = {"mode": mode, "rate": rate, "now": now}
        return self._connection.call("PUT", "clock", self._query, body)

    def advance(self, by: Duration) -> Json:
        """Move it forward: by ``"30s"``, by a number of seconds, or by a ``timedelta``."""
        return self._connection.call("POST", "clock/advance", self._query, {"by": wire_duration(by)})

    def next(self) -> Json:
        """Move it to the next transition."""
        return self._connection.call("POST", "clock/next", self._query)

    def until_idle(self) -> Json:
        """Move it until nothing is under way any more, but for what hangs."""
        return self._connection.call("POST", "clock/idle", self._query)

    # -- waiting by it ---------------------------------------------------------------------------

    def time(self) -> float:
        """Return the emulator's time in seconds since 1970, as ``time.time`` does the machine's."""
        return float(self.show()["instant"]) / _SECOND

    def sleep(self, seconds: float) -> None:
        """Return when the clock has moved on so far, in place of ``time.sleep``.

        A manual clock is moved; any other runs by itself. Where several threads sleep, the clock is moved
        to where each of them ends, and not once for each.

        Raises:
            ValueError: ``seconds`` is negative.
        """
        due = self._due(seconds)
        while (wait := self._move_towards(due)) is not None:
            _machine_sleep(wait)

    async def sleep_async(self, delay: float, result: T | None = None) -> T | None:
        """Return ``result`` when the clock has moved on so far, in place of ``asyncio.sleep``.

        On a manual clock, tasks that sleep at the same time wake in the order in which they are due, each
        at its own time: the clock is moved to the first of them once the others had their turn.

        Raises:
            ValueError: ``delay`` is negative.
        """
        due = self._due(delay)
        await self._sleepers.setdefault(asyncio.get_running_loop(), _Sleepers(self._move_towards)).wait_for(
            due
        )
        return result

    def _due(self, seconds: float) -> int:
        """Return the instant so many seconds from now, in microseconds."""
        if seconds < 0:
            raise ValueError("sleep length must be non-negative")
        return int(self.show()["instant"]) + round(seconds * _SECOND)

    def _move_towards(self, due: int) -> float | None:
        """Move a manual clock to an instant; return after how many seconds to look again, None if there."""
        with self._lock:
            shown = self.show()
            left = (due - shown["instant"]) / _SECOND
            if left <= 0:
                return None
            if shown["rate"]:
                return float(min(left / shown["rate"], _LOOK))
            self.advance(f"{due - shown['instant']}us")
            return None


class _Sleepers:
    """The tasks of one event loop that sleep by the emulator's clock."""

    def __init__(self, move_towards: Callable[[int], float | None]) -> None:
        self._move_towards = move_towards
        self._numbers = count()
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._mover: asyncio.Task[None] | None = None

    async def wait_for(self, due: int) -> None:
        """Return when the emulator's clock has come to an instant."""
        loop = asyncio.get_running_loop()
        woken: asyncio.Future[None] = loop.create_future()
        self._waiting.append((due, next(self._numbers), woken))
        if self._mover is None or self._mover.done():
            self._mover = loop.create_task(self._move())
        await woken

    async def _move(self) -> None:
        """Move the clock to each that sleeps, the earliest first, as long as there is any."""
        while self._waiting:
            for _ in range(_TURNS):
                await _loop_sleep(0)
            due, _, woken = first = min(self._waiting)
            try:
                wait = None if woken.done() else await asyncio.to_thread(self._move_towards, due)
                if wait is not None:
                    await _loop_sleep(wait)
                    continue
            except ControlError as error:
                if not woken.done():
                    woken.set_exception(error)
            self._waiting.remove(first)
            if not woken.done():
                woken.set_result(None)
