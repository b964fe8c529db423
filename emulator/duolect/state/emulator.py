"""The state of the emulator: what a snapshot writes and restores, and every call works on."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Protocol

from duolect.clock import Clock, Clocks
from duolect.state.agenda import Agenda
from duolect.state.partitions import Partitions
from duolect.state.turns import Turns
from duolect_core.model.resources import Instant
from duolect_dialects.dialect import Dialect


class Beside(Protocol):
    """What belongs to the emulator beside partitions and clocks, as sections of a snapshot."""

    def taken(self, names: Collection[str], access_key: str | None, cloud: str | None) -> dict[str, Any]:
        """Return the sections of these names: of everything, or of one account, or on one cloud."""
        ...

    def prepared(
        self, sections: Mapping[str, Any], access_key: str | None, cloud: str | None, into: str | None
    ) -> Callable[[], None]:
        """Read sections, and return what makes all that they cover what they say.

        Raises:
            Unfit: they cannot be restored.
        """
        ...


class EmulatorState:
    """All partitions of all clouds, and the clocks that they obey."""

    def __init__(self, dialects: Sequence[Dialect], partitions: Partitions, clocks: Clocks) -> None:
        """Take the clouds in the order in which they look at a request, the partitions, and the clocks."""
        self.dialects = dialects
        self.partitions = partitions
        self.clocks = clocks
        self.beside: Callable[[], Beside] | None = None
        """Returns what belongs to the emulator beside this, where there is such."""
        partitions.when_forgotten(self._forget_clocks)

    @property
    def clock(self) -> Clock:
        """The common clock."""
        return self.clocks.common

    def now(self, account: str) -> Instant:
        """Return what time it is for an account."""
        return self.clocks.of(account).now()

    def separate(self, account: str) -> Clock:
        """Return an account's own clock, which it gets now if it had none."""
        clock = self.clocks.separate(account)
        self.partitions.separate(account)
        return clock

    def agendas(self) -> Iterator[tuple[Clock, Agenda]]:
        """Iterate over the clocks, each with the agenda of what obeys it."""
        yield self.clock, self.partitions.agenda
        for account, agenda in self.partitions.own_agendas():
            yield self.clocks.of(account), agenda

    async def settled(self) -> None:
        """Let all happen that is due by now; others are served meanwhile."""
        turns = Turns()
        for clock, agenda in self.agendas():
            while agenda.settle_next(clock.now()):
                await turns.give()

    def _forget_clocks(self, account: str | None, cloud: str | None, region: str | None) -> None:
        """Let accounts of which all is forgotten obey the common clock again."""
        if cloud is None and region is None:
            self.clocks.forget(account)
