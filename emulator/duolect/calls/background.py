"""Work that takes long and may be done beside the calls, such as loading modules.

It is done by a thread that lets the calls run again after a fraction of a millisecond. Only a single step
that Python does not interrupt, such as sorting many things or reading a long text of JSON, makes them wait:
who works here takes many small ones.
"""

import gc
import sys
from asyncio import to_thread
from collections.abc import Callable, Iterable
from functools import partial
from typing import Final, TypeVar

from duolect.state.partitions import weight
from duolect_core.engine.dismantling import dismantle
from duolect_core.engine.partition import Partition

T = TypeVar("T")
_BRIEF: Final = 0.0005
_USUAL: Final = 0.005
"""Seconds after which a thread lets others run, while there is such work and else."""
_LITTLE: Final = 1_000
"""How many things are freed so soon that it is no work."""


class _Brevity:
    """Lets threads run only briefly as long as anybody works in the background."""

    def __init__(self) -> None:
        self._users = 0

    def __enter__(self) -> None:
        self._users += 1
        sys.setswitchinterval(_BRIEF)

    def __exit__(self, *_: object) -> None:
        self._users -= 1
        if not self._users:
            sys.setswitchinterval(_USUAL)


class _Uncollected:
    """Keeps the garbage collector away as long as anybody makes very many things that stay."""

    def __init__(self) -> None:
        self._users = 0

    def __enter__(self) -> None:
        self._users += 1
        gc.disable()

    def __exit__(self, *_: object) -> None:
        self._users -= 1
        if not self._users:
            gc.freeze()  # what is there now is looked at no more: that would be one long step
            gc.enable()


_briefly: Final = _Brevity()
_uncollected: Final = _Uncollected()


async def in_background(work: Callable[[], T]) -> T:
    """Do work in a thread of its own, and return what comes of it; calls are served meanwhile."""
    with _briefly:
        return await to_thread(work)


async def make_in_background(work: Callable[[], T]) -> T:
    """Do work of which very much comes that stays, as ``in_background`` does any."""
    with _uncollected:
        return await in_background(work)


async def let_go(partitions: Iterable[Partition | None]) -> None:
    """Let go of partitions that nobody uses any more; calls are served meanwhile."""
    for each in partitions:
        if each is not None and weight(each) > _LITTLE:
            await in_background(partial(dismantle, each))
