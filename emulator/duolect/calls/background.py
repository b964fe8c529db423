"""Work that takes long and may be done beside the calls, such as loading modules."""

import sys
from asyncio import to_thread
from collections.abc import Callable
from typing import Final, TypeVar

T = TypeVar("T")
_BRIEF: Final = 0.0005
_USUAL: Final = 0.005
"""Seconds after which a thread lets others run, while there is such work and else."""


async def in_background(work: Callable[[], T]) -> T:
    """Do work in a thread of its own, and return what comes of it; calls are served meanwhile."""
    sys.setswitchinterval(_BRIEF)
    try:
        return await to_thread(work)
    finally:
        sys.setswitchinterval(_USUAL)
