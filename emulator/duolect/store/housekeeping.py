"""Housekeeping beside the calls: snapshots of partitions whose logs are long, and what is needed no more.

A start has to repeat all commands since the latest snapshots: so there are never many more of them than
``ENOUGH``. Of each partition the two latest snapshots are kept, so that one of them may be damaged, and one
that lies ``REACH`` commands back, from which the commands since can be gone through. A snapshot is made by
a copy of the process; writing it, and letting go of what is old, goes in small steps, between which what
calls change is kept.
"""

import asyncio
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Final

from duolect.state.archives import archived
from duolect.state.forked import CopyFailed, on_the_state, whole
from duolect.state.partitions import Key, weight
from duolect.store.interface import Damaged, WriteFailed
from duolect.store.keeper import Keeper, KeptPartition
from duolect_core.engine.partition import Partition

ENOUGH: Final = 5_000
"""Commands to be repeated from which on snapshots are made: less than half a second's work."""
SHARED: Final = 2_000
"""The same, where another emulator repeats them while clients wait."""
LEAST: Final = 500
"""Of how many commands a log is so short that its partition needs no snapshot."""
_SHARE: Final = 8
"""A partition gets a snapshot only after one command for so many things in it: to write them takes time."""
_LENGTH: Final = 8
"""Bytes that say how long an archive is."""
REACH: Final = 5_000
"""How many commands can be gone back at least, once there are so many."""
_log = logging.getLogger("duolect.store")


class Housekeeping:
    """Keeps the store of a keeper in order, from ``start`` to ``stop``."""

    def __init__(
        self, keeper: Keeper, *, enough: int = ENOUGH, least: int = LEAST, reach: int = REACH
    ) -> None:
        """Take the keeper."""
        self._keeper = keeper
        self._enough, self._least, self._reach = enough, least, reach
        self._due = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._alone = asyncio.Lock()

    def start(self) -> None:
        """Begin, in the event loop that runs."""
        self._keeper.enough, self._keeper.when_enough = self._enough, self._due.set
        self._due.set()
        self._task = asyncio.get_running_loop().create_task(self._repeat())

    async def stop(self) -> None:
        """Do no more; what is under way is given up."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _repeat(self) -> None:
        while True:
            await self._due.wait()
            try:
                await self.tidy_up()
            except CopyFailed:
                _log.warning("no snapshot for the store: the process could not be copied")
            except (WriteFailed, Damaged) as reason:  # another time may do better
                _log.warning("the store is not tidied up: %s", reason)
            except Exception:  # noqa: BLE001 - calls go on, and the log has the reason
                _log.exception("the store is not tidied up")
            self._keeper.enough = max(self._enough, self._keeper.work + self._enough // 2)
            self._due.clear()

    async def tidy_up(self) -> None:
        """Let go of what was dropped, and make the snapshots that are due.

        Raises:
            WriteFailed: the store cannot be written.
            CopyFailed: a snapshot could not be made.
        """
        async with self._alone:
            await self._tidy_up()

    async def put_down(self, keys: Iterable[Key]) -> None:
        """Make snapshots of partitions that have changed since their latest ones, and see that all is kept.

        Raises:
            WriteFailed: the store cannot be written.
            CopyFailed: a snapshot could not be made.
        """
        async with self._alone:
            kept = self._keeper.kept
            if chosen := {key: kept[key] for key in keys if key in kept and kept[key].work}:
                await self._take(chosen)
        await self._keeper.commits.wait_long()

    async def _tidy_up(self) -> None:
        keeper = self._keeper
        while keeper.dropped:
            await keeper.commits.wait_long()
            number = keeper.dropped[0]
            await keeper.commits.run_in_steps(keeper.store.tidy(number, ()))
            keeper.dropped.remove(number)
        if keeper.work < self._enough:
            return
        left, chosen = keeper.work, dict[Key, KeptPartition]()
        for key, found in keeper.long_logs(self._least):
            if left >= self._enough // 2 and found.work >= weight(found.partition) // _SHARE:
                chosen[key] = found
                left -= found.work
        if chosen:
            await self._take(chosen)

    async def _take(self, chosen: Mapping[Key, KeptPartition]) -> None:
        """Make snapshots of partitions, all by one copy of the process, and let go of what is needless."""
        keeper = self._keeper
        heads = [(each.version, each.work, keeper.snapshot_of(each, b"")) for each in chosen.values()]
        keeper.commits.changed_if_any()
        partitions = [each.partition for each in chosen.values()]
        text = await whole(on_the_state(partial(_texts, partitions), sum(map(weight, partitions))))
        await keeper.commits.wait_long()  # what it tells must not be there before the log says it
        place = 0
        for (key, found), (version, work, head) in zip(chosen.items(), heads, strict=True):
            begin = place + _LENGTH
            place = begin + int.from_bytes(text[place:begin])
            if keeper.kept.get(key) is not found:
                continue
            snapshot = head.of(text[begin:place])
            await keeper.commits.run_in_steps(keeper.store.write_snapshot(found.number, snapshot))
            found.work -= work
            if keeper.kept.get(key) is found:
                keeper.work -= work
            found.snapshots[:] = needed([*found.snapshots, version], self._reach)
            await keeper.commits.run_in_steps(keeper.store.tidy(found.number, tuple(found.snapshots)))


def _texts(partitions: Sequence[Partition]) -> Iterator[bytes]:
    """Yield the archives of partitions, each after its length."""
    for partition in partitions:
        text = archived(partition)
        yield len(text).to_bytes(_LENGTH)
        yield text


def needed(versions: Sequence[int], reach: int) -> list[int]:
    """Return which snapshots are needed: the two latest, and one that lies so many commands back."""
    far = [each for each in versions if each <= versions[-1] - reach]
    return sorted({*versions[-2:], far[-1] if far else versions[0]})
