"""Turns: how long work lets others be served meanwhile.

All work is done in one thread. Whoever has much to do gives the others their turn after each slice of it.
"""

import asyncio
from time import perf_counter
from typing import Final

_SLICE: Final = 0.01
"""Seconds of work after which the others are served."""
_ROUNDS: Final = 3
"""How often the loop goes round then: what has come is read in one round, and answered in the next."""
_PATIENCE: Final = 10.0
"""Seconds after which nobody else is served, so that it ends although others go on adding to the work."""


class Turns:
    """Whose turn it is."""

    def __init__(self) -> None:
        """Begin to work."""
        self._since = perf_counter()
        self._patient_until = self._since + _PATIENCE

    @property
    def is_over(self) -> bool:
        """Whether it is time to let the others be served."""
        return self._since + _SLICE <= perf_counter() < self._patient_until

    async def give(self) -> None:
        """Let the others be served, if it is time."""
        if not self.is_over:
            return
        for _ in range(_ROUNDS):
            await asyncio.sleep(0)
        self._since = perf_counter()
