"""The client programs of each language: what they need, how they are prepared, how they are run.

A language is a folder here with a ``client.toml``:

``needs``
    Commands that must be in the PATH.
``about``
    A command whose first line of output says which toolchain it is.
``prepare``
    Commands that fetch and build what the programs need.
``shares``
    Folders of other languages whose programs are copied along, if any.
``programs``
    One table each: the ``clients`` that it speaks for, the command to ``run``, the Python ``modules``
    that it imports, if any, and the variables by which it trusts the emulator (``https``) and finds it
    as a proxy too (``proxy``), where it is run so; see ``reaches.py``. A tool that is no plain SDK says
    what it is made to do (``does``), and which of the checks it has no calls for (``lacks``).

The folder is copied into the build directory, and all commands run in the copy. ``python`` is this Python.
"""

import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import attrs
from tests.contract.server import environment

HERE: Final = Path(__file__).parent
BUILD: Final = HERE.parents[2] / "build" / "clients"

_TO_PREPARE: Final = 900
_TO_RUN: Final = 300
"""Seconds."""


class Failure(Exception):
    """A command did not end well; ``str`` says how."""


class Missing(Exception):
    """Something that is needed is not on this machine; ``str`` names it."""


@attrs.frozen
class Line:
    """What a client program said about one check; ``way`` tells apart a client's ways of calling."""

    client: str
    version: str
    check: str
    ok: bool
    detail: str = ""
    way: str = ""


@attrs.frozen
class Program:
    """One client program."""

    clients: tuple[str, ...]
    run: tuple[str, ...]
    modules: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    does: str = ""
    https: Mapping[str, str] | None = None
    proxy: Mapping[str, str] | None = None


@attrs.frozen
class Language:
    """The client programs of one language."""

    name: str
    needs: tuple[str, ...]
    about: tuple[str, ...]
    prepare: tuple[tuple[str, ...], ...]
    programs: tuple[Program, ...]
    shares: tuple[str, ...] = ()

    def describe(self) -> str:
        """Return the toolchain's name and version.

        Raises:
            Missing: a command is not there.

        """
        for command in self.needs:
            if shutil.which(command) is None:
                raise Missing(command)
        return _output(self.about, HERE, os.environ, _TO_RUN).strip().partition("\n")[0]

    def build(self) -> None:
        """Copy the programs into the build directory and fetch what they need.

        Raises:
            Failure: a command did not end well.

        """
        for folder in (*self.shares, self.name):
            shutil.copytree(
                HERE / folder,
                self._folder,
                ignore=shutil.ignore_patterns("build", "target"),
                dirs_exist_ok=True,
            )
        for command in self.prepare:
            _output(command, self._folder, os.environ, _TO_PREPARE)

    def run(self, program: Program, variables: Mapping[str, str]) -> list[Line]:
        """Run a program and return what it said.

        Raises:
            Missing: a module is not installed.
            Failure: the program did not end as it should; what it said until then is in ``args[1]``.

        """
        for module in program.modules:
            if importlib.util.find_spec(module) is None:
                raise Missing(module)
        process = _start(program.run, self._folder, environment(**variables))
        said, complaints = _finish(process, _TO_RUN)
        lines = [_read(line) for line in said.splitlines() if line.startswith("{")]
        if process.returncode != (0 if all(line.ok for line in lines) else 1):
            raise Failure(f"{_ending(program.run, process)}\n{complaints}", lines)
        return lines

    @property
    def _folder(self) -> Path:
        return BUILD / self.name


def languages() -> list[Language]:
    """Return all languages, by name."""
    return [_language(file) for file in sorted(HERE.glob("*/client.toml"))]


def _language(file: Path) -> Language:
    table = tomllib.loads(file.read_text())
    return Language(
        name=file.parent.name,
        needs=tuple(table["needs"]),
        about=tuple(table["about"]),
        prepare=tuple(map(tuple, table["prepare"])),
        shares=tuple(table.get("shares", ())),
        programs=tuple(
            Program(
                **{key: tuple(value) if isinstance(value, list) else value for key, value in each.items()}
            )
            for each in table["programs"]
        ),
    )


def _read(line: str) -> Line:
    try:
        return Line(**json.loads(line))
    except (TypeError, ValueError) as error:
        raise Failure(f"{line} is no line about a check: {error}", []) from None


def _output(command: Sequence[str], folder: Path, variables: Mapping[str, str], seconds: int) -> str:
    process = _start(command, folder, variables)
    said, complaints = _finish(process, seconds)
    if process.returncode:
        raise Failure(f"{_ending(command, process)}\n{said}{complaints}")
    return said


def _start(command: Sequence[str], folder: Path, variables: Mapping[str, str]) -> "subprocess.Popen[str]":
    """Start a command as the leader of a group, so that it can be ended with all that it starts."""
    program, *arguments = command
    return subprocess.Popen(  # noqa: S603 - commands from this folder
        [sys.executable if program == "python" else program, *arguments],
        cwd=folder,
        env=dict(variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def _finish(process: "subprocess.Popen[str]", seconds: int) -> tuple[str, str]:
    """Return what a process writes; when the time is over, end its group first."""
    try:
        return process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        return process.communicate()
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _ending(command: Sequence[str], process: "subprocess.Popen[str]") -> str:
    status = process.returncode
    how = "took too long" if status == -signal.SIGKILL else f"ended with status {status}"
    return f"{' '.join(command)} {how}"
