"""How the examples tell what happens: steps, and a table of them."""

import os
import sys
import textwrap
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

T = TypeVar("T")

ENDPOINT = os.environ.get("DUOLECT_ENDPOINT", "127.0.0.1:4780")
"""Where the emulator listens: host and port."""

_EVERY = 0.02
_PATIENCE = 30
_WIDTHS = (7, 25, 22, 26)
_WIDTH = sum(_WIDTHS) + 2 * len(_WIDTHS) + len("AVAILABLE, attached")
_UNDER = {
    "initial_indent": " " * (_WIDTHS[0] + 2),
    "subsequent_indent": " " * (_WIDTHS[0] + 2),
    "break_on_hyphens": False,
}
_COLOURS = {"bold": 1, "dim": 2, "red": 31, "green": 32, "yellow": 33}


@dataclass(frozen=True)
class Step:
    """One thing asked of a cloud, and what came of it.

    ``state`` is the interface's state, where the answer shows it. ``refused`` is the cloud's own code and
    message where it said no. A step of the ``backdrop`` builds or removes what the story needs.
    """

    asked: str
    about: str = ""
    answered: str = ""
    state: str = ""
    refused: str = ""
    backdrop: bool = False


@dataclass(frozen=True)
class Setting:
    """What a story needs before it begins: a network with two zones, an instance in each."""

    network_id: str
    subnet_ids: list[str]
    group_id: str
    instance_ids: list[str]


Building = Generator[Step, None, Setting]
"""The steps of building a setting, and then the setting."""


def changes(read: Callable[[], T], done: Callable[[T], bool]) -> Iterator[T]:
    """Read again and again, and yield each new value, the last of them being one that is ``done``."""
    deadline = time.monotonic() + _PATIENCE
    last = read()
    yield last
    while not done(last):
        if time.monotonic() > deadline:
            raise TimeoutError(f"still {last} after {_PATIENCE} s")
        time.sleep(_EVERY)
        value = read()
        if value != last:
            yield value
        last = value


def wait(read: Callable[[], str], until: str) -> str:
    """Read until the value is ``until``."""
    return list(changes(read, until.__eq__))[-1]


def tell(title: str, steps: Iterable[Step]) -> list[str]:
    """Print steps as they happen, as a table; return the states that the interface went through."""
    print()
    print(paint(title, "bold"))
    print(paint("─" * _WIDTH, "dim"))
    print(paint(_row("seconds", "asked", "", "answered", "the interface is"), "dim"))
    started = time.monotonic()
    states = []
    backdrop = True
    for step in steps:
        if step.backdrop is not backdrop:
            print()
        backdrop = step.backdrop
        print(_line(time.monotonic() - started, step), flush=True)
        if step.state:
            states.append(step.state)
    return [state for state, _ in groupby(states)]


def _line(at: float, step: Step) -> str:
    row = _row(f"{at:7.3f}", step.asked, step.about, step.answered, "")
    if step.backdrop:
        return paint(row.rstrip(), "dim")
    line = f"{row}{paint(step.state, _shade(step.state))}".rstrip()
    for said in filter(None, step.refused.partition(": ")[::2]):
        line += "\n" + paint(textwrap.fill(said, _WIDTH, **_UNDER), "red")
    return line


def _row(*cells: str) -> str:
    *padded, last = cells
    return "  ".join([*(cell.ljust(width) for cell, width in zip(padded, _WIDTHS, strict=True)), last])


def _shade(state: str) -> str:
    if state.upper().endswith("ING"):
        return "yellow"
    return "green" if state != "gone" else "dim"


def paint(text: str, shade: str) -> str:
    """Colour a text where it is read by a person at a terminal."""
    if not text or not sys.stdout.isatty() or "NO_COLOR" in os.environ:
        return text
    return f"\x1b[{_COLOURS[shade]}m{text}\x1b[0m"
