"""Accounts that were not used for a time: they are put away, or forgotten where nothing keeps them.

What counts is the machine's time: it is the machine's memory that is given back, and a clock that stands
still or leaps says nothing of that. A use is a call that got as far as the account's partition, or a
control call that names the account. An account that somebody waits for, follows or watches is left alone.

Accounts come in the order of their last uses, so that nobody looks at those that were used. What takes long
is done in slices, by a thread or by a copy of the process.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Final

from duolect.calls.background import in_background, let_go
from duolect.calls.pipeline import Pipeline
from duolect.state.placed import Placed
from duolect.state.turns import Turns
from duolect.state.uses import Uses

if TYPE_CHECKING:
    from duolect.store.housekeeping import Housekeeping  # most states end with their process

_AT_ONCE: Final = 50
"""How many accounts are put away, or brought back, in one go."""
_SHORTEST: Final = 0.05
"""Seconds that are waited at least before the next look."""
_AFTER_FAILURE: Final = 1.0
_log = logging.getLogger("duolect")


class IdleAccounts:
    """Puts accounts away that were not used for so many seconds, from ``start`` to ``stop``."""

    def __init__(
        self,
        pipeline: Pipeline,
        seconds: float,
        housekeeping: "Housekeeping | None" = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the pipeline, and where its state is kept, who writes snapshots there."""
        self._pipeline = pipeline
        self._partitions = pipeline.partitions
        self._seconds = seconds
        self._housekeeping = housekeeping
        self._task: asyncio.Task[None] | None = None
        self._held = 0
        """How many control calls want that nothing is put away meanwhile."""
        self._uses = self._partitions.uses = Uses(now)
        for placed in self._partitions.placed():
            self._uses.touch(placed.key[1])
        pipeline.idle = self

    def start(self) -> None:
        """Begin, in the event loop that runs."""
        self._task = asyncio.get_running_loop().create_task(self._repeat())

    async def stop(self) -> None:
        """Put nothing away any more."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _repeat(self) -> None:
        while True:
            oldest = self._uses.oldest()
            left = self._seconds if oldest is None else oldest[1] + self._seconds - self._uses.now()
            await asyncio.sleep(max(_SHORTEST, min(left, self._seconds)))
            try:
                await self.sweep()
            except Exception as reason:  # noqa: BLE001 - calls go on, and another time may do better
                _log.warning("accounts that are not used stay: %s", reason)
                await asyncio.sleep(_AFTER_FAILURE)

    async def sweep(self) -> None:
        """Put away all that are due."""
        turns = Turns()
        while not self._held and (accounts := self._due()):
            idle = [each for each in accounts if not self._is_in_use(each)]
            for account in accounts:
                if account not in idle:
                    self._uses.touch(account)
            if self._housekeeping is None:
                for account in idle:
                    await self._forget(account)
                    await turns.give()
            elif idle:
                await self._put_away(idle, self._housekeeping)
                await turns.give()

    def _due(self) -> Sequence[str]:
        """Return accounts that were not used for so long, longest ago first."""
        found: list[str] = []
        until = self._uses.now() - self._seconds
        for account, at in self._uses:
            if at > until or len(found) == _AT_ONCE:
                break
            found.append(account)
        return found

    def _is_in_use(self, account: str) -> bool:
        """Say whether somebody waits for an account, follows it, or watches what becomes of it."""
        pipeline, mine = self._pipeline, 0 if self._housekeeping is None else 1
        clocks = pipeline.state.clocks
        return (
            pipeline.waiting.has(account)
            or account in pipeline.journal.followed
            or (clocks.is_own(account) and clocks.of(account).is_waited_for)
            or any(
                each.partition is not None and len(each.partition.recorders) > mine
                for each in self._partitions.placed(account)
            )
        )

    async def _forget(self, account: str) -> None:
        """Forget an account, as a reset does."""
        if not self._is_idle(account):  # while others were served, it was used
            return
        self._uses.drop(account)
        forgotten = self._partitions.forget(account)
        self._partitions.forget_durations(account)
        await let_go(forgotten.values())

    async def _put_away(self, accounts: Sequence[str], housekeeping: "Housekeeping") -> None:
        """Put accounts away once all of them is kept."""
        keeper = self._pipeline.keeper
        keys = [placed.key for account in accounts for placed in self._partitions.placed(account)]
        await housekeeping.put_down(keys)
        turns = Turns()
        for account in accounts:
            await turns.give()
            there = [placed.key for placed in self._partitions.placed(account)]
            is_kept = keeper is not None and all(not keeper.kept[key].work for key in there)
            if self._held:
                return
            if is_kept and account not in self._partitions.away and self._is_idle(account):
                await let_go(self._partitions.put_away(account))

    def _is_idle(self, account: str) -> bool:
        last = self._uses.last(account)
        return (
            last is not None and last <= self._uses.now() - self._seconds and not self._is_in_use(account)
        )

    # -- bringing back ------------------------------------------------------------------------------

    @asynccontextmanager
    async def held(
        self, account: str | None, wanted: Callable[[Placed], bool] | None
    ) -> AsyncIterator[None]:
        """Put nothing away meanwhile; let an account be there, or all of which any partition is wanted."""
        self._held += 1
        try:
            if account is not None:
                self._uses.touch(account)
                await self.bring_back((account,))
                self._uses.touch(account)
            elif wanted is not None:
                await self.bring_back_wanted(wanted)
            yield
        finally:
            self._held -= 1

    async def bring_back_wanted(self, wanted: Callable[[Placed], bool]) -> None:
        """Let all accounts be there of which any partition is wanted; others are served meanwhile."""
        chosen = [
            account for account, there in self._partitions.away.items() if any(map(wanted, there.values()))
        ]
        for start in range(0, len(chosen), _AT_ONCE):
            await self.bring_back(chosen[start : start + _AT_ONCE])

    async def bring_back(self, accounts: Iterable[str]) -> None:
        """Let accounts be there that were put away; others are served meanwhile.

        Raises:
            StoreError: one of them cannot be restored.
        """
        keeper, away = self._pipeline.keeper, self._partitions.away
        if keeper is None:
            return
        wanted = {
            account: {key: placed.away for key, placed in away[account].items()}
            for account in accounts
            if account in away
        }
        if not wanted:
            return
        keys = [
            (key, known.rules)
            for there in wanted.values()
            for key, known in there.items()
            if known is not None
        ]
        made = await keeper.commits.run(
            lambda: [(key, keeper.reader_of(key, rules)) for key, rules in keys]
        )
        found = await in_background(lambda: {key: make() for key, make in made})
        turns = Turns()
        for account, there in wanted.items():
            await turns.give()
            now = {key: placed.away for key, placed in away.get(account, {}).items()}
            if now == there:  # else it came back meanwhile, and may have gone again
                self._partitions.bring_back(account, found)
