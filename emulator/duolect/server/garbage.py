"""The garbage collector, so that no request waits for it."""

import gc
from time import perf_counter
from typing import Final

_FULL_COLLECTION: Final = 2
"""The oldest generation of the garbage collector, and so the number of a collection of all of them."""
_LONG: Final = 0.005
"""Seconds that a full collection takes where it looks at some 50,000 objects."""


def tune_garbage_collection() -> None:
    """Keep the collector away from long-lived objects, so that no request waits for it.

    Resources hold no cycles and go when they are deleted. A full collection that looked at all of them
    would take 0.1 s with 100,000 interfaces, and find nothing. So what is there now is looked at no more,
    nor is what a full collection leaves that took long: the next one has only what came since.
    """
    gc.freeze()
    gc.callbacks.append(_LongCollections().watch)
    gc.enable()


class _LongCollections:
    """Watches how long full collections take."""

    def __init__(self) -> None:
        self._began = 0.0

    def watch(self, phase: str, info: dict[str, int]) -> None:
        """Take the survivors of a full collection out of the sight of the next one, where it took long."""
        if info["generation"] != _FULL_COLLECTION:
            return
        if phase == "start":
            self._began = perf_counter()
        elif perf_counter() - self._began > _LONG:
            gc.freeze()
