"""The state of the emulator: what a snapshot writes and restores, and every call works on."""

from collections.abc import Sequence

from duolect.clock import Clock
from duolect.state.partitions import Partitions
from duolect.state.turns import Turns
from duolect_dialects.dialect import Dialect


class EmulatorState:
    """All partitions of all clouds, and the clock that they obey."""

    def __init__(self, dialects: Sequence[Dialect], partitions: Partitions, clock: Clock) -> None:
        """Take the clouds in the order in which they look at a request, their partitions, and the clock."""
        self.dialects = dialects
        self.partitions = partitions
        self.clock = clock

    async def settled(self) -> None:
        """Let all happen that is due by now; others are served meanwhile."""
        turns = Turns()
        while self.partitions.agenda.settle_next(self.clock.now()):
            await turns.give()
