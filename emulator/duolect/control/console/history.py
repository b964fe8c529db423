"""The past of partitions, since somebody looks at them: every version can be seen again.

A history is a copy of a partition as it was when the history began, and every command since. Commands are
deterministic, so that they make of a copy, to the bit, what the partition was: after so many of them, at an
instant. That is how the console goes back in time; nothing is kept for it while no console is open.
"""

from asyncio import Lock
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from duolect.state.turns import Turns
from duolect_core.engine.partition import Entry, Partition
from duolect_core.model.resources import Instant

MOST_RESOURCES: Final = 2_500
"""Of how many resources a partition may be that is copied while others wait."""
MOST_ENTRIES: Final = 20_000
"""How many commands a history holds; then another one has to take its place."""


def size_of(partition: Partition) -> int:
    """Return how many resources there are in a partition."""
    return sum(map(len, partition.graph.tables()))


class History:
    """What a partition was since this was made, by versions: the version 0 is what it was then."""

    def __init__(self, partition: Partition) -> None:
        """Begin here, and follow what becomes of the partition until ``close``."""
        self._partition = partition
        self._reading = Lock()
        self._base = partition.copy()
        self._past: Partition | None = None
        self._done = 0
        self.since = self._base.now
        self.entries: list[Entry] = []
        self.full = False
        """Whether commands were carried out that it does not hold."""
        partition.subscribe(self._append)

    @property
    def version(self) -> int:
        """How many commands were carried out since."""
        return len(self.entries)

    def close(self) -> None:
        """Follow the partition no longer."""
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
        """
        async with self._reading:
            version = min(version, self.version)
            last = self.entries[version - 1].at if version else self.since
            at = max(last, last if instant is None else instant)
            if version < self.version:
                at = min(at, self.entries[version].at)
            past = self._past
            if past is None or version < self._done or at < past.now:
                past, self._done = self._base.copy(), 0
                self._past = past
            turns = Turns()
            while self._done < version:
                past.repeat(self.entries[self._done])
                self._done += 1
                await turns.give()
            past.settle(at)
            yield past
