"""Durations as people write them: ``250ms``, ``30s``, ``1h30m``."""

import re
from typing import Final

from duolect_core.model.resources import LATEST, MILLISECOND, SECOND, Instant

_UNITS: Final = {
    "us": 1,
    "ms": MILLISECOND,
    "s": SECOND,
    "m": 60 * SECOND,
    "h": 3600 * SECOND,
    "d": 86_400 * SECOND,
}
_PART: Final = re.compile(r"(\d{1,15}(?:\.\d{1,6})?)(us|ms|s|m|h|d)", re.ASCII)
_MOST_DIGITS: Final = 18
MEANING: Final = "a duration such as 250ms, 30s or 1h30m; a number alone counts milliseconds"


class DurationError(ValueError):
    """A text is no duration; ``str`` says what one is."""


def parse(value: str | int) -> Instant:
    """Return microseconds: of a number of milliseconds, or of numbers with units from us to d.

    Raises:
        DurationError: it is neither, below 0, or longer than the time from 1970 to the year 9999.
    """
    text = value if isinstance(value, str) else ""
    if type(value) is int and value >= 0:
        duration = value * MILLISECOND
    elif text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS:
        duration = int(text) * MILLISECOND
    else:
        parts = list(_PART.finditer(text))
        if not text or "".join(part.group() for part in parts) != text:
            raise DurationError(f"{str(value)[:100]!r} is not {MEANING}")
        duration = round(sum(float(part.group(1)) * _UNITS[part.group(2)] for part in parts))
    if duration > LATEST:
        raise DurationError(f"{str(value)[:100]!r} is longer than time lasts")
    return duration


def show(duration: Instant) -> str:
    """Return the shortest text of which ``parse`` makes this duration."""
    if duration == 0:
        return "0s"
    parts = []
    for unit, size in reversed(_UNITS.items()):
        count, duration = divmod(duration, size)
        if count:
            parts.append(f"{count}{unit}")
    return "".join(parts)
