"""The past of partitions, since somebody looks at them: every version can be seen again.

A history is a partition as it was when the history began, as bytes, and every command since. Commands are
deterministic, so that they make of it, to the bit, what the partition was: after so many of them, at an
instant. That is how the console goes back in time; nothing is kept for it while no console is open.
"""

import asyncio
import io
import pickle
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, Final

from duolect.state.forked import CopyFailed, on_the_state, whole
from duolect.state.turns import Turns
from duolect_core.engine.partition import Entry, Partition
from duolect_core.model.resources import Instant

MOST_RESOURCES: Final = 2_000
"""Of how many resources a partition may be: to read it again keeps others waiting."""
MOST_ENTRIES: Final = 20_000
"""How many commands a history holds; then another one has to take its place."""


class NoPast(Exception):
    """The past of a partition cannot be had."""


def size_of(partition: Partition) -> int:
    """Return how many resources there are in a partition."""
    return sum(map(len, partition.graph.tables()))


class History:
    """What a partition was since this was made, by versions: the version 0 is what it was then."""

    def __init__(self, partition: Partition) -> None:
        """Begin as soon as the event loop goes on, and follow the partition until ``close``."""
        self._partition = partition
        self._shared = _shared(partition)
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
        """Return the partition as it is now, as bytes, which a copy of the process makes if it is large."""
        partition = self._partition
        self.since, self._follows = partition.now, True
        partition.subscribe(self._append)
        return await whole(on_the_state(partial(_written, partition), size_of(partition)))

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
            except (CopyFailed, pickle.PicklingError, asyncio.CancelledError):
                raise NoPast from None
            version = min(version, self.version)
            last = self.entries[version - 1].at if version else self.since
            at = max(last, last if instant is None else instant)
            if version < self.version:
                at = min(at, self.entries[version].at)
            past = self._past
            if past is None or version < self._done or at < past.now:
                past, self._done = _read(base, self._shared), 0
                self._past = past
            turns = Turns()
            while self._done < version:
                past.repeat(self.entries[self._done])
                self._done += 1
                await turns.give()
            past.settle(at)
            yield past


# -- a partition as bytes ---------------------------------------------------------------------------------


def _shared(partition: Partition) -> dict[str, Any]:
    """Return what is not of the partition itself, by the names that stand for it."""
    handlers = enumerate(each for _, each in partition._handlers)  # noqa: SLF001 - as ``copy`` does
    return {"rules": partition.rules, **{f"handlers {number}": each for number, each in handlers}}


class _Writer(pickle.Pickler):
    def __init__(self, file: io.BytesIO, partition: Partition) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        known = {id(each): name for name, each in _shared(partition).items()}
        followers = {id(partition._recorders): "followers", id(partition.timeline.watcher): "watcher"}  # noqa: SLF001
        self._known = {**known, **followers}
        self._known.pop(id(None), None)

    def persistent_id(self, each: Any) -> str | None:  # noqa: ANN401 - whatever a partition holds
        return self._known.get(id(each))


class _Reader(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, shared: dict[str, Any]) -> None:
        super().__init__(file)
        self._known = {**shared, "watcher": None}

    def persistent_load(self, name: str) -> Any:  # noqa: ANN401 - whatever a partition holds
        return [] if name == "followers" else self._known[name]


def _written(partition: Partition) -> Iterator[bytes]:
    file = io.BytesIO()
    _Writer(file, partition).dump(partition)
    yield file.getvalue()


def _read(base: bytes, shared: dict[str, Any]) -> Partition:
    partition: Partition = _Reader(io.BytesIO(base), shared).load()
    return partition
