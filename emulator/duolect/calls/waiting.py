"""The calls that wait: for a delay to pass, unless their wait is ended before.

A wait ends without the call being carried out when the client goes away, when what the call is about is
forgotten, and when the server is stopped.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine
from typing import Any, Final

from duolect.clock import Clocks
from duolect.faults.responses import Ending, Postponed
from duolect_core.model.resources import Instant

_TURNS: Final = 4
"""Turns of the event loop after which the end of a connection that was there before has been seen."""


class _Wait:
    """One call that waits, and what ends it where something does."""

    def __init__(self, until: Instant, partition: tuple[str, str, str]) -> None:
        self.until = until
        self.partition = partition
        self.over = asyncio.Event()
        """Set when it waits no longer."""
        self.ended: asyncio.Future[Ending] = asyncio.get_running_loop().create_future()

    def end(self, ending: Ending) -> None:
        if not self.ended.done():
            self.ended.set_result(ending)


class WaitingCalls:
    """All calls that wait."""

    def __init__(self, clocks: Clocks) -> None:
        """Take the clocks that they wait by, each by its account's."""
        self._clocks = clocks
        self._waits: dict[_Wait, None] = {}
        self._accounts: Counter[str] = Counter()
        """How many calls of each account wait."""
        self._stopped = False

    def __bool__(self) -> bool:
        """Say whether any call waits."""
        return bool(self._waits)

    def has(self, account: str) -> bool:
        """Say whether a call of an account waits."""
        return account in self._accounts

    async def wait(
        self, postponed: Postponed, client_gone: Callable[[], Coroutine[Any, Any, None]]
    ) -> Ending | None:
        """Wait until a call is due.

        Args:
            postponed: the call, which has said until when it waits.
            client_gone: returns when the client has gone away.

        Returns:
            None where the call is due, and what ended its wait where something did first. What was there
            before the clock came to the instant counts as first.
        """
        if self._stopped:
            return Ending.STOPPED
        wait = _Wait(postponed.until, postponed.partition)
        self._waits[wait] = None
        account = postponed.partition[1]
        self._accounts[account] += 1
        due = asyncio.create_task(self._clocks.wait_until(account, postponed.until))
        gone = asyncio.create_task(client_gone())
        try:
            await asyncio.wait((due, gone, wait.ended), return_when=asyncio.FIRST_COMPLETED)
            for _ in range(_TURNS):
                await asyncio.sleep(0)
            if wait.ended.done():
                return wait.ended.result()
            return Ending.CLIENT_GONE if gone.done() else None
        finally:
            del self._waits[wait]
            self._accounts -= Counter((account,))
            wait.over.set()
            due.cancel()
            gone.cancel()

    async def settled(self) -> None:
        """Return when every call that is due, or whose wait was ended, has come to its end."""
        for wait in tuple(self._waits):
            if wait.ended.done() or wait.until <= self._clocks.of(wait.partition[1]).now():
                await wait.over.wait()

    def forget(self, access_key: str | None, cloud: str | None, region: str | None) -> None:
        """End the calls of one account, cloud and region; None stands for all of them."""
        for wait in self._waits:
            its_cloud, account, its_region = wait.partition
            if (
                access_key in {None, account}
                and cloud in {None, its_cloud}
                and region in {None, its_region}
            ):
                wait.end(Ending.FORGOTTEN)

    def stop(self) -> None:
        """End all calls that wait, and let none wait any more."""
        self._stopped = True
        for wait in self._waits:
            wait.end(Ending.STOPPED)
