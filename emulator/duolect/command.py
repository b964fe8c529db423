"""The command ``duolect``: its flags, and its exit status."""

import argparse
import sys
from collections.abc import Sequence
from typing import NoReturn

from duolect import __version__
from duolect.settings import SCALARS, SettingsError, spelt
from duolect.sources import load

_WRONG = 2
"""Exit status of a command that was told something it cannot use."""


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    options = _parser().parse_args(arguments)
    try:
        settings = load(vars(options))
        from duolect.serve import serve  # noqa: PLC0415 - --help need not wait for the server

        serve(settings)
    except SettingsError as error:
        sys.stderr.write(f"duolect: {error}\n")
        return _WRONG
    return 0


class _Parser(argparse.ArgumentParser):
    """A parser that complains in one line."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and end."""
        self.exit(_WRONG, f"duolect: {message} (see {self.prog} --help)\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="duolect",
        description="Emulates the network APIs of Alibaba Cloud and Tencent Cloud on one local port.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"duolect {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    serve = commands.add_parser(
        "serve",
        help="serve both clouds on one port",
        description="Serve both clouds on one port until stopped. Each flag is also an environment "
        "variable (--max-body: DUOLECT_MAX_BODY) and a key of the TOML file (max-body).",
        allow_abbrev=False,
    )
    serve.add_argument("--config", metavar="FILE", help="TOML file with settings (DUOLECT_CONFIG)")
    for field in SCALARS:
        serve.add_argument(
            f"--{spelt(field.name)}",
            metavar=field.name.rpartition("_")[2].upper(),
            help=f"{field.metadata['help']} (default: {field.default})",
        )
    return parser
