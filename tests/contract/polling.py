"""Polling as SDK users poll."""

from collections.abc import Callable
from time import monotonic, sleep
from typing import TypeVar

T = TypeVar("T")

_INTERVAL, _TIMEOUT = 0.02, 10
"""Seconds."""


def poll(read: Callable[[], T], until: T) -> list[T]:
    """Read until it says ``until``, and return everything it said on the way, without repeats."""
    deadline = monotonic() + _TIMEOUT
    seen: list[T] = []
    while True:
        value = read()
        if not seen or seen[-1] != value:
            seen.append(value)
        if value == until:
            return seen
        assert monotonic() < deadline, f"waited {_TIMEOUT} s for {until}, saw {seen}"
        sleep(_INTERVAL)
