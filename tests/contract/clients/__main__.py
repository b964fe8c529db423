"""Run the vendors' official clients of every language against the emulator in strict mode.

    python -m tests.contract.clients [--write] [--offline] [--by REACH] [LANGUAGE ...]

Each client program is told where the emulator is by ``DUOLECT_ENDPOINT`` (host:port; nothing where it comes
by the proxy), ``DUOLECT_SCHEME``, ``DUOLECT_KEY`` and ``DUOLECT_SECRET``. It lives one scenario, and prints
one line of JSON for each check:
``{"client": ..., "version": ..., "way": ..., "check": ..., "ok": ..., "detail": ...}``. It ends with
status 0 if all checks held and with 1 if not.

A language whose toolchain is missing is skipped; ``DUOLECT_REQUIRE=all``, or a list that names what is
missing, makes that a failure.

With ``--offline`` everything is prepared, and then run in a network of its own that has no way out (Linux,
``unshare``): a client that calls anybody but the emulator fails, and what was tried is counted.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.contract.clients import languages, report
from tests.contract.clients.languages import Failure, Language, Line, Missing
from tests.contract.clients.reaches import REACHES, Place, reaches
from tests.contract.server import running, settings_file

PAGE: Final = languages.HERE.parents[2] / "docs" / "clients.md"
_KEYS: Final = {"DUOLECT_KEY": "LTAI5tOfficialClients", "DUOLECT_SECRET": "s3cret/+=value"}


class Run:
    """One run of the client programs, and what came of it."""

    def __init__(self) -> None:
        self.table: list[report.Row] = []
        self.toolchains: list[str] = []
        self.missing: dict[str, list[str]] = {}
        """What is not on this machine, and what was skipped for it."""
        self.failed = False

    def language(self, language: Language, place: Place, wanted: Sequence[str], *, built: bool) -> None:
        """Prepare and run the programs of a language."""
        try:
            toolchain = language.describe()
            _say(f"== {language.name}: {toolchain}")
            if not built:
                language.build()
        except Missing as missing:
            self._miss(str(missing), f"all of {language.name}")
            return
        except Failure as failure:
            self.failed = True
            _say(str(failure))
            return
        self.toolchains.append(toolchain)
        for program in language.programs:
            said: dict[str, list[Line]] = {}
            for reach in (each for each in reaches(program) if each in wanted):
                variables = {**_KEYS, **place.variables(program, reach)}
                try:
                    said[reach] = language.run(program, variables)
                except Missing as missing:
                    self._miss(str(missing), ", ".join(program.clients))
                    break
                except Failure as failure:
                    self.failed = True
                    text, said[reach] = failure.args
                    _say(text)
                _show(reach, said[reach])
            self.table += report.rows(program, said) if said else []

    def ok(self) -> bool:
        """Return whether everything ran that had to, and held."""
        return bool(self.table) and not self.failed and all(row.ok for row in self.table)

    def _miss(self, what: str, skipped: str) -> None:
        self.missing.setdefault(what, []).append(skipped)
        if {"all", what} & set(os.environ.get("DUOLECT_REQUIRE", "").replace(",", " ").split()):
            self.failed = True


def _show(reach: str, lines: list[Line]) -> None:
    for line in lines:
        name = f"{line.client} {line.way}".rstrip() + f" by {reach}"
        _say(f"{'ok  ' if line.ok else 'FAIL'} {name}: {line.check}{': ' * bool(line.detail)}{line.detail}")


def _offline(wanted: Sequence[Language]) -> int:
    """Prepare the languages, and run this again where there is no way out."""
    for language in wanted:
        try:
            language.describe()
            language.build()
        except (Missing, Failure) as reason:
            _say(f"{language.name}: {reason}")
    again = [sys.executable, "-m", "tests.contract.clients", "--built", *sys.argv[1:]]
    inside = [
        "unshare",
        "--map-root-user",
        "--net",
        "sh",
        "-c",
        'ip link set lo up && exec "$@"',
        "sh",
        *again,
    ]
    return subprocess.run(inside, check=False).returncode  # noqa: S603 - this very program


def _attempts() -> int:
    """Return how many packets and connections of this network had nowhere to go: Linux counts them."""
    table = Path("/proc/net/snmp")
    if not table.exists():
        return 0
    names, counts = (line.split() for line in table.read_text().splitlines() if line.startswith("Ip:"))
    return int(dict(zip(names, counts, strict=True))["OutNoRoutes"])


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> int:
    """Run what was asked for and return the exit status."""
    known = {language.name: language for language in languages.languages()}
    parser = argparse.ArgumentParser(prog="python -m tests.contract.clients", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument(
        "names", nargs="*", metavar="LANGUAGE", help=f"one of {', '.join(known)}; default: all"
    )
    parser.add_argument(
        "--write", action="store_true", help="write docs/clients.md if everything ran and held"
    )
    parser.add_argument("--by", choices=REACHES, action="append", help="how to get there; default: all")
    parser.add_argument("--offline", action="store_true", help="run where there is no way out")
    parser.add_argument("--built", action="store_true", help="prepare nothing: it was done before")
    options = parser.parse_args()
    unknown = set(options.names) - set(known)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    if options.offline and not options.built:
        return _offline([known[name] for name in options.names or known])

    run = Run()
    ways = options.by or REACHES
    before = _attempts()
    with tempfile.TemporaryDirectory() as folder:
        config = settings_file(Path(folder))
        keys = f"{_KEYS['DUOLECT_KEY']}:{_KEYS['DUOLECT_SECRET']}"
        flags = ("--config", config, "--signatures", "strict", "--keys", keys, "--ca-dir", folder)
        with running(*flags) as server:
            place = Place(server, Path(folder))
            place.prepare()
            for name in options.names or known:
                run.language(known[name], place, ways, built=options.built)
    if options.offline:
        outside = _attempts() - before
        _say(f"\n{outside} attempts to reach anybody outside this machine")
        run.failed |= outside > 0

    _say(f"\n{report.as_text(run.table)}\n")
    for what, skipped in run.missing.items():
        _say(f"skipped, as {what} is not on this machine: {'; '.join(skipped)}")
    if options.write:
        if not run.ok() or run.missing or options.names or options.by:
            _say("docs/clients.md is left as it is: it tells of runs in which everything ran and held")
            return 1
        PAGE.write_text(report.as_page(run.table, run.toolchains))
    return 0 if run.ok() else 1


sys.exit(main())
