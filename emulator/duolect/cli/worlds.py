"""``duolect lay`` and ``duolect worlds``."""

import argparse
import sys
from pathlib import Path

from duolect.cli.options import STREAM, Parser, command, controls, group, read_object, write
from duolect.client import Duolect, Json


def declare_lay(parser: Parser) -> None:
    """Declare ``duolect lay``."""
    controls(parser, lay, "lay world.toml")
    parser.add_argument(
        "file", metavar="FILE", help="a world file, TOML or (named .json) JSON; - is standard input, TOML"
    )


def declare_worlds(parser: Parser) -> None:
    """Declare ``duolect worlds``."""
    subcommands = group(parser)
    command(subcommands, "list", list_worlds, "list where accounts begin with a world")
    command(subcommands, "clear", clear_worlds, "let accounts begin without what was laid for all of them")


def lay(duolect: Duolect, options: argparse.Namespace) -> int:
    """Lay a world file."""
    if options.file.endswith(".json"):
        laid = duolect.lay_worlds(read_object(options.file))
    else:
        laid = duolect.lay_worlds(_text(options.file))
    lines = [*_lines(laid), *(f"key {key}" for key in laid["keys"])]
    write(options, laid, "\n".join(f"laid {line}" for line in lines) or "there was nothing")
    return 0


def list_worlds(duolect: Duolect, options: argparse.Namespace) -> int:
    """List where accounts begin with a world."""
    worlds = duolect.worlds()
    write(options, worlds, "\n".join(_lines(worlds)) or "no account begins with a world")
    return 0


def clear_worlds(duolect: Duolect, options: argparse.Namespace) -> int:
    """Take the worlds of every account away."""
    duolect.clear_worlds()
    write(options, {}, "")
    return 0


def _text(name: str) -> str:
    """Return the text of a file, or of standard input.

    Raises:
        ValueError: it has none.
    """
    try:
        return sys.stdin.read() if name == STREAM else Path(name).read_text("utf-8")
    except OSError as error:
        raise ValueError(f"{name}: {error.strerror}") from None
    except UnicodeError as error:
        raise ValueError(f"{name} is not TOML: {error}") from None


def _lines(named: Json) -> list[str]:
    return [
        f"{each['cloud']} {each['region']}, "
        + ("every account" if each["access_key"] == "*" else f"account {each['access_key']}")
        for each in named["worlds"]
    ]
