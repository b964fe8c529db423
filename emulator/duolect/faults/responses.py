"""What a request can get beside an answer at once: one that comes later, or none that arrives whole."""

from collections.abc import Callable
from enum import Enum

import attrs

from duolect_core.by_fields import Shown, Value
from duolect_core.model.resources import Instant
from duolect_dialects.exchange import HttpAnswer


@attrs.frozen(eq=False, repr=False)
class ConnectionClosed(Value):
    """The connection is closed: before any byte, or in the middle of an answer; or it is reset."""

    answer: HttpAnswer | None = None
    reset: bool = False


@attrs.frozen(eq=False, repr=False)
class ShapedAnswer(Value):
    """An answer that is not sent as others are: with another length than its own, or slowly."""

    answer: HttpAnswer
    content_length: int | None = None
    bytes_per_second: int | None = None


class Ending(Enum):
    """What can end a wait before its time."""

    CLIENT_GONE = "client gone"
    FORGOTTEN = "forgotten"
    """What the call was about was forgotten: by a reset, or by a snapshot that was restored."""
    STOPPED = "stopped"


@attrs.frozen(eq=False, repr=False)
class Postponed(Shown):
    """The request is resumed at an instant of the emulator's clock, and not before.

    Either ``resume`` is called, once the clock has come there, or ``end``, with what ended the wait before.
    """

    until: Instant
    partition: tuple[str, str, str]
    """The cloud, account and region in which the call would be carried out."""
    resume: Callable[[], "Response"]
    end: Callable[[Ending], "Response"]


Response = HttpAnswer | ConnectionClosed | ShapedAnswer | Postponed
