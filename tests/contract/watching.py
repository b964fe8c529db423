"""Polling as SDK users poll."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

_EVERY = 0.02
_PATIENCE = 10


def watch(read: Callable[[], T], until: T) -> list[T]:
    """Read until it says ``until``, and return everything it said on the way, without repeats."""
    deadline = time.monotonic() + _PATIENCE
    seen: list[T] = []
    while True:
        value = read()
        if not seen or seen[-1] != value:
            seen.append(value)
        if value == until:
            return seen
        assert time.monotonic() < deadline, f"waited {_PATIENCE} s for {until}, saw {seen}"
        time.sleep(_EVERY)
