"""Running the emulator as a process of its own, from a program."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from signal import Signals
from threading import Timer
from typing import IO, Final

from duolect.client import Duolect

_START_TIMEOUT: Final = 30.0
"""Seconds in which it must be ready."""
_STOP_TIMEOUT: Final = 10.0
"""Seconds in which it must end."""
_READY: Final = "Duolect is ready on "
_LAST_LINES: Final = 20
"""How many of the last lines that it said are shown where it ended by itself."""


class NotStarted(RuntimeError):
    """The emulator did not start; ``str`` holds what it said."""


class Emulator:
    """An emulator that runs as a process of its own."""

    def __init__(self, process: subprocess.Popen[str], errors: IO[str], client: Duolect) -> None:
        """Take the process, the file in which it says what is wrong, and its client."""
        self._process, self._errors = process, errors
        self.client = client
        self._told = False

    @property
    def has_ended(self) -> bool:
        """Whether it runs no longer."""
        return self._process.poll() is not None

    def how_it_ended(self) -> str:
        """Return of what it ended, and the last that it said; from then on only that it has ended."""
        if self._told:
            return "the emulator has ended: the first report says how"
        self._told = True
        self._errors.seek(0)
        said = "\n".join(self._errors.read().strip().splitlines()[-_LAST_LINES:])
        status = self._process.wait()
        cause = f"status {status}" if status >= 0 else f"the signal {Signals(-status).name}"
        return f"the emulator ended by itself, with {cause}" + (f"; it last said:\n{said}" if said else "")


@contextmanager
def running(
    *flags: str, environment: Mapping[str, str] | None = None, **settings: object
) -> Iterator[Duolect]:
    """Run an emulator on a free port until the block ends, and return its client.

    Settings are those of ``duolect serve``: ``running(timing="instant", seed=7)``. ``flags`` are further
    arguments as a shell would give them, and ``environment`` is used instead of this process's. The
    emulator ends with this process, also where that is killed.

    Raises:
        NotStarted: a setting is wrong, or it is not ready within half a minute.
    """
    with started(*flags, environment=environment, **settings) as emulator:
        yield emulator.client


@contextmanager
def started(
    *flags: str, environment: Mapping[str, str] | None = None, **settings: object
) -> Iterator[Emulator]:
    """Run an emulator as ``running`` does, and return what tells how it ended, where it did by itself."""
    settings_flags = [
        part for name, value in settings.items() for part in (f"--{name.replace('_', '-')}", str(value))
    ]
    command = [sys.executable, "-m", "duolect", "serve", "--port", "0", *settings_flags, *flags]
    command += ["--stop-on-eof", "true"]
    with tempfile.TemporaryFile("w+") as errors:
        process = subprocess.Popen(  # noqa: S603 - this very program
            command,
            env=environment,
            stdin=subprocess.PIPE,  # it ends with this process, however that dies, and the emulator with it
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        try:
            token = settings.get("control_token")
            client = Duolect(_endpoint(process, errors), token=str(token) if token else None)
            yield Emulator(process, errors, client)
        finally:
            _stop(process)


def _endpoint(process: subprocess.Popen[str], errors: IO[str]) -> str:
    """Return the address in the ready line."""
    timeout = Timer(_START_TIMEOUT, process.kill)
    timeout.start()
    line = process.stdout.readline() if process.stdout else ""
    timeout.cancel()
    if endpoint := _named_in(line):
        return endpoint
    process.wait()
    errors.seek(0)
    raise NotStarted(errors.read().strip() or f"the emulator was not ready in {_START_TIMEOUT:.0f} s")


def _named_in(line: str) -> str:
    """Return the endpoint in the first line that a server writes, in either format of its log."""
    if line.startswith("{"):
        return str(json.loads(line)["endpoint"])
    return line.removeprefix(_READY).removeprefix("http://").strip() if line.startswith(_READY) else ""


def _stop(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(_STOP_TIMEOUT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()
