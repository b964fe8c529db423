"""Durations as people write them: ``250ms``, ``30s``, ``1h30m``; a number alone counts seconds."""

import math
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
_PART: Final = r"(\d{1,15}(?:\.\d{1,6})?)(us|ms|s|m|h|d)"
_NUMBER: Final = r"\d{1,15}(?:\.\d{1,6})?"
MEANING: Final = "a duration such as 250ms, 30s or 1h30m; a number alone counts seconds"


class DurationError(ValueError):
    """A text is no duration; ``str`` says what one is."""


def parse(value: str | float) -> Instant:
    """Return microseconds: of a number of seconds, or of numbers with units from us to d.

    Raises:
        DurationError: it is neither, or below 0, or longer than time lasts.
    """
    duration = _seconds(value) if type(value) in {int, float} else _sum(value)
    if duration is None:
        raise DurationError(f"{str(value)[:100]!r} is not {MEANING}")
    if duration > LATEST:
        raise DurationError(f"{str(value)[:100]} is longer than time lasts")
    return duration


def _seconds(value: object) -> Instant | None:
    """Return a number of seconds in microseconds, where it can be a duration."""
    if type(value) is int and value >= 0:
        return value * SECOND
    if type(value) is float and math.isfinite(value) and value >= 0:
        return round(min(value, LATEST) * SECOND)
    return None


def _sum(text: object) -> Instant | None:
    """Return what a text says in microseconds, or None where it says no duration."""
    if not isinstance(text, str) or not text:
        return None
    if re.fullmatch(_NUMBER, text, re.ASCII):
        return round(float(text) * SECOND)
    parts = list(re.finditer(_PART, text, re.ASCII))
    if "".join(part.group() for part in parts) != text:
        return None
    return round(sum(float(part.group(1)) * _UNITS[part.group(2)] for part in parts))


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
