"""The state of the emulator: what a snapshot writes and restores, and every call works on."""

from collections.abc import Sequence

import attrs

from duolect.clock import Clock
from duolect.state.partitions import Partitions
from duolect_dialects.dialect import Dialect


@attrs.frozen(eq=False)
class EmulatorState:
    """All partitions of all clouds, and the clock that they obey."""

    dialects: Sequence[Dialect]
    """The clouds, in the order in which they look at a request."""
    partitions: Partitions
    clock: Clock
