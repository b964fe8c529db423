"""What stops the server: signals, and where that is set, the end of its standard input."""

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from types import FrameType
from typing import Final

SIGNALS: Final = tuple(
    getattr(signal, name) for name in ("SIGTERM", "SIGINT", "SIGHUP") if hasattr(signal, name)
)
"""The signals that ask a program to end: SIGHUP comes when its terminal is closed."""
_CHUNK: Final = 65_536


def on_signals(handle: Callable[[int, FrameType | None], None]) -> None:
    """Let signals that ask the program to end be handled so.

    One that was ignored when the program began, as ``nohup`` has it, stays ignored.
    """
    for number in SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, handle)


def with_standard_input() -> None:
    """Stop the program, as SIGTERM does, once its standard input comes to an end.

    Where that is a pipe, it ends with the last process that holds its other end, however that dies: so what
    was started by a program ends with it, on every system and without a look at process ids.
    """
    Thread(target=_read_to_the_end, name="standard input", daemon=True).start()


def _read_to_the_end() -> None:
    with suppress(OSError, AttributeError):  # there is no standard input
        while os.read(sys.stdin.fileno(), _CHUNK):
            pass
    os.kill(os.getpid(), signal.SIGTERM)
