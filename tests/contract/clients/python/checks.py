"""What the client programs share: where the emulator is, how to wait, and how to say what held."""

import json
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from typing import Final, NoReturn, TypeVar

T = TypeVar("T")

ENDPOINT: Final = os.environ.get("DUOLECT_ENDPOINT") or None
"""Where the emulator is; None leaves endpoint and scheme to the SDK, which then finds it by a proxy."""
SCHEME: Final = os.environ.get("DUOLECT_SCHEME", "http")
KEY: Final = os.environ["DUOLECT_KEY"]
SECRET: Final = os.environ["DUOLECT_SECRET"]

_EVERY = 0.05
_PATIENCE = 20


class CheckFailed(Exception):
    """A check did not hold, and has said so."""


class Checks:
    """ErrorTemplate of one client, called in one way, what held."""

    def __init__(self, client: str, way: str) -> None:
        self._about = {"client": client, "version": version(client), "way": way}

    @contextmanager
    def check(self, name: str) -> Iterator[list[str]]:
        """Say whether the block went through, with the details that it collects."""
        details: list[str] = []
        try:
            yield details
        except Exception as error:
            self._say(name, ok=False, details=[*details, traceback.format_exc()])
            raise CheckFailed from error
        self._say(name, ok=True, details=details)

    def _say(self, name: str, *, ok: bool, details: list[str]) -> None:
        sys.stdout.write(json.dumps({**self._about, "check": name, "ok": ok, "detail": "; ".join(details)}))
        sys.stdout.write("\n")
        sys.stdout.flush()


def main(client: str, ways: Mapping[str, T], scenario: Callable[[Checks, T], None]) -> NoReturn:
    """Run a scenario once for each way of calling; a way that fails does not stop the next one."""
    status = 0
    for way, options in ways.items():
        try:
            scenario(Checks(client, way), options)
        except CheckFailed:
            status = 1
    sys.exit(status)


def watch(read: Callable[[], T], until: T) -> list[T]:
    """Read until it says ``until``; return everything it said on the way, without repeats."""
    deadline = time.monotonic() + _PATIENCE
    seen: list[T] = []
    while True:
        value = read()
        if not seen or seen[-1] != value:
            seen.append(value)
        if value == until:
            return seen
        assert time.monotonic() < deadline, f"waited for {until}, saw {seen}"
        time.sleep(_EVERY)
