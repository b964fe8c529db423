"""Run the vendors' official clients of every language against the emulator in strict mode.

    python -m tests.contract.clients [--write] [LANGUAGE ...]

Each client program is told where the emulator is by ``DUOLECT_ENDPOINT`` (host:port), ``DUOLECT_KEY`` and
``DUOLECT_SECRET``. It lives one scenario, and prints one line of JSON for each check:
``{"client": ..., "version": ..., "way": ..., "check": ..., "ok": ..., "detail": ...}``. It ends with
status 0 if all checks held and with 1 if not.

A language whose toolchain is missing is skipped; ``DUOLECT_REQUIRE=all``, or a list that names what is
missing, makes that a failure.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tests.contract.clients import languages, report
from tests.contract.clients.languages import Failure, Language, Line, Missing
from tests.contract.server import running, settings_file

PAGE: Final = languages.HERE.parents[2] / "docs" / "clients.md"
_KEY, _SECRET = "LTAI5tOfficialClients", "s3cret/+=value"


class Run:
    """One run of the client programs, and what came of it."""

    def __init__(self) -> None:
        self.table: list[report.Row] = []
        self.toolchains: list[str] = []
        self.missing: dict[str, list[str]] = {}
        """What is not on this machine, and what was skipped for it."""
        self.failed = False

    def language(self, language: Language, variables: Mapping[str, str]) -> None:
        """Prepare and run the programs of a language."""
        try:
            toolchain = language.describe()
            _say(f"== {language.name}: {toolchain}")
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
            try:
                lines = language.run(program, variables)
            except Missing as missing:
                self._miss(str(missing), ", ".join(program.clients))
                continue
            except Failure as failure:
                self.failed = True
                text, lines = failure.args
                _say(text)
            _show(lines)
            self.table += report.rows(program, lines)

    def ok(self) -> bool:
        """Return whether everything ran that had to, and held."""
        return bool(self.table) and not self.failed and all(row.ok for row in self.table)

    def _miss(self, what: str, skipped: str) -> None:
        self.missing.setdefault(what, []).append(skipped)
        if {"all", what} & set(os.environ.get("DUOLECT_REQUIRE", "").replace(",", " ").split()):
            self.failed = True


def _show(lines: list[Line]) -> None:
    for line in lines:
        name = f"{line.client} {line.way}".rstrip()
        _say(f"{'ok  ' if line.ok else 'FAIL'} {name}: {line.check}{': ' * bool(line.detail)}{line.detail}")


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
    options = parser.parse_args()
    unknown = set(options.names) - set(known)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")

    run = Run()
    with tempfile.TemporaryDirectory() as folder:
        config = settings_file(Path(folder))
        keys = f"{_KEY}:{_SECRET}"
        with running("--config", config, "--signatures", "strict", "--keys", keys) as server:
            variables = {
                "DUOLECT_ENDPOINT": server.address,
                "DUOLECT_KEY": _KEY,
                "DUOLECT_SECRET": _SECRET,
            }
            for name in options.names or known:
                run.language(known[name], variables)

    _say(f"\n{report.as_text(run.table)}\n")
    for what, skipped in run.missing.items():
        _say(f"skipped, as {what} is not on this machine: {'; '.join(skipped)}")
    if options.write:
        if not run.ok() or run.missing or options.names:
            _say("docs/clients.md is left as it is: it tells of runs in which everything ran and held")
            return 1
        PAGE.write_text(report.as_page(run.table, run.toolchains))
    return 0 if run.ok() else 1


sys.exit(main())
