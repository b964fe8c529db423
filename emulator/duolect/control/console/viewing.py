"""What is kept while somebody looks: the past of partitions, and what calls were answered.

The first console that is opened begins it. When the last one was closed it all goes, after a while in which
a page may be loaded again.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from weakref import WeakKeyDictionary

from duolect.calls.pipeline import Pipeline
from duolect.control.console.exchanges import Exchanges
from duolect.control.console.history import MOST_RESOURCES, History
from duolect.state.partitions import resources_in
from duolect_core.engine.partition import Partition

GRACE: Final = 30.0
"""Seconds after the last console was closed in which what was kept for it stays."""


class Viewing:
    """Who looks at an emulator, and what is kept for them."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self.viewers = 0
        self.exchanges = Exchanges()
        self._histories: WeakKeyDictionary[Partition, History] = WeakKeyDictionary()

    @contextmanager
    def looking(self, pipeline: Pipeline) -> Iterator[None]:
        """Count one more who looks."""
        self.viewers += 1
        pipeline.witness = self.exchanges.note
        try:
            yield
        finally:
            self.viewers -= 1
            if not self.viewers:
                asyncio.get_running_loop().call_later(GRACE, self.end, pipeline)

    def end(self, pipeline: Pipeline) -> None:
        """Keep nothing any more, unless somebody looks."""
        if self.viewers:
            return
        pipeline.witness = None
        self.exchanges = Exchanges()
        for history in self._histories.values():
            history.close()
        self._histories.clear()

    def record(self, partition: Partition) -> History | None:
        """Return the history of a partition, which begins now unless it did before; None of a large one."""
        history = self._histories.get(partition)
        if history is not None and history.full:
            history.close()
            history = None
        if history is None and resources_in(partition) <= MOST_RESOURCES:
            history = self._histories[partition] = History(partition)
        return history

    def drop(self, partition: Partition) -> None:
        """Forget the history of a partition that is no more."""
        history = self._histories.pop(partition, None)
        if history is not None:
            history.close()

    def history(self, partition: Partition) -> History | None:
        """Return the history of a partition, if it has one."""
        return self._histories.get(partition)


_viewings: Final[WeakKeyDictionary[Pipeline, Viewing]] = WeakKeyDictionary()


def viewing_of(pipeline: Pipeline) -> Viewing:
    """Return what is kept for those who look at an emulator."""
    viewing = _viewings.get(pipeline)
    if viewing is None:
        viewing = _viewings[pipeline] = Viewing()
    return viewing
