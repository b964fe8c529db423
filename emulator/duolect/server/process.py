"""Running the emulator as a process of its own, from a program."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Timer
from typing import IO, Final

from duolect.client import Duolect

_START: Final = 30.0
"""Seconds in which it must be ready."""
_STOP: Final = 10.0
"""Seconds in which it must end."""
_READY: Final = "Duolect is ready on http://"


class NotStarted(RuntimeError):
    """The emulator did not start; ``str`` holds what it said."""


@contextmanager
def running(
    *flags: str, environment: Mapping[str, str] | None = None, **settings: object
) -> Iterator[Duolect]:
    """Run an emulator on a free port until the block ends, and return its client.

    Settings are those of ``duolect serve``: ``running(timing="instant", seed=7)``. ``flags`` are further
    arguments as a shell would give them, and ``environment`` is used instead of this process's.

    Raises:
        NotStarted: a setting is wrong, or it is not ready within half a minute.
    """
    given = [
        part for name, value in settings.items() for part in (f"--{name.replace('_', '-')}", str(value))
    ]
    command = [sys.executable, "-m", "duolect", "serve", "--port", "0", *given, *flags]
    with tempfile.TemporaryFile("w+") as complaints:
        process = subprocess.Popen(  # noqa: S603 - this very program
            command, env=environment, stdout=subprocess.PIPE, stderr=complaints, text=True
        )
        try:
            yield Duolect(_endpoint(process, complaints))
        finally:
            _end(process)


def _endpoint(process: subprocess.Popen[str], complaints: IO[str]) -> str:
    """Return what the ready line names."""
    patience = Timer(_START, process.kill)
    patience.start()
    line = process.stdout.readline() if process.stdout else ""
    patience.cancel()
    if not line.startswith(_READY):
        process.wait()
        complaints.seek(0)
        raise NotStarted(complaints.read().strip() or f"the emulator was not ready in {_START:.0f} s")
    return line.removeprefix(_READY).strip()


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout:
        process.stdout.close()
