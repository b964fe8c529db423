"""What a request can get beside an answer at once: one that comes later, or none that arrives whole."""

from collections.abc import Callable

import attrs

from duolect_core.model.resources import Instant
from duolect_dialects.exchange import HttpAnswer


@attrs.frozen
class ConnectionClosed:
    """The connection is closed: before any byte, or in the middle of an answer."""

    answer: HttpAnswer | None = None


class Postponed:
    """The request is resumed at an instant of the emulator's clock, and not before."""

    def __init__(self, until: Instant, resume: Callable[[], "Response"]) -> None:
        """Take the instant, and what to call then."""
        self.until = until
        self.resume = resume


Response = HttpAnswer | ConnectionClosed | Postponed
