"""The past of partitions, since somebody looks at them: every version can be seen again.

A history is the archive of a partition, as it was when the history began, and every command since.
Commands are deterministic, so that they make of it, to the bit, what the partition was: after so many of
them, at an instant. That is how the console goes back in time; nothing is kept for it while none is open.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Final

from duolect.state.forked import CopyFailed, on_the_state, whole
from duolect.state.partitions import weight
from duolect.state.turns import Turns
from duolect_core import archive
from duolect_core.engine.partition import Entry, Partition
from duolect_core.model.resources import Instant

MOST_RESOURCES: Final = 2_000
"""Of how many resources a partition may be: to read it again keeps others waiting."""
MOST_ENTRIES: Final = 20_000
"""How many commands a history holds; then another one has to take its place."""


class NoPast(Exception):
    """The past of a partition cannot be had."""


class History:
    """What a partition was since this was made, by versions: the version 0 is what it was then."""

    def __init__(self, partition: Partition) -> None:
        """Begin as soon as the event loop goes on, and follow the partition until ``close``."""
        self._partition = partition
        self._rules = partition.rules
        self._reading = asyncio.Lock()
        self._past: Partition | None = None
        self._done = 0
        self._follows = False
        self.since = partition.now
        self.entries: list[Entry] = []
        self.full = False
        """Whether commands were carried out that it does not hold."""
        self._base = asyncio.ensure_future(self._begin())

    async def _begin(self) -> bytes:
        """Return the partition's archive as it is now; a copy of the process makes it if it is large."""
        partition = self._partition
        self.since, self._rules, self._follows = partition.now, partition.rules, True
        partition.subscribe(self._append)
        return await whole(on_the_state(partial(_written, partition), weight(partition)))

    @property
    def version(self) -> int:
        """How many commands were carried out since."""
        return len(self.entries)

    def close(self) -> None:
        """Follow the partition no longer."""
        self._base.cancel()
        if self._follows:
            self._follows = False
            self._partition.unsubscribe(self._append)

    def _append(self, entry: Entry) -> None:
        if len(self.entries) < MOST_ENTRIES:
            self.entries.append(entry)
        else:
            self.full = True

    @asynccontextmanager
    async def past(self, version: int, instant: Instant | None) -> AsyncIterator[Partition]:
        """Let the partition be read as it was after so many commands, at an instant before the next one.

        Without an instant it is that of the latest of the commands.

        Raises:
            NoPast: what it was could not be kept.
        """
        async with self._reading:
            try:
                base = await asyncio.shield(self._base)
            except (CopyFailed, asyncio.CancelledError):
                raise NoPast from None
            version = min(version, self.version)
            last = self.entries[version - 1].at if version else self.since
            at = max(last, last if instant is None else instant)
            if version < self.version:
                at = min(at, self.entries[version].at)
            past = self._past
            if past is None or version < self._done or at < past.now:
                past, self._done = archive.load(json.loads(base), self._rules), 0
                self._past = past
            turns = Turns()
            while self._done < version:
                past.repeat(self.entries[self._done])
                self._done += 1
                await turns.give()
            past.settle(at)
            yield past


def _written(partition: Partition) -> Iterator[bytes]:
    yield json.dumps(archive.dump(partition)).encode()
