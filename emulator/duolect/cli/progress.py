"""How far a command is, on a terminal: one line of standard error that changes, and is gone in the end."""

import sys
import time
from collections.abc import Iterable, Iterator
from typing import Final

_PACE: Final = 0.1
"""Seconds between two looks at it."""
_MEGABYTE: Final = 1_000_000


def shown(parts: Iterable[bytes], text: str, size: int | None = None, *, then: str = "") -> Iterator[bytes]:
    """Pass parts on, and tell how many megabytes there were, of so many where that is known.

    ``then`` tells what is waited for afterwards; else the line is gone.
    """
    terminal, passed, told = sys.stderr.isatty(), 0, 0.0
    whole = "" if size is None else f" of {size / _MEGABYTE:.1f}"
    for part in parts:
        yield part
        passed += len(part)
        if terminal and time.monotonic() - told >= _PACE:
            told = time.monotonic()
            sys.stderr.write(f"\r\033[Kduolect: {text} {passed / _MEGABYTE:.1f}{whole} MB")
            sys.stderr.flush()
    if terminal:
        sys.stderr.write(f"\r\033[Kduolect: {then}" if then else "\r\033[K")
        sys.stderr.flush()


def end() -> None:
    """Let the line be gone."""
    if sys.stderr.isatty():
        sys.stderr.write("\r\033[K")
