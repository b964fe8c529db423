"""The entry point of the command ``duolect``."""

import gc
import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Final

_SIGNALLED: Final = 128
"""Exit status after a signal, as shells have it, less the signal's number."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status.

    What is imported stays, so nothing is collected before the server is ready: a tenth of the start.
    """
    gc.disable()
    try:
        with _stoppable():
            from duolect.cli.command import run  # noqa: PLC0415 - see above

            return run(arguments)
    except KeyboardInterrupt:
        return _SIGNALLED + signal.SIGINT
    finally:
        gc.enable()


@contextmanager
def _stoppable() -> Iterator[None]:
    """Let signals end the program from its first step on.

    A container's first process has no default handlers: a signal that it does not handle is lost. Here it
    ends at once, as any other would. An exception could be raised where Python drops it, as in the
    callbacks of an import.
    """

    def stop(number: int, _: FrameType | None) -> None:
        os._exit(_SIGNALLED + number)

    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = [(number, signal.getsignal(number)) for number in numbers]
    try:
        for number, handler in before:
            if handler is signal.SIG_DFL:
                signal.signal(number, stop)
        yield
    finally:
        for number, handler in before:
            if signal.getsignal(number) is stop:
                signal.signal(number, handler)
