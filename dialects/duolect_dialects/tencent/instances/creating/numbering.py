"""Names for a batch of instances: ``web_{R:3}`` becomes web_3, web_4, ...

A name without a pattern gets the suffixes 1, 2, ... when it is for several instances. ``{R:x,F:y}`` pads
the numbers with zeros to y digits. What only looks like a pattern is ordinary text.
"""

import re
from functools import partial
from typing import Final

_PATTERN: Final = re.compile(r"\{R:(\d{1,9})(?:,F:([0-8]))?\}")


def numbered(name: str, count: int) -> tuple[str, ...]:
    """Return the names of ``count`` instances."""
    if _PATTERN.search(name):
        return tuple(_PATTERN.sub(partial(_number, place), name) for place in range(count))
    if count == 1:
        return (name,)
    return tuple(f"{name}{place}" for place in range(1, count + 1))


def _number(place: int, found: re.Match[str]) -> str:
    return str(int(found[1]) + place).zfill(int(found[2] or 0))
