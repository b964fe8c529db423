"""What the subcommands have in common: how they are declared, what they take, how they write."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

if TYPE_CHECKING:
    from duolect.client import Duolect

Run = Callable[["Duolect", argparse.Namespace], int]
WRONG = 2
"""Exit status of a command that was told something it cannot use, or that found no emulator."""
FALSE = 1
"""Exit status of a verification that is not true."""


class Parser(argparse.ArgumentParser):
    """A parser that complains in one line."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and end."""
        self.exit(WRONG, f"duolect: {message} (see {self.prog} --help)\n")


Commands: TypeAlias = "argparse._SubParsersAction[Parser]"  # noqa: SLF001 - it has no other name


def group(parser: Parser) -> Commands:
    """Let a command have subcommands, and return where they are declared."""
    return parser.add_subparsers(dest="subcommand", required=True, metavar="SUBCOMMAND")


def command(commands: Commands, name: str, run: Run, about: str, more: str = "") -> Parser:
    """Declare a subcommand that speaks to an emulator."""
    parser = commands.add_parser(name, help=about, description=described(about, more), allow_abbrev=False)
    return speaks(parser, run)


def speaks(parser: Parser, run: Run) -> Parser:
    """Let a command speak to an emulator."""
    parser.set_defaults(run=run)
    parser.add_argument("--url", help="the emulator (default: DUOLECT_ENDPOINT, or 127.0.0.1:4780)")
    parser.add_argument("--json", action="store_true", help="write the reply as JSON")
    return parser


def described(about: str, more: str = "") -> str:
    """Return what a command does as a sentence, and what else there is to say."""
    return f"{about[:1].upper()}{about[1:]}.{more}"


def scope(parser: Parser, *names: str) -> None:
    """Let a subcommand be about a part of the emulator."""
    meanings = {
        "access_key": "only this account",
        "cloud": "only this cloud: alibaba or tencent",
        "region": "only this region",
    }
    for name in names or meanings:
        flag = f"--{name.replace('_', '-')}"
        parser.add_argument(flag, dest=name, help=meanings[name], metavar=name.rpartition("_")[2].upper())


def scoped(options: argparse.Namespace) -> dict[str, str]:
    """Return what a subcommand is about."""
    names = ("access_key", "cloud", "region")
    return {name: value for name in names if (value := getattr(options, name, None)) is not None}


def write(options: argparse.Namespace, tree: Any, text: str) -> None:  # noqa: ANN401 - a JSON tree
    """Write a reply: as JSON where that is wanted, else in words."""
    shown = json.dumps(tree, indent=2, ensure_ascii=False) if options.json else text
    if shown:
        sys.stdout.write(shown + "\n")


def table(rows: Sequence[Sequence[object]], *titles: str) -> str:
    """Return rows under titles, in columns; the last column is as wide as it likes."""
    lines = [titles, *(tuple("" if cell is None else str(cell) for cell in row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(titles))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
