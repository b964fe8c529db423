"""What the subcommands have in common: how they are declared, what they take, how they write."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

if TYPE_CHECKING:  # serve needs no client
    from duolect.client import Duolect

Run = Callable[["Duolect", argparse.Namespace], int]
USAGE_ERROR = 2
"""Exit status of a command that got something it cannot use, or that found no emulator."""
NOT_VERIFIED = 1
"""Exit status of a verification that failed."""
STREAM = "-"
"""Stands for standard input or output where a file is named."""


class _Formatter(argparse.HelpFormatter):
    """Argparse's, but it keeps lines as they are in a text that has several."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=28)

    def add_argument(self, action: argparse.Action) -> None:
        super().add_argument(action)
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - it has no other name
            self._action_max_length += self._indent_increment  # commands are indented once more

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return text if "\n" in text else super()._fill_text(text, width, indent)


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one line."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - argparse's
        """Take what argparse takes."""
        super().__init__(formatter_class=_Formatter, **settings)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # noqa: ANN401
        """Read arguments; what is unknown is an error of the command that it was given to."""
        namespace, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return namespace, unknown

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and end."""
        self.exit(USAGE_ERROR, f"duolect: {message} (see {self.prog} --help)\n")


Commands: TypeAlias = "argparse._SubParsersAction[Parser]"  # noqa: SLF001 - it has no other name


def group(parser: Parser) -> Commands:
    """Let a command have subcommands, and return where they are declared."""
    return parser.add_subparsers(
        title="subcommands", dest="subcommand", required=True, metavar="SUBCOMMAND"
    )


def command(commands: Commands, name: str, run: Run, about: str, *shown: str) -> Parser:
    """Declare a subcommand that controls an emulator, with examples."""
    parser = commands.add_parser(name, help=about, description=described(about), allow_abbrev=False)
    return controls(parser, run, *shown)


def controls(parser: Parser, run: Run, *shown: str) -> Parser:
    """Let a command control an emulator; show examples of it."""
    parser.set_defaults(run=run)
    if shown:
        parser.epilog = examples(*shown)
    common = parser.add_argument_group("every command has")
    common.add_argument("--url", help="the emulator (default: DUOLECT_ENDPOINT, or 127.0.0.1:4780)")
    common.add_argument("--json", action="store_true", help="write the reply as JSON")
    return parser


def described(about: str) -> str:
    """Return what a command does as a sentence."""
    return f"{about[:1].upper()}{about[1:]}."


def examples(*commands: str) -> str:
    """Return what ``--help`` shows after everything else."""
    return "\n".join(["examples:", *(f"  duolect {each}" for each in commands)])


def count(text: str) -> int:
    """Parse a whole number."""
    if not (text.isascii() and text.isdecimal()):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number")
    return int(text)


def add_scope(parser: Parser, *names: str) -> None:
    """Let a command take which part of the emulator it is about."""
    meanings = {
        "access_key": "only this account",
        "cloud": "only this cloud: alibaba or tencent",
        "region": "only this region",
    }
    for name in names or meanings:
        flag = f"--{name.replace('_', '-')}"
        parser.add_argument(flag, dest=name, help=meanings[name], metavar=name.rpartition("_")[2].upper())


def scope_of(options: argparse.Namespace) -> dict[str, str]:
    """Return which part of the emulator a command is about."""
    names = ("access_key", "cloud", "region")
    return {name: value for name in names if (value := getattr(options, name, None)) is not None}


def read_object(name: str) -> dict[str, Any]:
    """Return the JSON object in a file, or in standard input where that is named ``-``.

    Raises:
        ValueError: there is none.
    """
    return read_text_and_object(name)[1]


def read_text_and_object(name: str) -> tuple[str, dict[str, Any]]:
    """Return the text of a file, or of standard input, and the JSON object in it, or raise likewise."""
    try:
        text = sys.stdin.read() if name == STREAM else Path(name).read_text("utf-8")
        tree = json.loads(text)
    except OSError as error:
        raise ValueError(f"{name}: {error.strerror}") from None
    except ValueError as error:
        raise ValueError(f"{name} is not JSON: {error}") from None
    if not isinstance(tree, dict):
        raise ValueError(f"{name} must hold a JSON object")  # noqa: TRY004 - of a file's contents
    return text, tree


def write(options: argparse.Namespace, tree: Any, text: str) -> None:  # noqa: ANN401 - a JSON tree
    """Write a reply: as JSON where that is wanted, else in words."""
    shown = (
        json.dumps(tree, indent=2, ensure_ascii=False)
        if options.json
        else "\n".join(map(printable, text.split("\n")))
    )
    if shown:
        sys.stdout.write(shown + "\n")


def printable(text: str) -> str:
    """Return a text without what would move a terminal's cursor: clients choose names and actions."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)


def table(rows: Sequence[Sequence[object]], *titles: str) -> str:
    """Return rows under titles, in columns; the last column is as wide as it likes."""
    lines = [titles, *(tuple(printable(str(cell)) for cell in row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(titles))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
