"""What a request can get beside an answer at once: one that comes later, or none that arrives whole."""

from collections.abc import Callable

import attrs

from duolect_core.model.resources import Instant
from duolect_dialects.exchange import HttpAnswer


@attrs.frozen
class ConnectionClosed:
    """The connection is closed: before any byte, or in the middle of an answer."""

    answer: HttpAnswer | None = None


@attrs.frozen(eq=False)
class Postponed:
    """The request is resumed at an instant of the emulator's clock, and not before."""

    until: Instant
    resume: Callable[[], "Response"]


Response = HttpAnswer | ConnectionClosed | Postponed
