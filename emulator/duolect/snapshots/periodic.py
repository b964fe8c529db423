"""Snapshots that are written again and again while the emulator serves."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from duolect.settings.checks import SettingsError

_log = logging.getLogger("duolect.snapshots")


class PeriodicSnapshots:
    """Writes a snapshot every so many seconds of real time, from ``start`` to ``stop``."""

    def __init__(self, seconds: float, write: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Take the interval, and what writes one to its place while calls go on."""
        self._seconds = seconds
        self._write = write
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin, in the event loop that runs."""
        self._task = asyncio.get_running_loop().create_task(self._repeat())

    async def stop(self) -> None:
        """Write no more; what is being written is finished first."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _repeat(self) -> None:
        while True:
            await asyncio.sleep(self._seconds)
            writing = asyncio.ensure_future(self._write())
            try:
                await asyncio.shield(writing)
            except asyncio.CancelledError:
                with suppress(SettingsError):
                    await writing
                raise
            except SettingsError as reason:  # the next one may do better
                _log.error("%s", reason)
